"""The whole way in a browser: invited, a password, an app, a key, out and in again; axe clean on every page."""

import importlib.util
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "ett långt lösenord"  # noqa: S105  of made-up people
GOOD = "fyra ord efter varandra"
WIDTHS = (1280, 360)
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
SHOTS = os.environ.get("VAGVISARE_SHOTS", "")
"""A folder for pictures of the pages, where somebody wants to look at them."""


def _loaded(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


browsers = _loaded(Path(__file__).parents[2] / "whole" / "browser.py")


@pytest.fixture
def house(live_server, person):
    """A served workspace with an administrator."""
    live_server.admin = person("administrator", name="Ada Påhittad", email="ada@exempel.se")
    return live_server


@pytest.fixture(scope="module")
def chromium():
    with browsers.browser() as opened:
        yield opened


@pytest.fixture
def visit(chromium, house):
    """Open a browser of somebody's own."""
    contexts = []

    def made(**more):
        context = chromium.new_context(base_url=house.url, locale="sv-SE", **more)
        contexts.append(context)
        context.route("**/favicon.ico", lambda route: route.fulfill(status=404))  # the public site is not open here
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda told: page.faults.append(told.text) if "Content Security" in told.text else None)
        return page

    yield made
    for context in contexts:
        context.close()


def looked_at(page, name):
    """Let axe look at the page as it stands, wide and narrow."""
    from axe_playwright_python.sync_playwright import Axe

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
        assert found.response["violations"] == [], f"{name} {width}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.faults == [], name


def signed_in(page, email, password=PASSWORD):
    page.goto("/arbete/")
    page.get_by_label("E-postadress").fill(email)
    page.get_by_label("Lösenord", exact=True).fill(password)
    page.get_by_role("button", name="Logga in", exact=True).click()


def code_for(secret):
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def stacked(page):
    """Hold a phone up to the tables: every cell stands under the one before, with its label, and none out of sight."""
    page.set_viewport_size({"width": 360, "height": 900})
    tables = page.locator(".scroll")
    assert tables.count() == 2
    assert all(tables.evaluate_all("found => found.map(each => each.scrollWidth <= each.clientWidth)"))
    label = page.get_by_role("cell", name=re.compile("skribent")).first
    assert label.evaluate("cell => getComputedStyle(cell, '::before').content").startswith('"Roller')
    page.set_viewport_size({"width": 1280, "height": 900})


def invited(visit, role="skribent"):
    """Let the administrator invite somebody, and return the link as it is shown."""
    admin = visit()
    admin.goto("/arbete/")
    looked_at(admin, "logga-in")
    signed_in(admin, "ada@exempel.se")
    admin.get_by_role("link", name="Personer").first.click()
    looked_at(admin, "personer-tom")
    admin.get_by_role("link", name="Bjud in någon").click()
    looked_at(admin, "bjud-in")
    admin.get_by_label("Namn", exact=True).fill("Alva Påhittad")
    admin.get_by_label("E-postadress").fill("alva@exempel.se")
    admin.get_by_role("button", name="Bjud in").click()
    expect(admin.get_by_text("Välj minst en roll")).to_be_visible()
    looked_at(admin, "bjud-in-fel")
    admin.get_by_label(role, exact=True).check()
    admin.get_by_label("för delen").fill("omrade/klimat")
    admin.get_by_role("button", name="Bjud in").click()
    looked_at(admin, "lank")
    link = admin.get_by_label("Engångslänk").input_value()
    admin.get_by_role("link", name="Till personer").click()
    looked_at(admin, "personer")
    stacked(admin)
    return admin, link


