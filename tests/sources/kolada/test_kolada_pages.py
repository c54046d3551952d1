"""One page of Kolada's data: read strictly, and never more than what was asked."""

from __future__ import annotations

import hashlib
import json
import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.kolada import pages
from vagvisare.sources.kolada.data import opened
from vagvisare.sources.kolada.question import GENDERS, Segment
from vagvisare.sources.wire import Reply

pytestmark = pytest.mark.usefixtures("each_way")

SEGMENT = Segment(("N00001", "N00002"), ("0018", "1880", "G100"))


def reply_of(body):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Reply("http://127.0.0.1/v3", 200, "application/json", body, hashlib.sha256(body).hexdigest(), {})


def columns_of(body):
    reply = reply_of(body)
    return opened(reply, SEGMENT).taken


def cell(value=1.5, gender="T", **fields):
    return {"gender": gender, "count": 1, "status": "", "value": value, "isdeleted": False, **fields}


def row(*cells, kpi="N00001", unit="0018", period=2020):
    return {"kpi": kpi, "municipality": unit, "period": period, "values": list(cells)}


def page(*rows, **fields):
    return {"values": list(rows), "count": len(rows), "next_url": None, **fields}


def test_every_field_ends_in_its_column():
    rows = [
        row(cell(1.5), cell(2.5, "K"), cell(None, "M")),
        row(cell(7, count=3), kpi="N00002", unit="G100", period=2021),
        row(),
    ]
    found = columns_of(page(*rows))
    assert found.kpi.tolist() == [0, 0, 0, 1]
    assert found.unit.tolist() == [0, 0, 0, 2]
    assert found.year.tolist() == [2020, 2020, 2020, 2021]
    assert [GENDERS[place] for place in found.gender] == ["T", "K", "M", "T"]
    assert found.value[[0, 1, 3]].tolist() == [1.5, 2.5, 7.0]
    assert math.isnan(found.value[2])
    assert found.count.tolist() == [1, 1, 1, 3]
    assert not found.deleted.any()
    assert found.status is None


def test_fields_that_may_be_left_out_have_their_usual_meaning():
    found = columns_of(page(row({"gender": "T", "value": 1})))
    assert (found.count.tolist(), found.deleted.tolist(), found.status) == ([1], [False], None)


def test_a_year_as_text_is_a_year():
    assert columns_of(page(row(cell(), period="2020"))).year.tolist() == [2020]


def test_a_word_about_a_missing_figure_says_missing_and_letters_of_the_code_list_stay():
    found = columns_of(page(row(cell(None, status="Okänd orsak"), cell(2.0, "K", status="P"), cell(3.0, "M"))))
    assert list(found.status) == ["M", "P", ""]


@pytest.mark.parametrize(
    "spoilt",
    [
        page(row(cell(), kpi="N99999")),
        page(row(cell(), unit="0001")),
        page(row(cell(), period=20200)),
        page(row(cell(), period=True)),
        page(row(cell(), period=2020.5)),
        page(row(cell(), period=None)),
        page(row(cell("1,5"))),
        page(row(cell(True))),
        page(row(cell([1]))),
        page(row(cell(gender="F"))),
        page(row(cell(gender=["T"]))),
        page(row(cell(status="Okänt ord"))),
        page(row(cell(status=["P"]))),
        page(row(cell(isdeleted="nej"))),
        page(row(cell(isdeleted=[]))),
        page(row(cell(count="många"))),
        page(row(cell(count=10**12))),
        page({**row(cell()), "values": "text"}),
        page({**row(cell()), "values": {"gender": "T"}}),
        page({**row(cell()), "values": ["T"]}),
        page({**row(cell()), "values": [None]}),
        page({"kpi": "N00001"}),
        page({**row(cell()), "municipality": ["0018"]}),
        page("text"),
        page(None),
        page([]),
        {"values": None},
        {"values": {}},
        {"items": []},
        [],
        None,
        17,
        b"",
        b'{"values": [',
        b'{"values": [{"kpi": NaN}]}',
        b"\xff\xfe",
        b"[" * 100_000,
        b"<!doctype html><title>Underh\xc3\xa5ll</title>",
    ],
)
def test_another_form_is_refused_whole(spoilt):
    with pytest.raises(UnreadableError, match="går inte att läsa"):
        columns_of(spoilt)


