"""The model that is trained: Transformers' own ``MarianMTModel``, so that what is trained is what is shipped.

Two things are added. The bias of the output layer learns (Transformers keeps it as a constant), and the output layer
computes only the pieces that a step needs. Pieces that no target contains are never asked for and end with the bias
``NEVER``, so that no search produces them; ``<pad>`` is one of them, and its row stays zero: decoding starts from it.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional
from transformers import MarianConfig, MarianMTModel

from lab.training.alignment import NONE
from lab.training.batches import Batch
from lab.training.settings import Architecture
from lab.training.vocabulary import Vocabulary

NEVER = -100.0
"""Bias of the pieces that the model must not produce."""

_POSITIONS = 512
_FREQUENT = 1_500
_LEAST_PROBABILITY = 1e-5  # of the guide's loss: one wrong alignment must not outweigh the rest


@dataclass(frozen=True, slots=True)
class Losses:
    """Of one batch; tensors without dimensions.

    Attributes:
        nats: negative log-likelihood of all target pieces together.
        tokens: how many those are; on the CPU.
        guide: negative log of the attention on the aligned source piece, over all target pieces, mean over heads.
        attention: mean attention on it, 0 to 1; without alignment both are 0.
    """

    nats: torch.Tensor
    tokens: int
    guide: torch.Tensor
    attention: torch.Tensor


def fresh(architecture: Architecture, vocabulary: Vocabulary) -> MarianMTModel:
    """A model with random weights (PyTorch's global generator)."""
    config = MarianConfig(
        vocab_size=vocabulary.size,
        d_model=architecture.width,
        encoder_layers=architecture.encoder_layers,
        decoder_layers=architecture.decoder_layers,
        encoder_attention_heads=architecture.heads,
        decoder_attention_heads=architecture.heads,
        encoder_ffn_dim=architecture.feed_forward,
        decoder_ffn_dim=architecture.feed_forward,
        activation_function="gelu",
        max_position_embeddings=_POSITIONS,
        scale_embedding=True,
        # Embeddings are multiplied by √width: this makes them as large as the position signal.
        init_std=architecture.width**-0.5,
        pad_token_id=vocabulary.pad,
        decoder_start_token_id=vocabulary.pad,
        eos_token_id=vocabulary.end,
        forced_eos_token_id=vocabulary.end,
        bos_token_id=None,
        share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True,
    )
    return _prepared(MarianMTModel(config))


def loaded(checkpoint: Path) -> MarianMTModel:
    """The model of a folder in the Hugging Face layout, in float32."""
    model = MarianMTModel.from_pretrained(checkpoint, dtype=torch.float32, local_files_only=True, use_safetensors=True)
    return _prepared(model)


def _prepared(model: MarianMTModel) -> MarianMTModel:
    bias = model.final_logits_bias.detach().clone()
    del model.final_logits_bias
    model.final_logits_bias = nn.Parameter(bias)
    with torch.no_grad():
        model.model.shared.weight[model.config.pad_token_id] = 0
    return model


def set_dropout(model: MarianMTModel, dropout: float) -> None:
    """Use another dropout than the checkpoint was trained with."""
    model.config.dropout = dropout
    for module in model.modules():
        # Layers keep a copy of the number; attention's own dropout stays as it is (none).
        if hasattr(module, "layerdrop") or hasattr(module, "activation_fn"):
            module.dropout = dropout


def producible(model: MarianMTModel, targets: NDArray[np.uint16]) -> NDArray[np.int64]:
    """Piece ids, in ascending order, that the targets contain or that the model could produce before.

    A fresh model can produce nothing that the targets lack.
    """
    seen = np.unique(targets)
    before = (model.final_logits_bias.detach()[0] > NEVER / 2).numpy()
    if before.all():  # nothing was ever ruled out: not a model that went through here
        return seen.astype(np.int64)
    return np.union1d(seen, np.flatnonzero(before)).astype(np.int64)


def rule_out(model: MarianMTModel, possible: NDArray[np.int64]) -> None:
    """Give every other piece the bias ``NEVER``, and a neutral one to those that lose it."""
    bias = model.final_logits_bias
    never = torch.ones(bias.shape[1], dtype=torch.bool)
    never[torch.from_numpy(possible)] = False
    with torch.no_grad():
        bias[0, bias[0] < NEVER / 2] = 0.0
        bias[0, never] = NEVER


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pieces that the output layer computes.

    Attributes:
        ids: (candidates,) int64.
        corrections: (candidates,) float32, added to the logits: log 1/q for pieces drawn with probability q, so that
            the few stand for the many.
        position: (vocabulary,) int64: where each piece is in ``ids``, −1 where it is not; on the CPU, where batches
            are made.
    """

    ids: torch.Tensor
    corrections: torch.Tensor
    position: torch.Tensor

    @classmethod
    def of(
        cls, ids: NDArray[np.int64], corrections: NDArray[np.float32], size: int, device: torch.device
    ) -> "Candidates":
        """Candidates on a device; ``size`` is the vocabulary's."""
        position = np.full(size, -1)
        position[ids] = np.arange(len(ids))
        return cls(
            _sent(torch.from_numpy(ids), device),
            _sent(torch.from_numpy(corrections), device),
            torch.from_numpy(position),
        )


def _sent(tensor: torch.Tensor, device: torch.device) -> torch.Tensor:
    """The same on a device, without waiting until it is there."""
    return tensor.pin_memory().to(device, non_blocking=True) if device.type == "cuda" else tensor.to(device)


class Sampler:
    """Chooses the candidates of each step.

    Args:
        possible: what the model may produce, ascending.
        targets: all target pieces of the corpus.
        size: of the vocabulary.
        count: random pieces a step; 0 always takes all that are possible.
        device: where the candidates are needed.
    """

    def __init__(
        self, possible: NDArray[np.int64], targets: NDArray[np.uint16], size: int, count: int, device: torch.device
    ) -> None:
        self._possible, self._size, self._count, self._device = possible, size, count, device
        frequency = np.bincount(targets, minlength=size)[possible]
        self._frequent = possible[np.argsort(-frequency, kind="stable")[:_FREQUENT]]
        self.all = Candidates.of(possible, np.zeros(len(possible), np.float32), size, device)

    def drawn(self, targets: torch.Tensor, pad: int, random: np.random.Generator) -> Candidates:
        """The batch's target pieces, the most frequent pieces, and random ones."""
        if not self._count:
            return self.all
        present = np.unique(targets.numpy())
        needed = np.union1d(self._frequent, present[present != pad])
        others = np.setdiff1d(self._possible, needed, assume_unique=True)
        extra = random.choice(others, min(self._count, len(others)), replace=False)
        corrections = np.zeros(len(needed) + len(extra), np.float32)
        if len(extra):
            corrections[len(needed) :] = np.log(len(others) / len(extra))
        return Candidates.of(np.concatenate([needed, extra]), corrections, self._size, self._device)


def losses(
    model: MarianMTModel, batch: Batch, candidates: Candidates, guide_layer: int, *, frozen: bool = False
) -> Losses:
    """Teacher-forced losses of a batch. Target pieces that are not among the candidates are not counted.

    What decides shapes is computed on the CPU, so that a GPU is never waited for.

    Args:
        model: with "eager" attention where the batch has a guide: the quicker kinds do not tell their weights.
        batch: the pairs, on the CPU.
        candidates: pieces that are told apart, on the model's device.
        guide_layer: decoder layer that is guided; half of its heads are, the others stay free.
        frozen: no gradients for the encoder, nor for the embeddings through it.
    """
    pad, device = model.config.pad_token_id, candidates.ids.device
    wanted = candidates.position[batch.target].flatten()
    places = (wanted >= 0).nonzero()[:, 0]  # excludes the padding, which is never a candidate
    source, target = _sent(batch.source, device), _sent(batch.target, device)
    mask = (source != pad).long()
    with torch.set_grad_enabled(torch.is_grad_enabled() and not frozen):
        encoded = model.model.encoder(input_ids=source, attention_mask=mask)
    outputs = model.model(
        attention_mask=mask,
        encoder_outputs=encoded,
        decoder_input_ids=torch.cat([torch.full_like(target[:, :1], pad), target[:, :-1]], dim=1),
        output_attentions=batch.guide is not None,
        use_cache=False,
    )
    states = outputs.last_hidden_state.flatten(0, 1)[_sent(places, device)]
    weight = functional.embedding(candidates.ids, model.model.shared.weight)
    bias = model.final_logits_bias[0][candidates.ids] + candidates.corrections
    logits = functional.linear(states, weight).float() + bias
    nats = functional.cross_entropy(logits, _sent(wanted[places], device), reduction="sum")
    guide = attention = torch.zeros((), device=nats.device)
    if batch.guide is not None:
        guide, attention = _guided(outputs.cross_attentions[guide_layer], batch.guide)
    return Losses(nats, len(places), guide, attention.detach())


def _guided(weights: torch.Tensor, guide: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Summed loss and mean attention of weights (pairs, heads, target length, source length)."""
    heads = max(1, weights.shape[1] // 2)
    aligned = guide != NONE
    pieces = _sent(aligned.flatten().nonzero()[:, 0], weights.device)
    where = _sent(guide.masked_fill(~aligned, 0), weights.device)[:, None, :, None].expand(-1, heads, -1, -1)
    seen = weights[:, :heads].gather(3, where)[..., 0].float()  # (pairs, heads, target length)
    on_guide = seen.transpose(0, 1).flatten(1)[:, pieces]  # (heads, aligned pieces)
    return -on_guide.clamp_min(_LEAST_PROBABILITY).log().sum() / heads, on_guide.mean()
