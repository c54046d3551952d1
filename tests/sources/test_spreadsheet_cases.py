"""Tables of series for ``vagvisare judge``; every figure here is made up."""

import math
import re
import zipfile

import openpyxl
import pyarrow as pa
import pytest

from vagvisare.sources.spreadsheet import CaseRow, TableError, read_cases, rows_as_cases
from vagvisare.terms.errors import FigureError, UserError
from vagvisare.terms.language import Language
from vagvisare.terms.period import Period

HEAD = "series,period,value,direction,unit,target,target_year,base_year,limit\n"


def saved(tmp_path, text, name="fall.csv"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


def complaints(place):
    with pytest.raises(TableError) as caught:
        read_cases(place)
    for mistake in caught.value.mistakes:
        assert_in_both_languages(mistake)
    return caught.value.mistakes


def assert_in_both_languages(mistake):
    """Swedish and English both say something, not the same thing, and no Swedish is left in the English."""
    assert mistake.what.sv != mistake.what.en
    assert mistake.what.sv
    assert mistake.what.en
    assert mistake.suggestion.sv != mistake.suggestion.en or not mistake.suggestion.sv
    assert bool(mistake.suggestion.sv) is bool(mistake.suggestion.en)
    assert not set("åäöÅÄÖ”") & set(re.sub("“[^”]*”", "", mistake.line_in(Language.EN)))


def test_three_columns_are_enough(tmp_path):
    assert read_cases(saved(tmp_path, "series,period,value\na,2020,1\nb,2020-2021,2.5\n")) == [
        CaseRow(2, "a", Period.year(2020), 1.0),
        CaseRow(3, "b", Period(2020, 2021), 2.5),
    ]


def test_everything_a_row_can_say(tmp_path):
    (row,) = read_cases(saved(tmp_path, HEAD + "a,2020,1,lower,percent,-60,2030,2005,100\n"))
    assert row == CaseRow(2, "a", Period.year(2020), 1.0, "lower", "percent", -60.0, 2030, 2005, 100.0)


def test_semicolons_and_decimal_commas(tmp_path):
    text = HEAD.replace(",", ";") + "å ä ö;2020;1,5;Higher;%;2,5;;;\n"
    (row,) = read_cases(saved(tmp_path, text))
    assert row == CaseRow(2, "å ä ö", Period.year(2020), 1.5, "higher", "%", 2.5)


def test_rows_without_a_value_give_nothing(tmp_path):
    assert [r.line for r in read_cases(saved(tmp_path, "series,period,value\na,2019,\na,2020,..\n\na,2021,1\n"))] == [5]


def test_short_rows_lack_what_is_optional(tmp_path):
    (row,) = read_cases(saved(tmp_path, HEAD + "a,2020,1\n"))
    assert row == CaseRow(2, "a", Period.year(2020), 1.0)


def test_a_decimal_comma_gone_wrong_is_told(tmp_path):
    (mistake,) = complaints(saved(tmp_path, "series,period,value\na,2020,1,5\nb,2020,1,\n"))
    assert (mistake.line, "4 kolumner" in mistake.what.sv) == (2, True)


def test_every_mistake_with_its_line(tmp_path):
    text = HEAD + (
        ",2020,1\n"
        "a,x,1\n"
        "a,2020,y\n"
        "a,2020,1,hihger\n"
        "b,2020,1,,precent\n"
        "a,2020,1,,,z\n"
        "a,2020,1,,,,20\n"
        "a,2020,1,,,,,1e3\n"
        "a,2020,1,,,,,,w\n"
        "a,2021,1\n"
        "a,2021,2\n"
    )
    found = complaints(saved(tmp_path, text))
    assert [m.line for m in found] == [2, 3, 4, 5, 7, 8, 9, 10, 12]  # line 6: any unit may stand in a table of cases
    assert found[3].suggestion.sv == "Menade du ”higher”?"
    assert found[-1].what.sv == "”a” har redan en siffra för 2021 på rad 11."


def test_missing_columns(tmp_path):
    (mistake,) = complaints(saved(tmp_path, "series,value\na,1\n"))
    assert "”period” saknas" in mistake.what.sv


@pytest.mark.parametrize("name", ["fall.ods", "fall", "fall.xls"])
def test_other_kinds_of_files(tmp_path, name):
    with pytest.raises(UserError, match="varken CSV eller XLSX"):
        read_cases(saved(tmp_path, "x", name))


def test_no_file(tmp_path):
    with pytest.raises(FigureError):
        read_cases(tmp_path / "borta.csv")


def test_xlsx(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["series", "period", "value", "target_year"])
    book.active.append(["a", 2020, 1.5, 2030])
    book.active.append(["a", 2021, "=HYPERLINK()", None])
    book.save(tmp_path / "fall.XLSX")
    with pytest.raises(FigureError, match="formel"):
        read_cases(tmp_path / "fall.XLSX")
    book.active["C3"] = "'=1+1"
    book.save(tmp_path / "fall.xlsx")
    (mistake,) = complaints(tmp_path / "fall.xlsx")
    assert "inget tal" in mistake.what.sv


def test_rows_in_memory():
    table = pa.table({"series": ["a", "a"], "period": [2020, 2021], "value": [1.5, math.nan], "target": [None, 2.0]})
    assert rows_as_cases(table.to_pylist()) == [CaseRow(1, "a", Period.year(2020), 1.5)]
    rows = [{"series": "a", "period": 2020.0, "value": 0.1 + 0.2}, {"series": "b", "period": "2020-2021", "value": 1}]
    assert [row.value for row in rows_as_cases(rows)] == [0.1 + 0.2, 1.0]


def test_mistakes_in_memory_name_the_row():
    with pytest.raises(TableError) as caught:
        rows_as_cases([{"series": "a", "period": 2020, "value": 1}, {"series": "a", "period": None, "value": 1}])
    assert [m.line for m in caught.value.mistakes] == [2]
    with pytest.raises(TableError, match="saknas"):
        rows_as_cases([])


@pytest.mark.parametrize("name", ["a\x00b", "a\x1b[31mb", '"a\tb"', '"a\nb"', "a\x07b"])
def test_a_name_that_commands_the_terminal_is_refused(tmp_path, name):
    place = tmp_path / "fall.csv"
    place.write_bytes(f"series,period,value\n{name},2020,1\n".encode())
    assert "tecken som inte syns" in str(complaints(place)[0])


def test_names_that_look_like_formulas_are_only_names(tmp_path):
    (row,) = read_cases(saved(tmp_path, 'series,period,value\n"=HYPERLINK(""x"")",2020,1\n'))
    assert row.series == '=HYPERLINK("x")'


def test_a_field_without_end_is_called_too_long(tmp_path):
    place = saved(tmp_path, f"series,period,value\n{'a' * 200_000},2020,1\n")
    with pytest.raises(FigureError, match=r"fall\.csv:2: Ett fält är för långt"):
        read_cases(place)


def test_a_complaint_does_not_repeat_what_is_endless(tmp_path):
    (mistake,) = complaints(saved(tmp_path, f"series,period,value\na,2020,{'9x' * 20_000}\n"))
    assert len(str(mistake)) < 500
    assert str(mistake).endswith("är inget tal (kolumnen value).")


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_at_once(tmp_path):
    place = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)
    assert place.stat().st_size < 100_000
    with pytest.raises(FigureError, match="för stor"):
        read_cases(place)


def test_an_ordinary_large_sheet_is_no_bomb(tmp_path):
    place = tmp_path / "many.xlsx"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["series", "period", "value"])
    for number in range(30_000):
        sheet.append([f"s{number // 20}", 2000 + number % 20, number * 1.37])
    book.save(place)
    assert len(read_cases(place)) == 30_000
