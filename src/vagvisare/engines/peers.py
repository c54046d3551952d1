"""The latest figure beside the others': places among counties and municipalities, and riket's figure the same year."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from vagvisare.assessment.comparison import ENOUGH_COUNTIES, is_county, is_municipality
from vagvisare.assessment.definition import Direction
from vagvisare.engines.figures import Codes, Flags, Floats, Ragged, Whole, combined
from vagvisare.terms.series import NATION

ENOUGH = ENOUGH_COUNTIES
"""The fewest figures a place is given among, counties and municipalities alike; ``of`` always stands beside it."""

OTHER, COUNTY, MUNICIPALITY = range(3)


def kinds(territories: tuple[str, ...]) -> Codes:
    """Return what each territory is ranked among: counties, municipalities, or nobody."""
    return np.array(
        [COUNTY if is_county(code) else MUNICIPALITY if is_municipality(code) else OTHER for code in territories],
        dtype=np.int32,
    )


def peers(series: Ragged, direction: Codes) -> dict[str, npt.NDArray[np.generic]]:
    """Set the latest figure of each series beside those of the same measure, group and year.

    Args:
        series: whole indicators: every territory of each.
        direction: which way is better, one code a series; neutral quantities are ranked from the highest.

    Returns:
        By name of ``layout.PEERS``: places start at 1, equal figures share the better one; 0 and NaN stand for nothing.
    """
    first = int(series.periods.min(initial=0)) if series.number else 0
    years = int(series.periods.max(initial=0)) - first + 1
    measure = _measure(series)
    kind = kinds(series.territory.words)[series.territory.codes]
    # One number for each field of comparison: measure, kind of territory, year.
    field = ((measure * 3 + kind) * years)[series.owner] + (series.periods - first)
    ranked = kind != OTHER
    rank, tied, of = _places(series, field, ranked, direction)
    nation = _nation(series, measure, years, first)
    with np.errstate(over="ignore"):  # figures near the largest a float can hold
        difference = series.values[series.last] - nation
    county, municipality = kind == COUNTY, kind == MUNICIPALITY
    enough = of >= ENOUGH
    return {
        "rank_counties": np.where(county & enough, rank, 0),
        "of_counties": np.where(county, of, 0),
        "rank_municipalities": np.where(municipality & enough, rank, 0),
        "of_municipalities": np.where(municipality, of, 0),
        "tied": np.where(enough & ranked, tied, 0),
        "nation": nation,
        "nation_difference": difference,
    }


def _measure(series: Ragged) -> Whole:
    """Return one number for each measure (indicator, sex, background), counted from 0."""
    keys = (series.indicator, series.sex, series.background)
    whole = combined(tuple(key.codes for key in keys), tuple(len(key.words) for key in keys))
    inverse: Whole = np.unique(whole, return_inverse=True)[1].astype(np.int64)
    return inverse


def _places(series: Ragged, field: Whole, ranked: Flags, direction: Codes) -> tuple[Whole, Whole, Whole]:
    """Return place, how many share it, and among how many, for the latest figure of each series.

    Only fields in which some series ends are sorted: with one last year for most that is a tenth of all figures.
    """
    ends = np.zeros(int(field.max(initial=-1)) + 1, dtype=np.bool_)
    ends[field[series.last[ranked]]] = True
    chosen = np.flatnonzero(ends[field] & ranked[series.owner])
    better_low = (direction == int(Direction.LOWER))[series.owner[chosen]]
    signed = np.where(better_low, series.values[chosen], -series.values[chosen])
    order = np.lexsort((signed, field[chosen]))
    own_field, own_value = field[chosen][order], signed[order]
    other_field = own_field[1:] != own_field[:-1]
    at_field, of = _spans(other_field, len(chosen))
    at_place, tied = _spans(other_field | (own_value[1:] != own_value[:-1]), len(chosen))
    out = np.zeros((3, len(series.values)), dtype=np.int64)
    out[:, chosen[order]] = at_place - at_field + 1, tied, of
    rank, shared, among = out[:, series.last]
    return rank, shared, among


def _spans(changes: Flags, count: int) -> tuple[Whole, Whole]:
    """Return, for each of ``count`` rows, where its group starts and how large it is.

    Args:
        changes: for each row but the first, whether it begins a group.
        count: number of rows.
    """
    starts = np.flatnonzero(np.concatenate([np.ones(min(count, 1), dtype=np.bool_), changes]))
    sizes = np.diff(np.append(starts, count))
    return np.repeat(starts, sizes), np.repeat(sizes, sizes)


def _nation(series: Ragged, measure: Whole, years: int, first: int) -> Floats:
    """Return riket's figure in the measure and the latest year of each series; NaN where there is none."""
    grid = np.full((int(measure.max(initial=-1)) + 1) * years, np.nan)
    place = (measure * years)[series.owner] + (series.periods - first)
    code = series.territory.code(NATION)
    own = (series.territory.codes == code)[series.owner]
    grid[place[own]] = series.values[own]
    latest: Floats = grid[place[series.last]]
    return latest
