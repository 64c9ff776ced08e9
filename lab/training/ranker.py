"""Train the ranker of sentences that embedded summaries are made with.

    python -m lab.training.ranker DATA OUT

DATA is a folder with ``orangesum_abstract_train.jsonl.gz`` (see :mod:`lab.evaluation.summarization`); ``weights.json``
and ``words.npz`` are written into OUT. Sentences are read and cut by the code that readers use.

Minimum risk training (Och 2003; Shen et al. 2016) of a linear model: the worths of two sentences, added, are the logit
of choosing that pair as the summary, and what is maximised is the expected mean of ROUGE-1, ROUGE-2 and ROUGE-L with
the journalist's summary. So no sentence has to be called good or bad, and a long one must earn its length. The four
sets of weights (with and without a headline, with and without French) and the table of words are trained together.
"""

import argparse
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from lab.evaluation.summarization import Example, examples, f1, ngrams, opened
from nlp.summarization.extractive import eligible
from nlp.summarization.features import FRENCH, NAMES, TITLE, analysed, buckets, features, stems, words
from nlp.summarization.ranker import rows

BUCKETS = 2**16
MOST_SENTENCES = 30
SETS = {
    "french": TITLE,
    "french titled": (),
    "neutral": (*FRENCH, *TITLE),
    "neutral titled": FRENCH,
}
"""The sets of weights and the features that they leave out."""

_SHARPNESS = 2.0
_BATCH, _EPOCHS = 64, 4
_RATE, _RATE_OF_WORDS = 0.01, 0.03
_DECAY, _DECAY_OF_WORDS = 1e-4, 1e-7


@dataclass(frozen=True, slots=True)
class Lesson:
    """One article of n sentences.

    Attributes:
        french, neutral: features with and without what knows French, (n, NAMES).
        columns, values, lengths: the wording of all sentences as sparse rows, one behind the other.
        rewards: what the summary of sentences i and j is worth, (n, n), 0 to 100.
    """

    french: NDArray[np.float32]
    neutral: NDArray[np.float32]
    columns: NDArray[np.int32]
    values: NDArray[np.float32]
    lengths: NDArray[np.int64]
    rewards: NDArray[np.float32]


def rewards(sentences: Sequence[Sequence[str]], reference: Sequence[str]) -> NDArray[np.float32]:
    """The mean of ROUGE-1, ROUGE-2 and ROUGE-L of every pair of sentences, as F1 × 100.

    Args:
        sentences: words of each sentence, in order.
        reference: words of the summary they are compared with.

    Returns:
        A symmetric array (sentences, sentences); the diagonal means nothing.
    """
    total = np.zeros((len(sentences), len(sentences)))
    for n in (1, 2):
        theirs = ngrams(reference, n)
        grams = [ngrams(s, n) for s in sentences]
        counts = np.array([[bag[g] for g in theirs] for bag in grams]).reshape(len(sentences), len(theirs))
        common = np.minimum(counts[:, None] + counts, list(theirs.values())).sum(2)
        lengths = np.array([bag.total() for bag in grams])
        total += 2 * common / np.maximum(1, lengths[:, None] + lengths + theirs.total())
    places: dict[str, int] = {}
    for i, word in enumerate(reference):
        places[word] = places.get(word, 0) | 1 << i
    for i, first in enumerate(sentences):
        begun = _matched(first, places, (1 << len(reference)) - 1, len(reference))
        for j in range(i + 1, len(sentences)):
            common = len(reference) - _matched(sentences[j], places, begun, len(reference)).bit_count()
            total[i, j] += f1(common, len(first) + len(sentences[j]), len(reference))
            total[j, i] = total[i, j]
    return (total / 3 * 100).astype(np.float32)


def _matched(tokens: Sequence[str], places: Mapping[str, int], state: int, length: int) -> int:
    """Longest common subsequence, bit by bit (Hyyrö 2004): each 0 among the ``length`` bits is a word in common."""
    for token in tokens:
        if found := state & places.get(token, 0):
            state = ((state + found) | (state - found)) & ((1 << length) - 1)
    return state


def inverse_document_frequencies(articles: Sequence[Sequence[str]]) -> NDArray[np.float32]:
    """The idf of every bucket, by the articles that a stem of that bucket occurs in."""
    counts = np.zeros(BUCKETS)
    for sentences in articles:
        found = set(buckets((stem for s in sentences for stem in stems(s, "fr")), BUCKETS))
        counts[list(found)] += 1
    return np.log((len(articles) + 1) / (counts + 1)).astype(np.float16).astype(np.float32)


