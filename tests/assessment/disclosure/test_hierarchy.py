"""What is part of what, read from codes and sums. All figures are made up."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.assessment.disclosure.audit import audit, breaches
from vagvisare.assessment.disclosure.hierarchy import likely_total, table_of, tables
from vagvisare.assessment.disclosure.protect import protect
from vagvisare.assessment.disclosure.table import Reason, Relation
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Language
from vagvisare.terms.territory import COUNTIES, TERRITORIES

OREBRO = [code for code in TERRITORIES if len(code) == 4 and code.startswith("18")]


def places(counts):
    return table_of(("territory",), {(code,): n for code, n in counts.items()}, {}).dimensions[0].parents


def test_municipalities_lie_in_counties_and_counties_in_sweden():
    whole = dict.fromkeys(OREBRO, 10) | {"18": 120, "19": 80, "00": 200}
    parents = places(whole)
    assert parents["00"] is None
    assert parents["18"] == parents["19"] == "00"
    assert {parents[code] for code in OREBRO} == {"18"}


def test_parts_that_are_not_in_the_table_are_added_where_somebody_lives_there():
    assert set(places({"1880": 10, "18": 25})) == {"18", *OREBRO}
    assert set(places({"1880": 10, "18": 10})) == {"18", "1880"}
    assert set(places({"18": 10, "00": 300})) == {"00", *COUNTIES}


def test_a_county_without_a_figure_of_its_own_still_joins_its_municipalities_to_sweden():
    parents = places({"1880": 10, "1881": 20, "00": 30})
    assert parents == {"1880": "18", "1881": "18", "18": "00", "00": None}
    assert set(places({"1880": 10, "1881": 20, "00": 300})) == {"1880", "1881", "18", "00", *COUNTIES}


def test_without_sweden_counties_are_part_of_nothing():
    assert places({"18": 10, "19": 20}) == {"18": None, "19": None}


def test_a_municipality_nobody_lives_in_does_not_shield_a_small_count():
    """Were the missing ones thought able to hold people, two counts hidden together would look enough."""
    counts = {("1880",): 500, ("1881",): 3, ("18",): 503}
    protected = protect(table_of(("territory",), counts, {}))
    assert {cell for cell, why in protected.reasons.items() if why is not Reason.UNPUBLISHED} == {("1880",), ("1881",)}
    assert not breaches(audit(protected))


def test_parts_that_make_the_total_are_one_sum_and_need_no_relation():
    counts = {("K", "a"): 5, ("K", "b"): 6, ("K", ""): 11, ("M", "a"): 1, ("M", "b"): 2, ("M", ""): 3}
    table = table_of(("sex", "background"), counts, {"background": ""})
    assert table.dimensions[1].parents == {"": None, "a": "", "b": ""}
    assert table.relations == ()


TWICE = {
    ("1", "young"): 40, ("1", "old"): 60, ("1", "here"): 97, ("1", "there"): 3, ("1", ""): 100,
    ("2", "young"): 70, ("2", "old"): 50, ("2", "here"): 80, ("2", "there"): 40, ("2", ""): 120,
}  # fmt: skip


def test_a_column_that_divides_the_total_twice_is_two_sums():
    table = table_of(("place", "group"), TWICE, {"group": ""})
    assert set(table.relations) == {
        Relation.of({(place, a): 1, (place, b): 1, (place, ""): -1}, 0)
        for place, (a, b) in product("12", (("young", "old"), ("here", "there")))
    }


def test_what_divides_the_total_twice_is_protected_within_each():
    """Hiding one of the young for the sake of those born elsewhere would help nobody."""
    protected = protect(table_of(("place", "group"), TWICE, {"group": ""}))
    assert protected.reasons["1", "there"] is Reason.PRIMARY
    assert protected.reasons["1", "here"] is Reason.COMPLEMENTARY
    assert not breaches(audit(protected))


def test_two_levels_in_one_column_are_both_found():
    counts = {("", p): n for p, n in {"a1": 4, "a2": 6, "a": 10, "b": 20, "": 30}.items()}
    found = {frozenset(cell[1] for cell, _ in each.terms) for each in table_of(("x", "g"), counts, {"g": ""}).relations}
    assert found == {frozenset({"a", "b", ""}), frozenset({"a1", "a2", "b", ""})}


def test_many_parts_that_do_not_make_their_total_are_refused():
    counts = {("", str(n)): 7**n % 1000 + 1 for n in range(20)} | {("", ""): 12}
    with pytest.raises(FigureError) as caught:
        table_of(("x", "age"), counts, {"age": ""})
    assert "De 20 delarna i ”age”" in str(caught.value)
    assert "Split the table" in caught.value.message(Language.EN)


def test_many_parts_that_do_make_it_are_not():
    counts = {("", str(n)): n for n in range(1, 21)} | {("", ""): 210}
    assert table_of(("x", "age"), counts, {"age": ""}).relations == ()


def test_a_total_nobody_named_is_found_by_its_sums():
    counts = {("1", "a"): 3, ("1", "b"): 4, ("1", "both"): 7, ("2", "a"): 1, ("2", "b"): 1, ("2", "both"): 2}
    assert likely_total(counts, 1) == "both"
    assert likely_total(counts, 0) is None
    assert table_of(("p", "g"), counts, {}).dimensions[1].parents == {"both": None, "a": "both", "b": "both"}
    assert likely_total(counts | {("2", "both"): 3}, 1) is None


def test_two_codes_and_noughts_alone_are_no_sign_of_a_total():
    assert likely_total({("a",): 4, ("b",): 4}, 0) is None
    assert likely_total({("a",): 0, ("b",): 0, ("c",): 0}, 0) is None


def test_years_fall_apart_into_tables_of_their_own():
    counts = {(year, sex): 9 for year in ("2019", "2020") for sex in "KMT"}
    made = list(tables(("period", "sex"), counts, {"sex": "T"}))
    assert [{cell[0] for cell in each.counts} for each in made] == [{"2019"}, {"2020"}]
    assert {cell for each in made for cell in each.counts} == counts.keys()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=12, max_size=12), st.booleans())
def test_small_counts_in_a_column_divided_twice_never_stand_open(figures, third):
    """Counts by (young, old) × (here, there), published as two divisions of one column for three places."""
    counts = {}
    for place, own in zip("123", (figures[:4], figures[4:8], figures[8:]), strict=True):
        young_here, young_there, old_here, old_there = own
        counts |= {
            (place, "young"): young_here + young_there,
            (place, "old"): old_here + old_there,
            (place, "here"): young_here + old_here,
            (place, "there"): young_there + old_there,
            (place, ""): sum(own),
        }
    if third:
        for code in ("young", "old", "here", "there", ""):
            counts["T", code] = sum(counts[place, code] for place in "123")
    protected = protect(table_of(("place", "group"), counts, {"group": "", "place": "T"}))
    for place, pair in product("123", (("young", "old"), ("here", "there"))):
        shown = [protected.shown((place, code)) for code in (*pair, "")]
        hidden = [each for each in shown if isinstance(each, Reason)]
        if (place, pair[0]) not in protected.exposed and (place, pair[1]) not in protected.exposed:
            assert len(hidden) != 1 or isinstance(shown[2], Reason)
