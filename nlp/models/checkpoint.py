"""Checkpoint folders in the Hugging Face layout: which of their files matter, and what these say of the model."""

import fnmatch
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.errors import CorruptModel, UnsupportedModel

PICKLE = "pytorch_model.bin"
WEIGHTS = "model.safetensors"

_TEXTS = (
    "config.json", "generation_config.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
    "*.spm", "vocab*.json", "target_vocab.json", "merges.txt", "sentencepiece.bpe.model", "spiece.model",
    "tokenizer.json",
)  # fmt: skip
_BLOCK = 1 << 20
_INDEX = "model.safetensors.index.json"
_SHARD = "model-?????-of-?????.safetensors"
_KINDS = ("marian", "bart", "mbart", "t5", "mt5")
_TOKENIZERS = {
    "marian": (("source.spm", "target.spm", "vocab.json"),),
    "bart": (("tokenizer.json",), ("vocab.json", "merges.txt")),
    "mbart": (("sentencepiece.bpe.model",), ("tokenizer.json",)),
    "t5": (("spiece.model",), ("tokenizer.json",)),
    "mt5": (("spiece.model",), ("tokenizer.json",)),
}
_MARIAN_WINDOW = 128
_T5_WINDOW = 512
_TWO_LETTERS = {
    "ara": "ar", "deu": "de", "eng": "en", "fra": "fr", "ita": "it", "nld": "nl", "por": "pt", "rus": "ru",
    "spa": "es", "ukr": "uk", "zho": "zh",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What a checkpoint says of itself.

    Attributes:
        kind: the ``model_type`` of its configuration.
        window: pieces of a source that it can be trusted with.
        source, target: language codes of a translation model; empty if it does not say.
        prefix: what a T5 wants before a text to summarize; empty for others.
    """

    kind: str
    window: int
    source: str
    target: str
    prefix: str


def needed(names: Iterable[str]) -> tuple[str, ...]:
    """The files of a repository that make up a model: texts and one form of the weights, safetensors if it has them.

    Files in subfolders, code and everything unknown are left out; so is every name that points elsewhere.
    """
    own = [name for name in names if re.fullmatch(r"[\w-][\w.-]*", name, re.ASCII)]
    texts = [name for name in own if any(fnmatch.fnmatchcase(name, pattern) for pattern in _TEXTS)]
    shards = [name for name in own if fnmatch.fnmatchcase(name, _SHARD)]
    if WEIGHTS in own:
        return (*texts, WEIGHTS)
    if _INDEX in own and shards:
        return (*texts, _INDEX, *shards)
    return (*texts, PICKLE) if PICKLE in own else tuple(texts)


def is_weights(name: str) -> bool:
    """Whether a file of :func:`needed` holds weights."""
    return name.endswith((".safetensors", ".bin"))


def facts(folder: Path, id: str) -> Facts:
    """Read what a checkpoint folder says.

    Args:
        folder: holds at least ``config.json``.
        id: how the reader calls the model, for messages.

    Raises:
        UnsupportedModel: a kind of model that Entrefilet cannot run, or a damaged configuration.
    """
    config = _json(folder / "config.json", id)
    kind = config.get("model_type")
    if kind not in _KINDS:
        raise UnsupportedModel(id=id, reason=f"model_type {kind!r}")
    languages: dict[str, Any] = {}
    if kind == "marian" and (folder / "tokenizer_config.json").exists():
        languages = _json(folder / "tokenizer_config.json", id)
    window = {"marian": _MARIAN_WINDOW, "t5": _T5_WINDOW, "mt5": _T5_WINDOW}.get(kind, 1024)
    positions = config.get("max_position_embeddings", window)
    tasks = config.get("task_specific_params") or {}
    summarization = tasks.get("summarization") or {} if isinstance(tasks, dict) else {}
    return Facts(
        kind,
        min(window, positions) if isinstance(positions, int) else window,
        language_code(languages.get("source_lang")),
        language_code(languages.get("target_lang")),
        str(summarization.get("prefix") or "") if kind in ("t5", "mt5") else "",
    )


def require_complete(names: Iterable[str], kind: str, id: str) -> None:
    """See that weights and tokenizer are among the files of a model.

    Raises:
        UnsupportedModel: something is missing.
    """
    present = set(names)
    if not any(map(is_weights, present)):
        raise UnsupportedModel(id=id, reason=f"no {WEIGHTS} and no {PICKLE}")
    choices = _TOKENIZERS[kind]
    if not any(present.issuperset(files) for files in choices):
        raise UnsupportedModel(id=id, reason=f"no {choices[0][0]}")


def require_intact(folder: Path, checksums: Mapping[str, str], id: str) -> None:
    """Compare files with their checksums, by name.

    Raises:
        CorruptModel: one is missing or differs.
    """
    for name, expected in checksums.items():
        file = folder / name
        if not file.is_file() or checksum(file, expected) != expected:
            raise CorruptModel(id=id, reason=f"checksum of {name}")


def checksum(file: Path, like: str = "0" * 64) -> str:
    """The checksum of a file, of the same kind as ``like``: SHA-256, or git's SHA-1 of a blob if it has 40 digits."""
    digest = hashlib.sha256()
    if len(like) == 40:
        digest = hashlib.sha1(b"blob %d\0" % file.stat().st_size, usedforsecurity=False)
    with file.open("rb") as content:
        while block := content.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def language_code(name: object) -> str:
    """The two-letter code of a language that a checkpoint names by two or three letters; "" for groups and others."""
    if not isinstance(name, str) or not re.fullmatch(r"[a-z]{2,3}", name):
        return ""
    return name if len(name) == 2 else _TWO_LETTERS.get(name, "")


def _json(file: Path, id: str) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UnsupportedModel(id=id, reason=f"{file.name}: {error}") from error
    if not isinstance(content, dict):
        raise UnsupportedModel(id=id, reason=f"{file.name} is not an object")
    return content
