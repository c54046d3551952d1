"""The search for a move that protects a cell, at the smallest cost in figures that must be hidden too.

``Ground`` is what the search walks on: for every place what it costs to hide it, and how far it may move up and down
before a reader would notice. What is hidden costs nothing; what everybody knows can never move.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, islice, product

from vagvisare.assessment.disclosure.grid import ANY, Grid, Row, rows_by_place
from vagvisare.assessment.disclosure.moves import Change, Move, Step, downwards, upwards
from vagvisare.assessment.disclosure.moves import product as multiplied

NEVER = 1 << 40
"""The price of a place that cannot be hidden."""

FEW = {1: 60, 2: 16, 3: 7, 4: 4}
"""How many steps are tried in each dimension, by the number of dimensions; two where there are more."""

WIDER = 8
"""How many times as many are tried for a cell that the first search could not protect."""

PAIRS = 60
"""How many moves are tried two and two."""

MIXES = ((1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2))
"""How two moves are added."""


@dataclass
class Ground:
    """Where moves may stand: price, room upwards and downwards by place.

    ``rows`` are all relations, the table's own sums and the ``extras`` beside them.
    """

    grid: Grid
    price: list[int]
    up: list[int]
    down: list[int]
    rows: Sequence[Row] = ()
    extras: Sequence[Row] = ()

    def __post_init__(self) -> None:
        """Index the extra relations by place."""
        self._beside: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, row in enumerate(self.extras):
            for place, by in row:
                self._beside[place].append((number, by))

    @cached_property
    def where(self) -> dict[int, list[int]]:
        """The numbers of the rows that each place stands in."""
        return rows_by_place(self.rows)

    def cost(self, change: Change) -> int:
        """Return what it costs to hide every place of a change that is not hidden."""
        return sum(self.price[place] for place, _ in change)

    def room(self, change: Iterable[tuple[int, int]]) -> tuple[int, int]:
        """Return how many times a change can be made forwards and backwards."""
        up = down = ANY
        for place, by in change:
            above, below = self.up[place], self.down[place]
            if by < 0:
                above, below = below, above
            size = abs(by)
            up, down = min(up, above // size), min(down, below // size)
            if not up and not down:
                break
        return up, down

    def noticed(self, change: Change) -> bool:
        """Tell whether a relation beside the table's sums would give the change away."""
        if not self._beside:
            return False
        total: dict[int, int] = defaultdict(int)
        for place, by in change:
            for number, coefficient in self._beside.get(place, ()):
                total[number] += coefficient * by
        return any(total.values())

    def hide(self, move: Move) -> list[int]:
        """Hide every place of a move, and return those that were not hidden."""
        fresh = [place for place, _ in move.change if self.price[place]]
        for place in fresh:
            self.price[place] = 0
        return fresh


def reach(place: int, moves: Iterable[Move]) -> tuple[int, int]:
    """Return how far below and above its true count a cell is shown to reach by any of the moves."""
    below = above = 0
    for move in moves:
        low, high = move.reach(place)
        below, above = max(below, low), max(above, high)
    return below, above


def protecting(ground: Ground, place: int, width: int, *, free: bool = False, wide: int = 1) -> list[Move] | None:
    """Return the cheapest one or two moves that give a cell its protection interval; None where none were found.

    Args:
        ground: prices and room.
        place: the cell to be protected.
        width: the protection interval, in counts.
        free: use only what is hidden already.
        wide: how many times more steps to try than usual.
    """
    found: list[tuple[int, Move]] = []
    best: tuple[int, Move] | None = None
    for sure, steps in _steps(ground, place, free=free, wide=wide):
        if best is not None and best[0] <= sure:
            break
        change = multiplied(steps)
        cost = ground.cost(change)
        if cost >= NEVER or (free and cost) or (best is not None and cost >= best[0]):
            continue
        up, down = ground.room(change)
        if not up and not down:
            continue
        move = Move(change, min(up, width), min(down, width))
        if up + down >= width and not ground.noticed(change):
            best = (cost, move)
            if not cost:
                break
            continue
        found.append((cost, move))
    if best is not None:
        return [best[1]]
    return _two(ground, place, width, sorted(found, key=lambda each: each[0])[:PAIRS])


