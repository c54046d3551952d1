"""From rows of counts to a table that can be protected: what is part of what, read from codes and from the sums.

Territories stand in the official order (municipality → county → riket). Other dimensions have one total and parts side
by side. Where the parts make the total several times over (by age, and by country of birth, in one column), each such
set of parts is a sum that a reader can see, and is declared as one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from vagvisare.assessment.disclosure.table import Cell, Dimension, Relation, Table
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text
from vagvisare.terms.series import NATION
from vagvisare.terms.territory import COUNTIES, TERRITORIES

TERRITORY = "territory"
"""The name of the dimension whose codes are official territories."""

MOST_PARTS = 16
"""The most parts among which sets that make the total are sought one by one."""

FEWEST = 3
"""The fewest codes of which one can be told to be the sum of the others."""

_Sums = Mapping[Cell, Mapping[str, int | None]]
"""The counts of each code of one dimension, by the cell's codes in all others."""


def table_of(names: Sequence[str], counts: Mapping[Cell, int | None], totals: Mapping[str, str]) -> Table:
    """Return the table that ``counts`` make.

    Args:
        names: the dimensions, in the order of the cells' codes; one called ``territory`` has official codes.
        counts: count by cell, None where the producer has not published it.
        totals: the code that stands for the whole, by dimension. Where none is named, a code that everywhere is the
            sum of all others is taken for it; a dimension without one has no sums.

    Raises:
        FigureError: when it cannot be told which parts of a dimension make its total.
    """
    dimensions, relations = [], []
    for at, name in enumerate(names):
        sums = _sums(counts, at)
        codes = dict.fromkeys(cell[at] for cell in counts)
        if name == TERRITORY:
            dimensions.append(Dimension(name, _places(codes, sums)))
            continue
        total = totals.get(name)
        if total not in codes:
            total = likely_total(counts, at)
        if total is None:
            dimensions.append(Dimension.flat(name, codes))
            continue
        parts = [code for code in codes if code != total]
        dimensions.append(Dimension.flat(name, parts, total))
        for found in _sets_of_parts(name, parts, total, sums):
            relations += [_relation(rest, at, found, total) for rest in sums]
    return Table(tuple(dimensions), counts, tuple(relations))


def tables(names: Sequence[str], counts: Mapping[Cell, int | None], totals: Mapping[str, str]) -> Iterator[Table]:
    """Yield the tables that fall apart along dimensions without a total (years): no sum goes from one to another.

    Arguments and errors are those of :func:`table_of`.
    """
    apart = [at for at, name in enumerate(names) if name != TERRITORY and name not in totals]
    pieces: dict[Cell, dict[Cell, int | None]] = defaultdict(dict)
    for cell, count in counts.items():
        pieces[tuple(cell[at] for at in apart)][cell] = count
    for piece in pieces.values():
        yield table_of(names, piece, totals)


def _sums(counts: Mapping[Cell, int | None], at: int) -> dict[Cell, dict[str, int | None]]:
    found: dict[Cell, dict[str, int | None]] = defaultdict(dict)
    for cell, count in counts.items():
        found[cell[:at] + cell[at + 1 :]][cell[at]] = count
    return found


def likely_total(counts: Mapping[Cell, int | None], at: int) -> str | None:
    """Return the code that is the sum of all others wherever that can be checked, None where there is no such code."""
    codes = dict.fromkeys(cell[at] for cell in counts)
    complete = [
        whole for own in _sums(counts, at).values() if len(whole := _known(own)) == len(codes) and any(whole.values())
    ]
    if not complete or len(codes) < FEWEST:
        return None
    likely = (code for code in codes if all(2 * own[code] == sum(own.values()) for own in complete))
    return next(likely, None)


def _known(own: Mapping[str, int | None]) -> dict[str, int]:
    return {code: count for code, count in own.items() if count is not None}


def _relation(rest: Cell, at: int, parts: Sequence[str], total: str) -> Relation:
    return Relation.of({(*rest[:at], code, *rest[at:]): -1 if code == total else 1 for code in (*parts, total)}, 0)


