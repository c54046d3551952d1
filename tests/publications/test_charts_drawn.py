"""Charts as drawn: synthetic series in, SVG out; what a reader must be able to see, hear and check."""

import math
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from vagvisare.assessment.definition import Break, Event
from vagvisare.assessment.judgement import Movement, Reason, Trend, Verdict, Window
from vagvisare.publications.charts import line, rank, slope, spark
from vagvisare.publications.charts.svg import element, path, short
from vagvisare.terms.language import Language, Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import UNITS, Scale

SVG = "{http://www.w3.org/2000/svg}"
PERCENT = UNITS["percent"]


def series(points, code="18"):
    return Series.of(SeriesKey("made-up", code), {Period.parse(str(p)): v for p, v in points.items()})


def trend(used, scale=Scale.LINEAR, slope_=-0.5, low=-0.8, high=-0.2, end=80.0):
    window = Window(tuple(Period.year(y) for y in used), len(used))
    return Trend(
        Verdict.WORSENING,
        Movement.FALLING,
        Reason.SIGNIFICANT,
        window,
        scale,
        slope_,
        low,
        high,
        -20,
        0.01,
        False,
        0.2,
        1.3,
        85.0,
        end,
        -5.0,
        -7.0,
        -3.0,
    )


def chart(**more):
    own = series({year: 90 - 0.5 * (year - 2006) for year in range(2006, 2026)})
    nation = series({year: 88 - 0.2 * (year - 2006) for year in range(2006, 2026)}, "00")
    told = {
        "title": "Den påhittade andelen minskar",
        "description": "Lägst 80,5 procent.",
        "language": Language.SV,
        "unit": PERCENT,
        "lines": (line.Line("Örebro", own, "own"), line.Line("Riket", nation, "nation")),
    }
    return line.LineChart(**(told | more))


def drawn(made):
    return ET.fromstring(f'<r xmlns="http://www.w3.org/2000/svg">{made}</r>')[0]  # noqa: S314 our own drawing


def of_class(svg, name):
    return [e for e in svg.iter() if name in (e.get("class") or "").split()]


def test_a_picture_has_title_and_description_tied_to_it():
    svg = drawn(line.draw(chart(), "kurva", 860, 420))
    assert svg.get("role") == "img"
    named = svg.get("aria-labelledby").split()
    texts = {e.get("id"): e.text for e in svg if e.tag.endswith(("title", "desc"))}
    assert [texts[i] for i in named] == ["Den påhittade andelen minskar", "Lägst 80,5 procent."]


def test_no_style_and_no_script_is_written_into_a_picture():
    made = str(line.draw(chart(events=(Event("p", 2020, 2021, Text("pandemin", "pandemic")),)), "k", 860, 420))
    assert "style=" not in made
    assert "<script" not in made
    assert not re.search(r"\son\w+=", made)


def test_hostile_text_stays_text():
    made = str(line.draw(chart(title='<script>alert("x")</script>', description="a & b"), "k", 860, 420))
    assert "<script>" not in made
    assert "a &amp; b" in made


def test_the_own_line_is_drawn_last_and_labelled_with_its_latest_figure():
    svg = drawn(line.draw(chart(), "k", 860, 420))
    lines = [e for e in svg.iter(f"{SVG}path") if e.get("class") in ("own", "nation")]
    assert lines[-1].get("class") == "own"
    labels = {e.text for e in svg.iter(f"{SVG}text")}
    assert "Örebro\u00a080,5" in labels
    assert "Riket\u00a084,2" in labels


def test_on_a_phone_the_plot_keeps_room_and_peers_are_named_without_figures():
    lines = (*chart().lines, line.Line("Västra Götaland", series({2006: 80.0, 2025: 81.0}, "14"), "peer"))
    svg = drawn(line.draw(chart(lines=lines), "k", 328, 330))
    labels = {e.text for e in svg.iter(f"{SVG}text")}
    assert {"Västra Götaland", "Örebro\u00a080,5", "Riket\u00a084,2"} <= labels
    assert max(float(e.get("x2")) for e in of_class(svg, "grid")) > 180


