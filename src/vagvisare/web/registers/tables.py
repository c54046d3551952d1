"""A matrix as a sheet to read, print or fill in at a table: XLSX and CSV of one form, and back again as rows.

Below the rows, after an empty line, stand one line in words (what this is, from which day, what an empty cell means)
and, where the sheet may come back, two lines for machines: the addresses of the columns, and the state it was made of.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import ceil
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from vagvisare.terms.errors import UnknownError
from vagvisare.terms.language import Language, Text
from vagvisare.web.frame.dates import day
from vagvisare.web.registers.sheets import TYPES, SheetError, lines_of, safe, unsafe

ADDRESS = Text("adress (ändra inte)", "address (do not change)")
EMPTY = Text("Tom ruta betyder ej angivet, inte nej.", "An empty cell means not stated, not no.")
STATE = Text("läge (ändra inte)", "state (do not change)")
ABOUT = Text("Om tabellen:", "About the table:")
MOST_COLUMNS = 500
MOST_CELLS = 20_000
"""Cells of a workbook; a larger table is sent as CSV."""

BAR = "|"
"""Joins the parts of a state, so that no program takes one of them for a date or a number."""
LINE_HEIGHT = 15.5
_NARROW, _WIDE, _WIDEST = 13, 34, 46
_FORBIDDEN_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_GREY = Font(color="00777777", size=9)

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Return:
    """What lets a sheet come back: the addresses of its rows and columns, its state, and the words of its answers.

    ``columns`` has one for each column, empty where nothing is answered; ``words`` are what may be chosen in a column.
    """

    rows: Sequence[str]
    columns: Sequence[str]
    state: Sequence[str]
    words: Mapping[int, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words and counts; None is an empty cell.

    ``leading`` columns say what a row is about; ``wide`` ones hold running text. ``totals`` stand below the rows.
    """

    file: str
    title: Text
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    about: Text
    leading: int = 1
    wide: frozenset[int] = frozenset()
    totals: Sequence[Sequence[Cell]] = ()
    back: Return | None = None


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row of a sheet that came back: its line there, its address (or none), and its texts by column."""

    line: int
    address: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet that came back: headings and addresses by column, its rows, and the state it was made of (or none)."""

    head: tuple[str, ...]
    addresses: tuple[str, ...]
    rows: tuple[FilledRow, ...]
    state: tuple[str, ...]


def told(what: Text, home: Text, *more: Text) -> Text:
    """Say in one line what a table is, where it is from and from which day, and what else must be known."""
    today = datetime.now(UTC).astimezone().date()
    sv, en = (f"{what.sv} {home.sv}, {day(today, Language.SV)}.", f"{what.en} {home.en}, {day(today, Language.EN)}.")
    return Text(" ".join([sv, *(each.sv for each in more)]), " ".join([en, *(each.en for each in more)]))


