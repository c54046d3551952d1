"""Walk the bundled real series through time: how often each rule changes its mind from one figure to the next.

Each year is judged with the figures up to then, as they are known today (later revisions included). Counted are pairs
of consecutive figures for which a rule could judge both times and our method had enough figures both times.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from vagvisare import flow
from vagvisare.assessment.definition import Direction, Indicator
from vagvisare.assessment.judge import trend_request
from vagvisare.assessment.judgement import Reason, Trend, Verdict
from vagvisare.assessment.measure import measure
from vagvisare.assessment.outlook.calibration import LONGEST, families
from vagvisare.assessment.translations import METHODS, NOT_AVAILABLE, case_series
from vagvisare.assessment.trend import judge_trends
from vagvisare.strategy_folder import Folder
from vagvisare.terms.series import Panel, Series

OWN = "18"
"""The territory of the bundled strategy (Örebro län), counted apart."""

FOREIGN = ("statcan", "eurostat", "un", "destatis", "scotland", "sdsn", "xmr")
"""Published methods that judge one series at a time."""

_DIRECTIONS = {Verdict.IMPROVING: 1, Verdict.WORSENING: -1}


@dataclass(frozen=True)
class Said:
    """What one rule said of one series after one more figure: its word, and whether that means better (1) or worse."""

    word: str
    direction: int


Spoken = list[list[Said | None]]
"""By series, after each figure; None where the rule could not judge."""

Points = list[list[int]]
"""By series, after each figure: how many points our method judged on, 0 where they were too few."""

SPANS = {"5 to 7": range(5, 8), "8 to 14": range(8, 15), "15 or more": range(15, 100)}
"""Series with few, some and as many points as the window holds, counted apart."""


def history(path: str, only: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return the changes of every rule on the totals of a folder's indicators that have a direction.

    ``only`` limits the work to some territories.
    """
    folder = flow.read_folder(path)
    indicators = {each.key: each for each in folder.indicators if each.direction is not Direction.NEUTRAL}
    series = [
        each
        for key, each in panel_of(folder, indicators.values()).items()
        if key.is_total and key.indicator in indicators and (not only or key.territory in only)
    ]
    kinds = families(folder.indicators)
    spoken: dict[str, Spoken] = {}
    spoken["ours_held"], judged = walk(series, indicators, held=True)
    spoken["ours"], _ = walk(series, indicators, held=False)
    spoken |= {"last_change": _simple(series, indicators, 1), "five_changes": _simple(series, indicators, 5)}
    spoken |= {name: _foreign(series, indicators, name) for name in FOREIGN}
    rules = {
        name: counted(series, said, spoken["ours_held"], judged, lambda each: kinds[each.key.indicator])
        for name, said in spoken.items()
    }
    return {
        "series": len(series),
        "indicators": len({each.key.indicator for each in series}),
        "families": len({kinds[each.key.indicator] for each in series}),
        "own": OWN,
        "day": str(flow.record(folder).latest),
        "rules": rules,
    }


def panel_of(folder: Folder, indicators: Iterable[Indicator]) -> Panel:
    """Return the folder's figures as known today, as series of indicators."""
    recorded = flow.record(folder)
    return measure(recorded.store.as_of(recorded.latest, {}).panel, list(indicators))


def walk(series: list[Series], indicators: Mapping[str, Indicator], *, held: bool) -> tuple[Spoken, Points]:
    """Judge every series by our method after each figure, and tell on how many points (0: too few to judge).

    ``held`` gives each judgement the verdict of the one before to weigh in.
    """
    spoken: Spoken = [[] for _ in series]
    points: list[list[int]] = [[] for _ in series]
    earlier: dict[int, Verdict] = {}
    for n in range(1, max(map(len, series), default=0) + 1):
        places = [place for place, each in enumerate(series) if len(each) >= n]
        requests = [
            trend_request(_first(series[place], n), indicators[series[place].key.indicator], earlier=earlier.get(place))
            for place in places
        ]
        for place, trend in zip(places, judge_trends(requests), strict=True):
            spoken[place].append(_ours(trend))
            points[place].append(0 if trend.reason is Reason.TOO_FEW else trend.window.n)
            if held:
                earlier[place] = trend.verdict
    return spoken, points


_COUNTS = ("pairs", "changes", "reversals", "undone", "decided", "withdrawn", "ours_changes", "ours_reversals")


