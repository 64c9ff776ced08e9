"""From files of sentence pairs to arrays: read, normalise, filter, sample, cut into pieces.

``sources.toml`` lists the data sets. Each is a file ``NAME.tsv.gz``: UTF-8, one pair a line, French and English
separated by a tab.
"""

import gzip
import hashlib
import json
import tomllib
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lab import testsets
from lab.training import overlap, vocabulary
from lab.training.pairs import Pairs, Side
from lab.training.settings import Settings
from lab.training.vocabulary import Vocabulary
from nlp.normalization import for_model, is_in_capitals

SHIPPED = Path(__file__).parent / "data"
"""Where the data sets lie that are part of this repository."""

Text = tuple[str, str]
"""A sentence in French and in English."""


@dataclass(frozen=True, slots=True)
class Source:
    """One data set of ``sources.toml``.

    Attributes:
        name: its file is ``NAME.tsv.gz``.
        domain: what its sentences are about.
        origin: where they come from.
        licence: as its origin states it.
        obtainable: whether everyone can get the very same pairs. False for those that were collected and aligned for
            this project: their texts are public, the file is not.
        shipped: whether the file is part of this repository.
        sha256: of the file, "" if it was not computed.
        cap: pairs that are drawn from it at random, at most; 0 takes all.
        repeat: how often each of its pairs is drawn while others are drawn once.
        ratio: how many times longer than the other a side may be, in pieces.
        remark: what one should know before using it.
    """

    name: str
    domain: str
    origin: str
    licence: str
    obtainable: bool
    shipped: bool = False
    sha256: str = ""
    cap: int = 0
    repeat: int = 1
    ratio: float = 3.0
    remark: str = ""

    def __post_init__(self) -> None:
        if self.cap < 0 or not 1 <= self.repeat <= 255 or self.ratio < 1:
            raise ValueError(f"{self.name}: cap must be at least 0, repeat 1 to 255, ratio at least 1")


def sources(file: Path) -> list[Source]:
    """The data sets that a TOML file lists.

    Raises:
        OSError: there is no such file.
        ValueError: a value makes no sense, or two sets have the same name.
        TypeError: a field is missing or unknown.
    """
    listed = [Source(**table) for table in tomllib.loads(file.read_text("utf-8"))["source"]]
    twice = [name for name, count in Counter(s.name for s in listed).items() if count > 1]
    if twice:
        raise ValueError(f"{file}: listed twice: {', '.join(twice)}")
    return listed


def read(source: Source, folder: Path) -> list[Text]:
    """The pairs of a data set as they stand in its file; lines without exactly one tab are left out.

    Args:
        source: the data set.
        folder: where the files are that do not ship here.

    Raises:
        OSError: there is no such file.
        ValueError: it is not the file that ``sha256`` stands for.
    """
    file = (SHIPPED if source.shipped else folder) / f"{source.name}.tsv.gz"
    data = file.read_bytes()
    if source.sha256 and hashlib.sha256(data).hexdigest() != source.sha256:
        raise ValueError(f"{file} is not the file that sources.toml describes (sha256 differs)")
    rows = (line.split("\t") for line in gzip.decompress(data).decode("utf-8").split("\n"))
    return [(row[0], row[1]) for row in rows if len(row) == 2]


def sampled(texts: list[Text], source: Source) -> list[Text]:
    """At most ``source.cap`` pairs, always the same ones."""
    if not source.cap or len(texts) <= source.cap:
        return texts
    chosen = np.random.default_rng(zlib.crc32(source.name.encode())).permutation(len(texts))[: source.cap]
    return [texts[i] for i in sorted(chosen)]


class Filter:
    """Normalises pairs and keeps those that teach something, counting the others by what is wrong with them.

    Pairs in capitals are left out: readers' sentences in capitals are given to the model in sentence case
    (:func:`nlp.normalization.for_model`), so it never sees any.

    Args:
        held: letters of the evaluation sentences, see :func:`lab.training.overlap.held_out`.
    """

    def __init__(self, held: frozenset[str]) -> None:
        self._held = held
        self._seen: set[Text] = set()
        self.counts: Counter[str] = Counter()

    def kept(self, texts: list[Text]) -> Iterator[Text]:
        """The pairs to train on, normalised; none that was there before, in this list or an earlier one."""
        for french, english in texts:
            pair = for_model(french), for_model(english)
            reason = self._fault(pair, (french, english))
            self.counts[reason or "kept"] += 1
            if reason is None:
                self._seen.add(pair)
                yield pair

    def _fault(self, pair: Text, written: Text) -> str | None:
        if not all(pair):
            return "empty"
        if any(map(is_in_capitals, written)):
            return "in capitals"
        if pair in self._seen:
            return "seen before"
        if any(overlap.letters(text) in self._held for text in pair):
            return "evaluation"
        return None


