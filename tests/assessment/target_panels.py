"""Made-up panels for tests of targets: every territory's figures by code, judged as one."""

from __future__ import annotations

from collections.abc import Mapping

from vagvisare.assessment.definition import Collection, Direction, Indicator, Target, TargetKind
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.judgement import Pace
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

NOTHING = Text("", "")
Figures = Mapping[str, Mapping[int, float]]


def indicator(unit: str = "percent", direction: Direction = Direction.HIGHER, **more) -> Indicator:
    fields = {"title": NOTHING, "subject": NOTHING, "definition": NOTHING, "key": "measure", "dataset": "measure"}
    return Indicator(**(fields | {"unit": unit, "direction": direction, "collection": Collection.REGISTER} | more))


def target(kind: TargetKind, **more) -> Target:
    return Target(kind=kind, wording="", source="made up", **more)


def years(values, start: int = 2010) -> dict[int, float]:
    return dict(enumerate(map(float, values), start=start))


def panel_of(figures: Figures, key: str = "measure") -> dict[SeriesKey, Series]:
    out = {}
    for code, points in figures.items():
        where = SeriesKey(key, *code.split())
        out[where] = Series.of(where, {Period.year(year): value for year, value in points.items()})
    return out


def judged(
    figures: Figures, *aims: Target, weights: Figures | None = None, at: str = "18", fast: bool = False, **contract
) -> tuple[Pace, ...]:
    """Judge the targets ``aims`` of territory ``at`` among ``figures``; ``weights`` are the indicator "people"."""
    contracts = {"measure": indicator(targets=aims, **contract)}
    panel = panel_of(figures)
    if weights is not None:
        contracts["people"] = indicator("persons", Direction.NEUTRAL, key="people", dataset="people")
        panel |= panel_of(weights, "people")
    return judge_all(panel, contracts, fast=fast)[SeriesKey("measure", at)].paces


def one(figures: Figures, aim: Target, **more) -> Pace:
    (pace,) = judged(figures, aim, **more)
    return pace
