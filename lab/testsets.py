"""Test sets: a folder of ``NAME.fr.gz`` and ``NAME.en.gz``, gzipped UTF-8, one sentence a line.

They are not part of this repository: WMT's newstest sets, FLORES-200 and Tatoeba's test sets are public.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path

LANGUAGES = ("fr", "en")


def side(folder: Path, name: str, language: str) -> list[str]:
    """The sentences of one side of a test set, in order.

    Raises:
        OSError: there is no such file.
    """
    return _lines(folder / f"{name}.{language}.gz")


def every_sentence(folder: Path) -> Iterator[str]:
    """The sentences of all test sets of a folder, both sides.

    Raises:
        FileNotFoundError: the folder holds none, so that nothing would be compared.
    """
    files = sorted(file for language in LANGUAGES for file in folder.glob(f"*.{language}.gz"))
    if not files:
        raise FileNotFoundError(f"no NAME.fr.gz or NAME.en.gz in {folder}")
    for file in files:
        yield from _lines(file)


def _lines(file: Path) -> list[str]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n") for line in lines]
