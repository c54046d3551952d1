"""What may be shown of figures computed from a protected table: differences, remainders, shares and groups.

A reader can turn every computation round. A figure computed from a hidden count therefore stays hidden, unless it is
proved that it gives nothing away (``groups_shown``, ``showable``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from vagvisare.assessment.disclosure.facts import facts, guarded, sealed
from vagvisare.assessment.disclosure.last_resort import by_programme
from vagvisare.assessment.disclosure.moves import Move
from vagvisare.assessment.disclosure.protect import Protected
from vagvisare.assessment.disclosure.search import Ground, protecting
from vagvisare.assessment.disclosure.table import Cell, Reason, Relation, Rules, Shown


def safe_sum(parts: Iterable[Shown]) -> Shown:
    """Return the sum of shown counts; hidden as soon as one of them is."""
    total = 0
    for part in parts:
        if isinstance(part, Reason):
            return Reason.DERIVED
        total += part
    return total


def safe_difference(a: Shown, b: Shown) -> Shown:
    """Return ``a`` minus ``b`` between two counts (two years, two groups); hidden as soon as one of them is."""
    if isinstance(a, Reason) or isinstance(b, Reason):
        return Reason.DERIVED
    return a - b


def safe_remainder(total: Shown, part: Shown, rules: Rules) -> Shown:
    """Return how many of ``total`` are not in ``part``: a count of people, hidden where it is small."""
    left = safe_difference(total, part)
    return Reason.PRIMARY if not isinstance(left, Reason) and rules.small(left) else left


def safe_share(numerator: Shown, denominator: Shown, rules: Rules) -> float | Reason:
    """Return a share, 0 to 1, where neither it nor what is left of it speaks of a few people.

    Hidden when either count is hidden, when either is small, and when those not in the numerator are few ("98 of 100"
    tells of two). A share that is shown adds nothing to the two counts that are shown.
    """
    if isinstance(numerator, Reason) or isinstance(denominator, Reason):
        return Reason.DERIVED
    if denominator == 0:
        return Reason.NOBODY
    if rules.small(numerator) or rules.small(denominator) or rules.small(denominator - numerator):
        return Reason.PRIMARY
    return numerator / denominator


def groups_shown(protected: Protected, groups: Mapping[str, Collection[Cell]]) -> dict[str, Shown]:
    """Return the sum of each group of cells (a group of municipalities), or why it is not shown.

    Groups are shown in the order given as long as all that are shown together give no hidden count away; put the most
    important first.
    """
    wanted = [dict.fromkeys(cells, 1) for cells in groups.values()]
    sums = {}
    for (name, cells), allowed in zip(groups.items(), showable(protected, wanted), strict=True):
        counts = [protected.table.counts.get(cell) for cell in cells]
        total = sum(count for count in counts if count is not None)
        few = any(cell in protected.reasons for cell in cells) and protected.rules.small(total)
        sums[name] = Reason.DERIVED if not allowed or few else total
    return sums


def showable(protected: Protected, wanted: Sequence[Mapping[Cell, int]]) -> list[bool]:
    """Say of each computed figure (cells with coefficients) whether it may be shown together with those before it.

    Figures of shown cells always may, of unpublished or exposed cells never. For others the proofs of the table are
    tried against the figure, and new ones sought on what is hidden already; nothing more is ever hidden for its sake.
    """
    case = _Case(protected)
    return [case.allows(terms) for terms in wanted]


class _Case:
    """A protected table, with the computed figures shown so far."""

    def __init__(self, protected: Protected) -> None:
        self._protected = protected
        self._relations = protected.table.relations
        self._moves: dict[int, tuple[Move, ...]] | None = None

    def allows(self, terms: Mapping[Cell, int]) -> bool:
        shown = {cell: self._protected.shown(cell) for cell, by in terms.items() if by}
        hidden = [cell for cell, count in shown.items() if isinstance(count, Reason)]
        if not hidden:
            return True
        counts = self._protected.table.counts
        if any(counts.get(cell) is None or cell in self._protected.exposed for cell in hidden):
            return False
        value = sum(by * (counts[cell] or 0) for cell, by in terms.items())
        relations = (*self._relations, Relation.of(terms, value))
        proofs = self._proofs(relations)
        if proofs is None:
            return False
        self._relations, self._moves = relations, proofs
        return True

    def _proofs(self, relations: tuple[Relation, ...]) -> dict[int, tuple[Move, ...]] | None:
        """Return proofs for every hidden count that stand all relations; None where one cannot be found."""
        protected = self._protected
        table = replace(protected.table, relations=relations)
        found = facts(table)
        grid = found.grid
        hidden = [grid.place(cell) for cell in protected.reasons]
        earlier = [grid.place(cell) for cell in table.earlier]
        ground = sealed(found, protected.rules, earlier, hidden, protected.lowest)
        before = self._moves
        if before is None:
            before = {grid.place(cell): moves for cell, moves in (protected.moves or {}).items()}
        exposed = {grid.place(cell) for cell in protected.exposed}
        targets = {place for place in guarded(found, protected.rules) if place not in exposed}
        proofs: dict[int, tuple[Move, ...]] = {}
        for place in sorted(targets):
            moves = _standing(ground, place, before, protected.rules.width)
            if moves is None:
                return None
            proofs[place] = moves
        moved = {where for moves in proofs.values() for move in moves for where, _ in move.change}
        for place in sorted(set(hidden) & found.counts.keys() - targets - moved - exposed):
            moves = _standing(ground, place, before, 1)
            if moves is None:
                return None
            proofs[place] = moves
        return proofs


def _standing(
    ground: Ground, place: int, before: Mapping[int, tuple[Move, ...]], width: int
) -> tuple[Move, ...] | None:
    """Return the proof from before where it still stands, or another one on what is hidden already."""
    moves = before.get(place, ())
    if moves and not any(ground.noticed(move.change) for move in moves):
        return moves
    fresh = protecting(ground, place, width, free=True, wide=2) or by_programme(ground, place, width)
    return None if fresh is None else tuple(fresh)
