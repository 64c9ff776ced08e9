"""A digest as a document: plain text and Markdown for people, JSON for programs."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from nlp import language
from nlp.article import Kind, Paragraph
from nlp.digest import Digest
from nlp.notices import Notice
from nlp.summarization import Origin, SummarySentence

SCHEMA = 1
FORMATS: Mapping[str, str] = {"txt": "text/plain", "md": "text/markdown", "json": "application/json"}
"""Format -> media type."""

_WORDS = {
    "en": {
        "summary": "Summary",
        "article": "Article",
        "translation": "Translation",
        "source": "Source",
        "language": "Language",
        "model": "Translated by",
        "summarizer": "Summary rewritten by",
        "headline": "Proposed headline",
        "headline_writer": "Headline proposed by",
        "warning": "Note",
        "facts": "Key facts",
        "person": "People",
        "organisation": "Organisations",
        "place": "Places",
        "figure": "Figures",
        "date": "Dates",
        "untranslated": "[not translated] ",
        "colon": ": ",
    },
    "fr": {
        "summary": "Résumé",
        "article": "Article",
        "translation": "Traduction",
        "source": "Fichier",
        "language": "Langue",
        "model": "Traduit par",
        "summarizer": "Résumé reformulé par",
        "headline": "Titre proposé",
        "headline_writer": "Titre proposé par",
        "warning": "Note",
        "facts": "Repères",
        "person": "Personnes",
        "organisation": "Organisations",
        "place": "Lieux",
        "figure": "Chiffres",
        "date": "Dates",
        "untranslated": "[non traduit] ",
        "colon": "\u00a0: ",
    },
}


def export(digest: Digest, format: str, interface: str = "en") -> str:
    """The digest in one of FORMATS.

    Args:
        digest: finished or not; what is not translated is marked so.
        format: "txt", "md" or "json".
        interface: language of headings and remarks, "fr" or "en" (JSON has none).

    Raises:
        KeyError: no such format.
    """
    writers: dict[str, Callable[[], str]] = {
        "txt": lambda: _document(digest, interface, mark=""),
        "md": lambda: _document(digest, interface, mark="#"),
        "json": lambda: json.dumps(record(digest), ensure_ascii=False, indent=2) + "\n",
    }
    return writers[format]()


def file_name(digest: Digest, format: str) -> str:
    """A file name for the exported digest, made from the article's: ``article.en.md``."""
    stem = digest.article.name.rsplit(".", 1)[0] or "article"
    safe = re.sub(r"[^\w.-]+", "-", stem).strip("-.") or "article"
    return f"{safe}.{digest.target}.{format}"


def record(digest: Digest, *, summary: bool = True) -> dict[str, Any]:
    """The digest as JSON-ready data (schema 1 of the command line).

    Args:
        digest: a finished digest.
        summary: False leaves the summary and the key facts out.
    """
    article = digest.article
    guess = digest.detection
    chosen = digest.request.source
    alternatives = [
        {"code": g.code, "probability": round(g.probability, 4)} for g in (guess.alternatives if guess else ())
    ]
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "file": article.name,
        "title": article.title,
        "language": {
            "code": digest.language,
            "probability": 1.0 if chosen else round(guess.probability, 4) if guess else 0.0,
            "alternatives": alternatives,
        },
        "target": digest.target,
        "segments": [
            {
                "id": segment.id,
                "paragraph": segment.paragraph,
                "kind": segment.kind.value,
                "start": segment.start,
                "end": segment.end,
                "language": segment.language,
                "source": article.part(segment),
                "target": translation.text if translation else None,
                "status": translation.status.value if translation else "untranslated",
                "flags": _kinds(translation.flags if translation else (Notice("cancelled"),)),
            }
            for segment, translation in zip(digest.segments, digest.translations, strict=True)
        ],
    }
    if summary:
        headline = digest.summary.headline if digest.summary else None
        data["summary"] = {
            "engine": digest.summary.engine if digest.summary else None,
            "headline": {**_sentence(headline), "model": headline.model} if headline else None,
            "sentences": [_sentence(s) for s in (digest.summary.sentences if digest.summary else ())],
        }
        data["facts"] = [
            {"kind": fact.kind.value, "text": fact.text, "segments": list(fact.segments)} for fact in digest.facts
        ]
    data["models"] = {
        "translation": digest.translator,
        "summarization": (digest.summary.model or digest.summary.engine) if digest.summary and summary else None,
    }
    data["seconds"] = {step: round(seconds, 3) for step, seconds in digest.seconds.items()}
    data["warnings"] = [notice.text("en") for notice in digest.warnings]
    return data


def _sentence(sentence: SummarySentence) -> dict[str, Any]:
    """A sentence of the summary, or its headline, as JSON-ready data."""
    return {
        "source": sentence.source,
        "target": sentence.target,
        "evidence": list(sentence.evidence),
        "flags": _kinds(sentence.flags),
    }


