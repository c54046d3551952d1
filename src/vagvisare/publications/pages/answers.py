"""The four answers, always in the same order: nivå, riktning, takt mot mål, jämförelse.

Each is a word, a number and a shape; colour only repeats what the shape already says.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from vagvisare.assessment.definition import Collection, Direction, Indicator
from vagvisare.assessment.judgement import (
    Comparison,
    Judgement,
    Movement,
    Pace,
    PaceVerdict,
    Trend,
    Verdict,
)
from vagvisare.findings.grammar import SURVEY_MARGIN
from vagvisare.findings.labels import MOVEMENTS, VERDICTS, aim_label, pace_word
from vagvisare.findings.target_words import keeps
from vagvisare.publications.pages.words import say
from vagvisare.terms.language import NO_BREAK_SPACE, Language, number
from vagvisare.terms.unit import Scale, UnitClass


class Status(StrEnum):
    """What a shape and a colour stand for; NONE where there are no figures to judge."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = "unknown"
    PLAIN = "plain"
    NONE = "none"


SHAPES = {
    Status.BETTER: "▲",
    Status.WORSE: "▼",
    Status.SAME: "▬",
    Status.UNKNOWN: "◇",
    Status.PLAIN: "●",
    Status.NONE: "–",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the four answers: which question, the word, the number, a note, and the status its shape shows.

    ``quote`` is the strategy's own Swedish words, kept apart so that pages can mark their language. ``judges`` is
    False where there is nothing to judge (a level, no target, a sum): then no shape is shown.
    """

    question: str
    word: str
    figure: str
    note: str
    status: Status
    quote: str = ""
    judges: bool = True

    @property
    def shape(self) -> str:
        """The character that carries the status without colour."""
        return SHAPES[self.status]


def trend_status(trend: Trend) -> Status:
    """Return the status of a trend; a neutral indicator that moves is neither better nor worse."""
    if trend.verdict is Verdict.UNDETERMINED and trend.movement in (Movement.RISING, Movement.FALLING):
        return Status.PLAIN
    return {
        Verdict.IMPROVING: Status.BETTER,
        Verdict.WORSENING: Status.WORSE,
        Verdict.UNCHANGED: Status.SAME,
        Verdict.UNDETERMINED: Status.UNKNOWN,
    }[trend.verdict]


def pace_status(verdict: PaceVerdict) -> Status:
    """Return the status of a pace."""
    if verdict in (PaceVerdict.REACHED, PaceVerdict.ON_PACE, PaceVerdict.RIGHT_WAY):
        return Status.BETTER
    return Status.UNKNOWN if verdict is PaceVerdict.UNDETERMINED else Status.WORSE


def trend_word(trend: Trend, language: Language) -> str:
    """Return the word for a trend: the verdict, or the movement alone where no direction is better."""
    if trend_status(trend) is Status.PLAIN:
        return MOVEMENTS[trend.movement].to(language)
    return VERDICTS[trend.verdict].to(language)


def four_answers(
    judgement: Judgement, indicator: Indicator, language: Language, beside: tuple[Judgement, Indicator] | None = None
) -> list[Answer]:
    """Return nivå, riktning, takt mot mål and jämförelse for one series.

    ``beside`` is the measure per inhabitant that is compared where the indicator itself is a sum.
    """
    compared = _totals(judgement, indicator, language, beside) if is_sum(indicator) else None
    return [
        _level(judgement, indicator, language),
        _direction(judgement, indicator, language),
        _pace(judgement, indicator, language),
        compared or _comparison(judgement, indicator, language),
    ]


def _level(judgement: Judgement, indicator: Indicator, language: Language) -> Answer:
    level = judgement.level
    return Answer(
        say("level", language),
        indicator.unit_words.write(level.value, language),
        level.period.label,
        say("level_note", language),
        Status.PLAIN,
        judges=False,
    )


def _direction(judgement: Judgement, indicator: Indicator, language: Language) -> Answer:
    trend, question = judgement.trend, say("direction", language)
    word = trend_word(trend, language)
    if math.isnan(trend.change):
        return Answer(question, word, "–", say("too_few_points", language), trend_status(trend))
    unit, used = indicator.unit_words, trend.window.used
    change = unit.write_difference(trend.change, language, signed=True)
    if unit.unit_class not in (UnitClass.SHARE, UnitClass.SIGNED) and trend.level_start > 0:
        percent = number(100 * trend.change / trend.level_start, language, 0, signed=True)
        change = f"{change} ({percent}{NO_BREAK_SPACE}%)" if language is Language.SV else f"{change} ({percent}%)"
    low = number(trend.change_low / unit.divide, language, unit.decimals, signed=True)
    high = number(trend.change_high / unit.divide, language, unit.decimals, signed=True)
    span = f"{used[0].label}–{used[-1].label}" if used[0].years == 1 else f"{used[0].label} → {used[-1].label}"
    note = say("change_note", language).format(span=span, low=low, high=high)
    return Answer(question, word, change, note, trend_status(trend))


def leading_pace(judgement: Judgement) -> Pace | None:
    """Return the pace shown first: one with a target value before one with a direction only."""
    return min(judgement.paces, key=lambda pace: pace.target_value is None, default=None)


def _pace(judgement: Judgement, indicator: Indicator, language: Language) -> Answer:
    question, pace = say("pace", language), leading_pace(judgement)
    if pace is None:
        note = say("no_target_note", language)
        return Answer(question, say("no_target", language), "–", note, Status.PLAIN, judges=False)
    word, status = pace_word(pace, language), pace_status(pace.verdict)
    if pace.target_value is None:
        said, figure = say("target_quote", language), aim_label(pace, language) or say("direction_only", language)
        return Answer(question, word, figure, said, status, pace.target.wording)
    aim = indicator.unit_words.write(pace.target_value, language)
    if keeps(pace.target.kind):
        return Answer(question, word, f"{aim_label(pace, language)} {aim}", "", status)
    if pace.target.year:
        goal = say("target_by", language).format(value=aim, year=pace.target.year)
    else:
        goal = say("target_level", language).format(value=aim)
    if pace.needed is None or pace.achieved is None or math.isnan(pace.needed) or math.isnan(pace.achieved):
        return Answer(question, word, goal, "", status)
    rates = say("pace_note", language).format(
        achieved=rate(pace.achieved, indicator, language), needed=rate(pace.needed, indicator, language)
    )
    return Answer(question, word, rates, goal, status)


def rate(value: float, indicator: Indicator, language: Language) -> str:
    """Write a change per year: per cent on the log scale, percentage points or units otherwise."""
    if indicator.scale is Scale.LOG:
        return number(value, language, 1, signed=True) + say("percent_a_year", language)
    unit = indicator.unit_words
    shown = number(value / unit.divide, language, max(unit.decimals, 1) + 1, signed=True)
    return f"{shown} {unit.difference.to(language)} {say('a_year', language)}"


def _comparison(judgement: Judgement, indicator: Indicator, language: Language) -> Answer:
    question, comparison = say("comparison", language), judgement.comparison
    if comparison is None:
        return Answer(question, say("no_comparison", language), "–", "", Status.PLAIN, judges=False)
    figure = place_words(comparison, indicator, language) or "–"
    if comparison.nation is None:
        return Answer(question, say("no_nation", language), figure, "", Status.PLAIN, judges=False)
    unit = indicator.unit_words
    difference = comparison.value - comparison.nation
    rounded = round(difference / unit.divide, unit.decimals)
    nation = say("nation_has", language).format(value=unit.write(comparison.nation, language))
    if rounded == 0:
        return Answer(question, say("as_nation", language), figure, nation, Status.SAME)
    word = say("above_nation" if rounded > 0 else "below_nation", language)
    apart = unit.write_difference(difference, language, signed=True)
    if indicator.collection is Collection.SURVEY and indicator.unit == "percent" and abs(difference) < SURVEY_MARGIN:
        note = say("within_margin", language).format(nation=nation)
        return Answer(question, say("near_nation", language), f"{apart}, {figure}", note, Status.SAME)
    return Answer(question, word, f"{apart}, {figure}", nation, _side(difference, indicator.direction))


def _totals(
    judgement: Judgement, indicator: Indicator, language: Language, beside: tuple[Judgement, Indicator] | None
) -> Answer:
    """Say why a sum is not compared: its size is the county's. The measure per inhabitant answers instead."""
    note = ""
    if beside is not None:
        other = _comparison(*beside, language)
        title = beside[1].title.to(language)
        note = say("beside_words", language).format(title=title, word=other.word, figure=other.figure)
    elif judgement.comparison is not None and judgement.comparison.nation is not None:
        value = indicator.unit_words.write(judgement.comparison.nation, language)
        note = say("nation_has", language).format(value=value)
    word, why = say("totals_not_compared", language), say("totals_why", language)
    return Answer(say("comparison", language), word, why, note, Status.PLAIN, judges=False)


def is_sum(indicator: Indicator) -> bool:
    """Tell whether the figure grows with the size of the place: counts, and money in millions (prices do not)."""
    return indicator.unit_words.unit_class is UnitClass.COUNT or indicator.unit == "million_sek"


def _side(difference: float, direction: Direction) -> Status:
    if direction is Direction.NEUTRAL:
        return Status.PLAIN
    return Status.BETTER if difference * direction > 0 else Status.WORSE


def place_words(comparison: Comparison, indicator: Indicator, language: Language) -> str:
    """Write the place among the counties: ``plats 21 av 21``; empty for sums and when too few counties have figures."""
    if comparison.rank is None or is_sum(indicator):
        return ""
    key = "place_neutral" if indicator.direction is Direction.NEUTRAL else "place"
    words = say(key, language).format(rank=comparison.rank, of=comparison.of)
    if comparison.tied > 1:
        words += say("shared", language)
    return words
