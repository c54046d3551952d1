"""Worlds with a known truth: synthetic series whose drift, noise, shocks and gaps are chosen, not found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from vagvisare.assessment.kernels import SCALES
from vagvisare.terms.unit import Scale

Floats = npt.NDArray[np.float64]
SPIKE = 4.0
"""The size of a one-year spike, in standard deviations of the noise."""

SHIFT = 2.0
"""The size of a step in the middle of the series, in standard deviations."""

COARSE, COARSER = 1.0, 0.5
"""The standard deviation of the noise where figures are rounded to whole numbers."""

MISSING = 0.25
"""The share of the years between the first and the last that have no figure."""

SHARE = 90.0
"""The level, in per cent, that shares near their limit waver about."""

OVERLAP = 4
"""How many years a window of several years covers."""

_SETTLING = 60
"""Years before the first that the noise has been going on."""


@dataclass(frozen=True)
class World:
    """Where a batch of series comes from.

    ``drift`` is in standard deviations of the noise a year; ``phi`` the correlation of each year's noise with the
    year before; ``n`` how many years. ``kind`` is a key of KINDS.
    """

    n: int
    phi: float
    drift: float = 0.0
    kind: str = "plain"

    @property
    def scale(self) -> int:
        """The code of the model scale the figures are judged on."""
        return SCALES.index(Scale.LOGIT if self.kind == "share" else Scale.LINEAR)


KINDS = {
    "plain": "normal noise",
    "spike": f"one year at random strays by {SPIKE:g} standard deviations",
    "shift": f"the level steps by {SHIFT:g} standard deviations halfway",
    "heavy": "heavy tails: the noise has Student’s t with 3 degrees of freedom",
    "coarse": f"rounded to whole numbers, standard deviation {COARSE:g}",
    "coarser": f"rounded to whole numbers, standard deviation {COARSER:g}",
    "gaps": f"{MISSING:.0%} of the years between the first and the last are missing".replace("%", " %"),
    "share": f"shares about {SHARE:g} per cent, judged on the logit scale",
    "overlap": f"means over {OVERLAP} years, published every year",
}


def draw(world: World, series: int, rng: np.random.Generator) -> Floats:
    """Return ``series`` series of the world, shape (series, n); NaN where a figure is missing.

    Noise has mean 0 and standard deviation 1 before it is rounded, averaged or moved to another scale.
    """
    years = world.n + (OVERLAP - 1 if world.kind == "overlap" else 0)
    y = noise(series, years, world.phi, rng, heavy=world.kind == "heavy") + world.drift * np.arange(years)
    rows = np.arange(series)
    if world.kind == "spike":
        y[rows, rng.integers(0, years, series)] += SPIKE * rng.choice((-1.0, 1.0), series)
    elif world.kind == "shift":
        y[:, years // 2 :] += SHIFT
    elif world.kind in {"coarse", "coarser"}:
        y = np.round((COARSE if world.kind == "coarse" else COARSER) * y + rng.uniform(0, 1, (series, 1)))
    elif world.kind == "gaps":
        y[:, 1:-1][rng.random((series, years - 2)) < MISSING] = np.nan
    elif world.kind == "share":
        y = 100 / (1 + np.exp(-(np.log(SHARE / (100 - SHARE)) + 0.1 * y)))
    elif world.kind == "overlap":
        y = np.lib.stride_tricks.sliding_window_view(y, OVERLAP, axis=1).mean(axis=2)
    return y


def noise(series: int, years: int, phi: float, rng: np.random.Generator, *, heavy: bool = False) -> Floats:
    """Return noise in which each year resembles the year before: e(t) = φ e(t − 1) + √(1 − φ²) u(t)."""
    length = years + _SETTLING
    shocks = rng.standard_t(3, (series, length)) / np.sqrt(3) if heavy else rng.standard_normal((series, length))
    out = shocks
    for year in range(1, length):
        out[:, year] = phi * out[:, year - 1] + np.sqrt(1 - phi * phi) * shocks[:, year]
    return np.ascontiguousarray(out[:, _SETTLING:])
