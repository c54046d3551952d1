from dataclasses import replace

import pytest

from vagvisare.editions.document import Edition, Lineage, Link, Node, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken_in(person, bundled):
    from vagvisare.web.strategy import actions

    who = person("strategist")
    actions.take_in(who, bundled)
    return who


@pytest.mark.parametrize("key", ["2021-remiss", "2018"])
def test_the_bundled_edition_goes_into_a_draft_and_comes_out_equal(taken_in, bundled, key):
    from vagvisare.web.revision.opening import open_draft
    from vagvisare.web.revision.snapshot import edition_of

    edition = next(each for each in bundled.strategy.editions if each.key == key)
    out = edition_of(open_draft(taken_in, "2099", "Nästa", key), key=key)
    assert out.nodes == edition.nodes
    assert [replace(link, edition="") for link in bundled.strategy.links_of(edition)] == list(out.links)
    assert (out.follows, out.status, out.title, out.lineage, out.changes) == (key, "draft", "Nästa", (), ())
    # What was said of the earlier edition as a text, or decided about it, is not said of the next.
    assert (out.note, out.note_en, out.english, out.adopted, out.dated, out.partial) == ("", "", "", None, None, False)
    assert out.source == Source("2099")


def test_the_head_of_an_edition_without_decisions_of_its_own_is_taken_over_whole(sealed, person):
    from vagvisare.web.revision.opening import open_draft
    from vagvisare.web.revision.snapshot import edition_of

    source = Source("pahittat.txt", 3)
    nodes = (Node("a", "area", "Ett", source), Node("b", "area", "Två", source), Node("c", "area", "Tre", source, "b"))
    links = (
        Link("contributes_to", "a", "b", "för att", source, english="because"),
        Link("contributes_to", "b", "a", "inte alls", source, denied=True),
    )
    edition = Edition("2020", "Titel", "adopted", None, source, partial=False, nodes=nodes, links=links)
    sealed(edition)
    draft = open_draft(person(), "2021", "Titel", "2020")
    assert edition_of(draft, key="2020") == replace(edition, status="draft", source=Source("2021"), follows="2020")
    assert sorted(draft.cells.values_list("origin", "answer")) == [("a", "yes"), ("b", "no")]


def test_what_a_draft_becomes_can_be_sealed_and_read_back(opened):
    from vagvisare.strategy_folder.plain import edition_bytes, edition_of
    from vagvisare.web.revision import snapshot

    edition = snapshot.edition_of(opened())
    assert edition_of(edition_bytes(edition).decode()) == edition


def test_an_empty_draft_has_a_title_and_nothing_else(person):
    from vagvisare.web.revision.opening import open_draft
    from vagvisare.web.revision.snapshot import edition_of

    made = edition_of(open_draft(person(), "2031", "  Från   början ", ""))
    assert (made.key, made.title, made.nodes, made.follows) == ("2031", "Från början", (), "")


