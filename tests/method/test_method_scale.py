"""The scale: where equal steps mean equal change

The same fact can be written in several ways: as employed or not employed, in tonnes or in kilograms. The verdict
must not depend on the choice. Change is therefore measured on a *model scale*: shares between their natural limits
(logit), positive quantities in proportion (log), and figures that can be negative as they stand (linear).
"""

from __future__ import annotations

import pytest

from vagvisare.assessment.definition import Direction
from vagvisare.assessment.judgement import Reason, Verdict
from vagvisare.terms.unit import Scale

EMPLOYED = {2015: 78.0, 2016: 78.3, 2017: 78.6, 2018: 78.7, 2019: 79.1, 2020: 79.2, 2021: 79.5, 2022: 79.8, 2023: 80.0}
EMISSIONS = {2015: 500.0, 2016: 488.0, 2017: 491.0, 2018: 470.0, 2019: 462.0, 2020: 441.0, 2021: 446.0, 2022: 430.0}


def test_a_share_and_its_complement(page):
    """A share and its complement get one verdict

    That 80 per cent are employed is the fact that 20 per cent are not. The first should rise, the second should
    fall; both are *förbättras*, with the same probability and the same change with opposite sign.
    """
    work = page.trend("Employed, per cent", EMPLOYED)
    none = page.trend("Not employed, per cent", {y: 100 - v for y, v in EMPLOYED.items()}, direction=Direction.LOWER)
    assert work.verdict is none.verdict is Verdict.IMPROVING
    assert work.scale is Scale.LOGIT
    assert work.p == pytest.approx(none.p)
    assert work.change == pytest.approx(-none.change)
    assert work.slope == pytest.approx(-none.slope)


def test_another_unit(page):
    """Another unit changes nothing

    Emissions in tonnes and in kilograms: on the log scale a change is a proportion, and a proportion has no unit.
    """
    tonnes = page.trend("Tonnes", EMISSIONS, scale=Scale.LOG, direction=Direction.LOWER)
    kilos = page.trend(
        "Kilograms", {y: 1000 * v for y, v in EMISSIONS.items()}, scale=Scale.LOG, direction=Direction.LOWER
    )
    assert tonnes.verdict is kilos.verdict is Verdict.IMPROVING
    assert tonnes.slope == pytest.approx(kilos.slope)
    assert kilos.change == pytest.approx(1000 * tonnes.change)


def test_steps_near_the_limit(page):
    """A step near the limit is a larger step

    From 98 to 99 per cent half of those who were missing are gone; from 50 to 51 per cent hardly anything has
    happened. On the logit scale the first rise is seventeen times as steep.
    """
    high = page.trend("Near the limit", {2016: 98.0, 2017: 98.2, 2018: 98.4, 2019: 98.6, 2020: 98.8, 2021: 99.0})
    middle = page.trend("In the middle", {2016: 50.0, 2017: 50.2, 2018: 50.4, 2019: 50.6, 2020: 50.8, 2021: 51.0})
    assert high.change == pytest.approx(middle.change, abs=0.02)
    assert high.slope / middle.slope == pytest.approx(17, abs=0.5)


def test_a_figure_at_the_limit(page):
    """A figure at the limit is judged as it stands

    0 per cent, 100 per cent and a count of 0 have no place on the logit and log scales. Some published methods put
    0.001 in place of 0, and then the choice of 0.001 decides the verdict. Here such a series is judged on the
    linear scale, and the result says so.
    """
    share = page.trend("Share, per cent", {2016: 97.0, 2017: 97.9, 2018: 98.6, 2019: 99.1, 2020: 99.8, 2021: 100.0})
    count = page.trend("Count", {2016: 0.0, 2017: 1.0, 2018: 2.0, 2019: 4.0, 2020: 5.0, 2021: 7.0}, scale=Scale.LOG)
    assert share.scale is count.scale is Scale.LINEAR
    assert share.verdict is count.verdict is Verdict.IMPROVING
    assert count.change == pytest.approx(7.0, abs=0.5)


def test_figures_below_nought(page):
    """Figures that can be negative are judged as they stand

    Net migration, balances and differences between groups have no proportion to speak of.
    """
    trend = page.trend(
        "Balance", {2015: -40, 2016: -31, 2017: -22, 2018: -9, 2019: -2, 2020: 11, 2021: 18}, scale=Scale.LINEAR
    )
    assert trend.verdict is Verdict.IMPROVING
    assert trend.slope == pytest.approx(10, abs=0.5)


def test_equal_but_for_rounding(page):
    """Figures that differ by the computer's rounding only are equal

    0.1 + 0.2 is not quite 0.3 inside a computer. The difference, seventeen decimals down, is no rise.
    """
    trend = page.trend(
        "Sum", {2017: 0.3, 2018: 0.1 + 0.2, 2019: 0.3, 2020: 0.1 + 0.2, 2021: 0.1 + 0.2}, scale=Scale.LOG
    )
    assert trend.s == 0
    assert trend.reason is Reason.NO_VARIATION