def lesson(texts: Sequence[str], example: Example, idf: NDArray[np.float32]) -> Lesson:
    """What is learnt from an article with these sentences."""
    sentences = analysed(texts, "fr", idf)
    wording = [rows(s, i, BUCKETS) for i, s in enumerate(sentences)]
    return Lesson(
        features(sentences, "fr", example.title).astype(np.float32),
        features(analysed(texts, "fr", None), "fr", example.title).astype(np.float32),
        np.array([row for found in wording for row in found], np.int32),
        np.array([value for found in wording for value in found.values()], np.float32),
        np.array([len(found) for found in wording]),
        rewards([s.words for s in sentences], words(example.summary)),
    )


class Model(torch.nn.Module):
    """All sets of weights, on standardised features, and the table of words."""

    def __init__(self, lessons: Sequence[Lesson]) -> None:
        super().__init__()
        self.table = torch.nn.EmbeddingBag(BUCKETS, 1, mode="sum")
        torch.nn.init.zeros_(self.table.weight)
        self.weights = torch.nn.ParameterDict({name: torch.zeros(len(NAMES)) for name in SETS})
        self.scale = {}
        for name, dropped in SETS.items():
            column = np.concatenate([getattr(lesson, name.split()[0]) for lesson in lessons]).std(0)
            kept = np.array([n not in dropped for n in NAMES]) & (column > 0)
            self.scale[name] = torch.from_numpy(np.where(kept, 1 / np.where(kept, column, 1), 0).astype(np.float32))

    def forward(self, batch: Sequence[Lesson]) -> Iterator[torch.Tensor]:
        """For each set of weights the worths of all sentences of the batch, one behind the other."""
        lengths = torch.from_numpy(np.concatenate([b.lengths for b in batch]))
        wording = self.table(
            torch.from_numpy(np.concatenate([b.columns for b in batch])),
            lengths.cumsum(0) - lengths,
            per_sample_weights=torch.from_numpy(np.concatenate([b.values for b in batch])),
        ).squeeze(1)
        for name in SETS:
            language = name.split()[0]
            inputs = torch.from_numpy(np.concatenate([getattr(b, language) for b in batch]))
            worths = inputs @ (self.weights[name] * self.scale[name])
            yield worths + wording if language == "french" else worths

    def decay(self) -> torch.Tensor:
        """What large weights cost."""
        plain = torch.stack([w.square().sum() for w in self.weights.values()]).sum()
        return _DECAY * plain + _DECAY_OF_WORDS * self.table.weight.square().sum()

    def plain(self) -> dict[str, dict[str, float]]:
        """The weights for features as they are."""
        return {
            name: {
                feature: float(f"{weight:.5g}")
                for feature, weight in zip(NAMES, (weights.detach() * self.scale[name]).tolist(), strict=True)
                if feature not in SETS[name]
            }
            for name, weights in self.weights.items()
        }


def expected_reward(worths: torch.Tensor, batch: Sequence[Lesson]) -> torch.Tensor:
    """What a pair chosen by these worths brings above one chosen blindly, summed over the articles."""
    total, start = torch.zeros(()), 0
    for one in batch:
        n = len(one.rewards)
        i, j = torch.triu_indices(n, n, 1)
        logits = _SHARPNESS * (worths[start + i] + worths[start + j])
        gains = torch.from_numpy(one.rewards)[i, j]
        total = total + torch.softmax(logits, 0) @ (gains - gains.mean())
        start += n
    return total


def train(data: Sequence[Example]) -> tuple[dict[str, dict[str, float]], dict[str, NDArray[np.float16]]]:
    """All weights: what goes into ``weights.json`` and into ``words.npz``."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    articles = []
    for example in data:
        article, segments = opened(example.text)
        texts = [article.part(s) for s in eligible(article, segments, "fr")][:MOST_SENTENCES]
        if len(texts) > 1:
            articles.append((texts, example))
    idf = inverse_document_frequencies([texts for texts, _ in articles])
    lessons = [lesson(texts, example, idf) for texts, example in articles]
    print(f"{len(lessons)} articles, {sum(len(one.rewards) for one in lessons)} sentences", flush=True)
    model = Model(lessons)
    optimizer = torch.optim.Adam(
        [
            {"params": list(model.weights.values()), "lr": _RATE},
            {"params": [model.table.weight], "lr": _RATE_OF_WORDS},
        ]
    )
    steps = _EPOCHS * math.ceil(len(lessons) / _BATCH)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, steps)
    for epoch in range(1, _EPOCHS + 1):
        gained = 0.0
        for numbers in torch.randperm(len(lessons)).split(_BATCH):
            batch = [lessons[k] for k in numbers.tolist()]
            gains = torch.stack([expected_reward(worths, batch) for worths in model(batch)])
            loss = model.decay() - gains.sum() / (10 * len(batch))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            gained += gains[0].item()
        print(f"epoch {epoch}: {gained / len(lessons):.2f} above chance", flush=True)
    wording = model.table.weight.detach().squeeze(1).numpy()
    return model.plain(), {"idf": idf.astype(np.float16), "wording": wording.astype(np.float16)}


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
