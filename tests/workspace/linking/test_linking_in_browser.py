"""Matrices, themes and the map in a browser: by keyboard alone, without a script, on a phone; axe finds nothing."""

import runpy
from pathlib import Path

import pytest
from playwright.sync_api import expect

browser = runpy.run_path(str(Path(__file__).parents[2] / "whole" / "browser.py"))["browser"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
ORIGIN, TARGET = "omrade/2", "effektmal/arbete"
CELL = f'table button.cell[value="{ORIGIN}|{TARGET}"]'
PAGES = (
    "utkast/2026/bidrag/",
    f"utkast/2026/bidrag/?cell={ORIGIN}|{TARGET}",
    "utkast/2026/bidrag/?slag=conflicts_with&rader=area&kolumner=area",
    "utkast/2026/malkonflikter/",
    "utkast/2026/perspektiv/?cell=omrade/1/inriktning/1|perspektiv/unga",
    "utkast/2026/teman/?tema=digitalt",
    "utkast/2026/bidrag/las-in/",
    "karta/",
    "karta/?fran=area:omrade/1&steg=2&till=Fler i arbete",
    "karta/?fran=påhittat",
)


@pytest.fixture(scope="module")
def chromium():
    with browser() as made:
        yield made


@pytest.fixture
def visit(chromium, live_server, strategist, draft, signed_in):
    """Open a page as the strategist: ``visit(width=360)``."""
    client = signed_in(strategist)
    contexts = []

    def made(width=1280, **more):
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=live_server.url, **more)
        contexts.append(context)
        context.add_cookies(
            [{"name": "vagvisare", "value": client.cookies["vagvisare"].value, "url": f"{live_server.url}/arbete/"}]
        )
        context.route("**/favicon.ico", lambda route: route.fulfill(status=404))
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda told: page.faults.append(told.text) if "Content Security" in told.text else None)
        return page

    yield made
    for context in contexts:
        context.close()


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_axe_finds_nothing_and_nothing_sticks_out(visit, draft, strategist, width, scheme):
    from vagvisare.web.revision.linking import actions

    actions.state_conflict(
        strategist, draft, origin="omrade/1", target="omrade/2", conflict="Påhittad konflikt om mark."
    )
    actions.tag(strategist, draft, theme="digitalt", address="omrade/2/inriktning/1")
    page = visit(width, color_scheme=scheme)
    for address in PAGES:
        page.goto(f"/arbete/{address}")
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert page.faults == []


def said(page, words):
    page.locator("#news", has_text=words).wait_for()


def test_a_matrix_is_filled_in_with_the_keyboard_alone(visit, draft):
    page = visit()
    page.goto("/arbete/utkast/2026/bidrag/")
    page.locator("table button.cell").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == f"{ORIGIN}|{TARGET}"
    page.keyboard.press("j")
    said(page, "5.2 Påhittat område 2 bidrar till Fler i arbete: ja")
    assert page.locator(CELL).inner_text() == "ja"
    assert draft.cells.get(origin=ORIGIN).answer == "yes"
    page.locator("#lead", has_text="3 av 6 celler är angivna.").wait_for()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("n")
    said(page, "5.2 Påhittat område 2 bidrar till Mer kunskap: nej")
    page.keyboard.press("Space")
    said(page, "Mer kunskap: ej angivet")
    assert not draft.cells.filter(origin=ORIGIN, target="effektmal/kunskap").exists()
    page.keyboard.press("Control+z")
    said(page, "Ändringen är ångrad.")
    page.locator(f'table button.is-no[value="{ORIGIN}|effektmal/kunskap"]').wait_for()
    assert draft.cells.get(origin=ORIGIN, target="effektmal/kunskap").answer == "no"
    assert page.faults == []


def test_enter_opens_the_reason_and_escape_goes_back(visit, draft):
    page = visit()
    page.goto("/arbete/utkast/2026/bidrag/")
    page.locator(CELL).focus()
    page.keyboard.press("Enter")
    page.locator("#cell").wait_for()
    assert page.evaluate("document.activeElement.name") == "answer"
    page.keyboard.press("ArrowRight")  # from "ej angivet" round to "ja"
    page.keyboard.press("Tab")
    page.keyboard.type("Påhittat skäl.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said(page, "bidrar till Fler i arbete: ja")
    row = draft.cells.get(origin=ORIGIN)
    assert (row.answer, row.rationale) == ("yes", "Påhittat skäl.")
    page.locator("#cell").wait_for(state="detached")
    assert page.evaluate("document.activeElement.value") == f"{ORIGIN}|{TARGET}"
    page.keyboard.press("Enter")
    page.locator("#cell").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("#cell")).to_have_count(0)
    assert page.evaluate("document.activeElement.value") == f"{ORIGIN}|{TARGET}"


def test_the_tab_key_stops_once_in_a_matrix(visit):
    page = visit()
    page.goto("/arbete/utkast/2026/bidrag/")
    page.locator(CELL).focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('table.grid')") is None


def test_somebody_elses_answer_is_shown_and_not_written_over(visit, draft, person):
    from vagvisare.web.revision.linking import actions

    page = visit()
    page.goto("/arbete/utkast/2026/bidrag/")
    cell = {"kind": "contributes_to", "origin": ORIGIN, "target": TARGET}
    actions.set_cell(person("analyst"), draft, **cell, answer="no", rationale="En annans skäl.")
    page.locator(CELL).focus()
    page.keyboard.press("j")
    said(page, "Någon annan hann ändra samma sak.")
    page.locator(f"{CELL}.is-no").wait_for()
    assert draft.cells.get(origin=ORIGIN).rationale == "En annans skäl."


