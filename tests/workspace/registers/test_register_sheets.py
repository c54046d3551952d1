import csv
import io
import typing
import zipfile
from dataclasses import MISSING, fields, is_dataclass
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vagvisare.editions.document import Source
from vagvisare.strategy_folder.plain import plain_of
from vagvisare.terms.language import Language
from vagvisare.web.registers import cells, sheets
from vagvisare.web.registers.contents import value_of
from vagvisare.web.registers.definition import Kind
from vagvisare.web.registers.described import DEFINITIONS
from vagvisare.web.registers.models import Entry

TRICKY = ["=1+1", "+46", "-1", "@SUMMA(A1)", "'=x", "''-", "ja", "nej", "planerat", "actual", "[1]", "a | b", "2021-06",
          "007", "1.0", "-", "TRUE", "räksmörgås", "”citat”", '"', ";", ",", "rad ett\nrad två", "planned"]  # fmt: skip
words = st.one_of(
    st.sampled_from(TRICKY),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co", "Zl", "Zp"]), max_size=20),
).map(str.strip)
filled = words.filter(bool)
keys = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
days = st.dates(date(1990, 1, 1), date(2050, 1, 1)).flatmap(
    lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
)


def column_values(column):
    if column.kind is Kind.CHOICE:
        return st.sampled_from([value for value, _ in column.choices])
    if column.kind is Kind.ROWS:
        row = st.fixed_dictionaries({part.name: column_values(part) for part in column.parts})
        return st.lists(row, min_size=1, max_size=3)
    if column.kind in (Kind.REFS, Kind.NODES):
        return st.lists(keys, max_size=3, unique=True)
    return {
        Kind.YES_NO: st.booleans(),
        Kind.NUMBER: st.integers(-5, 9999),
        Kind.DAY: days,
        Kind.DATE: st.dates(date(1990, 1, 1), date(2050, 1, 1)).map(date.isoformat),
        Kind.SOURCE: st.one_of(filled.filter(lambda text: ":" not in text), st.just("påhittad.txt:12-14")),
        Kind.LINES: st.lists(filled, max_size=3),
        Kind.REF: keys,
        Kind.NODE: keys,
    }.get(column.kind, filled)


def entries(definition):
    told = st.fixed_dictionaries({c.name: column_values(c) for c in definition.columns})
    return st.lists(told, max_size=3)


def canonical(definition, key, content):
    return plain_of(value_of(definition, {**content, "key": key}))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("register", DEFINITIONS)
def test_whatever_a_register_holds_comes_back_from_a_file_the_same(register, form):
    definition = DEFINITIONS[register]

    @settings(max_examples=12 if form == "xlsx" else 40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(entries(definition), st.sampled_from(list(Language)))
    def there_and_back(contents, language):
        kept = [canonical(definition, f"k{n}", content) for n, content in enumerate(contents)]
        rows = sheets.table(definition, [Entry(register=register, key=c["key"], content=c) for c in kept], language)
        body = sheets.to_csv(rows) if form == "csv" else sheets.to_xlsx(definition, rows, language)
        read = sheets.rows_of(definition, f"x.{form}", body)
        back = [
            canonical(
                definition, row.key, {n: cells.read(definition.by_name[n], text) for n, text in row.texts.items()}
            )
            for row in read
        ]
        assert back == kept

    there_and_back()


@pytest.mark.parametrize("register", DEFINITIONS)
def test_every_field_of_the_value_has_its_column(register):
    definition = DEFINITIONS[register]
    assert {c.field for c in definition.columns} == {f.name for f in fields(definition.value)} - {"key"}
    hints = typing.get_type_hints(definition.value)
    for column in definition.columns:
        hint = hints[column.field]
        told = {int: Kind.NUMBER, bool: Kind.YES_NO, date: Kind.DATE, Source: Kind.SOURCE}.get(hint)
        assert told is None or column.kind is told, column.field
        assert column.several == (typing.get_origin(hint) is tuple), column.field
        inner = typing.get_args(hint)[:1]
        if inner and is_dataclass(inner[0]):
            assert [part.field for part in column.parts] == sorted(
                (f.name for f in fields(inner[0])), key=[part.field for part in column.parts].index
            )


@pytest.mark.parametrize("register", DEFINITIONS)
def test_no_two_names_of_a_column_or_a_choice_are_the_same(register):
    definition = DEFINITIONS[register]
    for language in Language:
        labels = [c.label.to(language).casefold() for c in definition.columns]
        assert len(labels) == len(set(labels))
    for column in [*definition.columns, *(p for c in definition.columns for p in c.parts)]:
        meant = {}
        for value, name in column.choices:
            for word in {value.casefold(), name.sv.casefold(), name.en.casefold()} - {""}:
                assert meant.setdefault(word, value) == value


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "''@"])
def test_what_a_spreadsheet_might_compute_is_made_harmless_and_comes_back(text):
    assert sheets.safe(text).startswith("'")
    assert sheets.unsafe(sheets.safe(text)) == text


