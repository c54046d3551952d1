"""Everything that is judged about every series, with each kind of trend asked for all series at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from vagvisare.assessment.comparison import Field, compare
from vagvisare.assessment.definition import Break, Event, Indicator
from vagvisare.assessment.gaps.distances import gaps, ordered_gaps, spreads
from vagvisare.assessment.judgement import Judgement, Level, Shock, Trend, Verdict, WithoutEvent
from vagvisare.assessment.outlook.conformal import Calibration
from vagvisare.assessment.outlook.projection import project
from vagvisare.assessment.overlap import overlaps
from vagvisare.assessment.path import Path, path
from vagvisare.assessment.shock import (
    Stray,
    before,
    earlier_part,
    largest_stray,
    reversal,
    run,
    shock,
    stray,
    without,
    worth_saying,
)
from vagvisare.assessment.targets.pace import pace
from vagvisare.assessment.targets.surroundings import Surroundings, surround
from vagvisare.assessment.trend import TrendRequest, judge_trends
from vagvisare.terms.series import NATION, Panel, Series, SeriesKey

_Key = TypeVar("_Key")


def judge_all(
    panel: Panel,
    indicators: Mapping[str, Indicator],
    events: Sequence[Event] = (),
    *,
    fast: bool = True,
    calibration: Calibration | None = None,
    earlier: Mapping[SeriesKey, Verdict] | None = None,
) -> dict[SeriesKey, Judgement]:
    """Judge every series of every known indicator.

    Args:
        panel: series of indicators, from ``measure``; series of unknown indicators, and series without a single
            point, are passed over.
        indicators: the contracts by key.
        events: declared shocks.
        fast: judge trends with the array kernels; False uses the plain reference, with equal results.
        earlier: verdicts of the edition before, by series: a decided one stands until p exceeds 0.20.
        calibration: how far projections have missed before; without one they have no bands.

    Returns:
        A judgement per series, in the order of the panel. Totals carry everything; groups carry level, trend, run
        and the comparison with the same group elsewhere.
    """
    whole = _Whole.of(panel, indicators, events, earlier or {}, fast=fast)
    judged = {key: _everyones(whole, key) for key in whole.panel}
    own = (whole.panel, whole.indicators, whole.totals, judged)
    contrasts, orders = gaps(*own, fast=fast), ordered_gaps(*own, fast=fast)
    rests = _rests(whole)
    shocks, without_events = _shocks(whole, rests), _without_events(whole, rests)
    priors = _priors(whole)
    county_spreads = spreads(whole.panel, indicators, fast=fast)
    surroundings = surround(whole.panel, whole.indicators, whole.totals, whole.field, fast=fast)
    for key in whole.totals:
        series, indicator = whole.panel[key], whole.indicators[key.indicator]
        trend, own_gaps = whole.trends[key], tuple(contrasts.get(key, ()))
        projection = project(series, trend, indicator, calibration)
        around = replace(
            surroundings.get(key, Surroundings()),
            comparison=judged[key].comparison,
            gaps=own_gaps,
            projection=projection,
            calibration=calibration,
        )
        prior = priors.get(key)
        judged[key] = replace(
            judged[key],
            paces=tuple(pace(target, series, trend, indicator, around) for target in indicator.targets),
            shocks=tuple(shocks[key]),
            reversal=None if prior is None else reversal(series, trend, prior, indicator, whole.nation(key)),
            gaps=own_gaps,
            ordered_gaps=tuple(orders.get(key, ())),
            spread=county_spreads.get(key),
            overlaps=overlaps(series, indicator, panel),
            without_events=tuple(without_events[key]),
            projection=projection,
        )
    return judged


@dataclass(frozen=True, slots=True)
class _Whole:
    """What all judgements lean on: figures, contracts, events, and the headline trend of every series."""

    panel: Panel
    indicators: Mapping[str, Indicator]
    events: Sequence[Event]
    trends: Mapping[SeriesKey, Trend]
    field: Field
    totals: tuple[SeriesKey, ...]
    fast: bool

    @classmethod
    def of(
        cls,
        panel: Panel,
        indicators: Mapping[str, Indicator],
        events: Sequence[Event],
        earlier: Mapping[SeriesKey, Verdict],
        *,
        fast: bool,
    ) -> _Whole:
        """Judge the headline trends of all known series."""
        known = {key: series for key, series in panel.items() if key.indicator in indicators and len(series)}
        requests = {
            key: trend_request(series, indicators[key.indicator], earlier=earlier.get(key))
            for key, series in known.items()
        }
        totals = tuple(key for key in known if key.is_total)
        trends = _ask(requests, fast=fast)
        return cls(known, indicators, events, trends, Field.of(known), totals, fast)

    def nation(self, key: SeriesKey) -> Series | None:
        """Return riket's figures in the measure of ``key``; None for riket itself."""
        return None if key.territory == NATION else self.panel.get(key.at(NATION))


