"""Sentence pairs as arrays of piece ids, and the files they lie in."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Side:
    """All sentences of one language, end to end.

    Attributes:
        ids: (tokens,) uint16; every sentence ends with the end mark.
        offsets: (sentences + 1,) int64; sentence ``i`` is ``ids[offsets[i]:offsets[i + 1]]``.
    """

    ids: NDArray[np.uint16]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, sentences: list[NDArray[np.uint16]]) -> "Side":
        """Sentences put end to end."""
        ids = np.concatenate(sentences) if sentences else np.zeros(0, np.uint16)
        return cls(ids, np.concatenate([[0], np.cumsum([len(s) for s in sentences])]).astype(np.int64))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> NDArray[np.uint16]:
        return self.ids[self.offsets[index] : self.offsets[index + 1]]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """(sentences,) tokens, end marks included."""
        return np.diff(self.offsets)


@dataclass(frozen=True, slots=True)
class Pairs:
    """A corpus.

    Attributes:
        source, target: as many sentences in each.
        repeats: (pairs,) how often each pair is drawn while the others are drawn once.
        characters: of all target texts, before they were cut into pieces.
    """

    source: Side
    target: Side
    repeats: NDArray[np.uint8]
    characters: int

    def __len__(self) -> int:
        return len(self.source)

    def save(self, file: Path) -> None:
        """Write to an ``.npz`` file, whole or not at all."""
        partial = file.with_suffix(".partial.npz")
        np.savez(
            partial,
            source=self.source.ids,
            source_offsets=self.source.offsets,
            target=self.target.ids,
            target_offsets=self.target.offsets,
            repeats=self.repeats,
            characters=self.characters,
        )
        partial.replace(file)

    @classmethod
    def load(cls, file: Path) -> "Pairs":
        """Read what :meth:`save` wrote."""
        with np.load(file) as arrays:
            return cls(
                Side(arrays["source"], arrays["source_offsets"]),
                Side(arrays["target"], arrays["target_offsets"]),
                arrays["repeats"],
                int(arrays["characters"]),
            )
