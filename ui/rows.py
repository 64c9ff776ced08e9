"""A digest as plain data for the component: rows of the aligned reader, cards of the summary. No Streamlit here."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from nlp.article import Segment
from nlp.digest import Digest
from nlp.notices import Notice
from nlp.summarization import Summary, SummarySentence
from nlp.translation import Status, Translation
from ui.texts import CARD_HEADINGS, Texts

CHUNK = 48
"""Segments of one block of rows, roughly: small enough for the browser to take in without a pause."""

LONGEST_ROW = 12
"""Segments of one row: of a longer paragraph, equal things would no longer stand at equal heights."""

_NOT_SUSPECT = frozenset({"split"})
_ABOUT_WORDING = ("unsupported-", "replaced")
_WITHOUT_REMARK = frozenset({"no-letters", "names-only", "verbatim", "no-translator"})

Row = dict[str, Any]
Card = dict[str, Any]


def is_suspect(translation: Translation | None) -> bool:
    """Whether a reader should check this sentence against its source."""
    if translation is None or translation.status in (Status.COPIED, Status.UNTRANSLATED):
        return False
    return any(flag.kind not in _NOT_SUSPECT for flag in translation.flags)


def has_translation(digest: Digest) -> bool:
    """False where no model was there: the reader then shows the text alone."""
    return not digest.finished or digest.translator is not None


def chunks(digest: Digest, texts: Texts) -> Iterator[list[Row]]:
    """The rows, one for each paragraph with text (several for a very long one), in blocks of about CHUNK segments."""
    block: list[Row] = []
    segments = 0
    for _, group in groupby(digest.segments, key=lambda segment: segment.paragraph):
        paragraph = list(group)
        for start in range(0, len(paragraph), LONGEST_ROW):
            part = paragraph[start : start + LONGEST_ROW]
            block.append(_row(digest, part, texts, goes_on=start > 0))
            segments += len(part)
            if segments >= CHUNK:
                yield block
                block, segments = [], 0
    if block:
        yield block


def _row(digest: Digest, segments: Sequence[Segment], texts: Texts, *, goes_on: bool) -> Row:
    """One paragraph: its segments with what stands before them, their translations and remarks.

    ``goes_on`` tells that the row continues the paragraph of the row before it.
    """
    paragraph = digest.article.paragraphs[segments[0].paragraph]
    cells: list[dict[str, Any]] = []
    remarks: dict[str, dict[str, Any]] = {}
    position = segments[0].start
    for segment in segments:
        translation = digest.translations[segment.id]
        state = _state(digest, translation)
        cells.append(
            {
                "id": segment.id,
                "gap": digest.article.text[position : segment.start],
                "source": digest.article.part(segment),
                "language": segment.language if segment.language not in (digest.language, "und") else None,
                "target": translation.text if translation else None,
                "state": state,
            }
        )
        position = segment.end
        for remark in _remarks(translation, state, texts):
            remarks.setdefault(remark, {"segment": segment.id, "text": remark, "check": state == "check"})
    return {
        "kind": paragraph.kind.value,
        "verbatim": paragraph.verbatim,
        "goes_on": goes_on,
        "segments": cells,
        "remarks": list(remarks.values()),
    }


def _state(digest: Digest, translation: Translation | None) -> str:
    """How the component draws a translation: done, check, copied, missing or pending."""
    if translation is None:
        return "missing" if digest.finished else "pending"
    if translation.text is None:
        return "missing"
    if translation.status is Status.COPIED:
        return "copied"
    return "check" if is_suspect(translation) else "done"


def _remarks(translation: Translation | None, state: str, texts: Texts) -> list[str]:
    """What is said under a translation, in words."""
    if translation is None:
        return [texts("not_translated")] if state == "missing" else []
    return [texts.notice(flag) for flag in translation.flags if flag.kind not in _WITHOUT_REMARK]


def evidence_numbers(summary: Summary | None) -> dict[int, int]:
    """Segment id -> its number among the evidence of a summary, in order of appearance from 1."""
    numbers: dict[int, int] = {}
    for sentence in (summary.headline, *summary.sentences) if summary else ():
        for segment in sentence.evidence if sentence else ():
            numbers.setdefault(segment, len(numbers) + 1)
    return numbers


def cards(digest: Digest, summary: Summary, texts: Texts) -> list[Card]:
    """The summary in the article's language and, where the article is translated, in the target language.

    Where a headline is proposed, its cards come first, in the same languages.
    """
    numbers = evidence_numbers(summary)
    headline = _pair("headline", [summary.headline], numbers, digest, texts) if summary.headline else []
    return headline + _pair("summary", summary.sentences, numbers, digest, texts)


def _pair(
    kind: str, sentences: Sequence[SummarySentence], numbers: Mapping[int, int], digest: Digest, texts: Texts
) -> list[Card]:
    """The cards of some sentences, one for each language."""
    marks = [[{"number": numbers[i], "segment": i} for i in s.evidence] for s in sentences]
    source = _card(
        kind,
        digest.language,
        [
            {"text": s.source, "marks": m, "remarks": _doubts(s.flags, texts, of_source=True)}
            for s, m in zip(sentences, marks, strict=True)
        ],
        None if sentences else texts("summary_none"),
        texts,
    )
    if not has_translation(digest) or not sentences:
        return [source]
    complete = all(s.target is not None for s in sentences)
    target = _card(
        kind,
        digest.target,
        [
            {"text": s.target, "marks": m, "remarks": _doubts(s.flags, texts)}
            for s, m in zip(sentences, marks, strict=True)
        ]
        if complete
        else [],
        None if complete else texts(f"{kind}_untranslated" if digest.finished else "summary_pending"),
        texts,
    )
    return [source, target]


def _doubts(flags: Sequence[Notice], texts: Texts, *, of_source: bool = False) -> list[dict[str, Any]]:
    """What is said under a sentence of a summary: everything, or only what concerns its wording in the source."""
    return [
        {"text": texts.notice(flag), "check": flag.kind != "replaced"}
        for flag in flags
        if flag.kind not in _NOT_SUSPECT and (not of_source or flag.kind.startswith(_ABOUT_WORDING))
    ]


def facts(digest: Digest, texts: Texts) -> list[Card]:
    """The key facts by kind, each with the segments that mention it."""
    return [
        {
            "label": texts(f"facts_{kind}"),
            "facts": [
                {
                    "text": fact.text,
                    "segments": list(fact.segments),
                    "label": f"{fact.text}, {texts('counts', count=len(fact.segments))}",
                }
                for fact in group
            ],
        }
        for kind, group in groupby(digest.facts, key=lambda fact: fact.kind)
    ]


def _card(kind: str, language: str, sentences: list[dict[str, Any]], placeholder: str | None, texts: Texts) -> Card:
    heading = CARD_HEADINGS[kind].get(language)
    return {
        "kind": kind,
        "language": language,
        "heading": heading or texts(f"{kind}_in", language=texts.language(language)),
        "heading_language": language if heading else texts.interface,
        "sentences": sentences,
        "placeholder": placeholder,
    }
