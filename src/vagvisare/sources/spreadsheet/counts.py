"""Any table of counts to be protected: a column ``value``, and every other column one way of dividing people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vagvisare.sources.spreadsheet.cells import KEEP_ONE, Complaints, Row, is_missing, whole
from vagvisare.sources.spreadsheet.tables import TableError, lenient_number, official_code
from vagvisare.sources.spreadsheet.texts import table_rows
from vagvisare.sources.spreadsheet.wording import menade
from vagvisare.terms.language import Text
from vagvisare.terms.territory import TERRITORIES

VALUE, STATUS, TERRITORY = "value", "status", "territory"


@dataclass(frozen=True, slots=True)
class CountTable:
    """A table as it was read: the names of its dimensions, and its counts in the file's order.

    ``counts`` maps the codes of a row to its count, None where the value is empty or written ``..``.
    """

    names: tuple[str, ...]
    counts: dict[tuple[str, ...], int | None]


def read_counts(path: Path | str) -> CountTable:
    """Read a CSV or XLSX file of counts.

    Raises:
        TableError: with every mistake, each with its line.
        FigureError: when the file cannot be read at all.
        UserError: when the file is neither CSV nor XLSX by its name.
    """
    place = Path(path)
    rows = table_rows(place)
    complaints = Complaints(place.name)
    columns = _columns(rows, complaints)
    counts = _counts(whole(rows, columns, complaints), columns, complaints) if columns else {}
    if columns and not counts and not complaints.found:
        complaints.add(1, Text("Tabellen har inga rader.", "The table has no rows."))
    if complaints.found:
        raise TableError(place.name, complaints.all())
    return CountTable(tuple(name for name in columns if name != VALUE), counts)


def _columns(rows: Iterator[Row], complaints: Complaints) -> dict[str, int]:
    """Read the heading; nothing where the table cannot be read by it."""
    line, heading = next(rows, (1, ()))
    names = [name.strip().lower() for name in heading]
    while names and not names[-1]:
        names.pop()
    if VALUE not in names:
        what = Text("Kolumnen ”value” med antalen saknas.", "The column “value” with the counts is missing.")
        hint = Text("Första raden ska vara till exempel: ", "The first row should be for instance: ")
        usual = "territory,period,sex,background,value"
        near = menade(VALUE, names)
        complaints.add(line, what, near if near.sv else Text(hint.sv + usual, hint.en + usual))
    for name in sorted({name for name in names if names.count(name) > 1}):
        what = Text(f"Kolumnen ”{name}” finns flera gånger.", f"The column “{name}” occurs more than once.")
        complaints.add(line, what, KEEP_ONE)
    if STATUS in names:
        what = Text("Tabellen har redan en kolumn ”status”.", "The table already has a column “status”.")
        hint = Text("Utgå från den oskyddade tabellen.", "Start from the table before it was protected.")
        complaints.add(line, what, hint)
    if names == [VALUE]:
        what = Text("Tabellen har bara antal.", "The table has nothing but counts.")
        complaints.add(line, what, Text("Lägg till kolumner för vad de gäller.", "Add columns for what they are of."))
    return {} if complaints.found else {name: at for at, name in enumerate(names)}


def _counts(rows: Iterator[Row], columns: dict[str, int], complaints: Complaints) -> dict[tuple[str, ...], int | None]:
    counts: dict[tuple[str, ...], int | None] = {}
    first_seen: dict[tuple[str, ...], int] = {}
    for line, row in rows:
        texts = {name: row[at].strip() for name, at in columns.items()}
        if not any(texts.values()):
            continue
        if TERRITORY in texts:
            texts[TERRITORY] = _territory(line, texts[TERRITORY], complaints)
        cell = tuple(text for name, text in texts.items() if name != VALUE)
        first = first_seen.setdefault(cell, line)
        if first != line:
            named = ", ".join(filter(None, cell))
            what = Text(
                f"Antalet för {named} finns redan på rad {first}.", f"{named} already has a count on row {first}."
            )
            complaints.add(line, what, KEEP_ONE)
        counts[cell] = _count(line, texts[VALUE], complaints)
    return counts


def _territory(line: int, said: str, complaints: Complaints) -> str:
    code = official_code(said)
    if code not in TERRITORIES:
        what = Text(f"Okänt område ”{said}”.", f"Unknown territory “{said}”.")
        hint = Text(
            "Skriv en officiell kod (00, 18, 1880), eller kalla kolumnen något annat än territory.",
            "Write an official code (00, 18, 1880), or call the column something else than territory.",
        )
        complaints.add(line, what, hint)
    return code


def _count(line: int, said: str, complaints: Complaints) -> int | None:
    if is_missing(said):
        return None
    try:
        value = lenient_number(said)
    except ValueError:
        complaints.add(line, Text(f"”{said}” är inget tal.", f"“{said}” is no number."))
        return None
    if value >= 0 and value == int(value):
        return int(value)
    what = Text(f"”{said}” är inget antal personer.", f"“{said}” is no count of people.")
    hint = Text(
        "Skriv ett helt tal från 0; andelar skyddas inte här.",
        "Write a whole number from 0; shares are not protected here.",
    )
    complaints.add(line, what, hint)
    return None
