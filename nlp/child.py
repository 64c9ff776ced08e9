"""Work in a process of its own: what needs much memory for some seconds, or must not be trusted.

:func:`run` starts a module of this project, without network; the module's ``__main__`` part does its work under
:func:`refusing` and may print a result. So the parent can tell a model that is no good from a process that died.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nlp.errors import reason

_REFUSED = 3
_OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DISABLE_SAFETENSORS_CONVERSION": "1",  # Transformers would ask the hub to convert a pickle
}


class Refused(Exception):
    """The child cannot use what it was given; the message is its reason, in one line."""


def run(module: str, *arguments: str | Path) -> str:
    """Run ``python -m MODULE ARGUMENT…`` to its end; what it printed.

    Raises:
        Refused: its work raised one of the errors that it gave :func:`refusing`.
        OSError: it died, for lack of memory perhaps, or could not be started; ``strerror`` says why.
    """
    child = subprocess.run(
        [sys.executable, "-m", module, *(str(a.absolute()) if isinstance(a, Path) else a for a in arguments)],
        cwd=Path(__file__).parents[1],
        env=os.environ | _OFFLINE,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if child.returncode:
        said = (child.stderr.strip().splitlines() or [f"exit status {child.returncode}"])[-1]
        raise Refused(said) if child.returncode == _REFUSED else OSError(None, said)
    return child.stdout


@contextmanager
def refusing(*errors: type[Exception]) -> Iterator[None]:
    """In the child: work that ends the process, with the reason for :class:`Refused`, if it raises such an error."""
    try:
        yield
    except errors as error:
        sys.stderr.write(f"{reason(error)}\n")
        sys.exit(_REFUSED)
