"""When Eurostat or the network misbehaves: whole figures, or one sentence that says what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from replies.eurostat import Eurostat as Service
from replies.server import Response, Script
from vagvisare.sources.contract import Ask
from vagvisare.sources.errors import LimitedError, UnreachableError, UnreadableError
from vagvisare.sources.eurostat import Eurostat
from vagvisare.sources.query import Dimension, Query, Role
from vagvisare.terms.language import Language

PATH = "/statistics/1.0/data/demo_made_up"
BULK = "/sdmx/2.1/data/demo_made_up"
QUERY = Query(
    "demo_made_up",
    (
        Dimension("sex", Role.SEX, ("T",)),
        Dimension("geo", Role.TERRITORY, ("@nation", "@counties")),
        Dimension("TIME_PERIOD", Role.PERIOD),
    ),
)
ASK = Ask("made_up", QUERY)

PASSING = {
    "busy": Response(503, b"", headers={"Retry-After": "0"}),
    "broken": Response(500, b"oops", "text/plain"),
    "limited": Response(429, b"{}", headers={"Retry-After": "0"}),
    "cut off": lambda answer: replace(answer, cut_after=200),
    "reset": lambda answer: replace(answer, reset=200),
    "hung up": Response(hang_up=True),
}


@pytest.mark.parametrize("fault", PASSING.values(), ids=list(PASSING))
@pytest.mark.parametrize(("cells", "path"), [(500_000, PATH), (100, PATH), (100, BULK)])
def test_a_passing_fault_is_got_over(wire_to, fault, cells, path):
    whole = Eurostat().fetch(ASK, wire_to(Service())).figures
    script = Script(Service(cells=cells), {path: {1: fault}})
    assert sorted(map(str, Eurostat().fetch(ASK, wire_to(script)).figures.to_pylist())) == sorted(
        map(str, whole.to_pylist())
    )


LASTING = {
    "busy": (Response(503, b""), UnreachableError),
    "limited": (Response(429, b"{}", headers={"Retry-After": "0"}), LimitedError),
    "a page": (Response(200, b"<!doctype html><title>Fel</title>", "text/html"), (UnreadableError, UnreachableError)),
    "half json": (lambda answer: replace(answer, body=answer.body[: len(answer.body) // 2]), UnreadableError),
    "another form": (Response.of({"datasets": []}), UnreadableError),
    "a list": (Response.of([1, 2]), UnreadableError),
    "nothing": (Response(200, b""), UnreadableError),
}


@pytest.mark.parametrize(("fault", "error"), LASTING.values(), ids=list(LASTING))
@pytest.mark.parametrize(("cells", "path"), [(500_000, PATH), (100, BULK)])
def test_a_lasting_fault_is_one_sentence_in_both_languages(wire_to, fault, error, cells, path):
    script = Script(Service(cells=cells), {path: {0: fault}})
    with pytest.raises(error) as caught:
        Eurostat().fetch(ASK, wire_to(script, tries=2))
    for language in Language:
        assert "127.0.0.1" in caught.value.message(language) or "demo_made_up" in caught.value.message(language)
        assert caught.value.remedy.to(language)


class _Memory:
    """Remembers replies as an interrupted fetch does."""

    def __init__(self):
        self.replies = {}

    def keep(self, key, reply):
        self.replies[key] = reply

    def kept(self, key):
        return self.replies.get(key)


@pytest.fixture
def interrupted(wire_to):
    """Return a function: fetch until the wire gives up, then again from what comes in its place, same memory."""

    def fetch_twice(ask, first, then):
        answering, memory = [first], _Memory()

        def answer(request):
            return answering[0](request)

        wire = wire_to(answer, tries=1, keeper=memory)
        with pytest.raises(UnreachableError):
            Eurostat().fetch(ask, wire)
        answering[0], before = then, len(wire.server.log)
        return Eurostat().fetch(ask, wire), wire.server.log[before:]

    return fetch_twice


YEARS = tuple(str(year) for year in range(1990, 2025))
IN_PIECES = Ask("made_up", replace(QUERY, dimensions=(*QUERY.dimensions[:2], Dimension("time", Role.PERIOD, YEARS))))


def _cut(service):
    return Script(service, {PATH: {2: Response(503, b"")}})


def test_an_interrupted_fetch_is_taken_up_where_it_was(interrupted):
    delivery, asked = interrupted(IN_PIECES, _cut(Service()), Service())
    assert len(asked) == len(delivery.replies) - 1 == 1


def test_a_promise_remembered_from_an_interrupted_fetch_is_not_given_again(interrupted):
    delivery, asked = interrupted(ASK, Service(cells=100, promised=True), Service(cells=100))
    assert delivery.figures.num_rows
    assert BULK in [request.path for request in asked]


def test_a_small_answer_that_was_only_promised_before_is_taken_when_it_is_there(interrupted):
    delivery, asked = interrupted(ASK, Service(cells=100, promised=True), Service())
    assert delivery.figures.num_rows
    assert BULK not in [request.path for request in asked]


def test_a_fetch_taken_up_after_an_update_has_no_part_of_the_old_table(interrupted):
    revised = {("A", "NR", "T", "SE", year): 1.5 for year in YEARS}
    service = Service(updated="2026-04-01T23:00:00+0200", revised=revised)
    delivery, _ = interrupted(IN_PIECES, _cut(Service()), service)
    assert delivery.shape.updated == "2026-04-01T23:00:00+0200"
    assert {row["value"] for row in delivery.figures.to_pylist() if row["territory"] == "00"} == {1.5}
