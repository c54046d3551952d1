"""Rows of text → cells: the one place where a tidy table of figures is read and every mistake in it found."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from vagvisare.sources.contract import Cell
from vagvisare.sources.spreadsheet.certainty import sampling_of
from vagvisare.sources.spreadsheet.wording import menade
from vagvisare.terms.errors import NOTHING, Mistake
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.sampling import COLUMNS, Sampling
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

KEEP_ONE = Text("Behåll en av dem.", "Keep one of them.")
_DECIMAL_COMMA = Text(
    "Ett decimalkomma kräver citattecken, eller semikolon mellan kolumnerna.",
    "A decimal comma needs quotation marks, or semicolons between the columns.",
)

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

    def add(self, line: int, what: Text, suggestion: Text | Callable[[], Text] = NOTHING) -> None:
        """Note one mistake."""
        if len(self.found) < MOST_MISTAKES:
            hint = suggestion if isinstance(suggestion, Text) else suggestion()
            self.found.append(Mistake(self.file, line, Text(_short(what.sv), _short(what.en)), hint))
        else:
            self.unsaid, self.last = self.unsaid + 1, line

    def all(self) -> list[Mistake]:
        """Return the mistakes, and how many more there were."""
        if self.unsaid:
            more = Text(
                f"Ytterligare {self.unsaid} fel i filen visas inte.",
                f"{self.unsaid} more {'mistake' if self.unsaid == 1 else 'mistakes'} in the file left out.",
            )
            return [*self.found, Mistake(self.file, self.last, more)]
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

    def number_or_none(self, text: str) -> float | None:
        """Read a number that may be left out.

        Raises:
            ValueError: when the text is neither empty nor a number.
        """
        missing = is_missing(text) if self.skip_missing else not text.strip()
        return None if missing else self.number(text)


def read_cells(rows: Iterable[Row], file: str, manner: Manner | None = None) -> tuple[list[Cell], list[Mistake]]:
    """Turn rows, the header first, into cells in the rows' order; ``file`` is the name used in mistakes."""
    complaints = Complaints(file)
    walk = iter(rows)
    columns = header(walk, complaints, REQUIRED, OPTIONAL, COLUMNS)
    cells = [] if columns is None else _cells(whole(walk, columns, complaints), columns, complaints, manner or Manner())
    return cells, complaints.all()


def header(
    rows: Iterator[Row],
    complaints: Complaints,
    required: Sequence[str],
    optional: Sequence[str],
    rare: Sequence[str] = (),
) -> dict[str, int] | None:
    """Read the header row; return each column's position, or None when the table cannot be read.

    ``rare`` columns are read where they stand, and not mentioned to somebody whose table lacks a required one.
    """
    line, names = next(rows, (1, ()))
    names = [name.strip().lower() for name in names]
    known = (*required, *optional, *rare)
    missing = [name for name in required if name not in names]
    for name in names:
        if name and name not in known:
            complaints.add(line, Text(f"Okänd kolumn ”{name}”.", f"Unknown column “{name}”."), menade(name, known))
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        twice = Text(f"Kolumnen ”{name}” finns flera gånger.", f"The column “{name}” occurs more than once.")
        complaints.add(line, twice, KEEP_ONE)
    if missing:
        usual = ",".join((*required, *optional))
        complaints.add(
            line,
            _missing(missing, empty=not any(names)),
            Text(f"Första raden ska vara: {usual}", f"The first row should be: {usual}"),
        )
        return None
    return {name: names.index(name) for name in known if name in names}


def _missing(names: Sequence[str], *, empty: bool) -> Text:
    told = Text("Tabellen är tom. ", "The table is empty. ") if empty else NOTHING
    if len(names) == 1:
        return Text(f"{told.sv}Kolumnen ”{names[0]}” saknas.", f"{told.en}The column “{names[0]}” is missing.")
    return Text(
        f"{told.sv}Kolumnerna ”{'”, ”'.join(names)}” saknas.",
        f"{told.en}The columns “{'”, “'.join(names)}” are missing.",
    )


