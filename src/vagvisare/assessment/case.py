"""One series in a table of cases, and the contract it implies."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from vagvisare.assessment.definition import Collection, Direction, Indicator, Target, TargetKind
from vagvisare.assessment.scale import fitting_scale
from vagvisare.assessment.translations import CaseSeries
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series, SeriesKey
from vagvisare.terms.unit import UNITS, Scale, UnitClass

DIRECTIONS = {
    "higher": Direction.HIGHER,
    "1": Direction.HIGHER,
    "+1": Direction.HIGHER,
    "lower": Direction.LOWER,
    "-1": Direction.LOWER,
    "none": Direction.NEUTRAL,
    "neutral": Direction.NEUTRAL,
    "0": Direction.NEUTRAL,
}
"""The words and numbers a case may give its direction in."""

PERCENT_WORDS = frozenset({"%", "percent", "per cent", "procent", "pct"})
"""How tables write per cent."""

_UNIT_OF_SCALE = {Scale.LOGIT: "percent", Scale.LOG: "companies", Scale.LINEAR: "number"}
"""A unit with the right scale, for cases that name none; its words are never shown."""


@dataclass(frozen=True, slots=True)
class Case:
    """One series to judge.

    ``direction`` is a word or number of :data:`DIRECTIONS`; empty means that higher is better, and the answer says
    that nobody declared it. ``unit`` is a unit's code or a word for per cent; empty, or a unit nobody here knows,
    leaves the scale to the figures (log where all are positive, linear otherwise). ``limit`` is the natural upper
    limit of a share-like quantity. ``target`` is a level in the figures' own unit; without ``target_year`` it is
    compared with the level only. ``further`` are more targets of the same series, each with its year; only published
    methods that know several read them.
    """

    name: str
    points: tuple[tuple[Period, float], ...]
    direction: str = ""
    unit: str = ""
    target: float | None = None
    target_year: int | None = None
    base_year: int | None = None
    limit: float | None = None
    further: tuple[tuple[float, int | None], ...] = ()


def series_of(case: Case) -> Series:
    """Return the figures of a case as a series."""
    periods = [period for period, _ in case.points]
    if not periods:
        raise _mistake(
            case,
            Text("har inga siffror", "has no figures"),
            Text("Ange minst en rad med period och värde.", "Give at least one row with a period and a value."),
        )
    twice = sorted({period for period in periods if periods.count(period) > 1})
    if twice:
        raise _mistake(
            case,
            Text(f"har två siffror för {twice[0]}", f"has two figures for {twice[0]}"),
            Text("Behåll en rad per serie och period.", "Keep one row per series and period."),
        )
    if not all(math.isfinite(value) for _, value in case.points):
        raise _mistake(
            case,
            Text("har ett värde som inte är ett tal", "has a figure that is no number"),
            Text("Utelämna raden där värdet saknas.", "Leave the row out where no figure exists."),
        )
    return Series.of(SeriesKey(case.name, "00"), dict(case.points))


def contract_of(case: Case) -> Indicator:
    """Return the contract a case implies."""
    words = Text(case.name, case.name)
    unit, limits = _unit(case)
    return Indicator(
        key=case.name,
        dataset=case.name,
        title=words,
        subject=words,
        unit=unit,
        direction=_direction(case),
        collection=Collection.REGISTER,
        definition=words,
        limits=limits,
        # One hundredth of the way between the limits: one percentage point where the limits are 0 and 100.
        smallest_change=limits[1] / 100 if limits is not None else None,
        targets=_targets(case),
    )


def published_case(case: Case) -> CaseSeries:
    """Return a case as the published methods take it.

    Raises:
        FigureError: when the case has no figures, two figures for one period, a figure, target or limit that is no
            number, or a direction that means nothing.
    """
    series = series_of(case)
    _targets(case)
    if case.limit is not None and not math.isfinite(case.limit):
        raise _mistake(
            case,
            Text("har en gräns som inte är ett tal", "has a limit that is no number"),
            Text(
                "Ange gränsen som ett tal, eller lämna fältet tomt.", "Give the limit as a number, or leave it empty."
            ),
        )
    code = case.unit.strip()
    return CaseSeries(
        name=case.name,
        periods=tuple(period.start for period in series.periods),
        values=series.values,
        direction=int(_direction(case)) if case.direction.strip() else None,
        target=case.target,
        target_year=case.target_year,
        base_year=case.base_year,
        limit=case.limit,
        further=case.further,
        share=_is_share(code) if code else None,
    )


def _is_share(code: str) -> bool:
    return code.lower() in PERCENT_WORDS or (code in UNITS and UNITS[code].unit_class is UnitClass.SHARE)


def _direction(case: Case) -> Direction:
    word = case.direction.strip().lower().replace("\u2212", "-")
    if not word:
        return Direction.HIGHER
    # "1.0" is how a spreadsheet writes the number 1.
    plain = word.removesuffix(".0")
    if plain not in DIRECTIONS:
        raise _mistake(
            case,
            Text(f"har den okända riktningen ”{word}”", f"has the unknown direction “{word}”"),
            Text("Skriv higher, lower, none, 1, -1 eller 0.", "Write higher, lower, none, 1, -1 or 0."),
        )
    return DIRECTIONS[plain]


def _unit(case: Case) -> tuple[str, tuple[float, float] | None]:
    """Return the unit and limits that give the case its scale; a limit it keeps within makes it a share of it."""
    limits = _limits(case)
    code = case.unit.strip()
    if code.lower() in PERCENT_WORDS:
        return "percent", limits
    if limits is not None:
        return "percent", limits
    if code in UNITS:
        return code, None
    return _UNIT_OF_SCALE[fitting_scale(_values(case), Scale.LOG)], None


def is_unknown_unit(case: Case) -> bool:
    """Tell whether the case names a unit that nobody here knows."""
    code = case.unit.strip()
    return bool(code) and code.lower() not in PERCENT_WORDS and code not in UNITS


def _limits(case: Case) -> tuple[float, float] | None:
    """Return 0 to the limit where every figure lies strictly between them."""
    if case.limit is None:
        return None
    if not (math.isfinite(case.limit) and case.limit > 0):
        raise _mistake(
            case,
            Text(f"har gränsen {case.limit:g}", f"has the limit {case.limit:g}"),
            Text("Ange en naturlig gräns som är större än noll.", "Give a natural limit greater than zero."),
        )
    inside = fitting_scale(_values(case), Scale.LOGIT, (0.0, case.limit)) is Scale.LOGIT
    return (0.0, case.limit) if inside else None


def _targets(case: Case) -> tuple[Target, ...]:
    if case.target is None:
        return ()
    if not math.isfinite(case.target):
        raise _mistake(
            case,
            Text("har ett målvärde som inte är ett tal", "has a target that is no number"),
            Text("Ange målet som ett tal, eller lämna fältet tomt.", "Give the target as a number, or leave it empty."),
        )
    return (
        Target(
            TargetKind.ABSOLUTE,
            wording=f"{case.target:g}",
            source="table",
            value=case.target,
            base_year=case.base_year,
            year=case.target_year,
        ),
    )


def _values(case: Case) -> Sequence[float]:
    return [value for _, value in case.points]


def _mistake(case: Case, what: Text, remedy: Text) -> FigureError:
    return FigureError(
        Text(f"Serien ”{case.name}” {what.sv}.", f"The series “{case.name}” {what.en}."),
        meaning=Text("Ingenting har bedömts.", "Nothing was judged."),
        remedy=remedy,
    )
