"""Old and new method joined: synthetic series, and the bundled pair of new companies."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.assessment.closer.splice import splice
from vagvisare.assessment.definition import Break, Collection, Direction, Indicator
from vagvisare.assessment.judgement import Reason
from vagvisare.strategy_folder import bundled_folder, read
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

WORDS = Text("Syntetisk", "Synthetic")
AT = Break(Period.year(2010), WORDS, sibling="old")
COUNT = Indicator("new", "new", WORDS, WORDS, "companies", Direction.HIGHER, Collection.REGISTER, WORDS, breaks=(AT,))
SHARE = replace(COUNT, unit="percent")


def yearly(dataset, values, first, territory="18"):
    return Series.of(SeriesKey(dataset, territory), {Period.year(first + i): float(v) for i, v in enumerate(values)})


def test_older_figures_are_moved_by_the_step_between_the_methods():
    found = splice(yearly("new", [120, 130], 2010), COUNT, yearly("old", [50, 80, 100], 2008))
    assert found.shift == pytest.approx(math.log(1.2))
    assert dict(found.series) == {
        Period.year(2008): pytest.approx(60),
        Period.year(2009): pytest.approx(96),
        Period.year(2010): 120,
        Period.year(2011): 130,
    }
    assert (found.overlap, found.apart) == ((Period.year(2010),), None)
    assert (found.at, found.moved) == (AT, (Period.year(2008), Period.year(2009)))


def test_several_shared_periods_give_the_median_and_how_steady_it_is():
    found = splice(yearly("new", [110, 120, 150, 130], 2010), COUNT, yearly("old", [90, 100, 100, 100], 2009))
    assert [str(period) for period in found.overlap] == ["2010", "2011", "2012"]
    assert found.shift == pytest.approx(math.log(1.2))
    assert found.apart == pytest.approx(math.log(1.5 / 1.2))


def test_a_share_is_moved_on_its_own_scale_and_stays_a_share():
    found = splice(yearly("new", [97.0, 97.5], 2010), SHARE, yearly("old", [99.0, 94.0], 2009))
    assert 99.0 < found.series.values[0] < 100
    odds = (97 / 3) / (94 / 6)
    assert found.series.values[0] == pytest.approx(100 * 99 * odds / (99 * odds + 1))


@pytest.mark.parametrize(
    ("older", "contract"),
    [
        (yearly("old", [90, 100], 2008), COUNT),  # no shared period
        (yearly("old", [90, 100], 2010), COUNT),  # nothing earlier
        (yearly("other", [90, 100], 2009), COUNT),  # another data set
        (yearly("old", [90, 100], 2009), replace(COUNT, per="people")),
        (yearly("old", [90, math.nan], 2009), COUNT),  # no figure in the shared period
    ],
)
def test_what_does_not_meet_is_not_joined(older, contract):
    assert splice(yearly("new", [110, 120], 2010), contract, older) is None


def test_the_trend_looks_across_the_join_and_other_breaks_still_cut():
    new, older = yearly("new", [105, 106, 107], 2010), yearly("old", [*range(90, 100)], 2001)
    found = splice(new, COUNT, older)
    assert (found.trend.window.n, found.trend.reason) == (12, Reason.SIGNIFICANT)
    assert found.trend.window.cut_by is None
    twice = replace(COUNT, breaks=(AT, Break(Period.year(2005), WORDS)))
    assert splice(new, twice, older).trend.window.used[0] == Period.year(2005)


growth = st.floats(-0.2, 0.2)


@given(st.lists(growth, min_size=8, max_size=16), st.floats(0.2, 5.0), st.integers(1, 4))
def test_a_constant_factor_between_methods_is_undone_exactly(steps, factor, shared):
    truth = [100.0]
    for step in steps:
        truth.append(truth[-1] * math.exp(step))
    cut = len(truth) // 2
    new = yearly("new", truth[cut:], 2000 + cut)
    older = yearly("old", [value / factor for value in truth[: cut + shared]], 2000)
    found = splice(new, COUNT, older)
    assert found.series.values == pytest.approx(truth, rel=1e-9)
    assert found.apart is None if shared == 1 else found.apart == pytest.approx(0, abs=1e-9)


def test_the_bundled_new_companies_are_joined_at_2010():
    folder = read(bundled_folder())
    indicator = next(each for each in folder.indicators if each.key == "new_companies")
    cells = {table.receipt.dataset: table.cells for table in folder.figures}
    new, older = (
        Series.of(SeriesKey(name, "18"), {cell.period: cell.value for cell in cells[name] if cell.territory == "18"})
        for name in ("new_companies", "new_companies_to_2010")
    )
    found = splice(new, indicator, older)
    assert [str(period) for period in found.overlap] == ["2010"]
    assert found.shift == pytest.approx(math.log(new.at(Period.year(2010)) / older.at(Period.year(2010))))
    assert len(found.series) == len(new) + len(older) - 1
    assert found.series.only(frozenset(new.periods)) == new
    ratios = [found.series.at(p) / v for p, v in older if p in found.moved]
    assert median(ratios) == pytest.approx(ratios[0])
    assert found.trend.window.n == 15
