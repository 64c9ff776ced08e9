"""Embedded weights, unpacked once into the user's cache and proved there before they are used.

The cache folder of a model holds ``checkpoint/`` (the Hugging Face layout, float32) and ``ctranslate2/`` (int8).
Its name contains the checksum of the weights and the version of CTranslate2, so a new version never meets old
files. It is made under another name and renamed when complete: a half-made one is never used.

Unpacking needs PyTorch and several hundred megabytes for some seconds; it runs in a process of its own
(``python -m nlp.models.unpacking WEIGHTS PLACE``), so that the reading desk keeps its memory.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import ctranslate2
from filelock import FileLock

from nlp.engines.conversion import ConversionFailed, convert_here
from nlp.errors import CacheUnwritable, CorruptModel
from nlp.models.catalogue import Embedded, read_card
from nlp.models.folders import cache_folder

_LOGIT_TOLERANCE = 0.02
_LEAST_OVERLAP = 0.6
_DAMAGED = 3


def unpacked(model: Embedded) -> Path:
    """The cache folder of an embedded model, made and verified now if it is not there yet.

    Raises:
        CorruptModel: a checksum or the golden sentences differ.
        CacheUnwritable: no room or no right to write.
    """
    place = place_of(model)
    if place.is_dir():
        return place
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(place.with_name(place.name + ".lock")):
            if not place.is_dir():
                _unpack_apart(model, place)
    except OSError as error:
        raise CacheUnwritable(folder=place.parent, reason=error.strerror or error) from error
    return place


def place_of(model: Embedded) -> Path:
    """Where the unpacked form of a model is, or will be."""
    weights = model.sha256["model.safetensors"][:12]
    return cache_folder() / f"{model.id}-{weights}-ct{ctranslate2.__version__}"


def _unpack_apart(model: Embedded, place: Path) -> None:
    """Unpack in a child process into a temporary folder beside ``place``, then rename it."""
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".unpacking-") as temporary:
        child = subprocess.run(
            [sys.executable, "-m", "nlp.models.unpacking", str(model.folder), temporary],
            cwd=Path(__file__).parents[2],
            env=os.environ | {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        if child.returncode:
            lines = child.stderr.strip().splitlines() or [f"exit status {child.returncode}"]
            if child.returncode == _DAMAGED:
                raise CorruptModel(id=model.id, reason=lines[-1])
            raise OSError(None, lines[-1])
        (Path(temporary) / "model").rename(place)


def unpack(model: Embedded, place: Path) -> None:
    """Unpack, convert and prove an embedded model.

    Args:
        model: the model.
        place: a folder to make.

    Raises:
        CorruptModel: a checksum or the golden sentences differ.
    """
    for name, expected in model.sha256.items():
        if hashlib.sha256((model.folder / name).read_bytes()).hexdigest() != expected:
            raise CorruptModel(id=model.id, reason=f"checksum of {name}")
    checkpoint = place / "checkpoint"
    write_checkpoint(model.folder, checkpoint)
    try:
        convert_here(checkpoint, place / "ctranslate2")
    except ConversionFailed as error:
        raise CorruptModel(id=model.id, reason=str(error)) from error
    prove(model, place)


def write_checkpoint(packed: Path, checkpoint: Path) -> None:
    """Write a packed model in the Hugging Face layout, as any published checkpoint has it (float32 safetensors)."""
    from safetensors.numpy import load_file, save_file

    from nlp.models.quantization import dequantized

    checkpoint.mkdir(parents=True)
    for file in packed.iterdir():
        if file.suffix in (".json", ".spm") and file.name != "card.json":
            shutil.copyfile(file, checkpoint / file.name)
    if not (checkpoint / "target.spm").exists():
        shutil.copyfile(checkpoint / "source.spm", checkpoint / "target.spm")
    save_file(dequantized(load_file(packed / "model.safetensors")), checkpoint / "model.safetensors", {"format": "pt"})


def prove(model: Embedded, place: Path) -> None:
    """Compare the golden sentences: float32 log-probabilities closely, the int8 engine's words loosely.

    Raises:
        CorruptModel: they differ.
    """
    from nlp.engines.ctranslate2 import CTranslate2Engine
    from nlp.engines.transformers import TransformersEngine
    from nlp.models.tokenizer import MarianTokenizer

    tokenizer = MarianTokenizer(place / "checkpoint")
    reference = TransformersEngine(place / "checkpoint")
    quick = CTranslate2Engine(place / "ctranslate2")
    for golden in model.golden:
        source = tokenizer.encode(golden.source)
        measured = reference.log_probabilities(source, golden.target)
        worst = max(abs(a - b) for a, b in zip(measured, golden.log_probabilities, strict=True))
        if worst > _LOGIT_TOLERANCE:
            raise CorruptModel(id=model.id, reason=f"golden sentence differs by {worst:.3f}")
        expected = Counter(golden.target[:-1])
        found = Counter(quick.generate([source], beam=1)[0].ids)
        if (expected & found).total() < _LEAST_OVERLAP * max(expected.total(), found.total()):
            raise CorruptModel(id=model.id, reason="int8 engine disagrees with the reference")


if __name__ == "__main__":
    try:
        unpack(read_card(Path(sys.argv[1])), Path(sys.argv[2]) / "model")
    except CorruptModel as error:
        sys.stderr.write(f"{error.values['reason']}\n")
        sys.exit(_DAMAGED)
