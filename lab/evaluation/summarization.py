"""ROUGE of the embedded summarizer on OrangeSum, through the code that readers use.

    python -m lab.evaluation.summarization DATA [--split test] [--sentences 2]

DATA is a folder with ``orangesum_abstract_{train,valid,test}.jsonl.gz``, one article a line with its ``text``,
``title`` and ``summary`` (OrangeSum Abstract by Kamal Eddine et al. 2021, CC BY-SA 4.0, official splits; not part of
this repository). The texts have lost their paragraphs. ROUGE-1, ROUGE-2 and ROUGE-L (Lin 2004) are F1 × 100 over
words (runs of letters and digits in lower case, no stemming), averaged over articles; the intervals of the
differences are a paired bootstrap over articles (2,000 resamples, seed 0). "Dangling" is the share of summaries with
a sentence that opens with a pronoun or a connective while the sentence before it is missing.
"""

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp.article import Article, Kind, Segment
from nlp.readers import read
from nlp.segmentation import segments_of
from nlp.summarization import summarize
from nlp.summarization.features import LEANING, similarity, vectors, words

RESAMPLES = 2000

System = Callable[[Article, tuple[Segment, ...], int], list[int]]
"""Article, its segments, number of sentences -> ids of the chosen segments, in order."""


@dataclass(frozen=True, slots=True)
class Example:
    """One article of a test set, with the summary that a journalist wrote."""

    text: str
    title: str
    summary: str


def examples(data: Path, split: str) -> Iterator[Example]:
    """The articles of a split ("train", "valid" or "test")."""
    with gzip.open(data / f"orangesum_abstract_{split}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Example(row["text"], row["title"], row["summary"])


def opened(text: str, title: str = "") -> tuple[Article, tuple[Segment, ...]]:
    """An article as a reader would get it from a text file, with its segments; French is taken for granted."""
    article = read((f"{title}\n\n{text}" if title else text).encode(), "x.txt")
    return article, segments_of(article, ["fr"] * len(article.paragraphs))


def rouge(candidate: str, reference: str) -> tuple[float, float, float]:
    """ROUGE-1, ROUGE-2 and ROUGE-L as F1, from 0 to 1."""
    ours, theirs = words(candidate), words(reference)
    scores = []
    for n in (1, 2):
        one, other = ngrams(ours, n), ngrams(theirs, n)
        scores.append(f1((one & other).total(), one.total(), other.total()))
    return scores[0], scores[1], f1(_common_subsequence(ours, theirs), len(ours), len(theirs))


def ngrams(tokens: list[str], n: int) -> Counter[tuple[str, ...]]:
    """How often each run of n words occurs."""
    return Counter(zip(*(tokens[i:] for i in range(n)), strict=False))


def f1(common: float, one: float, other: float) -> float:
    """Harmonic mean of common / one and common / other, 0 where nothing is common."""
    return 2 * common / (one + other) if common else 0.0


def _common_subsequence(one: list[str], other: list[str]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for token in one:
        diagonal = 0
        for j, candidate in enumerate(other, 1):
            above = row[j]
            row[j] = diagonal + 1 if token == candidate else max(above, row[j - 1])
            diagonal = above
    return row[-1]


def ours(article: Article, segments: tuple[Segment, ...], count: int) -> list[int]:
    """The embedded summarizer."""
    return [s.evidence[0] for s in summarize(article, segments, "fr", count).sentences]


def lead(article: Article, segments: tuple[Segment, ...], count: int) -> list[int]:
    """The first sentences of the body."""
    return [s.id for s in segments if s.kind in (Kind.BODY, Kind.QUOTE)][:count]


def centroid(article: Article, segments: tuple[Segment, ...], count: int) -> list[int]:
    """Without training: nearness to the beginning × similarity to the whole (Radev et al. 2004), then MMR."""
    body = [s for s in segments if s.kind in (Kind.BODY, Kind.QUOTE)]
    bags = vectors([article.part(s) for s in body], "fr", None)
    mean: Counter[str] = Counter()
    for bag in bags:
        mean.update(bag)
    length = sum(v * v for v in mean.values()) ** 0.5 or 1.0
    worths = [(similarity(bag, mean) / length) ** 0.5 / (1 + 0.35 * i) for i, bag in enumerate(bags)]
    chosen: list[int] = []
    while len(chosen) < min(count, len(body)):
        values = [
            -1.0 if i in chosen else worth * (1 - 0.35 * max((similarity(bags[i], bags[k]) for k in chosen), default=0))
            for i, worth in enumerate(worths)
        ]
        chosen.append(int(np.argmax(values)))
    return [body[i].id for i in sorted(chosen)]


def dangles(article: Article, segments: tuple[Segment, ...], chosen: list[int]) -> bool:
    """Whether a chosen sentence leans on one that is not there (or on nothing, at the start of the article)."""
    return any(LEANING.match(article.part(segments[i])) is not None and i - 1 not in chosen for i in chosen)


def scored(
    system: System, data: list[Example], count: int, titled: bool = False
) -> tuple[NDArray[np.float64], float, float]:
    """Scores (articles, 3) × 100 of a system, its share of dangling summaries, and its mean length in words."""
    scores, dangling, length = np.zeros((len(data), 3)), 0, 0
    for i, example in enumerate(data):
        article, segments = opened(example.text, example.title if titled else "")
        chosen = system(article, segments, count)
        summary = " ".join(article.part(segments[k]) for k in chosen)
        scores[i] = rouge(summary, example.summary)
        dangling += dangles(article, segments, chosen)
        length += len(words(summary))
    return 100 * scores, dangling / len(data), length / len(data)


def interval(differences: NDArray[np.float64]) -> tuple[float, float]:
    """95 % interval of the mean of paired differences, by the bootstrap."""
    draws = np.random.default_rng(0).integers(0, len(differences), (RESAMPLES, len(differences)))
    low, high = np.percentile(differences[draws].mean(1), [2.5, 97.5])
    return float(low), float(high)


def main() -> None:
    """Command line: see the module."""
    parser = argparse.ArgumentParser(description="Score the embedded summarizer.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", default="test", choices=["valid", "test"])
    parser.add_argument("--sentences", type=int, default=2)
    arguments = parser.parse_args()
    data = list(examples(arguments.data, arguments.split))
    print(f"OrangeSum Abstract {arguments.split}, {len(data)} articles, {arguments.sentences} sentences")
    systems: dict[str, tuple[System, bool]] = {
        "lead": (lead, False),
        "centroid": (centroid, False),
        "ours": (ours, False),
        "ours, with the headline": (ours, True),
    }
    found = {}
    for name, (system, titled) in systems.items():
        start = time.perf_counter()
        found[name], dangling, length = scored(system, data, arguments.sentences, titled)
        per_article = 1000 * (time.perf_counter() - start) / len(data)
        means = " / ".join(f"{m:.2f}" for m in found[name].mean(0))
        print(f"{name}: {means}, {length:.0f} words, dangling {100 * dangling:.1f} %, {per_article:.1f} ms")
    for one, other in (("ours", "lead"), ("ours", "centroid"), ("ours, with the headline", "ours")):
        differences = found[one] - found[other]
        print(f"{one} − {other}:")
        for measure, column in zip(("ROUGE-1", "ROUGE-2", "ROUGE-L"), differences.T, strict=True):
            low, high = interval(column)
            print(f"  {measure} {column.mean():+.2f} [{low:+.2f}, {high:+.2f}]")


if __name__ == "__main__":
    main()
