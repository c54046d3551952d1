"""What is said of the changes, held against them: the draft's own list, an edition's, or what somebody types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vagvisare.editions.comparison import Holds, Weighed
from vagvisare.editions.document import Source, StatedChange
from vagvisare.editions.stated import weigh_all
from vagvisare.publications.pages.editions import HOLDS_SHAPES
from vagvisare.publications.pages.phrases_editions import EDITIONS
from vagvisare.terms.language import Text
from vagvisare.web.revision.changes.comparing import Beside

MOST = 60
"""Statements typed at a time."""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement and the verdict on it."""

    stated: StatedChange
    weighed: Weighed

    @property
    def shape(self) -> str:
        """The verdict as a sign, beside the words."""
        return HOLDS_SHAPES[self.weighed.holds]

    @property
    def verdict(self) -> Text:
        """The verdict in words."""
        return EDITIONS[f"holds_{self.weighed.holds.value}"]


def typed(text: str, area: str) -> tuple[StatedChange, ...]:
    """Return what somebody typed as statements about an area (empty: about everything), one a line."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return tuple(StatedChange(area, line, Source("-")) for line in lines if line)[:MOST]


def held(statements: Sequence[StatedChange], beside: Beside) -> tuple[Said, ...]:
    """Weigh statements against what was changed, in their order."""
    if beside.comparison is None:
        return ()
    weighed = weigh_all(statements, beside.comparison, beside.strategy.levels)
    return tuple(Said(stated, each) for stated, each in zip(statements, weighed, strict=True))


def counted(said: Sequence[Said]) -> list[tuple[str, Text, int]]:
    """Return how many statements got each verdict: sign, words, number."""
    return [
        (HOLDS_SHAPES[holds], EDITIONS[f"holds_{holds.value}"], sum(each.weighed.holds is holds for each in said))
        for holds in Holds
    ]
