"""Made-up tables, and a reader with a real solver: what can be told of a hidden count, in whole numbers."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from vagvisare.assessment.disclosure.table import Dimension, Reason, Table

SEX = Dimension.flat("sex", ["K", "M"], "T")


def flat(name, many, total="T"):
    return Dimension.flat(name, [f"{name}{i}" for i in range(many)], total)


def counties(*sizes):
    """Riket, counties a, b … and their municipalities a0, a1 …"""
    parents = {"00": None}
    for county, size in zip("abcdef", sizes, strict=False):
        parents[county] = "00"
        parents |= {f"{county}{i}": county for i in range(size)}
    return Dimension("territory", parents)


def leaves(dimension):
    return [code for code in dimension.parents if code not in dimension.parents.values()]


def lineage(dimension, code):
    found = []
    while code is not None:
        found.append(code)
        code = dimension.parents[code]
    return found


def summed(dimensions, inner):
    """All cells with their margins, from the counts of the innermost cells."""
    counts = {}
    for cell, count in inner.items():
        for each in product(*(lineage(d, code) for d, code in zip(dimensions, cell, strict=True))):
            counts[each] = counts.get(each, 0) + count
    return {cell: counts[cell] for cell in product(*(d.parents for d in dimensions)) if cell in counts}


def table_of(dimensions, figures, **more):
    """A table of the given figures, one for each innermost cell in order."""
    inner = dict(zip(product(*map(leaves, dimensions)), figures, strict=True))
    return Table(tuple(dimensions), summed(dimensions, inner), **more)


SHAPES = (
    (flat("a", 5),),
    (counties(2, 3),),
    (flat("a", 3), flat("b", 4)),
    (flat("a", 4, None), flat("b", 3)),
    (counties(2, 2), flat("b", 3)),
    (counties(2, 1, 2), SEX),
    (flat("a", 2), SEX, flat("b", 3)),
    (counties(2, 2), SEX, flat("b", 2)),
)

PLENTY = 100_000.0
"""More people than any made-up table has."""

COUNT = st.one_of(st.sampled_from([0, 0, 1, 2, 3, 4]), st.integers(0, 12), st.integers(5, 400))


@st.composite
def tables(draw, shapes=SHAPES):
    dimensions = draw(st.sampled_from(shapes))
    size = len(list(product(*map(leaves, dimensions))))
    return table_of(dimensions, draw(st.lists(COUNT, min_size=size, max_size=size)))


class Reader:
    """Somebody with the published page and a solver; shares no code with what is tested."""

    def __init__(self, protected):
        table, rules = protected.table, protected.rules
        self.cells = list(product(*(d.parents for d in table.dimensions)))
        self.place = {cell: i for i, cell in enumerate(self.cells)}
        low, high = np.zeros(len(self.cells)), np.full(len(self.cells), PLENTY)
        for cell, i in self.place.items():
            shown = protected.shown(cell)
            if isinstance(shown, int) or (cell in table.earlier and table.counts.get(cell) is not None):
                low[i] = high[i] = table.counts[cell]
            elif shown is Reason.PRIMARY:
                low[i], high[i] = protected.lowest, rules.threshold - 1
            elif shown is Reason.COMPLEMENTARY:
                low[i] = rules.threshold
        self.bounds = Bounds(low, high)
        rows, sums = [], []
        for k, dimension in enumerate(table.dimensions):
            for total in set(dimension.parents.values()) - {None} - dimension.partial:
                for cell in self.cells:
                    if cell[k] == total:
                        row = np.zeros(len(self.cells))
                        row[self.place[cell]] = -1
                        for part, above in dimension.parents.items():
                            if above == total:
                                row[self.place[(*cell[:k], part, *cell[k + 1 :])]] = 1
                        rows.append(row)
                        sums.append(0)
        for relation in table.relations:
            row = np.zeros(len(self.cells))
            for cell, by in relation.terms:
                row[self.place[cell]] = by
            rows.append(row)
            sums.append(relation.value)
        self.rules = [LinearConstraint(np.array(rows), sums, sums)] if rows else []

    def range(self, cell):
        """The lowest and highest count the reader can think possible."""
        ends = []
        for sign in (1, -1):
            goal = np.zeros(len(self.cells))
            goal[self.place[cell]] = sign
            found = milp(goal, constraints=self.rules, bounds=self.bounds, integrality=np.ones(len(self.cells)))
            assert found.status == 0, found.message
            ends.append(sign * round(found.fun))
        return tuple(ends)
