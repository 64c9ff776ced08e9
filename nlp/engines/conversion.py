"""Checkpoints converted for the quick engine: from the Hugging Face layout to CTranslate2 with int8 weights.

Conversion needs PyTorch and several times the model's size in memory, for some seconds. :func:`convert` therefore
runs it in a process of its own (``python -m nlp.engines.conversion CHECKPOINT PLACE``).
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from nlp import child
from nlp.errors import reason

_UNSUITABLE = (ValueError, KeyError, TypeError, AttributeError, NotImplementedError, ImportError)


class ConversionFailed(Exception):
    """The quick engine cannot run this checkpoint; its message says why. The reference engine may still do."""


def convert(checkpoint: Path, place: Path) -> None:
    """Convert a checkpoint in a child process.

    Args:
        checkpoint: a folder in the Hugging Face layout, with safetensors weights and its tokenizer.
        place: a folder to make. It appears when it is complete.

    Raises:
        ConversionFailed: no such model can be converted, or its weights are incomplete.
        OSError: nowhere to write, or no memory.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".converting-") as temporary:
        made = Path(temporary) / "model"
        try:
            child.run("nlp.engines.conversion", checkpoint, made)
        except child.Refused as refusal:
            raise ConversionFailed(str(refusal)) from refusal
        made.rename(place)


def convert_here(checkpoint: Path, place: Path) -> None:
    """As :func:`convert`, in this process and without its promise that ``place`` appears when complete."""
    try:
        _convert(checkpoint, place)
    except _UNSUITABLE as error:
        raise ConversionFailed(reason(error)) from error


def _convert(checkpoint: Path, place: Path) -> None:
    from ctranslate2.converters import TransformersConverter

    from nlp.engines.transformers import pretrained

    class Converter(TransformersConverter):  # type: ignore[misc]
        def load_model(self, model_class: Any, path: str, **_: Any) -> Any:
            return pretrained(Path(path), model_class)

    config: dict[str, Any] = json.loads((checkpoint / "config.json").read_text("utf-8"))
    if (checkpoint / "target_vocab.json").exists():
        raise ValueError("two vocabularies")
    Converter(str(checkpoint)).convert(str(place), quantization="int8")
    if not (place / "shared_vocabulary.json").exists():
        raise ValueError("two vocabularies")
    if config.get("model_type") != "marian":
        _set_start(place, config)


def _set_start(place: Path, config: dict[str, Any]) -> None:
    """Let decoding begin with the token that the checkpoint names; the converter guesses it by the tokenizer's class.

    (Marian begins with a zero vector instead, and the converter knows that.)
    """
    file = place / "config.json"
    converted = json.loads(file.read_text("utf-8"))
    vocabulary = json.loads((place / "shared_vocabulary.json").read_text("utf-8"))
    start = config.get("decoder_start_token_id")
    if start is not None:
        file.write_text(json.dumps(converted | {"decoder_start_token": vocabulary[start]}), "utf-8")


if __name__ == "__main__":
    with child.refusing(*_UNSUITABLE):
        _convert(Path(sys.argv[1]), Path(sys.argv[2]))
