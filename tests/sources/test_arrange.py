"""Codes become figures: roles, recoding, measures, years; against a plain reading one row at a time."""

import math

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.sources import time_codes
from vagvisare.sources.arrange import Long, arrange
from vagvisare.sources.contract import FIGURES
from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.query import Dimension, Query, Role, Scheme, Yearly


def long(rows, names, status=None):
    """Rows are tuples of codes, one for each name, then the value."""
    codes = {
        name: pa.array([row[place] for row in rows], pa.string()).dictionary_encode()
        for place, name in enumerate(names)
    }
    said = None if status is None else pa.array(status, pa.string()).dictionary_encode()
    return Long(codes, pa.array([row[-1] for row in rows], pa.float64()), said)


def points(table):
    return {(r["territory"], r["start"], r["end"], r["sex"], r["background"]): r["value"] for r in table.to_pylist()}


REGION = Dimension("Region", Role.TERRITORY)
TIME = Dimension("Tid", Role.PERIOD)
PLAIN = Query("T", (REGION, TIME))


def test_the_schema_is_kept_even_when_nothing_was_answered():
    table = arrange(PLAIN, long([], ["Region", "Tid"]))
    assert table.schema == FIGURES
    assert table.num_rows == 0


def test_territories_we_do_not_follow_are_left_out():
    table = arrange(PLAIN, long([("18", "2021", 5.0), ("RIKS9", "2021", 7.0), ("00", "2021", 6.0)], ["Region", "Tid"]))
    assert points(table) == {("18", 2021, 2021, "T", ""): 5.0, ("00", 2021, 2021, "T", ""): 6.0}


def test_a_scheme_can_be_the_clients_or_the_dimensions():
    rows = [("0018", "2021", 5.0), ("0000", "2021", 6.0)]
    assert points(arrange(PLAIN, long(rows, ["Region", "Tid"]), scheme=Scheme.KOLADA)) == {
        ("18", 2021, 2021, "T", ""): 5.0,
        ("00", 2021, 2021, "T", ""): 6.0,
    }
    declared = Query("T", (Dimension("Region", Role.TERRITORY, scheme=Scheme.KOLADA), TIME))
    assert points(arrange(declared, long(rows, ["Region", "Tid"]))).keys() == {
        ("18", 2021, 2021, "T", ""),
        ("00", 2021, 2021, "T", ""),
    }


def test_sexes_are_recoded_as_told_and_else_as_everybody_codes_them():
    told = Dimension("Kön", Role.SEX, values=("00", "01", "02"), ours=("T", "M", "K"))
    rows = [("18", "2021", "00", 5.0), ("18", "2021", "02", 6.0)]
    table = arrange(Query("T", (REGION, TIME, told)), long(rows, ["Region", "Tid", "Kön"]))
    assert points(table) == {("18", 2021, 2021, "T", ""): 5.0, ("18", 2021, 2021, "K", ""): 6.0}
    usual = Query("T", (REGION, TIME, Dimension("Kön", Role.SEX)))
    table = arrange(usual, long([("18", "2021", "1+2", 5.0), ("18", "2021", "2", 6.0)], ["Region", "Tid", "Kön"]))
    assert points(table) == {("18", 2021, 2021, "T", ""): 5.0, ("18", 2021, 2021, "K", ""): 6.0}
    with pytest.raises(UnreadableError, match="”00”"):
        arrange(usual, long(rows, ["Region", "Tid", "Kön"]))


def test_a_code_that_is_not_in_the_definition_is_never_guessed():
    groups = Dimension("grupp", Role.BACKGROUND, values=("1", "2"), ours=("födda i Sverige", "födda utomlands"))
    query = Query("T", (REGION, TIME, groups))
    with pytest.raises(UnreadableError, match=r"”3”.*grupp"):
        arrange(query, long([("18", "2021", "3", 1.0)], ["Region", "Tid", "grupp"]))


