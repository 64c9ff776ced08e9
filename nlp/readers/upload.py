"""What a reader function is given."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Upload:
    """The bytes of a file, its name, and the encoding that the reader of the article asked for, if any."""

    data: bytes
    name: str
    encoding: str | None = None
