"""How a sentence is spelt for a model, and how its answer is spelt for the reader.

Models know the plain spelling of their training text: straight quotes, ordinary spaces, no ligatures, sentence
case. :func:`for_model` gives them that; :func:`restored` puts back what the reader expects to see (capitals).
The article itself is never changed.
"""

import re
import unicodedata

from nlp import numbers

_TO_PLAIN = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "\u2010": "-",
        "\u2011": "-",
        "…": "...",
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "\u00ad": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
    }
)
_FEWEST_CAPITALS = 8
_QUOTED = re.compile(r'"\s*([^"]*?)\s*"')
_GUILLEMETS = re.compile(r"«\s*|\s*»")


def for_model(sentence: str) -> str:
    """A sentence in the spelling that translation models were trained on.

    NFC; one ordinary space for any white space (line breaks, no-break and thin spaces); straight quotes for « » and
    “ ”, straight apostrophes; no ligatures, soft hyphens or control characters. A sentence in capitals gets sentence
    case.
    """
    text = unicodedata.normalize("NFC", sentence).translate(_TO_PLAIN)
    text = "".join(c for c in text if c.isspace() or unicodedata.category(c) != "Cc")
    text = _GUILLEMETS.sub('"', " ".join(text.split()))
    return in_sentence_case(text) if is_in_capitals(text) else text


def restored(answer: str, source: str, language: str) -> str:
    """A model's answer as the reader should see it.

    Args:
        answer: in the model's spelling.
        source: the sentence as it was written.
        language: of the answer, "en" or "fr".

    Returns:
        The answer without white space inside its quotation marks, numbers written as its language does, beginning
        with a capital where the source does, and in capitals where the source is.
    """
    text = " ".join(answer.split())
    if text.count('"') % 2 == 0:
        text = _QUOTED.sub(r'"\1"', text)
    text = numbers.localized(text, source, language)
    if source[:1].isupper():
        text = text[:1].upper() + text[1:]
    return text.upper() if is_in_capitals(source) else text


def is_in_capitals(text: str) -> bool:
    """Whether a text is set in capitals: at least 8 letters in words of two or more, nine in ten of them capital."""
    letters = [c for word in re.findall(r"[^\W\d_]{2,}", text) for c in word]
    return len(letters) >= _FEWEST_CAPITALS and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def in_sentence_case(text: str) -> str:
    """Lower-case a text in capitals but for the first letter of each sentence."""
    lowered = text.lower()
    return re.sub(r"(?:^|[.!?…]\s+)[^\w]*\w", lambda start: start[0][:-1] + start[0][-1].upper(), lowered)
