"""How much neighbouring years resemble each other in the bundled figures: which of the simulated worlds is ours.

The estimate is the method's own (lag-one correlation about the Theil–Sen line, corrected for the short series), before
it is pulled towards what every series is assumed to have. The same estimate on made-up series, whose correlation is
known, says how to read it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean, quantiles
from typing import Any

from honesty.history import panel_of
from honesty.measure import PHIS, Sizes, stream
from honesty.worlds import World, draw
from vagvisare import flow
from vagvisare.assessment import reference
from vagvisare.assessment.judge import trend_request
from vagvisare.assessment.outlook.calibration import families
from vagvisare.assessment.request import points_of
from vagvisare.assessment.window import LONGEST

FEWEST = 10
"""With fewer points a series says too little of its own correlation."""

SIMULATED = 4_000


def resemblance(path: str, sizes: Sizes) -> dict[str, Any]:
    """Return quartiles over the kinds of measures in a folder, and the mean estimate for each known correlation."""
    folder = flow.read_folder(path)
    indicators, kinds = {each.key: each for each in folder.indicators}, families(folder.indicators)
    found: dict[str, list[float]] = defaultdict(list)
    for key, series in panel_of(folder, indicators.values()).items():
        if key.is_total and key.indicator in indicators:
            points = points_of(trend_request(series, indicators[key.indicator]))
            if points.window.n >= FEWEST and points.inflation is None:
                found[kinds[key.indicator]].append(estimate(points.times, points.y))
    means = sorted(map(fmean, found.values()))
    return {
        "fewest": FEWEST,
        "series": sum(map(len, found.values())),
        "kinds": len(means),
        "lowest_quartiles_highest": [means[0], *quantiles(means, method="inclusive"), means[-1]],
        "years_simulated": LONGEST,
        "simulated": [[phi, _simulated(phi, sizes)] for phi in PHIS],
    }


def estimate(times: Sequence[float], y: Sequence[float]) -> float:
    """Return the corrected lag-one correlation of what is left about the Theil–Sen line; more than six points."""
    slope, n = reference.sen_slope(times, y), len(y)
    residuals = [value - slope * t for t, value in zip(times, y, strict=True)]
    return (n * reference.lag_one(residuals, reference.noise_floor(y)) + 2) / (n - 4)


def _simulated(phi: float, sizes: Sizes) -> float:
    world = World(LONGEST, phi)
    y = draw(world, SIMULATED, stream("resemblance", world, sizes.seed)).tolist()
    return fmean(estimate(range(LONGEST), row) for row in y)
