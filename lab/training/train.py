"""Training that can be stopped at any time and goes on exactly where it was.

Weights and optimizer are float32, the products bfloat16 (autocast). Everything random but dropout is drawn from the
seed and the number of the step or epoch, so that a checkpoint needs to hold little: weights, their average, the
optimizer, where in the corpus it is, and PyTorch's generator.
"""

import json
import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.optim.swa_utils import AveragedModel
from transformers import MarianMTModel

from lab.training import batches, model
from lab.training.batches import Batch
from lab.training.pairs import Pairs
from lab.training.settings import Settings, Training
from lab.training.vocabulary import Vocabulary

CHECKPOINT = "checkpoint.pt"
_BETAS = (0.9, 0.98)
_LARGEST_GRADIENT = 1.0
_EPOCHS, _STEPS = 0, 1  # streams of random numbers


def start(work: Path, settings: Settings) -> MarianMTModel:
    """The model before its first step."""
    torch.manual_seed(settings.training.seed)
    if settings.start is None and settings.warm_start is None:
        return model.fresh(settings.architecture, Vocabulary(work / "vocabulary"))
    return model.loaded(work / "start")


def rate(step: int, training: Training) -> float:
    """The learning rate of a step, counted from 1: linear rise, constant, linear fall."""
    rise = min(1.0, step / max(1, training.warmup))
    done = step / training.steps
    fall = 1.0
    if done > training.decay_from:
        left = (1 - done) / (1 - training.decay_from)
        fall = training.final_rate + (1 - training.final_rate) * left
    return training.rate * rise * fall


def average_with(decay: float) -> Callable[[Any, Any, Any], None]:
    """An update of averaged weights that forgets quickly at first, so that the random start is soon gone."""

    @torch.no_grad()
    def update(averaged: list[torch.Tensor], current: list[torch.Tensor], count: int | torch.Tensor) -> None:
        share = 1 - min(decay, (1 + int(count)) / (10 + int(count)))
        torch._foreach_lerp_(averaged, current, share)

    return update


