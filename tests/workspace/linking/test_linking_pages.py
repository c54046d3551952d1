"""The pages of a draft's links: what they say, who may press what, and how few questions they ask the database."""

import csv
import io
import re

import pytest

pytestmark = pytest.mark.django_db

PAGES = ("bidrag/", "malkonflikter/", "perspektiv/", "teman/")
BASE = "/arbete/utkast/2026/"
CELL = "omrade/2|effektmal/arbete"


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages(draft, strategist, signed_in, page):
    client = signed_in(strategist)
    swedish = client.get(f"{BASE}{page}")
    assert swedish.status_code == 200
    client.cookies["sprak"] = "en"
    english = client.get(f"{BASE}{page}")
    assert english.status_code == 200
    assert "EN " in english.content.decode()
    assert 'lang="en"' in english.content.decode()


@pytest.mark.parametrize("page", [*PAGES, *(f"{page}tabell.csv" for page in PAGES)])
def test_partners_do_not_see_the_draft_and_an_unknown_draft_is_not_there(draft, signed_in, page):
    assert signed_in("partner").get(f"{BASE}{page}").status_code == 403
    assert signed_in("reader").get(f"{BASE}{page}").status_code == 200
    assert signed_in("reader").get(f"/arbete/utkast/inget/{page}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", [1, 50])
def test_the_questions_to_the_database_do_not_grow_with_the_draft(
    opened, strategist, signed_in, django_assert_max_num_queries, page, size
):
    from vagvisare.web.revision.models import Cell, Screening, ThemeTag

    draft = opened(areas=size, directions=1)
    for number in range(2, size + 1):
        area, direction = f"omrade/{number}", f"omrade/{number}/inriktning/1"
        Cell.objects.create(draft=draft, kind="contributes_to", origin=area, target="effektmal/klimat", answer="yes")
        Cell.objects.create(draft=draft, kind="conflicts_with", origin=area, target="omrade/1", answer="yes")
        Screening.objects.create(draft=draft, perspective="perspektiv/unga", address=direction, answer="yes")
        ThemeTag.objects.create(draft=draft, theme="klimat", address=direction)
    client = signed_in(strategist)
    client.get(f"{BASE}{page}")
    with django_assert_max_num_queries(15):
        assert client.get(f"{BASE}{page}?tema=klimat&cell={CELL}").status_code == 200


def test_the_matrix_says_how_much_is_known_and_never_counts_unknown_as_no(draft, strategist, signed_in):
    told = text_of(signed_in(strategist).get(f"{BASE}bidrag/"))
    assert "2 av 6 celler är angivna. 4 är inte angivna: där har ingen sagt något, och det räknas inte som nej." in told
    assert "Fler i arbete 1 känt bidrag, 1 ej angivet 5.1 Påhittat område 1" in told
    assert "Minskad klimatpåverkan inget känt bidrag, 1 bidrar inte, 1 ej angivet" in told
    assert "5.2 Påhittat område 2: inget känt bidrag, 3 ej angivet" in told
    assert "Ingen cell har ändrats." in told


def test_every_cell_is_a_button_with_its_whole_name_and_every_heading_has_a_scope(draft, strategist, signed_in):
    page = signed_in(strategist).get(f"{BASE}bidrag/").content.decode()
    assert 'aria-label="5.1 Påhittat område 1 bidrar till Fler i arbete: ja, skäl finns"' in page
    assert 'aria-label="5.1 Påhittat område 1 bidrar till Minskad klimatpåverkan: nej, skäl finns"' in page
    assert 'aria-label="5.2 Påhittat område 2 bidrar till Mer kunskap: ej angivet"' in page
    table = page[page.index('<table class="grid') : page.index("</table>")]
    assert table.count("<th ") == table.count("scope=")
    assert table.count("<button") == 6


def test_a_cell_without_a_script_opens_is_saved_and_offers_to_be_undone(draft, strategist, signed_in):
    client = signed_in(strategist)
    opened = client.get(f"{BASE}bidrag/?cell={CELL}")
    assert "Spara svaret" in opened.content.decode()
    form = {"cell": CELL, "slag": "contributes_to", "answer": "yes", "version": "0", "rationale": "Påhittat.",
            "page": f"{BASE}bidrag/?slag=contributes_to"}  # fmt: skip
    answer = client.post(f"{BASE}bidrag/cell/", form)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{BASE}bidrag/?slag=contributes_to&angra=")
    shown = client.get(answer.headers["Location"])
    assert "5.2 Påhittat område 2 bidrar till Fler i arbete: ja, förut ej angivet, skäl finns." in text_of(shown)
    assert "5.2 Påhittat område 2 – Fler i arbete: ej angivet → ja" in text_of(shown)
    number = answer.headers["Location"].rsplit("=", 1)[1]
    undone = client.post(f"{BASE}samband/angra/{number}/", {"page": f"{BASE}bidrag/"})
    assert undone.status_code == 302
    assert not draft.cells.filter(origin="omrade/2").exists()


