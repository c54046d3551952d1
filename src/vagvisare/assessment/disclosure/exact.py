"""Exact arithmetic on what a reader knows: bounds passed from sum to sum, elimination, and a small linear programme.

Everything here is whole numbers and fractions: a cell is called determined because it is, and never because of
rounding. Unknowns are numbered places; a row is ``((place, coefficient), …)`` and adds up to its constant.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from vagvisare.assessment.disclosure.grid import ANY, Row, rows_by_place

Number = int | Fraction
Line = dict[int, Number]
"""A row of a tableau: only coefficients that are not nought."""

VISITS = 40
"""How often one sum is looked at again; bounds that still creep are left to the programme."""

CONSTANT = -1
"""The column that holds what a line adds up to."""


def propagate(rows: Sequence[Row], constants: Sequence[int], low: dict[int, int], high: dict[int, int]) -> bool:
    """Tighten whole-number bounds in place by what each row leaves its members; False when nothing is possible."""
    where = rows_by_place(rows)
    visits = [0] * len(rows)
    queue, waiting = deque(range(len(rows))), [True] * len(rows)
    while queue:
        number = queue.popleft()
        waiting[number] = False
        visits[number] += 1
        for place in _tighten(rows[number], constants[number], low, high):
            if low[place] > high[place]:
                return False
            for other in where[place]:
                if not waiting[other] and visits[other] < VISITS:
                    waiting[other] = True
                    queue.append(other)
    return True


def _tighten(row: Row, constant: int, low: dict[int, int], high: dict[int, int]) -> list[int]:
    """Apply one row to the bounds of its members and return the places that changed."""
    least = [c * low[p] if c > 0 else (c * high[p] if high[p] < ANY else None) for p, c in row]
    most = [c * low[p] if c < 0 else (c * high[p] if high[p] < ANY else None) for p, c in row]
    sums = [(sum(x for x in side if x is not None), side.count(None)) for side in (least, most)]
    changed = []
    for (place, c), own_least, own_most in zip(row, least, most, strict=True):
        upper = _rest(constant, sums[0], own_least)
        lower = _rest(constant, sums[1], own_most)
        if c < 0:
            upper, lower = lower, upper
        if upper is not None and floor(Fraction(upper, c)) < high[place]:
            high[place] = floor(Fraction(upper, c))
            changed.append(place)
        if lower is not None and ceil(Fraction(lower, c)) > low[place]:
            low[place] = ceil(Fraction(lower, c))
            changed.append(place)
    return changed


def _rest(constant: int, total: tuple[int, int], own: int | None) -> int | None:
    """Return what the others leave, or None while one of the others has no bound."""
    bounded, unbounded = total
    if own is None:
        return constant - bounded if unbounded == 1 else None
    return constant - (bounded - own) if unbounded == 0 else None


def determined(rows: Sequence[Row], constants: Sequence[int]) -> dict[int, Number]:
    """Return the unknowns that the rows alone pin down, by exact Gauss–Jordan elimination."""
    solved: dict[int, Line] = {}
    for row, constant in zip(rows, constants, strict=True):
        line: Line = {place: c for place, c in row if c}
        line[CONSTANT] = constant
        for place in [p for p in line if p in solved]:
            _subtract(line, solved[place], line.get(place, 0))
        lead = next((p for p in sorted(line) if p != CONSTANT), None)
        if lead is None:
            continue
        _scale(line, line[lead])
        for other in solved.values():
            if lead in other:
                _subtract(other, line, other[lead])
        solved[lead] = line
    return {place: line.get(CONSTANT, 0) for place, line in solved.items() if all(p in (place, CONSTANT) for p in line)}


def _subtract(line: Line, other: Line, times: Number) -> None:
    if not times:
        return
    for place, c in other.items():
        value = line.get(place, 0) - times * c
        if value:
            line[place] = value
        else:
            line.pop(place, None)


def _scale(line: Line, by: Number) -> None:
    if by == 1:
        return
    for place, c in line.items():
        line[place] = -c if by == -1 else Fraction(c) / by


class Programme:
    """A linear programme over bounded unknowns, by the simplex method in fractions with Bland's rule."""

    def __init__(
        self, rows: Sequence[Row], constants: Sequence[int], low: Mapping[int, int], high: Mapping[int, int]
    ) -> None:
        self._low = low
        columns = sorted(low)
        self._fresh = max(columns, default=0) + 1
        self._lines: list[Line] = []
        self._basis: list[int] = []
        artificial = [self._equality(row, constant) for row, constant in zip(rows, constants, strict=True)]
        for place in columns:
            if high[place] < ANY:
                self._add({place: 1, CONSTANT: high[place] - low[place]})
        self.feasible = self._start(set(artificial))

    def range(self, place: int) -> tuple[Number, Number] | None:
        """Return the lowest and highest value of one unknown (ANY for no bound); None when nothing is possible."""
        if not self.feasible:
            return None
        up, down = self._best({place: 1}), self._best({place: -1})
        base = self._low[place]
        return (base if down is None else base - down), (ANY if up is None else base + up)

    def _equality(self, row: Row, constant: int) -> int:
        """Add an equality with an artificial unknown of its own, shifted so that every unknown starts at nought."""
        rest = constant - sum(c * self._low[p] for p, c in row)
        sign = -1 if rest < 0 else 1
        return self._add({**{p: sign * c for p, c in row if c}, CONSTANT: sign * rest})

    def _add(self, line: Line) -> int:
        """Add a line with a basic unknown of its own and return that unknown's column."""
        column = self._fresh
        self._fresh += 1
        line[column] = 1
        self._lines.append(line)
        self._basis.append(column)
        return column

    def _start(self, artificial: set[int]) -> bool:
        """Find a first solution without artificial unknowns; False when there is none."""
        goal: Line = {}
        for line, basic in zip(self._lines, self._basis, strict=True):
            if basic in artificial:
                _subtract(goal, {p: -c for p, c in line.items() if p not in artificial}, 1)
        self._climb(goal)
        if goal.get(CONSTANT, 0):
            return False
        for number in reversed(range(len(self._lines))):
            if self._basis[number] in artificial:
                entering = next((p for p in sorted(self._lines[number]) if p != CONSTANT and p not in artificial), None)
                if entering is None:
                    del self._lines[number], self._basis[number]
                else:
                    self._pivot(number, entering, {})
        for line in self._lines:
            for column in artificial & line.keys():
                del line[column]
        return True

    def cheapest(self, price: Mapping[int, int]) -> dict[int, Number] | None:
        """Return the solution with the lowest total price (per unit of each unknown); None when there is none."""
        if not self.feasible:
            return None
        self._climb(self._free_of_basis({place: -each for place, each in price.items() if each}))
        found: dict[int, Number] = dict(self._low)
        for line, basic in zip(self._lines, self._basis, strict=True):
            if basic in found:
                found[basic] += line.get(CONSTANT, 0)
        return found

    def _best(self, goal: Line) -> Number | None:
        """Maximise a sum of unknowns from where the last search ended; None when it grows for ever."""
        objective = self._free_of_basis(goal)
        return -objective.get(CONSTANT, 0) if self._climb(objective) else None

    def _free_of_basis(self, goal: Line) -> Line:
        """Write a goal in the unknowns that are nought now; its CONSTANT column is minus its present value."""
        objective = dict(goal)
        for line, basic in zip(self._lines, self._basis, strict=True):
            if basic in objective:
                _subtract(objective, line, objective[basic])
        return objective

    def _climb(self, goal: Line) -> bool:
        """Pivot until no unknown improves the goal; its CONSTANT column then holds minus the optimum."""
        while True:
            entering = min((p for p, c in goal.items() if p != CONSTANT and c > 0), default=None)
            if entering is None:
                return True
            ratios = [
                (Fraction(line.get(CONSTANT, 0)) / line[entering], basic, number)
                for number, (line, basic) in enumerate(zip(self._lines, self._basis, strict=True))
                if line.get(entering, 0) > 0
            ]
            if not ratios:
                return False
            self._pivot(min(ratios)[2], entering, goal)

    def _pivot(self, number: int, entering: int, goal: Line) -> None:
        line = self._lines[number]
        _scale(line, line[entering])
        for other in (*self._lines, goal):
            if other is not line and entering in other:
                _subtract(other, line, other[entering])
        self._basis[number] = entering


def components(rows: Iterable[Row]) -> list[tuple[list[int], list[int]]]:
    """Split rows into groups that share no unknown; each as its places and the numbers of its rows, in order."""
    rows = list(rows)
    where = rows_by_place(rows)
    seen: set[int] = set()
    found = []
    for first in sorted(where):
        if first in seen:
            continue
        places, numbers, queue = [], set[int](), deque([first])
        seen.add(first)
        while queue:
            place = queue.popleft()
            places.append(place)
            for number in where[place]:
                numbers.add(number)
                fresh = [p for p, _ in rows[number] if p not in seen]
                seen.update(fresh)
                queue.extend(fresh)
        found.append((sorted(places), sorted(numbers)))
    return found
