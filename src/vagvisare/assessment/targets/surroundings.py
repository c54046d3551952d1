"""What stands around one series when its targets are judged: riket, other territories, groups, the projection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from vagvisare.assessment.comparison import Field
from vagvisare.assessment.definition import Composite, Indicator, Target, TargetKind
from vagvisare.assessment.gaps.gap import gap_request
from vagvisare.assessment.judgement import Comparison, Gap, Projection, Trend
from vagvisare.assessment.outlook.conformal import Calibration
from vagvisare.assessment.request import TrendRequest
from vagvisare.assessment.scale import fitting_scale
from vagvisare.assessment.targets.composite import Mean, mean_of
from vagvisare.assessment.trend import judge_trends
from vagvisare.terms.period import Period
from vagvisare.terms.series import NATION, Panel, Series, SeriesKey
from vagvisare.terms.unit import Scale

Pair = tuple[Trend, Trend]
"""Own trend and another territory's, over the periods both have and on one scale."""


@dataclass(frozen=True, slots=True)
class Distance:
    """Own figure minus riket's over the periods both have, and the trend of its size."""

    signed: Series
    trend: Trend


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the targets of one series are judged against.

    ``others`` are the territories' figures for the series' latest period, ``comparison`` its place among them.
    ``pairs`` maps a territory to own and its trend over shared periods, ``distance`` is that to riket, ``means`` the
    composites' figures; each only where a target asks for it. ``gaps`` are the judged gaps of the same indicator and
    territory. ``projection`` and ``calibration`` say where the figure goes.
    """

    others: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    comparison: Comparison | None = None
    pairs: Mapping[str, Pair] = field(default_factory=lambda: MappingProxyType({}))
    distance: Distance | None = None
    means: Mapping[Composite, Mean] = field(default_factory=lambda: MappingProxyType({}))
    gaps: Sequence[Gap] = ()
    projection: Projection | None = None
    calibration: Calibration | None = None


def surround(
    panel: Panel, indicators: Mapping[str, Indicator], keys: Sequence[SeriesKey], everyone: Field, *, fast: bool = True
) -> dict[SeriesKey, Surroundings]:
    """Gather what the targets of ``keys`` need of other territories, with all trends judged in one batch.

    Args:
        panel: all series.
        indicators: contracts by key.
        keys: the series whose targets are judged; those without a target are passed over.
        everyone: all figures of all territories, gathered.
        fast: as in ``judge_trends``.

    Returns:
        Figures, pairs, distances and composites by key; comparison, gaps and projection are left for the caller.
    """
    aimed = [key for key in keys if indicators[key.indicator].targets]
    pairs = _pairs(panel, indicators, aimed, fast=fast)
    distances = _distances(panel, indicators, aimed, fast=fast)
    return {
        key: Surroundings(
            others=everyone.values(key, panel[key].periods[-1]),
            pairs=pairs.get(key, {}),
            distance=distances.get(key),
            means=_means(panel, indicators[key.indicator], key, everyone),
        )
        for key in aimed
    }


def _means(panel: Panel, indicator: Indicator, key: SeriesKey, everyone: Field) -> dict[Composite, Mean]:
    latest = panel[key].periods[-1]
    named = [target.composite for target in indicator.targets if target.composite is not None]
    return {composite: mean_of(composite, key, latest, everyone, panel, indicator) for composite in named}


def _pairs(
    panel: Panel, indicators: Mapping[str, Indicator], keys: Sequence[SeriesKey], *, fast: bool
) -> dict[SeriesKey, dict[str, Pair]]:
    """Judge own and others' trends over shared periods, for targets that weigh one pace against another."""
    asked: dict[tuple[SeriesKey, str], tuple[TrendRequest, TrendRequest]] = {}
    for key in keys:
        indicator = indicators[key.indicator]
        for other in dict.fromkeys(code for target in indicator.targets for code in _paced_by(target, key)):
            requests = _pair(panel[key], panel.get(key.at(other)), indicator)
            if requests is not None:
                asked[key, other] = requests
    trends = iter(judge_trends([request for pair in asked.values() for request in pair], fast=fast))
    found: dict[SeriesKey, dict[str, Pair]] = {}
    for key, other in asked:
        found.setdefault(key, {})[other] = (next(trends), next(trends))
    return found


def _paced_by(target: Target, key: SeriesKey) -> Iterator[str]:
    """Name the territories whose course a target is weighed against."""
    dated = target.kind is TargetKind.ABOVE_NATION and target.year is not None
    if dated or target.kind is TargetKind.CONVERGES:
        yield NATION
    if target.kind is TargetKind.AS_FAST:
        yield from (code for code in target.peers or (NATION,) if code != key.territory)


def _pair(own: Series, other: Series | None, indicator: Indicator) -> tuple[TrendRequest, TrendRequest] | None:
    """Ask for both trends over the periods both have; None where they share none or no scale makes them comparable."""
    if other is None:
        return None
    shared = frozenset(own.periods) & frozenset(other.periods)
    ours, theirs = own.only(shared), other.only(shared)
    if not shared:
        return None
    scale = fitting_scale((*ours.values, *theirs.values), indicator.scale, indicator.bounds)
    if indicator.scale is Scale.LOG and scale is not Scale.LOG:
        # Units a year say nothing between a county and a country of other sizes.
        return None
    return _request(ours, scale, indicator), _request(theirs, scale, indicator)


def _request(series: Series, scale: Scale, indicator: Indicator) -> TrendRequest:
    return TrendRequest(
        series, scale, indicator.direction, indicator.bounds, indicator.meaningful_change, indicator.breaks
    )


def _distances(
    panel: Panel, indicators: Mapping[str, Indicator], keys: Sequence[SeriesKey], *, fast: bool
) -> dict[SeriesKey, Distance]:
    """Judge the distance to riket of every series that has a target to come nearer."""
    signed: dict[SeriesKey, Series] = {}
    for key in keys:
        wanted = any(target.kind is TargetKind.CONVERGES for target in indicators[key.indicator].targets)
        nation = panel.get(key.at(NATION)) if wanted and key.territory != NATION else None
        shared = {} if nation is None else _difference(panel[key], nation)
        if shared:
            signed[key] = Series.of(key, shared)
    requests = [gap_request(series, indicators[key.indicator]) for key, series in signed.items()]
    trends = judge_trends(requests, fast=fast)
    return {key: Distance(series, trend) for (key, series), trend in zip(signed.items(), trends, strict=True)}


def _difference(own: Series, nation: Series) -> dict[Period, float]:
    theirs = dict(nation)
    return {period: value - theirs[period] for period, value in own if period in theirs}
