"""Train the ranker of sentences that embedded summaries are made with.

    python -m lab.training.ranker DATA OUT

DATA is a folder with ``orangesum_abstract_train.jsonl.gz`` (see :mod:`lab.evaluation.summarization`); ``weights.json``
and ``words.npz`` are written into OUT. Sentences are read and cut by the code that readers use. A sentence is a good
one if greedy search takes it (at most three, as long as ROUGE-1 + ROUGE-2 with the journalist's summary grow; Nallapati
et al. 2017). Two steps: a table of words by stochastic gradient descent, whose worth for a sentence comes from the
two thirds of the articles that the sentence is not part of; then a logistic regression on that and on the features.
"""

import argparse
import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from lab.evaluation.summarization import Example, examples, f1, ngrams, opened
from nlp.summarization.extractive import eligible
from nlp.summarization.features import FRENCH, NAMES, TITLE, bucket, features, stems, words
from nlp.summarization.ranker import WORDING, rows

BUCKETS = 2**16
FOLDS = 3
MOST_SENTENCES = 60

_ORACLE = 3
_RIDGE = 2.0
_NEWTON_STEPS = 12
_BATCH, _EPOCHS, _RATE, _DECAY = 2048, 4, 0.02, 2e-5


@dataclass(frozen=True, slots=True)
class Sparse:
    """Rows of a sparse matrix, one a sentence: bucket and value of what is not 0, and where each row starts."""

    columns: torch.Tensor
    values: torch.Tensor
    starts: torch.Tensor

    def rows(self, numbers: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Columns, values and offsets of some of the rows."""
        lengths = self.starts[numbers + 1] - self.starts[numbers]
        offsets = lengths.cumsum(0) - lengths
        places = torch.arange(int(lengths.sum())) + torch.repeat_interleave(self.starts[numbers] - offsets, lengths)
        return self.columns[places], self.values[places], offsets


def oracle(sentences: Sequence[str], summary: str) -> set[int]:
    """The sentences that greedy search takes to come near to the summary."""
    reference = [ngrams(words(summary), n) for n in (1, 2)]
    grams = [[ngrams(words(s), n) for n in (1, 2)] for s in sentences]
    shared = [
        [Counter({g: c for g, c in one.items() if g in r}) for one, r in zip(g, reference, strict=True)] for g in grams
    ]
    chosen: set[int] = set()
    best = 0.0
    while len(chosen) < _ORACLE:
        value, i = max((_overlap({*chosen, i}, shared, grams, reference), -i) for i in range(len(sentences)))
        if value <= best:
            break
        best = value
        chosen.add(-i)
    return chosen


def _overlap(
    chosen: set[int],
    shared: Sequence[Sequence[Counter[tuple[str, ...]]]],
    grams: Sequence[Sequence[Counter[tuple[str, ...]]]],
    reference: Sequence[Counter[tuple[str, ...]]],
) -> float:
    """ROUGE-1 + ROUGE-2 of the chosen sentences."""
    total = 0.0
    for n, theirs in enumerate(reference):
        common: Counter[tuple[str, ...]] = Counter()
        for i in chosen:
            common.update(shared[i][n])
        length = sum(grams[i][n].total() for i in chosen)
        total += f1((common & theirs).total(), length, theirs.total())
    return total


def inverse_document_frequencies(articles: Sequence[Sequence[str]]) -> NDArray[np.float32]:
    """The idf of every bucket, by the articles that a stem of that bucket occurs in."""
    counts = np.zeros(BUCKETS)
    for sentences in articles:
        found = {bucket(stem, BUCKETS) for s in sentences for stem in stems(s, "fr")}
        counts[list(found)] += 1
    return np.log((len(articles) + 1) / (counts + 1)).astype(np.float16).astype(np.float32)


def table_of_words(matrix: Sparse, labels: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
    """The weight of each bucket in a logistic regression on sparse rows.

    Args:
        matrix: the rows of all sentences.
        labels: 1 for the good ones, else 0.
        chosen: numbers of the sentences to learn from.
    """
    torch.manual_seed(0)
    table = torch.nn.EmbeddingBag(BUCKETS, 1, mode="sum")
    torch.nn.init.zeros_(table.weight)
    bias = torch.nn.Parameter(torch.logit(labels[chosen].mean()).reshape(1))
    optimizer = torch.optim.Adam([table.weight, bias], lr=_RATE)
    steps = _EPOCHS * math.ceil(len(chosen) / _BATCH)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, steps)
    for _ in range(_EPOCHS):
        for batch in chosen[torch.randperm(len(chosen))].split(_BATCH):
            columns, values, offsets = matrix.rows(batch)
            logits = table(columns, offsets, per_sample_weights=values).squeeze(1) + bias
            loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, labels[batch])
            loss = loss + _DECAY * table.weight.square().sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return table.weight.detach().squeeze(1)


def worth_by_words(matrix: Sparse, table: torch.Tensor) -> torch.Tensor:
    """What a table says of every row."""
    columns, values, offsets = matrix.rows(torch.arange(len(matrix.starts) - 1))
    return torch.nn.functional.embedding_bag(
        columns, table.unsqueeze(1), offsets, mode="sum", per_sample_weights=values
    ).squeeze(1)


def logistic_regression(
    table: NDArray[np.float64], names: Sequence[str], labels: NDArray[np.float64]
) -> dict[str, float]:
    """Weights of some columns by Newton's method, with a small ridge on the standardised columns.

    Returns:
        Name -> weight for the columns as they are, and "bias".
    """
    mean, deviation = table.mean(0), table.std(0) + 1e-9
    inputs = np.hstack([(table - mean) / deviation, np.ones((len(table), 1))])
    ridge = np.diag([_RIDGE] * table.shape[1] + [0.0])
    weights = np.zeros(inputs.shape[1])
    for _ in range(_NEWTON_STEPS):
        guess = 1 / (1 + np.exp(-inputs @ weights))
        gradient = inputs.T @ (guess - labels) + ridge @ weights
        curvature = (inputs * (guess * (1 - guess))[:, None]).T @ inputs + ridge
        weights -= np.linalg.solve(curvature, gradient)
    plain = weights[:-1] / deviation
    bias = float(weights[-1] - plain @ mean)
    return {name: float(f"{w:.5g}") for name, w in zip(names, plain, strict=True)} | {"bias": float(f"{bias:.5g}")}


def train(data: Sequence[Example]) -> tuple[dict[str, dict[str, float]], dict[str, NDArray[np.float16]]]:
    """All weights: what goes into ``weights.json`` and into ``words.npz``."""
    articles, used = [], []
    for example in data:
        article, segments = opened(example.text)
        sentences = [article.part(s) for s in eligible(article, segments, "fr")][:MOST_SENTENCES]
        if len(sentences) > 1:
            articles.append(sentences)
            used.append(example)
    idf = inverse_document_frequencies(articles)
    labels, folds, french, neutral, columns, values, starts = [], [], [], [], [], [], [0]
    for number, (sentences, example) in enumerate(zip(articles, used, strict=True)):
        good = oracle(sentences, example.summary)
        labels += [float(i in good) for i in range(len(sentences))]
        folds += [number % FOLDS] * len(sentences)
        french.append(features(sentences, "fr", example.title, idf).astype(np.float32))
        neutral.append(features(sentences, "fr", example.title, None).astype(np.float32))
        for i, sentence in enumerate(sentences):
            found = rows(sentence, i, BUCKETS)
            columns.append(np.array([row for row, _ in found], np.int32))
            values.append(np.array([value for _, value in found], np.float32))
            starts.append(starts[-1] + len(found))
    matrix = Sparse(
        torch.from_numpy(np.concatenate(columns)), torch.from_numpy(np.concatenate(values)), torch.tensor(starts)
    )
    print(f"{len(articles)} articles, {len(labels)} sentences, {sum(labels):.0f} of them good", flush=True)
    wording, outside = _words_by_folds(matrix, torch.tensor(labels), torch.tensor(folds))
    weights = {}
    target = np.array(labels)
    for name, stack, dropped in (("french", french, ()), ("neutral", neutral, FRENCH)):
        table = np.concatenate(stack).astype(np.float64)
        for suffix, also_dropped in (("", TITLE), (" titled", ())):
            kept = [n for n in NAMES if n not in (*dropped, *also_dropped)]
            inputs = table[:, [NAMES.index(n) for n in kept]]
            if name == "french":
                inputs, kept = np.column_stack([inputs, outside]), [*kept, WORDING]
            weights[name + suffix] = logistic_regression(inputs, kept, target)
    return weights, {"idf": idf.astype(np.float16), "wording": wording.astype(np.float16)}


def _words_by_folds(
    matrix: Sparse, labels: torch.Tensor, folds: torch.Tensor
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The mean of the tables of all folds, and for each sentence what the table says that has not seen it."""
    outside = torch.zeros(len(labels))
    total = torch.zeros(BUCKETS)
    for fold in range(FOLDS):
        table = table_of_words(matrix, labels, torch.nonzero(folds != fold).squeeze(1))
        total += table
        outside = torch.where(folds == fold, worth_by_words(matrix, table), outside)
    return (total / FOLDS).numpy(), outside.numpy()


def main() -> None:
    """Command line: see the module."""
    parser = argparse.ArgumentParser(description="Train the ranker of sentences.")
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--articles", type=int, help="only the first ones (default: all)")
    arguments = parser.parse_args()
    weights, tables = train(list(islice(examples(arguments.data, "train"), arguments.articles)))
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "weights.json").write_text(json.dumps(weights, indent=1) + "\n", "utf-8")
    np.savez_compressed(arguments.out / "words.npz", **tables)


if __name__ == "__main__":
    main()
