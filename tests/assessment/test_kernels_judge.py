"""Whole judgements of ragged arrays, held to the objects' way on random panels and on the bundled figures."""

from __future__ import annotations

import importlib.util
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare import flow
from vagvisare.assessment import kernels, reference
from vagvisare.assessment.closer.noise import noise
from vagvisare.assessment.definition import Break, Collection, Direction, Indicator, Target, TargetKind
from vagvisare.assessment.judge import trend_request
from vagvisare.assessment.judgement import Judgement, Level, PaceVerdict, Reason, Verdict
from vagvisare.assessment.shock import earlier_part, reversal, run
from vagvisare.assessment.targets.level import aim_of, towards
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import Scale

FOLDER = Path(__file__).parents[2] / "strategies" / "orebro"
HAS_NUMBA = importlib.util.find_spec("numba") is not None
ENGINES = ["numpy", pytest.param("numba", marks=pytest.mark.skipif(not HAS_NUMBA, reason="numba is not installed"))]
NOTHING = Text("", "")
NUMBERS = ("slope", "slope_low", "slope_high", "p", "rho", "inflation", "level_start", "level_end", "change")
CHANGES = ("change", "change_low", "change_high")

figures = st.one_of(
    st.integers(0, 8).map(float),
    st.floats(0.1, 99.9, allow_subnormal=False).map(lambda x: round(x, 1)),
    st.floats(0.5, 99),
    st.sampled_from([0.0, 100.0, 0.1 + 0.2, 0.3, 50.0, 1e-9]),
)
walks = st.builds(
    lambda start, steps: {2025 - len(steps) + k: start + sum(steps[: k + 1]) for k in range(len(steps))},
    st.sampled_from([20.0, 50.0, 1e4]),
    st.lists(st.sampled_from([-0.3, 0.1, 0.4, 0.5, 0.6, -4.0]), min_size=6, max_size=20),
)
points = st.one_of(st.dictionaries(st.integers(1995, 2025), figures, min_size=1, max_size=25), walks)
breaks = st.lists(
    st.builds(lambda y, cuts: Break(Period.year(y), NOTHING, cuts=cuts), st.integers(2000, 2026), st.booleans()),
    max_size=2,
).map(tuple)
targets = st.one_of(
    st.none(),
    st.builds(
        lambda value, year: Target(TargetKind.ABSOLUTE, "", "", value=value, year=year),
        st.one_of(st.sampled_from([0.0, 100.0, 50.0]), st.floats(1, 200)),
        st.one_of(st.none(), st.integers(2015, 2035)),
    ),
)


def contract(unit, direction, limits, smallest, cuts, target):
    return Indicator(
        key="random",
        dataset="random",
        title=NOTHING,
        subject=NOTHING,
        unit=unit,
        direction=direction,
        collection=Collection.REGISTER,
        definition=NOTHING,
        limits=limits,
        smallest_change=smallest,
        breaks=cuts,
        targets=() if target is None else (target,),
    )


contracts = st.builds(
    contract,
    st.sampled_from(["percent", "companies", "number", "years"]),
    st.sampled_from(Direction),
    st.sampled_from([None, None, (0.0, 100.0), (0.0, 1e10)]),
    st.sampled_from([None, 0.0, 1.0, 50.0]),
    breaks,
    targets,
)


def ragged(panel):
    """The same series as arrays."""
    offsets = np.cumsum([0, *(len(each) for each in panel)])
    values = np.array([value for each in panel for value in each.values], dtype=float)
    periods = np.array([period.middle for each in panel for period in each.periods], dtype=float)
    return values, periods, offsets


def declared(panel, indicators, earlier=None):
    """The contracts of the series as arrays."""
    rows = []
    for series, indicator in zip(panel, indicators, strict=True):
        latest = series.periods[-1].start if len(series) else -math.inf
        reached = [each for each in indicator.breaks if each.at.start <= latest]
        target = next((t for t in indicator.targets if t.kind is TargetKind.ABSOLUTE), None)
        low, high = indicator.bounds or (math.nan, math.nan)
        rows.append(
            (
                kernels.SCALES.index(indicator.scale),
                low,
                high,
                int(indicator.direction),
                math.nan if indicator.meaningful_change is None else indicator.meaningful_change,
                max((each.at.start for each in reached if each.cuts), default=-math.inf),
                math.nan if target is None else target.value,
                math.nan if target is None or target.year is None else target.year,
                max((each.at.start for each in reached), default=math.nan),
                kernels.NONE,
            )
        )
    fields = kernels.Contracts(*(np.array(column) for column in zip(*rows, strict=True)))
    return fields if earlier is None else fields._replace(earlier=np.array(earlier))


