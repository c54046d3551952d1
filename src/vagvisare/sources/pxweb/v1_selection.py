"""Which codes a query asks for, of a table whose variables are known: everything written out, nothing guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vagvisare.sources.pxweb.v1_wording import not_understood, unknown_codes, unknown_variable, unnamed
from vagvisare.sources.query import Dimension, Query, Role, Scheme
from vagvisare.sources.territories import expand, official

_EXPRESSION = re.compile(r"(TOP|BOTTOM|FROM|TO|RANGE)\(([^()]*)\)", re.IGNORECASE)

Selection = Mapping[str, tuple[str, ...]]
"""Codes asked for by variable, in the table's order; variables that are left out are absent."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of a table: code and label, its categories likewise, and whether a query may leave it out.

    ``total`` is the category that stands for it when it is left out; "" when the source sees to that itself.
    """

    code: str
    label: str
    categories: tuple[tuple[str, str], ...]
    eliminable: bool = False
    time: bool = False
    total: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the categories, in the source's order."""
        return tuple(code for code, _ in self.categories)


def select(query: Query, variables: Sequence[Variable]) -> Selection:
    """Return the codes the query asks for.

    A variable that the query does not name is left out where the table allows it, or held at its only code.

    Raises:
        RefusedError: when the query names a variable or a code that is not there, or must name one that it does not.
    """
    named = {dimension.code: dimension for dimension in query.dimensions}
    known = [(variable.code, variable.label) for variable in variables]
    for code in named:
        if code not in dict(known):
            raise unknown_variable(query.table, code, known)
    chosen: dict[str, tuple[str, ...]] = {}
    for variable in variables:
        dimension = named.get(variable.code)
        if dimension is not None:
            chosen[variable.code] = _of_dimension(query.table, dimension, variable)
        elif variable.eliminable and not variable.total:
            continue
        elif variable.eliminable:
            chosen[variable.code] = (variable.total,)
        elif len(variable.codes) == 1:
            chosen[variable.code] = variable.codes
        else:
            raise unnamed(query.table, variable.code, variable.categories)
    return chosen


def _of_dimension(table: str, dimension: Dimension, variable: Variable) -> tuple[str, ...]:
    territory = dimension.role is Role.TERRITORY
    values = expand(dimension.values, dimension.scheme or Scheme.OFFICIAL) if territory else dimension.values
    if dimension.codelist:
        if not values:
            raise not_understood(table, variable.code, dimension.codelist)
        return tuple(dict.fromkeys(values))
    if not values:
        return variable.codes
    present = frozenset(variable.codes)
    by_place = _by_place(dimension, variable) if territory else {}
    wanted: dict[str, None] = {}
    missing = []
    for value in values:
        if value in present:
            wanted[value] = None
        elif _is_expression(value):
            wanted.update(dict.fromkeys(_evaluated(table, value, dimension, variable)))
        elif value in by_place:
            wanted[by_place[value]] = None
        else:
            missing.append(value)
    if missing:
        raise unknown_codes(table, variable.code, missing, variable.categories)
    return tuple(wanted)


def _by_place(dimension: Dimension, variable: Variable) -> dict[str, str]:
    """Return the table's code by official code, where it writes the name after it ("18 Örebro län") and only once."""
    if (dimension.scheme or Scheme.OFFICIAL) is not Scheme.OFFICIAL:
        return {}
    places: dict[str, list[str]] = {}
    for code in variable.codes:
        ours = official(code, Scheme.OFFICIAL)
        if ours is not None and code.split()[:1] == [ours]:
            places.setdefault(ours, []).append(code)
    return {ours: codes[0] for ours, codes in places.items() if len(codes) == 1}


def _is_expression(value: str) -> bool:
    return "*" in value or "?" in value or _EXPRESSION.fullmatch(value) is not None


def _evaluated(table: str, value: str, dimension: Dimension, variable: Variable) -> list[str]:
    """Return the codes an expression stands for; time runs from the earliest, whichever way the table lists it."""
    time = variable.time or dimension.role is Role.PERIOD
    codes = sorted(variable.codes) if time else list(variable.codes)
    found = _EXPRESSION.fullmatch(value)
    if found is None:
        pattern = re.compile("".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in value), re.DOTALL)
        chosen = [code for code in codes if pattern.fullmatch(code)]
    else:
        name, arguments = found[1].upper(), [part.strip() for part in found[2].split(",")]
        if name in {"TOP", "BOTTOM"}:
            # The first of a list, but the latest of time.
            chosen = _counted(arguments, codes, latest=time == (name == "TOP"))
        else:
            chosen = _between(name, arguments, codes, time=time)
    if not chosen:
        raise not_understood(table, variable.code, value)
    return chosen


def _counted(arguments: list[str], codes: list[str], *, latest: bool) -> list[str]:
    """Return so many codes from one end, after leaving out so many."""
    if not 1 <= len(arguments) <= 2 or not all(
        part.isascii() and part.isdigit() and len(part) < 7 for part in arguments
    ):
        return []
    count, offset = int(arguments[0]), int(arguments[1]) if len(arguments) == 2 else 0
    if not latest:
        return codes[offset : offset + count]
    end = len(codes) - offset
    return codes[max(0, end - count) : max(0, end)]


def _between(name: str, arguments: list[str], codes: list[str], *, time: bool) -> list[str]:
    """Return the codes between two, both included; moments need not be there, other codes must."""
    ends = {"FROM": (0, None), "TO": (None, 0), "RANGE": (0, 1)}[name]
    if len(arguments) != (2 if name == "RANGE" else 1) or not all(arguments):
        return []
    first, last = (None if place is None else arguments[place] for place in ends)
    if time:
        return [code for code in codes if (first is None or code >= first) and (last is None or code <= last)]
    if any(end is not None and end not in codes for end in (first, last)):
        return []
    start = 0 if first is None else codes.index(first)
    stop = len(codes) if last is None else codes.index(last) + 1
    return codes[start:stop]
