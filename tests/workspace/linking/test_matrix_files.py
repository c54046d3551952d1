"""Matrices out to a file, filled in there, and in again: weighed cell by cell, kept in one step, undone in one."""

import csv
import io
import json
import re
from html import unescape

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

pytestmark = pytest.mark.django_db

BASE = "/arbete/utkast/2026/"
TABLES = ("bidrag/tabell", "perspektiv/tabell", "teman/tabell", "malkonflikter/tabell")
IN = {"bidrag": f"{BASE}bidrag/las-in/", "perspektiv": f"{BASE}perspektiv/las-in/"}
ADDRESS, STATE = "adress (ändra inte)", "läge (ändra inte)"


def text_of(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())))


def out(client, page, form="csv", asked=""):
    """Export a table and return it as rows of texts, whichever the form."""
    answer = client.get(f"{BASE}{page}/tabell.{form}{asked}")
    assert answer.status_code == 200
    if form == "csv":
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def file_of(rows, form="csv", delimiter=";"):
    """Return rows as somebody else's program saves them."""
    if form == "csv":
        body = io.StringIO()
        csv.writer(body, delimiter=delimiter).writerows(rows)
        return SimpleUploadedFile("påhittad.csv", body.getvalue().encode())
    book, body = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append([cell or None for cell in row])
    book.save(body)
    return SimpleUploadedFile("påhittad.xlsx", body.getvalue())


def shown(client, page, rows, form="csv"):
    return client.post(IN[page], {"fil": file_of(rows, form)})


def keep(client, preview, *chosen, **more):
    told = dict(re.findall(r'<input type="hidden" name="(plan|namn|page)" value="([^"]*)"', preview.content.decode()))
    told = {name: unescape(value) for name, value in told.items()} | {"choose": [str(each) for each in chosen]} | more
    return client.post(f"{BASE}samband/behall/", told)


def cells(draft):
    return {(c.origin, c.target): c.answer for c in draft.cells.filter(kind="contributes_to")}


def put(rows, heading, row, word):
    """Write a word in the cell under a heading, beside the row of a name."""
    at = next(at for at, name in enumerate(rows[0]) if name == heading)
    next(line for line in rows[1:] if row in line)[at] = word


@pytest.fixture
def client(draft, strategist, signed_in):
    return signed_in(strategist)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("table", TABLES)
def test_every_table_says_what_it_is_and_that_empty_is_unknown(draft, strategist, client, table, form):
    from vagvisare.web.revision.linking import actions

    actions.state_conflict(strategist, draft, origin="omrade/1", target="omrade/2", conflict="=1+1", handling="Så.")
    for language, words in (("sv", ("Påhittat utkast", "Tom ruta")), ("en", ("in the draft", "mpty cell"))):
        client.cookies["sprak"] = language
        rows = out(client, table.split("/")[0], form)
        (said,) = [row[0] for row in rows if row and row[0].startswith(("Om tabellen:", "About the table:"))]
        assert all(word in said for word in words), said
        assert re.search(r"\d+ \w+ 20\d\d", said)
        assert not [cell for row in rows for cell in row if cell[:1] in set("=+-@\t\r")]
    assert client.get(f"{BASE}{table}.pdf").status_code == 404


def test_a_workbook_keeps_its_headings_in_sight_and_opens_only_the_answers(client):
    answer = client.get(f"{BASE}bidrag/tabell.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.freeze_panes == "B2"
    assert sheet.protection.sheet
    assert [sheet.cell(2, at).protection.locked for at in (1, 2, 5)] == [True, False, True]
    assert sheet.column_dimensions["A"].width > sheet.column_dimensions["B"].width > 10
    assert sheet.column_dimensions["E"].hidden
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n"}
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.formula1, rule.showErrorMessage, str(rule.sqref)) == ('"ja,nej"', False, "B2:B3 C2:C3 D2:D3")
    perspectives = openpyxl.load_workbook(io.BytesIO(client.get(f"{BASE}perspektiv/tabell.xlsx").content)).active
    assert perspectives.freeze_panes == "C2"


def test_letters_no_workbook_can_hold_are_left_out(draft, client):
    draft.nodes.filter(address="omrade/2").update(text="Ring\x07 klockan", number="")
    assert out(client, "bidrag", "xlsx")[2][0] == "Ring klockan"


