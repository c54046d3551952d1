"""How far municipalities lie apart. All figures here are made up: no municipality has them."""

from __future__ import annotations

import math
import statistics
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.definition import Break, Collection, Direction, Indicator
from vagvisare.assessment.gaps.distances import spreads
from vagvisare.assessment.gaps.spread import people_key
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.judgement import GapVerdict, Movement, Reason
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

NOTHING = Text("", "")
CODES = ("1814", "1860", "1861", "1862", "1863", "1864")
TWELVE = (*CODES, "1880", "1881", "1882", "1883", "1884", "1885")
COUNTY = SeriesKey("jobs", "18")


def indicator(key="jobs", unit="percent", direction=Direction.HIGHER, breaks=()):
    return Indicator(
        key=key,
        dataset=key,
        title=NOTHING,
        subject=NOTHING,
        unit=unit,
        direction=direction,
        collection=Collection.REGISTER,
        definition=NOTHING,
        breaks=breaks,
    )


def panel(figures, key="jobs"):
    """Build series from {code: {year: value}}."""
    made = [
        Series.of(SeriesKey(key, code), {Period.year(y): float(v) for y, v in points.items()})
        for code, points in figures.items()
    ]
    return {series.key: series for series in made}


def spread(figures, contract=None, people=None):
    contract = contract or indicator()
    contracts = {"jobs": contract}
    whole = panel(figures)
    if people is not None:
        contracts["population"] = indicator("population", "persons")
        whole |= panel(people, "population")
    return spreads(whole, contracts).get(COUNTY)


def one_year(values, codes=CODES, year=2020):
    return {code: {year: value} for code, value in zip(codes, values, strict=True)}


def years(rows, codes=CODES, start=2015):
    """Build figures from one row of values a year."""
    return {code: {start + y: row[i] for y, row in enumerate(rows)} for i, code in enumerate(codes)}


class TestNow:
    def test_ends_range_and_median(self):
        found = spread(one_year(range(6)))
        assert (found.lowest, found.highest) == (("1814", 0.0), ("1864", 5.0))
        assert (found.range, found.median, found.of) == (5.0, 2.5, 6)

    def test_the_standard_deviation_is_of_all_and_not_of_a_sample(self):
        assert spread(one_year([1, 2, 3, 4, 5, 9])).sd == pytest.approx(np.std([1, 2, 3, 4, 5, 9]))

    @pytest.mark.parametrize(
        ("direction", "best", "worst"), [(Direction.HIGHER, "1864", "1814"), (Direction.LOWER, "1814", "1864")]
    )
    def test_best_and_worst_follow_the_direction(self, direction, best, worst):
        found = spread(one_year(range(6)), indicator(direction=direction))
        assert (found.best[0], found.worst[0]) == (best, worst)

    def test_nobody_is_best_where_neither_way_is_better(self):
        found = spread(one_year(range(6)), indicator(direction=Direction.NEUTRAL))
        assert (found.best, found.worst) == (None, None)

    def test_the_latest_period_with_five_is_taken(self):
        figures = {code: {2019: 1.0, 2020: 2.0, 2021: 3.0} for code in CODES}
        figures["1860"].pop(2021)
        assert spread(figures).period == Period.year(2021)
        figures["1861"].pop(2021)
        assert spread(figures).period == Period.year(2020)

    def test_four_municipalities_are_too_few(self):
        assert spread(one_year([1.0] * 4, CODES[:4])) is None

    def test_equal_figures_name_the_first_code(self):
        found = spread(one_year([1.0] * 6))
        assert (found.lowest[0], found.highest[0]) == ("1814", "1814")

    def test_other_counties_municipalities_groups_and_unknown_indicators_are_left_out(self):
        assert spread(one_year([1.0] * 6, (*CODES[:4], "1980", "1981"))) is None
        women = {SeriesKey("jobs", c, "K"): Series.of(SeriesKey("jobs", c, "K"), {}) for c in CODES}
        assert spreads(women, {"jobs": indicator()}) == {}
        assert spreads(panel(one_year(range(6))), {}) == {}

    def test_it_stands_in_the_countys_judgement(self):
        whole = panel(one_year(range(6))) | {COUNTY: Series.of(COUNTY, {Period.year(2020): 3.0})}
        judged = judge_all(whole, {"jobs": indicator()})
        assert judged[COUNTY].spread.of == 6
        assert judged[SeriesKey("jobs", "1814")].spread is None


