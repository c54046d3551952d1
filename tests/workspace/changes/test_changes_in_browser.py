"""The pages of what changed in a browser: nothing a machine can see wrong, wide and narrow; keys are enough."""

import os
import re
import runpy
from pathlib import Path

import pytest
from playwright.sync_api import expect

browser = runpy.run_path(str(Path(__file__).parents[2] / "whole" / "browser.py"))["browser"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
BASE = "/arbete/utkast/2030-prov/andringar/"
SHOTS = os.environ.get("VAGVISARE_SHOTS", "")
"""A folder for pictures of the pages, where somebody wants to look at them."""


@pytest.fixture(scope="module")
def running():
    with browser() as made:
        yield made


@pytest.fixture
def page(running, live_server, signed_in, strategist):
    client = signed_in(strategist)
    context = running.new_context(viewport={"width": 1280, "height": 900}, base_url=live_server.url)
    morsel = client.cookies["vagvisare"]
    context.add_cookies([{"name": "vagvisare", "value": morsel.value, "url": f"{live_server.url}/arbete/"}])
    context.route("**/favicon.ico", lambda route: route.fulfill(status=404))  # the public site is not open here
    faults = []
    shown = context.new_page()
    shown.on("pageerror", lambda error: faults.append(str(error)))
    shown.on("console", lambda told: faults.append(told.text) if "Content Security" in told.text else None)
    yield shown
    context.close()
    assert faults == []


@pytest.fixture
def furnished(draft, write, strategist, directions):
    from vagvisare.web.revision.changes import actions
    from vagvisare.web.revision.writing import shaping

    write("vision", lambda text: text.replace("–Sveriges", "– hela Sveriges"))
    for address in directions[:3]:
        write(address, lambda text: text + " Ett påhittat tillägg om björkar.")
    write(directions[5], "Påhittad inriktning, helt omskriven.")
    shaping.remove(strategist, draft.nodes.get(address=directions[7]))
    actions.give_reason(strategist, draft, addresses=directions[:1], text="Björkar ger skugga.",
                        because=["evidence:grona-given"])  # fmt: skip
    return draft


def faults_of(shown):
    from axe_playwright_python.sync_playwright import Axe

    return [(v["id"], [n["target"] for n in v["nodes"]]) for v in Axe().run(shown).response["violations"]]


def test_every_page_is_in_order_wide_and_narrow(page, furnished):
    addresses = {
        "changes": BASE, "inline": f"{BASE}?visa=i-texten&utan=1", "reason": f"{BASE}skal/?nod=vision",
        "main": f"{BASE}viktigaste/", "statements": f"{BASE}pastaenden/?fran=2021-remiss",
        "compare": "/arbete/utkast/jamfor/2018/2021-remiss/", "choose": "/arbete/utkast/utgavor/jamfor/",
        "effect": "/arbete/utkast/verkan/underlag/grona-given/",
    }  # fmt: skip
    for name, address in addresses.items():
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            for fold in page.locator("main details").all()[:1]:
                fold.locator("summary").click()
            assert faults_of(page) == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            if SHOTS:
                page.screenshot(path=f"{SHOTS}/{name}-{width}.png")


def test_a_reason_is_given_by_keys_alone(page, furnished):
    page.goto(f"{BASE}?utan=1")
    before = int(re.search(r"Utan skäl: (\d+)", page.locator(".lead-small").inner_text())[1])
    link = page.locator("#vision .to-reason a")
    link.focus()
    page.keyboard.press("Enter")
    page.locator("#sok-stod").wait_for()  # the script has taken its place
    page.locator("#text").focus()
    page.keyboard.type("Ett mellanslag saknades.")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "sok-stod"
    page.keyboard.type("gröna given")
    assert page.locator("#sok-antal").inner_text() == f"{page.locator('.causes .tick:visible').count()} visas"
    page.keyboard.press("Enter")
    assert page.locator("input[value='evidence:grona-given']").is_checked()
    assert page.locator("#sok-stod").input_value() == ""
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.type") == "checkbox"
    page.locator(".reason-save button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"angra="))
    expect(page.locator(f"text=Utan skäl: {before - 1}.")).to_be_visible()
    assert page.locator("#vision").count() == 0
    page.goto(BASE)
    assert "Ett mellanslag saknades." in page.locator("#vision").inner_text()
    assert page.locator("#vision .given a").count() == 1


def test_all_are_ticked_and_given_the_same_reason_and_undone_together(page, furnished):
    page.goto(f"{BASE}?utan=1")
    count = page.locator("article.change").count()
    page.get_by_label("Kryssa för alla på sidan").check()
    page.get_by_role("button", name="Ge de ikryssade samma skäl").click()
    page.locator("#text").fill("Samma skäl för alla.")
    page.get_by_role("button", name="Spara skälet").click()
    page.wait_for_url(re.compile(r"angra="))
    expect(page.get_by_text(f"Skälet är sparat för {count} delar.")).to_be_visible()
    expect(page.get_by_text("Alla ändrade delar har skäl.")).to_be_visible()
    page.get_by_role("button", name="Ångra senaste ändringen").click()
    expect(page.get_by_text(f"Utan skäl: {count}.")).to_be_visible()


def test_without_scripts_everything_is_still_there(running, live_server, signed_in, strategist, furnished):
    client = signed_in(strategist)
    context = running.new_context(java_script_enabled=False, base_url=live_server.url)
    morsel = client.cookies["vagvisare"]
    context.add_cookies([{"name": "vagvisare", "value": morsel.value, "url": f"{live_server.url}/arbete/"}])
    shown = context.new_page()
    shown.goto(f"{BASE}skal/?nod=vision")
    shown.locator("#text").fill("Utan skript.")
    shown.locator("input[value='evidence:grona-given']").check()
    shown.get_by_role("button", name="Spara skälet").click()
    assert furnished.reasons.get(address="vision").because == ["evidence:grona-given"]
    context.close()


def test_on_a_phone_the_page_comes_first_and_each_menu_shows_where_one_is(page, furnished):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{BASE}viktigaste/")
    assert page.locator("h1").bounding_box()["y"] < 320
    for menu in (".menu", ".submenu", ".parts"):
        here = page.locator(f"{menu} [aria-current]").bounding_box()
        assert here["x"] >= 0, menu
        assert here["x"] + here["width"] <= 360, menu
