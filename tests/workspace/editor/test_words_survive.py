"""What a writer has typed survives the network, the server, the session and the page; and is kept once."""

import time

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
NODE = "rikta-1-1"


def type_at_end(page, words):
    page.locator("#text").evaluate("box => { box.focus(); box.setSelectionRange(box.value.length, box.value.length); }")
    page.keyboard.type(words)


def say(page, state):
    expect(page.locator("#saved")).to_contain_text(state)


def journal(page):
    return page.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.startsWith('vagvisare-journal')).map((pair) => pair[1])"
    )


def acknowledged(page):
    """Wait until the browser keeps nothing back: the server has acknowledged every word."""
    for _ in range(400):
        if not journal(page):
            return
        page.wait_for_timeout(100)
    raise AssertionError(journal(page))


def times(house, words):
    return house.node(NODE)["text"].count(words)


def test_the_network_is_cut_while_somebody_types(opened, enter, shot):
    house = opened()
    page = enter(house, "anna", NODE)
    type_at_end(page, " Före avbrottet.")
    say(page, "Sparat")
    page.context.set_offline(True)
    type_at_end(page, " Under avbrottet.")
    say(page, "Ingen kontakt: dina ord finns kvar här och sparas när nätet är tillbaka.")
    type_at_end(page, " Fortfarande utan nät.")
    shot(page, "no-contact")
    assert any("Fortfarande utan nät." in kept for kept in journal(page))
    assert times(house, "Under avbrottet") == 0
    page.context.set_offline(False)
    say(page, "Sparat")
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")
    acknowledged(page)
    for words in ("Före avbrottet.", "Under avbrottet.", "Fortfarande utan nät."):
        assert times(house, words) == 1
    assert house.ask("SELECT COUNT(*) FROM revision_clash") == [(0,)]


def test_the_page_is_closed_while_the_network_is_cut(opened, enter):
    house = opened()
    page = enter(house, "anna", NODE)
    page.context.set_offline(True)
    type_at_end(page, " Skrivet utan nät.")
    assert any("Skrivet utan nät." in kept for kept in journal(page))
    context, address = page.context, page.url
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#text")).to_have_value(house.wordings(NODE)[0] + " Skrivet utan nät.")
    expect(page.locator("#news")).to_contain_text("Ord som inte hann sparas")
    assert times(house, "Skrivet utan nät.") == 1
    assert journal(page) == []


def test_the_server_is_killed_between_keystroke_and_saving(opened, enter):
    house = opened()
    page = enter(house, "anna", NODE)
    house.kill()
    type_at_end(page, " Skrivet till en död server.")
    say(page, "Ingen kontakt")
    house.start()
    say(page, "Sparat")
    assert times(house, "Skrivet till en död server.") == 1


def test_the_server_is_killed_after_keeping_and_before_acknowledging(opened, enter):
    house = opened(slow=30)
    page = enter(house, "anna", NODE)
    type_at_end(page, " Sparat men inte kvitterat.")
    for _ in range(400):
        if house.mark.exists():
            break
        page.wait_for_timeout(50)
    assert times(house, "Sparat men inte kvitterat.") == 1  # the server has it, the browser does not know
    type_at_end(page, " Och mer därtill.")
    house.kill()
    say(page, "Ingen kontakt")
    house.start()
    acknowledged(page)
    assert times(house, "Sparat men inte kvitterat.") == 1
    assert times(house, "Och mer därtill.") == 1
    assert len(house.wordings(NODE)) == 3  # the first, what was kept unacknowledged, and what came after
    assert house.ask("SELECT COUNT(*) FROM revision_clash") == [(0,)]
    assert page.locator("#text").input_value() == house.node(NODE)["text"]


def test_the_server_is_killed_and_the_page_closed_before_it_is_back(opened, enter):
    house = opened(slow=30)
    page = enter(house, "anna", NODE)
    type_at_end(page, " Ett.")
    while not house.mark.exists():
        page.wait_for_timeout(50)
    type_at_end(page, " Två.")
    house.kill()
    context, address = page.context, page.url
    page.close()
    house.start()
    page = context.new_page()
    page.goto(address)
    acknowledged(page)
    assert house.node(NODE)["text"].endswith(" Ett. Två.")
    assert len(house.wordings(NODE)) == 3
    expect(page.locator("#text")).to_have_value(house.node(NODE)["text"])


