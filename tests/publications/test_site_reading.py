"""What a councillor reads: documents by name, then beside now, sums that nobody ranks, measures that disagree.

The first part renders the synthetic outcome with one thing changed; the second the bundled strategy.
"""

import re
import runpy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from vagvisare import flow
from vagvisare.assessment.definition import Sibling
from vagvisare.assessment.judgement import Verdict
from vagvisare.editions.registers import Document
from vagvisare.publications import html
from vagvisare.terms.language import Text

ROOT = Path(__file__).parents[2]
MADE_UP = runpy.run_path(str(ROOT / "tests" / "web" / "synthetic.py"))
MATERIAL = MADE_UP["material"]()
PAPER = Document("synthetic.txt", "Påhittat dokument", "Invented document", date(2021, 6, 9))


def site(**outcome):
    return html.Site(replace(MATERIAL, outcome=replace(MATERIAL.outcome, **outcome)))


def markup(page, of):
    return of.render(page).body.decode()


def words(page, of):
    """The text of a page as a reader meets it."""
    text = re.sub(r"<(style|script|title|desc)\b.*?</\1>|<[^>]+>", " ", markup(page, of), flags=re.DOTALL)
    return re.sub(r"[ \n]+", " ", text).replace("&#34;", '"').replace("&#39;", "'")


@pytest.fixture(scope="module")
def named():
    return site(strategy=replace(MATERIAL.outcome.strategy, documents=(PAPER,)))


def test_documents_are_called_by_title_and_day_and_the_file_stands_in_the_list(named):
    page = markup("/effektmal/provmal/", named)
    assert '<cite title="synthetic.txt:1-2">”Påhittat dokument”, 9 juni 2021, rad 1–2</cite>' in page
    english = markup("/en/effektmal/provmal/", named)
    assert "“Invented document”, 9 June 2021, lines 1–2</cite>" in english
    about = words("/om-uppgifterna/", named)
    assert "”Påhittat dokument” , 9 juni 2021 Fil: synthetic.txt" in about


def test_targets_and_computations_name_the_document_too(named):
    page = words("/indikator/emissions/", named)
    assert "synthetic.txt" not in page
    assert re.search(r"\( ?”Påhittat dokument”, 9 juni 2021, rad \d", page)


def test_a_document_nobody_lists_keeps_its_name_and_is_swedish_on_english_pages():
    page = markup("/en/effektmal/provmal/", site())
    assert '<cite title="synthetic.txt:1-2" lang="sv">synthetic.txt, lines 1–2</cite>' in page


def test_the_replay_names_its_document_once_and_then_only_lines(named):
    page = words("/uppfoljning/2022/", named)
    assert page.count("”Påhittat dokument”, 9 juni 2021") == 1
    assert "Rad 1–2" in page


def test_each_statement_has_then_now_and_why_in_that_order(named):
    for path, labels in {
        "/uppfoljning/2022/": ("Vad som sades", "Höll meningen då?", "Skulle meningen hålla i dag?", "Varför"),
        "/en/uppfoljning/2022/": ("What was said", "Did it hold then?", "Would it hold today?", "Why"),
    }.items():
        page = words(path, named)
        statements = len(MATERIAL.outcome.replay)
        assert [page.count(label) for label in labels[:3]] == [statements] * 3
        first = [page.index(label) for label in labels]
        assert first == sorted(first)
        assert ("det säger inte att någon hade fel" in page) or ("does not say that anyone was wrong" in page)


def test_the_headline_counts_what_held_then_and_the_table_counts_both(named):
    page = markup("/uppfoljning/2022/", named)
    heading = re.search(r'<h1 class="sentence">(.*?)</h1>', page)[1]
    assert "prövade mot det som var känt den 17 juni 2022" in heading
    rows = re.findall(r'<th scope="row"><span class="replay-verdict (\S+)">.*?<span class="count">(\d+)</span>', page)
    then = [item.then.verdict.name.lower().replace("_", "-") for item in MATERIAL.outcome.replay]
    assert {style: int(n) for style, n in rows} == {style: then.count(style) for style, _ in rows}


def test_claims_that_decide_nothing_are_marked_and_shown_openly():
    item = MATERIAL.outcome.replay[0]
    test = item.now.tested[0]
    aside = replace(test, claim=replace(test.claim, context=True, note="Gäller vuxna.", note_en="Adults only."))
    shown = replace(item, now=replace(item.now, tested=(aside, *item.now.tested)))
    changed = site(replay=(shown, *MATERIAL.outcome.replay[1:]))
    page = markup("/uppfoljning/2022/", changed)
    start = page.index('<div class="beside-note">')
    block = page[start : page.index("</div>", start)]
    assert "Visas bredvid, men avgör inte svaret:" in block
    assert '<span class="tag">avgör inte</span>' in block
    assert "Gäller vuxna." in block
    assert page.count('<div class="beside-note">') == 1
    assert "Adults only." in markup("/en/uppfoljning/2022/", changed)


