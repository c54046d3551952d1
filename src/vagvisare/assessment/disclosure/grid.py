"""A table as numbered cells: their places, the sums they stand in, and what can be computed from what.

Every cell of the product of the dimensions has a place, also one the table leaves out: a reader who subtracts does not
need it to be printed.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vagvisare.assessment.disclosure.table import Cell, Dimension, Table

Row = tuple[tuple[int, int], ...]
"""One linear relation: places with their coefficients. A sum is its parts (1 each) and the total (−1)."""

ANY = 1 << 60
"""More than any count."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A dimension as numbers: the parent of each code (−1 for none), its children, and which totals are partial."""

    codes: tuple[str, ...]
    parent: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    partial: frozenset[int]
    stride: int

    def closed(self, node: int) -> bool:
        """Tell whether the parts of ``node`` make the whole."""
        return bool(self.children[node]) and node not in self.partial


def tree_of(dimension: Dimension, stride: int) -> Tree:
    """Number the codes of a dimension in the order they are declared."""
    codes = tuple(dimension.parents)
    number = {code: i for i, code in enumerate(codes)}
    children: list[list[int]] = [[] for _ in codes]
    parent = []
    for code in codes:
        up = dimension.parents[code]
        parent.append(-1 if up is None else number[up])
        if up is not None:
            children[number[up]].append(number[code])
    partial = frozenset(number[code] for code in dimension.partial if code in number)
    return Tree(codes, tuple(parent), tuple(map(tuple, children)), partial, stride)


class Grid:
    """The places of a table, and the sums that tie them together."""

    def __init__(self, table: Table) -> None:
        trees = []
        stride = 1
        for dimension in reversed(table.dimensions):
            trees.append(tree_of(dimension, stride))
            stride *= len(dimension.parents)
        self.trees: tuple[Tree, ...] = tuple(reversed(trees))
        self.size = stride
        self._numbers = [{code: i for i, code in enumerate(tree.codes)} for tree in self.trees]

    def place(self, cell: Cell) -> int:
        """Return the place of a cell."""
        numbered = zip(cell, self._numbers, self.trees, strict=True)
        return sum(numbers[code] * tree.stride for code, numbers, tree in numbered)

    def nodes(self, place: int) -> tuple[int, ...]:
        """Return the number of the code in each dimension."""
        return tuple(place // tree.stride % len(tree.codes) for tree in self.trees)

    def cell(self, place: int) -> Cell:
        """Return the cell at a place."""
        return tuple(tree.codes[node] for tree, node in zip(self.trees, self.nodes(place), strict=True))

    def margins(self, place: int) -> int:
        """Count the dimensions in which the cell is a total."""
        return sum(bool(tree.children[node]) for tree, node in zip(self.trees, self.nodes(place), strict=True))

    def sums(self) -> list[Row]:
        """Return every sum in the table: parts with 1, the total with −1."""
        rows: list[Row] = []
        for tree in self.trees:
            span = tree.stride * len(tree.codes)
            starts = [high + low for high in range(0, self.size, span) for low in range(tree.stride)]
            for node in range(len(tree.codes)):
                if tree.closed(node):
                    steps = [(child * tree.stride, 1) for child in tree.children[node]]
                    steps.append((node * tree.stride, -1))
                    rows.extend(tuple((start + step, sign) for step, sign in steps) for start in starts)
        return rows


def rows_by_place(rows: Sequence[Row]) -> dict[int, list[int]]:
    """Return, for each place, the numbers of the rows it stands in."""
    found: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for place, _ in row:
            found[place].append(number)
    return found


def complete(
    values: dict[int, int], rows: Sequence[Row], constants: Sequence[int], unknown: Iterable[int]
) -> dict[int, int]:
    """Compute every unknown that follows from the others, one subtraction after another.

    Args:
        values: what is known, by place.
        rows: linear relations.
        constants: what each row adds up to.
        unknown: places to be found.

    Returns:
        The found values. A value that cannot be a count (negative, or not whole) is not one, and is left out.
    """
    wanted = set(unknown)
    where = rows_by_place(rows)
    left = [sum(place not in values for place, _ in row) for row in rows]
    queue = deque(number for number, count in enumerate(left) if count == 1)
    found: dict[int, int] = {}
    while queue:
        number = queue.popleft()
        if left[number] != 1:
            continue
        lone, coefficient = next((p, c) for p, c in rows[number] if p not in values and p not in found)
        rest = constants[number] - sum(c * _known(p, values, found) for p, c in rows[number] if p != lone)
        if lone not in wanted or rest % coefficient or rest // coefficient < 0:
            left[number] = 0
            continue
        found[lone] = rest // coefficient
        for other in where[lone]:
            left[other] -= 1
            if left[other] == 1:
                queue.append(other)
    return found


def _known(place: int, values: dict[int, int], found: dict[int, int]) -> int:
    return values[place] if place in values else found[place]
