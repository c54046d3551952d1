"""Holding one claim against the figures: does what the words imply agree with what was computed?

Each aspect has its own test; all return a verdict and the sentence that says what the figures show. The rules:

* ``trend``: the claim agrees with a significant movement the same way and is contradicted by one the other way, or by
  a movement shown to be too small to matter. Where neither can be told, or only a shorter reading agrees, the window
  decides: if the last change, the last five years and the whole window point different ways by more than the
  smallest change that matters, the claim *depends on the window*; otherwise it cannot be determined.
* ``last_change``: the sign of the latest change; inside the smallest change that matters, or inside three
  percentage points in a survey, it cannot be determined.
* ``run``: at least three changes in a row the same way.
* ``rank``: the lowest or highest figure among the 21 counties, alone. If it was so one of the two years before but not
  in the latest, the claim *depends on the year*.
* ``level``: against riket or the figure before, with the same allowance for surveys.
* ``shock``: a stray from the own path during the event of at least two standard deviations of noise, and more than
  the smallest change that counts. A smaller stray the claimed way cannot be told from noise; a change the other way
  contradicts.
* ``pace``: the verdict against a target with a year.
* ``gap``: two groups further apart than the smallest change. The claim's ``group`` names the pair ("K/|M/"); without
  it the widest of the indicator's declared pairs is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from vagvisare.assessment.definition import Collection, Contrast, Event, Indicator
from vagvisare.assessment.disclosure.panel import Disclosure
from vagvisare.assessment.judgement import Judgement, Movement, PaceVerdict, Reason
from vagvisare.assessment.window import independent
from vagvisare.findings.finding import Finding, FindingType, VintageRef
from vagvisare.findings.grammar import SURVEY_MARGIN, Topic
from vagvisare.followups.document import Claim
from vagvisare.followups.outcome import ReplayVerdict, Tested
from vagvisare.followups.wording import (
    Point,
    both,
    dip_words,
    gap_words,
    lacking_words,
    last_words,
    level_words,
    pace_words,
    rank_words,
    run_words,
    shock_words,
    trend_words,
    unknown_words,
    window_words,
)
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.sampling import Samples
from vagvisare.terms.series import NATION, Panel, Series, SeriesKey
from vagvisare.terms.unit import Scale

_WANTED = {"rising": Movement.RISING, "falling": Movement.FALLING}
_OPPOSITE = {Movement.RISING: Movement.FALLING, Movement.FALLING: Movement.RISING}


@dataclass(frozen=True, slots=True)
class View:
    """Everything judged as of one day.

    ``preliminary`` are the figures that their source calls provisional, by the series of data sets.
    """

    as_of: date
    indicators: Mapping[str, Indicator]
    panel: Panel
    judgements: Mapping[SeriesKey, Judgement]
    vintages: Mapping[str, VintageRef]
    events: tuple[Event, ...] = ()
    findings: tuple[Finding, ...] = ()
    samples: Samples = field(default_factory=dict)
    protected: Disclosure = field(default_factory=Disclosure)
    preliminary: frozenset[tuple[SeriesKey, Period]] = frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    """One claim with the series and judgement it is about."""

    claim: Claim
    indicator: Indicator
    series: Series
    judgement: Judgement
    view: View

    @property
    def topic(self) -> Topic:
        """What the sentences speak of."""
        return Topic.of(self.series.key, self.indicator)

    @property
    def change(self) -> tuple[Point, Point] | None:
        """The last two figures that share no year (overlapping windows hold the same answers); None with only one."""
        periods, figures = independent(self.series.periods), dict(self.series)
        if len(periods) < 2:
            return None
        return (periods[-2], figures[periods[-2]]), (periods[-1], figures[periods[-1]])

    @property
    def margin(self) -> float:
        """The smallest difference that counts, in the indicator's unit."""
        return margin(self.indicator, self.judgement.level.value)


Answered = tuple[ReplayVerdict, Text]


