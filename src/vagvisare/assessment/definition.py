"""What an indicator *is*: the contract that every judgement of it is bound by.

Direction, unit class, limits, breaks, windows, targets, the smallest change that matters, and whom to compare with are
declared once, by a person, before any figure is judged. docs/method tells how each is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.unit import UNITS, Scale, Unit, UnitClass


class Direction(IntEnum):
    """Which way is better. NEUTRAL when neither is (population, house prices)."""

    HIGHER = 1
    LOWER = -1
    NEUTRAL = 0


class Collection(StrEnum):
    """How the figures were collected: a register counts everyone, a survey asks a sample."""

    REGISTER = "register"
    SURVEY = "survey"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class ReleaseRule:
    """When the producer usually publishes: month ``month``, ``years_after`` the last year of the period.

    Used to reconstruct what was known on an earlier day. A figure counts as known from the *last* day of the
    month, which never credits anybody with knowing too early.
    """

    years_after: int
    month: int

    def known_from(self, period: Period) -> date:
        """Return the first day on which the figure for ``period`` is taken as known."""
        year = period.end + self.years_after
        return date(year + 1, 1, 1) if self.month == 12 else date(year, self.month + 1, 1)


@dataclass(frozen=True, slots=True)
class Break:
    """A point in time from which figures are not fully comparable with those before.

    ``at`` is the first period of the new method. When ``cuts`` is true the trend window starts there; otherwise the
    break is drawn, sentences that span it say so, and no reversal is claimed across it.
    ``sibling`` names another data set that holds the same measure by the old method; a period in both makes the
    size of the break measurable.
    """

    at: Period
    note: Text
    cuts: bool = True
    sibling: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A declared shock (the pandemic): the years it touched, and its name in running text."""

    key: str
    first: int
    last: int
    name: Text

    def touches(self, period: Period) -> bool:
        """Tell whether ``period`` shares a year with the event."""
        return period.overlaps(Period(self.first, self.last))


class TargetKind(StrEnum):
    """The target types that Swedish regions write."""

    ABSOLUTE = "absolute"
    """Reach ``value`` (in the indicator's unit) by ``year``."""
    RELATIVE_TO_BASE = "relative_to_base"
    """Change by ``value`` per cent (−60 means minus sixty per cent) from ``base_year`` to ``year``."""
    INCREMENT = "increment"
    """Change by ``value`` in the indicator's unit ("öka med 5 000") from ``base_year`` to ``year``."""
    DIRECTION = "direction"
    """Move the right way; no level, no year."""
    FLOOR = "floor"
    """Stay at or above ``value``, every period."""
    CEILING = "ceiling"
    """Stay at or below ``value``, every period."""
    ABOVE_NATION = "above_nation"
    """Be better than riket, the same period (the indicator's direction says which side is better)."""
    CONVERGES = "converges"
    """Come nearer to riket ("närma sig riksgenomsnittet"): the distance to riket becomes smaller."""
    AS_FAST = "as_fast"
    """Improve at least as fast as riket, or as every territory in ``peers`` where some are named."""
    ABOVE_PEERS = "above_peers"
    """Be better than every territory in ``peers``, the same period."""
    ABOVE_COMPOSITE = "above_composite"
    """Be at least as good as the ``composite`` ("riket exkl. storstadslänen"), the same period."""
    RANK = "rank"
    """Hold place ``value`` or better among the counties ("Sveriges sjunde största")."""
    GAP_SHRINKS = "gap_shrinks"
    """The distance between the groups in ``groups`` becomes smaller."""


