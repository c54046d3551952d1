"""Whoever may do something in one place tries it in another: by number, by key, and after the role was taken away."""

from urllib.parse import urlencode

import pytest

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def scoped(world, person, signed_in):
    """Somebody with a role for the first area only."""

    def made(role):
        return signed_in(person(role, scope="omrade/omrade-1"))

    return made


@pytest.mark.parametrize("role", ["writer", "process_leader"])
def test_words_of_another_area_are_out_of_reach(world, scoped, role):
    from vagvisare.web.revision.models import Wording

    client, mine, theirs = scoped(role), world.at("rikta-1-2"), world.at("rikta-2-1")
    count = Wording.objects.count()
    told = {"text": "Plantera tall.", "base": 1, "ticket": f"{role}-1", "version": 1, "english": "Pine"}
    for act in ("spara", "uppgifter", "tillbaka"):
        assert client.post(f"/arbete/utkast/2030/nod/{theirs.uid}/{act}/", told).status_code == 403, act
    assert Wording.objects.count() == count
    assert client.post(f"/arbete/utkast/2030/nod/{mine.uid}/spara/", told).status_code == 302
    assert Wording.objects.count() == count + 1


def test_shape_and_assignments_of_another_area_are_out_of_reach(world, scoped):
    from vagvisare.web.audit.models import Event

    client, mine, theirs = scoped("process_leader"), world.at("rikta-1-2"), world.at("rikta-2-1")
    area, other = world.at("omrade-1"), world.at("omrade-2")
    before = Event.objects.count()
    tries = [
        (theirs, "flytta", {"step": "down"}), (theirs, "ta-bort", {}), (theirs, "dela", {"at": 5}),
        (mine, "flytta", {"parent": other.uid}), (theirs, "flytta", {"parent": area.uid}), (mine, "flytta", {}),
        (mine, "sla-ihop", {"with": theirs.uid}), (mine, "sla-ihop", {"with": theirs.uid, "keep": theirs.uid}),
        (theirs, "ansvarig", {"person": world.other.pk}),
    ]  # fmt: skip
    for node, act, told in tries:
        answer = client.post(f"/arbete/utkast/2030/nod/{node.uid}/{act}/", told)
        assert answer.status_code in {400, 403}, (act, told, answer.status_code)
    assert (
        client.post("/arbete/utkast/2030/ny/", {"parent": other.uid, "level": "direction", "text": "Ny"}).status_code
        == 403
    )
    assert client.post("/arbete/utkast/2030/ny/", {"level": "area", "text": "Ny"}).status_code == 403
    assert Event.objects.count() == before


def test_an_assignment_elsewhere_is_not_taken_back_by_way_of_ones_own_node(world, scoped):
    from vagvisare.web.revision.models import Assignment
    from vagvisare.web.revision.writing import talk

    theirs = talk.assign(world.strategist, world.at("rikta-2-1"), world.other)
    client, mine = scoped("process_leader"), world.at("rikta-1-2")
    assert client.post(f"/arbete/utkast/2030/nod/{mine.uid}/ansvarig/", {"remove": theirs.pk}).status_code == 403
    assert client.post(f"/arbete/utkast/2030/ansvarig/{theirs.pk}/klar/").status_code == 403
    assert Assignment.objects.filter(pk=theirs.pk, done_at=None).exists()


def test_what_another_did_is_not_undone_without_their_right(world, scoped):
    from vagvisare.web.revision.writing import shaping, wordings

    node = world.at("rikta-2-1")
    saved = wordings.save_wording(world.strategist, node, "Plantera gran.", 1, "gran")
    moved = shaping.step(world.strategist, world.at("rikta-2-1"), "down")
    for role in ("writer", "process_leader"):
        for number in (saved.event, moved.number):
            assert scoped(role).post(f"/arbete/utkast/2030/angra/{number}/").status_code == 403
    node.refresh_from_db()
    assert node.text == "Plantera gran."


