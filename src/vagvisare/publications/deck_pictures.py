"""Which picture stands behind a finding, as values: lines over time, or counties on a row."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vagvisare.assessment.definition import Group, Indicator, Target, TargetKind
from vagvisare.assessment.judgement import Gap, Judgement
from vagvisare.findings.candidates import gap_part
from vagvisare.findings.finding import Finding, FindingType
from vagvisare.followups.outcome import Outcome
from vagvisare.publications import deck_words as words
from vagvisare.terms.language import Language
from vagvisare.terms.period import Period
from vagvisare.terms.series import NATION, Series, SeriesKey
from vagvisare.terms.territory import COUNTIES, TERRITORIES, municipalities

_LEAST_COUNTIES = 15
"""Below this a row of counties says little; a line over time is drawn instead."""


_LEAST_SPAN = 0.1
"""The value axis spans at least a tenth of the figures, so that a small change does not look like a fall."""


class Role(StrEnum):
    """What a line or point is, which decides how it is drawn."""

    OWN = "own"
    OTHER = "other"
    NATION = "nation"
    OLDER = "older"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its label and its points, in the unit that is read aloud."""

    label: str
    role: Role
    points: tuple[tuple[Period, float], ...]


@dataclass(frozen=True, slots=True)
class LinePicture:
    """Lines over time on one axis."""

    lines: tuple[Line, ...]
    unit: str
    decimals: int
    periods: tuple[tuple[int, str], ...]
    """Every step of the time axis: its last year, and the label; years without figures included."""


@dataclass(frozen=True, slots=True)
class DotPicture:
    """Territories on a row each, best first: label, value, role. ``field`` says which: "länen", "kommunerna"."""

    rows: tuple[tuple[str, float, Role], ...]
    unit: str
    decimals: int
    period: Period
    field: str


Picture = LinePicture | DotPicture


def picture(finding: Finding, outcome: Outcome, language: Language) -> Picture | None:
    """Return the picture that lets a room see what ``finding`` says; None when there are no figures to draw."""
    indicator = outcome.indicators.get(finding.key.indicator)
    judgement = outcome.judgements.get(finding.key)
    if indicator is None or judgement is None or finding.key not in outcome.panel:
        return None
    if finding.type is FindingType.GAP:
        gap = _named(finding, judgement)
        return (
            _gap(finding.key, gap, outcome, language) if gap else _municipalities(finding, judgement, outcome, language)
        )
    if finding.type is FindingType.RANK:
        dots = _dots(finding, judgement, indicator, language)
        if dots is not None:
            return dots
    return _over_time(finding, judgement, outcome, language)


def value_range(drawn: Picture) -> tuple[float, float, float]:
    """Return the value axis: lowest, highest and step, in round numbers; from zero where that costs little."""
    if isinstance(drawn, DotPicture):
        values = [value for _, value, _ in drawn.rows]
    else:
        values = [value for line in drawn.lines for _, value in line.points]
    low, high = min(values), max(values)
    if low >= 0 and low < 0.5 * high:
        low = 0.0
    biggest = max(abs(low), abs(high))
    least = max(_LEAST_SPAN * biggest, 1e-6) if biggest else 1.0
    if high - low < least:
        spare = (least - (high - low)) / 2
        low, high = low - spare, high + spare
    step = _round_step((high - low) / 4)
    bottom = math.floor(low / step + 1e-9) * step
    top = math.ceil(high / step - 1e-9) * step
    return round(bottom, 9), round(max(top, bottom + step), 9), step


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * (1 - 1e-9))


def axis_cut(drawn: Picture) -> bool:
    """Tell whether the value axis leaves zero out."""
    low, high, _ = value_range(drawn)
    return low > 0 or high < 0


def place_name(code: str, language: Language) -> str:
    """Return the name of a territory as a label."""
    known = TERRITORIES.get(code)
    return known.name_in(language) if known else code


def _over_time(finding: Finding, judgement: Judgement, outcome: Outcome, language: Language) -> LinePicture:
    indicator = outcome.indicators[finding.key.indicator]
    own = outcome.panel[finding.key]
    found: list[Line] = []
    if finding.type is FindingType.PACE:
        found += _target_lines(finding, judgement, indicator, own, outcome, language)
    nation = outcome.panel.get(finding.key.at(NATION))
    if nation is not None and not _sums_up(indicator):
        found.append(_line(nation, place_name(NATION, language), Role.NATION, indicator))
    found += _own_lines(own, indicator, place_name(finding.key.territory, language), language)
    return _framed(found, indicator, language)


def _sums_up(indicator: Indicator) -> bool:
    """Tell whether the nation's figure is a sum over counties, which would dwarf the county's line."""
    return indicator.unit in {
        "persons",
        "companies",
        "tonnes_co2e",
        "kilotonnes_co2e",
        "hectares",
        "million_sek",
    }


def _own_lines(own: Series, indicator: Indicator, name: str, language: Language) -> list[Line]:
    """Return the territory's line, with what was measured by an older method as a line of its own."""
    cuts = [b.at for b in indicator.breaks if b.cuts and own.periods and own.periods[0] < b.at <= own.periods[-1]]
    line = _line(own, name, Role.OWN, indicator)
    if not cuts:
        return [line]
    start = max(cuts)
    older = tuple(point for point in line.points if point[0] < start)
    newer = tuple(point for point in line.points if point[0] >= start)
    return [Line(words.OLDER_METHOD.to(language), Role.OLDER, older), Line(name, Role.OWN, newer)]


