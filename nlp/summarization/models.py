"""Which models rewrite and write headlines: the best ones for a language that are on this machine."""

from collections.abc import Iterable

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
    best = _best(ready_summarizers(chosen), language)
    if best is None:
        raise no_summarizer(language, chosen)
    return _loaded(best)


def best_headline_writer(language: str) -> Summarizer | None:
    """The best model that writes headlines in a language and is ready, loaded; None if there is none.

    Raises:
        CorruptModel, CacheUnwritable: see :func:`nlp.models.store.sequence_model`.
    """
    best = _best(_ready(Task.HEADLINE, entries()), language)
    return _loaded(best) if best else None


def ready_summarizers(chosen: Entry | None = None) -> list[Entry]:
    """The models that write summaries and can be used now; only the chosen one if there is one."""
    return _ready(Task.SUMMARY, [chosen] if chosen else entries())


def no_summarizer(language: str, chosen: Entry | None = None) -> NoSummarizer:
    """The error that says how to get a model for a language."""
    listed = [entry.id for entry in hub() if entry.task is Task.SUMMARY and entry.source == language]
    if chosen and chosen.task is Task.SUMMARY and chosen.source in (language, ""):
        wanted = chosen.id
    else:
        wanted = listed[0] if listed else f"OWNER/NAME --task summary --from {language}"
    return NoSummarizer(language=language, command=f"entrefilet models pull {wanted}")


def _ready(task: Task, known: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in known if entry.task is task and store.ready(entry)]


def _best(candidates: Iterable[Entry], language: str) -> Entry | None:
    """The most preferred one for a language."""
    fitting = (entry for entry in candidates if entry.source == language)
    return max(fitting, key=lambda entry: entry.preference, default=None)


def _loaded(entry: Entry) -> Summarizer:
    model = store.sequence_model(entry)
    return Summarizer(entry.id, entry.source, model.tokenizer, model.engine, entry.trained_length, entry.prefix)
