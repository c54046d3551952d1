"""A first proposal of how a sheet is laid out, for a person to confirm: never used by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from vagvisare.sources import time_codes
from vagvisare.sources.query import Dimension, Layout, Query, Role, Scheme
from vagvisare.sources.spreadsheet.delivery_keys import likely_code
from vagvisare.sources.spreadsheet.layout_file import grid_of
from vagvisare.sources.spreadsheet.layout_grid import Grid, address, letters
from vagvisare.sources.spreadsheet.layout_numbers import NoNumberError, Numbers, stripped
from vagvisare.sources.spreadsheet.tables import official_code
from vagvisare.sources.territories import official
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text

SEX_WORDS = {
    "T": (
        "t",
        "totalt",
        "total",
        "samtliga",
        "alla",
        "båda",
        "båda könen",
        "kvinnor och män",
        "both sexes",
        "1+2",
        "00",
    ),
    "K": ("k", "kvinnor", "kvinna", "flickor", "tjejer", "women", "woman", "female", "females", "girls"),
    "M": ("m", "män", "man", "pojkar", "killar", "men", "male", "males", "boys"),
}
_SEXES = {word: sex for sex, words in SEX_WORDS.items() for word in words}
_TIME_HEADS = ("år", "year", "tid", "time", "period", "mätår", "undersökningsår")
_SEX_HEADS = ("kön", "sex", "gender")
_VALUE_HEADS = re.compile(r"värde|value|andel|share|procent|percent|antal|number|%|resultat|utfall", re.IGNORECASE)
_YEARS = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_LOOKED_AT, _GROUPS, _ABOVE = 300, 30, 6


@dataclass(frozen=True, slots=True)
class Guess:
    """A proposed query, and what to confirm of it."""

    query: Query
    confirm: tuple[Text, ...]


def guess(raw: bytes, name: str, sheet: str = "") -> Guess:
    """Propose how a sheet is to be read.

    Raises:
        FigureError: when the file cannot be opened, or no column of territories beside figures is found in it.
    """
    grid = grid_of(raw, name, sheet)
    at = _territory_column(grid)
    if at is None:
        raise _no_territories(name)
    looked = range(min(len(grid.rows), _LOOKED_AT))
    first = next((row for row in looked if _code(grid.text(row, at)) and _numbers(grid, row, at)), None)
    if first is None:
        raise _no_territories(name)
    rows = [row for row in looked if row >= first and _numbers(grid, row, at)]
    return _Guessing(grid, name, at, rows).made(sheet)


class _Guessing:
    """The guessing about one sheet, its column of territories and its first rows of figures once found."""

    def __init__(self, grid: Grid, name: str, at: int, rows: list[int]) -> None:
        self.grid, self.name, self.at, self.rows = grid, name, at, rows
        self.first = rows[0]
        self.heads = [row for row in range(max(0, self.first - _ABOVE), self.first) if self._filled(row)]
        self.head = self.heads[-1] if self.heads else -1
        self.dimensions: list[Dimension] = []
        self.confirm: list[Text] = []
        self.taken = {at}

    def made(self, sheet: str) -> Guess:
        """Put the proposal together."""
        self._territory()
        wide = self._wide()
        self._columns(wide=bool(wide))
        value = "" if wide else self._value()
        if not any(dimension.role is Role.PERIOD for dimension in self.dimensions):
            self._time_elsewhere()
        headed = sorted({self.head, *wide}) if self.head >= 0 else sorted(wide)
        layout = Layout(
            sheet=sheet,
            header_rows=tuple(row + 1 for row in headed),
            first_row=0 if headed and headed[-1] + 1 == self.first else self.first + 1,
            value=value,
            decimal=self._decimal(),
            fill_down=tuple(self._name(column) for column in self._gaps()),
        )
        self.confirm.append(_UNIT)
        return Guess(Query(self.name, tuple(self.dimensions), layout=layout), tuple(self.confirm))

    def _filled(self, row: int) -> bool:
        texts = {self.grid.text(row, column) for column in range(self.grid.width)} - {""}
        return len(texts) > 1

    def _name(self, column: int) -> str:
        """Return a column's heading where it is its alone, else its letters."""
        head = self.grid.text(self.head, column) if self.head >= 0 else ""
        alone = [other for other in range(self.grid.width) if self.grid.text(self.head, other) == head]
        return head if head and len(alone) == 1 and not head.startswith(("row:", "cell:")) else letters(column)

    def _territory(self) -> None:
        known = {text: code for text in self._texts(self.at) if (code := _code(text))}
        dimension = Dimension(self._name(self.at), Role.TERRITORY)
        if any(_named(text) for text in known):
            dimension = replace(dimension, values=tuple(known), ours=tuple(known.values()))
            self.confirm.append(_NAMES)
        self.dimensions.append(dimension)

    def _texts(self, column: int) -> Iterable[str]:
        last = min(len(self.grid.rows), self.first + 20 * _LOOKED_AT)
        return (text for row in range(self.first, last) if (text := self.grid.text(row, column)))

    def _wide(self) -> list[int]:
        """Find heading rows in which years, or sexes, stand side by side over the figures."""
        found = []
        for role, means in ((Role.PERIOD, _is_period), (Role.SEX, _is_sex)):
            for row in self.heads:
                texts = [self.grid.text(row, column) for column in range(self.at + 1, self.grid.width)]
                said = list(dict.fromkeys(text for text in texts if text))
                fitting = [text for text in said if means(text)]
                if len(fitting) > 1 and 2 * len(fitting) >= len(said):
                    dimension = Dimension(f"row:{row + 1}", role)
                    if role is Role.SEX:
                        dimension = _sexes(dimension, fitting)
                    self.dimensions.append(dimension)
                    found.append(row)
                    break
        return found

    def _columns(self, *, wide: bool) -> None:
        """Find columns of years, sexes and groups beside the territories."""
        roles = {dimension.role for dimension in self.dimensions}
        for column in range(self.grid.width):
            said = [text for row in self.rows if (text := self.grid.text(row, column))]
            distinct = list(dict.fromkeys(said))
            if column in self.taken or not said:
                continue
            dimension = Dimension(self._name(column))
            head = dimension.code.casefold()
            if Role.PERIOD not in roles and all(map(_is_period, said)) and (not wide or head in _TIME_HEADS):
                self._add(replace(dimension, role=Role.PERIOD), column, roles)
            elif Role.SEX not in roles and (len(distinct) > 1 or head in _SEX_HEADS) and all(map(_is_sex, said)):
                self._add(_sexes(replace(dimension, role=Role.SEX), distinct), column, roles)
            elif 1 < len(distinct) <= _GROUPS and not any(map(_is_number, said)) and not any(map(_code, said)):
                self._add(replace(dimension, role=Role.BACKGROUND), column, roles)
                self.confirm.append(
                    Text(
                        f"Kolumnen ”{dimension.code}” tolkas som grupper. Skriv values och ours om en av dem är alla.",
                        f"The column “{dimension.code}” is taken as groups. Write values and ours if one is everybody.",
                    )
                )

    def _add(self, dimension: Dimension, column: int, roles: set[Role]) -> None:
        self.dimensions.append(dimension)
        self.taken.add(column)
        roles.add(dimension.role)

    def _value(self) -> str:
        """Choose the column of figures in a long table."""
        numeric = [
            column
            for column in range(self.grid.width)
            if column not in self.taken and any(_is_number(self.grid.raw(row, column)) for row in self.rows)
        ]
        likely = [at for at in numeric if not all(_code(self.grid.text(row, at)) for row in self.rows)] or numeric
        named = [at for at in likely if self.head >= 0 and _VALUE_HEADS.search(self.grid.text(self.head, at))]
        chosen = (named or likely or [self.grid.width - 1])[0 if named else -1]
        others = [self._name(at) for at in numeric if at != chosen]
        if others:
            every = ", ".join(others[:8])
            self.confirm.append(
                Text(
                    f"Fler kolumner har tal: {every}. Är de intervall eller antal svar, lägg till ett mått (measure).",
                    f"Other columns hold numbers: {every}. If they are intervals or counts, add a measure.",
                )
            )
        return self._name(chosen)

    def _time_elsewhere(self) -> None:
        """Look for the year in a cell above the table."""
        for row in range(self.first):
            for column in range(len(self.grid.rows[row])):
                if len(set(_YEARS.findall(self.grid.text(row, column)))) == 1:
                    self.dimensions.append(Dimension(f"cell:{address(row, column)}", Role.PERIOD))
                    self.confirm.append(_TIME_ABOVE)
                    return
        years = _YEARS.findall(self.name)
        self.dimensions.append(Dimension("period", Role.PERIOD, tuple(years[:1])))
        self.confirm.append(_TIME_NOWHERE)

    def _gaps(self) -> list[int]:
        """Return the columns of codes that are empty on rows with figures: empty then means the same as above."""
        last = min(len(self.grid.rows), self.rows[-1] + 1)
        within = [row for row in range(self.first, last) if _numbers(self.grid, row, self.at)]
        codes = [column for column in sorted(self.taken) if column < self.grid.width]
        return [column for column in codes if any(not self.grid.text(row, column) for row in within)]

    def _decimal(self) -> str:
        texts = [
            raw
            for row in self.rows
            for column in range(self.grid.width)
            if column not in self.taken and isinstance(raw := self.grid.raw(row, column), str) and _is_number(raw)
        ]
        return "." if sum("." in text for text in texts) > sum("," in text for text in texts) else ","


