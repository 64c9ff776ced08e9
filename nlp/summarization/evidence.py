"""Which sentences of an article a sentence of its summary rests on.

Evidence is found by the words the two share: the few sentences that together cover most of the content words of the
rewritten one (a greedy set cover; the nearest of them by the same measure as in Lebanoff et al. 2019, who found that
most sentences of human summaries come from one or two source sentences). An extract is its own evidence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.article import Article, Kind, Segment
from nlp.summarization.features import stems, words

MOST = 3
"""Sentences of the article that one sentence of a summary may be woven from."""

_LEAST_GAIN = 2  # content words for which another sentence is worth showing as evidence


@dataclass(frozen=True, slots=True)
class Support:
    """What a sentence rests on.

    Attributes:
        segments: ids of the sentences, in document order; empty if no content word is shared.
        coverage: share of its content words and figures that stand in them, from 0 to 1.
    """

    segments: tuple[int, ...]
    coverage: float


class Passages:
    """The running text of an article, sentence by sentence, to look for evidence in.

    Args:
        article: the article.
        segments: those of its segments that are running text (:func:`running_text`).
        language: its code, for the stop words.
    """

    def __init__(self, article: Article, segments: Sequence[Segment], language: str) -> None:
        self.segments = tuple(segments)
        self.texts = tuple(" ".join(article.part(segment).split()) for segment in segments)
        self._language = language
        self._terms = tuple(terms(text, language) for text in self.texts)

    def support(self, sentence: str) -> Support:
        """The few passages that cover most of a sentence."""
        wanted = terms(sentence, self._language)
        left = set(wanted)
        found: list[int] = []
        while left and len(found) < MOST:
            best = max(range(len(self._terms)), key=lambda i: len(left & self._terms[i]), default=None)
            gain = len(left & self._terms[best]) if best is not None else 0
            if best is None or gain < (_LEAST_GAIN if found else 1):
                break
            found.append(best)
            left -= self._terms[best]
        coverage = 1 - len(left) / len(wanted) if wanted else 0.0
        return Support(tuple(self.segments[i].id for i in sorted(found)), coverage)

    def nearest(self, sentence: str) -> list[int]:
        """Positions of the passages that share anything with a sentence, the most similar (Dice) first."""
        wanted = terms(sentence, self._language)
        likeness = [2 * len(wanted & found) / max(1, len(wanted) + len(found)) for found in self._terms]
        return sorted((i for i, value in enumerate(likeness) if value), key=lambda i: -likeness[i])

    def near(self, ids: Sequence[int], reach: int) -> list[str]:
        """The texts of these segments and of as many neighbours on either side as ``reach`` says."""
        ids_near = {i + step for i in ids for step in range(-reach, reach + 1)}
        return [text for segment, text in zip(self.segments, self.texts, strict=True) if segment.id in ids_near]


def running_text(article: Article, segments: Sequence[Segment], language: str) -> list[Segment]:
    """The sentences that a summary may be made of: no titles, headings, bylines, credits, captions or code.

    Args:
        article: the article.
        segments: all its segments.
        language: the article's language code; segments in another are left out.
    """
    return [
        segment
        for segment in segments
        if segment.kind in (Kind.BODY, Kind.QUOTE)
        and segment.language == language
        and not article.paragraphs[segment.paragraph].verbatim
        and any(c.isalpha() for c in article.part(segment))
    ]


def terms(text: str, language: str) -> set[str]:
    """Content words and figures."""
    return {*stems(text, language), *(word for word in words(text) if word.isdigit())}
