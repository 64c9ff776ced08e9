"""BLEU, chrF and error rates of an installed translation model, through the code that readers use.

    python -m lab.evaluation.translation DATA [--sets newstest2014 flores200_devtest] [--translator ID] [--compare]

DATA is a folder of test sets, ``NAME.fr.gz`` and ``NAME.en.gz``, one sentence a line (they are not part of this
repository: WMT's newstest sets and FLORES-200 are public). Every sentence goes through :class:`nlp.translation
.Translator`, with its normalisation, cutting and second decoding. Besides the scores with their sacreBLEU signatures
it prints the share of sentences that readers would stumble over, judged with the reference (:mod:`.stumbles`) and as
:mod:`nlp.checks` marks them on the page, and the BLEU that others published (``published.toml``). ``--compare`` asks
what the quick engine costs: BLEU of both engines on the same weights, with a paired bootstrap.
"""

import argparse
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.significance import PairedTest

from lab import testsets
from lab.evaluation.stumbles import STUMBLES, stumbles
from nlp.article import Article, Kind, Paragraph, Segment
from nlp.models import catalogue, loading, store
from nlp.models.catalogue import Entry
from nlp.models.tokenizer import MarianTokenizer
from nlp.translation import Translation, Translator
from nlp.translation_model import TranslationModel

_PUBLISHED = Path(__file__).with_name("published.toml")


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
    found = Counter(kind for row in zip(sources, answers, references, strict=True) for kind in stumbles(*row))
    scores |= {kind: f"{100 * found[kind] / len(sources):.2f} %" for kind in STUMBLES}
    flags = Counter(flag.kind for t in translations for flag in t.flags)
    flags.update(t.status.value for t in translations if t.status.value != "translated")
    scores |= {f"marked {kind}": f"{100 * count / len(sources):.2f} %" for kind, count in sorted(flags.items())}
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


def reference(entry: Entry) -> Translator:
    """The same model through the reference engine: Transformers in float32, batched by length."""
    from nlp.engines.transformers import TransformersEngine  # PyTorch with it, which the quick engine does without

    checkpoint, _, _ = loading.files(entry)
    model = TranslationModel(
        f"{entry.id} (reference)", entry.source, entry.target, MarianTokenizer(checkpoint),
        TransformersEngine(checkpoint), entry.trained_length, entry.prefix,
    )  # fmt: skip
    return Translator((model,))


def compared(one: Translator, other: Translator, sources: list[str], references: list[str]) -> str:
    """BLEU of two translators with the p-value of a paired bootstrap (Koehn 2004, 1,000 samples), as a line."""
    systems = [(t.id, [found.text or "" for found in translated(t, sources)]) for t in (other, one)]
    test = PairedTest(systems, {"BLEU": BLEU(references=[references])}, None, test_type="bs", n_samples=1_000)
    _, scores = test()
    results = [
        f"{name} {score.score:.2f} (interval {score.mean:.2f} ± {score.ci:.2f}"
        + (f", p = {score.p_value:.3f})" if score.p_value is not None else ")")
        for name, score in zip(scores["System"], scores["BLEU"], strict=True)
    ]
    return "BLEU " + ", ".join(results)


def published(name: str) -> Iterator[tuple[str, float]]:
    """BLEU of other French-English systems on a test set, best first within a source."""
    for source in tomllib.loads(_PUBLISHED.read_text("utf-8"))["source"]:
        scored = [(system["name"], system[name]) for system in source["systems"] if name in system]
        yield from sorted(scored, key=lambda row: -row[1])


def main() -> None:
    """Command line: see the module."""
    parser = argparse.ArgumentParser(description="Score an installed translation model.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--sets", nargs="+", default=["newstest2013", "newstest2014", "flores200_devtest"])
    parser.add_argument("--translator", help="identifier (default: the best French-English one)")
    parser.add_argument("--compare", action="store_true", help="with the reference engine, instead of all measures")
    parser.add_argument("--most", type=int, help="sentences of each set (default: all)")
    arguments = parser.parse_args()
    chosen = catalogue.entry(arguments.translator) if arguments.translator else None
    (entry,) = store.route(*((chosen.source, chosen.target) if chosen else ("fr", "en")), chosen)
    translator = store.translator((entry,))
    for name in arguments.sets:
        sides = []
        for language in (entry.source, entry.target):
            sides.append(testsets.side(arguments.data, name, language)[: arguments.most])
        print(f"{loading.signature(entry)} {name} ({len(sides[0])} sentences)")
        if arguments.compare:
            print(f"  {compared(translator, reference(entry), sides[0], sides[1])}")
            continue
        for measure, value in evaluate(translator, sides[0], sides[1]).items():
            print(f"  {measure}: {value}")
        if (entry.source, entry.target) == ("fr", "en") and not arguments.most:
            for system, score in published(name):
                print(f"  BLEU published for {system}: {score}")


if __name__ == "__main__":
    main()
