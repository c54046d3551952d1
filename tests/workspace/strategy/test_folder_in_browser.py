"""The folder and the workspace compared in a browser: settled by keyboard alone, on a phone; axe finds nothing."""

import os
import re
import runpy
from pathlib import Path

import pytest
from playwright.sync_api import expect

browser = runpy.run_path(str(Path(__file__).parents[2] / "whole" / "browser.py"))["browser"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
PLACE = "/arbete/utgavor/las-in/"


@pytest.fixture(scope="module")
def chromium():
    with browser() as made:
        yield made


@pytest.fixture
def visit(chromium, live_server, beside, signed_in):
    """Open a page as the strategist: ``visit(width=360)``."""
    client = signed_in(beside.strategist)
    contexts = []

    def made(width=1280):
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=live_server.url)
        contexts.append(context)
        context.add_cookies(
            [{"name": "vagvisare", "value": client.cookies["vagvisare"].value, "url": f"{live_server.url}/arbete/"}]
        )
        context.route("**/favicon.ico", lambda route: route.fulfill(status=404))
        return context.new_page()

    yield made
    for context in contexts:
        context.close()


@pytest.fixture
def differing(beside):
    """One of everything: a clash, an edit and an entry by hand, and changes in the workspace."""
    beside.edit("evidence.toml", "Första anmärkningen", "Anmärkningen som någon skrev i mappens fil, i två led")
    beside.change("evidence", "bjork", note="Anmärkningen som skrevs i arbetsytan", title="Björkens årtionde")
    beside.edit("evidence.toml", "Aspens tid", "Aspens årtionde")
    beside.edit("evidence.toml", "Lindens löfte", "Lindens svek")
    beside.remove("evidence", "lind")
    beside.edit("errata.toml", "Trädet", "Busken")
    beside.edit("strategy.toml", 'current = "2020-pahittad"', 'current = "2020-pahittad"\nupdated = 2021-02-03')
    (beside.path / "terms.toml").write_text('[[term]]\nkey = "lov"\ntext = "lövverk"\navoid = ["blad"]\n', "utf-8")
    return beside


def button(page, act, about):
    """Find a button by what it says, also to those who hear it."""
    return page.get_by_role("button", name=re.compile(f"{act} ?: {about}"))


def test_clashes_are_settled_by_keyboard_and_the_folder_is_written(visit, differing):
    page = visit()
    page.goto(PLACE)
    button(page, "Ta mappens", "Björkens år, Anmärkning").press("Enter")
    expect(page.locator("main")).to_contain_text("En ändring ur mappen är avgjord.")
    button(page, "Behåll arbetsytans", "Lindens svek").press("Enter")
    expect(button(page, "Behåll arbetsytans", "Lindens svek")).to_have_count(0)
    button(page, "Behåll arbetsytans", "Träd").press("Enter")
    expect(page.locator("#krockar")).to_have_count(0)
    page.get_by_role("button", name="Läs in det som bara mappen har ändrat").press("Enter")
    expect(page.locator("#mappen")).to_have_count(0)
    page.get_by_role("button", name="Skriv register och utgåvor till mappen").press("Enter")
    page.wait_for_url("**/arbete/utgavor/")
    page.get_by_role("link", name="Jämför mappen med arbetsytan").press("Enter")
    expect(page.locator("main")).to_contain_text("Mappen och arbetsytan säger samma sak.")
    register = differing.read().strategy.register
    assert [(each.key, each.title) for each in register.evidence] == [
        ("bjork", "Björkens årtionde"),
        ("asp", "Aspens årtionde"),
    ]
    assert register.evidence[0].note.startswith("Anmärkningen som någon skrev")
    assert [each.text for each in register.terms] == ["lövverk"]


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_sticks_out(visit, differing, width):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(width)
    page.goto(PLACE)
    page.locator("details").evaluate_all("all => all.forEach(each => { each.open = true })")
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if place := os.environ.get("VAGVISARE_SHOTS"):
        page.screenshot(path=f"{place}/folder-{width}.png", full_page=True)
