"""Trends asked for as requests and answered as values: the arrays' way in from the follow-up of a strategy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from vagvisare.assessment.judgement import Trend
from vagvisare.assessment.kernels.engine import chosen
from vagvisare.assessment.request import Points, TrendRequest, points_of
from vagvisare.assessment.verdict import Fit, conclude, enough, too_few


def judge_all(requests: Sequence[TrendRequest]) -> list[Trend]:
    """Judge many trends; answers in the order of the requests."""
    points = [points_of(request) for request in requests]
    blocks: defaultdict[int, list[int]] = defaultdict(list)
    out: dict[int, Trend] = {}
    for place, these in enumerate(points):
        if enough(these):
            blocks[these.window.n].append(place)
        else:
            out[place] = too_few(these)
    for places in blocks.values():
        for place, fit in zip(places, fit_block([points[place] for place in places]), strict=True):
            out[place] = conclude(requests[place], points[place], fit)
    return [out[place] for place in range(len(requests))]


def fit_block(block: Sequence[Points]) -> list[Fit]:
    """Compute the numbers of series that all have the same number of points (at least five)."""
    known = [points.inflation for points in block]
    # Figures near the end of what a float holds overflow to infinity, here as in the reference, which is silent.
    with np.errstate(over="ignore", invalid="ignore"):
        found = chosen("auto", len(block))(
            np.array([points.times for points in block]),
            np.array([points.values for points in block]),
            np.array([points.y for points in block]),
            np.array([np.nan if each is None else each for each in known]),
        )
    columns = {name: column.tolist() for name, column in found._asdict().items()}
    return [
        Fit(
            slope=columns["slope"][row],
            slope_95=(columns["slope_low"][row], columns["slope_high"][row]),
            slope_90=(columns["slope_low_90"][row], columns["slope_high_90"][row]),
            s=columns["s"][row],
            p=columns["p"][row],
            exact=columns["exact"][row],
            rho=columns["rho"][row],
            inflation=columns["inflation"][row],
            start=columns["start"][row],
            end=columns["end"][row],
        )
        for row in range(len(block))
    ]
