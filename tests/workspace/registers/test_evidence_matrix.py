import csv
import io
import re

import openpyxl
import pytest

from vagvisare.web.registers.models import Entry

pytestmark = pytest.mark.django_db
MATRIX = "/arbete/register/underlag-och-omraden/"
CELL = MATRIX + "ruta/"
TRANSPORT = "omrade/transporter-och-infrastruktur"
JSON = {"accept": "application/json"}


def entry(key="barnkonventionen"):
    return Entry.objects.get(register="evidence", key=key)


def press(client, key, area, said, version=None, **headers):
    told = {"ruta": f"{key}|{area}|{said}|{version or entry(key).version}"}
    return client.post(CELL, told, headers=headers or None)


def test_the_whole_is_the_seeds_124_and_every_cell_has_a_full_name(orebro, signed_in):
    page = signed_in().get(MATRIX).content.decode()
    assert '<span id="angivna">20</span> av 124' in page
    assert page.count('<td><button class="m ') == 23 * 10
    name = "Barnkonventionen påverkar 5.9 Transporter och infrastruktur: okänt"
    assert f'aria-label="{name}"' in page
    assert "0 av 7 angivna" in page
    assert "10 av 10 angivna" in page


def test_the_total_follows_the_entries_and_is_typed_nowhere(orebro, signed_in):
    one = entry()
    one.content["areas_affected"] = 8
    one.save()
    assert "av 125" in signed_in("reader").get(MATRIX).content.decode()


def test_rows_and_columns_have_headers_and_a_reader_meets_words_not_buttons(orebro, signed_in):
    page = signed_in("reader").get(MATRIX).content.decode()
    assert page.count('<th scope="row">') == 23 + 3
    assert page.count('<th scope="col"') == 12
    assert "<caption" in page
    assert 'name="ruta"' not in page.split("<main")[1]
    assert '<span class="sr">okänt</span>' in page


def test_pressing_goes_from_unknown_to_yes_to_no_and_round_without_scripts(orebro, signed_in):
    client = signed_in()
    for said in ("yes", "no", "unknown"):
        page = client.get(MATRIX).content.decode()
        value = re.search(rf'value="(barnkonventionen\|{TRANSPORT}\|[^"]*)"', page)[1]
        assert value.split("|")[2] == said
        answer = client.post(CELL, {"ruta": value})
        assert answer.headers["Location"] == f"{MATRIX}#rad-barnkonventionen"
    assert "areas" not in entry().content


def test_a_script_is_told_the_new_totals(orebro, signed_in):
    told = press(signed_in(), "barnkonventionen", TRANSPORT, "yes", **JSON).json()
    assert told == {
        "answer": "yes",
        "version": 2,
        "row": {"entered": 1, "stated": 7, "complete": False, "short": False},
        "area": {"yes": 3, "no": 0, "unknown": 20},
        "entered": 21,
        "unserved": 0,
    }


def test_two_at_the_same_row_find_out(orebro, signed_in):
    client = signed_in()
    assert press(client, "barnkonventionen", TRANSPORT, "yes", 1, **JSON).status_code == 200
    answer = press(client, "barnkonventionen", TRANSPORT, "no", 1, **JSON)
    assert answer.status_code == 409
    assert "Någon annan hann" in answer.json()["error"]
    assert entry().content["areas"] == [TRANSPORT]


def test_a_full_row_offers_no_before_yes(orebro, signed_in):
    client = signed_in()
    key = Entry.objects.get(register="evidence", content__title="Nationella AI-åendan").key
    press(client, key, TRANSPORT, "yes")
    page = client.get(MATRIX).content.decode()
    offered = re.findall(rf'value="{key}\|[^|]*\|(\w+)\|2"', page)
    assert offered.count("no") == 10  # the yes goes to no, and the rest can only be no
    assert "1 av 1 angivna" in page


def test_on_a_phone_one_item_at_a_time_is_a_list(orebro, signed_in):
    client = signed_in()
    page = client.get(f"{MATRIX}?rad=barnkonventionen").content.decode()
    listed = re.search(r'<ul class="area-list">(.*?)</ul>', page, re.DOTALL)[1]
    assert listed.count("<li>") == 10
    value = re.search(rf'value="(barnkonventionen\|{TRANSPORT}\|[^"]*)"', listed)[1]
    answer = client.post(CELL, {"ruta": value, "rad": "barnkonventionen"})
    assert answer.headers["Location"] == f"{MATRIX}?rad=barnkonventionen#ett"
    assert entry().content["areas"] == [TRANSPORT]
    assert "<button" not in signed_in("reader").get(MATRIX).content.decode().split('class="area-list"')[1]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_matrix_is_sent_with_the_seeds_124_and_unknown_is_empty(orebro, signed_in, form):
    body = signed_in("reader").get(f"{MATRIX}tabell.{form}").content
    if form == "csv":
        rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(body)).active
        assert sheet.freeze_panes == "B2"
        rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows[0][-2:] == ["Angivna områden", "Områden enligt källan"]
    assert rows[1] == ["Barnkonventionen", *[""] * 10, "0", "7"]
    assert [row[1:4] for row in rows if row and row[0].startswith("Ny nationell strategi")] == [["ja", "ja", "ja"]]
    assert [row[-2:] for row in rows if row and row[0] == "Underlag som berör området"] == [["20", "124"]]
    assert "Tom ruta betyder ej angivet, inte nej." in rows[-1][0]


def test_areas_that_nothing_is_entered_for_are_listed(orebro, signed_in):
    client = signed_in()
    assert "Områden som inget underlag är angivet för" not in client.get(MATRIX).content.decode()
    for one in Entry.objects.filter(register="evidence"):
        one.content.pop("areas", None)
        one.save()
    page = client.get(MATRIX).content.decode()
    listed = page.split("Områden som inget underlag är angivet för")[1]
    assert "5.9 Transporter och infrastruktur" in listed


@pytest.mark.parametrize("told", ["", "x", "a|b|c|1", "barnkonventionen|omrade/x|yes|ett", "a|b|yes"])
def test_a_cell_that_does_not_exist_is_refused(orebro, signed_in, told):
    assert signed_in().post(CELL, {"ruta": told}).status_code == 404


def test_only_those_who_may_change_evidence_fill_it_in(orebro, signed_in):
    assert press(signed_in("registrar"), "barnkonventionen", TRANSPORT, "yes").status_code == 403
    assert press(signed_in("analyst"), "barnkonventionen", TRANSPORT, "yes").status_code == 302


def test_without_an_edition_or_evidence_the_page_says_what_to_do(signed_in):
    client = signed_in()
    assert "inga underlag än" in client.get(MATRIX).content.decode()
    content = {"key": "x", "title": "Påhittat", "kind": "report", "areas_affected": 1, "source": "påhittad"}
    Entry.objects.create(register="evidence", key="x", content=content)
    assert "ingen förseglad utgåva" in client.get(MATRIX).content.decode()
