"""JSON-stat 2.0: dense and sparse, statuses in every form, and every way it can contradict itself."""

from __future__ import annotations

import copy

import orjson
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.sources import jsonstat
from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.jsonstat import cells
from vagvisare.sources.jsonstat.status import meaning

VALID = {
    "version": "2.0",
    "class": "dataset",
    "label": "Påhittat",
    "updated": "2026-06-02T06:00:00Z",
    "id": ["Region", "Kon", "Tid"],
    "size": [2, 1, 3],
    "role": {"time": ["Tid"], "geo": ["Region"]},
    "dimension": {
        "Region": {"label": "region", "category": {"index": {"18": 1, "00": 0}, "label": {"00": "Riket"}}},
        "Kon": {"label": "kön", "category": {"label": {"1": "män"}}},
        "Tid": {"category": {"index": ["2020", "2021", "2022"]}},
    },
    "value": [1, 2.5, None, 4, 0, 6],
    "status": {"2": "..", "4": "-"},
}


@pytest.fixture
def read(reply_of):
    """Return a function that reads a valid reply with some things changed."""

    def reading(statuses=jsonstat.PXWEB, **changes):
        said = {name: value for name, value in {**copy.deepcopy(VALID), **changes}.items() if value is not ...}
        return jsonstat.read(reply_of(said), statuses)

    return reading


def rows(figures):
    columns = [figures.codes[code].to_pylist() for code in figures.codes]
    status = figures.status.to_pylist() if figures.status is not None else [None] * len(figures.values)
    return list(zip(*columns, figures.values.to_pylist(), status, strict=True))


def test_dense(read):
    cube = read()
    assert rows(cube.figures) == [
        ("00", "1", "2020", 1.0, ""),
        ("00", "1", "2021", 2.5, ""),
        ("00", "1", "2022", None, "M"),
        ("18", "1", "2020", 4.0, ""),
        ("18", "1", "2021", 0.0, ""),
        ("18", "1", "2022", 6.0, ""),
    ]
    assert cube.axis("Region").categories == (("00", "Riket"), ("18", "18"))
    assert (cube.axis("Kon").label, cube.axis("Tid").label, cube.axis("Land")) == ("kön", "Tid", None)
    assert (cube.label, cube.updated, cube.roles["time"]) == ("Påhittat", "2026-06-02T06:00:00Z", ("Tid",))


def test_sparse_has_rows_only_for_cells_that_are_named(read):
    figures = read(jsonstat.EUROSTAT, value={"5": 6, "1": 2.5}, status={"1": "bp", "3": "c", "4": ":"}).figures
    assert sorted(rows(figures)) == [
        ("00", "1", "2021", 2.5, "B"),
        ("18", "1", "2020", None, "Q"),
        ("18", "1", "2021", None, "M"),
        ("18", "1", "2022", 6.0, ""),
    ]


def test_sparse_and_dense_are_the_same(read):
    dense = read(value=[1, None, 3, 4, None, 6], status=["", "..", None, "", "-", ""]).figures
    sparse = read(value={"0": 1, "2": 3, "3": 4, "5": 6}, status={"1": "..", "4": "-"}).figures
    assert sorted(rows(dense)) == sorted(rows(sparse))
    listed = read(value={"0": 1, "2": 3}, status=["p", "", "", "", "", ""], statuses=jsonstat.EUROSTAT).figures
    assert rows(listed) == [("00", "1", "2020", 1.0, "P"), ("00", "1", "2022", 3.0, "")]


def test_one_status_for_all_or_none(read):
    assert set(read(status="p", statuses=jsonstat.EUROSTAT).figures.status.to_pylist()) == {"P"}
    for nothing in (..., None, "", {}):
        assert read(status=nothing).figures.status is None


def test_a_suppressed_figure_stays_suppressed_even_where_a_number_is_given(read):
    figures = read(jsonstat.EUROSTAT, value=[1, 2, 3, 4, 5, 6], status={"0": "c", "1": "bc", "2": "u"}).figures
    assert figures.values.to_pylist() == [None, None, 3, 4, 5, 6]
    assert figures.status.to_pylist() == ["Q", "Q", "U", "", "", ""]