class Trainer:
    """A run in memory.

    Args:
        work: folder of a prepared run; ``guide.npy`` is needed unless ``training.guide`` is 0. A checkpoint that is
            there is continued.
        settings: of the run.

    Raises:
        OSError: a file is missing.
        ValueError: there is no such decoder layer to guide.

    Attributes:
        step: updates made.
        pairs_seen: pairs in them.
    """

    def __init__(self, work: Path, settings: Settings) -> None:
        self._work, self._training = work, settings.training
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self._pairs = Pairs.load(work / "pairs.npz")
        self._development = Pairs.load(work / "development.npz")
        self._guide = np.load(work / "guide.npy") if self._training.guide else None

        self.model = start(work, settings)
        self._pad: int = self.model.config.pad_token_id
        if self._guide is not None and self._training.guide_layer >= self.model.config.decoder_layers:
            raise ValueError(f"training.guide_layer: the decoder has {self.model.config.decoder_layers} layers")
        possible = model.producible(self.model, self._pairs.target.ids)
        model.rule_out(self.model, possible)
        model.set_dropout(self.model, self._training.dropout)
        # Only eager attention tells its weights; on a CPU it is also the fastest for short sentences.
        self.model.set_attn_implementation("sdpa" if self._guide is None else "eager")
        self.model.to(self.device).train()
        self._averaged = AveragedModel(self.model, multi_avg_fn=average_with(self._training.average))
        self._optimizer = torch.optim.Adam(self._groups(), lr=self._training.rate, betas=_BETAS, fused=True)
        size = self.model.config.vocab_size
        self._sampler = model.Sampler(possible, self._pairs.target.ids, size, self._training.candidates, self.device)
        self.step = self.pairs_seen = 0
        self._epoch = self._position = 0
        if (work / CHECKPOINT).exists():
            self._restore()

    @property
    def average(self) -> MarianMTModel:
        """The model with the moving average of the weights."""
        return self._averaged.module

    def advance(self) -> Iterator[dict[str, Any]]:
        """Make the remaining steps, one an item: its figures, some still on their way from the device as tensors."""
        while self.step < self._training.steps:
            epoch, random = self._epoch, self._random(_EPOCHS, self._epoch)
            short = self.step < self._training.short_steps
            order = batches.epoch(self._pairs, self._training.tokens, random, short=short)
            if not order:
                raise ValueError("training.short_steps: no pair is short")
            while self._epoch == epoch and self.step < self._training.steps:
                chosen = order[self._position]
                self._position += 1
                self.step += 1
                self.pairs_seen += len(chosen)
                if self._position == len(order) or self.step == self._training.short_steps:
                    self._epoch, self._position = epoch + 1, 0
                yield self._update(batches.assembled(self._pairs, self._guide, chosen, self._pad))

    def _groups(self) -> list[dict[str, Any]]:
        """The weights, and the share of the rate that they learn with."""
        encoder = [p for module in (self.model.model.encoder, self.model.model.shared) for p in module.parameters()]
        slow = {id(p): p for p in encoder if p.requires_grad}  # the table is part of both
        others = [p for p in self.model.parameters() if p.requires_grad and id(p) not in slow]
        return [
            {"params": list(slow.values()), "share": self._training.encoder_rate},
            {"params": others, "share": 1.0},
        ]

    def _update(self, batch: Batch) -> dict[str, Any]:
        random = self._random(_STEPS, self.step)
        if random.random() < self._training.copies:
            batch = batches.copied(batch, self._pad)
        candidates = self._sampler.drawn(batch.target, self._pad, random)
        found = self._losses(self.model, batch, candidates, frozen=self.step <= self._training.frozen_steps)
        (found.nats + self._training.guide * found.guide).div(found.tokens).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), _LARGEST_GRADIENT)
        now = rate(self.step, self._training)
        for group in self._optimizer.param_groups:
            group["lr"] = now * group["share"]
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self._averaged.update_parameters(self.model)
        return {
            "nats a piece": found.nats.detach() / found.tokens,
            "attention": found.attention,
            "rate": now,
        }

    def _losses(
        self, of: MarianMTModel, batch: Batch, candidates: model.Candidates, *, frozen: bool = False
    ) -> model.Losses:
        with torch.autocast(self.device.type, torch.bfloat16):
            return model.losses(of, batch, candidates, self._training.guide_layer, frozen=frozen)

    @torch.no_grad()
    def bits_per_character(self) -> float:
        """How well the averaged weights predict the development set's references; lower is better.

        Comparable between models of one vocabulary. The rare pieces that no training target contains are not counted.
        """
        self.average.eval()
        nats = 0.0
        fixed = np.random.default_rng(0)
        for chosen in batches.epoch(self._development, self._training.tokens, fixed):
            batch = batches.assembled(self._development, None, chosen, self._pad)
            nats += float(self._losses(self.average, batch, self._sampler.all).nats)
        return nats / math.log(2) / self._development.characters

    def save(self) -> None:
        """Write the checkpoint, whole or not at all."""
        state = {
            "model": self.model.state_dict(),
            "averaged": self._averaged.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "progress": [self.step, self.pairs_seen, self._epoch, self._position],
            "random": torch.get_rng_state(),
            "cuda random": torch.cuda.get_rng_state_all() if self.device.type == "cuda" else [],
        }
        partial = self._work / (CHECKPOINT + ".partial")
        torch.save(state, partial)
        partial.replace(self._work / CHECKPOINT)

    def _restore(self) -> None:
        state = torch.load(self._work / CHECKPOINT, map_location="cpu", weights_only=True)
        self.model.load_state_dict(state["model"])
        self._averaged.load_state_dict(state["averaged"])
        self._optimizer.load_state_dict(state["optimizer"])
        self.step, self.pairs_seen, self._epoch, self._position = state["progress"]
        torch.set_rng_state(state["random"])
        if state["cuda random"] and self.device.type == "cuda":
            torch.cuda.set_rng_state_all(state["cuda random"])

    def _random(self, stream: int, number: int) -> np.random.Generator:
        return np.random.default_rng(np.random.SeedSequence(self._training.seed, spawn_key=(stream, number)))


def train(work: Path, settings: Settings, stopped: Callable[[], bool] = lambda: False) -> bool:
    """Train to the end, or until ``stopped`` says so; a later call goes on from there.

    Writes ``checkpoint.pt`` now and then and at the end, appends figures to ``log.jsonl``, and when all steps are made
    writes ``trained.json``.

    Returns:
        Whether all steps are made.
    """
    trainer, plan = Trainer(work, settings), settings.training
    saved = time.monotonic()
    recent: list[dict[str, Any]] = []
    for figures in trainer.advance():
        recent.append(figures)
        if trainer.step % plan.report_steps == 0:
            means = {name: round(float(np.mean([float(f[name]) for f in recent])), 6) for name in figures}
            _report(work, trainer, means)
            recent.clear()
        if trainer.step % plan.development_steps == 0:
            _report(work, trainer, {"bits a character": round(trainer.bits_per_character(), 4)})
        if stopped():
            break
        if time.monotonic() - saved >= 60 * plan.checkpoint_minutes:
            trainer.save()
            saved = time.monotonic()
    trainer.save()
    if trainer.step < plan.steps:
        return False
    last = {"bits a character": round(trainer.bits_per_character(), 4)}
    _report(work, trainer, last)
    summary = {"steps": trainer.step, "pairs": trainer.pairs_seen} | last
    (work / "trained.json").write_text(json.dumps(summary, indent=1) + "\n", "utf-8")
    return True


def _report(work: Path, trainer: Trainer, figures: dict[str, float]) -> None:
    """One line of JSON, printed and kept. After a crash the lines since the last checkpoint are there twice."""
    line = json.dumps({"step": trainer.step, "pairs": trainer.pairs_seen} | figures)
    print(line, flush=True)
    with (work / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(line + "\n")
