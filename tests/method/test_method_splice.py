"""Splice: an older series joined on where both methods have figures

Where a method changed and both were used for some period, the step between them is known. The older figures can then
be moved by it and joined on. That rests on the assumption that the step was always the same, so the joined series is
shown beside the unbroken part and never judged in its place.
"""

from __future__ import annotations

from math import expm1

import pytest

from vagvisare.assessment.closer.splice import splice
from vagvisare.assessment.definition import Break, Collection, Direction, Indicator
from vagvisare.assessment.judgement import Reason, Verdict
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

NO_WORDS = Text("", "")
AT = Break(Period.year(2018), NO_WORDS, sibling="older")
COUNT = Indicator(
    "made-up", "made-up", NO_WORDS, NO_WORDS, "companies", Direction.HIGHER, Collection.REGISTER, NO_WORDS,
    breaks=(AT,), smallest_change=2.0,
)  # fmt: skip
OLDER = {2010: 400, 2011: 410, 2012: 405, 2013: 420, 2014: 425, 2015: 440, 2016: 436, 2017: 450, 2018: 460}
NEWER = {2018: 552, 2019: 560, 2020: 558, 2021: 575}


def join(page, older, newer):
    page.figures |= {
        name: {str(year): float(value) for year, value in figures.items()}
        for name, figures in (("Old method", older), ("New method", newer))
    }
    series, before = (
        Series.of(SeriesKey(name, "18"), {Period.year(year): float(value) for year, value in figures.items()})
        for name, figures in (("made-up", newer), ("older", older))
    )
    found = splice(series, COUNT, before)
    page.figures["Joined"] = {period.label: round(value, 1) for period, value in found.series}
    page.verdicts["Joined"] = found.trend
    return found


def test_one_shared_year(page):
    """One shared year

    In 2018 the new method gives 552 where the old gave 460: twenty per cent more. Every older figure is raised by
    twenty per cent. Four figures by the new method are too few for a trend; joined there are twelve. With a single
    shared year nobody can tell how steady the step is, and the page says so.
    """
    found = join(page, OLDER, NEWER)
    assert expm1(found.shift) == pytest.approx(0.2)
    assert found.apart is None
    assert found.trend.verdict is Verdict.IMPROVING
    assert found.trend.reason is Reason.SIGNIFICANT
    page.number("Step between the methods", f"{100 * expm1(found.shift):+.1f} per cent")


def test_several_shared_years(page):
    """Several shared years

    The step is the median over the shared years, on the model scale, and the largest distance from it is told.
    """
    found = join(page, OLDER | {2019: 465, 2020: 468}, NEWER)
    assert [period.start for period in found.overlap] == [2018, 2019, 2020]
    assert expm1(found.shift) == pytest.approx(0.2)
    page.number("Step between the methods", f"{100 * expm1(found.shift):+.1f} per cent")
    page.number("Furthest from it in a shared year", f"{100 * expm1(found.apart):.1f} per cent")
