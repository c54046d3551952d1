"""The line chart of an indicator: the territory in ink, others in grey, the robust trend with its uncertainty."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from markupsafe import Markup

from vagvisare.assessment.definition import Break, Event
from vagvisare.assessment.judgement import Outlook, Projection, Trend
from vagvisare.publications.charts import fan
from vagvisare.publications.charts import frame as frames
from vagvisare.publications.charts.axis import spread_labels
from vagvisare.publications.charts.frame import Frame
from vagvisare.publications.charts.svg import element, figure, path, polyline
from vagvisare.terms.language import NO_BREAK_SPACE, Language
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series
from vagvisare.terms.unit import Scale, Unit

Point = tuple[float, float]
BRIEF_BELOW = 400
"""On narrower charts others' labels are names only; their figures stand in the table behind the chart."""
GRID_POINTS = 24
"""How many points a trend curve is drawn through; the curve bends only where the model scale is not linear."""


@dataclass(frozen=True, slots=True)
class Line:
    """One series with the word that stands at its end; ``style`` is own, nation or peer.

    ``preliminary`` are the periods whose figures are drawn as open points, for their source may change them.
    """

    label: str
    series: Series
    style: str
    preliminary: frozenset[Period] = frozenset()


@dataclass(frozen=True, slots=True)
class Goal:
    """A target on the chart: when, how much, and the word beside it."""

    year: int
    value: float
    label: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Everything a line chart shows.

    ``break_word`` names a break in the method, ``preliminary_word`` a figure that its source may change. The
    ``projection`` is drawn ``far`` years ahead; ``ahead_label`` (``ahead_brief`` on a phone) stands at its end, and
    ``ahead_reads`` are the words of its periods, nearest first.
    """

    title: str
    description: str
    language: Language
    unit: Unit
    lines: tuple[Line, ...]
    trend: Trend | None = None
    bounds: tuple[float, float] | None = None
    events: tuple[Event, ...] = ()
    breaks: tuple[Break, ...] = ()
    break_word: str = ""
    preliminary_word: str = ""
    goal: Goal | None = None
    projection: Projection | None = None
    far: int = fan.FAR
    ahead_label: str = ""
    ahead_brief: str = ""
    ahead_reads: tuple[str, ...] = ()

    @property
    def coming(self) -> tuple[Outlook, ...]:
        """The coming periods that are drawn."""
        return fan.coming(self.projection, self.far)

    def ahead_words(self, width: float) -> str:
        """Return what stands at the end of the projection; nothing where none is drawn."""
        return (self.ahead_brief if width < BRIEF_BELOW else self.ahead_label) if self.coming else ""

    @property
    def own(self) -> Line:
        """The territory's own line."""
        return next(line for line in self.lines if line.style == "own")


def to_scale(value: float, scale: Scale, bounds: tuple[float, float]) -> float:
    """Put a figure on the model scale."""
    if scale is Scale.LOG:
        return math.log(value)
    if scale is Scale.LOGIT:
        return math.log((value - bounds[0]) / (bounds[1] - value))
    return value


def from_scale(value: float, scale: Scale, bounds: tuple[float, float]) -> float:
    """Bring a figure back from the model scale."""
    if scale is Scale.LOG:
        return math.exp(value)
    if scale is Scale.LOGIT:
        return bounds[0] + (bounds[1] - bounds[0]) / (1 + math.exp(-value))
    return value


def trend_curves(
    trend: Trend, bounds: tuple[float, float] | None
) -> tuple[list[Point], list[Point], list[Point]] | None:
    """Return the robust line and the two edges of its 95 % band as (year, figure); None when there is no trend.

    The band is what the interval of the slope allows when the line turns around the middle of its window.
    """
    if math.isnan(trend.slope) or math.isnan(trend.level_end) or trend.window.n < 2:
        return None
    limits = bounds or (0.0, 100.0)
    years = [period.middle for period in trend.window.used]
    first, last, centre = years[0], years[-1], median(years)
    end = to_scale(trend.level_end, trend.scale, limits)
    pivot = end + trend.slope * (centre - last)
    grid = [first + (last - first) * i / GRID_POINTS for i in range(GRID_POINTS + 1)]

    def at(year: float, slope: float) -> float:
        return from_scale(pivot + slope * (year - centre), trend.scale, limits)

    low, high = trend.slope_low, trend.slope_high
    line = [(t, at(t, trend.slope)) for t in grid]
    if math.isnan(low) or math.isnan(high) or math.isinf(low) or math.isinf(high):
        return line, line, line
    return line, [(t, min(at(t, low), at(t, high))) for t in grid], [(t, max(at(t, low), at(t, high))) for t in grid]


