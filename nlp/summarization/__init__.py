"""Summaries whose every sentence points to its evidence."""

from nlp.summarization.extractive import default_length, longest, summarize
from nlp.summarization.summary import Origin, Summary, SummarySentence, with_targets

__all__ = ["Origin", "Summary", "SummarySentence", "default_length", "longest", "summarize", "with_targets"]
