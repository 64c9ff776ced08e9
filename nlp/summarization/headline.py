"""The headline that is proposed with a rewritten summary."""

from collections.abc import Sequence
from dataclasses import replace

from nlp.article import Article, Segment
from nlp.errors import Cancelled, CorruptModel
from nlp.notices import Notice
from nlp.summarization.models import best_headline_writer
from nlp.summarization.summary import Summary
from nlp.translation_model import CancelCheck


def headlined(
    summary: Summary,
    article: Article,
    segments: Sequence[Segment],
    language: str,
    cancelled: CancelCheck = lambda: False,
) -> Summary:
    """The summary with a headline, where a model for it is ready and the article supports what it writes.

    Args:
        summary: of the article; without sentences there is nothing to put a headline on.
        article, segments: the article and all its segments.
        language: its code.
        cancelled: looked at before the model begins.

    Returns:
        The summary with its headline, or with a notice that says why a model that is there proposed none.

    Raises:
        CacheUnwritable: see :func:`nlp.models.store.sequence_model`.
        Cancelled: ``cancelled()`` was true.
    """
    if cancelled():
        raise Cancelled
    if not summary.sentences:
        return summary
    try:
        writer = best_headline_writer(language)
    except CorruptModel as error:
        return replace(summary, notices=(*summary.notices, Notice("headline-failed", str(error.values["id"]))))
    if writer is None:
        return summary
    headline = writer.headline(article, segments)
    refused = () if headline else (Notice("headline-refused", writer.id),)
    return replace(summary, headline=headline, notices=summary.notices + refused)