def draw(chart: LineChart, name: str, width: float, height: float) -> Markup:
    """Draw the chart at one size; the labels at the right get the room they need."""
    at = _frame(chart, (width, height, _room(chart, width)))
    parts = [
        *frames.events(at, chart.events),
        *frames.grid(at, chart.unit),
        *frames.breaks(at, chart.breaks, chart.break_word),
    ]
    for line in sorted(chart.lines, key=lambda item: ("peer", "nation", "own").index(item.style)):
        if line.style == "own":
            parts += _fan(chart, at)
            parts += _trend(chart, at)
            parts += _goal(chart, at)
        parts += _line(chart, line, at)
    parts += _labels(chart, at)
    return figure(name, chart.title, chart.description, width, height, parts, "chart line-chart")


def has_missing_years(chart: LineChart) -> bool:
    """Tell whether any line is bridged across periods without figures."""
    return any(missing for line in chart.lines for missing in _bridges(line))


def _bridges(line: Line) -> list[bool]:
    steps = [b.middle - a.middle for a, b in pairwise(line.series.periods)]
    usual = median(steps) if steps else 1.0
    return [step > usual * 1.5 for step in steps]


def truncated_from(chart: LineChart) -> float | None:
    """Return where the value axis starts when that is not at zero, in the unit that is read aloud."""
    at = _frame(chart, (860.0, 420.0, _room(chart, 860.0)))
    return at.ticks[0] if at.truncated else None


def _label(chart: LineChart, line: Line, width: float) -> str:
    if width < BRIEF_BELOW and line.style == "peer":
        return line.label
    return f"{line.label}{NO_BREAK_SPACE}{chart.unit.figure(line.series.values[-1], chart.language)}"


def _room(chart: LineChart, width: float) -> float:
    # 6.9 pixels a character is what the widest common sans needs at this size; own labels are bold.
    labels = [len(_label(chart, line, width)) * (7.4 if line.style == "own" else 6.9) for line in chart.lines]
    longest = max(*labels, len(chart.ahead_words(width)) * 6.9)
    return min(longest + 10, 170.0)


def _frame(chart: LineChart, size: tuple[float, float, float]) -> Frame:
    divide = chart.unit.divide
    values = [value / divide for line in chart.lines for _, value in line.series]
    years = [year for line in chart.lines for p, _ in line.series for year in (p.start, p.end)]
    curves = chart.trend and trend_curves(chart.trend, chart.bounds)
    if curves:
        own = [value / divide for _, value in chart.own.series]
        reach = (max(own) - min(own)) or abs(max(own)) or 1.0
        # A very wide band is cut at the frame rather than flattening the figures themselves.
        edges = [v / divide for curve in curves for _, v in curve]
        values += [min(max(v, min(own) - reach), max(own) + reach) for v in edges]
    years += [each.period.end for each in chart.coming]
    values += _edges(chart)
    if chart.goal:
        years.append(chart.goal.year)
        values.append(chart.goal.value / divide)
    bounds = chart.bounds and (chart.bounds[0] / divide, chart.bounds[1] / divide)
    return frames.frame([float(y) for y in years], values, size, bounds, chart.language)


def _edges(chart: LineChart) -> list[float]:
    """Return what of the fan the frame must hold: the 80 per cent band, so far as it lets the figures be seen."""
    divide = chart.unit.divide
    own = [value / divide for _, value in chart.own.series]
    reach = (max(own) - min(own)) or abs(max(own)) or 1.0
    edges = [edge / divide for each in chart.coming for edge in (each.low_80, each.high_80) if edge is not None]
    return [min(max(edge, min(own) - reach), max(own) + reach) for edge in edges]


def fan_is_cut(chart: LineChart) -> bool:
    """Tell whether part of a band falls outside the frame, so that the table must be read for it."""
    at = _frame(chart, (860.0, 420.0, _room(chart, 860.0)))
    low, high = sorted((at.y.low, at.y.high))
    edges = [edge for each in chart.coming for edge in (each.low_95, each.high_95) if edge is not None]
    return any(not low <= edge / chart.unit.divide <= high for edge in edges)


def _place(at: Frame, unit: Unit, points: Sequence[Point]) -> list[Point]:
    low, high = sorted((at.y.low, at.y.high))
    return [(at.x(year), at.y(min(max(value / unit.divide, low), high))) for year, value in points]


def _trend(chart: LineChart, at: Frame) -> list[Markup]:
    curves = chart.trend and trend_curves(chart.trend, chart.bounds)
    if not curves:
        return []
    line, low, high = (_place(at, chart.unit, curve) for curve in curves)
    return [
        element("path", d=path([*low, *reversed(high)], closed=True), class_="band"),
        polyline(line, "trend"),
    ]