def _target_lines(
    finding: Finding,
    judgement: Judgement,
    indicator: Indicator,
    own: Series,
    outcome: Outcome,
    language: Language,
) -> list[Line]:
    for pace in judgement.paces:
        if pace.target.kind is TargetKind.ABOVE_PEERS:
            keys = [finding.key.at(peer) for peer in pace.target.peers]
            return [
                _line(outcome.panel[key], place_name(key.territory, language), Role.OTHER, indicator)
                for key in keys
                if key in outcome.panel
            ]
        path = _path(pace.target, pace.target_value, own)
        if path:
            divide = indicator.unit_words.divide
            shown = tuple((period, value / divide) for period, value in path)
            return [Line(words.TARGET_PATH.to(language), Role.TARGET, shown)]
    return []


def _path(target: Target, goal: float | None, own: Series) -> tuple[tuple[Period, float], ...]:
    """Return the even path (the same per cent a year) from the base year, or from the latest figure, to the target."""
    if goal is None or target.year is None or not len(own):
        return ()
    first = Period.year(target.base_year) if target.base_year else own.periods[-1]
    start = own.at(first)
    span = target.year - first.end
    if start is None or span <= 0:
        return ()
    even = start > 0 and goal > 0
    steps = [
        start * (goal / start) ** (step / span) if even else start + (goal - start) * step / span
        for step in range(span + 1)
    ]
    return tuple((Period.year(first.end + step), value) for step, value in enumerate(steps))


def _gap(key: SeriesKey, gap: Gap, outcome: Outcome, language: Language) -> LinePicture | None:
    indicator = outcome.indicators[key.indicator]
    found = []
    for group, role in ((gap.contrast.a, Role.OTHER), (gap.contrast.b, Role.OWN)):
        series = outcome.panel.get(SeriesKey(key.indicator, key.territory, group.sex, group.background))
        if series is not None:
            found.append(_line(series, _group_label(group, language), role, indicator))
    return _framed(found, indicator, language) if found else None


def _named(finding: Finding, judgement: Judgement) -> Gap | None:
    """Return the gap the finding speaks of."""
    return next((gap for gap in judgement.gaps if finding.parts == (gap_part(gap),)), None)


def _group_label(group: Group, language: Language) -> str:
    name = group.name.to(language)
    return name[:1].upper() + name[1:]


def _dots(finding: Finding, judgement: Judgement, indicator: Indicator, language: Language) -> DotPicture | None:
    comparison = judgement.comparison
    if comparison is None:
        return None
    counties = [(code, value) for code, value in comparison.values if code in COUNTIES]
    if len(counties) < _LEAST_COUNTIES:
        return None
    field = words.COUNTIES
    if comparison.nation is not None and not _sums_up(indicator):
        counties.append((NATION, comparison.nation))
        field = words.COUNTIES_AND_NATION
    return _row(counties, finding.key.territory, indicator, comparison.period, field.to(language), language)


def _municipalities(finding: Finding, judgement: Judgement, outcome: Outcome, language: Language) -> DotPicture | None:
    """Return the municipalities of the county on a row, with the county itself among them."""
    if judgement.spread is None or finding.parts != ("kommuner",):
        return None
    period, home = judgement.spread.period, finding.key.territory
    codes = [home, *municipalities(home)]
    found = [
        (code, outcome.panel[finding.key.at(code)].at(period))
        for code in codes
        if finding.key.at(code) in outcome.panel
    ]
    values = [(code, value) for code, value in found if value is not None]
    indicator = outcome.indicators[finding.key.indicator]
    return _row(values, home, indicator, period, words.MUNICIPALITIES.to(language), language)


def _row(
    values: list[tuple[str, float]],
    own: str,
    indicator: Indicator,
    period: Period,
    field: str,
    language: Language,
) -> DotPicture:
    """Put territories in order, best first; the highest first where neither way is better."""
    sign = 1 if indicator.direction < 0 else -1
    roles = {NATION: Role.NATION, own: Role.OWN}
    unit = indicator.unit_words
    rows = tuple(
        (place_name(code, language), value / unit.divide, roles.get(code, Role.OTHER))
        for code, value in sorted(values, key=lambda item: (sign * item[1], item[0]))
    )
    return DotPicture(rows, unit.name.to(language), unit.decimals, period, field)


def _line(series: Series, label: str, role: Role, indicator: Indicator) -> Line:
    divide = indicator.unit_words.divide
    return Line(label, role, tuple((period, value / divide) for period, value in series))


def _framed(found: Iterable[Line], indicator: Indicator, language: Language) -> LinePicture:
    drawn = tuple(line for line in found if line.points)
    unit = indicator.unit_words
    return LinePicture(drawn, unit.name.to(language), unit.decimals, _axis(drawn))


def _axis(drawn: tuple[Line, ...]) -> tuple[tuple[int, str], ...]:
    """Return a step for every year from the first figure to the last, so that time runs evenly across gaps."""
    periods = {period for line in drawn for period, _ in line.points}
    labels = {period.end: period.label for period in periods}
    lengths = {period.years for period in periods}
    length = lengths.pop() if len(lengths) == 1 else 1
    years = range(min(labels), max(labels) + 1)
    return tuple((year, labels.get(year, Period(year - length + 1, year).label)) for year in years)
