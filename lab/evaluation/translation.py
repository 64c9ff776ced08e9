"""BLEU, chrF and error rates of an installed translation model, through the code that readers use.

    python -m lab.evaluation.translation DATA [--sets newstest2014 flores200_devtest] [--translator ID]

DATA is a folder of test sets, ``NAME.fr.gz`` and ``NAME.en.gz``, one sentence a line (they are not part of this
repository: WMT's newstest sets and FLORES-200 are public). Every sentence goes through :class:`nlp.translation
.Translator`, with its normalisation, cutting and second decoding. Besides the scores with their sacreBLEU signatures
it prints the share of sentences that readers would stumble over, as :mod:`nlp.checks` sees them.
"""

import argparse
import gzip
import time
from collections import Counter
from pathlib import Path

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from nlp.article import Article, Kind, Paragraph, Segment
from nlp.models import store
from nlp.translation import Translation, Translator


def evaluate(translator: Translator, sources: list[str], references: list[str]) -> dict[str, str]:
    """Scores of one test set.

    Args:
        translator: the model.
        sources, references: as many sentences in each.

    Returns:
        Measure -> value, as it is printed.
    """
    start = time.perf_counter()
    translations = translated(translator, sources)
    seconds = time.perf_counter() - start
    answers = [t.text or "" for t in translations]
    bleu, chrf = BLEU(), CHRF()
    scores = {
        "BLEU": f"{bleu.corpus_score(answers, [references]).score:.1f}",
        "chrF": f"{chrf.corpus_score(answers, [references]).score:.1f}",
    }
    scores |= {"signatures": f"{bleu.get_signature()} {chrf.get_signature()}"}
    flags = Counter(flag.kind for t in translations for flag in t.flags)
    flags.update(t.status.value for t in translations if t.status.value != "translated")
    scores |= {kind: f"{100 * count / len(sources):.2f} %" for kind, count in sorted(flags.items())}
    return scores | {"sentences/s": f"{len(sources) / seconds:.0f}"}


def translated(translator: Translator, sources: list[str]) -> list[Translation]:
    """The translation of each sentence, in order; every sentence is a paragraph of one article."""
    text = "\n\n".join(sources)
    paragraphs, segments, position = [], [], 0
    for i, source in enumerate(sources):
        end = position + len(source)
        paragraphs.append(Paragraph(position, end))
        segments.append(Segment(i, i, position, end, Kind.BODY, translator.source))
        position = end + 2
    article = Article("test set", text, tuple(paragraphs), "test set")
    found = {t.segment: t for batch in translator.translate(article, segments) for t in batch}
    return [found[i] for i in range(len(sources))]


def main() -> None:
    """Command line: see the module."""
    parser = argparse.ArgumentParser(description="Score an installed translation model.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--sets", nargs="+", default=["newstest2013", "newstest2014", "flores200_devtest"])
    parser.add_argument("--translator", help="identifier (default: the best French-English one)")
    arguments = parser.parse_args()
    entry = store.entry(arguments.translator) if arguments.translator else store.best("fr", "en")
    translator = store.translator(entry)
    for name in arguments.sets:
        sides = []
        for language in (entry.source, entry.target):
            with gzip.open(arguments.data / f"{name}.{language}.gz", "rt", encoding="utf-8") as lines:
                sides.append([line.rstrip("\n") for line in lines])
        print(f"{entry.id} {entry.version} {name} ({len(sides[0])} sentences)")
        for measure, value in evaluate(translator, sides[0], sides[1]).items():
            print(f"  {measure}: {value}")


if __name__ == "__main__":
    main()
