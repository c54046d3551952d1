"""The bytes of a delivered file → a sheet as it stands: XLSX with merged cells and formats, CSV in any encoding."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from vagvisare.sources.spreadsheet.layout_grid import MOST_CELLS, Grid, Percent, number_of
from vagvisare.sources.spreadsheet.texts import (
    LARGEST,
    MOST_ROWS,
    SEPARATORS,
    no_xlsx,
    refuse_bombs,
    separated,
    too_large,
    too_many,
)
from vagvisare.sources.spreadsheet.wording import menade
from vagvisare.terms.errors import NOTHING, FigureError
from vagvisare.terms.language import Language, Text, listing

KINDS = (".xlsx", ".csv", ".tsv", ".txt", ".px")
"""What a delivery can be, by the end of its name."""

_SAMPLE = 100
_MARKS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})[\"']")
_HIDDEN = re.compile(rb"<(?:\w+:)?(row|col)\s[^>]*?hidden=[\"'](?:1|true)[\"']")


def grid_of(raw: bytes, name: str, sheet: str = "") -> Grid:
    """Read a file's sheet (the first one that shows, where none is named).

    Raises:
        FigureError: when the file is too large, of another kind, broken, or has no such sheet.
    """
    path = Path(name)
    if len(raw) > LARGEST:
        raise too_large(path)
    if path.suffix.lower() == ".xlsx":
        return _workbook(raw, path, sheet)
    return _csv(raw, path)


def kind_of(name: str) -> str:
    """Return the ending of a delivery's name, in small letters.

    Raises:
        FigureError: when it is none that can be read.
    """
    kind = Path(name).suffix.lower()
    if kind not in KINDS:
        raise FigureError(
            Text(f"{Path(name).name} är varken XLSX, CSV eller PX.", f"{Path(name).name} is not XLSX, CSV or PX."),
            meaning=Text("Inget av den har lästs in.", "Nothing of it was loaded."),
            remedy=Text("Spara tabellen som XLSX eller CSV.", "Save the table as XLSX or CSV."),
        )
    return kind


def _csv(raw: bytes, path: Path) -> Grid:
    text, told = _decoded(raw, path)
    rows: list[list[object]] = []
    count = 0
    for _, row in separated(text, path, _separator(text)):
        count += len(row) + 1
        if count > MOST_CELLS:
            raise too_many(path)
        rows.append(list(row))
    return Grid(path.name, "", rows, told=told)


def _decoded(raw: bytes, path: Path) -> tuple[str, tuple[Text, ...]]:
    encoding = next((name for name, mark in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        text, told = raw.decode(encoding), list[Text]()
    except UnicodeDecodeError:
        try:
            text, told = raw.decode("windows-1252"), [_GUESSED]
        except UnicodeDecodeError:
            raise _no_text(path) from None
    if "\0" in text:
        raise _no_text(path)
    return text, tuple(told)


def _separator(text: str) -> str:
    """Choose the separator that as many lines as possible have equally often; semicolon before tab before comma."""
    lines = [line for line in text.split("\n", _SAMPLE)[:_SAMPLE] if line.strip()]

    def evenness(separator: str) -> tuple[int, int]:
        counts = Counter(count for line in lines if (count := line.count(separator)))
        often, lines_so = max(((count, so) for count, so in counts.items()), key=lambda x: x[::-1], default=(0, 0))
        return lines_so, often

    return max(SEPARATORS, key=evenness)


def _workbook(raw: bytes, path: Path, wanted: str) -> Grid:
    import openpyxl  # noqa: PLC0415 - takes a tenth of a second, and only XLSX needs it

    refuse_bombs(raw, path)
    try:
        book = openpyxl.load_workbook(BytesIO(raw), read_only=True, data_only=True, keep_links=False, rich_text=True)
        sheet = _chosen(book, wanted, path)
        part = sheet._worksheet_path  # noqa: SLF001  the library has no public name for where a sheet lies
        xml = _part(raw, part)
        rows = list(_rows(sheet, path))
        if b"<f" in xml or b":f" in xml:
            _refuse_unsaved(raw, sheet.title, rows, path)
        return Grid(path.name, sheet.title, rows, _merged(xml, rows), _told(book, sheet, xml))
    except FigureError:
        raise
    except Exception as error:  # openpyxl raises many kinds for broken files
        raise no_xlsx(path) from error


def _chosen(book: Any, wanted: str, path: Path) -> Any:
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if wanted in sheets:
        return sheets[wanted]
    if wanted or not sheets:
        near = menade(wanted, sheets)
        every = ", ".join(sheets)
        hint = Text(f"Arbetsboken har: {every}.", f"The workbook has: {every}.")
        raise FigureError(
            Text(f"{path.name} har inget blad ”{wanted}”.", f"{path.name} has no sheet “{wanted}”."),
            meaning=Text("Inget av den har lästs in.", "Nothing of it was loaded."),
            remedy=hint if near == NOTHING else Text(f"{near.sv} {hint.sv}", f"{near.en} {hint.en}"),
        )
    return next((sheet for sheet in sheets.values() if sheet.sheet_state == "visible"), next(iter(sheets.values())))


def _part(raw: bytes, part: str) -> bytes:
    with zipfile.ZipFile(BytesIO(raw)) as packed:
        return packed.read(part)


def _rows(sheet: Any, path: Path) -> Iterator[list[object]]:
    sheet.reset_dimensions()  # what a file says of its own size can be anything
    count = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        count += len(row) + 1
        if number > MOST_ROWS or count > MOST_CELLS:
            raise too_many(path)
        yield [_content(cell) for cell in row]


def _content(cell: Any) -> object:
    value = cell.value
    if value.__class__ in (int, float):
        return Percent(value) if "%" in _LITERAL.sub("", cell.number_format) else value
    return _without_raised(value) if isinstance(value, list) else value


def _without_raised(parts: list[Any]) -> str:
    """Write raised figures as such: a note's number set as superscript must not become a digit of the figure."""
    texts = []
    for part in parts:
        font = getattr(part, "font", None)
        raised = font is not None and font.vertAlign == "superscript"
        texts.append(str(part).translate(_SUPERSCRIPT) if raised else str(part))
    return "".join(texts)


