"""What a judgement *is*. Start here: these values are what the numbers half computes and everything else reads.

Four answers are kept apart: ``Level`` (nivå), ``Trend`` (riktning), ``Pace`` (takt mot mål), ``Comparison``
(jämförelse). Beside them stand the observations that make news: ``Shock``, ``Reversal``, ``Gap``, a run of
changes with the same sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from vagvisare.assessment.definition import Break, Contrast, Event, Target
from vagvisare.terms.period import Period
from vagvisare.terms.series import SeriesKey
from vagvisare.terms.unit import Scale


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
    """Fewer than five independent points since the last break: only the level is stated."""
    NO_VARIATION = "no_variation"
    """Every figure is the same."""


@dataclass(frozen=True, slots=True)
class Window:
    """The points a trend was judged on.

    ``used`` are the independent periods, oldest first: since the last break that cuts, at most fifteen, and
    where multi-year windows overlap only those that share no year, counted backwards from the latest.
    ``available`` is how many points the series has in the same span before thinning.
    """

    used: tuple[Period, ...]
    available: int
    cut_by: Break | None = None
    thinned: bool = False

    @property
    def n(self) -> int:
        """Number of independent points."""
        return len(self.used)


@dataclass(frozen=True, slots=True)
class Trend:
    """Theil–Sen slope with the Mann–Kendall test, autocorrelation shrunk to 0.3 (docs/method).

    ``slope`` and its 95 % interval are per year on the model scale. ``level_start`` and ``level_end`` are the
    robust fit at the window's ends and ``change`` their difference, in the indicator's own unit; ``change_low``
    and ``change_high`` are its 90 % interval. For windows of fewer than five points all are NaN.
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
class Pace:
    """The pace towards one target.

    ``target_value`` is in the indicator's unit. ``needed`` is the change per year from the robust level now to
    the target, ``achieved`` the trend's change per year with its 95 % interval; all three per cent a year on the
    log scale, percentage points (or units) a year otherwise. ``ratio`` is achieved over needed on the model
    scale. NaN/None where the kind of target has no such number.
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


class GapVerdict(StrEnum):
    """What the distance between two groups does."""

    WIDENING = "ökar"
    SHRINKING = "minskar"
    UNCHANGED = "oförändrat"
    UNDETERMINED = "går inte att avgöra"


@dataclass(frozen=True, slots=True)
class Gap:
    """The distance between two groups, ``a`` minus ``b``, in the indicator's unit.

    ``levelling_down`` is True when the gap shrinks because the better-off group gets worse.
    """

    contrast: Contrast
    period: Period
    a: float
    b: float
    difference: float
    first_period: Period
    first_difference: float
    trend: Trend
    verdict: GapVerdict
    levelling_down: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """How far municipalities of a county lie apart: range, and who is lowest and highest."""

    period: Period
    lowest: tuple[str, float]
    highest: tuple[str, float]
    median: float
    of: int


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
