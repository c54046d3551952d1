"""Native, editable charts: each picture becomes a chart with its figures in a sheet, labelled where the lines end."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from vagvisare.publications import deck_words as words
from vagvisare.publications.deck_fit import width
from vagvisare.publications.deck_pictures import DotPicture, Line, LinePicture, Picture, Role, value_range
from vagvisare.terms.language import NO_BREAK_SPACE, Language, number

_CategorySheet: Any = CategoryChartData
_PointSheet: Any = XyChartData
"""The library's own classes, half typed; taken as they are."""

_LABEL_SIZE = 16
_TICK_SIZE = 14
_WINDOW_SIZE = 12
"""Windows of years take more room than years do."""
_INK, _GREY, _LIGHT, _PINE = (
    MSO_THEME_COLOR.TEXT_1,
    MSO_THEME_COLOR.TEXT_2,
    MSO_THEME_COLOR.ACCENT_6,
    MSO_THEME_COLOR.ACCENT_1,
)
_STYLES = {
    Role.OWN: (_INK, 3.0, MSO_LINE.SOLID),
    Role.OTHER: (_LIGHT, 2.0, MSO_LINE.SOLID),
    Role.NATION: (_GREY, 2.0, MSO_LINE.SOLID),
    Role.OLDER: (_LIGHT, 2.0, MSO_LINE.SOLID),
    Role.TARGET: (_PINE, 2.0, MSO_LINE.DASH),
}
_ROWS = {Role.OTHER: words.OTHER_PLACES, Role.NATION: words.NATION, Role.OWN: words.OWN_PLACE}
_MOST_TICKS = 9
TAGS = {Language.SV: "sv-SE", Language.EN: "en-GB"}
"""How office programs name our languages."""


def draw(slide: Any, picture: Picture, box: tuple[float, float, float, float], alt: str, language: Language) -> None:
    """Put the picture on the slide; ``box`` is left, top, width and height in inches."""
    if isinstance(picture, DotPicture):
        frame = _dots(slide, picture, box, language)
    else:
        frame = _lines(slide, picture, box, language)
    properties = frame._element.nvGraphicFramePr.cNvPr  # noqa: SLF001  the library has no alternative text
    properties.set("descr", alt)
    properties.set("name", "Diagram")
    for text in frame.chart._chartSpace.iter(qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr")):  # noqa: SLF001  the same
        text.set("lang", TAGS[language])


def _lines(slide: Any, picture: LinePicture, box: tuple[float, float, float, float], language: Language) -> Any:
    data = _CategorySheet(number_format=_format(picture.decimals, language))
    plain = all(label == str(year) for year, label in picture.periods)
    data.categories = [date(year, 1, 1) if plain else label for year, label in picture.periods]
    for line in picture.lines:
        values = {period.end: value for period, value in line.points}
        data.add_series(line.label, [values.get(year) for year, _ in picture.periods])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *map(Inches, box), data)
    chart = _bare(frame.chart)
    _value_axis(chart.value_axis, picture, language)
    if plain:
        _year_axis(chart.category_axis, len(picture.periods))
    else:
        _window_axis(chart.category_axis, len(picture.periods))
    _connect_gaps(chart)
    texts = [_end_text(line, picture, language) for line in picture.lines]
    room = max(width(text, _LABEL_SIZE) for text in texts) + 0.15
    plot = _plot_area(chart, box, 0.85, room, 0.12, 0.45)
    for line, series in zip(picture.lines, chart.plots[0].series, strict=True):
        _style_line(series, line.role, few=len(line.points) < 30)
    shifts = _label_shifts(picture, plot)
    for index, (line, series) in enumerate(zip(picture.lines, chart.plots[0].series, strict=True)):
        older = line.role is Role.OLDER
        year = line.points[len(line.points) // 2 if older else -1][0].end
        at = next(i for i, (end, _) in enumerate(picture.periods) if end == year)
        label = series.points[at].data_label
        _write_label(label, texts[index], line.role, _LABEL_SIZE)
        label.position = XL_LABEL_POSITION.ABOVE if older else XL_LABEL_POSITION.RIGHT
        _shift(label, 0.0 if older else shifts[index] / box[3])
    for leaders in chart._chartSpace.iter(qn("c:showLeaderLines")):  # noqa: SLF001  no public setter
        leaders.set("val", "0")
    return frame


def _end_text(line: Line, picture: LinePicture, language: Language) -> str:
    if line.role is Role.OLDER:
        return line.label
    return f"{line.label} {number(line.points[-1][1], language, picture.decimals)}".replace(" ", NO_BREAK_SPACE)


def _dots(slide: Any, picture: DotPicture, box: tuple[float, float, float, float], language: Language) -> Any:
    data = _PointSheet(number_format=_format(picture.decimals, language))
    present = {role for _, _, role in picture.rows}
    drawn = {role: data.add_series(name.to(language)) for role, name in _ROWS.items() if role in present}
    labels: dict[Role, list[str]] = {role: [] for role in drawn}
    for place, (name, value, role) in enumerate(picture.rows):
        drawn[role].add_data_point(value, len(picture.rows) - place)
        told = place in {0, len(picture.rows) - 1} or role is not Role.OTHER
        labels[role].append(f"{name} {number(value, language, picture.decimals)}" if told else name)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *map(Inches, box), data)
    chart = _bare(frame.chart)
    _row_axes(chart, picture, language)
    size = max(9, min(_LABEL_SIZE, int((box[3] - 0.45) / (len(picture.rows) + 1) * 72 / 1.2)))
    room = max(width(text, size) for texts in labels.values() for text in texts)
    _plot_area(chart, box, 0.1, room + 0.2, 0.05, 0.4)
    for series, role in zip(chart.plots[0].series, drawn, strict=True):
        _style_dots(series, role)
        for index, text in enumerate(labels[role]):
            label = series.points[index].data_label
            _write_label(label, text, role, size)
            label.position = XL_LABEL_POSITION.RIGHT
    return frame


