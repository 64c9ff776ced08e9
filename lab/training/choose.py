"""Which sentences are worth a translation by hand: those rich in words that the data lacks.

    python -m lab.training.choose --have CORPORA --eval DIR --count 10000 SENTENCES.gz > chosen.txt

SENTENCES holds one sentence a line. A word or pair of neighbouring words that is frequent there and rare in the French
side of the corpora is *needed*, a few times each. A sentence is worth the sum of the logarithms of the frequencies of
what it has of that, over its length; the best is taken, what it has is needed once less, and so on (greedy weighted
cover, lazily evaluated: Minoux 1978). Names count little: a model copies them.
"""

import argparse
import gzip
import heapq
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise
from pathlib import Path

from lab import testsets
from lab.training import overlap

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SHORTEST, _LONGEST = 7, 42  # words
_COMMON_WORD, _COMMON_PAIR = 3, 8  # occurrences in the sentences that make a word, a pair worth having
_ENOUGH_WORDS, _ENOUGH_PAIRS = 50, 6  # occurrences in the corpora after which it is not needed any more
_WORD_TIMES, _PAIR_TIMES = 6, 3  # how often it is wanted
_PAIR_WORTH, _NAME_WORTH = 0.6, 0.2
_LENGTH_ALLOWANCE = 8  # words; keeps very short sentences from winning

Term = str | tuple[str, str]
"""A word or a pair of neighbouring words, in lower case."""


def chosen(sentences: Sequence[str], have: Iterable[str], count: int, known: Set[str] = frozenset()) -> list[str]:
    """The sentences most worth a translation, best first.

    Args:
        sentences: to choose from.
        have: French sentences that are translated already.
        count: how many; fewer come back once nothing is needed any more.
        known: :func:`lab.training.overlap.letters` of sentences that must not be chosen.
    """
    pool = list(_usable(sentences, known))
    terms = [_terms(sentence) for sentence in pool]
    worth = _worth(pool, terms, Counter(term for sentence in have for term in _terms(sentence)))
    needed = {term: _PAIR_TIMES if isinstance(term, tuple) else _WORD_TIMES for term in worth}

    def gain(index: int) -> float:
        found = sum(worth[term] for term in set(terms[index]) if needed.get(term, 0) > 0)
        return found / (_LENGTH_ALLOWANCE + len(terms[index]) / 2)

    queue = [(-gain(index), index) for index in range(len(pool))]
    heapq.heapify(queue)
    taken: list[str] = []
    while queue and len(taken) < count:
        before, index = heapq.heappop(queue)
        now = gain(index)
        if now <= 0:
            continue
        if now < -before:  # something took part of it meanwhile: gains only shrink, so look again later
            heapq.heappush(queue, (-now, index))
            continue
        taken.append(pool[index])
        for term in set(terms[index]) & needed.keys():
            needed[term] -= 1
    return taken


def _usable(sentences: Iterable[str], known: Set[str]) -> Iterator[str]:
    """Whole sentences of middling length, each once."""
    seen = set(known)
    for sentence in map(str.strip, sentences):
        key = overlap.letters(sentence)
        if _SHORTEST <= len(sentence.split()) <= _LONGEST and sentence[-1] in '.!?»"”…' and key not in seen:
            seen.add(key)
            yield sentence


def _terms(sentence: str) -> list[Term]:
    words = _WORD.findall(sentence.lower())
    return [*words, *pairwise(words)]


def _worth(sentences: Sequence[str], terms: Sequence[Sequence[Term]], have: Counter[Term]) -> dict[Term, float]:
    """What an example of each needed term is worth."""
    wanted = Counter(term for those in terms for term in those)
    inside = [word for sentence in sentences for word in _WORD.findall(sentence)[1:]]
    total, lower = Counter(map(str.lower, inside)), Counter(word for word in inside if word.islower())
    worth: dict[Term, float] = {}
    for term, occurrences in wanted.items():
        pair = isinstance(term, tuple)
        common, enough = (_COMMON_PAIR, _ENOUGH_PAIRS) if pair else (_COMMON_WORD, _ENOUGH_WORDS)
        if occurrences >= common and have[term] < enough:
            words = term if isinstance(term, tuple) else (term,)
            name = any(2 * lower[word] < total[word] for word in words)
            worth[term] = math.log1p(occurrences) * (_PAIR_WORTH if pair else 1) * (_NAME_WORTH if name else 1)
    return worth


def main() -> None:
    """Command line: see the module."""
    parser = argparse.ArgumentParser(description="Choose the sentences most worth a translation.")
    parser.add_argument("sentences", type=Path, help="one sentence a line, gzip")
    parser.add_argument("--have", type=Path, required=True, help="folder of NAME.tsv.gz, French first")
    parser.add_argument("--eval", type=Path, required=True, help="folder of test sets, whose sentences are left out")
    parser.add_argument("--count", type=int, required=True)
    options = parser.parse_args()
    have = [line.split("\t")[0] for file in sorted(options.have.glob("*.tsv.gz")) for line in _lines(file)]
    known = overlap.held_out([*testsets.every_sentence(options.eval), *have])
    sys.stdout.writelines(f"{line}\n" for line in chosen(list(_lines(options.sentences)), have, options.count, known))


def _lines(file: Path) -> Iterator[str]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


if __name__ == "__main__":
    main()