def test_backgrounds_are_joined_and_everybody_leaves_no_word():
    one = Dimension("a", Role.BACKGROUND, values=("1", "0"), ours=("inrikes", ""))
    two = Dimension("b", Role.BACKGROUND, values=("1", "0"), ours=("eftergymnasial", ""))
    rows = [("18", "2021", a, b, float(n)) for n, (a, b) in enumerate([("0", "0"), ("1", "0"), ("0", "1"), ("1", "1")])]
    table = arrange(Query("T", (REGION, TIME, one, two)), long(rows, ["Region", "Tid", "a", "b"]))
    found = {key[-1]: value for key, value in points(table).items()}
    assert found == {"": 0.0, "inrikes": 1.0, "eftergymnasial": 2.0, "inrikes / eftergymnasial": 3.0}


def test_measures_become_columns_and_only_amounts_are_scaled():
    measure = Dimension("m", Role.MEASURE, values=("01", "02", "03", "04"), ours=("value", "low", "high", "n"))
    rows = [("18", "2021-2024", code, value) for code, value in zip(measure.values, (20, 18, 22, 400), strict=True)]
    table = arrange(Query("T", (REGION, TIME, measure), scale=0.5), long(rows, ["Region", "Tid", "m"]))
    row = table.to_pylist()[0]
    assert (row["value"], row["low"], row["high"], row["n"], row["se"]) == (10, 9, 11, 400, None)
    assert (row["start"], row["end"]) == (2021, 2024)


def test_a_margin_is_an_interval():
    measure = Dimension("m", Role.MEASURE, values=("a", "b"), ours=("value", "margin"))
    rows = [("18", "2021", "a", 20), ("18", "2021", "b", 2), ("20", "2021", "a", 30), ("20", "2021", "b", None)]
    table = arrange(Query("T", (REGION, TIME, measure)), long(rows, ["Region", "Tid", "m"])).to_pylist()
    assert {row["territory"]: (row["low"], row["high"]) for row in table} == {"18": (18, 22), "20": (None, None)}


def test_a_measure_must_be_one_we_know():
    measure = Dimension("m", Role.MEASURE, values=("01",), ours=("andel",))
    with pytest.raises(UnreadableError, match="”andel” är inget mått"):
        arrange(Query("T", (REGION, TIME, measure)), long([("18", "2021", "01", 1.0)], ["Region", "Tid", "m"]))


def test_a_cell_without_figure_is_kept_as_such_with_what_is_said_of_it():
    table = arrange(PLAIN, long([("18", "2021", None), ("18", "2020", 3.0)], ["Region", "Tid"], ["Q", ""]))
    said = {row["start"]: (row["value"], row["status"]) for row in table.to_pylist()}
    assert said == {2021: (None, "Q"), 2020: (3.0, "")}


def test_the_same_figure_twice_is_one_but_two_different_ones_are_an_error():
    same = [("18", "2021", 3.0), ("18", "2021", 3.0)]
    assert arrange(PLAIN, long(same, ["Region", "Tid"])).num_rows == 1
    with pytest.raises(UnreadableError, match="två gånger"):
        arrange(PLAIN, long([("18", "2021", 3.0), ("18", "2021", 4.0)], ["Region", "Tid"]))
    with pytest.raises(UnreadableError, match="två gånger"):
        arrange(PLAIN, long([("18", "2021", 3.0), ("18", "2021", None)], ["Region", "Tid"]))


def test_months_become_a_year_only_when_all_are_there():
    rows = [("18", f"2021M{month:02}", float(month)) for month in range(1, 13)]
    rows += [("18", f"2022M{month:02}", float(month)) for month in range(1, 12)]
    told = long(rows, ["Region", "Tid"], ["P" if code.endswith("12") else "" for _, code, _ in rows])
    summed = arrange(Query("T", (REGION, TIME), yearly=Yearly.SUM), told)
    assert points(summed) == {("18", 2021, 2021, "T", ""): 78.0}
    assert summed.column("status").to_pylist() == ["P"]
    mean = arrange(Query("T", (REGION, TIME), yearly=Yearly.MEAN), told)
    assert points(mean) == {("18", 2021, 2021, "T", ""): 6.5}
    with pytest.raises(UnreadableError, match="yearly"):
        arrange(PLAIN, told)


