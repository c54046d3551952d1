"""The whole job, as people do it in browsers against a real server: from an empty workspace to a public page.

A strategist opens a draft and invites a writer; both rewrite the same words and settle it; the writer gives a reason;
the strategist lets a check pass with hers, seals, and anybody reads on the public site what changed, and why.
"""

import hashlib
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PASSWORD = "fyra ord efter varandra"  # noqa: S105  of made-up people
AREA = "omrade/naringsutveckling-och-entreprenorskap"
KEY = "2030-prov"


def welcomed(page, link):
    """Take an invitation: choose a password and come in."""
    page.goto(link)
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_label("Lösenordet igen").fill(PASSWORD)
    page.get_by_role("button", name="Välj lösenordet och logga in").click()
    page.wait_for_url(re.compile(r"/arbete/"))


def rewrite(page, old, new):
    """Rewrite one word as a person does: mark it, and type."""
    page.locator("#text").evaluate(
        """(box, old) => { const at = box.value.indexOf(old); if (at < 0) throw new Error(old);
                           box.focus(); box.setSelectionRange(at, at + old.length); }""",
        old,
    )
    page.keyboard.type(new)


def test_from_an_empty_workspace_to_the_public_page_of_what_changed(region, visit, looked_at):
    link = region.invited("ada@exempel.se", "Ada Påhittad", "administrator", "strategist")
    region.serve()

    ada = visit()
    welcomed(ada, link)
    ada.get_by_role("link", name="Utgåvor").first.click()
    looked_at(ada, "no-editions")
    ada.get_by_role("button", name="Läs in det som är nytt i mappen").click()
    expect(ada.get_by_text("Strategimappen är inläst.")).to_be_visible()
    looked_at(ada, "editions")

    ada.get_by_role("link", name="Utkast").first.click()
    ada.get_by_label("Utgå från").select_option("2021-remiss")
    ada.get_by_label("Titel").fill("Påhittad utgåva")
    ada.get_by_label("Kort namn i adresser").fill(KEY)
    ada.get_by_role("button", name="Öppna utkast").click()
    ada.wait_for_url(re.compile(rf"/utkast/{KEY}/"))
    direction = ada.evaluate(
        """async () => { const answer = await fetch(location.pathname); const page = await answer.text();
           return page.match(/nod=([^"&]*foretagsklimat-for-entreprenorer)/)[1]; }"""
    )

    disa = visit()
    ada.goto("/arbete/konto/personer/bjud-in/")
    ada.get_by_label("Namn").fill("Disa Uppdiktad")
    ada.get_by_label("E-postadress").fill("disa@exempel.se")
    ada.locator("#role-writer").check()
    ada.locator("#scope-writer").fill(AREA)
    ada.get_by_role("button", name="Bjud in").click()
    welcomed(disa, ada.locator("#one-time-link").input_value())

    clash_and_settle(ada, disa, direction, looked_at)
    give_reason(disa, looked_at)
    seal(ada, looked_at)

    raw = (region.folder / "editions" / f"{KEY}.md").read_bytes()
    assert hashlib.sha256(raw).hexdigest() in ada.locator("main").inner_text()
    assert ada.get_by_text("Strategimappen kunde inte skrivas").count() == 0
    read(visit(), looked_at)
    region.vagvisare("trail", "verify", "--folder", region.folder)


def clash_and_settle(ada, disa, direction, looked_at):
    """Both rewrite the same word without hearing of each other; Disa sees both texts, and chooses hers."""
    for page in (ada, disa):
        page.goto(f"/arbete/utkast/{KEY}/?nod={direction}")
        page.route("**/lage/", lambda route: route.abort())
    rewrite(ada, "goda", "utmärkta")
    expect(ada.locator("#saved")).to_contain_text("Sparat")
    rewrite(disa, "goda", "påhittade")
    expect(disa.locator(".clash-mine")).to_contain_text("påhittade")
    expect(disa.locator(".clash-theirs")).to_contain_text("utmärkta")
    looked_at(disa, "clash")
    disa.get_by_role("button", name="Ta det jag skrev").click()
    expect(disa.locator("#saved")).to_contain_text("Sparat")
    expect(disa.locator(".clash")).to_have_count(0)
    for page in (ada, disa):
        page.unroute("**/lage/")


def give_reason(disa, looked_at):
    """The writer finds her change in the list of those without a reason, and says why, with a source."""
    disa.goto(f"/arbete/utkast/{KEY}/andringar/?utan=1")
    expect(disa.get_by_text("Utan skäl: 1.")).to_be_visible()
    looked_at(disa, "unreasoned")
    disa.get_by_role("link", name="Ange skäl").click()
    disa.get_by_label("Skäl, med ord").fill("Företagen bad om det på ett påhittat möte.")
    disa.get_by_label("Den gröna given", exact=True).check()
    looked_at(disa, "reason")
    disa.get_by_role("button", name="Spara skälet").click()
    expect(disa.get_by_text("Alla ändrade delar har skäl.")).to_be_visible()


def seal(ada, looked_at):
    """The strategist fills in the decision; what still stops is let pass with a reason, one check at a time."""
    ada.goto(f"/arbete/utkast/{KEY}/forsegla/")
    looked_at(ada, "gates")
    for _ in range(8):
        waiting = ada.locator("summary", has_text="Släpp igenom med skäl")
        if not waiting.count():
            break
        waiting.first.click()
        ada.locator("textarea[name=reason]:visible").first.fill("Det är en övning.")
        ada.get_by_role("button", name="Släpp igenom", exact=True).first.click()
        ada.wait_for_load_state()
    expect(ada.get_by_text("Det är en övning.").first).to_be_visible()
    ada.get_by_label("Ställning").select_option("adopted")
    ada.get_by_label("Beslutande instans").fill("Regionfullmäktige (påhittat)")
    ada.get_by_label("Beslutsdag").fill("2030-04-28")
    ada.get_by_label("Paragraf i protokollet").fill("§ 41")
    ada.get_by_role("button", name="Försegla utgåvan").click()
    ada.wait_for_url(re.compile(rf"/utgavor/{KEY}/"))
    expect(ada.get_by_text(f"Nästa utkast, {KEY}-2, är öppnat.")).to_be_visible()
    looked_at(ada, "sealed")


def read(anybody, looked_at):
    """Whoever comes to the public site reads what changed and why, without signing in."""
    anybody.goto(f"/utgavor/{KEY}/andringar/")
    main = anybody.locator("main")
    expect(main.locator("ins", has_text="påhittade").first).to_be_visible()
    expect(main.locator("del", has_text="goda").first).to_be_visible()
    expect(main.get_by_text("Företagen bad om det på ett påhittat möte.").first).to_be_visible()
    expect(main.get_by_text("Den gröna given").first).to_be_visible()
    looked_at(anybody, "public-changes")
    assert anybody.goto(f"/utgavor/{KEY}/").status == 200
    assert anybody.goto("/utgavor/2021-remiss/").status == 200
    assert anybody.goto(f"/arbete/utkast/{KEY}/").url.startswith(
        anybody.url.split("/arbete/")[0] + "/arbete/konto/login/"
    )