def test_a_clash_elsewhere_is_not_settled(world, scoped):
    from vagvisare.web.revision.writing import wordings

    node = world.at("rikta-2-1")
    wordings.save_wording(world.strategist, node, "Plantera gran.", 1, "gran")
    clash = wordings.save_wording(world.other, node, "Plantera hassel.", 1, "hassel").clash
    assert scoped("writer").post(f"/arbete/utkast/2030/krock/{clash.pk}/", {"text": "x", "base": 2}).status_code == 403
    clash.refresh_from_db()
    assert clash.settled_at is None


def test_nothing_of_one_draft_answers_under_anothers_key(world, signed_in):
    from vagvisare.web.audit.models import Event

    client, before = signed_in(world.strategist), Event.objects.count()
    paths = [
        f"nod/{world.node.uid}/spara/", f"nod/{world.node.uid}/kommentar/", f"nod/{world.node.uid}/ta-bort/",
        f"kommentar/{world.comment.pk}/klar/", f"ansvarig/{world.assignment.pk}/klar/", f"krock/{world.clash.pk}/",
        f"angra/{world.event}/", f"samband/angra/{world.event}/", f"dokument/{world.manuscript.pk}/valj/",
        f"dokument/{world.manuscript.pk}/las-in/", f"dokument/{world.manuscript.pk}/kasta/",
        f"dokument/{world.manuscript.pk}/sedd/", f"dokument/{world.manuscript.pk}/angra/",
        f"dokument/{world.manuscript.pk}/vid-sidan/",
    ]  # fmt: skip
    told = {"text": "Ord", "base": 2, "ticket": "t", "rad": "1", "fraga": "1"}
    for path in paths:
        assert client.post(f"/arbete/utkast/2031/{path}", told).status_code in {400, 404, 409}, path
    own = world.at("rikta-1-1", world.second)
    for told in ({"reply_to": world.comment.pk, "text": "Svar"},):
        assert client.post(f"/arbete/utkast/2031/nod/{own.uid}/kommentar/", told).status_code == 404
    assert (
        client.post(f"/arbete/utkast/2031/nod/{own.uid}/ansvarig/", {"remove": world.assignment.pk}).status_code == 404
    )
    assert client.post(f"/arbete/utkast/2031/nod/{own.uid}/flytta/", {"parent": world.node.uid}).status_code == 404
    assert client.post(f"/arbete/utkast/2031/nod/{own.uid}/sla-ihop/", {"with": world.node.uid}).status_code == 404
    assert (
        client.post(
            "/arbete/utkast/2031/ny/", {"parent": world.node.uid, "level": "direction", "text": "N"}
        ).status_code
        == 404
    )
    client.post("/arbete/utkast/2031/andringar/angra/", {"numbers": str(world.event)})
    assert Event.objects.count() == before


def test_events_of_another_kind_are_not_undone(world, signed_in):
    from vagvisare.web.audit.models import Event

    client = signed_in(world.strategist)
    before = Event.objects.count()
    for number in Event.objects.values_list("number", flat=True):
        client.post("/arbete/register/evidence/angra/", {"handelse": number})
        client.post(f"/arbete/utkast/2030/samband/angra/{number}/")
        client.post("/arbete/utkast/2030/andringar/angra/", {"numbers": number})
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    "role", ["writer", "analyst", "process_leader", "registrar", "reader", "partner", "administrator"]
)
def test_only_a_strategist_lets_checks_pass_and_seals(world, signed_in, role):
    from vagvisare.web.revision.models import GateOverride
    from vagvisare.web.strategy.models import SealedEdition

    client = signed_in(role)
    told = {"key": "2030", "title": "T", "status": "remiss", "reason": "Därför"}
    for path in ("forsegla/", "forsegla/slapp/reasons/", "forsegla/aterta/reasons/"):
        assert client.post(f"/arbete/utkast/2030/{path}", told).status_code == 403, path
    assert SealedEdition.objects.count() == 1
    assert not GateOverride.objects.exists()