def test_themes_are_numbers_beside_the_edition_before(client):
    rows = out(client, "teman")
    assert rows[0][:3] == ["Tema", "5.1 Påhittat område 1", "5.1 Påhittat område 1: förut"]
    assert rows[1] == ["Digitalt", "1", "1", "0", "0", "0", "0", "1"]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{BASE}teman/tabell.xlsx").content)).active
    assert sheet["B2"].value == 1


def test_goal_conflicts_are_a_list_with_what_and_how(draft, strategist, client):
    from vagvisare.web.revision.linking import actions

    actions.state_conflict(strategist, draft, origin="omrade/1", target="omrade/2", conflict="Mark.", handling="Så.")
    actions.set_cell(
        strategist, draft, kind="conflicts_with", origin="omrade/1", target="effektmal/klimat", answer="no"
    )
    assert [row[:5] for row in out(client, "malkonflikter")[1:3]] == [
        ["5.1 Påhittat område 1", "5.2 Påhittat område 2", "ja", "Mark.", "Så."],
        ["5.1 Påhittat område 1", "Minskad klimatpåverkan", "nej", "", ""],
    ]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("page", ["bidrag", "perspektiv"])
def test_a_table_taken_in_as_it_was_changes_nothing(draft, strategist, client, page, form):
    from vagvisare.web.revision.linking import actions

    said = {"perspective": "perspektiv/unga", "address": "omrade/1/inriktning/1"}
    actions.screen(strategist, draft, **said, answer="partly", how="=Genom\nskolan.")
    for language in ("sv", "en"):
        client.cookies["sprak"] = language
        rows = out(client, page, form)
        client.cookies["sprak"] = "sv"
        told = text_of(shown(client, page, rows, form))
        assert "0 rutor ändras." in told
        assert "Filen ändrar ingenting." in told


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_matrix_is_filled_in_outside_seen_kept_and_undone_in_one(draft, strategist, client, form):
    from vagvisare.web.audit.models import Event
    from vagvisare.web.audit.trail import verify

    before = cells(draft)
    rows = out(client, "bidrag", form)
    put(rows, "Mer kunskap", "5.2 Påhittat område 2", "Ja")
    put(rows, "Minskad klimatpåverkan", "5.2 Påhittat område 2", "x")
    put(rows, "Minskad klimatpåverkan", "5.1 Påhittat område 1", "ja")
    put(rows, "Fler i arbete", "5.1 Påhittat område 1", "")
    preview = shown(client, "bidrag", rows, form)
    told = text_of(preview)
    assert "4 rutor ändras." in told
    assert "Mer kunskap: ej angivet → ja" in told
    assert "Fler i arbete: ja → ej angivet" in told
    assert "Minskad klimatpåverkan: nej → ja (skälet var skrivet för det andra svaret och töms)" in told
    assert cells(draft) == before, "nothing is kept until a person says so"
    answer = keep(client, preview)
    assert answer.headers["Location"].startswith(f"{BASE}bidrag/?slag=contributes_to&rader=area&kolumner=effect_goal")
    assert cells(draft) == {
        ("omrade/1", "effektmal/klimat"): "yes",
        ("omrade/2", "effektmal/kunskap"): "yes",
        ("omrade/2", "effektmal/klimat"): "yes",
    }
    joined = Event.objects.order_by("-number").first()
    assert (joined.kind, joined.title.rpartition(".")[0]) == ("link", "påhittad")
    assert json.loads(joined.after)["answers"] == 4
    assert {e.reason for e in Event.objects.filter(kind="cell")} == {f"ur filen påhittad.{form}"}
    shown_after = client.get(answer.headers["Location"])
    assert "4 rutor är inlästa" in text_of(shown_after)
    assert f"/samband/angra/{joined.number}/" in shown_after.content.decode()
    client.post(f"{BASE}samband/angra/{joined.number}/", {"page": f"{BASE}bidrag/"})
    assert cells(draft) == before
    assert draft.cells.get(answer="no").rationale == "Nekat."
    again = Event.objects.order_by("-number").first()
    client.post(f"{BASE}samband/angra/{again.number}/", {"page": f"{BASE}bidrag/"})
    assert len(cells(draft)) == 3
    assert verify() is None


