"""What can be seen of a sentence that tells whether a journalist would put it into a summary.

Position, length, centrality, wording: the classical features of extractive summarization (Edmundson 1969; Kupiec,
Pedersen & Chen 1995), each a number with a name, so that the weights of :mod:`nlp.summarization.ranker` can be read.
Everything is linear in the length of the article.
"""

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.summarization.cohesion import leans
from nlp.summarization.stopwords import STOPWORDS

TITLE = ("title words", "share of title", "share in title", "rarity in title")
"""Features that need a headline; 0 without one."""

FRENCH = (
    "pronoun",
    "connective",
    "reporting",
    "announcing",
    "dated",
    "promotion",
    "function words",
    "mean rarity",
    "highest rarity",
    "total rarity",
)
"""Features that know French; 0 in other languages."""

NEUTRAL = (
    "first",
    "second",
    "third",
    "lead",
    "slow lead",
    "log position",
    "relative position",
    "last",
    "log words",
    "log words squared",
    "words under 12",
    "words over 25",
    "words over 40",
    "commas",
    "centrality",
    "mean similarity",
    "similarity to lead",
    "similarity to first",
    "similarity to previous",
    "similarity to next",
    "mean frequency",
    "novelty",
    "quoted share",
    "opens quotation",
    "quotation marks",
    "figures",
    "capitalised",
    "capitalised elsewhere",
    "opens in capitals",
    "leans",
    "question",
    "exclamation",
    "colon",
    "parenthesis",
    "first and leaning",
    "first and long",
    "late and long",
    "late and central",
    "late and quoting",
    "late and capitalised",
    "early and similar to lead",
)
"""Features for every language."""

NAMES = (*NEUTRAL, *FRENCH, *TITLE)
"""The columns of :func:`features`."""

_STEM = 6
_LEAD = 3
_WORD = re.compile(r"[^\W_]+")
_NAME = re.compile(r"(?<=[\s'’«“(\"-])[^\W\d_a-zà-ÿ][\w-]+")
_QUOTED = re.compile(r"«[^»]*»?|“[^”]*”?|\"[^\"]*\"?")
_CAPITALS = re.compile(r"[^\W\d_a-zà-ÿ]{3,}")
_PRONOUNS = frozenset(
    "il elle ils elles ce cet cette ces celui celle ceux celles lui leur leurs son sa ses on y en ça cela ceci".split()
)
_CONNECTIVES = frozenset(
    "mais or donc car ainsi puis ensuite enfin toutefois cependant pourtant néanmoins alors aussi également autre"
    " autrement dit par ailleurs reste quant et sinon bref désormais".split()
)
_REPORTING = re.compile(
    r"\ba (?:annoncé|déclaré|affirmé|indiqué|expliqué|précisé|ajouté|assuré|estimé|souligné|confié|raconté|rappelé|dit"
    r"|révélé|écrit|commenté|conclu)\b|\b(?:explique|précise|ajoute|assure|estime|souligne|confie|raconte|rappelle"
    r"|indique|affirme|déclare|conclut|poursuit|rapporte|révèle|annonce|t-(?:il|elle|on))\b"
)
_ANNOUNCING = ("annonc", "révél", "rapport", "selon", "dévoil", "confirm")
_DATED = frozenset(
    "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre"
    " octobre novembre décembre hier aujourd demain".split()
)
_PROMOTION = frozenset("crédit crédits photo photos vidéo vidéos retrouvez abonnez newsletter suivez copyright".split())

Vector = Mapping[str, float]
"""A bag of stems of length 1 (Euclidean), or an empty one."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, taken apart once for all that looks at it.

    ``words`` are its words in lower case, ``stems`` its content words, ``rarity`` the idf of each different stem,
    ``vector`` their tf-idf weights; ``leans`` tells that it cannot stand without the sentence before it.
    """

    text: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    rarity: Mapping[str, float]
    vector: Vector
    leans: bool


def words(text: str) -> list[str]:
    """The words of a sentence, in lower case; an apostrophe parts words."""
    return _WORD.findall(text.lower())


def stems(text: str, language: str) -> list[str]:
    """The content words of a sentence, cut to six letters as a crude stem."""
    return _content(words(text), STOPWORDS.get(language, frozenset()))


def _content(tokens: Sequence[str], stopwords: frozenset[str]) -> list[str]:
    return [w[:_STEM] for w in tokens if w not in stopwords and len(w) > 2]


def buckets(keys: Iterable[str], size: int) -> list[int]:
    """The rows of a table of ``size`` rows (a power of 2) that stand for these keys; others may share them."""
    mask, crc32 = size - 1, zlib.crc32
    return [crc32(key.encode("utf-8", "surrogatepass")) & mask for key in keys]


