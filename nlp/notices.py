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
    # flags on a rewritten sentence of a summary
    "unsupported-number": (
        "Check this sentence, the passages it rests on lack the number: {detail}.",
        "À vérifier, nombre absent des passages résumés\u00a0: {detail}.",
    ),
    "unsupported-date": (
        "Check this sentence, the passages it rests on lack the date: {detail}.",
        "À vérifier, date absente des passages résumés\u00a0: {detail}.",
    ),
    "unsupported-name": (
        "Check this sentence, the passages it rests on lack the name: {detail}.",
        "À vérifier, nom absent des passages résumés\u00a0: {detail}.",
    ),
    "unsupported-quote": (
        "Check this sentence, nobody is quoted with these words in the passages it rests on: {detail}.",
        "À vérifier, propos introuvables dans les passages résumés\u00a0: {detail}.",
    ),
    "unsupported-negation": (
        "Check this sentence, the passages it rests on deny nothing: {detail}.",
        "À vérifier, négation absente des passages résumés\u00a0: {detail}.",
    ),
    "replaced": (
        "The article’s own words: what the model had written here finds no support in the article.",
        "Les mots de l’article\u00a0: ce que le modèle avait écrit ici ne s’appuie sur rien dans l’article.",
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
    "get-models": (
        "The catalogue has what is missing: {detail}. Get it under “Models”, or by `entrefilet models pull ID`.",
        "Le catalogue propose ce qui manque : {detail}. "
        "À récupérer sous « Modèles », ou par `entrefilet models pull ID`.",
    ),
    "through-english": (
        "Translated through English, for want of a direct model ({detail}): nuances may be lost twice.",
        "Traduit en passant par l’anglais, faute de modèle direct ({detail}) : "
        "des nuances peuvent se perdre deux fois.",
    ),
    "model-refused": (
        "A model was left aside because it is damaged ({detail}); the next best one translates. "
        "Get a fresh copy of it.",
        "Un modèle endommagé a été écarté ({detail}) ; le meilleur suivant traduit. Récupérez-en une nouvelle copie.",
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
    "summary-replaced": (
        "Rewritten summary: {detail} sentence(s) could not be supported and were replaced by the article’s own words, "
        "or left out.",
        "Résumé reformulé\u00a0: {detail} phrase(s) ne s’appuyaient sur rien "
        "et ont été remplacées par les mots de l’article, ou omises.",
    ),
    "summary-refused": (
        "Nothing that {detail} wrote is supported by the article: the summary is made of the article’s own sentences.",
        "Rien de ce que {detail} a écrit ne s’appuie sur l’article\u00a0: le résumé est fait de ses propres phrases.",
    ),
    "no-summarizer": (
        "The summary is made of the article’s own sentences: no model that rewrites is installed for its language. "
        "Get one with `{detail}`.",
        "Le résumé est fait des propres phrases de l’article\u00a0: aucun modèle qui reformule n’est installé pour sa "
        "langue. Récupérez-en un avec `{detail}`.",
    ),
    "summarizer-failed": (
        "The summary is made of the article’s own sentences: the model that was to rewrite it is damaged ({detail}). "
        "Remove it and pull it again.",
        "Le résumé est fait des propres phrases de l’article\u00a0: le modèle qui devait le reformuler est endommagé "
        "({detail}). Supprimez-le et récupérez-le de nouveau.",
    ),
    "rewriting-stopped": (
        "Stopped before the summary was rewritten: it is made of the article’s own sentences.",
        "Interrompu avant que le résumé soit reformulé\u00a0: il est fait des propres phrases de l’article.",
    ),
    "headline-refused": (
        "No headline is proposed: what {detail} wrote finds no support in the article, or has no end.",
        "Aucun titre n’est proposé\u00a0: ce que {detail} a écrit ne s’appuie sur rien dans l’article, "
        "ou reste inachevé.",
    ),
    "headline-failed": (
        "No headline is proposed: the model that was to write it is damaged ({detail}). Remove it and pull it again.",
        "Aucun titre n’est proposé\u00a0: le modèle qui devait l’écrire est endommagé ({detail}). "
        "Supprimez-le et récupérez-le de nouveau.",
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
