"""A page read by its spelling gives exactly what JSON gives, or nothing; and Kolada's own spelling is read so.

Bodies are written by us after the published interface; every figure in them is made up.
"""

from __future__ import annotations

import hashlib
import json

import numpy as np
import orjson
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.kolada import data
from vagvisare.sources.kolada.columns import read
from vagvisare.sources.kolada.data import opened
from vagvisare.sources.kolada.pages import by_json
from vagvisare.sources.kolada.question import GENDERS, Segment
from vagvisare.sources.kolada.spelled import spelled
from vagvisare.sources.wire import Reply

SEGMENT = Segment(("N00001", "N00002", "N00945"), ("0018", "1880", "1860", "G35924"))
COLUMNS = ("kpi", "unit", "year", "gender", "value", "count", "deleted")
DOCUMENTED = (
    b'{"values":[{"kpi":"N00945","municipality":"1860","period":2009,"values":'
    b'[{"gender":"T","count":1,"status":"","value":22.3,"isdeleted":false}]}],"count":1,"next_url":null}'
)


def reply_of(body):
    return Reply("http://127.0.0.1/v3", 200, "application/json", body, hashlib.sha256(body).hexdigest(), {})


def cell(value="1.5", gender="T", count=1, deleted="false"):
    return f'{{"gender":"{gender}","count":{count},"status":"","value":{value},"isdeleted":{deleted}}}'


def row(*cells, kpi="N00001", unit="0018", period=2020):
    return f'{{"kpi":"{kpi}","municipality":"{unit}","period":{period},"values":[{",".join(cells)}]}}'


def page(*rows, head="", tail=',"count":1,"next_url":null'):
    return f'{{{head}"values":[{",".join(rows)}]{tail}}}'.encode()


def as_json(body, segment=SEGMENT):
    """Return the page as JSON has it, or None when it is refused."""
    reply = reply_of(body)
    try:
        return by_json(reply, lambda _, document: read(reply, document, segment))
    except UnreadableError:
        return None


def bits(columns):
    """Return every column as whole numbers, so that minus nought differs from nought, and NaN is the same as NaN."""
    value = np.where(np.isnan(columns.value), np.nan, columns.value)
    return {n: getattr(columns, n).tolist() for n in COLUMNS} | {"value": value.view(np.int64).tolist()}


def assert_the_same_or_nothing(body, segment=SEGMENT):
    """Hold one reading against the other; tell whether the page was read by its spelling."""
    quick = spelled(body, segment)
    if quick is None:
        return False
    plain, whole = as_json(body, segment), opened(reply_of(body), segment)
    assert plain is not None, "read by its spelling, but refused as JSON"
    assert bits(whole.taken) == bits(plain.taken)
    assert {n: getattr(whole.taken, n).dtype for n in COLUMNS} == {n: getattr(plain.taken, n).dtype for n in COLUMNS}
    assert (whole.rows, whole.promised, whole.following) == (plain.rows, plain.promised, plain.following)
    assert whole.taken.status is plain.taken.status is None
    return True


@pytest.mark.parametrize(
    "body",
    [
        DOCUMENTED,
        json.dumps(json.loads(DOCUMENTED)).encode(),
        page(row(cell(), cell("2", "K"), cell("null", "M")), row(cell("-0.25", "K")), row(cell("7"), period=1999)),
        page(row(cell()), row(cell(count=37), cell(count=290), unit="G35924"), row(cell(count=12), unit="1880")),
        page(row(cell(deleted="true"), cell(gender="K")), row(cell("null", deleted="true"))),
        page(row(cell()), tail=',"count":5000,"next_url":"https://api.kolada.se/v3/data/kpi/N1?page=2"'),
        page(row(cell("1"), cell("2")), head='"count":1,"next_url":null,', tail=""),
        page(row(cell("1e-7"), cell("-0"), cell("0.0"), cell("123456789012345678901234567890123456"))),
    ],
)
def test_the_usual_spelling_is_read_by_its_spelling(body):
    assert assert_the_same_or_nothing(body)


