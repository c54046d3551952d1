"""The slope chart: two groups at two points in time, and what happened to the distance between them."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from vagvisare.publications.charts.axis import Axis, spread_labels
from vagvisare.publications.charts.svg import element, figure, polyline
from vagvisare.terms.language import NO_BREAK_SPACE, Language
from vagvisare.terms.unit import Unit

WIDTH, HEIGHT, TOP, SIDE = 320.0, 230.0, 30.0, 62.0


@dataclass(frozen=True, slots=True)
class SlopeLine:
    """One group: its name, and its figure first and last."""

    name: str
    first: float
    last: float
    style: str


@dataclass(frozen=True, slots=True)
class SlopeChart:
    """Two groups between two periods (already written as words)."""

    title: str
    description: str
    language: Language
    unit: Unit
    first: str
    last: str
    lines: tuple[SlopeLine, SlopeLine]


def draw(chart: SlopeChart, name: str) -> Markup:
    """Draw the chart; group names stand on their lines, figures at both ends."""
    values = [value for line in chart.lines for value in (line.first, line.last)]
    low, high = min(values), max(values)
    pad = (high - low) * 0.1 or abs(high) * 0.1 or 1.0
    y = Axis(low - pad, high + pad, HEIGHT - 16, TOP + 8)
    left, right = SIDE, WIDTH - SIDE
    parts = [
        element("text", chart.first, x=left, y=16, class_="tick end"),
        element("text", chart.last, x=right, y=16, class_="tick"),
        element("line", x1=left, x2=left, y1=TOP, y2=HEIGHT - 8, class_="grid"),
        element("line", x1=right, x2=right, y1=TOP, y2=HEIGHT - 8, class_="grid"),
    ]
    starts = spread_labels([y(line.first) for line in chart.lines], 16, TOP + 8, HEIGHT - 10)
    ends = spread_labels([y(line.last) for line in chart.lines], 16, TOP + 8, HEIGHT - 10)
    above = y(chart.lines[0].first) + y(chart.lines[0].last) <= y(chart.lines[1].first) + y(chart.lines[1].last)
    for i, line in enumerate(chart.lines):
        upper = (i == 0) == above
        parts += _line(chart, line, (left, right, y(line.first), y(line.last)), (starts[i], ends[i]), upper=upper)
    return figure(name, chart.title, chart.description, WIDTH, HEIGHT, parts, "chart slope-chart")


def _line(
    chart: SlopeChart,
    line: SlopeLine,
    ends: tuple[float, float, float, float],
    labels: tuple[float, float],
    *,
    upper: bool,
) -> list[Markup]:
    left, right, first, last = ends
    figures = [chart.unit.figure(value, chart.language) for value in (line.first, line.last)]
    middle = (first + last) / 2
    # The name is lifted clear of a steep line by what the line climbs over half the name's width.
    clear = min(abs(last - first) / (right - left) * len(line.name) * 3.4, 60) + 8
    return [
        polyline([(left, first), (right, last)], line.style),
        element("circle", cx=left, cy=first, r=3.5, class_=f"{line.style}-end"),
        element("circle", cx=right, cy=last, r=3.5, class_=f"{line.style}-end"),
        element("text", figures[0], x=left - 8, y=labels[0] + 4, class_="label end figure"),
        element("text", figures[1], x=right + 8, y=labels[1] + 4, class_="label figure"),
        element(
            "text",
            line.name.replace(" ", NO_BREAK_SPACE),
            x=(left + right) / 2,
            y=middle - clear if upper else middle + clear + 10,
            class_="label mid halo",
        ),
    ]