def close(one, other, slack=0.0):
    nan = one is None or other is None
    return pytest.approx(math.nan if other is None else other, rel=1e-9, abs=max(slack, 1e-14), nan_ok=True) == (
        math.nan if nan else one
    )


def row(table, place):
    return {name: column[place] for name, column in table._asdict().items()}


def assert_same(fast, judgement, target, heard):
    """One row of the arrays says what the judgement says."""
    trend = judgement.trend
    assert (fast["period"], fast["value"]) == (judgement.level.period.middle, judgement.level.value)
    assert fast["n"] == trend.window.n
    assert fast["since"] == trend.window.used[0].middle
    words = (kernels.VERDICTS[fast["verdict"]], kernels.MOVEMENTS[fast["movement"]], kernels.REASONS[fast["reason"]])
    assert words == (trend.verdict, trend.movement, trend.reason)
    assert kernels.SCALES[fast["scale"]] is trend.scale
    assert (fast["s"], fast["exact"]) == (trend.s, trend.exact)
    size = 0.0 if math.isnan(trend.slope) else 1e-9 * max(abs(trend.level_start), abs(trend.level_end))
    for name in (*NUMBERS, *CHANGES):
        assert close(fast[name], getattr(trend, name), size if name in CHANGES else 0.0), name
    assert_same_run(fast, judgement.run)
    assert_same_reversal(fast, judgement.reversal)
    assert_same_noise(fast, heard)
    if target:
        assert_same_pace(fast, judgement.paces[0])


def assert_same_noise(fast, heard):
    size = max(abs(fast["value"]), 1.0)
    assert close(fast["latest_change"], heard.change)
    assert close(fast["process_margin"], heard.process_margin, 1e-9 * size)
    assert {-1: None, 0: False, 1: True}[int(fast["news"])] is heard.news


def assert_same_run(fast, run):
    if run is None:
        assert (fast["run_movement"], fast["run_length"]) == (kernels.NONE, 0)
        assert math.isnan(fast["run_since"])
    else:
        told = (kernels.MOVEMENTS[fast["run_movement"]], fast["run_length"], fast["run_since"])
        assert told == (run.movement, run.length, run.since.middle)


def assert_same_reversal(fast, reversal):
    if reversal is None:
        assert fast["reversal"] == kernels.NONE
        assert math.isnan(fast["reversal_change"])
    else:
        assert kernels.SIZES[fast["reversal"]] is reversal.size
        assert fast["reversal_change"] == pytest.approx(reversal.change, rel=1e-9)
        assert fast["reversal_deviation"] == pytest.approx(reversal.deviation, rel=1e-6)


def assert_same_pace(fast, pace):
    assert kernels.PACES[fast["pace"]] is pace.verdict
    for mine, theirs in (
        ("needed", "needed"),
        ("achieved", "achieved"),
        ("achieved_low", "achieved_low"),
        ("achieved_high", "achieved_high"),
        ("ratio", "ratio"),
    ):
        one, other = fast[mine], getattr(pace, theirs)
        other = math.nan if other is None else other
        assert one == pytest.approx(other, rel=1e-7, abs=1e-10, nan_ok=True), mine


def judged_by_objects(panel, indicators):
    """One judgement a series, each under its own contract, by the functions that judge one series at a time."""
    return [plain(series, indicator) for series, indicator in zip(panel, indicators, strict=True)]


def plain(series, indicator):
    trend = reference.judge(trend_request(series, indicator))
    earlier = earlier_part(series, trend)
    prior = None if earlier is None else reference.judge(trend_request(earlier, indicator, ()))
    paces = ()
    for target in indicator.targets:
        aim = aim_of(target, series, trend, indicator)
        if target.kind is TargetKind.ABSOLUTE and aim is not None:
            paces = (*paces, towards(target, aim, series, trend))
    return Judgement(
        series.key,
        Level(series.periods[-1], series.values[-1]),
        trend,
        paces=paces,
        reversal=None if prior is None else reversal(series, trend, prior, indicator),
        run=run(series, indicator.breaks),
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(points, contracts), min_size=1, max_size=5))
def test_arrays_and_objects_judge_alike(asked):
    panel = [Series.of(SeriesKey("random", "18"), {Period.year(y): v for y, v in found.items()}) for found, _ in asked]
    indicators = [indicator for _, indicator in asked]
    fast = kernels.judge(*ragged(panel), declared(panel, indicators))
    for place, judgement in enumerate(judged_by_objects(panel, indicators)):
        heard = noise(panel[place], judgement.trend, indicators[place], {})
        assert_same(row(fast, place), judgement, indicators[place].targets, heard)


