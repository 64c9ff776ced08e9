"""The embedded summarizer: the article's own most telling sentences, in their order.

A linear model trained on French news gives each sentence its worth (:mod:`nlp.summarization.ranker`); where an article
has sections, each is also judged as an article under its own heading, so that a report is not summed up by its
introduction. Sentences are taken greedily by maximal marginal relevance (Carbonell & Goldstein 1998), so that none
repeats another; one that leans on what was said before (:mod:`nlp.summarization.cohesion`) is taken only together with
the sentence before it.
"""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.article import Article, Kind, Segment
from nlp.summarization import ranker
from nlp.summarization.evidence import running_text
from nlp.summarization.features import Sentence, Vector, similarity
from nlp.summarization.summary import Summary, SummarySentence

REPETITION = 2.0
"""What a sentence loses that says the same as one already chosen (in proportion, if it is only similar)."""

_FEWEST_WORDS = 6
_FEWEST_HEADINGS = 3  # fewer are the cross-headings of one story, not sections with a lead of their own
_SECTION_HANDICAP = 0.5
_INCOMPLETE = 8.0
_MOST = 30


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that may enter the summary: its words, what it is worth by itself."""

    segment: Segment
    words: Vector
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


def eligible(article: Article, segments: Sequence[Segment], language: str) -> list[Segment]:
    """The sentences that may enter a summary; short fragments only where there is nothing else."""
    body = running_text(article, segments, language)
    return [s for s in body if len(article.part(s).split()) >= _FEWEST_WORDS] or body


def _candidates(article: Article, segments: Sequence[Segment], language: str) -> list[_Candidate]:
    """All eligible sentences with their worth."""
    body = eligible(article, segments, language)
    if not body:
        return []
    sentences = ranker.load().analysed([article.part(s) for s in body], language)
    worths = _worths(article, segments, body, sentences, language)
    candidates = []
    for i, (segment, sentence) in enumerate(zip(body, sentences, strict=True)):
        follows = i > 0 and body[i - 1].id == segment.id - 1
        incomplete = (sentence.leans and not follows) or sentence.text.endswith(":")
        worth = worths[i] - (_INCOMPLETE if incomplete else 0)
        candidates.append(_Candidate(segment, sentence.vector, worth, i - 1 if sentence.leans and follows else None))
    return candidates


def _worths(
    article: Article, segments: Sequence[Segment], body: Sequence[Segment], sentences: Sequence[Sentence], language: str
) -> list[float]:
    """What each sentence is worth in the article or, in a report, in its section, if that is more."""
    judge = ranker.load()
    title = " ".join(article.part(p) for p in article.paragraphs if p.kind is Kind.TITLE)
    worths = list(map(float, judge.worths(sentences, language, title or None)))
    headings = sorted({s.paragraph for s in segments if s.kind is Kind.HEADING})
    if len(headings) < _FEWEST_HEADINGS:
        return worths
    sections: dict[int, list[int]] = {}
    for i, segment in enumerate(body):
        sections.setdefault(bisect(headings, segment.paragraph), []).append(i)
    for number, members in sections.items():
        if number:
            heading = article.part(article.paragraphs[headings[number - 1]])
            inside = judge.worths([sentences[i] for i in members], language, heading)
            for i, worth in zip(members, inside, strict=True):
                worths[i] = max(worths[i], float(worth) - _SECTION_HANDICAP)
    return worths


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
            value = sum(candidates[k].worth - REPETITION * nearest[k] for k in group) / len(group)
            if best is None or value > best[0]:
                best = (value, group)
        if best is None:
            break
        chosen |= best[1]
        for i, candidate in enumerate(candidates):
            nearest[i] = max(nearest[i], *(similarity(candidate.words, candidates[k].words) for k in best[1]))
    return chosen


def _with_antecedents(candidates: Sequence[_Candidate], i: int) -> set[int]:
    """A candidate and those it leans on, directly or through others."""
    group = {i}
    before = candidates[i].leans_on
    while before is not None:
        group.add(before)
        before = candidates[before].leans_on
    return group
