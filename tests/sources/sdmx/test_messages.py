"""Messages that are not what they should be: cut off, hostile, or of another making. Every figure here is made up."""

from __future__ import annotations

import contextlib
import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replies.sdmx import FLOW, Office
from replies.server import Request
from vagvisare.sources.bounds import bounds_of
from vagvisare.sources.contract import Axis
from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.query import Dimension
from vagvisare.sources.sdmx import structure as structures
from vagvisare.sources.sdmx import table as tables
from vagvisare.sources.sdmx.structure import Flow, Structure
from vagvisare.sources.wire import Reply

URL = "https://source.example/data"
TOWNS = Flow.of(FLOW)
DESCRIBED = Structure("Towns", "", (Axis("REF_AREA", "Area"), Axis("SEX", "Sex")), "TIME_PERIOD")
HEADING = "DATAFLOW,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n"


def _reply(body):
    return Reply(URL, 200, "", body if isinstance(body, bytes) else body.encode(), "", {})


def _answer(path, **query):
    asked = {name: [value] for name, value in query.items()}
    return Office()(Request("GET", path, path, asked, {"accept": ""}, b"", 0.0)).body


@pytest.fixture(scope="module")
def described():
    body = _answer("/dataflow/MADE.UP/DSD_TOWNS@DF_TOWNS/1.0", references="descendants")
    return body, structures.structure(_reply(body), TOWNS)


def _rows(long):
    codes = [column.to_pylist() for column in long.codes.values()]
    return list(zip(*codes, long.values.to_pylist(), strict=True))


def test_the_structure_is_read_in_the_order_of_the_key(described):
    _, found = described
    assert [axis.code for axis in found.axes] == ["FREQ", "REF_AREA", "SEX", "MEASURE"]
    assert (found.time, found.title) == ("TIME_PERIOD", "Towns, made up")
    assert found.axes[2].categories == (("_T", "Label of _T"), ("F", "Label of F"), ("M", "Label of M"))


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE m SYSTEM "http://127.0.0.1:1/evil.dtd">',
        '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!doctype m [<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]>',
        "<! DOCTYPE m>",
    ],
)
def test_entities_and_document_types_are_refused_before_any_parser_sees_them(described, prologue, monkeypatch):
    body, _ = described
    head, rest = body.split(b"?>", 1)
    monkeypatch.setattr(structures, "_sdmx1", lambda: pytest.fail("a parser was asked"))
    with pytest.raises(UnreadableError, match="sådan läses inte"):
        structures.structure(_reply(head + b"?>" + prologue.encode() + rest), TOWNS)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-7", "cp037"])
def test_an_encoding_that_could_hide_them_is_refused(described, encoding):
    text = described[0].decode().replace("UTF-8", encoding)
    with pytest.raises(UnreadableError):
        structures.structure(_reply(text.encode(encoding)), TOWNS)
    with pytest.raises(UnreadableError):
        structures.structure(_reply(text.encode()), TOWNS)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_an_encoding_that_does_not_tell_its_name_is_refused(monkeypatch, encoding):
    monkeypatch.setattr(structures, "_sdmx1", lambda: pytest.fail("a parser was asked"))
    hidden = '<!DOCTYPE m [<!ENTITY a "aaaa">]><m>&a;</m>'.encode(encoding)
    with pytest.raises(UnreadableError):
        structures.structure(_reply(hidden), TOWNS)


def test_nothing_on_this_machine_is_read_through_a_message(described, tmp_path):
    secret = Path(tmp_path, "secret")
    secret.write_text("kept to ourselves", encoding="utf-8")
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>'
    body = described[0].replace(
        b'<com:Name xml:lang="en">Towns, made up', f'<com:Name xml:lang="en">{include}'.encode()
    )
    with contextlib.suppress(UnreadableError):
        assert "kept" not in str(structures.structure(_reply(body), TOWNS))


def test_a_message_too_large_for_a_tree_is_refused(described, monkeypatch):
    monkeypatch.setattr(structures, "MOST_XML", 100)
    with pytest.raises(UnreadableError, match="orimligt stort"):
        structures.structure(_reply(described[0]), TOWNS)


def test_code_lists_beyond_reason_are_refused(described, monkeypatch):
    monkeypatch.setattr(structures, "MOST_CODES", 3)
    with pytest.raises(UnreadableError, match="orimligt stora"):
        structures.structure(_reply(described[0]), TOWNS)


def test_a_structure_cut_off_is_unreadable_wherever_it_is_cut(described):
    body, _ = described
    for end in range(0, len(body) - 1, 211):
        with pytest.raises(UnreadableError):
            structures.structure(_reply(body[:end]), TOWNS)


