"""Where a figure goes, its bands, and the chance of reaching a level. All figures are made up."""

from __future__ import annotations

import itertools
import math
from statistics import median

import projection_world as world
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from vagvisare.assessment.outlook.conformal import PROBABILITIES, SUREST
from vagvisare.assessment.outlook.projection import chance, typical_change, value_at
from vagvisare.terms.period import Period
from vagvisare.terms.unit import Scale

RESTLESS = [50.0, 53.0, 49.0, 54.0, 52.0, 57.0, 53.0, 58.0, 56.0, 60.0]
SHARES = st.lists(st.floats(5, 95).map(lambda v: round(v, 1)), min_size=8, max_size=16)
AMOUNTS = st.lists(st.floats(1, 1e6).map(lambda v: round(v, 2)), min_size=8, max_size=16)


def logit(share):
    return math.log(share / (100 - share))


def test_a_steady_growth_goes_on_at_a_slackening_pace():
    # Ten per cent a year without any noise: the slope is certain, so it counts in full (w = 1).
    made, _ = world.carried([100 * 1.1**step for step in range(10)], "tonnes_co2e")
    assert made.weight == pytest.approx(1)
    assert made.drift == pytest.approx(0.85 * math.log(1.1))
    for ahead in (1, 2, 5):
        steps = sum(0.85**k for k in range(1, ahead + 1))
        expected = 100 * 1.1**9 * math.exp(math.log(1.1) * steps)
        assert made.ahead[ahead - 1].value == pytest.approx(expected)


def test_the_slope_is_shrunk_as_far_as_it_is_uncertain():
    made, trend = world.carried(RESTLESS)
    y = [logit(share) for share in RESTLESS]
    slope = median((y[j] - y[i]) / (j - i) for i in range(10) for j in range(i + 1, 10))
    error = (trend.slope_high - trend.slope_low) / (2 * 1.96)
    weight = slope**2 / (slope**2 + error**2)
    assert 0 < made.weight < 1
    assert made.weight == pytest.approx(weight)
    assert made.drift == pytest.approx(0.85 * weight * slope)
    assert made.ahead[0].value == pytest.approx(100 / (1 + math.exp(-(y[-1] + made.drift))))


def test_it_starts_from_the_last_figure_not_from_the_line():
    high, _ = world.carried([*RESTLESS[:-1], 75.0])
    assert high.last == 75.0
    assert high.ahead[0].value > 74


def test_figures_without_a_way_stay():
    made, _ = world.carried([50.0, 52.0] * 5)
    assert made.drift == 0
    assert [each.value for each in made.ahead] == pytest.approx([52.0] * 5)


def test_fewer_than_five_points_give_nothing():
    assert world.carried(RESTLESS[:4])[0] is None
    assert world.carried(RESTLESS[:5])[0] is not None


def test_without_a_calibration_there_are_five_years_and_no_bands():
    made, _ = world.carried(RESTLESS)
    assert [each.period for each in made.ahead] == [Period.year(year) for year in range(2020, 2025)]
    assert {each.low_80 for each in made.ahead} == {None}
    assert made.measured is None


def test_with_a_calibration_it_reaches_as_far_as_was_measured():
    made, _ = world.carried(RESTLESS, calibration=world.calibration(7))
    assert len(made.ahead) == 7
    assert made.measured.forecasts == (1001, 1002, 1003, 1004, 1005, 1006, 1007)
    assert made.measured.day == world.DAY


def test_a_band_is_as_wide_as_earlier_misses_in_typical_changes():
    made, _ = world.carried(RESTLESS, calibration=world.calibration())
    changes = [abs(logit(b) - logit(a)) for a, b in itertools.pairwise(RESTLESS)]
    typical = sum(changes) / 9
    fourth = made.ahead[3]
    middle = logit(fourth.value)
    assert made.spread == pytest.approx(typical)
    assert logit(fourth.high_80) - middle == pytest.approx(2 * 2 * 0.80 * typical)
    assert middle - logit(fourth.low_95) == pytest.approx(2 * 2 * 0.95 * typical)