def fits(source: NDArray[np.uint16], target: NDArray[np.uint16], longest: int, ratio: float) -> bool:
    """Whether a pair is short enough and its sides are of comparable length, in pieces, end marks included."""
    short, long = sorted((len(source), len(target)))
    return long <= longest and long <= ratio * short


def prepare(work: Path, settings: Settings, corpora: Path, evaluation: Path) -> None:
    """Write ``vocabulary/``, ``pairs.npz``, ``development.npz`` and, last, ``prepared.json`` (counts a set).

    A warm start becomes ``start/`` here: the choice of its pieces needs the corpus.

    Args:
        work: folder of the run; ``work/start`` is its start checkpoint where there is one.
        settings: of the run.
        corpora: folder of the data sets that do not ship here.
        evaluation: folder of the test sets: the development set is one of them, and no sentence of any is kept.

    Raises:
        OSError: a file is missing.
        ValueError: a file or the vocabulary is not what it should be, or no pair is left.
    """
    held = overlap.held_out(testsets.every_sentence(evaluation))
    texts: list[tuple[Source, list[Text]]] = []
    counts: dict[str, Counter[str]] = {}
    keeper = Filter(held)
    for source in sources(settings.corpus.sources):
        keeper.counts = counts[source.name] = Counter()
        texts.append((source, list(keeper.kept(sampled(read(source, corpora), source)))))
        print(f"{source.name}: {dict(counts[source.name])}", flush=True)

    sentences = (text for _, pairs in texts for pair in pairs for text in pair)
    if settings.warm_start is not None:
        from lab.training import warm_start  # PyTorch with it, which preparing needs only here

        warm_start.prepare(work, settings, sentences)
    elif settings.start is None:
        vocabulary.learn(sentences, settings.architecture.pieces, work / "vocabulary")
    else:
        vocabulary.copy(work / "start", work / "vocabulary")
    pieces = Vocabulary(work / "vocabulary")

    lefts: list[NDArray[np.uint16]] = []
    rights: list[NDArray[np.uint16]] = []
    repeats: list[NDArray[np.uint8]] = []
    characters = 0
    for source, pairs in texts:
        before = len(lefts)
        french = pieces.encode_sources([pair[0] for pair in pairs])
        english = pieces.encode_targets([pair[1] for pair in pairs])
        for pair, left, right in zip(pairs, french, english, strict=True):
            if fits(left, right, settings.corpus.longest, source.ratio):
                lefts.append(left)
                rights.append(right)
                characters += len(pair[1])
        fitting = len(lefts) - before
        repeats.append(np.full(fitting, source.repeat, np.uint8))
        counts[source.name]["kept"] = fitting
        counts[source.name]["too long or uneven"] = len(pairs) - fitting
    if not lefts:
        raise ValueError("no pair is left to train on")
    Pairs(Side.of(lefts), Side.of(rights), np.concatenate(repeats), characters).save(work / "pairs.npz")
    _development(settings, evaluation, pieces).save(work / "development.npz")
    summary = {"pairs": len(lefts), "sources": {name: dict(count) for name, count in counts.items()}}
    (work / "prepared.json").write_text(json.dumps(summary, indent=1) + "\n", "utf-8")


def _development(settings: Settings, evaluation: Path, pieces: Vocabulary) -> Pairs:
    """The first sentences of the development set, those that are too long left out."""
    lines: list[list[str]] = []
    for language in testsets.LANGUAGES:
        sentences = testsets.side(evaluation, settings.corpus.development, language)
        lines.append([for_model(line) for line in sentences[: settings.corpus.development_sentences]])
    encoded = zip(*lines, pieces.encode_sources(lines[0]), pieces.encode_targets(lines[1]), strict=True)
    chosen = [row for row in encoded if all(row[:2]) and max(map(len, row[2:])) <= settings.corpus.longest]
    if not chosen:
        raise ValueError(f"{settings.corpus.development} has no sentence of at most {settings.corpus.longest} pieces")
    _, english, left, right = zip(*chosen, strict=True)
    return Pairs(Side.of(list(left)), Side.of(list(right)), np.ones(len(chosen), np.uint8), sum(map(len, english)))
