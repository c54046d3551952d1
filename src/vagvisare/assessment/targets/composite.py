"""A territory made of others: riket without some counties, as the weighted mean that is left when they are taken out.

Riket's figure N with weight W is the mean over everybody. With the counties x_i of weight w_i taken out, what is left
has the mean (N·W − Σ x_i·w_i) / (W − Σ w_i). That holds for shares and rates, which are means over people; of a sum, a
price or a duration nobody can say so without knowing what it is a mean over.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from vagvisare.assessment.comparison import Field
from vagvisare.assessment.definition import Composite, Indicator
from vagvisare.terms.period import Period
from vagvisare.terms.series import NATION, Panel, SeriesKey
from vagvisare.terms.unit import UnitClass

_PER_PERSON = frozenset({"sek_per_person"})
"""Units that count money and yet are means over people."""

_ROUNDING = 1e-9
"""How far outside the natural limits a computed share may fall by the computer's rounding."""


@dataclass(frozen=True, slots=True)
class Mean:
    """The figure of a composite in one period, in the indicator's unit.

    ``value`` is None where it cannot be computed: ``lacking`` then names the territories without a figure, and is empty
    where weights are missing or do not fit. ``weighed`` is the period the weights come from.
    """

    value: float | None
    weighed: Period | None = None
    lacking: tuple[str, ...] = ()


def is_mean(indicator: Indicator) -> bool:
    """Tell whether the figures are means over people, so that a composite can be computed."""
    unit = indicator.unit_words
    return unit.unit_class in (UnitClass.SHARE, UnitClass.RATE) or unit.code in _PER_PERSON


def mean_of(
    composite: Composite, key: SeriesKey, period: Period, field: Field, panel: Panel, indicator: Indicator
) -> Mean:
    """Compute what ``composite`` had in ``period``.

    Args:
        composite: what is left out of riket, and the indicator that weighs.
        key: the measure and group.
        period: the period of the figures; weights come from the latest period that ends no later.
        field: everybody's figures.
        panel: where the weights are.
        indicator: the measure's contract, for its unit and natural limits.
    """
    if not is_mean(indicator):
        return Mean(None)
    parts = tuple(dict.fromkeys(composite.without))
    figures = field.values(key, period)
    lacking = tuple(code for code in (NATION, *parts) if code not in figures)
    if lacking:
        return Mean(None, None, lacking)
    weighed, weights = _weights(composite, parts, period, panel)
    if weighed is None:
        return Mean(None)
    left = weights[NATION] - math.fsum(weights[code] for code in parts)
    if left <= 0 or any(weight < 0 for weight in weights.values()):
        return Mean(None, weighed)
    total = math.fsum([figures[NATION] * weights[NATION], *(-figures[code] * weights[code] for code in parts)])
    value = total / left
    return Mean(value if _possible(value, indicator) else None, weighed)


def _weights(
    composite: Composite, parts: tuple[str, ...], period: Period, panel: Panel
) -> tuple[Period | None, dict[str, float]]:
    """Return the latest weights no later than ``period`` that riket and every part have in common."""
    series = {code: dict(panel.get(SeriesKey(composite.weight, code), ())) for code in (NATION, *parts)}
    shared = set[Period].intersection(*(set(points) for points in series.values()))
    reached = [each for each in shared if each.end <= period.end]
    if not reached:
        return None, {}
    latest = max(reached, key=lambda each: (each.end, each.start))
    return latest, {code: points[latest] for code, points in series.items()}


def _possible(value: float, indicator: Indicator) -> bool:
    """Tell whether the natural limits can hold the figure: weights that do not fit it give shares below nought."""
    if indicator.bounds is None:
        return math.isfinite(value)
    low, high = indicator.bounds
    slack = _ROUNDING * (high - low)
    return low - slack <= value <= high + slack
