r"""How well sentence boundaries are found.

    python -m lab.evaluation.segmentation FILE… [--misses]

Two kinds of files, told apart by their ending:

* ``.txt``: a case a line. ``|`` stands for the space between two sentences, ``¦`` (before a space) where a boundary may
  be, ``\n`` for the end of a paragraph; lines that begin with ``#`` are remarks.
* ``.jsonl``: a treebank, one sentence a line with its ``text`` and ``id``, in any order; sentences are put into the
  order of their numbers. With ``--part annodis`` only ids that begin so (in UD French Sequoia, LGPL-LR, that is the
  newspaper L'Est Républicain). Neighbours are joined by a space; a sentence without a final mark (a heading) ends its
  paragraph, and its end is no boundary to be found.

Precision, recall and F1 are of boundaries inside paragraphs, in percent.
"""

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nlp.segmentation import sentence_spans

_FINAL = re.compile(r"[.!?…][\s»”\"’')\]]*$")


@dataclass(frozen=True, slots=True)
class Case:
    """A paragraph, and the positions where a sentence begins: those that must be found, those that may be."""

    text: str
    required: frozenset[int]
    tolerated: frozenset[int] = frozenset()


def marked(line: str) -> Iterator[Case]:
    """The paragraphs of a line in which boundaries are marked."""
    for paragraph in line.replace("|\\n", "\\n").split("\\n"):
        text, required, tolerated = "", set[int](), set[int]()
        for piece in re.split(r"(\||¦ )", paragraph):
            text += " " if piece in ("|", "¦ ") else piece
            if piece == "|":
                required.add(len(text))
            elif piece == "¦ ":
                tolerated.add(len(text))
        yield Case(text, frozenset(required), frozenset(tolerated))


def treebank(file: Path, part: str) -> Iterator[Case]:
    """The paragraphs of a treebank's file."""
    with file.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["id"].startswith(part)]
    rows.sort(key=lambda row: row["id"])
    text, starts = "", set[int]()
    for row in rows:
        if text:
            text += " "
            starts.add(len(text))
        text += row["text"]
        if not _FINAL.search(text):
            yield Case(text, frozenset(starts))
            text, starts = "", set()
    if text:
        yield Case(text, frozenset(starts))


def found(text: str) -> set[int]:
    """Where sentences begin, but for the first."""
    return {start for start, _ in sentence_spans(text)} - {0}


def scores(cases: list[Case]) -> tuple[float, float, float]:
    """Precision, recall and F1 of the boundaries of all cases, from 0 to 1."""
    hits = sum(len(found(c.text) & c.required) for c in cases)
    answers = sum(len(found(c.text) - c.tolerated) for c in cases)
    wanted = sum(len(c.required) for c in cases)
    return hits / max(1, answers), hits / max(1, wanted), 2 * hits / max(1, answers + wanted)


def misses(case: Case) -> Iterator[str]:
    """The places of a case that are wrong, with some text around: ``+`` a boundary too many, ``-`` one too few."""
    ours = found(case.text)
    for sign, places in (("+", ours - case.required - case.tolerated), ("-", case.required - ours)):
        for place in sorted(places):
            yield f"{sign} {case.text[max(0, place - 70) : place]}|{case.text[place : place + 60]}"


def main() -> None:
    """Command line: see the module."""
    parser = argparse.ArgumentParser(description="Score the boundaries of sentences.")
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--part", default="", help="only sentences of a treebank whose id begins so")
    parser.add_argument("--misses", action="store_true", help="print every boundary that is wrong")
    arguments = parser.parse_args()
    for file in arguments.files:
        if file.suffix == ".jsonl":
            cases = list(treebank(file, arguments.part))
        else:
            lines = file.read_text("utf-8").splitlines()
            cases = [case for line in lines if not line.startswith("#") for case in marked(line)]
        precision, recall, f1 = (100 * value for value in scores(cases))
        wanted = sum(len(case.required) for case in cases)
        print(f"{file.name}: {wanted} boundaries, precision {precision:.1f}, recall {recall:.1f}, F1 {f1:.1f}")
        if arguments.misses:
            for case in cases:
                for miss in misses(case):
                    print(f"  {miss}")


if __name__ == "__main__":
    main()