def test_a_screening_is_filled_in_with_how(draft, client):
    rows = out(client, "perspektiv")
    put(rows, "Barn och unga", "Stärk digital handel.", "del")
    put(rows, "Barn och unga: hur", "Stärk digital handel.", "Genom skolan.")
    put(rows, "Jämställdhet", "Gör en bra sak nummer 2.1.", "nej")
    preview = shown(client, "perspektiv", rows)
    assert "2 rutor ändras." in text_of(preview)
    assert "Barn och unga: ej angivet → delvis: Genom skolan." in text_of(preview)
    assert keep(client, preview).headers["Location"].startswith(f"{BASE}perspektiv/?angra=")
    kept = {(s.address, s.perspective): (s.answer, s.how) for s in draft.screenings.all()}
    assert kept == {
        ("omrade/1/inriktning/1", "perspektiv/unga"): ("partly", "Genom skolan."),
        ("omrade/2/inriktning/1", "perspektiv/jamlikt"): ("no", ""),
    }


def test_what_others_answered_meanwhile_stands_and_is_shown_where_it_clashes(draft, client, person):
    from vagvisare.web.revision.linking import actions

    rows = out(client, "bidrag")
    other = person("analyst", name="Bo Påhittad")
    link = {"kind": "contributes_to", "origin": "omrade/2"}
    for goal in ("arbete", "kunskap", "klimat"):
        actions.set_cell(other, draft, **link, target=f"effektmal/{goal}", answer="no")
    put(rows, "Mer kunskap", "5.2 Påhittat område 2", "ja")
    put(rows, "Minskad klimatpåverkan", "5.2 Påhittat område 2", "nej")
    preview = shown(client, "bidrag", rows)
    told = text_of(preview)
    assert "0 rutor ändras, 1 krockar." in told
    assert "5.2 Påhittat område 2 – Mer kunskap: nu nej (Bo Påhittad) , i filen ja." in told
    keep(client, preview)
    assert cells(draft)["omrade/2", "effektmal/kunskap"] == "no", "what was not chosen stands"
    keep(client, preview, 0)
    assert cells(draft)["omrade/2", "effektmal/kunskap"] == "yes"
    assert cells(draft)["omrade/2", "effektmal/arbete"] == "no", "an untouched cell is left as others made it"


def test_what_changes_between_showing_and_keeping_is_not_written_over(draft, client, person):
    from vagvisare.web.revision.linking import actions

    rows = out(client, "bidrag")
    put(rows, "Mer kunskap", "5.2 Påhittat område 2", "ja")
    put(rows, "Fler i arbete", "5.2 Påhittat område 2", "ja")
    preview, before = shown(client, "bidrag", rows), cells(draft)
    link = {"kind": "contributes_to", "origin": "omrade/2", "target": "effektmal/kunskap"}
    actions.set_cell(person("analyst"), draft, **link, answer="no")
    assert keep(client, preview).status_code == 409
    assert cells(draft) == before | {("omrade/2", "effektmal/kunskap"): "no"}, "all of it or none"


def test_what_was_changed_after_a_file_is_not_undone_with_it(draft, client, person):
    from vagvisare.web.audit.models import Event
    from vagvisare.web.revision.linking import actions

    rows = out(client, "bidrag")
    put(rows, "Mer kunskap", "5.2 Påhittat område 2", "ja")
    put(rows, "Fler i arbete", "5.2 Påhittat område 2", "ja")
    keep(client, shown(client, "bidrag", rows))
    joined = Event.objects.order_by("-number").first()
    link = {"kind": "contributes_to", "origin": "omrade/2", "target": "effektmal/arbete"}
    actions.set_cell(person("analyst"), draft, **link, answer="no")
    kept = cells(draft)
    assert client.post(f"{BASE}samband/angra/{joined.number}/", {"page": BASE}).status_code == 409
    assert cells(draft) == kept


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_not_understood_is_told_by_its_place_and_the_rest_is_kept(draft, client, form):
    rows = out(client, "bidrag", form)
    put(rows, "Mer kunskap", "5.2 Påhittat område 2", "kanske")
    put(rows, "Fler i arbete", "5.2 Påhittat område 2", "ja")
    put(rows, "Minskad klimatpåverkan", "5.2 Påhittat område 2", "=1+1" if form == "xlsx" else "'=1+1")
    rows.insert(3, ["Ett annat område", "ja", "", "", "omrade/inget"])
    preview = shown(client, "bidrag", rows, form)
    told = text_of(preview)
    assert "Rad 3, kolumn C: ”kanske” är inget svar. Skriv ja eller nej, eller lämna rutan tom." in told
    assert "Rad 4, kolumn A: Raden ”Ett annat område” finns inte i matrisen. Ta ut tabellen på nytt" in told
    formula = "Formler läses inte in." if form == "xlsx" else "”=1+1” är inget svar."
    assert f"Rad 3, kolumn D: {formula}" in told
    assert "1 ruta ändras, 3 förstås inte." in told
    keep(client, preview)
    assert cells(draft)["omrade/2", "effektmal/arbete"] == "yes"