def test_somebody_is_invited_chooses_a_password_ties_an_app_and_comes_in_with_its_code(visit, house):
    from django.core.cache import cache

    admin, link = invited(visit)
    alva = visit()
    alva.goto(link)
    looked_at(alva, "inbjudan")
    alva.get_by_label("Lösenord", exact=True).fill("kort")
    alva.get_by_label("Lösenordet igen").fill("kort")
    alva.get_by_role("button", name="Välj lösenordet").click()
    looked_at(alva, "inbjudan-fel")
    alva.get_by_label("Lösenord", exact=True).fill(GOOD)
    alva.get_by_label("Lösenordet igen").fill(GOOD)
    alva.get_by_role("button", name="Välj lösenordet").click()
    assert alva.get_by_role("heading", level=1).inner_text() == "Att göra"

    alva.get_by_role("link", name="Alva Påhittad").click()
    looked_at(alva, "profil")
    alva.get_by_role("link", name="App, nycklar och reservkoder").click()
    looked_at(alva, "andra-faktorn")
    alva.get_by_role("link", name="Koppla en app").click()
    looked_at(alva, "koppla-app")
    secret = alva.locator("#totp-secret").inner_text()
    alva.get_by_label("Kod från appen").fill("000000")
    alva.get_by_role("button", name="Koppla appen").click()
    expect(alva.get_by_text("Koden stämmer inte")).to_be_visible()
    assert alva.locator("#totp-secret").inner_text() == secret
    alva.get_by_label("Kod från appen").fill(code_for(secret))
    alva.get_by_role("button", name="Koppla appen").click()
    assert alva.get_by_role("heading", level=1).inner_text() == "Reservkoder"
    looked_at(alva, "reservkoder")
    alva.goto("/arbete/konto/jag/inloggningar/")
    looked_at(alva, "inloggningar")

    alva.get_by_role("button", name="Logga ut", exact=True).click()
    expect(alva.get_by_text("Du är utloggad")).to_be_visible()
    cache.clear()  # the same half minute may have seen this code
    signed_in(alva, "alva@exempel.se", GOOD)
    looked_at(alva, "kod")
    alva.get_by_label("Kod från appen").fill(code_for(secret))
    alva.get_by_role("button", name="Logga in").click()
    assert alva.get_by_role("heading", level=1).inner_text() == "Att göra"

    admin.reload()
    admin.get_by_role("link", name="Alva Påhittad").click()
    looked_at(admin, "person")
    admin.get_by_role("button", name="Stäng av").click()
    expect(admin.get_by_text("Alva Påhittad är avstängd")).to_be_visible()
    looked_at(admin, "person-avstangd")
    alva.goto("/arbete/")
    assert alva.get_by_role("heading", level=1).inner_text() == "Logga in"
    signed_in(alva, "alva@exempel.se", GOOD)
    looked_at(alva, "avstangd")
    alva.goto(link)
    assert "redan använd" in alva.get_by_role("heading", level=1).inner_text()


def test_a_key_is_added_and_replaces_the_password(visit, house):
    page = visit()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    signed_in(page, "ada@exempel.se")
    page.goto("/arbete/konto/jag/andra-faktorn/nycklar/ny/")
    looked_at(page, "bekrafta")
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Bekräfta").click()
    looked_at(page, "ny-nyckel")
    page.get_by_label("Vad du kallar nyckeln").fill("Fingret")
    page.get_by_role("button", name="Lägg till nyckeln").click()
    page.wait_for_url("**/koder/")
    page.goto("/arbete/konto/jag/andra-faktorn/nycklar/")
    looked_at(page, "nycklar")
    expect(page.get_by_role("rowheader", name="Fingret")).to_be_visible()
    page.goto("/arbete/konto/jag/bekrafta/nyckel/")
    looked_at(page, "bekrafta-nyckel")
    page.get_by_role("button", name="Logga ut", exact=True).click()

    page.get_by_role("button", name="Logga in med en nyckel").click()
    page.wait_for_url("**/arbete/")
    assert page.get_by_role("heading", level=1).inner_text() == "Att göra"
    page.get_by_role("button", name="Logga ut", exact=True).click()

    signed_in(page, "ada@exempel.se")  # with the password, the key is the second factor
    looked_at(page, "kod-eller-nyckel")
    page.get_by_role("button", name="Använd en nyckel i stället").click()
    page.wait_for_url("**/arbete/")
    page.goto("/arbete/konto/jag/andra-faktorn/nycklar/")
    page.get_by_role("link", name=re.compile("Ta bort")).click()
    page.wait_for_load_state()
    if page.get_by_role("button", name="Bekräfta").count():  # too long since it was last proved who this is
        page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Bekräfta").click()
    page.get_by_role("button", name="Ta bort nyckeln").click()
    expect(page.get_by_text("Du har ingen nyckel än")).to_be_visible()


def test_without_scripts_everything_but_keys_works(visit, house):
    page = visit(java_script_enabled=False)
    signed_in(page, "ada@exempel.se")
    assert page.get_by_role("heading", level=1).inner_text() == "Att göra"
    page.get_by_role("button", name="Logga ut", exact=True).click()
    expect(page.get_by_role("button", name="Logga in med en nyckel")).to_be_hidden()


def test_only_the_keyboard_is_needed_to_sign_in(visit, house):
    page = visit(color_scheme="dark")
    page.goto("/arbete/konto/login/")
    looked_at(page, "logga-in-morkt")
    page.get_by_label("E-postadress").focus()
    page.keyboard.type("ada@exempel.se")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/arbete/")
    page.goto("/arbete/konto/personer/bjud-in/")
    looked_at(page, "bjud-in-morkt")
