"""How many questions each page asks the records: the same for one and for fifty."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(person):
    return person("strategist")


def crowd(node, who, person, many):
    """Let many people say, write and clash about a node."""
    from vagvisare.web.revision.models import Clash, Descent
    from vagvisare.web.revision.writing.talk import assign, comment
    from vagvisare.web.revision.writing.wordings import save_wording

    for number in range(many):
        first = comment(who, node, f"Kommentar {number}")
        comment(who, node, "Svar", first)
        assign(who, node, person("strategist"))
        save_wording(who, node, f"Lydelse {number}", node.version, f"{node.uid}-{number}")
        node.refresh_from_db()
        Clash.objects.create(node=node, base=1, theirs=1, mine="x", by=who, ticket=f"{node.uid}-clash-{number}")
        Descent.objects.create(draft=node.draft, kind="split", before=f"a-{number}", after=node.address)


@pytest.mark.parametrize("many", [1, 50])
def test_the_pane(opened, at, who, person, many, django_assert_num_queries):
    from vagvisare.web.revision.writing.answering import node_of
    from vagvisare.web.revision.writing.pane import pane

    crowd(at(opened(), "rikta-1-1"), who, person, many)
    node = node_of("2030", at(draft_called("2030"), "rikta-1-1").uid)
    list(who.grants.all())
    with django_assert_num_queries(8):
        shown = pane(node.draft, node, who, {})
    assert (len(shown.threads), len(shown.assignments), len(shown.clashes)) == (many, many, many)
    assert (shown.open_comments, shown.threads[-1].replies[0].text) == (many, "Svar")
    assert [above.address for above in shown.path] == ["omrade/omrade-1"]
    assert (shown.changed, shown.english_is_older, shown.before.text[:8]) == (True, True, "Plantera")


@pytest.mark.parametrize(("areas", "directions"), [(1, 1), (20, 20)])
def test_the_outline(opened, who, person, areas, directions, at, django_assert_num_queries):
    from vagvisare.web.access.rules import grants_of
    from vagvisare.web.revision.writing.outline import outline

    draft = opened(areas=areas, directions=directions)
    crowd(at(draft, "rikta-1-1"), who, person, 3)
    grants_of(who)
    with django_assert_num_queries(6):
        drawn = outline(draft, who)
    assert len(drawn.rows) == 2 + areas * (directions + 1)
    busy = next(row for row in drawn.rows if row.address.endswith("rikta-1-1"))
    assert (busy.open_comments, len(busy.assignees), busy.changed, busy.new) == (3, 3, True, False)
    assert (busy.depth, busy.text, busy.words, busy.clash is not None) == (1, "Lydelse 2", 2, True)
    assert busy.level_name.sv == "strategisk inriktning"


@pytest.mark.parametrize("many", [1, 50])
def test_the_history(opened, at, who, person, many, django_assert_num_queries):
    from vagvisare.web.revision.writing.pane import PAGE, history

    node = at(opened(), "rikta-1-1")
    crowd(node, who, person, many)
    assert node.parent is not None  # the page reads a node with those above it
    with django_assert_num_queries(2):
        steps, more = history(node)
    assert (len(steps), more) == (min(many, PAGE), many > PAGE)
    assert (steps[0].text, steps[0].version) == (f"Lydelse {many - 1}", many + 1)
    if more:
        rest, none = history(node, PAGE)
        assert (rest[-1].version, none) == (2, False)


@pytest.mark.parametrize("others", [1, 50])
def test_what_is_asked_every_few_seconds(opened, at, signed_in, person, others, django_assert_max_num_queries):
    from datetime import UTC, datetime

    from vagvisare.web.revision.models import Presence

    draft = opened()
    node, client = at(draft, "rikta-1-1"), signed_in("writer")
    now = datetime.now(UTC)
    Presence.objects.bulk_create(
        [Presence(draft=draft, person=person("writer"), node=node, seen_at=now) for _ in range(others)]
    )
    told = {"node": str(node.uid), "writing": "0", "version": "1"}
    client.post("/arbete/utkast/2030/lage/", told)
    # Three for who asks (session, person, roles), four for the answer.
    with django_assert_max_num_queries(7):
        answer = client.post("/arbete/utkast/2030/lage/", told)
    assert len(answer.json()["people"]) == others


@pytest.mark.parametrize("many", [1, 50])
def test_the_list_of_drafts(signed_in, many, django_assert_num_queries):
    from vagvisare.web.revision.opening import open_draft

    client = signed_in("strategist")
    for number in range(many):
        open_draft(client.person, f"2031-{number}", "Titel")
    client.get("/arbete/utkast/")
    with django_assert_num_queries(5):
        assert client.get("/arbete/utkast/").content.count(b"2031-") >= many


def test_a_save_asks_little(opened, at, signed_in, django_assert_max_num_queries):
    node, client = at(opened(), "rikta-1-1"), signed_in("writer", "omrade/omrade-1")
    told = {"text": "Nya ord.", "base": "1", "ticket": "t1"}
    path = f"/arbete/utkast/2030/nod/{node.uid}/spara/"
    with django_assert_max_num_queries(22):
        assert client.post(path, told, headers={"accept": "application/json"}).json()["state"] == "saved"


def test_the_editor_asks_the_same_for_a_small_draft_and_a_large(opened, at, signed_in, person):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from vagvisare.web.revision.opening import open_draft

    client = signed_in("strategist")
    opened(areas=20, directions=19)
    open_draft(client.person, "2031", "Liten")
    counts = {}
    for key, many in (("2030", 50), ("2031", 1)):
        if key == "2031":
            client.post("/arbete/utkast/2031/ny/", {"level": "area", "text": "Rikta 1-1"})
        node = at(draft_called(key), "rikta-1-1" if key == "2030" else "1-1")
        crowd(node, client.person, person, many)
        address = f"/arbete/utkast/{key}/?nod={node.address}"
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts[key] = len(asked)
    # The empty one has no edition to be compared with: one question less in the outline, one in the pane.
    assert counts["2030"] <= counts["2031"] + 2
    assert counts["2030"] <= 26


def draft_called(key):
    from vagvisare.web.revision.models import Draft

    return Draft.objects.get(key=key)
