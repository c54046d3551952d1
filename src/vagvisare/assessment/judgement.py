"""What a judgement *is*. Start here: these values are what the numbers half computes and everything else reads.

Four answers are kept apart: ``Level`` (nivå), ``Trend`` (riktning), ``Pace`` (takt mot mål), ``Comparison``
(jämförelse). Beside them stand the observations that make news: ``Shock``, ``Reversal``, ``Gap``, a run of
changes with the same sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vagvisare.assessment.definition import Break, Event, Target
from vagvisare.assessment.gaps.distance import Gap, GapVerdict, Moved, OrderedGap, Slope, Spread
from vagvisare.terms.period import Period
from vagvisare.terms.series import SeriesKey
from vagvisare.terms.unit import Scale

__all__ = ["Gap", "GapVerdict", "Moved", "OrderedGap", "Slope", "Spread"]
# Distances between groups and places belong to a judgement and are read from here; they have a file of their own.


class Verdict(StrEnum):
    """The four verdicts. *Går inte att avgöra* (cannot be determined) is an answer, not a failure."""

    IMPROVING = "förbättras"
    WORSENING = "försämras"
    UNCHANGED = "oförändrat"
    UNDETERMINED = "går inte att avgöra"


class Movement(StrEnum):
    """Which way the figure itself moves, before anybody says whether that is good."""

    RISING = "ökar"
    FALLING = "minskar"
    STILL = "oförändrat"
    UNKNOWN = "går inte att avgöra"


class Reason(StrEnum):
    """Why a trend verdict is what it is; each has a sentence in both languages in ``findings``."""

    SIGNIFICANT = "significant"
    """p < 0.05 by the Mann–Kendall test."""
    INSIDE_SMALLEST_CHANGE = "inside_smallest_change"
    """The 90 % interval of the total change lies inside ± the smallest change that matters."""
    NOISE = "noise"
    """Neither a change nor its absence can be told from noise."""
    TOO_FEW = "too_few"
    """Fewer than five points, or overlapping ones worth fewer than four, since the last break: only a level is said."""
    NO_VARIATION = "no_variation"
    """Every figure is the same."""
    HELD = "held"
    """An earlier edition's verdict stands: p has risen above 0.05 but not above 0.20 (hysteresis)."""


@dataclass(frozen=True, slots=True)
class Window:
    """The points a trend was judged on.

    ``used`` are the periods, oldest first: since the last break that cuts, at most fifteen, or twenty-five where
    windows of several years overlap. ``effective`` is how many measurements of separate years they are worth: their
    number, or fewer where they overlap.
    """

    used: tuple[Period, ...]
    effective: float
    cut_by: Break | None = None

    @property
    def overlapping(self) -> bool:
        """Tell whether any of the periods share a year."""
        return self.effective < len(self.used)

    @property
    def n(self) -> int:
        """Number of points."""
        return len(self.used)


