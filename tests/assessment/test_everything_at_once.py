"""Every kind of target, groups, events, projection and an earlier verdict at once: what must not change, does not.

All figures are made up. The share and its complement, another unit, another order of input, another series beside:
none may change one verdict, and numbers only as the change itself says.
"""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from projection_world import DAY, contract
from test_pace_outlook import MADE_UP

from vagvisare.assessment.closer.robustness import robustness
from vagvisare.assessment.closer.values import Choice
from vagvisare.assessment.definition import (
    Composite,
    Contrast,
    Direction,
    Event,
    Group,
    Milestone,
    Target,
    TargetKind,
)
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.judgement import PaceVerdict, Verdict
from vagvisare.assessment.outlook.conformal import PROBABILITIES, Calibration, ClassMisses, Horizon
from vagvisare.assessment.targets.pace import pace
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.territory import COUNTIES

OWN = SeriesKey("measure", "18")
WOMEN, MEN = Group("K", "", Text("kvinnor", "women")), Group("M", "", Text("män", "men"))
EVENT = Event("pandemic", 2020, 2021, Text("pandemin", "the pandemic"))
METRO = Composite(Text("riket utom storstadslänen", "Sweden elsewhere"), ("01", "12", "14"), "people")
EVEN = Calibration(
    DAY,
    "made up",
    (),
    (
        ClassMisses(
            "all",
            tuple(
                Horizon(n, "all", 100, 20, 5, 5, 0.8, 0.95, 0.7, 0.0, tuple(n * p for p in PROBABILITIES))
                for n in range(1, 9)
            ),
        ),
    ),
)
FLIP = {TargetKind.FLOOR: TargetKind.CEILING, TargetKind.CEILING: TargetKind.FLOOR}
LEVELS = (TargetKind.ABSOLUTE, TargetKind.FLOOR, TargetKind.CEILING)


def aim(kind, **more):
    return Target(kind, "", "made up", **more)


def aims(level):
    """Return a target of every kind, some with a year and a milestone, for figures about ``level``."""
    return (
        aim(TargetKind.ABSOLUTE, value=level * 1.1, year=2028, milestones=(Milestone(2025, level * 1.02),)),
        aim(TargetKind.INCREMENT, value=level * 0.05, base_year=2012, year=2028),
        aim(TargetKind.DIRECTION),
        aim(TargetKind.FLOOR, value=level * 0.95),
        aim(TargetKind.CEILING, value=level * 1.05),
        aim(TargetKind.ABOVE_NATION, year=2028),
        aim(TargetKind.CONVERGES),
        aim(TargetKind.AS_FAST),
        aim(TargetKind.AS_FAST, peers=("19", "17")),
        aim(TargetKind.ABOVE_PEERS, peers=("19", "17")),
        aim(TargetKind.ABOVE_COMPOSITE, composite=METRO),
        aim(TargetKind.RANK, value=7.0),
        aim(TargetKind.GAP_SHRINKS, groups=("K/", "M/")),
    )


RELATIVE = aim(TargetKind.RELATIVE_TO_BASE, value=8.0, base_year=2012, year=2028)


def country(seed, level):
    rng, panel = random.Random(seed), {}
    for code in ("00", *COUNTIES):
        start, step = level * rng.uniform(0.9, 1.1), level * rng.uniform(-0.02, 0.02)
        for sex in ("T", "K", "M") if code == "18" else ("T",):
            key = SeriesKey("measure", code, sex)
            shift = level * {"T": 0, "K": 0.04, "M": -0.04}[sex]
            figures = [start + shift + step * i + rng.gauss(0, 0.015 * level) for i in range(14)]
            panel[key] = Series.of(key, {Period.year(2010 + i): value for i, value in enumerate(figures)})
        weight = SeriesKey("people", code)
        panel[weight] = Series.of(weight, {Period.year(2010): 1e7 if code == "00" else 2e5})
    return panel


def judged(panel, indicator, earlier=Verdict.IMPROVING):
    people = contract("persons", "people")
    contracts = {"measure": replace(indicator, contrasts=(Contrast(WOMEN, MEN),)), "people": people}
    order = judge_all(panel, contracts, (EVENT,), fast=False, calibration=EVEN, earlier={OWN: earlier})
    return order[OWN]


def moved(panel, change):
    """Return the panel with every figure of the measure changed."""
    return {
        key: series
        if key.indicator == "people"
        else Series(key, series.periods, tuple(change(value) for value in series.values))
        for key, series in panel.items()
    }


def answers(found):
    """Return everything a judgement says that has no unit."""
    paces = [
        (stage.verdict, stage.rank, stage.beaten, stage.broken, stage.crosses, stage.levelling_down)
        for each in found.paces
        for stage in (each, *each.milestones)
    ]
    return (
        found.trend.verdict,
        found.trend.reason,
        found.comparison.rank,
        [(each.verdict, each.levelling_down) for each in found.gaps],
        [(each.event.key, each.period, each.size) for each in found.shocks],
        None if found.reversal is None else found.reversal.size,
        [each.changes_verdict for each in found.without_events],
        paces,
    )


