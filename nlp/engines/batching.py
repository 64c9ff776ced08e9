"""Which sequences are decoded together."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Output = TypeVar("Output")

TOKENS_A_BATCH = 1_500
"""Source tokens, padding included, that are decoded together."""


def by_length(batch: Sequence[Sequence[int]]) -> list[list[int]]:
    """Positions of the batch in groups of similar length, each within the token budget; short ones first."""
    groups: list[list[int]] = []
    for k in sorted(range(len(batch)), key=lambda k: len(batch[k])):
        if groups and (len(groups[-1]) + 1) * len(batch[k]) <= TOKENS_A_BATCH:
            groups[-1].append(k)
        else:
            groups.append([k])
    return groups


def in_groups(
    batch: Sequence[Sequence[int]], decode: Callable[[list[Sequence[int]]], Sequence[Output]]
) -> list[Output]:
    """What ``decode`` makes of every sequence of ``batch``, in its order, group by group of :func:`by_length`."""
    results: dict[int, Output] = {}
    for group in by_length(batch):
        results |= zip(group, decode([batch[k] for k in group]), strict=True)
    return [results[k] for k in range(len(batch))]
