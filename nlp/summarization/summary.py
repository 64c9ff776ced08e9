"""What every summarizer returns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from nlp import checks
from nlp.notices import Notice
from nlp.translation import Status, Translation, Translator
from nlp.translation_model import CancelCheck


class Origin(StrEnum):
    """Where the wording of a sentence comes from."""

    EXTRACT = "extract"
    REWRITTEN = "rewritten"
    REPLACED = "replaced"
    """An extract that stands where a model wrote something that the article does not support."""


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One sentence of a summary.

    ``evidence`` holds the ids of the segments it rests on, in order; ``target`` its translation, None until it is
    there (or for good, where it could not be translated); ``flags`` what to check in either.
    """

    source: str
    target: str | None
    evidence: tuple[int, ...]
    flags: tuple[Notice, ...] = ()
    origin: Origin = Origin.EXTRACT


_Sentence = TypeVar("_Sentence", bound=SummarySentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline(SummarySentence):
    """One line that ``model`` proposes as a headline. It never takes the place of the article's own title."""

    model: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary in the article's language and, as far as it is translated, in the target language.

    ``engine`` is "extractive" where every sentence stands in the article word for word, otherwise "abstractive", and
    ``model`` then names the model that wrote it. ``notices`` are about the summary as a whole. ``headline`` may come
    with a summary that was to be rewritten.
    """

    engine: str
    sentences: tuple[SummarySentence, ...]
    model: str | None = None
    notices: tuple[Notice, ...] = ()
    headline: Headline | None = None


def with_targets(summary: Summary, translations: Sequence[Translation | None]) -> Summary:
    """The summary with the translations of its extracts, so that both languages say the same.

    Args:
        summary: a summary. Rewritten sentences are left as they are: they are not the sum of their evidence.
        translations: one place for each segment of the article, None where there is no translation yet.
    """
    sentences = []
    for sentence in summary.sentences:
        if sentence.origin is Origin.REWRITTEN:
            sentences.append(sentence)
            continue
        found = [translations[i] for i in sentence.evidence]
        texts = [t.text for t in found if t is not None and t.text is not None]
        flags = [Notice("replaced")] if sentence.origin is Origin.REPLACED else []
        flags += [f for t in found if t is not None and t.status is not Status.COPIED for f in t.flags]
        target = " ".join(texts) if len(texts) == len(found) else None
        sentences.append(replace(sentence, target=target, flags=tuple(flags)))
    return replace(summary, sentences=tuple(sentences))


def translated(summary: Summary, translator: Translator, cancelled: CancelCheck = lambda: False) -> Summary:
    """The summary with translations of what was rewritten, by the same model as the article and checked alike.

    Raises:
        Cancelled: between two batches, once ``cancelled()`` is true.
    """
    headline = summary.headline
    rewritten = [s.source for s in (headline, *summary.sentences) if s and s.origin is Origin.REWRITTEN]
    targets = dict(zip(rewritten, translator.translate_sentences(rewritten, cancelled), strict=True))

    def filled(sentence: _Sentence) -> _Sentence:
        target = targets.get(sentence.source)
        if sentence.origin is not Origin.REWRITTEN or target is None:
            return sentence
        doubts = checks.translation_flags(sentence.source, target, translator.source, translator.target)
        return replace(sentence, target=target, flags=sentence.flags + doubts)

    return replace(
        summary, sentences=tuple(map(filled, summary.sentences)), headline=filled(headline) if headline else None
    )