def margin(indicator: Indicator, near: float) -> float:
    """Return the smallest difference that counts at a level: survey margin, or the smallest meaningful change."""
    smallest = indicator.meaningful_change or 0.0
    if indicator.scale is Scale.LOG:
        smallest = abs(near) * smallest / 100
    if indicator.collection is Collection.SURVEY and indicator.unit == "percent":
        return max(smallest, SURVEY_MARGIN)
    return smallest


def hold(claim: Claim, territory: str, view: View) -> Tested:
    """Hold ``claim`` against what was known in ``view`` about ``territory``."""
    indicator = view.indicators[claim.indicator]
    sex, _, background = ("", "", "") if claim.aspect == "gap" else claim.group.partition("/")
    key = SeriesKey(claim.indicator, territory, sex or "T", background)
    judgement = view.judgements.get(key)
    if judgement is None:
        return Tested(
            claim,
            ReplayVerdict.UNDETERMINED,
            unknown_words(indicator, territory, reconstructed=_reconstructed(indicator, view)),
        )
    verdict, sentence = _ASPECTS[claim.aspect](Case(claim, indicator, view.panel[key], judgement, view))
    return Tested(claim, verdict, sentence, _said_alike(claim, key, view))


def _reconstructed(indicator: Indicator, view: View) -> bool:
    """Tell whether what was known of an indicator is inferred; where it has no vintage, whether anything's was."""
    vintage = view.vintages.get(indicator.dataset)
    return vintage.reconstructed if vintage is not None else any(each.reconstructed for each in view.vintages.values())


def _said_alike(claim: Claim, key: SeriesKey, view: View) -> str:
    """Return the id of the finding that answers the same question, where one was worth saying."""
    if claim.aspect == "gap" and claim.group:
        return ""  # several pairs share one series; the sentence already names the pair
    fitting = (each for each in view.findings if each.key == key and each.type in _SAID_AS[claim.aspect])
    dated = claim.aspect == "pace"
    return next((f.id for f in fitting if f.type is not FindingType.PACE or ("direction" in f.parts) is not dated), "")


def _trend(case: Case) -> Answered:
    wanted = _WANTED[case.claim.expected]
    trend = case.judgement.trend
    sentence = trend_words(case.topic, case.series, trend)
    if trend.movement is wanted:
        return ReplayVerdict.AGREES, sentence
    readings = _readings(case)
    ways = {_way(change, case.margin) for _, change in readings}
    if wanted in ways and (trend.movement is not Movement.UNKNOWN or _OPPOSITE[wanted] in ways):
        return ReplayVerdict.DEPENDS, both(sentence, window_words(case.topic, readings))
    if trend.movement is Movement.UNKNOWN or trend.reason is Reason.TOO_FEW:
        return ReplayVerdict.UNDETERMINED, sentence
    return ReplayVerdict.CONTRADICTED, sentence


def _readings(case: Case) -> list[tuple[str, float]]:
    """Return the plain end-point changes a reader might mean: from each start year to the latest figure."""
    periods, values = case.series.periods, case.series.values
    last = periods[-1]
    window = case.judgement.trend.window.used
    apart = {window[0], *independent(periods)[-2:-1]}
    starts = {i for i, p in enumerate(periods) if p in apart}
    five = [i for i, p in enumerate(periods) if p.end <= last.end - 5]
    starts |= {five[-1]} if five else set()
    usable = sorted(i for i in starts if 0 <= i < len(periods) - 1 and periods[i] >= window[0])
    return [(periods[i].label, values[-1] - values[i]) for i in usable]


def _way(change: float, smallest: float) -> Movement:
    if abs(change) <= smallest:
        return Movement.STILL
    return Movement.RISING if change > 0 else Movement.FALLING


def _by_margin(difference: float, case: Case) -> ReplayVerdict:
    """Judge a difference that should be positive, or negative when falling is expected."""
    if abs(difference) <= case.margin:
        return ReplayVerdict.UNDETERMINED
    wanted = -1 if case.claim.expected == "falling" else 1
    return ReplayVerdict.AGREES if difference * wanted > 0 else ReplayVerdict.CONTRADICTED


