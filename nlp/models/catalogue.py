"""The models that exist, as their cards describe them.

A card is a file ``card.json`` beside the weights. The embedded models lie in ``nlp/weights``, one folder each.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nlp.errors import NoTranslator, UnknownModel

WEIGHTS = Path(__file__).parents[1] / "weights"


@dataclass(frozen=True, slots=True)
class Golden:
    """A sentence whose translation by the float32 model is known.

    ``target`` holds the token ids of the reference translation (end mark included) and ``log_probabilities`` what
    the model gives each of them, teacher-forced.
    """

    source: str
    target: tuple[int, ...]
    log_probabilities: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One translation model.

    Attributes:
        id: how the reader names it.
        source, target: language codes.
        tier: "embedded" (ships with Entrefilet).
        version: of the weights.
        licence: SPDX expression.
        trained_length: longest source, in pieces, that it was trained on.
        scores: test set -> measure -> score.
        remark: language of the interface -> one line on its quality.
        draft: whether its output must be shown with a warning.
        sha256: file name -> checksum of the packed file.
        golden: sentences to test a fresh unpacking with.
        folder: where the packed files are.
    """

    id: str
    source: str
    target: str
    tier: str
    version: str
    licence: str
    trained_length: int
    scores: Mapping[str, Mapping[str, float]]
    remark: Mapping[str, str]
    draft: bool
    sha256: Mapping[str, str]
    golden: tuple[Golden, ...]
    folder: Path

    @property
    def bytes(self) -> int:
        """Size of the packed files."""
        return sum((self.folder / name).stat().st_size for name in self.sha256)

    def note(self, language: str = "en") -> str:
        """One line on the model's quality, in English or French."""
        return self.remark.get(language, self.remark["en"])


def read_card(folder: Path) -> Entry:
    """The entry that ``folder/card.json`` describes."""
    card: dict[str, Any] = json.loads((folder / "card.json").read_text("utf-8"))
    golden = tuple(Golden(g["source"], tuple(g["target"]), tuple(g["log_probabilities"])) for g in card.pop("golden"))
    return Entry(**card, golden=golden, folder=folder)


@cache
def entries() -> tuple[Entry, ...]:
    """All models, in the order of their folders' names."""
    return tuple(read_card(card.parent) for card in sorted(WEIGHTS.glob("*/card.json")))


def entry(id: str) -> Entry:
    """The model of this identifier.

    Raises:
        UnknownModel: there is none.
    """
    for candidate in entries():
        if candidate.id == id:
            return candidate
    raise UnknownModel(id=id, known=", ".join(e.id for e in entries()) or "-")


def best(source: str, target: str) -> Entry:
    """The best model for a pair of languages.

    Raises:
        NoTranslator: there is none.
    """
    for candidate in entries():
        if (candidate.source, candidate.target) == (source, target):
            return candidate
    raise NoTranslator(source=source, target=target)
