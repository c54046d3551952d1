"""The same verdict under other reasonable choices. All figures here are made up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.closer.robustness import robustness
from vagvisare.assessment.closer.values import Choice, Splice
from vagvisare.assessment.definition import (
    Break,
    Collection,
    Direction,
    Event,
    Indicator,
    Sibling,
    Target,
    TargetKind,
)
from vagvisare.assessment.judge import judge_all, trend_request
from vagvisare.assessment.judgement import Reason, Verdict
from vagvisare.assessment.reference import judge
from vagvisare.assessment.targets.pace import pace
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import Scale

NOTHING = Text("", "")
KEY = SeriesKey("jobs", "18")
PANDEMIC = Event("pandemi", 2020, 2021, NOTHING)
STEADY = [40 + 0.5 * k + (0.2, -0.2, 0.1)[k % 3] for k in range(30)]


def indicator(key="jobs", **more):
    fields = {
        "key": key,
        "dataset": key,
        "title": NOTHING,
        "subject": NOTHING,
        "unit": "percent",
        "direction": Direction.HIGHER,
        "collection": Collection.REGISTER,
        "definition": NOTHING,
    }
    return Indicator(**{**fields, **more})


def series(values, last=2025, key=KEY):
    return Series.of(key, {Period.year(last - len(values) + 1 + k): float(v) for k, v in enumerate(values)})


def judged(values, contract=None, events=(), others=(), splice=None):
    contract = contract or indicator()
    panel = {KEY: values if isinstance(values, Series) else series(values)} | {s.key: s for s, _ in others}
    contracts = {"jobs": contract} | {s.key.indicator: c for s, c in others}
    judgements = judge_all(panel, contracts, events)
    return robustness(panel[KEY], contract, judgements[KEY], judgements, splice)


def details(found, choice):
    return {each.detail: each.verdict for each in found.alternatives if each.choice is choice}


def by_choice(found):
    return [(each.choice, each.detail) for each in found.alternatives]


class TestWindows:
    def test_thirty_years_have_four_other_windows(self):
        found = judged(STEADY)
        assert list(details(found, Choice.WINDOW)) == ["2016-2025", "2012-2025", "2010-2025", "1996-2025"]
        assert (found.verdict, found.holds, found.of) == ("förbättras", 5, 5)

    def test_choices_that_do_not_differ_are_not_counted(self):
        # Ten points: the ten latest and everything since the break are what was judged, and no earlier year exists.
        assert by_choice(judged(STEADY[:10])) == [(Choice.WINDOW, "2017-2025"), (Choice.WITHOUT_LATEST, "2025")]
        # Eleven points: the ten latest are also one point fewer.
        assert list(details(judged(STEADY[:11]), Choice.WINDOW)) == ["2016-2025"]
        # Sixteen points: one point more is also all of them.
        assert list(details(judged(STEADY[:16]), Choice.WINDOW)) == ["2016-2025", "2012-2025", "2010-2025"]

    def test_a_choice_that_leaves_too_few_points_is_none(self):
        found = judged(STEADY[:5])
        assert found.alternatives == ()
        assert (found.of, found.holds) == (0, 0)

    def test_with_too_few_points_nothing_is_tried(self):
        found = judged(STEADY[:4], indicator(siblings=(Sibling(NOTHING, "other"),)), others=[other(STEADY)])
        assert found.alternatives == ()

    def test_no_window_crosses_a_cutting_break(self):
        contract = indicator(breaks=(Break(Period.year(2012), NOTHING),))
        assert list(details(judged(STEADY, contract), Choice.WINDOW)) == ["2016-2025", "2013-2025"]

    def test_each_window_is_judged_as_that_window_alone(self):
        values = [50, 47, 52, 55, 51, 56, 58, 57, 61, 60, 59, 58, 57, 58, 56, 55, 57, 54, 53, 52]
        found = judged(values)
        whole = series(values)
        for detail, verdict in details(found, Choice.WINDOW).items():
            start, end = map(int, detail.split("-"))
            part = whole.only(frozenset(p for p in whole.periods if start <= p.start <= end))
            if len(part) <= 15:
                assert judge(trend_request(part, indicator())).verdict.value == verdict
        assert found.verdict == "oförändrat" or found.holds < found.of

    def test_a_window_longer_than_fifteen_uses_all_its_points(self):
        # Fell for fifteen years, stood still for fifteen: only the long window sees the fall.
        values = [70 - k for k in range(15)] + [55 + (0.1 if k % 2 else -0.1) for k in range(15)]
        found = judged(values)
        assert found.verdict == "oförändrat"
        assert details(found, Choice.WINDOW)["1996-2025"] == "försämras"
        assert details(found, Choice.WINDOW)["2016-2025"] == "oförändrat"

    def test_overlapping_windows_of_years_are_tried_where_they_are_worth_enough(self):
        values = {Period(1990 + k, 1993 + k): 40.0 + k for k in range(28)}
        found = judged(Series.of(KEY, values))
        assert "1992-2020" in details(found, Choice.WINDOW)
        assert not any(detail.startswith("2008") for detail in details(found, Choice.WINDOW))

    def test_an_earlier_verdict_weighs_in_everywhere(self):
        values = series([50, 49, 53, 50, 54, 52, 51, 55, 53, 54, 52, 56])
        plain = judge_all({KEY: values}, {"jobs": indicator()})[KEY]
        held = judge_all({KEY: values}, {"jobs": indicator()}, earlier={KEY: Verdict.IMPROVING})[KEY]
        assert held.trend.reason in (Reason.HELD, Reason.SIGNIFICANT)
        with_it = robustness(values, indicator(), held)
        without = robustness(values, indicator(), plain)
        assert with_it.verdict == "förbättras"
        assert [a.detail for a in with_it.alternatives] == [a.detail for a in without.alternatives]
        for each in with_it.alternatives:
            if each.choice is Choice.WITHOUT_LATEST:
                rest = Series(KEY, values.periods[:-1], values.values[:-1])
                expected = judge(trend_request(rest, indicator(), earlier=Verdict.IMPROVING)).verdict.value
                assert each.verdict == expected


def other(values, direction=Direction.HIGHER, key="other"):
    return series(values, key=SeriesKey(key, "18")), indicator(key, direction=direction)


class TestOtherChoices:
    def test_without_the_latest(self):
        # Seven rises in a row and the last one decides nothing more.
        found = judged([50, 51, 52, 53, 54, 55, 20])
        assert found.verdict == "går inte att avgöra"
        (latest,) = [a for a in found.alternatives if a.choice is Choice.WITHOUT_LATEST]
        assert (latest.detail, latest.verdict, latest.holds) == ("2025", "förbättras", False)

    def test_without_each_event_in_the_window(self):
        values = [50, 50.5, 51, 51.4, 52, 52.6, 53, 40, 41, 54, 54.5, 55, 55.4]
        found = judged(values, events=(PANDEMIC, Event("long-ago", 1990, 1991, NOTHING)))
        assert list(details(found, Choice.WITHOUT_EVENT)) == ["pandemi"]

    def test_an_event_in_the_latest_year_only_is_the_same_choice_as_leaving_that_year_out(self):
        found = judged(STEADY[:12], events=(Event("now", 2025, 2025, NOTHING),))
        assert details(found, Choice.WITHOUT_EVENT) == {}
        assert "2025" in details(found, Choice.WITHOUT_LATEST)

    def test_a_sibling_by_another_definition(self):
        contract = indicator(siblings=(Sibling(NOTHING, "other"), Sibling(NOTHING, reference="elsewhere")))
        agreeing = judged(STEADY[:12], contract, others=[other(STEADY[:12])])
        turned = judged(STEADY[:12], contract, others=[other([100 - v for v in STEADY[:12]])])
        mirrored = judged(STEADY[:12], contract, others=[other([100 - v for v in STEADY[:12]], Direction.LOWER)])
        assert details(agreeing, Choice.DEFINITION) == {"other": "förbättras"}
        assert details(turned, Choice.DEFINITION) == {"other": "försämras"}
        assert (agreeing.of - agreeing.holds, turned.of - turned.holds) == (0, 1)
        assert details(mirrored, Choice.DEFINITION) == {"other": "förbättras"}

    @pytest.mark.parametrize(
        ("values", "direction"), [(STEADY[:4], Direction.HIGHER), (STEADY[:12], Direction.NEUTRAL)]
    )
    def test_a_sibling_that_cannot_answer_is_not_counted(self, values, direction):
        contract = indicator(siblings=(Sibling(NOTHING, "other"),))
        assert details(judged(STEADY[:12], contract, others=[other(values, direction)]), Choice.DEFINITION) == {}

    def test_a_spliced_series(self):
        contract = indicator(breaks=(Break(Period.year(2018), NOTHING),))
        trend = judge(trend_request(series([100 - v for v in STEADY[:12]]), indicator()))
        splice = Splice(
            contract.breaks[0], (Period.year(2018),), 0.0, series(STEADY[:12]), trend, Scale.LOGIT, None, ()
        )
        found = judged(STEADY[:14], contract, splice=splice)
        assert details(found, Choice.SPLICED) == {"2018": "försämras"}
        few = replace(splice, trend=replace(trend, reason=Reason.TOO_FEW))
        assert details(judged(STEADY[:14], contract, splice=few), Choice.SPLICED) == {}

    def test_where_neither_way_is_better_the_movement_is_held(self):
        found = judged(STEADY[:12], indicator(direction=Direction.NEUTRAL))
        assert (found.verdict, found.holds) == ("ökar", found.of)


TARGET = Target(TargetKind.RELATIVE_TO_BASE, "w", "s", value=-60.0, base_year=2010, year=2030)


class TestBaseYears:
    # Falls about six per cent a year; 2010 happens to be a low year, 2009 a high one.
    VALUES = (*(100 * 0.94**k for k in range(9)), 70.0, 52.0, *(100 * 0.94**k for k in range(11, 26)))

    def found(self, target=TARGET, values=VALUES):
        return judged(values, indicator(unit="companies", direction=Direction.LOWER, targets=(target,)))

    def test_the_years_beside_and_the_mean_of_three(self):
        assert list(details(self.found(), Choice.BASE_YEAR)) == ["2009:2030", "2011:2030", "2009-2011:2030"]

    def test_each_is_the_pace_towards_what_that_base_asks_for(self):
        contract = indicator(unit="companies", direction=Direction.LOWER)
        whole = series(self.VALUES)
        trend = judge(trend_request(whole, contract))
        figures = {period.start: value for period, value in whole}
        bases = {
            "2009:2030": figures[2009],
            "2011:2030": figures[2011],
            "2009-2011:2030": (figures[2009] + figures[2010] + figures[2011]) / 3,
        }
        for detail, verdict in details(self.found(), Choice.BASE_YEAR).items():
            level = Target(TargetKind.ABSOLUTE, "w", "s", value=bases[detail] * 0.4, year=2030)
            assert pace(level, whole, trend, contract).verdict.value == verdict

    def test_a_lucky_base_year_shows(self):
        # Forty per cent of a low year is hard to reach; forty per cent of a high one is reached already.
        values = [100.0] * 9 + [100.0, 60.0, 100.0] + [100 * 0.93**k for k in range(14)]
        target = replace(TARGET, base_year=2010)
        verdicts = details(self.found(target, values), Choice.BASE_YEAR)
        assert verdicts["2009:2030"] == "målet är nått"
        assert any(not a.holds for a in self.found(target, values).alternatives if a.choice is Choice.BASE_YEAR)

    def test_a_base_at_the_start_of_the_series_has_one_neighbour(self):
        assert list(details(self.found(replace(TARGET, base_year=2000)), Choice.BASE_YEAR)) == ["2001:2030"]

    def test_a_base_without_a_figure_is_not_tried(self):
        assert details(self.found(replace(TARGET, base_year=1990)), Choice.BASE_YEAR) == {}

    def test_other_kinds_of_target_have_no_base_to_change(self):
        absolute = Target(TargetKind.ABSOLUTE, "w", "s", value=10.0, base_year=2010, year=2030)
        assert details(self.found(absolute), Choice.BASE_YEAR) == {}


@given(st.lists(st.integers(10, 90), min_size=5, max_size=22))
def test_holding_is_having_the_same_word(values):
    found = judged(values)
    assert all(a.holds is (a.verdict == found.verdict) for a in found.alternatives)
    assert 0 <= found.holds <= found.of
    assert len(set(by_choice(found))) == found.of


@given(st.lists(st.integers(10, 90), min_size=5, max_size=22))
def test_a_share_and_its_complement_are_equally_robust(values):
    one = judged(values)
    two = judged([100 - v for v in values], indicator(direction=Direction.LOWER))
    assert [(a.choice, a.detail, a.verdict, a.holds) for a in one.alternatives] == [
        (a.choice, a.detail, a.verdict, a.holds) for a in two.alternatives
    ]


@given(st.lists(st.integers(10, 90), min_size=5, max_size=22), st.sampled_from([0.001, 1000.0]))
def test_the_unit_is_of_no_consequence(values, factor):
    contract = indicator(unit="companies")
    one, other_unit = judged(values, contract), judged([v * factor for v in values], contract)
    assert [a.verdict for a in one.alternatives] == [a.verdict for a in other_unit.alternatives]