def test_years_without_figures_are_bridged_with_dots_not_drawn_as_measured():
    gappy = series({1990: 90.0, 2000: 89.0, 2001: 88.0, 2002: 87.0, 2003: 86.5, 2004: 86.0})
    made = chart(lines=(line.Line("Örebro", gappy, "own"),))
    svg = drawn(line.draw(made, "k", 860, 420))
    assert len(of_class(svg, "missing")) == 1
    assert line.has_missing_years(made)
    assert not line.has_missing_years(chart())


def test_a_series_every_second_year_has_no_missing_years():
    even = series({year: 80.0 + year % 3 for year in range(2001, 2022, 2)})
    assert not line.has_missing_years(chart(lines=(line.Line("Örebro", even, "own"),)))


def test_a_window_of_several_years_is_drawn_as_wide_as_it_is():
    windows = series({"2005-2008": 70.0, "2009-2012": 71.0, "2013-2016": 72.0})
    svg = drawn(line.draw(chart(lines=(line.Line("Örebro", windows, "own"),)), "k", 860, 420))
    assert len(of_class(svg, "window")) == 3
    assert "2013–2016: 72,0\u00a0procent" in [p.get("data-read") for p in of_class(svg, "point")]


def test_trend_band_events_breaks_and_target_are_part_of_the_picture():
    made = chart(
        trend=trend(range(2011, 2026)),
        events=(Event("p", 2020, 2021, Text("pandemin", "the pandemic")),),
        breaks=(Break(Period.year(2016), Text("ny", "new")), Break(Period.year(2020), Text("ny", "new"))),
        break_word="ny metod",
        goal=line.Goal(2030, 85.0, "mål 2030: 85,0"),
    )
    svg = drawn(line.draw(made, "k", 860, 420))
    for name, count in [("band", 1), ("trend", 1), ("event", 1), ("break", 2), ("target", 1), ("target-mark", 1)]:
        assert len(of_class(svg, name)) == count, name
    words = [e.text for e in svg.iter(f"{SVG}text")]
    assert words.count("ny metod") == 2
    assert "pandemin" in words
    assert "mål 2030: 85,0" in words


def test_two_breaks_close_together_do_not_write_over_each_other():
    made = chart(
        breaks=(Break(Period.year(2019), Text("a", "a")), Break(Period.year(2020), Text("b", "b"))),
        break_word="ny metod",
    )
    svg = drawn(line.draw(made, "k", 328, 330))
    places = [float(e.get("y")) for e in svg.iter(f"{SVG}text") if e.text == "ny metod"]
    assert abs(places[0] - places[1]) >= 12


@pytest.mark.parametrize("width", [328, 860])
def test_everything_stands_inside_the_picture(width):
    svg = drawn(line.draw(chart(trend=trend(range(2011, 2026)), goal=line.Goal(2030, 85.0, "mål")), "k", width, 400))
    for e in svg.iter():
        for name in ("x", "x1", "x2", "cx"):
            assert -1 <= float(e.get(name, 0)) <= width, (e.tag, e.get("class"))
        for name in ("y", "y1", "y2", "cy"):
            assert -1 <= float(e.get(name, 0)) <= 401, (e.tag, e.get("class"))


def test_a_wide_band_is_cut_rather_than_flattening_the_figures():
    wild = trend(range(2011, 2026), low=-40.0, high=40.0)
    calm, torn = (drawn(line.draw(chart(trend=t), "k", 860, 420)) for t in (None, wild))
    assert len(of_class(torn, "grid")) <= len(of_class(calm, "grid")) + 8
    numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", of_class(torn, "band")[0].get("d"))]
    assert min(numbers) >= 0
    assert max(numbers) <= 860


@pytest.mark.parametrize(("scale", "bounds"), [(Scale.LOGIT, (0.0, 100.0)), (Scale.LOG, None), (Scale.LINEAR, None)])
def test_the_trend_curve_ends_at_the_fitted_level_on_every_scale(scale, bounds):
    curves = line.trend_curves(trend(range(2011, 2026), scale, -0.01, -0.02, 0.0, end=80.0), bounds)
    middle, low, high = curves
    assert math.isclose(middle[-1][1], 80.0)
    assert all(b <= m <= t for (_, b), (_, m), (_, t) in zip(low, middle, high, strict=True))
    pivot = len(middle) // 2
    assert math.isclose(low[pivot][1], high[pivot][1])


