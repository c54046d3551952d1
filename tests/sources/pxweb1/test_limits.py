"""Limits a PxWeb 1 server sets, read from it and kept to; and what is done when it says no."""

from dataclasses import replace

import pytest

from replies.pxweb1 import HEALTH
from replies.server import Response, Script
from vagvisare.sources.contract import Ask
from vagvisare.sources.errors import LimitedError, RefusedError, UnreachableError, UnreadableError
from vagvisare.sources.http import Pace
from vagvisare.sources.pxweb.v1 import PxWeb1
from vagvisare.sources.query import Dimension, Query, Role
from vagvisare.terms.language import Language

SHARES = Dimension(
    "Andel och konfidensintervall", Role.MEASURE, values=("01", "02", "03", "04"), ours=("value", "low", "high", "n")
)
SEX = Dimension("Kön", Role.SEX, values=("00", "01", "02"), ours=("T", "M", "K"))
TRUST = Query(HEALTH, (Dimension("Region", Role.TERRITORY), SHARES, SEX, Dimension("År", Role.PERIOD)))
POSTED = f"/api/v1/sv/{HEALTH}"
CELLS = 6 * 4 * 3 * 7


def fetched(wire, query=TRUST):
    return PxWeb1().fetch(Ask("d", query), wire)


def rows(delivery):
    order = [(name, "ascending") for name in ("territory", "start", "end", "sex")]
    return delivery.figures.sort_by(order).to_pylist()


def sizes(fake):
    found = []
    for asked in fake.asked:
        size = 1
        for part in asked["query"]:
            size *= len(part["selection"]["values"])
        found.append(size)
    return found


@pytest.mark.parametrize("most", [1, 7, 83, 84, 100, CELLS - 1, CELLS])
def test_parts_are_as_large_as_the_server_allows_and_make_the_same_whole(fake, wire_to, most):
    whole = rows(fetched(wire_to(fake)))
    fake.asked.clear()
    fake.max_cells = most
    assert rows(fetched(wire_to(fake))) == whole
    assert max(sizes(fake)) <= most
    assert sum(sizes(fake)) == CELLS


def test_older_servers_only_say_max_values(fake, wire_to):
    fake.max_cells = 90
    fake.config = {"maxCells": None, "maxValues": 90}
    fetched(wire_to(fake))
    assert len(fake.asked) == 7


def test_a_server_that_does_not_tell_its_limits_is_asked_for_little(fake, wire_to):
    fake.config = None
    whole = replace(
        TRUST, dimensions=(*TRUST.dimensions[:1], replace(SHARES, values=(), ours=()), *TRUST.dimensions[2:])
    )
    fake.tables[HEALTH].variable("Region").values |= {f"{number}": f"{number}" for number in range(1000, 1030)}
    query = replace(whole, dimensions=(whole.dimensions[0], SHARES, SEX, whole.dimensions[3]))
    fetched(wire_to(fake), query)
    assert max(sizes(fake)) <= 1000
    assert len(fake.asked) > 1


def test_the_wire_is_held_to_the_servers_own_pace(fake, wire_to, clock):
    fake.max_cells, fake.max_calls, fake.seconds, fake.now = 60, 3, 10, clock.now
    fake.config = {}
    wire = wire_to(fake)
    delivery = fetched(wire)
    assert delivery.figures.num_rows == 6 * 3 * 7
    assert (wire.pace.calls, wire.pace.seconds) == (3, 10)
    assert clock.now() - 1000 > 40


def test_a_server_that_says_403_for_too_many_calls_is_given_time(fake, wire_to, clock):
    fake.max_cells, fake.max_calls, fake.now = 200, 4, clock.now
    fake.config = {"maxCalls": 50}
    fake.calls_message = "Too many requests"
    assert fetched(wire_to(fake)).figures.num_rows == 6 * 3 * 7
    assert clock.now() >= 1010


