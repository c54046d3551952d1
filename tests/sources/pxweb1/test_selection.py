"""Which codes a query asks for: written out from what the table has, and a sentence where it has them not."""

import fnmatch
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.sources.errors import RefusedError
from vagvisare.sources.pxweb.v1_parts import cells_of, halves_of, parts_of
from vagvisare.sources.pxweb.v1_selection import Variable, select
from vagvisare.sources.query import Dimension, Query, Role
from vagvisare.terms.errors import UnknownError
from vagvisare.terms.language import Language

YEARS = Variable("Tid", "år", tuple((str(year), str(year)) for year in range(2010, 2021)), time=True)
AGES = Variable("Alder", "ålder", (("TOT", "totalt"), ("0-17", "0–17 år"), ("18-64", ""), ("65+", "65 år–")))
PLACES = Variable("Region", "region", (("00", "Riket"), ("18", "Örebro län"), ("1880", "Örebro"), ("SE", "?")))
SEX = Variable("Kon", "kön", (("1", "män"), ("2", "kvinnor")), eliminable=True)
ONLY = Variable("Innehåll", "innehåll", (("A1", "Antal"),))


def chosen(variable, *values, role=Role.FIXED, **options):
    return select(Query("T", (Dimension(variable.code, role, values, **options),)), [variable])[variable.code]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("TOP(2)", ("2019", "2020")),
        ("top(2,1)", ("2018", "2019")),
        ("BOTTOM(2)", ("2010", "2011")),
        ("FROM(2019)", ("2019", "2020")),
        ("TO(2011)", ("2010", "2011")),
        ("RANGE(2009, 2010)", ("2010",)),
        ("201?", tuple(str(year) for year in range(2010, 2020))),
        ("*", YEARS.codes),
        ("2015", ("2015",)),
    ],
)
def test_time_is_chosen_from_its_latest_end(expression, expected):
    assert chosen(YEARS, expression) == expected


def test_time_listed_backwards_is_chosen_alike():
    backwards = Variable("År", "år", tuple(reversed(YEARS.categories)))
    assert chosen(backwards, "TOP(2)", role=Role.PERIOD) == ("2019", "2020")
    assert chosen(backwards, role=Role.PERIOD) == backwards.codes


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("TOP(2)", ("TOT", "0-17")),
        ("BOTTOM(1)", ("65+",)),
        ("FROM(18-64)", ("18-64", "65+")),
        ("RANGE(0-17,18-64)", ("0-17", "18-64")),
        ("*-*", ("0-17", "18-64")),
    ],
)
def test_other_codes_are_chosen_in_the_order_of_the_table(expression, expected):
    assert chosen(AGES, expression) == expected


@pytest.mark.parametrize(
    "expression",
    ["TOP(0)", "TOP()", "TOP(x)", "TOP(1,2,3)", "FROM()", "FROM(17)", "RANGE(65+,TOT)", "RANGE(TOT)", "9*"],
)
def test_an_expression_that_chooses_nothing_is_a_sentence(expression):
    with pytest.raises(RefusedError, match="väljer ingen kod"):
        chosen(AGES, expression)


def test_a_code_that_looks_like_an_expression_is_a_code():
    odd = Variable("X", "x", (("*", "alla"), ("A", "a"), ("TOP(1)", "t")))
    assert chosen(odd, "*") == ("*",)
    assert chosen(odd, "TOP(1)") == ("TOP(1)",)


def test_codes_the_table_does_not_have_are_named_with_those_like_them():
    with pytest.raises(RefusedError) as raised:
        chosen(AGES, "0-17", "18-65", "66+")
    swedish, english = (raised.value.message(language) for language in Language)
    assert "har inte 18-65, 66+" in swedish
    assert "TOT (totalt), 0-17 (0–17 år), 18-64, 65+ (65 år–)" in swedish
    assert "Menade du ”18-64”?" in swedish
    assert "does not have 18-65, 66+" in english


def test_a_variable_the_table_does_not_have_is_named():
    with pytest.raises(RefusedError, match=r"”Ålder” finns inte\. Den har Alder"):
        select(Query("T", (Dimension("Ålder"),)), [AGES])


