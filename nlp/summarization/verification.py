"""Does a rewritten sentence say anything that the passages it rests on do not?

Like :mod:`nlp.checks` these checks see surface text only: figures, dates, names, quotations and negations that came
from nowhere. They miss what needs understanding (who did it to whom), which only reading the evidence can tell.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from nlp.notices import Notice
from nlp.numbers import NUMBER, same_up_to_scale, value
from nlp.summarization.evidence import Passages, Support
from nlp.summarization.features import words
from nlp.summarization.stopwords import STOPWORDS

LEAST_COVERAGE = 0.4
"""Share of a sentence's content words that its evidence must contain for it to be shown at all."""

NEAR_COPY = 0.8
"""Coverage from which everything must stand in the evidence alone; below it, neighbouring sentences count too."""


def examined(sentence: str, source: Passages) -> tuple[Support, tuple[Notice, ...]]:
    """What a sentence of a summary rests on, and what in it the article does not bear out.

    Figures, dates, names, quotations and negations are looked for where the evidence is, not anywhere in the
    article: a name that stands somewhere else in it is as wrong as an invented one.
    """
    support = source.support(sentence)
    return support, unsupported(sentence, source.near(support.segments, 0 if support.coverage >= NEAR_COPY else 1))


def unsupported(sentence: str, passages: Sequence[str]) -> tuple[Notice, ...]:
    """What a sentence states that its passages lack.

    Args:
        sentence: of a summary.
        passages: the text that it must rest on.

    Returns:
        At most one notice of each kind ("unsupported-number", "-date", "-name", "-quote", "-negation"), whose detail
        lists what to check.
    """
    text = "\n".join(passages)
    lacking = {
        "number": _numbers(sentence, text),
        "date": _dates(sentence, text),
        "name": _names(sentence, text),
        "quote": _quotations(sentence, passages),
        "negation": _negations(sentence, text),
    }
    return tuple(
        Notice(f"unsupported-{kind}", "; ".join(dict.fromkeys(found))) for kind, found in lacking.items() if found
    )


_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_DAY_OF_MONTH = re.compile(rf"\b\d{{1,2}}(?:er)? (?:{_MONTHS})\b")
_DATE_WORD = re.compile(rf"\b(?:{_MONTHS}|{_DAYS})\b")
_SPELT = {
    word: str(number)
    for number, spelt in {
        2: "deux two",
        3: "trois three",
        4: "quatre four",
        5: "cinq five",
        6: "six",
        7: "sept seven",
        8: "huit eight",
        9: "neuf nine",
        10: "dix dizaine dizaines ten",
        11: "onze eleven",
        12: "douze douzaine twelve dozen",
        13: "treize thirteen",
        14: "quatorze fourteen",
        15: "quinze quinzaine fifteen",
        16: "seize sixteen",
        20: "vingt vingtaine twenty",
        30: "trente trentaine thirty",
        40: "quarante quarantaine forty",
        50: "cinquante cinquantaine fifty",
        60: "soixante soixantaine sixty",
        70: "septante seventy",
        80: "huitante octante eighty",
        90: "nonante ninety",
    }.items()
    for word in spelt.split()
}
_SPELT_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\b(?!\s(?:cents?|mille|hundred|thousand)\b)")
_HARMLESS = frozenset({"2"})  # « les deux hommes » counts what the passage names one by one


def _numbers(sentence: str, text: str) -> list[str]:
    """Numbers, in figures or spelt out, whose value the text does not have in either form."""
    known = {worth for _, worth in _numbers_in(text)}
    return [
        written
        for written, worth in _numbers_in(_DAY_OF_MONTH.sub(" ", sentence))
        if worth not in known and worth not in _HARMLESS and not any(same_up_to_scale(worth, other) for other in known)
    ]


def _numbers_in(text: str) -> Iterable[tuple[str, str]]:
    """Every number as written, with its value."""
    yield from ((m[0].strip(), value(m[0])) for m in NUMBER.finditer(text))
    for match in _SPELT_WORD.finditer(text.lower()):
        parts = [part for part in match[0].split("-") if part != "et"]
        if parts and all(part in _SPELT or part == "vingts" for part in parts):
            yield match[0], _worth(parts)


