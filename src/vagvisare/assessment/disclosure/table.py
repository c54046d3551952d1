"""What is declared about a table of counts: its dimensions, its figures, what is already public, and the rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from vagvisare.terms.errors import FigureError, UserError
from vagvisare.terms.language import Text

Cell = tuple[str, ...]
"""One category code for each dimension, in the table's order."""

LARGEST = 2_000_000
"""The most cells (codes of every dimension multiplied) that one table may have."""


class Reason(StrEnum):
    """Why a figure is not shown; each has its words in ``findings``. Which figure protects which is never told."""

    PRIMARY = "primary"
    """The count is under the owner's threshold."""
    COMPLEMENTARY = "complementary"
    """The count is large enough, but would give another one away."""
    UNPUBLISHED = "unpublished"
    """The producer has not published it."""
    DERIVED = "derived"
    """It is computed from a figure that is not shown, or would give one away."""
    NOBODY = "nobody"
    """A share of nobody: there is nothing to compute."""


Shown = int | Reason
"""A count that is shown, or why it is not."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: every code with the code it is part of, None for those that are part of nothing.

    A hierarchy is as deep as the parents make it: municipality → county → riket. ``partial`` names codes whose parts
    do not make the whole (riket, where only one county's municipalities are in the table).
    """

    name: str
    parents: Mapping[str, str | None]
    partial: frozenset[str] = frozenset()

    @classmethod
    def flat(cls, name: str, codes: Iterable[str], total: str | None = None) -> Dimension:
        """Return a dimension of ``codes`` side by side, with their ``total`` where there is one."""
        parents: dict[str, str | None] = {} if total is None else {total: None}
        return cls(name, parents | dict.fromkeys(codes, total))

    def __post_init__(self) -> None:
        """Refuse a parent nobody has heard of, and a code that is part of itself."""
        for code in self.parents:
            seen, at = {code}, self.parents[code]
            while at is not None:
                if at not in self.parents or at in seen:
                    raise _wrong_parent(self.name, code, at)
                seen.add(at)
                at = self.parents[at]


@dataclass(frozen=True, slots=True)
class Relation:
    """Something anybody can know of the table: coefficients times cells add up to a published ``value``.

    A published difference "women minus men in 1880 is 7" is ``{("1880", "K"): 1, ("1880", "M"): -1}`` and 7.
    """

    terms: tuple[tuple[Cell, int], ...]
    value: int

    @classmethod
    def of(cls, terms: Mapping[Cell, int], value: int) -> Relation:
        """Build a relation from a mapping of cells to coefficients."""
        return cls(tuple(sorted(terms.items())), value)


@dataclass(frozen=True, slots=True)
class CellKey:
    """A producer's noise on every published count, margins too (the Cell Key Method).

    ``variance`` is the noise's, in squared units of the count: as the producer states it, or ``cell_key.estimated``.
    """

    variance: float


