"""Who is reading: the desk, the selected article and the language.

Desk and article are named in the page's address, so that a reload finds them again.
"""

from functools import cache
from pathlib import Path

import streamlit as st

from nlp import readers
from nlp.digest import Digest
from nlp.worker import Desk, Job, Source, Worker
from ui.texts import Interface, Texts

SEEDS = Path(__file__).parents[1] / "seeds"
POLL_SECONDS = 0.7
"""How often the page looks at work that is going on."""


@st.cache_resource(show_spinner=False)
def worker() -> Worker:
    """The one worker of this process."""
    return Worker()


def texts() -> Texts:
    """The words in the reader's language: as chosen, otherwise English for an English browser, otherwise French."""
    chosen = (st.session_state.get("lang") or st.query_params.get("lang", "")).lower()
    return Texts("fr") if chosen == "fr" else Texts("en") if chosen == "en" else Texts(default_interface())


def default_interface() -> Interface:
    """The language of the page when the reader has not chosen one."""
    return "en" if (st.context.locale or "").lower().startswith("en") else "fr"


def desk() -> Desk:
    """The reader's desk. A new one opens with the first sample, so that a newcomer sees a finished page."""
    known = st.query_params.get("desk")
    token, found = worker().desk(known)
    if token != known:
        st.query_params["desk"] = token
        st.query_params.pop("article", None)
        if sample_paths():
            open_sample(found, sample_paths()[0])
    return found


def selected(found: Desk) -> Job | None:
    """The job that the reader looks at: the one in the address, otherwise the latest."""
    job = found.get(st.query_params.get("article", ""))
    if job is None and found.jobs:
        job = found.jobs[-1]
    if job is not None:
        found.prefer(job.key)
    return job


def select(key: str) -> None:
    """Look at another article from the next run on."""
    st.query_params["article"] = key


def last_seen(key: str) -> Digest | None:
    """What was last shown of this article, if it was the last one shown."""
    seen: tuple[str, Digest] | None = st.session_state.get("seen")
    return seen[1] if seen and seen[0] == key else None


def remember(key: str, digest: Digest) -> None:
    """Note what is shown of an article, for :func:`last_seen`."""
    st.session_state["seen"] = (key, digest)


def open_sample(found: Desk, path: Path) -> None:
    """Put a sample on the desk and look at it."""
    select(found.submit(Source(path.name, path.read_bytes())).key)


@cache
def sample_paths() -> tuple[Path, ...]:
    """The sample articles, by name."""
    found = (path for path in SEEDS.glob("*") if path.suffix in readers.SUFFIXES and path.name != "README.md")
    return tuple(sorted(found, key=lambda path: path.name))


@cache
def sample_title(path: Path) -> str:
    """The headline of a sample."""
    return readers.read(path.read_bytes(), path.name).title
