"""Segments in, translated segments out: as many, in the same order, each with a status.

What the reader gets is decided here: which segments need translating at all, in which order batches run (the opening
sentences first, then windows in document order), through which models, and what is said about an answer. How text is
spelt for a model is :mod:`nlp.normalization`'s matter, how one model is asked :mod:`nlp.translation_model`'s, and how
good an answer looks :mod:`nlp.checks`'.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from nlp import checks, normalization, script
from nlp.article import Article, Kind, Segment
from nlp.errors import Cancelled
from nlp.language import UNKNOWN
from nlp.notices import Notice
from nlp.translation_model import Answer, CancelCheck, TranslationModel

OPENING = 1
"""Segments of the first batch, so that reading can start at once."""

WINDOW, LARGEST_WINDOW = 48, 144
"""Segments of the second batch, and of any later one at most: the more there are, the better they fill the engine."""

# A word that needs translating. Bylines, credits and datelines without one ("AFP Agence France-Presse",
# "date 2025-08") hold names and figures only, which models garble.
_COMMON_WORD = re.compile(r"^(?:Par|By|Avec|With)\b|(?<![\w'’-])(?!date\b)[^\W\d_A-ZÀ-Þ][^\W\d_]+")


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


@dataclass(frozen=True, slots=True)
class Translator:
    """The way from one language to another: a model, or two of them with a language in between.

    Args:
        models: in the order in which a sentence goes through them; each one's target is the next one's source.
    """

    models: tuple[TranslationModel, ...]

    @property
    def id(self) -> str:
        """What translates, as shown to the reader: "opus-mt-de-en + opus-mt-en-fr"."""
        return " + ".join(model.id for model in self.models)

    @property
    def source(self) -> str:
        """Language code."""
        return self.models[0].source

    @property
    def target(self) -> str:
        """Language code."""
        return self.models[-1].target

    def translate(
        self, article: Article, segments: Sequence[Segment], cancelled: CancelCheck = lambda: False
    ) -> Iterator[tuple[Translation, ...]]:
        """Translate segments batch by batch.

        Every segment appears in exactly one of the yielded tuples. Those in a language that the first model does not
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
            sources = [article.part(segment) for segment in window]
            answers = self._answers(sources, cancelled)
            yield tuple(
                self._judged(segment.id, source, answers[source])
                for segment, source in zip(window, sources, strict=True)
            )

    def translate_sentences(self, sentences: Sequence[str], cancelled: CancelCheck = lambda: False) -> list[str | None]:
        """The translation of each sentence, None where the models gave none that can be shown.

        Raises:
            Cancelled: between two batches, once ``cancelled()`` is true.
        """
        answers = self._answers(sentences, cancelled)
        return [self._judged(i, sentence, answers[sentence]).text for i, sentence in enumerate(sentences)]

    def _answers(self, sentences: Collection[str], cancelled: CancelCheck) -> dict[str, Answer]:
        """The last model's answer to every sentence, or the failure of the model at which it ended."""
        answers = {sentence: Answer(sentence) for sentence in sentences}
        for model in self.models:
            spelt = {s: normalization.for_model(a.text) for s, a in answers.items() if not a.failure}
            found = model.answers(set(spelt.values()), cancelled)
            answers |= {s: _after(answers[s], found[plain]) for s, plain in spelt.items()}
        return answers

    def _judged(self, segment: int, source: str, answer: Answer) -> Translation:
        """The translation of a segment, and what to say about it. Only its source and its target count."""
        if answer.failure:
            return Translation(segment, None, Status.UNTRANSLATED, (Notice(answer.failure),))
        text = normalization.restored(answer.text, source, self.target)
        flags = checks.translation_flags(source, text, self.source, self.target)
        if answer.pieces > 1:
            flags = (*flags, Notice("split", str(answer.pieces)))
        return Translation(segment, text, Status.RETRIED if answer.retried else Status.TRANSLATED, flags)


def _after(earlier: Answer, answer: Answer) -> Answer:
    """An answer that also remembers what its sentence had gone through before."""
    return replace(answer, retried=earlier.retried or answer.retried, pieces=max(earlier.pieces, answer.pieces))


def _windows(segments: Sequence[Segment]) -> Iterator[Sequence[Segment]]:
    """The opening segments, then windows in document order, each as long as all that came before it."""
    start, size = 0, OPENING
    while start < len(segments):
        yield segments[start : start + size]
        start += size
        size = min(max(start, WINDOW), LARGEST_WINDOW)