def test_nought_written_as_a_hyphen_is_a_figure_where_one_is_given(read):
    assert [row[3:] for row in rows(read(value=[0, None, 1, 1, 1, 1], status={"0": "-", "1": "-"}).figures)][:2] == [
        (0.0, ""),
        (None, "M"),
    ]


@pytest.mark.parametrize(
    ("symbol", "word"),
    [("..", "M"), ("-", "M"), ("ep", "E"), ("bd", "B"), ("cu", "Q"), ("xyw", ""), ("", ""), ("*", "")],
)
def test_what_symbols_mean(symbol, word):
    assert meaning(symbol, jsonstat.PXWEB | jsonstat.EUROSTAT) == word


def test_a_caller_adds_symbols_of_its_own(read):
    assert read({**jsonstat.PXWEB, "preliminär": "P"}, status={"0": "preliminär"}).figures.status[0].as_py() == "P"


def test_a_table_may_be_described_without_figures(reply_of):
    said = {**VALID, "value": None}
    assert jsonstat.described(reply_of(said)).figures is None
    with pytest.raises(UnreadableError, match="inga siffror"):
        jsonstat.read(reply_of(said))


def test_a_table_without_cells(read):
    empty = {**VALID["dimension"], "Tid": {"category": {"index": []}}}
    assert rows(read(size=[2, 1, 0], dimension=empty, value=[], status=None).figures) == []


def test_parts_are_joined_by_their_codes(read):
    first = read().figures
    later = {**VALID["dimension"], "Tid": {"category": {"index": ["2023", "2020", "2019"]}}}
    second = read(dimension=later, status=None).figures
    both = jsonstat.joined([first, second])
    silent = [(*row[:-1], "") for row in rows(second)]
    assert rows(both) == [*rows(first), *silent]
    assert jsonstat.joined([second, second]).status is None
    assert all(isinstance(column, pa.DictionaryArray) for column in both.codes.values())


@pytest.mark.parametrize(
    "changes",
    [
        {"size": [2, 1, 4]},
        {"size": [2, 1]},
        {"size": [2, 1, -3]},
        {"size": [2, 1, 3.0]},
        {"size": [2, True, 3]},
        {"size": ...},
        {"id": ["Region", "Kon"]},
        {"id": ["Region", "Kon", "Kon"]},
        {"id": ["Region", "Kon", "År"]},
        {"id": ["Region", "Kon", None]},
        {"id": [], "size": []},
        {"dimension": []},
        {"dimension": {}},
        {"dimension": {**VALID["dimension"], "Tid": {"category": {"index": ["2020", "2020", "2022"]}}}},
        {"dimension": {**VALID["dimension"], "Tid": {"category": {"index": {"2020": 0, "2021": 0, "2022": 2}}}}},
        {"dimension": {**VALID["dimension"], "Tid": {"category": {"index": {"2020": 0, "2021": 1, "2022": 9}}}}},
        {"dimension": {**VALID["dimension"], "Tid": {"category": {"index": [2020, 2021, 2022]}}}},
        {"dimension": {**VALID["dimension"], "Tid": {"category": {}}}},
        {"dimension": {**VALID["dimension"], "Kon": {"category": {"index": 0, "label": {"1": "män"}}}}},
        {"value": [1, 2, 3]},
        {"value": [1, 2, 3, 4, 5, "6"]},
        {"value": [1, 2, 3, 4, 5, True]},
        {"value": [True] * 6},
        {"value": [1, 2, 3, 4, 5, [6]]},
        {"value": [1, 2, 3, 4, 5, 2**63]},
        {"value": [1, 2, 3, 4, 5, 2**53 + 1]},
        {"value": {"6": 1}},
        {"value": {"-1": 1}},
        {"value": {"1": 1, "01": 2}},
        {"value": {"a": 1}},
        {"value": {"9" * 30: 1}},
        {"value": {"0": "1"}},
        {"value": 7},
        {"status": ["", ""]},
        {"status": {"6": "p"}},
        {"status": {"0": 1}},
        {"status": [1, 2, 3, 4, 5, 6]},
        {"status": 7},
        {"class": "collection"},
    ],
)
def test_contradictions_are_said(read, changes):
    with pytest.raises(UnreadableError) as error:
        read(**changes)
    assert str(error.value).startswith("Svaret från http://källa/x går inte att läsa.")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<!DOCTYPE html><html>", "Det är en webbsida"),
        (b'{"class": "dataset", "dim', "avhugget"),
        (b"", "inte hel JSON"),
        (b'{"dimension": {}, "value": [NaN]}', "inte JSON enligt standarden"),
        (b'{"dimension": {}, "value": [Infinity]}', "inte JSON enligt standarden"),
        (b"[" * 100_000, "inte hel JSON"),
        (b"[]", "ingen tabell i formatet JSON-stat"),
        (b'{"error": "x"}', "ingen tabell i formatet JSON-stat"),
        (b"\xff\xfe", "inte hel JSON"),
    ],
)
def test_what_is_no_json_stat(reply_of, body, why):
    with pytest.raises(UnreadableError, match=why):
        jsonstat.read(reply_of(body))