def _bare(chart: Any) -> Any:
    chart.has_legend = False
    chart.has_title = False
    chart.font.size = Pt(_TICK_SIZE)
    chart.font.color.theme_color = _GREY
    return chart


def _value_axis(axis: Any, picture: Picture, language: Language) -> None:
    low, high, step = value_range(picture)
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = low, high, step
    axis.has_major_gridlines = True
    _thin(axis.major_gridlines.format.line)
    axis.format.line.fill.background()
    axis.major_tick_mark = XL_TICK_MARK.NONE
    decimals = next(d for d in range(4) if abs(round(step, d) - step) < 1e-9 or d == 3)
    axis.tick_labels.number_format = _format(decimals, language)
    axis.tick_labels.number_format_is_linked = False


def _year_axis(axis: Any, steps: int) -> None:
    """A true time axis, where single years are single years."""
    _quiet_axis(axis)
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "yyyy", False
    element = axis._element  # noqa: SLF001  time units have no public setter
    for name in ("c:baseTimeUnit", "c:majorUnit", "c:majorTimeUnit"):
        for found in element.findall(qn(name)):
            element.remove(found)
    units = [("c:baseTimeUnit", "years"), ("c:majorUnit", str(_skip(steps))), ("c:majorTimeUnit", "years")]
    for name, value in units:
        element.append(parse_xml(f'<{name} {nsdecls("c")} val="{value}"/>'))


def _window_axis(axis: Any, steps: int) -> None:
    """Windows of several years, one step a year, each with its own label."""
    _quiet_axis(axis)
    axis.tick_labels.font.size = Pt(_WINDOW_SIZE)
    body = axis._element.find(qn("c:txPr")).find(qn("a:bodyPr"))  # noqa: SLF001  no public setter
    body.set("rot", "0")
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        element = parse_xml(f'<{name} {nsdecls("c")} val="{_skip(steps)}"/>')
        axis._element.find(qn("c:noMultiLvlLbl")).addprevious(element)  # noqa: SLF001  the same


def _quiet_axis(axis: Any) -> None:
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.has_major_gridlines = False
    _thin(axis.format.line)


