"""The fan of a projection as drawn: made-up figures in, SVG out."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from vagvisare.assessment.definition import Break
from vagvisare.assessment.judgement import Outlook, Projection
from vagvisare.publications.charts import fan, line
from vagvisare.terms.language import Language, Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import UNITS, Scale

OWN = Series.of(SeriesKey("made-up", "18"), {Period.year(2006 + k): 90 - 0.5 * k for k in range(20)})
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def projection(years=8, wide=1.0):
    ahead = tuple(
        Outlook(Period.year(2025 + h), 80.0 - h / 4, *(80.0 - h / 4 + wide * h * step for step in (-1, 1, -2, 2)))
        for h in range(1, years + 1)
    )
    return Projection(Period.year(2025), 80.5, -0.1, 0.8, Scale.LINEAR, ahead)


def chart(made):
    return line.LineChart(
        title="Den påhittade andelen",
        description="",
        language=Language.SV,
        unit=UNITS["percent"],
        lines=(line.Line("Örebro", OWN, "own"),),
        projection=made,
    )


def drawn(made):
    return ET.fromstring(f'<r xmlns="http://www.w3.org/2000/svg">{line.draw(chart(made), "kurva", 860, 420)}</r>')  # noqa: S314 our own drawing


def corners(svg, name):
    """The points of every path of a class."""
    found = [e.get("d") for e in svg.iter() if name in (e.get("class") or "").split()]
    return [list(zip(*[iter(map(float, NUMBER.findall(data)))] * 2, strict=True)) for data in found]


def test_the_fan_opens_from_the_last_figure_and_reaches_five_years():
    svg = drawn(projection())
    wide, narrow = corners(svg, "fan")
    (course,) = corners(svg, "ahead")
    last = corners(svg, "own")[0][-1]
    assert course[0] == wide[0] == wide[-1] == narrow[0] == narrow[-1] == last
    assert len(course) == 1 + fan.FAR
    assert len(narrow) == 2 * len(course)


def test_the_narrow_band_lies_inside_the_wide_one_and_the_line_inside_both():
    svg = drawn(projection())
    wide, narrow = corners(svg, "fan")
    (course,) = corners(svg, "ahead")
    for place in range(1, len(course)):
        low, high = narrow[place][1], narrow[-1 - place][1]
        assert wide[place][1] >= low >= course[place][1] >= high >= wide[-1 - place][1]
        assert narrow[place][0] == course[place][0] == narrow[-1 - place][0]


@pytest.mark.parametrize("wide", [1.0, 500.0])
def test_nothing_is_drawn_outside_the_frame(wide):
    svg = drawn(projection(wide=wide))
    for shape in [*corners(svg, "fan"), *corners(svg, "ahead"), *corners(svg, "own")]:
        assert all(0 <= x <= 860 and 0 <= y <= 420 for x, y in shape)


def test_years_without_bands_are_not_drawn():
    bare = replace(projection(), ahead=tuple(Outlook(each.period, each.value) for each in projection().ahead))
    assert corners(drawn(bare), "fan") == []
    assert corners(drawn(bare), "ahead") == []
    part = replace(projection(), ahead=(projection().ahead[0], *bare.ahead[1:]))
    assert len(corners(drawn(part), "ahead")[0]) == 2


def test_without_a_projection_the_chart_is_as_it_was():
    assert fan.coming(None) == ()
    assert corners(drawn(None), "fan") == []


def texts(svg):
    return {e.text: e for e in svg.iter() if e.tag.endswith("text")}


def shown(width=860.0, **more):
    made = replace(chart(projection()), ahead_label="prognos 2030: 78,8", ahead_brief="2030: 78,8", **more)
    return ET.fromstring(f'<r xmlns="http://www.w3.org/2000/svg">{line.draw(made, "kurva", width, 420)}</r>')  # noqa: S314 our own drawing


def test_the_label_of_the_projection_stands_under_the_own_and_is_shorter_on_a_phone():
    nation = line.Line("Riket", Series.of(SeriesKey("made-up", "00"), {Period.year(2025): 79.0}), "nation")
    for width, words in ((860.0, "prognos 2030: 78,8"), (328.0, "2030: 78,8")):
        found = texts(shown(width, lines=(*chart(None).lines, nation)))
        own, ahead = found["Örebro\u00a080,5"], found[words]
        assert float(ahead.get("y")) - float(own.get("y")) == pytest.approx(15)
        assert ahead.get("x") == own.get("x")
    assert "prognos 2030: 78,8" not in texts(drawn(None))


def test_a_longer_fan_is_drawn_where_a_target_needs_it():
    (course,) = corners(shown(far=7), "ahead")
    assert len(course) == 8


def test_every_projected_figure_can_be_read():
    svg = shown(ahead_reads=tuple(f"{2025 + h}: …" for h in range(1, 6)))
    reads = [e.get("data-read") for e in svg.iter() if e.get("class") == "ahead-point"]
    assert reads == [f"{2025 + h}: …" for h in range(1, 6)]


def test_it_is_told_when_a_band_leaves_the_picture():
    assert line.fan_is_cut(chart(projection(wide=500.0)))
    assert not line.fan_is_cut(chart(projection(wide=0.01)))
    assert not line.fan_is_cut(chart(None))


def test_leaders_run_level_through_the_years_ahead():
    nation = line.Line("Riket", Series.of(SeriesKey("made-up", "00"), {Period.year(2025): 84.0}), "nation")
    bends = [path for path in corners(shown(lines=(*chart(None).lines, nation)), "leader") if len(path) == 3]
    assert bends
    assert all(path[0][1] == path[1][1] for path in bends)


def test_the_word_at_a_break_near_the_edge_stands_before_its_rule():
    late = Break(Period.year(2029), Text("ny", "new"))
    made = replace(chart(projection()), breaks=(late,), break_word="ny metod")
    svg = ET.fromstring(f'<r xmlns="http://www.w3.org/2000/svg">{line.draw(made, "kurva", 328, 330)}</r>')  # noqa: S314 our own drawing
    word = texts(svg)["ny metod"]
    assert "end" in word.get("class").split()