def test_a_single_statement_is_told_in_the_singular():
    focus = MATERIAL.outcome.follow_ups[0].focuses[1]
    page = words(f"/en/uppfoljning/2022/{focus.key}/", site())
    assert re.search(r"Of 1 statements?, tested .*?: 1 (agrees|depends on|is contradicted|cannot be|has no)", page)


def test_a_sum_is_ordered_by_size_without_places_or_map():
    page = markup("/indikator/emissions/", site())
    read = words("/indikator/emissions/", site())
    assert "Länen i storleksordning" in read
    assert "Från störst till minst" in read
    assert "bäst till sämst" not in read
    assert not re.search(r"[Pp]lats\s+\d", read)
    assert "county-map" not in page
    # A share keeps both.
    assert "bäst till sämst" in words("/indikator/share/", site())
    assert "county-map" in markup("/indikator/share/", site())


def sibling_site(verdict):
    """The synthetic site where ``health`` is a sibling of ``share`` and has got ``verdict``."""
    known = dict(MATERIAL.outcome.indicators)
    note = Text("Ett annat påhittat mått.", "Another invented measure.")
    known["share"] = replace(known["share"], siblings=(Sibling(note, "health"), Sibling(note, "", "Kolada X")))
    key = next(k for k in MATERIAL.outcome.judgements if k.indicator == "health" and k.territory == "18" and k.is_total)
    judged = dict(MATERIAL.outcome.judgements)
    judged[key] = replace(judged[key], trend=replace(judged[key].trend, verdict=verdict))
    return site(indicators=known, judgements=judged), judged


def test_measures_that_disagree_are_said_at_the_top_and_stand_side_by_side():
    own = next(
        j.trend.verdict
        for k, j in MATERIAL.outcome.judgements.items()
        if k.indicator == "share" and k.territory == "18" and k.is_total
    )
    other = Verdict.WORSENING if own is not Verdict.WORSENING else Verdict.IMPROVING
    changed, _ = sibling_site(other)
    page = words("/indikator/share/", changed)
    assert "Ett närliggande officiellt mått ger ett annat svar om riktningen" in page
    assert page.index("Ett närliggande officiellt mått") < page.index("Utvecklingen över tid")
    assert "måttet på den här sidan" in page
    assert "Kolada X" in page
    same, _ = sibling_site(own)
    assert "ger ett annat svar om riktningen" not in words("/indikator/share/", same)


# The bundled strategy


@pytest.fixture(scope="module")
def orebro():
    return html.Site(flow.material(flow.read_folder(ROOT / "strategies" / "orebro")))


def pages_of(of):
    return [path for path in of.paths() if path.endswith(("/", ".html"))]


def test_no_page_shows_a_file_name_but_the_list_of_documents(orebro):
    shown = [path for path in pages_of(orebro) if re.search(r"00[02]_\w+\.txt", words(path, orebro))]
    assert shown == ["/om-uppgifterna/", "/en/om-uppgifterna/"]


def test_no_sum_has_a_place(orebro):
    for key, indicator in orebro.digest.outcome.indicators.items():
        if indicator.unit_words.unit_class.value == "count" or indicator.unit == "million_sek":
            page = words(f"/indikator/{key.replace('_', '-')}/", orebro)
            before = page[: page.index("Så räknade vi")] if "Så räknade vi" in page else page
            own = re.sub(
                r"per invånare: .*?plats\s+\d+\s+av\s+\d+|per 1\s000 invånare: .*?plats\s+\d+\s+av\s+\d+", "", before
            )
            assert not re.search(r"plats\s+\d+\s+av", own), key


@pytest.mark.parametrize("key", ["children-economic-vulnerability", "children-low-economic-standard"])
def test_the_two_definitions_of_child_poverty_meet_on_both_pages(orebro, key):
    page = words(f"/indikator/{key}/", orebro)
    assert "Ett närliggande officiellt mått ger ett annat svar om riktningen" in page
    assert "Måtten bredvid varandra" in page


def test_answers_of_adults_are_marked_where_young_people_are_meant(orebro):
    page = words("/uppfoljning/2022/", orebro)
    start = page.index("Trygghet och tillit har minskat")
    row = page[start : page.index("Andel barn i ekonomiskt utsatta familjer ökar")]
    assert "Visas bredvid, men avgör inte svaret:" in row
    assert "Källans rubrik gäller barn och unga." in row
