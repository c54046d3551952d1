"""Hand-built, synthetic judgements: no figure here is official, and no place has these numbers."""

from __future__ import annotations

import math
from datetime import date

from vagvisare.assessment.definition import (
    Break,
    Collection,
    Contrast,
    Direction,
    Event,
    Group,
    Indicator,
    OrderedGroups,
    Target,
    TargetKind,
)
from vagvisare.assessment.judgement import (
    Comparison,
    Gap,
    GapVerdict,
    Judgement,
    Level,
    Moved,
    Movement,
    OrderedGap,
    Pace,
    PaceVerdict,
    Reason,
    Reversal,
    Run,
    Shock,
    Size,
    Slope,
    Spread,
    Trend,
    Verdict,
    Window,
)
from vagvisare.assessment.verdict import verdict_of
from vagvisare.findings.finding import VintageRef
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import SeriesKey
from vagvisare.terms.territory import COUNTIES
from vagvisare.terms.unit import Scale

LATEST, BEFORE, BASE = Period.year(2025), Period.year(2024), Period.year(2020)
WOMEN = Group("K", "", Text("kvinnor", "women"))
MEN = Group("M", "", Text("män", "men"))
PANDEMIC = Event("pandemi", 2020, 2021, Text("pandemin", "the pandemic"))


def indicator(
    key: str = "share", unit: str = "percent", direction: Direction = Direction.HIGHER, **more: object
) -> Indicator:
    subjects = {
        "share": Text("andelen elever som når målen", "the share of pupils who reach the goals"),
        "emissions": Text("utsläppen av växthusgaser", "greenhouse gas emissions"),
        "companies": Text("antalet nystartade företag", "the number of new companies"),
        "spending": Text("utgifterna för forskning", "spending on research"),
        "life": Text("medellivslängden", "life expectancy"),
        "rate": Text(
            "antalet nystartade företag per 1 000 invånare", "the number of new companies per 1,000 inhabitants"
        ),
        "balance": Text("nettotalet", "the net figure"),
    }
    fields: dict[str, object] = {
        "key": key,
        "dataset": f"synthetic_{key}",
        "title": Text("Påhittat mått", "Invented measure"),
        "subject": subjects[key],
        "unit": unit,
        "direction": direction,
        "collection": Collection.REGISTER,
        "definition": Text("Ett påhittat mått för prov.", "An invented measure for tests."),
        "plural": key == "emissions",
        "watches": ("effektmal/prov",),
        "groups": (WOMEN, MEN),
    }
    return Indicator(**{**fields, **more})  # type: ignore[arg-type]


def years(first: int, last: int, step: int = 1) -> tuple[Period, ...]:
    return tuple(Period.year(year) for year in range(first, last + 1, step))


def windows(*starts: int) -> tuple[Period, ...]:
    return tuple(Period(start, start + 3) for start in starts)


def trend(
    movement: Movement = Movement.RISING,
    change: float = 4.0,
    periods: tuple[Period, ...] = years(2015, 2025),
    scale: Scale = Scale.LOGIT,
    *,
    direction: Direction = Direction.HIGHER,
    reason: Reason | None = None,
    slope: float | None = None,
    end: float = 80.0,
    effective: float | None = None,
    cut_by: Break | None = None,
) -> Trend:
    default = {
        Movement.STILL: Reason.INSIDE_SMALLEST_CHANGE,
        Movement.UNKNOWN: Reason.NOISE,
    }.get(movement, Reason.SIGNIFICANT)
    reason = reason or default
    span = max(periods[-1].middle - periods[0].middle, 1.0)
    slope = change / span / 100 if slope is None else slope
    if reason is Reason.TOO_FEW:
        slope = change = end = math.nan
    return Trend(
        verdict=verdict_of(movement, direction),
        movement=movement,
        reason=reason,
        window=Window(periods, len(periods) if effective is None else effective, cut_by),
        scale=scale,
        slope=slope,
        slope_low=slope - 0.01,
        slope_high=slope + 0.01,
        s=int(math.copysign(20, change)) if math.isfinite(change) else 0,
        p=1.0 if reason is Reason.TOO_FEW else 0.01,
        exact=False,
        rho=0.3,
        inflation=1.6,
        level_start=end - change,
        level_end=end,
        change=change,
        change_low=change - 1,
        change_high=change + 1,
    )


def judgement(
    key: str = "share", judged: Trend | None = None, value: float = 81.9, territory: str = "18", **more: object
) -> Judgement:
    judged = judged or trend()
    level = Level(judged.window.used[-1], value)
    return Judgement(SeriesKey(key, territory), level, judged, **more)  # type: ignore[arg-type]


def comparison(
    value: float = 70.0,
    nation: float | None = 80.0,
    *,
    period: Period = LATEST,
    step: float = 0.5,
    place: int = 0,
    direction: Direction = Direction.HIGHER,
    nation_movement: Movement | None = None,
    peers: tuple[tuple[str, float], ...] = (),
    of: int = 21,
) -> Comparison:
    """Place county 18 as number ``place`` from the lowest, ``step`` apart from its neighbours."""
    others = [code for code in COUNTIES if code != "18"][: of - 1]
    values = {code: value + step * (i + 1 - place if i >= place else i - place) for i, code in enumerate(others)}
    values["18"] = value
    sign = -1 if direction is not Direction.LOWER else 1
    ordered = tuple(sorted(values.items(), key=lambda item: (sign * item[1], item[0])))
    rank = [code for code, _ in ordered].index("18") + 1
    return Comparison(period, value, rank, 1, of, rank == 1, rank == of, nation, peers, nation_movement, ordered)


