"""Old checkpoints keep their weights in a pickle, which may carry code: it is read once, apart, and never again.

The reader process (``python -m nlp.models.pickles CHECKPOINT``) lets PyTorch build tensors and nothing else
(``weights_only``), may neither open a socket nor start a program, and writes what it found as safetensors.
"""

import pickle
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp import child
from nlp.errors import PreparationFailed, UnsafeWeights
from nlp.models.checkpoint import PICKLE, WEIGHTS

if TYPE_CHECKING:
    import torch

_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "ftplib.", "urllib.")


def to_safetensors(checkpoint: Path, id: str) -> None:
    """Turn ``pytorch_model.bin`` of a checkpoint folder into ``model.safetensors`` and delete it.

    Args:
        checkpoint: a folder in the Hugging Face layout.
        id: how the reader calls the model, for messages.

    Raises:
        UnsafeWeights: the pickle holds more than tensors, or is damaged; the file is left where it is.
        PreparationFailed: no room or no memory.
    """
    try:
        child.run("nlp.models.pickles", checkpoint)
    except child.Refused as refusal:
        raise UnsafeWeights(id=id, reason=refusal) from refusal
    except OSError as error:
        raise PreparationFailed(id=id, reason=error.strerror or error) from error
    (checkpoint / PICKLE).unlink()


def _forbid() -> None:
    """From now on this process opens no connection and starts no program."""

    def guard(event: str, _: tuple[Any, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(f"forbidden while reading a pickle: {event}")

    sys.addaudithook(guard)


def _read(file: Path) -> "dict[str, torch.Tensor]":
    """The tensors of a pickle.

    Raises:
        pickle.UnpicklingError: there is something else in it.
    """
    import torch

    content = torch.load(file, map_location="cpu", weights_only=True)
    if not isinstance(content, dict) or not content:
        raise pickle.UnpicklingError("not a table of tensors")
    for name, tensor in content.items():
        if not isinstance(name, str) or not isinstance(tensor, torch.Tensor):
            raise pickle.UnpicklingError(f"not a tensor: {name!r}")
    return content


def _without_twins(tensors: "dict[str, torch.Tensor]") -> "dict[str, torch.Tensor]":
    """One name for each tensor that the pickle holds under several: "shared", otherwise the shortest."""
    names: dict[tuple[Any, ...], str] = {}
    for name in sorted(tensors, key=lambda name: ("shared" not in name, len(name), name)):
        tensor = tensors[name]
        names.setdefault((tensor.data_ptr(), tensor.shape, tensor.stride(), tensor.dtype), name)
    return {name: tensors[name] for name in names.values()}


def _convert(checkpoint: Path) -> None:
    import safetensors.torch

    from nlp.engines.transformers import pretrained  # before the guard: importing Transformers looks at the system

    def write(chosen: "dict[str, torch.Tensor]") -> None:
        copies = {name: tensor.clone().contiguous() for name, tensor in chosen.items()}
        safetensors.torch.save_file(copies, checkpoint / WEIGHTS, {"format": "pt"})
        pretrained(checkpoint)

    _forbid()
    tensors = _read(checkpoint / PICKLE)
    try:
        write(_without_twins(tensors))
    except ValueError:  # weights are missing: the model does not tie its tensors as their names suggest
        write(tensors)


if __name__ == "__main__":
    with child.refusing(pickle.UnpicklingError, RuntimeError, EOFError, ValueError, PermissionError):
        _convert(Path(sys.argv[1]))