@dataclass(frozen=True, slots=True)
class Table:
    """A table of counts with its margins.

    ``counts`` maps a cell to its count, or to None where the producer has not published it; cells that are left out
    are not in the table, but are still guarded where they could be computed. Margins are cells like others: those
    whose code is a parent in some dimension. ``relations`` are derived figures already public; ``earlier`` the cells
    of an earlier version that showed a number. ``cell_key`` declares a table that the producer protects with noise.

    Raises:
        FigureError: when a cell has a code that its dimension lacks, or a count is negative.
        UserError: when the table is too large for one piece.
    """

    dimensions: tuple[Dimension, ...]
    counts: Mapping[Cell, int | None]
    relations: tuple[Relation, ...] = ()
    earlier: Collection[Cell] = ()
    cell_key: CellKey | None = None

    def __post_init__(self) -> None:
        """Check that every cell belongs, so that no later step needs to ask."""
        size = 1
        for dimension in self.dimensions:
            size *= len(dimension.parents)
        if size > LARGEST:
            raise _too_large(size)
        named = [cell for relation in self.relations for cell, _ in relation.terms]
        for cell in (*self.counts, *self.earlier, *named):
            if len(cell) != len(self.dimensions) or any(
                code not in dimension.parents for code, dimension in zip(cell, self.dimensions, strict=True)
            ):
                raise _unknown_cell(cell)
        for cell, count in self.counts.items():
            if count is not None and count < 0:
                raise _negative(cell, count)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the owner of the figures has decided.

    Counts from 1 up to but not including ``threshold`` are hidden; nought too where ``hide_zero`` is set. A threshold
    of 0 hides nothing. ``interval`` is the protection interval: between the lowest and the highest count a reader can
    think possible for a hidden small count there must be at least so much. Left out, it is 2, or less where so few
    counts lie under the threshold.

    Raises:
        UserError: when the threshold lets only one count be hidden (the reason would then tell it), or the interval is
            wider than the hidden counts themselves.
    """

    threshold: int = 5
    hide_zero: bool = False
    interval: int | None = None

    def __post_init__(self) -> None:
        """Refuse rules that cannot protect anything."""
        span = self.threshold - 1 - self.lowest
        if self.threshold < 0 or (self.threshold and span < 1):
            raise UserError(
                Text(
                    f"Gränsen {self.threshold} skyddar ingenting.",
                    f"The threshold {self.threshold} protects nothing.",
                ),
                meaning=Text(
                    "Bara ett enda antal skulle döljas, och då berättar skälet vilket det är.",
                    "Only one count would be hidden, and then the reason tells which it is.",
                ),
                remedy=Text("Ange minst 3; 5 är vanligt.", "Give at least 3; 5 is usual."),
            )
        if self.interval is not None and not (1 <= self.interval <= max(span, 1)):
            raise UserError(
                Text(
                    f"Skyddsintervallet {self.interval} går inte att hålla med gränsen {self.threshold}.",
                    f"The protection interval {self.interval} cannot be kept with the threshold {self.threshold}.",
                ),
                meaning=Text(
                    f"Ett dolt antal ligger mellan {self.lowest} och {self.threshold - 1}.",
                    f"A hidden count lies between {self.lowest} and {self.threshold - 1}.",
                ),
                remedy=Text(f"Ange 1 till {max(span, 1)}.", f"Give 1 to {max(span, 1)}."),
            )

    @property
    def lowest(self) -> int:
        """The lowest count that is hidden for being small."""
        return 0 if self.hide_zero else 1

    @property
    def width(self) -> int:
        """The protection interval: declared, or 2, or all there is under the threshold."""
        return self.interval if self.interval is not None else min(2, max(self.threshold - 1 - self.lowest, 1))

    def small(self, count: int) -> bool:
        """Tell whether a count of people is hidden for being small."""
        return self.lowest <= count < self.threshold


def _wrong_parent(name: str, code: str, parent: str) -> FigureError:
    return FigureError(
        Text(
            f"I dimensionen ”{name}” är koden ”{code}” en del av ”{parent}”, som saknas eller är en del av sig själv.",
            f"In the dimension “{name}” the code “{code}” is part of “{parent}”, which is missing or part of itself.",
        ),
        meaning=Text(
            "Då går det inte att veta vilka summor som kan räknas ut.",
            "It can then not be known which sums can be computed.",
        ),
        remedy=Text("Rätta vad koden är en del av.", "Correct what the code is part of."),
    )


def _unknown_cell(cell: Cell) -> FigureError:
    written = ", ".join(cell)
    return FigureError(
        Text(
            f"Cellen ({written}) har inte en känd kod för varje dimension.",
            f"The cell ({written}) does not have one known code for each dimension.",
        ),
        meaning=Text(
            "Då går det inte att veta vilka summor den ingår i, och tabellen skyddas inte.",
            "It can then not be known which sums it is part of, and the table is not protected.",
        ),
        remedy=Text(
            "Lägg till koden i dimensionen eller rätta cellen.", "Add the code to the dimension or correct the cell."
        ),
    )


def _negative(cell: Cell, count: int) -> FigureError:
    written = ", ".join(cell)
    return FigureError(
        Text(f"Cellen ({written}) har antalet {count}.", f"The cell ({written}) has the count {count}."),
        meaning=Text("Ett antal kan inte vara negativt.", "A count cannot be negative."),
        remedy=Text(
            "Rätta antalet; skillnader anges som relationer.", "Correct the count; differences are given as relations."
        ),
    )


def _too_large(size: int) -> UserError:
    return UserError(
        Text(
            f"Tabellen skulle ha {size} celler, fler än {LARGEST}.",
            f"The table would have {size} cells, more than {LARGEST}.",
        ),
        meaning=Text("Den är för stor att skydda i ett stycke.", "It is too large to protect in one piece."),
        remedy=Text(
            "Dela den längs en dimension som saknar summa, till exempel år.",
            "Split it along a dimension without a total, such as the year.",
        ),
    )