def candidates(ground: Ground, place: int, *, wide: int = 1) -> Iterator[Change]:
    """Return changes that the table's own sums survive and that move a cell, those with the cheapest lines first."""
    return (multiplied(steps) for _, steps in _steps(ground, place, free=False, wide=wide))


def _steps(ground: Ground, place: int, *, free: bool, wide: int) -> list[tuple[int, tuple[Step, ...]]]:
    """Return combinations of one step in each dimension with the price of their lines, cheapest first."""
    trees = ground.grid.trees
    few = FEW.get(len(trees), 2) * wide
    choices = [_along(ground, place, k, few, free=free) for k in range(len(trees))]
    combined = [(sum(line for line, _ in each), tuple(step for _, step in each)) for each in product(*choices)]
    return sorted(combined, key=lambda each: each[0])


def _along(ground: Ground, place: int, dimension: int, few: int, *, free: bool) -> list[tuple[int, Step]]:
    """Return the cheapest steps from a cell along one dimension, with what their own line of cells costs."""
    tree = ground.grid.trees[dimension]
    node = ground.grid.nodes(place)[dimension]
    base = place - node * tree.stride
    own = (node * tree.stride, 1)
    ups, downs = upwards(tree, node), downwards(tree, node)
    below = _ranked(ground, base, downs, few, free=free)
    above = _ranked(ground, base, ups, few, free=free)
    through = ups[-1]  # The way through all the totals is kept even where it is dear: it may be the only one.
    if all(step is not through for _, step in above):
        above += _ranked(ground, base, (through,), 1, free=free)
    found = []
    for (cost, down), (more, up) in product(below, above):
        step = (own, *down, *up)
        if any(ground.room((base + offset, sign) for offset, sign in step)):
            found.append((cost + more, step))
    found.sort(key=lambda each: each[0])
    return found[: few + 1]


def _ranked(ground: Ground, base: int, steps: Iterable[Step], few: int, *, free: bool) -> list[tuple[int, Step]]:
    price = ground.price
    most = 1 if free else NEVER
    ranked = []
    for step in steps:
        cost = 0
        for offset, _ in step:
            cost += price[base + offset]
        if cost < most and (not step or any(ground.room((base + offset, sign) for offset, sign in step))):
            ranked.append((cost, step))
    ranked.sort(key=lambda each: each[0])
    return list(islice(ranked, few))


def _two(ground: Ground, place: int, width: int, found: list[tuple[int, Move]]) -> list[Move] | None:
    """Return the cheapest two moves that together reach far enough, each protecting one way.

    Where relations beside the sums are public, two moves that each would be noticed are also added to one that is not.
    """
    quiet = [(*reach(place, (move,)), move) for _, move in found if not ground.noticed(move.change)]
    best: tuple[int, list[Move]] | None = None
    for (below, above, one), (low, high, other) in combinations(quiet, 2):
        if max(below, low) + max(above, high) >= width:
            best = _cheaper(ground, best, [one, other])
    if ground.extras:
        for (_, one), (_, other) in combinations(found, 2):
            for move in _sums_of(ground, one, other, width):
                if sum(reach(place, (move,))) >= width:
                    best = _cheaper(ground, best, [move])
    return None if best is None else best[1]


def _cheaper(ground: Ground, best: tuple[int, list[Move]] | None, moves: list[Move]) -> tuple[int, list[Move]]:
    cost = sum(ground.price[where] for where in {where for move in moves for where, _ in move.change})
    return (cost, moves) if best is None or cost < best[0] else best


def _sums_of(ground: Ground, one: Move, other: Move, width: int) -> Iterator[Move]:
    for times, more in MIXES:
        total: dict[int, int] = defaultdict(int)
        for move, factor in ((one, times), (other, more)):
            for place, by in move.change:
                total[place] += factor * by
        change = tuple((place, by) for place, by in total.items() if by)
        if change and not ground.noticed(change):
            up, down = ground.room(change)
            if up or down:
                yield Move(change, min(up, width), min(down, width))
