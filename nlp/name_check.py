"""Names of a source sentence that its translation has lost.

A name may change its spelling between languages (Londres, London; Sergueï, Sergei) or altogether (Pékin, Beijing), so
a name is only missed where that can be told: a surname that nothing in the target resembles, a name that good French
to English translations have always been seen to keep (``nlp/weights/names``, made by :mod:`lab.training.names`), and
for other languages a run of capitalised words of which none begins like a word of the target.
"""

import re
import unicodedata
from collections.abc import Iterator, Set
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

KEPT = Path(__file__).parent / "weights" / "names" / "fr-en.txt"
"""French names that English translations keep, one a line."""

_ALIKE = 3
_RESEMBLANCE = 0.75
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NAME = r"[A-ZÀ-Ý][a-zà-ÿ][\w\-]+"
_TITLED = re.compile(rf"\b(?:MM?\.|Mmes?|Mlle|Me|Mgr|Dr|Pr)\s({_NAME})(?!\s[A-ZÀ-Ý])")
_RUN = re.compile(r"\b[A-ZÀ-Ý][a-zà-ÿ\-]+(?:\s[A-ZÀ-Ý][a-zà-ÿ][\w\-]+)+")
_DETERMINER = re.compile(r"les?|la|une?|des|aux?|ce|cet|cette|ces|mon|ma|mes|notre|nos|votre|vos|aucune?|à", re.I)
_RENAMED = frozenset(
    {
        "Arabie Saoudite",
        "Assurance Maladie",
        "Christophe Colomb",
        "Deuxième Guerre",
        "Grande Guerre",
        "Haut Conseil",
        "Maison Blanche",
        "Mouammar Kadhafi",
        "Moyen Orient",
        "Nations Unies",
        "Première Guerre",
        "Proche Orient",
        "Père Noël",
        "Royaume Uni",
        "Seconde Guerre",
    }
)
"""Names of two words that have another name altogether in English."""


def plain(text: str) -> str:
    """Lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def capitalised(sentence: str) -> Iterator[str]:
    """Words that are capitalised though neither the sentence nor a quotation in it begins there, as written."""
    for word in _WORD.finditer(sentence):
        before = sentence[: word.start()].rstrip("«»“”\"'([— –-\xa0\u202f")
        if before and before[-1] not in ".!?…:" and len(word[0]) > _ALIKE and word[0].istitle():
            yield word[0]


def beginnings(text: str) -> set[str]:
    """The first letters of the words of a text and of their parts, plain; words that share them count as alike."""
    return {plain(part)[:_ALIKE] for word in _WORD.findall(text) for part in (word, *word.split("-"))}


def missing_names(source: str, target: str, source_language: str, target_language: str) -> list[str]:
    """Names of the source that the target lacks, as written there, in order.

    Args:
        source, target: a sentence and its translation.
        source_language, target_language: their codes.
    """
    begun = beginnings(target)
    missing = [run for run in _runs(source) if begun.isdisjoint(beginnings(run))]
    if (source_language, target_language) == ("fr", "en"):
        kept = _kept()
        words = {plain(word) for word in _WORD.findall(target)}
        missing += [name for name in _surnames(source, kept) if not _resembled(plain(name), words)]
        missing += [name for name in capitalised(source) if name in kept and begun.isdisjoint(beginnings(name))]
    places = {name: source.find(name) for name in missing}
    return sorted((n for n in places if not any(n != m and n in m for m in places)), key=places.__getitem__)


def _runs(sentence: str) -> Iterator[str]:
    """Runs of capitalised words, such as first name and surname, behind the start of the sentence."""
    for run in _RUN.finditer(sentence):
        if run.start() and run[0] not in _RENAMED and not _DETERMINER.fullmatch(run[0].split()[0]):
            yield run[0]


def _surnames(sentence: str, kept: Set[str]) -> Iterator[str]:
    """Last names behind « M. », « Mme » … or behind a first name that is known."""
    for titled in _TITLED.finditer(sentence):
        yield titled[1]
    for run in _runs(sentence):
        first, *_, last = run.split()
        if first in kept:
            yield last


def _resembled(name: str, words: Set[str]) -> bool:
    """Whether a word is the name or nearly so (transliterations differ: Riabkov, Ryabkov)."""
    return name in words or any(SequenceMatcher(None, name, word).ratio() >= _RESEMBLANCE for word in words)


@cache
def _kept() -> frozenset[str]:
    return frozenset(KEPT.read_text("utf-8").split())