@pytest.mark.parametrize("text", ["", "x=1", "'citat'", "5", "Årets -1", "'"])
def test_what_is_harmless_is_left_alone(text):
    assert sheets.safe(text) == text == sheets.unsafe(text)


def evidence(**more):
    content = {"key": "x", "title": "=HYPERLINK(1)", "kind": "report", "areas_affected": 3, "source": "påhittad"}
    return Entry(register="evidence", key="x", content=content | more)


def test_no_cell_of_a_file_is_a_formula():
    definition = DEFINITIONS["evidence"]
    rows = sheets.table(definition, [evidence(note="-1+2", note_en="@a")], Language.SV)
    for line in csv.reader(io.StringIO(sheets.to_csv(rows).decode("utf-8-sig")), delimiter=";"):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in line)
    sheet = openpyxl.load_workbook(io.BytesIO(sheets.to_xlsx(definition, rows, Language.SV))).active
    assert {cell.data_type for line in sheet.iter_rows(max_row=2) for cell in line} <= {"s", "n"}
    assert sheet.cell(2, 3).value == "'=HYPERLINK(1)"


def test_key_and_version_are_locked_and_the_rest_is_open():
    definition = DEFINITIONS["evidence"]
    rows = sheets.table(definition, [evidence()], Language.SV)
    sheet = openpyxl.load_workbook(io.BytesIO(sheets.to_xlsx(definition, rows, Language.SV))).active
    assert sheet.protection.sheet
    assert [sheet.cell(2, at).protection.locked for at in (1, 2, 3, 4)] == [True, True, False, False]
    assert sheet.cell(2 + 100, 3).protection.locked is False
    assert sheet.freeze_panes == "C2"


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_formula_that_comes_in_is_known_as_one_and_never_its_result():
    (row,) = sheets.rows_of(DEFINITIONS["evidence"], "x.xlsx", workbook(["Titel"], ["=1+1"]))
    assert sheets.is_formula(row.texts["title"])


def test_what_a_spreadsheet_makes_of_dates_and_numbers_is_understood():
    body = workbook(["Titel", "Daterat", "Områden enligt källan"], [2021, date(2021, 6, 17), 7.0])
    (row,) = sheets.rows_of(DEFINITIONS["evidence"], "x.xlsx", body)
    assert row.texts == {"title": "2021", "dated": "2021-06-17", "areas_affected": "7"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_as_different_programs_write_it(delimiter, encoding):
    body = delimiter.join(["Titel", "Slag"]) + "\r\n" + delimiter.join(["Påhittad åtgärd", "rapport"])
    (row,) = sheets.rows_of(DEFINITIONS["evidence"], "x.csv", body.encode(encoding))
    assert row.texts == {"title": "Påhittad åtgärd", "kind": "rapport"}
    assert (row.line, row.key, row.version) == (2, "", "")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "tom"),
        (b"Namn;Adress\nx;y", "inga kolumner"),
        (b"Titel;Titel\nx;y", "samma kolumn"),
        (b"PK\x03\x04 inget", "går inte att läsa"),
        (b"\x00\x01\x02", "ingen textfil"),
        (b"Titel\n" + b"x" * (2 * 1024 * 1024), "större än 2 MB"),
        (b"Titel\n" + b"x\n" * 5300, "fler än 5000 rader"),
        (b'Titel\n"oavslutad', "ingen hel CSV-fil"),
    ],
)
def test_files_that_are_not_registers_are_refused_in_words(body, said):
    with pytest.raises(sheets.SheetError) as refused:
        sheets.rows_of(DEFINITIONS["evidence"], "x", body)
    assert said in refused.value.message(Language.SV)
    assert refused.value.what.en


def test_a_workbook_that_unpacks_to_far_more_than_it_weighs_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (sheets.MOST_UNPACKED + 1))
    with pytest.raises(sheets.SheetError) as refused:
        sheets.rows_of(DEFINITIONS["evidence"], "x.xlsx", out.getvalue())
    assert "för stor" in refused.value.message(Language.SV)


def test_defaults_are_what_the_values_have():
    for definition in DEFINITIONS.values():
        told = {f.name for f in fields(definition.value) if f.default is not MISSING or f.name == "key"}
        must = {c.field for c in definition.columns if c.name not in definition.may_be_empty}
        assert must.isdisjoint(told)
