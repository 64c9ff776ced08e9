"""What a key fact is, and where one was seen."""

from dataclasses import dataclass
from enum import StrEnum


class FactKind(StrEnum):
    """What a key fact names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    FIGURE = "figure"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class KeyFact:
    """A name, an amount or a date of an article.

    ``text`` is how the article writes it, a person with first name where it gives one; ``segments`` holds the ids of
    all sentences that mention it, also by surname alone, in order.
    """

    kind: FactKind
    text: str
    segments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a fact is named; mentions of one fact share ``kind`` and ``key``."""

    kind: FactKind
    key: str
    text: str
    segment: int