def test_without_contact_nothing_is_said_to_be_saved(visit, draft):
    page = visit()
    page.goto("/arbete/utkast/2026/bidrag/")
    page.route("**/bidrag/cell/", lambda route: route.abort())
    page.locator(CELL).focus()
    page.keyboard.press("j")
    said(page, "Inte sparat: ingen kontakt med servern.")
    assert page.locator(CELL).inner_text() == "·"
    assert not draft.cells.filter(origin=ORIGIN).exists()


def test_on_a_phone_one_area_at_a_time_is_a_list(visit, draft):
    page = visit(360)
    page.goto(f"/arbete/utkast/2026/bidrag/?rad={ORIGIN}")
    expect(page.locator("table.grid")).to_be_hidden()
    button = page.locator(f'.cell-list button[value="{ORIGIN}|{TARGET}"]')
    assert button.inner_text() == "ej angivet"
    assert button.bounding_box()["height"] >= 44
    button.click()
    page.locator("#cell").wait_for()
    page.get_by_label("ja", exact=True).check()
    page.get_by_role("button", name="Spara svaret").click()
    said(page, "5.2 Påhittat område 2 bidrar till Fler i arbete: ja")
    assert button.inner_text() == "ja"


def test_a_matrix_comes_back_from_a_file_and_is_undone_in_one(visit, draft, person, tmp_path):
    from vagvisare.web.revision.linking import actions

    page = visit(360)
    page.goto("/arbete/utkast/2026/bidrag/")
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="CSV").click()
    file = tmp_path / "matris.csv"
    lines = downloaded.value.path().read_text().split("\n")
    at = next(at for at, line in enumerate(lines) if line.startswith("5.2"))
    lines[at] = lines[at].replace(";;;;", ";ja;kanske;nej;")
    file.write_text("\n".join(lines))
    cell = {"kind": "contributes_to", "origin": ORIGIN, "target": "effektmal/klimat"}
    actions.set_cell(person("analyst", name="Bo Påhittad"), draft, **cell, answer="yes")
    page.get_by_role("link", name="Läs in en ifylld fil").click()
    page.get_by_label("Fil (XLSX").set_input_files(file)
    page.get_by_role("button", name="Visa vad som skulle ändras").click()
    expect(page.get_by_text("matris.csv: 1 ruta ändras, 1 krockar, 1 förstås inte.")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_label("Ta filens svar").check()
    page.get_by_role("button", name="Behåll ändringarna").click()
    expect(page.locator("#news")).to_contain_text("2 rutor är inlästa ur filen matris.csv.")
    assert {cell.answer for cell in draft.cells.filter(origin=ORIGIN)} == {"yes", "no"}
    page.get_by_role("button", name="Ångra senaste ändringen").click()
    said(page, "Ändringen är ångrad.")
    assert [cell.answer for cell in draft.cells.filter(origin=ORIGIN)] == ["yes"]


def test_on_a_phone_no_matrix_scrolls_sideways(visit):
    page = visit(360)
    for address in (PAGES[0], PAGES[2], "utkast/2026/perspektiv/", "utkast/2026/teman/"):
        page.goto(f"/arbete/{address}")
        wide = page.evaluate(
            "[...document.querySelectorAll('.scroll, .cell-list, table')].filter((one) => one.offsetParent"
            " && one.scrollWidth > one.clientWidth + 1).map((one) => one.className)"
        )
        assert wide == [], address


def test_without_a_script_a_cell_is_answered_with_forms(visit, draft):
    page = visit(java_script_enabled=False)
    page.goto("/arbete/utkast/2026/bidrag/")
    page.locator(CELL).click()
    page.get_by_label("ja", exact=True).check()
    page.get_by_role("button", name="Spara svaret").click()
    assert "bidrar till Fler i arbete: ja" in page.locator("#news").inner_text()
    page.get_by_role("button", name="Ångra senaste ändringen").click()
    assert not draft.cells.filter(origin=ORIGIN).exists()


def test_a_perspective_is_answered_with_the_keyboard(visit, draft):
    page = visit()
    page.goto("/arbete/utkast/2026/perspektiv/")
    page.locator("table button.cell").first.focus()
    page.keyboard.press("d")
    said(page, "Stärk digital handel tar upp Barn och unga: delvis")
    assert draft.screenings.get().answer == "partly"


def test_the_map_is_walked_with_the_keyboard_and_its_words_fit_their_boxes(visit):
    page = visit()
    page.goto("/arbete/karta/?fran=area:omrade/1")
    page.locator("svg a.thing").first.focus()
    assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "true"
    page.keyboard.press("Tab")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.locator("h1")).to_have_text(name.rsplit(" (", 1)[0])
    for address in ("/arbete/karta/", "/arbete/karta/?fran=area:omrade/1&steg=2"):
        page.goto(address)
        sticking_out = page.evaluate(
            """() => [...document.querySelectorAll("svg .thing")].filter((thing) => {
                 const box = thing.querySelector("rect").getBBox(), text = thing.querySelector("text").getBBox();
                 return text.x + text.width > box.x + box.width || text.y + text.height > box.y + box.height
                     || text.y < box.y;
               }).map((thing) => thing.getAttribute("aria-label"))"""
        )
        assert sticking_out == []
