"""An edition that is sealed and does not stand in the strategy folder is said to, with what writes it there."""

import shutil
from dataclasses import replace

import pytest

from vagvisare import strategy_folder
from vagvisare.web.strategy import opened
from vagvisare.web.strategy.unwritten import unwritten

pytestmark = pytest.mark.django_db


@pytest.fixture
def served(region, tmp_path, person):
    """The region's folder, taken in and served; renewed as a server renews it."""
    from vagvisare.web.strategy import actions

    place = shutil.copytree(region[0], tmp_path / "orebro")

    def renew():
        opened.put(place, strategy_folder.read(place), renew)

    opened.put(place, region[1], renew)
    actions.take_in(person("strategist"), region[1])
    yield place
    opened._open.clear()


def seal(text="En påhittad vision."):
    """Keep one more edition as sealed, as when the power went before the folder was written."""
    from vagvisare.web.accounts.models import Person
    from vagvisare.web.strategy import actions, snapshot

    edition = snapshot.edition("2021-remiss")
    vision = replace(edition.by_address["vision"], text=text)
    nodes = tuple(vision if node.address == "vision" else node for node in edition.nodes)
    return actions.keep(Person.objects.first(), replace(edition, key="2030-prov", nodes=nodes), why="prov")


def test_what_is_sealed_and_not_in_the_folder_is_named(served):
    assert unwritten() == ()
    row = seal()
    assert unwritten() == (row,)


def test_an_edition_with_another_text_in_the_folder_is_named_too(served):
    before = opened.opened()
    strategy = before.folder.strategy
    first, *rest = strategy.editions
    changed = replace(first, title="En annan titel")
    opened.put(before.path, replace(before.folder, strategy=replace(strategy, editions=(changed, *rest))), before.renew)
    assert [row.key for row in unwritten()] == [first.key]


def test_without_a_folder_there_is_nothing_to_say(served):
    seal()
    opened._open.clear()
    assert unwritten() == ()


def test_the_desk_has_the_button_that_writes_it_there(served, signed_in):
    seal()
    client = signed_in("strategist")
    page = client.get("/arbete/").content.decode()
    assert "Förseglat, inte i strategimappen" in page
    assert "2030-prov" in page
    where = page.split('id="oskrivet"')[1].split('action="')[1].split('"')[0]
    assert client.post(where).status_code == 302
    assert (served / "editions" / "2030-prov.md").is_file()
    page = client.get("/arbete/").content.decode()
    assert "Förseglat, inte" not in page
    assert unwritten() == ()


@pytest.mark.parametrize(("role", "told"), [("administrator", True), ("writer", False), ("registrar", False)])
def test_it_is_said_to_who_may_write_the_folder(served, signed_in, role, told):
    seal()
    assert ("Förseglat, inte" in signed_in(role).get("/arbete/").content.decode()) is told


def test_the_terminal_says_so_when_the_site_is_opened(served, monkeypatch):
    from vagvisare.web import doors

    monkeypatch.setattr(doors, "_shut", [])
    assert "Förseglat" not in doors.told(served)
    seal()
    said = doors.told(served)
    assert "Förseglat men inte i strategimappen: 2030-prov." in said
    assert "Sealed but not in the strategy folder: 2030-prov." in said


def test_records_that_do_not_answer_are_no_reason_not_to_open(served, monkeypatch):
    from django.db import OperationalError

    from vagvisare.web import doors
    from vagvisare.web.strategy import unwritten as room

    def away():
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(doors, "_shut", [])
    monkeypatch.setattr(room, "unwritten", away)
    assert doors.told(served).startswith("Arbetsytan")


def test_the_folder_is_weighed_once_for_each_reading_of_it(served, monkeypatch, django_assert_num_queries):
    from vagvisare.web.strategy import unwritten as room

    unwritten()
    monkeypatch.setattr(room, "edition_digest", lambda _: pytest.fail("weighed again"))
    with django_assert_num_queries(1):
        unwritten()
    monkeypatch.undo()
    opened.renew()
    seal()
    assert [row.key for row in unwritten()] == ["2030-prov"]
