"""The trail as people read it, and who may."""

import json
from datetime import UTC, datetime

import pytest

from vagvisare.web.audit import differences, papers, trail
from vagvisare.web.audit.differences import Field
from vagvisare.web.desk import history

pytestmark = pytest.mark.django_db


def record(number=1, **more):
    told = {"who": "Eva Påhittad #1", "verb": "registers.evidence.change", "kind": "entry", "key": "evidence:agenda"}
    for _ in range(number):
        trail.record(**(told | more))


def test_the_whole_trail_is_read_newest_first_fifty_at_a_time(signed_in):
    for turn in range(120):
        record(title=f"Rad {turn}")
    client, seen, address = signed_in("registrar"), [], "/arbete/spar/"
    for _ in range(3):
        page = client.get(address).content.decode()
        seen += [int(part.split('"')[0]) for part in page.split('<li value="')[1:]]
        after = page.split('rel="next" href="')
        address = f"/arbete/spar/{after[1].split(chr(34))[0]}" if len(after) > 1 else ""
    assert seen == list(range(120, 0, -1))
    assert address == ""


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("", {1, 2, 3, 4}),
        ("vem=Eva+P%C3%A5hittad+%231", {1, 3, 4}),
        ("sort=node", {2}),
        ("gjort=draft.write", {2}),
        ("sort=node&vem=Eva+P%C3%A5hittad+%231", set()),
        ("fran=2021-06-10", {4}),
        ("till=2021-06-09", {1, 2, 3}),
        ("fran=2021-06-09&till=2021-06-09", {1, 2, 3}),
        ("fran=ig%C3%A5r&fore=x", {1, 2, 3, 4}),
        ("fore=3", {1, 2}),
        ("fore=99999999999999999999999", {1, 2, 3, 4}),
    ],
)
def test_the_address_says_what_is_shown(signed_in, monkeypatch, question, numbers):
    moments = [datetime(2021, 6, day, 12, 0, tzinfo=UTC) for day in (9, 9, 9, 10)]

    class Clock(datetime):
        @staticmethod
        def now(*_):
            return moments.pop(0)

    monkeypatch.setattr(trail, "datetime", Clock)
    record()
    record(who="Bo Påhittad #2", verb="draft.write", kind="node", key="n/1")
    record(2)
    page = signed_in("strategist").get(f"/arbete/spar/?{question}").content.decode()
    assert {int(part.split('"')[0]) for part in page.split('<li value="')[1:]} == numbers


def test_one_things_trail_is_read_in_words(signed_in):
    record(
        title="Agenda 2030", before={"title": "Före", "same": 1}, after={"title": "Efter", "same": 1}, reason="Skälet"
    )
    record(kind="entry", key="evidence:annat", title="Annat")
    page = signed_in("reader").get("/arbete/spar/entry/evidence:agenda/").content.decode()
    assert "<h1>Agenda 2030</h1>" in page
    assert "Ändra underlag" in page
    assert "Skälet" in page
    assert "Före" in page
    assert "Efter" in page
    assert "same" not in page
    assert "Annat" not in page


def test_keys_with_slashes_have_a_trail(signed_in):
    record(kind="node", key="omrade/klimat/mål", title="Klimat")
    assert b"<h1>Klimat</h1>" in signed_in("strategist").get("/arbete/spar/node/omrade/klimat/m%C3%A5l/").content


def test_a_thing_nobody_touched_says_so(signed_in):
    page = signed_in("strategist").get("/arbete/spar/node/x/")
    assert page.status_code == 200
    assert "Inget har gjorts här" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "whole", "one"), [("administrator", 200, 200), ("registrar", 200, 200), ("reader", 403, 200),
                               ("writer", 403, 200), ("partner", 403, 403)],
)  # fmt: skip
def test_who_may_read_what(signed_in, role, whole, one):
    client = signed_in(role)
    record()
    assert client.get("/arbete/spar/").status_code == whole
    assert client.get("/arbete/spar/hela.jsonl").status_code == whole
    assert client.get("/arbete/spar/entry/evidence:agenda/").status_code == one


def test_what_is_downloaded_is_the_chain(signed_in):
    for turn in range(30):
        record(title=f"Rad {turn}\u2028", after={"n": turn})
    answer = signed_in("registrar").get("/arbete/spar/hela.jsonl")
    assert 'filename="spar.jsonl"' in answer.headers["Content-Disposition"]
    text = b"".join(answer.streaming_content).decode()
    events = list(papers.read(text.split("\n")))
    assert len(events) == 30
    assert trail.verify(events) is None
    assert json.loads(text.split("\n")[4])[0] == 5


