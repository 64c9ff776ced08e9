"""Key facts of an article: who, which organisations, where, how much, when; each with the sentences that say so."""

from collections import Counter
from collections.abc import Sequence

from nlp.article import Article, Kind, Segment
from nlp.keyfacts import names
from nlp.keyfacts.amounts import amounts, dates
from nlp.keyfacts.fact import FactKind, KeyFact, Mention

__all__ = ["LANGUAGES", "MOST", "FactKind", "KeyFact", "key_facts"]

LANGUAGES = ("fr", "en")
"""Languages whose names, amounts and dates the rules know."""

MOST = 8
"""Most facts of one kind."""


def key_facts(article: Article, segments: Sequence[Segment], language: str) -> tuple[KeyFact, ...]:
    """The people, organisations, places, figures and dates of an article.

    Found by rules and short word lists, without a model, in time linear in the length of the text. Bylines and credits
    are left out, and so are segments in another language than ``language`` (a bilingual text says everything twice).

    Args:
        article: the article.
        segments: its segments.
        language: its language code; other languages than LANGUAGES have no facts.

    Returns:
        Kind by kind in the order of :class:`FactKind`, most often mentioned first, at most MOST of each kind.
    """
    if language not in LANGUAGES:
        return ()
    sentences = [
        (segment.id, article.part(segment))
        for segment in segments
        if segment.language == language and segment.kind not in (Kind.BYLINE, Kind.CREDIT)
    ]
    found = names.mentions(sentences)
    for i, text in sentences:
        found += dates(text, i)
        found += amounts(text, i)
    return tuple(fact for kind in FactKind for fact in _ranked([m for m in found if m.kind is kind]))


def _ranked(mentions: Sequence[Mention]) -> list[KeyFact]:
    """Mentions of one kind as facts, most often mentioned first, then by first mention."""
    texts: dict[str, str] = {}
    places: dict[str, set[int]] = {}
    counts = Counter(mention.key for mention in mentions)
    for mention in mentions:
        texts.setdefault(mention.key, mention.text)
        places.setdefault(mention.key, set()).add(mention.segment)
    order = sorted(counts, key=lambda key: (-counts[key], min(places[key])))
    return [
        KeyFact(next(m.kind for m in mentions if m.key == key), texts[key], tuple(sorted(places[key])))
        for key in order[:MOST]
    ]