def test_room_for_more_cells_than_there_are_atoms_costs_nothing(reply_of):
    names = [f"d{number}" for number in range(40)]
    dimension = {name: {"category": {"index": [str(code) for code in range(1000)]}} for name in names}
    huge = {"id": names, "size": [1000] * 40, "dimension": dimension}
    for value in ([1], {"0": 1}):
        with pytest.raises(UnreadableError):
            jsonstat.read(reply_of({**huge, "value": value}))
    # Three dimensions of a thousand have room for a billion cells; two are given, and two rows come.
    few = {"id": names[:3], "size": [1000] * 3, "dimension": dimension, "value": {"0": 1, "999999999": 2}}
    assert rows(jsonstat.read(reply_of(few)).figures) == [("0", "0", "0", 1.0, None), ("999", "999", "999", 2.0, None)]


def test_more_rows_than_any_source_gives_are_refused(read, monkeypatch):
    monkeypatch.setattr(cells, "MOST_CELLS", 5)
    with pytest.raises(UnreadableError, match="orimligt stor"):
        read()
    with pytest.raises(UnreadableError, match="orimligt stor"):
        read(value={str(place): 1 for place in range(6)})


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


def _reads_or_says(reply):
    try:
        cube = jsonstat.read(reply, jsonstat.EUROSTAT)
    except UnreadableError:
        return
    lengths = {len(column) for column in cube.figures.codes.values()} | {len(cube.figures.values)}
    assert len(lengths) == 1


@settings(deadline=None, max_examples=200)
@given(JSON)
def test_any_json_is_read_or_refused_in_a_sentence(said):
    _reads_or_says(_reply(orjson.dumps(said)))


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_a_sentence(body):
    with pytest.raises(UnreadableError):
        jsonstat.read(_reply(body))


def _paths(said, path=()):
    yield path
    items = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    for name, inner in items:
        yield from _paths(inner, (*path, name))


_PLACES = [path for path in _paths(VALID) if path]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(_PLACES), st.one_of(JSON, st.just(...))), min_size=1, max_size=3))
def test_a_valid_reply_with_anything_changed_or_taken_away_is_read_or_refused(changes):
    said = copy.deepcopy(VALID)
    for path, value in changes:
        part = said
        for name in path[:-1]:
            if not isinstance(part, dict | list) or (isinstance(part, dict) and name not in part):
                break
            if isinstance(part, list) and not (isinstance(name, int) and name < len(part)):
                break
            part = part[name]
        else:
            if isinstance(part, dict) and isinstance(path[-1], str):
                part.pop(path[-1], None)
                part.update({} if value is ... else {path[-1]: value})
            elif isinstance(part, list) and isinstance(path[-1], int) and path[-1] < len(part):
                part[path[-1]] = None if value is ... else value
    _reads_or_says(_reply(orjson.dumps(said)))


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_cut_off_or_spoilt_bytes_are_read_or_refused(data):
    body = bytearray(orjson.dumps(VALID))
    at = data.draw(st.integers(0, len(body) - 1))
    if data.draw(st.booleans()):
        del body[at:]
    else:
        body[at] = data.draw(st.integers(0, 255))
    _reads_or_says(_reply(bytes(body)))


def _reply(body):
    from vagvisare.sources.wire import Reply

    return Reply("http://källa/x", 200, "application/json", body, "", {})
