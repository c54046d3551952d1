"""Hidden counts are taken out of the panel, and out of all that is computed from it. All figures are made up."""

import pytest

from vagvisare.assessment.definition import Break, Collection, Direction, Indicator
from vagvisare.assessment.disclosure.panel import checksum, disclosure
from vagvisare.assessment.disclosure.table import Reason
from vagvisare.assessment.measure import measure
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Language, Text
from vagvisare.terms.period import Period
from vagvisare.terms.sampling import Sampling
from vagvisare.terms.series import Series, SeriesKey

T = Text("påhittat", "made up")
YEAR = Period.year(2020)
PRIMARY, COMPLEMENTARY, DERIVED = Reason.PRIMARY, Reason.COMPLEMENTARY, Reason.DERIVED


def indicator(key="count", dataset="count", unit="persons", **more):
    return Indicator(key, dataset, T, T, unit, Direction.HIGHER, Collection.REGISTER, T, **more)


def panel(counts, dataset="count", period=YEAR):
    """Return series of one period by (territory, sex) or (territory, sex, background)."""
    keys = {SeriesKey(dataset, *cell): n for cell, n in counts.items()}
    return {key: Series.of(key, {period: float(n)}) for key, n in keys.items()}


COUNTS = {
    ("1880", "K"): 40, ("1880", "M"): 45, ("1880", "T"): 85,
    ("1881", "K"): 3, ("1881", "M"): 20, ("1881", "T"): 23,
    ("18", "K"): 43, ("18", "M"): 65, ("18", "T"): 108,
}  # fmt: skip
HIDDEN = {("1880", "K"), ("1880", "M"), ("1881", "K"), ("1881", "M")}
RAW = panel(COUNTS)
WHOLE = {"count": "abc"}


def cells(found):
    return {(key.territory, key.sex) for key in found}


def test_without_protection_nothing_is_touched():
    found = disclosure(RAW, [indicator()], WHOLE)
    assert found.shown(RAW) is RAW
    assert found.of(indicator(), RAW) is None
    assert found.measured(RAW) == RAW


def test_small_counts_and_those_that_guard_them_leave_the_panel():
    own = indicator(protect=5)
    found = disclosure(RAW, [own], WHOLE)
    assert cells(found.shown(RAW)) == COUNTS.keys() - HIDDEN
    reasons = found.of(own, found.shown(RAW)).reasons
    assert cells(reasons) == HIDDEN
    assert reasons[SeriesKey("count", "1881", "K")] == {YEAR: PRIMARY}
    assert reasons[SeriesKey("count", "1880", "M")] == {YEAR: COMPLEMENTARY}
    assert found.breached == ()


def test_whoever_reads_a_protected_data_set_reads_it_protected_by_the_highest_threshold():
    low, high, other = indicator(protect=3), indicator("b", protect=25), indicator("c")
    found = disclosure(RAW, [low, high, other], WHOLE)
    assert found.datasets["count"].threshold == 25
    assert ("1881", "T") not in cells(found.shown(RAW))
    assert cells(found.of(other, {}).reasons) == cells(found.of(high, {}).reasons)


def test_what_is_said_of_the_certainty_of_a_hidden_count_goes_with_it():
    found = disclosure(RAW, [indicator(protect=5)], WHOLE)
    said = {key: {YEAR: Sampling(count=3.0)} for key in RAW}
    kept = found.samples(said)
    assert {(key.territory, key.sex) for key, own in kept.items() if own} == COUNTS.keys() - HIDDEN


def test_the_older_data_set_of_a_break_is_protected_too():
    raw = RAW | panel(COUNTS, "older")
    own = indicator(protect=5, breaks=(Break(YEAR, T, sibling="older"),))
    assert len(disclosure(raw, [own], WHOLE).shown(raw)) == 2 * (len(COUNTS) - len(HIDDEN))


def share(**more):
    return indicator("share", unit="percent", per="all", per_scale=100.0, **more)


def test_a_quotient_of_a_hidden_count_is_derived_and_absent():
    raw = RAW | panel({("1880", "T"): 1000, ("1881", "T"): 2000, ("18", "T"): 3000}, "all")
    found = disclosure(raw, [indicator(protect=5), share()], WHOLE)
    measured = found.measured(measure(found.shown(raw), [share()]))
    assert cells(measured) == COUNTS.keys() - HIDDEN
    told = found.of(share(), measured)
    assert cells(told.reasons) == HIDDEN
    assert {why for own in told.reasons.values() for why in own.values()} == {DERIVED}


def test_a_quotient_by_a_hidden_count_is_derived_and_absent_in_every_group():
    below = {("1880", "T"): 1000, ("1881", "T"): 4, ("18", "T"): 1004}
    raw = RAW | panel(below, "all")
    every = indicator("all", dataset="all", protect=5)
    found = disclosure(raw, [every, share()], {"all": "x"})
    measured = found.measured(measure(found.shown(raw), [share()]))
    assert {key.territory for key in measured} == {"18"}
    assert {key.territory for key in found.of(share(), measured).reasons} == {"1880", "1881"}


