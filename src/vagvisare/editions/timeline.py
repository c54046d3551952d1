"""The timeline as it was planned and as it went: contradictions between sources, slip, and broken order.

A date is known to a year, a month or a day, and nothing finer is ever assumed: "2021" is every day of 2021.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from vagvisare.editions.registers import DateClaim, Occasion

PLANNED, ACTUAL = "planned", "actual"


@dataclass(frozen=True, slots=True)
class Window:
    """The days a date may be: from ``first`` to ``last``, the same for a date known to the day."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Claims of one kind about one step that cannot all be true.

    ``days`` is how far apart the farthest two are, when every one of them is known to the day; ``side`` is "start" or
    "end".
    """

    occasion: Occasion
    kind: str
    claims: tuple[DateClaim, ...]
    side: str
    days: int | None


@dataclass(frozen=True, slots=True)
class Slip:
    """How much later than planned a step was done: between ``least`` and ``most`` days (negative is earlier).

    ``months`` are the whole months of the certain part.
    """

    occasion: Occasion
    planned: DateClaim
    actual: DateClaim
    least: int
    most: int
    months: int

    @property
    def late(self) -> bool:
        """Whether it was later than planned, however the dates are read."""
        return self.least > 0

    @property
    def early(self) -> bool:
        """Whether it was earlier than planned, however the dates are read."""
        return self.most < 0


@dataclass(frozen=True, slots=True)
class BrokenOrder:
    """A step that begins before one it waits for is done; ``certain`` unless another source's date would heal it."""

    occasion: Occasion
    waits_for: Occasion
    certain: bool


def window(text: str) -> Window | None:
    """Return the days that ISO text of any precision may mean; None for text that is no date."""
    try:
        parts = [int(part) for part in text.split("-")]
        if len(parts) == 1:
            return Window(date(parts[0], 1, 1), date(parts[0], 12, 31))
        year, month, *rest = parts
        if not rest:
            return Window(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        day = date(year, month, *rest)
    except (ValueError, TypeError):
        return None
    return Window(day, day)


def contradictions(occasions: Iterable[Occasion]) -> tuple[Contradiction, ...]:
    """Return where claims of the same kind exclude each other; a coarser date does not contradict one within it."""
    found = []
    for occasion in occasions:
        for kind in (PLANNED, ACTUAL):
            claims = tuple(claim for claim in occasion.claims if claim.kind == kind)
            for side in ("start", "end"):
                told = [(claim, w) for claim in claims if (w := window(getattr(claim, side)))]
                if any(_apart(a, b) for _, a in told for _, b in told):
                    found.append(Contradiction(occasion, kind, tuple(c for c, _ in told), side, _spread(told)))
    return tuple(found)


def slips(occasions: Iterable[Occasion]) -> tuple[Slip, ...]:
    """Return, for every step with both, the days between when it was to be done and when it was: one for each plan."""
    found = []
    for occasion in occasions:
        plans = {(c.start, c.end): c for c in reversed(occasion.claims) if c.kind == PLANNED}
        outcomes = {(c.start, c.end): c for c in reversed(occasion.claims) if c.kind == ACTUAL}
        for planned in reversed(plans.values()):
            for actual in reversed(outcomes.values()):
                slip = _slip(occasion, planned, actual)
                if slip is not None:
                    found.append(slip)
    return tuple(found)


def broken_order(occasions: Sequence[Occasion]) -> tuple[BrokenOrder, ...]:
    """Return the steps that begin before what they wait for is done, and those that wait for themselves.

    What happened counts before what was planned. The same day is in order.
    """
    by_key = {occasion.key: occasion for occasion in occasions}
    found = []
    for occasion in occasions:
        for key in occasion.after:
            first = by_key.get(key)
            if first is None:
                continue
            if _waits_for(first, occasion, by_key):
                found.append(BrokenOrder(occasion, first, certain=True))
                continue
            begins, done = _windows(occasion, "start"), _windows(first, "end")
            pairs = [b.last < d.first for b in begins for d in done]
            if any(pairs):
                found.append(BrokenOrder(occasion, first, certain=all(pairs)))
    return tuple(found)


def span(occasions: Iterable[Occasion]) -> Window | None:
    """Return the days from the first to the last of all claims."""
    told = [w for o in occasions for c in o.claims for text in (c.start, c.end) if (w := window(text))]
    return Window(min(w.first for w in told), max(w.last for w in told)) if told else None


def _slip(occasion: Occasion, planned: DateClaim, actual: DateClaim) -> Slip | None:
    plan, outcome = window(planned.end or planned.start), window(actual.end or actual.start)
    if plan is None or outcome is None:
        return None
    least, most = (outcome.first - plan.last).days, (outcome.last - plan.first).days
    months = _months(plan.last, outcome.first) if least > 0 else _months(outcome.last, plan.first) if most < 0 else 0
    return Slip(occasion, planned, actual, least, most, months)


def _months(earlier: date, later: date) -> int:
    """Return the whole months from one day to a later; from the last of a month to the last of another is whole."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    last_day = monthrange(later.year, later.month)[1]
    return months - (later.day < min(earlier.day, last_day))


def _apart(a: Window, b: Window) -> bool:
    return a.last < b.first or b.last < a.first


def _spread(told: list[tuple[DateClaim, Window]]) -> int | None:
    if not all(w.exact for _, w in told):
        return None
    return (max(w.first for _, w in told) - min(w.first for _, w in told)).days


def _windows(occasion: Occasion, side: str) -> list[Window]:
    """Return every day a step may begin or be done, by what happened if that is known, else by the plans."""
    actual = [claim for claim in occasion.claims if claim.kind == ACTUAL]
    claims = actual or [claim for claim in occasion.claims if claim.kind == PLANNED]
    texts = [claim.start if side == "start" else claim.end or claim.start for claim in claims]
    return [w for text in texts if (w := window(text))]


def _waits_for(first: Occasion, goal: Occasion, by_key: dict[str, Occasion]) -> bool:
    """Tell whether ``first`` waits, directly or through others, for ``goal``: then neither can begin."""
    seen: set[str] = set()
    waiting = [first]
    while waiting:
        at = waiting.pop()
        if at.key == goal.key:
            return True
        if at.key not in seen:
            seen.add(at.key)
            waiting += [by_key[key] for key in at.after if key in by_key]
    return False
