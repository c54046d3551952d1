"""The lesson ``docs/learn/revise-the-strategy.md``, done by hand as it says: its commands run, its buttons pressed.

Every number the lesson gives is counted on the page first and then looked for in the lesson.
"""

import hashlib
import re
import shlex
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[3]
LESSON = ROOT / "docs" / "learn" / "revise-the-strategy.md"
PASSWORD = "fyra ord efter varandra"  # noqa: S105  of made-up people
KEY = "2021-remiss-egen"
DRAFT = f"/arbete/utkast/{KEY}/"
REASON = "Tydliggör att många samhällsaktörer samverkar för detta."


class Lesson:
    """The lesson's words, and a page that does what they say."""

    def __init__(self, page):
        self.page = page
        self.text = " ".join(LESSON.read_text(encoding="utf-8").split())
        self.commands = re.search(r"```sh\n(.*?)```", LESSON.read_text(encoding="utf-8"), re.DOTALL)[1].splitlines()

    def says(self, *sentences):
        for sentence in sentences:
            assert sentence in self.text, sentence

    def press(self, name, role="button", *, called="", exact=True):
        """Press what the lesson names in bold; ``called`` is the name on the page where the lesson shortens it."""
        assert f"**{name}**" in self.text, name
        self.page.get_by_role(role, name=called or name, exact=exact).first.click()

    def counted(self, pattern):
        """Return the numbers of a sentence on the page."""
        words = " ".join(self.page.locator("main").inner_text().split())
        found = re.search(pattern, words)
        assert found, f"{pattern}: {words[:1500]}"
        return found.groups()


@pytest.fixture
def lesson(region, visit):
    page = visit()
    made = Lesson(page)
    copy, invite, serve = made.commands
    assert copy == "cp -r strategies/orebro lesson"  # the region of the test is such a copy
    assert serve == "vagvisare serve lesson"
    words = shlex.split(invite.replace("--folder lesson", f"--folder {region.folder}"))
    told = region.vagvisare(*words[1:], "--site", region.address)
    region.serve()
    page.goto(re.search(rf"{region.address}\S+", told)[0])
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_label("Lösenordet igen").fill(PASSWORD)
    page.get_by_role("button", name="Välj lösenordet och logga in").click()
    page.wait_for_url(re.compile(r"/arbete/"))
    return made


def test_the_revision_of_2021_is_carried_out_as_the_lesson_says(lesson, region, visit):
    open_a_draft(lesson)
    read_the_presentation(lesson)
    enter_what_is_not_known(lesson)
    see_and_give_reasons(lesson)
    check_what_is_said(lesson)
    seal(lesson)
    raw = (region.folder / "editions" / f"{KEY}.md").read_bytes()
    assert hashlib.sha256(raw).hexdigest() in lesson.page.locator("main").inner_text()
    lesson.says(f"`lesson/editions/{KEY}.md`")
    read_as_the_public(lesson, visit())


def open_a_draft(lesson):
    lesson.press("Utgåvor", "link")
    lesson.press("Läs in det som är nytt i mappen")
    expect(lesson.page.locator("ul.entries li")).to_have_count(2)
    lesson.says("Two editions are now sealed in the workspace: `2018` and `2021-remiss`.")
    lesson.press("Utkast", "link")
    lesson.page.get_by_label("Utgå från").select_option("2018")
    lesson.page.get_by_label("Titel").fill("En egen remissversion")
    lesson.page.get_by_label("Kort namn i adresser").fill(KEY)
    lesson.press("Öppna utkast")
    lesson.page.wait_for_url(re.compile(rf"{DRAFT}"))
    (parts,) = lesson.counted(r"(\d+) delar,")
    lesson.says(f"The draft has {parts} parts: two areas, one desired state and one direction.")


def read_the_presentation(lesson):
    page = lesson.page
    lesson.press("Läs in", "link")
    deck = re.search(r"\(\.\./\.\./(\S+?\.txt)\)", lesson.text)[1]
    page.get_by_label("Fil").set_input_files(ROOT / deck)
    lesson.press("Läs dokument")
    page.wait_for_url(re.compile(r"/dokument/\d+/"))
    (pieces,) = lesson.counted(r"· (\d+) stycken ·")
    lesson.says(f"The review shows {pieces} pieces")
    changes, evidence, trends = lesson.counted(r"(\d+) angivna ändringar, (\d+) underlag, (\d+) omvärldstrender")
    (total,) = lesson.counted(r"antal är tillsammans (\d+)\)")
    lesson.says(
        f"{changes} stated changes, {evidence} items of evidence whose counts add up to {total}, and {trends} trends"
    )
    offers = page.locator("form.offer button")
    missing = offers.count()
    lesson.says(f"{missing} headings are missing", "(**Använd … som arbetsnamn**)", "**Inget väntar på svar**")
    for left in range(missing - 1, -1, -1):
        offers.first.click()
        expect(offers).to_have_count(left)
    expect(page.locator("#fragor")).to_have_text("Inget väntar på svar")
    lesson.press("Läs in i utkastet")
    expect(page.get_by_role("link", name="Gå till utkastet")).to_be_visible()
    page.goto(DRAFT)
    (parts,) = lesson.counted(r"(\d+) delar,")
    lesson.says(f"The draft now has {parts} parts.")


