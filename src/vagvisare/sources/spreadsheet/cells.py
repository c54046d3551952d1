"""Rows of text → cells: the one place where a tidy table of figures is read and every mistake in it found."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from vagvisare.sources.contract import Cell
from vagvisare.sources.spreadsheet.wording import menade
from vagvisare.terms.errors import Mistake
from vagvisare.terms.period import Period
from vagvisare.terms.series import TOTAL
from vagvisare.terms.territory import TERRITORIES

Row = tuple[int, Sequence[str]]
"""Line number (from 1) and the texts of the row."""

REQUIRED = ("territory", "period", "value")
OPTIONAL = ("sex", "background")
SEXES = frozenset({"T", "K", "M"})
MOST_MISTAKES = 200
"""A file of another kind has a mistake on every row; more than this helps nobody."""

LONGEST_SENTENCE = 300

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def plain_number(text: str) -> float:
    """Read a number with decimal point, as canonical files have it.

    Raises:
        ValueError: when the text is no finite number.
    """
    if _PLAIN.fullmatch(text) is None:
        raise ValueError(text)
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


class Periods(dict[str, Period]):
    """Periods by their text, each read once."""

    def __missing__(self, text: str) -> Period:
        """Read a period not met before."""
        period = self[text] = Period.parse(text)
        return period


@dataclass(slots=True)
class Complaints:
    """The mistakes of one file, up to a readable number.

    A suggestion may be given as a function: looking for the nearest name is slow, and done only when it is shown.
    """

    file: str
    found: list[Mistake] = field(default_factory=list)
    unsaid: int = 0
    last: int = 1

    def add(self, line: int, what: str, suggestion: str | Callable[[], str] = "") -> None:
        """Note one mistake."""
        if len(self.found) < MOST_MISTAKES:
            hint = suggestion if isinstance(suggestion, str) else suggestion()
            self.found.append(Mistake(self.file, line, _short(what), hint))
        else:
            self.unsaid, self.last = self.unsaid + 1, line

    def all(self) -> list[Mistake]:
        """Return the mistakes, and how many more there were."""
        if self.unsaid:
            more = Mistake(self.file, self.last, f"Ytterligare {self.unsaid} fel i filen visas inte.")
            return [*self.found, more]
        return self.found


def _short(what: str) -> str:
    """Keep both ends of a sentence that quotes something endless."""
    return what if len(what) <= LONGEST_SENTENCE else f"{what[:LONGEST_SENTENCE]} … {what[-40:]}"


@dataclass(frozen=True, slots=True)
class Manner:
    """How the texts of a row are read.

    ``number`` reads a value and raises ValueError for what is none; ``code`` puts a territory's code into its official
    form; ``skip_missing`` leaves out rows whose value is empty or marked as missing (``..``) instead of complaining.
    """

    number: Callable[[str], float] = plain_number
    code: Callable[[str], str] = str
    skip_missing: bool = False


def read_cells(rows: Iterable[Row], file: str, manner: Manner | None = None) -> tuple[list[Cell], list[Mistake]]:
    """Turn rows, the header first, into cells in the rows' order; ``file`` is the name used in mistakes."""
    complaints = Complaints(file)
    walk = iter(rows)
    columns = header(walk, complaints, REQUIRED, OPTIONAL)
    cells = [] if columns is None else _cells(whole(walk, columns, complaints), columns, complaints, manner or Manner())
    return cells, complaints.all()


def header(
    rows: Iterator[Row], complaints: Complaints, required: Sequence[str], optional: Sequence[str]
) -> dict[str, int] | None:
    """Read the header row; return each column's position, or None when the table cannot be read."""
    line, names = next(rows, (1, ()))
    names = [name.strip().lower() for name in names]
    known = (*required, *optional)
    missing = [name for name in required if name not in names]
    for name in names:
        if name and name not in known:
            complaints.add(line, f"Okänd kolumn ”{name}”.", menade(name, known))
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        complaints.add(line, f"Kolumnen ”{name}” finns flera gånger.", "Behåll en av dem.")
    if missing:
        complaints.add(
            line,
            f"Kolumnen ”{'”, ”'.join(missing)}” saknas.",
            f"Första raden ska vara: {','.join(known)}",
        )
        return None
    return {name: names.index(name) for name in known if name in names}


