"""Codes as they stand in a sheet → codes as the query lists them, and which of them the query wants."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import date

from vagvisare.sources.query import Dimension, Role, Scheme
from vagvisare.sources.spreadsheet.layout_grid import Grid
from vagvisare.sources.spreadsheet.layout_numbers import stripped
from vagvisare.sources.spreadsheet.tables import official_code
from vagvisare.sources.territories import expand

_FIRST_DAY = date(1899, 12, 30)
_CALL = re.compile(r"(TOP|BOTTOM|FROM|TO|RANGE)\(\s*([^,()]+?)\s*(?:,\s*([^,()]+?)\s*)?\)", re.IGNORECASE)


class Wanted:
    """Which codes of one dimension are asked for, and how the sheet's texts are read as such.

    Spreadsheets take leading zeros off, and people put footnote marks on: a text is given back the code it stands for
    only where that can be one code alone. ``zeros`` counts the codes that were given their zero back, ``days`` the days
    read as years (as months where ``parts`` of years are wanted).
    """

    def __init__(self, dimension: Dimension, notes: list[str], *, parts: bool = False) -> None:
        self.dimension = dimension
        self.parts = parts
        self.days = 0
        self.scheme = dimension.scheme or Scheme.OFFICIAL
        self.notes = notes
        self.listed = expand(dimension.values, self.scheme) if dimension.values else ()
        self.zeros: Counter[tuple[str, str]] = Counter()
        self._known = {each for each in self.listed if not is_expression(each)}
        self._short = _shortened(self._known)
        self._read: dict[str, str] = {}

    def cell(self, grid: Grid, row: int, column: int) -> str:
        """Return the code a cell stands for; the period a day lies in, where periods are wanted."""
        raw = grid.raw(*grid.merged.get((row, column), (row, column)))
        if isinstance(raw, date) and self.dimension.role is Role.PERIOD and not is_year_as_day(raw):
            self.days += 1
            return self.read(f"{raw:%Y-%m}" if self.parts else f"{raw:%Y}")
        return self.read(grid.text(row, column))

    def read(self, text: str) -> str:
        """Return the code that a text in the sheet stands for; the text itself where nothing says otherwise."""
        if text not in self._read:
            self._read[text] = self._code(text)
        return self._read[text]

    def accepted(self, codes: Iterable[str]) -> set[str]:
        """Return those of the sheet's codes that are asked for."""
        present = list(dict.fromkeys(code for code in codes if code))
        if not self.listed:
            return set(present)
        found: set[str] = set()
        for each in self.listed:
            found.update(_expressed(each, present) if is_expression(each) else [each] if each in present else [])
        return found

    def absent(self, codes: Collection[str]) -> tuple[str, ...]:
        """Return the codes asked for by name that the sheet does not have."""
        return tuple(each for each in self.listed if each in self._known and each not in codes)

    def _code(self, text: str) -> str:
        if not text or text in self._known:
            return text
        bare = stripped(text, self.notes)[0]
        if bare in self._known:
            return bare
        code = self._short.get(bare, "")
        if not code and self.dimension.role is Role.TERRITORY:
            code = _whole(bare, self.scheme)
        if code and code != bare:
            self.zeros[bare, code] += 1
        # A code that is listed nowhere keeps its mark where codes are listed: then it is simply another code.
        return code or (text if self._known else bare)


def is_year_as_day(day: date) -> bool:
    """Tell whether a day is likely a year whose cell was formatted as a day: 2023 then shows as 1905-07-15."""
    return 1700 <= (date(day.year, day.month, day.day) - _FIRST_DAY).days <= 2200


def is_expression(value: str) -> bool:
    """Tell whether a value picks codes by rule instead of naming one."""
    return "*" in value or "?" in value or _CALL.fullmatch(value) is not None


def _expressed(rule: str, codes: list[str]) -> list[str]:
    called = _CALL.fullmatch(rule)
    if called is None:
        form = re.compile("".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in rule), re.DOTALL)
        return [code for code in codes if form.fullmatch(code)]
    name, first, second = called[1].upper(), called[2], called[3]
    if name in ("TOP", "BOTTOM"):
        return _ends(sorted(codes), first, second or "0", latest=name == "TOP")
    rules: dict[str, Callable[[str], bool]] = {
        "FROM": lambda code: code >= first,
        "TO": lambda code: code <= first,
        "RANGE": lambda code: first <= code <= (second or first),
    }
    return [code for code in codes if rules[name](code)]


def _ends(codes: list[str], count: str, offset: str, *, latest: bool) -> list[str]:
    if not (count.isdecimal() and offset.isdecimal()):
        return []
    ordered = codes[::-1] if latest else codes
    return ordered[int(offset[:6]) : int(offset[:6]) + int(count[:6])]


def _shortened(known: set[str]) -> dict[str, str]:
    """Return, by what is left when leading zeros are lost, the code it must have been; none where two could be."""
    short: dict[str, list[str]] = {}
    for code in known:
        if code.startswith("0") and code.isascii() and code.isdecimal():
            short.setdefault(code.lstrip("0") or "0", []).append(code)
    return {left: codes[0] for left, codes in short.items() if len(codes) == 1 and left not in known}


def _whole(bare: str, scheme: Scheme) -> str:
    if scheme is Scheme.OFFICIAL:
        return official_code(bare)
    if scheme is Scheme.KOLADA and bare.isascii() and bare.isdecimal() and len(bare) < 4:
        return bare.zfill(4)
    return ""
