"""Robustness: the same verdict under other reasonable choices

Somebody has to choose a window, a definition, and whether a strange year counts. A verdict that stands only by one of
those choices is no finding but a choice. So the trend is judged again under each of the others, and the sentence says
under how many it holds and names those that give another answer. Only choices that change something are counted.
"""

from __future__ import annotations

from vagvisare.assessment.closer.robustness import robustness
from vagvisare.assessment.closer.values import Choice
from vagvisare.assessment.definition import Collection, Direction, Event, Indicator, Sibling, Target, TargetKind
from vagvisare.assessment.judge import judge_all
from vagvisare.findings.closer.robustness import sentence, short
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey

NO_WORDS = Text("", "")
PANDEMIC = Event("pandemi", 2020, 2021, Text("pandemin", "the pandemic"))
OTHER = Text("Sysselsatta enligt en urvalsundersökning (påhittat)", "Employed by a sample survey (made up)")


def contract(key="made-up", title=NO_WORDS, **more):
    fields = {"unit": "percent", "direction": Direction.HIGHER, "collection": Collection.REGISTER}
    return Indicator(key=key, dataset=key, title=title, subject=NO_WORDS, definition=NO_WORDS, **{**fields, **more})


def closer(page, figures, indicator, events=(), others=()):
    """Judge a series closer, and write figures, choices and sentence on the page."""
    contracts = {indicator.key: indicator, **{each.key: each for each, _ in others}}
    panel = {}
    for key, points in ((indicator.key, figures), *((each.key, p) for each, p in others)):
        place = SeriesKey(key, "18")
        panel[place] = Series.of(place, {Period.year(year): value for year, value in points.items()})
        page.figures["18" if key == indicator.key else "18, other measure"] = {str(y): v for y, v in points.items()}
    judged = judge_all(panel, contracts, events)
    key = SeriesKey(indicator.key, "18")
    found = robustness(panel[key], indicator, judged[key], judged)
    page.number("Verdict", f"*{found.verdict}*")
    for each in found.alternatives:
        name = f"{each.choice.value.replace('_', ' ')} {each.detail}".capitalize()
        page.number(name, f"*{each.verdict}*{'' if each.holds else ' (does not hold)'}")
    page.number("In the sentence", short(found).en)
    page.number("And", sentence(found, contracts, {event.key: event for event in events}).en)
    return found


def test_it_holds(page):
    """A verdict that holds whatever is chosen

    Twenty-two years that rise by half a point a year. The window is the last fifteen; the other choices are ten, one
    fewer, one more, all twenty-two, and to leave the latest figure out.
    """
    figures = {2004 + k: 60.0 + 0.5 * k + (0.3, -0.2, 0.1, -0.3)[k % 4] for k in range(22)}
    found = closer(page, figures, contract())
    assert (found.holds, found.of) == (5, 5)


def test_it_rests_on_the_window(page):
    """A verdict that rests on how far back one looks

    It rose until 2015 and has stood still since. Both answers are true of their own years, and the sentence says which.
    """
    figures = {2004 + k: 60.0 + 0.8 * min(k, 11) + (0.4, -0.4, 0.2, -0.2)[k % 4] for k in range(22)}
    found = closer(page, figures, contract())
    assert 0 < found.holds < found.of
    assert any(a.detail == "2016-2025" and not a.holds for a in found.alternatives)


def test_it_rests_on_a_definition(page):
    """Two strange years, and another definition

    Fourteen years with two low ones among them, and another official measure of nearly the same thing. Without
    the pandemic years the verdict is the same; among the ten latest they weigh too much to tell. That the other measure
    says something else is worth knowing.
    """
    rows = (66.0, 66.8, 67.3, 68.1, 68.8, 69.3, 70.1, 70.6, 71.2, 68.0, 68.4, 72.9, 73.5, 74.1)
    figures = dict(enumerate(rows, start=2011))
    survey = contract("survey", OTHER)
    other = {year: 70.0 + (0.8 if year % 2 else -0.8) for year in figures}
    main = contract(siblings=(Sibling(NO_WORDS, "survey"),))
    found = closer(page, figures, main, (PANDEMIC,), ((survey, other),))
    by_choice = {each.choice: each for each in found.alternatives}
    assert by_choice[Choice.WITHOUT_EVENT].holds
    assert not by_choice[Choice.DEFINITION].holds
    assert (found.holds, found.of) == (3, 5)


def test_it_rests_on_the_base_year(page):
    """A target counted from a lucky year

    Sixty per cent less than 2010 by 2030. But 2010 was a cold year with high emissions: from 2009 or 2011 the same
    words ask for more. The verdict on the target is tried from both years beside, and from the mean of all three.
    """
    figures = {2005 + k: round(1000 * 0.965**k, 1) for k in range(20)}
    figures[2010] = 1250.0
    target = Target(TargetKind.RELATIVE_TO_BASE, "made up", "made up", value=-60.0, base_year=2010, year=2030)
    found = closer(page, figures, contract(unit="tonnes_co2e", direction=Direction.LOWER, targets=(target,)))
    bases = {each.detail: each.holds for each in found.alternatives if each.choice is Choice.BASE_YEAR}
    assert set(bases) == {"2009:2030", "2011:2030", "2009-2011:2030"}
    assert not bases["2009:2030"]
