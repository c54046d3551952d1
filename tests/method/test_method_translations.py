"""What published methods say of the same figures

Statistical offices and others publish rules of their own for judging an indicator. They often differ, and a reader who
meets one verdict there and another here deserves to know why. Each rule is computed exactly as its body publishes it
and shown beside the verdict of these pages, never instead of it. *Value* is the rule's own progress value, *score* its
score where it has one.
"""

from __future__ import annotations

import pytest

from vagvisare.assessment.definition import Direction
from vagvisare.assessment.judgement import Verdict
from vagvisare.assessment.translations import METHODS, CaseSeries
from vagvisare.terms.unit import Scale

MORTALITY = {
    2011: 257.93,
    2012: 252.8,
    2013: 253.78,
    2014: 243.34,
    2015: 249.22,
    2016: 244.56,
    2017: 241.05,
    2018: 241.0,
    2019: 231.41,
    2020: 238.07,
    2021: 252.54,
}


def ask(page, method, figures, *, shown="", name="Figures", **more):
    """Ask one method about one series and write figures and answer on the page."""
    case = CaseSeries(name, tuple(sorted(figures)), tuple(float(figures[year]) for year in sorted(figures)), **more)
    (answer,) = METHODS[method]([case])
    if name:
        page.figures[name] = {str(year): value for year, value in sorted(figures.items())}
    value = "" if answer.as_dict()["value"] is None else f", value {answer.value:.5g}"
    score = "" if answer.score is None else f", score {answer.score:.5g}"
    page.number(shown or method, f"*{answer.status}*{value}{score}".replace("-", "−"))
    return answer


def test_statistics_canada(page):
    """Statistics Canada (Open SDG): growth held against the growth needed

    Poverty in Canada, per cent, with the target 7.25 in 2030 (indicator 1-2-1, as published). The yearly growth from
    2015 to the latest figure is −4.30 per cent; −4.52 was needed. Their ratio is the value. From 0.95 it is
    substantial, from 0.60 moderate, from 0 limited progress, and below 0 deterioration. Only two figures count.
    """
    found = ask(page, "statcan", {2015: 14.5, 2023: 10.2}, direction=-1, target=7.25, target_year=2030)
    assert found.status == "substantial_progress"
    assert (found.value, found.score) == pytest.approx((0.95259, 2.51856), abs=5e-6)


def test_statistics_canada_near_a_limit(page):
    """Statistics Canada: near a natural limit less is asked

    Without a target, growth of 1.5 and 0.5 per cent a year are the bars. A share of 90 per cent cannot grow so, and the
    bars are scaled down: by 1 − 0.9 to the power 4.44, which leaves 0.374 of them (indicator 1-3-1, as published).
    """
    found = ask(page, "statcan", {2015: 90.0, 2021: 93.2}, direction=1, limit=100, shown="with the limit 100")
    assert found.status == "substantial_progress"
    assert found.score == pytest.approx(2.81539, abs=5e-6)
    free = ask(page, "statcan", {2015: 90.0, 2021: 93.2}, direction=1, name="", shown="without a limit")
    assert free.status == "moderate_progress"


def test_eurostat(page):
    """Eurostat, as Eustat computes it: too slow is called deterioration

    Deaths in traffic in the Basque Country per 100,000, with the target 1.75 in 2030 (indicator 3-6-1, as published).
    They fell by a fifth, but the ratio 0.54 is below 0.60, and everything below is deterioration. Here a figure that
    falls where lower is better is improving, and that it is too slow for the target is said apart.
    """
    found = ask(page, "eurostat", {2015: 3.5, 2024: 2.8}, direction=-1, target=1.75)
    assert found.status == "moderate_deterioration"
    assert (found.value, found.score) == pytest.approx((0.54229, -0.24046), abs=5e-6)
    every_year = {2015: 3.5, 2016: 3.4, 2017: 3.35, 2018: 3.25, 2019: 3.2, 2020: 3.1, 2021: 3.0, 2022: 2.95, 2023: 2.9}
    ours = page.trend("Made-up years between", {**every_year, 2024: 2.8}, scale=Scale.LOG, direction=Direction.LOWER)
    assert ours.verdict is Verdict.IMPROVING


def test_united_nations(page):
    """The United Nations: the share of the way that growth will cover

    The same Canadian figures. Growth carried on gives 7.50 in 2030; of the way from 14.5 to 7.25 that is 0.966. From
    0.95 it is on track, from 0.10 fair progress. A figure that already meets its target is on track whatever its trend.
    """
    found = ask(page, "un", {2015: 14.5, 2023: 10.2}, direction=-1, target=7.25)
    assert found.status == "on_track"
    assert found.value == pytest.approx(0.9658, abs=5e-5)