def _kinds(notices: Sequence[Notice]) -> list[str]:
    return [str(notice) for notice in notices]


def paragraph_text(digest: Digest, index: int, *, target: bool, mark_untranslated: str = "") -> str:
    """One paragraph, in the source or target language, its sentences joined by spaces.

    Args:
        digest: the digest.
        index: of the paragraph in the article.
        target: whether the translation is wanted; where a sentence has none, its source stands in.
        mark_untranslated: put before a sentence that stands in for its translation.
    """
    paragraph = digest.article.paragraphs[index]
    if not target or paragraph.verbatim:
        return digest.article.part(paragraph)
    sentences = []
    for segment, translation in zip(digest.segments, digest.translations, strict=True):
        if segment.paragraph == index:
            text = translation.text if translation else None
            sentences.append(text if text is not None else mark_untranslated + digest.article.part(segment))
    return " ".join(sentences)


def _document(digest: Digest, interface: str, mark: str) -> str:
    """Title, both summaries, key facts, translation, source. ``mark`` is the heading sign, empty for plain text."""
    words = _WORDS["fr" if interface == "fr" else "en"]
    article = digest.article
    target = language.name(digest.target, interface)
    source = language.name(digest.language, interface)
    literal: Callable[[str], str] = _escaped if mark else str

    def heading(level: int, text: str) -> str:
        return f"{mark * level} {text}" if mark else text.upper() if level > 1 else text

    def labelled(key: str, value: str) -> str:
        return words[key] + words["colon"] + value

    def checked(sentence: SummarySentence) -> list[str]:
        """The notes that stand under a sentence which a model wrote."""
        doubts = () if sentence.origin is Origin.EXTRACT else sentence.flags
        return [labelled("warning", literal(flag.text(interface))) for flag in doubts]

    def paragraph(index: int, paragraph: Paragraph, *, translated: bool) -> str:
        text = paragraph_text(digest, index, target=translated, mark_untranslated=words["untranslated"])
        if paragraph.verbatim and mark:
            return f"```\n{text}\n```"
        text = literal(" ".join(text.split()))
        if not mark:
            return text
        match paragraph.kind:
            case Kind.TITLE | Kind.HEADING:
                return f"### {text}"
            case Kind.QUOTE:
                return f"> {text}"
            case Kind.BODY:
                return text
        return f"*{text}*"

    blocks = [heading(1, literal(article.title))]
    facts = [labelled("source", article.name), labelled("language", f"{source} → {target}")]
    if digest.translator:
        facts.append(labelled("model", digest.translator))
    if digest.summary and digest.summary.model:
        facts.append(labelled("summarizer", digest.summary.model))
    headline = digest.summary.headline if digest.summary else None
    if headline:
        facts.append(labelled("headline_writer", headline.model))
    blocks.append("\n".join(f"- {literal(fact)}" if mark else fact for fact in facts))
    blocks += [labelled("warning", literal(notice.text(interface))) for notice in digest.warnings]
    if digest.summary and digest.summary.sentences:
        blocks.append(heading(2, f"{words['summary']} ({source})"))
        if headline:
            blocks += [labelled("headline", literal(headline.source)), *checked(headline)]
        for sentence in digest.summary.sentences:
            blocks += [literal(sentence.source), *checked(sentence)]
        if all(s.target is not None for s in digest.summary.sentences):
            blocks.append(heading(2, f"{words['summary']} ({target})"))
            if headline and headline.target is not None:
                blocks.append(labelled("headline", literal(headline.target)))
            blocks += [literal(s.target or "") for s in digest.summary.sentences]
    if digest.facts:
        blocks.append(heading(2, words["facts"]))
        lines = [
            labelled(kind, ", ".join(literal(fact.text) for fact in same_kind))
            for kind, same_kind in groupby(digest.facts, lambda fact: fact.kind)
        ]
        blocks.append("\n".join(f"- {line}" if mark else line for line in lines))
    parts = list(enumerate(article.paragraphs))
    if any(t and t.text is not None for t in digest.translations):
        blocks.append(heading(2, f"{words['translation']} ({target})"))
        blocks += [paragraph(i, p, translated=True) for i, p in parts]
    blocks.append(heading(2, f"{words['article']} ({source})"))
    blocks += [paragraph(i, p, translated=False) for i, p in parts]
    return "\n\n".join(blocks) + "\n"


def _escaped(text: str) -> str:
    """Text whose characters mean nothing in Markdown or HTML."""
    escaped = re.sub(r"([\\`*_\[\]<>|~])", r"\\\1", text)
    return re.sub(r"^(\s*)([#+\-]|\d+[.)])(?=\s)", lambda m: m[1] + m[2][:-1] + "\\" + m[2][-1], escaped)
