"""A register as a sheet, and a sheet as rows: CSV and XLSX, safe to open in a spreadsheet, and without loss.

A text that a spreadsheet might take for a formula gets an apostrophe before it, and loses it again on the way back.
A formula in a file that comes in is never computed: it is an error.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Language, Text
from vagvisare.web.registers import cells
from vagvisare.web.registers.definition import Definition, Kind

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_ROWS = 5000
MOST_COLUMNS = 60
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The kinds of file a sheet is sent as."""
EMPTY_ROWS = 200
"""Rows left open under the last in a sheet, for new entries."""

KEY = Text("nyckel (ändra inte)", "key (do not change)")
VERSION = Text("version (ändra inte)", "version (do not change)")
_RISKY = re.compile(r"'*[\s\u200b-\u200f\u2060\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
"""A spreadsheet looks past what is not seen, and takes a full-width sign for the narrow one."""
_FORMULA = "\x00formula"


class SheetError(UserError):
    """A file that cannot be read as a register."""

    field = "fil"

    def __init__(self, sv: str, en: str, remedy: Text = Text("", "")) -> None:  # noqa: B008  a frozen value
        super().__init__(Text(sv, en), meaning=Text("Ingenting har ändrats.", "Nothing was changed."), remedy=remedy)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a file: its line there, the entry's key and version as the file gives them, and texts by column."""

    line: int
    key: str
    version: str
    texts: dict[str, str]


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if _RISKY.match(text) else text


def unsafe(text: str) -> str:
    """Return the text that ``safe`` was given."""
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text


def table(definition: Definition, entries: Iterable[Any], language: Language) -> list[list[str]]:
    """Return a register as rows of text, the first with the names of the columns."""
    head = [KEY.to(language), VERSION.to(language), *(column.label.to(language) for column in definition.columns)]
    rows = [
        [entry.key, str(entry.version)]
        + [cells.write(c, definition.full(entry.content).get(c.name), language) for c in definition.columns]
        for entry in entries
    ]
    return [head, *rows]


def to_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as CSV that a spreadsheet in Swedish opens with one click: semicolons, and a mark for UTF-8."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([[safe(cell) for cell in row] for row in rows])
    return ("\ufeff" + out.getvalue()).encode()


def to_xlsx(definition: Definition, rows: Sequence[Sequence[str]], language: Language) -> bytes:
    """Return rows as a workbook whose key and version are locked; the rest is open, with room for new rows."""
    book = Workbook()
    sheet = book.active
    sheet.title = definition.name.to(language)[:31]
    for number, row in enumerate(rows, start=1):
        for at, text in enumerate(row, start=1):
            cell = sheet.cell(number, at)
            if text:
                cell.value = safe(text)
                cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    _open_cells(sheet, len(rows), len(rows[0]))
    _choices(sheet, definition, len(rows) + EMPTY_ROWS, language)
    sheet.freeze_panes = "C2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _open_cells(sheet: Any, used: int, width: int) -> None:
    for at in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(at)].width = 12 if at < 3 else 32
        for number in range(2, used + EMPTY_ROWS + 1):
            if at > 2:
                sheet.cell(number, at).protection = Protection(locked=False)
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.sort = protection.autoFilter = False


def _choices(sheet: Any, definition: Definition, last: int, language: Language) -> None:
    for at, column in enumerate(definition.columns, start=3):
        words = [name.to(language) for value, name in column.choices if value]
        if column.kind is Kind.YES_NO:
            words = [cells.YES.to(language), cells.NO.to(language)]
        listed = ",".join(words)
        # A list in a sheet is at most 255 characters, and cannot hold a word with a comma.
        if words and len(listed) < 250 and not any("," in word or '"' in word for word in words):
            rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
            rule.showErrorMessage = not column.free
            letter = get_column_letter(at)
            rule.add(f"{letter}2:{letter}{last}")
            sheet.add_data_validation(rule)


