"""int8 rows with one float scale a row: how embedded weights are stored.

CTranslate2 quantizes the same way (scale = 127 / largest magnitude of the row, rounded to nearest), so weights that
went through here lose nothing more when it converts them.
"""

import numpy as np
from numpy.typing import NDArray

SCALE = ".scale"
"""What is appended to a tensor's name to name its scales."""

_LEAST = 127.0 / np.finfo(np.float32).max


def quantized(tensors: dict[str, NDArray[np.floating]]) -> dict[str, NDArray[np.generic]]:
    """Matrices (rows, columns) as int8 with float32 scales (rows,); everything else as float32.

    A row without a magnitude that a float32 scale can hold (zeros, next to nothing) becomes zeros with scale 1.
    """
    packed: dict[str, NDArray[np.generic]] = {}
    for name, tensor in tensors.items():
        values = tensor.astype(np.float32)
        if values.ndim != 2 or values.shape[0] == 1:
            packed[name] = values
            continue
        largest = np.abs(values).max(axis=1)
        present = largest > _LEAST
        scale = np.where(present, 127.0 / np.where(present, largest, 1.0), 1.0).astype(np.float32)
        packed[name] = np.rint(values * scale[:, None]).astype(np.int8)
        packed[name + SCALE] = scale
    return packed


def dequantized(packed: dict[str, NDArray[np.generic]]) -> dict[str, NDArray[np.float32]]:
    """The float32 tensors that :func:`quantized` packed, each within half a step of its row's scale."""
    tensors = {name: values.astype(np.float32) for name, values in packed.items() if not name.endswith(SCALE)}
    for name in tensors:
        if packed[name].dtype == np.int8:
            tensors[name] /= packed[name + SCALE].astype(np.float32)[:, None]
    return tensors
