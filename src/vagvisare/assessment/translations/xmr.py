"""The XmR chart of NHS England's Making Data Count: is the latest figure anything but ordinary variation?

The process limits are the mean ± 2.66 mean moving ranges, where moving ranges of 3.267 times their mean or more are
left out once. A point is special cause when it lies outside the limits, belongs to seven points rising or falling, to
two of three beyond two thirds of the way to the same limit, or to seven on one side of the mean, looked for in that
order. Beside it stands assurance: whether a target lies outside the limits (consistently passed or failed) or within
them. ``value`` is the latest figure's distance from the mean, good way positive, in thirds of the way to the limit (one
third is one standard deviation of the process).

The guidance asks for at least ten points; with fewer the answer is given and says so.

Source: NHS England, "Making Data Count"; NHS-R Community, NHSRplotthedots.
"""

from __future__ import annotations

from collections.abc import Sequence

from vagvisare.assessment.closer.xmr import LIMIT, Chart, Signal, chart, signals
from vagvisare.assessment.translations.case_series import (
    NOT_AVAILABLE,
    Answer,
    CaseSeries,
    each_alone,
    plain,
    unavailable,
)
from vagvisare.terms.language import Text

NAME = "xmr"
IMPROVEMENT = "special_cause_improvement"
CONCERN = "special_cause_concern"
COMMON = "common_cause"
STATUSES = (IMPROVEMENT, CONCERN, COMMON, NOT_AVAILABLE)

FEW = 10

_RULES = {
    Signal.OUTSIDE: Text("ligger utanför gränserna", "lies outside the limits"),
    Signal.TREND: Text("hör till sju punkter i stigande eller fallande följd", "is one of seven rising or falling"),
    Signal.TWO_IN_THREE: Text("är en av två av tre nära samma gräns", "is one of two in three near the same limit"),
    Signal.SAME_SIDE: Text("hör till sju på samma sida om medelvärdet", "is one of seven on one side of the mean"),
    None: Text("ligger inom den vanliga variationen", "lies within ordinary variation"),
}
_ASSURANCE = {
    "consistent_pass": Text("målet nås hela tiden", "the target is consistently met (consistent_pass)"),
    "consistent_fail": Text("målet missas hela tiden", "the target is consistently missed (consistent_fail)"),
    "inconsistent": Text("målet nås bara ibland", "the target is met only at times (inconsistent)"),
}


def verdict_of(values: Sequence[float], drawn: Chart) -> tuple[Signal | None, int]:
    """Return what makes the latest figure special cause (None: ordinary variation), and whether it speaks up or down.

    A trend speaks by its way, everything else by its side of the mean.
    """
    signal = signals(values, drawn)[-1]
    if signal is Signal.TREND:
        return signal, _sign(values[-1] - values[-2])
    return signal, 0 if signal is None else drawn.side(values[-1])


def assurance_of(drawn: Chart, target: float, sense: int) -> str:
    """Return whether a process passes or fails a target consistently, or neither."""
    if drawn.lower <= target <= drawn.upper:
        return "inconsistent"
    return "consistent_pass" if (target < drawn.lower) == (sense > 0) else "consistent_fail"


def judge(case: CaseSeries) -> Answer:
    """Judge the latest figure of one series."""
    if len(case.values) < 2:
        return unavailable(NAME, case, Text("Minst två mätpunkter behövs.", "At least two points are needed."))
    drawn = chart(case.values)
    signal, way = verdict_of(case.values, drawn)
    direction = way * case.sense
    status = {1: IMPROVEMENT, -1: CONCERN}.get(direction, COMMON)
    distance, width = case.sense * (case.values[-1] - drawn.mean), LIMIT * drawn.moving_range
    value = 3 * distance / width if width else 0.0
    return Answer(case.name, NAME, status, value, None, direction, _reason(case, drawn, signal))


def _reason(case: CaseSeries, drawn: Chart, signal: Signal | None) -> Text:
    low, high = plain(drawn.lower, 4), plain(drawn.upper, 4)
    sv = f"Den senaste punkten {_RULES[signal].sv} (gränser {low.sv} och {high.sv})"
    en = f"The latest point {_RULES[signal].en} (limits {low.en} and {high.en})"
    if case.target is not None:
        assurance = _ASSURANCE[assurance_of(drawn, case.target, case.sense)]
        sv, en = f"{sv}; {assurance.sv}", f"{en}; {assurance.en}"
    if len(case.values) < FEW:
        sv, en = f"{sv}; färre än de tio punkter vägledningen begär", f"{en}; fewer points than the ten asked for"
    return Text(f"{sv}.", f"{en}.")


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


method = each_alone(NAME, judge)
