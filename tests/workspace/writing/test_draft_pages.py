import pytest

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}
TEXT = "Plantera björk nummer 1 vid torget, vattna alm och lind varje vecka under sommaren."


@pytest.fixture
def draft(opened):
    return opened()


@pytest.fixture
def client(signed_in):
    return signed_in("strategist")


def path(node, tail=""):
    return f"/arbete/utkast/2030/nod/{node.uid}/{tail}"


def test_a_draft_is_opened_from_the_list(signed_in, draft):
    client = signed_in("strategist")
    page = client.get("/arbete/utkast/").content.decode()
    assert "Strategi 2030" in page
    assert '<option value="2020-pahittad">' in page
    made = client.post("/arbete/utkast/", {"key": "2034", "title": "Strategi 2034", "from": "2020-pahittad"})
    assert (made.status_code, made["Location"]) == (302, "/arbete/utkast/2034/")
    refused = client.post("/arbete/utkast/", {"key": "2034", "title": "Igen", "from": ""})
    assert refused.status_code == 400
    assert "redan tagen" in refused.content.decode()
    reader = signed_in("reader")
    assert "Öppna ett utkast" not in reader.get("/arbete/utkast/").content.decode()
    assert reader.post("/arbete/utkast/", {"key": "2035", "title": "T", "from": ""}).status_code == 403
    assert signed_in("partner").get("/arbete/utkast/").status_code == 403


def test_the_empty_list_teaches(signed_in):
    assert "öppnas från en förseglad utgåva" in signed_in("strategist").get("/arbete/utkast/").content.decode()
    assert "En strateg öppnar det första" in signed_in("reader").get("/arbete/utkast/").content.decode()


def test_saving_answers_script_and_form(client, draft, at):
    node = at(draft, "rikta-1-1")
    told = client.post(path(node, "spara/"), {"text": "Nya ord.", "base": 1, "ticket": "t1"}, headers=JSON).json()
    assert {name: told[name] for name in ("state", "version", "text", "words", "clash", "theirs", "mine")} == {
        "state": "saved", "version": 2, "text": "Nya ord.", "words": 2, "clash": None, "theirs": "", "mine": "",
    }  # fmt: skip
    assert (told["node"], told["said"], told["event"] > 0) == (str(node.uid), "Sparat.", True)
    form = client.post(path(node, "spara/"), {"text": "Fler nya ord.", "base": 2})
    assert (form.status_code, form["Location"].partition("&")[0]) == (302, f"/arbete/utkast/2030/?nod={node.address}")
    node.refresh_from_db()
    assert node.text == "Fler nya ord."
    refused = client.post(path(node, "spara/"), {"text": "x", "base": 3}, headers=JSON)
    assert (refused.status_code, "för gammal" in refused.json()["error"]) == (400, True)
    assert client.post(path(node, "spara/"), {"text": "x", "base": "tre", "ticket": "t"}).status_code == 400


def test_a_clash_is_answered_shown_and_settled(client, draft, at):
    node = at(draft, "rikta-1-1")
    theirs, mine = TEXT.replace("björk", "ek"), TEXT.replace("björk", "tall")
    client.post(path(node, "spara/"), {"text": theirs, "base": 1, "ticket": "t1"}, headers=JSON)
    told = client.post(path(node, "spara/"), {"text": mine, "base": 1, "ticket": "t2"}, headers=JSON).json()
    assert (told["state"], told["text"], told["theirs"], told["mine"]) == ("clash", theirs, theirs, mine)
    address = f"/arbete/utkast/2030/krock/{told['clash']}/"
    page = client.get(address).content.decode()
    assert "<ins>" in page
    assert "tall" in page
    assert "<del>" in page
    form = client.post(path(node, "spara/"), {"text": TEXT.replace("björk", "gran"), "base": 1})
    assert form["Location"].startswith("/arbete/utkast/2030/krock/")
    settled = client.post(form["Location"], {"text": mine, "base": 2}, headers=JSON).json()
    assert (settled["state"], settled["text"]) == ("saved", mine)
    assert "Krocken är löst" in client.get(form["Location"]).content.decode()
    assert "en nyare krock gäller" in client.get(address).content.decode()