class TestWeighted:
    PEOPLE = (1000, 1000, 1000, 1000, 1000, 95000)

    def test_every_inhabitant_counts_alike(self):
        values = [10.0, 10.0, 10.0, 10.0, 10.0, 20.0]
        found = spread(one_year(values), people=one_year(self.PEOPLE))
        everyone = np.repeat(values, self.PEOPLE)
        assert found.weighted_mean == pytest.approx(everyone.mean())
        assert found.weighted_sd == pytest.approx(everyone.std())
        assert found.weighted_mean == pytest.approx(19.5)

    def test_equal_populations_give_the_plain_figures(self):
        found = spread(one_year([1, 2, 3, 4, 5, 9]), people=one_year([500] * 6))
        assert (found.weighted_mean, found.weighted_sd) == (pytest.approx(4), pytest.approx(found.sd))

    @pytest.mark.parametrize("lacking", [{"1814": {2019: 5.0}}, {"1814": {2020: 0.0}}, {}])
    def test_no_weights_where_one_population_is_unknown(self, lacking):
        people = {code: points for code, points in one_year(self.PEOPLE).items() if code != "1814"} | lacking
        found = spread(one_year(range(6)), people=people)
        assert (found.weighted_mean, found.weighted_sd) == (None, None)

    def test_a_window_of_years_is_weighed_by_its_last(self):
        window = Period(2017, 2020)
        figures = {
            SeriesKey("jobs", c): Series.of(SeriesKey("jobs", c), {window: float(i)}) for i, c in enumerate(CODES)
        }
        whole = figures | panel(one_year([1, 1, 1, 1, 1, 5]), "population")
        contracts = {"jobs": indicator(), "population": indicator("population", "persons")}
        assert spreads(whole, contracts)[COUNTY].weighted_mean == pytest.approx((0 + 1 + 2 + 3 + 4 + 25) / 10)

    def test_which_indicator_counts_people(self):
        shares, people, pupils = indicator(), indicator("all", "persons"), indicator("pupils", "persons")
        assert people_key({"jobs": shares}) is None
        assert people_key({"jobs": shares, "all": people}) == "all"
        assert people_key({"all": people, "pupils": pupils}) is None
        assert people_key({"pupils": pupils, "population": indicator("population", "persons")}) == "population"
        assert people_key({"x": replace(people, per="y")}) is None