def test_elements_nested_without_end_are_unreadable(described):
    head = described[0].split(b"<mes:Structures>")[0]
    with pytest.raises(UnreadableError):
        structures.structure(_reply(head + b"<a>" * 100_000), TOWNS)


@pytest.mark.parametrize("part", ["str:TimeDimension", "str:DimensionList", "str:Dataflows", "str:DataStructures"])
def test_a_structure_that_lacks_a_part_is_unreadable(described, part):
    body, _ = described
    start, end = body.index(f"<{part}".encode()), body.index(f"</{part}>".encode()) + len(part) + 3
    with pytest.raises(UnreadableError):
        structures.structure(_reply(body[:start] + body[end:]), TOWNS)


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_spoilt_structure_is_read_or_refused_never_worse(described, data):
    body = bytearray(described[0])
    for _ in range(data.draw(st.integers(1, 5))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(UnreadableError):
        structures.structure(_reply(bytes(body)), TOWNS)


def test_csv_is_read_by_the_names_of_its_columns():
    text = "OBS_STATUS,TIME_PERIOD,SEX,OBS_VALUE,REF_AREA,NOTE\n"
    text += 'A,2020,F, 1.5 ,SE124,"x\ny"\nE,2021,F,-2e3,SE124,\nQ,2022,F,,SE124,\n'
    long = tables.read(_reply(text), DESCRIBED)
    assert _rows(long) == [
        ("SE124", "F", "2020", 1.5),
        ("SE124", "F", "2021", -2000.0),
        ("SE124", "F", "2022", None),
    ]
    assert long.status.to_pylist() == ["", "E", "Q"]


def test_csv_without_statuses_and_without_rows():
    plain = "DATAFLOW,REF_AREA,SEX,TIME_PERIOD,OBS_VALUE\nX,SE124,F,2020,1\nX,SE124,F,2021,NaN\n"
    long = tables.read(_reply(plain), DESCRIBED)
    assert _rows(long) == [("SE124", "F", "2020", 1.0)]
    assert long.status is None
    assert _rows(tables.read(_reply(HEADING), DESCRIBED)) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEADING.strip(),
        "REF_AREA,TIME_PERIOD,OBS_VALUE\nSE,2020,1\n",
        HEADING.replace("SEX", "REF_AREA") + "X,SE,SE,2020,1,A\n",
        HEADING + "X,SE,F,2020\n",
        HEADING + "X,SE,F,2020,1,A,more\n",
        HEADING + "X,SE,F,2020,twelve,A\n",
        HEADING + "X,SE,F,2020,1;5,A\n",
        HEADING + "X,SE,F,2020,inf,A\n",
        HEADING + "X,SE,F,2020,1e999,A\n",
        HEADING + 'X,"SE,F,2020,1,A\n',
        HEADING.encode() + b"X,\xff\xfe,F,2020,1,A\n",
        '{"data": {}}',
        "<html><body>maintenance</body></html>",
        "<x/>",
    ],
)
def test_what_is_no_table_of_the_structure_is_unreadable(text):
    with pytest.raises(UnreadableError):
        tables.read(_reply(text), DESCRIBED)


_CODE = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(_CODE, _CODE, st.integers(1990, 2030), st.floats(allow_nan=False, allow_infinity=False)), max_size=20
    ),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_is_read(rows, ending):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=ending)
    writer.writerow(HEADING.strip().split(","))
    for area, sex, year, value in rows:
        writer.writerow(["X", area, sex, year, repr(value), "A"])
    long = tables.read(_reply(text.getvalue()), DESCRIBED)
    assert _rows(long) == [(area, sex, str(year), value) for area, sex, year, value in rows]


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=200) | st.text('X,"SE124\r\n2020.5eAQ<>\x00', max_size=200).map(str.encode))
def test_whatever_comes_nothing_else_is_raised(body):
    for content in (body, HEADING.encode() + body, HEADING.encode() + b"X,SE124,F,2020,1,A\n" + body):
        with contextlib.suppress(UnreadableError):
            tables.read(_reply(content), DESCRIBED)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text("TOPFRMANGE(),0123456789-Q* ", max_size=14), max_size=3))
def test_any_words_for_time_are_understood_or_refused(values):
    with contextlib.suppress(ValueError):
        bounds = bounds_of(Dimension("TIME_PERIOD", values=tuple(values)))
        assert bounds.within(["2019", "2020", "2020-Q1"]) <= {"2019", "2020", "2020-Q1"}
