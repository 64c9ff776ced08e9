"""The component that shows an article: its title, the summary cards, its key facts, the reader's head and its rows.

One script and one style sheet serve all parts, because they work together: a number in a card and a key fact lead to
sentences in the rows, and the head copies what the rows hold. Words of an article travel as data only.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from nlp.digest import Digest
from nlp.summarization import Summary
from ui import rows
from ui.texts import Texts

_HERE = Path(__file__).parent
_LABELS = (
    "copy",
    "copied",
    "copy_failed",
    "copy_paragraph",
    "evidence",
    "facts",
    "facts_hint",
    "facts_less",
    "facts_more",
    "reader",
    "reader_hint",
    "untranslated_mark",
)

_component = st.components.v2.component(
    "entrefilet",
    css=(_HERE / "aligned.css").read_text("utf-8"),
    js=(_HERE / "aligned.js").read_text("utf-8"),
)


def title(article: str, text: str, language: str, texts: Texts) -> None:
    """The article's headline."""
    _mount("title", article, texts, {"text": text, "language": language})


def cards(article: str, digest: Digest, summary: Summary, texts: Texts) -> None:
    """The summary in both languages, with the headline that is proposed with it."""
    _mount("cards", article, texts, {"cards": rows.cards(digest, summary, texts)})


def facts(article: str, digest: Digest, texts: Texts) -> None:
    """Who, where, how much and when, as chips that lead to the sentences that say so."""
    _mount("facts", article, texts, {"groups": rows.facts(digest, texts), "language": digest.language})


def reader(article: str, digest: Digest, summary: Summary | None, texts: Texts) -> None:
    """The text and its translation, sentence by sentence."""
    both = rows.has_translation(digest)
    numbers = rows.evidence_numbers(summary)
    draft = [texts.notice(warning) for warning in digest.warnings if warning.kind == "draft-model"]
    sides = [{"language": digest.language, "name": texts.language(digest.language), "note": None}]
    if both:
        note = draft[0] if draft else None
        sides.append({"language": digest.target, "name": texts.language(digest.target), "note": note})
    share = None if digest.finished else digest.done / max(1, len(digest.segments))
    with st.container(key="reader", gap=None):
        with st.container(key="reader-head"):
            _mount("head", article, texts, {"sides": sides, "share": share})
        for index, block in enumerate(rows.chunks(digest, texts)):
            shown = {segment["id"] for row in block for segment in row["segments"]}
            data = {
                "index": index,
                "sides": [side["language"] for side in sides],
                "rows": block,
                "numbers": {str(i): number for i, number in numbers.items() if i in shown},
            }
            _mount("rows", article, texts, data, suffix=f"-{index}")


def _mount(role: str, article: str, texts: Texts, data: Mapping[str, Any], *, suffix: str = "") -> None:
    """Show one part of the component."""
    labels = {label: texts(label, number="{number}") for label in _LABELS}
    common = {"role": role, "article": article, "interface": texts.interface, "labels": labels}
    _component(key=f"{role}-{article}{suffix}", data={**common, **data})
