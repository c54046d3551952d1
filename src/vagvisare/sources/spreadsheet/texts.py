"""The texts of a spreadsheet, row by row, whatever kind of file it is in: CSV in any common form, or XLSX."""

from __future__ import annotations

import csv
import io
import math
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vagvisare.sources.spreadsheet.cells import Row
from vagvisare.terms.errors import FigureError, UserError
from vagvisare.terms.language import Text

LARGEST = 50_000_000
"""Bytes of a file; an XLSX file, which is compressed, may unpack to five times that."""

MOST_ROWS = 1_000_000
_UNPACKED = 5 * LARGEST
_DENSEST, _DENSE_FROM = 100, 5_000_000
"""Sheets of figures pack ten to fifty times; what unpacks to more than a hundred times its size is no sheet."""

SEPARATORS = (";", "\t", ",")


def csv_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a CSV file separated by comma, semicolon or tab, in UTF-8 with or without a byte order mark.

    Raises:
        FigureError: when the file cannot be had, is too large, is not UTF-8, or its quotes do not match.
    """
    raw = file_bytes(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(path, raw.count(b"\n", 0, error.start) + 1) from error
    if "\0" in text.partition("\n")[0]:
        raise _not_utf8(path, 1)  # UTF-16 without a mark is UTF-8 with every other byte nought
    first = text.partition("\n")[0]
    for line, row in separated(text, path, max(SEPARATORS, key=first.count)):
        if row:
            yield line, row


def separated(text: str, path: Path, separator: str) -> Iterator[Row]:
    """Yield every row of a text in CSV with the line it ends on, empty ones too.

    Raises:
        FigureError: when there are too many rows, a field is too long, or its quotes do not match.
    """
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in rows:
            if rows.line_num > MOST_ROWS:
                raise too_many(path)
            yield rows.line_num, row
    except csv.Error as error:
        if "field limit" in str(error):
            raise _too_long(path, rows.line_num) from error
        raise FigureError(
            Text(
                f"{path.name}:{rows.line_num}: Citattecknen på raden går inte ihop.",
                f"{path.name}:{rows.line_num}: The quotation marks on the row do not match.",
            ),
            remedy=Text('Skriv " som "" inuti ett fält.', 'Write " as "" inside a field.'),
        ) from error


def xlsx_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of the first sheet of an XLSX file as texts; what formulas gave is read, never computed.

    Raises:
        FigureError: when the file cannot be had, is too large, is no XLSX file, or a formula has no saved value.
    """
    raw = file_bytes(path)
    refuse_bombs(raw, path)
    try:
        yield from _sheet(path, *_first_sheets(raw))
    except FigureError:
        raise
    except Exception as error:  # openpyxl raises many kinds for broken files
        raise no_xlsx(path) from error


def refuse_bombs(raw: bytes, path: Path) -> None:
    """Refuse a packed file that unpacks to more than any sheet of figures does.

    Raises:
        FigureError: when it does.
    """
    unpacked = _unpacked_size(raw)
    if unpacked > _UNPACKED or (unpacked > _DENSE_FROM and unpacked > _DENSEST * len(raw)):
        raise too_large(path)


def no_xlsx(path: Path) -> FigureError:
    """Say that a file is broken, or of another kind than its name claims."""
    return FigureError(
        Text(f"{path.name} kan inte läsas som XLSX.", f"{path.name} cannot be read as XLSX."),
        remedy=Text(
            "Öppna den i ett kalkylprogram och spara den på nytt.",
            "Open it in a spreadsheet program and save it again.",
        ),
    )


def _unpacked_size(raw: bytes) -> int:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile:
        return 0


def _first_sheets(raw: bytes) -> tuple[Any, Any]:
    """Return the first sheet twice: with the values formulas gave, and with the formulas."""
    import openpyxl  # noqa: PLC0415 - takes a tenth of a second, and only XLSX needs it

    values, formulas = (
        openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=given, keep_links=False)
        for given in (True, False)
    )
    return values.worksheets[0], formulas.worksheets[0]


def _sheet(path: Path, values: Any, formulas: Any) -> Iterator[Row]:
    both = zip(values.iter_rows(values_only=True), formulas.iter_rows(values_only=True), strict=True)
    for line, (row, written) in enumerate(both, start=1):
        if line > MOST_ROWS:
            raise too_many(path)
        texts = [text_of(value) for value in row]
        for text, formula in zip(texts, written, strict=False):
            if not text and isinstance(formula, str) and formula.startswith("="):
                raise FigureError(
                    Text(
                        f"{path.name}:{line}: En formel saknar sparat värde.",
                        f"{path.name}:{line}: A formula has no saved value.",
                    ),
                    remedy=Text(
                        "Öppna filen i ett kalkylprogram, spara den och försök igen.",
                        "Open the file in a spreadsheet program, save it and try again.",
                    ),
                )
        if any(texts):
            yield line, texts


def text_of(value: object) -> str:
    """Return a cell's value as text: nothing for nothing, a whole number without decimals."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def file_bytes(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        FigureError: when it cannot be had, or is too large.
    """
    try:
        if not path.is_file():
            raise _no_file(path)
        if path.stat().st_size > LARGEST:
            raise too_large(path)
        return path.read_bytes()
    except OSError as error:
        raise FigureError(
            Text(f"{path} kan inte läsas ({error.strerror}).", f"{path} cannot be read ({error.strerror})."),
            remedy=Text("Kontrollera rättigheterna.", "Check the permissions."),
        ) from error


def _not_utf8(path: Path, line: int) -> FigureError:
    return FigureError(
        Text(f"{path.name}:{line}: Filen är inte i UTF-8.", f"{path.name}:{line}: The file is not in UTF-8."),
        remedy=Text("Spara den på nytt som ”CSV UTF-8”.", "Save it again as “CSV UTF-8”."),
    )


def _no_file(path: Path) -> FigureError:
    return FigureError(
        Text(f"{path} finns inte, eller är ingen vanlig fil.", f"{path} does not exist, or is no ordinary file."),
        remedy=Text("Kontrollera sökvägen.", "Check the path."),
    )


def too_large(path: Path) -> FigureError:
    """Say that a file is larger than we read."""
    return FigureError(
        Text(f"{path.name} är för stor.", f"{path.name} is too large."),
        remedy=Text("Högst 50 MB läses; dela upp den.", "At most 50 MB is read; split it."),
    )


def _too_long(path: Path, line: int) -> FigureError:
    return FigureError(
        Text(f"{path.name}:{line}: Ett fält är för långt.", f"{path.name}:{line}: A field is too long."),
        remedy=Text("Kontrollera att filen är en tabell med siffror.", "Check that the file is a table of figures."),
    )


def too_many(path: Path) -> FigureError:
    """Say that a file has more rows than we read."""
    return FigureError(
        Text(f"{path.name} har för många rader.", f"{path.name} has too many rows."),
        remedy=Text("Högst en miljon rader läses.", "At most a million rows are read."),
    )


def table_rows(path: Path) -> Iterator[Row]:
    """Read the rows of a table, as its name says what it is.

    Raises:
        UserError: when the file is neither CSV nor XLSX by its name.
    """
    kinds = {".csv": csv_rows, ".tsv": csv_rows, ".txt": csv_rows, ".xlsx": xlsx_rows}
    if path.suffix.lower() not in kinds:
        raise UserError(
            Text(f"{path.name} är varken CSV eller XLSX.", f"{path.name} is neither CSV nor XLSX."),
            remedy=Text("Spara tabellen som CSV eller XLSX.", "Save the table as CSV or XLSX."),
        )
    return kinds[path.suffix.lower()](path)
