"""Many verdicts at once: how many would chance give?

A trend is called clear when chance alone would show one as clear less than once in twenty. On a page of forty
indicators about two would then look clear although nothing has changed. A note on such a page says so, and how many of
the clear ones stand when that is counted with.
"""

from __future__ import annotations

import random
from dataclasses import replace

from vagvisare.assessment.closer.discovery import discovery, threshold
from vagvisare.assessment.definition import Direction
from vagvisare.assessment.judgement import Judgement, Level
from vagvisare.assessment.trend import TrendRequest, judge_trends
from vagvisare.findings.discovery import note
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import Scale


def taken_together(page, p_values):
    request = TrendRequest(
        Series.of(SeriesKey("made-up", "18"), {Period.year(2016 + k): 60.0 + k for k in range(10)}),
        Scale.LINEAR,
        Direction.HIGHER,
    )
    (trend,) = judge_trends([request])
    judgements = [
        Judgement(SeriesKey(f"i{n:02}", "18"), Level(Period.year(2025), 60.0), replace(trend, p=p))
        for n, p in enumerate(p_values)
    ]
    found = discovery(judgements)
    page.number("Tested", str(found.tested))
    page.number("Clear (p below 0.05)", str(found.clear))
    page.number("Expected clear if nothing had changed", f"{found.by_chance:.2f}")
    page.number("Stand", str(len(found.stands)))
    page.number("The note", note(found).en)
    return found


def test_fifteen_trends(page):
    """Fifteen trends, step by step

    The p-values are those of the example in Benjamini and Hochberg (1995). They are put in order; the k-th of m stands
    if it, or any after it, is at most k · 0.05 / m. Here the fourth, 0.0095, is below 4 · 0.05 / 15 = 0.0133, and none
    after it is below its own limit: four stand. Of those left, at most one in twenty is false on average.
    """
    p_values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    p_values += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    page.number("p-values", ", ".join(f"{p:g}" for p in p_values))
    page.number("Largest p that stands", f"{threshold(p_values, 0.05):g}")
    found = taken_together(page, p_values)
    assert (found.clear, len(found.stands)) == (9, 4)


def test_mostly_clear(page):
    """Where most are clear, nearly all stand

    Twenty-one of thirty-eight are clear. So many cannot be the work of chance, and two that only just were clear fall.
    """
    p_values = [0.0005 * k for k in range(1, 20)] + [0.041, 0.048] + [0.06 + 0.05 * k for k in range(17)]
    found = taken_together(page, p_values)
    assert (found.tested, found.clear, len(found.stands)) == (38, 21, 19)


def test_nothing_but_noise(page):
    """Where nothing changes, next to nothing stands

    Four hundred series of pure noise, fifteen points each. The trend test is careful for series whose years resemble
    each other, so fewer than one in twenty look clear.
    """
    noise = random.Random(1)
    requests = [
        TrendRequest(
            Series.of(SeriesKey(f"n{n}", "18"), {Period.year(2011 + k): noise.gauss(0, 1) for k in range(15)}),
            Scale.LINEAR,
            Direction.HIGHER,
        )
        for n in range(400)
    ]
    trends = judge_trends(requests)
    judgements = [
        Judgement(r.series.key, Level(Period.year(2025), 0.0), t) for r, t in zip(requests, trends, strict=True)
    ]
    found = discovery(judgements)
    page.number("Tested", str(found.tested))
    page.number("Clear", str(found.clear))
    page.number("Stand", str(len(found.stands)))
    assert found.clear <= 20
    assert len(found.stands) <= 1