@dataclass(frozen=True, slots=True)
class Composite:
    """A territory made of others: riket without some counties.

    ``without`` are the codes left out; ``weight`` names the indicator whose figures weigh the territories (population
    where the measure is a share of everybody); ``name`` is how it reads ("riket utom storstadslänen").
    """

    name: Text
    without: tuple[str, ...]
    weight: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A level to pass on the way (delmål): ``value`` in the terms of the target it belongs to, by ``year``."""

    year: int
    value: float


@dataclass(frozen=True, slots=True)
class Target:
    """One target for one indicator, with where it is written.

    ``wording`` is the source's own words (Swedish); ``source`` says where they stand.
    ``reading`` explains, where needed, how the words were turned into arithmetic.
    """

    kind: TargetKind
    wording: str
    source: str
    value: float | None = None
    base_year: int | None = None
    year: int | None = None
    peers: tuple[str, ...] = ()
    groups: tuple[str, str] | None = None
    reading: Text | None = None
    composite: Composite | None = None
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A subset of people an indicator is broken down by, with its words.

    ``sex`` and ``background`` are the codes in the figures; ``name`` is how it reads after "bland"/"among"
    ("kvinnor", "personer födda i Sverige").
    """

    sex: str
    background: str
    name: Text


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two groups whose distance is followed: ``a`` is the group usually better off."""

    a: Group
    b: Group


@dataclass(frozen=True, slots=True)
class OrderedGroups:
    """Groups that stand in an order (levels of education, fifths by income), from the lowest step to the highest.

    ``groups`` are at least three; ``shares`` how large a part of the population each is, adding up to 1. They are held
    fixed over time, so that a population that grows better educated is not taken for a changed inequality. ``name`` is
    how the steps read after "över alla"/"across all" ("utbildningsnivåer", "levels of education").
    """

    key: str
    name: Text
    groups: tuple[Group, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another official definition of nearly the same thing, in this folder (``key``) or only named (``reference``)."""

    note: Text
    key: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator's full contract.

    ``subject`` is a definite noun phrase that opens a sentence ("andelen elever …", "utsläppen …"), lower case;
    ``plural`` governs the English verb. ``watches`` lists addresses of nodes in the edition (effect goals) the
    indicator watches. ``dataset`` names the file of figures; ``per`` optionally another data set to divide by, the
    quotient multiplied by ``per_scale``. ``background`` and ``sex`` pick one group as the headline where the data
    set has no total (research spending by sector); the group's own series stays beside it.
    ``smallest_change`` is the smallest change over the window that matters: percentage points for shares, per cent
    for log-scale units, the unit itself for signed ones. ``price_basis`` is "current", "fixed" or "" where no
    money is. ``group_subject`` is the subject without the headline's group, for sentences that name a group
    themselves ("bland kvinnor …"); None where ``subject`` already serves.

    ``protect`` is the threshold below which counts of people are hidden before anything is judged; None where the
    producer has already protected the figures. ``cell_key`` says that the producer did so with noise on every count, so
    that parts need not make their total.
    """

    key: str
    dataset: str
    title: Text
    subject: Text
    unit: str
    direction: Direction
    collection: Collection
    definition: Text
    plural: bool = False
    per: str = ""
    per_scale: float = 1.0
    background: str = ""
    limits: tuple[float, float] | None = None
    price_basis: str = ""
    release: ReleaseRule | None = None
    breaks: tuple[Break, ...] = ()
    targets: tuple[Target, ...] = ()
    watches: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    siblings: tuple[Sibling, ...] = ()
    comparison: tuple[str, ...] = ()
    smallest_change: float | None = None
    notes: tuple[Text, ...] = ()
    sex: str = ""
    group_subject: Text | None = None
    ordered_groups: tuple[OrderedGroups, ...] = ()
    protect: int | None = None
    cell_key: bool = False

    @property
    def unit_words(self) -> Unit:
        """The unit with its words."""
        return UNITS[self.unit]

    @property
    def scale(self) -> Scale:
        """The model scale of the unit's class."""
        return UNITS[self.unit].unit_class.scale

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The natural limits: declared, or 0–100 for shares."""
        if self.limits is not None:
            return self.limits
        return (0.0, 100.0) if UNITS[self.unit].unit_class is UnitClass.SHARE else None

    @property
    def meaningful_change(self) -> float | None:
        """The smallest change that matters: declared, else 1 percentage point (shares) or 2 per cent (log scale)."""
        if self.smallest_change is not None:
            return self.smallest_change
        return {Scale.LOGIT: 1.0, Scale.LOG: 2.0, Scale.LINEAR: None}[self.scale]
