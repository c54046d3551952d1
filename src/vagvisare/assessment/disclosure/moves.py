"""Moves: ways to change a table that no sum in it notices.

Move one person from women to men in one municipality, and back in another: every margin stays. If all the cells that
change are hidden, a reader cannot tell the two tables apart, which proves that none of them can be computed. Every move
used here is a product of one step in each dimension: towards a sibling, or up through the totals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from vagvisare.assessment.disclosure.grid import Tree

Step = tuple[tuple[int, int], ...]
"""A change in one dimension: nodes times stride, each with its sign."""

Change = tuple[tuple[int, int], ...]
"""A change of a whole table: places, each with how much it changes."""


@dataclass(frozen=True, slots=True)
class Move:
    """A change that every sum survives, and how many times it can be made either way within what readers know."""

    change: Change
    up: int
    down: int

    def reach(self, place: int) -> tuple[int, int]:
        """Return how far below and above its true count the move can bring one cell."""
        by = next((by for where, by in self.change if where == place), 0)
        return (self.down * by, self.up * by) if by >= 0 else (self.up * -by, self.down * -by)


@cache
def downwards(tree: Tree, node: int) -> tuple[Step, ...]:
    """Return the ways a change of ``node`` can be carried by its parts: one path to a leaf each."""
    if not tree.closed(node):
        return ((),)
    return tuple(((child * tree.stride, 1), *path) for child in tree.children[node] for path in downwards(tree, child))


@cache
def upwards(tree: Tree, node: int) -> tuple[Step, ...]:
    """Return the ways a change of ``node`` can be kept from the totals, or carried through all of them.

    The last one is the change that goes all the way up; the others give back under another part of some total.
    """
    return tuple(_upwards(tree, node))


def _upwards(tree: Tree, node: int) -> Iterator[Step]:
    path: Step = ()
    above = tree.parent[node]
    while above >= 0 and tree.closed(above):
        for other in tree.children[above]:
            if other != node:
                for down in downwards(tree, other):
                    yield (*path, (other * tree.stride, -1), *((place, -sign) for place, sign in down))
        path = (*path, (above * tree.stride, 1))
        node, above = above, tree.parent[above]
    yield path


def product(steps: tuple[Step, ...]) -> Change:
    """Multiply one step in each dimension into a change of the table."""
    change: Change = ((0, 1),)
    for step in steps:
        change = tuple((place + more, sign * by) for place, sign in change for more, by in step)
    return change