def test_germany(page):
    """Germany: weather symbols turn with the last year

    Premature mortality in Germany with the target 200 in 2030 (indicator 3.1.a, as published). The mean change of five
    years is carried on, and the share of the remaining way that would be missed is the value: under 5 per cent sun, up
    to 20 sun and cloud, above that cloud, and a storm when the change goes the wrong way. The four symbols are the
    official ones of 2018 to 2021. They change every year; the trend of the same figures never turns to worse.
    """
    symbols = {2018: "cloud", 2019: "sun_cloud", 2020: "cloud", 2021: "storm"}
    for year, symbol in symbols.items():
        figures = {each: value for each, value in MORTALITY.items() if each <= year}
        found = ask(page, "destatis", figures, direction=-1, target=200, target_year=2030, name="", shown=str(year))
        assert found.status == symbol
    verdicts = [
        page.trend(
            f"Until {last}",
            {year: value for year, value in MORTALITY.items() if year <= last},
            scale=Scale.LOG,
            direction=Direction.LOWER,
        ).verdict
        for last in symbols
    ]
    assert Verdict.WORSENING not in verdicts


def test_arrows(page):
    """The SDG Index: straight lines instead of growth

    The same Canadian figures once more, in a straight line: 4.3 of 7.25 points in 8 of 15 years, 1.11 of what is
    needed. From 1 it is on track, from 0.5 moderately improving, from 0 stagnating. By growth the same figures only
    just pass.
    """
    found = ask(page, "sdsn", {2015: 14.5, 2023: 10.2}, direction=-1, target=7.25)
    assert found.status == "on_track"
    assert found.value == pytest.approx(1.112, abs=5e-4)


def test_making_data_count(page):
    """NHS England: does the latest figure depart from ordinary variation?

    The limits are the mean ± 2.66 mean moving ranges (made-up figures). A figure outside them, seven in a row on one
    side, seven rising or falling, or two of three near a limit are special cause. A target within the limits is met
    only at times. The value is the distance from the mean in standard deviations of the process.
    """
    quiet = {2009 + k: 50 + k % 2 for k in range(12)}
    calm = ask(page, "xmr", quiet, direction=1, target=50.5, name="Ordinary", shown="ordinary")
    assert calm.status == "common_cause"
    assert "inconsistent" in calm.reason
    jump = ask(page, "xmr", {**quiet, 2021: 58}, direction=1, target=45, name="A jump", shown="a jump")
    assert jump.status == "special_cause_improvement"


def test_kolada(page):
    """Kolada: colours are places, not grades

    Each series of the table is a unit; the latest period that all have is compared (made-up figures, higher is better).
    The best quarter is green, the worst red. All may have improved, or be far from good: the colour does not say.
    """
    units = {"A": 60, "B": 62, "C": 64, "D": 66, "E": 68, "F": 70, "G": 72, "H": 74}
    cases = [CaseSeries(name, (2023,), (float(value),), 1) for name, value in units.items()]
    answers = METHODS["kolada"](cases)
    for answer in answers:
        page.figures[answer.series] = {"2023": float(units[answer.series])}
        page.number(answer.series, f"*{answer.status}*, place {answer.value:.0f}")
    assert [answer.status for answer in answers] == ["red"] * 2 + ["yellow"] * 4 + ["green"] * 2


def test_scotland(page):
    """Scotland: the last two figures and a criterion for change

    A change of one percentage point or more counts (made-up figures). Seven years of decline are forgotten when the
    last step goes up.
    """
    figures = {
        2015: 70.0,
        2016: 68.9,
        2017: 67.8,
        2018: 66.4,
        2019: 65.3,
        2020: 64.1,
        2021: 63.0,
        2022: 62.1,
        2023: 63.3,
    }
    found = ask(page, "scotland", figures, direction=1, share=True)
    assert found.status == "performance_improving"
    assert page.trend("Figures", figures).verdict is Verdict.WORSENING


def test_a_target_met_from_the_start(page):
    """A target met from the start is no progress

    99.88 per cent has become 99.86, and the target is 99.85 (made-up years between). By Eurostat's rule the highest
    score; by ours the level is one answer and the direction another.
    """
    figures = {
        2015: 99.88, 2016: 99.88, 2017: 99.87, 2018: 99.88, 2019: 99.87, 2020: 99.87, 2021: 99.86, 2022: 99.86,
        2023: 99.86, 2024: 99.86, 2025: 99.86,
    }  # fmt: skip
    found = ask(page, "eurostat", figures, direction=1, target=99.85, name="")
    assert (found.status, found.score) == ("target_achieved", 5)
    assert found.value == pytest.approx(-1.0, abs=0.01)
    assert page.trend("Share, per cent", figures).verdict is not Verdict.IMPROVING


def test_a_base_year_that_moves(page):
    """One base year more or less

    The same figures (made up) by growth rules, counted from 2015 and from 2016: one odd first year turns the verdict.
    The trend says either improving or that it cannot be told, and never worse.
    """
    figures = {
        2015: 52.0,
        2016: 49.0,
        2017: 49.4,
        2018: 49.9,
        2019: 50.2,
        2020: 50.6,
        2021: 51.1,
        2022: 51.3,
        2023: 51.8,
    }
    first = ask(page, "statcan", figures, direction=1, base_year=2015, shown="statcan, counted from 2015")
    second = ask(page, "statcan", figures, direction=1, base_year=2016, name="", shown="statcan, counted from 2016")
    assert (first.status, second.status) == ("deterioration", "moderate_progress")
    ours = [
        page.trend(name, {year: value for year, value in figures.items() if year >= start}).verdict
        for name, start in (("Trend from 2015", 2015), ("Trend from 2016", 2016))
    ]
    assert Verdict.WORSENING not in ours