def test_shapes_answer_with_what_can_be_undone(client, draft, at):
    node, other, area = at(draft, "rikta-1-1"), at(draft, "rikta-1-2"), at(draft, "omrade-2")
    acts = [
        ("flytta/", {"parent": str(area.uid), "before": ""}),
        ("flytta/", {"step": "up"}),
        ("ta-bort/", {}),
        ("ater/", {}),
        ("dela/", {"at": str(TEXT.index("vattna"))}),
        ("sla-ihop/", {"with": str(other.uid)}),
    ]
    for tail, told in acts:
        answer = client.post(path(node, tail), told, headers=JSON).json()
        assert answer["event"], tail
    undone = client.post(f"/arbete/utkast/2030/angra/{answer['event']}/", headers=JSON).json()
    assert undone["said"] == "Ångrat."
    node.refresh_from_db()
    assert node.text == "Plantera björk nummer 1 vid torget,"
    step = client.post(path(node, "flytta/"), {"step": "up"})
    assert step.status_code == 302


def test_a_new_node_by_form(client, draft, at):
    area = at(draft, "omrade-1")
    told = {"parent": str(area.uid), "after": str(at(draft, "rikta-1-1").uid), "level": "direction", "text": "Nytt här"}
    made = client.post("/arbete/utkast/2030/ny/", told)
    assert made["Location"].partition("&")[0] == "/arbete/utkast/2030/?nod=omrade/omrade-1/inriktning/nytt-har"
    assert client.post("/arbete/utkast/2030/ny/", {"level": "area", "text": ""}).status_code == 400


def test_comments_and_assignments_by_form(client, draft, at, person):
    from vagvisare.web.revision.models import Assignment, Comment

    node, writer = at(draft, "rikta-1-1"), person("writer", scope="omrade/omrade-1")
    client.post(path(node, "kommentar/"), {"text": "Hej"})
    first = Comment.objects.get()
    client.post(path(node, "kommentar/"), {"text": "Svar", "reply_to": first.pk})
    assert first.replies.get().text == "Svar"
    client.post(f"/arbete/utkast/2030/kommentar/{first.pk}/klar/", {})
    first.refresh_from_db()
    assert first.resolved_at is not None
    client.post(path(node, "ansvarig/"), {"person": writer.pk, "due": "2030-03-01"})
    given = Assignment.objects.get()
    client.post(f"/arbete/utkast/2030/ansvarig/{given.pk}/klar/", {"done": "1"})
    given.refresh_from_db()
    assert given.done_at is not None
    refused = client.post(path(node, "ansvarig/"), {"person": writer.pk, "due": "i vår"}, headers=JSON)
    assert (refused.status_code, "inget datum" in refused.json()["error"]) == (400, True)
    client.post(path(node, "ansvarig/"), {"remove": given.pk})
    assert not Assignment.objects.exists()


def test_presence_and_news_in_one_answer(client, signed_in, draft, at):
    node, other = at(draft, "rikta-1-1"), signed_in("writer")
    other.post("/arbete/utkast/2030/lage/", {"node": str(node.uid), "writing": "1", "version": "1"})
    told = client.post("/arbete/utkast/2030/lage/", {"node": str(node.uid), "writing": "0", "version": "1"}).json()
    assert told["people"] == [{"name": other.person.name, "node": str(node.uid), "writing": True}]
    assert ("text" in told, told["version"], told["sealed"]) == (False, 1, False)
    client.post(path(node, "spara/"), {"text": "Nya ord.", "base": 1, "ticket": "t1"}, headers=JSON)
    news = other.post("/arbete/utkast/2030/lage/", {"node": str(node.uid), "writing": "1", "version": "1"}).json()
    assert (news["version"], news["text"], news["by"]) == (2, "Nya ord.", client.person.name)
    assert news["outline_stamp"] != told["outline_stamp"]
    for nothing in ("", "inte-en-nod", "00000000-0000-0000-0000-000000000000"):
        assert "version" not in client.post("/arbete/utkast/2030/lage/", {"node": nothing}).json()


