"""Fetching models from the hub, in this thread (:func:`pull`) or behind the page (:func:`start`).

A pull works in a hidden folder beside the model's own, and renames it when all is there, verified and proved: a
half-fetched model is never used, and what came before a cut stays for the next pull. A file lock keeps two processes
from fetching the same model at once.
"""

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.errors import (
    CorruptModel,
    EntrefiletError,
    HubOffline,
    HubUnreachable,
    NoRoom,
    NotInstalled,
    PullStopped,
    UnsafeWeights,
    UnsupportedModel,
    reason,
)
from nlp.models import catalogue, checkpoint, installation, pickles
from nlp.models.catalogue import Hub
from nlp.models.installation import Installed, writing
from nlp.numbers import file_size

if TYPE_CHECKING:
    from nlp.models.hub import RemoteFile, Snapshot

CancelCheck = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pull is.

    Attributes:
        step: "waiting" (another pull is under way), "resolving", "fetching", "converting" (and proving), "recording".
        done, total: bytes that are here, and to fetch; 0 outside of "fetching".
    """

    step: str
    done: int = 0
    total: int = 0


def pull(
    entry: Hub, progress: Callable[[Progress], None] = lambda _: None, cancelled: CancelCheck = lambda: False
) -> Installed:
    """Fetch a model from the hub, unless it is here already and intact.

    Args:
        entry: of the catalogue, or any repository (see :func:`nlp.models.catalogue.entry`).
        progress: called at every step and after every block.
        cancelled: looked at as often.

    Raises:
        PullStopped: ``cancelled()`` became true; what came stays, and the next pull goes on from there.
        HubError: the hub or the way to it failed; what came stays.
        UnsupportedModel, UnsafeWeights: it cannot be used; nothing stays.
        PreparationFailed: no memory to convert it; what came stays.
        NoRoom, StoreUnwritable: nowhere to put it.
    """
    place, staging = installation.place_of(entry), installation.staging_of(entry)
    check = _Check(entry.id, progress, cancelled)
    with installation.locked(place, lambda: check("waiting")), writing(place.parent):
        try:
            installation.verify(entry)
            return installation.found(entry)
        except NotInstalled:
            pass
        except CorruptModel:
            shutil.rmtree(staging, ignore_errors=True)
            place.rename(staging)
        try:
            check("resolving")
            snapshot = _snapshot(entry)
            entry = _fetched(entry, snapshot, staging, check)
            files = staging / "checkpoint"
            check("converting")
            if (files / checkpoint.PICKLE).exists():
                pickles.to_safetensors(files, entry.id)
            converted = installation.converted_place(entry, installation.key_of(installation.checksums(files)))
            proof = installation.prove(entry, files, converted)
        except (UnsupportedModel, UnsafeWeights):
            shutil.rmtree(staging, ignore_errors=True)
            raise
        check("recording")
        installation.write_record(staging, entry, files, proof, snapshot.revision)
        shutil.rmtree(place, ignore_errors=True)
        staging.rename(place)
    return installation.found(entry)


def _snapshot(entry: Hub) -> "Snapshot":
    """What the hub has of a model, or, without network, what its cache on this machine has."""
    from nlp.models import hub  # an HTTP client, which nothing but a pull should load

    try:
        return hub.resolve(entry.repository, entry.revision)
    except (HubOffline, HubUnreachable):
        cached = hub.cached(entry.repository, entry.revision)
        names = checkpoint.needed(file.name for file in cached.files) if cached else ()
        if cached is None or not any(map(checkpoint.is_weights, names)):
            raise
        return cached


def _fetched(entry: Hub, snapshot: "Snapshot", staging: Path, check: "_Check") -> Hub:
    """Bring the files of a model into ``staging/checkpoint``; the entry, completed by what they say."""
    from nlp.models import hub

    names = checkpoint.needed(file.name for file in snapshot.files)
    if "config.json" not in names:
        raise UnsupportedModel(id=entry.id, reason="no config.json")
    place, revision = staging / "checkpoint", staging / "revision"
    if not revision.exists() or revision.read_text("ascii") != snapshot.revision:
        shutil.rmtree(staging, ignore_errors=True)
        place.mkdir(parents=True)
        revision.write_text(snapshot.revision, "ascii")
    for stranger in place.iterdir():
        if stranger.name.removesuffix(".part") not in names:
            stranger.unlink()
    files = sorted((f for f in snapshot.files if f.name in names), key=_order)
    total = sum(file.size for file in files)
    _require_room(entry.id, place, total * (2 if checkpoint.PICKLE in names else 1))
    before, described = 0, None
    for file in files:
        if checkpoint.is_weights(file.name) and not described:
            described = catalogue.described(
                entry, checkpoint.facts(place, entry.id), snapshot.languages, snapshot.licence
            )
        if not (place / file.name).exists() or checkpoint.checksum(place / file.name, file.checksum) != file.checksum:
            for here in hub.fetch(snapshot, file, place / file.name):
                check("fetching", before + here, total)
        if file.name == "config.json":
            checkpoint.require_complete(names, checkpoint.facts(place, entry.id).kind, entry.id)
        before += file.size
    return described or entry


def _order(file: "RemoteFile") -> tuple[bool, bool, int]:
    """What tells most about a model first, its weights last."""
    return checkpoint.is_weights(file.name), file.name != "config.json", file.size


def _require_room(id: str, folder: Path, bytes: int) -> None:
    """See that ``bytes``, less what is in the folder already, have room on its disk."""
    needed = bytes - sum(file.stat().st_size for file in folder.iterdir())
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise NoRoom(
            id=id,
            folder=folder,
            needed=file_size(needed, "en"),
            free=file_size(free, "en"),
            missing=file_size(needed - free, "en"),
        )


class _Check:
    """Tells how far a pull is, and stops it where the reader wants that."""

    def __init__(self, id: str, progress: Callable[[Progress], None], cancelled: CancelCheck) -> None:
        self._id, self._progress, self._cancelled = id, progress, cancelled

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None:
        self._progress(Progress(step, done, total))
        if self._cancelled():
            raise PullStopped(id=self._id)


@dataclass(slots=True)
class Pull:
    """A pull behind the page. Its fields are replaced whole, so any thread may read them at any time.

    Attributes:
        entry: the model.
        progress: how far it is.
        error: what ended it early; None while it works and after success. A cancelled pull ends with PullStopped.
    """

    entry: Hub
    progress: Progress = Progress("waiting")
    error: EntrefiletError | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _end: threading.Event = field(default_factory=threading.Event)

    @property
    def finished(self) -> bool:
        """Whether nothing more happens."""
        return self._end.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait for the end, so many seconds at most; returns ``finished``."""
        return self._end.wait(seconds)

    def cancel(self) -> None:
        """Ask the pull to stop; it does so after the block that it is at, or at the end of a conversion."""
        self._stop.set()

    def _run(self) -> None:
        try:
            while not _one_at_a_time.acquire(timeout=_LOOK_SECONDS):
                if self._stop.is_set():
                    raise PullStopped(id=self.entry.id)
            try:
                pull(self.entry, self._note, self._stop.is_set)
            finally:
                _one_at_a_time.release()
        except EntrefiletError as error:
            self.error = error
        except Exception as error:
            self.error = EntrefiletError(reason=reason(error))
            raise
        finally:
            self._end.set()

    def _note(self, progress: Progress) -> None:
        self.progress = progress


_LOOK_SECONDS = 0.2
_one_at_a_time = threading.Lock()
_starting = threading.Lock()
_pulls: dict[str, Pull] = {}


def start(entry: Hub) -> Pull:
    """Pull a model in a thread of its own; one model is fetched at a time, others wait. A pull under way is kept."""
    with _starting:
        current = _pulls.get(entry.id)
        if current and not current.finished:
            return current
        _pulls[entry.id] = begun = Pull(entry)
        threading.Thread(target=begun._run, name=f"pull {entry.id}", daemon=True).start()
        return begun


def state(id: str) -> Pull | None:
    """The last pull of this model in this process, or None."""
    return _pulls.get(id)


def known() -> tuple[Pull, ...]:
    """The last pull of each model in this process, in the order in which they were first asked for."""
    with _starting:
        return tuple(_pulls.values())