def _places(codes: Mapping[str, None], sums: _Sums) -> dict[str, str | None]:
    """Return each territory with the one it lies in.

    Official parts that the table lacks are added only where the figures show that somebody lives there. A part that
    is nobody's (a municipality formed later) must not be thought able to hold the people of a hidden count.
    """
    parents = {code: _above(code) for code in codes}
    for above in [above for above in parents.values() if above is not None]:
        parents.setdefault(above, _above(above))
    if NATION not in codes:
        parents = {code: None if above == NATION else above for code, above in parents.items() if code != NATION}
    for above in [code for code in parents if code in codes]:
        parts = [code for code, over in parents.items() if over == above]
        if parts and _more_than(parts, above, sums, parents):
            parents |= {code: above for code in _official_parts(above) if code not in parents}
    return parents


def _above(code: str) -> str | None:
    if code in COUNTIES:
        return NATION
    return code[:2] if len(code) == 4 and code[:2] in COUNTIES else None


def _official_parts(above: str) -> list[str]:
    return [code for code in TERRITORIES if _above(code) == above]


def _more_than(parts: Sequence[str], whole: str, sums: _Sums, parents: Mapping[str, str | None]) -> bool:
    """Tell whether a whole is somewhere more than the parts that the table has."""
    for counts in sums.values():
        total = counts.get(whole)
        known = [_count(code, counts, parents) for code in parts]
        if total is not None and None not in known and sum(filter(None, known)) < total:
            return True
    return False


def _count(code: str, counts: Mapping[str, int | None], parents: Mapping[str, str | None]) -> int | None:
    """Return a territory's count; what its own parts make, where the table has only those."""
    parts = [below for below, above in parents.items() if above == code]
    if code in counts or not parts:
        return counts.get(code)
    known = [_count(below, counts, parents) for below in parts]
    return None if None in known else sum(filter(None, known))


def _sets_of_parts(name: str, parts: Sequence[str], total: str, sums: _Sums) -> Iterator[tuple[str, ...]]:
    """Yield the smallest sets of parts that make the total wherever it can be checked, where not all parts do."""
    whole = [counts for counts in sums.values() if all(counts.get(code) is not None for code in (*parts, total))]
    agree = sum(_make(parts, total, counts) for counts in whole)
    if 2 * agree > len(whole) or len(parts) < 2:
        return
    if len(parts) > MOST_PARTS:
        raise _unclear(name, len(parts))
    # Where the total is largest a set is least likely to make it by chance, so most are ruled out at the first look.
    seen = sorted(sums.values(), key=lambda counts: -(counts.get(total) or 0))
    found: list[tuple[str, ...]] = []
    for size in range(1, len(parts)):
        for some in combinations(parts, size):
            if not any(set(less) <= set(some) for less in found) and _always(some, total, seen):
                found.append(some)
    yield from found


def _always(parts: Sequence[str], total: str, seen: Sequence[Mapping[str, int | None]]) -> bool:
    """Tell whether parts make the total wherever all of them are known, in at least one place."""
    checked = False
    for counts in seen:
        if counts.get(total) is None or any(counts.get(code) is None for code in parts):
            continue
        if not _make(parts, total, counts):
            return False
        checked = True
    return checked


def _make(parts: Sequence[str], total: str, counts: Mapping[str, int | None]) -> bool:
    return sum(counts[code] or 0 for code in parts) == counts[total]


def _unclear(name: str, parts: int) -> FigureError:
    return FigureError(
        Text(
            f"De {parts} delarna i ”{name}” ger tillsammans inte totalen.",
            f"The {parts} parts of “{name}” do not make the total together.",
        ),
        meaning=Text(
            "Då går det inte att veta vilka av dem en läsare kan dra ifrån totalen, och tabellen kan inte skyddas.",
            "It can then not be known which of them a reader can subtract from the total, and the table cannot be "
            "protected.",
        ),
        remedy=Text(
            "Dela upp tabellen så att varje indelning (ålder, bakgrund) ligger i en egen, med sin egen total.",
            "Split the table so that each way of dividing (age, background) is one of its own, with its own total.",
        ),
    )
