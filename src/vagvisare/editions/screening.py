"""Perspective screening: whether each direction takes up each perspective, and how far that has been asked at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from vagvisare.editions.document import Edition, Node
from vagvisare.editions.registers import Screening
from vagvisare.terms.language import Text


class Taken(StrEnum):
    """Whether a direction takes up a perspective. Unknown means that nobody has answered."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many directions take something up, partly or not, and how many nobody has answered for."""

    yes: int
    partly: int
    no: int
    unknown: int

    @property
    def asked(self) -> int:
        """How many have been answered."""
        return self.yes + self.partly + self.no

    @property
    def all(self) -> int:
        """How many there are."""
        return self.asked + self.unknown

    def words(self) -> Text:
        """Say the counts; what is not answered is said, never counted as no."""
        parts = [(self.yes, "ja", "yes"), (self.partly, "delvis", "partly"), (self.no, "nej", "no"),
                 (self.unknown, "ej besvarad" if self.unknown == 1 else "ej besvarade", "not answered")]  # fmt: skip
        return Text(
            ", ".join(f"{count} {sv}" for count, sv, _ in parts if count) or "inget att svara på",
            ", ".join(f"{count} {en}" for count, _, en in parts if count) or "nothing to answer",
        )


@dataclass(frozen=True, slots=True)
class Screened:
    """A screening laid out: directions as rows, perspectives as columns."""

    rows: tuple[Node, ...]
    perspectives: tuple[Node, ...]
    answers: Mapping[tuple[str, str], Screening]
    area_of: Mapping[str, str]

    def taken(self, row: str, perspective: str) -> Taken:
        """Return the answer of one cell."""
        found = self.answers.get((row, perspective))
        return Taken.UNKNOWN if found is None else Taken(found.answer)

    def coverage(self, perspective: str, area: str = "") -> Coverage:
        """Count one perspective over all directions, or over those of one area."""
        found = [
            self.taken(row.address, perspective) for row in self.rows if not area or self.area_of[row.address] == area
        ]
        return _counted(found)

    def of_area(self, area: str) -> Coverage:
        """Count every perspective over the directions of one area."""
        rows = [row.address for row in self.rows if self.area_of[row.address] == area]
        return _counted([self.taken(row, each.address) for row in rows for each in self.perspectives])

    def whole(self) -> Coverage:
        """Count every cell."""
        return _counted([self.taken(row.address, each.address) for row in self.rows for each in self.perspectives])

    def unanswered(self) -> tuple[tuple[str, str], ...]:
        """Return the cells nobody has answered, by direction and perspective."""
        return tuple(
            (row.address, each.address)
            for row in self.rows
            for each in self.perspectives
            if (row.address, each.address) not in self.answers
        )


def screened(
    edition: Edition, screenings: Iterable[Screening], row_level: str, perspective_level: str, area_level: str
) -> Screened:
    """Lay out the screenings of an edition; what is about nodes that are not in it is left out."""
    rows, perspectives = edition.at(row_level), edition.at(perspective_level)
    wanted = {(row.address, each.address) for row in rows for each in perspectives}
    answers = {(each.node, each.perspective): each for each in screenings if (each.node, each.perspective) in wanted}
    return Screened(rows, perspectives, answers, {row.address: area_above(edition, row, area_level) for row in rows})


def area_above(edition: Edition, node: Node, area_level: str) -> str:
    """Return the address of the area a node lies in (itself where it is one), or an empty text."""
    at: Node | None = node
    for _ in range(len(edition.nodes)):
        if at is None or at.level == area_level:
            break
        at = edition.by_address.get(at.parent)
    return "" if at is None or at.level != area_level else at.address


def _counted(found: list[Taken]) -> Coverage:
    return Coverage(*(found.count(each) for each in (Taken.YES, Taken.PARTLY, Taken.NO, Taken.UNKNOWN)))
