"""Fetching models from the page: how far it is and what went wrong. The work is done by :mod:`nlp.models.pulls`."""

from collections.abc import Iterable

import streamlit as st

from nlp.errors import PullStopped
from nlp.models import pulls
from nlp.models.catalogue import Hub
from nlp.models.pulls import Pull
from ui.texts import Texts, literal


def under_way() -> tuple[Pull, ...]:
    """The pulls of this process that have not ended."""
    return tuple(pull for pull in pulls.known() if not pull.finished)


def running(entry: Hub) -> Pull | None:
    """The pull of this model, if one is under way."""
    pull = pulls.state(entry.id)
    return pull if pull and not pull.finished else None


def start(entries: Iterable[Hub]) -> None:
    """Begin to fetch these models, one after the other."""
    for entry in entries:
        pulls.start(entry)


def stop(entries: Iterable[Hub]) -> None:
    """Stop fetching these models."""
    for entry in entries:
        if pull := running(entry):
            pull.cancel()


def share(pull: Pull) -> float:
    """How much of a model is here, from 0 to 1; what follows the transfer counts as all of it."""
    progress = pull.progress
    if progress.step in ("converting", "recording"):
        return 1.0
    return min(1.0, progress.done / progress.total) if progress.total else 0.0


def bar(pull: Pull, texts: Texts, *, named: bool = False) -> None:
    """How far a pull is: step, bytes and a bar. ``named``: with the model's name."""
    progress = pull.progress
    key = f"step_{progress.step}" if progress.total or progress.step != "fetching" else "step_resolving"
    text = texts(key, done=texts.size(progress.done), total=texts.size(progress.total))
    st.progress(share(pull), text=literal(f"{pull.entry.id} · {text}" if named else text))


def failure(entry: Hub, texts: Texts) -> str | None:
    """Why the last pull of this model ended early, and what to do; None where it did not."""
    pull = pulls.state(entry.id)
    return texts.error(pull.error) if pull and pull.finished and pull.error else None


def verb(entry: Hub, texts: Texts) -> str:
    """What the button says that fetches this model: for the first time, after a stop or after an error."""
    pull = pulls.state(entry.id)
    if pull is None or pull.error is None:
        return texts("get")
    return texts("resume" if isinstance(pull.error, PullStopped) else "again")


def size(entries: Iterable[Hub], texts: Texts) -> str:
    """The size of these models together, or that it is not known yet."""
    sizes = [entry.bytes for entry in entries]
    known = [bytes for bytes in sizes if bytes is not None]
    return texts.size(sum(known)) if len(known) == len(sizes) else texts("size_unknown")
