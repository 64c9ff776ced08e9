"""Quality of the embedded summarizer on OrangeSum, through the code that readers use.

    python -m lab.evaluation.summarization DATA [--split test] [--sentences 2]

DATA is a folder with ``orangesum_abstract_{train,valid,test}.jsonl.gz``, one article a line with its ``text``,
``title`` and ``summary`` (OrangeSum Abstract by Kamal Eddine et al. 2021, CC BY-SA 4.0, official splits; not part of
this repository). The texts have lost their paragraphs. ROUGE-1, ROUGE-2 and ROUGE-L (Lin 2004) are F1 × 100 over
words (runs of letters and digits in lower case, no stemming), averaged over articles; intervals are 95 %, by a (paired)
bootstrap over articles (2,000 resamples, seed 0). "Compression" is the summary's share of the article's words,
"novelty" the share of its pairs of words that do not stand in the article, "dangling" the share of summaries with a
sentence that leans on one that is missing (:mod:`nlp.summarization.cohesion`; by rule: what readers say of them is in
``dangling.tsv``).
"""

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lab.evaluation import baselines
from lab.evaluation.baselines import System
from nlp.article import Article, Segment
from nlp.readers import read
from nlp.segmentation import segments_of
from nlp.summarization.cohesion import leans
from nlp.summarization.features import words

RESAMPLES = 2000
MEASURES = ("ROUGE-1", "ROUGE-2", "ROUGE-L")


@dataclass(frozen=True, slots=True)
class Example:
    """One article of a test set, with the summary that a journalist wrote."""

    text: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Scores:
    """What a system reaches on every article, and the time it took in seconds.

    ``rouge`` is (articles, 3), F1 × 100; ``lengths`` in words; the rest are shares from 0 to 1.
    """

    rouge: NDArray[np.float64]
    lengths: NDArray[np.float64]
    compression: NDArray[np.float64]
    novelty: NDArray[np.float64]
    dangling: NDArray[np.float64]
    seconds: float


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


def ngrams(tokens: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
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


def dangles(article: Article, segments: Sequence[Segment], chosen: Sequence[int]) -> bool:
    """Whether a chosen sentence leans on one that is not there (or on nothing, at the start of the article)."""
    return any(leans(article.part(segments[i])) and i - 1 not in chosen for i in chosen)


def scored(system: System, data: Sequence[Example], count: int, titled: bool = False) -> Scores:
    """What a system reaches with summaries of ``count`` sentences, with or without the headline given."""
    rows, seconds = [], 0.0
    for example in data:
        article, segments = opened(example.text, example.title if titled else "")
        start = time.perf_counter()
        chosen = system(article, segments, count)
        seconds += time.perf_counter() - start
        sentences = [article.part(segments[k]) for k in chosen]
        summary = " ".join(sentences)
        length = len(words(summary))
        rows.append(
            (
                *rouge(summary, example.summary),
                length,
                length / max(1, len(words(example.text))),
                novelty(sentences, example.text),
                dangles(article, segments, chosen),
            )
        )
    table = np.array(rows, float)
    return Scores(100 * table[:, :3], table[:, 3], table[:, 4], table[:, 5], table[:, 6], seconds)


def novelty(sentences: Sequence[str], text: str) -> float:
    """Share of the pairs of words in these sentences that do not stand in the text."""
    known = ngrams(words(text), 2)
    pairs = [pair for sentence in sentences for pair in ngrams(words(sentence), 2).elements()]
    return sum(pair not in known for pair in pairs) / max(1, len(pairs))


def interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """95 % interval of the mean, by the bootstrap."""
    draws = np.random.default_rng(0).integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.percentile(values[draws].mean(1), [2.5, 97.5])
    return float(low), float(high)


def _line(name: str, scores: Scores) -> str:
    """A row of the table of systems."""
    cells = []
    for column in scores.rouge.T:
        low, high = interval(column)
        cells.append(f"{column.mean():.2f} [{low:.2f}, {high:.2f}]")
    cells += [f"{scores.lengths.mean():.0f}", f"{100 * scores.compression.mean():.0f} %"]
    cells += [f"{100 * scores.novelty.mean():.1f} %", f"{100 * scores.dangling.mean():.1f} %"]
    cells.append(f"{1000 * scores.seconds / len(scores.lengths):.1f} ms")
    return " | ".join([name, *cells])


def main() -> None:
    """Command line: see the module."""
    parser = argparse.ArgumentParser(description="Score the embedded summarizer.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", default="test", choices=["valid", "test"])
    parser.add_argument("--sentences", type=int, default=2)
    parser.add_argument("--articles", type=int, help="only the first ones (default: all)")
    arguments = parser.parse_args()
    data = list(islice(examples(arguments.data, arguments.split), arguments.articles))
    print(f"OrangeSum Abstract {arguments.split}, {len(data)} articles, {arguments.sentences} sentences")
    print(" | ".join(["system", *MEASURES, "words", "compression", "novelty", "dangling", "time an article"]))
    systems: dict[str, tuple[System, bool]] = {
        "lead": (baselines.lead, False),
        "LexRank": (baselines.lexrank, False),
        "TextRank": (baselines.textrank, False),
        "position × centroid": (baselines.centroid, False),
        "ours": (baselines.ours, False),
        "ours, with the headline": (baselines.ours, True),
    }
    found = {}
    for name, (system, titled) in systems.items():
        found[name] = scored(system, data, arguments.sentences, titled)
        print(_line(name, found[name]), flush=True)
    written = [novelty([e.summary], e.text) for e in data]
    lengths = [len(words(e.summary)) for e in data]
    print(f"the journalist: {np.mean(lengths):.0f} words, novelty {100 * np.mean(written):.1f} %")
    pairs = [("ours", other) for other in systems if other not in ("ours", "ours, with the headline")]
    for one, other in [*pairs, ("ours, with the headline", "ours")]:
        cells = []
        for measure, column in zip(MEASURES, (found[one].rouge - found[other].rouge).T, strict=True):
            low, high = interval(column)
            cells.append(f"{measure} {column.mean():+.2f} [{low:+.2f}, {high:+.2f}]")
        print(f"{one} − {other}: {', '.join(cells)}")


if __name__ == "__main__":
    main()