def rows_of(definition: Definition, name: str, body: bytes) -> list[SheetRow]:
    """Read a file that was exported, changed or made by hand: CSV or XLSX by its content.

    Raises:
        SheetError: when it is too large, is neither, or has no column that the register knows.
    """
    lines = lines_of(name, body)
    columns = _columns(definition, lines[0])
    found = []
    for number, line in enumerate(lines[1:], start=2):
        texts = {column: unsafe(text) for column, text in zip(columns, line, strict=False) if column}
        if any(texts.values()):
            key, version = texts.pop("key", ""), texts.pop("version", "")
            found.append(SheetRow(number, key, version, texts))
    return found


def lines_of(name: str, body: bytes, *, known: Sequence[str] = (), most_columns: int = MOST_COLUMNS) -> list[list[str]]:
    """Read a file as rows of text, CSV or XLSX by its content.

    Args:
        name: the file's own.
        body: its bytes.
        known: headings one of which the first row holds, after a separator: it tells which separator that is.
        most_columns: of a workbook; what stands beyond is not read.

    Raises:
        SheetError: when it is too large, empty, or neither.
    """
    if len(body) > MOST_BYTES:
        raise SheetError("Filen är större än 2 MB.", "The file is larger than 2 MB.")
    lines = _from_xlsx(body, most_columns) if body.startswith(b"PK") else _from_csv(body, name, known)
    if not lines:
        raise SheetError("Filen är tom.", "The file is empty.")
    if len(lines) > MOST_ROWS + EMPTY_ROWS:
        raise SheetError(f"Filen har fler än {MOST_ROWS} rader.", f"The file has more than {MOST_ROWS} rows.")
    return lines


def _columns(definition: Definition, head: Sequence[str]) -> list[str]:
    names = {"key": "key", "version": "version"}
    for words, name in ((KEY, "key"), (VERSION, "version")):
        names |= {words.sv.casefold(): name, words.en.casefold(): name}
    for column in definition.columns:
        for word in (column.label.sv, column.label.en, column.name):
            names.setdefault(word.casefold(), column.name)
    columns = [names.get(word.strip().casefold(), "") for word in head]
    known = [name for name in columns if name]
    if not set(known) - {"key", "version"}:
        raise SheetError(
            "Filens första rad har inga kolumner som registret känner.",
            "The first row of the file has no columns that the register knows.",
            Text("Ta ut registret som fil och ändra i den.", "Export the register as a file and change that one."),
        )
    if len(known) != len(set(known)):
        raise SheetError("Filen har samma kolumn två gånger.", "The file has the same column twice.")
    return columns


def _from_csv(body: bytes, name: str, known: Sequence[str]) -> list[list[str]]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = body.decode("cp1252")
        except UnicodeDecodeError:
            raise SheetError(f"”{name}” är ingen textfil.", f"“{name}” is no text file.") from None
    if "\x00" in text:
        raise SheetError(f"”{name}” är ingen textfil.", f"“{name}” is no text file.")
    first = text.split("\n", 1)[0].replace('"', "").casefold()
    # A heading may hold more commas than there are semicolons between them all.
    delimiter = max(";,\t", key=lambda mark: (any(mark + word in first for word in known), first.count(mark)))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise SheetError(f"”{name}” är ingen hel CSV-fil.", f"“{name}” is no whole CSV file.") from None


def _from_xlsx(body: bytes, most_columns: int) -> list[list[str]]:
    damaged = SheetError("Arbetsboken går inte att läsa.", "The workbook cannot be read.")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            _refuse_too_large(sum(part.file_size for part in packed.infolist()))
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        lines = []
        for row in sheet.iter_rows(max_row=MOST_ROWS + EMPTY_ROWS + 2, max_col=most_columns):
            lines.append([_cell(cell) for cell in row])  # noqa: PERF401  a generator in the call would outlive the book
        book.close()
    except UserError:
        raise
    except Exception as error:  # a damaged workbook fails in many ways, and each is the same to a person
        raise damaged from error
    while lines and not any(lines[-1]):
        lines.pop()
    return lines


def _refuse_too_large(size: int) -> None:
    if size > MOST_UNPACKED:
        raise SheetError("Arbetsboken är för stor.", "The workbook is too large.")


def _cell(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if getattr(cell, "data_type", "") == "f":
        return _FORMULA
    if isinstance(value, bool):
        return (cells.YES if value else cells.NO).sv
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def is_formula(text: str) -> bool:
    """Tell whether a cell of a workbook held a formula."""
    return text == _FORMULA
