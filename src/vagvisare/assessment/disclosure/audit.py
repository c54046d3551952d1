"""What a reader can work out of a hidden count: the attack on our own table.

Nothing here knows how the hidden cells were chosen. A reader knows every shown count, every sum and public relation,
the rules, and each hidden cell's reason. Bounds are passed from sum to sum, the sums are solved exactly, and where few
enough cells hang together a linear programme finds the narrowest interval there is. Where more do, a cell counts as
safe only when the table carries a proof that stands a check of every sum it touches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor

from vagvisare.assessment.disclosure.exact import Programme, components, determined, propagate
from vagvisare.assessment.disclosure.facts import Facts, facts, guarded, reduced
from vagvisare.assessment.disclosure.grid import ANY, Row, rows_by_place
from vagvisare.assessment.disclosure.moves import Move
from vagvisare.assessment.disclosure.protect import Protected
from vagvisare.assessment.disclosure.table import Cell, Reason

WITHIN = 40
"""The most hidden cells hanging together for which the linear programme is run."""


class Risk(StrEnum):
    """What a reader can do with a hidden cell."""

    SAFE = "safe"
    """At least the protection interval is left (for a count hidden for another's sake: at least two values)."""
    EXACT = "exact"
    """It can be computed."""
    NARROW = "narrow"
    """It can be told within less than the protection interval."""
    UNPROVED = "unproved"
    """Neither an attack nor a proof was found; not to be published as it is."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a reader can say of one hidden cell: lowest and highest possible count (None: no upper end)."""

    low: int
    high: int | None
    risk: Risk


def audit(protected: Protected, *, within: int = WITHIN) -> dict[Cell, Finding]:
    """Attack a table and say, for every cell that must not be told, how near a reader comes.

    Args:
        protected: the table with its hidden cells; its proofs are checked, not believed.
        within: the most cells hanging together for which the exact linear programme is run.

    Returns:
        A finding for every hidden cell and for every small count that is not printed but could be computed. Cells the
        producer has not published are among them only where they can be worked out. Bounds from the programme are
        over real numbers, rounded inwards to counts.
    """
    return _Attack(protected, within).findings()


class _Attack:
    def __init__(self, protected: Protected, within: int) -> None:
        table, rules = protected.table, protected.rules
        self._facts: Facts = facts(table)
        self._within = within
        grid = self._facts.grid
        self._reasons = {grid.place(cell): reason for cell, reason in protected.reasons.items()}
        told = {grid.place(cell) for cell in table.earlier}
        counts = self._facts.counts
        self._true = {**self._facts.computed, **counts}
        self._known = {p: n for p, n in counts.items() if p not in self._reasons or p in told}
        self._told = [p for p in self._reasons if p in self._known]
        self._bounds = {
            Reason.PRIMARY: (protected.lowest, rules.threshold - 1),
            Reason.COMPLEMENTARY: (rules.threshold, ANY),
        }
        self._width = rules.width
        self._targets = set(guarded(self._facts, rules)) if rules.threshold else set()
        self._moves = {grid.place(cell): moves for cell, moves in (protected.moves or {}).items()}
        self._where = rows_by_place(self._facts.rows)
        self._low: dict[int, int] = {}
        self._high: dict[int, int] = {}
        self._proved: dict[int, tuple[int, int]] = {}

    def findings(self) -> dict[Cell, Finding]:
        rows, constants = reduced(self._known, self._facts.rows, self._facts.constants)
        unknown = {place for row in rows for place, _ in row} | (self._reasons.keys() - self._known.keys())
        for place in unknown:
            self._low[place], self._high[place] = self._range(place)
        self._weigh_proofs()
        found = {place: Finding(self._known[place], self._known[place], Risk.EXACT) for place in self._told}
        loose = unknown - {place for row in rows for place, _ in row}
        groups = components(rows) + [([place], []) for place in sorted(loose)]
        for places, numbers in groups:
            found |= self._group(places, [rows[i] for i in numbers], [constants[i] for i in numbers])
        return {self._facts.grid.cell(place): found[place] for place in sorted(found)}

    def _range(self, place: int) -> tuple[int, int]:
        reason = self._reasons.get(place)
        return self._bounds.get(reason, (0, ANY)) if reason is not None else (0, ANY)

    def _weigh_proofs(self) -> None:
        """Widen each cell's proved interval by every move that stands the check."""
        for move in {id(move): move for moves in self._moves.values() for move in moves}.values():
            if self._stands(move):
                for place, _ in move.change:
                    if place in self._true:
                        below, above = move.reach(place)
                        low, high = self._proved.get(place, (self._true[place], self._true[place]))
                        true = self._true[place]
                        self._proved[place] = (min(low, true - below), max(high, true + above))

    def _stands(self, move: Move) -> bool:
        """Check a move: every sum it touches stays, and no cell leaves what a reader would think possible."""
        change = dict(move.change)
        for place, by in change.items():
            if place in self._known:
                return False
            for number in self._where.get(place, ()):
                if sum(c * change.get(p, 0) for p, c in self._facts.rows[number]):
                    return False
            low, high = self._range(place)
            steps = (by * move.up, -by * move.down)
            true = self._true.get(place)
            if true is None:
                if min(steps) < 0:
                    return False
            elif true + min(steps) < low or true + max(steps) > high:
                return False
        return True

    def _group(self, places: list[int], rows: list[Row], constants: list[int]) -> dict[int, Finding]:
        """Attack the cells that hang together."""
        low = {place: self._low[place] for place in places}
        high = {place: self._high[place] for place in places}
        possible = propagate(rows, constants, low, high)
        few = len(places) <= self._within
        solved = determined(rows, constants) if few else {}
        programme = Programme(rows, constants, low, high) if few and possible else None
        out = {}
        for place in places:
            if place not in self._targets and place not in self._reasons:
                continue
            ends = (int(solved[place]),) * 2 if place in solved else (low[place], high[place])
            exact = place in solved
            if not exact and programme is not None and (found := programme.range(place)) is not None:
                ends, exact = (ceil(found[0]), floor(found[1])), True
            if self._reasons.get(place) is not Reason.UNPUBLISHED or ends[0] >= ends[1]:
                out[place] = Finding(ends[0], None if ends[1] >= ANY else ends[1], self._risk(place, ends, exact=exact))
        return out

    def _risk(self, place: int, ends: tuple[int, int], *, exact: bool) -> Risk:
        need = self._width if place in self._targets else 1
        low, high = ends
        if low >= high:
            return Risk.EXACT
        if high - low < need:
            return Risk.NARROW
        proved = self._proved.get(place, (0, 0))
        return Risk.SAFE if exact or proved[1] - proved[0] >= need else Risk.UNPROVED


def breaches(findings: Mapping[Cell, Finding]) -> dict[Cell, Finding]:
    """Return the findings that must be dealt with before the table is published."""
    return {cell: finding for cell, finding in findings.items() if finding.risk is not Risk.SAFE}
