"""Trends of ragged series: the same numbers as ``reference.fit``, for all series at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from vagvisare.assessment.kernels.blocks import by_length, checked, gathered, piece, share_out
from vagvisare.assessment.kernels.engine import chosen
from vagvisare.assessment.kernels.shapes import Engine, Trends, room_for_trends, write_too_few
from vagvisare.assessment.verdict import FEWEST


def trend(
    values: npt.ArrayLike,
    periods: npt.ArrayLike,
    offsets: npt.ArrayLike,
    *,
    inflation: npt.ArrayLike | None = None,
    threads: int | None = None,
    engine: Engine = "auto",
) -> Trends:
    """Compute the trend of every series: Theil–Sen slope and intervals, Mann–Kendall test, robust line.

    Args:
        values: figures on the model scale, all series in one array, oldest first; NaN (or infinite) is missing.
        periods: the year each figure belongs to (the middle of its period), rising within a series; any spacing.
        offsets: where each series begins, and where the last ends: m + 1 whole numbers, the first 0.
        inflation: the variance inflation of each series where it is known beforehand; NaN (or None for all) has it
            estimated from the series' own autocorrelation. Length m, or 1 for all alike.
        threads: how many threads; None for as many as there are cores.
        engine: ``numpy``, ``numba`` (compiled; an error where numba is missing), or ``auto``: compiled for many series
            where numba is installed.

    Returns:
        Arrays of length m, equal to ``reference`` within 1e-9 of their size.

    Raises:
        ValueError: when the arrays do not describe series, or periods do not rise.
        ImportError: when ``engine`` is ``numba`` and numba is not installed.
    """
    figures, years, places = checked(values, periods, offsets)
    m = len(places) - 1
    known = np.broadcast_to(np.asarray(np.nan if inflation is None else inflation, dtype=np.float64), (m,))
    fit = chosen(engine, m)
    out = room_for_trends(m)

    def work(first: int, last: int) -> None:
        part = piece(figures, years, places, first, last)
        for n, rows in by_length(part.n):
            here = slice(first, last) if isinstance(rows, slice) else first + rows
            if n < FEWEST:
                write_too_few(out, here, n)
                continue
            block = gathered(part.values, part.end[rows], n)
            times = gathered(part.periods, part.end[rows], n)
            with np.errstate(over="ignore", invalid="ignore"):
                found = fit(times, block, block, known[here])
            for column, numbers in zip(out, found, strict=True):
                column[here] = numbers

    share_out(m, work, threads)
    return out