class TestCourse:
    def rows(self, apart):
        return [[50 + step * (i - 2.5) for i in range(6)] for step in apart]

    def test_municipalities_that_draw_nearer(self):
        found = spread(years(self.rows([5, 4.6, 4.2, 3.9, 3.4, 3.0, 2.7, 2.1])))
        assert found.verdict is GapVerdict.SHRINKING
        assert (found.first_period, found.followed) == (Period.year(2015), 6)
        assert found.first_sd == pytest.approx(5 * np.std(range(6)))
        assert found.last_sd == pytest.approx(found.sd)

    def test_municipalities_that_drift_apart(self):
        assert spread(years(self.rows([2, 2.1, 2.4, 2.7, 3.0, 3.3, 3.5, 4]))).verdict is GapVerdict.WIDENING

    def test_noise_is_undetermined(self):
        assert spread(years(self.rows([2, 4, 1, 3, 2, 4, 1, 3]))).verdict is GapVerdict.UNDETERMINED

    def test_a_sum_of_money_that_grows_alike_everywhere_is_no_wider_spread(self):
        rows = [[1000 * 1.05**y * (1 + i / 10) for i in range(6)] for y in range(8)]
        found = spread(years(rows), indicator(unit="sek_per_person"))
        assert found.trend.reason is Reason.NO_VARIATION
        assert found.verdict is GapVerdict.UNCHANGED
        assert found.first_sd == pytest.approx(100 * np.std(rows[0]) / np.mean(rows[0]))

    def test_one_that_lacks_a_year_is_not_followed_but_stands_in_the_latest(self):
        figures = years(self.rows([5, 4.6, 4.2, 3.9, 3.4, 3.0, 2.7, 2.1]))
        figures["1864"].pop(2017)
        found = spread(figures)
        assert (found.of, found.followed) == (6, 5)
        assert found.last_sd == pytest.approx(2.1 * np.std(range(5)))

    def test_years_that_few_have_are_left_out(self):
        figures = years(self.rows([5, 4.6, 4.2, 3.9, 3.4, 3.0, 2.7, 2.1]), start=2010)
        for code in ("1863", "1864"):  # four of six are fewer than four in five
            for year in (2010, 2011):
                figures[code].pop(year)
        assert spread(figures).first_period == Period.year(2012)

    def test_too_few_that_stay_have_no_course(self):
        figures = years(self.rows([5, 4, 3, 2, 2, 2]))
        figures["1863"].pop(2016)
        figures["1864"].pop(2017)
        found = spread(figures)
        assert (found.trend, found.followed, found.verdict) == (None, 0, GapVerdict.UNDETERMINED)
        assert math.isnan(found.first_sd)
        assert found.of == 6

    def test_the_window_starts_at_a_cutting_break(self):
        contract = indicator(breaks=(Break(Period.year(2018), NOTHING),))
        assert spread(years(self.rows([9, 9, 9, 1, 2, 3, 4, 5])), contract).first_period == Period.year(2018)

    @given(st.lists(st.lists(st.integers(1, 99), min_size=6, max_size=6), min_size=5, max_size=9))
    def test_a_share_and_its_complement_lie_equally_far_apart(self, rows):
        one = spread(years(rows))
        other = spread(years([[100 - v for v in row] for row in rows]), indicator(direction=Direction.LOWER))
        assert one.sd == pytest.approx(other.sd)
        assert (one.best[0], one.worst[0]) == (other.best[0], other.worst[0])
        assert (one.verdict, one.moved.exceptions) == (other.verdict, other.moved.exceptions)

    @given(st.lists(st.floats(-1e6, 1e6), min_size=6, max_size=6))
    def test_the_numbers_are_those_of_the_statistics_library(self, values):
        found = spread(one_year(values), indicator(unit="number"))
        assert found.sd == pytest.approx(statistics.pstdev(values))
        assert found.range == max(values) - min(values)


class TestMoved:
    def figures(self, changes):
        return {code: {2015: 50.0, 2020: 50.0 + change} for code, change in zip(TWELVE, changes, strict=True)}

    def test_eleven_of_twelve(self):
        moved = spread(self.figures([1] * 11 + [-1])).moved
        assert (moved.count, moved.of, moved.exceptions) == (11, 12, ("1885",))
        assert (moved.since, moved.until, moved.movement) == (Period.year(2015), Period.year(2020), Movement.RISING)

    def test_standing_still_is_an_exception(self):
        assert spread(self.figures([1] * 10 + [0, -1])).moved.exceptions == ("1884", "1885")

    def test_down_is_good_where_lower_is_better(self):
        moved = spread(self.figures([1] * 11 + [-1]), indicator(direction=Direction.LOWER)).moved
        assert (moved.count, moved.movement) == (1, Movement.FALLING)

    @pytest.mark.parametrize(("ups", "movement"), [(4, Movement.FALLING), (9, Movement.RISING)])
    def test_where_neither_is_better_the_majority_is_counted(self, ups, movement):
        moved = spread(self.figures([1] * ups + [-1] * (12 - ups)), indicator(direction=Direction.NEUTRAL)).moved
        assert (moved.movement, moved.count) == (movement, max(ups, 12 - ups))

    def test_one_without_the_first_figure_is_not_counted(self):
        figures = self.figures([1] * 12)
        figures["1814"].pop(2015)
        moved = spread(figures).moved
        assert (moved.count, moved.of) == (11, 11)

    def test_one_period_has_no_movement(self):
        assert spread(one_year(range(6))).moved is None

    def test_periods_that_share_a_year_have_no_movement(self):
        both = {Period(2015, 2018): 1.0, Period(2017, 2020): 2.0}
        whole = {SeriesKey("jobs", c): Series.of(SeriesKey("jobs", c), both) for c in CODES}
        assert spreads(whole, {"jobs": indicator()})[COUNTY].moved is None
