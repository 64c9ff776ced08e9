"""Checkpoints converted for the quick engine: from the Hugging Face layout to CTranslate2 with int8 weights.

Conversion needs PyTorch and several times the model's size in memory, for some seconds. :func:`convert` therefore
runs it in a process of its own (``python -m nlp.engines.conversion CHECKPOINT PLACE``).
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

_UNSUITABLE = 3


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
        child = subprocess.run(
            [sys.executable, "-m", "nlp.engines.conversion", str(checkpoint.absolute()), str(made.absolute())],
            cwd=Path(__file__).parents[2],
            env=os.environ | {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        if child.returncode:
            reason = (child.stderr.strip().splitlines() or [f"exit status {child.returncode}"])[-1]
            raise ConversionFailed(reason) if child.returncode == _UNSUITABLE else OSError(None, reason)
        made.rename(place)


def convert_here(checkpoint: Path, place: Path) -> None:
    """As :func:`convert`, in this process and without its promise that ``place`` appears when complete."""
    import torch
    from ctranslate2.converters import TransformersConverter

    class Converter(TransformersConverter):  # type: ignore[misc]
        def load_model(self, model_class: Any, path: str, **options: Any) -> Any:
            # Half-precision checkpoints would lose accuracy twice, and weights that are not in the file would be
            # random ones.
            options |= {"dtype": torch.float32, "local_files_only": True, "use_safetensors": True}
            model, loading = model_class.from_pretrained(path, **options, output_loading_info=True)
            if loading["missing_keys"]:
                raise ValueError(f"weights are missing: {', '.join(sorted(loading['missing_keys'])[:3])}")
            return model

    config: dict[str, Any] = json.loads((checkpoint / "config.json").read_text("utf-8"))
    try:
        if (checkpoint / "target_vocab.json").exists():
            raise ValueError("two vocabularies")
        Converter(str(checkpoint)).convert(str(place), quantization="int8")
        if not (place / "shared_vocabulary.json").exists():
            raise ValueError("two vocabularies")
    except (ValueError, KeyError, TypeError, AttributeError, NotImplementedError, ImportError) as error:
        raise ConversionFailed(f"{type(error).__name__}: {error}".splitlines()[0]) from error
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
    try:
        convert_here(Path(sys.argv[1]), Path(sys.argv[2]))
    except ConversionFailed as failure:
        sys.stderr.write(f"{failure}\n")
        sys.exit(_UNSUITABLE)
