"""Which counts of a table are hidden, so that no small count can be computed again from what is shown.

Small counts are hidden first. Then, for each of them, the cheapest move (``moves``) is sought that leaves it a whole
protection interval; every count the move stands on is hidden too. Last, counts that turn out not to be needed are
shown again. The proof is kept: for every hidden small count there are other tables, in whole numbers, that print
exactly the same page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from vagvisare.assessment.disclosure.facts import facts, ground, guarded
from vagvisare.assessment.disclosure.last_resort import by_programme
from vagvisare.assessment.disclosure.moves import Move
from vagvisare.assessment.disclosure.search import NEVER, WIDER, Ground, protecting
from vagvisare.assessment.disclosure.table import Cell, CellKey, Reason, Rules, Shown, Table

Attempt = Callable[[Ground, int, int], list[Move] | None]
"""A way to protect one place with a given interval."""


@dataclass(frozen=True, slots=True)
class Protected:
    """A table that may be published: which cells are hidden, and why.

    ``exposed`` are hidden counts that no hiding can protect (an earlier version has shown them, or a public relation
    gives them away); ``mismatched`` is how many sums have parts that do not add up to the total, and are left as they
    are. ``lowest`` is the lowest count a reader must think possible under the threshold: 0 where noughts are hidden
    among the small ones. ``moves`` are the proof, by cell. ``cell_key`` is the producer's noise, where that protects
    the table instead.
    """

    table: Table
    rules: Rules
    reasons: Mapping[Cell, Reason]
    exposed: tuple[Cell, ...] = ()
    mismatched: int = 0
    lowest: int = 1
    moves: Mapping[Cell, tuple[Move, ...]] | None = None
    cell_key: CellKey | None = None

    def shown(self, cell: Cell) -> Shown:
        """Return the count of a cell, or why it is not shown; a cell that the table lacks is not published."""
        reason = self.reasons.get(cell)
        count = self.table.counts.get(cell)
        return reason if reason is not None else Reason.UNPUBLISHED if count is None else count

    @property
    def published(self) -> dict[Cell, Shown]:
        """Every cell of the table with its count, or why it is not shown."""
        return {cell: self.shown(cell) for cell in self.table.counts}

    @property
    def safe(self) -> bool:
        """Tell whether every hidden count is protected."""
        return not self.exposed


def protect(table: Table, rules: Rules | None = None) -> Protected:
    """Decide which cells of a table are hidden; the same table and rules always give the same answer.

    A table protected by the producer's noise is left as it is: the noise is the protection.
    """
    rules = rules or Rules()
    if table.cell_key is not None or not rules.threshold:
        missing = {cell: Reason.UNPUBLISHED for cell, count in table.counts.items() if count is None}
        return Protected(table, rules, missing, cell_key=table.cell_key)
    return _Run(table, rules).protected()


class _Run:
    """One table being protected."""

    def __init__(self, table: Table, rules: Rules) -> None:
        self._table, self._rules = table, rules
        self._facts = facts(table)
        self._earlier = {self._facts.grid.place(cell) for cell in table.earlier}
        self._ground = ground(self._facts, rules, self._earlier)
        self._targets = guarded(self._facts, rules)
        self._moves: dict[int, list[Move]] = {}
        self._complements: set[int] = set()
        self._lowest = rules.lowest

    def protected(self) -> Protected:
        grid = self._facts.grid
        failed = self._greedy([place for place in self._targets if place not in self._earlier])
        if failed:
            failed = self._with_noughts(failed)
        self._clean()
        exposed = sorted({*failed, *(place for place in self._targets if place in self._earlier)})
        moves = {grid.cell(place): tuple(moves) for place, moves in sorted(self._moves.items())}
        reasons = self._reasons()
        return Protected(
            self._table,
            self._rules,
            reasons,
            tuple(map(grid.cell, exposed)),
            self._facts.mismatched,
            self._lowest,
            moves,
        )

    def _reasons(self) -> dict[Cell, Reason]:
        """Give every hidden cell its reason; a hidden nought is one of those under the threshold."""
        counts, threshold = self._facts.counts, self._rules.threshold
        hidden = dict.fromkeys(self._facts.unpublished, Reason.UNPUBLISHED)
        for place in (*self._targets, *self._complements):
            if place in counts:
                hidden[place] = Reason.PRIMARY if counts[place] < threshold else Reason.COMPLEMENTARY
        reasons = {self._facts.grid.cell(place): reason for place, reason in hidden.items()}
        return {cell: reasons[cell] for cell in self._table.counts if cell in reasons}

    def _with_noughts(self, failed: list[int]) -> list[int]:
        """Try again where small counts stand among noughts alone: hide a nought with them, as one that is small too.

        What was proved before stays proved: readers then know less, never more.
        """
        before = self._ground.price
        self._ground = ground(self._facts, self._rules, self._earlier, noughts=True)
        self._lowest = 0
        for place, price in enumerate(before):
            if not price:
                self._ground.price[place] = 0
        return self._greedy(failed)

    def _greedy(self, targets: list[int]) -> list[int]:
        """Protect one count after another, totals first; return those that could not be."""
        width = self._rules.width
        targets.sort(key=lambda place: (-self._facts.grid.margins(place), place))
        attempts: tuple[Attempt, ...] = (protecting, partial(protecting, wide=WIDER), by_programme)
        for attempt in attempts:
            left = []
            for place in targets:
                free = protecting(self._ground, place, width, free=True)
                moves = free or attempt(self._ground, place, width)
                if moves is None:
                    left.append(place)
                    continue
                self._moves[place] = moves
                for move in moves:
                    self._complements.update(self._ground.hide(move))
            targets = left
        return targets

    def _clean(self) -> None:
        """Show again, largest first, every count that the hidden small counts can do without."""
        counts, price = self._facts.counts, self._ground.price
        users: dict[int, set[int]] = {place: set() for place in self._complements}
        for target, moves in self._moves.items():
            _enlist(users, target, moves)
        for place in sorted(self._complements, key=lambda place: (-counts[place], place)):
            price[place] = NEVER
            instead = self._instead(users[place])
            if instead is None:
                price[place] = 0
                continue
            self._complements.discard(place)
            for target, moves in instead.items():
                for other in {where for move in self._moves[target] for where, _ in move.change} & users.keys():
                    users[other].discard(target)
                self._moves[target] = moves
                _enlist(users, target, moves)

    def _instead(self, targets: set[int]) -> dict[int, list[Move]] | None:
        """Return other moves for the targets on what is hidden now; None when one of them has none."""
        found = {}
        for target in sorted(targets):
            moves = protecting(self._ground, target, self._rules.width, free=True)
            if moves is None:
                return None
            found[target] = moves
        return found


def _enlist(users: dict[int, set[int]], target: int, moves: list[Move]) -> None:
    for move in moves:
        for place, _ in move.change:
            if place in users:
                users[place].add(target)
