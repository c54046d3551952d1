"""The pictures of an indicator, each in a wide and a narrow form with its table behind it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from markupsafe import Markup

from vagvisare.assessment.definition import Direction, Indicator
from vagvisare.assessment.judgement import Comparison, Judgement
from vagvisare.publications import maps
from vagvisare.publications.charts import line, rank
from vagvisare.publications.pages import ahead
from vagvisare.publications.pages.answers import is_sum, leading_pace
from vagvisare.publications.pages.view import View
from vagvisare.terms.period import Period
from vagvisare.terms.series import NATION, Series

WIDE, NARROW = (860.0, 420.0), (328.0, 330.0)
"""Width and height of the line chart on a desk and on a phone; drawn at their own size."""


@dataclass(frozen=True, slots=True)
class LinePicture:
    """The line chart twice, its subtitle and the remarks that explain how it is drawn."""

    wide: Markup
    narrow: Markup
    subtitle: str
    remarks: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class RankPicture:
    """The dot plot twice, the map, and the counties' figures as rows (place, name, figure, own).

    Sums stand in order of size, without places and without a map: ``map`` is None and every place 0.
    """

    heading: str

    wide: Markup
    narrow: Markup
    map: Markup | None
    order: str
    rows: tuple[tuple[int, str, str, bool], ...]
    period: str
    nation: str
    keys: tuple[str, str, str]


def line_picture(view: View, indicator: Indicator, judgement: Judgement, own: Series, heading: str) -> LinePicture:
    """Draw the line chart of an indicator for the view's territory."""
    lines, coming = _lines(view, indicator, own), ahead.shown(judgement)
    chart = line.LineChart(
        title=heading,
        description=_description(view, indicator, own),
        language=view.language,
        unit=indicator.unit_words,
        lines=lines,
        trend=judgement.trend,
        bounds=indicator.bounds,
        events=view.outcome.events,
        breaks=indicator.breaks,
        break_word=view.say("break"),
        preliminary_word=view.say("preliminary"),
        goal=_goal(view, indicator, judgement),
        projection=judgement.projection,
        far=ahead.reach(judgement),
        ahead_label=ahead.chart_label(view, indicator, coming, "ahead_label"),
        ahead_brief=ahead.chart_label(view, indicator, coming, "ahead_brief"),
        ahead_reads=ahead.reads(view, indicator, coming),
    )
    subtitle = view.say("chart_subtitle").format(
        title=indicator.title.to(view.language),
        unit=_capital(indicator.unit_words.name.to(view.language) or indicator.unit),
        first=own.periods[0].start,
        last=own.periods[-1].end,
    )
    columns, rows = _rows(indicator, lines, view)
    return LinePicture(
        line.draw(chart, "kurva", *WIDE),
        line.draw(chart, "kurva-smal", *NARROW),
        subtitle,
        _remarks(view, chart, own),
        columns,
        rows,
    )


def _lines(view: View, indicator: Indicator, own: Series) -> tuple[line.Line, ...]:
    loose = view.digest.preliminary.get(own.key, frozenset())
    lines = [line.Line(view.short_name(own.key.territory), own, "own", loose)]
    start = own.periods[0]
    for code in (NATION, *indicator.comparison):
        other = view.outcome.panel.get(own.key.at(code))
        if other is None or code == own.key.territory or (code == NATION and is_sum(indicator)):
            # A sum for the whole country would press the county's line flat against the axis and say nothing.
            continue
        kept = other.only(frozenset(p for p in other.periods if p >= start))
        if len(kept):
            lines.append(line.Line(view.short_name(code), kept, "nation" if code == NATION else "peer"))
    return tuple(lines)


def _goal(view: View, indicator: Indicator, judgement: Judgement) -> line.Goal | None:
    pace = leading_pace(judgement)
    if pace is None or pace.target_value is None or pace.target.year is None:
        return None
    value = indicator.unit_words.figure(pace.target_value, view.language)
    label = view.say("target").format(year=pace.target.year, value=value)
    return line.Goal(pace.target.year, pace.target_value, label)


def _description(view: View, indicator: Indicator, own: Series) -> str:
    unit, language = indicator.unit_words, view.language
    points = list(own)
    low, high, last = min(points, key=lambda p: p[1]), max(points, key=lambda p: p[1]), points[-1]
    return view.say("chart_desc").format(
        place=view.territory,
        low=unit.write(low[1], language),
        low_at=low[0].label,
        high=unit.write(high[1], language),
        high_at=high[0].label,
        last=unit.write(last[1], language),
        last_at=last[0].label,
    )


