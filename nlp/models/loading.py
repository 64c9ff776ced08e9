"""From an entry of the catalogue to a tokenizer and an engine in memory, proved before they are used."""

import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from nlp.engines import Engine, devices
from nlp.engines.conversion import ConversionFailed, convert
from nlp.engines.ctranslate2 import CTranslate2Engine
from nlp.errors import CacheUnwritable, CorruptModel
from nlp.models import installation, unpacking
from nlp.models.catalogue import RECORD, Embedded, Entry, Golden, Hub, Local
from nlp.models.tokenizer import MarianTokenizer, Tokenizer, sequence_tokenizer

LEAST_OVERLAP = 0.6
"""Share of the reference's tokens that another engine must say too: int8 rounding changes a word here and there."""


@dataclass(frozen=True, slots=True)
class SequenceModel:
    """A tokenizer and an engine that belong together. ``bytes``: their size on disk, about that in memory."""

    tokenizer: Tokenizer
    engine: Engine
    bytes: int


def agrees(expected: Sequence[int], found: Sequence[int]) -> bool:
    """Whether two answers of the same weights (token ids without end mark) share enough of their tokens."""
    shared = (Counter(expected) & Counter(found)).total()
    return shared >= LEAST_OVERLAP * max(len(expected), len(found))


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
        CacheUnwritable, StoreUnwritable: nowhere to unpack or convert it.
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
        tokenizer = _tokenizer(checkpoint)
        engine, weights = _engine(checkpoint, quick)
        model = SequenceModel(tokenizer, engine, sum(file.stat().st_size for file in weights.iterdir()))
        sound = not golden or _says(model, golden[0])
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise CorruptModel(id=entry.id, reason=f"{type(error).__name__}: {error}".splitlines()[0]) from error
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
        quick.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(quick.with_name(f".{quick.name}.lock")):
            if not quick.is_dir() and record:
                convert(checkpoint, quick)
            elif not quick.is_dir() and installation.prove(entry, checkpoint, quick).engine == "transformers":
                return checkpoint, None, ()
    except OSError as error:
        raise CacheUnwritable(folder=quick.parent, reason=error.strerror or error) from error
    except ConversionFailed as error:
        raise CorruptModel(id=entry.id, reason=str(error)) from error
    return checkpoint, quick, record.golden if record else ()


def _tokenizer(checkpoint: Path) -> Tokenizer:
    return MarianTokenizer(checkpoint) if (checkpoint / "source.spm").exists() else sequence_tokenizer(checkpoint)


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
    return agrees(golden.target[:-1], answer.ids)
