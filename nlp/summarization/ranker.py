"""How likely it is that a sentence belongs into the summary: a logistic regression, trained on French news.

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

FOLDER = Path(__file__).parents[1] / "weights" / "summary-ranker"
WORDING = "wording"
"""Name of the feature that the table of words gives (:func:`keys`)."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """The weights.

    Attributes:
        weights: "french" or "neutral", with " titled" behind it where there is a headline -> weight of each feature
            and the "bias".
        idf: inverse document frequency of a French stem, by :func:`nlp.summarization.features.bucket`.
        wording: worth of a :func:`keys`, by bucket.
    """

    weights: Mapping[str, Mapping[str, float]]
    idf: NDArray[np.float32]
    wording: NDArray[np.float32]

    def probabilities(self, sentences: Sequence[str], language: str, title: str | None) -> NDArray[np.float64]:
        """How likely each sentence is to be in the summary, from 0 to 1.

        Args:
            sentences: the body of an article or of a section, in order.
            language: its code.
            title: the headline, None where there is none.
        """
        french = language == "fr"
        weights = self.weights[("french" if french else "neutral") + (" titled" if title else "")]
        table = features.features(sentences, language, title, self.idf if french else None)
        logits = table @ [weights.get(name, 0.0) for name in features.NAMES] + weights["bias"]
        if french:
            logits += weights[WORDING] * np.array([self._wording(s, i) for i, s in enumerate(sentences)])
        return np.asarray(1 / (1 + np.exp(-logits)))

    def vectors(self, sentences: Sequence[str], language: str) -> list[features.Vector]:
        """Vectors of the sentences, to compare them by."""
        return features.vectors(sentences, language, self.idf if language == "fr" else None)

    def _wording(self, sentence: str, position: int) -> float:
        return sum(float(self.wording[row]) * value for row, value in rows(sentence, position, len(self.wording)))


def keys(sentence: str, position: int) -> list[str]:
    """What the wording of a sentence is judged by: words, pairs of words, how it begins and ends."""
    tokens = features.words(sentence)
    found = tokens + [f"{a}_{b}" for a, b in pairwise(tokens)]
    if tokens:
        place = "0" if position == 0 else "1" if position < 3 else "2"
        found += [f"^{w}" for w in tokens[:2]] + [f"^{place}{tokens[0]}", f"${tokens[-1]}"]
    return found


def rows(sentence: str, position: int, size: int) -> list[tuple[int, float]]:
    """The :func:`keys` as a sparse vector of length 1: (bucket, value)."""
    counts = Counter(features.bucket(key, size) for key in keys(sentence, position))
    length = math.sqrt(sum(c * c for c in counts.values()))
    return [(row, count / length) for row, count in counts.items()]


@cache
def load(folder: Path = FOLDER) -> Ranker:
    """The weights in a folder, read once."""
    with np.load(folder / "words.npz") as tables:
        idf, wording = (tables[name].astype(np.float32) for name in ("idf", "wording"))
    return Ranker(json.loads((folder / "weights.json").read_text("utf-8")), idf, wording)
