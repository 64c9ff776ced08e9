"""Everything that can go wrong and that a reader can act on.

EntrefiletError
├── InputError                what was dropped cannot be read
│   ├── FileUnreadable        the path does not exist or may not be opened
│   ├── UnsupportedFormat     no reader for this kind of file
│   ├── EmptyInput            no bytes, or nothing but white space
│   ├── TooLarge              more bytes or characters than the limits allow
│   ├── BinaryInput           not text at all
│   └── Undecodable           text, but not in the encoding asked for
├── ModelError                a model cannot do what is asked of it
│   ├── UnknownModel          no model of that name
│   ├── NoTranslator          no installed model for this pair of languages
│   ├── NoSummarizer          no installed model for this kind of summary
│   ├── CorruptModel          checksum or golden sentences differ
│   └── CacheUnwritable       nowhere to unpack the embedded model
└── Cancelled                 the reader asked to stop

Every class carries a stable ``kind`` (for scripts) and its message in English and French, which says what
happened and what to do next.
"""

from typing import ClassVar


class EntrefiletError(Exception):
    """Root of all errors whose message is meant for the reader.

    Args:
        **values: what the message templates of the class name in braces.
    """

    kind: ClassVar[str] = "error"
    texts: ClassVar[dict[str, str]] = {
        "en": "Something went wrong: {reason}. Please try again.",
        "fr": "Un problème est survenu : {reason}. Veuillez réessayer.",
    }

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.message("en"))

    def message(self, language: str = "en") -> str:
        """What happened and what to do, in ``language`` ("fr" or "en"; English for any other)."""
        return self.texts.get(language, self.texts["en"]).format(**self.values)


class InputError(EntrefiletError):
    """What was given to read cannot be read."""

    kind = "input"


class FileUnreadable(InputError):
    """The path does not exist, is a folder, or may not be opened. Values: name, reason."""

    kind = "unreadable"
    texts: ClassVar[dict[str, str]] = {
        "en": "{name} cannot be opened ({reason}). Check the path and its permissions.",
        "fr": "{name} ne peut pas être ouvert ({reason}). Vérifiez le chemin et les droits d’accès.",
    }


class UnsupportedFormat(InputError):
    """No reader is registered for the file's suffix. Values: name, suffixes."""

    kind = "format"
    texts: ClassVar[dict[str, str]] = {
        "en": "{name}: this kind of file cannot be read. Give one of {suffixes}, or paste the text.",
        "fr": "{name} : ce type de fichier n’est pas pris en charge. Donnez un fichier {suffixes}, ou collez le texte.",
    }


class EmptyInput(InputError):
    """No bytes, or nothing but white space. Values: name."""

    kind = "empty"
    texts: ClassVar[dict[str, str]] = {
        "en": "{name} is empty: there is no text in it. Check that the file was saved completely.",
        "fr": "{name} est vide : il ne contient aucun texte. Vérifiez que le fichier a été enregistré en entier.",
    }


class TooLarge(InputError):
    """More bytes or characters than the limits allow. Values: name, size, limit."""

    kind = "too-large"
    texts: ClassVar[dict[str, str]] = {
        "en": "{name} is too large ({size}; at most {limit}). Split it into parts and give them one by one.",
        "fr": "{name} est trop volumineux ({size} ; au plus {limit}). "
        "Découpez-le en parties et donnez-les une par une.",
    }


class BinaryInput(InputError):
    """The bytes are no text in any encoding. Values: name."""

    kind = "binary"
    texts: ClassVar[dict[str, str]] = {
        "en": "{name} holds no text but binary data. Save the article as text, or paste it.",
        "fr": "{name} ne contient pas du texte mais des données binaires. "
        "Enregistrez l’article au format texte, ou collez-le.",
    }


class Undecodable(InputError):
    """The bytes are not valid in the encoding asked for. Values: name, encoding."""

    kind = "encoding"
    texts: ClassVar[dict[str, str]] = {
        "en": "{name} is not readable as {encoding}. Choose another encoding, or save the file as UTF-8.",
        "fr": "{name} n’est pas lisible en {encoding}. Choisissez un autre encodage, ou enregistrez-le en UTF-8.",
    }


class ModelError(EntrefiletError):
    """A model cannot do what is asked of it."""

    kind = "model"


class UnknownModel(ModelError):
    """No model has this identifier. Values: id, known."""

    kind = "unknown-model"
    texts: ClassVar[dict[str, str]] = {
        "en": "There is no model called {id}. Installed: {known}.",
        "fr": "Aucun modèle ne s’appelle {id}. Installés : {known}.",
    }


class NoTranslator(ModelError):
    """No installed model translates this pair. Values: source, target (language codes)."""

    kind = "no-translator"
    texts: ClassVar[dict[str, str]] = {
        "en": "No translation model from {source} to {target} is installed. "
        "See `entrefilet models` for what is; the text and its own summary remain available.",
        "fr": "Aucun modèle de traduction n’est installé de {source} vers {target}. "
        "Voir `entrefilet models` ; le texte et son propre résumé restent disponibles.",
    }


class NoSummarizer(ModelError):
    """No installed model writes this kind of summary. Values: engine."""

    kind = "no-summarizer"
    texts: ClassVar[dict[str, str]] = {
        "en": "No model for {engine} summaries is installed. Use --summary extractive.",
        "fr": "Aucun modèle de résumé {engine} n’est installé. Utilisez --summary extractive.",
    }


class CorruptModel(ModelError):
    """Files or outputs of a model are not what its card says. Values: id, reason."""

    kind = "corrupt-model"
    texts: ClassVar[dict[str, str]] = {
        "en": "The model {id} is damaged ({reason}). Get a fresh copy of Entrefilet, or reinstall the model.",
        "fr": "Le modèle {id} est endommagé ({reason}). "
        "Récupérez une nouvelle copie d’Entrefilet, ou réinstallez le modèle.",
    }


class CacheUnwritable(ModelError):
    """The folder for unpacked models cannot be written. Values: folder, reason."""

    kind = "cache"
    texts: ClassVar[dict[str, str]] = {
        "en": "The folder {folder} cannot be written ({reason}). "
        "Free some space, or set ENTREFILET_CACHE to another folder.",
        "fr": "Impossible d’écrire dans le dossier {folder} ({reason}). "
        "Libérez de l’espace, ou indiquez un autre dossier dans ENTREFILET_CACHE.",
    }


class Cancelled(EntrefiletError):
    """The reader stopped the work; what was done so far remains."""

    kind = "cancelled"
    texts: ClassVar[dict[str, str]] = {
        "en": "Stopped. What was translated so far is kept.",
        "fr": "Interrompu. Ce qui a déjà été traduit est conservé.",
    }
