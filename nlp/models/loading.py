"""From an entry of the catalogue to a tokenizer and an engine in memory, proved before they are used."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from nlp.engines import Engine, devices
from nlp.engines.conversion import ConversionFailed, convert
from nlp.engines.ctranslate2 import CTranslate2Engine
from nlp.errors import CorruptModel, reason
from nlp.models import installation, unpacking
from nlp.models.catalogue import RECORD, Embedded, Entry, Hub, Local
from nlp.models.folders import caching
from nlp.models.golden import Golden
from nlp.models.tokenizer import Tokenizer, sequence_tokenizer


@dataclass(frozen=True, slots=True)
class SequenceModel:
    """A tokenizer and an engine that belong together. ``bytes``: their size on disk, about that in memory."""

    tokenizer: Tokenizer
    engine: Engine
    bytes: int


def present(entry: Entry) -> bool:
    """Whether the model's files are on this machine."""
    if isinstance(entry, Local) and entry.folder.is_dir():
        return True
    return isinstance(entry, Embedded) or installation.installed(entry) is not None


def signature(entry: Entry) -> str:
    """Names a model that is present, and the very weights that it has on this machine."""
    if isinstance(entry, Embedded):
        return unpacking.place_of(entry).name
    # A model that was fetched again gets a new record, and with it another chance.
    record = installation.place_of(entry) / RECORD if isinstance(entry, Hub) else None
    return _converted(entry).name + (f"-{record.stat().st_mtime_ns}" if record else "")


def _converted(entry: Entry) -> Path:
    """Where the quick form of a model is, or will be, that is not embedded."""
    assert isinstance(entry, Hub | Local)
    return installation.converted_of(entry)


def load(entry: Entry) -> SequenceModel:
    """Load a model that is on this machine.

    Raises:
        NotInstalled: it is not.
        CorruptModel: its files cannot be read, or it does not say what its golden sentence says.
        UnsupportedModel, UnsafeWeights: a folder of the reader's own that cannot be used.
        PreparationFailed: such a folder again, for want of memory or room.
        CacheUnwritable: nowhere to unpack or convert it.
    """
    try:
        return _load(entry)
    except CorruptModel:
        # What was made of the model, in the cache, may have suffered while the model itself is sound.
        made = unpacking.place_of(entry) if isinstance(entry, Embedded) else _converted(entry)
        if not made.is_dir():
            raise
        shutil.rmtree(made)
        return _load(entry)


def _load(entry: Entry) -> SequenceModel:
    checkpoint, quick, golden = files(entry)
    try:
        tokenizer = sequence_tokenizer(checkpoint)
        engine, weights = _engine(checkpoint, quick)
        model = SequenceModel(tokenizer, engine, sum(file.stat().st_size for file in weights.iterdir()))
        sound = not golden or _says(model, golden[0])
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise CorruptModel(id=entry.id, reason=reason(error)) from error
    if not sound:
        raise CorruptModel(id=entry.id, reason="golden sentence differs")
    return model


def files(entry: Entry) -> tuple[Path, Path | None, tuple[Golden, ...]]:
    """Checkpoint, its quick form (None: it has none that can be trusted) and golden sentences of a model.

    What can be made again at any time (unpacked weights, the quick form) is made now where it is missing.

    Raises:
        see :func:`load`.
    """
    if isinstance(entry, Embedded):
        place = unpacking.unpacked(entry)
        return place / "checkpoint", place / "ctranslate2", entry.golden
    assert isinstance(entry, Hub | Local)
    checkpoint, record = installation.checkpoint_of(entry), installation.installed(entry)
    if record and record.engine == "transformers":
        return checkpoint, None, record.golden
    quick = _converted(entry)
    try:
        with caching(quick):
            if not quick.is_dir() and record:
                convert(checkpoint, quick)
            elif not quick.is_dir() and installation.prove(entry, checkpoint, quick).engine == "transformers":
                return checkpoint, None, ()
    except ConversionFailed as error:
        raise CorruptModel(id=entry.id, reason=str(error)) from error
    return checkpoint, quick, record.golden if record else ()


def _engine(checkpoint: Path, quick: Path | None) -> tuple[Engine, Path]:
    """The best engine for this machine, and the folder that its weights came from."""
    device = devices.chosen()
    if quick is not None and device == "cpu":
        return CTranslate2Engine(quick), quick
    from nlp.engines.transformers import TransformersEngine

    return TransformersEngine(checkpoint, device), checkpoint


def _says(model: SequenceModel, golden: Golden) -> bool:
    """Whether a model still says to a golden sentence about what the reference said (greedy search)."""
    answer = model.engine.generate([model.tokenizer.encode(golden.source)], beam=1, longest=len(golden.target))[0]
    return golden.agrees(answer)
