"""Changed parts without a reason wait for who wrote them, and for who answers for where they lie."""

from html import unescape

import pytest
from django.urls import reverse

from vagvisare.web.desk import queries, reasons

pytestmark = pytest.mark.django_db

ONE, TWO = "omrade/nr-1/rikta-1", "omrade/nr-2/rikta-1"


@pytest.fixture
def opened(sealed):
    from vagvisare.web.revision.opening import open_draft

    def made(*shape):
        made.by = sealed(*shape)
        return open_draft(made.by, "2030", "Strategi 2030", "2020-pahittad")

    return made


def owed(person):
    return [(each.draft.key, each.address) for each in reasons.owed(person, queries.MOST)]


def give(by, draft, *addresses, text="Därför."):
    from vagvisare.web.revision.changes.actions import give_reason

    give_reason(by, draft, addresses=addresses, text=text)


def test_what_one_wrote_waits_until_it_has_a_reason(opened, write, person):
    draft = opened()
    mine, other = person("writer"), person("writer")
    assert owed(mine) == []
    write(mine, draft, ONE)
    write(other, draft, TWO)
    assert owed(mine) == [("2030", ONE)]
    assert owed(other) == [("2030", TWO)]
    assert owed(opened.by) == []  # who opened the draft has written nothing in it
    give(mine, draft, ONE)
    assert owed(mine) == []
    give(mine, draft, ONE, text="")
    assert owed(mine) == [("2030", ONE)]
    write(mine, draft, ONE, "Plantera björk nummer 1.")
    assert owed(mine) == []  # as it was: nothing is changed


def test_what_lies_in_ones_scope_waits_whoever_wrote_it(opened, write, person):
    draft = opened()
    for address in (ONE, TWO):
        write(opened.by, draft, address)
    leader, writer = person("process_leader", scope="omrade/nr-2"), person("writer", scope=ONE)
    assert owed(leader) == [("2030", TWO)]
    assert owed(writer) == [("2030", ONE)]
    assert owed(opened.by) == [("2030", ONE), ("2030", TWO)]
    assert owed(person("process_leader", scope="omrade/nr-9")) == []


def test_a_part_that_is_gone_waits_for_who_answers_for_where_it_lay(opened, person):
    from vagvisare.web.revision.writing.shaping import remove

    draft, leader = opened(), person("process_leader", scope="omrade/nr-1")
    remove(opened.by, draft.nodes.get(address=ONE))
    assert owed(leader) == [("2030", ONE)]


def test_a_new_part_waits_for_who_made_it(opened, person):
    from vagvisare.web.revision.writing.shaping import add_node

    draft, mine = opened(), person("strategist")
    made, _ = add_node(mine, draft, draft.nodes.get(address="omrade/nr-1"), "direction", "Helt ny riktning.")
    assert owed(mine) == [("2030", made.address)]


@pytest.mark.parametrize("role", ["reader", "administrator", "registrar", "partner"])
def test_who_may_give_no_reason_is_asked_for_none(opened, write, person, role):
    draft, mine = opened(), person("writer", scope=ONE)
    write(mine, draft, ONE)
    mine.grants.all().delete()
    mine.grants.create(role=role)
    assert owed(type(mine).objects.get(pk=mine.pk)) == []


def test_who_was_given_another_part_since_is_not_asked_for_what_they_may_no_longer_reason(opened, write, person):
    draft, mine = opened(), person("writer", scope=ONE)
    write(mine, draft, ONE)
    mine.grants.update(scope="omrade/nr-2")
    assert owed(type(mine).objects.get(pk=mine.pk)) == []


def test_a_new_name_is_the_same_person(opened, write, person):
    draft, mine = opened(), person("writer")
    write(mine, draft, ONE)
    mine.name = "Nytt Påhittat Namn"
    mine.save()
    assert owed(mine) == [("2030", ONE)]


def test_sealed_drafts_and_those_opened_from_nothing_ask_for_nothing(opened, write, person):
    from django.utils import timezone

    from vagvisare.web.revision.opening import open_draft

    draft, mine = opened(), person("writer")
    write(mine, draft, ONE)
    empty = open_draft(opened.by, "tomt", "Ett tomt utkast")
    draft.sealed_as, draft.sealed_at = "2030", timezone.now()
    draft.save()
    assert empty.opened_from == ""
    assert owed(mine) == []


def test_the_desk_leads_to_the_form_for_the_reason(opened, write, signed_in):
    draft, client = opened(), signed_in("writer")
    write(client.person, draft, ONE, "<b>Plantera</b> lind.")
    page = client.get("/arbete/").content.decode()
    assert "Skäl som saknas" in page
    assert "Inget väntar på dig" not in page
    assert "&lt;b&gt;Plantera" in page
    where = unescape(page.split('id="skal"')[1].split('href="')[1].split('"')[0])
    assert where.startswith(reverse("give_reason", args=["2030"]))
    form = client.get(where).content.decode()
    assert "Varför ändrades det?" in form
    assert f'name="address" value="{ONE}"' in form


def test_a_register_that_cannot_be_read_does_not_shut_the_desk(opened, write, signed_in):
    from vagvisare.web.registers.models import Entry

    draft, client = opened(), signed_in("writer")
    write(client.person, draft, ONE)
    Entry.objects.create(register="themes", key="x", content={"nonsense": 1})
    answer = client.get("/arbete/")
    assert answer.status_code == 200
    assert "Skäl som saknas" not in answer.content.decode()


def test_sixty_ask_the_database_no_more_than_one_and_fifty_are_shown(
    opened, write, signed_in, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    draft, client = opened(1, 60), signed_in("writer")
    write(client.person, draft, ONE)
    client.get("/arbete/")
    with CaptureQueriesContext(connection) as once:
        client.get("/arbete/")
    for number in range(2, 61):
        write(client.person, draft, f"omrade/nr-1/rikta-{number}")
    with django_assert_num_queries(len(once)):
        page = client.get("/arbete/").content.decode()
    assert page.split('id="skal"')[1].split("</section>")[0].count("<li>") == 50
    assert len(once) <= 26


def test_who_has_written_nothing_and_answers_for_nothing_costs_no_comparison(opened, write, person, monkeypatch):
    draft = opened()
    write(opened.by, draft, ONE)
    monkeypatch.setattr(reasons, "of_draft", lambda _: pytest.fail("compared for nothing"))
    assert owed(person("strategist")) == []
