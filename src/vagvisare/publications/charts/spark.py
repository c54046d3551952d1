"""The small line beside a sentence: the territory's figures in ink, riket's in grey, nothing else."""

from __future__ import annotations

from markupsafe import Markup

from vagvisare.publications.charts.axis import Axis
from vagvisare.publications.charts.svg import element, polyline
from vagvisare.terms.series import Series

WIDTH, HEIGHT, PAD = 112.0, 28.0, 4.0


def draw(own: Series, nation: Series | None) -> Markup:
    """Draw the line; it is hidden from screen readers, since the sentence beside it says what it shows."""
    series = [s for s in (nation, own) if s is not None and len(s) > 1]
    if not len(own):
        return Markup("")
    first = own.periods[0].middle
    points = {id(s): [(p.middle, v) for p, v in s if p.middle >= first] for s in series}
    values = [v for s in series for _, v in points[id(s)]] or list(own.values)
    x = Axis(first, own.periods[-1].middle, PAD, WIDTH - PAD)
    y = Axis(min(values), max(values), HEIGHT - PAD, PAD)
    parts = [
        polyline([(x(t), y(v)) for t, v in points[id(s)]], "own" if s is own else "nation")
        for s in series
        if points[id(s)]
    ]
    end = element("circle", cx=x(own.periods[-1].middle), cy=y(own.values[-1]), r=2.5, class_="point")
    box = f"0 0 {WIDTH:.0f} {HEIGHT:.0f}"
    return element("svg", *parts, end, viewBox=box, class_="spark", aria_hidden="true", focusable="false")
