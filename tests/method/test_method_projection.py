"""The projection: where the figure goes, and how sure that is

A projection starts from the last figure and goes on as before, but counts the slope only as far as the figures
determine it, and lets each coming year's step be 0.85 of the one before: few trends go on unabated. How wide the bands
are is not taken from a formula. It is measured: from every earlier year the same projection is made with the figures up
to then, and compared with what came.
"""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import pytest

from vagvisare.assessment.definition import Collection, Direction, Indicator
from vagvisare.assessment.judge import trend_request
from vagvisare.assessment.outlook.conformal import ALL, PROBABILITIES, Calibration, ClassMisses, Horizon
from vagvisare.assessment.outlook.pooling import Miss, pooled
from vagvisare.assessment.outlook.projection import chance, project, value_at
from vagvisare.assessment.trend import judge_trends
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

BUNDLED = Path(__file__).parents[2] / "strategies" / "orebro" / "calibration.toml"
NO_WORDS = Text("", "")
GROWING = {2016 + step: round(100 * 1.05**step, 2) for step in range(9)}
RESTLESS = {2016: 100, 2017: 112, 2018: 104, 2019: 119, 2020: 109, 2021: 126, 2022: 113, 2023: 131, 2024: 122}


def made_up(widths):
    """A calibration made up for the page: misses spread evenly up to these many typical changes."""
    horizons = tuple(
        Horizon(years, ALL, 1000, 100, 20, 10, 0.80, 0.95, 0.6, 0.0, tuple(width * p for p in PROBABILITIES))
        for years, width in enumerate(widths, 1)
    )
    return Calibration(None, "1", (), (ClassMisses(ALL, horizons),))


def carried(page, name, figures, calibration=None, unit="tonnes_co2e"):
    """Project a made-up table and keep it for the page."""
    contract = Indicator("made-up", "made-up", NO_WORDS, NO_WORDS, unit, Direction.LOWER, Collection.REGISTER, NO_WORDS)
    series = Series.of(SeriesKey("made-up", "18"), {Period.year(year): value for year, value in figures.items()})
    (trend,) = judge_trends([trend_request(series, contract)], fast=False)
    page.figures[name] = {period.label: value for period, value in series}
    return project(series, trend, contract, calibration)


def test_slackening(page):
    """A steady growth goes on at a slackening pace

    Five per cent a year without any noise: the slope counts in full. The coming steps are 0.85, 0.85², 0.85³ … of it.
    """
    made = carried(page, "Tonnes", GROWING)
    page.number("How much of the slope counts", f"{made.weight:.2f}")
    last = made.last
    for coming in made.ahead:
        page.number(f"Projection {coming.period}", f"{coming.value:.1f} ({(coming.value / last - 1) * 100:+.1f} %)")
        last = coming.value
    assert made.weight == pytest.approx(1, abs=1e-3)
    steps = [b.value / a.value - 1 for a, b in pairwise(made.ahead)]
    assert 0.05 > steps[0] > steps[1] > steps[2] > 0


def test_shrinking(page):
    """A slope that is hardly certain counts for little

    These figures swing around their course. With b the slope and se its standard error, b² / (b² + se²) of it counts.
    """
    made = carried(page, "Tonnes", RESTLESS)
    page.number("How much of the slope counts", f"{made.weight:.2f}")
    page.number("Projection 2025", f"{made.ahead[0].value:.1f}")
    assert 0.3 < made.weight < 0.95


def test_typical_change(page):
    """Misses are measured in the series' own typical change

    A miss by ten tonnes is nothing for one series and a landslide for another. Each miss is divided by the mean size of
    the series' own changes from one figure to the next, on the scale it is judged on. Of the measures tried on official
    figures this gave the narrowest bands that held.
    """
    calm = carried(page, "Calm", GROWING, made_up([2.0]))
    restless = carried(page, "Restless", RESTLESS, made_up([2.0]))
    for name, made in (("Calm", calm), ("Restless", restless)):
        coming = made.ahead[0]
        page.number(f"{name}: typical change, log scale", f"{made.spread:.3f}")
        page.number(f"{name}: 80 % band 2025", f"{coming.low_80:.1f}–{coming.high_80:.1f}")
    assert restless.ahead[0].high_80 / restless.ahead[0].value > calm.ahead[0].high_80 / calm.ahead[0].value


def test_families(page):
    """Twenty-one counties are not twenty-one tests

    Counties move together, and so do measures of nearly the same thing. Indicators of one data set, or declared as
    siblings, are one family, and every family weighs the same. Here five calm families have one county each and a wild
    one has twenty-one: the band is drawn as if the wild one were one in six, not twenty-one in twenty-six.
    """
    calm = [Miss(f"calm {n}", "share", SeriesKey(f"c{n}", "18"), 2010 + o, 1, 1.0) for n in range(5) for o in range(3)]
    wild = [Miss("wild", "share", SeriesKey("w", str(c)), 2010 + o, 1, 9.0) for c in range(21) for o in range(3)]
    whole = pooled([*calm, *wild], 1)[0].horizons[0]
    page.number("Forecasts of calm measures, all missing by one typical change", str(len(calm)))
    page.number("Forecasts of the wild measure, all missing by nine", str(len(wild)))
    page.number("Half the width of the 80 % band", f"{whole.half_width(0.80):.0f}")
    assert whole.half_width(0.80) == 1
    assert whole.half_width(0.95) == 9


