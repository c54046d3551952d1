"""Rank, riket and the comparison set. All figures here are made up."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.comparison import Field, compare
from vagvisare.assessment.definition import Collection, Direction, Indicator
from vagvisare.assessment.judge import trend_request
from vagvisare.assessment.judgement import Movement
from vagvisare.assessment.trend import judge_trends
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.territory import COUNTIES

NOTHING = Text("", "")
Y2020, Y2021 = Period.year(2020), Period.year(2021)


def indicator(direction=Direction.HIGHER, comparison=()):
    return Indicator(
        key="jobs",
        dataset="jobs",
        title=NOTHING,
        subject=NOTHING,
        unit="percent",
        direction=direction,
        collection=Collection.REGISTER,
        definition=NOTHING,
        comparison=comparison,
    )


def world(values, period=Y2020, sex="T"):
    series = (Series.of(SeriesKey("jobs", code, sex), {period: v}) for code, v in values.items())
    return {s.key: s for s in series}


def asked(values, territory="18", direction=Direction.HIGHER, comparison=(), sex="T"):
    panel = world(values, sex=sex)
    series = panel[SeriesKey("jobs", territory, sex)]
    return compare(series, indicator(direction, comparison), Field.of(panel), None)


def staircase():
    """Twenty-one counties with the values 1 to 21 in the order of their codes; Örebro (18) is fourteenth: 14."""
    return {code: float(n) for n, code in enumerate(COUNTIES, start=1)}


def test_rank_counts_from_the_best():
    # Örebro has 14; seven counties (15–21) have more, thirteen (1–13) less.
    assert asked(staircase()).rank == 8
    assert asked(staircase(), direction=Direction.LOWER).rank == 14


def test_neutral_ranks_from_the_highest():
    found = asked(staircase(), direction=Direction.NEUTRAL)
    assert found.rank == 8
    assert found.values[0] == ("25", 21.0)


def test_riket_moves_only_where_its_figures_end_in_the_same_period():
    series = Series.of(SeriesKey("jobs", "18"), {Period.year(y): float(y) for y in range(2010, 2021)})
    riket = Series.of(series.key.at("00"), {Period.year(y): float(-y) for y in range(2010, 2026)})
    contract = indicator()
    for last, moves in ((2020, Movement.FALLING), (2025, None)):
        own = riket.only(frozenset(p for p in riket.periods if p.end <= last))
        (trend,) = judge_trends([trend_request(own, replace(contract, unit="number"))])
        assert compare(series, contract, Field.of({series.key: series}), trend).nation_movement is moves


def test_ties_share_the_better_rank():
    values = staircase() | {"18": 15.0}  # Örebro now equals the county with 15
    found = asked(values)
    assert (found.rank, found.tied) == (7, 2)


def test_alone_means_tied_one():
    assert asked(staircase()).tied == 1


def test_best_and_worst_only_when_alone():
    assert asked(staircase() | {"18": 99.0}).best
    assert asked(staircase() | {"18": 0.0}).worst
    shared_top = asked(staircase() | {"18": 99.0, "17": 99.0})
    assert (shared_top.rank, shared_top.best) == (1, False)
    shared_bottom = asked(staircase() | {"18": 0.0, "17": 0.0})
    assert (shared_bottom.rank, shared_bottom.tied, shared_bottom.worst) == (20, 2, False)


def test_fewer_than_fifteen_counties_give_no_rank():
    some = {code: staircase()[code] for code in ("18", *COUNTIES[:13])}
    assert len(some) == 14
    found = asked(some)
    assert (found.rank, found.of, found.best, found.worst) == (None, 14, False, False)
    assert asked(some | {"25": 3.0}).rank is not None


def test_only_the_same_period_is_compared():
    panel = world(staircase()) | world({"18": 50.0}, Y2021)
    series = Series.of(SeriesKey("jobs", "18"), {Y2021: 50.0})
    panel[series.key] = series
    found = compare(series, indicator(), Field.of(panel), None)
    assert (found.period, found.of, found.rank) == (Y2021, 1, None)


def test_only_the_same_group_is_compared():
    panel = world(staircase()) | world({"18": 50.0}, sex="K")
    found = compare(panel[SeriesKey("jobs", "18", "K")], indicator(), Field.of(panel), None)
    assert found.values == (("18", 50.0),)
    assert asked(staircase(), sex="K").rank == 8


def test_riket_and_the_comparison_set_stand_beside():
    found = asked(staircase() | {"00": 11.5}, comparison=("19", "07", "99", "18"))
    assert found.nation == 11.5
    # Kronoberg (07) is sixth in code order, Västmanland (19) fifteenth; 99 has no figure, 18 is the county itself.
    assert found.peers == (("19", 15.0), ("07", 6.0))
    assert found.of == 21


def test_values_are_listed_best_first():
    found = asked(staircase(), direction=Direction.LOWER)
    assert found.values[0] == ("01", 1.0)
    assert [value for _, value in found.values] == sorted(staircase().values())


def test_municipalities_and_riket_get_no_rank():
    everyone = staircase() | {"1880": 99.0, "00": 98.0}
    town = asked(everyone, "1880")
    assert (town.rank, town.of, town.values, town.nation) == (None, 0, (), 98.0)
    assert not town.best
    nation = asked(everyone, "00")
    assert (nation.rank, nation.of, nation.best, nation.worst) == (None, 21, False, False)


@given(st.lists(st.integers(0, 9), min_size=21, max_size=21))
def test_rank_is_one_plus_the_number_strictly_better(figures):
    values = dict(zip(COUNTIES, map(float, figures), strict=True))
    for direction in (Direction.HIGHER, Direction.LOWER):
        for code in COUNTIES:
            found = asked(values, code, direction)
            ahead = sum(direction * (other - values[code]) > 0 for other in values.values())
            assert found.rank == ahead + 1
            assert found.tied == figures.count(int(values[code]))


@given(st.lists(st.integers(0, 1000), min_size=21, max_size=21), st.floats(0.01, 1000))
def test_rank_does_not_depend_on_the_unit(figures, factor):
    values = dict(zip(COUNTIES, map(float, figures), strict=True))
    scaled = {code: value * factor for code, value in values.items()}
    assert asked(values).rank == asked(scaled).rank


@given(st.lists(st.integers(0, 100), min_size=21, max_size=21))
def test_share_and_complement_rank_alike(figures):
    values = dict(zip(COUNTIES, map(float, figures), strict=True))
    rest = {code: 100 - value for code, value in values.items()}
    assert asked(values).rank == asked(rest, direction=Direction.LOWER).rank
