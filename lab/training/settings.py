"""What a training run is told: one TOML file, checked when it is read.

Paths in the file are relative to the file. Every key has its default here; ``README.md`` shows a whole file.
"""

import tomllib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).parent / "sources.toml"


class WrongSettings(ValueError):
    """A settings file that cannot be used; the message names the key."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is trained on.

    Attributes:
        sources: list of data sets, see :mod:`lab.training.corpus`.
        longest: pieces of either side, end mark included; longer pairs are left out. The card's ``trained_length``.
        development: name of the evaluation set that scores are computed on while training.
        development_sentences: how many of its first sentences.
    """

    sources: Path = SOURCES
    longest: int = 100
    development: str = "newstest2013"
    development_sentences: int = 200


@dataclass(frozen=True, slots=True)
class Architecture:
    """The shape of a model that starts anew.

    Attributes:
        pieces: size of the SentencePiece vocabulary, special pieces included: learnt from the corpus, or what the
            corpus needs of a warm start's.
        width: of embeddings and hidden states.
        heads: of each attention.
        feed_forward: width of the inner layers.
        encoder_layers, decoder_layers: how many.
    """

    pieces: int = 16_000
    width: int = 384
    heads: int = 12
    feed_forward: int = 1536
    encoder_layers: int = 6
    decoder_layers: int = 3


@dataclass(frozen=True, slots=True)
class Training:
    """How it is trained.

    Attributes:
        steps: updates, in all.
        tokens: budget of a batch, padding included (sentences times the longest side).
        rate: highest learning rate.
        encoder_rate: what the encoder and the embeddings learn with, as a share of that.
        frozen_steps: the first steps, in which the encoder's layers are not trained: a warm start's are worth more
            than the gradients of a decoder that knows nothing yet.
        short_steps: the first steps, which see only pairs of at most 24 pieces: attention is learnt on them sooner.
        warmup: steps of linear rise.
        decay_from: share of the steps after which the rate falls linearly.
        final_rate: what it falls to, as a share of ``rate``.
        dropout: 0 where pairs are seen only a few times.
        copies: share of batches in which the target side is also the source.
        guide: weight of the guided attention loss; 0 trains without alignment.
        guide_layer: decoder layer whose attention to the source is guided, from 0.
        candidates: random pieces beside the frequent and the needed ones that the output layer is trained on at
            each step; 0 is the whole vocabulary.
        average: decay per step of the moving average of the weights.
        seed: of everything random.
        checkpoint_minutes: between checkpoints.
        report_steps, development_steps: between lines of the log, and between scores on the development set.
    """

    steps: int = 10_000
    tokens: int = 2_500
    rate: float = 7e-4
    encoder_rate: float = 1.0
    frozen_steps: int = 0
    short_steps: int = 0
    warmup: int = 100
    decay_from: float = 0.35
    final_rate: float = 0.05
    dropout: float = 0.0
    copies: float = 0.03
    guide: float = 0.3
    guide_layer: int = 1
    candidates: int = 1_500
    average: float = 0.998
    seed: int = 1
    checkpoint_minutes: float = 10.0
    report_steps: int = 100
    development_steps: int = 1_000


@dataclass(frozen=True, slots=True)
class Settings:
    """A whole run.

    Attributes:
        start: folder of a ``MarianMTModel`` or of packed weights to go on from; None starts anew.
        warm_start: a multilingual encoder to take the first weights and pieces from, see :mod:`lab.training.encoder`;
            None, without a ``start``, begins with random weights.
        architecture: ignored where there is a ``start``.
    """

    start: Path | None = None
    warm_start: Path | None = None
    corpus: Corpus = field(default_factory=Corpus)
    architecture: Architecture = field(default_factory=Architecture)
    training: Training = field(default_factory=Training)

    def as_json(self) -> dict[str, Any]:
        """The same as JSON can hold it; of paths the names alone, so that a run can move to another machine."""
        values = asdict(self)
        for name in ("start", "warm_start"):
            values[name] = None if values[name] is None else values[name].name
        values["corpus"]["sources"] = self.corpus.sources.name
        return values


def read(file: Path) -> Settings:
    """The settings in a TOML file.

    Raises:
        OSError: there is no such file.
        WrongSettings: not TOML, a key that is not known, or a value that makes no sense.
    """
    try:
        tables: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise WrongSettings(f"{file}: {error}") from error
    corpus = tables.get("corpus", {})
    if "sources" in corpus:
        corpus["sources"] = (file.parent / corpus["sources"]).resolve()
    for name in ("start", "warm_start"):
        if name in tables:
            tables[name] = (file.parent / tables[name]).resolve()
    try:
        for name, kind in {"corpus": Corpus, "architecture": Architecture, "training": Training}.items():
            if name in tables:
                tables[name] = kind(**tables[name])
        settings = Settings(**tables)
    except TypeError as error:  # dataclasses name the unknown key
        raise WrongSettings(f"{file}: {error}") from error
    _check(settings)
    return settings


def _check(settings: Settings) -> None:
    training = settings.training
    rules = {
        "corpus.longest must be between 2 and 254": 2 <= settings.corpus.longest <= 254,
        "training.steps and training.tokens must be positive": min(training.steps, training.tokens) > 0,
        "training.decay_from must be at least 0 and below 1": 0 <= training.decay_from < 1,
        "training.copies and training.dropout must be at least 0 and below 1": (
            0 <= training.copies < 1 and 0 <= training.dropout < 1
        ),
        "training.average must be at least 0 and below 1": 0 <= training.average < 1,
        "start and warm_start exclude each other": None in (settings.start, settings.warm_start),
        "training.guide must not be negative": training.guide >= 0,
        "training.encoder_rate, training.frozen_steps and training.short_steps must not be negative": (
            min(training.encoder_rate, training.frozen_steps, training.short_steps) >= 0
        ),
        "training.report_steps and training.development_steps must be positive": (
            min(training.report_steps, training.development_steps) > 0
        ),
    }
    broken = [rule for rule, kept in rules.items() if not kept]
    if broken:
        raise WrongSettings("; ".join(broken))