def _one_only(case: Case) -> Text:
    return lacking_words(case.topic, "det finns bara en mätning", "there is only one measurement")


def _last_change(case: Case) -> Answered:
    if case.change is None:
        return ReplayVerdict.UNDETERMINED, _one_only(case)
    (_, before), (_, now) = case.change
    difference = now - before
    return _by_margin(difference, case), last_words(case.topic, *case.change, case.margin)


def _run(case: Case) -> Answered:
    run, wanted = case.judgement.run, _WANTED[case.claim.expected]
    if case.change is None:
        return ReplayVerdict.UNDETERMINED, _one_only(case)
    if run is None:
        return ReplayVerdict.UNDETERMINED, last_words(case.topic, *case.change, case.margin)
    sentence = run_words(case.topic, case.series, run)
    if run.movement is not wanted:
        return ReplayVerdict.CONTRADICTED, sentence
    return (ReplayVerdict.AGREES if run.length >= 3 else ReplayVerdict.UNDETERMINED), sentence


def _rank(case: Case) -> Answered:
    comparison = case.judgement.comparison
    if comparison is None or comparison.rank is None:
        return ReplayVerdict.UNDETERMINED, lacking_words(
            case.topic, "för få län har siffror för samma år", "too few counties have figures for the same year"
        )
    periods = [p for p in case.series.periods if p <= comparison.period][-3:]
    places = {period.label: _place(case, period) for period in reversed(periods)}
    alone, tied, _ = places[comparison.period.label]
    sentence = rank_words(case.topic, comparison, case.claim.expected, places)
    if alone == 0 and tied == 0:
        return ReplayVerdict.AGREES, sentence
    if alone == 0 or any(below == 0 and ties == 0 for below, ties, _ in places.values()):
        return ReplayVerdict.DEPENDS, sentence
    return ReplayVerdict.CONTRADICTED, sentence


def _place(case: Case, period: Period) -> tuple[int, int, int]:
    """Return how many counties lie beyond ours in a period, how many share our figure, and how many have one."""
    own = dict(case.series)[period]
    group = case.series.key.at("")
    everywhere = [
        series.at(period)
        for key, series in case.view.panel.items()
        if key.at("") == group and len(key.territory) == 2 and key.territory != NATION
    ]
    values = [value for value in everywhere if value is not None]
    sign = 1 if case.claim.expected == "lowest" else -1
    return sum(sign * value < sign * own for value in values), values.count(own) - 1, len(values)


def _level(case: Case) -> Answered:
    level, comparison, before = case.judgement.level, case.judgement.comparison, None
    better = int(case.indicator.direction) or 1
    reference = comparison.nation if comparison else None
    if case.claim.expected == "better_than_before":
        before, reference = case.change[0] if case.change is not None else (None, None)
    if reference is None:
        return ReplayVerdict.UNDETERMINED, lacking_words(
            case.topic, "det finns ingen siffra att jämföra med", "there is no figure to compare with"
        )
    sentence = level_words(case.topic, level, reference, before, case.margin)
    difference = better * (level.value - reference)
    if abs(difference) <= case.margin:
        return ReplayVerdict.UNDETERMINED, sentence
    return (ReplayVerdict.AGREES if difference > 0 else ReplayVerdict.CONTRADICTED), sentence


def _shock(case: Case) -> Answered:
    wanted = _WANTED[case.claim.expected]
    shock = next((s for s in case.judgement.shocks if s.event.key == case.claim.event), None)
    if shock is not None and abs(shock.observed - shock.expected) > case.margin:
        sentence = shock_words(case.topic, shock)
        return (ReplayVerdict.AGREES if shock.movement is wanted else ReplayVerdict.CONTRADICTED), sentence
    return _dip(case, wanted)


