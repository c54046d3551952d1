"""Does a new figure leap further than the series, and the data set it stands in, ever has?

The rule. The step from one figure to the next is measured where equal steps mean equal change: on the logit for shares,
the logarithm for positive quantities, the unit itself for signed ones. Steps over several years are divided by the
square root of the years, as the spread of a wandering series grows. A new step is a jump when it is larger than twice
the largest of

* the series' own steps so far, and
* the step that 99 in 100 steps of the data set have kept below, counties and riket by themselves and municipalities by
  themselves, since small places are restless,

and is also larger than two percentage points (shares) or ten per cent (other units). The second leg is there because a
short or quiet series has seen little: doubling the largest of three small steps would cry wolf most years. Played back
year by year over the bundled figures of Örebro, the series' own steps alone would have stopped every fourth delivery;
the rule as it stands stops four of 454 (``tests/intake/test_replay.py`` lists them). With fewer than three steps in
all, nothing is judged.

A data set that says itself what is credible (``expects.jump``: percentage points, or per cent) is judged by that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vagvisare.intake.case import Case
from vagvisare.intake.objection import EXAMPLES, Gravity, Kind, Objection
from vagvisare.intake.pairing import BLOCK, Array, same
from vagvisare.intake.words import change, figure, figures, number_words, periods, step
from vagvisare.terms.language import Text
from vagvisare.terms.unit import Scale, UnitClass

TIMES = 2.0
"""How many times the largest step so far is too large."""

USUAL = 0.99
"""The share of a data set's steps that are taken for usual."""

FLOOR = {UnitClass.SHARE: 2.0}
"""The smallest change that is ever called a jump: percentage points for shares …"""

FLOOR_PER_CENT = 10.0
"""… and per cent for other units."""

NEAR_POWER = 0.25
"""How near a power of ten (in tenfolds) the typical step must be to be called a change of unit: within a factor 1.8."""

_EDGE = 0.5
"""Shares are held this far (percentage points) from 0 and 100: on the logit the last tenth there is endless."""

_MUNICIPALITY = 4
_ENOUGH = 20
_FEWEST = 3
_INT32 = 1 << 31
_NO_CELLS: Array = np.zeros(0, dtype=np.int32)

