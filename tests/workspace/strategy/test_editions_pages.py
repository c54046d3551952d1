from pathlib import Path

import pytest

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parents[3] / "strategies" / "orebro"
KEY = "2021-remiss"
SLIP = "omrade/upplevelser-och-evenemang"


@pytest.fixture
def taken_in(person, region):
    from vagvisare.web.strategy import actions

    _, folder = region
    actions.take_in(person("strategist", name="Strateg"), folder)
    return folder


def test_an_empty_workspace_teaches(signed_in):
    shown = signed_in("reader").get("/arbete/utgavor/").content.decode()
    assert "Här finns ingen utgåva än." in shown


def test_the_editions_are_listed_and_read(signed_in, taken_in):
    client = signed_in("reader")
    listed = client.get("/arbete/utgavor/").content.decode()
    assert all(edition.title in listed for edition in taken_in.strategy.editions)
    shown = client.get(f"/arbete/utgavor/{KEY}/").content.decode()
    assert "stämmer" in shown
    assert "Stark konkurrenskraft" in shown


def test_the_file_comes_byte_for_byte(signed_in, taken_in):
    sent = signed_in("reader").get(f"/arbete/utgavor/{KEY}/utgava.md").content
    assert sent == (FOLDER / "editions" / f"{KEY}.md").read_bytes()


def test_an_unknown_edition_is_said_to_be(signed_in, taken_in):
    answer = signed_in("reader").get("/arbete/utgavor/2099/")
    assert answer.status_code == 404
    assert "Det finns ingen förseglad utgåva 2099." in answer.content.decode()


def test_an_erratum_stands_beside_and_changes_nothing(signed_in, taken_in):
    from vagvisare.web.strategy.models import SealedEdition

    node = next(node for node in taken_in.strategy.edition.nodes if "ökar stärker" in node.text)
    before = SealedEdition.objects.get(key=KEY).text
    client = signed_in("registrar")
    told = {"address": node.address, "was": "ökar stärker", "now": "stärker", "reason": "ett verb för mycket"}
    assert client.post(f"/arbete/utgavor/{KEY}/erratum/", told).status_code == 302
    assert SealedEdition.objects.get(key=KEY).text == before
    assert "ett verb för mycket" in client.get(f"/arbete/utgavor/{KEY}/").content.decode()


@pytest.mark.parametrize("wrong", [{"was": "står inte där"}, {"address": "finns/inte"}, {"reason": ""}])
def test_an_erratum_must_be_about_something(signed_in, taken_in, wrong):
    from vagvisare.web.registers.models import Entry

    node = next(node for node in taken_in.strategy.edition.nodes if "ökar stärker" in node.text)
    told = {"address": node.address, "was": "ökar stärker", "now": "stärker", "reason": "skäl"} | wrong
    answer = signed_in("registrar").post(f"/arbete/utgavor/{KEY}/erratum/", told)
    assert answer.status_code == 400
    assert "Ingen rättelse är utfärdad." in answer.content.decode()
    assert not Entry.objects.filter(register="errata").exists()


def test_the_list_asks_the_database_as_often_whatever_its_length(signed_in, taken_in, django_assert_num_queries):
    from vagvisare.web.strategy.models import SealedEdition

    client = signed_in("reader")
    client.get("/arbete/utgavor/")
    with django_assert_num_queries(5):
        client.get("/arbete/utgavor/")
    row = SealedEdition.objects.get(key=KEY)
    for number in range(50):
        SealedEdition.objects.create(
            key=f"k{number}", position=number + 9, title="Påhittad", text=row.text, sha256=row.sha256,
            sealed_at=row.sealed_at, sealed_by="ingen",
        )  # fmt: skip
    with django_assert_num_queries(5):
        client.get("/arbete/utgavor/")


def test_a_tampered_text_is_said_to_be(signed_in, taken_in, monkeypatch):
    from vagvisare.web.strategy import actions

    monkeypatch.setattr(actions, "unbroken", lambda _: False)
    assert "stämmer inte" in signed_in("reader").get(f"/arbete/utgavor/{KEY}/").content.decode()
