"""How far the municipalities of a county lie apart, whether they draw nearer, and how many have moved the good way."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean, median, pstdev

from vagvisare.assessment.comparison import is_municipality
from vagvisare.assessment.definition import Direction, Indicator
from vagvisare.assessment.gaps.gap import verdict_of
from vagvisare.assessment.judgement import GapVerdict, Moved, Movement, Spread, Trend
from vagvisare.assessment.trend import TrendRequest
from vagvisare.assessment.window import plan
from vagvisare.terms.period import Period
from vagvisare.terms.series import Panel, Series, SeriesKey
from vagvisare.terms.unit import Scale

ENOUGH_MUNICIPALITIES = 5
"""The fewest municipalities a spread is stated for."""

ENOUGH_OF_THEM = 0.8
"""A period counts towards the course when this part of the latest period's municipalities have figures."""

_PEOPLE = "population"
"""The key of the indicator that counts everybody, where several count persons."""

_Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Municipalities:
    """The municipalities of one county: ``figures`` by period, for periods in which at least five have one."""

    key: SeriesKey
    figures: Mapping[Period, _Figures]

    @property
    def latest(self) -> Period:
        """The latest period with enough figures."""
        return max(self.figures)


def municipalities(panel: Panel) -> dict[SeriesKey, Municipalities]:
    """Gather the municipalities' totals by the key of their county's total; too few of them are left out."""
    gathered: dict[SeriesKey, dict[Period, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for key, series in panel.items():
        if key.is_total and is_municipality(key.territory):
            for period, value in series:
                gathered[key.at(key.territory[:2])][period][key.territory] = value
    enough = {
        county: {period: found for period, found in periods.items() if len(found) >= ENOUGH_MUNICIPALITIES}
        for county, periods in gathered.items()
    }
    return {county: Municipalities(county, found) for county, found in enough.items() if found}


def people_key(indicators: Mapping[str, Indicator]) -> str | None:
    """Return the key of the indicator that counts inhabitants; None where none does, or nobody can say which."""
    counting = [key for key, indicator in indicators.items() if indicator.unit == "persons" and not indicator.per]
    if _PEOPLE in counting:
        return _PEOPLE
    return counting[0] if len(counting) == 1 else None


def people(panel: Panel, key: str | None, found: Municipalities) -> _Figures | None:
    """Return how many live in each municipality at the latest period's end; None unless all are known."""
    period = found.latest
    counted: dict[str, float] = {}
    for code in found.figures[period]:
        series = None if key is None else panel.get(SeriesKey(key, code))
        count = None if series is None else series.at(period) or series.at(Period.year(period.end))
        if count is None or count <= 0:
            return None
        counted[code] = count
    return counted


def followed(found: Municipalities, indicator: Indicator) -> tuple[tuple[str, ...], tuple[Period, ...]]:
    """Return the municipalities and the periods that the spread is followed over.

    The window is chosen as for any trend, among periods with figures for at least four in five of the latest period's
    municipalities. Only those with a figure in every period of it are followed: a municipality that comes or goes would
    change the spread without anything having changed.
    """
    now = found.figures[found.latest]
    needed = ENOUGH_OF_THEM * len(now)
    periods = tuple(sorted(p for p, figures in found.figures.items() if len(figures.keys() & now.keys()) >= needed))
    used = plan(periods, indicator.breaks).used
    return tuple(sorted(code for code in now if all(code in found.figures[period] for period in used))), used


def deviations(found: Municipalities, indicator: Indicator) -> Series | None:
    """Return the standard deviation among the followed municipalities over time; None with fewer than five.

    In the indicator's unit; for quantities on a log scale in per cent of their mean.
    """
    codes, used = followed(found, indicator)
    if len(codes) < ENOUGH_MUNICIPALITIES:
        return None
    rows = {period: [found.figures[period][code] for code in codes] for period in used}
    relative = indicator.scale is Scale.LOG and all(value > 0 for row in rows.values() for value in row)
    return Series.of(
        found.key,
        {period: 100 * pstdev(row) / fmean(row) if relative else pstdev(row) for period, row in rows.items()},
    )


def spread_request(deviation: Series) -> TrendRequest:
    """Ask for the trend of the standard deviation: smaller is better, and nobody has said how small does not matter."""
    return TrendRequest(deviation, Scale.LINEAR, Direction.LOWER)


def judge_spread(
    found: Municipalities,
    indicator: Indicator,
    course: tuple[Series, Trend] | None = None,
    inhabitants: _Figures | None = None,
) -> Spread:
    """State how far the municipalities lie apart at the latest period, and what the spread has done.

    Args:
        found: their figures.
        indicator: the contract, for direction and breaks.
        course: the standard deviation over time from :func:`deviations`, and its trend.
        inhabitants: people per municipality, to let every inhabitant count alike.

    Returns:
        The spread; municipalities with equal figures are named in the order of their codes.
    """
    now = found.figures[found.latest]
    lowest = min(now.items(), key=lambda item: (item[1], item[0]))
    highest = min(now.items(), key=lambda item: (-item[1], item[0]))
    ends = {Direction.HIGHER: (highest, lowest), Direction.LOWER: (lowest, highest)}.get(indicator.direction)
    mean, sd = (None, None) if inhabitants is None else _weighted(now, inhabitants)
    deviation, trend = (None, None) if course is None else course
    return Spread(
        period=found.latest,
        lowest=lowest,
        highest=highest,
        median=median(now.values()),
        of=len(now),
        sd=pstdev(now.values()),
        weighted_mean=mean,
        weighted_sd=sd,
        best=None if ends is None else ends[0],
        worst=None if ends is None else ends[1],
        followed=0 if deviation is None else len(followed(found, indicator)[0]),
        first_period=None if deviation is None else deviation.periods[0],
        first_sd=math.nan if deviation is None else deviation.values[0],
        last_sd=math.nan if deviation is None else deviation.values[-1],
        trend=trend,
        verdict=GapVerdict.UNDETERMINED if trend is None or deviation is None else verdict_of(trend, deviation),
        moved=moved(found, indicator),
    )


def _weighted(figures: _Figures, weights: _Figures) -> tuple[float, float]:
    """Return mean and standard deviation with every inhabitant counted alike."""
    everyone = math.fsum(weights[code] for code in figures)
    mean = math.fsum(weights[code] * value for code, value in figures.items()) / everyone
    variance = math.fsum(weights[code] * (value - mean) ** 2 for code, value in figures.items()) / everyone
    return mean, math.sqrt(variance)


def moved(found: Municipalities, indicator: Indicator) -> Moved | None:
    """Count the municipalities that have moved the good way since the window's start.

    None with fewer than five that have both figures, and where the two periods share a year.
    """
    used = followed(found, indicator)[1]
    if len(used) < 2 or used[0].overlaps(used[-1]):
        return None
    first, last = found.figures[used[0]], found.figures[used[-1]]
    ways = {
        code: (last[code] > first[code]) - (last[code] < first[code]) for code in sorted(first.keys() & last.keys())
    }
    if len(ways) < ENOUGH_MUNICIPALITIES:
        return None
    good = int(indicator.direction) or (1 if sum(ways.values()) >= 0 else -1)
    return Moved(
        since=used[0],
        until=used[-1],
        movement=Movement.RISING if good > 0 else Movement.FALLING,
        of=len(ways),
        exceptions=tuple(code for code, way in ways.items() if way != good),
    )