@pytest.mark.parametrize("pause", [0.0, 0.03, 0.08])
def test_the_server_is_killed_again_and_again_while_somebody_types(opened, enter, pause):
    house = opened()
    page = enter(house, "anna", NODE)
    typed = []
    for number in range(4):
        words = f" mening{number}"
        type_at_end(page, words)
        typed.append(words)
        page.locator("#text").press("Control+s")  # a save is on its way
        time.sleep(pause)
        house.kill()
        type_at_end(page, " x")
        typed.append(" x")
        house.start()
    acknowledged(page)
    assert house.node(NODE)["text"] == house.wordings(NODE)[0] + "".join(typed)
    assert house.ask("SELECT COUNT(*) FROM revision_clash") == [(0,)]


def test_the_session_ends_while_somebody_writes(opened, enter, shot):

    house = opened()
    page = enter(house, "anna", NODE)
    kept = page.context.cookies()
    page.context.clear_cookies(name="vagvisare")
    type_at_end(page, " Skrivet utloggad.")
    say(page, "Du är utloggad: dina ord finns kvar här")
    expect(page.get_by_role("link", name="Logga in i en ny flik")).to_be_visible()
    shot(page, "signed-out")
    assert times(house, "Skrivet utloggad.") == 0
    page.context.add_cookies(kept)
    say(page, "Sparat")
    assert times(house, "Skrivet utloggad.") == 1


def test_words_are_never_kept_in_another_persons_name(opened, enter):
    house = opened()
    page = enter(house, "anna", NODE)
    page.context.clear_cookies(name="vagvisare")
    page.context.add_cookies(
        [{"name": "vagvisare", "value": house.people["bo"]["session"], "url": house.address + "/arbete/"}]
    )
    type_at_end(page, " Annas ord.")
    say(page, "Någon annan har loggat in i den här webbläsaren.")
    assert times(house, "Annas ord.") == 0
    assert any("Annas ord." in kept for kept in journal(page))


def test_leaving_for_another_node_goes_on_saving(opened, enter):
    house = opened()
    page = enter(house, "anna", NODE)
    type_at_end(page, " Strax därpå lämnat.")
    page.locator("#rows a.row").nth(1).click()
    expect(page.locator("#pane")).to_have_attribute("data-uid", house.node("omrade-1")["uid"])
    acknowledged(page)
    assert times(house, "Strax därpå lämnat.") == 1


def test_leaving_the_page_in_the_middle_of_a_word_loses_nothing(opened, enter):
    house = opened()
    page = enter(house, "anna", NODE)
    type_at_end(page, " Sista ordet")
    page.goto(house.address + "/arbete/")
    page.goto(f"{house.draft}?nod={house.node(NODE)['address']}")
    acknowledged(page)
    assert times(house, "Sista ordet") == 1


def test_a_text_that_is_refused_stays_in_the_page(opened, enter):
    house = opened()
    page = enter(house, "anna", NODE)
    page.route("**/spara/", lambda route: route.fulfill(status=400, json={"error": "Utkastet är förseglat."}))
    type_at_end(page, " Kom för sent.")
    say(page, "Inte sparat, men orden finns kvar här. Utkastet är förseglat.")
    assert any("Kom för sent." in kept for kept in journal(page))
    page.reload()
    expect(page.locator(".left-behind")).to_contain_text("kunde inte sparas")
    assert page.locator(".left-behind textarea").input_value().endswith("Kom för sent.")
    page.get_by_role("button", name="Släng dem").click()
    assert journal(page) == []


def test_where_the_browser_keeps_nothing_it_is_said_and_saved_at_once(opened, enter):
    house = opened()
    page = enter(house, "anna")
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };")
    page.goto(f"{house.draft}?nod={house.node(NODE)['address']}")
    page.route("**/spara/", lambda route: route.abort())
    type_at_end(page, " Utan journal.")
    say(page, "Webbläsaren låter inte sidan lägga undan orden")
    page.unroute("**/spara/")
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")
    assert times(house, "Utan journal.") == 1