def whole(rows: Iterator[Row], columns: dict[str, int], complaints: Complaints) -> Iterator[Row]:
    """Yield the rows that have as many columns as the table; complain of those with fewer or more."""
    width = max(columns.values()) + 1
    for line, row in rows:
        if len(row) == width or (len(row) > width and not any(text.strip() for text in row[width:])):
            yield line, row
        elif any(text.strip() for text in row):
            hint = "Ett decimalkomma kräver citattecken, eller semikolon mellan kolumnerna." if len(row) > width else ""
            complaints.add(line, f"Raden har {len(row)} kolumner, men rubrikraden har {width}.", hint)


def _cells(rows: Iterator[Row], columns: dict[str, int], complaints: Complaints, manner: Manner) -> list[Cell]:
    cells: list[Cell] = []
    periods = Periods()
    first_seen: dict[tuple[str, Period, str, str], int] = {}
    where, when, what = (columns[name] for name in REQUIRED)
    sex_at, background_at = columns.get("sex", -1), columns.get("background", -1)
    number, code = manner.number, manner.code
    for line, row in rows:
        sex = (row[sex_at] if sex_at >= 0 else "") or TOTAL
        background = row[background_at] if background_at >= 0 else ""
        try:
            territory, period = code(row[where]), periods[row[when]]
            value = number(row[what])
        except ValueError:
            _complain(line, (row[where], row[when], row[what]), complaints, manner)
            continue
        key = (territory, period, sex, background)
        if territory not in TERRITORIES or sex not in SEXES or "\n" in background or "\r" in background:
            _complain_key(line, territory, sex, complaints)
        elif key in first_seen:
            said = " ".join(part for part in (territory, str(period), sex, background) if part)
            complaints.add(line, f"Siffran för {said} finns redan på rad {first_seen[key]}.", "Behåll en av dem.")
        else:
            first_seen[key] = line
            cells.append(Cell(territory, period, sex, background, value))
    return cells


def _complain(line: int, texts: tuple[str, str, str], complaints: Complaints, manner: Manner) -> None:
    """Find out what was wrong with a row: each of its parts is tried on its own."""
    territory, period, value = texts
    if not any(text.strip() for text in texts):
        return
    try:
        Period.parse(period)
    except ValueError:
        complaints.add(line, f"”{period}” är ingen period.", "Skriv ett år (2021) eller flera (2021-2024).")
    if manner.code(territory) not in TERRITORIES:
        _complain_key(line, territory, TOTAL, complaints)
    if is_missing(value) and manner.skip_missing:
        return
    try:
        manner.number(value)
    except ValueError:
        complaints.add(
            line,
            f"”{value}” är inget tal." if value.strip() else "Värdet saknas.",
            "" if value.strip() else "Ta bort raden om det inte finns någon siffra.",
        )


def is_missing(text: str) -> bool:
    """Tell whether a value is written as missing or suppressed."""
    return text.strip() in ("", "..", ".", "-", "–")


def _complain_key(line: int, territory: str, sex: str, complaints: Complaints) -> None:
    if territory in TERRITORIES and sex in SEXES:
        complaints.add(line, "Gruppens namn går över flera rader.", "Skriv det på en rad.")
    if territory not in TERRITORIES:
        complaints.add(line, f"Okänt område ”{territory}”.", lambda: _right_code(territory))
    if sex not in SEXES:
        complaints.add(line, f"Okänt kön ”{sex}”.", "Skriv T (totalt), K (kvinnor) eller M (män).")


def _right_code(said: str) -> str:
    by_name = {territory.name.sv: territory.code for territory in TERRITORIES.values()}
    if said in by_name:
        return f"Skriv koden {by_name[said]}."
    return menade(said, TERRITORIES) or "Skriv en kod, till exempel 18 eller 1880."