def test_a_month_without_figure_leaves_no_year():
    rows = [("18", f"2021K{quarter}", None if quarter == 3 else 1.0) for quarter in range(1, 5)]
    assert arrange(Query("T", (REGION, TIME), yearly=Yearly.SUM), long(rows, ["Region", "Tid"])).num_rows == 0


def test_a_place_or_a_sex_that_was_held_fixed_needs_no_column():
    query = Query("T", (Dimension("Region", Role.TERRITORY, ("18",)), TIME, Dimension("Kön", Role.SEX, ("1",), ("M",))))
    assert points(arrange(query, long([("2021", 4.0)], ["Tid"]))) == {("18", 2021, 2021, "M", ""): 4.0}


@pytest.mark.parametrize("missing", ["Region", "Tid"])
def test_what_cannot_be_known_is_an_error(missing):
    names = [name for name in ("Region", "Tid") if name != missing]
    code = {"Region": "18", "Tid": "2021"}
    with pytest.raises(UnreadableError):
        arrange(PLAIN, long([(*(code[name] for name in names), 1.0)], names))


def test_time_that_is_none_is_named():
    with pytest.raises(UnreadableError, match="”i fjol”"):
        arrange(PLAIN, long([("18", "i fjol", 1.0)], ["Region", "Tid"]))


@pytest.mark.parametrize(
    ("code", "span"),
    [
        ("2021", (2021, 2021, 0, 1)),
        ("2021-2024", (2021, 2024, 0, 1)),
        ("2021–2024", (2021, 2024, 0, 1)),
        ("2021/2022", (2021, 2022, 0, 1)),
        ("2020/21", (2020, 2021, 0, 1)),
        ("1999/00", (1999, 2000, 0, 1)),
        ("2021K3", (2021, 2021, 3, 4)),
        ("2021-Q3", (2021, 2021, 3, 4)),
        ("2021M05", (2021, 2021, 5, 12)),
        ("2021-05", (2021, 2021, 5, 12)),
    ],
)
def test_how_sources_write_time(code, span):
    assert time_codes.parse(code) == time_codes.Span(*span)


@pytest.mark.parametrize("code", ["", "21", "2021M13", "2021K5", "2024-2021", "2020/22", "20211", "2021-00", "abc"])
def test_what_is_no_time(code):
    assert time_codes.parse(code) is None


CODES = st.tuples(
    st.sampled_from(["18", "00", "1880", "X9"]),
    st.sampled_from(["2019", "2020", "2018-2021"]),
    st.sampled_from(["1", "2", "1+2"]),
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(["01", "02"]),
)


@settings(deadline=None, max_examples=150)
@given(st.dictionaries(CODES, st.none() | st.floats(-1e9, 1e9), max_size=40), st.randoms())
def test_the_same_as_reading_row_by_row(told, random):
    rows = [(*codes, value) for codes, value in told.items()]
    random.shuffle(rows)
    query = Query(
        "T",
        (
            REGION,
            TIME,
            Dimension("Kön", Role.SEX),
            Dimension("g", Role.BACKGROUND, ("a", "b", "c"), ("", "bee", "cee")),
            Dimension("m", Role.MEASURE, ("01", "02"), ("value", "n")),
        ),
    )
    table = arrange(query, long(rows, ["Region", "Tid", "Kön", "g", "m"]))
    expected = {}
    for region, time, sex, group, measure, value in rows:
        if region == "X9":
            continue
        start, _, end = time.partition("-")
        names = {"a": "", "b": "bee", "c": "cee", "1": "M", "2": "K", "1+2": "T"}
        key = (region, int(start), int(end or start), names[sex], names[group])
        expected.setdefault(key, {})["value" if measure == "01" else "n"] = value
    found = {
        (r["territory"], r["start"], r["end"], r["sex"], r["background"]): (r["value"], r["n"])
        for r in table.to_pylist()
    }
    assert found == {key: (said.get("value"), said.get("n")) for key, said in expected.items()}
    assert table.num_rows == len(found)
    assert not any(value is not None and math.isnan(value) for value in table.column("value").to_pylist())
