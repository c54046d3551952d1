"""The whole work by keyboard alone: walking the tree, moving, writing, commenting; and undoing what was done."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
NODE = "rikta-1-1"


def focused(page):
    return page.evaluate("document.activeElement.dataset.address ?? document.activeElement.id")


def to_tree(page):
    """Tab from the filter to the tree, as a person does."""
    page.locator("#sok").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")


def order(house):
    """Return the ends of the addresses under the first area, in their order."""
    parent = house.node("omrade-1")["uid"].replace("-", "")
    rows = house.ask(
        "SELECT n.address FROM revision_draftnode n JOIN revision_draftnode p ON p.id = n.parent_id"
        " WHERE p.uid = ? AND n.removed_at IS NULL ORDER BY n.position", parent)  # fmt: skip
    return [address.rsplit("-", 1)[-1] for (address,) in rows]


def test_the_outline_is_walked_with_arrows_home_end_and_letters(opened, enter):
    house = opened()
    page = enter(house, "anna")
    to_tree(page)
    assert focused(page) == "kapitel/omraden"
    for key, there in [
        ("ArrowDown", "omrade/omrade-1"),
        ("ArrowRight", "omrade/omrade-1/inriktning/rikta-1-1"),
        ("ArrowDown", "omrade/omrade-1/inriktning/rikta-1-2"),
        ("ArrowLeft", "omrade/omrade-1"),
        ("ArrowLeft", "omrade/omrade-1"),  # folds
        ("ArrowDown", "omrade/omrade-2"),
        ("End", "omrade/omrade-3/inriktning/rikta-3-2"),
        ("Home", "kapitel/omraden"),
        ("t", "omrade/omrade-1"),
        ("t", "omrade/omrade-1"),  # "tt" begins nothing: stays
    ]:
        page.keyboard.press(key)
        assert focused(page) == there, key
    page.wait_for_timeout(800)  # letters typed later begin anew
    page.keyboard.type("5.3")
    assert focused(page) == "omrade/omrade-3"
    tree = page.locator("[role=tree]")
    assert tree.locator("[role=treeitem][tabindex='0']").count() == 1
    folded = tree.locator("[data-address='omrade/omrade-1']")
    assert folded.get_attribute("aria-expanded") == "false"
    assert folded.get_attribute("aria-level") == "2"
    assert (folded.get_attribute("aria-posinset"), folded.get_attribute("aria-setsize")) == ("1", "3")


def test_folding_is_remembered_when_the_page_is_opened_again(opened, enter):
    house = opened()
    page = enter(house, "anna")
    to_tree(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    page.reload()
    assert page.locator("[data-address='omrade/omrade-1']").get_attribute("aria-expanded") == "false"
    expect(page.locator("[data-address='omrade/omrade-1/inriktning/rikta-1-1']")).to_be_hidden()


def test_a_part_is_moved_with_alt_and_arrows_and_moved_back_with_undo(opened, enter):
    house = opened()
    page = enter(house, "anna", NODE)
    to_tree(page)
    assert focused(page).endswith(NODE)
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#news")).to_contain_text("Flyttad ner.")
    assert order(house)[:3] == ["2", "1", "3"]
    assert focused(page).endswith(NODE)  # focus goes with the part
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator("#news")).to_contain_text("Flyttad in.")
    assert order(house)[:2] == ["2", "3"]
    page.keyboard.press("Control+z")
    expect(page.locator("#news")).to_contain_text("Ångrat.")
    assert order(house)[:3] == ["2", "1", "3"]


def test_writing_and_commenting_without_a_pointer(opened, enter, shot):
    house = opened()
    page = enter(house, "anna")
    to_tree(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Skrivet för hand.")
    page.keyboard.press("Control+s")
    expect(page.locator("#saved")).to_contain_text("Sparat")
    assert house.node(NODE)["text"].endswith("Skrivet för hand.")
    page.locator("#comment").focus()
    page.keyboard.type("Vad säger @bo")
    expect(page.locator("[role=listbox] [role=option]")).to_have_text(["Bo Uppdiktad"])
    shot(page, "mention")
    page.keyboard.press("Enter")
    page.keyboard.type("om det här?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".thread .what")).to_have_text("Vad säger @Bo Uppdiktad om det här?")
    assert house.ask("SELECT COUNT(*) FROM revision_comment_mentions") == [(1,)]
    expect(page.locator("#rows [aria-current] .row-comments")).to_have_text("1 kommentar")
    assert page.locator("#comment").input_value() == ""
    page.locator("#text").focus()
    page.keyboard.press("Escape")
    assert focused(page).endswith(NODE)  # back in the tree


def test_a_thread_is_answered_and_resolved(opened, enter):
    house = opened()
    page = enter(house, "anna", NODE)
    page.get_by_label("Ny kommentar").fill("Stämmer det?")
    page.get_by_role("button", name="Kommentera").click()
    page.locator(".thread summary").click()
    page.get_by_label("Svar", exact=True).fill("Ja.")
    page.get_by_role("button", name="Skicka svar").click()
    expect(page.locator(".thread .what")).to_have_text(["Stämmer det?", "Ja."])
    page.locator(".thread").get_by_role("button", name="Markera klar").click()
    expect(page.locator(".thread.done")).to_be_visible()
    expect(page.locator("#rows [aria-current] .row-comments")).to_have_text("")


def test_what_is_half_written_in_a_comment_stays_when_something_else_is_done(opened, enter):
    house = opened()
    page = enter(house, "anna", NODE)
    page.get_by_label("Ny kommentar").fill("Halvskrivet")
    page.locator("#assign summary").click()
    page.get_by_label("Vem").select_option("Disa Skribent")
    page.get_by_label("Klart till").fill("2030-09-30")
    page.get_by_role("button", name="Utse", exact=True).click()
    expect(page.locator("[data-piece=assigned] li")).to_contain_text("Disa Skribent, till 30 september 2030")
    assert page.get_by_label("Ny kommentar").input_value() == "Halvskrivet"
    expect(page.locator("#rows [aria-current] .row-due")).to_contain_text("Disa Skribent till 30 september 2030")


def test_a_part_is_split_at_the_cursor_and_merged_again(opened, enter):
    house = opened()
    page = enter(house, "anna", NODE)
    before = page.locator("#text").input_value()
    page.locator("#shape summary").click()
    at = before.index("Det är")
    page.locator("#text").evaluate("(box, at) => { box.focus(); box.setSelectionRange(at, at); }", at)
    page.get_by_role("button", name="Dela vid markören").click()
    expect(page.locator("#text")).to_have_value(before[:at].strip())
    assert house.node(NODE)["text"] == before[:at].strip()
    page.locator("#rows [data-address*='det-ar-inriktning-1']").click()
    expect(page.locator("#text")).to_have_value(before[at:].strip())
    page.locator("#shape summary").click()
    page.get_by_role("button", name="Slå ihop med den ovanför").click()
    expect(page.locator("#text")).to_have_value(before)
    assert house.node(NODE)["text"] == before


def test_a_part_is_removed_and_comes_back(opened, enter):
    house = opened()
    page = enter(house, "anna", NODE)
    page.locator("#shape summary").click()
    page.get_by_role("button", name="Ta bort", exact=True).click()
    expect(page.locator("#news")).to_contain_text("Borttagen.")
    expect(page.locator(f"#rows [data-address$='{NODE}']")).to_have_count(0)
    page.locator("#news").get_by_role("button", name="Ångra").click()
    expect(page.locator(f"#rows [data-address$='{NODE}']")).to_have_count(1)
    expect(page.locator("#text")).to_be_visible()


def test_a_part_is_added_where_one_is_working(opened, enter):
    house = opened()
    page = enter(house, "anna", NODE)
    page.locator("#new-part summary").click()
    page.get_by_label("Rubrik eller första mening").fill("Ny påhittad inriktning")
    page.get_by_role("button", name="Lägg till efter den valda").click()
    expect(page.locator("#text")).to_have_value("Ny påhittad inriktning")
    expect(page.locator("#text")).to_be_focused()
    assert order(house)[1] == "inriktning"
    page.go_back()
    expect(page.locator("#pane")).to_have_attribute("data-uid", house.node(NODE)["uid"])


def test_a_part_is_dragged_to_another_place(opened, enter):
    house = opened()
    page = enter(house, "anna", NODE)
    moved = page.locator(f"#rows li:has([data-address$='{NODE}'])")
    target = page.locator("#rows li:has([data-address$='rikta-1-3'])")
    box = target.bounding_box()
    moved.drag_to(target, target_position={"x": box["width"] / 2, "y": box["height"] - 4})
    expect(page.locator("#news")).to_contain_text("Flyttad.")
    assert order(house)[:4] == ["2", "3", "1", "4"]


def test_number_and_english_are_changed_beside_the_text(opened, enter):
    house = opened()
    page = enter(house, "anna", NODE)
    page.locator("#details summary").click()
    page.get_by_label("Nummer").fill("5.1-1")
    page.get_by_label("På engelska", exact=True).fill("Made up")
    page.get_by_role("button", name="Spara uppgifterna").click()
    expect(page.locator("#rows [aria-current] .row-number")).to_have_text("5.1-1")
    expect(page.locator("#pane-title")).to_contain_text("5.1-1")
