"""What is true of a table, by place: counts, what anybody can compute besides, and what each cell could be instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vagvisare.assessment.disclosure.exact import Programme, components, determined, propagate
from vagvisare.assessment.disclosure.grid import ANY, Grid, Row, complete
from vagvisare.assessment.disclosure.search import NEVER, Ground
from vagvisare.assessment.disclosure.table import Rules, Table

SOLVABLE = 300
"""The most unknowns that are solved for together; above, only step by step."""

EXACT = 24
"""The most unknowns that are asked, one by one, whether they can be only one number."""

NOUGHT = 8
"""What it costs to hide a nought, where that must be done: as much as a count of some fifty."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of a table, by place, and what its sums say.

    ``computed`` are counts the table does not print but anybody can compute. ``constants`` are what each row adds up
    to: where the parts do not make the total, the difference, as if readers knew it.
    """

    grid: Grid
    counts: Mapping[int, int]
    unpublished: frozenset[int]
    computed: Mapping[int, int]
    rows: tuple[Row, ...]
    constants: tuple[int, ...]
    extras: tuple[Row, ...]
    mismatched: int


def facts(table: Table) -> Facts:
    """Number the cells of a table, and compute every count that follows from those it prints."""
    grid = Grid(table)
    counts = {grid.place(cell): count for cell, count in table.counts.items() if count is not None}
    unpublished = frozenset(grid.place(cell) for cell, count in table.counts.items() if count is None)
    rows, constants, mismatched = [], [], 0
    for row in grid.sums():
        known = sum(by * counts[place] for place, by in row if place in counts)
        missing = [by for place, by in row if place not in counts]
        # Known parts above the total: this sum does not hold, and nothing follows from it.
        impossible = bool(missing) and known > 0 and min(missing) > 0
        mismatched += impossible or (not missing and known != 0)
        if not impossible:
            rows.append(row)
            constants.append(0 if missing else known)
    extras = tuple(tuple((grid.place(cell), by) for cell, by in relation.terms) for relation in table.relations)
    rows.extend(extras)
    constants.extend(relation.value for relation in table.relations)
    unknown = {place for row in rows for place, _ in row if place not in counts} | unpublished
    computed = complete(counts, rows, constants, unknown)
    computed |= _solved(counts | computed, rows, constants)
    return Facts(grid, counts, unpublished, computed, tuple(rows), tuple(constants), extras, mismatched)


def _solved(known: Mapping[int, int], rows: list[Row], constants: list[int]) -> dict[int, int]:
    """Find the counts that no single sum gives but several together do, or that can only be one number of people."""
    left, rest = reduced(known, rows, constants)
    found: dict[int, int] = {}
    for places, numbers in components(left):
        some, sums = [left[i] for i in numbers], [rest[i] for i in numbers]
        low, high = dict.fromkeys(places, 0), dict.fromkeys(places, ANY)
        possible = propagate(some, sums, low, high)
        if possible:
            found |= {place: low[place] for place in places if low[place] == high[place]}
        if len(places) <= SOLVABLE:
            solved = determined(some, sums)
            found |= {place: int(value) for place, value in solved.items() if value >= 0 and value == int(value)}
        if possible and len(places) <= EXACT:
            programme = Programme(some, sums, low, high)
            ends = {place: programme.range(place) for place in places if place not in found}
            found |= {place: int(each[0]) for place, each in ends.items() if each and each[0] == each[1]}
    return found


def reduced(known: Mapping[int, int], rows: Iterable[Row], constants: Iterable[int]) -> tuple[list[Row], list[int]]:
    """Return the rows with what is known moved to the other side; rows without unknowns fall away."""
    left, rest = [], []
    for row, constant in zip(rows, constants, strict=True):
        unknown = tuple((place, by) for place, by in row if place not in known)
        if unknown:
            left.append(unknown)
            rest.append(constant - sum(by * known[place] for place, by in row if place in known))
    return left, rest


def guarded(found: Facts, rules: Rules) -> list[int]:
    """Return the places that must be protected, in order: small counts, and unpublished ones that can be computed."""
    small = [place for place, count in found.counts.items() if rules.small(count)]
    computed = [place for place, count in found.computed.items() if place in found.unpublished or rules.small(count)]
    return sorted(small + computed)


def ground(found: Facts, rules: Rules, earlier: Iterable[int], *, noughts: bool = False) -> Ground:
    """Return where moves may stand before anything but small counts is hidden.

    A reader knows that a hidden small count lies under the threshold, and that a count hidden for another's sake does
    not. What the table does not print can be any count.

    Args:
        found: what is true of the table.
        rules: the owner's.
        earlier: places that an earlier version has shown; they can never move.
        noughts: noughts may be hidden among the small counts, so a reader cannot rule nought out.
    """
    size = found.grid.size
    price, up, down = [0] * size, [ANY] * size, [0] * size
    lowest = 0 if noughts else rules.lowest
    for place, count in found.computed.items():
        down[place] = count
    for place, count in found.counts.items():
        if count >= rules.threshold:
            price[place], down[place] = 2 + count.bit_length(), count - rules.threshold
        elif count < lowest or not rules.small(count):
            price[place] = NOUGHT if noughts else NEVER
            up[place] = rules.threshold - 1 if noughts else 0
        else:
            up[place], down[place] = rules.threshold - 1 - count, count - lowest
    for place in earlier:
        price[place], up[place], down[place] = NEVER, 0, 0
    return Ground(found.grid, price, up, down, found.rows, found.extras)


def sealed(found: Facts, rules: Rules, earlier: Iterable[int], hidden: Iterable[int], lowest: int) -> Ground:
    """Return where moves may stand when exactly the places ``hidden`` are hidden and nothing more can be."""
    made = ground(found, rules, earlier, noughts=lowest < rules.lowest)
    kept, fixed = set(hidden), set(earlier)
    for place in found.counts:
        made.price[place] = 0 if place in kept and place not in fixed else NEVER
    return made
