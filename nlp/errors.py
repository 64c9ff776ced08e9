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
│   ├── NotInstalled          known, but not on this machine
│   ├── PartOfEntrefilet      embedded, not to be removed
│   ├── UnsupportedModel      files that are not a model Entrefilet can use
│   │   └── UnknownPair       nothing says which task and languages it is for
│   ├── UnsafeWeights         a pickle that holds more than tensors
│   ├── PreparationFailed     the process that converts or tries a model died
│   ├── CorruptModel          checksum or golden sentences differ
│   ├── CacheUnwritable       nowhere to unpack the embedded model
│   ├── StoreUnwritable       nowhere to keep fetched models
│   ├── NoRoom                not enough free space for a model
│   └── HubError              the model hub did not give what was asked of it
│       ├── HubOffline        the network was switched off by HF_HUB_OFFLINE
│       ├── HubUnreachable    no connection
│       ├── NotOnHub          no such repository or revision
│       ├── AccessRefused     the repository asks for an account or for agreement to its terms
│       ├── HubBusy           too many requests
│       ├── HubFailed         any other refusal
│       ├── TransferCut       the connection broke; what came is kept
│       └── TransferDamaged   size or checksum of a file differ
└── Cancelled                 the reader asked to stop
    └── PullStopped           while a model was being fetched; what came is kept

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


