"""The frame of a chart over time: two axes, the grid, and the years' events and breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from vagvisare.assessment.definition import Break, Event
from vagvisare.publications.charts.axis import Axis, step_for, value_ticks, year_ticks
from vagvisare.publications.charts.svg import element
from vagvisare.terms.language import NO_BREAK_SPACE, Language, number
from vagvisare.terms.unit import Unit

TOP, BOTTOM, LEFT = 34.0, 26.0, 4.0
"""Room above the plot for event names, below for years, and to the left; in pixels."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where figures and years stand on the paper; figures are in the unit that is read aloud."""

    width: float
    height: float
    right: float
    x: Axis
    y: Axis
    ticks: tuple[float, ...]
    language: Language

    @property
    def floor(self) -> float:
        """The lower edge of the plot."""
        return self.height - BOTTOM

    @property
    def edge(self) -> float:
        """The right edge of the plot; labels stand beyond it."""
        return self.width - self.right

    @property
    def truncated(self) -> bool:
        """Tell whether the value axis starts elsewhere than at zero."""
        return self.ticks[0] > 0 or self.ticks[-1] < 0


def frame(
    years: Sequence[float],
    values: Sequence[float],
    size: tuple[float, float, float],
    bounds: tuple[float, float] | None,
    language: Language,
) -> Frame:
    """Build a frame that holds ``years`` and ``values``; ``size`` is width, height and room for labels."""
    width, height, right = size
    ticks = tuple(value_ticks(values, 4, bounds))
    # A tick may have been cut off at a natural limit; the figures themselves must still fit.
    low, high = min(ticks[0], *values), max(ticks[-1], *values)
    pad = max((max(years) - min(years)) * 0.02, 0.3)
    x = Axis(min(years) - pad, max(years) + pad, LEFT + 30, width - right)
    y = Axis(low, high, height - BOTTOM, TOP)
    return Frame(width, height, right, x, y, ticks, language)


def tick_label(value: float, ticks: Sequence[float], language: Language) -> str:
    """Write a tick with as many decimals as the step between ticks needs."""
    step = ticks[1] - ticks[0] if len(ticks) > 1 else step_for(abs(value) or 1, 1)
    decimals = next((d for d in range(4) if abs(round(step, d) - step) < 1e-9), 4)
    return number(value, language, decimals)


def grid(at: Frame, unit: Unit) -> list[Markup]:
    """Draw thin rules with their figures above them, the unit in words at the top, and the years below."""
    parts = []
    for tick in at.ticks:
        y = at.y(tick)
        label = tick_label(tick, at.ticks, at.language)
        if tick == at.ticks[-1] and unit.name.sv:
            label += NO_BREAK_SPACE + unit.name.to(at.language)
        zero = " zero" if tick == 0 else ""
        parts.append(element("line", x1=0, x2=at.edge, y1=y, y2=y, class_=f"grid{zero}"))
        parts.append(element("text", label, x=0, y=y - 4, class_="tick"))
    count = max(2, int((at.edge - LEFT) / 62))
    for year in year_ticks(at.x.low, at.x.high, count):
        x = at.x(year)
        parts.append(element("line", x1=x, x2=x, y1=at.floor, y2=at.floor + 4, class_="grid zero"))
        parts.append(element("text", str(year), x=x, y=at.floor + 17, class_="tick mid"))
    return parts


def events(at: Frame, declared: Sequence[Event]) -> list[Markup]:
    """Shade the years of declared events and name them above the plot."""
    parts = []
    for event in declared:
        if event.last < at.x.low or event.first > at.x.high:
            continue
        left = at.x(max(event.first - 0.5, at.x.low))
        right = at.x(min(event.last + 0.5, at.x.high))
        parts.append(
            element("rect", x=left, y=TOP - 12, width=right - left, height=at.floor - TOP + 12, class_="event")
        )
        name = event.name.to(at.language)
        middle = min(max((left + right) / 2, 30), at.edge - 30)
        parts.append(element("text", name, x=middle, y=TOP - 18, class_="tick mid"))
    return parts


def breaks(at: Frame, declared: Sequence[Break], word: str) -> list[Markup]:
    """Mark where the method changed: a dotted rule before the first period of the new method, with a word."""
    parts: list[Markup] = []
    seen = [place for place in declared if at.x.low < place.at.start - 0.5 < at.x.high]
    for i, place in enumerate(seen):
        x = at.x(place.at.start - 0.5)
        parts.append(element("line", x1=x, x2=x, y1=TOP - 4, y2=at.floor, class_="break"))
        # Beside the rule, on the left where the labels of the lines would otherwise be run into.
        left = x + 3 + 6.5 * len(word) > at.edge
        y, style = at.floor - 5 - 14 * (i % 3), "tick halo end" if left else "tick halo"
        parts.append(element("text", word, x=x - 3 if left else x + 3, y=y, class_=style))
    return parts
