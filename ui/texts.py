"""Every word that the page says, in French and English, and how it writes numbers."""

import re
from dataclasses import dataclass
from typing import Literal

from nlp import language
from nlp.errors import EntrefiletError
from nlp.notices import Notice
from nlp.numbers import file_size, written

Interface = Literal["fr", "en"]
"""A language that the page speaks."""

CARD_HEADINGS = {
    "headline": {"fr": "Titre proposé", "en": "Proposed headline"},
    "summary": {"fr": "Résumé", "en": "Summary"},
}
"""Headings of a card, in the language of what stands in it."""

_TABLE: dict[str, tuple[str, str]] = {
    # library
    "drop": ("Déposez des articles ici", "Drop articles here"),
    "paste": ("Coller un texte", "Paste text"),
    "paste_area": ("Le texte de l’article", "The article’s text"),
    "paste_submit": ("Lire ce texte", "Read this text"),
    "pasted_name": ("Texte collé {number}", "Pasted text {number}"),
    "samples": ("Exemples", "Samples"),
    "interface": ("Langue de la page", "Language of the page"),
    "remove": ("Retirer de la liste", "Remove from the list"),
    "state_waiting": ("en attente", "waiting"),
    "state_stopped": ("interrompu", "stopped"),
    "private": ("Rien ne quitte cet ordinateur.", "Nothing leaves this computer."),
    # models
    "models": ("Modèles", "Models"),
    "models_network": (
        "Récupérer un modèle est le seul moment où Entrefilet se sert du réseau ; aucun texte n’est envoyé. "
        "Les fichiers sont gardés dans {folder}.",
        "Fetching a model is the only moment when Entrefilet uses the network; no text is sent. "
        "The files are kept in {folder}.",
    ),
    "models_open": ("Voir les modèles", "See the models"),
    "models_here": ("Sur cet ordinateur", "On this computer"),
    "models_translation": ("À récupérer : français et anglais", "To fetch: French and English"),
    "models_summary": ("À récupérer : résumés réécrits et titres", "To fetch: rewritten summaries and headlines"),
    "models_others": ("Autres langues ({count})", "Other languages ({count})"),
    "model_embedded": ("fourni avec Entrefilet, toujours là", "ships with Entrefilet, always there"),
    "model_installed": ("installé", "installed"),
    "model_added": ("votre dossier", "your folder"),
    "licence": ("licence {name}", "licence {name}"),
    "size_unknown": ("taille encore inconnue", "size not known yet"),
    "purpose_summary": ("Résumés réécrits en {language}", "Rewritten summaries in {language}"),
    "purpose_headline": ("Titres proposés en {language}", "Proposed headlines in {language}"),
    "purpose_unknown": ("Langues encore inconnues", "Languages not known yet"),
    "get": ("Récupérer", "Get"),
    "verify": ("Vérifier", "Verify"),
    "verified": ("✓ Tous les fichiers sont intacts.", "✓ All files are intact."),
    "remove_model": ("Retirer", "Remove"),
    "remove_sure": ("Supprimer ces fichiers de cet ordinateur ?", "Delete these files from this computer?"),
    "forget_sure": ("Oublier ce dossier ? Ses fichiers restent.", "Forget this folder? Its files stay."),
    "remove_yes": ("Oui, retirer", "Yes, remove"),
    "remove_no": ("Garder", "Keep"),
    "other_model": ("Un autre dépôt du hub Hugging Face", "Another repository of the Hugging Face hub"),
    "other_model_form": ("propriétaire/nom", "owner/name"),
    "other_model_wrong": (
        "Écrivez le nom du dépôt sous la forme {form}.",
        "Write the repository’s name as {form}.",
    ),
    "step_waiting": ("En attente d’une autre récupération", "Waiting for another one to be fetched"),
    "step_resolving": ("Le hub est interrogé", "Asking the hub"),
    "step_fetching": ("{done} sur {total}", "{done} of {total}"),
    "step_converting": ("Conversion et essai", "Converting and trying it out"),
    "step_recording": ("Installation", "Installing"),
    "lacks_translator": ("Pour traduire ce texte ({pair}) :", "To translate this text ({pair}):"),
    "lacks_summarizer": ("Pour réécrire le résumé ({language}) :", "To rewrite the summary ({language}):"),
    "needed": (
        "il manque le modèle {names}.|il manque les modèles {names}.",
        "the model {names} is missing.|the models {names} are missing.",
    ),
    "is_fetched": ("le modèle arrive.", "the model is on its way."),
    "nothing_helps": (
        "aucun modèle connu d’Entrefilet n’y suffit. Le texte et son propre résumé restent lisibles.",
        "no model that Entrefilet knows can do it. The text and its own summary are here to read.",
    ),
    "network": (
        "C’est le seul moment où le réseau sert. Aucun texte n’est envoyé.",
        "This is the only moment when the network is used. No text is sent.",
    ),
    "translator": ("Traduire avec", "Translate with"),
    "automatic": ("Automatique ({id})", "Automatic ({id})"),
    # article
    "words": ("{count} mot|{count} mots", "{count} word|{count} words"),
    "reading_time": ("{count} min", "{count} min"),
    "language_unknown": ("Langue inconnue", "Unknown language"),
    "language_chosen": ("choisi par vous", "your choice"),
    "language_detected": ("Langue détectée", "Language detected"),
    "language_also": ("Ce texte contient aussi : {names}.", "This text also holds: {names}."),
    "read_as": ("Lire ce texte comme", "Read this text as"),
    "read_as_detected": ("la langue détectée", "the language detected"),
    "target": ("Traduire en", "Translate into"),
    "encoding": ("Encodage du fichier", "Encoding of the file"),
    "encoding_guess": ("deviné", "guessed"),
    "export": ("Exporter", "Export"),
    "export_txt": ("Texte (.txt)", "Text (.txt)"),
    "export_md": ("Markdown (.md)", "Markdown (.md)"),
    "export_json": ("Données (.json)", "Data (.json)"),
    "cancel": ("Arrêter", "Stop"),
    "resume": ("Reprendre", "Resume"),
    "again": ("Réessayer", "Try again"),
    "reading": ("Lecture de l’article…", "Reading the article…"),
    "queued": (
        "En attente : un autre article passe d’abord.",
        "Waiting: another article goes first.",
    ),
    "loading_model": ("Le modèle de traduction se prépare…", "The translation model is getting ready…"),
    "progress": ("{done} / {total} phrases", "{done} / {total} sentences"),
    "remaining": ("encore {time}", "{time} left"),
    "stopped": (
        "Interrompu : {count} phrase n’est pas traduite.|Interrompu : {count} phrases ne sont pas traduites.",
        "Stopped: {count} sentence is not translated.|Stopped: {count} sentences are not translated.",
    ),
    # summary
    "headline_in": ("Titre proposé · {language}", "Proposed headline · {language}"),
    "headline_untranslated": ("Ce titre n’a pas pu être traduit.", "This headline could not be translated."),
    "headline_by": ("Titre proposé par {id}, vérifié de même.", "Headline proposed by {id}, checked alike."),
    "summary_in": ("Résumé · {language}", "Summary · {language}"),
    "summary_pending": (
        "Le résumé traduit paraîtra ici dès que ses phrases le seront.",
        "The translated summary appears here as soon as its sentences are done.",
    ),
    "summary_untranslated": (
        "Ce résumé n’a pas pu être traduit en entier.",
        "This summary could not be translated completely.",
    ),
    "summary_none": ("Il n’y a pas de texte suivi à résumer.", "There is no running text to summarize."),
    "length": ("Longueur du résumé", "Length of the summary"),
    "extractive": (
        "Repris mot pour mot dans l’article. Les numéros mènent aux phrases d’origine.",
        "Taken word for word from the article. The numbers lead to the original sentences.",
    ),
    "abstractive": (
        "Réécrit par {id}, vérifié phrase par phrase. Les numéros mènent aux passages d’origine.",
        "Rewritten by {id}, checked sentence by sentence. The numbers lead to the original passages.",
    ),
    "rewriting": (
        "Le résumé est en cours de réécriture ; en attendant, voici l’extrait.",
        "The summary is being rewritten; until then, this is the extract.",
    ),
    "progress_rewriting": ("Réécriture du résumé…", "Rewriting the summary…"),
    "engine": ("Résumé par", "Summary by"),
    "engine_extractive": ("Extrait", "Extract"),
    "engine_abstractive": ("Réécrit", "Rewritten"),
    "engine_get": ("Résumé réécrit…", "Rewritten summary…"),
    "evidence": ("Voir la phrase d’origine {number}", "Show the original sentence {number}"),
    # key facts
    "facts": ("Repères de l’article", "Key facts of the article"),
    "facts_person": ("Personnes", "People"),
    "facts_organisation": ("Organisations", "Organisations"),
    "facts_place": ("Lieux", "Places"),
    "facts_figure": ("Chiffres", "Figures"),
    "facts_date": ("Dates", "Dates"),
    "facts_more": ("{number} de plus", "{number} more"),
    "facts_less": ("Moins", "Fewer"),
    "facts_hint": (
        "Flèches : repère suivant ou précédent. Entrée : phrase suivante qui en parle.",
        "Arrow keys: next or previous fact. Enter: next sentence that mentions it.",
    ),
    # reader
    "reader": ("Texte et traduction, phrase à phrase", "Text and translation, sentence by sentence"),
    "reader_hint": (
        "Flèches : phrase suivante ou précédente.",
        "Arrow keys: next or previous sentence.",
    ),
    "copy": ("Copier", "Copy"),
    "copied": ("✓ Copié", "✓ Copied"),
    "copy_failed": ("Échec de la copie", "Could not copy"),
    "copy_paragraph": ("Copier ce paragraphe", "Copy this paragraph"),
    "not_translated": ("Pas traduit.", "Not translated."),
    "untranslated_mark": ("[non traduit] ", "[not translated] "),
    "counts": ("{count} phrase|{count} phrases", "{count} sentence|{count} sentences"),
    "counts_translated": ("{count} traduite|{count} traduites", "{count} translated"),
    "counts_copied": ("{count} laissée telle quelle|{count} laissées telles quelles", "{count} left as is"),
    "counts_untranslated": ("{count} non traduite|{count} non traduites", "{count} not translated"),
    "counts_no_check": ("aucune signalée", "none flagged"),
    "counts_check": ("{count} à vérifier", "{count} to check"),
    "seconds": ("{time} sur cet ordinateur", "{time} on this computer"),
    # welcome
    "welcome": ("Déposez un article, lisez-le en deux langues.", "Drop an article, read it in two languages."),
    "welcome_text": (
        "Entrefilet reconnaît la langue, traduit phrase à phrase et résume en français et en anglais. "
        "Déposez un fichier {suffixes} à gauche, collez un texte ou choisissez un exemple.",
        "Entrefilet tells the language, translates sentence by sentence and summarizes in French and English. "
        "Drop a {suffixes} file on the left, paste a text or choose a sample.",
    ),
    "failed": ("Cet article n’a pas pu être lu", "This article could not be read"),
    "failed_work": ("Le travail s’est arrêté en route", "The work stopped halfway"),
}