def analysed(texts: Sequence[str], language: str, idf: NDArray[np.float32] | None) -> list[Sentence]:
    """Sentences, taken apart.

    Args:
        texts: sentences.
        language: code, for the stop words.
        idf: inverse document frequencies by :func:`buckets`; None counts every word alike.
    """
    stopwords = STOPWORDS.get(language, frozenset())
    found = []
    for text in texts:
        tokens = tuple(words(text))
        bag = tuple(_content(tokens, stopwords))
        counts = Counter(bag)
        rarities = [1.0] * len(counts) if idf is None else idf[buckets(counts, len(idf))].tolist()
        rarity = dict(zip(counts, rarities, strict=True))
        vector = _unit({stem: count * rarity[stem] for stem, count in counts.items()})
        found.append(Sentence(text, tokens, bag, rarity, vector, leans(text)))
    return found


def similarity(one: Vector, other: Vector) -> float:
    """Cosine of two vectors, 0 for an empty one."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[stem] for stem, weight in one.items() if stem in other)


def features(sentences: Sequence[Sentence], language: str, title: str | None) -> NDArray[np.float64]:
    """All features of all sentences.

    Args:
        sentences: the body of an article (or a section of it), in order.
        language: its code.
        title: the headline, None where there is none.

    Returns:
        Array (sentences, NAMES); FRENCH and TITLE columns are 0 where they do not apply.
    """
    total = len(sentences)
    unit = [s.vector for s in sentences]
    sum_of_all = _sum(unit)
    centroid, lead = _unit(sum_of_all), _unit(_sum(unit[:_LEAD]))
    size = _size(sum_of_all)
    frequencies = Counter(stem for s in sentences for stem in s.stems)
    names = [_NAME.findall(s.text) for s in sentences]
    name_frequencies = Counter(name for found in names for name in found)
    headline = set(stems(title, language)) if title else set()
    seen: set[str] = set()
    table = np.zeros((total, len(NAMES)))
    for i, sentence in enumerate(sentences):
        text, tokens = sentence.text, sentence.words
        different = sentence.rarity.keys()
        length = math.log1p(len(tokens))
        late = math.log1p(i)
        central = similarity(unit[i], centroid)
        to_lead = similarity(unit[i], lead)
        quoted = sum(map(len, _QUOTED.findall(text))) / max(1, len(text))
        row = [
            i == 0,
            i == 1,
            i == 2,
            1 / (1 + i),
            1 / math.sqrt(1 + i),
            late,
            i / total,
            i == total - 1,
            length,
            length * length,
            max(0, 12 - len(tokens)),
            max(0, len(tokens) - 25),
            max(0, len(tokens) - 40),
            text.count(","),
            central,
            (central * size - 1) / (total - 1) if total > 1 and unit[i] else 0,
            to_lead,
            similarity(unit[i], unit[0]) if i else 0,
            similarity(unit[i], unit[i - 1]) if i else 0,
            similarity(unit[i], unit[i + 1]) if i + 1 < total else 0,
            _average([frequencies[s] for s in sentence.stems]),
            len(different - seen) / max(1, len(different)),
            quoted,
            text[:1] in tuple('«“"'),
            sum(map(text.count, '«“"')),
            sum(w[0].isdigit() for w in tokens),
            len(names[i]),
            _average([name_frequencies[n] for n in names[i]]),
            _CAPITALS.match(text) is not None,
            sentence.leans,
            "?" in text,
            "!" in text,
            ":" in text,
            "(" in text,
            sentence.leans and i == 0,
            length if i == 0 else 0,
            late * length,
            late * central,
            late * quoted,
            late * len(names[i]),
            to_lead / (1 + i),
        ]
        row += _french(sentence) if language == "fr" else [0] * len(FRENCH)
        common = different & headline
        row += [
            len(common),
            len(common) / max(1, len(headline)),
            len(common) / max(1, len(different)),
            sum(sentence.rarity[s] for s in sorted(common)),
        ]
        table[i] = row
        seen |= different
    return table


def _french(sentence: Sentence) -> list[float]:
    """The FRENCH columns of one sentence."""
    text, opening = sentence.text, sentence.words[0] if sentence.words else ""
    rarities = list(sentence.rarity.values())
    return [
        opening in _PRONOUNS,
        opening in _CONNECTIVES,
        _REPORTING.search(text) is not None,
        any(w.startswith(_ANNOUNCING) for w in sentence.words),
        not _DATED.isdisjoint(sentence.words),
        not _PROMOTION.isdisjoint(sentence.words),
        _average([w in STOPWORDS["fr"] for w in sentence.words]),
        _average(rarities),
        max(rarities, default=0),
        sum(rarities),
    ]


def _average(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _sum(bags: Sequence[Vector]) -> dict[str, float]:
    total: dict[str, float] = {}
    for bag in bags:
        for stem, weight in bag.items():
            total[stem] = total.get(stem, 0.0) + weight
    return total


def _size(bag: Vector) -> float:
    """Euclidean length."""
    return math.sqrt(sum(v * v for v in bag.values()))


def _unit(bag: Vector) -> Vector:
    """The direction of a vector, an empty one where it has none."""
    size = _size(bag)
    return {stem: v / size for stem, v in bag.items()} if size else {}
