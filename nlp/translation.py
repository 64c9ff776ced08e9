"""Segments in, translated segments out: as many, in the same order, each with a status.

What the model sees is decided here: which segments need translating at all, how over-long ones are cut, in which
order batches run (the opening sentences first, then windows in document order), and what happens to an answer
that is empty or repeats itself. How text is spelt for a model is :mod:`nlp.normalization`'s matter, and how good
an answer looks :mod:`nlp.checks`'.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from nlp import checks, normalization, script
from nlp.article import Article, Kind, Segment
from nlp.engines import Engine
from nlp.errors import Cancelled
from nlp.language import UNKNOWN
from nlp.models.tokenizer import MarianTokenizer
from nlp.notices import Notice
from nlp.segmentation import clause_spans

BEAM = 4
"""Hypotheses that the search keeps at each step."""

OPENING = 3
"""Segments of the first batch, so that reading can start at once."""

WINDOW = 48
"""Segments of each later batch window."""

_CACHED_SENTENCES = 20_000

# A word that needs translating. Bylines, credits and datelines without one ("AFP Agence France-Presse",
# "date 2025-08") hold names and figures only, which models garble.
_COMMON_WORD = re.compile(r"^(?:Par|By|Avec|With)\b|(?<![\w'’-])(?!date\b)[^\W\d_A-ZÀ-Þ][^\W\d_]+")

_T = TypeVar("_T")

CancelCheck = Callable[[], bool]
"""Tells whether the reader has asked to stop; looked at between batches."""


class Status(StrEnum):
    """How the target text of a segment came about."""

    TRANSLATED = "translated"
    COPIED = "copied"
    RETRIED = "retried"
    UNTRANSLATED = "untranslated"


@dataclass(frozen=True, slots=True)
class Translation:
    """The target text of one segment.

    ``text`` is None exactly when ``status`` is UNTRANSLATED; the reason is then the first of ``flags``.
    """

    segment: int
    text: str | None
    status: Status
    flags: tuple[Notice, ...] = ()


def copied(article: Article, segments: Sequence[Segment], source: str, target: str) -> tuple[Translation, ...]:
    """The segments that go into a translation from ``source`` to ``target`` as they are, each with the reason."""
    return tuple(
        Translation(segment.id, article.part(segment), Status.COPIED, (Notice(reason),))
        for segment in segments
        if (reason := _reason_to_copy(article, segment, source, target))
    )


def _reason_to_copy(article: Article, segment: Segment, source: str, target: str) -> str | None:
    text = article.part(segment)
    if article.paragraphs[segment.paragraph].verbatim:
        return "verbatim"
    if not any(c.isalpha() for c in text):
        return "no-letters"
    if segment.language == target:
        return "same-language"
    if segment.kind in (Kind.BYLINE, Kind.CREDIT, Kind.DATELINE) and not _COMMON_WORD.search(text):
        return "names-only"
    if source != UNKNOWN and not script.is_written_in(text, source):
        return "other-script"
    return None


@dataclass(slots=True)
class Translator:
    """One translation model at work: tokenizer, engine, and the sentences it has already translated.

    Args:
        id: the model's identifier, as shown to the reader.
        source, target: language codes.
        tokenizer: text to piece ids and back.
        engine: piece ids to hypotheses.
        trained_length: pieces (without end mark) beyond which a sentence is cut at clause boundaries.
    """

    id: str
    source: str
    target: str
    tokenizer: MarianTokenizer
    engine: Engine
    trained_length: int
    _cache: "_SentenceCache" = field(init=False)

    def __post_init__(self) -> None:
        self._cache = _SentenceCache(_CACHED_SENTENCES)

    def translate(
        self, article: Article, segments: Sequence[Segment], cancelled: CancelCheck = lambda: False
    ) -> Iterator[tuple[Translation, ...]]:
        """Translate segments batch by batch.

        Every segment appears in exactly one of the yielded tuples. Those in a language that this model does not
        know come first, untranslated.

        Args:
            article: the article.
            segments: those of its segments that need a translation (see :func:`copied`).
            cancelled: looked at before each batch.

        Raises:
            Cancelled: between two batches, once ``cancelled()`` is true.
        """
        foreign = [s for s in segments if s.language not in (self.source, UNKNOWN)]
        if foreign:
            yield tuple(
                Translation(
                    s.id, None, Status.UNTRANSLATED, (Notice("no-translator", f"{s.language} → {self.target}"),)
                )
                for s in foreign
            )
        for window in _windows([s for s in segments if s.language in (self.source, UNKNOWN)]):
            if cancelled():
                raise Cancelled
            yield self._translate_window(window, article, cancelled)

    def _translate_window(
        self, window: Sequence[Segment], article: Article, cancelled: CancelCheck
    ) -> tuple[Translation, ...]:
        """Translate a window of segments in one go."""
        sources = [article.part(segment) for segment in window]
        pieces = [self._pieces(normalization.for_model(source)) for source in sources]
        answers = self._answers({piece for cut in pieces for piece in cut}, cancelled)
        return tuple(
            self._judged(segment.id, source, [(piece, answers[piece]) for piece in cut])
            for segment, source, cut in zip(window, sources, pieces, strict=True)
        )

    def _pieces(self, sentence: str) -> list[str]:
        """Cut a normalised sentence into pieces within the trained length."""

        def fits(text: str) -> bool:
            return len(self.tokenizer.encode(text)) - 1 <= self.trained_length

        if fits(sentence):
            return [sentence]
        return [sentence[a:b].strip() for a, b in clause_spans(sentence, fits) if sentence[a:b].strip()]

    def _answers(self, sentences: set[str], cancelled: CancelCheck) -> "dict[str, _Answer]":
        """The answers to sentences: known ones from the cache, the others by the engine, a bad one asked for twice."""
        answers = {sentence: known for sentence in sentences if (known := self._cache.get(sentence))}
        for batch in _slices(sorted(sentences - answers.keys(), key=len), WINDOW):
            if cancelled():
                raise Cancelled
            fresh = {s: _Answer(text) for s, text in self._decode(batch, beam=BEAM).items()}
            bad = [s for s in batch if checks.failure(s, fresh[s].text)]
            for sentence, text in self._decode(bad, beam=1, no_repeat_ngram=3).items() if bad else ():
                if not checks.failure(sentence, text):
                    fresh[sentence] = _Answer(text, retried=True)
            for sentence, answer in fresh.items():
                self._cache.put(sentence, answer)
            answers |= fresh
        return answers

    def _decode(self, sentences: Sequence[str], beam: int, no_repeat_ngram: int = 0) -> dict[str, str]:
        """Best hypothesis of every sentence, in the model's spelling."""
        batch = [self.tokenizer.encode(sentence) for sentence in sentences]
        hypotheses = self.engine.generate(batch, beam=beam, no_repeat_ngram=no_repeat_ngram)
        return {s: self.tokenizer.decode(h.ids) for s, h in zip(sentences, hypotheses, strict=True)}

    def _judged(self, segment: int, source: str, pieces: "Sequence[tuple[str, _Answer]]") -> Translation:
        """The translation of a segment from its pieces and their answers."""
        failed = next((f for piece, answer in pieces if (f := checks.failure(piece, answer.text))), None)
        if failed:
            return Translation(segment, None, Status.UNTRANSLATED, (Notice(failed),))
        text = normalization.restored(" ".join(answer.text for _, answer in pieces), source, self.target)
        flags = checks.translation_flags(source, text, self.source, self.target)
        if len(pieces) > 1:
            flags = (*flags, Notice("split", str(len(pieces))))
        retried = any(answer.retried for _, answer in pieces)
        return Translation(segment, text, Status.RETRIED if retried else Status.TRANSLATED, flags)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a model said to one sentence, and whether it took a second decoding."""

    text: str
    retried: bool = False


class _SentenceCache:
    """The latest answers of one model, least recently used dropped first. Safe between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._answers: OrderedDict[str, _Answer] = OrderedDict()

    def get(self, sentence: str) -> _Answer | None:
        with self._lock:
            if sentence in self._answers:
                self._answers.move_to_end(sentence)
            return self._answers.get(sentence)

    def put(self, sentence: str, answer: _Answer) -> None:
        with self._lock:
            self._answers[sentence] = answer
            if len(self._answers) > self._size:
                self._answers.popitem(last=False)


def _windows(segments: Sequence[Segment]) -> Iterator[Sequence[Segment]]:
    """The opening segments, then windows in document order."""
    yield from _slices(segments[:OPENING], OPENING)
    yield from _slices(segments[OPENING:], WINDOW)


def _slices(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    """Consecutive runs of at most ``size`` items."""
    return (items[i : i + size] for i in range(0, len(items), size))
