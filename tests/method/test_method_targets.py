"""Targets set by others, and lines to keep

Not every target is a level and a year. Strategies ask to be better than Sweden as a whole, to come nearer to it or to
keep its pace, to hold a place among the counties, never to fall below a line, and to pass levels on the way. Each has a
rule of its own, and each can be answered with *går inte att avgöra*.
"""

from __future__ import annotations

import pytest

from vagvisare.assessment.comparison import Field
from vagvisare.assessment.definition import (
    Collection,
    Composite,
    Direction,
    Indicator,
    Milestone,
    Target,
    TargetKind,
)
from vagvisare.assessment.judgement import PaceVerdict
from vagvisare.assessment.targets.composite import mean_of
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.territory import COUNTIES

NO_WORDS = Text("", "")


def target(kind: TargetKind, **more) -> Target:
    return Target(kind, "Målet på denna sida är påhittat.", "påhittad källa", **more)


def line(start: float, step: float, swing: float = 0.4) -> dict[int, float]:
    """Twelve figures from 2012 on a straight line, now a little above it and now a little below."""
    unrest = (0.0, 1.0, -1.0, 0.5, -0.5)
    return {2012 + k: round(start + step * k + swing * unrest[k % 5], 1) for k in range(12)}


def share(value: float) -> str:
    return f"{value:.1f}".replace("-", "−")


def test_better_than_sweden_as_a_whole(page):
    """Better than Sweden as a whole

    Both figures are of the same period, and level is not better. There is no pace to hold against the target, as
    Sweden moves too: the answer is reached or not, today. When Sweden's figure for the latest year has not come,
    nothing is said, rather than this year's figure here being held against last year's there.
    """
    aim = (target(TargetKind.ABOVE_NATION),)
    ahead = page.judge({"18": {2022: 78.9, 2023: 80.4}, "00": {2022: 79.0, 2023: 80.1}}, targets=aim)
    late = page.judge({"18": {2022: 78.9, 2023: 80.4}, "00": {2022: 79.0}}, targets=aim, show=False)
    page.number("80.4 against 80.1, both 2023", f"*{ahead['18'].paces[0].verdict}*")
    page.number("80.4 in 2023 against 79.0 in 2022", f"*{late['18'].paces[0].verdict}*")
    assert ahead["18"].paces[0].verdict is PaceVerdict.REACHED
    assert late["18"].paces[0].verdict is PaceVerdict.UNDETERMINED


def test_nearer_to_sweden_as_a_whole(page):
    """Nearer to Sweden as a whole

    The distance is a series of its own, in the indicator's unit, and is judged as any other: is it clear that it
    shrinks? Here it does, from some 10 percentage points to some 5.
    """
    judged = page.judge({"18": line(60, 0.9), "00": line(70, 0.4, swing=0.2)}, targets=(target(TargetKind.CONVERGES),))
    (pace,) = judged["18"].paces
    page.number("Distance 2012, percentage points", share(pace.first_distance))
    page.number("Distance 2023, percentage points", share(pace.distance))
    page.number("Change of the distance a year", share(pace.course.slope))
    page.number("Answer", f"*{pace.verdict}*")
    assert pace.course.slope == pytest.approx(-0.5, abs=0.1)
    assert pace.verdict is PaceVerdict.RIGHT_WAY


def test_already_ahead(page):
    """Already ahead

    A county that is better than Sweden as a whole, by the latest figure and by the line through the figures both, has
    nothing to come nearer to. That its lead grows is no failure, and is not called one.
    """
    judged = page.judge({"18": line(72, 0.9), "00": line(70, 0.4)}, targets=(target(TargetKind.CONVERGES),))
    (pace,) = judged["18"].paces
    page.number("Answer", f"*{pace.verdict}*")
    assert pace.verdict is PaceVerdict.REACHED


def test_at_least_as_fast(page):
    """At least as fast

    Two slopes are compared on the model scale over the years both have. Each is uncertain, and so is their difference:
    its standard error is taken from the two intervals as if the slopes had nothing to do with each other. County and
    country share good years and bad, so the true error is smaller; the rule errs on the side of saying nothing. *I
    takt* when the whole interval of the difference is at or above nought, *för långsamt* when it is below.
    """
    aim = (target(TargetKind.AS_FAST),)
    verdicts = {}
    for name, step in (("faster", 0.9), ("much the same", 0.42), ("slower", 0.1)):
        judged = page.judge({"18": line(60, step), "00": line(70, 0.4, swing=0.3)}, targets=aim, show=False)
        (pace,) = judged["18"].paces
        said = f"{share(pace.achieved)} a year; at Sweden's pace {share(pace.needed)}: *{pace.verdict}*"
        page.number(f"Own change, {name}", said)
        verdicts[name] = pace.verdict
    assert verdicts == {
        "faster": PaceVerdict.ON_PACE,
        "much the same": PaceVerdict.UNDETERMINED,
        "slower": PaceVerdict.TOO_SLOW,
    }


