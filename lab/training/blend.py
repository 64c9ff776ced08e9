"""Average the weights of models that were trained from one another.

    python -m lab.training.blend OUT MODEL[=SHARE] MODEL[=SHARE] …

A model is a checkpoint in the Hugging Face layout or packed weights; the shares (1 where none is given) are scaled to
a sum of one. Models that went different ways from one start often lie in one valley, and their mean translates better
than each of them (Wortsman et al. 2022, "Model soups"). Whether it does is for ``make evaluate`` to say.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from nlp.models.quantization import dequantized

_WEIGHTS = "model.safetensors"
_SAME = ("vocab.json", "source.spm")


def blend(models: Sequence[tuple[Path, float]], out: Path) -> None:
    """Write the weighted mean of ``models`` as a checkpoint.

    Args:
        models: folders with their shares. All files but the weights come from the first.
        out: a folder to make.

    Raises:
        ValueError: vocabularies or shapes differ, or the shares do not sum to more than zero.
        OSError: a file is missing, or ``out`` exists.
    """
    total = sum(share for _, share in models)
    if total <= 0:
        raise ValueError("the shares must sum to more than zero")
    first = models[0][0]
    mean: dict[str, NDArray[np.float32]] = {}
    for folder, share in models:
        for name in _SAME:
            if (folder / name).read_bytes() != (first / name).read_bytes():
                raise ValueError(f"{folder} has another {name} than {first}")
        weights = dequantized(load_file(folder / _WEIGHTS))
        if mean and {n: w.shape for n, w in mean.items()} != {n: w.shape for n, w in weights.items()}:
            raise ValueError(f"{folder} has other tensors than {first}")
        for name, tensor in weights.items():
            mean[name] = mean.get(name, np.zeros_like(tensor)) + np.float32(share / total) * tensor
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".blend-") as temporary:
        made = Path(temporary) / "model"
        shutil.copytree(first, made, ignore=shutil.ignore_patterns(_WEIGHTS, "card.*", "README.md"))
        if not (made / "target.spm").exists():
            shutil.copyfile(made / "source.spm", made / "target.spm")
        save_file(mean, made / _WEIGHTS, {"format": "pt"})
        made.rename(out)


def _model(argument: str) -> tuple[Path, float]:
    folder, _, share = argument.partition("=")
    return Path(folder), float(share or 1)


def main(arguments: list[str] | None = None) -> int:
    """Command line: see the module. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Average the weights of models.")
    parser.add_argument("out", type=Path)
    parser.add_argument("models", nargs="+", type=_model, metavar="MODEL[=SHARE]")
    options = parser.parse_args(arguments)
    try:
        blend(options.models, options.out)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
