"""Numbers in running text: what they are worth, however they are written, and how a language writes them."""

import re

NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f\u2009 ]\d{3}(?!\d))*(?:[.,]\d+)?")
"""A number with French or English separators."""

_THOUSANDS = {"en": ",", "fr": "\u202f"}
_DECIMAL = {"en": ".", "fr": ","}


def value(number: str) -> str:
    """A number without separators and final zeros after the decimal mark: "1 234,50" and "1,234.5" are "1234.5".

    A comma or full stop before exactly three digits separates thousands.
    """
    whole, fraction = _parts(number)
    fraction = fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def same_up_to_scale(one: str, other: str) -> bool:
    """Whether two values differ by a power of a thousand only ("2,5 milliards" is 2,500 million)."""
    a, b = float(one), float(other)
    if not a or not b:
        return False
    ratio = max(a, b) / min(a, b)
    return any(abs(ratio / power - 1) < 1e-9 for power in (1e3, 1e6, 1e9))


def localized(translation: str, source: str, language: str) -> str:
    """A translation in which the numbers of its source are written as ``language`` ("en" or "fr") writes them.

    Small models carry the separators of the source over, or half of them ("3, 240" for « 3 240 »). Only numbers that
    the source writes with a separator are touched, and only where the same digits stand in the translation.
    """
    for written in {m[0] for m in NUMBER.finditer(source) if not m[0].isdigit()}:
        whole, fraction = _parts(written)
        groups = re.findall(r"\d{1,3}(?=(?:\d{3})*$)", whole) if not re.search(r"\d{4}", written) else [whole]
        pattern = r"[.,]?\s?".join(groups) + (rf"[.,]\s?{fraction}" if fraction else "")
        proper = _THOUSANDS[language].join(groups) + (_DECIMAL[language] + fraction if fraction else "")
        translation = re.sub(rf"(?<!\d)(?<!\d[.,]){pattern}(?![.,]?\d)", proper, translation)
    return translation


def written(value: float, decimals: int, language: str) -> str:
    """A number as ``language`` ("en" or "fr") writes it: 2,140.5 or 2 140,5."""
    english = f"{value:,.{decimals}f}"
    return english.translate(str.maketrans(",.", _THOUSANDS[language] + _DECIMAL[language]))


def file_size(bytes: int, language: str) -> str:
    """A size in megabytes, in gigabytes from 1000 of them: 301 MB, 1.5 GB; in French 301 Mo, 1,5 Go."""
    value, unit = (bytes / 1e6, "M") if bytes < 1e9 else (bytes / 1e9, "G")
    return f"{written(value, 0 if value >= 10 else 1, language)} {unit}{'o' if language == 'fr' else 'B'}"


def _parts(number: str) -> tuple[str, str]:
    """Digits before and after the decimal mark, without leading zeros."""
    grouped = re.sub(r"\s(?=\d{3}(?!\d))", "", number.strip())
    grouped = re.sub(r"(?<=\d)[.,](?=\d{3}(?:\D|$))", "", grouped)
    whole, _, fraction = grouped.replace(",", ".").partition(".")
    return whole.lstrip("0") or "0", re.sub(r"\D", "", fraction)
