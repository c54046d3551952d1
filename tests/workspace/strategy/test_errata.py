"""An erratum: beside what is sealed, with the words as they stand, and read where the edition is read."""

import shutil

import pytest

from vagvisare import strategy_folder

pytestmark = pytest.mark.django_db
KEY = "2021-remiss"


@pytest.fixture
def place(tmp_path, region, person):
    from vagvisare.web.strategy import actions, opened

    known, folder = region
    copy = shutil.copytree(known, tmp_path / "orebro")
    actions.take_in(person(), folder)
    opened.put(copy, folder, lambda: None)
    yield copy
    opened._open.clear()


@pytest.fixture
def slip(region):
    return next(node for node in region[1].strategy.edition.nodes if "ökar stärker" in node.text)


def told(slip, **more):
    return {"address": slip.address, "was": "ökar stärker", "now": "stärker", "reason": "ett verb för mycket"} | more


def test_an_erratum_is_read_where_the_public_reads_the_edition(place, slip, signed_in):
    client = signed_in("registrar")
    before = (place / "evidence.toml").read_bytes()
    assert client.post(f"/arbete/utgavor/{KEY}/erratum/", told(slip)).status_code == 302
    written = strategy_folder.read(place).strategy.register.errata
    assert [(each.edition, each.was, each.now) for each in written] == [(KEY, "ökar stärker", "stärker")]
    assert (place / "evidence.toml").read_bytes() == before


def test_a_folder_that_cannot_be_written_does_not_undo_an_erratum(place, slip, signed_in, monkeypatch):
    from vagvisare.terms.errors import OutputError
    from vagvisare.web.registers.models import Entry
    from vagvisare.web.strategy import errata

    def refuse(*_):
        raise OutputError("Disken är full.")

    monkeypatch.setattr(errata, "write", refuse)
    client = signed_in("registrar")
    shown = client.post(f"/arbete/utgavor/{KEY}/erratum/", told(slip), follow=True).content.decode()
    assert "Disken är full." in shown
    assert Entry.objects.filter(register="errata").count() == 1


def test_errata_that_came_with_the_folder_are_not_in_the_way(place, slip, signed_in):
    from vagvisare.web.registers.models import Entry

    client = signed_in("registrar")
    client.post(f"/arbete/utgavor/{KEY}/erratum/", told(slip))
    first = Entry.objects.get(register="errata")
    # As when the folder brings an erratum numbered ahead: two files, written on two machines.
    Entry.objects.filter(pk=first.pk).update(key=f"{KEY}-2", content=first.content | {"key": f"{KEY}-2"})
    assert client.post(f"/arbete/utgavor/{KEY}/erratum/", told(slip, now="ökar")).status_code == 302
    assert Entry.objects.filter(register="errata").count() == 2


def test_words_copied_from_the_page_are_found_though_lines_break_elsewhere(place, region, signed_in):
    from vagvisare.web.registers.models import Entry

    node = next(each for each in region[1].strategy.edition.nodes if " " in each.text)
    first, second = node.text.split()[:2]
    answer = signed_in("registrar").post(
        f"/arbete/utgavor/{KEY}/erratum/", told(node, was=f"{first}   {second}", now="påhittat")
    )
    assert answer.status_code == 302
    assert Entry.objects.get(register="errata").content["was"] == f"{first} {second}"


def test_an_erratum_sent_twice_is_issued_once(place, slip, signed_in):
    from vagvisare.web.registers.models import Entry

    client = signed_in("registrar")
    for _ in range(2):
        shown = client.post(f"/arbete/utgavor/{KEY}/erratum/", told(slip), follow=True).content.decode()
        assert "Rättelsen är utfärdad." in shown
    assert Entry.objects.filter(register="errata").count() == 1
    client.post(f"/arbete/utgavor/{KEY}/erratum/", told(slip, reason="ett annat skäl"))
    assert Entry.objects.filter(register="errata").count() == 2
