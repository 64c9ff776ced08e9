"""How quick is the translation, beside what people would use instead? Same weights, same sentences, in one run.

    python -m lab.benchmarks.speed SENTENCES [--argos /path/to/venv/bin/python] [--rounds 3] [--json FILE]

SENTENCES is a file with a French sentence a line (``.gz`` too); of those of at most 60 words the first 200 count.
Contenders, all with four beams, each in a process of its own, take turns round by round, so that whatever else the
machine does hits them alike; the ratios are what counts:

naive     Transformers, float32, one ``generate`` call a sentence (every fifth sentence only: it is that slow)
batched   Transformers, float32, batches of 32 sentences of like length
argos     Argos Translate's own ``translate`` on the same converted weights (a virtual environment with argostranslate)
ours      :class:`nlp.translation.Translator`, with its second decodings and checks
engine    our engine and tokenizer without these

With ``--threads 1`` the processor's time ("cpu ratio") is a fair measure even while the machine has other work.

They run twice: with the embedded model, and with random weights of exactly OPUS-MT's size (speed only: every answer
is made as long as its source and four tokens more; without "ours", for noise would be asked for twice).
"""

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from lab.benchmarks import shape
from nlp.engines.conversion import convert
from nlp.models import catalogue, unpacking

_LONGEST_WORDS = 60
_NAIVE_SHARE = 5
_ROOT = Path(__file__).parents[2]


class Contender:
    """A process that translates when it is told to."""

    def __init__(self, stack: ExitStack, command: list[str], sentences: int) -> None:
        self.sentences = sentences
        self.rounds: list[dict[str, Any]] = []
        self._process = stack.enter_context(
            subprocess.Popen(
                command,
                cwd=_ROOT,
                env=os.environ | {"HF_HUB_OFFLINE": "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        )

    def run(self, forced: bool) -> dict[str, Any]:
        """One round; its result is kept too."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write("forced\n" if forced else "free\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._process.args} ended")
        self.rounds.append(json.loads(line))
        return self.rounds[-1]

    def measured(self) -> dict[str, float]:
        """Medians over the rounds after the first, which warms up."""
        seconds = statistics.median(r["seconds"] for r in self.rounds[1:] or self.rounds)
        return {
            "sentences/s": self.sentences / seconds,
            "tokens/s": self.rounds[-1]["tokens"] / seconds,
            "megabytes": max(r["megabytes"] for r in self.rounds),
        }


def contest(
    checkpoint: Path, converted: Path, sentences: list[str], place: Path, argos: Path | None, rounds: int, forced: bool
) -> dict[str, dict[str, float]]:
    """Let all contenders translate in turns.

    Args:
        checkpoint, converted: the same model for Transformers and for CTranslate2.
        sentences: what to translate.
        place: an empty folder for files that the contenders read.
        argos: an interpreter that has argostranslate; None leaves it out.
        rounds: after one that warms up.
        forced: whether lengths of answers are forced.

    Returns:
        Contender -> measure -> median; "ratio" says how many times as quick ours (or our engine) is, by the clock on
        the wall, "cpu ratio" the same by the processor's time.
    """
    whole, some = place / "sentences.txt", place / "some.txt"
    whole.write_text("\n".join(sentences) + "\n", "utf-8")
    some.write_text("\n".join(sentences[::_NAIVE_SHARE]) + "\n", "utf-8")
    us = "engine" if forced else "ours"
    with ExitStack() as stack:
        contenders: dict[str, Contender] = {}
        for name in ("naive", "batched", "engine") if forced else ("naive", "batched", "ours", "engine"):
            file = some if name == "naive" else whole
            program = [sys.executable, "-m", "lab.benchmarks.contender", name]
            count = len(sentences[::_NAIVE_SHARE]) if name == "naive" else len(sentences)
            contenders[name] = Contender(stack, [*program, str(checkpoint), str(converted), str(file)], count)
        if argos:
            package = _argos_package(place / "argos", checkpoint, converted)
            program = [str(argos), "-m", "lab.benchmarks.argos"]
            contenders["argos"] = Contender(stack, [*program, str(package), str(whole)], len(sentences))
        for number in range(rounds + 1):
            for name, contender in contenders.items():
                print(f"round {number} {name} {contender.run(forced)['seconds']:.1f} s", file=sys.stderr, flush=True)
        return {
            name: contender.measured()
            | {
                "ratio": _ratio(contenders[us], contender, "seconds"),
                "cpu ratio": _ratio(contenders[us], contender, "cpu"),
            }
            for name, contender in contenders.items()
        }


def _ratio(ours: Contender, other: Contender, clock: str) -> float:
    """How many times as quick ours is: the median over the rounds after the first."""
    pairs = zip(ours.rounds[1:], other.rounds[1:], strict=True)
    return statistics.median(
        (ours.sentences / one[clock]) / (other.sentences / another[clock]) for one, another in pairs
    )


def _argos_package(place: Path, checkpoint: Path, converted: Path) -> Path:
    """A model laid out as an Argos package: Marian wants its end mark after every source."""
    (place / "model").mkdir(parents=True)
    for file in converted.iterdir():
        (place / "model" / file.name).write_bytes(file.read_bytes())
    config = json.loads((converted / "config.json").read_text("utf-8")) | {"add_source_eos": True}
    (place / "model" / "config.json").write_text(json.dumps(config), "utf-8")
    (place / "sentencepiece.model").write_bytes((checkpoint / "source.spm").read_bytes())
    card = {"type": "translate", "from_code": "fr", "to_code": "en", "from_name": "French", "to_name": "English"}
    (place / "metadata.json").write_text(json.dumps(card), "utf-8")
    return place


def read_sentences(file: Path, most: int) -> list[str]:
    """The first sentences of a file that a news text may well hold."""
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        found = [line.strip() for line in lines]
    return [line for line in found if 0 < len(line.split()) <= _LONGEST_WORDS][:most]


def main() -> None:
    """Command line: see the module."""
    parser = argparse.ArgumentParser(description="Speed of the translation beside its alternatives.")
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--argos", type=Path, help="interpreter of a virtual environment that has argostranslate")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--most", type=int, default=200, help="sentences to translate")
    parser.add_argument("--models", nargs="+", choices=("embedded", "opus"), default=["embedded", "opus"])
    parser.add_argument("--json", type=Path, help="where to write the figures")
    parser.add_argument("--threads", type=int, help="of each contender (default: as many as there are cores)")
    arguments = parser.parse_args()
    if arguments.threads:
        os.environ["OMP_NUM_THREADS"] = str(arguments.threads)
    sentences = read_sentences(arguments.sentences, arguments.most)
    place = unpacking.unpacked(catalogue.embedded()[0])
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for model in arguments.models:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            checkpoint, converted = place / "checkpoint", place / "ctranslate2"
            if model == "opus":
                checkpoint, converted = folder / "checkpoint", folder / "converted"
                shape.write(checkpoint, place / "checkpoint")
                convert(checkpoint, converted)
            figures[model] = contest(
                checkpoint, converted, sentences, folder, arguments.argos, arguments.rounds, model == "opus"
            )
        print(f"{model}: {len(sentences)} sentences, {arguments.rounds} rounds")
        for name, measures in figures[model].items():
            print(f"  {name:8}", "  ".join(f"{measure} {value:7.2f}" for measure, value in measures.items()))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