def test_a_share_that_leaves_out_a_few_people_is_hidden_with_one_more():
    counts = {("1880", "T"): 98, ("1881", "T"): 300, ("1882", "T"): 500, ("18", "T"): 898}
    raw = panel(counts) | panel({("1880", "T"): 100, ("1881", "T"): 400, ("1882", "T"): 700, ("18", "T"): 1200}, "all")
    found = disclosure(raw, [indicator(protect=5), share()], WHOLE)
    assert cells(found.shown(raw)) >= counts.keys()
    measured = found.measured(measure(found.shown(raw), [share()]))
    hidden = counts.keys() - cells(measured)
    assert ("1880", "T") in hidden
    assert len(hidden) > 1
    assert cells(found.of(share(), measured).reasons) == hidden


def test_more_counted_than_there_are_is_no_share_and_leaves_nobody_out():
    raw = panel({("1880", "T"): 98, ("1881", "T"): 500}) | panel({("1880", "T"): 100, ("1881", "T"): 400}, "all")
    assert disclosure(raw, [indicator(protect=5), share()], WHOLE).quotients == {}


def test_the_headline_group_is_hidden_where_it_stands_for_everybody():
    own = indicator(protect=5, sex="K")
    raw = panel({cell: n for cell, n in COUNTS.items() if cell[1] != "T"})
    found = disclosure(raw, [own], WHOLE)
    measured = found.measured(measure(found.shown(raw), [own]))
    told = found.of(own, measured).reasons
    assert told[SeriesKey("count", "1881")] == told[SeriesKey("count", "1881", "K")] == {YEAR: PRIMARY}
    assert not told.keys() & measured.keys()


def test_what_a_series_lacks_is_not_published_by_its_producer():
    raw = dict(RAW)
    key = SeriesKey("count", "18")
    raw[key] = Series.of(key, {YEAR: 108.0, Period.year(2021): 110.0})
    told = disclosure(raw, [indicator(protect=5)], WHOLE).of(indicator(protect=5), {})
    assert told.why(SeriesKey("count", "1881", "K"), Period.year(2021)) is Reason.UNPUBLISHED
    assert told.why(key, Period.year(2021)) is None


CONTRARY = {
    ("1880", "M"): 6, ("1880", "T"): 8, ("1881", "K"): 0, ("1881", "M"): 9, ("1881", "T"): 9,
    ("18", "K"): 1, ("18", "M"): 15, ("18", "T"): 16,
}  # fmt: skip
"""Two women by one sum and one by another: whatever is hidden, what is left contradicts every other number."""


def test_a_count_that_cannot_be_protected_is_told():
    found = disclosure(panel(CONTRARY), [indicator(protect=5)], WHOLE)
    assert {(each.key.territory, each.key.sex) for each in found.breached} >= {("18", "K")}
    assert {each.period for each in found.breached} == {YEAR}


def test_other_figures_than_those_protected_are_not_shown_beside_them():
    found = disclosure(RAW, [indicator(protect=5)], WHOLE)
    assert found.changed(WHOLE) == frozenset()
    assert found.changed({"count": "other"}) == found.changed({}) == {"count"}
    assert found.shown(RAW, {"count"}) == {}
    assert found.public.vintages == {}


def test_the_checksum_is_of_what_is_shown():
    shown = disclosure(RAW, [indicator(protect=5)], WHOLE).shown(RAW)
    other = panel(COUNTS | {("1881", "K"): 2, ("1881", "M"): 21, ("1880", "K"): 41, ("1880", "M"): 44})
    assert checksum(shown, "count") != checksum(RAW, "count")
    assert checksum(disclosure(other, [indicator(protect=5)], WHOLE).shown(other), "count") == checksum(shown, "count")


def test_noise_is_measured_and_hides_nothing():
    own = indicator(cell_key=True)
    raw = panel(COUNTS | {("18", "T"): 110})
    found = disclosure(raw, [own], WHOLE)
    told = found.of(own, raw)
    assert found.shown(raw) is raw
    assert not told.hides
    assert told.cell_key.variance > 0
    assert disclosure(RAW, [own], WHOLE).of(own, RAW).cell_key is None


@pytest.mark.parametrize("value", [2.5, -1.0])
def test_what_is_no_count_is_refused(value):
    with pytest.raises(FigureError) as caught:
        disclosure(panel(COUNTS | {("18", "T"): value}), [indicator(protect=5)], WHOLE)
    assert "remove the indicator's protect" in caught.value.message(Language.EN)


def test_periods_that_overlap_are_refused():
    key = SeriesKey("count", "18")
    raw = {key: Series.of(key, {Period(2019, 2020): 10.0, Period(2020, 2021): 12.0})}
    with pytest.raises(FigureError, match="delar"):
        disclosure(raw, [indicator(protect=5)], WHOLE)
