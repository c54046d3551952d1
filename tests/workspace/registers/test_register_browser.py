"""Registers by keyboard alone in a browser: filter, edit, undo, fill the matrix; axe clean at both widths."""

import importlib.util
import re
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROOT = "/arbete/register/"
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
"""Milliseconds a step may take on a machine that many share."""


def _loaded(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


browsers = _loaded(Path(__file__).parents[2] / "whole" / "browser.py")


@pytest.fixture(scope="module")
def chromium():
    with browsers.browser() as opened:
        yield opened


@pytest.fixture
def page(orebro, signed_in, live_server, chromium):
    """Open the registers as a strategist."""
    cookie = signed_in("strategist").cookies["vagvisare"].value
    context = chromium.new_context(base_url=live_server.url, locale="sv-SE", viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "vagvisare", "value": cookie, "url": f"{live_server.url}/arbete/"}])
    context.route("**/favicon.ico", lambda route: route.fulfill(status=404))  # the public site is not open here
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda told: page.faults.append(told.text) if "Content Security" in told.text else None)
    yield page
    context.close()
    assert page.faults == []


def content(register, key):
    from vagvisare.web.registers.models import Entry

    return Entry.objects.get(register=register, key=key).content


def focused(page):
    return page.evaluate("document.activeElement.outerHTML.slice(0, 700)")


