"""What holds of every delivery, whatever is in it."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from made_up_deliveries import dataset, grid, judged, table, together

from vagvisare.intake.objection import Objection
from vagvisare.terms.language import Language
from vagvisare.terms.territory import TERRITORIES
from vagvisare.terms.unit import UNITS

CODES = st.sampled_from(["00", "01", "17", "18", "19", "1880", "1881", "0114", "9999", ""])
VALUES = st.none() | st.floats(0.01, 99.9) | st.integers(-5, 2_000_000).map(float)
ROWS = st.fixed_dictionaries(
    {
        "territory": CODES,
        "start": st.integers(2000, 2025),
        "sex": st.sampled_from(["T", "K", "M", "1"]),
        "background": st.sampled_from(["", "utrikes födda"]),
        "value": VALUES,
        "low": st.none() | st.floats(0, 60),
        "status": st.sampled_from(["", "P", "Q"]),
    }
)
DELIVERIES = st.lists(ROWS, max_size=40).map(table)
UNIT = st.sampled_from(sorted(UNITS))

PLACES = st.lists(st.sampled_from(sorted(TERRITORIES)), min_size=2, max_size=12, unique=True)


@st.composite
def calm(draw, years: int = 6, least: float = 1.0):
    """Draw a delivery in which every place has a figure every year, none nought."""
    figures = st.lists(st.floats(least, 99.0, allow_subnormal=False), min_size=years, max_size=years)
    return {place: draw(figures) for place in draw(PLACES)}


def scaled(figures: pa.Table, factor: float) -> pa.Table:
    return figures.set_column(
        5, "value", [[None if v.as_py() is None else v.as_py() * factor for v in figures.column(5)]]
    )


def told(objections: tuple[Objection, ...]) -> list[tuple[str, str]]:
    return [(objection.sentence(Language.SV), objection.sentence(Language.EN)) for objection in objections]


@settings(deadline=None, max_examples=60)
@given(DELIVERIES, st.none() | DELIVERIES, UNIT, st.randoms(use_true_random=False))
def test_the_order_of_rows_means_nothing(after, before, unit, random):
    order = list(range(after.num_rows))
    random.shuffle(order)
    of = dataset(unit)
    assert told(judged(after.take(pa.array(order, pa.int64())), before, of)) == told(judged(after, before, of))


@settings(deadline=None, max_examples=60)
@given(DELIVERIES, UNIT)
def test_the_same_again_never_meets_an_objection(figures, unit):
    assert judged(figures, figures, dataset(unit)) == ()


@settings(deadline=None, max_examples=60)
@given(
    calm(), st.sampled_from(["percent", "persons", "million_sek", "years", "number"]), st.sampled_from([1000.0, 0.001])
)
def test_a_thousandfold_is_always_caught(values, unit, factor):
    before = grid(values)
    caught = judged(scaled(before, factor), before, dataset(unit))
    assert "unit" in {objection.kind for objection in caught if objection.holds}


@settings(deadline=None, max_examples=60)
@given(calm(least=20.0), st.integers(0, 11), st.booleans())
def test_a_place_that_is_dropped_is_always_caught(values, which, grown):
    place = sorted(values)[which % len(values)]
    before = grid({t: s[:5] if grown else s for t, s in values.items()})
    after = grid({t: s for t, s in values.items() if t != place})
    caught = [o for o in judged(after, before) if o.kind == "lost_territory" and o.holds]
    assert len(caught) == 1
    assert caught[0].count == 1
    assert TERRITORIES[place].name.sv in caught[0].what.sv


@settings(deadline=None, max_examples=40)
@given(calm(years=3), st.sampled_from(["K", "M"]))
def test_a_group_that_is_dropped_is_always_caught(values, sex):
    before = together(grid(values), grid(values, sex="K"), grid(values, sex="M"))
    after = before.filter([code.as_py() != sex for code in before.column("sex")])
    assert "lost_group" in {objection.kind for objection in judged(after, before) if objection.holds}


@settings(deadline=None, max_examples=40)
@given(calm(years=4), st.integers(2015, 2018))
def test_a_year_that_is_dropped_is_always_caught(values, year):
    before = grid(values)
    after = before.filter([start.as_py() != year for start in before.column("start")])
    assert "lost_history" in {objection.kind for objection in judged(after, before) if objection.holds}


@settings(deadline=None, max_examples=40)
@given(DELIVERIES, st.none() | DELIVERIES, UNIT)
def test_every_objection_is_said_in_both_languages_and_survives_writing_down(after, before, unit):
    for objection in judged(after, before, dataset(unit)):
        assert Objection.from_document(objection.document()) == objection
        for language in Language:
            words = objection.sentence(language)
            assert words.endswith(".")
            assert "  " not in words
            assert "nan" not in words.split()
        assert len(objection.where) <= 3
        assert objection.count >= len(objection.where)


@settings(deadline=None, max_examples=40)
@given(calm(years=5), st.floats(0.1, 5.0))
def test_a_new_year_within_what_has_been_seen_is_accepted(values, size):
    """Each new step is at most as long as the series' longest so far, and the places all remain."""
    before = grid(values)
    after = grid({t: [*s, s[-1] + (size / 10 if s[-1] < 90 else -size / 10)] for t, s in values.items()})
    assume(all(abs(s[-1] - s[-2]) > 1 for s in values.values()))
    assert [o.kind for o in judged(after, before) if o.kind == "jump"] == []