def test_a_web_page_is_called_a_web_page():
    with pytest.raises(UnreadableError, match="webbsida"):
        columns_of(b"<html>Planerat underhall</html>")


def test_a_page_far_too_large_is_not_even_parsed(monkeypatch):
    monkeypatch.setattr(pages, "BYTES_MOST", 100)
    with pytest.raises(UnreadableError, match="orimligt stor"):
        columns_of(page(row(cell(), cell(gender="K"))))


cells = st.fixed_dictionaries(
    {
        "gender": st.sampled_from(GENDERS),
        "value": st.none() | st.floats(-1e9, 1e9) | st.integers(-(10**9), 10**9),
    },
    optional={"count": st.integers(1, 300), "isdeleted": st.booleans(), "status": st.sampled_from(["", "P", "E"])},
)
rows = st.builds(
    lambda kpi, unit, period, inner: row(*inner, kpi=kpi, unit=unit, period=period),
    st.sampled_from(SEGMENT.kpis),
    st.sampled_from(SEGMENT.units),
    st.integers(1700, 2200),
    st.lists(cells, max_size=3),
)


@given(st.lists(rows, max_size=20))
@settings(deadline=None)
def test_columns_say_what_a_plain_reading_says(given_rows):
    found = columns_of(page(*given_rows))
    plain = [(each, inner) for each in given_rows for inner in each["values"]]
    assert len(found) == len(plain)
    for place, (outer, inner) in enumerate(plain):
        assert SEGMENT.kpis[found.kpi[place]] == outer["kpi"]
        assert SEGMENT.units[found.unit[place]] == outer["municipality"]
        assert found.year[place] == outer["period"]
        assert GENDERS[found.gender[place]] == inner["gender"]
        value = inner["value"]
        assert math.isnan(found.value[place]) if value is None else found.value[place] == value
        assert found.count[place] == inner.get("count", 1)
        assert found.deleted[place] == inner.get("isdeleted", False)
        assert (found.status[place] if found.status else "") == inner.get("status", "")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
spoilt_rows = st.builds(
    lambda good, name, bad, deep: (
        {**good, "values": [{**each, name: bad} for each in good["values"]]} if deep else {**good, name: bad}
    ),
    rows,
    st.sampled_from(["kpi", "municipality", "period", "values", "gender", "value", "count", "status", "isdeleted"]),
    anything,
    st.booleans(),
)


@given(st.lists(rows | spoilt_rows | anything, max_size=5))
@settings(deadline=None, max_examples=400)
@example([{"kpi": "N00001", "municipality": "0018", "period": 2020, "values": [{"gender": "T", "value": -(2**63)}]}])
def test_whatever_comes_is_read_or_refused_in_a_sentence(given_rows):
    refused = None
    try:
        found = columns_of({"values": given_rows})
    except UnreadableError as error:
        refused = error
    if refused is None:
        assert all(1700 <= year <= 2200 for year in found.year)
    else:
        assert refused.what.sv.endswith(".")
        assert refused.remedy.en


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_bytes_that_are_no_page_are_refused_in_a_sentence(body):
    with pytest.raises(UnreadableError):
        columns_of(body)


@given(st.data())
@settings(deadline=None)
def test_a_page_cut_off_anywhere_is_refused(data):
    body = json.dumps(page(row(cell(), cell(gender="K")), row(cell(None)))).encode()
    cut = data.draw(st.integers(0, len(body) - 1))
    with pytest.raises(UnreadableError):
        columns_of(body[:cut])