def test_no_peeking(page):
    """A band is tested on measures that did not draw it

    For each family the bands are drawn from the others alone, and the share of its outcomes inside is counted. Six
    families are calm and one is wild: with bands drawn without it, none of the wild outcomes falls inside the 80 %
    band, and that is what is reported.
    """
    calm = [Miss(f"calm {n}", "share", SeriesKey(f"c{n}", "18"), 2010 + o, 1, 1.0) for n in range(6) for o in range(3)]
    wild = [Miss("wild", "share", SeriesKey("w", "18"), 2010 + o, 1, 9.0) for o in range(3)]
    whole = pooled([*calm, *wild], 1)[0].horizons[0]
    page.number("Outcomes inside the 80 % band", f"{whole.coverage_80 * 100:.0f} %")
    page.number("Inside, of the family that fared worst", f"{whole.lowest_80 * 100:.0f} %")
    assert whole.coverage_80 == pytest.approx(18 / 21, abs=1e-4)
    assert whole.lowest_80 == 0


def test_borrowing(page):
    """A class of units with few families leans on the others

    Bands are drawn per class of units (shares, rates, counts, money, durations), as they miss differently. But two
    families cannot say much: k families of its own weigh k / (k + 5), all classes together the rest.
    """
    for many in (1, 5, 10, 20):
        heap = [Miss(f"{n}", "share", SeriesKey("x", "18"), 2010 + o, 1, 1.0) for n in range(many) for o in range(3)]
        heap += [Miss(f"o{n}", "money", SeriesKey("y", "18"), 2010 + o, 1, 1.0) for n in range(5) for o in range(3)]
        share = next(each for each in pooled(heap, 1) if each.unit_class == "share")
        page.number(f"Families of its own: {many}; weight of all classes", f"{share.horizons[0].borrowed:.2f}")
        assert share.horizons[0].borrowed == pytest.approx(5 / (many + 5), abs=1e-4)


def test_chance(page):
    """The chance of reaching a level

    It is read from the same misses, up and down being equally likely: a figure at the 80 % band's upper end is passed
    one time in ten. It is never given with fewer than eight figures, nor farther ahead than projections could be
    tested, and never as more certain than 99 to 1.
    """
    known = made_up([2.0, 3.0])
    made = carried(page, "Tonnes", RESTLESS, known)
    coming = value_at(made, 2026)
    levels = {"the projection": coming.value, "the 80 % band's upper end": coming.high_80, "1,000 tonnes": 1000}
    for name, level in levels.items():
        page.number(f"Chance of at least {name} in 2026", f"{chance(made, known, level, 1, 2026) * 100:.0f} %")
    page.number("Chance in 2030, farther than was tested", str(chance(made, known, 130, 1, 2030) or "not given"))
    assert chance(made, known, coming.high_80, 1, 2026) == pytest.approx(0.10)
    assert chance(made, known, coming.value, 1, 2026) == pytest.approx(0.5)
    assert chance(made, known, 1000, 1, 2026) == pytest.approx(0.01)
    assert chance(made, known, 130, 1, 2030) is None


def test_overlapping_windows(page):
    """Windows of several years have bands only while they share a year with the last

    Figures over four years follow each other slowly, and few series of them are long enough to be tested. Their bands
    end with the last window that shares a year with the latest figure; the projection itself goes on.
    """
    contract = Indicator(
        "made-up", "made-up", NO_WORDS, NO_WORDS, "percent", Direction.HIGHER, Collection.SURVEY, NO_WORDS
    )
    points = {Period(2000 + k, 2003 + k): 60 + 0.5 * k + k % 3 for k in range(18)}
    series = Series.of(SeriesKey("made-up", "18"), points)
    (trend,) = judge_trends([trend_request(series, contract)], fast=False)
    made = project(series, trend, contract, made_up([2.0, 2.5, 3.0, 3.5, 4.0]))
    page.figures["Share, per cent"] = {period.label: value for period, value in series}
    for coming in made.ahead:
        band = "no band" if coming.low_80 is None else f"{coming.low_80:.1f}–{coming.high_80:.1f}"
        page.number(f"80 % band {coming.period.label}", band)
    assert [coming.low_80 is not None for coming in made.ahead] == [True, True, True, False, False]


def test_measured_on_the_bundled_figures(page):
    """What the bands have held on the official figures that come with the product

    Official figures for counties, municipalities and the nation, not made up. They are today's figures: as first
    published some were others.
    Eight times in ten is what the band is for; where a class falls short or holds more, that stands beside every
    projection of it. Made by `vagvisare calibrate`.
    """
    classes = tomllib.loads(BUNDLED.read_text(encoding="utf-8"))["class"]
    for each in classes[1:]:
        for horizon in (each["horizon"][place] for place in (0, 2, 4)):
            inside = f"{horizon['coverage_80'] * 100:.0f} % of {horizon['forecasts']:,}"
            page.number(f"Inside the 80 % band, {each['unit_class']}, years ahead: {horizon['years']}", inside)
    first = [each["horizon"][0] for each in classes[1:]]
    assert fmean(each["coverage_80"] for each in first) == pytest.approx(0.80, abs=0.08)
