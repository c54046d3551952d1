"""The desk and the trail in a browser: nothing a machine can see wrong, at a desk's width and at a phone's."""

import runpy
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

browser = runpy.run_path(str(Path(__file__).parents[2] / "whole" / "browser.py"))["browser"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture(scope="module")
def opened():
    with browser() as made:
        yield made


@pytest.fixture
def page(opened, live_server, signed_in):
    """Return a page opened as somebody: ``page("strategist", width)``."""

    contexts = []

    def made(client, width=1280):
        context = opened.new_context(viewport={"width": width, "height": 900}, base_url=live_server.url)
        morsel = client.cookies["vagvisare"]
        context.add_cookies([{"name": "vagvisare", "value": morsel.value, "url": f"{live_server.url}/arbete/"}])
        contexts.append(context)
        return context.new_page()

    yield made
    for context in contexts:
        context.close()


def faults(shown):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(shown).response["violations"]
    return [(v["id"], [n["target"] for n in v["nodes"]]) for v in found]


def furnish(client, person):
    from vagvisare.web.audit import trail
    from vagvisare.web.revision.models import Assignment, Comment, Draft, DraftNode

    draft = Draft.objects.create(key="utkast", title="Påhittat utkast", opened_by="x")
    node = DraftNode.objects.create(draft=draft, address="omrade/ett", level="area", text="Ett påhittat område " * 9)
    Assignment.objects.create(person=client.person, node=node, due=date(2020, 1, 1), note="Kort")
    said = Comment.objects.create(node=node, author=person("writer"), text="Vad menas? " * 30)
    said.mentions.add(client.person)
    for turn in range(60):
        trail.record(client.person.key, "registers.evidence.change", "entry", f"evidence:{turn}", title=f"Rad {turn}",
                     before={"title": "a" * 300}, after={"title": "b"}, reason="Därför")  # fmt: skip


@pytest.mark.parametrize("width", [1280, 360])
def test_desk_and_trail_are_in_order(page, signed_in, person, width):
    client = signed_in("strategist")
    fresh = page(client, width)
    fresh.goto("/arbete/")
    expect(fresh.locator("h2", has_text="Kom i gång")).to_be_visible()
    assert faults(fresh) == []
    furnish(client, person)
    for address in ("/arbete/", "/arbete/spar/", "/arbete/spar/?sort=node", "/arbete/spar/entry/evidence:1/"):
        fresh.goto(address)
        for fold in fresh.locator("details").all()[:2]:
            fold.locator("summary").click()
        assert faults(fresh) == [], address
        assert fresh.evaluate("document.documentElement.scrollWidth") <= width, address


def test_the_trail_is_filtered_and_paged_by_keyboard_alone(page, signed_in, person):
    client = signed_in("registrar")
    furnish(client, person)
    shown = page(client)
    shown.goto("/arbete/spar/")
    assert shown.locator(".trail > li").count() == 50
    shown.locator("a[rel=next]").focus()
    shown.keyboard.press("Enter")
    shown.wait_for_url("**fore=11**")
    assert shown.locator(".trail > li").count() == 10
    shown.locator("#fran").focus()
    shown.locator("#fran").fill("2099-01-01")
    shown.keyboard.press("Enter")
    shown.wait_for_url("**fran=2099-01-01**")
    expect(shown.get_by_text("Ingen händelse stämmer")).to_be_visible()