def test_a_script_gets_json_with_what_stands_there_now(draft, strategist, signed_in):
    client = signed_in(strategist)
    form = {"cell": CELL, "answer": "no", "version": "0"}
    told = client.post(f"{BASE}bidrag/cell/", form, headers={"accept": "application/json"}).json()
    assert (told["answer"], told["mark"], told["version"], told["changed"]) == ("no", "nej", 1, True)
    assert told["name"] == "5.2 Påhittat område 2 bidrar till Fler i arbete: nej, förut ej angivet"
    late = client.post(f"{BASE}bidrag/cell/", form | {"answer": "yes"}, headers={"accept": "application/json"})
    assert late.status_code == 409
    assert "Någon annan hann ändra samma sak." in late.json()["error"]


def test_a_form_is_not_led_astray(draft, strategist, signed_in):
    client = signed_in(strategist)
    form = {"cell": CELL, "answer": "no", "page": "https://exempel.se/arbete/utkast/"}
    assert client.post(f"{BASE}bidrag/cell/", form).headers["Location"].startswith("/arbete/utkast/?angra=")


def test_whoever_may_only_read_gets_no_form_and_no_open_cells(draft, signed_in):
    page = signed_in("reader").get(f"{BASE}bidrag/?cell={CELL}").content.decode()
    assert "data-open" not in page
    assert "Spara svaret" not in page
    assert signed_in("reader").post(f"{BASE}bidrag/cell/", {"cell": CELL, "answer": "no"}).status_code == 403


def test_a_process_leader_sees_which_rows_are_theirs(draft, signed_in):
    page = signed_in("process_leader", scope="omrade/2").get(f"{BASE}bidrag/").content.decode()
    table = page[page.index('<table class="grid') : page.index("</table>")]
    own = [match for match in re.findall(r"<button[^>]*>", table) if "data-open" in match]
    assert len(own) == 3
    assert all("omrade/2|" in each for each in own)


def test_a_sealed_draft_is_read_only(draft, strategist, signed_in):
    draft.sealed_as = "2026"
    draft.save()
    assert "data-open" not in signed_in(strategist).get(f"{BASE}bidrag/").content.decode()


@pytest.mark.parametrize(
    "question", ["slag=x&rader=y&kolumner=z", "cell=a", "cell=|", "rad=borta", "angra=-1", "angra=x"]
)
def test_a_mistyped_address_shows_the_usual_matrix(draft, strategist, signed_in, question):
    assert "2 av 6 celler" in text_of(signed_in(strategist).get(f"{BASE}bidrag/?{question}"))


def test_a_matrix_of_a_level_against_itself_has_no_cell_for_itself(draft, strategist, signed_in):
    page = signed_in(strategist).get(f"{BASE}bidrag/?slag=conflicts_with&rader=area&kolumner=area").content.decode()
    table = page[page.index('<table class="grid') : page.index("</table>")]
    assert table.count("<button") == 2
    assert "står i konflikt med" in table
    assert "Vad bärs av få?" not in page, "who carries what is asked of contributions only"


def test_one_row_at_a_time_names_the_columns_beside_the_one_left_out(draft, strategist, signed_in):
    page = signed_in(strategist).get(
        f"{BASE}bidrag/?slag=conflicts_with&rader=area&kolumner=area&rad=omrade/1"
    ).content.decode()  # fmt: skip
    listed = re.search(r'<ul class="cell-list">(.*?)</ul>', page, re.DOTALL)[1]
    assert "<span>5.2 Påhittat område 2</span>" in listed
    assert "omrade/1|omrade/2" in listed
    assert "<span>5.1" not in listed


def test_what_changed_both_ways_is_told_once(draft, strategist, signed_in):
    from vagvisare.web.revision.linking import actions

    actions.state_conflict(strategist, draft, origin="omrade/1", target="omrade/2", conflict="Påhittat.")
    told = text_of(signed_in(strategist).get(f"{BASE}bidrag/?slag=conflicts_with&rader=area&kolumner=area"))
    assert told.count("ej angivet → ja") == 1
    assert "ja står i konflikt" in told


