"""Argos Translate on the same weights, alone in a process of an interpreter that has it.

    /path/to/venv/bin/python lab/benchmarks/argos.py PACKAGE SENTENCES

PACKAGE is a folder laid out as an Argos package (made by :mod:`lab.benchmarks.speed`). The whole text goes into
Argos's own ``translate`` at once, three sentences a paragraph. Its sentence splitters need models from the network; the
one here is told where sentences end and costs nothing, which favours Argos. Stanza, one of them, need not be installed.
Standard input and output as of :mod:`lab.benchmarks.contender`, which cannot be imported here.
"""

import json
import re
import resource
import sys
import time
import types
from pathlib import Path
from typing import Any

FORCED = 4
END = "\u241e"


class Splitter:
    """Knows where sentences end because it is told."""

    def split_sentences(self, text: str) -> list[str]:
        """The sentences of a paragraph."""
        return text.split(END)


def peak_megabytes() -> float:
    """Most memory that this process has held (on Linux getrusage would count its parent's before it began)."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    """Command line: see the module."""
    sys.modules.setdefault("stanza", types.ModuleType("stanza"))
    from argostranslate.package import Package
    from argostranslate.translate import Language, PackageTranslation

    package = Package(Path(sys.argv[1]))
    translation = PackageTranslation(Language("fr", "French"), Language("en", "English"), package)
    translation.sentencizer = Splitter()
    sentences = Path(sys.argv[2]).read_text("utf-8").splitlines()
    translation.translate("Bonjour.")
    forced, tokens = False, 0
    decode = translation.translator.translate_batch

    def counted(batch: list[list[str]], **options: Any) -> Any:
        nonlocal tokens
        if forced:
            options["max_decoding_length"] = max(map(len, batch)) + 1 + FORCED
        found = decode(batch, **options)
        tokens += sum(len(result.hypotheses[0]) for result in found)
        return found

    translation.translator = types.SimpleNamespace(translate_batch=counted)
    for order in sys.stdin:
        forced, tokens = order.strip() == "forced", 0
        start, cpu = time.perf_counter(), time.process_time()
        size = 1 if forced else 3
        paragraphs = [END.join(sentences[i : i + size]) for i in range(0, len(sentences), size)]
        texts = translation.translate("\n".join(paragraphs)).split("\n")
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        found = {"seconds": seconds, "cpu": cpu, "tokens": tokens, "texts": texts, "megabytes": peak_megabytes()}
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
