"""Gaps: the distance between groups

A gap is the difference between two groups' figures, period by period. The same test that judges a figure judges
the distance: does it shrink, grow or stand still, or can it not be told?
"""

from __future__ import annotations

from vagvisare.assessment.judgement import GapVerdict, Verdict

WOMEN = {2015 + k: v for k, v in enumerate((60.0, 60.4, 61.1, 61.2, 62.0, 62.3, 63.1, 63.2))}


def gap(page, women, men):
    judged = page.judge({"18 K": women, "18 M": men, "18": women})
    (found,) = judged["18"].gaps
    page.number(
        "Difference, first and latest", f"{found.first_difference:.1f} and {found.difference:.1f}".replace("-", "−")
    )
    page.number("Gap", f"*{found.verdict}*")
    page.number("Shrinks because those ahead get worse", "yes" if found.levelling_down else "no")
    return found


def test_a_gap_that_shrinks(page):
    """A gap that shrinks because those behind catch up"""
    found = gap(page, WOMEN, dict(zip(WOMEN, (67.5, 67.2, 67.6, 67.3, 67.9, 67.6, 68.1, 67.9), strict=True)))
    assert found.verdict is GapVerdict.SHRINKING
    assert not found.levelling_down


def test_a_gap_that_grows(page):
    """A gap that grows"""
    found = gap(page, WOMEN, {year: value + 2 + 0.9 * (year - 2015) for year, value in WOMEN.items()})
    assert found.verdict is GapVerdict.WIDENING


def test_a_gap_that_stands_still(page):
    """A gap that stands still

    Both rise alike, and the distance wavers by tenths. It is measured in percentage points, where one is the smallest
    that matters, and not in per cent of itself.
    """
    apart = dict(zip(WOMEN, (10.0, 10.2, 9.9, 10.1, 10.0, 10.2, 9.9, 10.1), strict=True))
    found = gap(page, WOMEN, {year: value + apart[year] for year, value in WOMEN.items()})
    assert found.verdict is GapVerdict.UNCHANGED


def test_levelling_down(page):
    """A gap can also shrink because those ahead get worse

    The distance shrinks in the same way, and nobody is better off. This is always said.
    """
    flat = {year: 60.0 + (0.1 if year % 2 else -0.1) for year in WOMEN}
    found = gap(page, flat, {year: 70.0 - 0.8 * (year - 2015) for year in WOMEN})
    assert found.verdict is GapVerdict.SHRINKING
    assert found.levelling_down


def test_changing_places(page):
    """Groups that change places are not described by one word

    Women begin just behind and end ahead. The distance grows from year to year, but *ökar* would hide that it is no
    longer the same group that is ahead.
    """
    found = gap(page, WOMEN, dict.fromkeys(WOMEN, 60.1))
    assert found.first_difference < 0 < found.difference
    assert found.trend.verdict is Verdict.WORSENING
    assert found.verdict is GapVerdict.UNDETERMINED
