"""The texts of a spreadsheet, row by row, whatever kind of file it is in: CSV in any common form, or XLSX."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vagvisare.sources.spreadsheet.cells import Row
from vagvisare.terms.errors import FigureError

LARGEST = 50_000_000
"""Bytes of a file; an XLSX file, which is compressed, may unpack to five times that."""

MOST_ROWS = 1_000_000
_UNPACKED = 5 * LARGEST
_SEPARATORS = (";", "\t", ",")


def csv_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a CSV file separated by comma, semicolon or tab, in UTF-8 with or without a byte order mark.

    Raises:
        FigureError: when the file cannot be had, is too large, is not UTF-8, or its quotes do not match.
    """
    raw = _bytes(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FigureError(
            f"{path.name}:{line}: Filen är inte skriven i UTF-8.",
            remedy="Spara den på nytt som ”CSV UTF-8”.",
        ) from error
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for row in rows:
            if rows.line_num > MOST_ROWS:
                raise _too_many(path)
            if row:
                yield rows.line_num, row
    except csv.Error as error:
        raise FigureError(
            f"{path.name}:{rows.line_num}: Citattecknen på raden går inte ihop.",
            remedy='Skriv " som "" inuti ett fält.',
        ) from error


def xlsx_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of the first sheet of an XLSX file as texts; what formulas gave is read, never computed.

    Raises:
        FigureError: when the file cannot be had, is too large, is no XLSX file, or a formula has no saved value.
    """
    raw = _bytes(path)
    if _unpacked_size(raw) > _UNPACKED:
        raise _too_large(path)
    try:
        yield from _sheet(path, *_first_sheets(raw))
    except FigureError:
        raise
    except Exception as error:  # openpyxl raises many kinds for broken files
        raise FigureError(
            f"{path.name}: Filen kan inte läsas som XLSX.",
            remedy="Öppna den i ett kalkylprogram och spara den på nytt.",
        ) from error


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
            raise _too_many(path)
        texts = [_text(value) for value in row]
        for text, formula in zip(texts, written, strict=False):
            if not text and isinstance(formula, str) and formula.startswith("="):
                raise FigureError(
                    f"{path.name}:{line}: En formel saknar sparat värde.",
                    remedy="Öppna filen i ett kalkylprogram, spara den och försök igen.",
                )
        if any(texts):
            yield line, texts


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise FigureError(f"{path} finns inte, eller är ingen vanlig fil.", remedy="Kontrollera sökvägen.")
        if path.stat().st_size > LARGEST:
            raise _too_large(path)
        return path.read_bytes()
    except OSError as error:
        raise FigureError(f"{path} kan inte läsas ({error.strerror}).", remedy="Kontrollera rättigheterna.") from error


def _too_large(path: Path) -> FigureError:
    return FigureError(f"{path.name}: Filen är för stor.", remedy="Högst 50 MB läses; dela upp den.")


def _too_many(path: Path) -> FigureError:
    return FigureError(f"{path.name}: Filen har för många rader.", remedy="Högst en miljon rader läses.")