def _dip(case: Case, wanted: Movement) -> Answered:
    """Judge an event that left no shock: from the last figure before it to the one furthest off during it."""
    event = next(e for e in case.view.events if e.key == case.claim.event)
    before = [(p, v) for p, v in case.series if p.end < event.first]
    during = [(p, v) for p, v in case.series if event.touches(p) and p.start >= event.first]
    if not before or not during:
        return ReplayVerdict.UNDETERMINED, lacking_words(
            case.topic,
            f"det finns inte siffror både före och under {event.name.sv}",
            f"there are not figures from both before and during {event.name.en}",
        )
    furthest = (min if wanted is Movement.FALLING else max)(during, key=lambda point: point[1])
    sentence = dip_words(case.topic, event, before[-1], furthest)
    opposite = _way(furthest[1] - before[-1][1], case.margin) is _OPPOSITE[wanted]
    return (ReplayVerdict.CONTRADICTED if opposite else ReplayVerdict.UNDETERMINED), sentence


def _reversal(case: Case) -> Answered:
    reversal, wanted = case.judgement.reversal, _WANTED[case.claim.expected]
    if case.change is None:
        return ReplayVerdict.UNDETERMINED, _one_only(case)
    sentence = last_words(case.topic, *case.change, case.margin)
    if reversal is None:
        return ReplayVerdict.UNDETERMINED, sentence
    return (ReplayVerdict.AGREES if reversal.movement is wanted else ReplayVerdict.CONTRADICTED), sentence


_PACE = {
    PaceVerdict.TOO_SLOW: ReplayVerdict.AGREES,
    PaceVerdict.ON_PACE: ReplayVerdict.CONTRADICTED,
    PaceVerdict.REACHED: ReplayVerdict.CONTRADICTED,
    PaceVerdict.WRONG_WAY: ReplayVerdict.CONTRADICTED,
}


def _pace(case: Case) -> Answered:
    dated = [pace for pace in case.judgement.paces if pace.target.year is not None]
    if not dated:
        return ReplayVerdict.UNDETERMINED, trend_words(case.topic, case.series, case.judgement.trend)
    return _PACE.get(dated[0].verdict, ReplayVerdict.UNDETERMINED), pace_words(
        case.topic, case.judgement.trend, dated[0]
    )


def _gap(case: Case) -> Answered:
    pair = frozenset(case.claim.group.split("|")) if case.claim.group else None
    gaps = [gap for gap in case.judgement.gaps if pair in (None, _pair(gap.contrast))]
    if not gaps:
        return ReplayVerdict.UNDETERMINED, lacking_words(
            case.topic, "siffror för grupperna saknas", "there are no figures for the groups"
        )
    widest = max(gaps, key=lambda gap: abs(gap.difference))
    wide = abs(widest.difference) > margin(case.indicator, widest.a)
    return (ReplayVerdict.AGREES if wide else ReplayVerdict.CONTRADICTED), gap_words(case.topic, widest, wide=wide)


def _pair(contrast: Contrast) -> frozenset[str]:
    return frozenset(f"{group.sex}/{group.background}" for group in (contrast.a, contrast.b))


_ASPECTS: dict[str, Callable[[Case], Answered]] = {
    "trend": _trend,
    "last_change": _last_change,
    "run": _run,
    "rank": _rank,
    "level": _level,
    "shock": _shock,
    "reversal": _reversal,
    "pace": _pace,
    "gap": _gap,
}

_SAID_AS: dict[str, frozenset[FindingType]] = {
    "trend": frozenset({FindingType.TREND, FindingType.PERSIST, FindingType.PACE}),
    "last_change": frozenset({FindingType.REVERSAL}),
    "run": frozenset({FindingType.PERSIST, FindingType.TREND}),
    "rank": frozenset({FindingType.RANK}),
    "level": frozenset({FindingType.LEVEL, FindingType.RANK}),
    "shock": frozenset({FindingType.SHOCK}),
    "reversal": frozenset({FindingType.REVERSAL}),
    "pace": frozenset({FindingType.PACE}),
    "gap": frozenset({FindingType.GAP}),
}
"""Which types of finding answer the question of an aspect."""

ASPECTS = frozenset(_ASPECTS)
"""The aspects a claim may name."""
