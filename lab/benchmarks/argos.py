"""Argos Translate on the same weights, alone in a process of an interpreter that has it.

    /path/to/venv/bin/python -m lab.benchmarks.argos PACKAGE SENTENCES

PACKAGE is a folder laid out as an Argos package (made by :mod:`lab.benchmarks.speed`). The whole text goes into
Argos's own ``translate`` at once, three sentences a paragraph. Its sentence splitters need models from the network; the
one here is told where sentences end and costs nothing, which favours Argos. Stanza, one of them, need not be installed.
Standard input and output: see :mod:`lab.benchmarks.rounds`, the only module of ours that this interpreter can import.
"""

import sys
import types
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lab.benchmarks.rounds import FORCED, Run, serve

END = "\u241e"


class Splitter:
    """Knows where sentences end because it is told."""

    def split_sentences(self, text: str) -> list[str]:
        """The sentences of a paragraph."""
        return text.split(END)


def argos(folder: Path) -> Run:
    """Argos Translate with the package in ``folder``, warmed up."""
    sys.modules.setdefault("stanza", types.ModuleType("stanza"))
    from argostranslate.package import Package
    from argostranslate.translate import Language, PackageTranslation

    translation = PackageTranslation(Language("fr", "French"), Language("en", "English"), Package(folder))
    translation.sentencizer = Splitter()
    translation.translate("Bonjour.")
    decode = translation.translator.translate_batch

    def run(sentences: Sequence[str], forced: bool) -> tuple[list[str], int]:
        tokens = 0

        def counted(batch: list[list[str]], **options: Any) -> Any:
            nonlocal tokens
            if forced:
                options["max_decoding_length"] = max(map(len, batch)) + 1 + FORCED
            found = decode(batch, **options)
            tokens += sum(len(result.hypotheses[0]) for result in found)
            return found

        translation.translator = types.SimpleNamespace(translate_batch=counted)
        size = 1 if forced else 3
        paragraphs = [END.join(sentences[i : i + size]) for i in range(0, len(sentences), size)]
        texts = translation.translate("\n".join(paragraphs)).split("\n")
        return texts, tokens

    return run


if __name__ == "__main__":
    serve(argos(Path(sys.argv[1])), Path(sys.argv[2]))