_CONFIRM = Text(
    "Jämför med källans egen sida. Stämmer siffrorna, bekräfta dem; säg annars till källan.",
    "Compare with the source's own page. If the figures are right, confirm them; otherwise tell the source.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Steps between neighbouring figures of a series: from which cell, to which, and how large on the unit's scale."""

    start: Array
    end: Array
    size: Array


def steps(case: Case, value: Array, cells: Array, wanted: Array | None = None) -> Steps:
    """Return the steps between ``cells`` (in order) that follow each other in one series.

    Args:
        case: the delivery.
        value: the figure of every cell.
        cells: the cells that have one.
        wanted: for every cell whether the step that leads to it is asked for; by default all are.
    """
    paired = case.paired
    middle = np.array([period.middle for period in paired.periods])
    starts, ends, sizes = [_NO_CELLS], [_NO_CELLS], [np.zeros(0)]
    for at in range(0, len(cells), BLOCK):
        block = cells[at : at + BLOCK + 1]
        start, end = block[:-1], block[1:]
        follows = paired.series[end] == paired.series[start]
        if wanted is not None:
            follows &= wanted[end]
        start, end = start[follows], end[follows]
        gap = np.maximum(1.0, middle[paired.period[end]] - middle[paired.period[start]])
        starts.append(start)
        ends.append(end)
        sizes.append(distance(value[start], value[end], case.unit_class) / np.sqrt(gap))
    return Steps(np.concatenate(starts), np.concatenate(ends), np.concatenate(sizes))


def distance(old: Array, new: Array, unit_class: UnitClass) -> Array:
    """Return how far apart figures are on the scale of their class, without sign."""
    with np.errstate(all="ignore"):
        if unit_class.scale is Scale.LINEAR:
            return _size(new - old)
        if unit_class.scale is Scale.LOGIT:
            a, b = (np.clip(value, _EDGE, 100 - _EDGE) for value in (old, new))
            return _size(np.log(b / (100 - b)) - np.log(a / (100 - a)))
        logs = np.log(new / old)
        # From or to nothing there is no ratio: the change is then held against the larger of the two.
        flat = (new - old) / np.maximum(np.abs(new), np.abs(old))
        return _size(np.where((old > 0) & (new > 0), logs, np.where(new == old, 0.0, flat)))


def _size(value: Array) -> Array:
    found: Array = np.abs(value)
    return found


def plainly(old: Array, new: Array, unit_class: UnitClass) -> Array:
    """Return how large a change is as people say it: percentage points, or per cent; the unit itself where signed."""
    with np.errstate(all="ignore"):
        if unit_class in (UnitClass.SHARE, UnitClass.SIGNED):
            return _size(new - old)
        return np.where(old == 0, np.where(new == 0, 0.0, np.inf), _size(new - old) / np.abs(old) * 100)


def leaps(case: Case) -> Iterator[Objection]:
    """Object to new figures that leap further than history; to a whole period in another unit by that name instead."""
    judged = _judged(case)
    if not len(judged.end):
        return
    power = _other_unit(case, judged)
    if power is not None:
        yield _unit_objection(case, judged, power)
        return
    paired = case.paired
    plain = plainly(paired.new[judged.start], paired.new[judged.end], case.unit_class)
    if case.dataset.expects.jump is not None:
        far = plain > case.dataset.expects.jump
    else:
        far = (judged.size > TIMES * _usual(case, judged)) & (plain > _floor(case.unit_class))
    if bool(far.any()):
        yield _leap_objection(case, judged, np.flatnonzero(far), plain)


def _floor(unit_class: UnitClass) -> float:
    return 0.0 if unit_class is UnitClass.SIGNED else FLOOR.get(unit_class, FLOOR_PER_CENT)


def _judged(case: Case) -> Steps:
    """Return the steps to figures that are new or changed; of a series never seen before, only its last one."""
    paired = case.paired
    latest = paired.latest(paired.has)
    known = _series_where(case, paired.had)
    in_turn = known[paired.series] | (paired.period == (-1 if latest is None else latest))
    return steps(case, paired.new, _cells(paired.has), paired.fresh & in_turn)


def _cells(where: Array) -> Array:
    return np.flatnonzero(where).astype(np.int32 if len(where) < _INT32 else np.int64)


def _series_where(case: Case, where: Array) -> Array:
    found: Array = np.zeros(case.paired.names.shape[1], dtype=bool)
    found[case.paired.series[where]] = True
    return found


def _usual(case: Case, judged: Steps) -> Array:
    """Return, for each judged step, the largest taken for usual: its series' own, or its level's 99th in 100."""
    paired = case.paired
    known = _series_where(case, paired.had)
    latest = paired.latest(paired.has)
    old = known[paired.series]
    learn = np.where(old, paired.had, paired.has & (paired.period != latest))
    value = np.where(old, paired.old, paired.new) if bool(old.any()) else paired.new
    past = steps(case, value, _cells(learn))
    del learn, value, old
    own: Array = np.zeros(paired.names.shape[1])
    np.maximum.at(own, paired.series[past.end], past.size)
    small = np.array([len(code) == _MUNICIPALITY for code in paired.territories], dtype=bool)[paired.names[0]]
    usual: Array = np.zeros(len(own))
    for level in (True, False):
        among = past.size[small[paired.series[past.end]] == level]
        pool = among if len(among) >= _ENOUGH else past.size
        usual[small == level] = np.quantile(pool, USUAL) if len(pool) else 0.0
    if len(past.size) < _FEWEST:
        return np.full(len(judged.end), np.inf)
    found: Array = np.maximum(own, usual)[paired.series[judged.end]]
    return found


def _other_unit(case: Case, judged: Steps) -> int | None:
    """Return the power of ten by which the latest period as a whole differs from the one before; None when it does not.

    Only a tenfold or more counts, and only when history holds no such step. Three or more series must agree.
    """
    paired = case.paired
    latest = paired.latest(paired.has)
    old, new = paired.new[judged.start], paired.new[judged.end]
    use = (old > 0) & (new > 0) & (paired.period[judged.end] == (-1 if latest is None else latest))
    if int(use.sum()) < 3:
        return None
    power = power_of_ten(np.log10(new[use] / old[use]))
    if power is None:
        return None
    past = _usual(case, judged)[use]
    return power if bool(np.median(judged.size[use]) > TIMES * np.median(past)) else None


def power_of_ten(tenfolds: Array) -> int | None:
    """Return the whole power of ten most ratios lie near, given their logarithms; None when there is none but 1."""
    middle = float(np.median(tenfolds))
    power = round(middle)
    if power == 0 or abs(middle - power) > NEAR_POWER:
        return None
    near = float(np.mean(np.abs(tenfolds - power) <= NEAR_POWER))
    return power if near > 0.5 else None


def _unit_objection(case: Case, judged: Steps, power: int) -> Objection:
    paired = case.paired
    latest = paired.latest(paired.has)
    at = np.flatnonzero(paired.period[judged.end] == latest)
    label, times = periods([paired.periods[int(latest or 0)]]), times_as(power)
    what = Text(
        f"Värdena för {label.sv} är ungefär {times.sv} dem för perioden före: källan har troligen bytt enhet.",
        f"The figures for {label.en} are about {times.en} those of the period before: "
        "the source has probably changed unit.",
    )
    to_do = Text(
        "Se vilken enhet källan uppger och rätta scale eller unit i definitionen.",
        "See which unit the source states, and correct scale or unit in the definition.",
    )
    cases = [_changed(case, int(judged.start[i]), int(judged.end[i])) for i in at[:EXAMPLES]]
    return Objection.of(Kind.UNIT, Gravity.HOLD, what, to_do, cases, len(at))


def times_as(power: int) -> Text:
    """Return ``tusen gånger`` or ``en tusendel av`` for a power of ten."""
    whole = number_words(10.0 ** abs(power))
    if power > 0:
        return Text(f"{whole.sv} gånger", f"{whole.en} times")
    return Text(f"1/{whole.sv} av", f"1/{whole.en} of")


def _leap_objection(case: Case, judged: Steps, far: Array, plain: Array) -> Objection:
    # The largest first; among equals in order of place.
    order = far[np.argsort(-plain[far], kind="stable")]
    paired = case.paired
    label = periods(paired.periods[p] for p in set(paired.period[judged.end[far]].tolist()))
    many, all_of = number_words(len(far)), figures(len(judged.end))
    limit = case.dataset.expects.jump
    why = Text(
        "mer än dubbelt så mycket som någonsin förr" if limit is None else "mer än vad som är rimligt",
        "more than twice as much as ever before" if limit is None else "more than is credible",
    )
    what = Text(
        f"{many.sv} av {all_of.sv} för {label.sv} ändras {why.sv}.",
        f"{many.en} of {all_of.en} for {label.en} {'changes' if len(far) == 1 else 'change'} {why.en}.",
    )
    cases = [_changed(case, int(judged.start[i]), int(judged.end[i])) for i in order[:EXAMPLES]]
    return Objection.of(Kind.JUMP, Gravity.HOLD, what, _CONFIRM, cases, len(far))


def _changed(case: Case, start: int, end: int) -> Text:
    paired = case.paired
    old, new = float(paired.new[start]), float(paired.new[end])
    name, moved, size = paired.at(end), change(case.unit, old, new), step(case.unit, old, new)
    since = paired.periods[paired.period[start]].label
    return Text(f"{name.sv}: {moved.sv} ({size.sv} sedan {since})", f"{name.en}: {moved.en} ({size.en} since {since})")


def standstill(case: Case) -> Iterator[Objection]:
    """Object to figures that are all the same, and to a new period that repeats the one before figure by figure."""
    paired = case.paired
    value = paired.new[paired.has]
    if len(value) >= 5 and bool(paired.fresh.any()) and bool((value == value[0]).all()):
        only = figure(case.unit, float(value[0]))
        what = Text(f"Alla värden är lika: {only.sv}.", f"All figures are equal: {only.en}.")
        yield Objection.of(Kind.STANDSTILL, Gravity.HOLD, what, _CONFIRM)
        return
    judged = _judged(case)
    latest = paired.latest(paired.has)
    last = paired.period[judged.end] == (-1 if latest is None else latest)
    old, new = paired.new[judged.start][last], paired.new[judged.end][last]
    if len(new) >= 5 and bool(same(new, old).all()):
        label = periods([paired.periods[int(latest or 0)]])
        count = figures(len(new))
        what = Text(
            f"Alla {count.sv} för {label.sv} upprepar perioden före.",
            f"All {count.en} for {label.en} repeat the period before.",
        )
        yield Objection.of(Kind.STANDSTILL, Gravity.HOLD, what, _CONFIRM)
