"""The comparison: beside others

A county's latest figure is set beside the other counties' for the same period. Rank counts from the best. A rank
says where a county stands, never whether it is good enough.
"""

from __future__ import annotations

from vagvisare.assessment.definition import Direction
from vagvisare.assessment.judgement import Movement
from vagvisare.terms.territory import COUNTIES


def everyone(figures: dict[str, float]) -> dict[str, dict[int, float]]:
    """The figures of 2023, county by county; those not named have 50, 51, 52 …"""
    others = [code for code in COUNTIES if code not in figures]
    return {
        code: {2023: value}
        for code, value in (dict(zip(others, map(float, range(50, 80)), strict=False)) | figures).items()
    }


def place(judgement) -> str:
    shared = f", shared by {judgement.comparison.tied}" if judgement.comparison.tied > 1 else ""
    return f"{judgement.comparison.rank} of {judgement.comparison.of}{shared}"


def test_lowest_only_when_alone(page):
    """Lowest, or best, only when alone

    Two counties share the lowest figure. Neither is *the* lowest, and both have the better of the two places.
    """
    judged = page.judge(everyone({"18": 40.0, "19": 40.0, "17": 90.0}), show=False)
    page.number("County 17, 90 per cent", place(judged["17"]))
    page.number("Counties 18 and 19, 40 per cent each", place(judged["18"]))
    assert judged["17"].comparison.rank == 1
    assert judged["17"].comparison.best
    assert (judged["18"].comparison.rank, judged["18"].comparison.tied) == (20, 2)
    assert not judged["18"].comparison.worst


def test_best_follows_the_direction(page):
    """Which end is best follows the indicator's direction

    40 per cent is the lowest of all. Where lower is better, that is the first place.
    """
    higher = page.judge(everyone({"18": 40.0}), show=False)["18"]
    lower = page.judge(everyone({"18": 40.0}), direction=Direction.LOWER, show=False)["18"]
    page.number("Higher is better", place(higher))
    page.number("Lower is better", place(lower))
    assert higher.comparison.worst
    assert lower.comparison.best


def test_too_few_counties(page):
    """With figures for fewer than fifteen counties no rank is given

    The third of four with a figure may be the twentieth of all.
    """
    fourteen = {code: {2023: 50.0 + k} for k, code in enumerate(COUNTIES[:14])}
    fifteen = {code: {2023: 50.0 + k} for k, code in enumerate(COUNTIES[:15])}
    few, enough = (page.judge(figures, show=False)[COUNTIES[0]].comparison for figures in (fourteen, fifteen))
    page.number("Fourteen counties", "no rank" if few.rank is None else str(few.rank))
    page.number("Fifteen counties", f"{enough.rank} of {enough.of}")
    assert few.rank is None
    assert enough.rank == 15


def test_the_same_period(page):
    """Only figures of the same period are compared

    County 18 has a figure for 2023, the others for 2022. There is nobody to compare with.
    """
    others = {code: {2022: 50.0 + k} for k, code in enumerate(COUNTIES) if code != "18"}
    judged = page.judge(others | {"18": {2022: 40.0, 2023: 99.0}}, show=False)["18"]
    page.number("Counties with a figure for 2023", str(judged.comparison.of))
    assert judged.comparison.of == 1
    assert judged.comparison.rank is None


def test_riket_of_the_same_years(page):
    """Riket moves "likewise" only where its figures end in the same period

    County 18's figures end in 2020. Until then riket rose too; that it has fallen since is another story.
    """
    rising = {2010 + k: 50.0 + k for k in range(11)}
    fallen = {2021 + k: 58.0 - 4 * k for k in range(5)}
    together = page.judge({"18": rising, "00": rising}, show=False)["18"].comparison
    apart = page.judge({"18": rising, "00": rising | fallen}, show=False)["18"].comparison
    page.number("Riket's figures end in 2020 too", f"*{together.nation_movement}*")
    page.number("Riket's figures end in 2025", "nothing is said")
    assert together.nation_movement is Movement.RISING
    assert apart.nation_movement is None
