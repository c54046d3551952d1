"""From a query to codes: expressions and words written out against the table's own lists, and large questions split."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil, prod

from vagvisare.sources.contract import Axis
from vagvisare.sources.pxweb import v2_wording as wording
from vagvisare.sources.pxweb.v2_table import Table
from vagvisare.sources.query import Dimension, Query, Role, Scheme
from vagvisare.sources.territories import expand

MOST_CELLS = 20_000_000
MOST_PARTS = 2_000
"""A query beyond these is a mistake: it would take the source hours."""

_CALL = re.compile(r"(TOP|BOTTOM|FROM|TO|RANGE)\(\s*([^,()]+?)\s*(?:,\s*([^,()]+?)\s*)?\)", re.IGNORECASE)
_COUNT = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The codes wanted of one dimension, all of them the table's own, and the grouping they belong to ("": its own)."""

    code: str
    values: tuple[str, ...]
    codelist: str = ""


Selection = tuple[Chosen, ...]


def resolve(query: Query, table: Table, codes_of: Callable[[str], Axis]) -> Selection:
    """Return the codes wanted of every dimension that is not left for the source to sum over.

    Args:
        query: what is asked.
        table: the table as its source describes it.
        codes_of: gives a code list by its id, as an axis.

    Raises:
        RefusedError: when the query names a dimension or code the table has not, or leaves open what must be chosen.
        UnknownError: when a word for territories is none.
    """
    named: dict[str, Dimension] = {}
    for dimension in query.dimensions:
        if dimension.code in named:
            raise wording.named_twice(query.table, dimension.code)
        if table.cube.axis(dimension.code) is None:
            raise wording.unknown_dimension(query.table, dimension.code, table.cube.axes)
        named[dimension.code] = dimension
    chosen = []
    for axis in table.cube.axes:
        dimension = named.get(axis.code) or Dimension(axis.code)
        if dimension.role is Role.FIXED and not dimension.values:
            if axis.code in table.eliminable:
                continue
            if len(axis.categories) != 1:
                raise wording.must_be_chosen(query.table, axis)
        chosen.append(_chosen(query.table, dimension, axis, table, codes_of))
    return tuple(chosen)


def _chosen(name: str, dimension: Dimension, axis: Axis, table: Table, codes_of: Callable[[str], Axis]) -> Chosen:
    if dimension.codelist:
        if table.codelists.get(axis.code) and dimension.codelist not in table.codelists[axis.code]:
            raise wording.no_codelist(name, axis, dimension.codelist, table.codelists[axis.code])
        axis = Axis(axis.code, axis.label, codes_of(dimension.codelist).categories)
    values: Sequence[str] = dimension.values or ("*",)
    if dimension.role is Role.TERRITORY:
        values = expand(values, dimension.scheme or Scheme.OFFICIAL)
    is_time = axis.code in table.cube.roles.get("time", ()) or dimension.role is Role.PERIOD
    codes, missing = written_out(values, [code for code, _ in axis.categories], latest_last=is_time)
    expressions = [value for value in missing if is_expression(value)]
    if expressions:
        raise wording.nothing_matches(name, axis, expressions[0])
    if missing:
        raise wording.codes_gone(name, axis, missing)
    if dimension.role is Role.FIXED and len(codes) != 1:
        raise wording.not_one(name, axis, len(codes))
    return Chosen(axis.code, tuple(codes), dimension.codelist)


def is_expression(value: str) -> bool:
    """Tell whether a value is an expression of the interface rather than a code."""
    return "*" in value or "?" in value or bool(_CALL.fullmatch(value))


def written_out(values: Sequence[str], codes: Sequence[str], *, latest_last: bool) -> tuple[list[str], list[str]]:
    """Return the codes that values and expressions choose, in the table's order, and the values that choose none.

    The expressions are those of PxWebApi 2: ``*`` at either end or both, ``?`` for one sign, ``TOP(n[,offset])``,
    ``BOTTOM(n[,offset])``, ``FROM(code)``, ``TO(code)`` and ``RANGE(code,code)``. Letter case does not matter in them.
    With ``latest_last`` (time) TOP counts from the end of the list, otherwise from its beginning.
    """
    there = set(codes)
    chosen: set[str] = set()
    missing = []
    for value in values:
        found = [value] if value in there else _matched(value, codes, latest_last=latest_last)
        if not found:
            missing.append(value)
        chosen.update(found)
    return [code for code in codes if code in chosen], missing