@pytest.mark.parametrize(
    ("periods", "y", "expected"),
    [
        (range(2000, 2004), [1, 3, 2, 2], (2 + 1 + 0) / 3),
        ((2000, 2004, 2005), [1, 3, 3], (2 / math.sqrt(4) + 0) / 2),
        ((2000,), [1], 0),
    ],
)
def test_typical_change(periods, y, expected):
    assert typical_change([Period.year(year) for year in periods], y) == pytest.approx(expected)


def test_the_typical_change_of_overlapping_windows_is_between_windows_that_share_no_year():
    periods = [Period(year, year + 2) for year in range(2000, 2005)]
    # 2000–2002 with 2003–2005 and 2001–2003 with 2004–2006: three years apart each.
    assert typical_change(periods, [0, 1, 2, 6, 4]) == pytest.approx((6 + 3) / 2 / math.sqrt(3))


def test_overlapping_windows_have_bands_only_while_a_year_is_shared():
    figures = {f"{year}-{year + 2}": 50 + year % 4 + 0.5 * (year - 2000) for year in range(2000, 2018)}
    made, _ = world.carried(figures, calibration=world.calibration())
    assert made.ahead[0].period == Period(2018, 2020)
    assert [each.low_80 is not None for each in made.ahead] == [True, True, False, False, False, False]
    reached = [chance(made, world.calibration(), 60, 1, 2019 + ahead) is not None for ahead in range(1, 7)]
    assert reached == [True, True, False, False, False, False]


def test_value_at_any_year():
    made, _ = world.carried(RESTLESS, calibration=world.calibration())
    assert value_at(made, 2018) is None
    assert value_at(made, 2019).value == 60.0
    assert value_at(made, 2019).low_80 is None
    assert value_at(made, 2021) == made.ahead[1]
    beyond = value_at(made, 2040)
    assert beyond.period == Period.year(2040)
    assert beyond.low_80 is None
    steps = sum(0.85**k for k in range(21))
    assert logit(beyond.value) == pytest.approx(logit(60) + made.drift * steps)
    assert value_at(made, 2201) is None


def test_a_chance_is_even_at_the_projection_and_a_tenth_at_the_80_bands_ends():
    known = world.calibration()
    made, _ = world.carried(RESTLESS, calibration=known)
    coming = value_at(made, 2022)
    assert chance(made, known, coming.value, 1, 2022) == pytest.approx(0.5)
    assert chance(made, known, coming.high_80, 1, 2022) == pytest.approx(0.10)
    assert chance(made, known, coming.low_80, -1, 2022) == pytest.approx(0.10)
    assert chance(made, known, coming.high_95, -1, 2022) == pytest.approx(0.975)


def test_a_chance_is_never_certain():
    known = world.calibration()
    share, _ = world.carried(RESTLESS, calibration=known)
    assert chance(share, known, 100.0, 1, 2020) == pytest.approx(1 - SUREST)
    assert chance(share, known, 120.0, -1, 2020) == pytest.approx(SUREST)
    assert chance(share, known, 0.0, 1, 2020) == pytest.approx(SUREST)
    amount, _ = world.carried(RESTLESS, "tonnes_co2e", calibration=known)
    assert chance(amount, known, 0.0, -1, 2020) == pytest.approx(1 - SUREST)
    assert chance(amount, known, -5.0, 1, 2020) == pytest.approx(SUREST)


@pytest.mark.parametrize(("points", "given"), [(7, False), (8, True)])
def test_a_chance_needs_eight_points(points, given):
    known = world.calibration()
    made, _ = world.carried(RESTLESS[:points], calibration=known)
    assert (chance(made, known, 55, 1, 2010 + points) is not None) is given


def test_a_chance_needs_a_calibration_that_reaches_so_far():
    known = world.calibration()
    made, _ = world.carried(RESTLESS, calibration=known)
    assert chance(made, None, 55, 1, 2020) is None
    assert chance(made, known, 55, 1, 2025) is not None
    assert chance(made, known, 55, 1, 2026) is None
    assert chance(made, known, 55, 1, 2019) is None