@dataclass(frozen=True, slots=True)
class Trend:
    """Theil–Sen slope with the Mann–Kendall test, autocorrelation shrunk to 0.3 (docs/method).

    ``slope`` and its 95 % interval are per year on the model scale. ``level_start`` and ``level_end`` are the
    robust fit at the window's ends and ``change`` their difference, in the indicator's own unit; ``change_low``
    and ``change_high`` are its 90 % interval. For windows of fewer than five points all are NaN. ``earlier`` is the
    verdict of the edition before, where one was given to weigh in.
    """

    verdict: Verdict
    movement: Movement
    reason: Reason
    window: Window
    scale: Scale
    slope: float
    slope_low: float
    slope_high: float
    s: int
    p: float
    exact: bool
    rho: float
    inflation: float
    level_start: float
    level_end: float
    change: float
    change_low: float
    change_high: float
    earlier: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """Where things stand: the latest figure."""

    period: Period
    value: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The latest figure beside others', same period, same definition.

    ``rank`` counts from the best (or from the highest where direction is neutral), ties share the better rank;
    ``of`` is how many counties have a figure; None when fewer than fifteen of the 21 do. ``best``/``worst`` are
    True only when no other county shares the place. ``nation`` is riket's value, ``peers`` maps territory to
    value, ``nation_trend`` is riket's own movement. ``own_change_minus_nation`` is the slope's difference on the
    model scale: is it us or the whole country?
    """

    period: Period
    value: float
    rank: int | None
    tied: int
    of: int
    best: bool
    worst: bool
    nation: float | None
    peers: tuple[tuple[str, float], ...]
    nation_movement: Movement | None
    values: tuple[tuple[str, float], ...]


class PaceVerdict(StrEnum):
    """How the pace stands against the target."""

    REACHED = "målet är nått"
    ON_PACE = "i takt"
    TOO_SLOW = "för långsamt"
    WRONG_WAY = "fel riktning"
    RIGHT_WAY = "rätt riktning"
    NOT_REACHED = "målet är inte nått"
    UNDETERMINED = "går inte att avgöra"


@dataclass(frozen=True, slots=True)
class Yearly:
    """Needed and achieved change a year in one way of counting, with the 95 % interval of the achieved."""

    needed: float | None
    achieved: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Pace:
    """The pace towards one target.

    ``target_value`` is in the indicator's unit. ``needed`` is the change per year from the robust level now to
    the target, ``achieved`` the trend's change per year with its 95 % interval; all three per cent a year on the
    log scale, percentage points (or units) a year otherwise. ``ratio`` is achieved over needed on the model
    scale. NaN/None where the kind of target has no such number.

    ``linear`` counts the same in units a year, ``geometric`` in per cent a year (None where figures are not all
    positive). ``projected`` is the projection for the target's year with its 80 % band; ``chance`` the calibrated
    probability that the target is met then, None with fewer than eight points or without a calibration. ``beside``
    maps territories (or "composite") to the figure, or for AS_FAST the change a year, they are compared by; ``rank``
    and ``of`` are for RANK; ``distance`` and ``first_distance`` for CONVERGES (to riket, latest and first shared
    period) and GAP_SHRINKS (between the groups). ``milestones`` has one pace for each milestone of the target, in order
    of year.

    ``course`` is the trend behind the verdict where that is not the series' own: of the distance to riket (CONVERGES)
    or between groups (GAP_SHRINKS), or own over the periods shared with those it is compared with (AS_FAST and a dated
    ABOVE_NATION, whose ``needed`` is what it takes to be level with riket that year). ``broken`` are the periods since
    the window's start on the wrong side of a floor or ceiling, ``crosses`` the year the projection passes it.
    ``lacking`` names territories without a figure, ``weighed`` the period of a composite's weights. ``difference``
    (AS_FAST) is own change a year minus that of the first in ``beside``, with its 95 % interval. ``levelling_down`` is
    True where a distance shrinks only because those ahead get worse (GAP_SHRINKS, CONVERGES). ``decided`` is the figure
    that decided a level whose year has come.
    """

    target: Target
    verdict: PaceVerdict
    target_value: float | None = None
    level_now: float | None = None
    needed: float | None = None
    achieved: float | None = None
    achieved_low: float | None = None
    achieved_high: float | None = None
    ratio: float | None = None
    share_of_way: float | None = None
    beaten: tuple[str, ...] = ()
    linear: Yearly | None = None
    geometric: Yearly | None = None
    projected: float | None = None
    projected_low: float | None = None
    projected_high: float | None = None
    chance: float | None = None
    beside: tuple[tuple[str, float], ...] = ()
    rank: int | None = None
    of: int | None = None
    distance: float | None = None
    first_distance: float | None = None
    milestones: tuple[Pace, ...] = ()
    course: Trend | None = None
    broken: tuple[Period, ...] = ()
    crosses: int | None = None
    lacking: tuple[str, ...] = ()
    weighed: Period | None = None
    difference: tuple[float, float, float] | None = None
    levelling_down: bool = False
    decided: Level | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What one coming period may bring, in the indicator's unit; bands are None where nothing calibrates them."""

    period: Period
    value: float
    low_80: float | None = None
    high_80: float | None = None
    low_95: float | None = None
    high_95: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """How well projections of one class of units have held: the receipt behind a band.

    ``coverage_80`` and ``coverage_95`` are the shares of later figures that fell inside the bands, per horizon in
    years from 1, measured on series that did not calibrate them; ``origins`` how many forecasts were checked, and
    ``forecasts`` how many of them per horizon. Per horizon ``borrowed`` is how much of the band (0 to 1) rests on all
    classes together, and ``checked`` names the class whose forecasts were checked (``all`` where it has none).
    ``day`` is the day of the newest figures measured on.
    """

    unit_class: str
    origins: int
    coverage_80: tuple[float, ...]
    coverage_95: tuple[float, ...]
    forecasts: tuple[int, ...] = ()
    borrowed: tuple[float, ...] = ()
    checked: tuple[str, ...] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Projection:
    """Where the figure goes if it goes on as before: the last figure plus a shrunk, damped Theil–Sen drift.

    ``drift`` is the first year's step on the model scale after shrinking by ``weight`` (0 to 1) and damping.
    ``ahead`` are the coming periods, nearest first. ``spread`` is the series' own noise on the model scale, in which
    earlier misses are counted; ``n`` the number of points behind the drift; ``bounds`` the natural limits and
    ``unit_class`` the class of units its bands are those of.
    """

    origin: Period
    last: float
    drift: float
    weight: float
    scale: Scale
    ahead: tuple[Outlook, ...]
    measured: Measured | None = None
    bounds: tuple[float, float] | None = None
    spread: float = 0.0
    n: int = 0
    unit_class: str = ""