@dataclass(frozen=True, slots=True)
class Texts:
    """The page's words in one language."""

    interface: Interface

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key``. An int ``count`` among the values picks singular or plural and is written out."""
        text = _TABLE[key][self.interface == "en"]
        count = values.get("count")
        if isinstance(count, int):
            forms = text.split("|")
            plural = count > 1 if self.interface == "fr" else count != 1
            text = forms[-1] if plural else forms[0]
            values["count"] = self.number(count)
        return self.typeset(text.format(**values))

    def number(self, value: float, decimals: int = 0) -> str:
        """A number as this language writes it: 2,140.5 or 2 140,5."""
        return written(value, decimals, self.interface)

    def percent(self, share: float) -> str:
        """A share of 1 as whole percents, rounded down: only what is complete is 100 %."""
        return f"{int(share * 100)}\u00a0%" if self.interface == "fr" else f"{int(share * 100)}%"

    def time(self, seconds: float) -> str:
        """A duration: 1.8 s, 34 s, 2 min."""
        if seconds < 10:
            return f"{self.number(seconds, 1)}\u00a0s"
        return f"{self.number(seconds)}\u00a0s" if seconds < 90 else f"{self.number(seconds / 60)}\u00a0min"

    def size(self, size: int) -> str:
        """A file size in megabytes, in gigabytes from 1000 of them."""
        return file_size(size, self.interface).replace(" ", "\u00a0")

    def pair(self, source: str, target: str) -> str:
        """From one language into another: French → English."""
        return f"{self.language_within(source)} → {self.language_within(target)}"

    def language(self, code: str) -> str:
        """Name of a language, capitalised."""
        name = self.language_within(code)
        return name[:1].upper() + name[1:]

    def language_within(self, code: str) -> str:
        """Name of a language as it is written within a sentence."""
        return language.name(code, self.interface)

    def notice(self, notice: Notice) -> str:
        """A remark of the library, without the marks that it sets around commands."""
        return self.typeset(notice.text(self.interface).replace("`", ""))

    def error(self, error: EntrefiletError) -> str:
        """What happened and what to do."""
        return self.typeset(error.message(self.interface).replace("`", ""))

    def typeset(self, text: str) -> str:
        """French double punctuation clings to its word by a no-break space; English stays as it is."""
        if self.interface == "en":
            return text
        return re.sub(r" ([:;!?»%])", "\u00a0\\1", text).replace("« ", "«\u00a0")


def literal(text: str) -> str:
    """Text that Streamlit's Markdown shows exactly as it is: for labels that hold a reader's words."""
    escaped = re.sub(r"([\\`*_{}\[\]<>#|~$&])", r"\\\1", re.sub(r"[^\S\u00a0\u202f]+", " ", text).strip())
    escaped = re.sub(r"^(\d*)([-+.)])", r"\1\\\2", escaped)
    return re.sub(r"(:(?=\S)|(?<=www)\.|@)", "\\1\u2060", escaped)
