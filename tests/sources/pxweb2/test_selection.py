"""Writing out expressions and cutting selections, against an independent reading and by their properties."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.sources.errors import RefusedError
from vagvisare.sources.pxweb.v2_selection import Chosen, body, cells, is_expression, split, written_out

CODES = st.lists(st.text("ab01-", min_size=1, max_size=4), min_size=1, max_size=12, unique_by=str.casefold)
EXPRESSIONS = st.one_of(
    st.just("*"),
    st.builds("{}*".format, st.text("ab01-", max_size=2)),
    st.builds("*{}".format, st.text("ab01-", max_size=2)),
    st.builds("*{}*".format, st.text("ab01-", max_size=2)),
    st.text("ab01-?", min_size=1, max_size=4).filter(lambda text: "?" in text),
    st.builds("{}({})".format, st.sampled_from(["TOP", "Bottom"]), st.integers(1, 14)),
    st.builds("{}({},{})".format, st.sampled_from(["top", "BOTTOM"]), st.integers(1, 14), st.integers(0, 14)),
)


@settings(deadline=None)
@given(CODES, st.lists(EXPRESSIONS, min_size=1, max_size=3), st.booleans(), st.data())
def test_expressions_choose_what_the_server_says_they_choose(codes, expressions, is_time, data):
    from replies.pxwebapi2 import _codes

    one, two = data.draw(st.sampled_from(codes)), data.draw(st.sampled_from(codes))
    more = [f"FROM({one})", f"to({two})", f"RANGE({one},{two})", one]
    values = [*expressions, data.draw(st.sampled_from(more))]
    chosen, missing = written_out(values, codes, latest_last=is_time)
    assert chosen == _codes(values, codes, is_time)
    assert all(not _codes([value], codes, is_time) for value in missing)


@settings(deadline=None)
@given(st.text(max_size=30), CODES, st.booleans())
def test_no_text_chooses_anything_the_table_has_not(value, codes, is_time):
    chosen, missing = written_out([value], codes, latest_last=is_time)
    assert set(chosen) <= set(codes)
    assert bool(chosen) != bool(missing)


def test_a_code_that_looks_like_an_expression_is_a_code_where_the_table_has_it():
    assert written_out(["1*"], ["1*", "10"], latest_last=False) == (["1*"], [])
    assert is_expression("1*")


@pytest.mark.parametrize(
    "value", ["TOP(0x1)", "TOP(-1)", "TOP()", "TOP(1,2,3)", "FROM(a,b)", "RANGE(a)", "a*b", "*a*b*"]
)
def test_what_is_no_expression_chooses_nothing(value):
    assert written_out([value], ["a", "b", "aXb"], latest_last=False) == ([], [value])


SELECTIONS = st.lists(st.integers(1, 9), min_size=1, max_size=4).map(
    lambda sizes: tuple(Chosen(f"d{n}", tuple(f"{n}.{c}" for c in range(size))) for n, size in enumerate(sizes))
)


def places(selection):
    import itertools

    return set(itertools.product(*(each.values for each in selection)))


@settings(deadline=None)
@given(SELECTIONS, st.integers(1, 400), st.lists(st.sampled_from(["d0", "d1", "d2", "d9"]), unique=True))
def test_parts_are_the_whole_without_overlap_and_none_is_too_large(selection, most, order):
    try:
        parts = split(selection, most, order, "TAB")
    except RefusedError:
        assert cells(selection) / most > 100
        return
    assert all(cells(part) <= most for part in parts)
    assert sum(cells(part) for part in parts) == cells(selection)
    assert set().union(*(places(part) for part in parts)) == places(selection)


def test_time_is_cut_before_territory_and_territory_before_the_rest():
    selection = (Chosen("Alder", tuple("abcdefghij")), Chosen("Region", tuple("123")), Chosen("Tid", tuple("xyz")))
    order = ["Tid", "Region"]
    assert [part[2].values for part in split(selection, 60, order, "T")] == [("x", "y"), ("z",)]
    assert {part[0].values for part in split(selection, 10, order, "T")} == {tuple("abcdefghij")}
    assert len(split(selection, 10, order, "T")) == 9


def test_a_question_beyond_reason_is_refused_without_being_written_out():
    huge = tuple(Chosen(f"d{n}", tuple(map(str, range(1000)))) for n in range(5))
    with pytest.raises(RefusedError):
        split(huge, 150_000, [], "T")
    with pytest.raises(RefusedError):
        split(huge[:2], 100, [], "T")


@settings(deadline=None)
@given(SELECTIONS, st.text(max_size=5), st.text(max_size=5))
def test_the_same_question_to_another_edition_is_another_question_with_the_same_codes(selection, one, other):
    def codes(said):
        return {each["variableCode"]: sorted(each["valueCodes"]) for each in said["selection"]}

    first, second = body(selection, one), body(selection, other)
    assert first == body(selection, one)
    assert codes(first) == codes(second) == {each.code: sorted(each.values) for each in selection}


def test_editions_differ_in_order():
    selection = (Chosen("Region", tuple(map(str, range(30)))), Chosen("Tid", ("2020",)))
    assert body(selection, "2026-06-02T06:00:00Z") != body(selection, "2026-06-09T06:00:00Z")
