"""Which model rewrites: the best one for a language that is on this machine."""

from nlp.errors import NoSummarizer
from nlp.models import store
from nlp.models.catalogue import Entry, Task, entries, hub
from nlp.summarization.abstractive import Summarizer


def best_summarizer(language: str, chosen: Entry | None = None) -> Summarizer:
    """The best summarizer of a language that is ready, loaded.

    Args:
        language: code of the article's language.
        chosen: a model that the reader insists on.

    Raises:
        NoSummarizer: none is ready, or the chosen one is not or reads another language.
        CorruptModel, CacheUnwritable: see :func:`nlp.models.store.sequence_model`.
    """
    candidates = [entry for entry in ready_summarizers(chosen) if entry.source == language]
    if not candidates:
        raise no_summarizer(language, chosen)
    best = max(candidates, key=lambda entry: entry.preference)
    model = store.sequence_model(best)
    return Summarizer(best.id, language, model.tokenizer, model.engine, best.trained_length, best.prefix)


def ready_summarizers(chosen: Entry | None = None) -> list[Entry]:
    """The models that write summaries and can be used now; only the chosen one if there is one."""
    known = [chosen] if chosen else entries()
    return [entry for entry in known if entry.task is Task.SUMMARY and store.ready(entry)]


def no_summarizer(language: str, chosen: Entry | None = None) -> NoSummarizer:
    """The error that says how to get a model for a language."""
    listed = [entry.id for entry in hub() if entry.task is Task.SUMMARY and entry.source == language]
    if chosen and chosen.task is Task.SUMMARY and chosen.source in (language, ""):
        wanted = chosen.id
    else:
        wanted = listed[0] if listed else f"OWNER/NAME --task summary --from {language}"
    return NoSummarizer(language=language, command=f"entrefilet models pull {wanted}")
