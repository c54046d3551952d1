"""What a sentence decides before it is put into words, once for both languages.

Which place in the ranking is worth a word, whether riket moved the same way, which verdicts the indicators of a goal
have: language only chooses the words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vagvisare.assessment.judgement import (
    Comparison,
    Gap,
    GapVerdict,
    Judgement,
    Movement,
    Pace,
    Run,
    Shock,
    Trend,
    Verdict,
)
from vagvisare.terms.period import Period
from vagvisare.terms.unit import Scale

WORTH_A_WORD = 3
"""Only the first three and the last three places are news."""

FEW_EXCEPTIONS = 3
"""As many municipalities are named one by one."""


@dataclass(frozen=True, slots=True)
class Extreme:
    """A place at either end of the ranking that no other county shares: ``place`` 1 is outermost."""

    highest: bool
    place: int
    margin: float
    """Distance in the unit to the next county towards the middle."""


def extreme(comparison: Comparison) -> Extreme | None:
    """Return the place when it is among the three highest or three lowest figures, and unshared."""
    if comparison.rank is None or comparison.tied > 1:
        return None
    above = [v for _, v in comparison.values if v > comparison.value]
    below = [v for _, v in comparison.values if v < comparison.value]
    highest = len(above) < len(below)
    place = min(len(above), len(below)) + 1
    inner = below if highest else above
    if place > WORTH_A_WORD or not inner:
        return None
    margin = comparison.value - max(inner) if highest else min(inner) - comparison.value
    return Extreme(highest, place, margin)


def inner(compared: Comparison, place: Extreme) -> float:
    """Return the figure of the next county towards the middle."""
    return compared.value - place.margin if place.highest else compared.value + place.margin


class Nation(StrEnum):
    """How riket's deviation during an event stands to the county's, each in its own noise."""

    SAME = "same"
    LIKEWISE = "likewise"
    ALONE = "alone"
    OPPOSITE = "opposite"
    UNKNOWN = "unknown"


def nation_during(shock: Shock) -> Nation:
    """Tell whether a county's shock was the whole country's.

    SAME within one standard deviation, LIKEWISE when riket too strayed by two or more the same way, OPPOSITE when it
    strayed the other way, ALONE when riket kept its path.
    """
    if shock.nation_deviation is None:
        return Nation.UNKNOWN
    together = shock.nation_deviation * shock.deviation > 0
    if together and abs(shock.nation_deviation - shock.deviation) <= 1:
        return Nation.SAME
    if abs(shock.nation_deviation) < 2:
        return Nation.ALONE
    return Nation.LIKEWISE if together else Nation.OPPOSITE


def with_nation(trend: Trend, nation: Movement | None) -> int:
    """Return 1 when riket's figure moves the same way, −1 when the other way, 0 when nothing can be said."""
    ways = {Movement.RISING: 1, Movement.FALLING: -1}
    return ways.get(trend.movement, 0) * ways.get(nation, 0) if nation is not None else 0


def every_year(run: Run, latest: Period) -> bool:
    """Tell whether the changes of a run came one a year, so that "femte året i rad" is true."""
    return latest.years == 1 and latest.end - run.since.end == run.length


@dataclass(frozen=True, slots=True)
class Tally:
    """How many indicators of one goal have each verdict; ``left_out`` more watch it but are not counted."""

    improving: int = 0
    worsening: int = 0
    unchanged: int = 0
    undetermined: int = 0
    left_out: int = 0

    @property
    def total(self) -> int:
        """How many indicators are counted."""
        return self.improving + self.worsening + self.unchanged + self.undetermined

    @property
    def decided(self) -> int:
        """How many have a trend that could be told."""
        return self.total - self.undetermined

    @property
    def agree(self) -> bool:
        """Tell whether all have the same verdict."""
        return self.total in (self.improving, self.worsening, self.unchanged, self.undetermined)


def tally(verdicts: Iterable[Verdict], left_out: int = 0) -> Tally:
    """Count verdicts."""
    all_of = list(verdicts)
    return Tally(
        improving=all_of.count(Verdict.IMPROVING),
        worsening=all_of.count(Verdict.WORSENING),
        unchanged=all_of.count(Verdict.UNCHANGED),
        undetermined=all_of.count(Verdict.UNDETERMINED),
        left_out=left_out,
    )


def gap_of(pace: Pace, judgement: Judgement) -> Gap | None:
    """Return the gap a target about groups speaks of, or None where the figures have no such groups."""
    for gap in judgement.gaps:
        codes = {f"{g.sex}/{g.background}" for g in (gap.contrast.a, gap.contrast.b)}
        if pace.target.groups is not None and codes == set(pace.target.groups):
            return gap
    return None


def parts_ways(scale: Scale, gap: Gap) -> bool:
    """Tell whether a gap in a quantity goes one way in the unit and the other way in per cent.

    Of shares the relative gap is that of the odds, which stands in the explanation and not in the sentence.
    """
    ways = {gap.verdict, gap.relative_verdict}
    return scale is Scale.LOG and ways == {GapVerdict.WIDENING, GapVerdict.SHRINKING}
