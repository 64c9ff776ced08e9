"""Remarks that accompany a result: flags on one sentence, warnings on a whole article.

A notice never stops the work. Its ``kind`` is stable and meant for scripts; its text is for the reader.
"""

from dataclasses import dataclass

_TEXTS: dict[str, tuple[str, str]] = {
    # flags on a translated sentence
    "number": (
        "Check this sentence, the translation lacks: {detail}.",
        "À vérifier, absent de la traduction : {detail}.",
    ),
    "number-added": (
        "Check this sentence, the source lacks: {detail}.",
        "À vérifier, absent de la source : {detail}.",
    ),
    "name": (
        "Check this sentence, the translation lacks the name: {detail}.",
        "À vérifier, nom absent de la traduction : {detail}.",
    ),
    "short": (
        "Check this sentence: the translation is much shorter than the source.",
        "À vérifier : la traduction est bien plus courte que la source.",
    ),
    "long": (
        "Check this sentence: the translation is much longer than the source.",
        "À vérifier : la traduction est bien plus longue que la source.",
    ),
    "source-language": (
        "Check this sentence: it seems to have stayed in the source language.",
        "À vérifier : la phrase semble être restée dans la langue source.",
    ),
    "split": (
        "A very long sentence: translated in {detail} pieces.",
        "Phrase très longue : traduite en {detail} morceaux.",
    ),
    # reasons why a sentence stayed untranslated
    "loop": (
        "Not translated: the model repeated itself. The source is shown instead.",
        "Non traduit : le modèle s’est répété. La source est affichée à la place.",
    ),
    "empty": (
        "Not translated: the model gave no answer. The source is shown instead.",
        "Non traduit : le modèle n’a rien répondu. La source est affichée à la place.",
    ),
    "no-translator": (
        "Not translated: no model for this pair of languages ({detail}) is installed.",
        "Non traduit : aucun modèle n’est installé pour cette paire de langues ({detail}).",
    ),
    "cancelled": ("Not translated: the work was stopped.", "Non traduit : le travail a été interrompu."),
    # reasons why a sentence was copied
    "same-language": ("Already in the target language.", "Déjà dans la langue cible."),
    "no-letters": ("Nothing to translate in it.", "Rien à traduire."),
    "names-only": (
        "Names and figures only: left as they are.",
        "Des noms et des chiffres seulement : laissés tels quels.",
    ),
    "other-script": ("In another script: left as it is.", "Dans une autre écriture : laissé tel quel."),
    "verbatim": ("Code or a table: left as it is.", "Code ou tableau : laissé tel quel."),
    # warnings on an article
    "unknown-language": (
        "The language could not be told for sure. Choose it yourself (on the command line: --from).",
        "La langue n’a pas pu être déterminée. Choisissez-la vous-même (en ligne de commande : --from).",
    ),
    "missing-pair": (
        "No translation model is installed for {detail}: the text and its own summary are shown. "
        "The installed models are listed under “Models” (or by `entrefilet models`).",
        "Aucun modèle de traduction n’est installé pour {detail} : le texte et son propre résumé sont affichés. "
        "Les modèles installés figurent sous « Modèles » (ou par `entrefilet models`).",
    ),
    "untranslated": (
        "{detail} sentence(s) could not be translated; the source is shown in their place.",
        "{detail} phrase(s) n’ont pas pu être traduites ; la source est affichée à leur place.",
    ),
    "stopped": (
        "Stopped before the end: {detail} sentence(s) are not translated.",
        "Interrompu avant la fin : {detail} phrase(s) ne sont pas traduites.",
    ),
    "draft-model": (
        "Embedded draft model ({detail}): fine for the gist. Check names, negations and figures against the source.",
        "Modèle embarqué provisoire ({detail}) : suffisant pour l’essentiel. "
        "Vérifiez noms, négations et chiffres dans la source.",
    ),
    "nothing-to-summarize": (
        "There is no running text to summarize.",
        "Il n’y a pas de texte suivi à résumer.",
    ),
    "decoded-as": (
        "Not UTF-8: read as {detail}. If accents look wrong, choose another encoding.",
        "Pas en UTF-8 : lu en {detail}. Si les accents sont faux, choisissez un autre encodage.",
    ),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One remark. ``detail`` is the figure, name or pair of languages that the text mentions, or empty."""

    kind: str
    detail: str = ""

    def __post_init__(self) -> None:
        if self.kind not in _TEXTS:
            raise ValueError(f"unknown notice {self.kind!r}")

    def text(self, language: str = "en") -> str:
        """The remark in ``language`` ("fr"; English for any other)."""
        english, french = _TEXTS[self.kind]
        return (french if language == "fr" else english).format(detail=self.detail)

    def __str__(self) -> str:
        """The form for scripts: ``kind`` or ``kind: detail``."""
        return f"{self.kind}: {self.detail}" if self.detail else self.kind
