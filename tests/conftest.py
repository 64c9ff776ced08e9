"""What all tests share: a cache of their own, the samples, and the embedded model."""

import os
import tempfile
from pathlib import Path

import pytest

# Before anything is imported that unpacks a model: the tests prove the unpacking too, on a cache of their own.
_CACHE = tempfile.TemporaryDirectory(prefix="entrefilet-tests-")
os.environ["ENTREFILET_CACHE"] = _CACHE.name
os.environ["ENTREFILET_MODELS"] = f"{_CACHE.name}/models"
os.environ["HF_HUB_OFFLINE"] = "1"

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
CLIENT_ARTICLE = SEEDS / "000_1d39e68d33dc8df3.txt"


@pytest.fixture(scope="session")
def french_to_english():
    """The embedded French-English translator, unpacked, verified and loaded."""
    from nlp.models import store

    return store.translator(store.route("fr", "en"))


@pytest.fixture
def read_seed():
    """Reads a sample by its file name."""
    from nlp.readers import read

    return lambda name: read((SEEDS / name).read_bytes(), name)
