"""The weather symbols of the German sustainability indicators (Destatis).

The mean yearly change over the last five years (six points, at least four) is carried on to the target's year; how
much of the remaining distance would then be missed decides between sun (under 5 per cent), sun and cloud (5 to 20) and
cloud (more). A change the wrong way, or none, is a thunderstorm. A target already met, or without a year, is one to
keep every year: the latest figure first, the mean change second. Without a target the mean change comes first and the
latest change second. Of several targets the next year's counts, and of several for the same year the worst symbol; of
a target interval, give the bound that asks least.

Where the last five years hold fewer than four points, the last four points are used. Each change is per year, also
where years are missing.

Source: Statistisches Bundesamt, "Status of the indicators", dns-indikatoren.de/en/status.
"""

from __future__ import annotations

from collections.abc import Sequence

from vagvisare.assessment.translations.case_series import (
    NOT_AVAILABLE,
    Answer,
    CaseSeries,
    each_alone,
    plain,
    unavailable,
)
from vagvisare.terms.language import Text

NAME = "destatis"
SUN = "sun"
SUN_CLOUD = "sun_cloud"
CLOUD = "cloud"
STORM = "storm"
STATUSES = (SUN, SUN_CLOUD, CLOUD, STORM, NOT_AVAILABLE)

YEARS = 5
FEWEST = 4

_KEPT = {(True, True): SUN, (True, False): SUN_CLOUD, (False, True): CLOUD, (False, False): STORM}
"""By whether the target is met, and whether the mean change is not for the worse."""

_MOVED = {(True, True): SUN, (True, False): SUN_CLOUD, (False, True): CLOUD, (False, False): STORM}
"""By whether the mean change is for the better, and whether the latest is."""

_HAIR = 1e-9
"""A share missed this near a threshold is at it: the rest is the computer's rounding."""


def judge(case: CaseSeries) -> Answer:
    """Judge one series."""
    points = _points(case)
    if len(points) < FEWEST:
        return unavailable(NAME, case, Text("Minst fyra mätpunkter behövs.", "At least four points are needed."), None)
    (first_year, first), (year, latest) = points[0], points[-1]
    change = (latest - first) / (year - first_year)
    targets = _targets(case, year)
    if not targets:
        return _direction_only(case, change)
    answers = [_towards(case, target, target_year, change) for target, target_year in targets]
    return max(answers, key=lambda answer: STATUSES.index(answer.status))


def _points(case: CaseSeries) -> Sequence[tuple[int, float]]:
    """Return the points of the last five years, else the last four points."""
    points = list(zip(case.periods, case.values, strict=True))
    recent = [point for point in points if point[0] >= points[-1][0] - YEARS]
    return recent if len(recent) >= FEWEST else points[-FEWEST:]


def _targets(case: CaseSeries, year: int) -> list[tuple[float, int | None]]:
    """Return the targets of the next target year; of those without a year all, of those gone by the last."""
    if case.target is None:
        return []
    declared = list(dict.fromkeys([(case.target, case.target_year), *case.further]))
    ahead = [each for _, each in declared if each is not None and each > year]
    gone = [each for _, each in declared if each is not None and each <= year]
    chosen = min(ahead) if ahead else (max(gone) if gone else None)
    return [each for each in declared if each[1] == chosen or each[1] is None]


def _towards(case: CaseSeries, target: float, target_year: int | None, change: float) -> Answer:
    year, latest = case.latest
    if case.meets(target) or target_year is None:
        return _kept(case, target, change)
    distance = target - latest
    missed = 1 - change * max(target_year - year, 0) / distance
    said = Text(
        f"I medeltal {_change(change).sv} om året de senaste fem åren; fortsätter det saknas "
        f"{_share(missed).sv} procent av vägen till målet ({plain(target).sv}) år {target_year}.",
        f"{_change(change).en} a year on average over the last five years; if that goes on, "
        f"{_share(missed).en} % of the way to the target ({plain(target).en}) is missing in {target_year}.",
    )
    if change * distance <= 0:
        return Answer(case.name, NAME, STORM, missed, None, -1, said)
    if missed < 0.05 - _HAIR:
        return Answer(case.name, NAME, SUN, missed, None, 1, said)
    status = SUN_CLOUD if missed <= 0.20 + _HAIR else CLOUD
    return Answer(case.name, NAME, status, missed, None, 1, said)


def _kept(case: CaseSeries, target: float, change: float) -> Answer:
    """Judge a target that is met, or is to be held every year: the figure first, the mean change second."""
    met = case.meets(target)
    good = case.sense * change
    status = _KEPT[met, good >= 0]
    reached = Text("når", "meets") if met else Text("når inte", "does not meet")
    said = Text(
        f"Den senaste siffran {reached.sv} målet {plain(target).sv}; i medeltal {_change(change).sv} om året de "
        "senaste fem åren.",
        f"The latest figure {reached.en} the target {plain(target).en}; {_change(change).en} a year on average over "
        "the last five years.",
    )
    return Answer(case.name, NAME, status, good, None, (good > 0) - (good < 0), said)


def _direction_only(case: CaseSeries, change: float) -> Answer:
    """Judge a series that is only to move the right way: the mean change first, the latest change second."""
    latest = case.values[-1] - case.values[-2]
    good, last_good = case.sense * change, case.sense * latest > 0
    status = _MOVED[good > 0, last_good]
    said = Text(
        f"I medeltal {_change(change).sv} om året de senaste fem åren, senast {_change(latest).sv}.",
        f"{_change(change).en} a year on average over the last five years, {_change(latest).en} in the latest step.",
    )
    return Answer(case.name, NAME, status, good, None, (good > 0) - (good < 0), said)


def _change(change: float) -> Text:
    said = plain(change)
    return Text(f"+{said.sv}", f"+{said.en}") if change > 0 else said


def _share(missed: float) -> Text:
    return plain(100 * max(missed, 0.0), 3)


method = each_alone(NAME, judge)
