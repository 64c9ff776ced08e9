"""The dialog about models: what is on this machine, what can be fetched, how good each is, and what is under way."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from nlp.errors import EntrefiletError
from nlp.models import catalogue, installation, pulls
from nlp.models.catalogue import Embedded, Entry, Hub, Local, Task
from nlp.models.folders import models_folder
from ui import fetching, session
from ui.texts import Texts, literal

_TESTS = {
    "flores200_devtest": "FLORES-200",
    "orangesum_abstract": "OrangeSum",
    "cnn_dailymail": "CNN/DailyMail",
    "tatoeba": "Tatoeba",
}
_MOST_TESTS = 2


def open() -> None:
    """Ask for the dialog, from a button anywhere on the page."""
    st.session_state["models_dialog"] = "asked"


def asked() -> bool:
    """Whether the page has to run for the dialog to open."""
    return st.session_state.get("models_dialog") == "asked"


def show(texts: Texts) -> None:
    """The dialog, where the reader has asked for it. It stays open over reruns of the page."""
    if st.session_state.get("models_dialog"):
        st.session_state["models_dialog"] = "shown"
        st.dialog(texts("models"), width="large", on_dismiss=_close)(_dialog)(texts)


def summarizers(language: str) -> tuple[Hub, ...]:
    """The models of the catalogue that rewrite summaries in a language, the standard one first."""
    found = (entry for entry in catalogue.hub() if entry.task is Task.SUMMARY and entry.source == language)
    return tuple(sorted(found, key=lambda entry: entry.preference))


def _close() -> None:
    for key in ("models_dialog", "removing", "verified", "wrong_repository"):
        st.session_state.pop(key, None)


def _dialog(texts: Texts) -> None:
    polling = bool(fetching.under_way())
    with st.container():  # around the fragment: see CONTRIBUTING
        st.fragment(_lists, run_every=session.POLL_SECONDS if polling else None)(polling, texts)


def _lists(polling: bool, texts: Texts) -> None:
    """Everything in the dialog. Runs by itself while a model is being fetched."""
    if bool(fetching.under_way()) != polling:
        st.rerun()
    st.caption(f":gray[{texts('models_network', folder=_folder())}]")
    here, absent = [], []
    for entry in catalogue.entries():
        if isinstance(entry, Embedded) or installation.installed(entry):
            here.append(entry)
        elif isinstance(entry, Hub):
            absent.append(entry)
    _group(texts("models_here"), here, texts)
    translators = [entry for entry in absent if entry.task is Task.TRANSLATION]
    french_english = [entry for entry in translators if {entry.source, entry.target} == {"fr", "en"}]
    others = [entry for entry in translators if entry not in french_english]
    _group(texts("models_translation"), french_english, texts)
    _group(texts("models_summary"), [entry for entry in absent if entry not in translators], texts)
    if others:
        others.sort(key=lambda entry: (texts.language(entry.source), entry.target != texts.interface))
        # Its key makes it another one when a pull begins in it, or it would stay as the reader left it.
        busy = any(fetching.running(entry) for entry in others)
        with st.expander(texts("models_others", count=len(others)), expanded=busy, key=f"other-languages-{busy}"):
            for entry in others:
                _row(entry, texts)
    _other(texts)


def _group(heading: str, entries: Sequence[Entry], texts: Texts) -> None:
    if entries:
        st.markdown(f"##### :gray[{heading}]")
        for entry in entries:
            _row(entry, texts)


def _row(entry: Entry, texts: Texts) -> None:
    """One model: what it does and how well, its buttons, and what is happening to it."""
    pull = fetching.running(entry) if isinstance(entry, Hub) else None
    here = isinstance(entry, Embedded) or installation.installed(entry) is not None
    with st.container(key=f"model-{entry.id}", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(key=f"about-{entry.id}", gap=None):
                st.markdown(f"**{_purpose(entry, texts)}**  :small[:gray[{literal(entry.id)}]]")
                st.caption(f":gray[{literal(_facts(entry, texts))}]")
            if pull:
                _button("cancel", entry, texts, pull.cancel)
            elif here:
                _button("verify", entry, texts, partial(_verify, entry))
                if not isinstance(entry, Embedded) and st.session_state.get("removing") != entry.id:
                    _button("remove_model", entry, texts, partial(_ask_to_remove, entry))
            elif isinstance(entry, Hub):
                label = fetching.verb(entry, texts)
                st.button(label, key=f"get-{entry.id}", on_click=fetching.start, args=([entry],))
        if pull:
            fetching.bar(pull, texts)
        elif isinstance(entry, Hub) and not here and (trouble := fetching.failure(entry, texts)):
            st.caption(f":orange[{literal(trouble)}]")
        if st.session_state.get("removing") == entry.id:
            _confirm_removal(entry, texts)
        _verdict(entry, texts)


def _button(label: str, entry: Entry, texts: Texts, action: Callable[[], None]) -> None:
    st.button(texts(label), key=f"{label}-{entry.id}", on_click=action, type="tertiary")


def _purpose(entry: Entry, texts: Texts) -> str:
    """What a model does, in words."""
    if not entry.source:
        return texts("purpose_unknown")
    if entry.task is Task.TRANSLATION:
        return texts.pair(entry.source, entry.target)
    return texts(f"purpose_{entry.task}", language=texts.language_within(entry.source))


def _facts(entry: Entry, texts: Texts) -> str:
    """Whether a model is here, its size, licence, scores, and a word on its quality."""
    here = installation.installed(entry)
    facts = []
    if isinstance(entry, Embedded):
        facts += [texts("model_embedded"), texts.size(entry.bytes)]
    elif here:
        facts += [texts("model_added" if isinstance(entry, Local) else "model_installed"), texts.size(here.bytes)]
    elif isinstance(entry, Hub):
        facts.append(fetching.size([entry], texts))
    if entry.licence:
        facts.append(texts("licence", name=entry.licence))
    facts += [
        f"{re.sub('^ROUGE', 'ROUGE-', measure)} {texts.number(value, 1)} ({_TESTS.get(test, test)})"
        for test, measures in list(entry.scores.items())[:_MOST_TESTS]
        for measure, value in list(measures.items())[:1]
    ]
    note = texts.typeset(entry.note(texts.interface))
    return " · ".join(facts) + (f" — {note}" if note else "")


def _verify(entry: Entry) -> None:
    verdicts = st.session_state.setdefault("verified", {})
    try:
        installation.verify(entry)
        verdicts[entry.id] = None
    except EntrefiletError as error:
        verdicts[entry.id] = error


def _verdict(entry: Entry, texts: Texts) -> None:
    """What verifying or removing brought to light."""
    verdicts = st.session_state.get("verified", {})
    if entry.id in verdicts:
        error = verdicts[entry.id]
        said = f":orange[{literal(texts.error(error))}]" if error else f":green[{texts('verified')}]"
        st.caption(said)


def _ask_to_remove(entry: Entry) -> None:
    st.session_state["removing"] = entry.id


def _confirm_removal(entry: Entry, texts: Texts) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(texts("forget_sure" if isinstance(entry, Local) else "remove_sure"), width="content")
        _button("remove_yes", entry, texts, partial(_remove, entry))
        _button("remove_no", entry, texts, lambda: st.session_state.pop("removing", None))


def _remove(entry: Entry) -> None:
    st.session_state.pop("removing", None)
    verdicts = st.session_state.setdefault("verified", {})
    verdicts.pop(entry.id, None)
    try:
        installation.remove(entry)
    except EntrefiletError as error:
        verdicts[entry.id] = error


def _other(texts: Texts) -> None:
    """Any other repository of the hub, and those that are being fetched without being in a list."""

    def fetch() -> None:
        name = st.session_state["other-repository"].strip()
        entry = _repository(name) if name else None
        st.session_state["wrong_repository"] = bool(name) and entry is None
        if entry:
            fetching.start([entry])

    with st.form("other", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(texts("other_model"), placeholder=texts("other_model_form"), width=360, key="other-repository")
        st.form_submit_button(texts("get"), on_click=fetch)
    if st.session_state.get("wrong_repository"):
        st.caption(f":orange[{texts('other_model_wrong', form=texts('other_model_form'))}]")
    listed = {entry.id for entry in catalogue.entries()}
    for pull in pulls.known():
        if pull.entry.id not in listed and (pull.error or not pull.finished):
            _row(pull.entry, texts)


def _repository(name: str) -> Hub | None:
    """The model of this name on the hub, None where no model can be called so."""
    try:
        entry = catalogue.entry(name)
    except EntrefiletError:
        return None
    return entry if isinstance(entry, Hub) else None


def _folder() -> str:
    """The models folder, as Markdown code."""
    folder = models_folder()
    home = Path.home()
    return f"`{Path('~') / folder.relative_to(home) if folder.is_relative_to(home) else folder}`"
