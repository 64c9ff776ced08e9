"""How much a sentence is worth to a summary of its article: a linear model, trained on French news.

The weights lie in ``nlp/weights/summary-ranker`` with their card; ``lab/training/ranker.py`` makes them. There are
four sets, with and without a headline, for French and for all other languages, where nothing that knows French takes
part: neither the features of that name nor the tables of words.
"""

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.summarization import features
from nlp.summarization.features import Sentence

FOLDER = Path(__file__).parents[1] / "weights" / "summary-ranker"


@dataclass(frozen=True, slots=True)
class Ranker:
    """The weights.

    Attributes:
        weights: "french" or "neutral", with " titled" behind it where there is a headline -> weight of each feature.
        idf: inverse document frequency of a French stem, by :func:`nlp.summarization.features.buckets`.
        wording: worth of a :func:`keys`, by bucket.
    """

    weights: Mapping[str, Mapping[str, float]]
    idf: NDArray[np.float32]
    wording: NDArray[np.float32]

    def analysed(self, texts: Sequence[str], language: str) -> list[Sentence]:
        """Sentences, taken apart for :meth:`worths`."""
        return features.analysed(texts, language, self.idf if language == "fr" else None)

    def worths(self, sentences: Sequence[Sentence], language: str, title: str | None) -> NDArray[np.float64]:
        """What each sentence is worth: only differences within one article mean anything.

        Args:
            sentences: the body of an article or of a section, in order.
            language: its code.
            title: the headline, None where there is none.
        """
        french = language == "fr"
        weights = self.weights[("french" if french else "neutral") + (" titled" if title else "")]
        table = features.features(sentences, language, title)
        worths = table @ [weights.get(name, 0.0) for name in features.NAMES]
        if french:
            worths += [self._wording(sentence, i) for i, sentence in enumerate(sentences)]
        return np.asarray(worths)

    def _wording(self, sentence: Sentence, position: int) -> float:
        found = rows(sentence, position, len(self.wording))
        return float(self.wording[list(found)] @ list(found.values()))


def keys(sentence: Sentence, position: int) -> list[str]:
    """What the wording of a sentence is judged by: words, pairs of words, how it begins and ends."""
    tokens = sentence.words
    found = [*tokens, *(f"{a}_{b}" for a, b in pairwise(tokens))]
    if tokens:
        place = "0" if position == 0 else "1" if position < 3 else "2"
        found += [f"^{w}" for w in tokens[:2]] + [f"^{place}{tokens[0]}", f"${tokens[-1]}"]
    return found


def rows(sentence: Sentence, position: int, size: int) -> dict[int, float]:
    """The :func:`keys` as a sparse vector of length 1: bucket -> value."""
    counts = Counter(features.buckets(keys(sentence, position), size))
    length = math.sqrt(sum(c * c for c in counts.values()))
    return {row: count / length for row, count in counts.items()}


@cache
def load(folder: Path = FOLDER) -> Ranker:
    """The weights in a folder, read once."""
    with np.load(folder / "words.npz") as tables:
        idf, wording = (tables[name].astype(np.float32) for name in ("idf", "wording"))
    return Ranker(json.loads((folder / "weights.json").read_text("utf-8")), idf, wording)
