"""The pace: is it enough for the target?

For a target with a level and a year, the pace that is needed from now on is compared with the pace achieved. *Now*
is where the line through the figures ends, not the last figure. Both are counted on the model scale, and the 95 %
interval of the trend decides whether the answer is sure enough to be given.
"""

from __future__ import annotations

import pytest

from vagvisare.assessment.definition import Direction, Target, TargetKind
from vagvisare.assessment.judgement import PaceVerdict


def target(kind: TargetKind, **more) -> Target:
    return Target(kind, "Målet på denna sida är påhittat.", "påhittad källa", **more)


def from_base(rate: float) -> dict[int, float]:
    """Emissions from 1000 in 2005 that change by ``rate`` a year, now a little above and now a little below."""
    unrest = (0.996, 1.006, 1.001, 0.992, 1.004)
    return {2005 + k: round(1000 * (1 + rate) ** k * unrest[k % 5]) for k in range(19)}


SIXTY_LESS = target(TargetKind.RELATIVE_TO_BASE, value=-60.0, base_year=2005, year=2030)


def show(page, pace) -> None:
    page.number("Target value", f"{pace.target_value:,.0f}")
    page.number("Level now, read from the line", f"{pace.level_now:,.0f}")
    page.number("Needed, per cent a year", f"{pace.needed:.1f}".replace("-", "−"))
    interval = f"{pace.achieved:.1f} ({pace.achieved_low:.1f} to {pace.achieved_high:.1f})"
    page.number("Achieved, per cent a year (95 % interval)", interval.replace("-", "−"))
    page.number("Pace", f"*{pace.verdict}*")


def test_the_right_way_but_too_slow(page):
    """The right way, but too slow

    The target is 60 per cent less in 2030 than in 2005. Emissions have fallen by 2 per cent a year, and 2023 stands
    at seven tenths of the base. Seven years remain; they would have to fall by nearly 8 per cent in each.
    """
    judged = page.judge(
        {"18": from_base(-0.02)}, unit="kilotonnes_co2e", direction=Direction.LOWER, targets=(SIXTY_LESS,)
    )
    (pace,) = judged["18"].paces
    show(page, pace)
    assert pace.target_value == pytest.approx(0.4 * 996)
    assert pace.achieved == pytest.approx(-2, abs=0.1)
    # (0.4 / 0.98^18)^(1/7) − 1 = −7.6 per cent a year.
    assert pace.needed == pytest.approx(-7.6, abs=0.2)
    assert pace.verdict is PaceVerdict.TOO_SLOW


def test_in_pace(page):
    """In pace

    The same target, and a fall of 4.5 per cent a year. Little is left to do, and the interval of the pace achieved
    lies wholly beyond what is needed.
    """
    judged = page.judge(
        {"18": from_base(-0.045)}, unit="kilotonnes_co2e", direction=Direction.LOWER, targets=(SIXTY_LESS,)
    )
    (pace,) = judged["18"].paces
    show(page, pace)
    assert pace.verdict is PaceVerdict.ON_PACE


def test_too_close_to_call(page):
    """Too close to call

    A fall of 3.6 per cent a year is just about what the target asks. The interval of the pace achieved holds both
    enough and not enough.
    """
    judged = page.judge(
        {"18": from_base(-0.036)}, unit="kilotonnes_co2e", direction=Direction.LOWER, targets=(SIXTY_LESS,)
    )
    (pace,) = judged["18"].paces
    show(page, pace)
    assert pace.achieved_low < pace.needed < pace.achieved_high
    assert pace.verdict is PaceVerdict.UNDETERMINED


def test_the_wrong_way(page):
    """The wrong way

    Emissions rise by 2 per cent a year.
    """
    judged = page.judge(
        {"18": from_base(0.02)}, unit="kilotonnes_co2e", direction=Direction.LOWER, targets=(SIXTY_LESS,)
    )
    (pace,) = judged["18"].paces
    show(page, pace)
    assert pace.verdict is PaceVerdict.WRONG_WAY