def _worth(parts: Sequence[str]) -> str:
    """The value of a number below a hundred from its words (« quatre-vingt-dix », “forty-two”)."""
    if len(parts) > 1 and parts[0] == "quatre" and parts[1].startswith("vingt"):
        return str(80 + sum(int(_SPELT[part]) for part in parts[2:]))
    return str(sum(int(_SPELT.get(part, "20")) for part in parts))


def _dates(sentence: str, text: str) -> list[str]:
    """French dates, months and weekdays that the text lacks (English ones are capitalised, thus names)."""
    rest = _DAY_OF_MONTH.sub(" ", sentence)
    return [
        written
        for written in (*_DAY_OF_MONTH.findall(sentence), *_DATE_WORD.findall(rest))
        if not re.search(rf"(?<!\d){re.escape(written)}(?!\w)", text)
    ]


_NAME = re.compile(r"(?<![\w-])[^\W\d_a-zà-ÿ][\w-]+")
_OPENING = re.compile(r"(?:^|[.!?…:]\s|[«“\"(–—]\s?)\W*$")
_TITLES = {"etat"}  # « le chef de l’État » is the president by another word
_SAME_LETTERS = 5  # so many at its beginning make two forms of a name the same: France, Français


def _names(sentence: str, text: str) -> list[str]:
    """Capitalised words that the text has in no form. What opens a sentence or a quotation is no name by its capital
    alone, but counts where another one follows (first name and surname).
    """
    known = _TITLES | {_folded(word) for word in re.findall(r"[^\W_]+", text)}
    missing = []
    for match in _NAME.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        opens = _OPENING.search(before) is not None
        if opens and (_is_function_word(match[0]) or not _NAME.match(after.lstrip(" "))):
            continue
        parts = [_folded(part) for part in match[0].split("-") if len(part) > 1]
        if not all(_is_known(part, known) for part in parts) and not _is_acronym_of(match[0], text):
            missing.append(match[0])
    return missing


def _is_function_word(word: str) -> bool:
    """Whether a word that opens a sentence owes its capital to that (« Le Monde », “The Times”)."""
    return any(word.lower() in stopwords for stopwords in STOPWORDS.values())


def _folded(word: str) -> str:
    """Lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def _is_known(word: str, known: set[str]) -> bool:
    return word in known or (
        len(word) >= _SAME_LETTERS and any(other.startswith(word[:_SAME_LETTERS]) for other in known)
    )


def _is_acronym_of(name: str, text: str) -> bool:
    """Whether the text spells out an acronym: OMS, Organisation mondiale de la santé."""
    if not (name.isupper() and 2 < len(name) < 8):
        return False
    letters = r"(?:\s(?:de|du|des|la|le|les|et|of|the|for|and|pour)|\s[dl]['’])*\W{1,2}".join(
        rf"{re.escape(letter)}[^\W\d_]+" for letter in _folded(name)
    )
    return re.search(rf"(?<!\w){letters}", _folded(text)) is not None


_QUOTATION = re.compile(r"«([^«»]+)»|“([^“”]+)”|\"([^\"]+)\"")
_ELLIPSIS = re.compile(r"\(?\[?(?:\.\.\.|…)\]?\)?")


def _quotations(sentence: str, passages: Sequence[str]) -> list[str]:
    """Quotations whose words stand nowhere in the passages in that order; an ellipsis parts two of them."""
    running = "".join(
        " ".join(["\n", *(word for passage in passages for word in words(version(passage))), "\n"])
        for version in (str, _without_brackets)
    )
    return [
        quoted.strip()
        for groups in _QUOTATION.findall(sentence)
        for quoted in _ELLIPSIS.split("".join(groups))
        if (wanted := " ".join(words(_without_brackets(quoted)))) and f" {wanted} " not in running
    ]


def _without_brackets(text: str) -> str:
    """A text without what editors put in brackets."""
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", text)


_NEGATION = re.compile(
    r"\b(?:n['’]|ne\s)\S{1,30}(?:\s\S{1,30}){0,3}?\s(?:pas|plus|jamais|rien|aucune?|personne|guère|ni)\b"
    r"|\b(?:aucune?|sans|jamais|non|no|not|never|without|nor|none|cannot)\b|n['’]t\b",
    re.I,
)


def _negations(sentence: str, text: str) -> list[str]:
    """The first negation of a sentence whose passages deny nothing."""
    found = _NEGATION.search(sentence)
    return [found[0]] if found and not _NEGATION.search(text) else []
