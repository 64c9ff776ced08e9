"""Bytes and a file name in, an :class:`~nlp.article.Article` out.

A reader is a function from :class:`Upload` to Article. To add a format, write a module with such a function and
put it into :data:`READERS` under its suffixes; limits on size are enforced here for all of them.
"""

import unicodedata
from collections.abc import Callable, Mapping
from pathlib import PurePath

from nlp.article import Article
from nlp.errors import EmptyInput, TooLarge, UnsupportedFormat
from nlp.readers import markdown, plain
from nlp.readers.decoding import ENCODINGS
from nlp.readers.upload import Upload

__all__ = ["ENCODINGS", "MAX_BYTES", "MAX_CHARACTERS", "READERS", "SUFFIXES", "Upload", "read"]

MAX_BYTES = 20 * 1024 * 1024
MAX_CHARACTERS = 1_000_000
_LONGEST_NAME = 120

Reader = Callable[[Upload], Article]

READERS: Mapping[str, Reader] = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
}
"""Reader of each suffix (lower case)."""

SUFFIXES = tuple(READERS)


def read(data: bytes, name: str, *, encoding: str | None = None) -> Article:
    """Read one article.

    Args:
        data: the file's bytes.
        name: its name; the suffix decides on the reader, none means plain text.
        encoding: one of ENCODINGS, where the reader of the article knows better than the guess.

    Raises:
        EmptyInput, TooLarge, BinaryInput, Undecodable, UnsupportedFormat: see :mod:`nlp.errors`.
    """
    name = _presentable(name)
    if len(data) > MAX_BYTES:
        raise TooLarge(name=name, size=f"{len(data) / 2**20:.1f} MB", limit=f"{MAX_BYTES // 2**20} MB")
    suffix = PurePath(name).suffix.lower()
    reader = READERS.get(suffix) if suffix[1:].isalnum() else plain.read
    if reader is None:
        raise UnsupportedFormat(name=name, suffixes=", ".join(SUFFIXES))
    if not data:
        raise EmptyInput(name=name)
    article = reader(Upload(data, name, encoding))
    if not article.text.strip():
        raise EmptyInput(name=name)
    if len(article.text) > MAX_CHARACTERS:
        raise TooLarge(name=name, size=f"{len(article.text):,} characters", limit=f"{MAX_CHARACTERS:,}")
    return article


def _presentable(name: str) -> str:
    """The bare file name, composed, without control characters, at most 120 characters with its suffix."""
    bare = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    bare = "".join(c for c in bare if unicodedata.category(c) not in ("Cc", "Cf")).strip() or "text"
    path = PurePath(bare)
    return bare if len(bare) <= _LONGEST_NAME else path.stem[: _LONGEST_NAME - len(path.suffix)] + path.suffix