class Size(StrEnum):
    """Size words on a scale of noise: below one SD, one to three, above three or 20 per cent."""

    SLIGHT = "något"
    PLAIN = ""
    SHARP = "kraftigt"


@dataclass(frozen=True, slots=True)
class Shock:
    """How far the figure strayed from its own path during a declared event.

    ``expected`` comes from the robust line through the years before the event; ``sd`` is the noise around it on the
    model scale, ``deviation`` the stray in units of it. ``nation_deviation`` is the same for riket, so that a
    national shock is not read as the county's own. ``without`` is the trend with the event's years left out; ``since``
    the first of the years the line was drawn through.
    """

    event: Event
    period: Period
    expected: float
    observed: float
    deviation: float
    size: Size
    movement: Movement
    nation_deviation: float | None
    without: Trend
    changes_verdict: bool
    since: Period | None = None


@dataclass(frozen=True, slots=True)
class Reversal:
    """The latest change goes against the trend, and is larger than the noise.

    ``nation_before`` and ``nation_change`` are riket's figure in the first of the two periods and its change between
    them: a turn that all of Sweden took is not the county's own. None for riket itself, and where it lacks a figure.
    """

    period: Period
    previous: Period
    change: float
    deviation: float
    size: Size
    movement: Movement
    nation_before: float | None = None
    nation_change: float | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """How many changes in a row, ending with the latest, went the same way (at least one)."""

    movement: Movement
    length: int
    since: Period


@dataclass(frozen=True, slots=True)
class Overlap:
    """The size of a break: both methods' figures for one period."""

    at: Break
    period: Period
    old: float
    new: float

    @property
    def per_cent(self) -> float:
        """How much higher (or lower) the new method's figure is, in per cent of the old."""
        return (self.new / self.old - 1) * 100


@dataclass(frozen=True, slots=True)
class WithoutEvent:
    """The trend with a declared event's years left out: does the verdict rest on them?"""

    event: Event
    trend: Trend
    changes_verdict: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything computed about one series.

    ``without_events`` has one entry for each declared event that touches the trend's window, whether or not the
    figure strayed then (``shocks``).
    """

    key: SeriesKey
    level: Level
    trend: Trend
    comparison: Comparison | None = None
    paces: tuple[Pace, ...] = ()
    shocks: tuple[Shock, ...] = ()
    reversal: Reversal | None = None
    run: Run | None = None
    gaps: tuple[Gap, ...] = ()
    spread: Spread | None = None
    overlaps: tuple[Overlap, ...] = ()
    without_events: tuple[WithoutEvent, ...] = ()
    projection: Projection | None = None
    ordered_gaps: tuple[OrderedGap, ...] = ()
