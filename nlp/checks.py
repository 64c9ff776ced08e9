"""Is an answer of a model credible? Cheap signs that something was lost, invented or repeated.

The checks see surface text only. They find what readers are hurt by most (a figure gone, a name gone, half a
sentence gone, a loop) and miss what needs understanding (a negation gone).
"""

import re
from collections import Counter

from nlp.name_check import missing_names
from nlp.notices import Notice
from nlp.numbers import NUMBER, same_up_to_scale, value

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_FEWEST_CHARACTERS = 25
_SHORTEST, _LONGEST = 0.4, 2.4
_LOOP_WORDS, _LOOP_REPEATS = 3, 4

# Figures that a translation rightly writes otherwise: « 20 h 30 » is 8:30 p.m., « les années 90 » are the 1990s,
# « XXIe siècle » is the 21st century.
_CLOCK = re.compile(r"\b(\d{1,2})\s?(?:h|heures?)(?:\s?(\d{2}))?\b", re.I)
_DECADE = re.compile(r"\bannées\s(\d0)\b", re.I)
_WORDS_FOR = {
    "1": ("one", "a", "an", "first", "single"),
    "2": ("two", "second", "both"),
    "3": ("three", "third"),
    "4": ("four", "fourth"),
    "5": ("five", "fifth"),
    "6": ("six", "sixth"),
    "7": ("seven", "seventh"),
    "8": ("eight", "eighth"),
    "9": ("nine", "ninth"),
    "10": ("ten", "tenth"),
    "11": ("eleven", "eleventh"),
    "12": ("twelve", "twelfth", "noon", "midday", "dozen"),
    "15": ("fifteen", "fifteenth"),
    "20": ("twenty", "twentieth"),
    "30": ("thirty", "thirtieth"),
    "40": ("forty", "fortieth"),
    "50": ("fifty", "fiftieth"),
    "100": ("hundred", "hundredth"),
}


def failure(source: str, answer: str) -> str | None:
    """Why a model's answer cannot be shown at all ("empty" or "loop", the kinds of a notice), or None."""
    if not any(c.isalnum() for c in answer):
        return "empty" if any(c.isalnum() for c in source) else None
    return "loop" if _loops(answer) and not _loops(source) else None


def translation_flags(source: str, target: str, source_language: str, target_language: str) -> tuple[Notice, ...]:
    """What to check in a translated sentence.

    Args:
        source, target: the sentence and its translation, as shown.
        source_language, target_language: their codes.

    Returns:
        At most one notice of each kind, the most serious first.
    """
    flags = []
    lost, added = _number_differences(source, target)
    if lost:
        flags.append(Notice("number", "; ".join(lost)))
    elif added:
        flags.append(Notice("number-added", "; ".join(added)))
    if len(source) >= _FEWEST_CHARACTERS:
        ratio = len(target) / len(source)
        if ratio < _SHORTEST:
            flags.append(Notice("short"))
        elif ratio > _LONGEST:
            flags.append(Notice("long"))
        if source_language != target_language and _mostly_copied(source, target):
            flags.append(Notice("source-language"))
    missing = missing_names(source, target, source_language, target_language)
    if missing:
        flags.append(Notice("name", "; ".join(missing)))
    return tuple(flags)


def _loops(text: str) -> bool:
    """Whether a run of one to three words stands four times in a row, or one of a few characters ten times."""
    words = text.lower().split()
    for size in range(1, _LOOP_WORDS + 1):
        repeats = 1
        for i in range(size, len(words) - size + 1, size):
            repeats = repeats + 1 if words[i : i + size] == words[i - size : i] else 1
            if repeats >= _LOOP_REPEATS:
                return True
    if re.search(r"(\S{1,4}?)\1{9,}", text):
        return True
    triples = Counter(zip(words, words[1:], words[2:], strict=False))
    return bool(triples) and max(triples.values()) > 5 and max(triples.values()) * 3 > len(words) / 2


def _number_differences(source: str, target: str) -> tuple[list[str], list[str]]:
    """Numbers of the source that the target lacks, and numbers of the target that the source lacks, as written."""
    clocks = [(int(m[1]), m[2]) for m in _CLOCK.finditer(source)]
    source_numbers = {value(m[0]): m[0].strip() for m in NUMBER.finditer(_CLOCK.sub(" ", source))}
    target_numbers = {value(m[0]): m[0].strip() for m in NUMBER.finditer(target)}
    for decade in {m[1] for m in _DECADE.finditer(source)}:
        if century := re.search(rf"\b(1[89]|20){decade}s", target):
            target_numbers[decade] = target_numbers.pop(century[0][:4], decade)
    target_words = set(_WORD.findall(target.lower()))
    lost = [
        written
        for worth, written in source_numbers.items()
        if worth not in target_numbers
        and not target_words.intersection(_WORDS_FOR.get(worth, ()))
        and not any(same_up_to_scale(worth, other) for other in target_numbers)
    ]
    for hour, minutes in clocks:
        spelt_hours = {"noon", "midnight", *_WORDS_FOR.get(str(hour % 12), ())}
        if not any(str(h) in target_numbers for h in (hour, hour - 12, hour or 12)) and not spelt_hours & target_words:
            lost.append(f"{hour} h {minutes or ''}".strip())
    spelt = any(word in _WORDS_AS_NUMBERS for word in _WORD.findall(source.lower())) or bool(clocks)
    roman = re.search(r"\b[IVXLC]+(?:e|er|ème)?\b", source)
    added = [
        written
        for worth, written in target_numbers.items()
        if worth not in source_numbers and not any(same_up_to_scale(worth, other) for other in source_numbers)
    ]
    return lost, [] if spelt or roman else added


_WORDS_AS_NUMBERS = frozenset(
    "un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente"
    " quarante cinquante soixante cent cents mille million millions milliard milliards premier première second"
    " seconde deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième vingtaine"
    " trentaine quarantaine cinquantaine soixantaine centaine centaines dizaine dizaines quinzaine douzaine quatorzaine"
    " vingtième millier milliers midi minuit moitié demi demie one two three four five six seven eight nine ten"
    " hundred thousand million billion".split()
)


def _mostly_copied(source: str, target: str) -> bool:
    """Whether the target repeats the source's lower-case words."""
    words = [w for w in _WORD.findall(source) if w.islower() and len(w) > 3]
    if len(words) < 4:
        return False
    kept = set(_WORD.findall(target))
    return sum(w in kept for w in words) > 0.6 * len(words)
