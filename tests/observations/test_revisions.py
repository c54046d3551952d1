"""What changed between vintages, against the same said in plain Python; and a series through all its vintages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.observations.revisions import NOISE, Change, changes, compare, triangle
from vagvisare.terms.period import Period

CELLS = st.dictionaries(
    st.tuples(
        st.sampled_from(["00", "18"]), st.integers(2018, 2021), st.sampled_from("TK"), st.sampled_from(["", "b"])
    ),
    st.tuples(
        st.none() | st.sampled_from([0.0, 1.0, -1.0, 1.0 + 1e-12, 2.5, 1e9, 1e9 + 0.5, 1e-12, 2e-12]),
        st.sampled_from(["", "P"]),
    ),
    max_size=12,
)


def keyed(table):
    return {(c.territory, c.period.start, c.sex, c.background): (c.old, c.new) for c in changes(table)}


@settings(max_examples=60, deadline=None)
@given(CELLS, CELLS, st.randoms(use_true_random=False))
def test_a_comparison_says_what_plain_python_says(figures_of, before, after, chance):
    old = {key: value for key, (value, _) in before.items() if value is not None}
    new = {key: value for key, (value, _) in after.items() if value is not None}
    both = old.keys() & new.keys()
    revised = {k: (old[k], new[k]) for k in both if abs(new[k] - old[k]) > NOISE * max(abs(new[k]), abs(old[k]))}
    found = compare(figures_of(before, chance), figures_of(after, chance))
    assert keyed(found.added) == {key: (None, new[key]) for key in new.keys() - old.keys()}
    assert keyed(found.vanished) == {key: (old[key], None) for key in old.keys() - new.keys()}
    assert keyed(found.revised) == revised
    assert found.unchanged == len(both) - len(revised)
    assert found.new_periods == tuple(sorted({Period.year(k[1]) for k in new} - {Period.year(k[1]) for k in old}))
    restated = {key for key in both if before[key][1] != after[key][1]}
    assert set(keyed(found.status)) == restated
    assert found.nothing is not bool(revised or restated or old.keys() ^ new.keys())


@pytest.fixture(scope="module")
def figures_of(figures):
    def build(cells, chance):
        rows = [(t, year, sex, group, value, status) for (t, year, sex, group), (value, status) in cells.items()]
        return figures(*chance.sample(rows, len(rows)))

    return build


def test_the_first_vintage_is_all_new(series):
    found = compare(None, series(y2020=1.0, y2021=2.0))
    assert found.added.num_rows == 2
    assert found.new_periods == (Period.year(2020), Period.year(2021))
    assert not found.nothing


def test_equal_figures_are_no_revision(series):
    found = compare(series(y2020=1.0, y2021=0.0), series(y2020=1.0 + 1e-12, y2021=0.0))
    assert found.nothing
    assert found.unchanged == 2
    assert found.largest(3) == ()


def test_the_largest_revisions_come_first(series):
    found = compare(series(y2019=1.0, y2020=10.0, y2021=5.0), series(y2019=1.5, y2020=7.0, y2021=6.0))
    largest = found.largest(2)
    assert largest == (
        Change("18", "T", "", Period.year(2020), 10.0, 7.0),
        Change("18", "T", "", Period.year(2021), 5.0, 6.0),
    )
    assert [change.size for change in largest] == [3.0, 1.0]


def test_a_figure_that_was_suppressed_since_has_vanished_with_its_mark(figures):
    found = compare(figures(("18", 2020, "T", "", 1.0)), figures(("18", 2020, "T", "", None, "Q")))
    assert found.vanished.column("new_status").to_pylist() == ["Q"]
    assert found.unchanged == found.revised.num_rows == 0


def test_years_and_windows_that_begin_alike_are_not_confused(figures):
    before = figures(("18", (2020, 2020), "T", "", 1.0), ("18", (2020, 2023), "T", "", 2.0))
    after = figures(("18", (2020, 2020), "T", "", 1.0), ("18", (2020, 2023), "T", "", 3.0))
    assert [change.period for change in changes(compare(before, after).revised)] == [Period(2020, 2023)]


def test_a_triangle_shows_a_series_through_its_vintages(anywhere, vintage, figures, series):
    anywhere.publish(vintage(series(y2020=1.0, y2021=2.0), recorded=date(2026, 1, 1)))
    anywhere.publish(vintage(series(y2020=1.0, y2021=2.5, y2022=3.0), recorded=date(2026, 2, 1)))
    last = (("18", 2020, "T", "", 1.0), ("18", 2021, "T", "", None, "Q"), ("18", 2022, "T", "", 3.0, "P"))
    anywhere.publish(vintage(figures(*last, ("00", 2020, "T", "", 50.0)), recorded=date(2026, 3, 1)))
    found = triangle(anywhere, "syntetisk", "18")
    assert [column.receipt.recorded.month for column in found.columns] == [1, 2, 3]
    assert [str(period) for period in found.periods] == ["2020", "2021", "2022"]
    assert found.values == ((1.0, 1.0, 1.0), (2.0, 2.5, None), (None, 3.0, 3.0))
    assert found.revised == {(1, 1)}
    assert found.vanished == {(1, 2)}
    assert found.preliminary == {(2, 2)}
    assert not any(column.another_definition for column in found.columns)


def test_figures_by_another_definition_are_no_revision(anywhere, vintage, series):
    for month, value, query in ((1, 1.0, "old"), (2, 5.0, "new"), (3, 1.2, "old"), (4, 6.0, "new")):
        anywhere.publish(vintage(series(y2020=value), recorded=date(2026, month, 1), query=query))
    found = triangle(anywhere, "syntetisk", "18")
    assert [column.another_definition for column in found.columns] == [True, False, True, False]
    assert found.revised == {(0, 2), (0, 3)}


def test_a_day_with_several_vintages_has_one_column(anywhere, vintage, series):
    for hour, value in (("06", 1.0), ("14", 3.0), ("09", 2.0)):
        anywhere.publish(vintage(series(y2020=value), fetched=f"2026-03-01T{hour}:00:00+00:00"))
    found = triangle(anywhere, "syntetisk", "18")
    assert found.values == ((3.0,),)
    assert found.revised == frozenset()


def test_a_triangle_of_nothing_is_empty(anywhere, vintage, series):
    assert triangle(anywhere, "unheard of", "18").columns == ()
    anywhere.publish(vintage(series(y2020=1.0)))
    found = triangle(anywhere, "syntetisk", "18", "K")
    assert (found.periods, found.values, len(found.columns)) == ((), (), 1)