@pytest.mark.parametrize("message", ["", "Too many values selected. Max 100 cells.", "För många celler"])
def test_a_server_with_a_lower_limit_than_it_says_gets_smaller_parts(fake, wire_to, message):
    whole = rows(fetched(wire_to(fake)))
    fake.max_cells, fake.config, fake.cells_message = 100, {"maxCells": 1000}, message
    assert rows(fetched(wire_to(fake))) == whole


@pytest.mark.parametrize(
    ("status", "body", "error", "sentence"),
    [
        (403, b"Too many requests", LimitedError, "säger gång på gång nej"),
        (403, b"", LimitedError, "säger gång på gång nej"),
        (403, b"<html>Forbidden</html>", LimitedError, "säger gång på gång nej"),
        (403, b"Too many cells", RefusedError, "Too many cells"),
        (413, b"", RefusedError, "källan säger nej"),
        (400, b'{"error":"Parameter error"}', RefusedError, "Parameter error"),
        (404, b"", RefusedError, "källan säger nej"),
        (400, b"\x1b[31mred\x00\n" * 400, RefusedError, "red"),
    ],
)
def test_a_no_that_stays_a_no_is_a_sentence_after_a_handful_of_calls(fake, wire_to, status, body, error, sentence):
    refusing = Script(fake, {POSTED: {}})
    handler = lambda request: Response(status, body) if request.method == "POST" else refusing(request)  # noqa: E731
    wire = wire_to(handler)
    with pytest.raises(error, match=sentence) as raised:
        fetched(wire)
    for language in Language:
        said = raised.value.message(language)
        assert said.isprintable()
        assert len(said) < 900
        assert HEALTH in said
    assert len([request for request in wire.server.log if request.method == "POST"]) <= 15


@pytest.mark.parametrize(
    "calls", [{1: Response(403)}, {0: Response(403, b"Too many requests")}], ids=["once", "always"]
)
def test_a_description_that_is_forbidden_is_asked_for_once_more_after_a_while(fake, wire_to, clock, calls):
    wire = wire_to(Script(fake, {POSTED: calls}))
    if 0 in calls:
        with pytest.raises(LimitedError, match="Too many requests"):
            fetched(wire)
    else:
        assert fetched(wire).figures.num_rows == 6 * 3 * 7
    assert clock.now() >= 1010
    assert wire.pace.calls == 5


def test_once_a_form_has_been_answered_a_no_is_about_the_query(fake, wire_to):
    fake.max_cells = 100
    with pytest.raises(RefusedError, match="källan säger nej"):
        fetched(wire_to(Script(fake, {POSTED: {5: Response(400)}})))
    assert {asked["response"]["format"] for asked in fake.asked} == {"json-stat2"}
    assert len(fake.asked) == 3


def test_too_many_figures_are_refused_before_anything_is_asked(fake, wire_to):
    fake.tables[HEALTH].variable("Region").values = {f"{number:06}": "" for number in range(300_000)}
    with pytest.raises(RefusedError, match="frågan ger 25200000 siffror"):
        fetched(wire_to(fake))
    fake.tables[HEALTH].variable("Region").values = {f"{number:06}": "" for number in range(200)}
    fake.max_cells = 2
    with pytest.raises(RefusedError, match="fler än 4000"):
        fetched(wire_to(fake))
    assert fake.asked == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda r: replace(r, cut_after=len(r.body) // 2),
        lambda r: replace(r, reset=50),
        lambda _: Response(hang_up=True),
        lambda _: Response(503),
        lambda _: Response(429, headers={"Retry-After": "7"}),
        lambda _: Response(500),
    ],
    ids=["cut", "reset", "hung-up", "503", "429", "500"],
)
def test_what_goes_wrong_in_passing_leaves_no_trace(fake, wire_to, spoil):
    whole = rows(fetched(wire_to(fake)))
    fake.max_cells = 100
    assert rows(fetched(wire_to(Script(fake, {POSTED: {2: spoil, 5: spoil}})))) == whole


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda r: replace(r, body=r.body[: len(r.body) // 2]), UnreadableError),
        (lambda _: Response(200, b"<html>Underh\xc3\xa5ll</html>", "text/html"), UnreadableError),
        (lambda _: Response(200, b"[1, 2"), UnreadableError),
        (lambda _: Response(200, b"[]"), UnreadableError),
        (lambda _: Response(200, b"{}"), UnreadableError),
        (lambda _: Response(200, b"null"), UnreadableError),
        (lambda _: Response(503), UnreachableError),
    ],
    ids=["half", "page", "no-json", "list", "empty", "null", "503"],
)
@pytest.mark.parametrize("first", [1, 4, 5])
def test_what_stays_wrong_is_a_sentence_and_nothing_half_read(fake, wire_to, spoil, error, first):
    fake.max_cells = 100
    faults = dict.fromkeys(range(first, 40), spoil)
    with pytest.raises(error) as raised:
        fetched(wire_to(Script(fake, {POSTED: faults})))
    for language in Language:
        assert raised.value.message(language).endswith(".")


