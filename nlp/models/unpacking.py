"""Embedded weights, unpacked once into the user's cache and proved there before they are used.

The cache folder of a model holds ``checkpoint/`` (the Hugging Face layout, float32) and ``ctranslate2/`` (int8).
Its name contains the checksum of the weights and the version of CTranslate2, so a new version never meets old
files. It is made under another name and renamed when complete: a half-made one is never used.

Unpacking needs PyTorch and several hundred megabytes for some seconds; it runs in a process of its own
(``python -m nlp.models.unpacking WEIGHTS PLACE``), so that the reading desk keeps its memory.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import ctranslate2

from nlp import child
from nlp.engines.conversion import ConversionFailed, convert_here
from nlp.errors import CorruptModel
from nlp.models.catalogue import Embedded, read_card
from nlp.models.checkpoint import require_intact
from nlp.models.folders import cache_folder, caching

_LOGIT_TOLERANCE = 0.02


def unpacked(model: Embedded) -> Path:
    """The cache folder of an embedded model, made and verified now if it is not there yet.

    Raises:
        CorruptModel: a checksum or the golden sentences differ.
        CacheUnwritable: no room or no right to write.
    """
    place = place_of(model)
    if place.is_dir():
        return place
    with caching(place):
        if not place.is_dir():
            _unpack_apart(model, place)
    return place


def place_of(model: Embedded) -> Path:
    """Where the unpacked form of a model is, or will be."""
    weights = model.sha256["model.safetensors"][:12]
    return cache_folder() / f"{model.id}-{weights}-ct{ctranslate2.__version__}"


def _unpack_apart(model: Embedded, place: Path) -> None:
    """Unpack in a child process into a temporary folder beside ``place``, then rename it."""
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".unpacking-") as temporary:
        made = Path(temporary) / "model"
        try:
            child.run("nlp.models.unpacking", model.folder, made)
        except child.Refused as refusal:
            raise CorruptModel(id=model.id, reason=refusal) from refusal
        made.rename(place)


def unpack(model: Embedded, place: Path) -> None:
    """Unpack, convert and prove an embedded model.

    Args:
        model: the model.
        place: a folder to make.

    Raises:
        CorruptModel: a checksum or the golden sentences differ.
    """
    require_intact(model.folder, model.sha256, model.id)
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
    from nlp.models.tokenizer import sequence_tokenizer

    tokenizer = sequence_tokenizer(place / "checkpoint")
    reference = TransformersEngine(place / "checkpoint")
    quick = CTranslate2Engine(place / "ctranslate2")
    for golden in model.golden:
        source = tokenizer.encode(golden.source)
        measured = reference.log_probabilities(source, golden.target)
        worst = max(abs(a - b) for a, b in zip(measured, golden.log_probabilities, strict=True))
        if worst > _LOGIT_TOLERANCE:
            raise CorruptModel(id=model.id, reason=f"golden sentence differs by {worst:.3f}")
        if not golden.agrees(quick.generate([source], beam=1)[0]):
            raise CorruptModel(id=model.id, reason="int8 engine disagrees with the reference")


if __name__ == "__main__":
    with child.refusing(CorruptModel):
        unpack(read_card(Path(sys.argv[1])), Path(sys.argv[2]))
