"""Engines: token ids in, hypotheses out. Nothing here knows of text or languages."""

from collections.abc import Sequence
from typing import Protocol

Hypothesis = tuple[int, ...]
"""One output of a model: its token ids without start and end marks."""


class Engine(Protocol):
    """A sequence-to-sequence model that is ready to run. Safe between threads: one batch runs at a time."""

    def generate(
        self, batch: Sequence[Sequence[int]], *, beam: int, no_repeat_ngram: int = 0, longest: int | None = None
    ) -> list[Hypothesis]:
        """The best hypothesis for every sequence of ``batch``, in its order.

        Args:
            batch: source token ids, end mark included; any number of sequences of any length.
            beam: hypotheses that the search keeps; 1 is greedy.
            no_repeat_ngram: forbids that a run of so many tokens occurs twice; 0 forbids nothing.
            longest: tokens after which a hypothesis is cut; by :func:`longest_output` if None.
        """
        ...

    def alternatives(self, batch: Sequence[Sequence[int]], *, beam: int) -> list[list[Hypothesis]]:
        """All hypotheses that a search ends with, for every sequence of ``batch``, in its order.

        Args:
            batch: see :meth:`generate`.
            beam: hypotheses that the search keeps, at least 2.

        Returns:
            For each sequence ``beam`` hypotheses, the best first.
        """
        ...


def longest_output(source_length: int) -> int:
    """Tokens after which a hypothesis is cut: twice its source and sixteen, so that a loop costs little."""
    return 2 * source_length + 16