def sent(table: Table, form: str, language: Language) -> HttpResponse:
    """Send a table as a file.

    Raises:
        UnknownError: when the form is neither "csv" nor "xlsx".
        SheetError: when there are more cells than a workbook should have.
    """
    if form not in TYPES:
        raise UnknownError(Text("Välj CSV eller XLSX.", "Choose CSV or XLSX."))
    body = to_csv(table, language) if form == "csv" else to_xlsx(table, language)
    response = HttpResponse(body, content_type=TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{table.file}.{form}"'
    return response


def to_csv(table: Table, language: Language) -> bytes:
    """Return a table as CSV that a spreadsheet in Swedish opens with one click: semicolons, and a mark for UTF-8."""
    out = io.StringIO()
    rows = [[cell if isinstance(cell, int) else safe(cell or "") for cell in row] for row in _lines(table, language)]
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return ("\ufeff" + out.getvalue()).encode()


def _lines(table: Table, language: Language) -> list[list[Cell]]:
    """Return everything a sheet holds, line by line."""
    back = table.back
    head, rows = list[Cell](table.head), [list(row) for row in table.rows]
    if back:
        head.append(ADDRESS.to(language))
        rows = [[*row, address] for row, address in zip(rows, back.rows, strict=True)]
    below: list[list[Cell]] = [[], [f"{ABOUT.to(language)} {table.about.to(language)}"]]
    if back:
        below += [[ADDRESS.to(language), *back.columns[1:]], [STATE.to(language), BAR.join(back.state)]]
    return [head, *rows, *(list(row) for row in table.totals), *below]


def to_xlsx(table: Table, language: Language) -> bytes:
    """Return a table as a workbook: headings stay in sight, and print on every page.

    Where it may come back, only the answers are open, and the lines for machines are out of sight.

    Raises:
        SheetError: when there are more cells than a workbook should have.
    """
    lines = _lines(table, language)
    if len(lines) * len(lines[0]) > MOST_CELLS:
        raise SheetError(
            "Tabellen är för stor för en arbetsbok.",
            "The table is too large for a workbook.",
            Text("Ta ut den som CSV.", "Export it as CSV."),
        )
    book = Workbook()
    sheet = book.active
    sheet.title = _FORBIDDEN_IN_TITLE.sub(" ", table.title.to(language))[:31]
    for number, line in enumerate(lines, start=1):
        for at, said in enumerate(line):
            _write(sheet.cell(number, at + 1), said)
    _dress(sheet, table)
    if table.back:
        _open_answers(sheet, table, table.back)
    _for_paper(sheet, table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(cell: Any, said: Cell) -> None:
    if isinstance(said, int):
        cell.value = said
    elif said:
        cell.value = safe(ILLEGAL_CHARACTERS_RE.sub("", said))
        cell.data_type = "s"


def _dress(sheet: Any, table: Table) -> None:
    """Give columns a width one can read at, and headings the height they need there."""
    widths = [_width(table, at) for at in range(len(table.head))]
    for at, width in enumerate(widths):
        sheet.column_dimensions[get_column_letter(at + 1)].width = width
    thin = Border(bottom=Side(style="thin", color="00999999"))
    tallest = max(_lines_of(str(words), width) for words, width in zip(table.head, widths, strict=True))
    sheet.row_dimensions[1].height = LINE_HEIGHT * min(tallest, 12)
    last = 1 + len(table.rows) + len(table.totals)
    for row in sheet.iter_rows(min_row=1, max_row=last, max_col=len(table.head)):
        for at, cell in enumerate(row):
            beside = at >= table.leading and at not in table.wide
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if beside else None)
            cell.border = thin
            cell.font = Font(bold=cell.row == 1 or cell.row > 1 + len(table.rows))
    for row in sheet.iter_rows(min_row=last + 1):
        for cell in row:
            cell.font = _GREY
    sheet.freeze_panes = f"{get_column_letter(table.leading + 1)}2"


def _width(table: Table, at: int) -> int:
    if at in table.wide:
        return _WIDEST
    if at >= table.leading:
        return _NARROW
    longest = max(len(str(row[at] or "")) for row in (table.head, *table.rows, *table.totals))
    return max(_NARROW, min(longest + 2, _WIDEST if table.leading == 1 else _WIDE))


def _lines_of(words: str, width: int) -> int:
    """Guess how many lines words take: long Swedish words leave much of a line empty."""
    return max(ceil(1.3 * len(words) / width), *(ceil(len(word) / width) for word in words.split() or [""]), 1)


def _open_answers(sheet: Any, table: Table, back: Return) -> None:
    last, rules = len(table.rows) + 1, dict[str, DataValidation]()
    for at in range(len(table.head)):
        letter = get_column_letter(at + 1)
        for number in range(2, last + 1) if back.columns[at] else ():
            sheet[f"{letter}{number}"].protection = Protection(locked=False)
        if at in back.words:
            listed = f'"{",".join(back.words[at])}"'
            # What is not in the list may be written, too: it is read, or asked about, when the sheet comes back.
            rule = DataValidation(type="list", formula1=listed, allow_blank=True, showErrorMessage=False)
            rules.setdefault(listed, rule).add(f"{letter}2:{letter}{last}")
    for rule in rules.values():
        sheet.add_data_validation(rule)
    protection = sheet.protection
    protection.sheet = True
    protection.formatCells = protection.formatColumns = protection.formatRows = False
    sheet.column_dimensions[get_column_letter(len(table.head) + 1)].hidden = True
    for below in (1, 2):
        sheet.row_dimensions[sheet.max_row - below + 1].hidden = True


def _for_paper(sheet: Any, table: Table) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.print_title_cols = f"A:{get_column_letter(table.leading)}"


def read_back(name: str, body: bytes) -> Filled:
    """Read a sheet that was sent out and filled in, or one made by hand of the same form.

    Raises:
        SheetError: when it is too large, empty, or no sheet.
    """
    known = [words.casefold() for words in (ADDRESS.sv, ADDRESS.en)]
    lines = lines_of(name, body, known=known, most_columns=MOST_COLUMNS)
    if max(map(len, lines)) > MOST_COLUMNS:
        raise SheetError(
            f"Filen har fler än {MOST_COLUMNS} kolumner.", f"The file has more than {MOST_COLUMNS} columns."
        )
    head = [unsafe(text).strip() for text in lines[0]]
    own = next((at for at, words in enumerate(head) if words.casefold() in known), None)
    width = len(head) if own is None else own
    addresses, state, rows = [""] * width, (), []
    for number, line in enumerate(lines[1:], start=2):
        texts = [unsafe(text).strip() for text in line] + [""] * (len(head) - len(line))
        first = texts[0].casefold() if texts else ""
        if first in known:
            addresses = ["", *texts[1:width]]
        elif first in (STATE.sv.casefold(), STATE.en.casefold()):
            state = tuple(texts[1].split(BAR)) if len(texts) > 1 else ()
        elif any(texts) and not texts[0].startswith((ABOUT.sv, ABOUT.en)):
            rows.append(FilledRow(number, "" if own is None else texts[own], tuple(texts[:width])))
    return Filled(tuple(head[:width]), tuple(addresses), tuple(rows), state)


def place(line: int, column: int) -> Text:
    """Say where something stands in a file, as a spreadsheet counts; ``column`` begins at nought."""
    letter = get_column_letter(column + 1)
    return Text(f"Rad {line}, kolumn {letter}", f"Row {line}, column {letter}")