def test_what_is_not_named_is_left_out_or_held_or_asked_for():
    query = Query("T", (Dimension("Tid", Role.PERIOD, ("2020",)),))
    assert dict(select(query, [SEX, ONLY, YEARS])) == {"Innehåll": ("A1",), "Tid": ("2020",)}
    with pytest.raises(RefusedError, match=r"inget om variabeln ”Alder”.*TOT \(totalt\)"):
        select(query, [AGES, YEARS])
    total = Variable("Alder", "ålder", AGES.categories, eliminable=True, total="TOT")
    assert select(query, [total, YEARS])["Alder"] == ("TOT",)


def test_words_for_territories_are_written_out():
    assert chosen(PLACES, "@nation", "18", "1880", role=Role.TERRITORY) == ("00", "18", "1880")
    with pytest.raises(RefusedError, match="har inte 01, 03"):
        chosen(PLACES, "@counties", role=Role.TERRITORY)
    with pytest.raises(UnknownError):
        chosen(PLACES, "@allting", role=Role.TERRITORY)


def test_a_territory_written_with_its_name_is_found_by_its_code_if_there_is_one_such():
    named = Variable("Region", "region", (("00 Riket", ""), ("18 Örebro län", ""), ("20 A", ""), ("20 B", "")))
    assert chosen(named, "@nation", "18", role=Role.TERRITORY) == ("00 Riket", "18 Örebro län")
    with pytest.raises(RefusedError, match="har inte 20"):
        chosen(named, "20", role=Role.TERRITORY)
    with pytest.raises(RefusedError, match="har inte 18"):
        chosen(named, "18", role=Role.BACKGROUND)


def test_codes_of_a_grouping_are_the_servers_to_know():
    assert chosen(AGES, "0-4", "5-9", "0-4", codelist="agg:5år") == ("0-4", "5-9")
    with pytest.raises(RefusedError, match="5år"):
        chosen(AGES, codelist="agg:5år")


@settings(deadline=None)
@given(
    st.lists(st.text("0123", min_size=1, max_size=3), min_size=1, max_size=30, unique=True),
    st.text("0123*?", min_size=1),
)
def test_patterns_choose_what_patterns_mean(codes, pattern):
    variable = Variable("X", "x", tuple((code, code) for code in codes))
    expected = [pattern] if pattern in codes else [code for code in codes if fnmatch.fnmatchcase(code, pattern)]
    if expected:
        assert list(chosen(variable, pattern)) == expected
    else:
        with pytest.raises(RefusedError):
            chosen(variable, pattern)


SELECTIONS = st.dictionaries(
    st.sampled_from("ABCDE"), st.integers(1, 9).map(lambda count: tuple(map(str, range(count)))), min_size=1
)


@settings(deadline=None)
@given(SELECTIONS, st.integers(1, 500), st.lists(st.sampled_from("ABCDE"), max_size=2, unique=True))
def test_parts_cover_everything_once_and_none_is_too_large(selection, most, first):
    try:
        parts = parts_of(selection, most, "T", first)
    except RefusedError:
        assert cells_of(selection) > 2000
        return
    assert all(cells_of(part) <= most for part in parts)
    cells = [cell for part in parts for cell in written_out(part)]
    assert len(cells) == len(set(cells)) == cells_of(selection)
    assert set(cells) == set(written_out(selection))


@settings(deadline=None)
@given(SELECTIONS)
def test_halves_cover_everything_once(selection):
    halves = halves_of(selection)
    if not halves:
        assert cells_of(selection) == 1
        return
    cells = [cell for half in halves for cell in written_out(half)]
    assert len(halves) == 2
    assert sorted(cells) == sorted(written_out(selection))


def test_time_is_cut_before_territory_and_both_before_the_rest():
    selection = {"Region": tuple("abcd"), "Ålder": tuple("12345678"), "Tid": tuple("xyz")}
    parts = parts_of(selection, 32, "T", ["Tid", "Region"])
    assert [part["Tid"] for part in parts] == [("x",), ("y",), ("z",)]
    assert all(len(part["Region"]) == 4 for part in parts)


def written_out(selection):
    cells = [()]
    for name in sorted(selection):
        cells = [(*cell, code) for cell in cells for code in selection[name]]
    assert len(cells) == math.prod(map(len, selection.values()))
    return cells