def test_how_without_an_answer_is_asked_about(client):
    rows = out(client, "perspektiv")
    put(rows, "Jämställdhet: hur", "Stärk digital handel.", "Genom arbetet.")
    assert "Rad 2, kolumn E: Det står hur men inget svar." in text_of(shown(client, "perspektiv", rows))


def test_a_sheet_of_ones_own_says_only_what_it_says(draft, client):
    rows = [["", "EN mer kunskap", "Minskad klimatpåverkan", "Annat"], ["Påhittat område 1", "ja", "ja", "ja"],
            ["5.2 påhittat  område 2", "", "nej", ""]]  # fmt: skip
    preview = client.post(f"{IN['bidrag']}?number=x", {"fil": file_of(rows, delimiter=",")})
    told = text_of(preview)
    assert "Filen säger inte när den togs ut." in told
    assert "2 rutor ändras, 1 krockar, 1 förstås inte." in told
    assert "Rad 1, kolumn D: Kolumnen ”Annat” finns inte i matrisen, och läses inte." in told
    keep(client, preview)
    assert cells(draft) == {
        ("omrade/1", "effektmal/arbete"): "yes",
        ("omrade/1", "effektmal/klimat"): "no",
        ("omrade/1", "effektmal/kunskap"): "yes",
        ("omrade/2", "effektmal/klimat"): "no",
    }


def test_headings_with_commas_and_new_words_are_found_by_their_addresses(draft, client):
    draft.nodes.filter(address="effektmal/kunskap").update(text="Mer, mer, mer, mer och mer kunskap")
    rows = out(client, "bidrag")
    put(rows, "Mer, mer, mer, mer och mer kunskap", "5.2 Påhittat område 2", "ja")
    draft.nodes.filter(address="effektmal/kunskap").update(text="Något annat")
    draft.nodes.filter(address="omrade/2").update(text="Omdöpt")
    told = text_of(shown(client, "bidrag", rows))
    assert "1 ruta ändras." in told
    assert "Något annat: ej angivet → ja" in told


def test_what_says_the_same_both_ways_is_one_cell(draft, client):
    asked = "?slag=conflicts_with&rader=area&kolumner=area"
    rows = out(client, "bidrag", asked=asked)
    assert [row[1:3] for row in rows[1:3]] == [["–", ""], ["", "–"]]
    put(rows, "5.2 Påhittat område 2", "omrade/1", "nej")
    preview = shown(client, "bidrag", rows)
    assert "1 ruta ändras." in text_of(preview)
    keep(client, preview)
    rows = out(client, "bidrag", asked=asked)
    assert [row[1:3] for row in rows[1:3]] == [["–", "nej"], ["nej", "–"]]
    rows[1][2], rows[2][1] = "ja", ""
    told = text_of(shown(client, "bidrag", rows))
    assert "0 rutor ändras, 1 förstås inte." in told
    assert "Filen säger både ja och ej angivet om samma par." in told


def test_a_process_leader_is_told_which_rows_are_not_theirs(draft, person, signed_in):
    client = signed_in("process_leader", scope="omrade/2")
    rows = out(client, "bidrag")
    put(rows, "Mer kunskap", "5.1 Påhittat område 1", "ja")
    put(rows, "Mer kunskap", "5.2 Påhittat område 2", "ja")
    preview = shown(client, "bidrag", rows)
    assert "1 ruta ändras, 1 är inte dina att ändra." in text_of(preview)
    keep(client, preview)
    assert ("omrade/1", "effektmal/kunskap") not in cells(draft)
    assert cells(draft)["omrade/2", "effektmal/kunskap"] == "yes"
    plan = {"matrix": "contributes_to", "clashes": [], "changes": [["omrade/1", "effektmal/kunskap", "yes", 0, None]]}
    assert keep(client, preview, plan=json.dumps(plan)).status_code == 403


