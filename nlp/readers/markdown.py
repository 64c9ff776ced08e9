"""Markdown, as CommonMark with tables: the text without its marks, headings and quotes with their kinds."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from nlp.article import Article, Kind, Paragraph
from nlp.readers import structure
from nlp.readers.decoding import decode
from nlp.readers.upload import Upload

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?\r?\n)---[ \t]*(?:\r?\n|\Z)", re.S)
_FRONT_TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*\r?$", re.M)
_PARSER = MarkdownIt("commonmark").enable("table")


def read(upload: Upload) -> Article:
    """An article from a Markdown file: its rendered text, blocks separated by blank lines.

    Link targets, image addresses, raw HTML and front matter are left out (but for the front matter's title); code
    and tables are kept as verbatim paragraphs.

    Raises:
        BinaryInput, Undecodable: see :func:`nlp.readers.decoding.decode`.
    """
    decoded = decode(upload)
    source = decoded.text
    blocks: list[tuple[str, Kind, bool]] = []
    front = _FRONT_MATTER.match(source)
    if front:
        source = source[front.end() :]
        named = _FRONT_TITLE.search(front[1])
        if named:
            blocks.append((named[1], Kind.TITLE, False))
    blocks += _blocks(_PARSER.parse(source), has_title=bool(blocks))
    text, paragraphs = "", []
    for content, kind, verbatim in blocks:
        text += "\n\n" if text else ""
        paragraphs.append(Paragraph(len(text), len(text) + len(content), kind, verbatim))
        text += content
    parts = structure.classified(text, paragraphs)
    return Article(upload.name, text, parts, structure.title(text, parts), decoded.encoding, decoded.notices)


def _blocks(tokens: list[Token], *, has_title: bool) -> list[tuple[str, Kind, bool]]:
    """(text, kind, verbatim) of each block in order. The first first-level heading is the title."""
    blocks: list[tuple[str, Kind, bool]] = []
    quotes = 0
    row: list[str] | None = None
    for before, token in zip([None, *tokens], tokens, strict=False):
        match token.type:
            case "blockquote_open":
                quotes += 1
            case "blockquote_close":
                quotes -= 1
            case "tr_open":
                row = []
            case "tr_close":
                blocks.append((" | ".join(row or []), Kind.BODY, True))
                row = None
            case "fence" | "code_block":
                blocks.append((token.content.strip("\n"), Kind.BODY, True))
            case "inline":
                content = _inline_text(token).strip()
                if row is not None:
                    row.append(content)
                    continue
                kind = Kind.QUOTE if quotes else Kind.BODY
                if before is not None and before.type == "heading_open":
                    kind = Kind.TITLE if before.tag == "h1" and not has_title else Kind.HEADING
                    has_title = has_title or kind is Kind.TITLE
                blocks.append((content, kind, False))
    return [block for block in blocks if block[0].strip()]


def _inline_text(token: Token) -> str:
    """What a reader sees of inline Markdown; images give their description, a soft line break a space."""
    parts = []
    for child in token.children or []:
        if child.type in ("text", "code_inline") or child.type == "image":
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts)
