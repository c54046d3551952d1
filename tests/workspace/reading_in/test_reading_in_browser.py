"""The review in a real browser: with the keyboard, on a phone, without scripts, and as a screen reader meets it."""

import importlib.util
import os
from pathlib import Path

import pytest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
SHOTS = os.environ.get("VAGVISARE_SHOTS", "")
TEXT = (
    "# 1 Mål\n- Fler träd\n## Önskvärt läge\n- Tallarna vid havet möter\n- stormarna\n"
    "## Strategiska inriktningar\n- Plantera tallar.\n# 5.2 Sjö REMISSVERSION\n## Önskvärt läge\n- Klart vatten\n"
)


def _browsers():
    path = Path(__file__).parents[2] / "whole" / "browser.py"
    spec = importlib.util.spec_from_file_location("browser", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def chromium():
    with _browsers().browser() as opened:
        yield opened


@pytest.fixture
def look(live_server, signed_in, strategist, chromium):
    """Open pages signed in: ``look(width, scripts)``."""
    cookie, contexts = signed_in(strategist).cookies["vagvisare"].value, []

    def made(width=1280, scripts=True):
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        context.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        context.add_cookies([{"name": "vagvisare", "value": cookie, "domain": "localhost", "path": "/arbete/"}])
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.place = live_server.url.replace("127.0.0.1", "localhost") + "/arbete/utkast/2021-prov/dokument/"
        return page

    yield made
    for context in contexts:
        context.close()


def clean(page):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    assert not found, [(one["id"], one["nodes"][0]["html"]) for one in found]
    every = "[...document.querySelectorAll('main *')]"
    wide = f"{every}.filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.evaluate(wide)


def sent(page):
    page.goto(page.place)
    page.set_input_files("#file", {"name": "skog.md", "mimeType": "text/markdown", "buffer": TEXT.encode()})
    page.get_by_role("button", name="Läs dokument").click()
    page.wait_for_url("**/dokument/*/")


def shot(page, name):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/reading-in-{name}.png", full_page=True)


def test_a_document_is_read_in_with_the_keyboard_alone(look, draft):
    page = look()
    sent(page)
    clean(page)
    shot(page, "review")
    name = page.get_by_label("Rubriken för område 5.1 har gått förlorad")
    name.focus()
    page.keyboard.type("Skog")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Inget väntar på svar").wait_for()
    assert page.evaluate("document.activeElement.id") == "fragor"
    page.locator("#p4 .piece-change").focus()
    page.keyboard.press("Enter")
    page.locator("#p4 select[name=becomes]").wait_for()
    assert page.evaluate("document.activeElement.name") == "becomes"
    clean(page)
    page.locator("#p4 select[name=becomes]").select_option("node")
    page.locator("#p4 .tag").wait_for()
    assert page.evaluate("document.activeElement.id") == "becomes"
    page.locator("#p4 button[name=reset]").click()
    page.locator("#p4 .tag").wait_for(state="detached")
    assert "Tallarna vid havet möter" in page.locator("#p4 .piece-to").inner_text()
    page.get_by_role("button", name="Läs in i utkastet").press("Enter")
    page.get_by_role("button", name="Ångra inläsningen").wait_for()
    assert draft.nodes.filter(text="Tallarna vid havet möter stormarna", removed_at=None).exists()
    clean(page)
    page.get_by_role("button", name="Ångra inläsningen").press("Enter")
    page.get_by_text("Inläsningen är ångrad").wait_for()
    assert not draft.nodes.filter(text__startswith="Tallarna", removed_at=None).exists()
    assert page.said == []


def test_everything_works_without_scripts(look, draft):
    page = look(scripts=False)
    sent(page)
    page.get_by_label("Rubriken för område 5.1 har gått förlorad").fill("Skog")
    page.get_by_role("button", name="Spara namnet").click()
    page.locator("#p4 .piece-change").click()
    page.locator("#p4 select[name=becomes]").select_option("skip")
    page.get_by_role("button", name="Spara valet").click()
    page.get_by_role("button", name="Läs in i utkastet").click()
    page.get_by_text("Dokumentet är inläst i utkastet").wait_for()
    assert draft.nodes.filter(text="Tallarna vid havet möter", removed_at=None).exists()


def test_a_choice_that_could_not_be_saved_is_said_and_stays_on_the_page(look, draft):
    page = look()
    sent(page)
    page.locator("#p9 .piece-change").click()
    page.locator("#p9 textarea").wait_for()
    page.route("**/valj/", lambda route: route.abort())
    page.locator("#p9 textarea").fill("Klart vatten i varje sjö")
    page.locator("#p9 select[name=level]").focus()
    page.get_by_text("Valet är inte sparat").wait_for()
    assert page.locator("#p9 textarea").input_value() == "Klart vatten i varje sjö"


def test_on_a_phone_nothing_is_lost(look, draft):
    page = look(360)
    sent(page)
    clean(page)
    page.locator("#p9 .piece-change").click()
    page.locator("#p9 select[name=becomes]").wait_for()
    clean(page)
    shot(page, "phone")
    page.goto(page.place)
    clean(page)
    shot(page, "phone-list")


BESIDE = (
    "# Skogsplan 2031\n# 1. Omvärlden\n- Fler stormar\n# 2. Underlag\n"
    "Underlag\tAntal områden\nRapport om tallar\t3\nEn tanke om björkar\t2\n"
    "# 5.4 Skog\n## Viktigaste ändringarna\n- Tallarna är nya.\n- Björkarna är borta.\n"
)


def test_what_stands_beside_the_nodes_is_ticked_and_read_in_with_them(look, draft):
    from vagvisare.web.registers.models import Entry
    from vagvisare.web.revision.models import Manuscript

    page = look()
    page.goto(page.place)
    page.set_input_files("#file", {"name": "skog.txt", "mimeType": "text/plain", "buffer": BESIDE.encode()})
    page.get_by_role("button", name="Läs dokument").click()
    page.wait_for_url("**/dokument/*/")
    clean(page)
    page.get_by_label("Slag: En tanke om björkar").select_option("agenda")
    page.locator("summary", has_text="saknar slag").wait_for(state="detached")
    page.locator("summary", has_text="Angivna ändringar").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Björkarna är borta.").focus()
    page.keyboard.press("Space")
    page.get_by_text("1 läses in.").nth(1).wait_for()
    assert page.evaluate("document.activeElement.type") == "checkbox"
    assert Manuscript.objects.get().decisions["beside"].keys() == {"off", "kinds"}
    clean(page)
    shot(page, "beside")
    page.get_by_role("button", name="Läs in i utkastet").press("Enter")
    page.get_by_role("button", name="Ångra inläsningen").wait_for()
    kept = Entry.objects.filter(register="evidence").values_list("content__kind", flat=True)
    assert list(kept) == ["report", "agenda"]
    shot(page, "beside-kept")
    clean(page)
    assert page.said == []


def test_what_stands_beside_is_chosen_without_scripts_and_on_a_phone(look, draft):
    from vagvisare.web.registers.models import Entry

    page = look(360, scripts=False)
    page.goto(page.place)
    page.set_input_files("#file", {"name": "skog.txt", "mimeType": "text/plain", "buffer": BESIDE.encode()})
    page.get_by_role("button", name="Läs dokument").click()
    page.get_by_label("Slag: En tanke om björkar").select_option("agenda")
    page.get_by_role("button", name="Spara valen").click()
    page.get_by_label("Slag: En tanke om björkar").wait_for(state="attached")
    page.locator("summary", has_text="Underlag").click()
    page.get_by_label("Rapport om tallar", exact=True).uncheck()
    shot(page, "beside-phone")
    page.get_by_role("button", name="Läs in i utkastet").click()
    page.get_by_text("Dokumentet är inläst i utkastet").wait_for()
    assert list(Entry.objects.filter(register="evidence").values_list("content__kind", flat=True)) == ["agenda"]
