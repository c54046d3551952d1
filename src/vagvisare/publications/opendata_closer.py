"""The closer look as open data: one object an indicator, with what may come, whether the verdict holds, and distances.

Numbers stand unrounded in the indicator's own unit; what cannot be computed is null. The layout is told in
docs/reference/follow-up-json.md.
"""

from __future__ import annotations

import math

from vagvisare.assessment.closer.discovery import Discovery
from vagvisare.assessment.closer.values import Candidate, Closer, Noise, OwnCourse, Splice
from vagvisare.assessment.definition import Group
from vagvisare.assessment.judgement import Gap, Judgement, OrderedGap, Pace, Projection, Slope, Spread, Trend, Yearly
from vagvisare.findings.finding import Plain
from vagvisare.publications.material import Material
from vagvisare.terms.period import Period
from vagvisare.terms.series import SeriesKey

CLOSER_SCHEMA = "vagvisare.closer/1"
"""Name and version of the layout; the number rises when a field changes meaning or goes away."""


def closer_document(material: Material) -> dict[str, Plain]:
    """Return the closer look at every indicator of the territory spoken of, as plain values ready for JSON."""
    outcome = material.outcome
    keys = [SeriesKey(key, outcome.territory) for key in sorted(outcome.indicators)]
    earlier = outcome.earlier
    return {
        "schema": CLOSER_SCHEMA,
        "strategy": outcome.strategy.key,
        "territory": outcome.territory,
        "as_of": outcome.as_of.isoformat(),
        "earlier": None if earlier is None else {"as_of": earlier.as_of.isoformat(), "sha256": earlier.sha256},
        "discovery": None if outcome.discovery is None else _discovery(outcome.discovery),
        "indicators": [
            _indicator(outcome.judgements[key], outcome.closer.get(key, Closer()))
            for key in keys
            if key in outcome.judgements
        ],
    }


def _discovery(found: Discovery) -> dict[str, Plain]:
    return {
        "tested": found.tested,
        "clear": found.clear,
        "by_chance": found.by_chance,
        "rate": found.rate,
        "stands": [key.indicator for key in found.stands],
        "falls": [key.indicator for key in found.falls],
    }


def _indicator(judged: Judgement, found: Closer) -> dict[str, Plain]:
    return {
        "indicator": judged.key.indicator,
        "trend": _trend(judged.trend),
        "projection": None if judged.projection is None else _projection(judged.projection),
        "targets": [_pace(pace) for pace in judged.paces],
        "noise": None if found.noise is None else _noise(found.noise),
        "candidates": [_candidate(each) for each in found.candidates],
        "own_courses": [_own_course(each) for each in found.own_courses],
        "splice": None if found.splice is None else _splice(found.splice),
        "robustness": _robustness(found),
        "other_methods": [
            {
                "method": each.method,
                "status": each.status,
                "value": _number(each.value),
                "score": _number(each.score),
                "direction": each.direction,
                "reason": each.reason,
            }
            for each in found.translations
        ],
        "gaps": [_gap(gap) for gap in judged.gaps],
        "ordered_gaps": [_ordered(gap) for gap in judged.ordered_gaps],
        "municipalities": None if judged.spread is None else _spread(judged.spread),
    }


def _trend(trend: Trend) -> dict[str, Plain]:
    used = trend.window.used
    return {
        "verdict": trend.verdict.value,
        "movement": trend.movement.value,
        "reason": trend.reason.value,
        "scale": trend.scale.value,
        "slope": _number(trend.slope),
        "slope_low": _number(trend.slope_low),
        "slope_high": _number(trend.slope_high),
        "p": _number(trend.p),
        "points": trend.window.n,
        "effective": _number(trend.window.effective),
        "first_period": str(used[0]) if used else None,
        "last_period": str(used[-1]) if used else None,
        "change": _number(trend.change),
        "change_low": _number(trend.change_low),
        "change_high": _number(trend.change_high),
        "earlier": None if trend.earlier is None else trend.earlier.value,
    }


def _projection(found: Projection) -> dict[str, Plain]:
    measured = found.measured
    ahead: list[Plain] = []
    for each in found.ahead:
        place = each.period.end - found.origin.end - 1
        held = measured if measured is not None and 0 <= place < len(measured.coverage_80) else None
        ahead.append(
            {
                "period": str(each.period),
                "value": _number(each.value),
                "low_80": _number(each.low_80),
                "high_80": _number(each.high_80),
                "low_95": _number(each.low_95),
                "high_95": _number(each.high_95),
                "coverage_80": None if held is None else _number(held.coverage_80[place]),
                "coverage_95": None if held is None else _number(held.coverage_95[place]),
                "forecasts": held.forecasts[place] if held is not None and held.forecasts else None,
                "borrowed": _number(held.borrowed[place]) if held is not None and held.borrowed else None,
                "checked": held.checked[place] if held is not None and held.checked else None,
            }
        )
    return {
        "origin": str(found.origin),
        "last": _number(found.last),
        "scale": found.scale.value,
        "drift": _number(found.drift),
        "weight": _number(found.weight),
        "points": found.n,
        "unit_class": found.unit_class,
        "measured_on": measured.day.isoformat() if measured is not None and measured.day is not None else None,
        "ahead": ahead,
    }


def _pace(pace: Pace) -> dict[str, Plain]:
    return {
        "kind": pace.target.kind.value,
        "base_year": pace.target.base_year,
        "year": pace.target.year,
        "verdict": pace.verdict.value,
        "target_value": _number(pace.target_value),
        "needed": _number(pace.needed),
        "achieved": _number(pace.achieved),
        "achieved_low": _number(pace.achieved_low),
        "achieved_high": _number(pace.achieved_high),
        "ratio": _number(pace.ratio),
        "linear": _yearly(pace.linear),
        "geometric": _yearly(pace.geometric),
        "projected": _number(pace.projected),
        "projected_low": _number(pace.projected_low),
        "projected_high": _number(pace.projected_high),
        "chance": _number(pace.chance),
        "milestones": [_pace(each) for each in pace.milestones],
    }


