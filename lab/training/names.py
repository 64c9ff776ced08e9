"""Which French names do good English translations keep? The list that translations are checked with.

    python -m lab.training.names PAIRS.tsv.gz … > nlp/weights/names/fr-en.txt
    python -m lab.training.names PAIRS.tsv.gz … --held-out OTHERS.tsv.gz

The files hold pairs of good translations, French and English, parted by a tab. A name is listed that stands inside
enough French sentences and, nearly as often as it does, beside an English word that begins alike. With ``--held-out``
nothing is listed; instead it is counted in how many of those pairs, good ones too, the check with the list at hand
misses a name: its false alarms.
"""

import argparse
import gzip
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from nlp.name_check import beginnings, capitalised, missing_names

_SEEN = 3
_SHARE_KEPT = 0.985


def kept_names(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The French names that English translations keep, in alphabetical order.

    Args:
        pairs: French sentences with good translations.
    """
    seen: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for french, english in pairs:
        names, begun = set(capitalised(french)), beginnings(english)
        seen.update(names)
        kept.update(name for name in names if not beginnings(name).isdisjoint(begun))
    return sorted(name for name, count in seen.items() if count >= _SEEN and kept[name] >= _SHARE_KEPT * count)


def read(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """The pairs of files of lines ``French<TAB>English``; further columns are ignored."""
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                french, english, *_ = line.rstrip("\n").split("\t")
                yield french, english


def main() -> None:
    """Command line: see the module."""
    parser = argparse.ArgumentParser(description="List the French names that English translations keep.")
    parser.add_argument("pairs", type=Path, nargs="+")
    parser.add_argument("--held-out", type=Path)
    arguments = parser.parse_args()
    if not arguments.held_out:
        sys.stdout.writelines(f"{name}\n" for name in kept_names(read(arguments.pairs)))
        return
    total = alarms = 0
    for french, english in read([arguments.held_out]):
        missing = missing_names(french, english, "fr", "en")
        total, alarms = total + 1, alarms + bool(missing)
        if missing:
            print("; ".join(missing), french, english, sep="\t")
    print(f"{alarms} of {total} good translations, {100 * alarms / total:.2f} %")


if __name__ == "__main__":
    main()
