"""The quick engine: CTranslate2 with int8 weights on the CPU."""

import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path

import ctranslate2

from nlp.engines import Hypothesis, longest_output
from nlp.engines.batching import in_groups

MOST_THREADS = 8
"""Beyond so many cores a batch of sentences does not get faster."""


class CTranslate2Engine:
    """A converted checkpoint; token ids are positions in the vocabulary that lies beside its weights.

    Args:
        folder: as made by :func:`nlp.engines.conversion.convert`.

    Raises:
        OSError, RuntimeError, ValueError: it is not there, or not what CTranslate2 can read.
    """

    def __init__(self, folder: Path) -> None:
        self._pieces: list[str] = json.loads((folder / "shared_vocabulary.json").read_text("utf-8"))
        self._ids = {piece: i for i, piece in enumerate(self._pieces)}
        self._model = ctranslate2.Translator(
            str(folder), device="cpu", compute_type="int8", inter_threads=1, intra_threads=_threads()
        )
        self._lock = threading.Lock()

    def generate(
        self, batch: Sequence[Sequence[int]], *, beam: int, no_repeat_ngram: int = 0, longest: int | None = None
    ) -> list[Hypothesis]:
        """See :meth:`nlp.engines.Engine.generate`."""
        found = in_groups(batch, lambda group: self._generate(group, beam, 1, no_repeat_ngram, longest))
        return [hypotheses[0] for hypotheses in found]

    def alternatives(self, batch: Sequence[Sequence[int]], *, beam: int) -> list[list[Hypothesis]]:
        """See :meth:`nlp.engines.Engine.alternatives`."""
        return in_groups(batch, lambda group: self._generate(group, beam, beam, 0, None))

    def _generate(
        self, batch: Sequence[Sequence[int]], beam: int, kept: int, no_repeat_ngram: int, longest: int | None
    ) -> list[list[Hypothesis]]:
        """The ``kept`` best hypotheses for every sequence of one batch."""
        with self._lock:
            outputs = self._model.translate_batch(
                [[self._pieces[i] for i in ids] for ids in batch],
                beam_size=beam,
                num_hypotheses=kept,
                no_repeat_ngram_size=no_repeat_ngram,
                max_input_length=0,
                max_decoding_length=longest or longest_output(max(map(len, batch))),
            )
        return [[tuple(self._ids[piece] for piece in pieces) for pieces in output.hypotheses] for output in outputs]


def _threads() -> int:
    """Cores that this process may use, within reason; OMP_NUM_THREADS says otherwise, as for any such library."""
    asked = os.environ.get("OMP_NUM_THREADS", "")
    if asked.isdecimal() and int(asked):
        return int(asked)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_THREADS)
