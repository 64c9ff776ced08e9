"""With every socket but loopback refused, in child processes too, the command line still does its whole job."""

import json
import os
import subprocess
import sys

from tests.conftest import CLIENT_ARTICLE, ROOT

GUARD = ROOT / "tests" / "no_network"


def guarded(log, **extra):
    """An environment in which nothing reaches the network, and attempts are written to ``log``."""
    return os.environ | {"PYTHONPATH": str(GUARD), "ENTREFILET_NETWORK_LOG": str(log)} | extra


def test_the_guard_refuses(tmp_path):
    log = tmp_path / "log"
    program = "import urllib.request; urllib.request.urlopen('http://192.0.2.1/')"
    done = subprocess.run([sys.executable, "-c", program], env=guarded(log), capture_output=True, check=False)
    assert done.returncode != 0 and "192.0.2.1" in log.read_text()


def test_a_first_digest_needs_no_network(tmp_path):
    """On an empty cache, so that unpacking and verifying the model (a child process) is part of it."""
    log = tmp_path / "log"
    done = subprocess.run(
        [sys.executable, "-m", "nlp", "digest", str(CLIENT_ARTICLE), "--json"],
        cwd=ROOT, env=guarded(log, ENTREFILET_CACHE=str(tmp_path / "cache")), capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert len(json.loads(done.stdout)["summary"]["sentences"]) == 3
    assert not log.exists(), log.read_text()