def _skip(steps: int) -> int:
    """Return how many steps lie between labels, preferring one that labels both the first and the last."""
    least = max(1, -(-steps // _MOST_TICKS))
    return next((skip for skip in range(least, least * 2) if (steps - 1) % skip == 0), least)


def _connect_gaps(chart: Any) -> None:
    """Draw the line across years without figures; each figure there is has its own marker."""
    holder = chart._chartSpace.chart  # noqa: SLF001  no public setter
    for found in holder.findall(qn("c:dispBlanksAs")):
        holder.remove(found)
    element = parse_xml(f'<c:dispBlanksAs {nsdecls("c")} val="span"/>')
    holder.find(qn("c:plotVisOnly")).addnext(element)


def _row_axes(chart: Any, picture: DotPicture, language: Language) -> None:
    _value_axis(chart.category_axis, picture, language)
    chart.category_axis.has_major_gridlines = False
    _thin(chart.category_axis.format.line)
    rows = chart.value_axis
    rows.minimum_scale, rows.maximum_scale, rows.major_unit = 0, len(picture.rows) + 1, 1
    rows.has_major_gridlines = False
    rows.visible = False


def _plot_area(
    chart: Any, box: tuple[float, float, float, float], left: float, right: float, top: float, bottom: float
) -> float:
    """Fix the plot inside the chart by margins in inches; return the plot's height in inches."""
    wide, tall = box[2] - left - right, box[3] - top - bottom
    layout = parse_xml(
        f"<c:layout {nsdecls('c')}><c:manualLayout>"
        '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{left / box[2]:.4f}"/><c:y val="{top / box[3]:.4f}"/>'
        f'<c:w val="{wide / box[2]:.4f}"/><c:h val="{tall / box[3]:.4f}"/>'
        "</c:manualLayout></c:layout>"
    )
    area = chart._chartSpace.chart.plotArea  # noqa: SLF001  no public setter
    for found in area.findall(qn("c:layout")):
        area.remove(found)
    area.insert(0, layout)
    return tall


def _label_shifts(picture: LinePicture, plot_height: float) -> list[float]:
    """Return how far each end label is moved down, in inches, so that labels stand clear of each other."""
    low, high, _ = value_range(picture)
    inches = plot_height / (high - low)
    wanted = [(high - line.points[-1][1]) * inches for line in picture.lines]
    apart = _LABEL_SIZE * 1.25 / 72
    ending = [index for index, line in enumerate(picture.lines) if line.role is not Role.OLDER]
    order = sorted(ending, key=lambda index: wanted[index])
    placed = dict(enumerate(wanted))
    for _ in range(60):
        for above, below in pairwise(order):
            overlap = apart - (placed[below] - placed[above])
            if overlap > 0:
                placed[above] -= overlap / 2
                placed[below] += overlap / 2
    return [placed[index] - wanted[index] for index in range(len(wanted))]


def _style_line(series: Any, role: Role, *, few: bool) -> None:
    colour, points, dash = _STYLES[role]
    series.smooth = False
    series.format.line.width = Pt(points)
    series.format.line.color.theme_color = colour
    series.format.line.dash_style = dash
    if role is Role.TARGET or not few:
        series.marker.style = XL_MARKER_STYLE.NONE
        return
    _dot(series.marker, colour, 6 if role is Role.OWN else 4)


def _style_dots(series: Any, role: Role) -> None:
    series.format.line.fill.background()
    _dot(series.marker, _STYLES[role][0], 11 if role is Role.OWN else 8)


def _dot(marker: Any, colour: Any, size: int) -> None:
    marker.style = XL_MARKER_STYLE.CIRCLE
    marker.size = size
    marker.format.fill.solid()
    marker.format.fill.fore_color.theme_color = colour
    marker.format.line.fill.background()


def _write_label(label: Any, text: str, role: Role, size: int) -> None:
    frame = label.text_frame
    frame.word_wrap = False
    run = frame.paragraphs[0].add_run()
    run.text = text
    run.font.size = Pt(size)
    run.font.bold = role is Role.OWN
    run.font.color.theme_color = {Role.OWN: _INK, Role.TARGET: _PINE}.get(role, _GREY)


def _shift(label: Any, fraction: float) -> None:
    if abs(fraction) < 1e-6:
        return
    element = label._dLbl  # noqa: SLF001  no public setter
    layout = parse_xml(
        f"<c:layout {nsdecls('c')}><c:manualLayout>"
        f'<c:x val="0"/><c:y val="{fraction:.4f}"/></c:manualLayout></c:layout>'
    )
    element.find(qn("c:idx")).addnext(layout)


def _thin(line: Any) -> None:
    line.width = Pt(0.75)
    line.color.theme_color = MSO_THEME_COLOR.BACKGROUND_2


def _format(decimals: int, language: Language) -> str:
    """Return a number format that keeps its decimal comma or point wherever the file is opened."""
    locale = "[$-41D]" if language is Language.SV else "[$-809]"
    return f"{locale}#,##0" + ("." + "0" * decimals if decimals else "")