def until(page, test, most=200):
    """Press Tab until what has focus fits."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if test(focused(page)):
            return
    pytest.fail(f"never reached by Tab; last {focused(page)}")


def told(page, words):
    from playwright.sync_api import Error

    try:
        page.wait_for_function("words => document.getElementById('news').textContent.includes(words)", arg=words)
    except Error as error:  # the page's own words say more than a time-out does
        pytest.fail(f"“{words}” is never said, but: {page.locator('#news').inner_text()} ({type(error).__name__})")


def test_filter_edit_and_undo_by_keyboard(page):
    page.goto(f"{ROOT}mandate/")
    until(page, lambda html: 'id="f-giver"' in html)
    page.keyboard.type("Regionledningen")
    page.keyboard.press("Tab")
    until(page, lambda html: html.startswith("<button") and "Visa" in html)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"giver=regionledningen"))
    assert "Visar 5 av 10" in page.content()
    # One stop for the whole table; the arrows move within it.
    until(page, lambda html: 'data-field="text"' in html)
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert 'data-field="how"' in focused(page)
    assert page.evaluate("document.activeElement.closest('tr').dataset.key") == "behall-strukturen"
    page.keyboard.press("F2")
    told(page, "Ändrar")
    page.keyboard.type("Påbörjat")
    page.keyboard.press("Escape")
    told(page, "Lämnat oförändrat")
    assert "Påbörjat" not in page.evaluate("document.activeElement.textContent")
    assert "how" not in content("mandate", "behall-strukturen")
    page.keyboard.press("F2")
    page.keyboard.type("Kapitlen är desamma")
    page.keyboard.press("Control+Enter")
    told(page, "Sparat: Kapitlen är desamma")
    assert content("mandate", "behall-strukturen")["how"] == "Kapitlen är desamma"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.type("uppfyllt")
    page.keyboard.press("Enter")
    told(page, "Sparat: uppfyllt")
    assert content("mandate", "behall-strukturen")["status"] == "met"
    page.keyboard.press("Control+z")
    told(page, "Ångrat")
    assert "status" not in content("mandate", "behall-strukturen")
    page.wait_for_function("() => document.activeElement.textContent.trim() === 'öppet'")
    page.keyboard.press("Control+z")
    page.wait_for_function("() => document.activeElement.dataset.field === 'how'")
    assert "how" not in content("mandate", "behall-strukturen")
    page.keyboard.press("Control+z")
    told(page, "Det finns inget att ångra")


def test_a_refusal_keeps_the_cell_open_with_what_was_written(page):
    page.goto(f"{ROOT}evidence/")
    page.locator('tr[data-key="barnkonventionen"] [data-field="areas_affected"]').focus()
    page.keyboard.press("Enter")
    page.keyboard.type("många")
    page.keyboard.press("Enter")
    told(page, "är inget heltal")
    assert page.evaluate("document.activeElement.value") == "många"
    assert content("evidence", "barnkonventionen")["areas_affected"] == 7
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent.trim()") == "7"


def test_a_cell_somebody_else_changed_is_not_overwritten(page, person):
    from vagvisare.web.registers import actions

    page.goto(f"{ROOT}evidence/")
    other = person("analyst")
    told_by_other = {"register": "evidence", "key": "barnkonventionen", "fields": {"areas_affected": 6}, "version": 1}
    actions.change(other, **told_by_other)
    page.locator('tr[data-key="barnkonventionen"] [data-field="areas_affected"]').focus()
    page.keyboard.press("Enter")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    told(page, "Någon annan hann")
    assert content("evidence", "barnkonventionen")["areas_affected"] == 6


def test_without_a_connection_the_change_is_said_to_be_unsaved(page):
    page.goto(f"{ROOT}evidence/")
    page.locator('tr[data-key="barnkonventionen"] [data-field="dated"]').focus()
    page.context.set_offline(True)
    page.keyboard.press("Enter")
    page.keyboard.type("1989")
    page.keyboard.press("Enter")
    told(page, "Ingen förbindelse")
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    told(page, "Sparat: 1989")
    assert content("evidence", "barnkonventionen")["dated"] == "1989"


def test_the_matrix_is_filled_in_by_keyboard(page):
    page.goto(f"{ROOT}underlag-och-omraden/")
    until(page, lambda html: 'class="m ' in html)
    assert 'aria-label="Barnkonventionen påverkar 5.1' in focused(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("j")
    told(page, "påverkar 5.3 Kunskapslyft och utbildning: ja. 1 av 7 angivna")
    page.keyboard.press("ArrowRight")
    # Quicker than the server answers: each waits for the one before.
    for key in ("j", "ArrowRight", "n", "ArrowRight", "Space"):
        page.keyboard.press(key)
    told(page, "påverkar 5.6")
    page.wait_for_function("() => document.getElementById('angivna').textContent === '23'")
    assert "3 av 7 angivna" in page.locator("#rad-barnkonventionen").inner_text()
    now = content("evidence", "barnkonventionen")
    short = [area.split("/")[1].split("-")[0] for area in now["areas"]]
    assert short == ["kunskapslyft", "kompetensforsorjning", "halsoframjande"]
    assert now["other_areas"] == ["omrade/social-sammanhallning-och-demokrati"]
    page.keyboard.press("Control+z")
    told(page, "5.6 Hälsofrämjande arbete, hälso- och sjukvård och omsorg: okänt. 2 av 7")
    page.keyboard.press("Control+z")
    told(page, "5.5 Social sammanhållning och demokrati: okänt")
    assert "other_areas" not in content("evidence", "barnkonventionen")
    total = page.locator('[data-total="yes"] [data-area="omrade/kunskapslyft-och-utbildning"]').inner_text()
    assert total == "3"


def test_a_double_click_on_a_slow_line_adds_one_entry(page):
    waiting = []
    page.route("**/themes/ny/", lambda route: waiting.append(route) if route.request.method == "POST" else None)
    page.goto(f"{ROOT}themes/")
    page.get_by_text("Lägg till en rad").click()
    form = page.locator(".quick-add form")
    form.get_by_label("Tema").fill("Åar och älvar")
    form.get_by_role("button").scroll_into_view_if_needed()
    box = form.get_by_role("button").bounding_box()
    for _ in range(2):
        page.mouse.click(box["x"] + 5, box["y"] + 5)
        page.wait_for_timeout(100)
    for route in waiting:
        route.continue_()
    page.get_by_text("Tillagd: ”Åar och älvar”").wait_for()
    assert len(waiting) == 1


@pytest.mark.parametrize("width", [1280, 360])
def test_one_long_address_in_a_table_does_not_widen_the_page(page, person, width):
    from vagvisare.web.registers import actions

    word = "https://exempel.se/" + "kompetensförsörjning" * 15
    content = {"name": word, "words": [word]}
    key = actions.add(person("strategist"), register="themes", content=content).entry.key
    meeting = {"dated": "2021-06-17", "body": "regionstyrelsen", "title": word, "source": word}
    actions.add(person("strategist"), register="meetings", content=meeting)
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("register/themes/", "register/meetings/", f"register/themes/post/{key}/", "spar/"):
        page.goto(f"/arbete/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_is_accessible_and_no_wider_than_the_screen(page, width):
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 900})
    axe, found = Axe(), {}
    for path in (
        "", "mandate/", "timeline/", "meetings/", "actors/", "contributions/", "evidence/", "trends/", "alignments/",
        "themes/", "terms/", "terms/ny/", "errata/", "underlag-och-omraden/",
        "mandate/?rad=behall-strukturen", "timeline/post/remiss-2021/",
        "alignments/post/smart-specialisering/", "meetings/ny/", "evidence/las-in/", "evidence/?sok=finnsinte",
    ):  # fmt: skip
        page.goto(ROOT + path)
        result = axe.run(page, options={"runOnly": RULES})
        said = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in result.response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if said or wide > width:
            found[path] = (said, wide)
    assert found == {}