def _yearly(found: Yearly | None) -> Plain:
    if found is None:
        return None
    return {
        "needed": _number(found.needed),
        "achieved": _number(found.achieved),
        "low": _number(found.low),
        "high": _number(found.high),
    }


def _noise(found: Noise) -> dict[str, Plain]:
    low, high = found.limits or (None, None)
    return {
        "period": str(found.period),
        "previous": _period(found.previous),
        "interval": found.source.value,
        "low": _number(found.low),
        "high": _number(found.high),
        "limit_low": _number(low),
        "limit_high": _number(high),
        "change": _number(found.change),
        "sampling_margin": _number(found.sampling_margin),
        "process_margin": _number(found.process_margin),
        "news": found.news,
        "broken": None if found.broken is None else str(found.broken.at),
    }


def _candidate(found: Candidate) -> dict[str, Plain]:
    return {
        "rule": found.rule.value,
        "period": str(found.period),
        "before": _number(found.before),
        "after": _number(found.after),
        "p": _number(found.p),
        "declared": found.declared is not None,
        "nation": found.nation,
    }


def _own_course(found: OwnCourse) -> dict[str, Plain]:
    return {
        "since": str(found.since),
        "until": str(found.until),
        "event": None if found.event is None else found.event.key,
        "own": _number(found.own),
        "nation": _number(found.nation),
        "difference": _number(found.difference),
        "low": _number(found.low),
        "high": _number(found.high),
        "relative": found.relative,
        "points": found.n,
        "whose": found.whose.value,
    }


def _splice(found: Splice) -> dict[str, Plain]:
    return {
        "at": str(found.at.at),
        "overlap": [str(period) for period in found.overlap],
        "moved": [str(period) for period in found.moved],
        "shift": _number(found.shift),
        "apart": _number(found.apart),
        "scale": found.scale.value,
        "trend": _trend(found.trend),
    }


def _robustness(found: Closer) -> Plain:
    held = found.robustness
    if held is None:
        return None
    return {
        "verdict": held.verdict,
        "holds": held.holds,
        "of": held.of,
        "choices": [
            {"choice": each.choice.value, "detail": each.detail, "verdict": each.verdict, "holds": each.holds}
            for each in held.alternatives
        ],
    }


def _gap(gap: Gap) -> dict[str, Plain]:
    return {
        "a": _group(gap.contrast.a),
        "b": _group(gap.contrast.b),
        "period": str(gap.period),
        "a_value": _number(gap.a),
        "b_value": _number(gap.b),
        "difference": _number(gap.difference),
        "ratio": _number(gap.ratio),
        "first_period": str(gap.first_period),
        "first_difference": _number(gap.first_difference),
        "first_ratio": _number(gap.first_ratio),
        "verdict": gap.verdict.value,
        "relative_verdict": None if gap.relative_verdict is None else gap.relative_verdict.value,
        "levelling_down": gap.levelling_down,
    }


def _ordered(gap: OrderedGap) -> dict[str, Plain]:
    groups = zip(gap.order.groups, gap.figures, gap.order.shares, strict=True)
    return {
        "groups": [
            {**_group(group), "value": _number(value), "share": _number(share)} for group, value, share in groups
        ],
        "period": str(gap.period),
        **_slope(gap.slope),
        "first_period": str(gap.first_period),
        "first_sii": _number(gap.first.sii),
        "first_rii": _number(gap.first.rii),
        "verdict": gap.verdict.value,
        "levelling_down": gap.levelling_down,
    }


def _slope(slope: Slope) -> dict[str, Plain]:
    return {
        "sii": _number(slope.sii),
        "sii_low": _number(slope.sii_low),
        "sii_high": _number(slope.sii_high),
        "rii": _number(slope.rii),
        "rii_low": _number(slope.rii_low),
        "rii_high": _number(slope.rii_high),
    }


def _group(group: Group) -> dict[str, Plain]:
    return {"sex": group.sex, "background": group.background, "sv": group.name.sv, "en": group.name.en}


def _spread(found: Spread) -> dict[str, Plain]:
    moved = found.moved
    return {
        "period": str(found.period),
        "of": found.of,
        "lowest": _place(found.lowest),
        "highest": _place(found.highest),
        "median": _number(found.median),
        "sd": _number(found.sd),
        "weighted_mean": _number(found.weighted_mean),
        "weighted_sd": _number(found.weighted_sd),
        "best": None if found.best is None else _place(found.best),
        "worst": None if found.worst is None else _place(found.worst),
        "followed": found.followed,
        "first_period": _period(found.first_period),
        "first_sd": _number(found.first_sd),
        "last_sd": _number(found.last_sd),
        "verdict": found.verdict.value,
        "moved": None
        if moved is None
        else {
            "since": str(moved.since),
            "until": str(moved.until),
            "movement": moved.movement.value,
            "count": moved.count,
            "of": moved.of,
            "exceptions": list(moved.exceptions),
        },
    }


def _place(found: tuple[str, float]) -> dict[str, Plain]:
    return {"territory": found[0], "value": _number(found[1])}


def _period(period: Period | None) -> Plain:
    return None if period is None else str(period)


def _number(value: float | None) -> Plain:
    """Return a number as it is; null for what JSON cannot hold."""
    return value if value is not None and math.isfinite(value) else None
