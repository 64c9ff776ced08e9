"""Bytes to text: byte order mark, then strict UTF-8, then Windows-1252, which old French text files are in.

Statistical guessers take short French texts for Central European ones; this order does not.
"""

import codecs
from dataclasses import dataclass

from nlp.errors import BinaryInput, Undecodable
from nlp.notices import Notice
from nlp.readers.upload import Upload

ENCODINGS = ("utf-8", "cp1252", "iso-8859-15", "mac-roman", "cp850", "utf-16")
"""Encodings that a reader can choose from."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"\x7fELF",
)
_MOST_CONTROLS = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the name of the encoding it was in, and a remark where that was only a guess."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(upload: Upload) -> Decoded:
    """The text of an upload.

    Raises:
        BinaryInput: no text in any encoding.
        Undecodable: not valid in the encoding asked for.
    """
    data, asked = upload.data, upload.encoding
    if data.startswith(_SIGNATURES):
        raise BinaryInput(name=upload.name)
    if asked:
        try:
            return Decoded(_checked(data.decode(asked).removeprefix("\ufeff"), upload), asked)
        except (UnicodeError, LookupError):
            raise Undecodable(name=upload.name, encoding=asked) from None
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(_checked(data.decode(encoding), upload), encoding.removesuffix("-sig"))
            except UnicodeError:
                raise Undecodable(name=upload.name, encoding=encoding) from None
    if b"\0" in data:
        return _utf_16_without_mark(upload)
    try:
        return Decoded(_checked(data.decode("utf-8"), upload), "utf-8")
    except UnicodeError:
        pass
    try:
        encoding, text = "cp1252", data.decode("cp1252")
    except UnicodeError:
        encoding, text = "latin-1", data.decode("latin-1")
    return Decoded(_checked(text, upload), encoding, (Notice("decoded-as", encoding),))


def _utf_16_without_mark(upload: Upload) -> Decoded:
    """UTF-16 whose byte order mark is missing: every other byte of a European text is then zero."""
    for encoding, zeros in (("utf-16-le", upload.data[1::2]), ("utf-16-be", upload.data[::2])):
        if 2 * zeros.count(0) > len(zeros):
            try:
                text = upload.data.decode(encoding)
            except UnicodeError:
                continue
            if "\0" not in text:
                return Decoded(_checked(text, upload), encoding)
    raise BinaryInput(name=upload.name)


def _checked(text: str, upload: Upload) -> str:
    """The text itself, unless it holds more control characters than any text does."""
    controls = sum((c < " " and c not in "\t\n\r\f\v\x1a\x1b") or "\x7f" <= c <= "\x9f" for c in text)
    if controls > max(3, _MOST_CONTROLS * len(text)):
        raise BinaryInput(name=upload.name)
    return text
