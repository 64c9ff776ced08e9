"""Words of a sentence as the search for names sees them."""

import re
import unicodedata
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\b(?:[A-ZÀ-Þ]\.){1,6}(?=\w|\s[A-ZÀ-Þ])(?:[^\W\d_]+)?"
    r"|\b(?i:[ldcjmnst]|qu|lorsqu|puisqu|jusqu)['’](?=\w)"
    r"|[^\W_]+(?:[-\u2010\u2011'’&][^\W_]+)*\+?"
)
_LIKE = str.maketrans({"’": "'", "\u2010": "-", "\u2011": "-", "œ": "oe", "æ": "ae"})


def folded(text: str) -> str:
    """A name as look-ups see it: no capitals, no accents, plain apostrophes and hyphens, single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    letters = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).translate(_LIKE).split())


@dataclass(frozen=True, slots=True)
class Token:
    """A word: its span in the sentence, ``gap``, what stands between it and the word before, and its folded form.

    An elided article or pronoun (« l’ », « d’ ») is a word of its own, without a gap after it.
    """

    text: str
    start: int
    end: int
    gap: str
    folded: str

    @property
    def capital(self) -> bool:
        """Whether the first letter is a capital."""
        return self.text[0].isupper()

    @property
    def joined(self) -> bool:
        """Whether nothing but white space (or an elision) stands between this word and the one before it."""
        return not self.gap.strip()


def tokens(text: str) -> list[Token]:
    """The words of a sentence, in order."""
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        start, stop = match.span()
        word = match[0]
        if word.endswith(("'s", "’s")):
            word, stop = word[:-2], stop - 2
        found.append(Token(word, start, stop, text[end:start].removeprefix("'s").removeprefix("’s"), folded(word)))
        end = stop
    return found