def test_the_table_for_spreadsheets_holds_no_formula(draft, strategist, signed_in):
    draft.nodes.filter(address="omrade/2").update(text="=HYPERLINK(1)", number="")
    answer = signed_in(strategist).get(f"{BASE}bidrag/tabell.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:4] == ["Områden", "Fler i arbete", "Mer kunskap", "Minskad klimatpåverkan"]
    assert rows[1][:4] == ["5.1 Påhittat område 1", "ja", "", "nej"]
    assert rows[2][0] == "'=HYPERLINK(1)"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_screening_is_counted_exported_and_compared(draft, strategist, signed_in):
    client = signed_in(strategist)
    cell = "omrade/1/inriktning/1|perspektiv/unga"
    form = {"cell": cell, "answer": "partly", "version": "0", "rationale": "+46 samtal"}
    told = client.post(f"{BASE}perspektiv/svar/", form, headers={"accept": "application/json"}).json()
    assert told["name"] == "Stärk digital handel tar upp Barn och unga: delvis, förut nej, skäl finns"
    page = text_of(client.get(f"{BASE}perspektiv/?cell={cell}"))
    assert "1 av 8 frågor är besvarade: 1 delvis, 7 ej besvarade." in page
    assert "I utgåvan före: nej." in page
    rows = list(csv.reader(io.StringIO(client.get(f"{BASE}perspektiv/tabell.csv").content.decode("utf-8-sig")),
                           delimiter=";"))  # fmt: skip
    assert rows[0][2:4] == ["Barn och unga", "Barn och unga: hur"]
    assert rows[1][:4] == ["5.1 Påhittat område 1", "Stärk digital handel.", "delvis", "'+46 samtal"]
    assert rows[2][2:4] == ["", ""]


def test_the_screening_of_one_area_shows_its_directions_only(draft, strategist, signed_in):
    page = signed_in(strategist).get(f"{BASE}perspektiv/?omrade=omrade/2").content.decode()
    table = page[page.index('<table class="grid') : page.index("</table>")]
    assert table.count("<button") == 4
    assert "digital handel" not in table


def test_goal_conflicts_are_stated_changed_and_removed_by_forms(draft, strategist, signed_in):
    client = signed_in(strategist)
    assert "Det betyder inte att det inte finns någon." in text_of(client.get(f"{BASE}malkonflikter/"))
    form = {"origin": "omrade/1", "target": "effektmal/klimat", "conflict": "<b>Mark</b>", "handling": "",
            "page": f"{BASE}malkonflikter/"}  # fmt: skip
    assert client.post(f"{BASE}malkonflikter/spara/", form).status_code == 302
    page = client.get(f"{BASE}malkonflikter/")
    assert "1 angiven, 1 utan beskrivning av hur den hanteras." in text_of(page)
    assert "ny sedan utgåvan före" in text_of(page)
    assert "&lt;b&gt;Mark&lt;/b&gt;" in page.content.decode()
    row = draft.cells.get(kind="conflicts_with")
    assert "Spara målkonflikten" in text_of(client.get(f"{BASE}malkonflikter/?andra={row.pk}"))
    changed = client.post(f"{BASE}malkonflikter/spara/", form | {"handling": "Vi väger.", "version": "1"})
    assert changed.status_code == 302
    assert client.post(f"{BASE}malkonflikter/spara/", form | {"version": "1"}).status_code == 409
    assert "Vi väger." in text_of(client.get(f"{BASE}malkonflikter/"))
    assert client.post(f"{BASE}malkonflikter/ta-bort/", form | {"version": "2"}).status_code == 302
    assert not draft.cells.filter(kind="conflicts_with").exists()
    empty = client.post(f"{BASE}malkonflikter/spara/", form | {"conflict": ""})
    assert empty.status_code == 400
    assert "Skriv med ord vad som står mot vad." in text_of(empty)


def test_themes_show_numbers_sentences_and_marks(draft, strategist, signed_in):
    client = signed_in(strategist)
    page = client.get(f"{BASE}teman/?tema=digitalt&omrade=omrade/1").content.decode()
    assert 'aria-label="Digitalt, 5.1 Påhittat område 1: 1 nod"' in page
    assert "<p>Stärk <mark>digital</mark> handel.</p>" in page
    assert "<span>inriktning</span>" in page
    tag = {"theme": "digitalt", "address": "omrade/2/inriktning/1", "page": f"{BASE}teman/?tema=digitalt"}
    assert client.post(f"{BASE}teman/markning/", tag).status_code == 302
    page = client.get(f"{BASE}teman/?tema=digitalt").content.decode()
    assert 'aria-label="Digitalt, 5.2 Påhittat område 2: 1 nod, förut 0"' in page
    assert "märkt för hand" in page
    client.post(f"{BASE}teman/markning/", tag | {"bort": "1"})
    assert not draft.theme_tags.exists()


def test_a_workspace_without_themes_teaches_what_they_are(draft, strategist, signed_in):
    from vagvisare.web.registers.models import Entry

    Entry.objects.filter(register="themes").delete()
    assert "Ordet digital hittar digitaliseringens" in text_of(signed_in(strategist).get(f"{BASE}teman/"))


def test_nothing_of_it_needs_an_inline_script_or_style(draft, strategist, signed_in):
    for page in PAGES:
        body = signed_in(strategist).get(f"{BASE}{page}?cell={CELL}&tema=digitalt").content.decode()
        assert "style=" not in body
        assert not re.search(r"<script(?![^>]*src=)", body)
        assert " onclick" not in body