def test_a_full_page_as_a_server_spells_it_is_read_by_its_spelling(monkeypatch):
    rows = [
        {
            "kpi": SEGMENT.kpis[number % 3],
            "municipality": SEGMENT.units[number // 7 % 4],
            "period": 1950 + number % 75,
            "values": [
                {"gender": sex, "count": 1, "status": "", "value": number * 0.37 or None, "isdeleted": number % 50 == 3}
                for sex in (GENDERS if number % 3 else "T")
            ],
        }
        for number in range(5000)
    ]
    for body in (
        orjson.dumps({"values": rows, "count": 5000, "next_url": None}),
        json.dumps({"values": rows}).encode(),
    ):
        assert assert_the_same_or_nothing(body)
        with monkeypatch.context() as patch:
            patch.setattr(data, "by_json", lambda *_: pytest.fail("read as JSON"))
            assert opened(reply_of(body), SEGMENT).rows == 5000


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b"]{}[",
        b'{"values":[]}',
        b'{"values":[{]}',
        b'{"values":[{"k]}',
        b'{"values":[' + cell().encode() + b"]}]}",
        b'{"values":[' + cell().encode() + b"]}," + row(cell()).encode() + b"]}",
        page(row(cell())).replace(b'"value":1.5', b'"value":'),
        page(row()),
        page(row(), row(cell())),
        page(row(cell()), row()),
        page(row(cell()))[:-1],
        page(row(cell())) + b" {}",
        page(row(cell())).replace(b'"status":""', b'"status":"P"'),
        page(row(cell())).replace(b'"gender":"T","count":1', b'"count":1,"gender":"T"'),
        page(row(cell())).replace(b"}]}", b"}] }"),
        page(row(cell()), row(cell())).replace(b"},{", b"} {"),
        page(row(cell(), cell(gender="K"))).replace(b"},{", b"}.{"),
        page(row(cell()), row(cell())).replace(b"]},{", b"],,{"),
        page(row(cell(gender="F"))),
        page(row(cell(count="01"))),
        page(row(cell(count=1000))),
        page(row(cell(count='""'))),
        page(row(cell(), kpi="N99999")),
        page(row(cell(), kpi="N0001")),
        page(row(cell(), unit="0001")),
        page(row(cell(), unit="G3592")),
        page(row(cell(), unit="0018\\u0020")),
        page(row(cell(), period=1699)),
        page(row(cell(), period='"20')),
        page(row(cell(deleted="null"))),
        page(row(cell(deleted="trux"))),
        page(row(cell()), head='"values": [],'),
        page(row(cell()), tail=',"values":[]'),
        page(row(cell()), tail=',"values":1'),
        page(row(cell()), tail=',"x":"[",'),
        page(row(cell()), head='"x":"\\"values\\":["'),
        b'{"values":{"values":[' + row(cell()).encode() + b"]}}",
        b'{"values": 3, "a":{"values":[' + row(cell()).encode() + b"]}}",
        b'{"values":"[' + row(cell()).encode() + b']"}',
    ],
)
def test_any_other_spelling_is_left_to_json(body):
    assert spelled(body, SEGMENT) is None


def test_ids_of_other_lengths_are_left_to_json():
    body = page(row(cell()))
    assert spelled(body, Segment(("N00001", "U1"), ("0018",))) is None
    assert spelled(body, Segment(("N00001",), ("0018", "V15E100200300"))) is None


def test_a_body_of_braces_costs_nothing(monkeypatch):
    monkeypatch.setattr(np, "flatnonzero", lambda *_: pytest.fail("every brace was looked up"))
    assert spelled(b'{"values":[' + b"{" * 1_000_000 + b"]}", SEGMENT) is None


def test_an_endless_frame_is_not_read(monkeypatch):
    monkeypatch.setattr(orjson, "loads", lambda *_: pytest.fail("the frame was read"))
    assert spelled(page(row(cell()), tail=f',"next_url":"{"x" * 30_000}"'), SEGMENT) is None


@pytest.mark.parametrize("count", ["1", "2", "3", "4", "-1", "true", "1.5", '"3"', "null", "99999999999999999999"])
def test_what_was_promised_and_what_came_are_counted_alike(count):
    body = page(row(cell(), cell(gender="K"), cell(gender="M")), row(cell()), tail=f',"count":{count}')
    assert assert_the_same_or_nothing(body)


numerals = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.floats(-1e6, 1e6).map(repr),
    st.floats(-1e6, 1e6).map("{:.4f}".format),
    st.floats(allow_nan=False, allow_infinity=False).map("{:.17g}".format),
    st.floats(allow_nan=False, allow_infinity=False).map("{:.3E}".format),
    st.integers(-(10**24), 10**24).map(str),
    st.from_regex(r"-?(0|[1-9][0-9]{0,18})(\.[0-9]{1,20})?", fullmatch=True),
    st.sampled_from(["null", "-0", "0", "-0.0", "0.1", "1e308", "5e-324", "9007199254740993", "2.5e+3"]),
)