def test_a_partner_reads_no_draft_by_any_way(world, routes, signed_in):
    """What is being written is not shown to an organisation outside, whatever page it asks for."""
    from vagvisare.web.revision.writing import wordings

    unseen = "Hemligabjörken"
    wordings.save_wording(world.strategist, world.at("rikta-2-2"), f"{unseen} planteras.", 1, "hemlig")
    client = signed_in("partner")
    for route, pattern in routes:
        answer = client.get(world.fill(route))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert unseen not in body.decode(errors="replace"), pattern.name
    assert unseen in signed_in("reader").get("/arbete/utkast/2030/").content.decode()


def test_a_role_taken_away_or_a_suspension_holds_at_once(world, person, signed_in):
    from vagvisare.web.accounts import actions

    writer = person("writer")
    client, path = signed_in(writer), f"/arbete/utkast/2030/nod/{world.at('rikta-1-2').uid}/spara/"
    told = {"text": "Plantera ek.", "base": 1, "ticket": "ek"}
    assert client.post(path, told).status_code == 302
    actions.take_role(world.admin, writer, "writer", "")
    assert client.post(path, told | {"ticket": "ek2", "text": "Plantera en."}).status_code == 403
    actions.give_role(world.admin, writer, "writer", "")
    actions.suspend(world.admin, writer, "Slutat.")
    answer = client.post(path, told | {"ticket": "ek3"})
    assert answer.status_code == 401
    assert "/arbete/konto/login/?next=" in answer.content.decode()


def test_links_are_not_guessed_reused_or_kept_in_the_page(world, client):
    from vagvisare.web.accounts import actions
    from vagvisare.web.accounts.models import Person

    made = actions.invite(world.admin, "gast@exempel.se", "Gäst", [("reader", "")], "")
    told = {"name": "Gäst", "password": "ett riktigt långt lösenord", "again": "ett riktigt långt lösenord"}
    count = Person.objects.count()
    for secret in (
        "",
        "x",
        made.secret[:-1],
        made.secret + "x",
        made.invitation.digest,
        "%",
        "\x00",
        str(made.invitation.pk),
    ):
        answer = client.post("/arbete/konto/inbjudan/", told | {"nyckel": secret}, headers={"host": "localhost"})
        assert answer.status_code == 400, secret
    assert Person.objects.count() == count
    assert (
        client.post(
            "/arbete/konto/inbjudan/", told | {"nyckel": made.secret}, headers={"host": "localhost"}
        ).status_code
        == 302
    )
    assert (
        client.post(
            "/arbete/konto/inbjudan/", told | {"nyckel": made.secret}, headers={"host": "localhost"}
        ).status_code
        == 400
    )
    assert Person.objects.count() == count + 1


def test_a_scoped_role_links_within_its_area_only(world, scoped):
    from vagvisare.web.revision.models import Cell

    client = scoped("process_leader")
    theirs, goal = world.at("omrade-2").address, "effektmal/fler-trad"
    for path, told in (
        ("bidrag/cell/", {"origin": theirs, "target": goal, "answer": "yes"}),
        ("malkonflikter/spara/", {"origin": theirs, "target": goal, "conflict": "x"}),
        ("perspektiv/svar/", {"perspective": "kapitel/mal", "address": world.at("rikta-2-1").address, "answer": "yes"}),
        ("teman/markning/", {"theme": "x", "address": world.at("rikta-2-1").address}),
        ("andringar/skal/", {"address": theirs, "text": "Därför."}),
    ):
        answer = client.post(f"/arbete/utkast/2030/{path}", urlencode(told), content_type=FORM)
        assert answer.status_code in {400, 403, 404}, (path, answer.status_code)
    assert not Cell.objects.filter(origin=theirs).exists()
