"""Which source piece each target piece translates: word alignment by eflomal, as a guide for attention.

eflomal (Östling & Tiedemann 2016; ``pip install eflomal``) is needed for this stage only. It treats pieces as words and
aligns half a million pairs in two minutes on two cores.
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lab.training.pairs import Pairs, Side

NONE = 255
"""Stands for a target piece that is aligned with nothing."""

_MODEL = 3  # words, order and fertility
_ITERATIONS = (3, 3, 4)  # of its three models; more of them changed nothing that training would notice
_SAMPLERS = 2

Link = tuple[int, int]
"""Position of a source piece and of a target piece."""


class MissingAligner(RuntimeError):
    """eflomal is not installed."""


def align(work: Path) -> None:
    """Write ``guide.npy`` for ``pairs.npz``: see :func:`guide`.

    Raises:
        OSError: there is no ``pairs.npz``.
        MissingAligner: eflomal is not installed.
    """
    pairs = Pairs.load(work / "pairs.npz")
    partial = work / "guide.partial.npy"
    np.save(partial, guide(pairs, *_links(pairs)))
    partial.replace(work / "guide.npy")


def guide(pairs: Pairs, forward: Iterable[set[Link]], backward: Iterable[set[Link]]) -> NDArray[np.uint8]:
    """For each target piece the position of the source piece that it translates, or ``NONE``.

    A link that both directions found is preferred to one that only one did, and the leftmost among equals. The end
    mark always looks at the end mark.

    Args:
        pairs: the corpus; no source is longer than 254 pieces.
        forward, backward: links of each pair, aligned from source to target and from target to source.

    Returns:
        (target tokens,) in the order of ``pairs.target.ids``.
    """
    positions = np.full(len(pairs.target.ids), NONE, np.uint8)
    ends = pairs.target.offsets[1:] - 1
    positions[ends] = pairs.source.lengths - 1
    for start, one, other in zip(pairs.target.offsets[:-1], forward, backward, strict=True):
        # Written from the weakest to the strongest, so that the strongest stays.
        for source, target in sorted(one | other, key=lambda link: (link in one and link in other, -link[0])):
            positions[start + target] = source
    return positions


def _links(pairs: Pairs) -> tuple[list[set[Link]], list[set[Link]]]:
    """The links that eflomal finds in both directions."""
    try:
        import eflomal
    except ImportError as error:
        message = "alignment needs eflomal (pip install eflomal), or set training.guide = 0 to train without"
        raise MissingAligner(message) from error
    with tempfile.TemporaryDirectory() as temporary:
        files = [Path(temporary) / "forward", Path(temporary) / "backward"]
        aligner = eflomal.Aligner(model=_MODEL, n_iterations=_ITERATIONS, n_samplers=_SAMPLERS)
        aligner.align(
            _as_words(pairs.source),
            _as_words(pairs.target),
            links_filename_fwd=str(files[0]),
            links_filename_rev=str(files[1]),
        )
        forward, backward = ([_read(line) for line in file.read_text("ascii").splitlines()] for file in files)
    return forward, backward


def _as_words(side: Side) -> list[str]:
    """Each sentence as its ids in decimal, without its end mark."""
    return [" ".join(map(str, side[i][:-1])) + "\n" for i in range(len(side))]


def _read(line: str) -> set[Link]:
    """Links written as ``0-0 1-2 …``."""
    return {(int(source), int(target)) for source, target in (link.split("-") for link in line.split())}
