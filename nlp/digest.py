"""The whole journey of one article, as a stream of typed events.

:func:`digest` yields what it learns as soon as it knows it; :meth:`Digest.updated` folds an event into the state
so far. A :class:`Digest` is therefore the same thing during the work and after it: ``finished`` tells which.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

from nlp import language, summarization
from nlp.article import Article, Segment
from nlp.errors import Cancelled, CorruptModel, NoSummarizer, NoTranslator
from nlp.keyfacts import KeyFact, key_facts
from nlp.language import Detection
from nlp.models import catalogue, store
from nlp.models.catalogue import Entry
from nlp.notices import Notice
from nlp.segmentation import segments_of
from nlp.summarization import Summary
from nlp.summarization.headline import headlined
from nlp.summarization.models import best_summarizer
from nlp.summarization.summary import translated
from nlp.translation import Status, Translation, Translator, copied
from nlp.translation_model import CancelCheck


@dataclass(frozen=True, slots=True)
class Request:
    """What the reader asks for. None leaves a choice to Entrefilet.

    Args:
        source: language code that overrides detection.
        target: language code to translate into (default: English for French text, French for any other).
        sentences: length of the summary (default: by the article's length).
        translator: identifier of the model (default: the best installed one).
        summary: "extractive", or "abstractive" for one that is rewritten by a model and checked against the article;
            it comes with a proposed headline where a model for headlines is installed.
        summarizer: identifier of the model that rewrites (default: the best installed one for the language).
    """

    source: str | None = None
    target: str | None = None
    sentences: int | None = None
    translator: str | None = None
    summary: str = "extractive"
    summarizer: str | None = None


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
    """A summary in the article's own language.

    The first one is extractive, and its translations follow with those of its evidence. A second one replaces it where
    it was to be rewritten; its new sentences and its headline bring their translations with them.
    """

    summary: Summary


@dataclass(frozen=True, slots=True)
class Facts:
    """Who, which organisations, where, how much and when, with the sentences that say so."""

    facts: tuple[KeyFact, ...]


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


Event = Detected | Segmented | Summarized | Facts | TranslatorReady | Translated | Finished


@dataclass(frozen=True, slots=True)
class Digest:
    """What is known of one article so far.

    ``translations`` has one place for each segment (None: not yet). ``seconds`` maps the steps "detection",
    "summary", "first_sentence" (start to first translated segment), "translation", "rewriting" and "total" to
    wall-clock seconds.
    """

    article: Article
    request: Request = Request()
    detection: Detection | None = None
    target: str = ""
    segments: tuple[Segment, ...] = ()
    translations: tuple[Translation | None, ...] = ()
    summary: Summary | None = None
    facts: tuple[KeyFact, ...] = ()
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
                before = seconds.get("summary", 0.0) + seconds.get("translation", 0.0)
                seconds["rewriting" if before else "summary"] = elapsed - before
                filled = summarization.with_targets(event.summary, self.translations)
                return replace(self, summary=filled, seconds=seconds)
            case Facts():
                return replace(self, facts=event.facts)
            case TranslatorReady():
                return replace(self, translator=event.id, warnings=self.warnings + event.notices)
            case Translated():
                places = list(self.translations)
                for translation in event.translations:
                    places[translation.segment] = translation
                if any(t.status in (Status.TRANSLATED, Status.RETRIED) for t in event.translations):
                    seconds.setdefault("first_sentence", elapsed)
                seconds["translation"] = elapsed - seconds.get("summary", 0.0)
                summary = self.summary and summarization.with_targets(self.summary, places)
                return replace(self, translations=tuple(places), summary=summary, seconds=seconds)
            case Finished():
                seconds.setdefault("translation", 0.0)
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
        Events in a fixed order: Detected, Segmented, Summarized, Facts, TranslatorReady (if there is a model for the
        pair), any number of Translated that together hold every segment once, Summarized again if the summary was to
        be rewritten and could be, Finished.

    Raises:
        UnknownModel: the request names a model that does not exist.
        CorruptModel, CacheUnwritable: the translator cannot be loaded; detection and summary have been yielded.
    """
    chosen = catalogue.entry(request.translator) if request.translator else None
    if request.summarizer:
        catalogue.entry(request.summarizer)  # an unknown one is refused before any work
    detection = language.detect_article(article)
    source = request.source or detection.code
    target = request.target or (chosen.target if chosen else "en" if source == "fr" else "fr")
    yield Detected(detection, target)
    segments = segments_of(article, language.paragraph_languages(article, source, detection))
    yield Segmented(segments)
    yield Summarized(summarization.summarize(article, segments, source, request.sentences))
    yield Facts(key_facts(article, segments, source))
    warnings = list(article.notices)
    try:
        translator = yield from _translation(article, segments, source, target, chosen, cancelled, warnings)
        if request.summary == "abstractive":
            yield from _rewriting(article, segments, source, request, translator, cancelled, warnings)
    except Cancelled:
        yield Finished(tuple(warnings), stopped=True)
        return
    yield Finished(tuple(warnings))


def _translation(
    article: Article,
    segments: Sequence[Segment],
    source: str,
    target: str,
    chosen: Entry | None,
    cancelled: CancelCheck,
    warnings: list[Notice],
) -> Generator[Event, None, Translator | None]:
    """Yield all translations; return the translator, None if none is needed or there is none for the pair.

    What the reader should know is added to ``warnings``.

    Raises:
        Cancelled: between two batches.
    """
    copies = copied(article, segments, source, target)
    if copies:
        yield Translated(copies)
    done = {copy.segment for copy in copies}
    rest = [segment for segment in segments if segment.id not in done]
    if not rest:
        return None
    if source == language.UNKNOWN:
        warnings.append(Notice("unknown-language"))
    try:
        translator, notices = store.best_translator(source, target, chosen)
    except NoTranslator:
        pair = f"{source} → {target}"
        reason = Notice("no-translator", pair)
        yield Translated(tuple(Translation(s.id, None, Status.UNTRANSLATED, (reason,)) for s in rest))
        if source != language.UNKNOWN:
            warnings.append(Notice("missing-pair", pair))
        if needed := store.missing(source, target):
            warnings.append(Notice("get-models", " ".join(entry.id for entry in needed)))
        return None
    yield TranslatorReady(translator.id, notices)
    left, failed = len(rest), 0
    try:
        for batch in translator.translate(article, rest, cancelled):
            left -= len(batch)
            failed += sum(t.status is Status.UNTRANSLATED for t in batch)
            yield Translated(batch)
    except Cancelled:
        warnings.append(Notice("stopped", str(left)))
        raise
    if failed:
        warnings.append(Notice("untranslated", str(failed)))
    return translator


def _rewriting(
    article: Article,
    segments: Sequence[Segment],
    source: str,
    request: Request,
    translator: Translator | None,
    cancelled: CancelCheck,
    warnings: list[Notice],
) -> Iterator[Event]:
    """Yield the rewritten summary with its translation; without a model for it the extractive one stays.

    What the reader should know is added to ``warnings``.

    Raises:
        Cancelled: between two sections of the article.
    """
    try:
        summarizer = best_summarizer(source, catalogue.entry(request.summarizer) if request.summarizer else None)
        summary = summarizer.summarize(article, segments, request.sentences, cancelled)
        summary = headlined(summary, article, segments, source, cancelled)
        if translator:
            summary = translated(summary, translator, cancelled)
    except NoSummarizer as error:
        warnings.append(Notice("no-summarizer", str(error.values["command"])))
        return
    except CorruptModel as error:
        warnings.append(Notice("summarizer-failed", str(error.values["id"])))
        return
    except Cancelled:
        warnings.append(Notice("rewriting-stopped"))
        raise
    warnings.extend(summary.notices)
    yield Summarized(summary)


def progress(
    article: Article, request: Request = Request(), cancelled: CancelCheck = lambda: False
) -> Iterator[Digest]:
    """As :func:`digest`, but yields the state after each event: the last one is the finished digest."""
    start = perf_counter()
    state = Digest(article, request)
    for event in digest(article, request, cancelled):
        state = state.updated(event, perf_counter() - start)
        yield state