def test_whoever_may_only_read_gets_the_table_and_no_way_in(draft, signed_in):
    reader = signed_in("reader")
    assert "las-in" not in reader.get(f"{BASE}bidrag/").content.decode()
    assert "tabell.xlsx" in reader.get(f"{BASE}bidrag/").content.decode()
    assert reader.get(IN["bidrag"]).status_code == 403
    assert reader.post(f"{BASE}samband/behall/", {"plan": "{}"}).status_code == 403
    assert signed_in("partner").get(f"{BASE}bidrag/tabell.xlsx").status_code == 403


def test_a_sealed_draft_takes_nothing_in(draft, client):
    rows = out(client, "bidrag")
    put(rows, "Mer kunskap", "5.2 Påhittat område 2", "ja")
    preview = shown(client, "bidrag", rows)
    draft.sealed_as = "2026"
    draft.save()
    before = cells(draft)
    assert shown(client, "bidrag", rows).status_code in {400, 409}
    assert keep(client, preview).status_code in {400, 409}
    assert cells(draft) == before


@pytest.mark.parametrize(
    ("state", "said"),
    [(["2031", "contributes_to", "area", "effect_goal", "1"], "tagen ur utkastet ”2031”"),
     (["2026", "screening", "direction", "perspective", "1"], "hör till sidan Perspektiv")],
)  # fmt: skip
def test_a_table_of_something_else_is_sent_to_where_it_belongs(client, state, said):
    rows = [row for row in out(client, "bidrag") if row[:1] != [STATE]] + [[STATE, "|".join(state)]]
    answer = shown(client, "bidrag", rows)
    assert answer.status_code == 400
    assert said in text_of(answer)


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04 inget", b"\x00", b"a;b\n" + b"x" * (2 * 1024 * 1024), b"x;" * 700])
def test_files_that_are_no_tables_are_refused_in_words(client, body):
    answer = client.post(IN["bidrag"], {"fil": SimpleUploadedFile("x.xlsx", body)})
    assert answer.status_code == 400
    assert "Ingenting har ändrats." in text_of(answer) or "tom" in text_of(answer)


@pytest.mark.parametrize(
    "plan",
    ["", "{}", "[]", "[" * 5000, '{"matrix": "x", "changes": [["a"]], "clashes": []}',
     '{"matrix": "screening", "changes": [["a", "b", "yes", 0, null]], "clashes": []}',
     '{"matrix": "påhittat", "changes": [["omrade/1", "omrade/2", "yes", 0, null]], "clashes": []}',
     '{"matrix": "contributes_to", "changes": [["omrade/2", "effektmal/arbete", "kanske", 0, null]], "clashes": []}'],
)  # fmt: skip
def test_what_is_sent_in_place_of_a_plan_changes_nothing(draft, client, plan):
    before = cells(draft)
    assert client.post(f"{BASE}samband/behall/", {"plan": plan}).status_code in {400, 404, 409}
    assert cells(draft) == before


def test_only_a_file_of_this_draft_can_be_undone_as_one(draft, strategist, client):
    from vagvisare.terms.errors import UnknownError
    from vagvisare.web.audit.trail import record
    from vagvisare.web.revision.linking import filling

    other = record(strategist.key, "draft.link", "link", "2031", after={"draft": "2031", "first": 1, "last": 2})
    empty = record(strategist.key, "draft.link", "link", "2026", after={"draft": "2026"})
    for number in (other.number, empty.number, 10**9):
        with pytest.raises(UnknownError):
            filling.undo_file(strategist, draft, number=number)


@pytest.mark.parametrize("size", [1, 50])
def test_showing_what_a_file_would_change_asks_as_few_questions_for_many_rows(
    opened, strategist, signed_in, django_assert_max_num_queries, size
):
    opened(areas=size, directions=1)
    client = signed_in(strategist)
    rows = out(client, "bidrag")
    for row in rows[1 : size + 1]:
        row[2] = "ja"
    with django_assert_max_num_queries(16):
        assert f"{size} rut" in text_of(shown(client, "bidrag", rows))