def chances(found):
    return [each.chance for pace in found.paces for each in (pace, *pace.milestones)]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("factor", [1000.0, 0.001])
def test_another_unit(seed, factor):
    panel, level = country(seed, 40.0), 40.0
    rate = contract("companies", targets=(*aims(level), RELATIVE))
    larger = replace(rate, targets=(*aims(level * factor), RELATIVE))
    one, other = judged(panel, rate), judged(moved(panel, lambda value: value * factor), larger)
    assert answers(one) == answers(other)
    assert chances(one) == pytest.approx(chances(other), abs=1e-9)
    for ours, theirs in zip(one.paces, other.paces, strict=True):
        if ours.projected is not None:
            assert theirs.projected == pytest.approx(ours.projected * factor)


@pytest.mark.parametrize("seed", range(6))
def test_a_share_and_its_complement(seed):
    panel, level = country(seed, 60.0), 60.0
    share = contract("percent", targets=aims(level))
    mirrored = tuple(mirror(target) for target in aims(level))
    rest = replace(share, targets=mirrored, direction=Direction.LOWER)
    one, other = judged(panel, share), judged(moved(panel, lambda value: 100 - value), rest)
    assert answers(one) == answers(other)
    assert chances(one) == pytest.approx(chances(other), abs=1e-9)
    assert any(each is not None for each in chances(one))


def mirror(target):
    """Say the same target of the complement of a share."""
    if target.kind in LEVELS:
        stages = tuple(replace(each, value=100 - each.value) for each in target.milestones)
        return replace(target, kind=FLIP.get(target.kind, target.kind), value=100 - target.value, milestones=stages)
    return replace(target, value=-target.value) if target.kind is TargetKind.INCREMENT else target


@pytest.mark.parametrize("seed", range(3))
def test_order_company_and_repetition(seed):
    panel = country(seed, 60.0)
    share = contract("percent", targets=(*aims(60.0), RELATIVE))
    one = judged(panel, share)
    keys = list(panel)
    random.Random(seed).shuffle(keys)
    stranger = SeriesKey("other", "18")
    beside = {**panel, stranger: Series.of(stranger, {Period.year(2010 + i): 1e9 * i for i in range(9)})}
    for world in (panel, {key: panel[key] for key in keys}, beside):
        assert repr(judged(world, share)) == repr(one)


@pytest.mark.parametrize("seed", range(6))
def test_the_chance_agrees_with_the_projection_and_the_target(seed):
    """A higher bar is never likelier met, and one far on either side of the band is nearly sure or nearly hopeless."""
    goals = [40.0 + 2 * step for step in range(20)]
    targets = tuple(aim(TargetKind.ABSOLUTE, value=goal, year=2027) for goal in goals)
    for way in (1, -1):
        share = contract("percent", targets=targets)
        share = replace(share, direction=Direction(way))
        paces = judged(country(seed, 60.0), share).paces
        found = [each.chance for each in paces]
        assert found == sorted(found, reverse=way > 0)
        for each in paces:
            beyond = way * (each.projected - each.target_value)
            if beyond >= 0:
                assert each.chance >= 0.5 - 1e-9
            else:
                assert each.chance <= 0.5 + 1e-9


def test_overlapping_windows_are_judged_with_everything_on():
    key, nation = OWN, OWN.at("00")
    periods = [Period(2004 + i, 2007 + i) for i in range(16)]
    own = Series.of(key, {period: 60 + 0.8 * i + (i % 3) / 3 for i, period in enumerate(periods)})
    riket = Series.of(nation, {period: 70 + 0.1 * i for i, period in enumerate(periods)})
    share = contract("percent", targets=(*aims(60.0), RELATIVE))
    people = contract("persons", "people")
    found = judge_all(
        {key: own, nation: riket}, {"measure": share, "people": people}, (EVENT,), fast=False, calibration=MADE_UP
    )[key]
    assert found.trend.window.effective < len(periods)
    verdicts = {pace.target.kind: pace.verdict for pace in found.paces}
    assert verdicts[TargetKind.ABOVE_NATION] in (PaceVerdict.REACHED, PaceVerdict.NOT_REACHED)
    # A base year that no window is, is no base.
    assert verdicts[TargetKind.RELATIVE_TO_BASE] is PaceVerdict.UNDETERMINED
    assert verdicts[TargetKind.CONVERGES] is not PaceVerdict.WRONG_WAY


@pytest.mark.parametrize("seed", range(4))
def test_a_base_year_needs_nobody_else(seed):
    """Other base years are tried without riket or a projection at hand: none of it may decide such a target."""
    panel, share = country(seed, 60.0), contract("percent", targets=(RELATIVE,))
    together = judged(panel, share)
    alone = pace(RELATIVE, panel[OWN], together.trend, share)
    assert alone.verdict is together.paces[0].verdict
    assert alone.needed == together.paces[0].needed
    tried = robustness(
        panel[OWN], replace(share, targets=aims(60.0)), judged(panel, replace(share, targets=aims(60.0)))
    )
    assert all(each.choice is not Choice.BASE_YEAR for each in tried.alternatives)
