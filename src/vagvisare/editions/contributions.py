"""The contribution matrix: which area bears which goal, what is known not to be so, and what nobody has said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from vagvisare.editions.document import Edition, Link, Node
from vagvisare.terms.language import Text

AREA, DIRECTION, EFFECT_GOAL, OVERARCHING_GOAL, PERSPECTIVE, DESIRED_STATE = (
    "area",
    "direction",
    "effect_goal",
    "overarching_goal",
    "perspective",
    "desired_state",
)
"""Levels that the matrices look for; a strategy that calls its levels by other keys chooses them on the page."""

MUTUAL = frozenset({"conflicts_with", "aligned_with"})
"""Kinds of link that say the same in both directions."""


class Answer(StrEnum):
    """What is known of one cell. Unknown is a value of its own: it is never counted as no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the answer, the link that states it, and the answer in the edition before (None: not comparable)."""

    origin: str
    target: str
    answer: Answer
    link: Link | None = None
    before: Answer | None = None

    @property
    def changed(self) -> bool:
        """Whether the answer is another than in the edition before."""
        return self.before is not None and self.before is not self.answer


@dataclass(frozen=True, slots=True)
class Carried:
    """How one goal (or one area) comes out: cells that say yes, cells that say no, and cells nobody has filled in."""

    node: Node
    yes: tuple[str, ...]
    no: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows × columns of one kind of link, cell by cell."""

    kind: str
    rows: tuple[Node, ...]
    columns: tuple[Node, ...]
    cells: Mapping[tuple[str, str], Cell]
    by_column: dict[str, Carried] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Count every column once."""
        counted = {node.address: self._carried(node, [(row.address, node.address) for row in self.rows], 0)
                   for node in self.columns}  # fmt: skip
        object.__setattr__(self, "by_column", counted)

    def cell(self, row: str, column: str) -> Cell | None:
        """Return a cell by its addresses; None where a thing would be held against itself."""
        return self.cells.get((row, column))

    @property
    def size(self) -> int:
        """How many cells there are."""
        return len(self.cells)

    @property
    def unknown(self) -> int:
        """How many cells nobody has filled in."""
        return sum(cell.answer is Answer.UNKNOWN for cell in self.cells.values())

    @property
    def changed(self) -> tuple[Cell, ...]:
        """The cells whose answer is another than in the edition before."""
        return tuple(cell for cell in self.cells.values() if cell.changed)

    def fewest(self) -> tuple[Carried, ...]:
        """Return the columns by how few rows are known to bear them; among equals, those with most unknown last."""
        return tuple(sorted(self.by_column.values(), key=lambda each: (len(each.yes), len(each.unknown))))

    def of_row(self, row: Node) -> Carried:
        """Return how one row comes out."""
        return self._carried(row, [(row.address, column.address) for column in self.columns], 1)

    def silent_rows(self) -> tuple[Node, ...]:
        """Return the rows that are not known to bear anything."""
        return tuple(row for row in self.rows if not self.of_row(row).yes)

    def _carried(self, node: Node, keys: list[tuple[str, str]], side: int) -> Carried:
        yes, no, unknown = (
            tuple(key[side] for key in keys if key in self.cells and self.cells[key].answer is answer)
            for answer in (Answer.YES, Answer.NO, Answer.UNKNOWN)
        )
        return Carried(node, yes, no, unknown)


def matrix(  # two editions, each with the links stated beside it
    edition: Edition,
    kind: str,
    row_level: str,
    column_level: str,
    links: Iterable[Link] | None = None,
    before: Edition | None = None,
    links_before: Iterable[Link] | None = None,
) -> Matrix:
    """Lay out the links of one kind between two levels of an edition.

    Args:
        edition: whose nodes are the rows and columns, in its order.
        kind: a kind of link ("contributes_to").
        row_level: level of the rows.
        column_level: level of the columns.
        links: every link stated for the edition; its own when not given.
        before: the edition to compare each cell with.
        links_before: the same of the edition before.
    """
    stated = _stated(edition.links if links is None else links, kind)
    earlier = None if before is None else _stated(before.links if links_before is None else links_before, kind)
    rows, columns = edition.at(row_level), edition.at(column_level)
    cells = {}
    for row in rows:
        for column in columns:
            key = (row.address, column.address)
            if row is column:
                continue
            link = stated.get(key)
            old = None
            if before is not None and earlier is not None and {*key} <= before.by_address.keys():
                old = answer_of(earlier.get(key))
            cells[key] = Cell(*key, answer_of(link), link, old)
    return Matrix(kind, rows, columns, cells)


def answer_of(link: Link | None) -> Answer:
    """Return what a link says of its cell; no link says nothing."""
    if link is None:
        return Answer.UNKNOWN
    return Answer.NO if link.denied else Answer.YES


def _stated(links: Iterable[Link], kind: str) -> dict[tuple[str, str], Link]:
    stated: dict[tuple[str, str], Link] = {}
    for link in links:
        if link.kind == kind:
            stated[link.origin, link.target] = link
            if kind in MUTUAL:
                stated.setdefault((link.target, link.origin), link)
    return stated


def carried_words(carried: Carried) -> Text:
    """Say how many are known to bear a goal, and of how many nothing is said; unknown is never no."""
    yes, no, unknown = len(carried.yes), len(carried.no), len(carried.unknown)
    sv = [f"{yes} känt bidrag" if yes == 1 else f"{yes} kända bidrag" if yes else "inget känt bidrag"]
    en = [f"{yes} known contribution" if yes == 1 else f"{yes or 'no'} known contributions"]
    if no:
        sv.append(f"{no} bidrar inte")
        en.append(f"{no} {'does' if no == 1 else 'do'} not")
    if unknown:
        sv.append(f"{unknown} ej angivet")
        en.append(f"{unknown} not stated")
    return Text(", ".join(sv), ", ".join(en))


_HANDLED = "\n\nSå hanteras det: "


def conflict_text(conflict: str, handling: str) -> str:
    """Join what a goal conflict is and how it is handled into a link's rationale, readable as it stands."""
    return conflict.strip() + (_HANDLED + handling.strip() if handling.strip() else "")


def conflict_parts(rationale: str) -> tuple[str, str]:
    """Part a rationale into what the conflict is and how it is handled; the latter may be empty."""
    conflict, _, handling = rationale.partition(_HANDLED)
    return conflict, handling
