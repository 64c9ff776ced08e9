"""What all commands share: exit codes, and messages on standard error in the reader's language."""

import locale
import os
import sys

from nlp.errors import EntrefiletError

DONE, SOME_FAILED, USAGE = 0, 1, 2


def say(message: str) -> None:
    """Print a message on standard error."""
    sys.stderr.write(f"entrefilet: {message}\n")
    sys.stderr.flush()


def complain(error: EntrefiletError, code: int) -> int:
    """Print an error's message; returns ``code``."""
    say(error.message(reader_language()))
    return code


def reader_language() -> str:
    """French where the environment's locale is French, otherwise English."""
    chosen = next((os.environ[v] for v in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(v)), "")
    return "fr" if (chosen or locale.getlocale()[0] or "").lower().startswith("fr") else "en"