def test_too_few_points_draw_no_trend():
    nothing = replace(trend([2024, 2025]), slope=math.nan, level_end=math.nan)
    assert line.trend_curves(nothing, None) is None
    assert not of_class(drawn(line.draw(chart(trend=nothing), "k", 860, 420)), "trend")


def test_a_cut_axis_is_told_and_a_whole_one_is_not():
    assert line.truncated_from(chart()) == 80
    whole = series({2020: 2.0, 2021: 9.0, 2022: 10.0})
    assert line.truncated_from(chart(lines=(line.Line("Örebro", whole, "own"),))) is None


def test_one_single_point_can_be_drawn():
    svg = drawn(line.draw(chart(lines=(line.Line("Örebro", series({2024: 5.0}), "own"),)), "k", 328, 330))
    assert len(of_class(svg, "point")) == 1


def test_tonnes_are_drawn_in_the_unit_that_is_read_aloud():
    tonnes = series({2020: 1_200_000.0, 2021: 1_100_000.0, 2022: 1_244_000.0})
    svg = drawn(line.draw(chart(unit=UNITS["tonnes_co2e"], lines=(line.Line("Örebro", tonnes, "own"),)), "k", 860, 420))
    words = " ".join(e.text or "" for e in svg.iter(f"{SVG}text"))
    assert "Örebro\u00a01\u202f244" in words
    assert "tusen ton koldioxidekvivalenter" in words


def test_the_dot_plot_shows_place_name_and_figure_and_marks_the_territory_by_more_than_colour():
    rows = tuple(rank.RankRow(i, f"Län {i}", 90.0 - i, "own" if i == 3 else "") for i in range(1, 22))
    made = rank.RankChart("t", "d", Language.SV, PERCENT, rows, ("Riket", 80.0))
    svg = drawn(rank.draw(made, "plats", 520))
    dots = of_class(svg, "dot")
    assert len(dots) == 21
    assert float(of_class(svg, "own-dot")[0].get("r")) > float(dots[0].get("r"))
    assert len(of_class(svg, "nation-rule")) == 1
    assert "87,0" in [e.text for e in svg.iter(f"{SVG}text")]


def test_riket_is_left_out_of_the_dot_plot_where_it_lies_far_outside():
    rows = tuple(rank.RankRow(i, f"Län {i}", 1.0 * i) for i in range(1, 22))
    made = rank.RankChart("t", "d", Language.SV, PERCENT, rows, ("Riket", 5000.0))
    assert not of_class(drawn(rank.draw(made, "plats", 520)), "nation-rule")


@pytest.mark.parametrize("language", list(Language))
def test_the_slope_chart_names_both_groups_and_writes_all_four_figures(language):
    lines = (slope.SlopeLine("kvinnor", 72.4, 71.3, "own"), slope.SlopeLine("män", 71.2, 70.6, "nation"))
    svg = drawn(slope.draw(slope.SlopeChart("t", "d", language, PERCENT, "2015", "2020", lines), "g"))
    words = [e.text for e in svg.iter(f"{SVG}text")]
    mark = "," if language is Language.SV else "."
    assert {"kvinnor", "män", f"72{mark}4", f"70{mark}6", "2015", "2020"} <= set(words)


def test_the_small_line_is_hidden_from_screen_readers_and_bears_one_point_or_none():
    own = series({2020: 1.0, 2021: 2.0})
    assert 'aria-hidden="true"' in spark.draw(own, None)
    assert spark.draw(series({}), None) == ""
    assert spark.draw(series({2020: 1.0}), None).count("<circle") == 1


def test_elements_escape_and_shorten():
    assert element("a", "<b>", data_x='"', width=1.04) == '<a data-x="&#34;" width="1">&lt;b&gt;</a>'
    assert short(-0.01) == "0"
    assert path([(0, 1), (2.55, 3)], closed=True) in ("M0 1L2.5 3Z", "M0 1L2.6 3Z")
