"""Targets set by others' figures: riket, a composite, a rank. All figures are made up; sums are worked in comments."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from target_panels import indicator, judged, one, target, years

from vagvisare.assessment.comparison import Field
from vagvisare.assessment.definition import Composite, Direction, TargetKind
from vagvisare.assessment.judgement import PaceVerdict
from vagvisare.assessment.targets.composite import is_mean, mean_of
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.territory import COUNTIES
from vagvisare.terms.unit import UNITS

ABOVE = target(TargetKind.ABOVE_NATION)
METRO = Composite(Text("riket utom tre", "Sweden without three"), ("01", "12", "14"), "people")
AS_METRO = target(TargetKind.ABOVE_COMPOSITE, composite=METRO)
LOWER = Direction.LOWER
REACHED, NOT_REACHED, UNDETERMINED = PaceVerdict.REACHED, PaceVerdict.NOT_REACHED, PaceVerdict.UNDETERMINED


class TestNation:
    def test_higher_is_better_where_the_contract_says_so(self):
        figures = {"18": years([70, 71]), "00": years([70, 70.5])}
        found = one(figures, ABOVE)
        assert (found.verdict, found.beside, found.level_now) == (REACHED, (("00", 70.5),), 71.0)
        assert one(figures, ABOVE, direction=LOWER).verdict is NOT_REACHED

    def test_level_with_riket_is_not_better(self):
        figures = {"18": years([70, 71]), "00": years([70, 71])}
        assert one(figures, ABOVE).verdict is NOT_REACHED
        assert one(figures, ABOVE, direction=LOWER).verdict is NOT_REACHED

    def test_only_the_same_period_counts(self):
        found = one({"18": years([70, 71]), "00": years([60])}, ABOVE)
        assert (found.verdict, found.lacking) == (UNDETERMINED, ("00",))

    def test_riket_has_no_riket_to_be_above(self):
        assert one({"00": years([70, 71])}, ABOVE, at="00").verdict is UNDETERMINED

    def test_a_neutral_figure_has_no_better(self):
        found = one({"18": years([70]), "00": years([60])}, ABOVE, direction=Direction.NEUTRAL)
        assert (found.verdict, found.lacking) == (UNDETERMINED, ())

    def test_own_change_a_year_stands_beside(self):
        found = one({"18": years(range(60, 71)), "00": years([60] * 11)}, ABOVE, unit="number")
        assert (found.achieved, found.linear.achieved, found.linear.needed) == (1.0, 1.0, None)

    def test_what_it_takes_to_catch_up(self):
        # Riket 70 and still, the county rises from 60 to 65 by half a point a year: 5 more in ten years is 0.5 a year.
        figures = {"18": years([60 + 0.5 * k for k in range(11)]), "00": years([70] * 11)}
        found = one(figures, target(TargetKind.ABOVE_NATION, year=2030), unit="number")
        assert (found.verdict, found.needed, found.achieved) == (NOT_REACHED, pytest.approx(0.5), pytest.approx(0.5))
        # Where riket rises by 0.2 a year from 68 to 70, that is needed too.
        figures["00"] = years([68 + 0.2 * k for k in range(11)])
        assert one(figures, target(TargetKind.ABOVE_NATION, year=2030), unit="number").needed == pytest.approx(0.7)

    def test_nothing_is_needed_without_a_year_to_come_or_once_ahead(self):
        figures = {"18": years([60 + 0.5 * k for k in range(11)]), "00": years([70] * 11)}
        for year in (None, 2020):
            assert one(figures, target(TargetKind.ABOVE_NATION, year=year)).needed is None
        figures["00"] = years([50] * 11)
        assert one(figures, target(TargetKind.ABOVE_NATION, year=2030)).needed is None


class TestComposite:
    def test_worked_by_hand(self):
        # Riket: 60 per cent of 100. Three counties of 20 people with 70, 80 and 90 per cent: 48 of the 60 persons.
        # Left are 40 people, of whom 12 have it: 30 per cent.
        figures = {"00": years([60]), "01": years([70]), "12": years([80]), "14": years([90]), "18": years([31])}
        weights = {"00": years([100])} | {code: years([20]) for code in METRO.without}
        found = one(figures, AS_METRO, weights=weights)
        assert found.verdict is REACHED
        assert found.beside == (("composite", pytest.approx(30)),)
        assert found.weighed == Period.year(2010)

    def test_level_with_the_composite_is_enough(self):
        figures = {code: years([50.1]) for code in ("00", "01", "12", "14", "18")}
        weights = {"00": years([97])} | {code: years([7.3]) for code in METRO.without}
        assert one(figures, AS_METRO, weights=weights).verdict is REACHED
        assert one(figures, AS_METRO, weights=weights, direction=LOWER).verdict is REACHED

    def test_the_latest_weights_no_later_than_the_figures_are_used(self):
        figures = {code: years([50, 60], start=2020) for code in ("00", "01", "12", "14", "18")}
        weights = {"00": years([100, 110, 120], start=2018)}
        weights |= {code: years([20, 21], start=2018) for code in METRO.without}
        found = one(figures, AS_METRO, weights=weights)
        assert found.weighed == Period.year(2019)
        later = {code: years([20], start=2022) for code in ("00", *METRO.without)}
        found = one(figures, AS_METRO, weights=later)
        assert (found.verdict, found.weighed, found.lacking) == (UNDETERMINED, None, ())

    def test_what_is_missing_is_named(self):
        figures = {"00": years([60]), "01": years([70]), "18": years([31])}
        weights = {code: years([100]) for code in ("00", *METRO.without)}
        found = one(figures, AS_METRO, weights=weights)
        assert (found.verdict, found.lacking) == (UNDETERMINED, ("12", "14"))

    def test_weights_that_do_not_fit_say_nothing(self):
        figures = {"00": years([20]), "01": years([70]), "12": years([80]), "14": years([90]), "18": years([31])}
        weights = {"00": years([100])} | {code: years([20]) for code in METRO.without}
        # 20 of 100 persons, but 48 in the three counties: less than nobody is left.
        found = one(figures, AS_METRO, weights=weights)
        assert (found.verdict, found.weighed) == (UNDETERMINED, Period.year(2010))
        heavy = {"00": years([50])} | {code: years([20]) for code in METRO.without}
        assert one(figures, AS_METRO, weights=heavy).verdict is UNDETERMINED

    def test_a_sum_is_no_mean(self):
        figures = {code: years([100]) for code in ("00", "01", "12", "14", "18")}
        weights = {"00": years([100])} | {code: years([20]) for code in METRO.without}
        assert one(figures, AS_METRO, weights=weights, unit="companies").verdict is UNDETERMINED
        means = {code for code in UNITS if is_mean(indicator(code))}
        rates = {"companies_per_1000", "per_100", "tonnes_co2e_per_person", "nights_per_person", "mwh_per_person"}
        assert means == {"percent", "sek_per_person"} | rates

    @given(st.data())
    @settings(max_examples=60)
    def test_it_is_the_mean_of_the_counties_that_are_left(self, data):
        # Riket is computed from all the counties; taking three out must give the mean of the other eighteen.
        shares = {code: data.draw(st.floats(0, 100), label=code) for code in COUNTIES}
        people = {code: data.draw(st.floats(1, 1e6), label=f"{code} people") for code in COUNTIES}
        everybody = sum(people.values())
        shares["00"] = sum(shares[code] * people[code] for code in COUNTIES) / everybody
        people["00"] = everybody
        rest = [code for code in COUNTIES if code not in METRO.without]
        left = sum(people[code] for code in rest)
        assume(left > 0.01 * everybody)
        at = Period.year(2020)
        key = SeriesKey("measure", "18")
        panel = {key.at(code): Series.of(key.at(code), {at: value}) for code, value in shares.items()}
        for code, value in people.items():
            place = SeriesKey("people", code)
            panel[place] = Series.of(place, {at: value})
        found = mean_of(METRO, key, at, Field.of(panel), panel, indicator())
        assert found.value == pytest.approx(sum(shares[c] * people[c] for c in rest) / left, rel=1e-6, abs=1e-6)


class TestRank:
    SEVENTH = target(TargetKind.RANK, value=7.0)

    def counties(self, own):
        others = [code for code in COUNTIES if code != "18"]
        return {code: years([50 + step]) for step, code in enumerate(others)} | {"18": years([own])}

    def test_seventh_place_is_seventh_place(self):
        # Twenty others have 50 … 69. With 63.5 six are ahead: seventh.
        found = one(self.counties(63.5), self.SEVENTH)
        assert (found.verdict, found.rank, found.of) == (REACHED, 7, 21)
        found = one(self.counties(62.5), self.SEVENTH)
        assert (found.verdict, found.rank) == (NOT_REACHED, 8)
        assert found.beside[0][1] == 63.0

    def test_equal_figures_share_the_better_place(self):
        assert one(self.counties(63.0), self.SEVENTH).rank == 7

    def test_low_comes_first_where_low_is_better(self):
        assert one(self.counties(55.5), self.SEVENTH, direction=LOWER).rank == 7

    def test_a_neutral_quantity_is_counted_from_the_highest(self):
        assert one(self.counties(63.5), self.SEVENTH, direction=Direction.NEUTRAL).verdict is REACHED

    def test_too_few_counties_have_no_places(self):
        few = dict(list(self.counties(63.5).items())[-10:])
        found = one(few, self.SEVENTH)
        assert (found.verdict, found.rank, found.of) == (UNDETERMINED, None, 10)

    def test_a_municipality_has_no_place_among_counties(self):
        figures = self.counties(63.5) | {"1880": years([99])}
        assert one(figures, self.SEVENTH, at="1880").verdict is UNDETERMINED


def test_several_targets_on_one_indicator_are_judged_each_for_itself():
    figures = {"18": years(range(60, 71)), "00": years([66] * 11)}
    aims = (ABOVE, target(TargetKind.ABSOLUTE, value=80.0, year=2040), target(TargetKind.FLOOR, value=75.0), ABOVE)
    found = judged(figures, *aims)
    assert [pace.verdict for pace in found] == [REACHED, PaceVerdict.ON_PACE, NOT_REACHED, REACHED]
    assert [pace.target for pace in found] == list(aims)
    assert [pace.verdict for pace in judged(figures, *aims, fast=True)] == [pace.verdict for pace in found]


@given(
    st.lists(st.integers(5, 95), min_size=6, max_size=6),
    st.integers(1, 6),
    st.booleans(),
)
@settings(max_examples=60)
def test_share_and_complement_answer_alike(shares, place, higher):
    own, nation, *metro = shares
    figures = {"18": own, "00": nation, "01": metro[0], "12": metro[1], "14": metro[2], "19": metro[3]}
    others = {code: 10 + step * 3 for step, code in enumerate(code for code in COUNTIES if code not in figures)}
    panel = {code: years([value]) for code, value in (figures | others).items()}
    rest = {code: {year: 100 - value for year, value in points.items()} for code, points in panel.items()}
    weights = {"00": years([100])} | {code: years([15]) for code in METRO.without}
    aims = (ABOVE, AS_METRO, target(TargetKind.RANK, value=float(place)), target(TargetKind.ABOVE_PEERS, peers=("19",)))
    ways = (Direction.HIGHER, Direction.LOWER) if higher else (Direction.LOWER, Direction.HIGHER)
    here = judged(panel, *aims, weights=weights, direction=ways[0])
    there = judged(rest, *aims, weights=weights, direction=ways[1])
    assert [pace.verdict for pace in here] == [pace.verdict for pace in there]
    assert here[2].rank == there[2].rank


@given(st.lists(st.integers(1, 900), min_size=6, max_size=6), st.sampled_from([0.001, 0.37, 1000.0]))
@settings(max_examples=60)
def test_the_unit_says_nothing(rates, factor):
    codes = ("18", "00", "01", "12", "14", "19")
    weights = {"00": years([100])} | {code: years([15]) for code in METRO.without}
    aims = (ABOVE, AS_METRO, target(TargetKind.ABOVE_PEERS, peers=("19",)))
    panels = [{c: years([rate * size]) for c, rate in zip(codes, rates, strict=True)} for size in (1.0, factor)]
    one_way, other = (judged(p, *aims, weights=weights, unit="tonnes_co2e_per_person", direction=LOWER) for p in panels)
    assert [pace.verdict for pace in one_way] == [pace.verdict for pace in other]
