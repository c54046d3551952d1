"""The real site in a real browser: accessible, whole on a phone, without JavaScript and without other hosts."""

import re
import runpy
from pathlib import Path

import pytest
from playwright.sync_api import expect

HERE = Path(__file__)
ROOT = HERE.parents[2]
TOOLS = runpy.run_path(str(HERE.with_name("browser.py")))

KINDS = {
    "start": "",
    "goals": "mal/",
    "overarching goal": "mal/stark-konkurrenskraft/",
    "goal": "effektmal/minskad-klimatpaverkan/",
    "goal without figures": "effektmal/giftfri-miljo/",
    "list of areas": "omrade/",
    "area": "omrade/kunskapslyft-och-utbildning/",
    "area with working name": "omrade/social-sammanhallning-och-demokrati/",
    "matrix": "samband/",
    "indicators": "indikator/",
    "indicator with target": "indikator/ghg-emissions/",
    "indicator with rank": "indikator/upper-secondary-eligibility/",
    "indicator with gaps": "indikator/matched-employment/",
    "indicator of windows": "indikator/good-self-rated-health/",
    "indicator with an older series": "indikator/new-companies/",
    "indicator without a better way": "indikator/population/",
    "indicator with breaks to look into": "indikator/preschool-enrolment/",
    "indicator of few figures": "indikator/arable-land/",
    "findings": "fynd/",
    "follow-ups": "uppfoljning/",
    "replay": "uppfoljning/2022/",
    "registers": "underlag/",
    "about": "om-uppgifterna/",
    "accessibility": "tillganglighet/",
    "not found": "404.html",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def material():
    from vagvisare import flow

    return flow.material(flow.read_folder(ROOT / "strategies" / "orebro"))


@pytest.fixture(scope="module")
def site(material, tmp_path_factory):
    from vagvisare.publications.html import write_site

    out = tmp_path_factory.mktemp("export") / "site"
    write_site(material, out)
    with TOOLS["served"](out) as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    with TOOLS["browser"]() as opened:
        yield opened


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def address(site, place, language):
    return f"{site}/{'en/' if language == 'en' else ''}{place}"


@pytest.mark.parametrize(("language", "width"), [("sv", 1280), ("en", 360)])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_and_nothing_sticks_out(page, site, kind, language, width):
    from axe_playwright_python.sync_playwright import Axe

    asked, failures = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address(site, KINDS[kind], language))
    # What is folded is looked at too.
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]})
    assert found.response["violations"] == [], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.get_attribute("html", "lang") == language
    assert failures == []
    elsewhere = [url for url in asked if not url.startswith(site) and not url.startswith("data:")]
    assert elsewhere == []


def test_no_page_is_wider_than_a_phone(page, site):
    page.set_viewport_size({"width": 360, "height": 740})
    for place in KINDS.values():
        page.goto(address(site, place, "sv"))
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, place


def test_what_is_folded_opens_from_the_keyboard(page, site):
    page.goto(address(site, "indikator/new-companies/", "sv"))
    for name in ("Prognosen år för år", "Valen ett för ett", "Båda trenderna"):
        fold = page.locator("details", has=page.locator("summary", has_text=name)).first
        fold.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(fold.locator("table"), name).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("key", ["ghg-emissions", "daily-smoking", "population", "upper-secondary-eligibility"])
def test_words_of_the_chart_do_not_lie_on_each_other(page, site, key, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address(site, f"indikator/{key}/", "sv"))
    boxes = [text.bounding_box() for text in page.locator("svg.line-chart:visible text.label").all()]
    assert len(boxes) >= 3
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            across = min(a["x"] + a["width"], b["x"] + b["width"]) - max(a["x"], b["x"])
            down = min(a["y"] + a["height"], b["y"] + b["height"]) - max(a["y"], b["y"])
            assert across <= 1 or down <= 4, (a, b)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_colour_schemes_have_contrast_enough(chromium, site, scheme):
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(color_scheme=scheme)
    page = context.new_page()
    for kind in ("start", "indicator with target", "indicator with an older series", "replay", "indicators", "matrix"):
        page.goto(address(site, KINDS[kind], "sv"))
        found = Axe().run(page, options={"runOnly": {"type": "rule", "values": ["color-contrast"]}})
        assert found.response["violations"] == [], found.generate_report()
    context.close()


