"""The embedded summarizer: the article's own most telling sentences, in their order.

A sentence is worth more the nearer it stands to the beginning of the article or of its section, the more it shares
with the article as a whole (tf centroid; Radev et al. 2004), and the closer it is to a normal length. Sentences are
taken greedily by maximal marginal relevance (Carbonell & Goldstein 1998), so that none repeats another; one that
opens with a pronoun or a connective is taken only together with the sentence before it.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.article import Article, Kind, Segment
from nlp.summarization.stopwords import STOPWORDS
from nlp.summarization.summary import Summary, SummarySentence

DIVERSITY = 0.35
"""Weight of similarity to what is already chosen, against a sentence's own worth."""

_FEWEST_WORDS = 6
_NORMAL_WORDS = range(10, 41)
_LEAD_DECAY, _SECTION_DECAY, _SECTION_WEIGHT = 0.35, 0.9, 0.75
_QUOTE_WEIGHT = 0.8
_QUESTION_WEIGHT = 0.5
_ORPHAN_WEIGHT = 0.3
_STEM = 6
_MOST = 30
_WORD = re.compile(r"[^\W_]+")
_DANGLING = re.compile(
    r"[«“\"\s]*(?:il|ils|elle|elles|celui|celle|ceux|celles|ce|cet|cette|ces|cela|ça|c['’]|lui|leur|leurs|son|sa|ses"
    r"|mais|or|car|donc|ainsi|alors|aussi|pourtant|cependant|toutefois|néanmoins|en effet|d['’]ailleurs|de plus"
    r"|par ailleurs|en revanche|au contraire|du coup|enfin|puis|ensuite|et|y|là|à ce|dans ce|pour ce|une telle|un tel"
    r"|he|she|it|they|this|that|these|those|his|her|their|its|but|and|so|however|moreover|yet|then|thus|also)"
    r"(?![\w-])",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may enter the summary: its words, where it stands, what it is worth by itself."""

    segment: Segment
    words: Counter[str]
    worth: float
    leans_on: int | None
    """Index of the candidate before it, where it cannot stand without that one."""


def default_length(segments: Sequence[Segment]) -> int:
    """How many sentences a summary has when nobody says: from 1 for a brief to 6 for a long report."""
    body = sum(s.kind in (Kind.BODY, Kind.QUOTE) for s in segments)
    if body <= 3:
        return min(body, 1)
    if body <= 8:
        return 2
    return 3 if body <= 40 else min(6, 3 + body // 40)


def longest(segments: Sequence[Segment]) -> int:
    """The most sentences that are worth offering: a third of the body, 30 at most (none without body)."""
    body = sum(s.kind in (Kind.BODY, Kind.QUOTE) for s in segments)
    return min(body, max(1, default_length(segments), min(body // 3, _MOST)))


def summarize(article: Article, segments: Sequence[Segment], language: str, sentences: int | None = None) -> Summary:
    """Choose the sentences of an extractive summary.

    Args:
        article: the article.
        segments: all its segments.
        language: the article's language code; segments in another are left out.
        sentences: how many; by the article's length if None, fewer where the body has fewer.

    Returns:
        The sentences in document order, word for word, each with its own segment as evidence. Titles, headings,
        bylines, datelines, credits, captions and code never enter.
    """
    candidates = _candidates(article, segments, language)
    wanted = default_length(segments) if sentences is None else sentences
    chosen = _chosen(candidates, min(wanted, len(candidates)))
    return Summary(
        "extractive",
        tuple(
            SummarySentence(" ".join(article.part(candidates[i].segment).split()), None, (candidates[i].segment.id,))
            for i in sorted(chosen)
        ),
    )


def _candidates(article: Article, segments: Sequence[Segment], language: str) -> list[_Candidate]:
    """All sentences of the body with their worth; short fragments only where there is nothing else."""
    stopwords = STOPWORDS.get(language, frozenset())
    body = [
        s
        for s in segments
        if s.kind in (Kind.BODY, Kind.QUOTE)
        and s.language == language
        and not article.paragraphs[s.paragraph].verbatim
        and any(c.isalpha() for c in article.part(s))
    ]
    full = [s for s in body if len(article.part(s).split()) >= _FEWEST_WORDS] or body
    words = [_content(article.part(s), stopwords) for s in full]
    centroid: Counter[str] = Counter()
    for counted in words:
        centroid.update(set(counted))
    sections = _sections(segments)
    in_section: Counter[int] = Counter()
    candidates = []
    for i, (segment, counted) in enumerate(zip(full, words, strict=True)):
        text = article.part(segment)
        section = sections[segment.id]
        position = max(
            1 / (1 + _LEAD_DECAY * i), _SECTION_WEIGHT / (1 + _SECTION_DECAY * in_section[section]) if section else 0.0
        )
        in_section[section] += 1
        worth = position * math.sqrt(_cosine(counted, centroid)) * _form(text)
        leans = _DANGLING.match(text) is not None
        follows = i > 0 and full[i - 1].id == segment.id - 1
        if leans and not follows:
            worth *= _ORPHAN_WEIGHT
        candidates.append(_Candidate(segment, counted, worth, i - 1 if leans and follows else None))
    return candidates


def _chosen(candidates: Sequence[_Candidate], wanted: int) -> set[int]:
    """Indices of the sentences to take."""
    chosen: set[int] = set()
    nearest = [0.0] * len(candidates)
    groups = [_with_antecedents(candidates, i) for i in range(len(candidates))]
    while len(chosen) < wanted:
        best: tuple[float, set[int]] | None = None
        for i, whole in enumerate(groups):
            group = whole - chosen
            if i in chosen or len(group) > wanted - len(chosen):
                continue
            value = sum(candidates[k].worth * (1 - DIVERSITY * nearest[k]) for k in group) / len(group)
            if best is None or value > best[0]:
                best = (value, group)
        if best is None:
            break
        chosen |= best[1]
        for i, candidate in enumerate(candidates):
            nearest[i] = max(nearest[i], *(_cosine(candidate.words, candidates[k].words) for k in best[1]))
    return chosen


def _with_antecedents(candidates: Sequence[_Candidate], i: int) -> set[int]:
    """A candidate and those it leans on, directly or through others."""
    group = {i}
    before = candidates[i].leans_on
    while before is not None:
        group.add(before)
        before = candidates[before].leans_on
    return group


def _sections(segments: Sequence[Segment]) -> dict[int, int]:
    """Segment id -> number of headings before it."""
    section = 0
    numbers = {}
    previous = -1
    for segment in segments:
        if segment.kind is Kind.HEADING and segment.paragraph != previous:
            section += 1
        previous = segment.paragraph
        numbers[segment.id] = section
    return numbers


def _content(text: str, stopwords: frozenset[str]) -> Counter[str]:
    """Counts of the content words of a sentence, cut to six letters as a crude stem."""
    return Counter(w[:_STEM] for w in _WORD.findall(text.lower()) if w not in stopwords and len(w) > 2)


def _form(text: str) -> float:
    """Factor for length and form: fragments, monsters, questions and bare quotations make poor summaries."""
    words = len(text.split())
    factor = 1.0
    if words < _NORMAL_WORDS.start:
        factor *= words / _NORMAL_WORDS.start
    elif words >= _NORMAL_WORDS.stop:
        factor *= math.sqrt(_NORMAL_WORDS.stop / words)
    if text.rstrip(' »”"').endswith("?"):
        factor *= _QUESTION_WEIGHT
    if text[:1] in '«“"':
        factor *= _QUOTE_WEIGHT
    return factor


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    """Cosine of two bags of words, 0 for an empty one."""
    if len(one) > len(other):
        one, other = other, one
    dot = sum(count * other[word] for word, count in one.items() if word in other)
    if not dot:
        return 0.0
    return dot / math.sqrt(sum(v * v for v in one.values()) * sum(v * v for v in other.values()))
