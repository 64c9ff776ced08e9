"""How many sentences of a test set a reader would stumble over: errors that an average such as BLEU hides.

Judged with the reference at hand, by rules that any model's output can be put to, so that models are comparable. They
are coarse: compare rates, and read the sentences before you believe a single one.
"""

import re
from collections.abc import Iterator
from typing import Literal, get_args

from nlp.checks import failure

Stumble = Literal["dropped", "loop", "number", "name", "untranslated"]
"""``dropped``: nothing, or less than half as long as the reference; ``loop``: repeats itself; ``number``: lacks a
figure that source and reference share; ``name``: lacks a capitalised word that they share; ``untranslated``: at least
half of its longer words are the source's and not the reference's."""
STUMBLES: tuple[Stumble, ...] = get_args(Stumble)

_DROPPED = 0.5
_FEWEST_WORDS = 3  # of an output to be judged as untranslated
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_NAME = re.compile(r"(?<=[^.!?…:»\"”] )[A-ZÀ-Ý][^\W\d_]{2,}")


def stumbles(source: str, output: str, reference: str) -> Iterator[Stumble]:
    """What is wrong with a translation, each kind at most once."""
    if len(output) < _DROPPED * len(reference):
        yield "dropped"
    if failure(source, output) == "loop":
        yield "loop"
    if (_shared(_NUMBER, source, reference)) - set(_NUMBER.findall(output)):
        yield "number"
    if _shared(_NAME, source, reference) - set(re.findall(r"[^\W\d_]+", output)):
        yield "name"
    words = [word.lower() for word in _WORD.findall(output)]
    meant = {word.lower() for word in _WORD.findall(reference)}
    copied = {word.lower() for word in _WORD.findall(source)} - meant
    if len(words) >= _FEWEST_WORDS and 2 * sum(word in copied for word in words) >= len(words):
        yield "untranslated"


def _shared(pattern: re.Pattern[str], source: str, reference: str) -> set[str]:
    return set(pattern.findall(source)) & set(pattern.findall(reference))
