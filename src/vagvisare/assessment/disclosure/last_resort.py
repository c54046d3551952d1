"""For cells that no product of steps protects: any change at all that every relation survives, by linear programming.

Needed where figures beside the table's own sums are public, and where nearly every cell is small. The change asked for
moves the cell by a given number and hides as little as possible; only a change in whole numbers is a proof.
"""

from __future__ import annotations

from itertools import islice

from vagvisare.assessment.disclosure.exact import Programme
from vagvisare.assessment.disclosure.grid import Row
from vagvisare.assessment.disclosure.moves import Change, Move
from vagvisare.assessment.disclosure.search import NEVER, WIDER, Ground, candidates

PLACES = 80
"""How many cells the change may touch; in larger tables, those nearest in price."""


def by_programme(ground: Ground, place: int, width: int) -> list[Move] | None:
    """Return the cheapest one or two moves that give a cell its protection interval; None where none were found."""
    places = _around(ground, place)
    found: dict[int, Move | None] = {0: Move((), 0, 0)}
    for by in (width, -width, *(step for k in range(1, width) for step in (k, k - width))):
        if by not in found:
            change = _change(ground, places, place, by)
            found[by] = None if change is None else Move(change, 1, 0)
        other = found.get(by - width) if by > 0 else found.get(by + width)
        mine = found[by]
        if mine is not None and other is not None:
            return [move for move in (mine, other) if move.change]
    return None


def _around(ground: Ground, place: int) -> list[int]:
    """Return the cells a change may touch."""
    if ground.grid.size <= PLACES:
        return [p for p in range(ground.grid.size) if ground.price[p] < NEVER]
    near = {place}
    for change in islice(candidates(ground, place, wide=WIDER), PLACES * PLACES):
        if ground.cost(change) < NEVER and len(near | dict(change).keys()) <= PLACES:
            near.update(p for p, _ in change)
    return sorted(near)


def _change(ground: Ground, places: list[int], target: int, by: int) -> Change | None:
    """Return the cheapest change that moves ``target`` by ``by`` or further, in whole numbers.

    Every cell has two unknowns, how far it goes up (twice its place) and how far down (that plus one).
    """
    touched = set(places)
    numbers = sorted({number for place in places for number in ground.where.get(place, ())})
    rows: list[Row] = []
    for number in numbers:
        inside = [(p, c) for p, c in ground.rows[number] if p in touched]
        rows.append(tuple(pair for p, c in inside for pair in ((2 * p, c), (2 * p + 1, -c))))
    high = {2 * p + way: room[p] for p in places for way, room in enumerate((ground.up, ground.down))}
    low = dict.fromkeys(high, 0)
    if high[2 * target + (by < 0)] < abs(by):
        return None
    low[2 * target + (by < 0)] = abs(by)
    high[2 * target + (by > 0)] = 0
    price = {unknown: ground.price[unknown // 2] + 1 for unknown in high}
    solution = Programme(rows, [0] * len(rows), low, high).cheapest(price)
    if solution is None or any(value != int(value) for value in solution.values()):
        return None
    change = {p: int(solution[2 * p] - solution[2 * p + 1]) for p in places}
    return tuple((p, step) for p, step in change.items() if step)
