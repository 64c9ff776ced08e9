"""What every summarizer returns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlp.notices import Notice
from nlp.translation import Status, Translation


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One sentence of a summary.

    ``evidence`` holds the ids of the segments it rests on; ``target`` its translation, None until it is there (or
    for good, where the evidence could not be translated).
    """

    source: str
    target: str | None
    evidence: tuple[int, ...]
    flags: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary in the article's language and, as far as it is translated, in the target language.

    ``engine`` is "extractive" where every sentence stands in the article word for word.
    """

    engine: str
    sentences: tuple[SummarySentence, ...]


def with_targets(summary: Summary, translations: Sequence[Translation | None]) -> Summary:
    """The summary with the translations of its evidence, so that both languages say the same.

    Args:
        summary: an extractive summary.
        translations: one place for each segment of the article, None where there is no translation yet.
    """
    sentences = []
    for sentence in summary.sentences:
        found = [translations[i] for i in sentence.evidence]
        texts = [t.text for t in found if t is not None and t.text is not None]
        flags = tuple(f for t in found if t is not None and t.status is not Status.COPIED for f in t.flags)
        complete = len(texts) == len(found)
        sentences.append(replace(sentence, target=" ".join(texts) if complete else None, flags=flags))
    return replace(summary, sentences=tuple(sentences))
