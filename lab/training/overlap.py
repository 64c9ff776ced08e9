"""Evaluation sentences have no place in training data: how they are recognised, and a check that none is left.

    python -m lab.training.overlap --eval DIR WORK_OR_FILE …

DIR holds test sets, ``NAME.fr.gz`` and ``NAME.en.gz``, one sentence a line. What is checked is either the folder of a
prepared run, whose arrays are turned back into text, or a file of pairs (``.tsv.gz``). Sentences are the same if their
letters are: case, punctuation, figures and spaces do not count. The exit status is 1 if any is found.
"""

import argparse
import gzip
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from lab import testsets
from lab.training.pairs import Pairs
from lab.training.vocabulary import Vocabulary
from nlp.models.tokenizer import MarianTokenizer
from nlp.normalization import for_model

_SHOWN = 20


def letters(text: str) -> str:
    """The letters of a text, in their compatibility form and without case."""
    return "".join(filter(str.isalpha, unicodedata.normalize("NFKC", text).casefold()))


def held_out(sentences: Iterable[str]) -> frozenset[str]:
    """The letters of each sentence that has any."""
    return frozenset(filter(None, map(letters, sentences)))


def overlaps(work: Path, evaluation: Path) -> Iterator[str]:
    """The sentences, source or target, of a prepared run that occur in a test set, as its pieces spell them."""
    folder = work / "vocabulary"
    tokenizer, vocabulary = MarianTokenizer(folder), Vocabulary(folder)
    sentences = list(testsets.every_sentence(evaluation))
    # Unknown characters leave no trace in the arrays: the test sets are compared as the pieces spell them, too.
    normalised = [for_model(sentence) for sentence in sentences]
    for encode in (vocabulary.encode_sources, vocabulary.encode_targets):
        sentences.extend(tokenizer.decode(ids.tolist()) for ids in encode(normalised))
    held = held_out(sentences)
    pairs = Pairs.load(work / "pairs.npz")
    for side in (pairs.source, pairs.target):
        for i in range(len(side)):
            text = tokenizer.decode(side[i].tolist())
            if letters(text) in held:
                yield text


def overlaps_in_file(file: Path, evaluation: Path) -> Iterator[str]:
    """The sentences, either side, of a file of pairs that occur in a test set."""
    held = held_out(testsets.every_sentence(evaluation))
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from (text for text in line.rstrip("\n").split("\t") if letters(text) in held)


def main(arguments: list[str] | None = None) -> int:
    """Command line: see the module. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Look for evaluation sentences in training data.")
    parser.add_argument("--eval", type=Path, required=True, metavar="DIR", help="folder of test sets")
    parser.add_argument("training", type=Path, nargs="+", help="folder of a prepared run, or .tsv.gz file of pairs")
    options = parser.parse_args(arguments)
    status = 0
    for place in options.training:
        found = list((overlaps if place.is_dir() else overlaps_in_file)(place, options.eval))
        print(f"{place}: {len(found)} evaluation sentences")
        for text in found[:_SHOWN]:
            print(f"  {text}")
        status |= bool(found)
    return status


if __name__ == "__main__":
    sys.exit(main())
