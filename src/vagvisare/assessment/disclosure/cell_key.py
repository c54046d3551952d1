"""Tables that the producer protects with noise: the Cell Key Method.

Every count, margins too, is changed a little and independently, the same cell always by the same amount. Totals then
need not equal the sum of their parts. That is no error and nothing is corrected; small counts are less certain, by the
variance of the noise. Such a table needs no hiding here.

Source: Statistics Sweden's description of its disclosure control; the method is the Australian Bureau of Statistics'
(Fraser and Wooton, 2005).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt

from vagvisare.assessment.disclosure.grid import Grid, Row
from vagvisare.assessment.disclosure.table import CellKey, Table

FEWEST = 12
"""Sums that must be seen before anything is said of noise."""

OFTEN = 1 / 3
"""Of the sums, how many must differ from their parts: an error is rare, noise is everywhere."""

SMALL = 10.0
"""The largest difference, in counts for each square root of the cells in the sum, that is still small."""

BIASED = 2.58
"""Differences that lean more than this to one side (standard errors) are something else: parts left out, or revised."""

Z_95 = 1.96


@dataclass(frozen=True, slots=True)
class Hint:
    """Signs that a table is protected with noise: offered to its owner, who declares it or not.

    ``sums`` were seen, ``differing`` of them differ from their parts, by at most ``largest``. ``variance`` is the
    noise's variance for one count, were it noise. Counts rounded to a multiple look the same.
    """

    sums: int
    differing: int
    largest: int
    variance: float


def differences(table: Table) -> list[tuple[int, int]]:
    """Return, for each sum of which everything is published, its parts minus its total, and how many cells it has."""
    counts, rows = _whole(table)
    return [(sum(by * counts[place] for place, by in row), len(row)) for row in rows]


def _whole(table: Table) -> tuple[dict[int, int], list[Row]]:
    grid = Grid(table)
    counts = {grid.place(cell): count for cell, count in table.counts.items() if count is not None}
    return counts, [row for row in grid.sums() if all(place in counts for place, _ in row)]


def estimated(table: Table) -> CellKey | None:
    """Estimate the noise from how far parts and totals differ; None where no sum is published whole.

    With independent noise of variance V on each of k counts in a sum, the difference has variance k·V.
    """
    found = differences(table)
    return CellKey(sum(gap * gap / cells for gap, cells in found) / len(found)) if found else None


def hint(table: Table) -> Hint | None:
    """Say whether parts and totals differ as noise makes them: often, little, and as much upwards as downwards."""
    found = differences(table)
    gaps = [gap for gap, _ in found if gap]
    if len(found) < FEWEST or len(gaps) < OFTEN * len(found):
        return None
    if any(abs(gap) > SMALL * sqrt(cells) for gap, cells in found):
        return None
    variance = sum(gap * gap / cells for gap, cells in found) / len(found)
    if abs(sum(gaps)) > BIASED * sqrt(variance * _weight(table)):
        return None
    return Hint(len(found), len(gaps), max(map(abs, gaps)), variance)


def _weight(table: Table) -> int:
    """Return the variance of all differences together, for noise of variance 1: a cell stands in several sums."""
    _, rows = _whole(table)
    net: dict[int, int] = defaultdict(int)
    for row in rows:
        for place, by in row:
            net[place] += by
    return sum(by * by for by in net.values())


def count_variance(count: float, key: CellKey, cells: int = 1) -> float:
    """Return the variance of a count that is the sum of ``cells`` published counts: its own (Poisson) plus the noise.

    A difference between two counts has the sum of both variances.
    """
    return count + cells * key.variance


def share_variance(numerator: float, denominator: float, key: CellKey) -> float:
    """Return the variance that the noise adds to a share (0 to 1), to first order: V (1 + p²) / n²."""
    share = numerator / denominator
    return key.variance * (1 + share * share) / (denominator * denominator)


def noise_margin(key: CellKey, cells: int = 1) -> float:
    """Return how far, nineteen times of twenty, the noise moves a sum of ``cells`` published counts."""
    return Z_95 * sqrt(cells * key.variance)