@pytest.mark.parametrize(
    ("key", "title", "origin", "said"),
    [
        ("Två ord", "Titel", "", "kan inte vara en utgåvas nyckel"),
        ("../2030", "Titel", "", "kan inte vara en utgåvas nyckel"),
        ("2031", " ", "", "saknar titel"),
        ("2030", "Titel", "", "redan tagen"),
        ("2020-pahittad", "Titel", "", "redan tagen"),
        ("2031", "Titel", "1999", "ingen förseglad utgåva 1999"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_a_sentence(opened, person, key, title, origin, said):
    from vagvisare.web.revision.models import Draft
    from vagvisare.web.revision.opening import OpeningError, open_draft

    opened()
    with pytest.raises(OpeningError, match=said):
        open_draft(person(), key, title, origin)
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("role", ["writer", "analyst", "process_leader", "partner", "registrar", "reader"])
def test_only_strategists_open_drafts(person, role):
    from vagvisare.web.access.verbs import RefusedError
    from vagvisare.web.revision.opening import open_draft

    with pytest.raises(RefusedError):
        open_draft(person(role), "2031", "Titel")


def test_four_hundred_nodes_are_opened_and_read_with_few_questions(sealed, person, django_assert_max_num_queries):
    from vagvisare.web.revision.models import Draft
    from vagvisare.web.revision.opening import keep_links, keep_nodes
    from vagvisare.web.revision.snapshot import edition_of

    edition = made_up_large()
    draft = Draft.objects.create(key="2031", title="T", opened_by="x", head={"title": "T", "status": "draft",
                                 "source": "x", "partial": False})  # fmt: skip
    # One insert for each level of the tree and one for the wordings; SQLite takes some seventy rows at a time.
    with django_assert_max_num_queries(12):
        keep_nodes(draft, edition, "x")
        keep_links(draft, edition.links, "x")
    with django_assert_max_num_queries(6):
        assert edition_of(draft, key=edition.key).nodes == edition.nodes


def made_up_large():
    source = Source("pahittat.txt", 1)
    nodes = []
    for area in range(20):
        nodes.append(Node(f"omrade/{area}", "area", f"Område {area}", source))
        for state in range(4):
            nodes.append(Node(f"omrade/{area}/lage/{state}", "desired_state", "Läge", source, f"omrade/{area}"))
            nodes += [
                Node(f"omrade/{area}/lage/{state}/{n}", "direction", "Rikta", source, f"omrade/{area}/lage/{state}")
                for n in range(4)
            ]
    return Edition("stor", "Stor", "adopted", None, source, partial=False, nodes=tuple(nodes))


def test_links_to_what_is_removed_and_lineage_of_it_are_left_out(opened, at, person):
    from vagvisare.web.revision.models import Cell, Descent
    from vagvisare.web.revision.snapshot import edition_of
    from vagvisare.web.revision.writing import shaping

    draft, who = opened(), person()
    one, two = at(draft, "rikta-1-1"), at(draft, "rikta-1-2")
    for node in (one, two):
        Cell.objects.create(draft=draft, kind="contributes_to", origin=node.address, target="effektmal/fler-traed",
                            answer="yes")  # fmt: skip
        Descent.objects.create(draft=draft, kind="split", before=one.address, after=node.address)
    kept = {Lineage("split", one.address, one.address), Lineage("split", one.address, two.address)}
    assert set(edition_of(draft).lineage) == kept
    shaping.remove(who, two)
    edition = edition_of(draft)
    assert [link.origin for link in edition.links] == [one.address]
    assert edition.lineage == ()
    assert two.address not in edition.by_address


def test_a_new_wording_has_its_source_in_the_new_edition_and_an_untouched_one_keeps_its_own(opened, at, person):
    from vagvisare.web.revision.snapshot import edition_of
    from vagvisare.web.revision.writing.wordings import back_to, save_wording

    draft, who = opened(), person()
    node = at(draft, "rikta-1-1")
    save_wording(who, node, "Helt andra ord.", 1, "t1")
    edition = edition_of(draft, key="2030-beslut")
    assert edition.by_address[node.address].source == Source("2030-beslut")
    assert edition.by_address[at(draft, "rikta-1-2").address].source == Source("pahittat.txt", 1)
    back_to(who, node, 1)
    assert edition_of(draft).by_address[node.address].source == Source("pahittat.txt", 1)


def test_a_draft_can_be_given_another_title_until_it_is_sealed(opened, person, signed_in):
    from vagvisare.web.access.verbs import RefusedError
    from vagvisare.web.audit.models import Event
    from vagvisare.web.revision.opening import OpeningError, retitle
    from vagvisare.web.revision.snapshot import edition_of
    from vagvisare.web.revision.writing.tree import SealedDraftError

    draft, who, events = opened(), person(), Event.objects.count()
    draft = retitle(who, draft, " Strategi  2030,\nremiss ", "Strategy 2030")
    edition = edition_of(draft)
    assert (draft.title, edition.title, edition.english) == ("Strategi 2030, remiss", draft.title, "Strategy 2030")
    retitle(who, draft, draft.title, "Strategy 2030")
    assert Event.objects.count() == events + 1
    with pytest.raises(OpeningError, match="saknar titel"):
        retitle(who, draft, " ")
    with pytest.raises(RefusedError):
        retitle(person("writer"), draft, "Min titel")
    told = {"title": "Ny titel", "english": ""}
    assert signed_in("strategist").post("/arbete/utkast/2030/titel/", told).status_code == 302
    assert "Ny titel" in signed_in("reader").get("/arbete/utkast/").content.decode()
    draft.sealed_as = "2030"
    draft.save()
    with pytest.raises(SealedDraftError):
        retitle(who, draft, "För sent")