def test_the_history_shows_every_wording_marked_and_brings_one_back(client, draft, at):
    node = at(draft, "rikta-1-1")
    client.post(path(node, "spara/"), {"text": TEXT.replace("björk", "ek"), "base": 1, "ticket": "t1"}, headers=JSON)
    page = client.get(path(node, "historik/")).content.decode()
    assert "<del>" in page
    assert "Så stod det när utkastet öppnades" in page
    back = client.post(path(node, "tillbaka/"), {"version": 1}, headers=JSON).json()
    assert (back["text"], back["version"]) == (TEXT, 3)
    assert client.post(path(node, "tillbaka/"), {"version": 9}).status_code == 404


def test_text_is_never_markup_in_lists_and_histories(client, draft, at):
    node = at(draft, "rikta-1-1")
    for base, text in ((1, "<script>alert(1)</script> ord"), (2, "<img src=x> ord")):
        client.post(path(node, "spara/"), {"text": text, "base": base, "ticket": f"t{base}"}, headers=JSON)
    page = client.get(path(node, "historik/")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    "address",
    ["nix/", "2030/?nod=finns/inte", "2030/nod/00000000-0000-0000-0000-000000000000/", "2030/krock/99/"],
)
def test_what_is_not_there_is_not_found(client, draft, address):
    assert client.get(f"/arbete/utkast/{address}").status_code == 404


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("angra/999/", {}),
        ("kommentar/999/klar/", {}),
        ("ansvarig/999/klar/", {}),
        ("ny/", {"parent": "skräp", "level": "area", "text": "Ord"}),
    ],
)
def test_what_is_not_there_is_not_done(client, draft, address, told):
    assert client.post(f"/arbete/utkast/2030/{address}", told).status_code == 404


def test_nodes_are_found_in_their_own_draft_only(client, draft, at):
    from vagvisare.web.revision.opening import open_draft

    open_draft(client.person, "2031", "Annat")
    node = at(draft, "rikta-1-1")
    acts = {"spara/": {"text": "x", "base": 1, "ticket": "t"}, "ta-bort/": {}, "kommentar/": {"text": "x"}}
    for tail, told in acts.items():
        assert client.post(f"/arbete/utkast/2031/nod/{node.uid}/{tail}", told, headers=JSON).status_code == 404
    assert client.post(path(node, "okant/"), {}).status_code == 404
    assert client.post(path(node, "sla-ihop/"), {"with": "x"}).status_code == 404


def test_forms_need_their_proof(draft, at, signed_in):
    from django.test import Client

    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    client.force_login(signed_in("strategist").person)
    node = at(draft, "rikta-1-1")
    assert client.post(path(node, "spara/"), {"text": "x", "base": 1, "ticket": "t"}).status_code == 403
    assert node.wordings.count() == 1


def test_only_posts_change(client, draft, at):
    node = at(draft, "rikta-1-1")
    for tail in ("spara/", "uppgifter/", "tillbaka/", "kommentar/", "ansvarig/", "flytta/"):
        assert client.get(path(node, tail)).status_code == 405


def test_what_was_not_chosen_in_a_clash_is_reached_from_the_history(client, draft, at):
    node = at(draft, "rikta-1-1")
    theirs, mine = TEXT.replace("björk", "ek"), TEXT.replace("björk", "tall")
    client.post(path(node, "spara/"), {"text": theirs, "base": 1, "ticket": "t1"}, headers=JSON)
    number = client.post(path(node, "spara/"), {"text": mine, "base": 1, "ticket": "t2"}, headers=JSON).json()["clash"]
    address = f"/arbete/utkast/2030/krock/{number}/"
    client.post(address, {"text": theirs, "base": 2}, headers=JSON)
    assert f'href="{address}"' in client.get(path(node, "historik/")).content.decode()
    assert "tall" in client.get(address).content.decode()
