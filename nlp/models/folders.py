"""Where models are kept on this machine."""

import os
from pathlib import Path

from platformdirs import user_cache_path, user_data_path


def cache_folder() -> Path:
    """What can be made again at any time (unpacked and converted models): ENTREFILET_CACHE, or the system's place."""
    chosen = os.environ.get("ENTREFILET_CACHE")
    return Path(chosen).expanduser() if chosen else user_cache_path("entrefilet")


def models_folder() -> Path:
    """What was fetched: ENTREFILET_MODELS, or the system's place for a program's data."""
    chosen = os.environ.get("ENTREFILET_MODELS")
    return Path(chosen).expanduser() if chosen else user_data_path("entrefilet") / "models"
