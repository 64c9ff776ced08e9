"""Look-ups in the gazetteer: which names and words are known."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from nlp.keyfacts import gazetteer
from nlp.keyfacts.fact import FactKind
from nlp.keyfacts.tokens import Token, folded

DETERMINERS = frozenset("le la les l' un une des du au aux ce cet cette ces son sa ses leur leurs the a an".split())
TITLES = frozenset("m mm mme mmes mlle me dr pr mgr mr mrs ms prof sir".split())

_PARTS = re.compile(r"[ '’-]+")
_LONGEST = 6  # known names, in words


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(folded, words))


PERSON_CUES, ORGANISATION_CUES = _folded(gazetteer.PERSON_CUES), _folded(gazetteer.ORGANISATION_CUES)
PLACE_CUES, HEADS_OF = _folded(gazetteer.PLACE_CUES), _folded(gazetteer.HEADS_OF)
ORGANISATION_HEADS = _folded(gazetteer.ORGANISATION_HEADS)
NAME_ADJECTIVES = _folded(gazetteer.NAME_ADJECTIVES)
FILLERS = _folded(gazetteer.STARTERS) | DETERMINERS
"""Words that have a capital only because they open a sentence."""
_FIRST_NAMES = _folded(gazetteer.FIRST_NAMES)


def key(name: str) -> str:
    """What all spellings of a name share: « Jean Christophe Q. » and « Jean-Christophe Q »."""
    return " ".join(folded(name).replace("-", " ").strip(". ").split())


def written(run: Sequence[Token]) -> str:
    """The words of a run as the article writes them, white space between them made single spaces."""
    return run[0].text + "".join((" " if t.gap.isspace() else t.gap) + t.text for t in run[1:])


def is_first_name(token: Token) -> bool:
    """Whether a word is a first name, or several with hyphens."""
    return token.capital and all(part in _FIRST_NAMES for part in token.folded.split("-"))


def is_title(token: Token) -> bool:
    """Whether a word is a title before a name: « Mme », « Dr »."""
    return token.folded.rstrip(".") in TITLES


def is_place(name: str) -> bool:
    """Whether a name is that of a known place."""
    return key(name) in _lists()[FactKind.PLACE]


def is_organisation(name: str) -> bool:
    """Whether a name is that of a known organisation."""
    return key(name) in _lists()[FactKind.ORGANISATION]


def known_name(words: Sequence[Token], start: int) -> tuple[FactKind, int] | None:
    """The longest known organisation or place at ``start``: its kind and the index after it."""
    if re.split(r"[-']", words[start].folded)[0] not in _beginnings():
        return None
    for end in range(min(start + _LONGEST, len(words)), start, -1):
        run = words[start:end]
        if not all(token.joined for token in run[1:]):
            continue
        text = written(run)
        for kind, known in _lists().items():
            name = known.get(key(text))
            if name and _same_capitals(text, name):
                return kind, end
    return None


def newspaper(words: Sequence[Token], start: int) -> tuple[str, int] | None:
    """A newspaper that « le », « du » or « au » before it tells from the common word: its name, the index after it."""
    if not start or not words[start].joined or words[start - 1].folded not in ("le", "du", "au", "the"):
        return None
    for end in (start + 1, start + 2, start + 3):
        if name := gazetteer.AFTER_ARTICLE.get(" ".join(token.text for token in words[start:end])):
            return name, end
    return None


def _same_capitals(text: str, name: str) -> bool:
    """Whether a text has the capitals of a known name, in the first letters or (acronyms) in all."""
    return all(
        ours == theirs if theirs.isupper() else ours[:1].isupper() or not theirs[:1].isupper()
        for ours, theirs in zip(_PARTS.split(text), _PARTS.split(name), strict=False)
    )


@cache
def _lists() -> dict[FactKind, dict[str, str]]:
    """Key -> name of all known organisations and places."""
    return {
        FactKind.ORGANISATION: {key(name): name for name in gazetteer.ORGANISATIONS},
        FactKind.PLACE: {key(name): name for name in gazetteer.PLACES},
    }


@cache
def _beginnings() -> frozenset[str]:
    """First words of all known names: most words of a text begin none."""
    return frozenset(re.split(r"[ ']", known)[0] for names in _lists().values() for known in names)
