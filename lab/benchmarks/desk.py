"""The desk as a whole: waiting time and memory against the length of an article, and how quickly the page is there.

    python -m lab.benchmarks.desk SENTENCES [--words 500 2000 20000] [--page 3]

SENTENCES is a file with a French sentence a line (``.gz`` too); articles are made of it, three sentences a paragraph.
Each article is read in a process of its own (model unpacked before, process start not counted). The page is compared
with ``streamlit hello``, in turns: time until the server answers, and the first run of the page's script.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from itertools import count
from pathlib import Path

import streamlit

from lab.benchmarks.speed import read_sentences

_ROOT = Path(__file__).parents[2]
_HELLO = Path(streamlit.__file__).parent / "hello" / "streamlit_app.py"
_PARAGRAPH = 3

_READ = """
import json, sys
from lab.benchmarks.contender import peak_megabytes
from nlp import read
from nlp.digest import progress
from nlp.models import store
store.translator(store.route("fr", "en"))
loaded = peak_megabytes()
*_, last = progress(read(sys.stdin.buffer.read(), "article.txt"))
print(json.dumps({
    "segments": len(last.segments), "first": last.seconds["first_sentence"], "whole": last.seconds["total"],
    "loaded": loaded, "peak": peak_megabytes(),
}))
"""
_RUN = """
import sys, time
start = time.perf_counter()
from streamlit.testing.v1 import AppTest
AppTest.from_file(sys.argv[1], default_timeout=120).run()
print(time.perf_counter() - start)
"""


def article(sentences: list[str], words: int) -> str:
    """A text of about so many words, of different sentences as long as there are enough."""
    chosen: list[str] = []
    for i in count():
        if words <= 0:
            break
        chosen.append(sentences[i % len(sentences)])
        words -= len(chosen[-1].split())
    return "\n\n".join(" ".join(chosen[i : i + _PARAGRAPH]) for i in range(0, len(chosen), _PARAGRAPH))


def reading(text: str) -> dict[str, float]:
    """Seconds to the first and to the last sentence, and memory in megabytes, of a process that reads one article."""
    child = subprocess.run(
        [sys.executable, "-c", _READ], input=text.encode(), cwd=_ROOT, capture_output=True, check=True
    )
    found: dict[str, float] = json.loads(child.stdout)
    return found


def page_start(page: Path) -> tuple[float, float]:
    """Seconds until a server with this page answers, and for the first run of its script in a new process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(page), "--server.headless=true", f"--server.port={port}"]
    start = time.perf_counter()
    server = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _answers(port):
            time.sleep(0.02)
        seconds = time.perf_counter() - start
    finally:
        server.terminate()
        server.wait()
    run = subprocess.run(
        [sys.executable, "-c", _RUN, str(page)], cwd=_ROOT, env=os.environ, capture_output=True, text=True, check=True
    )
    return seconds, float(run.stdout.split()[-1])


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def main() -> None:
    """Command line: see the module."""
    parser = argparse.ArgumentParser(description="Waiting time, memory and start of the desk.")
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--words", type=int, nargs="*", default=[500, 2_000, 5_000, 20_000])
    parser.add_argument("--page", type=int, default=3, help="rounds of the page's start")
    arguments = parser.parse_args()
    sentences = read_sentences(arguments.sentences, sys.maxsize)
    for words in arguments.words:
        found = reading(article(sentences, words))
        share, pace = found["first"] / found["whole"], found["whole"] / words * 1_000
        print(
            f"{words:6} words {found['segments']:5.0f} segments  first {found['first']:6.2f} s  whole "
            f"{found['whole']:7.2f} s  share {share:.2f}  {pace:.2f} s a thousand words  "
            f"memory {found['loaded']:.0f} MB loaded, {found['peak']:.0f} MB peak"
        )
    starts = [(page_start(_ROOT / "app.py"), page_start(_HELLO)) for _ in range(arguments.page)]
    for i, what in enumerate(("server answers", "first run")) if starts else ():
        ours, theirs = (statistics.median(pair[side][i] for pair in starts) for side in (0, 1))
        ratio = statistics.median(pair[0][i] / pair[1][i] for pair in starts)
        print(f"page, {what}: {ours:.2f} s, streamlit hello {theirs:.2f} s, ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
