"""The quick engine: CTranslate2 with int8 weights on the CPU."""

import os
import threading
from collections.abc import Sequence
from pathlib import Path

import ctranslate2

from nlp.engines import Hypothesis, longest_output

TOKENS_A_BATCH = 1_500
"""Source tokens, padding included, that are decoded together."""


class CTranslate2Engine:
    """A converted checkpoint.

    Args:
        folder: as written by CTranslate2's converter.
        pieces: the vocabulary; a token's id is its position.
    """

    def __init__(self, folder: Path, pieces: Sequence[str]) -> None:
        threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._model = ctranslate2.Translator(
            str(folder), device="cpu", compute_type="int8", inter_threads=1, intra_threads=min(threads, 8)
        )
        self._pieces = pieces
        self._ids = {piece: i for i, piece in enumerate(pieces)}
        self._lock = threading.Lock()

    def generate(self, batch: Sequence[Sequence[int]], *, beam: int, no_repeat_ngram: int = 0) -> list[Hypothesis]:
        """See :meth:`nlp.engines.Engine.generate`."""
        results: list[Hypothesis | None] = [None] * len(batch)
        for group in _by_length(batch):
            with self._lock:
                outputs = self._model.translate_batch(
                    [[self._pieces[i] for i in batch[k]] for k in group],
                    beam_size=beam,
                    no_repeat_ngram_size=no_repeat_ngram,
                    max_input_length=0,
                    max_decoding_length=longest_output(max(len(batch[k]) for k in group)),
                    return_scores=True,
                )
            for k, output in zip(group, outputs, strict=True):
                ids = tuple(self._ids[piece] for piece in output.hypotheses[0])
                results[k] = Hypothesis(ids, output.scores[0])
        return [result for result in results if result is not None]


def _by_length(batch: Sequence[Sequence[int]]) -> list[list[int]]:
    """Positions of the batch in groups of similar length, each within the token budget."""
    groups: list[list[int]] = []
    for k in sorted(range(len(batch)), key=lambda k: len(batch[k])):
        if groups and (len(groups[-1]) + 1) * len(batch[k]) <= TOKENS_A_BATCH:
            groups[-1].append(k)
        else:
            groups.append([k])
    return groups
