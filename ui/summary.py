"""The summary under the title: its cards, how long it is, and whether it is made of extracts or rewritten."""

from dataclasses import replace

import streamlit as st

from nlp import summarization
from nlp.digest import Digest
from nlp.summarization import Summary
from nlp.worker import Desk, Job
from ui import aligned, missing, models
from ui.texts import Texts, literal

ENGINES = ("extractive", "abstractive")
"""As in :class:`nlp.digest.Request`."""

NOTICES = frozenset(
    {
        "summary-replaced",
        "summary-refused",
        "summarizer-failed",
        "rewriting-stopped",
        "headline-refused",
        "headline-failed",
    }
)
"""Kinds of notices that are said under the summary."""


def chosen(job: Job, digest: Digest) -> Summary | None:
    """The summary in the length that the reader chose. Extracts are cut once per choice, and never retranslated."""
    length = job.request.sentences
    if digest.summary is None or length in (None, len(digest.summary.sentences)) or _rewriting(job, digest):
        return digest.summary
    asked = (job.key, digest.language, len(digest.segments), length)
    known = st.session_state.get("summary")
    if known is None or known[0] != asked:
        known = (asked, summarization.summarize(digest.article, digest.segments, digest.language, length))
        st.session_state["summary"] = known
    return summarization.with_targets(known[1], digest.translations)


def show(desk: Desk, job: Job, digest: Digest, summary: Summary, texts: Texts) -> None:
    """The cards and, below them, the choices and what was done."""
    aligned.cards(job.key, digest, summary, texts)
    with st.container(key="length", horizontal=True, vertical_alignment="center", gap="medium"):
        if summary.sentences:
            _length(desk, job, digest, summary, texts)
            _engine(desk, job, digest, texts)
            st.caption(_how(job, digest, summary, texts), width="content")
            if summary.headline:
                st.caption(texts("headline_by", id=literal(summary.headline.model)), width="content")
    for notice in digest.warnings:
        if notice.kind in NOTICES:
            st.caption(literal(texts.notice(notice)))


def _length(desk: Desk, job: Job, digest: Digest, summary: Summary, texts: Texts) -> None:
    longest = summarization.longest(digest.segments)
    if longest < 2:
        return
    key = f"length-{job.key}"

    def choose() -> None:
        if job.request.summary == "extractive":
            job.resize(st.session_state[key])
        else:
            desk.submit(job.source, replace(job.request, sentences=st.session_state[key]))

    value = min(max(1, job.request.sentences or len(summary.sentences)), longest)
    st.slider(texts("length"), 1, longest, value, key=key, width=320, on_change=choose)


def _engine(desk: Desk, job: Job, digest: Digest, texts: Texts) -> None:
    """Extracts or new words, where a model can rewrite; otherwise the way to such a model, if there is one."""
    if missing.can_be_rewritten(digest):
        key = f"engine-{job.key}"
        st.segmented_control(
            texts("engine"),
            ENGINES,
            default=job.request.summary,
            required=True,
            format_func=lambda engine: texts(f"engine_{engine}"),
            key=key,
            label_visibility="collapsed",
            on_change=lambda: desk.submit(job.source, replace(job.request, summary=st.session_state[key])),
        )
    elif models.summarizers(digest.language):
        st.button(texts("engine_get"), key=f"engine-get-{job.key}", type="tertiary", on_click=models.open)


def _how(job: Job, digest: Digest, summary: Summary, texts: Texts) -> str:
    """How the summary was made, or that it is being made."""
    if summary.engine == "abstractive":
        return texts("abstractive", id=literal(summary.model or ""))
    if job.active and _rewriting(job, digest):
        return texts("rewriting")
    return texts("extractive")


def _rewriting(job: Job, digest: Digest) -> bool:
    """Whether the summary is to be one that a model rewrites."""
    return job.request.summary == "abstractive" and missing.can_be_rewritten(digest)