def _refuse_unsaved(raw: bytes, title: str, rows: list[list[object]], path: Path) -> None:
    import openpyxl  # noqa: PLC0415 - as above

    book = openpyxl.load_workbook(BytesIO(raw), read_only=True, data_only=False, keep_links=False)
    sheet = book[title]
    sheet.reset_dimensions()
    for number, (row, written) in enumerate(zip(rows, sheet.iter_rows(values_only=True), strict=True), start=1):
        for value, formula in zip(row, written, strict=False):
            if value is None and isinstance(formula, str) and formula.startswith("="):
                raise FigureError(
                    Text(
                        f"{path.name}:{number}: En formel saknar sparat värde.",
                        f"{path.name}:{number}: A formula has no saved value.",
                    ),
                    remedy=Text(
                        "Öppna filen i ett kalkylprogram, spara den och försök igen.",
                        "Open the file in a spreadsheet program, save it and try again.",
                    ),
                )


def _merged(xml: bytes, rows: list[list[object]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Lead every cell that a merged one covers to the one in its upper left corner."""
    width = max((len(row) for row in rows), default=0)
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    work = 0
    for found in _MERGED.finditer(xml):
        left, right = (number_of(found[at].decode()) or 0 for at in (1, 3))
        top, bottom = int(found[2]) - 1, int(found[4]) - 1
        for row in range(max(top, 0), min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, width)):
                covered[row, column] = (top, left)
                work += 1
            if work > MOST_CELLS:
                return covered
    return covered


def _told(book: Any, sheet: Any, xml: bytes) -> tuple[Text, ...]:
    told = []
    others = [each.title for each in book.worksheets if each.title != sheet.title]
    if others:
        named = [listing([f"”{each}”" for each in others[:5]], Language.SV)]
        named.append(listing([f"“{each}”" for each in others[:5]], Language.EN))
        told.append(
            Text(
                f"Arbetsboken har fler blad som inte har lästs: {named[0]}.",
                f"The workbook has other sheets that were not read: {named[1]}.",
            )
        )
    if sheet.sheet_state != "visible":
        told.append(Text(f"Bladet ”{sheet.title}” är dolt.", f"The sheet “{sheet.title}” is hidden."))
    if b"superscript" in xml:  # text that stands in the sheet itself comes without its form; only few programs write so
        told.append(_RAISED)
    hidden = Counter(found[1] for found in _HIDDEN.finditer(xml))
    if hidden:
        told.append(
            Text(
                f"Bladet har dolda rader eller kolumner ({hidden.total()}); de har lästs som de andra.",
                f"The sheet has hidden rows or columns ({hidden.total()}); they were read like the others.",
            )
        )
    return tuple(told)


_RAISED = Text(
    "Bladet har upphöjda tecken som kan ha lästs som siffror. Jämför stickproven med filen.",
    "The sheet has raised characters that may have been read as digits. Compare the samples with the file.",
)
_GUESSED = Text(
    "Filen är inte i UTF-8 och har lästs som Windows-1252. Kontrollera att å, ä och ö ser rätt ut nedan.",
    "The file is not in UTF-8 and was read as Windows-1252. Check that å, ä and ö look right below.",
)


def _no_text(path: Path) -> FigureError:
    return FigureError(
        Text(f"{path.name} är ingen textfil.", f"{path.name} is no text file."),
        meaning=Text("Inget av den har lästs in.", "Nothing of it was loaded."),
        remedy=Text("Spara den på nytt som ”CSV UTF-8”.", "Save it again as “CSV UTF-8”."),
    )
