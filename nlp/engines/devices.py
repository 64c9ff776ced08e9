"""Where models run: the CPU, or a GPU that is really there."""

import os
from functools import cache
from importlib import metadata
from pathlib import Path


@cache
def chosen() -> str:
    """The device of this process: "cpu", "cuda" or "mps".

    ENTREFILET_DEVICE decides; "auto", the default, takes CUDA where PyTorch finds it and the CPU otherwise (Apple's
    GPU only when asked for: nobody has measured yet that it beats int8 on the CPU). PyTorch is imported, some hundred
    megabytes, only where its build and this machine make a GPU possible.
    """
    wish = os.environ.get("ENTREFILET_DEVICE", "auto").lower()
    if wish == "cpu":
        return "cpu"
    if wish == "mps":
        return "mps" if _mps() else "cpu"
    return "cuda" if _cuda() else "cpu"


def _cuda() -> bool:
    """Whether PyTorch can use an NVIDIA or AMD GPU; cheap where that is out of the question."""
    driver = any(Path(sign).exists() for sign in ("/dev/nvidiactl", "/dev/kfd", "/dev/dxg")) or os.name == "nt"
    if not driver or metadata.version("torch").endswith("+cpu"):
        return False
    import torch

    return torch.cuda.is_available()


def _mps() -> bool:
    import torch

    return torch.backends.mps.is_available()