@given(st.lists(numerals, min_size=1, max_size=16), st.booleans())
@settings(deadline=None, max_examples=400)
@example(
    ["2.2250738585072014e-308", "179769313486231570000000000000000.0", "0.1000000000000000055511151231257827"], True
)
def test_every_number_is_the_very_same(said, together):
    body = page(*([row(*map(cell, said))] if together else [row(cell(each)) for each in said]))
    # A number too large for a double is refused either way.
    assert assert_the_same_or_nothing(body) == (as_json(body) is not None)


@given(st.text('0123456789.-+eEnulNaif xX_,"[]{}t\\', max_size=8))
@settings(deadline=None, max_examples=600)
@example("")
@example("-")
@example("01")
@example("-01")
@example("1.")
@example(".5")
@example("1.2.3")
@example("1-2")
@example("--1")
@example("12-3")
@example("-00.5")
@example("nan")
@example("inf")
@example("Infinity")
@example(" 1")
@example("nulL")
@example('1,"value":2')
@example("1e999")
@example("0" * 40)
@example("1" * 40)
@example("9" * 400)
def test_what_is_no_number_is_never_read_as_one(said):
    body = page(row(cell(), cell(said, "K")), row(cell("3")))
    taken = assert_the_same_or_nothing(body)
    assert not taken or as_json(body) is not None


def test_a_page_of_odd_numbers_is_left_to_json():
    assert spelled(page(*[row(cell("1e5"))] * 16), SEGMENT) is not None
    assert spelled(page(*[row(cell("1e5"))] * 17), SEGMENT) is None


cells = st.builds(
    cell,
    numerals,
    st.sampled_from(GENDERS),
    st.sampled_from([1, 1, 1, 2, 37, 290, 0, 1000]),
    st.sampled_from(["false", "false", "true"]),
)
rows = st.builds(
    lambda inner, kpi, unit, year: row(*inner, kpi=kpi, unit=unit, period=year),
    st.lists(cells, min_size=1, max_size=3),
    st.sampled_from(SEGMENT.kpis),
    st.sampled_from(SEGMENT.units),
    st.integers(1698, 2202),
)
bodies = st.builds(
    lambda some, head, spaced: (
        json.dumps(json.loads(page(*some))).encode() if spaced else page(*some, head="" if head else '"count":1,')
    ),
    st.lists(rows, min_size=1, max_size=8),
    st.booleans(),
    st.booleans(),
)


@given(bodies)
@settings(deadline=None, max_examples=300)
def test_random_pages_are_read_alike(body):
    taken = assert_the_same_or_nothing(body)
    plain = as_json(body)
    # Years that cannot be are refused, and so is a count of a thousand units; all else is read by its spelling.
    assert taken or plain is None or plain.taken.count.max() > 999


changes = st.lists(
    st.tuples(
        st.sampled_from(["replace", "insert", "delete", "repeat", "swap", "cut"]),
        st.integers(0, 10**6),
        st.integers(1, 90),
        st.sampled_from(
            [*(bytes([sign]) for sign in b'0123456789{}[],:".- eTKMtf\\N\0\xff'), b"null", b"},{", b"true"]
        ),
    ),
    min_size=1,
    max_size=3,
)


def changed(body, change):
    how, where, length, sign = change
    at = where % max(len(body), 1)
    before, own, after = body[:at], body[at : at + length], body[at + length :]
    return {
        "replace": before + sign + body[at + len(sign) :],
        "insert": before + sign + body[at:],
        "delete": before + after,
        "repeat": before + own + own + after,
        "swap": before + after[:length] + own + after[length:],
        "cut": before,
    }[how]


@given(bodies, changes)
@settings(deadline=None, max_examples=600)
def test_a_page_changed_anywhere_is_read_alike_or_left_to_json(body, made):
    original = body
    for change in made:
        body = changed(body, change)
    assume(body != original)
    assert_the_same_or_nothing(body)


@given(st.data())
@settings(deadline=None, max_examples=40)
def test_a_page_with_one_byte_changed_is_read_alike_or_left_to_json(drawn):
    body = page(row(cell("12.5"), cell("null", "K", 2, "true")), row(cell("-3"), unit="G35924"))
    at = drawn.draw(st.integers(0, len(body) - 1))
    for sign in range(256):
        assert_the_same_or_nothing(body[:at] + bytes([sign]) + body[at + 1 :])
