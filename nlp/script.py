"""Which writing system a text uses, and which one a language is written in."""

import unicodedata
from collections import Counter
from functools import lru_cache

_SCRIPTS = {
    "ru": "CYRILLIC",
    "uk": "CYRILLIC",
    "bg": "CYRILLIC",
    "mk": "CYRILLIC",
    "el": "GREEK",
    "ar": "ARABIC",
    "fa": "ARABIC",
    "ur": "ARABIC",
    "he": "HEBREW",
    "hi": "DEVANAGARI",
    "th": "THAI",
    "ko": "HANGUL",
    "zh-cn": "CJK",
    "zh-tw": "CJK",
    "ja": "CJK",
}


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """First word of a letter's Unicode name, which for letters is its script (kana count as CJK)."""
    word = unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0].split("-", 1)[0]
    return "CJK" if word in ("HIRAGANA", "KATAKANA") else word


def is_written_in(text: str, language: str) -> bool:
    """Whether at least half of the letters of ``text`` belong to the script of ``language`` (Latin for most codes)."""
    letters = Counter(_script(c) for c in text if c.isalpha())
    return 2 * letters[_SCRIPTS.get(language, "LATIN")] >= letters.total()
