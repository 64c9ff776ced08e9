"""Summaries that leave open who or what is meant, by the judgement of a reader.

    python -m lab.evaluation.dangling DATA [--show | --changed]

DATA as for :mod:`lab.evaluation.summarization`. ``dangling.tsv`` holds what a reader said of summaries of the default
length of validation articles as they were published: headline, opening paragraph (which OrangeSum cut off to be the
reference summary), text. Its columns: the article's line in the split (from 0), the ids of the chosen segments, the
verdict on the summary under its headline, as the page shows it, the verdict on the summary alone, and the words that
gave it.

* ``clear``: who and what is meant can be understood.
* ``summary``: something is meant that stands in the article, but not in what was read.
* ``article``: something is meant that the article itself does not say.

This prints the shares with 95 % intervals (Wilson 1927) and how many of the summaries that were read are still what
the summarizer chooses; ``--show`` prints all the summaries, ``--changed`` those to be read again.
"""

import argparse
import csv
import math
from pathlib import Path

from lab.evaluation.summarization import examples, opened
from nlp.summarization import summarize

VERDICTS = Path(__file__).with_name("dangling.tsv")


def wilson(hits: int, total: int) -> tuple[float, float]:
    """95 % interval of a share, from 0 to 1 (Wilson's score interval)."""
    z, share = 1.96, hits / total
    centre = share + z * z / (2 * total)
    margin = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return (centre - margin) / (1 + z * z / total), (centre + margin) / (1 + z * z / total)


def main() -> None:
    """Command line: see the module."""
    parser = argparse.ArgumentParser(description="Report the summaries that were judged by a reader.")
    parser.add_argument("data", type=Path)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--show", action="store_true", help="print all summaries")
    what.add_argument("--changed", action="store_true", help="print the summaries that are no longer the ones read")
    arguments = parser.parse_args()
    with VERDICTS.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    articles = list(examples(arguments.data, "valid"))
    same = 0
    for row in rows:
        example = articles[int(row["article"])]
        article, segments = opened(f"{example.summary}\n\n{example.text}", example.title)
        summary = summarize(article, segments, "fr")
        ids = " ".join(str(s.evidence[0]) for s in summary.sentences)
        same += ids == row["sentences"]
        if arguments.show or (arguments.changed and ids != row["sentences"]):
            print(
                f"{row['article']}\t{ids}",
                f"  [{example.title}]",
                *(f"  {s.source}" for s in summary.sentences),
                sep="\n",
            )
    print(f"{len(rows)} summaries were read; {same} of them are still what is chosen")
    for column, read in (("verdict", "under the headline"), ("alone", "alone")):
        for verdict, meaning in (("summary", "by the choice of sentences"), ("article", "as the article itself does")):
            hits = sum(row[column] == verdict for row in rows)
            low, high = (100 * value for value in wilson(hits, len(rows)))
            share = f"{hits}, {100 * hits / len(rows):.1f} % [{low:.1f}, {high:.1f}]"
            print(f"{read}, leave something open {meaning}: {share}")


if __name__ == "__main__":
    main()
