"""What goes wrong on the way: nothing is lost, nothing half-read is delivered, and a sentence says what to do."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import count

import pytest

from replies.kolada3 import Kolada3, Row, kpi
from replies.server import Response, Script
from vagvisare.sources.errors import GoneError, LimitedError, RefusedError, UnreachableError, UnreadableError
from vagvisare.sources.kolada import Kolada, pages
from vagvisare.terms.errors import SourceError
from vagvisare.terms.language import Language

ADDRESS = "/v3/data/kpi/N00001/municipality/0018,1880"


@pytest.fixture
def fake():
    rows = [Row("N00001", unit, year, 1.0 * year) for unit in ("0018", "1880") for year in range(2000, 2025)]
    return Kolada3([kpi("N00001")], rows, page=10)


@pytest.fixture
def whole(fake, local_server, wire_to, ask_of, rows_of):
    return rows_of(Kolada().fetch(ask_of(), wire_to(local_server(fake))))


def told(error):
    sv, en = (error.message(language) for language in Language)
    assert sv != en
    assert error.remedy.sv
    assert "Traceback" not in sv
    return sv


@pytest.mark.parametrize("broken", [1, 2, 3, 4, 5])
def test_an_interrupted_fetch_goes_on_where_it_was(fake, whole, local_server, wire_to, ask_of, rows_of, memory, broken):
    script = Script(fake, {ADDRESS: {broken: lambda answer: replace(answer, cut_after=100)}})
    server = local_server(script)
    with pytest.raises(UnreachableError) as raised:
        Kolada().fetch(ask_of(), wire_to(server, keeper=memory, tries=1))
    told(raised.value)
    assert len(memory.replies) == broken - 1
    had = len(server.log)
    got = Kolada().fetch(ask_of(), wire_to(server, keeper=memory, tries=1))
    assert rows_of(got) == whole
    again = [request for request in server.log[had:] if request.path == ADDRESS]
    assert len(again) == 5 - (broken - 1)


@pytest.mark.parametrize(
    "fault",
    [
        Response(503, b"", "text/plain"),
        Response.of({"detail": "Too many requests"}, 429, headers={"Retry-After": "0"}),
        Response(hang_up=True),
        lambda answer: replace(answer, cut_after=50),
        lambda answer: replace(answer, reset=50),
    ],
)
def test_a_fault_in_passing_is_passed_by(fake, whole, local_server, wire_to, ask_of, rows_of, fault):
    server = local_server(Script(fake, {ADDRESS: {2: fault, 4: fault}}))
    assert rows_of(Kolada().fetch(ask_of(), wire_to(server))) == whole


def test_too_many_calls_too_fast_is_waited_out(fake, whole, local_server, wire_to, ask_of, rows_of):
    fake.calls_a_second = 3
    server = local_server(fake)
    assert rows_of(Kolada().fetch(ask_of(), wire_to(server, tries=10))) == whole
    fake.calls_a_second = 0
    with pytest.raises(LimitedError) as raised:
        Kolada().fetch(ask_of(), wire_to(server, longest_asked_wait=0.5))
    told(raised.value)


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (lambda body: body[: len(body) // 2], UnreadableError),
        (lambda _: b"<!doctype html><p>Planerat underh\xc3\xa5ll", UnreadableError),
        (lambda _: b"[]", UnreadableError),
        (lambda body: body.replace(b'"gender"', b'"sex"'), UnreadableError),
        (lambda body: body.replace(b'"period"', b'"year"'), UnreadableError),
        (lambda body: body.replace(b'"values"', b'"items"'), UnreadableError),
        (lambda body: body.replace(b'"0018"', b'"0019"'), UnreadableError),
    ],
)
def test_a_changed_schema_on_any_page_is_refused_whole(fake, local_server, wire_to, ask_of, spoil, kind):
    spoiling = {ADDRESS: {2: lambda answer: replace(answer, body=spoil(answer.body))}}
    with pytest.raises(kind) as raised:
        Kolada().fetch(ask_of(), wire_to(local_server(Script(fake, spoiling))))
    assert "sparats" in told(raised.value)


@pytest.mark.parametrize(("status", "kind"), [(400, RefusedError), (404, GoneError), (422, RefusedError)])
def test_a_refusal_of_the_source_comes_through(fake, local_server, wire_to, ask_of, status, kind):
    server = local_server(Script(fake, {ADDRESS: {0: Response.of({"detail": "Nej"}, status)}}))
    with pytest.raises(kind) as raised:
        Kolada().fetch(ask_of(), wire_to(server))
    told(raised.value)


def paging(following, rows=1):
    """Return a handler whose every page names another."""
    numbers = count()

    def handler(request):
        if "/data/" not in request.path:
            return Response.of({"values": [kpi("N00001")], "count": 1, "next_url": None})
        row = {"kpi": "N00001", "municipality": "0018", "period": 2020, "values": [{"gender": "T", "value": 1.0}]}
        host = f"http://{request.headers['host']}{request.path}"
        return Response.of({"values": [row] * rows, "next_url": following(host, next(numbers))})

    return handler


def test_pages_that_go_round_are_left(local_server, wire_to, ask_of):
    for following in (
        lambda host, _: f"{host}?page=1&per_page=5000",
        lambda host, n: f"{host}?per_page=5000&page={2 + n % 3}",
        lambda host, _: host,
    ):
        server = local_server(paging(following))
        with pytest.raises(UnreadableError, match="cirkel") as raised:
            Kolada().fetch(ask_of(), wire_to(server))
        told(raised.value)
        assert len(server.log) <= 6


def test_a_million_pages_are_not_turned(local_server, wire_to, ask_of, monkeypatch):
    monkeypatch.setattr(pages, "PAGES_MOST", 20)
    endless = paging(lambda host, n: f"{host}?page={n + 2}")
    server = local_server(endless)
    with pytest.raises(UnreadableError, match="tar aldrig slut"):
        Kolada().fetch(ask_of(), wire_to(server))
    assert len(server.log) <= 22
    empty = paging(lambda host, n: f"{host}?page={n + 2}", rows=0)
    with pytest.raises(UnreadableError, match="cirkel"):
        Kolada().fetch(ask_of(), wire_to(local_server(empty)))


@pytest.mark.parametrize("following", [17, ["x"], {"a": 1}, "http://[x?page=2", "x" * 9000, "?" + "a=1&" * 100])
def test_a_next_page_that_is_no_address_is_refused(local_server, wire_to, ask_of, following):
    with pytest.raises(UnreadableError):
        Kolada().fetch(ask_of(), wire_to(local_server(paging(lambda *_: following))))


def test_the_next_page_is_asked_of_the_same_place_whatever_the_reply_says(
    fake, whole, local_server, wire_to, ask_of, rows_of
):
    elsewhere = local_server(lambda _: Response(500))

    def handler(request):
        answer = fake(request)
        # A mirror passes on what Kolada says, with Kolada's own address in it.
        return replace(
            answer, body=answer.body.replace(request.headers["host"].encode(), b"127.0.0.1:%d" % elsewhere.port)
        )

    assert rows_of(Kolada().fetch(ask_of(), wire_to(local_server(handler)))) == whole
    assert elsewhere.log == []


def test_fewer_rows_than_promised_are_refused(local_server, wire_to, ask_of, fake):
    def short(answer):
        page = json.loads(answer.body)
        return replace(answer, body=json.dumps({**page, "values": page["values"][:-1]}).encode())

    fake.count_whole = True
    server = local_server(Script(fake, {ADDRESS: {5: short}}))
    with pytest.raises(UnreadableError, match="lovade 50 rader och gav 49"):
        Kolada().fetch(ask_of(), wire_to(server))


@pytest.mark.parametrize(
    "described",
    [
        {"values": [{"title": "utan id"}]},
        {"values": [{"id": 17, "title": "x"}]},
        {"values": [{"id": "N00001"}]},
        {"values": ["N00001"]},
        {"values": None},
        [],
    ],
)
def test_a_description_in_another_form_is_refused(fake, local_server, wire_to, ask_of, described):
    server = local_server(Script(fake, {"/v3/kpi/N00001": {0: Response.of(described)}}))
    with pytest.raises(UnreadableError):
        Kolada().fetch(ask_of(), wire_to(server))


def test_one_segment_that_fails_stops_the_fetch_and_the_others_are_kept(local_server, wire_to, ask_of, memory, rows_of):
    units = tuple(f"00{number:02}" for number in range(1, 26)) + tuple(f"01{number:02}" for number in range(14, 89))
    rows = [Row("N00001", unit, 2020, 1.0) for unit in units]
    fake = Kolada3([kpi("N00001")], rows)
    last = f"/v3/data/kpi/N00001/municipality/{','.join(units[75:])}"
    server = local_server(Script(fake, {last: {1: Response.of({"detail": "Nej"}, 400)}}))
    with pytest.raises(SourceError):
        Kolada().fetch(ask_of(units=units), wire_to(server, keeper=memory))
    assert len(memory.replies) == 3
    Kolada().fetch(ask_of(units=units), wire_to(server, keeper=memory))
    data = [request.path for request in server.log if "/data/" in request.path]
    assert sorted(data.count(path) for path in set(data)) == [1, 1, 1, 2]