def _matched(value: str, codes: Sequence[str], *, latest_last: bool) -> Sequence[str]:
    call = _CALL.fullmatch(value)
    if call is not None:
        return _called(call[1].upper(), call[2], call[3], codes, latest_last=latest_last)
    wanted, folded = value.casefold(), [code.casefold() for code in codes]
    if "*" in value:
        middle = wanted.strip("*")
        # A star inside a code is nothing the interface knows.
        if "*" in middle or "?" in middle:
            return ()
        ends = (wanted.startswith("*"), wanted.endswith("*"))
        return [code for code, own in zip(codes, folded, strict=True) if _fits(own, middle, ends)]
    if "?" in value:
        pattern = re.compile(re.escape(wanted).replace(r"\?", "."), re.DOTALL)
        return [code for code, own in zip(codes, folded, strict=True) if pattern.fullmatch(own)]
    return ()


def _fits(code: str, middle: str, ends: tuple[bool, bool]) -> bool:
    if ends == (True, True):
        return middle in code
    return code.endswith(middle) if ends[0] else code.startswith(middle)


def _called(name: str, first: str, second: str | None, codes: Sequence[str], *, latest_last: bool) -> Sequence[str]:
    if name in {"TOP", "BOTTOM"}:
        if not _COUNT.fullmatch(first) or not _COUNT.fullmatch(second or "0"):
            return ()
        count, offset = int(first), int(second or 0)
        from_end = latest_last == (name == "TOP")
        ordered = list(reversed(codes)) if from_end else list(codes)
        return ordered[offset : offset + count]
    place = {code.casefold(): number for number, code in reversed(list(enumerate(codes)))}
    start = place.get(first.casefold())
    if name == "RANGE":
        stop = place.get((second or "").casefold())
        if start is None or stop is None:
            return ()
        return codes[min(start, stop) : max(start, stop) + 1]
    if start is None or second is not None:
        return ()
    return codes[start:] if name == "FROM" else codes[: start + 1]


def cells(selection: Selection) -> int:
    """Return how many cells a selection asks for."""
    return prod(len(each.values) for each in selection)


def split(selection: Selection, most: int, order: Sequence[str], table: str) -> list[Selection]:
    """Return the parts of a selection, none larger than ``most`` cells; together they are the whole, without overlap.

    Time is cut first, then territory (``order``), then whatever is longest: a part is then a table of some years.

    Raises:
        RefusedError: when no cut makes it small enough, or too many parts would be needed.
    """
    if cells(selection) > MOST_CELLS or most < 1:
        raise wording.too_large(table, cells(selection), most)
    parts = [selection]
    for code in _cutting_order(selection, order):
        left = cells(parts[0])
        if left <= most:
            break
        width = next(len(each.values) for each in parts[0] if each.code == code)
        step = max(1, most // (left // width))
        if len(parts) * ceil(width / step) > MOST_PARTS:
            raise wording.too_large(table, cells(selection), most)
        parts = [piece for part in parts for piece in _cut(part, code, step)]
    if cells(parts[0]) > most:
        raise wording.too_large(table, cells(selection), most)
    return parts


def _cutting_order(selection: Selection, order: Sequence[str]) -> list[str]:
    first = [code for code in order if any(each.code == code for each in selection)]
    rest = sorted((each for each in selection if each.code not in first), key=lambda each: -len(each.values))
    return [*first, *(each.code for each in rest)]


def _cut(part: Selection, code: str, step: int) -> list[Selection]:
    values = next(each.values for each in part if each.code == code)
    return [
        tuple(Chosen(code, values[at : at + step], each.codelist) if each.code == code else each for each in part)
        for at in range(0, len(values), step)
    ]


def body(selection: Selection, edition: str) -> dict[str, object]:
    """Return a selection as the interface wants it.

    Codes stand in an order that belongs to ``edition``, the table's own stamp. It is all the same to the source, but it
    makes the same question to another edition another question: a reply that was kept when a fetch was interrupted is
    never taken for part of a newer edition.
    """
    return {
        "selection": [
            {
                "variableCode": each.code,
                **({"codelist": each.codelist} if each.codelist else {}),
                "valueCodes": sorted(each.values, key=lambda code: sha256(f"{edition}\n{code}".encode()).digest()),
            }
            for each in sorted(selection, key=lambda each: sha256(f"{edition}\n{each.code}".encode()).digest())
        ]
    }
