"""The sidebar: everything on the reader's desk, and the ways to put more on it."""

from functools import partial
from pathlib import Path

import streamlit as st

from nlp.worker import Desk, Job, Source, State
from ui import fetching, models, session
from ui.texts import Texts, literal

_MARKS = {State.WAITING: "○", State.RUNNING: "◐", State.DONE: "●", State.STOPPED: "◐", State.FAILED: "⚠"}


def show(desk: Desk, selected: str | None, texts: Texts) -> None:
    """The whole sidebar."""
    with st.container(key="masthead", horizontal=True, vertical_alignment="center"):
        with st.container(key="brand", width="content"):
            st.markdown("Entrefilet:primary[.]")
        st.space("stretch")
        st.segmented_control(
            texts("interface"),
            ("fr", "en"),
            key="lang",
            default=session.default_interface(),
            required=True,
            format_func=str.upper,
            bind="query-params",
        )
    _drop_zone(desk, texts)
    with st.container(key="ways", horizontal=True, gap="small"):
        _paste(desk, texts)
        _samples(desk, texts)
    polling = _changes(desk, selected)
    with st.container(key="jobs", gap="xxsmall"):  # around the fragment: see CONTRIBUTING
        st.fragment(_jobs, run_every=session.POLL_SECONDS if polling else None)(desk, selected, polling, texts)
    with st.container(key="colophon", gap="xsmall"):
        st.button(texts("models"), key="models", type="tertiary", on_click=models.open)
        st.caption(texts("private"))


def _changes(desk: Desk, selected: str | None) -> bool:
    """Whether the list changes by itself: other articles than the selected one are being read, or a model is fetched.

    The selected one shows its own progress, and runs the page when it is done: one poll fewer at a time.
    """
    return any(job.active for job in desk.jobs if job.key != selected) or bool(fetching.under_way())


def _drop_zone(desk: Desk, texts: Texts) -> None:
    """The file uploader; what it receives goes to the desk, and a fresh uploader takes its place."""
    turn = st.session_state.setdefault("drop_turn", 0)
    key = f"drop-{turn}"

    def take() -> None:
        jobs = [desk.submit(Source(file.name, file.getvalue())) for file in st.session_state[key]]
        if jobs:
            session.select(jobs[0].key)
            st.session_state["drop_turn"] = turn + 1

    with st.container(key=f"drop-zone-{texts.interface}"):
        st.file_uploader(texts("drop"), accept_multiple_files=True, key=key, on_change=take)


def _paste(desk: Desk, texts: Texts) -> None:
    """A text area for an article that is no file."""
    popover = st.popover(texts("paste"), type="tertiary", key=f"paste-{_popover_turn()}")
    with popover, st.form("paste", clear_on_submit=True, border=False):
        text = st.text_area(texts("paste_area"), height=260)
        if st.form_submit_button(texts("paste_submit"), type="primary") and text.strip():
            number = st.session_state["pasted"] = st.session_state.get("pasted", 0) + 1
            session.select(desk.submit(Source(texts("pasted_name", number=number), text.encode())).key)
            _close_popovers()
            st.rerun()


def _samples(desk: Desk, texts: Texts) -> None:
    """The sample articles, one button each."""

    def choose(path: Path) -> None:
        session.open_sample(desk, path)
        _close_popovers()

    popover = st.popover(texts("samples"), type="tertiary", key=f"samples-{_popover_turn()}")
    with popover, st.container(key="samples", gap=None):
        for path in session.sample_paths():
            label = literal(session.sample_title(path))
            st.button(label, key=f"sample-{path.name}", type="tertiary", wrap=True, on_click=choose, args=(path,))


def _popover_turn() -> int:
    turn: int = st.session_state.setdefault("popover_turn", 0)
    return turn


def _close_popovers() -> None:
    """An open popover stays open over reruns; under another key it is another one, which is closed."""
    st.session_state["popover_turn"] = _popover_turn() + 1


def _jobs(desk: Desk, selected: str | None, polling: bool, texts: Texts) -> None:
    """One row for each article, and the model that is being fetched. Runs by itself while there is work."""
    job = session.selected(desk)
    if (job.key if job else None) != selected or _changes(desk, selected) != polling:
        st.rerun()
    for job in desk.jobs:
        _row(desk, job, job.key == selected, texts)
    for pull in fetching.under_way()[:1]:
        st.caption(literal(f"↓ {pull.entry.id} · {texts.percent(fetching.share(pull))}"))


def _row(desk: Desk, job: Job, chosen: bool, texts: Texts) -> None:
    """State and title of one article; its second line says how far it is, or what is wrong."""
    title = job.digest.article.title if job.digest else job.source.name
    look = f"{'chosen' if chosen else 'other'}-{job.state}"
    with st.container(key=f"job-{look}-{job.key}", horizontal=True, gap=None, wrap=False, vertical_alignment="center"):
        details = literal(_second_line(job, chosen, texts))
        label = f"{_MARKS[job.state]}\u2002{literal(_shortened(title))}  \n:small[{details}]"
        select, remove = partial(session.select, job.key), partial(desk.remove, job.key)
        st.button(label, key=f"select-{job.key}", type="tertiary", width="stretch", wrap=True, on_click=select)
        st.button("✕", key=f"remove-{job.key}", type="tertiary", help=texts("remove"), on_click=remove)


def _second_line(job: Job, chosen: bool, texts: Texts) -> str:
    """Language, length and progress of an article, or the error's message.

    The chosen one shows its progress itself, and the list is not drawn anew meanwhile.
    """
    if job.error is not None:
        return texts.error(job.error)
    if job.digest is None:
        return texts("reading" if chosen else "state_waiting")
    facts = [texts.language(job.digest.language)] if job.digest.detection else []
    facts.append(texts("words", count=len(job.digest.article.text.split())))
    if job.state is State.WAITING and not chosen:
        facts.append(texts("state_waiting"))
    elif job.state is State.STOPPED:
        facts.append(texts("state_stopped"))
    elif job.state is State.RUNNING and job.digest.segments and not chosen:
        facts.append(texts.percent(job.digest.done / len(job.digest.segments)))
    return " · ".join(facts)


def _shortened(title: str, most: int = 56) -> str:
    return title if len(title) <= most else title[:most].rsplit(" ", 1)[0] + "…"
