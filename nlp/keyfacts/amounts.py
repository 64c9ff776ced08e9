"""Amounts with their unit, and dates that say a number: in French and English text, by pattern."""

import re
from collections.abc import Iterator

from nlp.keyfacts.fact import FactKind, Mention
from nlp.keyfacts.tokens import folded
from nlp.numbers import value

_SPACE = r"[ \u00a0\u202f\u2009]"
_DIGITS = (
    rf"\d{{1,3}}(?:(?:{_SPACE}|[.,])\d{{3}}(?!\d)){{0,5}}(?:[.,]\d{{1,3}}(?!\d))?|\d{{1,15}}(?:[.,]\d{{1,3}}(?!\d))?"
)
_SCALE = r"(?:millions?|milliards?|billions?|trillions?|bn|Md)"
_CURRENCY = (
    r"(?:euros?|dollars?|francs?|livres|roubles?|yuans?|yens?|roupies?|dirhams?|dinars?|pounds?|rubles?|cents?|pence"
    r"|centimes)"
)
_SIGN = r"[€$£¥]"
_UNIT = (
    r"(?:km/h|km²|km2|km|m²|m2|m³|m3|cm|mm|kg|kWh|MWh|GWh|TWh|MW|GW|kW|°C|hectares?|ha|tonnes?|tons?|kilos?|kilogrammes?"
    r"|grammes?|milligrammes?|litres?|liters?|kilomètres?|kilometres?|kilometers?|mètres?|metres?|meters?"
    r"|centimètres?|millimètres?|miles|pieds|feet|degrés|degrees|points?|barils|barrels|m|%|‰|per cent|percent"
    r"|pour cent)"
)
_ADJECTIVE = r"(?:nouveaux|nouvelles|jeunes|petits|petites|grands|grandes|anciens|anciennes|new|young)"
_AMOUNT = re.compile(
    rf"(?<![\w.,/:\-])(?:[€$£]{_SPACE}?(?P<money>{_DIGITS})(?:{_SPACE}?(?:million|billion|trillion|bn|m)\b)?"
    rf"|(?P<number>{_DIGITS})(?:"
    rf"{_SPACE}?(?:(?:{_SCALE}|M){_SPACE}?)?{_SIGN}"
    rf"|{_SPACE}(?:{_SCALE}{_SPACE}(?:d['’]|de{_SPACE}|of{_SPACE})|[mb]illion{_SPACE})(?P<of>[^\W\d_][^\W\d_A-ZÀ-Þ]+)"
    rf"|{_SPACE}{_SCALE}(?!\w)"
    rf"|{_SPACE}{_CURRENCY}(?![a-zà-ÿ])"
    rf"|{_SPACE}?{_UNIT}(?!\w)"
    rf"|{_SPACE}(?:ans de (?:prison|réclusion)|years in (?:prison|jail))(?!\w)"
    rf"|{_SPACE}(?:{_ADJECTIVE}{_SPACE})?(?P<noun>TER|TGV|[^\W\d_][^\W\d_A-ZÀ-Þ]{{2,}})(?!\d)"
    rf"))"
)
_NEVER_COUNTED = frozenset(
    "ans années mois semaines jours heures minutes secondes fois siècles years months weeks days hours seconds"
    " times dans sous sans après près plus mais puis vers pas très alors moins depuis deux trois six dix this"
    " his its was has less across versus les des aux ses ces nos vos dont mars plusieurs toujours autres"
    " derniers dernières prochains prochaines premiers premières suivants others sets bis ils elles nous vous"
    " is as yes août jusque us avis centuries lors ailleurs jamais chez hors selon nouveaux nouvelles jeunes"
    " petits petites grands grandes anciens anciennes ensuite".split()
)
"""Durations, and words in -s that count nothing."""
_MONTH = (
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)"
)
_WEEKDAY = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
)
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d|[.,]\d)"
_DATE = re.compile(
    rf"(?<![\w/])(?:(?:(?i:{_WEEKDAY}),?{_SPACE})?(?:"
    rf"(?P<day>1er|[12]?\d|3[01]){_SPACE}(?P<month>{_MONTH})(?!\w)(?:,?{_SPACE}(?P<year>{_YEAR}))?"
    rf"|(?P<first>{_MONTH}){_SPACE}(?:(?P<then>[12]?\d|3[01])(?:st|nd|rd|th)?(?![\w.])(?:,?{_SPACE}(?P<late>{_YEAR}))?"
    rf"|(?P<alone>{_YEAR})))"
    rf"|(?P<only>{_YEAR})(?!\w|{_SPACE}?[%€$£]))"
)
_BEFORE_YEAR = re.compile(
    r"(?:^|[^\w])(?:en|depuis|de|à|et|avant|après|fin|début|l['’]an|années?|été|hiver|printemps|automne|dès|entre|courant|trimestre|semestre|rentrée|édition|saison"
    r"|in|since|by|from|to|of|until|before|after|and|between|during)[ \u00a0]$",
    re.I,
)
_AFTER_YEAR = re.compile(rf"{_SPACE}([^\W\d_]{{3,}})")


def amounts(text: str, segment: int) -> Iterator[Mention]:
    """The figures of a sentence: money, percentages, measures, and numbers of counted things (« 1 200 emplois »).

    Ages, durations, times of day, ranks and bare numbers are none.
    """
    dated = [m.span() for m in _dates(text)]
    for found in _AMOUNT.finditer(text):
        if any(a < found.end() and found.start() < b for a, b in dated):
            continue
        noun = found["noun"]
        if noun and not _is_counted(noun, found["number"]):
            continue
        written = found[0]
        if found["of"] and not _is_counted(found["of"], "2"):
            written = written[: found.start("of") - found.start()]
            written = re.sub(r"\s(?:d['’]|de\s|of\s)?$", "", written)
        number = found["number"] or found["money"]
        unit = written.replace(number, "", 1)
        key = f"{value(number)} {folded(unit).rstrip('s')}"
        yield Mention(FactKind.FIGURE, key, written, segment)


def dates(text: str, segment: int) -> Iterator[Mention]:
    """The dates of a sentence: days with their month, months with their year, years after a word such as « en »."""
    for found in _dates(text):
        day = found["day"] or found["then"] or ""
        month = (found["month"] or found["first"] or "").lower()
        year = found["year"] or found["late"] or found["alone"] or found["only"] or ""
        yield Mention(FactKind.DATE, f"{day} {month} {year}".strip(), found[0], segment)


def _dates(text: str) -> Iterator[re.Match[str]]:
    for found in _DATE.finditer(text):
        if found["only"]:
            counted = _AFTER_YEAR.match(text, found.end())
            if not _BEFORE_YEAR.search(text, max(0, found.start() - 14), found.start()):
                continue
            if counted and _is_counted(counted[1], found["only"]):
                continue
        yield found


def _is_counted(noun: str, number: str) -> bool:
    """Whether a word after a number is the plural of something that it counts."""
    if noun in ("people", "men", "women", "children", "TER", "TGV"):
        return True
    return noun[-1] in "sx" and value(number) not in ("0", "1") and noun.lower() not in _NEVER_COUNTED
