"""What arrange makes of awkward answers, held against a plain reading one row at a time, and the errors it owes."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.sources.arrange import Long, arrange
from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.query import Dimension, Query, Role, Scheme, Yearly

NAMES = ("Region", "Tid", "m")
REGION, TIME = Dimension("Region", Role.TERRITORY), Dimension("Tid", Role.PERIOD)
# 1917 is what Heby (0331) was called before 2007: two of the source's codes, one place.
TWINS = Dimension("Region", Role.TERRITORY, ("a", "b", "c"), ("18", "18", "1880"))
MEASURE = Dimension("m", Role.MEASURE, ("01", "02"), ("value", "n"))
GRAVEST_LAST = ["", "P", "E", "B", "U", "L", "M", "Q"]


def long(rows, names=("Region", "Tid"), status=None):
    """Rows are tuples of codes, one for each name, then the value; the dictionaries also name codes no row has."""
    codes = {}
    for place, name in enumerate(names):
        words = [row[place] for row in rows]
        own = [*sorted(set(words)), "unused"]
        index = pa.array([own.index(word) for word in words], pa.int16() if place else pa.int32())
        codes[name] = pa.DictionaryArray.from_arrays(index, pa.array(own, pa.string()))
    said = None if status is None else pa.array(status, pa.string()).dictionary_encode()
    return Long(codes, pa.array([row[-1] for row in rows], pa.float64()), said)


def found(table):
    """Return value, n and status by place and year, and hold on the way that no figure stands twice."""
    rows = table.to_pylist()
    by_key = {(row["territory"], row["start"]): (row["value"], row["n"], row["status"]) for row in rows}
    assert len(by_key) == len(rows)
    return by_key


def plainly(rows, status, ours):
    """Read row by row; None where one figure is given with two values."""
    claims = {}
    for (region, time, measure, value), said in zip(rows, status, strict=True):
        claims.setdefault((ours[region], int(time)), {}).setdefault(measure, []).append((region, value, said))
    figures = {}
    for key, measures in claims.items():
        numbers, word = {}, ""
        for measure, told in measures.items():
            values = {value for _, value, _ in told if value is not None}
            with_one = {region for region, value, _ in told if value is not None}
            without = {region for region, value, _ in told if value is None}
            if len(values) > 1 or with_one & without:
                return None
            numbers[measure] = min(values, default=None)
            if measure == "01":
                stands = [said for _, value, said in told if value == numbers[measure]]
                word = max(stands, key=GRAVEST_LAST.index)
        figures[key] = (numbers.get("01"), numbers.get("02"), word)
    return figures


ROW = st.tuples(
    st.sampled_from("abc"),
    st.sampled_from(["2019", "2020"]),
    st.sampled_from(["01", "02"]),
    st.sampled_from([None, 1.0, 2.0]),
)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(ROW, st.sampled_from(GRAVEST_LAST)), max_size=8))
def test_figures_told_again_and_by_several_codes(told):
    rows, status = [row for row, _ in told], [said for _, said in told]
    expected = plainly(rows, status, dict(zip(TWINS.values, TWINS.ours, strict=True)))
    query = Query("T", (TWINS, TIME, MEASURE))
    if expected is None:
        with pytest.raises(UnreadableError, match="två gånger"):
            arrange(query, long(rows, NAMES, status))
    else:
        assert found(arrange(query, long(rows, NAMES, status))) == expected


QUARTER = st.tuples(
    st.sampled_from(["18", "1880", "elsewhere"]),
    st.sampled_from(["2019", *(f"2019K{n}" for n in range(1, 5)), *(f"2020K{n}" for n in range(1, 5))]),
)


@settings(deadline=None, max_examples=200)
@given(
    st.dictionaries(QUARTER, st.none() | st.integers(0, 9).map(float), max_size=18), st.sampled_from(Yearly), st.data()
)
def test_years_of_quarters_against_a_plain_sum(told, yearly, data):
    rows = [(*codes, value) for codes, value in told.items()] * data.draw(st.sampled_from([1, 2]))
    rows = data.draw(st.permutations(rows))
    query = Query("T", (REGION, TIME), yearly=yearly)
    if yearly is Yearly.NONE and any("K" in time for _, time in told):
        with pytest.raises(UnreadableError, match="yearly"):
            arrange(query, long(rows))
        return
    expected = {
        (place, 2019): value for (place, time), value in told.items() if time == "2019" and place != "elsewhere"
    }
    for place in ("18", "1880"):
        for year in (2019, 2020):
            parts = [told.get((place, f"{year}K{n}")) for n in range(1, 5)]
            if None not in parts:
                expected.setdefault((place, year), sum(parts) / (4 if yearly is Yearly.MEAN else 1))
    table = arrange(query, long(rows))
    assert {key: value for key, (value, _, _) in found(table).items()} == expected
    order = [(row["territory"], row["start"]) for row in table.to_pylist()]
    assert order == sorted(order)


def test_a_part_of_a_year_given_twice_must_agree():
    rows = [("18", f"2021K{n}", 1.0) for n in (1, 2, 3, 4, 4)]
    query = Query("T", (REGION, TIME), yearly=Yearly.SUM)
    assert found(arrange(query, long(rows))) == {("18", 2021): (4.0, None, "")}
    with pytest.raises(UnreadableError, match="två gånger"):
        arrange(query, long([*rows, ("18", "2021K4", 2.0)]))


@pytest.mark.parametrize("own", [7.0, None])
def test_a_year_that_the_source_gives_itself_stands(own):
    rows = [("18", "2021", own), *(("18", f"2021K{n}", 1.0) for n in range(1, 5))]
    table = arrange(Query("T", (REGION, TIME), yearly=Yearly.SUM), long(rows))
    assert found(table) == {("18", 2021): (own, None, "")}


def test_what_is_said_of_a_part_is_said_of_the_year():
    rows = [("18", f"2021K{n}", 1.0) for n in range(1, 5)]
    table = arrange(Query("T", (REGION, TIME), yearly=Yearly.MEAN), long(rows, status=["P", "B", "", "P"]))
    assert found(table) == {("18", 2021): (1.0, None, "B")}


def test_quarters_and_months_in_one_answer_are_refused():
    rows = [("18", "2021K1", 1.0), ("1880", "2021M01", 1.0)]
    with pytest.raises(UnreadableError, match="både kvartal och månader"):
        arrange(Query("T", (REGION, TIME), yearly=Yearly.SUM), long(rows))


def test_another_measure_is_never_taken_for_the_figure():
    only = Dimension("m", Role.MEASURE, ("02",), ("n",))
    rows = [("18", f"2021K{n}", "02", 5.0) for n in range(1, 5)]
    with pytest.raises(UnreadableError, match=r"\(value\)"):
        arrange(Query("T", (REGION, TIME, only), yearly=Yearly.SUM), long(rows, NAMES))
    # A definition that has the figure, and an answer that does not: no year is made of something else.
    assert arrange(Query("T", (REGION, TIME, MEASURE), yearly=Yearly.SUM), long(rows, NAMES)).num_rows == 0
    table = arrange(Query("T", (REGION, TIME, MEASURE)), long([("18", "2021", "02", 5.0)], NAMES))
    assert found(table) == {("18", 2021): (None, 5.0, "")}


def test_an_old_and_a_new_code_of_one_place_are_one_series():
    rows = [("1917", "2006", 1.0), ("0331", "2006", None), ("1917", "2007", None), ("0331", "2007", 2.0)]
    table = arrange(Query("T", (REGION, TIME)), long(rows, status=["", "M", "M", ""]))
    assert found(table) == {("0331", 2006): (1.0, None, ""), ("0331", 2007): (2.0, None, "")}
    with pytest.raises(UnreadableError, match="två gånger"):
        arrange(Query("T", (REGION, TIME)), long([("1917", "2006", 1.0), ("0331", "2006", 2.0)]))


@pytest.mark.parametrize(
    ("dimension", "expected"),
    [
        (Dimension("x", Role.SEX, ("2",)), ("K", "")),
        (Dimension("x", Role.SEX, ("02",), ("K",)), ("K", "")),
        (Dimension("x", Role.SEX), ("T", "")),
        (Dimension("x", Role.BACKGROUND, ("1",), ("utrikes födda",)), ("T", "utrikes födda")),
        (Dimension("x", Role.SEX, ("1", "2")), None),
        (Dimension("x", Role.SEX, ("*",)), None),
        (Dimension("x", Role.BACKGROUND, ("*",)), None),
        (Dimension("x", Role.MEASURE, ("1", "2"), ("value", "n")), None),
    ],
)
def test_what_was_not_answered_is_its_only_value_or_an_error(dimension, expected):
    query = Query("T", (REGION, TIME, dimension))
    if expected is None:
        with pytest.raises(UnreadableError, match="vilken kod i x"):
            arrange(query, long([("18", "2021", 1.0)]))
    else:
        row = arrange(query, long([("18", "2021", 1.0)])).to_pylist()[0]
        assert (row["sex"], row["background"]) == expected


def test_a_fixed_territory_is_ours_already_whatever_the_scheme():
    query = Query("T", (Dimension("Region", Role.TERRITORY, ("x",), ("18",)), TIME))
    assert found(arrange(query, long([("2021", 1.0)], ["Tid"]), scheme=Scheme.NUTS)) == {("18", 2021): (1.0, None, "")}


@pytest.mark.parametrize("role", [None, Role.FIXED])
def test_a_dimension_nobody_chose_from_is_refused_even_when_the_figures_agree(role):
    dimensions = (REGION, TIME) if role is None else (REGION, TIME, Dimension("m", role, ("01",)))
    rows = [("18", "2021", "01", 1.0), ("18", "2021", "02", 1.0)]
    with pytest.raises(UnreadableError, match="uppdelade efter m"):
        arrange(Query("T", dimensions), long(rows, NAMES))
    assert arrange(Query("T", dimensions), long(rows[:1], NAMES)).num_rows == 1


def test_a_row_without_code_is_refused():
    codes = {
        "Region": pa.array(["18", None]).dictionary_encode(),
        "Tid": pa.array(["2021", "2021"]).dictionary_encode(),
    }
    with pytest.raises(UnreadableError, match="saknar kod i Region"):
        arrange(Query("T", (REGION, TIME)), Long(codes, pa.array([1.0, 2.0])))


def test_numbers_without_end_are_no_figures():
    rows = [("18", "2021", float("inf")), ("1880", "2021", float("nan"))]
    assert {value for value, _, _ in found(arrange(Query("T", (REGION, TIME)), long(rows))).values()} == {None}


def test_an_interval_of_the_source_goes_before_a_margin():
    measure = Dimension("m", Role.MEASURE, ("01", "02", "03"), ("value", "margin", "low"))
    rows = [("18", "2021", code, value) for code, value in zip(measure.values, (20.0, 2.0, 17.0), strict=True)]
    row = arrange(Query("T", (REGION, TIME, measure)), long(rows, NAMES)).to_pylist()[0]
    assert (row["low"], row["high"]) == (17.0, 22.0)


def test_groups_without_end_are_refused_before_they_are_written_out():
    many = [str(number) for number in range(1100)]
    rows = [("18", "2021", code, code, 1.0) for code in many]
    query = Query("T", (REGION, TIME, Dimension("a", Role.BACKGROUND), Dimension("b", Role.BACKGROUND)))
    with pytest.raises(UnreadableError, match="orimligt stor"):
        arrange(query, long([(*row[:2], row[2], row[3], 1.0) for row in rows], ["Region", "Tid", "a", "b"]))