def enter_what_is_not_known(lesson):
    page = lesson.page
    lesson.press("Register", "link")
    lesson.press("Underlag och områden", "link")
    before, total = lesson.counted(r"(\d+) av (\d+) samband är angivna")
    lesson.says(f"{before} of {total} links are entered, those of the two items that affect all ten areas.")
    assert page.locator(".row-total", has_text="10 av 10").count() == 2
    page.get_by_role("button", name=re.compile(r"^Barnkonventionen .* Kunskapslyft och utbildning: okänt")).click()
    expect(page.locator("#angivna")).not_to_have_text(before)
    lesson.says(f"{page.locator('#angivna').inner_text()} of {total}. A cell nobody has pressed stays unknown")
    lesson.press("Register", "link")
    lesson.press("Omvärldstrender", "link")
    kept, reworded, other, dropped = lesson.counted(
        r"(\d+) kvar · (\d+) omskriven · (\d+) blev en annan · (\d+) struken"
    )
    lesson.says(f"{kept} kept, {reworded} reworded, {other} that became another, {dropped} dropped")


def see_and_give_reasons(lesson):
    page = lesson.page
    page.goto(DRAFT)
    lesson.press("Vad har ändrats", "link")
    changed, unknown = lesson.counted(r"(\d+) delar visas")[0], lesson.counted(r"Okänt om de är nya \((\d+)\)")[0]
    lesson.says(f"{changed} parts are known to be changed, both in 5.3. Another {unknown} are in your draft")
    assert lesson.counted(r"5\.3 Kunskapslyft och utbildning \((\d+)\)")[0] == changed
    page.get_by_label("Okänt om de är nya").check()
    lesson.press("Visa urvalet")
    assert lesson.counted(r"(\d+) delar visas")[0] == unknown
    lesson.press("Viktigaste ändringarna", "link")
    (sentences,) = lesson.counted(r"(\d+) ändringar,")
    lesson.says(f"**Viktigaste ändringarna** has a sentence for each of the {sentences}")
    lesson.press("Del för del", "link")
    for box in page.locator("input[name=nod]").all():
        box.check()
    lesson.press("Ge de ikryssade samma skäl")
    lesson.says(f"*{REASON}*", "line 234")
    line = (
        (ROOT / re.search(r"\(\.\./\.\./(\S+?\.txt)\)", lesson.text)[1]).read_text(encoding="utf-8").splitlines()[233]
    )
    assert REASON in line
    page.get_by_label("Skäl, med ord").fill(REASON)
    page.get_by_label("Barnkonventionen", exact=True).check()
    lesson.says("**Spara skälet**")
    page.get_by_role("button", name="Spara skälet").click()
    lesson.says("**Alla ändrade delar har skäl.**")
    expect(page.get_by_text("Alla ändrade delar har skäl.")).to_be_visible()
    page.get_by_role("link", name="Barnkonventionen").first.click()
    expect(page.locator("main .changes > li")).to_have_count(int(changed))


def check_what_is_said(lesson):
    page = lesson.page
    page.goto(f"{DRAFT}andringar/")
    lesson.press("Håller det vi säger?", "link")
    lesson.press("vad 2021-remiss säger (31)", "link")
    said, hold, fail, unknown = lesson.counted(
        r"(\d+) påståenden: ✓ (\d+) stämmer, ✗ (\d+) stämmer inte, ◇ (\d+) går inte att pröva"
    )
    lesson.says(
        f"told its changes in {said} statements", f"{hold} hold: from one", f"{fail} do not hold.",
        f"{unknown} cannot be checked",
    )  # fmt: skip
    page.locator("#pastaende").fill("Två nya strategiska inriktningar")
    lesson.says("type `Två nya strategiska inriktningar`, choose 5.3", "That too cannot be checked")
    page.get_by_label("Gäller").select_option(label="5.3 Kunskapslyft och utbildning")
    lesson.press("Pröva")
    assert lesson.counted(r"1 påstående: ✓ (\d) stämmer, ✗ (\d) stämmer inte, ◇ (\d) går inte") == ("0", "0", "1")


def seal(lesson):
    page = lesson.page
    lesson.press("Försegla", "link")
    expect(page.get_by_text("En kontroll stoppar förseglingen.")).to_be_visible()
    expect(page.locator("#kontroll-adoption")).to_contain_text("stoppar")
    expect(page.locator("#kontroll-language")).to_contain_text("2 delar har språkliga anmärkningar.")
    lesson.says(
        "One check stops the sealing: the decision is missing. Two parts also have remarks on their language",
        "**Släpp igenom med skäl**", "**Försegla utgåvan**", "*remissversion*",
    )  # fmt: skip
    page.get_by_text("Släpp igenom med skäl").click()
    page.locator("textarea[name=reason]:visible").fill("Remissversionen sänds ut innan någon har antagit den.")
    lesson.press("Släpp igenom")
    expect(page.get_by_text("Inget stoppar förseglingen.")).to_be_visible()
    assert page.locator("#status option:checked").inner_text() == "remissversion"
    page.get_by_role("button", name="Försegla utgåvan").click()
    page.wait_for_url(re.compile(rf"/utgavor/{KEY}/"))
    lesson.says(f"the next draft, `{KEY}-2`, has opened")
    expect(page.get_by_text(f"Nästa utkast, {KEY}-2, är öppnat.")).to_be_visible()


def read_as_the_public(lesson, anybody):
    address = f"/utgavor/{KEY}/andringar/"
    lesson.says(f"Open `{address}`")
    anybody.goto(address)
    parts = anybody.locator("article.change")
    lesson.says(f"There stand the {parts.count()} changes with their words side by side, the reason,")
    for part in parts.all():
        expect(part).to_contain_text(REASON)
        expect(part).to_contain_text("Barnkonventionen")
    compared = f"/arbete/utkast/jamfor/2021-remiss/{KEY}/"
    lesson.page.goto(compared)
    (differ,) = lesson.counted(r"(\d+) delar visas")
    lesson.says(f"`{compared}`. {differ} parts differ.")
