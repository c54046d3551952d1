"""The page itself: accessible, usable on a telephone and without scripts, and quick with 400 nodes."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
NODE = "rikta-1-1"
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
TAGS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}


def clean(page):
    """Fail on anything axe finds against WCAG 2.1 AA; its script is let past the page's own policy."""
    found = Axe().run(page, options=TAGS)
    told = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found.response["violations"]]
    assert not told, "\n".join(told)


def talked(page):
    """Fill the pane with everything it can hold."""
    page.get_by_label("Ny kommentar").fill("Stämmer det? @Bo Uppdiktad")
    page.get_by_role("button", name="Kommentera").click()
    expect(page.locator(".thread")).to_be_visible()
    page.locator("#assign summary").click()
    page.get_by_label("Klart till").fill("2030-09-30")
    page.get_by_role("button", name="Utse", exact=True).click()
    expect(page.locator("[data-piece=assigned] li")).to_contain_text("30 september")
    page.locator("#text").evaluate("box => { box.focus(); box.setSelectionRange(box.value.length, box.value.length); }")
    page.keyboard.type("\n\nVi ökar stärker samverkan, med **fetstil** och en [länk](https://exempel.se).")
    expect(page.locator("#saved")).to_contain_text("Sparat")
    expect(page.locator("#remark-count")).to_contain_text("att se över")
    page.get_by_role("button", name="Visa som läst").click()
    expect(page.locator("#preview strong")).to_have_text("fetstil")
    for part in ("#shape", "#details"):
        page.locator(f"{part} summary").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_wide_screen(opened, enter, shot, scheme):
    page = enter(opened(), "anna", NODE, color_scheme=scheme, bypass_csp=True)
    talked(page)
    clean(page)
    shot(page, f"wide-{scheme}", whole=True)


def test_axe_finds_nothing_on_a_telephone_and_nothing_is_wider_than_it(opened, enter, shot):
    page = enter(opened(), "anna", bypass_csp=True, **PHONE)
    expect(page.locator("#rows")).to_be_visible()
    expect(page.locator("#pane")).to_be_hidden()
    clean(page)
    shot(page, "phone-outline")
    page.locator("#rows a.row").nth(2).tap()
    expect(page.locator("#text")).to_be_visible()
    expect(page.locator("#outline")).to_be_hidden()
    talked(page)
    clean(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    shot(page, "phone-text", whole=True)
    page.get_by_role("link", name="Dispositionen").tap()
    expect(page.locator("#rows")).to_be_visible()


def test_a_clash_on_a_telephone_stands_one_above_the_other(opened, enter, shot):
    page = enter(opened(), "anna", NODE, bypass_csp=True, **PHONE)
    page.route("**/spara/", lambda route: route.fulfill(json={
        "state": "clash", "version": 2, "text": "Deras ord står här.", "words": 4, "clash": 1,
        "theirs": "Deras ord står här.", "mine": "Mina ord står här."}))  # fmt: skip
    page.locator("#text").fill("Mina ord står här.")
    expect(page.locator(".clash")).to_be_visible()
    clean(page)
    sides = [page.locator(f".clash-{side}").bounding_box()["y"] for side in ("theirs", "mine")]
    assert sides[0] < sides[1]
    shot(page, "phone-clash")


def test_without_scripts_a_text_is_written_commented_and_moved_by_form(opened, enter, shot):
    house = opened()
    page = enter(house, "anna", java_script_enabled=False)
    shot(page, "plain-outline", whole=True)
    page.locator(f"#rows a[data-address$='{NODE}']").click()
    page.locator("#text").fill("Skrivet utan skript.")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.locator("#news")).to_contain_text("Sparat.")
    assert house.node(NODE)["text"] == "Skrivet utan skript."
    page.get_by_label("Ny kommentar").fill("Sagt utan skript.")
    page.get_by_role("button", name="Kommentera").click()
    expect(page.locator(".thread .what")).to_have_text("Sagt utan skript.")
    page.locator("#shape summary").click()
    page.get_by_role("button", name="Flytta ner").click()
    expect(page.locator("#news")).to_contain_text("Flyttad.")
    rows = page.locator("#rows a.row").evaluate_all("rows => rows.map((row) => row.dataset.address.split('-').pop())")
    assert rows[2:4] == ["2", "1"]
    page.get_by_role("button", name="Ångra det du just gjorde").click()
    rows = page.locator("#rows a.row").evaluate_all("rows => rows.map((row) => row.dataset.address.split('-').pop())")
    assert rows[2:4] == ["1", "2"]
    shot(page, "plain", whole=True)


