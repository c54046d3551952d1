"""Evidence against areas: what is known of which item affects which area, and how much of it is still unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vagvisare.editions.registers import Evidence

YES, NO, UNKNOWN = "yes", "no", "unknown"


@dataclass(frozen=True, slots=True)
class RowCoverage:
    """One item of evidence: the areas entered as affected, beside the source's own count."""

    evidence: Evidence
    entered: int
    stated: int
    unknown: int

    @property
    def complete(self) -> bool:
        """Whether as many areas are entered as the source counts."""
        return self.entered == self.stated

    @property
    def short(self) -> bool:
        """Whether so many are denied that the source's count can no longer be reached."""
        return self.entered + self.unknown < self.stated


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """One area: how many items are known to affect it, how many not, and how many nobody has said."""

    area: str
    yes: int
    no: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole matrix in numbers; ``stated`` is the sum of the sources' own counts."""

    rows: tuple[RowCoverage, ...]
    areas: tuple[AreaCoverage, ...]
    entered: int
    stated: int
    possible: int

    @property
    def unserved(self) -> tuple[str, ...]:
        """The areas that no item is known to affect, which is not to say that none does."""
        return tuple(area.area for area in self.areas if area.yes == 0)


def answer(evidence: Evidence, area: str) -> str:
    """Return "yes", "no" or "unknown" for one cell."""
    return YES if area in evidence.areas else NO if area in evidence.other_areas else UNKNOWN


def coverage(items: Sequence[Evidence], areas: Sequence[str]) -> Coverage:
    """Count the matrix of ``items`` against ``areas``, every total from the items themselves."""
    rows = tuple(RowCoverage(item, len(item.areas), item.areas_affected, len(_silent(item, areas))) for item in items)
    columns = tuple(_column(items, area) for area in areas)
    return Coverage(
        rows, columns, sum(row.entered for row in rows), sum(row.stated for row in rows), len(items) * len(areas)
    )


def _silent(item: Evidence, areas: Sequence[str]) -> list[str]:
    return [area for area in areas if answer(item, area) == UNKNOWN]


def _column(items: Sequence[Evidence], area: str) -> AreaCoverage:
    answers = [answer(item, area) for item in items]
    return AreaCoverage(area, answers.count(YES), answers.count(NO), answers.count(UNKNOWN))