def counted(
    series: list[Series], said: Spoken, ours: Spoken, judged: Points, family: Callable[[Series], str]
) -> dict[str, Any]:
    """Count the pairs of a rule, its changes, reversals and changes undone at once, and ours on the same pairs."""
    total: dict[str, int] = defaultdict(int)
    own: dict[str, int] = defaultdict(int)
    groups: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    both_ways = 0
    for place, each in enumerate(series):
        found = _pairs(said[place], ours[place], judged[place])
        for name, count in found.items():
            total[name] += count
            own[name] += count * (each.key.territory == OWN)
        groups[family(each)][0] += found["changes"]
        groups[family(each)][1] += found["pairs"]
        directions = {
            one.direction for one, is_judged in zip(said[place], judged[place], strict=True) if is_judged and one
        }
        both_ways += {1, -1} <= directions
    return {**total, "both_ways": both_ways, "error": clustered(groups.values()), "own": dict(own)}


def _blank() -> dict[str, int]:
    spans = [f"{what} {span}" for span in SPANS for what in ("pairs", "changes")]
    return dict.fromkeys((*_COUNTS, *spans), 0)


def _pairs(said: list[Said | None], ours: list[Said | None], judged: list[int]) -> dict[str, int]:
    count = _blank()
    for n in range(1, len(said)):
        a, b = said[n - 1], said[n]
        if a is None or b is None or not (judged[n - 1] and judged[n]):
            continue
        count["pairs"] += 1
        count["changes"] += a.word != b.word
        count["reversals"] += a.direction * b.direction < 0
        count["decided"] += a.direction == 0 != b.direction
        count["withdrawn"] += a.direction != 0 == b.direction
        span = next(name for name, lengths in SPANS.items() if judged[n] in lengths)
        count[f"pairs {span}"] += 1
        count[f"changes {span}"] += a.word != b.word
        before = said[n - 2] if n > 1 and judged[n - 2] else None
        count["undone"] += before is not None and before.word == b.word != a.word
        mine, now = ours[n - 1], ours[n]
        if mine is not None and now is not None:
            count["ours_changes"] += mine.word != now.word
            count["ours_reversals"] += mine.direction * now.direction < 0
    return count


def clustered(groups: Iterable[list[int]]) -> float | None:
    """Return the standard error of Σ changes / Σ pairs when series of one family move together; None for one family."""
    known = [(changes, pairs) for changes, pairs in groups if pairs]
    pairs = sum(each for _, each in known)
    if len(known) < 2:
        return None
    rate = sum(changes for changes, _ in known) / pairs
    squares = sum((changes - rate * each) ** 2 for changes, each in known)
    return math.sqrt(squares * len(known) / (len(known) - 1)) / pairs


def _ours(trend: Trend) -> Said:
    return Said(str(trend.verdict), _DIRECTIONS.get(trend.verdict, 0))


def _simple(series: list[Series], indicators: Mapping[str, Indicator], steps: int) -> Spoken:
    """Say the sign of the change over the last ``steps`` figures, the good way positive."""
    out: Spoken = []
    for each in series:
        sense = int(indicators[each.key.indicator].direction)
        changes = [None] * steps + [b - a for a, b in zip(each.values, each.values[steps:], strict=False)]
        signs = [None if change is None else sense * ((change > 0) - (change < 0)) for change in changes]
        out.append([None if sign is None else Said(str(sign), sign) for sign in signs[: len(each)]])
    return out


def _foreign(series: list[Series], indicators: Mapping[str, Indicator], name: str) -> Spoken:
    """Ask a published method about every series after each figure, with our targets and its own base year."""
    method, out = METHODS[name], []
    for each in series:
        indicator = indicators[each.key.indicator]
        answers = method([case_series(_first(each, n), indicator) for n in range(1, len(each) + 1)])
        out.append(
            [None if answer.status == NOT_AVAILABLE else Said(answer.status, answer.direction) for answer in answers]
        )
    return out


def _first(series: Series, n: int) -> Series:
    return Series(series.key, series.periods[:n], series.values[:n])


def coverage(path: str) -> list[dict[str, float]]:
    """Return how the folder's projections have held, by years ahead, as its calibration has it; empty without one."""
    calibration = flow.read_folder(path).calibration
    if calibration is None:
        return []
    rows = []
    for years in range(1, LONGEST + 1):
        forecasts, narrow, wide = calibration.overall(years)
        if forecasts:
            rows.append({"years": years, "forecasts": forecasts, "coverage_80": narrow, "coverage_95": wide})
    return rows
