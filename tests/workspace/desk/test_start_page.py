"""What waits for a person, on the page where they come in."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from vagvisare.web.desk import queries

pytestmark = pytest.mark.django_db
TODAY = date(2021, 6, 9)


@pytest.fixture
def draft(db):
    from vagvisare.web.revision.models import Draft

    return Draft.objects.create(key="utkast", title="Påhittat utkast", opened_by="Någon #1")


@pytest.fixture
def node(draft):
    from vagvisare.web.revision.models import DraftNode

    def made(address="omrade/klimat", text="Påhittat mål om klimat", **more):
        return DraftNode.objects.create(draft=draft, address=address, level="effect_goal", text=text, **more)

    return made


def assign(person, node, due=None, **more):
    from vagvisare.web.revision.models import Assignment

    return Assignment.objects.create(person=person, node=node, due=due, **more)


def comment(author, node, *named, **more):
    from vagvisare.web.revision.models import Comment

    said = Comment.objects.create(author=author, node=node, text="Vad menas med påhittat?", **more)
    said.mentions.set(named)
    return said


def clash(person, node, **more):
    from vagvisare.web.revision.models import Clash

    return Clash.objects.create(node=node, base=1, theirs=2, mine="mitt", by=person, ticket=uuid4().hex, **more)


def timeline(*occasions):
    from vagvisare.web.registers.models import Entry

    for number, (key, claims) in enumerate(occasions):
        told = [{"kind": kind, "start": start, "source": "påhittad"} for kind, start in claims]
        content = {"key": key, "what": f"Steget {key}", "claim": told}
        Entry.objects.create(register="timeline", key=key, position=number, content=content)


def test_late_comes_before_the_rest_and_no_day_comes_last(person, node):
    mine = person("writer")
    nodes = [node(f"n/{n}") for n in range(4)]
    soon = assign(mine, nodes[0], TODAY)
    late = assign(mine, nodes[1], TODAY - timedelta(days=1))
    never = assign(mine, nodes[2])
    later = assign(mine, nodes[3], TODAY + timedelta(days=9))
    found = queries.waiting(mine, TODAY)
    assert found.late == (late,)
    assert found.assignments == (soon, later, never)


def test_what_is_done_removed_sealed_or_somebody_elses_does_not_wait(person, node, draft):
    from django.utils import timezone

    mine, other = person("writer"), person("writer")
    now = timezone.now()
    assign(mine, node("n/1"), TODAY, done_at=now)
    assign(mine, node("n/2", removed_at=now), TODAY)
    assign(other, node("n/3"), TODAY)
    comment(other, node("n/4"), mine, resolved_at=now)
    comment(mine, node("n/5"), other)
    root = comment(other, node("n/6"), resolved_at=now)
    comment(other, root.node, mine, reply_to=root)
    clash(mine, node("n/7"), settled_at=now)
    clash(other, node("n/8"))
    assert queries.waiting(mine, TODAY).count == 0
    assert queries.waiting(other, TODAY).count == 3
    draft.sealed_at = now
    draft.save()
    assert queries.waiting(other, TODAY).count == 0


def test_questions_and_clashes_wait_for_whom_they_are_to(person, node):
    mine, other = person("writer"), person("strategist")
    asked = comment(other, node("n/1"), mine)
    answered = comment(other, asked.node, mine, reply_to=asked)
    mine_to_settle = clash(mine, node("n/2"))
    found = queries.waiting(mine, TODAY)
    assert found.mentions == (asked, answered)
    assert found.clashes == (mine_to_settle,)


def test_a_partner_is_told_nothing_of_the_draft(person, node):
    mine = person("partner", scope="kommun")
    assign(mine, node(), TODAY)
    assert queries.waiting(mine, TODAY).count == 0


def test_invitations_wait_for_the_administrator_only(person):
    from django.utils import timezone

    from vagvisare.web.accounts.models import Invitation

    Invitation.objects.create(
        digest="x", email="ny@exempel.se", name="Ny Påhittad", roles=[["reader", ""]], invited_by="system",
        expires=timezone.now() + timedelta(days=3),
    )  # fmt: skip
    assert len(queries.waiting(person("administrator")).invitations) == 1
    assert queries.waiting(person("strategist")).invitations == ()


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"a": [("planned", "2021-06-17")], "b": [("planned", "2021-06-10")]}, "b"),
        ({"a": [("planned", "2021-06-01")], "b": [("planned", "2021-12")]}, "b"),
        ({"a": [("planned", "2021-06-10"), ("actual", "2021-06-08")], "b": [("planned", "2022")]}, "b"),
        ({"a": [("planned", "2021")], "b": [("planned", "2021-06-10")]}, "a"),
        ({"a": [("actual", "2021-05-01")], "b": [("planned", "2020")]}, None),
        ({}, None),
    ],
)
def test_the_next_step_is_the_nearest_that_is_not_taken(claims, expected):
    timeline(*claims.items())
    step = queries.next_step(TODAY)
    assert (step and step.occasion.key) == expected


def test_an_entry_that_cannot_be_read_does_not_shut_the_desk(signed_in):
    timeline(("a", [("planned", "2099-01-01")]))
    from vagvisare.web.registers.models import Entry

    Entry.objects.update(content={"nonsense": 1})
    assert queries.next_step(TODAY) is None
    assert signed_in("strategist").get("/arbete/").status_code == 200


def test_a_fresh_workspace_teaches_its_three_steps(signed_in, person, draft):
    from vagvisare.web.strategy.models import SealedEdition

    draft.delete()
    client = signed_in("administrator")
    page = client.get("/arbete/").content.decode()
    assert page.count('<li class="done">') == 0
    assert "Kom i gång i tre steg" in page
    assert "Bjud in någon" in page
    person("reader")
    SealedEdition.objects.create(
        key="e", position=1, title="E", text="#", sha256="0", sealed_at="2021-06-09T00:00Z", sealed_by="system"
    )
    assert client.get("/arbete/").content.decode().count('<li class="done">') == 2
    from vagvisare.web.revision.models import Draft

    Draft.objects.create(key="nytt", title="Nytt", opened_by="x")
    page = client.get("/arbete/").content.decode()
    assert "Kom i gång" not in page
    assert "Inget väntar på dig" in page


def test_a_reader_is_not_told_to_do_what_a_reader_may_not(signed_in):
    page = signed_in("reader").get("/arbete/").content.decode()
    assert "Kom i gång" not in page
    assert "Inget väntar på dig" in page


def test_words_of_others_are_shown_not_obeyed(signed_in, person, node):
    client = signed_in("writer")
    where = node(text="<script>alert(1)</script>")
    assign(client.person, where, note="<b>x</b>")
    comment(person("strategist", name="<i>Namn"), where, client.person)
    page = client.get("/arbete/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<b>x" not in page
    assert "<i>Namn" not in page


def test_the_page_is_english_for_who_reads_english(signed_in, person, node):
    client = signed_in(person("writer", language="en"))
    assign(client.person, node(), date(2020, 1, 1))
    page = client.get("/arbete/").content.decode()
    assert "<h1>To do</h1>" in page
    assert "due 1 January 2020" in page


def test_fifty_things_ask_the_database_no_more_than_one(signed_in, person, node, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, other = signed_in("administrator"), person("strategist")
    client.person.grants.create(role="writer")

    def more(first, last):
        for number in range(first, last):
            where = node(f"n/{number}")
            assign(client.person, where, TODAY)
            comment(other, where, client.person)
            clash(client.person, where)

    more(0, 1)
    client.get("/arbete/")
    with CaptureQueriesContext(connection) as once:
        client.get("/arbete/")
    more(1, 50)
    with django_assert_num_queries(len(once)):
        assert client.get("/arbete/").status_code == 200
    assert len(once) <= 14