def test_a_lean_is_not_the_wrong_way(page):
    """Leaning the wrong way is not going the wrong way

    Restless figures whose line leans upwards by a hair, where down is wanted. No trend can be told, so *fel riktning*
    is not said; but whatever the direction, no pace inside the interval is enough.
    """
    figures = {2012 + k: v for k, v in enumerate((1000.0, 940, 1050, 930, 1040, 960, 1070, 950, 1030, 970, 1060, 980))}
    judged = page.judge(
        {"18": figures},
        unit="kilotonnes_co2e",
        direction=Direction.LOWER,
        targets=(target(TargetKind.ABSOLUTE, value=900.0, year=2030),),
    )
    (pace,) = judged["18"].paces
    show(page, pace)
    assert pace.achieved > 0
    assert pace.verdict is PaceVerdict.TOO_SLOW


def test_a_base_year_without_a_figure(page):
    """Without the base year's figure the target has no level

    Sixty per cent less than *what*? Figures that begin in 2008 cannot say.
    """
    figures = {year: value for year, value in from_base(-0.02).items() if year >= 2008}
    judged = page.judge({"18": figures}, unit="kilotonnes_co2e", direction=Direction.LOWER, targets=(SIXTY_LESS,))
    (pace,) = judged["18"].paces
    page.number("Pace", f"*{pace.verdict}*")
    assert pace.verdict is PaceVerdict.UNDETERMINED
    assert pace.target_value is None


def test_one_lucky_year(page):
    """One lucky year does not reach a target

    The target is 80 per cent in 2030. The last figure is past it; the line is not.
    """
    figures = {2016 + k: v for k, v in enumerate((71.0, 72.1, 71.6, 72.8, 73.4, 73.1, 74.2, 81.0))}
    judged = page.judge({"18": figures}, targets=(target(TargetKind.ABSOLUTE, value=80.0, year=2030),))
    (pace,) = judged["18"].paces
    page.number("Level now, read from the line", f"{pace.level_now:.1f}")
    page.number("Pace", f"*{pace.verdict}*")
    assert pace.verdict is not PaceVerdict.REACHED
    assert pace.level_now < 80


def test_better_than_others(page):
    """A target to be better than others is reached when every one of them is passed

    Equal is not better.
    """
    target_here = target(TargetKind.ABOVE_PEERS, peers=("17", "19"))
    ahead = page.judge({"18": {2023: 6.1}, "17": {2023: 5.8}, "19": {2023: 6.0}}, unit="number", targets=(target_here,))
    level = page.judge(
        {"18": {2023: 6.1}, "17": {2023: 6.1}, "19": {2023: 6.0}}, unit="number", targets=(target_here,), show=False
    )
    page.number("18 against 5.8 and 6.0", f"*{ahead['18'].paces[0].verdict}*")
    page.number("18 against 6.1 and 6.0", f"*{level['18'].paces[0].verdict}*")
    assert ahead["18"].paces[0].verdict is PaceVerdict.REACHED
    assert level["18"].paces[0].verdict is PaceVerdict.NOT_REACHED
    assert level["18"].paces[0].beaten == ("19",)


def test_direction_only(page):
    """A target that only says which way is judged by the trend

    "More shall" has neither level nor year. Rising is *rätt riktning*; restless figures are *går inte att avgöra*.
    """
    more = (target(TargetKind.DIRECTION),)
    rising = {2016 + k: v for k, v in enumerate((61.0, 61.8, 62.1, 63.0, 63.4, 64.1, 64.5, 65.2))}
    restless = {2016 + k: v for k, v in enumerate((61.0, 66.0, 58.0, 64.0, 59.0, 67.0, 60.0, 62.0))}
    judged = page.judge({"18": rising, "19": restless}, targets=more)
    for name in ("18", "19"):
        page.number(f"Pace, {name}", f"*{judged[name].paces[0].verdict}*")
    assert judged["18"].paces[0].verdict is PaceVerdict.RIGHT_WAY
    assert judged["19"].paces[0].verdict is PaceVerdict.UNDETERMINED
