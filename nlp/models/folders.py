"""Where models are kept on this machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock
from platformdirs import user_cache_path, user_data_path

from nlp.errors import CacheUnwritable


def cache_folder() -> Path:
    """What can be made again at any time (unpacked and converted models): ENTREFILET_CACHE, or the system's place."""
    chosen = os.environ.get("ENTREFILET_CACHE")
    return Path(chosen).expanduser() if chosen else user_cache_path("entrefilet")


@contextmanager
def caching(place: Path) -> Iterator[None]:
    """Work that makes ``place``, a folder of the cache, unless it is there; one process at a time.

    Raises:
        CacheUnwritable: instead of any OSError of that work.
    """
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(place.with_name(f".{place.name}.lock")):
            yield
    except OSError as error:
        raise CacheUnwritable(folder=place.parent, reason=error.strerror or error) from error


def models_folder() -> Path:
    """What was fetched: ENTREFILET_MODELS, or the system's place for a program's data."""
    chosen = os.environ.get("ENTREFILET_MODELS")
    return Path(chosen).expanduser() if chosen else user_data_path("entrefilet") / "models"