def whole(rows: Iterator[Row], columns: dict[str, int], complaints: Complaints) -> Iterator[Row]:
    """Yield the rows that have as many columns as the table; complain of those with fewer or more."""
    width = max(columns.values()) + 1
    for line, row in rows:
        if len(row) == width or (len(row) > width and not any(text.strip() for text in row[width:])):
            yield line, row
        elif any(text.strip() for text in row):
            what = Text(
                f"Raden har {len(row)} kolumner, men rubrikraden har {width}.",
                f"The row has {len(row)} {'column' if len(row) == 1 else 'columns'}, but the heading has {width}.",
            )
            complaints.add(line, what, _DECIMAL_COMMA if len(row) > width else NOTHING)


def _cells(rows: Iterator[Row], columns: dict[str, int], complaints: Complaints, manner: Manner) -> list[Cell]:
    cells: list[Cell] = []
    periods = Periods()
    first_seen: dict[tuple[str, Period, str, str], int] = {}
    where, when, what = (columns[name] for name in REQUIRED)
    sex_at, background_at = columns.get("sex", -1), columns.get("background", -1)
    number, code = manner.number, manner.code
    about = {name: columns[name] for name in COLUMNS if name in columns}
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
            twice = Text(
                f"Siffran för {said} finns redan på rad {first_seen[key]}.",
                f"The figure for {said} is already on row {first_seen[key]}.",
            )
            complaints.add(line, twice, KEEP_ONE)
        else:
            first_seen[key] = line
            sampling = _sampling(line, row, about, value, complaints, manner) if about else None
            cells.append(Cell(territory, period, sex, background, value, sampling))
    return cells


def _sampling(
    line: int, row: Sequence[str], places: dict[str, int], value: float, complaints: Complaints, manner: Manner
) -> Sampling | None:
    def say(what: Text, remedy: Text) -> None:
        complaints.add(line, what, remedy)

    return sampling_of(row, places, value, manner.number_or_none, say)


def _complain(line: int, texts: tuple[str, str, str], complaints: Complaints, manner: Manner) -> None:
    """Find out what was wrong with a row: each of its parts is tried on its own."""
    territory, period, value = texts
    if not any(text.strip() for text in texts):
        return
    try:
        Period.parse(period)
    except ValueError:
        complaints.add(line, *no_period(period))
    if manner.code(territory) not in TERRITORIES:
        _complain_key(line, territory, TOTAL, complaints)
    if is_missing(value) and manner.skip_missing:
        return
    try:
        manner.number(value)
    except ValueError:
        if value.strip():
            complaints.add(line, Text(f"”{value}” är inget tal.", f"“{value}” is no number."))
        else:
            hint = Text("Ta bort raden om det inte finns någon siffra.", "Remove the row if there is no figure.")
            complaints.add(line, Text("Värdet saknas.", "The value is missing."), hint)


def no_period(said: str) -> tuple[Text, Text]:
    """Return what is wrong with a text that is no period, and what to write instead."""
    return (
        Text(f"”{said}” är ingen period.", f"“{said}” is no period."),
        Text("Skriv ett år (2021) eller flera (2021-2024).", "Write one year (2021) or several (2021-2024)."),
    )


def is_missing(text: str) -> bool:
    """Tell whether a value is written as missing or suppressed."""
    return text.strip() in ("", "..", ".", "-", "–")


def _complain_key(line: int, territory: str, sex: str, complaints: Complaints) -> None:
    if territory in TERRITORIES and sex in SEXES:
        what = Text("Gruppens namn går över flera rader.", "The name of the group runs over several lines.")
        complaints.add(line, what, Text("Skriv det på en rad.", "Write it on one line."))
    if territory not in TERRITORIES:
        what = Text(f"Okänt område ”{territory}”.", f"Unknown territory “{territory}”.")
        complaints.add(line, what, lambda: _right_code(territory))
    if sex not in SEXES:
        hint = Text("Skriv T (totalt), K (kvinnor) eller M (män).", "Write T (total), K (women) or M (men).")
        complaints.add(line, Text(f"Okänt kön ”{sex}”.", f"Unknown sex “{sex}”."), hint)


def _right_code(said: str) -> Text:
    by_name = {territory.name.sv: territory.code for territory in TERRITORIES.values()}
    if said in by_name:
        return Text(f"Skriv koden {by_name[said]}.", f"Write the code {by_name[said]}.")
    near = menade(said, TERRITORIES)
    return (
        near
        if near != NOTHING
        else Text("Skriv en kod, till exempel 18 eller 1880.", "Write a code, such as 18 or 1880.")
    )
