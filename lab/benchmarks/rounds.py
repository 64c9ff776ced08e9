"""What every contender of :mod:`lab.benchmarks.speed` does: rounds on request, timed, each alone in its process.

Needs nothing but the standard library, for contenders may run in another interpreter than ours.

Each line on standard input asks for one round: "forced" makes every answer as long as its source and :data:`FORCED`
tokens more, for weights that know no end. The reply is a JSON object with the seconds that it took on the wall and of
the processor, the tokens that came out, the translations, and the peak of the process's memory in megabytes.
"""

import json
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

FORCED = 4

Run = Callable[[Sequence[str], bool], tuple[list[str], int]]
"""Sentences, and whether lengths are forced -> translations, and tokens that came out."""


def serve(run: Run, file: Path) -> None:
    """Answer requests until there are no more; ``file`` holds one sentence a line."""
    sentences = file.read_text("utf-8").splitlines()
    for order in sys.stdin:
        start, cpu = time.perf_counter(), time.process_time()
        texts, tokens = run(sentences, order.strip() == "forced")
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        found = {"seconds": seconds, "cpu": cpu, "tokens": tokens, "texts": texts, "megabytes": _peak_megabytes()}
        print(json.dumps(found), flush=True)


def _peak_megabytes() -> float:
    """Most memory that this process has held (on Linux getrusage would count its parent's before it began)."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
