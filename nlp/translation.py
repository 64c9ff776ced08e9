"""Segments in, translated segments out: as many, in the same order, each with a status.

What the model sees is decided here: which segments need translating at all, how over-long ones are cut, in which
order batches run (the opening sentences first, then windows in document order), and what happens to an answer
that is empty or repeats itself. How text is spelt for a model is :mod:`nlp.normalization`'s matter, and how good
an answer looks :mod:`nlp.checks`'.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from nlp import checks, normalization, script
from nlp.article import Article, Kind, Segment
from nlp.engines import Engine, Hypothesis
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
        for window in _windows(s for s in segments if s.language in (self.source, UNKNOWN)):
            if cancelled():
                raise Cancelled
            yield self._translate_window([(s.id, article.part(s)) for s in window])

    def _translate_window(self, window: Sequence[tuple[int, str]]) -> tuple[Translation, ...]:
        """Translate (segment id, source text) pairs in one go."""
        plans = [_Plan(text, self._pieces(normalization.for_model(text))) for _, text in window]
        self._complete(plans)
        return tuple(self._judged(segment, plan) for (segment, _), plan in zip(window, plans, strict=True))

    def _pieces(self, sentence: str) -> list[str]:
        """Cut a normalised sentence into pieces within the trained length."""

        def fits(text: str) -> bool:
            return len(self.tokenizer.encode(text)) - 1 <= self.trained_length

        if fits(sentence):
            return [sentence]
        return [sentence[a:b].strip() for a, b in clause_spans(sentence, fits) if sentence[a:b].strip()]

    def _complete(self, plans: Sequence["_Plan"]) -> None:
        """Fill in the answers of all plans: from the cache, by the engine, and by a second decoding where needed."""
        needed = {piece for plan in plans for piece in plan.pieces}
        answers = {piece: known for piece in needed if (known := self._cache.get(piece)) is not None}
        missing = sorted(needed - answers.keys(), key=len)
        if missing:
            fresh = self._decode(missing, beam=BEAM)
            answers.update(fresh)
            bad = [piece for piece in missing if checks.failure(piece, fresh[piece])]
            if bad:
                second = self._decode(bad, beam=1, no_repeat_ngram=3)
                for piece in bad:
                    if not checks.failure(piece, second[piece]):
                        answers[piece] = second[piece]
            for piece in missing:
                self._cache.put(piece, answers[piece], retried=piece in bad)
        for plan in plans:
            plan.answers = [answers[piece] for piece in plan.pieces]
            plan.retried = any(self._cache.was_retried(piece) for piece in plan.pieces)

    def _decode(self, sentences: Sequence[str], beam: int, no_repeat_ngram: int = 0) -> dict[str, str]:
        """Best hypothesis of every sentence, in the model's spelling."""
        batch = [self.tokenizer.encode(sentence) for sentence in sentences]
        hypotheses: list[Hypothesis] = self.engine.generate(batch, beam=beam, no_repeat_ngram=no_repeat_ngram)
        return {s: self.tokenizer.decode(h.ids) for s, h in zip(sentences, hypotheses, strict=True)}

    def _judged(self, segment: int, plan: "_Plan") -> Translation:
        failures = [checks.failure(p, a) for p, a in zip(plan.pieces, plan.answers, strict=True)]
        failed = next((f for f in failures if f), None)
        if failed:
            return Translation(segment, None, Status.UNTRANSLATED, (Notice(failed),))
        text = normalization.restored(" ".join(plan.answers), plan.source, self.target)
        flags = checks.translation_flags(plan.source, text, self.source, self.target)
        if len(plan.pieces) > 1:
            flags = (*flags, Notice("split", str(len(plan.pieces))))
        return Translation(segment, text, Status.RETRIED if plan.retried else Status.TRANSLATED, flags)


@dataclass(slots=True)
class _Plan:
    """The pieces of one segment and, once decoded, their answers."""

    source: str
    pieces: list[str]
    answers: list[str] = field(default_factory=list)
    retried: bool = False


class _SentenceCache:
    """The latest answers of one model, least recently used dropped first. Safe between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._answers: OrderedDict[str, tuple[str, bool]] = OrderedDict()

    def get(self, sentence: str) -> str | None:
        with self._lock:
            if sentence not in self._answers:
                return None
            self._answers.move_to_end(sentence)
            return self._answers[sentence][0]

    def was_retried(self, sentence: str) -> bool:
        with self._lock:
            return self._answers.get(sentence, ("", False))[1]

    def put(self, sentence: str, answer: str, *, retried: bool) -> None:
        with self._lock:
            self._answers[sentence] = (answer, retried)
            if len(self._answers) > self._size:
                self._answers.popitem(last=False)


def _windows(segments: Iterable[Segment]) -> Iterator[list[Segment]]:
    """The opening segments, then windows in document order."""
    rest = iter(segments)
    window = list(islice(rest, OPENING))
    while window:
        yield window
        window = list(islice(rest, WINDOW))