@pytest.fixture(scope="module")
def outcome():
    return flow.follow_up(flow.read_folder(FOLDER), history=False)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_bundled_figures_are_judged_alike(engine, outcome):
    """Every series of single years in the bundled strategy, against what the follow-up itself says."""
    known = [
        (key, outcome.panel[key], outcome.indicators[key.indicator], judgement)
        for key, judgement in outcome.judgements.items()
        if all(period.years == 1 for period in outcome.panel[key].periods)
    ]
    panel, indicators = [each[1] for each in known], [each[2] for each in known]
    fast = kernels.judge(*ragged(panel), declared(panel, indicators), engine=engine)
    assert len(known) > 1000
    for place, (key, series, indicator, judgement) in enumerate(known):
        target = next((t for t in indicator.targets if t.kind is TargetKind.ABSOLUTE), None)
        pace = tuple(each for each in judgement.paces if each.target is target) if target is not None else ()
        one = plain(series, indicator)
        told = replace(judgement, paces=pace or one.paces, reversal=one.reversal)
        if key.is_total and judgement.reversal is not None:
            assert judgement.reversal.deviation == pytest.approx(one.reversal.deviation)
        heard = noise(series, judgement.trend, indicator, {})
        assert_same(row(fast, place), told, target is not None, heard)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_earlier_verdict_is_held_as_the_objects_hold_it(engine):
    """Random walks whose p lies on both sides of both thresholds, under each verdict of the edition before."""
    rng = np.random.default_rng(5)
    contract_ = contract("number", Direction.LOWER, None, 0.5, (), None)
    panel = [
        Series.of(SeriesKey("random", "18"), {Period.year(2010 + k): float(v) for k, v in enumerate(values)})
        for values in rng.normal(size=(200, 12)) + rng.normal(0, 0.15, (200, 1)) * np.arange(12)
    ]
    earlier = rng.integers(-1, 4, len(panel))
    fast = kernels.judge(*ragged(panel), declared(panel, [contract_] * len(panel), earlier), engine=engine, threads=1)
    held = 0
    for place, series in enumerate(panel):
        before = None if earlier[place] < 0 else kernels.VERDICTS[earlier[place]]
        trend = reference.judge(replace(trend_request(series, contract_), earlier=before))
        words = (kernels.VERDICTS[fast.verdict[place]], kernels.REASONS[fast.reason[place]])
        assert words == (trend.verdict, trend.reason)
        held += trend.reason is Reason.HELD
    assert held > 5


def test_contracts_may_be_one_for_all_or_one_each():
    values, years, offsets = np.arange(1.0, 31), np.tile(np.arange(2000.0, 2010), 3), [0, 10, 20, 30]
    one = kernels.Contracts(kernels.SCALES.index(Scale.LOG), direction=1, target=40.0, target_year=2020)
    each = kernels.Contracts(*(np.full(3, field) for field in one))
    for alone, spread in zip(
        kernels.judge(values, years, offsets, one), kernels.judge(values, years, offsets, each), strict=True
    ):
        np.testing.assert_array_equal(alone, spread)
    with pytest.raises(ValueError, match=r"broadcast|incompatible"):
        kernels.judge(values, years, offsets, one._replace(target=np.ones(2)))


def test_series_without_figures_say_nothing():
    contract_ = kernels.Contracts(0, target=1.0)
    for values, offsets in (([], [0]), ([], [0, 0, 0]), ([math.nan] * 3, [0, 3])):
        fast = kernels.judge(values, np.arange(len(values)), offsets, contract_)
        assert (fast.n == 0).all()
        assert np.isnan(fast.value).all()
        assert (fast.pace == kernels.NONE).all()
        assert all(kernels.VERDICTS[code] is Verdict.UNDETERMINED for code in fast.verdict)
        assert all(kernels.REASONS[code] is Reason.TOO_FEW for code in fast.reason)


