"""From ragged series to blocks of series of equal length, and many blocks at once.

Ragged: all figures in one array, series k in ``values[offsets[k]:offsets[k + 1]]``. A piece is a run of neighbouring
series that fits in the cache with everything computed about it; pieces are shared out among threads, each writes to
its own rows of the answer, and the answer does not depend on how many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from vagvisare.assessment.kernels.shapes import Floats, Ragged, Whole

SERIES_AT_ONCE = 8192
"""How many neighbouring series are worked on at a time."""


def checked(values: npt.ArrayLike, periods: npt.ArrayLike, offsets: npt.ArrayLike) -> tuple[Floats, Floats, Whole]:
    """Return the three arrays in the types the kernels work in.

    Raises:
        ValueError: when the arrays do not describe series: lengths that differ, offsets that do not begin at 0, end
            at the number of figures, or fall.
    """
    figures, years = (np.ascontiguousarray(each, dtype=np.float64) for each in (values, periods))
    places = np.ascontiguousarray(offsets, dtype=np.int64)
    if figures.ndim != 1 or figures.shape != years.shape:
        raise ValueError(f"values and periods must be two arrays of one length, not {figures.shape} and {years.shape}")
    if places.ndim != 1 or not len(places) or places[0] != 0 or places[-1] != len(figures):
        raise ValueError(f"offsets must run from 0 to the number of figures ({len(figures)})")
    if (np.diff(places) < 0).any():
        raise ValueError("offsets must not fall")
    return figures, years, places


def piece(values: Floats, periods: Floats, offsets: Whole, first: int, last: int) -> Ragged:
    """Return the series from ``first`` to just before ``last`` with what is missing (not finite) left out.

    Raises:
        ValueError: when the periods of a series do not rise.
    """
    start, stop = offsets[first], offsets[last]
    figures, years, places = values[start:stop], periods[start:stop], offsets[first : last + 1] - start
    present = np.isfinite(figures)
    if not present.all():
        figures, years = figures[present], years[present]
        places = np.concatenate(([0], np.cumsum(present)))[places]
    rises = np.diff(years) > 0
    # The step from one series to the next may fall; every other may not. The first figure of a series has no step.
    between = places[1:-1]
    rises[between[(between > 0) & (between < len(years))] - 1] = True
    if not rises.all():
        raise ValueError("the periods of every series must rise from each figure to the next")
    return Ragged(figures, years, places[:-1], places[1:])


def by_length(n: Whole) -> Iterator[tuple[int, Whole | slice]]:
    """Yield each number of points that occurs with the places of the series that have it, shortest first."""
    if not len(n):
        return
    if (n == n[0]).all():
        yield int(n[0]), slice(None)
        return
    order = np.argsort(n, kind="stable")
    lengths, starts = np.unique(n[order], return_index=True)
    yield from zip(lengths.tolist(), np.split(order, starts[1:]), strict=True)


def gathered(flat: Floats, end: Whole, n: int) -> Floats:
    """Return the last ``n`` figures before each place in ``end`` as an (m, n) block; a view where they lie in a row."""
    m = len(end)
    if m and end[-1] - end[0] == (m - 1) * n and (m == 1 or (np.diff(end) == n).all()):
        return flat[end[0] - n : end[-1]].reshape(m, n)
    block: Floats = flat[end[:, None] + np.arange(-n, 0)]
    return block


def share_out(count: int, work: Callable[[int, int], None], threads: int | None) -> None:
    """Call ``work(first, last)`` for pieces that together cover ``count`` series, on so many threads.

    None leaves the number to the standard library, which knows how many cores there are.
    """
    edges = [*range(0, count, SERIES_AT_ONCE), count]
    if threads == 1 or len(edges) <= 2:
        for first, last in pairwise(edges):
            work(first, last)
        return
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(work, edges[:-1], edges[1:]):
            pass
