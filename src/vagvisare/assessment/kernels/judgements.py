"""Whole judgements of ragged series: everything that needs no other series, as ``judge.judge_all`` has it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from vagvisare.assessment.judgement import Movement, Reason, Verdict
from vagvisare.assessment.kernels.blocks import checked, piece, share_out
from vagvisare.assessment.kernels.engine import Fit, chosen
from vagvisare.assessment.kernels.noises import noises
from vagvisare.assessment.kernels.paces import paces
from vagvisare.assessment.kernels.scales import Limits
from vagvisare.assessment.kernels.shapes import (
    MOVEMENTS,
    NONE,
    REASONS,
    VERDICTS,
    Codes,
    Contracts,
    Engine,
    Floats,
    Judgements,
    Ragged,
    Whole,
)
from vagvisare.assessment.kernels.strays import reversals, runs
from vagvisare.assessment.kernels.windows import Terms, Windows, judged
from vagvisare.assessment.window import LONGEST


def judge(
    values: npt.ArrayLike,
    periods: npt.ArrayLike,
    offsets: npt.ArrayLike,
    contracts: Contracts,
    *,
    threads: int | None = None,
    engine: Engine = "auto",
) -> Judgements:
    """Judge every series: level, direction, run, reversal, noise, and the pace towards a level.

    Args:
        values: figures in each series' own unit, all series in one array, oldest first; NaN (or infinite) is missing.
        periods: the calendar year of each figure, rising within a series. Windows of several years that overlap are
            not for this entry: their variance is known from the overlap (``effective``).
        offsets: where each series begins, and where the last ends: m + 1 whole numbers, the first 0.
        contracts: what is declared about the series.
        threads: how many threads; None for as many as there are cores.
        engine: as for :func:`trend`.

    Returns:
        Arrays of length m, equal to what the objects' way gives: codes alike, numbers within 1e-9 of their size.

    Raises:
        ValueError: when the arrays do not describe series, periods do not rise, or contracts have another length.
        ImportError: when ``engine`` is ``numba`` and numba is not installed.
    """
    figures, years, places = checked(values, periods, offsets)
    m = len(places) - 1
    terms = _terms(contracts, m)
    fit = chosen(engine, m)
    out = _empty(m, terms.scale)

    def work(first: int, last: int) -> None:
        part = piece(figures, years, places, first, last)
        rows = slice(first, last)
        own = terms.at(rows)
        with np.errstate(all="ignore"):
            answers = _judged(part, own, fit)
        for name, column in answers.items():
            getattr(out, name)[rows] = column

    share_out(m, work, threads)
    return out


def _judged(series: Ragged, terms: Terms, fit: Fit) -> dict[str, npt.NDArray[np.generic]]:
    """Judge some neighbouring series; columns by their names in ``Judgements``."""
    if not len(series.values):
        return {}
    has = series.n > 0
    latest = np.where(has, series.end - 1, 0)
    period, value = (np.where(has, flat[latest], np.nan) for flat in (series.periods, series.values))
    begun = _since(series, terms.cut, period)
    windows = Windows(np.minimum(series.end - begun, LONGEST), series.end)
    trends = judged(series, windows, terms, fit)
    columns = {
        **trends.fit._asdict(),
        **trends._asdict(),
        **runs(series, begun)._asdict(),
        **reversals(series, windows, terms, fit)._asdict(),
        **noises(series, windows, terms, trends)._asdict(),
        **paces(series, terms, trends, period)._asdict(),
        "period": period,
        "value": value,
        "available": series.end - begun,
        "since": np.where(has, series.periods[np.where(has, windows.end - windows.n, 0)], np.nan),
    }
    return {name: columns[name] for name in Judgements._fields}


def _since(series: Ragged, cut: Floats, period: Floats) -> Whole:
    """Return the place of the first figure since the cut; a cut later than the latest figure has not happened."""
    reached = np.where(cut <= period, cut, -np.inf)
    before = series.periods < np.repeat(reached, series.n)
    counted = np.concatenate(([0], np.cumsum(before)))
    places: Whole = series.begin + counted[series.end] - counted[series.begin]
    return places


def _terms(contracts: Contracts, m: int) -> Terms:
    """Spread the contracts over m series."""

    def spread(field: npt.ArrayLike, kind: type[np.generic]) -> npt.NDArray[np.generic]:
        return np.broadcast_to(np.asarray(field).astype(kind), (m,))

    numbers = {name: spread(field, np.float64) for name, field in contracts._asdict().items()}
    codes = {name: spread(getattr(contracts, name), np.int8) for name in ("scale", "direction", "earlier")}
    fields = {name: column for name, column in (numbers | codes).items() if name in Terms._fields}
    return Terms(limits=Limits.of(numbers["low"], numbers["high"]), **fields)  # type: ignore[arg-type]


def _empty(m: int, scale: Codes) -> Judgements:
    """Return the answer for m series without figures: nothing can be told."""
    fields: dict[str, npt.NDArray[np.generic]] = {name: np.full(m, np.nan) for name in Judgements._fields}
    fields |= {name: np.full(m, NONE, dtype=np.int8) for name in ("run_movement", "reversal", "news", "pace")}
    fields |= {name: np.zeros(m, dtype=np.int64) for name in ("n", "available", "s", "run_length")}
    fields |= {
        "verdict": np.full(m, VERDICTS.index(Verdict.UNDETERMINED), dtype=np.int8),
        "movement": np.full(m, MOVEMENTS.index(Movement.UNKNOWN), dtype=np.int8),
        "reason": np.full(m, REASONS.index(Reason.TOO_FEW), dtype=np.int8),
        "scale": scale.astype(np.int8),
        "p": np.ones(m),
        "exact": np.zeros(m, dtype=bool),
    }
    return Judgements(**fields)  # type: ignore[arg-type]  # the types are those of the class
