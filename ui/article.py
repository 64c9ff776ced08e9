"""The main part of the page: one article, from its headline to the last line."""

from dataclasses import replace
from functools import partial

import streamlit as st

from nlp import readers, summarization
from nlp.digest import Digest, Request
from nlp.errors import InputError
from nlp.export import FORMATS, export, file_name
from nlp.language import NAMES, UNKNOWN, name
from nlp.models import store
from nlp.summarization import Summary
from nlp.translation import Status
from nlp.worker import Desk, Job, State
from ui import aligned, rows, session
from ui.texts import Texts, literal

_WORDS_A_MINUTE = 220
_SHOWN_ELSEWHERE = frozenset({"draft-model", "stopped"})


def welcome(texts: Texts) -> None:
    """What to do, for a desk without articles."""
    aligned.title("welcome", texts("welcome"), texts.interface, texts)
    st.write(texts("welcome_text", suffixes=", ".join(readers.SUFFIXES)))


def show(desk: Desk, job: Job, texts: Texts) -> None:
    """One article. The part that changes while it is translated runs by itself until the work is over."""
    polling = job.active
    st.fragment(_live, run_every=session.POLL_SECONDS if polling else None)(desk, job.key, polling, texts)


def _live(desk: Desk, key: str, polling: bool, texts: Texts) -> None:
    job = desk.get(key)
    if job is None or job.active != polling:
        st.rerun()
    if job.digest is None:
        _unread(desk, job, texts)
    else:
        _article(desk, job, job.digest, texts)


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
    summary = _chosen_summary(job, digest)
    with st.container(key="facts", horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(_facts(digest, texts), width="content")
        if digest.detection is not None:
            _language_chip(desk, job, digest, texts)
        st.space("stretch")
        _work(desk, job, digest, texts)
        if digest.finished:
            _export(job, replace(digest, summary=summary), texts)
    _failure(desk, job, texts("failed_work"), texts)
    _notes(desk, job, digest, texts)
    if summary is not None:
        aligned.cards(job.key, digest, summary, texts)
        _length(job, digest, texts)
    if digest.segments:
        aligned.reader(job.key, digest, summary, texts)
    if digest.finished:
        st.caption(_last_line(digest, texts))


def _facts(digest: Digest, texts: Texts) -> str:
    count = len(digest.article.text.split())
    minutes = max(1, round(count / _WORDS_A_MINUTE))
    facts = (digest.article.name, texts("words", count=count), texts("reading_time", count=minutes))
    return "\u2002·\u2002".join(literal(fact) for fact in facts)


def _language_chip(desk: Desk, job: Job, digest: Digest, texts: Texts) -> None:
    """The article's language, how sure that is, and the way to say otherwise."""
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
        _read_as(desk, job, texts)
        _target_choice(desk, job, digest, texts)


def _read_as(desk: Desk, job: Job, texts: Texts) -> None:
    """Override the language that was detected."""
    codes = ["", *sorted((code for code in NAMES if code != UNKNOWN), key=texts.language)]
    key = f"read-as-{job.key}"
    st.selectbox(
        texts("read_as"),
        codes,
        index=codes.index(job.request.source or ""),
        format_func=lambda code: texts.language(code) if code else texts("read_as_detected"),
        key=key,
        on_change=lambda: _resubmit(desk, job, replace(job.request, source=st.session_state[key] or None, target=None)),
    )


def _target_choice(desk: Desk, job: Job, digest: Digest, texts: Texts) -> None:
    """Another language to translate into, where there are models for several."""
    targets = sorted({entry.target for entry in store.entries() if entry.source == digest.language})
    if len(targets) < 2:
        return
    key = f"target-{job.key}"
    st.selectbox(
        texts("target"),
        targets,
        index=targets.index(digest.target) if digest.target in targets else 0,
        format_func=texts.language,
        key=key,
        on_change=lambda: _resubmit(desk, job, replace(job.request, target=st.session_state[key])),
    )


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


def _chosen_summary(job: Job, digest: Digest) -> Summary | None:
    """The summary in the length that the reader chose: recomputed once per choice, never retranslated."""
    length = st.session_state.get(f"length-{job.key}")
    if digest.summary is None or length is None or length == len(digest.summary.sentences):
        return digest.summary
    asked = (job.key, digest.language, len(digest.segments), length)
    known = st.session_state.get("summary")
    if known is None or known[0] != asked:
        known = (asked, summarization.summarize(digest.article, digest.segments, digest.language, length))
        st.session_state["summary"] = known
    return summarization.with_targets(known[1], digest.translations)


def _length(job: Job, digest: Digest, texts: Texts) -> None:
    """The control for the summary's length, and how the summary was made."""
    longest = summarization.longest(digest.segments)
    with st.container(key="length", horizontal=True, vertical_alignment="center", gap="medium"):
        if digest.summary and longest > 1:
            chosen = min(max(1, len(digest.summary.sentences)), longest)
            st.slider(texts("length"), 1, longest, chosen, key=f"length-{job.key}", width=320)
        if digest.summary and digest.summary.sentences:
            st.caption(texts("extractive"), width="content")


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
