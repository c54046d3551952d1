"""A word that nobody knows is put in the strategy's list of terms from the text, by keyboard, and taken out again."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
NODE = "rikta-1-1"
TAGS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}
WORDS = "Kommunerna bygger zätanätet, och zätanätet prövas i zetastäderna."


def quotes(page):
    return page.locator("#remarks li > button:first-child")


def test_a_writer_adds_a_word_by_keyboard_and_undoes_it(opened, enter, shot):
    house = opened()
    page = enter(house, "disa", NODE, bypass_csp=True)
    page.locator("#text").fill(WORDS)
    expect(quotes(page)).to_have_text(["”zätanätet”", "”zätanätet”", "”zetastäderna”"])
    add = page.get_by_role("button", name="Lägg till i ordlistan: zätanätet").first
    add.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#news")).to_contain_text("”zätanätet” finns nu i ordlistan.")
    expect(quotes(page)).to_have_text(["”zetastäderna”"])
    expect(page.locator("#remark-count")).to_have_text("1 att se över")
    expect(quotes(page)).to_be_focused()  # the remark that took its place
    told = Axe().run(page, options=TAGS).response["violations"]
    assert [one["id"] for one in told] == []
    shot(page, "term-added")
    page.locator("#news").get_by_role("button", name="Ångra").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#news")).to_contain_text("Ångrat.")
    expect(quotes(page)).to_have_count(3)
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#text")).to_have_value(WORDS)
    assert house.ask("SELECT COUNT(*) FROM registers_entry WHERE register = ?", "terms") == [(0,)]


def test_a_remark_leads_to_its_words_behind_letters_that_a_box_counts_twice(opened, enter):
    page = enter(opened(), "anna", NODE)
    page.locator("#text").fill("🌲🌳🌲 Kommunen bygger zätanätet nu.")
    quotes(page).click()
    box = "box => box.value.slice(box.selectionStart, box.selectionEnd)"
    assert page.locator("#text").evaluate(box) == "zätanätet"


def test_two_pages_add_one_and_whoever_may_not_is_offered_nothing(opened, enter, shot):
    house = opened()
    anna, bo = (enter(house, who, NODE, viewport={"width": 360, "height": 740}) for who in ("anna", "bo"))
    for page in (anna, bo):
        page.locator("#text").fill("Ett zätanät.")
        expect(quotes(page)).to_have_text(["”zätanät”"])
    shot(anna, "term-to-add-on-telephone", whole=True)
    assert anna.evaluate("document.documentElement.scrollWidth") <= 360
    for page, said in ((anna, "finns nu i ordlistan"), (bo, "finns redan i ordlistan")):
        page.get_by_role("button", name="Lägg till i ordlistan").click()
        expect(page.locator("#news")).to_contain_text(said)
        expect(quotes(page)).to_have_count(0)
        expect(page.locator("#text")).to_be_focused()
    expect(bo.locator("#news").get_by_role("button")).to_have_count(0)
    assert house.ask("SELECT COUNT(*) FROM registers_entry WHERE register = ?", "terms") == [(1,)]

    anna.locator("#editor").evaluate("editor => delete editor.dataset.addTerm")  # as for somebody who may not
    anna.get_by_role("link", name="Dispositionen").click()
    anna.locator("#rows [data-address$='rikta-1-2']").click()
    expect(anna.locator("#pane")).to_have_attribute("data-uid", house.node("rikta-1-2")["uid"])
    anna.locator("#text").fill("Ett zetanät.")
    expect(quotes(anna)).to_have_text(["”zetanät”"])
    expect(anna.get_by_role("button", name="Lägg till i ordlistan")).to_have_count(0)


def test_language_help_that_did_not_answer_is_asked_again(opened, enter):
    page = enter(opened(), "anna", NODE)
    page.clock.install()
    look = f"**{page.locator('#editor').get_attribute('data-look')}"
    turned_away = []
    page.route(look, lambda route: (turned_away.append(route.request.url), route.abort()))
    page.locator("#text").fill(WORDS)
    expect(page.locator("#saved")).to_contain_text("Sparat")
    page.clock.run_for(1_000)
    assert turned_away
    page.unroute(look)
    page.clock.fast_forward(10_000)
    expect(quotes(page)).to_have_count(3)
