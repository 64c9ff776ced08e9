"""Golden sentences: what the float32 model answered, to which whatever was made of it is held."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LEAST_OVERLAP = 0.6
"""Share of the reference's tokens that another engine must say too: int8 rounding changes a word here and there."""


@dataclass(frozen=True, slots=True)
class Golden:
    """A sentence whose translation by the float32 model is known.

    ``target`` holds the token ids of the reference translation (end mark included) and ``log_probabilities`` what
    the model gives each of them, teacher-forced.
    """

    source: str
    target: tuple[int, ...]
    log_probabilities: tuple[float, ...]

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> "Golden":
        """The sentence of which ``record``, from a JSON file, is the form."""
        return cls(record["source"], tuple(record["target"]), tuple(record["log_probabilities"]))

    def agrees(self, ids: Sequence[int]) -> bool:
        """Whether another engine's answer (token ids without end mark) shares enough of its tokens with this one."""
        expected = self.target[:-1]
        shared = (Counter(expected) & Counter(ids)).total()
        return shared >= LEAST_OVERLAP * max(len(expected), len(ids))
