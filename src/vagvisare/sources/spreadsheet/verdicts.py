"""The verdicts of an earlier edition, as its open data holds them (``verdicts.csv``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from vagvisare.sources.spreadsheet.cells import KEEP_ONE, Complaints, Row, header, whole
from vagvisare.sources.spreadsheet.tables import TableError
from vagvisare.sources.spreadsheet.texts import csv_rows
from vagvisare.sources.spreadsheet.wording import menade
from vagvisare.terms.errors import NOTHING
from vagvisare.terms.language import Text

REQUIRED = ("indicator", "territory", "sex", "background", "verdict", "as_of")
OPTIONAL = ("p", "points", "first_period", "last_period")
WORDS = ("förbättras", "försämras", "oförändrat", "går inte att avgöra")
_ONE_DAY = Text("En fil ska hålla en enda uppföljning.", "A file should hold a single follow-up.")


class VerdictRow(NamedTuple):
    """One verdict: of what, in which word, as of which day."""

    line: int
    indicator: str
    territory: str
    sex: str
    background: str
    verdict: str
    as_of: date


def read_verdicts(path: Path | str) -> list[VerdictRow]:
    """Read a file of verdicts, in its own order.

    Raises:
        TableError: with every mistake, each with its line.
        FigureError: when the file cannot be read at all.
    """
    place = Path(path)
    rows = csv_rows(place)
    complaints = Complaints(place.name)
    columns = header(rows, complaints, REQUIRED, OPTIONAL)
    read = list(_verdicts(whole(rows, columns, complaints), columns, complaints)) if columns else []
    if columns and not read and not complaints.found:
        complaints.add(1, Text("Filen har inga omdömen.", "The file has no verdicts."))
    if complaints.found:
        raise TableError(place.name, complaints.all())
    return read


def _verdicts(rows: Iterator[Row], columns: dict[str, int], complaints: Complaints) -> Iterator[VerdictRow]:
    seen: dict[tuple[str, str, str, str], int] = {}
    days: set[date] = set()
    for line, row in rows:
        texts = {name: row[at].strip() for name, at in columns.items()}
        day = _day(line, texts["as_of"], complaints)
        if texts["verdict"] not in WORDS:
            what = Text(f"Okänt omdöme ”{texts['verdict']}”.", f"Unknown verdict “{texts['verdict']}”.")
            near = menade(texts["verdict"], WORDS)
            complaints.add(line, what, near if near != NOTHING else Text(", ".join(WORDS), ", ".join(WORDS)))
        key = (texts["indicator"], texts["territory"], texts["sex"], texts["background"])
        first = seen.setdefault(key, line)
        if first != line:
            what = Text(f"Serien har redan ett omdöme på rad {first}.", f"The series has a verdict on row {first}.")
            complaints.add(line, what, KEEP_ONE)
        if day is not None:
            if days and day not in days:
                what = Text("En annan dag än raderna före.", "Another day than the rows above.")
                complaints.add(line, what, _ONE_DAY)
            days.add(day)
            yield VerdictRow(line, *key, texts["verdict"], day)


def _day(line: int, text: str, complaints: Complaints) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        what = Text(f"”{text}” är inget datum.", f"“{text}” is no date.")
        complaints.add(line, what, Text("Skriv ÅÅÅÅ-MM-DD.", "Write YYYY-MM-DD."))
        return None