def test_sweden_without_some_counties(page):
    """Sweden without some counties

    "Riket utom storstadslänen" has no figure of its own. It is what is left of Sweden's when the counties are taken
    out, each with its weight: of 100 inhabitants 60 have what is measured; the three counties have 20 inhabitants each
    and 70, 80 and 90 per cent, together 48 of those 60. Left are 12 of 40 inhabitants: 30 per cent. The weights are
    those of the latest year that is no later than the figures, and the sentence says which. This holds for shares and
    for measures per inhabitant; of a sum, a duration or a price it is not said.
    """
    composite = Composite(NO_WORDS, ("01", "12", "14"), "people")
    contract = Indicator(
        "made-up", "made-up", NO_WORDS, NO_WORDS, "percent", Direction.HIGHER, Collection.REGISTER, NO_WORDS
    )
    at, key, weight = Period.year(2023), SeriesKey("made-up", "18"), SeriesKey("people", "18")
    shares = {"00": 60.0, "01": 70.0, "12": 80.0, "14": 90.0}
    people = {"00": 100.0, "01": 20.0, "12": 20.0, "14": 20.0}
    panel = {key.at(code): Series.of(key.at(code), {at: value}) for code, value in shares.items()}
    panel |= {weight.at(code): Series.of(weight.at(code), {at: value}) for code, value in people.items()}
    found = mean_of(composite, key, at, Field.of(panel), panel, contract)
    for code, value in shares.items():
        page.number(f"{code}, per cent of {people[code]:.0f} inhabitants", share(value))
    page.number("Sweden without 01, 12 and 14, per cent", share(found.value))
    assert found.value == pytest.approx(30)


def test_a_place_among_the_counties(page):
    """A place among the counties

    Counties with equal figures share the better place. A place is given only when at least 15 of the 21 counties have a
    figure for the year.
    """
    others = [code for code in COUNTIES if code != "18"]
    aim = (target(TargetKind.RANK, value=7.0),)
    figures = {code: {2023: 50.0 + step} for step, code in enumerate(others)}
    for own in (63.5, 63.0, 62.5):
        judged = page.judge(figures | {"18": {2023: own}}, targets=aim, show=False)
        (pace,) = judged["18"].paces
        page.number(f"Others 50, 51 … 69, own {own}", f"place {pace.rank} of {pace.of}: *{pace.verdict}*")
        assert pace.verdict is (PaceVerdict.REACHED if own >= 63 else PaceVerdict.NOT_REACHED)


def test_a_line_to_keep(page):
    """A line to keep

    "Aldrig under 60" is a promise about every period. The latest figure says whether it is kept now, and the years it
    was not are named. The line through the figures plays no part: a bad year is a broken promise, not noise.
    """
    figures = {2016 + k: value for k, value in enumerate((64.0, 58.2, 66.1, 61.3, 59.6, 63.0, 62.4, 61.0))}
    judged = page.judge({"18": figures}, targets=(target(TargetKind.FLOOR, value=60.0),))
    (pace,) = judged["18"].paces
    page.number("Kept in the latest year", "yes" if pace.verdict is PaceVerdict.REACHED else "no")
    page.number("Broken in", ", ".join(period.label for period in pace.broken))
    assert pace.verdict is PaceVerdict.REACHED
    assert [period.start for period in pace.broken] == [2017, 2020]


def test_about_to_pass_the_line(page):
    """About to pass the line

    A line that is kept today may lie ahead. When the course towards it can be told from chance, and the projection
    passes it within five years, the answer is *fel riktning* (the page says that the target is at risk) and the year.
    """
    judged = page.judge({"18": line(80, -1.5)}, targets=(target(TargetKind.FLOOR, value=60.0),))
    (pace,) = judged["18"].paces
    page.number("The projection passes 60 in", str(pace.crosses))
    page.number("Answer", f"*{pace.verdict}*")
    assert pace.verdict is PaceVerdict.WRONG_WAY
    assert 2024 <= pace.crosses <= 2028


def test_levels_on_the_way(page):
    """Levels on the way

    A milestone is judged as a target of its own, in the same terms. The next one whose year has not come is said first;
    those gone by stand in the computation, each with what its own year's figure says.
    """
    aim = target(
        TargetKind.RELATIVE_TO_BASE,
        value=-60.0,
        base_year=2010,
        year=2030,
        milestones=(Milestone(2018, -10.0), Milestone(2025, -40.0)),
    )
    figures = {2010 + k: float(round(1000 * 0.98**k)) for k in range(12)}
    judged = page.judge({"18": figures}, unit="kilotonnes_co2e", direction=Direction.LOWER, targets=(aim,))
    (pace,) = judged["18"].paces
    for stage in (*pace.milestones, pace):
        page.number(f"{share(stage.target.value)} per cent by {stage.target.year}", f"*{stage.verdict}*")
    assert [stage.verdict for stage in (*pace.milestones, pace)] == [
        PaceVerdict.REACHED,
        PaceVerdict.TOO_SLOW,
        PaceVerdict.TOO_SLOW,
    ]


def test_one_pace_in_two_ways_of_counting(page):
    """One pace in two ways of counting

    Units a year along a straight line and per cent a year along a steady growth are both in use, and give different
    numbers for the same figures. Both are shown. The verdict is given on the model scale, so that it cannot depend on
    which of them one prefers.
    """
    figures = {2009 + k: 100 * 0.98**k for k in range(15)}
    aim = (target(TargetKind.ABSOLUTE, value=40.0, year=2033),)
    judged = page.judge({"18": figures}, unit="kilotonnes_co2e", direction=Direction.LOWER, targets=aim, show=False)
    (pace,) = judged["18"].paces
    page.number("Level now, and the target ten years away", f"{share(pace.level_now)}, {share(40)}")
    for name, way, unit in (
        ("Straight line", pace.linear, "units a year"),
        ("Steady growth", pace.geometric, "per cent a year"),
    ):
        page.number(f"{name}, {unit}", f"needed {share(way.needed)}, achieved {share(way.achieved)}")
    page.number("Pace", f"*{pace.verdict}*")
    # (40 / 75.4)^(1/10) − 1 = −6.1 per cent; (40 − 75.4) / 10 = −3.5 units.
    assert (pace.geometric.needed, pace.linear.needed) == pytest.approx((-6.1, -3.5), abs=0.05)
