"""What can be seen of a sentence that tells whether a journalist would put it into a summary.

Position, length, centrality, wording: the classical features of extractive summarization (Edmundson 1969; Kupiec,
Pedersen & Chen 1995), each a number with a name, so that the weights of :mod:`nlp.summarization.ranker` can be read.
Everything is linear in the length of the article.
"""

import math
import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

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
    "log sentences",
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

LEANING = re.compile(
    r"[«“\"\s]*(?:il|ils|elle|elles|celui|celle|ceux|celles|ce|cet|cette|ces|cela|ça|c['’]|lui|leur|leurs|son|sa|ses"
    r"|mais|or|car|donc|ainsi|alors|aussi|pourtant|cependant|toutefois|néanmoins|en effet|d['’]ailleurs|de plus"
    r"|par ailleurs|en revanche|au contraire|du coup|enfin|puis|ensuite|et|y|là|à ce|dans ce|pour ce|une telle|un tel"
    r"|he|she|it|they|this|that|these|those|his|her|their|its|but|and|so|however|moreover|yet|then|thus|also)"
    r"(?![\w-])",
    re.I,
)
"""How a sentence opens that cannot be understood without the one before it."""

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
_ANNOUNCING = re.compile(r"\b(?:annonc\w+|révél\w+|rapport\w+|selon|d['’]après|dévoil\w+|confirm\w+)\b", re.I)
_DATED = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|février|mars|avril|mai|juin|juillet|août"
    r"|septembre|octobre|novembre|décembre|hier|aujourd['’]hui|demain)\b",
    re.I,
)
_PROMOTION = re.compile(
    r"\b(?:crédits?|photos?|vidéos?|retrouvez|abonnez|lire aussi|voir aussi|newsletter|suivez|copyright)\b|©", re.I
)

Vector = Mapping[str, float]
"""A bag of stems of length 1 (Euclidean), or an empty one."""


def words(text: str) -> list[str]:
    """The words of a sentence, in lower case; an apostrophe parts words."""
    return _WORD.findall(text.lower())


def stems(text: str, language: str) -> list[str]:
    """The content words of a sentence, cut to six letters as a crude stem."""
    stopwords = STOPWORDS.get(language, frozenset())
    return [w[:_STEM] for w in words(text) if w not in stopwords and len(w) > 2]


def bucket(key: str, size: int) -> int:
    """The row of a table of ``size`` rows (a power of 2) that stands for ``key``; others may share it."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) & (size - 1)


def vectors(sentences: Sequence[str], language: str, idf: NDArray[np.float32] | None) -> list[Vector]:
    """The tf-idf vector of each sentence, of length 1.

    Args:
        sentences: texts.
        language: code, for the stop words.
        idf: inverse document frequencies by :func:`bucket`; None counts every word alike.
    """
    found = []
    for sentence in sentences:
        counts = Counter(stems(sentence, language))
        found.append(_unit({s: c * _rarity(s, idf) for s, c in counts.items()}))
    return found


def similarity(one: Vector, other: Vector) -> float:
    """Cosine of two vectors of :func:`vectors`, 0 for an empty one."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[stem] for stem, weight in one.items() if stem in other)


