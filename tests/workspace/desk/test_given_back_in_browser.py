"""A form with something wrong in it, in a browser: what is wrong is heard and seen first, and nothing is lost."""

import runpy
from pathlib import Path

import pytest
from playwright.sync_api import expect

browser = runpy.run_path(str(Path(__file__).parents[2] / "whole" / "browser.py"))["browser"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
PAGE = "/arbete/utgavor/2020-pahittad/"


@pytest.fixture(scope="module")
def opened():
    with browser() as made:
        yield made


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, False)])
def test_what_is_wrong_has_the_focus_and_is_put_right_where_it_stands(
    opened, live_server, sealed, signed_in, width, scripts
):
    from axe_playwright_python.sync_playwright import Axe

    cookie = signed_in(sealed()).cookies["vagvisare"].value
    context = opened.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    context.add_cookies([{"name": "vagvisare", "value": cookie, "url": f"{live_server.url}/arbete/"}])
    page = context.new_page()
    page.goto(PAGE)
    page.get_by_text("Utfärda en rättelse", exact=True).click()
    page.get_by_label("Var", exact=True).select_option("omrade/nr-1/rikta-2")
    page.get_by_label("Så står det").fill("Plantera björk nummer 7.")
    page.get_by_label("Så ska det stå").fill("Plantera lind.")
    page.get_by_label("Skäl").fill("Fel träd.")
    for _ in range(2):  # the page that comes back is one to try again on
        page.get_by_role("button", name="Utfärda rättelsen").click()
        expect(page.get_by_role("alert")).to_contain_text("Ingen rättelse är utfärdad.")
        expect(page.get_by_role("alert")).to_be_focused()
        expect(page.get_by_label("Så står det")).to_have_attribute("aria-invalid", "true")
        expect(page.get_by_label("Var", exact=True)).to_have_value("omrade/nr-1/rikta-2")
        expect(page.get_by_label("Skäl")).to_have_value("Fel träd.")
    if scripts:
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("Så står det").fill("Plantera björk nummer 2.")
    page.get_by_role("button", name="Utfärda rättelsen").click()
    page.wait_for_url(f"**{PAGE}")
    expect(page.get_by_text("Rättelsen är utfärdad.")).to_be_visible()
    context.close()