def test_without_scripts_what_somebody_else_wrote_meanwhile_is_not_overwritten(opened, enter):
    house = opened()
    plain = enter(house, "bo", NODE, java_script_enabled=False)
    anna = enter(house, "anna", NODE)
    anna.locator("#text").fill(anna.locator("#text").input_value().replace("björk", "körsbär"))
    expect(anna.locator("#saved")).to_contain_text("Sparat")
    plain.locator("#text").fill(plain.locator("#text").input_value().replace("björk", "hägg"))
    plain.get_by_role("button", name="Spara", exact=True).click()
    expect(plain.locator("main")).to_contain_text("körsbär")
    expect(plain.locator("main")).to_contain_text("hägg")


def test_without_scripts_the_outline_is_filtered_by_its_form(opened, enter):
    page = enter(opened(), "anna", java_script_enabled=False)
    page.locator("#sok").fill("torg 2")
    page.get_by_role("button", name="Filtrera").click()
    assert "sok=torg+2" in page.url
    shown = page.locator("#rows a.row:visible").evaluate_all("rows => rows.map((row) => row.dataset.address)")
    assert shown == ["omrade/omrade-2"]


def test_400_nodes_open_fold_and_filter_and_the_filter_stands_in_the_address(opened, enter, shot):
    house = opened(400)
    page = enter(house, "anna", "rikta-20-5")
    rows = page.locator("#rows a.row")
    assert rows.count() == 400
    expect(page.locator("#rows [aria-current]")).to_be_in_viewport()
    assert page.locator("#rows li:visible").count() < 60  # folded but for the way to the open one
    shot(page, "many")
    page.locator("#sok").fill("område 37")
    expect(page.locator(".outline-count")).to_have_text("9 av 400")
    assert page.locator("#rows li:visible").count() == 11  # and the way to them
    assert re.search(r"sok=omr%C3%A5de\+37", page.url)
    page.reload()
    expect(page.locator(".outline-count")).to_have_text("9 av 400")
    shot(page, "filtered")
    page.locator("#sok").fill("")
    page.get_by_label("mina").check()
    expect(page.locator(".outline-count")).to_have_text("0 av 400")
    page.get_by_label("alla").check()
    expect(page.locator(".outline-count")).to_have_text("400 delar")
    assert "visa=" not in page.url
    took = page.evaluate(
        """() => { const box = document.querySelector("#sok"); const began = performance.now();
                   for (const asked of ["t", "to", "tor", "torg"]) {
                     box.value = asked; box.dispatchEvent(new Event("input")); document.body.offsetHeight; }
                   return performance.now() - began; }"""
    )
    print(f"four keystrokes in the filter of 400: {took:.0f} ms")  # noqa: T201  for whoever measures


def test_what_one_has_changed_is_found_with_the_filter(opened, enter):
    house = opened()
    page = enter(house, "anna", NODE)
    page.locator("#text").fill("Något nytt.")
    expect(page.locator("#rows [aria-current] .row-changed")).to_have_text("ändrad")
    page.get_by_label("ändrade").check()
    expect(page.locator(".outline-count")).to_have_text("1 av 24")
    assert "visa=andrade" in page.url


def test_a_reader_reads_and_has_no_way_to_write(opened, enter, shot):
    house = opened()
    page = enter(house, "cilla", NODE)
    expect(page.locator(".as-read").first).to_contain_text("Länets kommuner")
    assert page.locator("#text").count() == 0
    assert page.locator("[draggable=true]").count() == 0
    assert page.get_by_role("button", name="Kommentera").count() == 0
    shot(page, "reader")


def test_a_writer_writes_in_her_own_area_only(opened, enter):
    house = opened()
    page = enter(house, "disa", NODE)
    assert page.locator("#text").count() == 1
    page.locator("#rows [data-address='omrade/omrade-2']").click()
    expect(page.locator("#pane")).to_have_attribute("data-uid", house.node("omrade-2")["uid"])
    assert page.locator("#text").count() == 0


def test_the_page_speaks_english_to_who_reads_english(opened, enter):
    page = enter(opened(), "anna", NODE)
    page.context.add_cookies([{"name": "sprak", "value": "en", "url": page.url.split("utkast")[0]}])
    page.reload()
    page.locator("#text").fill("Skrivet av en som läser engelska.")
    expect(page.locator("#saved")).to_contain_text(re.compile(r"Saved \d\d:\d\d"))


def test_nothing_is_written_into_the_page_that_the_writer_wrote_as_code(opened, enter):
    page = enter(opened(), "anna", NODE)
    page.locator("#text").fill(
        "<img src=x onerror=document.title='inne'> [x](javascript:document.title='inne') <b>ord</b>"
    )
    page.get_by_role("button", name="Visa som läst").click()
    expect(page.locator("#preview")).to_contain_text("<b>ord</b>")
    assert page.locator("#preview img, #preview b, #preview a[href^=javascript]").count() == 0
    page.reload()
    assert page.title().startswith("Strategi för träd och torg")