@pytest.mark.parametrize(
    "kind", ["start", "indicator with target", "indicator with rank", "findings", "indicators", "replay"]
)
def test_every_page_is_whole_without_javascript(chromium, site, kind):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(site, KINDS[kind], "sv"))
    assert page.locator("h1").count() == 1
    assert page.locator(".filter:visible, .choose:visible, .readout:visible").count() == 0
    if kind == "indicator with target":
        assert page.locator("svg.line-chart:visible").count() == 1
        assert page.locator("svg.county-map").count() == 0, "a sum is not shaded on a map"
        assert page.locator("#historik tbody tr:visible").count() >= 5
    if kind == "indicator with rank":
        assert page.locator("svg.county-map:visible").count() == 1
    context.close()


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(page, site):
    page.goto(address(site, "indikator/", "sv"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Till innehållet"
    assert page.locator(".skip").bounding_box()["y"] >= 0, "it is seen when it has focus"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#innehall"


def test_focus_is_seen(page, site):
    page.goto(address(site, "", "sv"))
    for _ in range(3):
        page.keyboard.press("Tab")
    width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert width == "3px"


def test_the_list_narrows_from_the_keyboard_and_remembers_in_the_address(page, site):
    page.goto(address(site, "fynd/", "sv"))
    rows = page.locator("#fyndlista > li")
    everything = rows.count()
    page.get_by_label("Sök i listan").focus()
    page.keyboard.type("växthusgaser")
    shown = page.locator("#fyndlista > li:visible").count()
    assert 0 < shown < everything
    assert page.get_by_role("status").inner_text() == f"{shown} av {everything} visas"
    assert "q=v%C3%A4xthusgaser" in page.url
    page.reload()
    assert page.locator("#fyndlista > li:visible").count() == shown
    page.get_by_label("Sök i listan").fill("")
    assert page.locator("#fyndlista > li:visible").count() == everything
    page.get_by_label("Slag").select_option(index=1)
    assert page.locator("#fyndlista > li:visible").count() < everything


def test_a_finding_leads_to_its_computation_unfolded(page, site):
    page.goto(address(site, "fynd/", "sv"))
    links = page.locator("#fyndlista a.finding")
    for i in range(min(links.count(), 12)):
        page.goto(address(site, "fynd/", "sv"))
        links.nth(i).click()
        target = page.evaluate("location.hash.slice(1)")
        if target:
            expect(page.locator(f"[id='{target}'] .steps li").first).to_be_visible()


def test_the_pointer_reads_figures_and_one_earlier_day_can_be_chosen(page, site):
    page.goto(address(site, "indikator/upper-secondary-eligibility/", "sv"))
    chart = page.locator("svg.line-chart:visible")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert "procent" in page.locator(".readout").first.inner_text()
    rows = page.locator("#historik tbody tr")
    page.get_by_label("Välj dag").select_option(index=1)
    assert page.locator("#historik tbody tr:visible").count() == 1 < rows.count()


def test_the_site_can_be_walked_from_start_to_figures(page, site):
    page.goto(address(site, "", "sv"))
    page.get_by_role("link", name="Minskad klimatpåverkan").first.click()
    page.get_by_role("link", name="Utsläpp av växthusgaser", exact=True).first.click()
    expect(page).to_have_title(re.compile("Utsläpp av växthusgaser"))
    page.get_by_role("link", name="In English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text(re.compile("^Greenhouse gas emissions"))


def test_the_export_opens_from_a_folder_on_disk(page, material, tmp_path):
    from vagvisare.publications.html import write_site

    write_site(material, tmp_path / "site")
    page.goto((tmp_path / "site" / "index.html").as_uri())
    page.get_by_role("link", name="Indikatorer", exact=True).first.click()
    expect(page.locator("#indikatorlista tbody tr").nth(24)).to_be_attached()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_print_shows_the_page_without_its_menus(page, site):
    page.goto(address(site, "indikator/ghg-emissions/", "sv"))
    page.emulate_media(media="print")
    expect(page.locator(".menu")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    page.set_viewport_size({"width": 680, "height": 900})
    expect(
        page.locator(".wide svg.line-chart"), "paper gets the wide drawing, however narrow the sheet"
    ).to_be_visible()
    expect(page.locator(".narrow svg.line-chart")).to_be_hidden()
