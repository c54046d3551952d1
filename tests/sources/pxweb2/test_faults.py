"""What goes wrong on the way: nothing is lost, nothing half-read is returned, and a sentence says what to do."""

from __future__ import annotations

from dataclasses import replace

import orjson
import pytest

from vagvisare.sources.errors import RefusedError, UnreachableError, UnreadableError
from vagvisare.sources.http import Limits
from vagvisare.sources.pxweb.v2 import PxWeb2
from vagvisare.terms.errors import SourceError
from vagvisare.terms.language import Language

DATA = "/tables/TAB0001/data"
META = "/tables/TAB0001/metadata"


@pytest.fixture
def spoilt(local_server, fake, wire_to):
    """Return a function that gives a wire to the server with faults on the way."""

    def make(faults, **options):
        from replies.server import Script

        return wire_to(local_server(Script(fake, faults)).url, **options)

    return make


def _html():
    from replies.server import Response

    return Response(200, b"<!DOCTYPE html><html><title>Underh\xc3\xa5ll</title></html>", "text/html")


def cut(response):
    return replace(response, cut_after=40)


def truncated(response):
    return replace(response, body=response.body[:-40])


def unavailable(response):
    return replace(response, status=503, body=b"")


@pytest.mark.parametrize("fault", [cut, unavailable])
def test_what_passes_is_tried_again(spoilt, ask, clock, fault):
    wire = spoilt({DATA: {1: fault, 2: fault}, META: {1: fault}, "/config": {1: fault}})
    assert PxWeb2().fetch(ask, wire).figures.num_rows == 100
    assert len(clock.waits) == 4


@pytest.mark.parametrize("path", ["/config", META, DATA])
@pytest.mark.parametrize(
    ("fault", "kind"), [(cut, UnreachableError), (unavailable, UnreachableError), (truncated, UnreadableError)]
)
def test_what_lasts_is_said(spoilt, ask, path, fault, kind):
    with pytest.raises(kind) as error:
        PxWeb2().fetch(ask, spoilt({path: {0: fault}}))
    for language in Language:
        assert error.value.remedy.to(language)
        assert "Traceback" not in error.value.message(language)


@pytest.mark.parametrize("path", ["/config", META, DATA])
def test_a_web_page_is_no_answer(spoilt, ask, path):
    with pytest.raises(UnreadableError, match="webbsida"):
        PxWeb2().fetch(ask, spoilt({path: {0: _html()}}))


def test_a_source_that_drips_is_given_up(spoilt, ask):
    wire = spoilt({DATA: {0: lambda r: replace(r, drip=0.02)}}, limits=Limits(reply=0.1, tries=1))
    with pytest.raises(UnreachableError):
        PxWeb2().fetch(ask, wire)


def test_an_interrupted_fetch_goes_on_where_it_was(spoilt, fake, ask, memory):
    fake.told_cells = fake.max_cells = 20
    with pytest.raises(UnreachableError):
        PxWeb2().fetch(ask, spoilt({DATA: dict.fromkeys(range(3, 9), cut)}, keeper=memory))
    had = set(memory.replies)
    assert len(had) == 2
    delivery = PxWeb2().fetch(ask, spoilt({}, keeper=memory))
    assert delivery.figures.num_rows == 100
    assert set(delivery.replies) == {reply.sha256 for reply in memory.replies.values()}
    assert had < set(memory.replies)


@pytest.mark.parametrize("path", ["/config", META, DATA])
@pytest.mark.parametrize("said", [None, [], {}, 7, "x", {"dimension": 1}, {"id": {}, "size": {}, "dimension": {}}])
def test_another_schema_is_never_taken_for_figures(spoilt, ask, path, said):
    wire = spoilt({path: {0: lambda response: replace(response, body=orjson.dumps(said))}})
    if path == "/config":
        # Limits that are not told are taken to be the usual ones.
        assert PxWeb2().fetch(ask, wire).figures.num_rows == 100
        return
    with pytest.raises(UnreadableError):
        PxWeb2().fetch(ask, wire)


def test_a_server_without_limits_is_taken_to_have_the_usual_ones(spoilt, ask, fake):
    from replies.server import Response

    fake.max_cells = 10_000
    wire = spoilt({"/config": {0: Response(404, b"{}")}})
    assert PxWeb2().fetch(ask, wire).figures.num_rows == 100


@pytest.mark.parametrize("status", [400, 403])
@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"title": 7}', b'{"title": "Nej\\u0000\\nnej", "detail": "Nej"}']
)
def test_refusals_without_reason_are_refusals(spoilt, ask, status, body):
    from replies.server import Response

    with pytest.raises(SourceError) as error:
        PxWeb2().fetch(ask, spoilt({DATA: {0: Response(status, body, "text/plain")}}))
    assert isinstance(error.value, RefusedError | UnreadableError)
    assert all(sign.isprintable() for sign in str(error.value))


def test_a_code_list_of_another_form(spoilt, ask, query, with_dimension):
    from replies.server import Response

    asked = replace(ask, query=with_dimension(query, "Region", values=(), codelist="vs_Lan"))
    for said in ([], {"values": [{"label": "x"}]}, {"values": {"a": 1}}):
        with pytest.raises(UnreadableError, match="ingen kodlista"):
            PxWeb2().fetch(asked, spoilt({"/codelists/vs_Lan": {0: Response.of(said)}}))


def test_stamps_and_days_of_every_kind(spoilt, fake, population):
    from replies.server import Response

    said = orjson.loads(spoilt({}).get("tables/TAB0001/metadata").body)
    for stamp, day in (
        ("20270220 08:00", "2027-02-20"),
        ("2027-02-20", "2027-02-20"),
        ("2027-02-31", "None"),
        (7, "None"),
    ):
        said["extension"]["px"]["nextUpdate"] = stamp
        wire = spoilt({META: {0: Response.of(said)}})
        assert str(PxWeb2().shape("TAB0001", wire).next_release) == day
    said["dimension"]["Region"]["extension"]["codelists"] = said["dimension"]["Region"]["extension"].pop("codeLists")
    from vagvisare.sources.pxweb import v2_table

    assert v2_table.read("TAB0001", spoilt({META: {0: Response.of(said)}})).codelists["Region"] == ("agg_Lan", "vs_Lan")
