"""Two people on one node: words that differ are merged, words that clash are shown side by side, none is lost."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
NODE = "rikta-1-1"


def rewrite(page, old, new):
    """Rewrite one word as a person does: mark it, and type."""
    page.locator("#text").evaluate(
        """(box, old) => { const at = box.value.indexOf(old); if (at < 0) throw new Error(old);
                           box.focus(); box.setSelectionRange(at, at + old.length); }""",
        old,
    )
    page.keyboard.type(new)


def say(page, state):
    expect(page.locator("#saved")).to_contain_text(state)


def test_different_words_are_merged_and_both_see_the_same_text(opened, enter, shot):
    house = opened()
    anna, bo = enter(house, "anna", NODE), enter(house, "bo", NODE)
    bo.route("**/lage/", lambda route: route.abort())  # hears of nothing before having written
    rewrite(anna, "björk", "körsbär")
    say(anna, "Sparat")
    rewrite(bo, "hela sommaren", "varje vecka")
    say(bo, "Sammanfogat med det Anna Påhittad skrev.")
    shot(bo, "merged")
    merged = house.node(NODE)["text"]
    assert "körsbär, alm och lind" in merged
    assert "vattnar dem varje vecka" in merged
    assert bo.locator("#text").input_value() == merged
    expect(anna.locator("#text")).to_have_value(merged)
    assert anna.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('vagvisare-journal'))") == []


def test_a_reader_of_the_text_has_it_refreshed_and_is_told_by_whom(opened, enter):
    house = opened()
    anna, bo = enter(house, "anna", NODE), enter(house, "bo", NODE)
    anna.locator("#text").evaluate("box => box.setSelectionRange(8, 8)")
    rewrite(bo, "alm", "rönn och alm")
    say(bo, "Sparat")
    expect(anna.locator("#text")).to_have_value(house.node(NODE)["text"])
    expect(anna.locator("#saved")).to_contain_text("Bo Uppdiktad ändrade texten.")
    assert anna.locator("#text").evaluate("box => box.selectionStart") == 8


def clashed(house, enter):
    anna, bo = enter(house, "anna", NODE), enter(house, "bo", NODE)
    for page in (anna, bo):  # neither hears of the other until both have written
        page.route("**/lage/", lambda route: route.abort())
    rewrite(anna, "björk", "körsbär")
    say(anna, "Sparat")
    rewrite(bo, "björk", "hägg")
    expect(bo.locator(".clash-mine")).to_contain_text("hägg")
    bo.unroute("**/lage/")
    return anna, bo


def test_the_same_words_are_shown_side_by_side_and_a_person_chooses(opened, enter, shot):
    house = opened()
    _, bo = clashed(house, enter)
    expect(bo.locator("#saved")).to_have_text("Krock: båda texterna finns kvar.")
    assert bo.locator(".clash-theirs mark").all_inner_texts() == ["körsbär"]
    assert bo.locator(".clash-mine mark").all_inner_texts() == ["hägg"]
    shot(bo, "clash")
    assert "körsbär" in house.node(NODE)["text"]
    assert house.ask("SELECT mine FROM revision_clash")[0][0].count("hägg") == 1
    bo.get_by_role("button", name="Ta det jag skrev").click()
    say(bo, "Sparat")
    assert "hägg" in house.node(NODE)["text"]
    assert any("körsbär" in text for text in house.wordings(NODE))  # what was not chosen stays in the history
    expect(bo.locator(".clash")).to_have_count(0)
    expect(bo.locator("#writing")).to_be_visible()


def test_keeping_what_stands_loses_nothing_either(opened, enter):
    house = opened()
    _, bo = clashed(house, enter)
    bo.get_by_role("button", name="Behåll det som står nu").click()
    expect(bo.locator(".clash")).to_have_count(0)
    assert "körsbär" in bo.locator("#text").input_value()
    assert "hägg" in house.ask("SELECT mine FROM revision_clash")[0][0]


def test_the_two_can_be_written_together(opened, enter):
    house = opened()
    _, bo = clashed(house, enter)
    bo.get_by_role("button", name="Skriv ihop dem själv").click()
    both = bo.get_by_label("Så ska det stå")
    both.fill(both.input_value().replace("hägg", "körsbär, hägg"))
    bo.get_by_role("button", name="Spara den här texten").click()
    expect(bo.locator(".clash")).to_have_count(0)
    assert "planterar körsbär, hägg, alm" in house.node(NODE)["text"]


def kept(page, house, word):
    """Wait until the server has kept a word."""
    for _ in range(300):
        if word in house.node(NODE)["text"]:
            return
        page.wait_for_timeout(100)
    raise AssertionError(word)


def test_other_words_written_while_a_person_chooses_are_merged_with_the_choice(opened, enter):
    house = opened()
    anna, bo = clashed(house, enter)
    rewrite(anna, "sommaren", "hösten")
    kept(anna, house, "hösten")
    bo.get_by_role("button", name="Ta det jag skrev").click()
    expect(bo.locator(".clash")).to_have_count(0)
    for word in ("hägg", "hösten"):
        assert word in house.node(NODE)["text"]
        assert word in bo.locator("#text").input_value()


def test_the_same_words_written_again_while_a_person_chooses_are_shown_first(opened, enter):
    house = opened()
    anna, bo = clashed(house, enter)
    rewrite(anna, "körsbär", "plommon")
    kept(anna, house, "plommon")
    bo.get_by_role("button", name="Ta det jag skrev").click()
    expect(bo.locator(".clash-said")).to_contain_text("Någon har skrivit")
    expect(bo.locator(".clash-theirs")).to_contain_text("plommon")
    bo.get_by_role("button", name="Ta det jag skrev").click()
    expect(bo.locator(".clash")).to_have_count(0)
    assert "hägg" in house.node(NODE)["text"]
    assert any("plommon" in text for text in house.wordings(NODE))


def test_a_clash_left_unsettled_is_found_again(opened, enter):
    house = opened()
    _, bo = clashed(house, enter)
    bo.reload()
    bo.get_by_role("link", name="Gör upp krocken").click()
    expect(bo.locator("main")).to_contain_text("hägg")
    expect(bo.locator("main")).to_contain_text("körsbär")


def test_who_is_here_and_who_writes_is_shown(opened, enter):
    house = opened()
    anna, bo = enter(house, "anna", NODE), enter(house, "bo", NODE)
    rewrite(bo, "björk", "hägg")
    expect(anna.locator("#present")).to_contain_text("Bo Uppdiktad")
    expect(anna.locator("#beside")).to_have_text("Bo Uppdiktad skriver här nu")
    expect(anna.locator("#rows [aria-current] .row-here")).to_have_text("Bo Uppdiktad skriver")


def test_two_tabs_of_one_person_write_into_the_same_text(opened, enter):
    house = opened()
    first = enter(house, "anna", NODE)
    second = first.context.new_page()
    second.route("**/lage/", lambda route: route.abort())  # does not hear of what the first tab saves
    second.goto(first.url)
    rewrite(first, "björk", "körsbär")
    say(first, "Sparat")
    rewrite(second, "sommaren", "hösten")
    say(second, "Sammanfogat med det du skrev i en annan flik.")
    for word in ("körsbär", "hösten"):
        assert word in house.node(NODE)["text"]