def interrupted(fake, wire_to, memory):
    """Return a wire to a server that was cut off at the fourth part and has come back."""
    fake.max_cells = 100
    faults = {POSTED: dict.fromkeys(range(5, 40), Response(hang_up=True))}
    wire = wire_to(Script(fake, faults), keeper=memory)
    with pytest.raises(UnreachableError):
        fetched(wire)
    assert len(memory.replies) == 3
    faults.clear()
    fake.asked.clear()
    return wire


def test_an_interrupted_fetch_asks_only_for_what_it_did_not_get(fake, wire_to, memory):
    whole = rows(fetched(wire_to(fake)))
    assert rows(fetched(interrupted(fake, wire_to, memory))) == whole
    assert len(fake.asked) == 7 - 3


def test_a_new_edition_between_two_parts_starts_the_fetch_over(fake, wire_to, memory):
    fake.max_cells = 100
    fake.before_data = lambda count: (
        fake.revise(HEALTH, lambda _, old: old if isinstance(old, str) else old + 1, "2026-04-01T08:00:00")
        if count == 3
        else None
    )
    delivery = fetched(wire_to(fake, keeper=memory))
    assert len(fake.asked) == 14
    fake.before_data = lambda _count: None
    assert rows(delivery) == rows(fetched(wire_to(fake)))
    assert set(delivery.replies) <= {reply.sha256 for reply in memory.replies.values()}


def test_parts_remembered_from_an_older_edition_are_not_mixed_with_new_ones(fake, wire_to, memory):
    wire = interrupted(fake, wire_to, memory)
    fake.revise(HEALTH, lambda _, old: old if isinstance(old, str) else old + 1, "2026-04-01T08:00:00")
    delivery = fetched(wire)
    assert len(fake.asked) == 4 + 7
    assert rows(delivery) == rows(fetched(wire_to(fake)))


def test_a_table_that_never_stands_still_is_a_sentence(fake, wire_to):
    fake.max_cells = 100
    fake.before_data = lambda count: fake.revise(HEALTH, lambda _, old: old, f"2026-04-01T08:00:{count:02}")
    with pytest.raises(UnreadableError, match="medan de hämtades"):
        fetched(wire_to(fake))


def test_a_server_that_allows_anything_is_still_asked_in_parts(fake, wire_to):
    from vagvisare.sources.pxweb.v1_table import limits_of

    fake.config = {"maxCells": 10**8}
    assert limits_of(wire_to(fake)).cells == 500_000


def test_a_pace_that_was_slower_stays_slower(fake, wire_to, clock):
    fake.config = {"maxCalls": 100, "timeWindow": 1}
    wire = wire_to(fake)
    wire.pace = Pace(2, 10.0, clock)
    fetched(wire)
    assert (wire.pace.calls, wire.pace.seconds) == (2, 10.0)
