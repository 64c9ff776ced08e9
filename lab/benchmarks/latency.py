"""How long a reader waits: time to the first and to the last translated sentence of one article.

    python -m lab.benchmarks.latency seeds/000_1d39e68d33dc8df3.txt

Three states, each with its own process: cold (model not yet unpacked), unpacked (process start included), and warm
(model loaded, sentence cache empty). Prints seconds, and the share of the whole that the first sentence took.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_PROGRAM = """
import sys, time
from pathlib import Path
from nlp import read
from nlp.digest import progress
from nlp.models import store
article = read(Path(sys.argv[1]).read_bytes(), sys.argv[1])
if sys.argv[2] == "warm":
    store.translator(store.route("fr", "en"))
start = time.time() if sys.argv[2] == "warm" else float(sys.argv[3])
first = None
for state in progress(article):
    if first is None and "first_sentence" in state.seconds:
        first = time.time() - start
print(first, time.time() - start, len(state.segments))
"""


def measure(article: Path, state: str, cache: str) -> tuple[float, float, int]:
    """Seconds to the first and to the last translated sentence, and the number of segments."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(article), state, str(time.time())],
        env=os.environ | {"ENTREFILET_CACHE": cache},
        capture_output=True,
        text=True,
        check=True,
    )
    first, last, segments = done.stdout.split()
    return float(first), float(last), int(segments)


def main() -> None:
    """Command line: see the module."""
    parser = argparse.ArgumentParser(description="Time to the first and last translated sentence.")
    parser.add_argument("article", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        for state, runs in (("cold", 1), ("unpacked", arguments.repeat), ("warm", arguments.repeat)):
            results = sorted(measure(arguments.article, state, cache) for _ in range(runs))
            first, last, segments = results[len(results) // 2]
            share = f"first/whole {first / last:.2f}"
            print(f"{state:9} first {first:6.2f} s  last {last:6.2f} s  {segments} segments  {share}")


if __name__ == "__main__":
    main()