def _remarks(view: View, chart: line.LineChart, own: Series) -> tuple[str, ...]:
    remarks = []
    start = line.truncated_from(chart)
    if start is not None:
        unit = chart.unit.name.to(view.language)
        value = f"{view.number(start, 0 if start == int(start) else 1)} {unit}".strip()
        remarks.append(view.say("axis_cut").format(value=value))
    if chart.trend is not None and line.trend_curves(chart.trend, chart.bounds):
        remarks.append(view.say("chart_key"))
    if line.has_missing_years(chart):
        remarks.append(view.say("chart_key_missing"))
    if own.periods[-1].years > 1:
        remarks.append(view.say("chart_key_windows"))
    if chart.own.preliminary:
        remarks.append(view.say("chart_key_preliminary"))
    if chart.goal is not None:
        remarks.append(view.say("chart_key_target"))
    if chart.coming:
        remarks.append(view.say("chart_key_fan"))
        if line.fan_is_cut(chart):
            remarks.append(view.say("chart_key_fan_cut"))
    return tuple(remarks)


def _rows(
    indicator: Indicator, lines: tuple[line.Line, ...], view: View
) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    periods = sorted({p for item in lines for p in item.series.periods})
    tables = [dict(item.series) for item in lines]

    def written(item: line.Line, at: dict[Period, float], period: Period) -> str:
        return view.figure(item.series, period, at[period], indicator) if period in at else ""

    rows = tuple(
        (p.label, tuple(written(item, at, p) for item, at in zip(lines, tables, strict=True))) for p in periods
    )
    return tuple(item.label for item in lines), rows


def rank_picture(view: View, indicator: Indicator, judgement: Judgement) -> RankPicture | None:
    """Draw the dot plot and the map; None when too few counties have figures to be ranked."""
    comparison = judgement.comparison
    if comparison is None or comparison.rank is None or not comparison.values:
        return None
    total = is_sum(indicator)
    rows = _by_size(view, indicator, comparison) if total else _ranked(view, indicator, comparison)
    period, unit = comparison.period.label, indicator.unit_words
    neutral = indicator.direction is Direction.NEUTRAL
    order = view.say("size_order" if total else "rank_order_neutral" if neutral else "rank_order").format(period=period)
    heading = view.say("size_heading" if total else "rank_heading")
    title = f"{heading}: {indicator.title.to(view.language)}, {period}"
    nation = None
    if comparison.nation is not None and not total:
        nation = (view.say("nation"), comparison.nation)
    chart = rank.RankChart(
        title, _rank_description(view, indicator, comparison, rows), view.language, unit, rows, nation
    )
    return RankPicture(
        heading,
        rank.draw(chart, "plats", 520),
        rank.draw(chart, "plats-smal", 328),
        None if total else _map(view, indicator, comparison, rows, period),
        order,
        tuple((r.place, r.name, unit.figure(r.value, view.language), r.style == "own") for r in rows),
        period,
        unit.figure(comparison.nation, view.language) if comparison.nation is not None else "",
        _keys(view, len(rows)),
    )


def thirds(of: int) -> tuple[int, int]:
    """Return the last place of the first third and of the middle third among ``of`` counties."""
    return math.ceil(of / 3), math.ceil(2 * of / 3)


def _keys(view: View, of: int) -> tuple[str, str, str]:
    first, middle = thirds(of)
    spans = ((1, first), (first + 1, middle), (middle + 1, of))
    written = [view.say("map_places").format(first=a, last=b) for a, b in spans]
    return written[0], written[1], written[2]


def _ranked(view: View, indicator: Indicator, comparison: Comparison) -> tuple[rank.RankRow, ...]:
    rows, place, previous = [], 0, None
    for position, (code, value) in enumerate(comparison.values, start=1):
        if value != previous:
            place, previous = position, value
        style = "own" if code == view.outcome.territory else "peer" if code in indicator.comparison else ""
        rows.append(rank.RankRow(place, view.short_name(code), value, style))
    return tuple(rows)


def _by_size(view: View, indicator: Indicator, comparison: Comparison) -> tuple[rank.RankRow, ...]:
    largest_first = sorted(_ranked(view, indicator, comparison), key=lambda row: (-row.value, row.name))
    return tuple(replace(row, place=0) for row in largest_first)


def _rank_description(view: View, indicator: Indicator, comparison: Comparison, rows: tuple[rank.RankRow, ...]) -> str:
    unit = indicator.unit_words
    return view.say("rank_desc").format(
        first_name=rows[0].name,
        first=unit.write(rows[0].value, view.language),
        last_name=rows[-1].name,
        last=unit.write(rows[-1].value, view.language),
        own_name=view.territory,
        own=unit.write(comparison.value, view.language),
    )


def _map(
    view: View, indicator: Indicator, comparison: Comparison, rows: tuple[rank.RankRow, ...], period: str
) -> Markup:
    counties = []
    first, middle = thirds(len(rows))
    for (code, value), row in zip(comparison.values, rows, strict=True):
        shade = "first" if row.place <= first else "middle" if row.place <= middle else "last"
        read = f"{view.place_name(code)}: {indicator.unit_words.write(value, view.language)}"
        counties.append(maps.County(code, shade, str(row.place), read, own=code == view.outcome.territory))
    shown = {county.code for county in counties}
    counties += [maps.County(code, "none", "", view.place_name(code)) for code in maps.shapes()[1] if code not in shown]
    title = view.say("map_title").format(period=period)
    return maps.draw("karta", title, view.say("map_desc"), counties)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
