"""Which fit is used, NumPy's or the compiled one, and on how many threads."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable

from vagvisare.assessment.kernels import numpy_path
from vagvisare.assessment.kernels.shapes import Engine, Floats, Trends

Fit = Callable[[Floats, Floats, Floats, Floats], Trends]

WORTH_COMPILED = 20_000
"""From so many series on, loading the compiled fit (about a second) pays for itself."""


def chosen(engine: Engine, series: int) -> Fit:
    """Return the fit to use for so many series.

    ``auto`` goes by the number alone, so that the same question always gets the same answer to the last digit.

    Raises:
        ImportError: when ``engine`` is ``numba`` and numba is not installed.
        ValueError: when ``engine`` is none of the three words.
    """
    if engine not in {"auto", "numpy", "numba"}:
        raise ValueError(f"engine must be auto, numpy or numba, not {engine}")
    if engine == "numpy" or (engine == "auto" and (series < WORTH_COMPILED or not has_numba())):
        return numpy_path.fit
    # Loading numba takes half a second that a follow-up of one strategy has no use for.
    from vagvisare.assessment.kernels import numba_path  # noqa: PLC0415

    return numba_path.fit


def has_numba() -> bool:
    """Tell whether numba is installed."""
    try:
        return importlib.util.find_spec("numba") is not None
    except (ImportError, ValueError):
        return False