def features(
    sentences: Sequence[str], language: str, title: str | None, idf: NDArray[np.float32] | None
) -> NDArray[np.float64]:
    """All features of all sentences.

    Args:
        sentences: the body of an article (or a section of it), in order.
        language: its code.
        title: the headline, None where there is none.
        idf: as for :func:`vectors`.

    Returns:
        Array (sentences, NAMES); FRENCH and TITLE columns are 0 where they do not apply.
    """
    total = len(sentences)
    bags = [stems(s, language) for s in sentences]
    unit = vectors(sentences, language, idf)
    centroid, lead = _mean(unit), _mean(unit[:_LEAD])
    size = _size(unit)
    frequencies = Counter(stem for bag in bags for stem in bag)
    names = [_NAME.findall(s) for s in sentences]
    name_frequencies = Counter(name for found in names for name in found)
    headline = set(stems(title, language)) if title else set()
    seen: set[str] = set()
    table = np.zeros((total, len(NAMES)))
    for i, sentence in enumerate(sentences):
        tokens = words(sentence)
        different = set(bags[i])
        length = math.log1p(len(tokens))
        late = math.log1p(i)
        central = similarity(unit[i], centroid)
        to_lead = similarity(unit[i], lead)
        quoted = sum(map(len, _QUOTED.findall(sentence))) / max(1, len(sentence))
        leans = LEANING.match(sentence) is not None
        row = [
            i == 0,
            i == 1,
            i == 2,
            1 / (1 + i),
            1 / math.sqrt(1 + i),
            late,
            i / total,
            i == total - 1,
            math.log(total),
            length,
            length * length,
            max(0, 12 - len(tokens)),
            max(0, len(tokens) - 25),
            max(0, len(tokens) - 40),
            sentence.count(","),
            central,
            (central * size - 1) / (total - 1) if total > 1 and unit[i] else 0,
            to_lead,
            similarity(unit[i], unit[0]) if i else 0,
            similarity(unit[i], unit[i - 1]) if i else 0,
            similarity(unit[i], unit[i + 1]) if i + 1 < total else 0,
            _average([frequencies[s] for s in bags[i]]),
            len(different - seen) / max(1, len(different)),
            quoted,
            sentence[:1] in tuple('«“"'),
            sum(map(sentence.count, '«“"')),
            sum(w[0].isdigit() for w in tokens),
            len(names[i]),
            _average([name_frequencies[n] for n in names[i]]),
            _CAPITALS.match(sentence) is not None,
            leans,
            "?" in sentence,
            "!" in sentence,
            ":" in sentence,
            "(" in sentence,
            leans and i == 0,
            length if i == 0 else 0,
            late * length,
            late * central,
            late * quoted,
            late * len(names[i]),
            to_lead / (1 + i),
        ]
        row += _french(sentence, tokens, different, idf) if language == "fr" else [0] * len(FRENCH)
        common = different & headline
        row += [
            len(common),
            len(common) / max(1, len(headline)),
            len(common) / max(1, len(different)),
            sum(_rarity(s, idf) for s in common),
        ]
        table[i] = row
        seen |= different
    return table


def _french(sentence: str, tokens: Sequence[str], different: set[str], idf: NDArray[np.float32] | None) -> list[float]:
    """The FRENCH columns of one sentence."""
    opening = tokens[0] if tokens else ""
    rarities = [_rarity(s, idf) for s in sorted(different)]
    return [
        opening in _PRONOUNS,
        opening in _CONNECTIVES,
        _REPORTING.search(sentence) is not None,
        _ANNOUNCING.search(sentence) is not None,
        _DATED.search(sentence) is not None,
        _PROMOTION.search(sentence) is not None,
        _average([w in STOPWORDS["fr"] for w in tokens]),
        _average(rarities),
        max(rarities, default=0),
        sum(rarities),
    ]


def _rarity(stem: str, idf: NDArray[np.float32] | None) -> float:
    return 1.0 if idf is None else float(idf[bucket(stem, len(idf))])


def _average(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _sum(bags: Sequence[Vector]) -> dict[str, float]:
    total: dict[str, float] = {}
    for bag in bags:
        for stem, weight in bag.items():
            total[stem] = total.get(stem, 0.0) + weight
    return total


def _size(bags: Sequence[Vector]) -> float:
    """Euclidean length of the sum of vectors."""
    return math.sqrt(sum(v * v for v in _sum(bags).values()))


def _mean(bags: Sequence[Vector]) -> Vector:
    """The direction of the mean of vectors."""
    return _unit(_sum(bags))


def _unit(bag: dict[str, float]) -> Vector:
    size = math.sqrt(sum(v * v for v in bag.values()))
    return {stem: v / size for stem, v in bag.items()} if size else {}