def _territory_column(grid: Grid) -> int | None:
    """Return the column of territories: codes where names beside them say the same, else names, else codes alone."""
    columns = range(min(grid.width, 200))
    rows = range(min(len(grid.rows), _LOOKED_AT))
    codes = {at: {row: code for row in rows if (code := _whole_code(grid.text(row, at)))} for at in columns}
    names = {at: {row: code for row in rows if (code := _named(grid.text(row, at)))} for at in columns}
    named = max(columns, key=lambda at: (len(names[at]), -at), default=None)
    if named is not None and names[named]:
        agree = {at: sum(names[named].get(row) == code for row, code in codes[at].items()) for at in columns}
        best = max(columns, key=lambda at: (agree[at], -at))
        return best if 2 * agree[best] > len(names[named]) else named
    # A column of small counts holds many numbers that could be codes: all of its cells must be, and the first one wins.
    for at in columns:
        filled = [row for row in rows if grid.text(row, at) and _numbers(grid, row, at)]
        if filled and sum(row in codes[at] for row in filled) >= 0.8 * len(filled):
            return at
    return None


def _named(text: str) -> str:
    return likely_code(text) if text and not any(c.isdigit() for c in text) else ""


def _whole_code(text: str) -> str:
    """Return the official code a text stands for; years and single digits are none."""
    bare = stripped(text, ["*", "1)", "2)", "3)"])[0]
    if len(bare) < 2 or _is_period(bare):
        return ""
    return official(official_code(bare), Scheme.OFFICIAL) or ""


