"""The main part of the page: one article, from its headline to the last line."""

from dataclasses import replace
from functools import partial

import streamlit as st

from nlp import readers
from nlp.digest import Digest, Request
from nlp.errors import InputError
from nlp.export import FORMATS, export, file_name
from nlp.translation import Status
from nlp.worker import Desk, Job, State
from ui import aligned, chip, missing, models, rows, session
from ui import summary as summaries
from ui.texts import Texts, literal

_WORDS_A_MINUTE = 220
_SHOWN_ELSEWHERE = frozenset({"draft-model", "stopped"}) | missing.NOTICES | summaries.NOTICES


def welcome(texts: Texts) -> None:
    """What to do, for a desk without articles."""
    aligned.title("welcome", texts("welcome"), texts.interface, texts)
    st.write(texts("welcome_text", suffixes=", ".join(readers.SUFFIXES)))


def show(desk: Desk, job: Job, texts: Texts) -> None:
    """One article. The part that changes while there is work on it runs by itself until that is over."""
    polling = _changes(job)
    with st.container(key="article"):  # around the fragment: see CONTRIBUTING
        st.fragment(_live, run_every=session.POLL_SECONDS if polling else None)(desk, job.key, polling, texts)


def _changes(job: Job) -> bool:
    """Whether the article changes by itself: it is being read, or a model that it lacks is being fetched."""
    return job.active or (job.digest is not None and missing.waits(job.digest))


def _live(desk: Desk, key: str, polling: bool, texts: Texts) -> None:
    job = desk.get(key)
    if job is None or _changes(job) != polling or models.asked():
        st.rerun()
    # An article that is begun again stays as it was until there is something to show.
    digest = job.digest or (None if job.error else session.last_seen(key))
    if digest is None:
        _unread(desk, job, texts)
    else:
        session.remember(key, digest)
        _article(desk, job, digest, texts)


def _unread(desk: Desk, job: Job, texts: Texts) -> None:
    """An article whose bytes are still waiting, or could not be read."""
    aligned.title(job.key, job.source.name, texts.interface, texts)
    if job.error is None:
        st.caption(texts("queued" if job.state is State.WAITING else "reading"))
        return
    _failure(desk, job, texts("failed"), texts)
    if job.error.kind == "encoding":
        _encoding_choice(desk, job, texts)


def _failure(desk: Desk, job: Job, heading: str, texts: Texts) -> None:
    """What went wrong and what to do, in words."""
    if job.error is not None:
        with st.container(key="failure", gap="xsmall"):
            st.markdown(f"**{heading}**")
            st.markdown(literal(texts.error(job.error)))
            if not isinstance(job.error, InputError):
                st.button(texts("again"), key=f"again-{job.key}", on_click=_resubmit, args=(desk, job, job.request))