def test_words_in_the_trail_are_shown_not_obeyed(signed_in):
    record(title="<script>x</script>", reason="<b>", who="<i>Namn", before="<u>", after={"<em>": "<s>"})
    page = signed_in("registrar").get("/arbete/spar/").content.decode()
    for sign in ("<script>x", "<b>", "<i>Namn", "<u>", "<em>", "<s>"):
        assert sign not in page


def test_fifty_events_ask_the_database_no_more_than_one(signed_in, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    record()
    client = signed_in("registrar")
    for address in ("/arbete/spar/", "/arbete/spar/entry/evidence:agenda/"):
        client.get(address)
        with CaptureQueriesContext(connection) as once:
            client.get(address)
        record(60)
        with django_assert_num_queries(len(once)):
            client.get(address)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, {"a": 1}, [Field("a", "", "1")]),
        ({"a": "x"}, None, [Field("a", "x", "")]),
        ({"a": "x", "b": 1}, {"a": "y", "b": 1, "c": ["p", "q"]}, [Field("a", "x", "y"), Field("c", "", "p, q")]),
        ("förr", "nu", [Field("", "förr", "nu")]),
        ([["writer", ""]], None, [Field("", '[["writer", ""]]', "")]),
        (None, None, []),
    ],
)
def test_what_an_event_changed_field_by_field(before, after, expected):
    assert list(differences.changed(trail._canonical(before), trail._canonical(after))) == expected


def test_a_state_that_is_no_json_is_shown_as_it_is():
    assert differences.changed("{trasig", "") == (Field("", "{trasig", ""),)


def test_the_question_of_an_address_survives_its_own_writing():
    from django.http import QueryDict

    asked = history.asked(QueryDict("vem=Å #1&sort=node&gjort=draft.write&fran=2021-06-09&till=2021-06-10&fore=7"))
    assert history.asked(QueryDict(asked.query(7))) == asked


@pytest.mark.parametrize(
    ("told", "sv", "en"),
    [
        ({"kind": "entry", "key": "trends:a", "after": {"driven_by": ["b"]}}, "Drivs av", "Driven by"),
        ({"kind": "entry", "key": "trends:a", "after": {"position": 2}}, "Plats", "Place"),
        ({"kind": "edition", "key": "2020", "after": {"was": "x"}}, "Står", "Stands"),
        ({"kind": "person", "key": "1", "after": {"with": ["password"]}}, "med", "with"),
        ({"kind": "person", "key": "1", "after": {"second factor": []}}, "andra faktor", "second factor"),
        ({"kind": "draft", "key": "2026", "after": {"okänt fält": 1}}, "okänt fält", "okänt fält"),
    ],
)
def test_what_changed_is_called_by_its_name(told, sv, en):
    record(**told)
    (line,) = history.page(history.Asked()).events[0].fields
    assert (line.label.sv, line.label.en) == (sv, en)


def test_a_state_without_fields_has_no_label(signed_in):
    record(before="förr", after="nu")
    assert "<dt>hela</dt>" in signed_in("registrar").get("/arbete/spar/").content.decode()


def test_people_are_called_by_name_and_the_strategy_by_a_word(signed_in):
    record(who="Demo Påhittad #1", kind="strategy", key="pahittad", title="Påhittad")
    page = signed_in("registrar").get("/arbete/spar/").content.decode()
    assert '<span class="trail-who">Demo Påhittad</span>' in page
    assert '<option value="Demo Påhittad #1">Demo Påhittad</option>' in page
    assert "strategi: Påhittad" in page


def test_the_way_to_the_trail_stands_where_the_thing_does(sealed, signed_in, person):
    from vagvisare.web.revision.models import DraftNode
    from vagvisare.web.revision.opening import open_draft

    open_draft(sealed(), "2026", "Påhittat utkast", "2020-pahittad")
    node = DraftNode.objects.get(address="omrade/nr-1")
    ways = {
        "/arbete/utgavor/2020-pahittad/": "/arbete/spar/edition/2020-pahittad/",
        "/arbete/utkast/2026/": "/arbete/spar/draft/2026/",
        "/arbete/utkast/2026/?nod=omrade/nr-1": f"/arbete/spar/node/{node.uid}/",
    }
    reader, partner = signed_in("reader"), signed_in("partner")
    for place, way in ways.items():
        assert f'<a href="{way}">Spår</a>' in reader.get(place).content.decode()
        assert reader.get(way).status_code == 200
        assert "/arbete/spar/" not in partner.get(place).content.decode()
