"""What the page one writes on asks the server: how a text reads, whose words were met, and who is writing."""

import json
import uuid

import pytest

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def node(person):
    """Return a node of a small made-up draft."""
    from vagvisare.web.revision.models import Draft, DraftNode, Wording

    draft = Draft.objects.create(key="2030", title="Påhittat utkast", opened_by="prov")
    made = DraftNode.objects.create(
        draft=draft, address="omrade/trad", level="area", text="Länet planterar björk vid varje torg hela sommaren."
    )
    Wording.objects.create(node=made, version=1, text=made.text, by="prov", ticket="första")
    return made


def save(client, node, text, base=1, **more):
    told = {"text": text, "base": base, "ticket": uuid.uuid4().hex, **more}
    return client.post(f"/arbete/utkast/2030/nod/{node.uid}/spara/", told, headers=JSON)


def test_a_text_is_shown_as_read_with_readability_and_remarks(signed_in, node):
    text = "Vi ökar stärker **samverkan** i länet. " * 5
    answer = signed_in("writer").post("/arbete/utkast/2030/forhandsvisa/", {"text": text}, headers=JSON).json()
    assert "<strong>samverkan</strong>" in answer["html"]
    assert answer["words"] == 30
    assert answer["lix"].startswith("LIX ")
    first = answer["remarks"][0]
    assert text[first["start"] : first["end"]] == first["quote"] == "ökar stärker"


def test_a_short_text_is_not_measured_and_an_empty_one_has_nothing(signed_in, node):
    client = signed_in("writer")
    assert client.post("/arbete/utkast/2030/forhandsvisa/", {"text": "Mål"}, headers=JSON).json()["lix"] == ""
    empty = client.post("/arbete/utkast/2030/forhandsvisa/", {}, headers=JSON).json()
    assert (empty["html"], empty["words"], empty["remarks"]) == ("", 0, [])


def test_what_could_do_harm_is_not_in_the_preview(signed_in, node):
    text = "<script>alert(1)</script> [x](javascript:alert(1)) ![y](https://exempel.se/y.png)"
    html = signed_in("writer").post("/arbete/utkast/2030/forhandsvisa/", {"text": text}, headers=JSON).json()["html"]
    assert "<script" not in html
    assert "<img" not in html
    assert "href" not in html


def test_a_merged_save_tells_whose_words_it_met(signed_in, person, node):
    anna, bo, disa = (person("strategist", name=name) for name in ("Anna Påhittad", "Bo Uppdiktad", "Disa Skribent"))
    save(signed_in(anna), node, node.text.replace("björk", "hägg"))
    save(signed_in(bo), node, node.text.replace("björk", "hägg").replace("Länet", "Kommunerna"), base=2)
    answer = save(signed_in(disa), node, node.text.replace("sommaren", "hösten")).json()
    assert answer["state"] == "merged"
    assert answer["by"] == "Anna Påhittad och Bo Uppdiktad"
    assert save(signed_in(disa), node, answer["text"] + " Ja.", base=answer["version"]).json()["by"] == ""


def test_words_are_not_kept_in_the_name_of_another_who_has_signed_in_since(signed_in, person, node):
    anna, bo = person("strategist"), person("strategist")
    answer = save(signed_in(bo), node, "Annas ord", person=str(anna.pk))
    assert answer.status_code == 400
    assert "Någon annan har loggat in" in answer.json()["error"]
    node.refresh_from_db()
    assert node.version == 1
    assert save(signed_in(bo), node, "Bos ord", person=str(bo.pk)).json()["state"] == "saved"


def test_the_remarks_are_in_the_readers_language(signed_in, node):
    client = signed_in("writer")
    client.cookies["sprak"] = "en"
    answer = client.post("/arbete/utkast/2030/forhandsvisa/", {"text": "Vi ökar stärker samverkan."}, headers=JSON)
    assert "Two verbs" in json.dumps(answer.json()["remarks"])
