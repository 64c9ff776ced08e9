"""Which part each paragraph of a text plays: title, heading, byline, dateline, credit, caption or body.

Newspapers' pages arrive as bare text, with all that surrounds an article run into its first lines. The rules here
are about how such lines look in the French and English press; what they do not recognise is body.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from nlp.article import Kind, Paragraph

TITLE_LENGTH = 90
"""Characters of a title made from the lead."""

_AGENCIES = r"(?:AFP|Reuters|AP|Associated Press|Agence France-Presse|ANSA|Belga|ATS|La Presse canadienne|EFE|dpa)"
_CREDIT_WORDS = (
    r"(?:photos?|cr[ée]dits?(?:\s+photos?)?|photographies?|illustrations?|images?|infographies?|picture|credit)"
)
_CREDIT = re.compile(rf"\(?\s*{_CREDIT_WORDS}\s*[:/]", re.I)
_CREDIT_TAIL = re.compile(r"\s(?=\(?(?:photos?|cr[ée]dits?(?:\s+photos?)?|photographies?|credit)\s*:\s*\S)", re.I)
_CAPTION = re.compile(
    r"\b(?:photos?|cr[ée]dits?|credit)\s*:\s*\S|\((?:image|photo) (?:prétexte|d.illustration|d.archives?)\)"
    r"|\((?:file photo|illustration)\)|©|\b(?:Shutterstock|Getty Images)\b",
    re.I,
)
_BYLINE = re.compile(
    rf"(?:par|by|de notre (?:correspondante?|envoyée? spéciale?)[^.]*|propos recueillis par|texte\s*:)\s+[A-ZÀ-Ý]"
    rf"|\(?(?:avec\s+|with\s+|source\s*:\s*)?{_AGENCIES}(?:[\s,/&et–-]+{_AGENCIES})*\)?$",
    re.I,
)
_MONTHS = (
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|january|february|march"
    r"|april|may|june|july|august|september|october|november|december)"
)
_DATELINE = re.compile(
    rf"(?:publié|mis à jour|modifié|posté|published|updated|posted|date)\b.*\d"
    rf"|(?:le\s+)?(?:\w+di\s+|dimanche\s+)?\d{{1,2}}(?:er)?\s+{_MONTHS}\s+\d{{4}}\b.{{0,20}}$"
    rf"|{_MONTHS}\s+\d{{1,2}},?\s+\d{{4}}\b.{{0,20}}$|\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}\b.{{0,12}}$",
    re.I,
)
_RUN_IN_DATE = re.compile(r"\s*date\s*:?\s+\d{4}(?:-\d{2}){0,2}(?=\s)", re.I)
_HEADING_WORDS, _TITLE_WORDS, _CAPTION_WORDS, _LINE_WORDS = 14, 25, 70, 14


def classified(text: str, paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Give every paragraph its kind, and cut off dates and photo credits that are run into a caption.

    Args:
        text: the article's text.
        paragraphs: spans in order; kinds other than BODY are kept as they are.

    Returns:
        At least as many paragraphs; together they hold the same text but for white space.
    """
    pieces = [piece for paragraph in paragraphs for piece in _run_in_lines_cut_off(text, paragraph)]
    kinds = [p.kind if p.kind is not Kind.BODY else _look(text[p.start : p.end]) for p in pieces]
    if Kind.TITLE not in kinds:
        first = next((i for i, kind in enumerate(kinds) if kind in (Kind.BODY, Kind.HEADING)), None)
        if first is not None and _is_title(text, pieces, kinds, first):
            kinds[first] = Kind.TITLE
    if not {Kind.BODY, Kind.QUOTE} & set(kinds):
        kinds = [Kind.BODY if kind is Kind.HEADING else kind for kind in kinds]
    return tuple(replace(p, kind=kind) for p, kind in zip(pieces, kinds, strict=True))


def title(text: str, paragraphs: Sequence[Paragraph]) -> str:
    """The headline; without one, the first words of the body (or of whatever there is), cut at a word."""
    by_kind = {p.kind: p for p in reversed(paragraphs)}
    chosen = next((by_kind[k] for k in (Kind.TITLE, Kind.BODY, Kind.QUOTE, Kind.HEADING) if k in by_kind), None)
    chosen = chosen or (paragraphs[0] if paragraphs else None)
    if chosen is None:
        return ""
    words = " ".join(text[chosen.start : chosen.end].split())
    if chosen.kind is Kind.TITLE or len(words) <= TITLE_LENGTH:
        return words
    return words[:TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:.–—-«(") + "…"


def _run_in_lines_cut_off(text: str, paragraph: Paragraph) -> list[Paragraph]:
    """A paragraph, with a date before it and a photo credit behind it as paragraphs of their own."""
    if paragraph.kind is not Kind.BODY or paragraph.verbatim:
        return [paragraph]
    before, after = [], []
    start, end = paragraph.start, paragraph.end
    date = _RUN_IN_DATE.match(text, start, end)
    if date:
        before.append(Paragraph(start, date.end(), Kind.DATELINE))
        start = date.end() + len(text[date.end() : end]) - len(text[date.end() : end].lstrip())
    credit = [] if _CREDIT.match(text, start, end) else list(_CREDIT_TAIL.finditer(text, start, end))
    if credit and len(text[start:end].split()) <= _CAPTION_WORDS:
        at = credit[-1].start()
        after.append(Paragraph(credit[-1].end(), end, Kind.CREDIT))
        return [*before, Paragraph(start, at, Kind.CAPTION), *after]
    return [*before, replace(paragraph, start=start, end=end), *after]


def _look(line: str) -> Kind:
    """The kind that a paragraph's own looks give it (never TITLE)."""
    words = len(line.split())
    if not any(c.isalpha() for c in line):
        return Kind.BODY
    if words <= _LINE_WORDS and _CREDIT.match(line):
        return Kind.CREDIT
    if words <= _CAPTION_WORDS and _CAPTION.search(line):
        return Kind.CAPTION
    if words <= _LINE_WORDS and not _ends_sentence(line):
        if _BYLINE.match(line) and (words <= 8 or "," in line):
            return Kind.BYLINE
        if re.fullmatch(rf"{_AGENCIES}\s+{_AGENCIES}", line):
            return Kind.BYLINE
        if _DATELINE.match(line):
            return Kind.DATELINE
        if words <= _HEADING_WORDS and not re.match(r"[-–—•*\d]", line) and not line[:1].islower():
            return Kind.HEADING
    return Kind.BODY


def _ends_sentence(line: str) -> bool:
    return bool(re.search(r"[.!…;,][»”\"’)\]\s]*$", line)) or (line.endswith("?") and len(line.split()) > 9)


def _is_title(text: str, pieces: Sequence[Paragraph], kinds: Sequence[Kind], first: int) -> bool:
    """Whether the first paragraph that is neither date, byline nor caption is the headline of what follows."""
    line = text[pieces[first].start : pieces[first].end]
    if any(kind in (Kind.CAPTION, Kind.BODY) for kind in kinds[:first]):
        return False
    if len(line.split()) > _TITLE_WORDS or re.search(r"[.…;,][»”\"’)\]\s]*$", line):
        return False
    return any(
        kind in (Kind.BODY, Kind.QUOTE) and p.end - p.start > len(line)
        for p, kind in zip(pieces[first + 1 :], kinds[first + 1 :], strict=True)
    )
