"""The dot plot: the 21 counties in order, the territory in ink, riket as a rule."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from vagvisare.publications.charts.axis import Axis, value_ticks
from vagvisare.publications.charts.frame import tick_label
from vagvisare.publications.charts.svg import element, figure
from vagvisare.terms.language import Language
from vagvisare.terms.unit import Unit

ROW, TOP, BOTTOM = 19.0, 42.0, 8.0


@dataclass(frozen=True, slots=True)
class RankRow:
    """One county: its place (ties share the better; 0 is not written), name and figure.

    ``style`` is own, peer or empty.
    """

    place: int
    name: str
    value: float
    style: str = ""


@dataclass(frozen=True, slots=True)
class RankChart:
    """Everything a dot plot shows; ``nation`` is riket's figure with its word."""

    title: str
    description: str
    language: Language
    unit: Unit
    rows: tuple[RankRow, ...]
    nation: tuple[str, float] | None = None


def draw(chart: RankChart, name: str, width: float) -> Markup:
    """Draw the dot plot at one width."""
    values = [row.value / chart.unit.divide for row in chart.rows]
    if chart.nation and chart.nation[1] / chart.unit.divide <= max(values) * 2:
        values.append(chart.nation[1] / chart.unit.divide)
    ticks = value_ticks(values, 4)
    figures = [chart.unit.figure(row.value, chart.language) for row in chart.rows]
    # The widest figure is written in bold: 7.6 pixels a character, and room to breathe before it.
    need = max(map(len, figures)) * 7.6 + 16
    x = Axis(ticks[0], ticks[-1], 150, width - need)
    height = TOP + ROW * len(chart.rows) + BOTTOM
    parts = [
        *_grid(chart, x, ticks, height),
        *(_nation(chart, x, height)),
        *(
            part
            for i, (row, written) in enumerate(zip(chart.rows, figures, strict=True))
            for part in _row(chart, row, x, TOP + ROW * i + ROW / 2, (written, x.end + need - 2))
        ),
    ]
    return figure(name, chart.title, chart.description, width, height, parts, "chart rank-chart")


def _grid(chart: RankChart, x: Axis, ticks: list[float], height: float) -> list[Markup]:
    parts = []
    for tick in ticks:
        at = x(tick)
        parts.append(element("line", x1=at, x2=at, y1=TOP - 6, y2=height, class_="grid"))
        parts.append(element("text", tick_label(tick, ticks, chart.language), x=at, y=TOP - 28, class_="tick mid"))
    return parts


def _nation(chart: RankChart, x: Axis, height: float) -> list[Markup]:
    if chart.nation is None:
        return []
    word, value = chart.nation
    at = x(value / chart.unit.divide)
    if not x.start <= at <= x.end:
        return []
    return [
        element("line", x1=at, x2=at, y1=TOP - 6, y2=height, class_="nation-rule"),
        element("text", word, x=at, y=TOP - 11, class_="label mid nation-label halo"),
    ]


def _row(chart: RankChart, row: RankRow, x: Axis, y: float, written: tuple[str, float]) -> list[Markup]:
    """Draw one county; ``written`` is its figure and where the figure ends."""
    own = row.style == "own"
    at = x(row.value / chart.unit.divide)
    label = "label own-label" if own else "label"
    return [
        element("line", x1=x.start, x2=x.end, y1=y, y2=y, class_="stem"),
        element("text", f"{row.place or ''}", x=20, y=y + 4, class_=f"{label} end"),
        element("text", row.name, x=28, y=y + 4, class_=label),
        element("circle", cx=at, cy=y, r=5.5 if own else 4, class_=f"dot {row.style}-dot" if row.style else "dot"),
        element("text", written[0], x=written[1], y=y + 4, class_=f"{label} end figure"),
    ]
