"""Pages of the editions: every text at its own address, what changed as computed, what became of what is gone."""

import hashlib
import html as escapes
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from vagvisare import flow
from vagvisare.editions.document import Adoption, Edition, Lineage, Node, Source, StatedChange
from vagvisare.editions.registers import Erratum
from vagvisare.publications import html
from vagvisare.publications.pages.editions import in_time
from vagvisare.strategy_folder.plain import edition_bytes, edition_of

ROOT = Path(__file__).parents[2]
S = Source("påhittat.txt")
OLD = "omrade/transporter"


def words(site, path):
    text = re.sub(r"<(script|style).*?</\1>", " ", site.render(path).body.decode(), flags=re.DOTALL)
    return " ".join(escapes.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def node(address, text, parent="", level="direction"):
    return Node(address, level, text, S, parent=parent)


FIRST = Edition(
    "2030-a", "Första påhittade utgåvan", "antagen", date(2030, 1, 1), S, partial=False,
    nodes=(
        node("omrade/resor", "Resor", level="area"),
        node("omrade/resor/inriktning/tag", "Fler tåg i hela länet.", "omrade/resor"),
        node("omrade/resor/inriktning/bat", "Fler båtar.", "omrade/resor"),
        node("omrade/resor/inriktning/allt", "Bättre bussar och bättre cykelvägar.", "omrade/resor"),
    ),
)  # fmt: skip
SECOND = replace(
    FIRST, key="2031-b", title="Andra påhittade utgåvan", follows="2030-a",
    adopted=Adoption("Regionfullmäktige", date(2031, 4, 28), "§ 12"), valid_from=date(2031, 5, 1),
    nodes=(
        node("omrade/resor", "Resor", level="area"),
        node("omrade/resor/inriktning/tag", "Fler hållbara tåg i hela länet.", "omrade/resor"),
        node("omrade/resor/inriktning/buss", "Bättre bussar.", "omrade/resor"),
        node("omrade/resor/inriktning/cykel", "Bättre cykelvägar.", "omrade/resor"),
    ),
    lineage=(
        Lineage("split", "omrade/resor/inriktning/allt", "omrade/resor/inriktning/buss"),
        Lineage("split", "omrade/resor/inriktning/allt", "omrade/resor/inriktning/cykel"),
    ),
    changes=(
        StatedChange("omrade/resor", "Tågen ska vara hållbara.", S, nodes=("omrade/resor/inriktning/tag",),
                     reasons=("evidence:grona-given",), why="Klimatet kräver det."),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def material():
    return flow.material(flow.read_folder(ROOT / "strategies" / "orebro"), history=False)


@pytest.fixture(scope="module")
def orebro(material):
    return html.Site(material)


@pytest.fixture(scope="module")
def made_up(material):
    strategy = material.outcome.strategy
    erratum = Erratum("r1", "2031-b", "omrade/resor/inriktning/buss", "bussar", "bussar och spårvagnar",
                      date(2031, 6, 1), "föll bort", "En Påhittad")  # fmt: skip
    editions = (*strategy.editions, FIRST, SECOND)
    changed = replace(
        strategy, editions=editions, current="2031-b", register=replace(strategy.register, errata=(erratum,))
    )
    outcome = replace(material.outcome, strategy=changed)
    return html.Site(replace(material, outcome=outcome, editions={e.key: edition_bytes(e) for e in editions}))


def test_every_edition_has_its_text_and_its_file(orebro):
    for edition in orebro.digest.outcome.strategy.editions:
        page = words(orebro, f"/utgavor/{edition.key}/")
        assert all(" ".join(each.text.split()) in page for each in edition.nodes)
        raw = orebro.render(f"/utgavor/{edition.key}/utgava.md")
        assert raw.content_type.startswith("text/markdown")
        assert edition_of(raw.body.decode()) == edition
        assert hashlib.sha256(raw.body).hexdigest() in page


def test_markdown_is_read_as_it_was_written_and_does_no_harm(material):
    text = (
        "Fler **tåg** i länet,\noch då:\n\n- oftare\n- längre\n\n| Tåg | År |\n|---|---|\n| Fler | 2030 |\n\n<b>x</b>"
    )
    written = replace(FIRST, nodes=(*FIRST.nodes, node("omrade/resor/inriktning/punkter", text, "omrade/resor")))
    outcome = replace(
        material.outcome,
        strategy=replace(material.outcome.strategy, editions=(*material.outcome.strategy.editions, written)),
    )
    page = html.Site(replace(material, outcome=outcome)).render("/utgavor/2030-a/").body.decode()
    for drawn in ("Fler <strong>tåg</strong> i länet,\noch då:", "<li>oftare</li>", "<td>2030</td>", "&lt;b&gt;x&lt;"):
        assert drawn in page
    assert "**" not in page


def test_a_partial_edition_makes_nothing_new(orebro):
    page = words(orebro, "/utgavor/2021-remiss/andringar/")
    assert "att något saknas i den visar inte att det är nytt" in page
    assert "2 av dem är ändrade" in page
    assert page.count("går inte att pröva") > page.count("✓ stämmer") > 0


def test_changes_stand_with_their_words_and_reasons(made_up):
    page = words(made_up, "/utgavor/2031-b/andringar/")
    assert "tillagt: hållbara" in page
    assert "Klimatet kräver det. · Den gröna given" in page
    assert "Inget skäl är angivet." in page
    assert "delad" in page
    assert "borttagen" in page


def test_what_is_gone_keeps_its_address_and_says_what_it_became(made_up):
    split = words(made_up, "/omrade/resor/inriktning/allt/")
    assert "Bättre bussar och bättre cykelvägar." in split
    assert "Vad det blev Bättre bussar. Bättre cykelvägar." in split
    assert "Det togs bort." in words(made_up, "/omrade/resor/inriktning/bat/")


def test_every_address_there_has_ever_been_still_answers(made_up):
    strategy = made_up.digest.outcome.strategy
    paths = set(made_up.paths())
    assert all(f"/{each.address}/" in paths for edition in strategy.editions for each in edition.nodes)


def test_an_erratum_stands_beside_the_sealed_words(made_up):
    page = words(made_up, "/utgavor/2031-b/")
    assert "Bättre bussar." in page
    assert "1 juni 2031: ”bussar” ska vara ”bussar och spårvagnar”." in page
    assert "Regionfullmäktige 28 april 2031, § 12" in page


def test_a_page_of_a_changed_node_leads_to_the_change(made_up):
    page = made_up.render("/omrade/resor/inriktning/tag/").body.decode()
    assert "andringar/#omrade/resor/inriktning/tag" in page
    assert "Ändrad sedan utgåvan före" not in words(made_up, "/omrade/resor/")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/utgavor/2018/", "Ställning ersatt"),
        ("/utgavor/2021-remiss/", "Ställning remissversion"),
        ("/en/utgavor/2018/", "Status superseded"),
        ("/en/utgavor/2021-remiss/", "Status consultation version"),
    ],
)
def test_how_an_edition_stands_is_said_in_words(orebro, path, said):
    assert said in words(orebro, path)


def test_a_status_of_the_folders_own_stands_as_it_is_written_and_in_english_as_swedish(made_up):
    assert "Ställning antagen" in words(made_up, "/utgavor/2031-b/")
    assert '<dd lang="sv">antagen</dd>' in made_up.render("/en/utgavor/2031-b/").body.decode()
    assert "Status adopted" not in words(made_up, "/en/utgavor/2031-b/")


def of(key, **more):
    return Edition(key, f"Påhittad {key}", "remiss", more.pop("dated", None), S, partial=False, nodes=(), **more)


@pytest.mark.parametrize(
    ("editions", "newest_first"),
    [
        # By day, whatever the keys are; a decision's day where the edition bears none of its own.
        ([of("a", dated=date(2031, 1, 1)), of("b", dated=date(2030, 1, 1))], "a b"),
        ([of("a", adopted=Adoption("R", date(2031, 1, 1), "§ 1")), of("b", dated=date(2030, 1, 1))], "a b"),
        # Undated: after the one it follows, and before what comes later.
        ([of("a", follows="b"), of("b", dated=date(2030, 1, 1)), of("c", dated=date(2031, 1, 1))], "c a b"),
        ([of("a", dated=date(2030, 1, 1), follows="b"), of("b", dated=date(2030, 1, 1))], "a b"),
        ([of("a"), of("b")], "b a"),
        # A ring is a fault of the folder; the page is drawn all the same.
        ([of("a", follows="b"), of("b", follows="a")], "b a"),
    ],
)
def test_the_list_of_editions_is_by_time(material, editions, newest_first):
    strategy = replace(material.outcome.strategy, editions=tuple(editions))
    assert " ".join(each.key for each in reversed(in_time(strategy))) == newest_first


def test_the_newest_edition_stands_first_in_the_list(made_up):
    page = made_up.render("/utgavor/").body.decode()
    assert re.findall(r'<h2 id="u-\d+"><a href="(?:[^"]*/)?([^/"]+)/"', page) == [
        "2031-b",
        "2030-a",
        "2021-remiss",
        "2018",
    ]


def test_a_computed_line_names_its_parts_by_their_first_words(material):
    long = "Fler hållbara tåg till alla kommuner i hela länet, eftermiddagar, kvällar och helger, året om."
    text = tuple(replace(each, text=long) if each.address.endswith("/tag") else each for each in SECOND.nodes)
    strategy = replace(material.outcome.strategy, editions=(FIRST, replace(SECOND, nodes=text)), current="2031-b")
    site = html.Site(replace(material, outcome=replace(material.outcome, strategy=strategy), editions={}))
    page = site.render("/utgavor/2031-b/andringar/").body.decode()
    short = re.findall(r'<a href="#omrade/resor/inriktning/tag">(.*?)</a>', page)
    assert set(short) == {"Fler hållbara tåg till alla kommuner i hela länet …"}
    assert f"<h3>{long}</h3>" in page
    assert '<a href="#omrade/resor/inriktning/buss">Bättre bussar.</a>' in page


def test_the_english_pages_are_whole(made_up):
    page = words(made_up, "/en/utgavor/2031-b/andringar/")
    assert "What changed" in page
    assert "added: hållbara" in page
    assert "reworded" in page
