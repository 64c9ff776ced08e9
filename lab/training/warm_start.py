"""A translation model whose first weights are those of a multilingual encoder.

The two differ in their first step: the encoder adds learnt positions and a type to a word's embedding and normalises
the sum; Marian multiplies the embedding by √width and adds sinusoids. So the normalisation is applied once and for
all, with the mean of the first positions, and the result becomes the table. Beside Marian's sinusoids, which are of
another make, it is made ``_LOUDER`` times as large, and the first layer's attention rescaled to match: its
normalisation makes the rest of the model see no difference.

The decoder's layers are copies of encoder layers that are spread over its depth; their attention to the source starts
weak, so that the copies work at first as they did. Like Rothe et al. 2020 ("Leveraging pre-trained checkpoints for
sequence generation tasks"), but with fewer layers on both sides.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional
from transformers import MarianMTModel

from lab.training import encoder, model, vocabulary
from lab.training.encoder import END, UNKNOWN, Encoder
from lab.training.settings import Architecture, Settings, WrongSettings
from lab.training.vocabulary import Vocabulary

_LOUDER = 8.0
_USUAL_POSITIONS = slice(2, 40)  # XLM-R does not use its first two; BERT's are none the worse without
_WEAK = 0.1
_EPSILON = 1e-12


def prepare(work: Path, settings: Settings, sentences: Iterable[str]) -> None:
    """Write ``vocabulary/``, the encoder's pieces that the sentences need, and ``start/``, the model of :func:`warm`.

    Raises:
        OSError, UnreadableEncoder: see :func:`lab.training.encoder.read`.
        WrongSettings: see :func:`warm`.
    """
    read = encoder.read(settings.warm_start)
    ordinary = slice(encoder.FIRST_PIECE, None)
    pieces, scores = read.pieces[ordinary], read.scores[ordinary]
    kept = vocabulary.prune(pieces, scores, sentences, settings.architecture.pieces, work / "vocabulary")
    torch.manual_seed(settings.training.seed)
    rows = kept + encoder.FIRST_PIECE
    warm(read, rows, Vocabulary(work / "vocabulary"), settings.architecture).save_pretrained(work / "start")


def warm(source: Encoder, rows: NDArray[np.int64], pieces: Vocabulary, architecture: Architecture) -> MarianMTModel:
    """A model that begins with the first layers of an encoder and the pruned table of its embeddings.

    Args:
        source: where the weights come from.
        rows: of its embeddings: those of the vocabulary's pieces, in order, without the special ones.
        pieces: vocabulary of the new model.
        architecture: its shape; width, heads and feed_forward are the encoder's. PyTorch's global generator draws
            the weights of the attention to the source.

    Raises:
        WrongSettings: the architecture is not one that the encoder can fill.
    """
    for name in ("width", "heads", "feed_forward"):
        if getattr(architecture, name) != getattr(source, name):
            raise WrongSettings(f"architecture.{name} must be the encoder's, {getattr(source, name)}")
    if architecture.encoder_layers > source.layers:
        raise WrongSettings(f"architecture.encoder_layers: the encoder has {source.layers}")
    started = model.fresh(architecture, pieces)
    copied = np.linspace(0, source.layers, architecture.decoder_layers, endpoint=False).astype(int) + 1
    with torch.no_grad():
        _fill_table(started, source, rows)
        for i, layer in enumerate(started.model.encoder.layers):
            _copy_layer(layer, source, i)
        for layer, i in zip(started.model.decoder.layers, copied, strict=True):
            _copy_layer(layer, source, min(i, source.layers - 1))
            layer.encoder_attn.out_proj.weight *= _WEAK
            layer.encoder_attn_layer_norm.load_state_dict(layer.self_attn_layer_norm.state_dict())
        for side in (started.model.encoder, started.model.decoder):
            _expect_louder(side.layers[0].self_attn)
    return started


def _fill_table(started: MarianMTModel, source: Encoder, rows: NDArray[np.int64]) -> None:
    parts = {name: torch.from_numpy(values) for name, values in source.tensors.items() if name.startswith("emb")}
    chosen = torch.from_numpy(np.concatenate([[END, UNKNOWN], rows]))
    words = parts["embeddings.word_embeddings.weight"][chosen]
    words = words + parts["embeddings.token_type_embeddings.weight"][0]
    words = words + parts["embeddings.position_embeddings.weight"][_USUAL_POSITIONS].mean(0)
    scale, shift = (parts[f"embeddings.LayerNorm.{kind}"] for kind in ("weight", "bias"))
    normalised = functional.layer_norm(words, (source.width,), scale, shift, _EPSILON)
    started.model.shared.weight[:-1] = normalised * (_LOUDER / source.width**0.5)  # the last row, <pad>, stays zero


def _copy_layer(layer: nn.Module, source: Encoder, number: int) -> None:
    """Self-attention, feed-forward network and both normalisations of an encoder layer, counted from 0."""
    names = {
        "self_attn.q_proj": "attention.self.query",
        "self_attn.k_proj": "attention.self.key",
        "self_attn.v_proj": "attention.self.value",
        "self_attn.out_proj": "attention.output.dense",
        "self_attn_layer_norm": "attention.output.LayerNorm",
        "fc1": "intermediate.dense",
        "fc2": "output.dense",
        "final_layer_norm": "output.LayerNorm",
    }
    for ours, theirs in names.items():
        for kind in ("weight", "bias"):
            values = source.tensors[f"encoder.layer.{number}.{theirs}.{kind}"]
            layer.get_submodule(ours).get_parameter(kind).copy_(torch.from_numpy(values))


def _expect_louder(attention: nn.Module) -> None:
    """Let attention see the original embeddings, and answer as loudly as they come: the sum is only scaled."""
    for projection in (attention.q_proj, attention.k_proj, attention.v_proj):
        projection.weight /= _LOUDER
    attention.out_proj.weight *= _LOUDER
    attention.out_proj.bias *= _LOUDER
