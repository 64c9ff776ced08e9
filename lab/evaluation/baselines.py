"""Summarizers to compare ours with: what a reader could have for nothing.

All take an article, its segments and a number of sentences, and give the ids of the segments they choose, in order.
"""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from nlp.article import Article, Kind, Segment
from nlp.summarization import ranker, summarize
from nlp.summarization.features import Sentence, analysed, similarity

_DAMPING = 0.85
_STEPS = 50

System = Callable[[Article, Sequence[Segment], int], list[int]]


def ours(article: Article, segments: Sequence[Segment], count: int) -> list[int]:
    """The embedded summarizer."""
    return [s.evidence[0] for s in summarize(article, segments, "fr", count).sentences]


def lead(article: Article, segments: Sequence[Segment], count: int) -> list[int]:
    """The first sentences of the body."""
    return [s.id for s in _body(segments)][:count]


def centroid(article: Article, segments: Sequence[Segment], count: int) -> list[int]:
    """Nearness to the beginning × similarity to the whole (Radev et al. 2004), then maximal marginal relevance."""
    bags = [s.vector for s in analysed([article.part(s) for s in _body(segments)], "fr", None)]
    mean: Counter[str] = Counter()
    for bag in bags:
        mean.update(bag)
    length = sum(v * v for v in mean.values()) ** 0.5 or 1.0
    worths = [(similarity(bag, mean) / length) ** 0.5 / (1 + 0.35 * i) for i, bag in enumerate(bags)]
    chosen: list[int] = []
    while len(chosen) < min(count, len(bags)):
        values = [
            -1.0 if i in chosen else worth * (1 - 0.35 * max((similarity(bags[i], bags[k]) for k in chosen), default=0))
            for i, worth in enumerate(worths)
        ]
        chosen.append(int(np.argmax(values)))
    return _ids(segments, chosen)


def lexrank(article: Article, segments: Sequence[Segment], count: int) -> list[int]:
    """Continuous LexRank (Erkan & Radev 2004): central in the graph of tf-idf cosines; idf of the embedded ranker."""
    sentences = ranker.load().analysed([article.part(s) for s in _body(segments)], "fr")
    return _ids(segments, _central(sentences, lambda a, b: similarity(a.vector, b.vector))[:count])


def textrank(article: Article, segments: Sequence[Segment], count: int) -> list[int]:
    """TextRank (Mihalcea & Tarau 2004): as LexRank, with common words over the logarithms of the lengths."""

    def overlap(a: Sentence, b: Sentence) -> float:
        size = float(np.log(max(1, len(a.stems))) + np.log(max(1, len(b.stems))))
        return len(set(a.stems) & set(b.stems)) / size if size else 0.0

    sentences = analysed([article.part(s) for s in _body(segments)], "fr", None)
    return _ids(segments, _central(sentences, overlap)[:count])


def _central(sentences: Sequence[Sentence], weight: Callable[[Sentence, Sentence], float]) -> list[int]:
    """Indices of the sentences by PageRank in the graph of these weights, the most central first."""
    n = len(sentences)
    graph: NDArray[np.float64] = np.array(
        [[weight(a, b) if a is not b else 0.0 for b in sentences] for a in sentences]
    ).reshape(n, n)
    sums = graph.sum(1, keepdims=True)
    moves = np.where(sums > 0, graph / np.where(sums > 0, sums, 1), 1 / max(1, n))
    rank = np.full(n, 1 / max(1, n))
    for _ in range(_STEPS):
        rank = (1 - _DAMPING) / max(1, n) + _DAMPING * rank @ moves
    return [int(i) for i in np.argsort(-rank, kind="stable")]


def _body(segments: Sequence[Segment]) -> list[Segment]:
    return [s for s in segments if s.kind in (Kind.BODY, Kind.QUOTE)]


def _ids(segments: Sequence[Segment], chosen: Sequence[int]) -> list[int]:
    """Ids of the segments with these places in the body, in order."""
    body = _body(segments)
    return [body[i].id for i in sorted(chosen)]
