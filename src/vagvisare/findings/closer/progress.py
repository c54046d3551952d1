"""The words for a published method's own number: each counts progress in a way of its own, and the words say which."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from vagvisare.assessment.closer.values import Translated
from vagvisare.assessment.translations import CaseSeries, destatis, eurostat, scotland, sdsn, statcan, un, xmr
from vagvisare.findings.explain_trend import both
from vagvisare.findings.grammar import Topic
from vagvisare.findings.rates import Rate
from vagvisare.terms.language import Language, Text, number

SV = Language.SV

_Write = Callable[[Topic, float, CaseSeries, Language], str]


def progress(topic: Topic, translated: Translated, case: CaseSeries) -> Text | None:
    """Return a method's own progress value in words; None where it has none.

    Args:
        topic: what the series measures.
        translated: what the method says.
        case: the series as the method took it, for its target and for which way is better.
    """
    value, write = translated.value, _WRITERS.get(translated.method)
    if value is None or write is None or not math.isfinite(value):
        return None
    return both(lambda language: write(topic, value, case, language))


def _growth(topic: Topic, value: float, case: CaseSeries, language: Language) -> str:
    """Growth a year, or with a target how large a part of the growth needed it is."""
    if case.target is not None:
        return _of_needed(topic, value, case, language)
    return Rate(100 * _raw(value, case), relative=True, unit=topic.unit).signed(language)


def _of_needed(_: Topic, value: float, __: CaseSeries, language: Language) -> str:
    part = number(100 * value, language)
    return f"{part} procent av den takt som behövs" if language is SV else f"{part} per cent of the pace needed"


def _of_way(topic: Topic, value: float, case: CaseSeries, language: Language) -> str:
    if case.target is None:
        return _growth(topic, value, case, language)
    part = number(100 * value, language)
    return f"{part} procent av vägen till målet" if language is SV else f"{part} per cent of the way to the target"


def _missing(topic: Topic, value: float, case: CaseSeries, language: Language) -> str:
    if case.target is None or case.target_year is None or case.meets(case.target):
        return Rate(_raw(value, case), relative=False, unit=topic.unit).signed(language)
    if value > 1:
        return "rör sig bort från målet" if language is SV else "moves away from the target"
    part = number(100 * max(value, 0.0), language)
    if language is SV:
        return f"{part} procent av vägen kvar när målåret är inne"
    return f"{part} per cent of the way left when the target year comes"


def _from_mean(_: Topic, value: float, case: CaseSeries, language: Language) -> str:
    raw = _raw(value, case)
    size = number(abs(raw), language, 1)
    if language is SV:
        return f"{size} standardavvikelser {'över' if raw > 0 else 'under'} medelvärdet"
    return f"{size} standard deviations {'above' if raw > 0 else 'below'} the mean"


def _latest(topic: Topic, value: float, case: CaseSeries, language: Language) -> str:
    change = topic.unit.write_difference(_raw(value, case), language, signed=True).strip()
    return f"{change} sedan förra mätningen" if language is SV else f"{change} since the measurement before"


def _raw(value: float, case: CaseSeries) -> float:
    """Return a change as the figure's own: methods count the good way as positive."""
    return value * case.sense


_WRITERS: Mapping[str, _Write] = {
    statcan.NAME: _growth,
    eurostat.NAME: _growth,
    un.NAME: _of_way,
    destatis.NAME: _missing,
    sdsn.NAME: _of_needed,
    xmr.NAME: _from_mean,
    scotland.NAME: _latest,
}
