"""The chip that says in which language an article is, with the choices that follow from it."""

from dataclasses import replace

import streamlit as st

from nlp.digest import Digest
from nlp.language import NAMES, UNKNOWN, name
from nlp.models import catalogue, store
from nlp.models.catalogue import Entry, Task
from nlp.worker import Desk, Job
from ui.texts import Texts


def show(desk: Desk, job: Job, digest: Digest, texts: Texts) -> None:
    """The article's language, how sure that is, and the ways to say otherwise."""
    detection = digest.detection
    if detection is None:
        return
    if job.request.source:
        label = f"{texts.language(digest.language)} · {texts('language_chosen')}"
    elif digest.language == UNKNOWN:
        label = f":orange[{texts('language_unknown')}]"
    else:
        label = f"{texts.language(digest.language)} :green[**{texts.percent(min(detection.probability, 0.99))}**]"
    with st.container(key="chip", width="content"), st.popover(label):
        guesses = [(detection.code, detection.probability)] if detection.code != UNKNOWN else []
        guesses += [(guess.code, guess.probability) for guess in detection.alternatives]
        if guesses:
            st.caption(texts("language_detected"))
            st.markdown(" · ".join(f"{texts.language(code)} {texts.percent(share)}" for code, share in guesses))
        others = {s.language for s in digest.segments} - {digest.language, UNKNOWN}
        if others:
            st.caption(texts("language_also", names=", ".join(name(code, texts.interface) for code in sorted(others))))
        _source(desk, job, texts)
        translators = [e for e in catalogue.entries() if e.task is Task.TRANSLATION and store.ready(e)]
        _target(desk, job, digest, translators, texts)
        _translator(desk, job, digest, translators, texts)


def _source(desk: Desk, job: Job, texts: Texts) -> None:
    """Override the language that was detected."""
    codes = ["", *sorted((code for code in NAMES if code != UNKNOWN), key=texts.language)]
    key = f"read-as-{job.key}"

    def choose() -> None:
        source = st.session_state[key] or None
        desk.submit(job.source, replace(job.request, source=source, target=None, translator=None))

    st.selectbox(
        texts("read_as"),
        codes,
        index=codes.index(job.request.source or ""),
        format_func=lambda code: texts.language(code) if code else texts("read_as_detected"),
        key=key,
        on_change=choose,
    )


def _target(desk: Desk, job: Job, digest: Digest, translators: list[Entry], texts: Texts) -> None:
    """Another language to translate into, where the models that are ready lead to several."""
    ends = {entry.target for entry in translators} - {digest.language}
    targets = sorted(target for target in ends if store.leads(digest.language, target))
    if len(targets) < 2:
        return
    key = f"target-{job.key}"
    st.selectbox(
        texts("target"),
        targets,
        index=targets.index(digest.target) if digest.target in targets else 0,
        format_func=texts.language,
        key=key,
        on_change=lambda: desk.submit(job.source, replace(job.request, target=st.session_state[key], translator=None)),
    )


def _translator(desk: Desk, job: Job, digest: Digest, translators: list[Entry], texts: Texts) -> None:
    """Another model for the same pair, where several are ready."""
    pair = (digest.language, digest.target)
    ids = [entry.id for entry in translators if (entry.source, entry.target) == pair]
    if len(ids) < 2:
        return
    key = f"translator-{job.key}-{'-'.join(pair)}"
    automatic = texts("automatic", id=store.route(*pair)[0].id)
    st.selectbox(
        texts("translator"),
        ["", *ids],
        index=["", *ids].index(job.request.translator or "") if job.request.translator in ids else 0,
        format_func=lambda model: model or automatic,
        key=key,
        on_change=lambda: desk.submit(job.source, replace(job.request, translator=st.session_state[key] or None)),
    )