def _ask(requests: Mapping[_Key, TrendRequest], *, fast: bool) -> dict[_Key, Trend]:
    """Judge many named trends in one batch."""
    return dict(zip(requests, judge_trends(list(requests.values()), fast=fast), strict=True))


def _everyones(whole: _Whole, key: SeriesKey) -> Judgement:
    """Return what totals and groups have alike."""
    series, indicator = whole.panel[key], whole.indicators[key.indicator]
    return Judgement(
        key=key,
        level=Level(series.periods[-1], series.values[-1]),
        trend=whole.trends[key],
        comparison=compare(series, indicator, whole.field, whole.trends.get(key.at(NATION))),
        run=run(series, indicator.breaks),
    )


def _shocks(whole: _Whole, rests: Mapping[tuple[SeriesKey, Event], Trend]) -> dict[SeriesKey, list[Shock]]:
    """Find the strays worth saying, each with the trend without the event's years."""
    parted = {
        (key, event): part
        for event in whole.events
        for key in whole.totals
        if (part := before(whole.panel[key], event, whole.indicators[key.indicator].breaks)) is not None
    }
    requests = {
        place: trend_request(part.series, whole.indicators[place[0].indicator], ()) for place, part in parted.items()
    }
    paths: dict[tuple[SeriesKey, Event], Path] = {}
    for place, trend in _ask(requests, fast=whole.fast).items():
        own = path(parted[place].series, trend, whole.indicators[place[0].indicator].bounds)
        if own is not None:
            paths[place] = own
    strays = {place: largest_stray(whole.panel[place[0]], parted[place], own) for place, own in paths.items()}
    told = {
        place: found for place, found in strays.items() if worth_saying(found, whole.indicators[place[0].indicator])
    }
    shocks: dict[SeriesKey, list[Shock]] = defaultdict(list)
    for (key, event), found in told.items():
        nation = _nation_deviation(whole, key, found, paths.get((key.at(NATION), event)))
        shocks[key].append(shock(found, whole.trends[key], rests[key, event], nation))
    return shocks


def _rests(whole: _Whole) -> dict[tuple[SeriesKey, Event], Trend]:
    """Judge every total that a declared event touches once more without the event's years, where any are left."""
    left = {
        (key, event): without(whole.panel[key], event)
        for event in whole.events
        for key in whole.totals
        if any(event.touches(period) for period in whole.panel[key].periods)
    }
    requests = {
        (key, event): trend_request(series, whole.indicators[key.indicator], earlier=whole.trends[key].earlier)
        for (key, event), series in left.items()
        if len(series)
    }
    return _ask(requests, fast=whole.fast)


def _without_events(
    whole: _Whole, rests: Mapping[tuple[SeriesKey, Event], Trend]
) -> dict[SeriesKey, list[WithoutEvent]]:
    """Return, for each total, the trend without each event that touches the window it was judged on."""
    found: dict[SeriesKey, list[WithoutEvent]] = defaultdict(list)
    for (key, event), rest in rests.items():
        judged = whole.trends[key]
        if any(event.touches(period) for period in judged.window.used):
            found[key].append(WithoutEvent(event, rest, rest.verdict is not judged.verdict))
    return found


def _nation_deviation(whole: _Whole, key: SeriesKey, found: Stray, own: Path | None) -> float | None:
    """Measure riket's stray in the same period; None for riket itself, or where riket has no figure or path."""
    nation = whole.nation(key)
    if nation is None or own is None:
        return None
    observed = nation.at(found.period)
    return None if observed is None else stray(own, found.event, found.period, observed).deviation


def _priors(whole: _Whole) -> dict[SeriesKey, Trend]:
    """Judge the points before the latest of every total that has at least two."""
    earlier: dict[SeriesKey, Series] = {}
    for key in whole.totals:
        part = earlier_part(whole.panel[key], whole.trends[key])
        if part is not None:
            earlier[key] = part
    requests = {key: trend_request(part, whole.indicators[key.indicator], ()) for key, part in earlier.items()}
    return _ask(requests, fast=whole.fast)


def trend_request(
    series: Series, indicator: Indicator, breaks: tuple[Break, ...] | None = None, earlier: Verdict | None = None
) -> TrendRequest:
    """Ask for the trend of a series of ``indicator``, with its own breaks unless others are given.

    ``earlier`` is the verdict of the edition before, where it is to weigh in.
    """
    return TrendRequest(
        series=series,
        scale=indicator.scale,
        direction=indicator.direction,
        bounds=indicator.bounds,
        smallest_change=indicator.meaningful_change,
        breaks=indicator.breaks if breaks is None else breaks,
        earlier=earlier,
    )