def test_figures_that_never_move_are_as_sure_as_they_are_printed():
    made, _ = world.carried([50.0] * 10, calibration=world.calibration())
    step = 1 / 50 + 1 / 50  # how steep the logit is at one half, for figures printed in whole per cent
    assert made.spread == pytest.approx(step)
    assert made.ahead[0].high_80 > 50


def test_a_share_of_nought_is_carried_on_the_plain_scale_and_stays_a_share():
    made, _ = world.carried([12.0, 10.0, 8.0, 6.0, 4.0, 2.0, 1.0, 0.0], calibration=world.calibration())
    assert made.scale is Scale.LINEAR
    assert {each.low_95 for each in made.ahead} == {0.0}
    amounts, _ = world.carried([12.0, 8.0, 4.0, 2.0, 0.0], "tonnes_co2e", calibration=world.calibration())
    assert amounts.ahead[4].value == 0.0


def test_figures_too_large_to_reckon_with_give_nothing():
    made, _ = world.carried([1e308, -1e308] * 5, "number", calibration=world.calibration())
    assert made is None


@settings(max_examples=60, deadline=None)
@given(SHARES)
def test_a_share_and_its_complement_mirror_each_other(shares):
    known = world.calibration()
    one, _ = world.carried(shares, calibration=known)
    other, _ = world.carried([100 - share for share in shares], calibration=known)
    year = one.origin.end + 3
    assert other.weight == pytest.approx(one.weight, abs=1e-9)
    assert value_at(other, year).value == pytest.approx(100 - value_at(one, year).value, rel=1e-7)
    assert value_at(other, year).low_80 == pytest.approx(100 - value_at(one, year).high_80, rel=1e-7)
    assert chance(other, known, 22, -1, year) == pytest.approx(chance(one, known, 78, 1, year), abs=1e-7)


@settings(max_examples=60, deadline=None)
@given(AMOUNTS, st.sampled_from([1e-3, 1e3]))
def test_kilograms_and_tonnes_give_the_same_chance(amounts, factor):
    assume(len(set(amounts)) > 3)
    known = world.calibration()
    one, _ = world.carried(amounts, "tonnes_co2e", calibration=known)
    other, _ = world.carried([amount * factor for amount in amounts], "tonnes_co2e", calibration=known)
    level = median(amounts) * 1.3
    year = one.origin.end + 2
    # The floor that the figures' own rounding sets follows the unit they are printed in.
    assume(one.spread == pytest.approx(other.spread, rel=1e-9))
    assert value_at(other, year).value == pytest.approx(value_at(one, year).value * factor, rel=1e-7)
    assert chance(other, known, level * factor, 1, year) == pytest.approx(chance(one, known, level, 1, year), abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(SHARES, st.floats(1, 99), st.floats(1, 99))
def test_bands_nest_and_chances_fall_with_the_level(shares, a, b):
    known = world.calibration()
    made, _ = world.carried(shares, calibration=known)
    widths = []
    for coming in made.ahead:
        assert 0 <= coming.low_95 <= coming.low_80 <= coming.value <= coming.high_80 <= coming.high_95 <= 100
        year = coming.period.end
        low, high = sorted((a, b))
        assert chance(made, known, low, 1, year) >= chance(made, known, high, 1, year)
        assert chance(made, known, a, 1, year) + chance(made, known, a, -1, year) == pytest.approx(1)
        assert 1 - SUREST <= chance(made, known, a, 1, year) <= SUREST + 1e-12
        widths.append(logit(min(coming.high_80, 99.9999999)) - logit(max(coming.low_80, 1e-7)))
    assert widths == sorted(widths)


def test_the_grid_is_in_order_and_holds_the_bands():
    assert list(PROBABILITIES) == sorted(set(PROBABILITIES))
    assert {0.0, 0.80, 0.95, 1.0} <= set(PROBABILITIES)
