"""A matrix as the page draws it: rows and columns with headings, and cells that are buttons with full names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from vagvisare.editions.document import Edition, Node
from vagvisare.terms.language import Text
from vagvisare.web.revision.linking.desk import FRAMEWORK, title_of

WORDS = {
    "yes": Text("ja", "yes"),
    "partly": Text("delvis", "partly"),
    "no": Text("nej", "no"),
    "unknown": Text("ej angivet", "not stated"),
}
"""What an answer is called; what nobody has said is said to be so."""

MARKS = {"yes": Text("ja", "yes"), "partly": Text("del", "part"), "no": Text("nej", "no"), "unknown": Text("·", "·")}
"""What stands in the cell itself, where there is room for a few letters."""

BETWEEN = "|"
"""Joins the two addresses of a cell; no address holds it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of one cell, from whichever table it comes."""

    answer: str
    version: int = 0
    reasoned: bool = False
    before: str | None = None


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell as a button: its value, what stands in it, and its full name."""

    value: str
    said: Said
    name: Text

    @property
    def mark(self) -> Text:
        """What stands in the button."""
        return MARKS[self.said.answer]

    @property
    def word(self) -> Text:
        """What stands in the button where there is room for a whole word."""
        return WORDS[self.said.answer]

    @property
    def changed(self) -> bool:
        """Whether the edition before answered otherwise."""
        return self.said.before is not None and self.said.before != self.said.answer


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its node, its heading, whether this person may change it, and its cells (None: held against itself).

    ``group`` is the heading of what it lies under, on the first row of each such group.
    """

    node: Node
    title: Text
    open: bool
    cells: tuple[GridCell | None, ...]
    group: Text | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Columns that lie under the same node, and how many they are; no title where they lie under none."""

    title: Text | None
    span: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A whole matrix as the page draws it."""

    columns: tuple[tuple[Node, Text], ...]
    groups: tuple[Group, ...]
    rows: tuple[GridRow, ...]

    @property
    def upright(self) -> bool:
        """Whether the columns are so many that their headings must stand on end."""
        return len(self.columns) > 7

    def row(self, address: str) -> GridRow | None:
        """Return the row of an address, the first when there is none of it."""
        return next((row for row in self.rows if row.node.address == address), self.rows[0] if self.rows else None)


def grid(
    edition: Edition,
    rows: Iterable[Node],
    columns: Iterable[Node],
    said: Callable[[Node, Node], Said | None],
    verb: Text,
    may: Callable[[str], bool],
) -> Grid:
    """Lay out a grid.

    Args:
        edition: the nodes' own, for what the columns lie under.
        rows: nodes of the rows.
        columns: nodes of the columns.
        said: what is known of a cell; None where there can be none.
        verb: how row and column are joined in a name ("bidrar till").
        may: whether the person may change the row of an address.
    """
    across = tuple((node, title_of(node)) for node in columns)
    below = list(rows)
    first = {
        id(row)
        for row, before in zip(below, [None, *below], strict=False)
        if before is None or row.parent != before.parent
    }
    laid = tuple(
        GridRow(
            row,
            title_of(row),
            may(row.address),
            tuple(
                None if known is None else _cell(row, node, title, known, verb)
                for node, title in across
                for known in [said(row, node)]
            ),
            _above(edition, row) if id(row) in first else None,
        )
        for row in below
    )
    return Grid(across, _groups(edition, [node for node, _ in across]), laid)


def cell_name(row: Text, column: Text, said: Said, verb: Text) -> Text:
    """Return a cell's full name, as a screen reader says it."""
    sv = f"{row.sv} {verb.sv} {column.sv}: {WORDS[said.answer].sv}"
    en = f"{row.en} {verb.en} {column.en}: {WORDS[said.answer].en}"
    if said.before is not None and said.before != said.answer:
        sv += f", förut {WORDS[said.before].sv}"
        en += f", before {WORDS[said.before].en}"
    if said.reasoned:
        sv, en = f"{sv}, skäl finns", f"{en}, reason given"
    return Text(sv, en)


def parted(value: str) -> tuple[str, str]:
    """Part a cell's value into its two addresses."""
    row, _, column = value.partition(BETWEEN)
    return row, column


def _cell(row: Node, column: Node, title: Text, known: Said, verb: Text) -> GridCell:
    return GridCell(f"{row.address}{BETWEEN}{column.address}", known, cell_name(title_of(row), title, known, verb))


def _above(edition: Edition, node: Node) -> Text | None:
    """Return the heading of what a node lies under; framework is none."""
    above = edition.by_address.get(node.parent)
    return None if above is None or above.level in FRAMEWORK else title_of(above)


def _groups(edition: Edition, columns: list[Node]) -> tuple[Group, ...]:
    found = []
    for _, below in groupby(columns, key=lambda node: node.parent):
        nodes = list(below)
        found.append(Group(_above(edition, nodes[0]), len(nodes)))
    return tuple(found) if any(group.title for group in found) else ()
