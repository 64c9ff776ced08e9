"""How often the checks on rewritten summaries catch an invention, and how often they cry wolf.

    python -m lab.evaluation.faithfulness DATA [--split valid] [--articles 1500] [--outputs FILE]

DATA as for :mod:`lab.evaluation.summarization`. Three kinds of sentences are known to be faithful, or nearly so:
extracts, extracts tightened by rule (brackets, asides and closing attributions taken out), and those of the
journalist's sentences of whose content words three quarters, and all of whose names, figures, dates and quotations,
stand somewhere in the article. What is flagged or replaced among them is a false alarm. Those that pass are then
corrupted in every way that applies (one place at a time, seed 0): the share that is flagged or replaced is the catch
rate. "From the article" means that the wrong name or figure stands elsewhere in the same article. FILE holds one
summary a line, in the order of the split, as some model wrote them: how many of their sentences are flagged and
replaced.
"""

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from lab.evaluation.summarization import Example, examples, opened
from nlp.numbers import NUMBER
from nlp.segmentation import sentence_spans
from nlp.summarization.abstractive import complete_sentences
from nlp.summarization.evidence import Passages, running_text
from nlp.summarization.features import stems
from nlp.summarization.verification import LEAST_COVERAGE, examined, unsupported

_MOST_NEW = 0.25  # share of content words that a faithful sentence may add
_NAME = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Ý][a-zà-ÿ-]{2,}(?: [A-ZÀ-Ý][a-zà-ÿ-]{2,})*")
_DAY = re.compile(r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b")
_MONTH = re.compile(r"\b(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b")
_VERB = re.compile(r"\b(?:est|sont|était|sera|a|ont|avait|va|vont|peut|doit|veut|fait|devrait|pourrait)\b(?= )")
_DENIAL = re.compile(r"\b(?:ne |n['’])(\S+) (?:pas|plus|jamais) ")
_QUOTED = re.compile(r'"([^"]{12,})"')
_ASIDE = re.compile(r" \([^()]*\)|, (?:a-t-(?:il|elle|on) |selon |d['’]après |explique |précise )[^,.]*(?=[.,])")


def sentences(text: str) -> list[str]:
    """The sentences of a text, without the white space around them."""
    return [text[a:b].strip() for a, b in sentence_spans(text) if text[a:b].strip()]


def passages(example: Example) -> Passages:
    """The running text of an article, as the checks see it."""
    article, segments = opened(example.text)
    return Passages(article, running_text(article, segments, "fr"), "fr")


def faithful(example: Example, source: Passages) -> Iterator[tuple[str, str]]:
    """Kind and text of sentences that say nothing but what the article says, as far as one can tell."""
    for text in source.texts:
        if len(text.split()) >= 8:
            yield "extract", text
            tight = _ASIDE.sub("", text)
            if tight != text and len(tight.split()) >= 6:
                yield "tightened extract", tight
    known = set(stems(" ".join(source.texts), "fr"))
    for text in sentences(example.summary):
        found = stems(text, "fr")
        new = sum(stem not in known for stem in found)
        if len(found) >= 4 and new <= _MOST_NEW * len(found) and not unsupported(text, source.texts):
            yield "journalist's sentence", text


def replaced(pattern: re.Pattern[str], text: str, others: Sequence[str], rng: random.Random) -> str | None:
    """The text with one match of a pattern replaced by another string, None where that is impossible."""
    matches = list(pattern.finditer(text))
    if not matches:
        return None
    match = rng.choice(matches)
    choices = sorted({o for o in others if o not in text and not set(o.split()) & set(match[0].split())})
    return text[: match.start()] + rng.choice(choices) + text[match.end() :] if choices else None


def corrupted(text: str, own: str, foreign: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Kind and text of every corruption that applies to a sentence.

    Args:
        text: the sentence.
        own: the article.
        foreign: another article.
        rng: for the choice of place and substitute.
    """
    figures = [m[0].strip() for m in NUMBER.finditer(own)]
    invented = [str(n) for n in rng.sample(range(17, 4000), 3) if str(n) not in figures]
    days = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
    months = "janvier février avril juin juillet août septembre octobre novembre décembre".split()
    ways: dict[str, Callable[[], str | None]] = {
        "number, invented": lambda: replaced(NUMBER, text, invented, rng),
        "number, from the article": lambda: replaced(NUMBER, text, figures, rng),
        "weekday": lambda: replaced(_DAY, text, days, rng),
        "month": lambda: replaced(_MONTH, text, months, rng),
        "name, invented": lambda: replaced(_NAME, text, [n for n in _NAME.findall(foreign) if n not in own], rng),
        "name, from the article": lambda: replaced(_NAME, text, _NAME.findall(own), rng),
        "negation, added": lambda: _negated(text),
        "negation, dropped": lambda: _DENIAL.sub(r"\1 ", text, count=1) if _DENIAL.search(text) else None,
        "quotation, invented": lambda: _quoting(text, _QUOTED.findall(foreign), rng),
        "quotation, altered": lambda: _misquoted(text, foreign, rng),
    }
    for kind, way in ways.items():
        made = way()
        if made is not None and made != text:
            yield kind, made


def _negated(text: str) -> str | None:
    """The sentence with its first common verb denied."""
    match = _VERB.search(text)
    if not match or _DENIAL.search(text):
        return None
    particle = "n'" if match[0][0] in "aeioué" else "ne "
    return f"{text[: match.start()]}{particle}{match[0]} pas{text[match.end() :]}"


def _quoting(text: str, quotations: Sequence[str], rng: random.Random) -> str | None:
    """The sentence with somebody's words from elsewhere behind it."""
    return f'{text.rstrip(".")}: "{rng.choice(quotations)}".' if quotations else None


def _misquoted(text: str, foreign: str, rng: random.Random) -> str | None:
    """The sentence with one long word inside a quotation exchanged."""
    quotation = _QUOTED.search(text)
    places = [m for m in re.finditer(r"\b[a-zà-ÿ]{6,}\b", text) if quotation and m.start() in range(*quotation.span())]
    others = re.findall(r"\b[a-zà-ÿ]{6,}\b", foreign)
    if not places or not others:
        return None
    place = rng.choice(places)
    return text[: place.start()] + rng.choice(others) + text[place.end() :]


def verdict(text: str, source: Passages) -> str:
    """What the product would do with a sentence: "replaced", "flagged" or "passed"."""
    support, flags = examined(text, source)
    return "replaced" if support.coverage < LEAST_COVERAGE else "flagged" if flags else "passed"


def main() -> None:
    """Command line: see the module."""
    parser = argparse.ArgumentParser(description="Measure the checks on rewritten summaries.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", default="valid", choices=["train", "valid", "test"])
    parser.add_argument("--articles", type=int, default=1500)
    parser.add_argument("--outputs", type=Path)
    arguments = parser.parse_args()
    data = list(islice(examples(arguments.data, arguments.split), arguments.articles))
    print(f"OrangeSum Abstract {arguments.split}, {len(data)} articles")
    if arguments.outputs:
        _report_outputs(data, arguments.outputs.read_text("utf-8").splitlines())
        return
    clean: dict[str, Counter[str]] = defaultdict(Counter)
    caught: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    rng = random.Random(0)
    for i, example in enumerate(data):
        source = passages(example)
        foreign = data[(i + 7) % len(data)].text
        for kind, text in faithful(example, source):
            found = verdict(text, source)
            clean[kind][found] += 1
            reasons[kind].update(flag.kind for flag in examined(text, source)[1])
            if found == "passed":
                for way, wrong in corrupted(text, " ".join(source.texts), foreign, rng):
                    caught[kind, way][verdict(wrong, source)] += 1
    for kind, counts in clean.items():
        print(f"{kind}: {_shares(counts)}; {dict(reasons[kind])}")
    for (kind, way), counts in sorted(caught.items()):
        print(f"{kind}, corrupted ({way}): {_shares(counts)}")


def _report_outputs(data: Sequence[Example], outputs: Sequence[str]) -> None:
    """What happens to the sentences of summaries that a model wrote."""
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for example, output in zip(data, outputs, strict=False):
        source = passages(example)
        for text in complete_sentences(output, cut=True):
            counts[verdict(text, source)] += 1
            reasons.update(flag.kind for flag in examined(text, source)[1])
    print(f"{min(len(data), len(outputs))} summaries: {_shares(counts)}; {dict(reasons)}")


def _shares(counts: Counter[str]) -> str:
    total = counts.total()
    shares = ", ".join(f"{name} {100 * counts[name] / total:.1f} %" for name in ("flagged", "replaced"))
    return f"{total} sentences, {shares}"


if __name__ == "__main__":
    main()
