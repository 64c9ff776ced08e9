"""What an article cannot have for want of a model: said in one line, with the button that fetches it there and then."""

from collections.abc import Sequence

import streamlit as st

from nlp.digest import Digest
from nlp.errors import UnknownModel
from nlp.models import catalogue, store
from nlp.models.catalogue import Hub
from nlp.summarization.models import ready_summarizers
from nlp.worker import Desk
from ui import fetching, models
from ui.texts import Texts, literal

NOTICES = frozenset({"missing-pair", "get-models", "no-summarizer"})
"""Kinds of notices whose place the line takes."""


def waits(digest: Digest) -> bool:
    """Whether a model that this article lacks is being fetched now."""
    return any(fetching.running(entry) for entry in (*_for_translation(digest), *_for_summary(digest)))


def catch_up(desk: Desk) -> None:
    """Begin those articles again that lacked a model which is there now."""
    for job in desk.jobs:
        if job.digest is None or job.active:
            continue
        kinds = _kinds(job.digest)
        if ("missing-pair" in kinds and _translatable(job.digest)) or (
            "no-summarizer" in kinds and can_be_rewritten(job.digest)
        ):
            desk.redo(job)


def can_be_rewritten(digest: Digest) -> bool:
    """Whether a model that rewrites summaries in the article's language is ready."""
    return any(entry.source == digest.language for entry in ready_summarizers())


def show(digest: Digest, texts: Texts) -> None:
    """One line for each thing that the article lacks."""
    kinds = _kinds(digest)
    if "missing-pair" in kinds:
        pair = texts.pair(digest.language, digest.target)
        _offer("translation", texts("lacks_translator", pair=pair), _for_translation(digest), texts)
    if "no-summarizer" in kinds:
        language = texts.language_within(digest.language)
        _offer("summary", texts("lacks_summarizer", language=language), _for_summary(digest), texts)


def _offer(what: str, need: str, entries: Sequence[Hub], texts: Texts) -> None:
    with st.container(key=f"missing-{what}", gap="xsmall"):
        under_way = [pull for entry in entries if (pull := fetching.running(entry))]
        if not entries:
            st.markdown(f"{literal(need)} {texts('nothing_helps')}")
            st.button(texts("models_open"), key=f"models-for-{what}", type="tertiary", on_click=models.open)
        elif under_way:
            st.markdown(f"{literal(need)} {texts('is_fetched')}")
            for pull in under_way:
                fetching.bar(pull, texts, named=True)
            st.button(texts("cancel"), key=f"stop-{what}", on_click=fetching.stop, args=(entries,))
        else:
            names = " + ".join(entry.id for entry in entries)
            st.markdown(f"{literal(need)} {texts('needed', count=len(entries), names=literal(names))}")
            for entry in entries:
                if trouble := fetching.failure(entry, texts):
                    st.caption(literal(trouble))
            label = f"{fetching.verb(entries[0], texts)} ({fetching.size(entries, texts)})"
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.button(label, key=f"get-{what}", type="primary", on_click=fetching.start, args=(entries,))
                st.caption(texts("network"), width="content")


def _for_translation(digest: Digest) -> tuple[Hub, ...]:
    return store.missing(digest.language, digest.target) if "missing-pair" in _kinds(digest) else ()


def _for_summary(digest: Digest) -> tuple[Hub, ...]:
    return models.summarizers(digest.language)[:1] if "no-summarizer" in _kinds(digest) else ()


def _kinds(digest: Digest) -> set[str]:
    return {warning.kind for warning in digest.warnings}


def _translatable(digest: Digest) -> bool:
    chosen = digest.request.translator
    try:
        return store.leads(digest.language, digest.target, catalogue.entry(chosen) if chosen else None)
    except UnknownModel:  # a folder that was removed meanwhile
        return False