def reason(error: Exception) -> str:
    """What went wrong in one line, for the ``reason`` of a message: ours say it, others are told by their class too."""
    if isinstance(error, EntrefiletError):
        return str(error.values.get("reason", error))
    return f"{type(error).__name__}: {error}".splitlines()[0]


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
    """No model has this identifier. Values: id."""

    kind = "unknown-model"
    texts: ClassVar[dict[str, str]] = {
        "en": "There is no model called {id}. `entrefilet models` lists all; others of the hub are called owner/name.",
        "fr": "Aucun modèle ne s’appelle {id}. `entrefilet models` en donne la liste ; tout autre du hub s’écrit "
        "propriétaire/nom.",
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
    """No installed model rewrites summaries in this language. Values: language (code), command (that gets one)."""

    kind = "no-summarizer"
    texts: ClassVar[dict[str, str]] = {
        "en": "No model that rewrites summaries is installed for this language ({language}). "
        "Get one with `{command}`, or keep the extractive summary.",
        "fr": "Aucun modèle qui reformule les résumés n’est installé pour cette langue ({language}). "
        "Récupérez-en un avec `{command}`, ou gardez le résumé par extraits.",
    }


class NotInstalled(ModelError):
    """The model is known but not on this machine. Values: id."""

    kind = "not-installed"
    texts: ClassVar[dict[str, str]] = {
        "en": "The model {id} is not installed. Get it with `entrefilet models pull {id}`.",
        "fr": "Le modèle {id} n’est pas installé. Récupérez-le avec `entrefilet models pull {id}`.",
    }


class PartOfEntrefilet(ModelError):
    """An embedded model cannot be removed. Values: id."""

    kind = "embedded"
    texts: ClassVar[dict[str, str]] = {
        "en": "{id} is part of Entrefilet and cannot be removed. What it took of the cache folder may be deleted.",
        "fr": "{id} fait partie d’Entrefilet et ne peut pas être retiré. Ce qu’il occupe dans le cache peut être "
        "supprimé.",
    }


class UnsupportedModel(ModelError):
    """Files that are not a model Entrefilet can use. Values: id, reason."""

    kind = "unsupported-model"
    texts: ClassVar[dict[str, str]] = {
        "en": "{id} cannot be used: {reason}. Entrefilet runs sequence-to-sequence models of the kinds Marian, BART, "
        "mBART, T5 and mT5.",
        "fr": "{id} ne peut pas être utilisé : {reason}. Entrefilet fait tourner les modèles séquence à séquence "
        "de types Marian, BART, mBART, T5 et mT5.",
    }


class UnknownPair(UnsupportedModel):
    """Nothing says what a model is for. Values: id."""

    kind = "unknown-pair"
    texts: ClassVar[dict[str, str]] = {
        "en": "Nothing in {id} says which task and languages it is for. Name them when you pull or add "
        "it: `--task translation --from fr --to en`, or `--task summary --from fr`.",
        "fr": "Rien dans {id} n’indique sa tâche ni ses langues. Précisez-les en le récupérant "
        "ou en l’ajoutant : `--task translation --from fr --to en`, ou `--task summary --from fr`.",
    }


class UnsafeWeights(ModelError):
    """A pickle that holds more than tensors, or is damaged: it was not executed. Values: id, reason."""

    kind = "unsafe-weights"
    texts: ClassVar[dict[str, str]] = {
        "en": "The weights of {id} were refused: their file holds something other than plain tensors ({reason}). "
        "Nothing in it was executed. Choose another model, or a revision with safetensors weights.",
        "fr": "Les poids de {id} ont été refusés : leur fichier contient autre chose que de simples tenseurs "
        "({reason}). Rien n’en a été exécuté. Choisissez un autre modèle, ou une révision avec des poids safetensors.",
    }


class PreparationFailed(ModelError):
    """The process that converts or tries a model ended early, for lack of memory perhaps. Values: id, reason."""

    kind = "preparation"
    texts: ClassVar[dict[str, str]] = {
        "en": "{id} could not be prepared ({reason}). It may be too large for the memory or the disk of this machine: "
        "free some, and try again.",
        "fr": "{id} n’a pas pu être préparé ({reason}). Il est peut-être trop gros pour la mémoire ou le disque de "
        "cette machine : libérez de la place, puis réessayez.",
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


class StoreUnwritable(ModelError):
    """The folder for fetched models cannot be written. Values: folder, reason."""

    kind = "store"
    texts: ClassVar[dict[str, str]] = {
        "en": "The models folder {folder} cannot be written ({reason}). "
        "Check its permissions, or set ENTREFILET_MODELS to another folder.",
        "fr": "Impossible d’écrire dans le dossier des modèles {folder} ({reason}). "
        "Vérifiez les droits d’accès, ou indiquez un autre dossier dans ENTREFILET_MODELS.",
    }


class NoRoom(ModelError):
    """Not enough free space for a model. Values: id, folder, needed, free, missing (sizes as text)."""

    kind = "no-room"
    texts: ClassVar[dict[str, str]] = {
        "en": "{id} needs {needed} in {folder}, where {free} are free: {missing} are missing. "
        "Free some space, or set ENTREFILET_MODELS to a folder on another disk.",
        "fr": "{id} demande {needed} dans {folder}, où {free} sont libres : il manque {missing}. "
        "Libérez de l’espace, ou indiquez dans ENTREFILET_MODELS un dossier sur un autre disque.",
    }


class HubError(ModelError):
    """The model hub did not give what was asked of it; the models on disk go on working."""

    kind = "hub"


class HubOffline(HubError):
    """HF_HUB_OFFLINE forbids the network, and the hub's cache lacks the model. Values: id."""

    kind = "hub-offline"
    texts: ClassVar[dict[str, str]] = {
        "en": "{id} is not on this machine, and HF_HUB_OFFLINE forbids fetching it. "
        "Unset HF_HUB_OFFLINE, or add a folder with `entrefilet models add`.",
        "fr": "{id} n’est pas sur cette machine, et HF_HUB_OFFLINE interdit de le récupérer. "
        "Retirez HF_HUB_OFFLINE, ou ajoutez un dossier avec `entrefilet models add`.",
    }


class HubUnreachable(HubError):
    """No connection to the hub. Values: host, reason."""

    kind = "hub-unreachable"
    texts: ClassVar[dict[str, str]] = {
        "en": "{host} cannot be reached ({reason}). Check the network and the proxy, then pull again; "
        "what is installed keeps working.",
        "fr": "{host} est injoignable ({reason}). Vérifiez le réseau et le proxy, puis relancez ; "
        "ce qui est installé continue de fonctionner.",
    }


class NotOnHub(HubError):
    """No such repository or revision. Values: repository, revision."""

    kind = "not-on-hub"
    texts: ClassVar[dict[str, str]] = {
        "en": "The hub has no model {repository} (revision {revision}). Check its name, written owner/name.",
        "fr": "Le hub n’a pas de modèle {repository} (révision {revision}). Vérifiez son nom, de la forme "
        "propriétaire/nom.",
    }


class AccessRefused(HubError):
    """The repository is private, asks for agreement to its terms, or does not exist. Values: repository."""

    kind = "access-refused"
    texts: ClassVar[dict[str, str]] = {
        "en": "The hub gives {repository} only to an account that may read it, or there is no such model. "
        "Check its name, accept its terms on its page, and set HF_TOKEN to your access token.",
        "fr": "Le hub ne donne {repository} qu’à un compte autorisé, ou ce modèle n’existe pas. "
        "Vérifiez son nom, acceptez ses conditions sur sa page, et indiquez votre jeton d’accès dans HF_TOKEN.",
    }


class HubBusy(HubError):
    """Too many requests. Values: seconds."""

    kind = "hub-busy"
    texts: ClassVar[dict[str, str]] = {
        "en": "The hub asks to wait: too many requests from here. Pull again in {seconds} seconds.",
        "fr": "Le hub demande d’attendre : trop de requêtes d’ici. Relancez dans {seconds} secondes.",
    }


class HubFailed(HubError):
    """The hub answered with an error or with something unexpected. Values: host, reason."""

    kind = "hub-failed"
    texts: ClassVar[dict[str, str]] = {
        "en": "{host} answered with an error ({reason}). Pull again later; what came so far is kept.",
        "fr": "{host} a répondu par une erreur ({reason}). Relancez plus tard ; ce qui est déjà arrivé est conservé.",
    }


class TransferCut(HubError):
    """The connection broke in the middle of a file. Values: id, file, reason."""

    kind = "transfer-cut"
    texts: ClassVar[dict[str, str]] = {
        "en": "The connection broke while {file} of {id} was being fetched ({reason}). "
        "What came is kept: pull again to go on from there.",
        "fr": "La connexion s’est interrompue pendant la récupération de {file} de {id} ({reason}). "
        "Ce qui est arrivé est conservé : relancez pour reprendre là.",
    }


class TransferDamaged(HubError):
    """Size or checksum of a fetched file is not what the hub announced. Values: id, file, reason."""

    kind = "transfer-damaged"
    texts: ClassVar[dict[str, str]] = {
        "en": "{file} of {id} arrived damaged ({reason}) and was thrown away. Pull again; if it happens twice, "
        "something between here and the hub changes the data.",
        "fr": "{file} de {id} est arrivé endommagé ({reason}) et a été jeté. Relancez ; si cela se répète, "
        "quelque chose entre ici et le hub modifie les données.",
    }


class Cancelled(EntrefiletError):
    """The reader stopped the work; what was done so far remains."""

    kind = "cancelled"
    texts: ClassVar[dict[str, str]] = {
        "en": "Stopped. What was translated so far is kept.",
        "fr": "Interrompu. Ce qui a déjà été traduit est conservé.",
    }


class PullStopped(Cancelled):
    """The reader stopped a pull. Values: id."""

    kind = "pull-stopped"
    texts: ClassVar[dict[str, str]] = {
        "en": "Stopped. What was fetched of {id} is kept: pull again to go on from there.",
        "fr": "Interrompu. Ce qui a été récupéré de {id} est conservé : relancez pour reprendre là.",
    }
