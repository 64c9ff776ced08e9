"""Entrefilet's library: an article in; its language, translation and summary out. All of it on this machine."""

from nlp.article import Article, Kind, Paragraph, Segment
from nlp.digest import Digest, Request, digest
from nlp.errors import EntrefiletError
from nlp.readers import read

__all__ = ["Article", "Digest", "EntrefiletError", "Kind", "Paragraph", "Request", "Segment", "digest", "read"]
