"""Whatever the figures, the arrays give the answer of one series at a time."""

from __future__ import annotations

from figure_store import assert_same, by_series, contracts, figures, indicator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vagvisare.assessment.definition import Break, Direction
from vagvisare.engines.contracts import book
from vagvisare.engines.figures import ragged
from vagvisare.engines.judged import judged, result
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import NATION, Series, SeriesKey
from vagvisare.terms.territory import COUNTIES, municipalities

PLACES = (NATION, *COUNTIES, *municipalities("12")[:18], "other", "1")
# Few different figures, so that places are shared and series stand still; some on the limits of every scale.
values = st.one_of(st.integers(0, 4).map(lambda n: 25.0 * n), st.sampled_from([-3.0, 0.5, 99.9, 1e6, 50.1]))
years = st.integers(2001, 2020)
points = st.dictionaries(years.map(Period.year), values, min_size=1, max_size=18)
cuts = st.lists(
    st.builds(
        lambda year, cut: Break(Period.year(year), Text("", ""), cuts=cut), st.integers(1999, 2024), st.booleans()
    ),
    max_size=3,
).map(lambda found: tuple({b.at: b for b in found}.values()))
terms = st.builds(
    lambda unit, direction, target, limits, smallest, breaks: indicator(
        "x", unit, direction, target, limits=limits, smallest_change=smallest, breaks=breaks
    ),
    st.sampled_from(["percent", "persons", "number", "million_sek", "days"]),
    st.sampled_from(Direction),
    st.one_of(
        st.none(), st.tuples(st.sampled_from([0.0, 40.0, 75.0, 100.0]), st.sampled_from([None, 2012, 2020, 2030]))
    ),
    st.sampled_from([None, None, (0.0, 100.0), (-5.0, 200.0)]),
    st.sampled_from([None, None, 0.0, 1.0, 30.0]),
    cuts,
)


@st.composite
def panels(draw):
    """Figures for many places in a few shapes: most end the same year, some do not."""
    shapes = draw(st.lists(points, min_size=1, max_size=5))
    chosen = st.integers(0, len(shapes))
    panel = {}
    for place in PLACES:
        for sex, background in (("T", ""), ("K", ""), ("M", ""), ("T", "b")):
            number = draw(chosen)
            key = SeriesKey("x", place, sex, background)
            if number < len(shapes):
                panel[key] = Series.of(key, shapes[number])
    return dict(sorted(panel.items()))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(panels(), terms)
def test_arrays_and_objects_agree(panel, contract):
    own = book(contracts([contract]))
    series = ragged(figures(panel), "")
    found = result(series, own)
    assert_same(by_series(found), panel, [contract])
    assert judged(series, own).equals(found.select(judged(series, own).column_names))


def test_no_rows_are_no_rows():
    empty = figures({})
    assert result(ragged(empty, ""), book(contracts([indicator("x")]))).num_rows == 0
    assert judged(ragged(empty, ""), book(contracts([]))).num_rows == 0
