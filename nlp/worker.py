"""One worker thread for all readers of this process.

On a small machine parallel translation gains nothing, so jobs share one thread. It runs them a step at a time
(a step is one event of :func:`nlp.digest.digest`, at most one batch of sentences) and serves the desks in turn: a
reader with one short article never waits for another's thousand pages. Within a desk the oldest job goes first,
unless the reader looks at another one (:meth:`Desk.prefer`).
"""

import atexit
import hashlib
import logging
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count

from nlp import readers
from nlp.digest import Digest, Request, progress
from nlp.errors import EntrefiletError

MOST_DESKS = 64
"""Desks kept in memory; beyond that the one unused for longest is forgotten."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader gave: a name, its bytes, and an encoding if the reader insists on one."""

    name: str
    data: bytes
    encoding: str | None = None

    @property
    def key(self) -> str:
        """Identifies name and bytes (not the encoding), so that the same file given twice is one job."""
        return hashlib.sha256(self.name.encode() + b"\0" + self.data).hexdigest()[:16]


class State(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


class Job:
    """One source on its way to a digest. Written by the worker's thread, read by any other.

    Attributes:
        source, request: what was asked for.
        state: where it stands.
        digest: what is known so far; None until the bytes have been read. Replaced as a whole at each step.
        error: why the job failed; a digest that exists by then keeps what was found.
    """

    def __init__(self, source: Source, request: Request) -> None:
        self.source = source
        self.request = request
        self.state = State.WAITING
        self.digest: Digest | None = None
        self.error: EntrefiletError | None = None
        self._opening: tuple[float, int] | None = None
        self._cancelled = threading.Event()
        self._steps = self._journey()

    @property
    def key(self) -> str:
        """The source's key."""
        return self.source.key

    @property
    def active(self) -> bool:
        """Whether there is still work to do."""
        return self.state in (State.WAITING, State.RUNNING)

    @property
    def remaining_seconds(self) -> float | None:
        """Estimate of the time left, from the pace since the opening; None while there is no pace yet."""
        if self.digest is None or self._opening is None or self.state is not State.RUNNING:
            return None
        began, opening = self._opening
        since = self.digest.done - opening
        left = len(self.digest.segments) - self.digest.done
        return left * (time.monotonic() - began) / since if since else None

    def cancel(self) -> None:
        """Ask the job to stop, after the current batch at the latest. What is done stays."""
        self._cancelled.set()

    def resize(self, sentences: int) -> None:
        """Note how long the reader wants the extract. Whoever shows the digest cuts it so: no work follows."""
        self.request = replace(self.request, sentences=sentences)

    def step(self) -> None:
        """Do the next piece of work. For the worker's thread only."""
        if self.state is State.WAITING:
            self.state = State.RUNNING
        try:
            self.digest = next(self._steps)
        except EntrefiletError as error:
            self.error, self.state = error, State.FAILED
        except Exception as error:
            _log.exception("job failed")
            self.error, self.state = EntrefiletError(reason=type(error).__name__), State.FAILED
        else:
            if self._opening is None and "first_sentence" in self.digest.seconds:
                self._opening = (time.monotonic(), self.digest.done)
            if self.digest.finished:
                self.state = State.STOPPED if self.digest.stopped else State.DONE

    def _journey(self) -> Iterator[Digest]:
        article = readers.read(self.source.data, self.source.name, encoding=self.source.encoding)
        yield from progress(article, self.request, self._cancelled.is_set)


class Desk:
    """One reader's jobs, in the order they came. Made by :meth:`Worker.desk`."""

    def __init__(self, wake: threading.Condition) -> None:
        self._wake = wake
        self._jobs: dict[str, Job] = {}
        self._preferred: str | None = None
        self.last_served = 0

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All jobs, oldest first."""
        with self._wake:
            return tuple(self._jobs.values())

    def submit(self, source: Source, request: Request = Request()) -> Job:
        """The job for this source: the one there is if it was asked for the same, otherwise a new one in its place.

        A job that was stopped or failed is begun again.
        """
        with self._wake:
            job = self._jobs.get(source.key)
            same = job is not None and job.source == source and job.request == request
            if job is None or not same or job.state in (State.STOPPED, State.FAILED):
                job = self._begin(source, request)
            return job

    def redo(self, job: Job) -> None:
        """Begin a job of this desk again, because more is possible now: a model that it lacked has come."""
        with self._wake:
            if self._jobs.get(job.key) is job:
                self._begin(job.source, job.request)

    def get(self, key: str) -> Job | None:
        """The job of this key, if any."""
        with self._wake:
            return self._jobs.get(key)

    def prefer(self, key: str) -> None:
        """Let this job go before the desk's others: the reader is looking at it."""
        self._preferred = key

    def remove(self, key: str) -> None:
        """Stop and forget a job."""
        with self._wake:
            job = self._jobs.pop(key, None)
        if job is not None:
            job.cancel()

    def _begin(self, source: Source, request: Request) -> Job:
        if source.key in self._jobs:
            self._jobs[source.key].cancel()
        job = self._jobs[source.key] = Job(source, request)
        self._wake.notify_all()
        return job

    def next_job(self) -> Job | None:
        """The job to work on next, or None. For the worker, which holds the lock."""
        active = [job for job in self._jobs.values() if job.active]
        return next((job for job in active if job.key == self._preferred), active[0] if active else None)


class Worker:
    """The thread, and the desks that it serves in turn."""

    def __init__(self) -> None:
        self._wake = threading.Condition(threading.RLock())
        self._desks: OrderedDict[str, Desk] = OrderedDict()
        self._steps = count(1)
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="entrefilet-worker", daemon=True)
        self._thread.start()
        # An engine that is cut off in the middle of a batch at interpreter exit aborts the whole process.
        atexit.register(self.close)

    def desk(self, token: str | None = None) -> tuple[str, Desk]:
        """The desk of this token; for an unknown one or None, a new desk under a token that nobody can guess.

        Returns:
            The token to come back with, and the desk.
        """
        with self._wake:
            if token is None or token not in self._desks:
                token = secrets.token_urlsafe(16)
                self._desks[token] = Desk(self._wake)
            self._desks.move_to_end(token)
            while len(self._desks) > MOST_DESKS:
                _, forgotten = self._desks.popitem(last=False)
                for job in forgotten.jobs:
                    job.cancel()
            return token, self._desks[token]

    def close(self) -> None:
        """Finish the current step and end the thread. Jobs stay as they are."""
        with self._wake:
            self._closed = True
            self._wake.notify_all()
        self._thread.join()
        atexit.unregister(self.close)

    def _next_job(self) -> Job | None:
        """Wait for work; the next job of the desk that was served least recently, None once the worker is closed."""
        with self._wake:
            while not self._closed:
                for desk in sorted(self._desks.values(), key=lambda desk: desk.last_served):
                    job = desk.next_job()
                    if job is not None:
                        desk.last_served = next(self._steps)
                        return job
                self._wake.wait()
        return None

    def _work(self) -> None:
        while (job := self._next_job()) is not None:
            job.step()
