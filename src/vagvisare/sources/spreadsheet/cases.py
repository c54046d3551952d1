"""Any table of series to be judged: columns series, period, value and what is known about each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

from vagvisare.sources.spreadsheet.cells import KEEP_ONE, Complaints, Periods, Row, header, is_missing, no_period, whole
from vagvisare.sources.spreadsheet.tables import TableError, lenient_number
from vagvisare.sources.spreadsheet.texts import table_rows, text_of
from vagvisare.sources.spreadsheet.wording import menade
from vagvisare.terms.errors import NOTHING
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period

REQUIRED = ("series", "period", "value")
OPTIONAL = ("direction", "unit", "target", "target_year", "base_year", "limit")
DIRECTIONS = ("higher", "lower", "none", "neutral", "1", "+1", "-1", "0", "1.0", "-1.0", "0.0")
_DIRECTION = Text("Skriv higher, lower eller neutral.", "Write higher, lower or neutral.")


class CaseRow(NamedTuple):
    """One figure of one series, with what the row says about the series; None or empty where it says nothing."""

    line: int
    series: str
    period: Period
    value: float
    direction: str = ""
    unit: str = ""
    target: float | None = None
    target_year: int | None = None
    base_year: int | None = None
    limit: float | None = None


def read_cases(path: Path | str) -> list[CaseRow]:
    """Read a CSV or XLSX file of series, in the file's order; rows without a value give nothing.

    Raises:
        TableError: with every mistake, each with its line.
        FigureError: when the file cannot be read at all.
        UserError: when the file is neither CSV nor XLSX by its name.
    """
    place = Path(path)
    return _read(table_rows(place), place.name)


def rows_as_cases(rows: Iterable[Mapping[str, object]], name: str = "tabell") -> list[CaseRow]:
    """Read rows that are already in memory, column name → value; a row's line is its number from 1.

    Raises:
        TableError: with every mistake, each with its row.
    """
    held = list(rows)
    columns = list(dict.fromkeys(column for row in held for column in row))
    texts = ((n, [text_of(row.get(column)) for column in columns]) for n, row in enumerate(held, start=1))
    return _read(chain([(1, columns)], texts), name)


def _read(rows: Iterator[Row], name: str) -> list[CaseRow]:
    complaints = Complaints(name)
    rows = _without_others(rows)
    columns = header(rows, complaints, REQUIRED, OPTIONAL)
    read = list(_cases(rows, columns, complaints)) if columns else []
    if complaints.found:
        raise TableError(name, complaints.all())
    return read


def _without_others(rows: Iterator[Row]) -> Iterator[Row]:
    """Leave out columns of the table's own, so that a table made for something else can be judged as it stands.

    A name that is nearly one of ours, which the table lacks, is kept to be complained of: it is more likely mistyped.
    """
    first = next(rows, None)
    if first is None:
        return
    line, names = first
    plain = [name.strip().lower() for name in names]
    lacking = [name for name in (*REQUIRED, *OPTIONAL) if name not in plain]
    ours = (*REQUIRED, *OPTIONAL, "")
    kept = [at for at, name in enumerate(plain) if name in ours or menade(name, lacking) != NOTHING]
    yield line, [names[at] for at in kept]
    for number, row in rows:
        # What goes on beyond the heading is kept: it is a decimal comma gone wrong.
        yield number, [*(row[at] for at in kept if at < len(row)), *row[len(names) :]]


def _cases(rows: Iterator[Row], columns: dict[str, int], complaints: Complaints) -> Iterator[CaseRow]:
    periods = Periods()
    first_seen: dict[tuple[str, Period], int] = {}
    width = max(columns.values()) + 1
    # A row may stop early, but what goes on beyond the last column is a decimal comma gone wrong.
    filled = ((line, [*row, *[""] * (width - len(row))]) for line, row in rows)
    for line, row in whole(filled, columns, complaints):
        texts = {name: row[at].strip() for name, at in columns.items()}
        if not any(texts.values()):
            continue
        case = _case(line, texts, periods, complaints)
        if case is None:
            continue
        seen = first_seen.setdefault((case.series, case.period), line)
        if seen != line:
            what = Text(
                f"”{case.series}” har redan en siffra för {case.period.label} på rad {seen}.",
                f"“{case.series}” already has a figure for {case.period.label} on row {seen}.",
            )
            complaints.add(line, what, KEEP_ONE)
        yield case


def _case(line: int, texts: dict[str, str], periods: Periods, complaints: Complaints) -> CaseRow | None:
    before = len(complaints.found) + complaints.unsaid
    _name(line, texts["series"], complaints)
    try:
        period = periods[texts["period"]]
    except ValueError:
        complaints.add(line, *no_period(texts["period"]))
        period = Period.year(2000)
    missing = is_missing(texts["value"])
    value = None if missing else _number(line, "value", texts["value"], complaints)
    direction = texts.get("direction", "").lower()
    if direction and direction not in DIRECTIONS:
        near = menade(direction, DIRECTIONS)
        what = Text(f"Okänd riktning ”{direction}”.", f"Unknown direction “{direction}”.")
        complaints.add(line, what, near if near != NOTHING else _DIRECTION)
    unit = texts.get("unit", "")
    target, limit = (_number(line, name, texts.get(name, ""), complaints) for name in ("target", "limit"))
    target_year, base_year = (_year(line, texts.get(n, ""), complaints) for n in ("target_year", "base_year"))
    if value is None or len(complaints.found) + complaints.unsaid > before:
        return None
    return CaseRow(line, texts["series"], period, value, direction, unit, target, target_year, base_year, limit)


def _name(line: int, name: str, complaints: Complaints) -> None:
    if not name:
        what = Text("Seriens namn saknas.", "The name of the series is missing.")
        complaints.add(line, what, Text("Skriv ett namn i kolumnen series.", "Write a name in the column series."))
    elif any(category(character) == "Cc" for character in name):
        what = Text(
            "Seriens namn innehåller tecken som inte syns.", "The name of the series holds characters that do not show."
        )
        complaints.add(line, what, Text("Skriv det på en rad, utan tabb.", "Write it on one line, without tabs."))


def _number(line: int, name: str, text: str, complaints: Complaints) -> float | None:
    if is_missing(text):
        return None
    try:
        return lenient_number(text)
    except ValueError:
        what = Text(f"”{text}” är inget tal (kolumnen {name}).", f"“{text}” is no number (the column {name}).")
        complaints.add(line, what)
        return None


def _year(line: int, text: str, complaints: Complaints) -> int | None:
    if is_missing(text):
        return None
    # "2030.0" is how a spreadsheet, or a table with gaps in memory, writes the number 2030.
    text = text.removesuffix(".0")
    if text.isascii() and text.isdigit() and len(text) == 4:
        return int(text)
    hint = Text("Skriv fyra siffror, till exempel 2030.", "Write four digits, such as 2030.")
    complaints.add(line, Text(f"”{text}” är inget år.", f"“{text}” is no year."), hint)
    return None
