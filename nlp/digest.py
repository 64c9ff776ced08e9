"""The whole journey of one article, as a stream of typed events.

:func:`digest` yields what it learns as soon as it knows it; :meth:`Digest.updated` folds an event into the state
so far. A :class:`Digest` is therefore the same thing during the work and after it: ``finished`` tells which.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from time import perf_counter

from nlp import language, summarization
from nlp.article import Article, Segment
from nlp.errors import Cancelled, NoTranslator
from nlp.language import Detection
from nlp.models import store
from nlp.notices import Notice
from nlp.segmentation import segments_of
from nlp.summarization import Summary
from nlp.translation import CancelCheck, Status, Translation, copied


@dataclass(frozen=True, slots=True)
class Request:
    """What the reader asks for. None leaves a choice to Entrefilet.

    Args:
        source: language code that overrides detection.
        target: language code to translate into (default: English for French text, French for any other).
        sentences: length of the summary (default: by the article's length).
        translator: identifier of the model (default: the best installed one).
    """

    source: str | None = None
    target: str | None = None
    sentences: int | None = None
    translator: str | None = None


@dataclass(frozen=True, slots=True)
class Detected:
    """The language is known, and with it the target."""

    detection: Detection
    target: str


@dataclass(frozen=True, slots=True)
class Segmented:
    """The article's segments, in order."""

    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Summarized:
    """The summary in the article's own language; its translations follow with those of its evidence."""

    summary: Summary


@dataclass(frozen=True, slots=True)
class TranslatorReady:
    """The model that will translate is loaded."""

    id: str
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Translated:
    """A batch of translations."""

    translations: tuple[Translation, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """Nothing follows. ``warnings`` hold what the reader should know; ``stopped`` tells a cancelled run."""

    warnings: tuple[Notice, ...]
    stopped: bool = False


Event = Detected | Segmented | Summarized | TranslatorReady | Translated | Finished


@dataclass(frozen=True, slots=True)
class Digest:
    """What is known of one article so far.

    ``translations`` has one place for each segment (None: not yet). ``seconds`` maps the steps "detection",
    "summary", "first_sentence" (start to first translated segment), "translation" and "total" to wall-clock seconds.
    """

    article: Article
    request: Request = Request()
    detection: Detection | None = None
    target: str = ""
    segments: tuple[Segment, ...] = ()
    translations: tuple[Translation | None, ...] = ()
    summary: Summary | None = None
    translator: str | None = None
    warnings: tuple[Notice, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    finished: bool = False
    stopped: bool = False

    @property
    def language(self) -> str:
        """Code of the article's language: the reader's choice, otherwise what was detected, otherwise "und"."""
        return self.request.source or (self.detection.code if self.detection else language.UNKNOWN)

    @property
    def done(self) -> int:
        """Number of segments that have their place filled."""
        return sum(t is not None for t in self.translations)

    def updated(self, event: Event, elapsed: float) -> "Digest":
        """The state after ``event``, which came ``elapsed`` seconds after the start."""
        seconds = dict(self.seconds)
        match event:
            case Detected():
                return replace(
                    self, detection=event.detection, target=event.target, seconds=seconds | {"detection": elapsed}
                )
            case Segmented():
                return replace(self, segments=event.segments, translations=(None,) * len(event.segments))
            case Summarized():
                return replace(self, summary=event.summary, seconds=seconds | {"summary": elapsed})
            case TranslatorReady():
                return replace(self, translator=event.id, warnings=self.warnings + event.notices)
            case Translated():
                places = list(self.translations)
                for translation in event.translations:
                    places[translation.segment] = translation
                if any(t.status in (Status.TRANSLATED, Status.RETRIED) for t in event.translations):
                    seconds.setdefault("first_sentence", elapsed)
                summary = self.summary and summarization.with_targets(self.summary, places)
                return replace(self, translations=tuple(places), summary=summary, seconds=seconds)
            case Finished():
                seconds["translation"] = elapsed - seconds.get("summary", 0.0)
                seconds["total"] = elapsed
                return replace(
                    self, warnings=self.warnings + event.warnings, seconds=seconds, finished=True, stopped=event.stopped
                )


def digest(article: Article, request: Request = Request(), cancelled: CancelCheck = lambda: False) -> Iterator[Event]:
    """Read one article: language, segments, summary, translation.

    Args:
        article: from :func:`nlp.readers.read`.
        request: the reader's choices.
        cancelled: looked at between batches; once true, the stream ends with ``Finished(stopped=True)``.

    Yields:
        Events in a fixed order: Detected, Segmented, Summarized, TranslatorReady (if there is a model for the
        pair), any number of Translated that together hold every segment once, Finished.

    Raises:
        UnknownModel: the request names a model that does not exist.
        CorruptModel, CacheUnwritable: the model cannot be loaded; detection and summary have been yielded.
    """
    chosen = store.entry(request.translator) if request.translator else None
    detection = language.detect_article(article)
    source = request.source or detection.code
    target = request.target or (chosen.target if chosen else "en" if source == "fr" else "fr")
    yield Detected(detection, target)
    segments = segments_of(article, language.paragraph_languages(article, source, detection))
    yield Segmented(segments)
    yield Summarized(summarization.summarize(article, segments, source, request.sentences))
    warnings = list(article.notices)
    copies = copied(article, segments, source, target)
    if copies:
        yield Translated(copies)
    done = {copy.segment for copy in copies}
    rest = [segment for segment in segments if segment.id not in done]
    if not rest:
        yield Finished(tuple(warnings))
        return
    if source == language.UNKNOWN:
        warnings.append(Notice("unknown-language"))
    try:
        model = chosen or store.best(source, target)
    except NoTranslator:
        pair = f"{source} → {target}"
        reason = Notice("no-translator", pair)
        yield Translated(tuple(Translation(s.id, None, Status.UNTRANSLATED, (reason,)) for s in rest))
        if source != language.UNKNOWN:
            warnings.append(Notice("missing-pair", pair))
        yield Finished(tuple(warnings))
        return
    translator = store.translator(model)
    yield TranslatorReady(model.id, (Notice("draft-model", model.id),) if model.draft else ())
    left, failed = len(rest), 0
    try:
        for batch in translator.translate(article, rest, cancelled):
            left -= len(batch)
            failed += sum(t.status is Status.UNTRANSLATED for t in batch)
            yield Translated(batch)
    except Cancelled:
        yield Finished((*warnings, Notice("stopped", str(left))), stopped=True)
        return
    if failed:
        warnings.append(Notice("untranslated", str(failed)))
    yield Finished(tuple(warnings))


def progress(
    article: Article, request: Request = Request(), cancelled: CancelCheck = lambda: False
) -> Iterator[Digest]:
    """As :func:`digest`, but yields the state after each event: the last one is the finished digest."""
    start = perf_counter()
    state = Digest(article, request)
    for event in digest(article, request, cancelled):
        state = state.updated(event, perf_counter() - start)
        yield state
