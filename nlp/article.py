"""What a reader drops in: an article, its paragraphs, its segments. Text with exact spans, nothing lost.

All positions are half-open intervals of Python string indices into :attr:`Article.text`.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from nlp.notices import Notice


class Kind(StrEnum):
    """The part that a paragraph plays in the article. Only BODY and QUOTE enter a summary."""

    TITLE = "title"
    HEADING = "heading"
    BYLINE = "byline"
    DATELINE = "dateline"
    CREDIT = "credit"
    CAPTION = "caption"
    QUOTE = "quote"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its span in the text, its part in the article.

    ``verbatim`` marks what is no prose (code, a table): shown and copied, never translated or summarized.
    """

    start: int
    end: int
    kind: Kind = Kind.BODY
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence (or heading, or line) of one paragraph, without the white space around it.

    ``language`` is a code such as "fr" or "und" (unknown); ``paragraph`` an index into Article.paragraphs.
    Between two segments of an article there is nothing but white space.
    """

    id: int
    paragraph: int
    start: int
    end: int
    kind: Kind
    language: str


@dataclass(frozen=True, slots=True)
class Article:
    """A text as its reader decoded it, with its paragraphs in order.

    ``name`` is the file's name (or a label for pasted text); ``title`` the headline, or where there is none a
    short one made of the first words of the body. ``encoding`` is what the bytes were decoded with.
    """

    name: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    title: str
    encoding: str = "utf-8"
    notices: tuple[Notice, ...] = field(default=())

    def part(self, span: Paragraph | Segment) -> str:
        """The text of a paragraph or segment of this article."""
        return self.text[span.start : span.end]
