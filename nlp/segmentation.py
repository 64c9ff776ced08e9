"""Sentence boundaries in French and English news text, and the segments of an article.

:func:`sentence_spans` cuts a paragraph into spans that touch: every character belongs to exactly one of them,
so joining them gives the text back, whatever the text. A rule-based splitter: it knows the abbreviations of the
French and English press, initials, decimals, times, list numbers, ellipses, and keeps a quotation whole up to
:data:`LONGEST_QUOTE` characters («…» of several sentences is one segment unless it is very long).
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise

from nlp.article import Article, Segment

LONGEST_QUOTE = 350
"""Characters up to which a quotation is kept in one piece."""

_LONGEST_PARENTHESIS = 120

# Never the end of a sentence.
_TITLES = frozenset(
    "m mm mme mmes mlle mlles mgr me mes dr drs pr prs prof st ste sts mr mrs ms messrs sr col gen sen rep gov"
    " lt capt cf art al p pp no nos n° vol chap fig av bd blvd env ex id ibid tél tel réf ref ph th ch fr"
    " approx resp vs éd ed janv févr fevr avr juil déc dec jan feb aug".split()
)
# The end of a sentence only where a capital follows (never before a figure).
_SOMETIMES_FINAL = frozenset("etc min max hab nov oct sept sep jr inc ltd corp co".split())

# Text copied from a page may have lost the space at the end of a paragraph (« est parti.Le maire »).
_GLUED = (
    r"""(?:(?<=[a-zà-ÿ]{2}[.!?…])|(?<=[a-zà-ÿ]{2}[.!?…]["»])|(?<=[a-zà-ÿ]\.\.\.))"""
    r"""(?=[«“"]?(?!Com\b|Fr\b|Org\b)[A-ZÀ-Þ][a-zà-ÿ]*['’\s])"""
)
_END = re.compile(rf"""(?:\.{{2,}}|…|[.!?]+)(?:\s?[»”]|["’)\]])*(?=\s|$|[•♦]|{_GLUED})""")
_QUOTED = f"{{1,{LONGEST_QUOTE}}}"
_QUOTATION = re.compile(rf"«[^«»]{_QUOTED}»|“[^“”]{_QUOTED}”|(?<!\w)\"(?=\S)[^\"]{_QUOTED}(?<!\s)\"(?!\w)")
_OPENERS = re.compile(r"[«“\"(\[–—\-•*]*\s*")
_LAST_WORD = re.compile(r"[^\s(«“\"'’\-–—/]+$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")
_HESITATIONS = frozenset({"euh", "heu", "ben", "hum"})
# A word that no name begins with: a single letter before it is no initial (« sur X. Il dénonce »).
_STARTERS = re.compile(
    r"(?:[IE]lles?|Ils?|On|Ce|Cet|Cette|Ces|C['’]est|Mais|Et|Or|En|Dans|Pour|Selon|Au|Aux|Une?|Son|Sa|Ses|Puis"
    r"|He|She|It|They|This|That|These|In|But|And)\b"
)


def segments_of(article: Article, languages: Sequence[str]) -> tuple[Segment, ...]:
    """The segments of an article, in order, numbered from 0.

    Args:
        article: the article. Its verbatim paragraphs become one segment each.
        languages: language code of each paragraph.

    Returns:
        Segments without white space around them; only white space lies between them within a paragraph.
    """
    segments: list[Segment] = []
    for index, (paragraph, language) in enumerate(zip(article.paragraphs, languages, strict=True)):
        text = article.part(paragraph)
        spans = [(0, len(text))] if paragraph.verbatim else sentence_spans(text)
        for a, b in spans:
            content = text[a:b].strip()
            if not content:
                continue
            start = paragraph.start + a + text[a:b].index(content)
            segments.append(Segment(len(segments), index, start, start + len(content), paragraph.kind, language))
    return tuple(segments)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Cut ``text`` into sentences.

    Returns:
        Half-open spans (start, end) that touch and cover the text: ``"".join(text[a:b]) == text``. White space
        belongs to the sentence before it. An empty text has no span.
    """
    if not text:
        return []
    quotations = [m.span() for m in _QUOTATION.finditer(text)]
    cuts = []
    start = 0
    for mark in _END.finditer(text):
        if _is_boundary(text, start, mark, quotations):
            start = _after_space(text, mark.end())
            cuts.append(start)
    edges = [0, *cuts, len(text)]
    return [(a, b) for a, b in pairwise(edges) if a < b]


def _after_space(text: str, position: int) -> int:
    """The first position from ``position`` on that holds no white space."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _is_boundary(text: str, start: int, mark: re.Match[str], quotations: Sequence[tuple[int, ...]]) -> bool:
    """Whether the punctuation ``mark``, in a sentence that begins at ``start``, ends that sentence."""
    end = mark.end()
    window = text[end : end + 80]
    following = window.lstrip()
    if not following or following[0] in "»”":
        return False
    opener = _OPENERS.match(following)
    opening = following[opener.end() :] if opener else following
    if not (opening[:1].isupper() or opening[:1].isdigit() or re.match(r"[ie][A-Z]", opening)):
        return False
    around = bisect_left(quotations, (end,)) - 1  # they do not overlap
    if around >= 0 and end < quotations[around][1]:
        return False
    before = text[max(start, mark.start() - 60) : mark.start()]
    found = _LAST_WORD.search(before)
    word = found[0] if found else ""
    if mark[0] == "." and _is_abbreviation(word, before, opening):
        return False
    if mark[0].startswith(("…", "..")) and (word.lower() in _HESITATIONS or following[0].isdigit()):
        return False
    bracket = text.rfind("(", start, end)
    if bracket >= 0 and ")" not in text[bracket:end]:
        closing = text.find(")", end, bracket + _LONGEST_PARENTHESIS)
        if closing >= 0:
            return False
    return True


def _is_abbreviation(word: str, before: str, following: str) -> bool:
    """Whether a full stop after ``word`` belongs to it (M., J. M. Keynes, U.S.A., « 1. Ouvrir »)."""
    lower = word.lower()
    if lower in _TITLES:
        return True
    if lower in _SOMETIMES_FINAL:
        return following[:1].isdigit()
    if _INITIALS.fullmatch(word) and (len(word) > 1 or word.isupper()):
        amount = len(word) == 1 and before[:-1].rstrip()[-1:].isdigit()  # « 30 F. »
        return not (amount or _STARTERS.match(following))
    return word.isdigit() and len(before.strip()) <= 3


_CLAUSE_END = re.compile(
    r"[;:](?=\s)|[,–—](?=\s)|[»”)](?=\s)|\s(?=(?:et|ou|mais|car|que|qui|dont|où|and|or|but|which)\s)"
)
_STRENGTH = {";": 0, ":": 0, ",": 1, "–": 1, "—": 1, "»": 1, "”": 1, ")": 1}


def clause_spans(text: str, fits: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Cut a sentence that is too long for a model into pieces that fit, at clause boundaries where there are any.

    The cut nearest to the middle is taken first, a semicolon before a comma before a conjunction before a space;
    each half is cut again until it fits. A piece without a space that does not fit is halved.

    Args:
        text: one sentence.
        fits: tells whether a piece is short enough; must hold for every text of one character.

    Returns:
        Spans that touch and cover the text, as :func:`sentence_spans`.
    """

    def cut(a: int, b: int) -> list[tuple[int, int]]:
        if b - a < 2 or fits(text[a:b]):
            return [(a, b)]
        middle = (a + b) / 2
        low, high = a + (b - a) // 5, b - (b - a) // 5
        candidates = [
            (_STRENGTH.get(m[0], 2), abs(m.end() - middle), m.end())
            for m in _CLAUSE_END.finditer(text, a, b)
            if low <= m.end() <= high
        ]
        if not candidates:
            candidates = [(3, abs(m.end() - middle), m.end()) for m in re.compile(r"\s+").finditer(text, a, b)]
            candidates = [c for c in candidates if a < c[2] < b]
        at = min(candidates)[2] if candidates else (a + b) // 2
        return cut(a, at) + cut(at, b)

    return cut(0, len(text)) if text else []
