"""What a closer look at one series holds: the values behind "håller det?", one for each question.

Judging asks the same of every series; a closer look asks more of the few that are spoken of. Each value is computed in
the module that its docstring names.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vagvisare.assessment.definition import Break, Event
from vagvisare.assessment.judgement import Trend
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series
from vagvisare.terms.unit import Scale


class Interval(StrEnum):
    """Where the interval around a figure comes from."""

    GIVEN = "given"
    """The producer published it."""
    WILSON = "wilson"
    """Computed from a share and the number of people asked or counted."""
    BYAR = "byar"
    """Computed from a count of events."""
    STANDARD_ERROR = "standard_error"
    """The producer published a standard error."""
    NONE = "none"
    """Nothing to compute it from."""


@dataclass(frozen=True, slots=True)
class Noise:
    """How much of the latest change could be noise (``noise``).

    ``low`` and ``high`` are the 95 % interval of the latest figure, from ``source``. ``limits`` are the process limits
    around the trend line's latest point (XmR: 2.66 mean moving ranges), ``change`` the latest change, and the two
    margins what sampling and the process alone may change a figure from one period to the next (95 %); all in the
    indicator's unit. ``news`` is True when the change exceeds every margin there is, None where there is none.
    ``broken`` is a break between the two periods: figures on either side of it are not compared, and ``news`` is None.
    """

    period: Period
    source: Interval
    low: float | None
    high: float | None
    limits: tuple[float, float] | None
    previous: Period | None
    change: float | None
    sampling_margin: float | None
    process_margin: float | None
    news: bool | None
    broken: Break | None = None


class Rule(StrEnum):
    """What made a candidate: the maximum level shift, or one of the four rules of the XmR chart."""

    LEVEL_SHIFT = "level_shift"
    OUTSIDE = "outside"
    SAME_SIDE = "same_side"
    TREND = "trend"
    TWO_IN_THREE = "two_in_three"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A shock or break nobody has declared, offered and never applied (``candidate``).

    ``period`` is the first at the new level, or the odd one out. ``before`` and ``after`` are levels in the indicator's
    unit. ``p`` is the permutation probability (None for XmR rules). ``declared`` names the event or break that already
    explains it; ``nation`` is True when riket shows one in the same period.
    """

    rule: Rule
    period: Period
    before: float
    after: float
    p: float | None
    declared: Event | Break | None = None
    nation: bool | None = None


class Whose(StrEnum):
    """Is it us or the whole country?"""

    OURS = "ours"
    """The difference to riket is clear of noise."""
    EVERYBODYS = "everybodys"
    """Riket moves the same way, and no difference can be told."""
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """The county's change a year beside riket's over the same periods: difference in differences (``own_course``).

    Changes are per year as people say them (per cent on the log scale, else units). ``nation`` is what riket's pace
    would have meant at the territory's own level, and ``difference`` is ``own`` minus that. The 95 % interval is that
    of the distance to riket followed period by period. ``event`` is set when the change is across a declared event
    instead: then the three are distances at ``until`` from the path through the periods from ``since`` to the event.
    ``relative`` tells whether they are per cent, ``n`` how many shared periods they rest on.
    """

    since: Period
    until: Period
    own: float
    nation: float
    difference: float
    low: float
    high: float
    whose: Whose
    event: Event | None = None
    relative: bool = False
    n: int = 0


@dataclass(frozen=True, slots=True)
class Splice:
    """Old and new method joined where both have figures (``splice``).

    ``shift`` is what was added to the older figures on the model scale ``scale``, from the ``overlap`` periods;
    ``apart`` how far the distance between the methods was from it at most, None where only one period is shared and
    nothing is known of how steady it is. ``series`` is the spliced series, in which the ``moved`` periods are the older
    method's; ``trend`` its trend, shown beside the unspliced one and never instead of it.
    """

    at: Break
    overlap: tuple[Period, ...]
    shift: float
    series: Series
    trend: Trend
    scale: Scale
    apart: float | None
    moved: tuple[Period, ...]


class Choice(StrEnum):
    """What a reasonable analyst could have chosen otherwise."""

    WINDOW = "window"
    WITHOUT_EVENT = "without_event"
    WITHOUT_LATEST = "without_latest"
    DEFINITION = "definition"
    SPLICED = "spliced"
    BASE_YEAR = "base_year"


@dataclass(frozen=True, slots=True)
class Alternative:
    """One other reasonable choice, and the verdict it gives.

    ``detail`` says which: the years of the window ("2016-2025"), the period left out, the event's key, the sibling's
    key, the period spliced at, or base and target year ("2004:2030", "2004-2006:2030" for a mean of three years).
    ``verdict`` is the word for the trend, or for a base year, for the pace.
    """

    choice: Choice
    detail: str
    verdict: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Robustness:
    """The same finding under other reasonable choices (``robustness``): "håller i 4 av 5 rimliga val".

    ``verdict`` is the trend's word, or where neither direction is better the movement's.
    """

    verdict: str
    alternatives: tuple[Alternative, ...]

    @property
    def of(self) -> int:
        """How many choices were tried."""
        return len(self.alternatives)

    @property
    def holds(self) -> int:
        """How many of them give the same verdict."""
        return sum(each.holds for each in self.alternatives)


@dataclass(frozen=True, slots=True)
class Translated:
    """What a published method says of the same figures (``translations``).

    ``value`` is the method's own progress value, unrounded; ``score`` its score where it has one. ``reason`` says in
    English how the status was reached. ``direction`` is −1, 0 or 1: does the status say worse, neither, better?
    """

    method: str
    status: str
    value: float | None
    score: float | None
    reason: str
    direction: int


@dataclass(frozen=True, slots=True)
class Closer:
    """Everything a closer look found about one series."""

    noise: Noise | None = None
    candidates: tuple[Candidate, ...] = ()
    own_courses: tuple[OwnCourse, ...] = ()
    splice: Splice | None = None
    robustness: Robustness | None = None
    translations: tuple[Translated, ...] = ()
