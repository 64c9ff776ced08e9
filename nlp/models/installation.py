"""Models on this machine: fetched from the hub, or folders that the reader pointed to.

The models folder holds one folder a model: ``record.json`` (what it is, where it came from, the checksum of every
file, which engine proved fit, reference answers) and, if it was fetched, ``checkpoint/`` in the Hugging Face layout
with safetensors weights. How it gets there is the work of :mod:`nlp.models.pulls`.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

import ctranslate2
from filelock import FileLock, Timeout

from nlp.engines.conversion import ConversionFailed, convert
from nlp.errors import NotInstalled, PartOfEntrefilet, PreparationFailed, StoreUnwritable
from nlp.models import catalogue, checkpoint, pickles, proving, unpacking
from nlp.models.catalogue import LOCAL, RECORD, Embedded, Entry, Hub, Local, Task
from nlp.models.folders import cache_folder, caching, models_folder
from nlp.models.golden import Golden

_LOCK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Installed:
    """A model that is ready without network.

    Attributes:
        id: of its entry.
        repository, revision: where it was fetched from; empty for a folder of the reader's own.
        files: file name -> SHA-256, of what is in ``checkpoint``.
        bytes: size of those files.
        folder: its folder in the models folder.
        checkpoint: its files, in the Hugging Face layout.
        engine: "ctranslate2", or "transformers" where the quick engine failed its proof.
        golden: what the reference engine answered when the model was installed.
    """

    id: str
    repository: str
    revision: str
    files: dict[str, str]
    bytes: int
    folder: Path
    checkpoint: Path
    engine: str
    golden: tuple[Golden, ...]


def installed(entry: Entry) -> Installed | None:
    """What is on this machine of a model of the hub, or of a folder that was added; None if it is not there."""
    if not isinstance(entry, Hub | Local):
        return None
    folder = place_of(entry)
    record = catalogue.read_record(folder)
    if record is None or (isinstance(entry, Local) and record.get("folder") != str(entry.folder)):
        return None
    files = Path(record["folder"]) if "folder" in record else folder / "checkpoint"
    if not files.is_dir():
        return None
    return Installed(
        entry.id, record.get("repository", ""), record["revision"], record["files"], record["bytes"],
        folder, files, record["engine"],
        tuple(map(Golden.read, record["golden"])),
    )  # fmt: skip


def checkpoint_of(entry: Hub | Local) -> Path:
    """The checkpoint folder of a model, with safetensors weights.

    Weights of a reader's own folder that are a pickle are read apart (see :mod:`nlp.models.pickles`) and kept in the
    cache; the folder itself is never written to.

    Raises:
        NotInstalled: a model of the hub that was not fetched, or a folder that is gone.
        UnsafeWeights, PreparationFailed: the folder's weights cannot be used.
        CacheUnwritable: nowhere to keep them.
    """
    if isinstance(entry, Hub):
        return found(entry).checkpoint
    if not entry.folder.is_dir():
        raise NotInstalled(id=entry.id)
    names = checkpoint.needed(file.name for file in entry.folder.iterdir())
    if checkpoint.PICKLE not in names:
        return entry.folder
    place = cache_folder() / f"{_slug(entry)}-{_state(entry.folder)}-checkpoint"
    with caching(place):
        if not place.is_dir():
            made = place.with_name(place.name + ".new")
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir()
            for name in names:
                shutil.copyfile(entry.folder / name, made / name)
            pickles.to_safetensors(made, entry.id)
            made.rename(place)
    return place


def converted_of(entry: Hub | Local) -> Path:
    """Where the CTranslate2 form of a model is kept: in the cache, so it may be missing and is then made again."""
    key = key_of(found(entry).files) if isinstance(entry, Hub) else _state(entry.folder)
    return converted_place(entry, key)


def converted_place(entry: Hub | Local, key: str) -> Path:
    """As :func:`converted_of`, for files that :func:`key_of` gave this key."""
    return cache_folder() / f"{_slug(entry)}-{key}-ct{ctranslate2.__version__}"


def add(folder: Path, task: Task = Task.TRANSLATION, source: str = "", target: str = "", prefix: str = "") -> Installed:
    """Remember a checkpoint folder of the reader's own as a model, after it was converted and proved.

    Args:
        folder: in the Hugging Face layout; it stays where it is, and must.
        task, source, target, prefix: see :func:`nlp.models.catalogue.local`.

    Raises:
        UnsupportedModel, UnsafeWeights, PreparationFailed: it cannot be used.
        CacheUnwritable, StoreUnwritable: nowhere to keep its converted form, or the record.
    """
    entry = catalogue.local(folder, LOCAL + folder.resolve().name, task, source, target, prefix)
    place = place_of(entry)
    with locked(place), writing(place.parent):
        checked = checkpoint_of(entry)
        write_record(place, entry, entry.folder, prove(entry, checked, converted_of(entry)))
    return found(entry)


def verify(entry: Entry) -> None:
    """Compare every file of a model with its recorded checksum; an embedded model is proved again too.

    Raises:
        NotInstalled: it is not here.
        CorruptModel: a file is missing or differs.
    """
    if isinstance(entry, Embedded):
        unpacking.prove(entry, unpacking.unpacked(entry))
        return
    model = found(entry)
    checkpoint.require_intact(model.checkpoint, model.files, entry.id)


def remove(entry: Entry) -> None:
    """Delete a model from this machine, with everything made of it; a folder of the reader's own is only forgotten.

    Raises:
        NotInstalled: there is nothing to delete.
        PartOfEntrefilet: the model is embedded.
        StoreUnwritable: the files cannot be deleted.
    """
    if not isinstance(entry, Hub | Local):
        raise PartOfEntrefilet(id=entry.id)
    place = place_of(entry)
    with locked(place), writing(place.parent):
        made = [path for path in cache_folder().glob(f"{_slug(entry)}-*") if _made_of(path, _slug(entry))]
        doomed = [path for path in (place, staging_of(entry), *made) if path.exists()]
        if not doomed:
            raise NotInstalled(id=entry.id)
        for path in doomed:
            hidden = path.with_name(f".{path.name.lstrip('.')}.removing")
            shutil.rmtree(hidden, ignore_errors=True)
            path.rename(hidden)
            shutil.rmtree(hidden)


def prove(entry: Hub | Local, files: Path, converted: Path) -> proving.Proof:
    """Convert a checkpoint for the quick engine, into ``converted``, and try it.

    Raises:
        UnsupportedModel: no engine can run it.
        PreparationFailed: no memory or no room.
    """
    try:
        if not converted.is_dir():
            convert(files, converted)
    except ConversionFailed:
        return proving.prove(entry, files, None)
    except OSError as error:
        raise PreparationFailed(id=entry.id, reason=error.strerror or error) from error
    return proving.prove(entry, files, converted)


def write_record(place: Path, entry: Hub | Local, files: Path, proof: proving.Proof, revision: str = "") -> None:
    """Write down, in its folder ``place``, what a model is, with the checksums of its ``files``."""
    sums = checksums(files)
    record = catalogue.record_of(entry) | {
        "revision": revision,
        "files": sums,
        "bytes": sum((files / name).stat().st_size for name in sums),
        "engine": proof.engine,
        "golden": [asdict(golden) for golden in proof.golden],
    }
    place.mkdir(parents=True, exist_ok=True)
    written = place / f"{RECORD}.new"
    written.write_text(json.dumps(record, ensure_ascii=False, indent=1), "utf-8")
    written.replace(place / RECORD)


def found(entry: Entry) -> Installed:
    """As :func:`installed`.

    Raises:
        NotInstalled: it is not there.
    """
    here = installed(entry)
    if here is None:
        raise NotInstalled(id=entry.id)
    return here


def checksums(folder: Path) -> dict[str, str]:
    """File name -> SHA-256 of the files of a checkpoint that matter."""
    return {
        name: checkpoint.checksum(folder / name) for name in sorted(checkpoint.needed(f.name for f in folder.iterdir()))
    }


def key_of(files: Mapping[str, str]) -> str:
    """Twelve digits that change with any of these checksums."""
    return sha256(repr(sorted(files.items())).encode()).hexdigest()[:12]


def place_of(entry: Hub | Local) -> Path:
    """The folder of a model in the models folder, whether it is there or not."""
    return models_folder() / _slug(entry)


def staging_of(entry: Hub | Local) -> Path:
    """Where a model is put together before it is complete."""
    return models_folder() / f".{_slug(entry)}.fetching"


@contextmanager
def locked(place: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock of a model's folder; while another process does, call ``waiting``, which may give up by raising."""
    with writing(place.parent):
        lock = FileLock(place.with_name(f".{place.name}.lock"))
        while not lock.is_locked:
            try:
                lock.acquire(timeout=_LOCK_SECONDS)
            except Timeout:
                waiting()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Work that writes into ``folder``, which is made if it is not there.

    Raises:
        StoreUnwritable: instead of any OSError of that work.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise StoreUnwritable(folder=folder, reason=error.strerror or error) from error


def _slug(entry: Hub | Local) -> str:
    """A name for folders ("--" cannot occur in the name of a repository)."""
    name = entry.repository if isinstance(entry, Hub) else LOCAL + entry.folder.name
    return re.sub(r"[^\w.-]+", "--", name, flags=re.ASCII)


def _made_of(path: Path, slug: str) -> bool:
    """Whether a folder of the cache was made of this model."""
    return bool(re.fullmatch(r"[0-9a-f]{12}-(ct[\w.]+|checkpoint)", path.name.removeprefix(slug + "-")))


def _state(folder: Path) -> str:
    """Twelve digits that change when a file of a folder does (by its size and time)."""
    state = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in sorted(folder.iterdir())]
    return sha256(repr((str(folder), state)).encode()).hexdigest()[:12]