def target(kind: TargetKind = TargetKind.RELATIVE_TO_BASE, **more: object) -> Target:
    fields: dict[str, object] = {"kind": kind, "wording": "Ett påhittat mål", "source": "prov"}
    if kind is TargetKind.RELATIVE_TO_BASE:
        fields |= {"value": -60.0, "base_year": 2005, "year": 2030}
    if kind is TargetKind.ABSOLUTE:
        fields |= {"value": 85.0, "year": 2030}
    if kind is TargetKind.ABOVE_PEERS:
        fields["peers"] = ("19", "07", "17", "06")
    if kind is TargetKind.GAP_SHRINKS:
        fields["groups"] = ("K/", "M/")
    return Target(**{**fields, **more})  # type: ignore[arg-type]


def pace(verdict: PaceVerdict, aim: Target | None = None, **more: object) -> Pace:
    return Pace(aim or target(), verdict, **more)  # type: ignore[arg-type]


def shock(
    observed: float = 76.1,
    expected: float = 78.9,
    size: Size = Size.PLAIN,
    nation: float | None = None,
    deviation: float | None = None,
) -> Shock:
    own = math.copysign(2.5, observed - expected) if deviation is None else deviation
    way = Movement.RISING if observed > expected else Movement.FALLING
    return Shock(
        PANDEMIC, Period.year(2020), expected, observed, own, size, way, nation, trend(), changes_verdict=False
    )


def reversal(change: float = -0.8, size: Size = Size.SLIGHT, previous: Period = BEFORE) -> Reversal:
    way = Movement.RISING if change > 0 else Movement.FALLING
    return Reversal(Period.year(2025), previous, change, math.copysign(2.2, change), size, way)


def run(movement: Movement = Movement.FALLING, length: int = 5, since: Period = BASE) -> Run:
    return Run(movement, length, since)


def gap(
    difference: float = 21.3,
    verdict: GapVerdict = GapVerdict.SHRINKING,
    first: float = 24.0,
    *,
    levelling_down: bool = False,
    judged: Trend | None = None,
    **more: object,
) -> Gap:
    return Gap(
        Contrast(WOMEN, MEN),
        Period.year(2025),
        60.0 + difference,
        60.0,
        difference,
        Period.year(2015),
        first,
        judged or trend(),
        verdict,
        levelling_down,
        **{"ahead": WOMEN if difference > 0 else MEN, **more},  # type: ignore[arg-type]
    )


def spread(**more: object) -> Spread:
    fields: dict[str, object] = {"sd": 5.2, "best": ("1881", 89.8), "worst": ("1861", 72.7)}
    return Spread(Period.year(2021), ("1861", 72.7), ("1881", 89.8), 81.0, 12, **{**fields, **more})  # type: ignore[arg-type]


def moved(*exceptions: str, movement: Movement = Movement.RISING, of: int = 12) -> Moved:
    return Moved(Period.year(2010), Period.year(2021), movement, of, exceptions)


EDUCATION = OrderedGroups(
    "utbildning",
    Text("utbildningsnivåer", "levels of education"),
    (
        Group("T", "short", Text("personer med förgymnasial utbildning", "people with lower secondary education")),
        Group("T", "middle", Text("personer med gymnasial utbildning", "people with upper secondary education")),
        Group("T", "long", Text("personer med eftergymnasial utbildning", "people with post-secondary education")),
    ),
    (0.2, 0.45, 0.35),
)


def slope(sii: float, bottom: float = 60.0) -> Slope:
    top = bottom + sii
    return Slope(sii, sii - 3, sii + 3, top / bottom, None, None, bottom, top, Scale.LOGIT)


def ordered_gap(
    sii: float = 14.2, verdict: GapVerdict = GapVerdict.WIDENING, first: float = 11.0, **more: object
) -> OrderedGap:
    way = 1 if sii > 0 else -1
    fields: dict[str, object] = {
        "order": EDUCATION,
        "period": Period.year(2025),
        "figures": tuple(65.0 + way * step for step in (-6, 1, 5)),
        "slope": slope(sii),
        "first_period": Period.year(2015),
        "first": slope(first),
        "trend": trend(),
        "verdict": verdict,
        "levelling_down": False,
        "ahead": EDUCATION.groups[-1] if sii > 0 else EDUCATION.groups[0],
    }
    return OrderedGap(**{**fields, **more})  # type: ignore[arg-type]


def vintage(dataset: str = "synthetic_share", sha: str = "ab" * 32, *, reconstructed: bool = False) -> VintageRef:
    return VintageRef(dataset, sha, date(2026, 11, 21), date(2026, 11, 21), reconstructed)


__all__ = ["Verdict", "gap", "indicator", "judgement", "pace", "trend"]