def _code(text: str) -> str:
    return _whole_code(text) or _named(text)


def _numbers(grid: Grid, row: int, at: int) -> bool:
    return any(_is_number(grid.raw(row, column)) for column in range(len(grid.rows[row])) if column != at)


def _is_number(raw: object) -> bool:
    try:
        said = Numbers(Layout()).read(raw)
    except NoNumberError:
        return False
    return said is not None and said.value is not None


def _is_period(text: str) -> bool:
    span = time_codes.parse(stripped(text, ["*", "1)", "2)", "3)"])[0])
    return span is not None and span.parts == 1 and 1900 <= span.start <= 2100


def _is_sex(text: str) -> bool:
    return text.casefold() in _SEXES


def _sexes(dimension: Dimension, said: list[str]) -> Dimension:
    if all(word in ("T", "K", "M") for word in said):
        return dimension
    return replace(dimension, values=tuple(said), ours=tuple(_SEXES[word.casefold()] for word in said))


def _no_territories(name: str) -> FigureError:
    return FigureError(
        Text(
            f"{name} har ingen kolumn med områden bredvid siffror.",
            f"{name} has no column of territories beside figures.",
        ),
        meaning=Text("Då går det inte att föreslå en layout.", "No layout can then be proposed."),
        remedy=Text(
            "Skriv den för hand; se dokumentationen ”Record a delivery”.",
            "Write it by hand; see the page “Record a delivery”.",
        ),
    )


_UNIT = Text(
    "Skriv titel, producent och enhet, och vilka värden som är rimliga (expects.low, expects.high).",
    "Write title, producer and unit, and which values are plausible (expects.low, expects.high).",
)
_NAMES = Text(
    "Områdena står med namn. Kontrollera att varje namn i values har rätt kod i ours.",
    "Territories go by name. Check that each name in values has the right code in ours.",
)
_TIME_ABOVE = Text(
    "Tiden läses ur en cell ovanför tabellen. Kontrollera att det är rätt år.",
    "The time is read from a cell above the table. Check that it is the right year.",
)
_TIME_NOWHERE = Text(
    "Ingen tid hittades i bladet. Skriv året i values.", "No time was found in the sheet. Write the year in values."
)
