"""Which figure each number of a delivery is, in our own terms; what cannot be said is pointed out, cell by cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache

import numpy as np
import pyarrow as pa

from vagvisare.sources import time_codes
from vagvisare.sources.arrange import SEXES, Long
from vagvisare.sources.query import MEASURES, Dimension, Query, Role, Scheme
from vagvisare.sources.spreadsheet.cells import Complaints
from vagvisare.sources.spreadsheet.layout_read import Reading
from vagvisare.sources.territories import official
from vagvisare.terms.errors import NOTHING
from vagvisare.terms.language import Text
from vagvisare.terms.territory import TERRITORIES, Kind

_EVERYBODY = ("totalt", "total", "samtliga", "alla", "all", "everybody")
_TWINS_TOLD = 5


@dataclass(slots=True)
class Keys:
    """Every number's place in our own terms: names, and the index of each number's name (territory -1: not ours).

    ``unknown`` counts territories that are none of ours, ``twins`` numbers that stand twice with the same value.
    """

    names: dict[Role, list[str]] = field(default_factory=dict)
    index: dict[Role, np.ndarray] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)
    twins: list[tuple[int, int]] = field(default_factory=list)

    def of(self, figure: int, role: Role) -> str:
        """Return what one number is in one respect."""
        return self.names[role][int(self.index[role][figure])]


def keys_of(query: Query, reading: Reading, complaints: Complaints) -> Keys:
    """Work out what every number is; complain of what cannot be said, and of figures given twice."""
    keys = _Work(query, reading, complaints)
    keys.named(Role.PERIOD, _period_of(bool(query.yearly)), "")
    keys.named(Role.SEX, SEXES.get, "T")
    keys.named(Role.MEASURE, _measure_of(query), "value")
    keys.backgrounds()
    keys.territories()
    if not complaints.found:
        keys.twins()
    return keys.made


def likely_code(said: str) -> str:
    """Return the code of the territory that people mean by a name, or "": Örebro kommun → 1880, Dalarna → 20."""
    name = " ".join(said.casefold().split())
    bare = re.sub(r"^region ", "", name)
    bare = re.sub(r"(?:s? kommun|s? stad)$", "", bare)
    known = _names()
    for each in (name, bare, f"{bare}s"):
        if each in known:
            return known[each]
    near = get_close_matches(bare, list(known), n=1, cutoff=0.85) if len(bare) < 60 else []
    return known[near[0]] if near else ""


@cache
def _names() -> dict[str, str]:
    known = {"riket": "00", "hela riket": "00", "sverige": "00", "sweden": "00"}
    for code, territory in TERRITORIES.items():
        if territory.kind is Kind.COUNTY:
            name = territory.name.sv.casefold()
            known |= {name: code, name.removesuffix(" län"): code, territory.name.en.casefold(): code}
            known[name.removesuffix(" län").removesuffix("s")] = code
    municipal = {t.name.sv.casefold(): c for c, t in TERRITORIES.items() if t.kind is Kind.MUNICIPALITY}
    return {**known, **municipal}


def _period_of(parts: bool) -> Callable[[str], str | None]:
    def period(code: str) -> str | None:
        span = time_codes.parse(code)
        if span is None or (span.parts > 1 and not parts):
            return None
        years = str(span.start) if span.start == span.end else f"{span.start}-{span.end}"
        return f"{years}/{span.part}" if span.part else years

    return period


def _measure_of(query: Query) -> Callable[[str], str | None]:
    listed = {value for dimension in query.by_role(Role.MEASURE) for value in dimension.values}
    return lambda code: "value" if code in listed else (code if code in MEASURES else None)


class _Work:
    """The working out of one sheet's keys."""

    def __init__(self, query: Query, reading: Reading, complaints: Complaints) -> None:
        self.query, self.reading, self.complaints = query, reading, complaints
        self.long: Long = reading.long
        self.rows = len(self.long.values)
        self.made = Keys()

    def named(self, role: Role, usual: Callable[[str], str | None], otherwise: str) -> None:
        """Name every code of the one dimension with a role."""
        dimension = next(iter(self.query.by_role(role)), None)
        if dimension is None or dimension.code not in self.long.codes:
            if role is Role.PERIOD:
                self.complaints.add(1, *_NO_PERIOD)
            self.made.names[role], self.made.index[role] = [otherwise], np.zeros(self.rows, np.int64)
            return
        given = dict(zip(dimension.values, dimension.ours, strict=False))

        def meaning(code: str) -> str | None:
            if role is Role.PERIOD or not given:
                return usual(given.get(code, code))
            return given.get(code) if role is not Role.MEASURE or given.get(code) in MEASURES else None

        self._name(dimension, meaning)

    def _name(self, dimension: Dimension, meaning: Callable[[str], str | None]) -> None:
        codes, index = _codes(self.long.codes[dimension.code])
        used, first = np.unique(index, return_index=True)
        names: dict[str, int] = {}
        lookup = np.zeros(max(len(codes), 1), np.int64)
        for place, figure in zip(used.tolist(), first.tolist(), strict=True):
            name = meaning(codes[place])
            if name is None:
                self.complaints.add(self._line(figure), *_unknown(dimension, codes[place], self.reading.where(figure)))
            else:
                lookup[place] = names.setdefault(name, len(names))
        self.made.names[dimension.role] = list(names) or [""]
        self.made.index[dimension.role] = lookup[index] if self.rows else np.empty(0, np.int64)

    def backgrounds(self) -> None:
        """Join the groups of several dimensions, as they are joined in the figures."""
        names, index = [""], np.zeros(self.rows, np.int64)
        for dimension in self.query.by_role(Role.BACKGROUND):
            if dimension.code in self.long.codes:
                given = dict(zip(dimension.values, dimension.ours, strict=False))
                self._name(dimension, given.get if given else str)
                own, place = self.made.names[Role.BACKGROUND], self.made.index[Role.BACKGROUND]
                names = [" / ".join(filter(None, (one, other))) for one in names for other in own]
                index = index * len(own) + place
                self._say_everybody(dimension, own)
        self.made.names[Role.BACKGROUND], self.made.index[Role.BACKGROUND] = names, index

    def _say_everybody(self, dimension: Dimension, names: list[str]) -> None:
        for name in names:
            if name.casefold() in _EVERYBODY:
                self.reading.told.append(
                    Text(
                        f"Gruppen i ”{dimension.code}” heter ”{name}”. Menas alla: lista koderna i values, "
                        f"och skriv tomt för ”{name}” i ours.",
                        f"The group of “{dimension.code}” is called “{name}”. If it means everybody: list the codes "
                        f"in values, and write nothing for “{name}” in ours.",
                    )
                )

    def territories(self) -> None:
        """Give every number its territory, by its code and the year."""
        dimension = next(iter(self.query.by_role(Role.TERRITORY)), None)
        if dimension is None or dimension.code not in self.long.codes:
            self.complaints.add(1, *_NO_TERRITORY)
            return
        given = dict(zip(dimension.values, dimension.ours, strict=False))
        codes, index = _codes(self.long.codes[dimension.code])
        ends = [_end(name) for name in self.made.names[Role.PERIOD]]
        pairs = index * len(ends) + self.made.index[Role.PERIOD]
        names: dict[str, int] = {}
        lookup: dict[int, int] = {}
        for pair, count in zip(*np.unique(pairs, return_counts=True), strict=True):
            code, end = codes[pair // len(ends)], ends[pair % len(ends)]
            ours = given[code] if code in given else official(code, dimension.scheme or Scheme.OFFICIAL, end)
            if ours is None:
                self.made.unknown[code] += int(count)
            lookup[pair] = -1 if ours is None else names.setdefault(ours, len(names))
        self.made.names[Role.TERRITORY] = list(names) or [""]
        unique, place = np.unique(pairs, return_inverse=True)
        found = np.array([lookup[pair] for pair in unique], np.int64)
        self.made.index[Role.TERRITORY] = found[place] if self.rows else np.empty(0, np.int64)

    def twins(self) -> None:
        """Find figures that stand twice: with the same value it is noted, with another it is a mistake."""
        key = np.zeros(self.rows, np.int64)
        for role, index in self.made.index.items():
            key = np.unique(key * (len(self.made.names[role]) + 1) + index + 1, return_inverse=True)[1].reshape(-1)
        ours = np.flatnonzero(self.made.index[Role.TERRITORY] >= 0)
        order = ours[np.argsort(key[ours], kind="stable")]
        again = np.flatnonzero(key[order][1:] == key[order][:-1])
        values = self.long.values.to_numpy(zero_copy_only=False)
        for one, other in zip(order[again].tolist(), order[again + 1].tolist(), strict=True):
            first, second = values[one], values[other]
            if first == second or (np.isnan(first) and np.isnan(second)):
                self.made.twins.append((one, other))
            else:
                self.complaints.add(self._line(other), *self._twice(one, other))

    def _twice(self, one: int, other: int) -> tuple[Text, Text]:
        place = self.made.of(other, Role.TERRITORY)
        name = TERRITORIES[place].name if place in TERRITORIES else Text(place, place)
        who = ", ".join(filter(None, (self.made.of(other, role) for role in (Role.PERIOD, Role.SEX, Role.BACKGROUND))))
        cells = [self.reading.where(each) or str(each + 1) for each in (one, other)]
        return (
            Text(
                f"{cells[0]} och {cells[1]} är samma siffra med olika värden ({name.sv}, {who}).",
                f"{cells[0]} and {cells[1]} are the same figure with different values ({name.en}, {who}).",
            ),
            _WHAT_DIFFERS,
        )

    def _line(self, figure: int) -> int:
        return self.reading.rows[figure] + 1 if self.reading.rows else 1


def _end(period: str) -> int | None:
    span = time_codes.parse(period.partition("/")[0])
    return span.end if span else None


def _codes(column: pa.DictionaryArray) -> tuple[list[str], np.ndarray]:
    return column.dictionary.to_pylist(), column.indices.to_numpy(zero_copy_only=False).astype(np.int64)


def _unknown(dimension: Dimension, code: str, where: str) -> tuple[Text, Text]:
    told = {
        Role.PERIOD: (Text("ingen tid som går att läsa", "no time that can be read"), _WRITE_PERIOD),
        Role.SEX: (Text("inget kön", "no sex"), _WRITE_SEX),
        Role.MEASURE: (Text("inget mått", "no measure"), _WRITE_MEASURE),
    }
    new = Text("ingen känd kod", "no known code"), _WRITE_OURS
    what, hint = told.get(dimension.role, new)
    at = Text(f" (siffran i {where})", f" (the figure in {where})") if where else NOTHING
    return (
        Text(
            f"”{code}” i ”{dimension.code}” är {what.sv}{at.sv}.",
            f"“{code}” of “{dimension.code}” is {what.en}{at.en}.",
        ),
        hint,
    )


_WRITE_PERIOD = Text(
    "Skriv ett år (2023) eller flera (2021-2024). Månader och kvartal kräver yearly. "
    "Är cellen formaterad som datum, formatera om den som tal.",
    "Write one year (2023) or several (2021-2024). Months and quarters need yearly. "
    "If the cell is formatted as a date, format it as a number.",
)
_WRITE_SEX = Text(
    "Lista filens ord i values och T, K och M i ours, i samma ordning.",
    "List the file's words in values, and T, K and M in ours, in the same order.",
)
_WRITE_MEASURE = Text(
    f"Lista filens ord i values och {', '.join(MEASURES)} i ours, i samma ordning.",
    f"List the file's words in values, and {', '.join(MEASURES)} in ours, in the same order.",
)
_WRITE_OURS = Text("Ge den ett namn i ours, eller ta bort den ur values.", "Name it in ours, or remove it from values.")
_NO_PERIOD = (
    Text("Ingen kolumn eller cell ger tiden.", "No column or cell gives the time."),
    Text("Lägg till en dimension med rollen period.", "Add a dimension with the role period."),
)
_NO_TERRITORY = (
    Text("Ingen kolumn eller cell ger området.", "No column or cell gives the territory."),
    Text("Lägg till en dimension med rollen territory.", "Add a dimension with the role territory."),
)
_WHAT_DIFFERS = Text(
    "Ta bort en av dem, eller ange kolumnen som skiljer dem åt som en dimension.",
    "Remove one of them, or name the column that sets them apart as a dimension.",
)