@pytest.mark.parametrize("engine", ENGINES)
def test_missing_figures_are_left_out(engine):
    rng = np.random.default_rng(9)
    values = 50 + rng.normal(size=(400, 20)).cumsum(axis=1)
    values[rng.random(values.shape) < 0.2] = math.nan
    years = np.tile(np.arange(2000.0, 2020), 400)
    contract_ = kernels.Contracts(2, 0.0, 100.0, 1, 1.0, target=60.0, target_year=2030)
    present = np.isfinite(values.ravel())
    offsets = np.concatenate([[0], np.isfinite(values).sum(axis=1).cumsum()])
    with_holes = kernels.judge(values.ravel(), years, np.arange(401) * 20, contract_, engine=engine)
    without = kernels.judge(values.ravel()[present], years[present], offsets, contract_, engine=engine)
    for one, other in zip(with_holes, without, strict=True):
        np.testing.assert_array_equal(one, other)


def agree(values, contract_, start=2010):
    """One series of made-up figures, judged both ways; returns the row of the arrays."""
    points_ = values if isinstance(values, dict) else dict(enumerate(values, start=start))
    one = Series.of(SeriesKey("random", "18"), {Period.year(year): float(v) for year, v in points_.items()})
    told = row(kernels.judge(*ragged([one]), declared([one], [contract_])), 0)
    judgement = plain(one, contract_)
    assert_same(told, judgement, contract_.targets, noise(one, judgement.trend, contract_, {}))
    return told


class TestOneAtATime:
    """Cases that random figures seldom hit, each also judged by the objects' way."""

    TURNING = (10.0, 11, 12, 13, 14, 15, 16, 17, 18, 19, 8)

    def test_a_turn_is_told_and_its_words_are_the_objects(self):
        told = agree(self.TURNING, contract("number", Direction.HIGHER, None, None, (), None))
        assert kernels.SIZES[told["reversal"]].name == "SHARP"
        assert told["reversal_change"] == -11

    @pytest.mark.parametrize(("year", "turns"), [(2019, True), (2020, False), (2021, True)])
    def test_no_turn_is_told_across_a_break_that_does_not_cut(self, year, turns):
        """The latest change is from 2019 to 2020: only a break at 2020 lies between."""
        cuts = (Break(Period.year(year), NOTHING, cuts=False),)
        told = agree(self.TURNING, contract("number", Direction.HIGHER, None, None, cuts, None))
        assert bool(told["reversal"] != kernels.NONE) is turns

    def test_a_rise_of_nothing_is_not_claimed(self):
        """p is small, but more than half of all pairs are two noughts: the slope is nought."""
        values = [-1.0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 2]
        told = agree(values, contract("number", Direction.HIGHER, None, None, (), None))
        assert told["p"] < 0.05
        assert told["slope"] == 0
        assert kernels.REASONS[told["reason"]] is Reason.NOISE

    def test_a_break_later_than_the_latest_figure_has_not_happened(self):
        asked = (np.arange(1.0, 13), np.arange(2010.0, 2022), [0, 12])
        cuts = [-math.inf, 2015, 2021, 2022]
        told = [kernels.judge(*asked, kernels.Contracts(0, direction=1, cut=cut)) for cut in cuts]
        assert [each.n[0] for each in told] == [12, 7, 1, 12]
        assert [each.since[0] for each in told] == [2010, 2015, 2021, 2010]

    def test_fifteen_points_at_most_and_a_run_as_long_as_it_is(self):
        told = agree(range(1, 26), contract("number", Direction.HIGHER, None, None, (), None), 2000)
        assert (told["n"], told["available"], told["run_length"], told["since"]) == (15, 25, 24, 2010)

    @pytest.mark.parametrize(("latest", "reached"), [(52.0, True), (47.0, False)])
    def test_one_lucky_year_does_not_reach_a_target(self, latest, reached):
        """The robust level is past 50 in both; the latest figure in one."""
        target = Target(TargetKind.ABSOLUTE, "", "", value=50.0, year=2030)
        values = [41.0, 42, 43, 44.5, 45, 46, 47.2, 48, 49, 50, 51, latest]
        told = agree(values, contract("companies", Direction.HIGHER, None, None, (), target))
        assert told["level_end"] > 50
        assert (kernels.PACES[told["pace"]] is PaceVerdict.REACHED) is reached

    def test_figures_that_differ_by_rounding_only_are_the_same(self):
        """Of a share between declared limits 1e-11 is nothing, also where a nought made the scale linear."""
        values = [0.0, 1e-11, 2e-11, 3e-11, 4e-11, 5e-11, 6e-11, 7e-11]
        told = agree(values, contract("percent", Direction.HIGHER, None, None, (), None))
        assert kernels.REASONS[told["reason"]] is Reason.NO_VARIATION
