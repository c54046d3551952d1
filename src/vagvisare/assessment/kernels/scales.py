"""The model scale for arrays: ``scale``, ``rate`` and the settling of ties, for many series at once.

Arrays named ``codes`` hold codes of SCALES. Figures are (m,) or (m, n); codes and limits are (m,), one a series.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from vagvisare.assessment.kernels.shapes import LINEAR, LOG, LOGIT, Codes, Floats, Marks, Whole
from vagvisare.assessment.rate import _LARGEST_EXPONENT
from vagvisare.assessment.scale import PERCENT, TOLERANCE


class Limits(NamedTuple):
    """Natural limits of m series: 0 and 100 where none are declared, and where they are."""

    low: Floats
    high: Floats
    declared: Marks

    @classmethod
    def of(cls, low: Floats, high: Floats) -> Limits:
        """Read the limits of contracts, NaN for none."""
        declared = ~(np.isnan(low) | np.isnan(high))
        return cls(np.where(declared, low, PERCENT[0]), np.where(declared, high, PERCENT[1]), declared)

    def at(self, rows: Whole | Marks | slice) -> Limits:
        """Return the limits of some of the series."""
        return Limits(self.low[rows], self.high[rows], self.declared[rows])


def fitting(lowest: Floats, highest: Floats, codes: Codes, limits: Limits) -> Codes:
    """Return the scale that figures from ``lowest`` to ``highest`` can be judged on: the declared one, or linear."""
    out = codes.copy()
    margin = TOLERANCE * (limits.high - limits.low)
    inside = (limits.low + margin < lowest) & (highest < limits.high - margin)
    out[(codes == LOG) & ~(lowest > 0)] = LINEAR
    out[(codes == LOGIT) & ~inside] = LINEAR
    return out


def to_model(values: Floats, codes: Codes, limits: Limits) -> Floats:
    """Move figures to the model scale; a figure the scale cannot hold becomes NaN or infinite."""
    return _by_scale(values, values, codes, limits, _log, _logit)


def from_model(y: Floats, codes: Codes, limits: Limits) -> Floats:
    """Move figures from the model scale back to their own unit."""
    return _by_scale(y, y, codes, limits, _exp, _unlogit)


def steepness(values: Floats, codes: Codes, limits: Limits) -> Floats:
    """Return how far the model scale moves when the figure moves by one, at ``values`` (m,)."""
    return _by_scale(np.ones_like(values), values, codes, limits, _steep_log, _steep_logit)


def per_year(slope: Floats, codes: Codes, level: Floats, limits: Limits) -> Floats:
    """Write slopes on the model scale as people say them: per cent a year on the log scale, else units a year."""
    said = slope / steepness(level, codes, limits)
    return np.where(codes == LOG, np.expm1(np.minimum(slope, _LARGEST_EXPONENT)) * 100, said)


def settled(values: Floats, ordered: Floats, codes: Codes, limits: Limits) -> Floats:
    """Return (m, n) figures with those that differ by rounding noise only made equal.

    ``ordered`` is each row sorted, and is itself settled. Few rows have such figures; only they are changed, each along
    its own order.
    """
    steps = np.diff(ordered, axis=1)
    tolerance = TOLERANCE * np.where(
        limits.declared | (codes == LOGIT), limits.high - limits.low, np.abs(ordered[:, [0, -1]]).max(axis=1)
    )
    allowed = np.where((codes == LOG)[:, None], TOLERANCE * ordered[:, 1:], tolerance[:, None])
    noisy = ((steps > 0) & (steps <= allowed)).any(axis=1)
    if not noisy.any():
        return values
    values, rows = values.copy(), np.flatnonzero(noisy)
    order = np.argsort(values[rows], axis=1)
    same = steps[rows] <= allowed[rows]
    for here in range(1, values.shape[1]):
        ordered[rows, here] = np.where(same[:, here - 1], ordered[rows, here - 1], ordered[rows, here])
    values[rows[:, None], order] = ordered[rows]
    return values


def _by_scale(
    linear: Floats,
    numbers: Floats,
    codes: Codes,
    limits: Limits,
    log: Callable[[Floats], Floats],
    logit: Callable[[Floats, Floats, Floats], Floats],
) -> Floats:
    """Return ``linear`` with the rows of other scales computed from ``numbers`` by their own functions."""
    down = (slice(None), None) if numbers.ndim > 1 else (slice(None),)
    logs, logits = codes == LOG, codes == LOGIT
    if logs.all():
        return log(numbers)
    if logits.all():
        return logit(numbers, limits.low[down], limits.high[down])
    out = linear.copy()
    if logs.any():
        out[logs] = log(numbers[logs])
    if logits.any():
        out[logits] = logit(numbers[logits], limits.low[logits][down], limits.high[logits][down])
    return out


def _log(values: Floats) -> Floats:
    return np.log(values)


def _logit(values: Floats, low: Floats, high: Floats) -> Floats:
    return np.log((values - low) / (high - values))


def _exp(y: Floats) -> Floats:
    return np.exp(np.minimum(y, _LARGEST_EXPONENT))


def _unlogit(y: Floats, low: Floats, high: Floats) -> Floats:
    distance = (high - low) / (1.0 + np.exp(np.minimum(np.abs(y), _LARGEST_EXPONENT)))
    return np.where(y < 0, low + distance, high - distance)


def _steep_log(values: Floats) -> Floats:
    return 1 / np.maximum(values, sys.float_info.min)


def _steep_logit(values: Floats, low: Floats, high: Floats) -> Floats:
    nearest = TOLERANCE * (high - low)
    return 1 / np.maximum(values - low, nearest) + 1 / np.maximum(high - values, nearest)
