"""Batches of pairs of similar length, in an order that depends on the seed alone."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from lab.training.alignment import NONE
from lab.training.pairs import Pairs

_POOL = 20_000
"""Pairs that are sorted by length together: batches waste little, and neighbours still vary from epoch to epoch."""
_SHORT = 24


@dataclass(frozen=True, slots=True)
class Batch:
    """Pairs as the model sees them, padded on the right.

    Attributes:
        source: (pairs, source length) int64.
        target: (pairs, target length) int64, the end mark last.
        guide: (pairs, target length) int64: the source position of each target piece, ``NONE`` where it has none and
            in the padding. None where there is no alignment.
    """

    source: torch.Tensor
    target: torch.Tensor
    guide: torch.Tensor | None


def epoch(pairs: Pairs, tokens: int, random: np.random.Generator, *, short: bool = False) -> list[NDArray[np.int64]]:
    """One pass over the corpus, each pair as often as it is to be repeated.

    Args:
        pairs: the corpus.
        tokens: a batch's sentences times its longest side is at most this, unless it is a single pair.
        random: decides the order.
        short: only the pairs of at most 24 pieces a side.

    Returns:
        Positions of the pairs of each batch.
    """
    drawn = random.permutation(np.repeat(np.arange(len(pairs)), pairs.repeats))
    if short:
        drawn = drawn[np.maximum(pairs.source.lengths, pairs.target.lengths)[drawn] <= _SHORT]
    batches: list[NDArray[np.int64]] = []
    for start in range(0, len(drawn), _POOL):
        pool = drawn[start : start + _POOL]
        pool = pool[np.lexsort((pairs.source.lengths[pool], pairs.target.lengths[pool]))]
        longest = np.maximum(pairs.source.lengths[pool], pairs.target.lengths[pool]).tolist()
        cuts, first, width = [], 0, 0
        for i, length in enumerate(longest):
            width = max(width, length)
            if i > first and width * (i + 1 - first) > tokens:
                cuts.append(i)
                first, width = i, length
        batches.extend(np.split(pool, cuts))
    return [batches[i] for i in random.permutation(len(batches))]


def assembled(pairs: Pairs, guide: NDArray[np.uint8] | None, chosen: NDArray[np.int64], pad: int) -> Batch:
    """The batch of the chosen pairs; ``guide`` is as long as ``pairs.target.ids``."""
    positions = None
    if guide is not None:
        positions = _padded(guide, pairs.target.offsets, chosen, NONE)
    source = _padded(pairs.source.ids, pairs.source.offsets, chosen, pad)
    return Batch(source, _padded(pairs.target.ids, pairs.target.offsets, chosen, pad), positions)


def copied(batch: Batch, pad: int) -> Batch:
    """The same targets with themselves as sources: learning to copy is the first step to attention, and names."""
    length = batch.target.shape[1]
    guide = None
    if batch.guide is not None:
        guide = torch.arange(length).expand_as(batch.target).masked_fill(batch.target == pad, NONE)
    return Batch(batch.target, batch.target, guide)


def _padded(
    values: NDArray[np.unsignedinteger], offsets: NDArray[np.int64], chosen: NDArray[np.int64], fill: int
) -> torch.Tensor:
    """The chosen stretches of ``values``, one a row, filled up to the longest."""
    rows = [values[offsets[i] : offsets[i + 1]] for i in chosen]
    padded = np.full((len(rows), max(map(len, rows))), fill, np.int64)
    for row, stretch in zip(padded, rows, strict=True):
        row[: len(stretch)] = stretch
    return torch.from_numpy(padded)