def _fan(chart: LineChart, at: Frame) -> list[Markup]:
    """Draw where the figure goes: the wide band, the narrow one upon it, and the projection as a dashed line."""
    if chart.projection is None or not chart.coming:
        return []
    bands = (_place(at, chart.unit, fan.band(chart.projection, share, chart.far)) for share in (95, 80))
    course = _place(at, chart.unit, fan.course(chart.projection, chart.far))
    reads = [
        element("circle", element("title", words), cx=x, cy=y, r=2, class_="ahead-point", data_read=words)
        for words, (x, y) in zip(chart.ahead_reads, course[1:], strict=False)
    ]
    return [
        *(element("path", d=path(band, closed=True), class_="fan") for band in bands),
        polyline(course, "ahead"),
        *reads,
    ]


def _goal(chart: LineChart, at: Frame) -> list[Markup]:
    goal, trend = chart.goal, chart.trend
    if goal is None:
        return []
    periods = chart.own.series.periods
    start, level = periods[-1].middle, chart.own.series.values[-1]
    if trend is not None and not math.isnan(trend.level_end) and trend.window.used:
        start, level = trend.window.used[-1].middle, trend.level_end
    ends = _place(at, chart.unit, [(start, level), (float(goal.year), goal.value)])
    x, y = ends[1]
    return [
        *([polyline(ends, "target")] if goal.year > start else []),
        element("circle", cx=x, cy=y, r=5, class_="target-mark"),
        element(
            "text",
            goal.label,
            x=min(x, at.edge - 2),
            y=y + 20 if y < at.floor - 24 else y - 12,
            class_="label end pine",
        ),
    ]


def _line(chart: LineChart, line: Line, at: Frame) -> list[Markup]:
    points = [(period.middle, value) for period, value in line.series]
    placed = _place(at, chart.unit, points)
    parts, run = [], placed[:1]
    for (before, after), missing in zip(pairwise(placed), _bridges(line), strict=True):
        if missing:
            # Years without figures are drawn as a dotted bridge, never as if they had been measured.
            parts += [polyline(run, line.style), polyline([before, after], f"{line.style} missing")]
            run = []
        run.append(after)
    parts.append(polyline(run, line.style))
    return parts + (_points(chart, line, at, placed) if line.style == "own" else [])


def _points(chart: LineChart, line: Line, at: Frame, placed: Sequence[Point]) -> list[Markup]:
    parts = []
    last = len(placed) - 1
    for i, ((period, value), (x, y)) in enumerate(zip(line.series, placed, strict=True)):
        if period.years > 1:
            parts.append(element("line", x1=at.x(period.start), x2=at.x(period.end), y1=y, y2=y, class_="window"))
        read = f"{period.label}: {chart.unit.write(value, chart.language)}"
        loose = period in line.preliminary
        read = f"{read}, {chart.preliminary_word}" if loose else read
        dot, style = element("title", read), "point open" if loose else "point"
        parts.append(element("circle", dot, cx=x, cy=y, r=4 if i == last else 2.5, class_=style, data_read=read))
    return parts


def _labels(chart: LineChart, at: Frame) -> list[Markup]:
    ends = [(_label(chart, line, at.width), f"{line.style}-label", *_end(chart, line, at)) for line in chart.lines]
    if chart.coming:
        # A hair below the own label, so that the two stay together when labels are moved apart.
        _, _, x, y = next(end for end in ends if end[1] == "own-label")
        ends.append((chart.ahead_words(at.width), "ahead-label", x, y + 0.01))
    placed = spread_labels([y for *_, y in ends], 15, frames.TOP, at.floor)
    parts = []
    for (words, style, x, y), label_y in zip(ends, placed, strict=True):
        if style != "ahead-label" and (at.edge - x > 14 or abs(label_y - y) > 6):
            # Level through the years ahead, so that it is not taken for where the figure goes.
            bend = [(at.edge - 12, y)] if at.edge - x > 24 else []
            parts.append(polyline([(x + 5, y), *bend, (at.edge + 2, label_y)], "leader"))
        parts.append(element("text", words, x=at.edge + 6, y=label_y + 4, class_=f"label {style}"))
    return parts


def _end(chart: LineChart, line: Line, at: Frame) -> Point:
    """Return where a line ends on paper: the own one where its projection does."""
    period, value = line.series.periods[-1], line.series.values[-1]
    if line.style == "own" and chart.coming:
        period, value = chart.coming[-1].period, chart.coming[-1].value
    return _place(at, chart.unit, [(period.middle, value)])[0]
