"""Plain text: paragraphs between blank lines, their kinds by how they look."""

import re

from nlp.article import Article, Paragraph
from nlp.readers import structure
from nlp.readers.decoding import decode
from nlp.readers.upload import Upload

_WRAPPED = range(45, 101)
_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")


def read(upload: Upload) -> Article:
    """An article from a text file. The text is kept exactly as decoded.

    Raises:
        BinaryInput, Undecodable: see :func:`nlp.readers.decoding.decode`.
    """
    decoded = decode(upload)
    text = decoded.text
    paragraphs = structure.classified(text, [Paragraph(a, b) for a, b in paragraph_spans(text)])
    title = structure.title(text, paragraphs)
    return Article(upload.name, text, paragraphs, title, decoded.encoding, decoded.notices)


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs, without the white space around them.

    A blank line always ends a paragraph. A single line break ends one too, unless the lines around it look wrapped
    by a program: the next one goes on in lower case, or all lines of the block are about equally long.
    """
    spans = []
    for block in _blocks(text):
        wrapped = _is_wrapped([text[a:b] for a, b in block])
        start, end = block[0]
        for a, b in block[1:]:
            if wrapped or text[a:b].lstrip()[:1].islower():
                end = b
            else:
                spans.append((start, end))
                start, end = a, b
        spans.append((start, end))
    return spans


def _blocks(text: str) -> list[list[tuple[int, int]]]:
    """Runs of lines without a blank one between, each line as the span of its content."""
    blocks: list[list[tuple[int, int]]] = []
    previous_end = -1
    for line in _LINE.finditer(text):
        content = line[0].strip()
        if not content:
            continue
        start = line.start() + line[0].index(content)
        span = (start, start + len(content))
        between = text[previous_end : span[0]] if previous_end >= 0 else ""
        if previous_end >= 0 and _line_breaks(between) < 2:
            blocks[-1].append(span)
        else:
            blocks.append([span])
        previous_end = span[1]
    return blocks


def _line_breaks(white_space: str) -> int:
    return len(re.findall(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", white_space))


def _is_wrapped(lines: list[str]) -> bool:
    full = [len(line) for line in lines[:-1]]
    return len(full) >= 2 and all(n in _WRAPPED for n in full) and max(full) - min(full) <= 25