def _article(desk: Desk, job: Job, digest: Digest, texts: Texts) -> None:
    """Everything about an article that has been read."""
    aligned.title(job.key, digest.article.title, digest.language, texts)
    summary = summaries.chosen(job, digest)
    with st.container(key="facts", horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(_facts(digest, texts), width="content")
        chip.show(desk, job, digest, texts)
        st.space("stretch")
        _work(desk, job, digest, texts)
        if digest.finished:
            _export(job, replace(digest, summary=summary), texts)
    _failure(desk, job, texts("failed_work"), texts)
    if not job.active:
        missing.show(digest, texts)
    _notes(desk, job, digest, texts)
    if summary is not None:
        summaries.show(desk, job, digest, summary, texts)
    if digest.facts:
        aligned.facts(job.key, digest, texts)
    if digest.segments:
        aligned.reader(job.key, digest, summary, texts)
    if digest.finished:
        st.caption(_last_line(digest, texts))


def _facts(digest: Digest, texts: Texts) -> str:
    count = len(digest.article.text.split())
    minutes = max(1, round(count / _WORDS_A_MINUTE))
    facts = (digest.article.name, texts("words", count=count), texts("reading_time", count=minutes))
    return "\u2002·\u2002".join(literal(fact) for fact in facts)


def _resubmit(desk: Desk, job: Job, request: Request) -> None:
    desk.submit(job.source, request)


def _work(desk: Desk, job: Job, digest: Digest, texts: Texts) -> None:
    """How far the translation is, with the button that stops it, or the one that takes it up again."""
    if job.active:
        st.caption(_progress(job, digest, texts), width="content")
        st.button(texts("cancel"), key=f"cancel-{job.key}", on_click=job.cancel)
    elif job.state is State.STOPPED:
        st.caption(texts("stopped", count=len(digest.segments) - digest.done), width="content")
        st.button(texts("resume"), key=f"resume-{job.key}", on_click=_resubmit, args=(desk, job, job.request))


def _progress(job: Job, digest: Digest, texts: Texts) -> str:
    if job.state is State.WAITING:
        return texts("queued")
    if not digest.done:
        return texts("loading_model")
    if digest.done == len(digest.segments) and job.request.summary == "abstractive":
        return texts("progress_rewriting")
    facts = [texts("progress", done=texts.number(digest.done), total=texts.number(len(digest.segments)))]
    if job.remaining_seconds is not None:
        facts.append(texts("remaining", time=texts.time(max(1, round(job.remaining_seconds)))))
    return " · ".join(facts)


def _export(job: Job, digest: Digest, texts: Texts) -> None:
    """Download buttons; a document is written only when its button is pressed."""
    with st.popover(texts("export"), key=f"export-{job.key}"):
        for suffix, media_type in FORMATS.items():
            st.download_button(
                texts(f"export_{suffix}"),
                data=partial(export, digest, suffix, texts.interface),
                file_name=file_name(digest, suffix),
                mime=media_type,
                key=f"export-{suffix}-{job.key}",
                on_click="ignore",
                type="tertiary",
            )


def _notes(desk: Desk, job: Job, digest: Digest, texts: Texts) -> None:
    """Remarks on the whole article, quietly, and the choice of an encoding where it may be wrong."""
    notes = [warning for warning in digest.warnings if warning.kind not in _SHOWN_ELSEWHERE]
    if not digest.finished:
        notes += digest.article.notices
    doubtful = job.source.encoding is not None or not digest.article.encoding.startswith("utf")
    if not notes and not doubtful:
        return
    with st.container(key="notes", gap="xsmall"):
        for notice in notes:
            st.caption(literal(texts.notice(notice)))
        if doubtful:
            _encoding_choice(desk, job, texts)


def _encoding_choice(desk: Desk, job: Job, texts: Texts) -> None:
    """Read the same bytes in another encoding."""
    key = f"encoding-{job.key}"
    guess = texts("encoding_guess")
    if job.digest is not None and not job.source.encoding:
        guess = f"{guess} ({job.digest.article.encoding})"

    def reread() -> None:
        desk.submit(replace(job.source, encoding=st.session_state[key] or None), job.request)

    choices = ["", *readers.ENCODINGS]
    st.selectbox(
        texts("encoding"),
        choices,
        index=choices.index(job.source.encoding or ""),
        format_func=lambda encoding: encoding or guess,
        key=key,
        width=220,
        on_change=reread,
    )


def _last_line(digest: Digest, texts: Texts) -> str:
    """What happened: sentences, how many to check, seconds, and which model it was."""
    statuses = [t.status if t else Status.UNTRANSLATED for t in digest.translations]
    copied, untranslated = statuses.count(Status.COPIED), statuses.count(Status.UNTRANSLATED)
    facts = [texts("counts", count=len(statuses))]
    facts.append(texts("counts_translated", count=len(statuses) - copied - untranslated))
    if copied:
        facts.append(texts("counts_copied", count=copied))
    if untranslated:
        facts.append(texts("counts_untranslated", count=untranslated))
    suspects = sum(rows.is_suspect(t) for t in digest.translations)
    facts.append(texts("counts_check", count=suspects) if suspects else texts("counts_no_check"))
    line = f"{' · '.join(facts)} — {texts('seconds', time=texts.time(digest.seconds.get('total', 0.0)))}"
    return f"{line} · {literal(digest.translator)}" if digest.translator else line
