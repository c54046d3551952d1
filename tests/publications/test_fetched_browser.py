"""Pages of fetched figures in a real browser: accessible, whole on a phone, marked in words as well as in colour."""

import runpy
from pathlib import Path

import pytest

from vagvisare.terms.language import Text

HERE = Path(__file__)
TOOLS = runpy.run_path(str(HERE.parents[1] / "whole" / "browser.py"))
MADE_UP = runpy.run_path(str(HERE.with_name("fetched.py")))
Kept, dataset, figures, indicator = (MADE_UP[name] for name in ("Kept", "dataset", "figures", "indicator"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
PAGES = ("indikator/share/", "indikator/unseen/", "indikator/", "om-uppgifterna/", "effektmal/provmal/")

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    from vagvisare.publications.html import write_site

    kept = Kept([indicator(), indicator("unseen")], [dataset(), dataset("unseen")])
    MADE_UP["other_question"](kept, "2026-11-01", (("18", 2020, "T"), 80.0))
    for day in range(1, 8):
        changes = {("18", 2018 + day // 2, "T"): 55.0 + day, ("18", 2016, "T"): None if day % 3 == 0 else 53.2}
        why = {"confirmed_by": "Eva Ek", "confirmed_why": "Källan har bekräftat rättelsen"}
        kept.publish(f"2026-12-{day:02}", table=figures(changes, last="P"), updated="2026-11-30", **why)
    kept.hold("2026-12-24", said=Text("Siffrorna är tusen gånger större.", "The figures are a thousand times larger."))
    out = tmp_path_factory.mktemp("fetched") / "site"
    write_site(kept.material(), out)
    with TOOLS["served"](out) as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    with TOOLS["browser"]() as opened:
        yield opened


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("language", "width"), [("", 1280), ("en/", 360)])
@pytest.mark.parametrize("place", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(page, site, place, language, width):
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/{language}{place}")
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert found.response["violations"] == [], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough_in_both_schemes(chromium, site, scheme):
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{site}/indikator/share/")
    found = Axe().run(page, options={"runOnly": {"type": "rule", "values": ["color-contrast"]}})
    assert found.response["violations"] == [], found.generate_report()
    context.close()


def test_notices_are_seen_before_the_four_answers(page, site):
    page.goto(f"{site}/indikator/share/")
    notice = page.get_by_text("Nya siffror kom den 24 december 2026").bounding_box()
    answers = page.locator(".answers").bounding_box()
    assert notice["y"] + notice["height"] < answers["y"] < 900


@pytest.mark.parametrize("width", [1280, 390])
def test_the_table_of_vintages_scrolls_by_itself_with_its_periods_in_sight(page, site, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/indikator/share/")
    section = page.locator("section[aria-labelledby=andrats]")
    assert section.locator("thead th").count() == 7
    assert section.locator("tbody tr").count() == 10
    region = section.locator(".scroll")
    region.evaluate("part => { part.scrollLeft = part.scrollWidth }")
    last = section.locator("thead th").last.bounding_box()
    assert last["x"] + last["width"] <= width, "the newest vintage can be reached"
    assert section.locator("tbody th").first.bounding_box()["x"] >= 0, "and the periods stay in sight"


def test_changed_figures_are_marked_without_colour_too(page, site):
    page.goto(f"{site}/indikator/share/")
    changed = page.locator("td.changed")
    assert changed.count() >= 4
    for words in changed.all_inner_texts():
        assert "ändrad, var" in words or "borttagen" in words


def test_the_open_point_of_a_preliminary_figure_is_hollow(page, site):
    page.goto(f"{site}/indikator/share/")
    fills = page.evaluate("[...document.querySelectorAll('.wide .point')].map(point => getComputedStyle(point).fill)")
    assert fills[-1] != fills[0]
    assert len(set(fills[:-1])) == 1
