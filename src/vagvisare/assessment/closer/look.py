"""A closer look at the few series that are spoken of: would the verdict hold, and what do others say?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from vagvisare.assessment.closer.candidate import candidates
from vagvisare.assessment.closer.noise import noise
from vagvisare.assessment.closer.own_course import own_courses
from vagvisare.assessment.closer.robustness import robustness
from vagvisare.assessment.closer.splice import splice
from vagvisare.assessment.closer.values import Closer, Splice
from vagvisare.assessment.definition import Event, Indicator
from vagvisare.assessment.judgement import Judgement
from vagvisare.assessment.translations import translate
from vagvisare.terms.sampling import Samples
from vagvisare.terms.series import NATION, Panel, SeriesKey


def look_closer(
    panel: Panel,
    judgements: Mapping[SeriesKey, Judgement],
    indicators: Mapping[str, Indicator],
    keys: Iterable[SeriesKey],
    *,
    events: Sequence[Event] = (),
    samples: Samples | None = None,
) -> dict[SeriesKey, Closer]:
    """Look closer at some series.

    Args:
        panel: all series, riket's and those by older methods among them.
        judgements: every judgement of ``panel``.
        indicators: the contracts by key.
        keys: the series to look at; those without a judgement are passed over.
        events: declared shocks.
        samples: what is known of the certainty of figures.
    """
    return {
        key: _look(panel, judgements, indicators[key.indicator], key, events, samples or {})
        for key in keys
        if key in judgements and key.indicator in indicators
    }


def _look(
    panel: Panel,
    judgements: Mapping[SeriesKey, Judgement],
    indicator: Indicator,
    key: SeriesKey,
    events: Sequence[Event],
    samples: Samples,
) -> Closer:
    series, judgement, riket = panel[key], judgements[key], key.at(NATION)
    nation = None if key.territory == NATION else panel.get(riket)
    nation_trend = judgements[riket].trend if nation is not None and riket in judgements else None
    joined = _splice(panel, indicator, key)
    return Closer(
        noise=noise(series, judgement.trend, indicator, samples),
        candidates=candidates(series, judgement.trend, indicator, events, nation),
        own_courses=own_courses(series, judgement.trend, nation, nation_trend, indicator, events),
        splice=joined,
        robustness=robustness(series, indicator, judgement, judgements, joined),
        translations=translate(series, indicator),
    )


def _splice(panel: Panel, indicator: Indicator, key: SeriesKey) -> Splice | None:
    """Join the latest older method that can be joined."""
    for each in reversed(indicator.breaks):
        older = panel.get(SeriesKey(each.sibling, key.territory, key.sex, key.background)) if each.sibling else None
        joined = None if older is None else splice(panel[key], indicator, older)
        if joined is not None:
            return joined
    return None
