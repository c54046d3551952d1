"""The English sentences about targets set by others, by a rank, or by a line to keep."""

from __future__ import annotations

from vagvisare.assessment.definition import Direction, TargetKind
from vagvisare.assessment.judgement import Judgement, Level, Movement, Pace, PaceVerdict, Verdict
from vagvisare.assessment.targets.composite import is_mean
from vagvisare.findings.english import VERBS, are, has, held, why_not
from vagvisare.findings.grammar import (
    Topic,
    again,
    amount,
    capital,
    counted,
    dated,
    place_name,
    round_amount,
    size,
    vanishes,
    when,
)
from vagvisare.findings.provisos import PLACE, TO_LIMIT, prices, sample, span
from vagvisare.findings.rates import Rate
from vagvisare.findings.target_words import TwoRates, apart, better_way, is_ahead, next_to, unbroken
from vagvisare.terms.language import Language, listing
from vagvisare.terms.series import NATION

EN = Language.EN
_NAMED = 3
"""The most years listed one by one."""

_SEVERAL = 2
"""So many peers make a group that must be named beside the one of them that counts."""

WAYS = {Movement.RISING: "higher", Movement.FALLING: "lower"}
"""How a figure compares that has risen or fallen past another."""


def beside_nation(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say whether the figure is better than riket's."""
    level, way = judgement.level, WAYS[better_way(topic)]
    aim = (
        f"The target that {topic.subject(EN)} should be {way} {topic.place(EN)} than in Sweden as a whole{_by(judged)}"
    )
    if judged.verdict is PaceVerdict.UNDETERMINED or not judged.beside:
        return f"{aim} cannot be judged: {_lacking(judged, level)}."
    return f"{aim} {_is_reached(judged, level)}: {_against(topic, level, judged.beside[0][1], 'in Sweden as a whole')}."


def peers(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say whether the figure is better than every peer's."""
    level = judgement.level
    way = "lower" if topic.indicator.direction is Direction.LOWER else "higher"
    values = dict(judged.beside)
    named = [peer for peer in judged.target.peers if peer != topic.territory]
    others = "the comparison county" if len(named) == 1 else f"the {counted(len(named), EN)} comparison counties"
    aim = f"The target that {topic.subject(EN)} should be {way} {topic.place(EN)} than in {others}"
    missing = [peer for peer in named if peer not in values]
    now = dated(amount(topic, level.value, EN), level.period, EN)
    if topic.indicator.direction is Direction.NEUTRAL:
        return f"{aim} cannot be judged: {_lacking(judged)}."
    sampled = sample(topic, EN, judged.target_value)
    if judged.verdict is PaceVerdict.UNDETERMINED and missing:
        return f"{aim} cannot be judged: there is no figure for {counties(missing)}."
    if judged.verdict is PaceVerdict.REACHED and judged.target_value is not None:
        limit = "at least" if way == "lower" else "at most"
        most = f"against {limit} {again(topic, judged.target_value, EN)} in them"
        return f"{aim} has been reached: the level was {now}, {most}{sampled}."
    ahead = [peer for peer in named if peer not in judged.beaten]
    if not judged.beaten:
        worse = "higher" if way == "lower" else "lower"
        return f"{aim} has not been reached: the level was {now}, and none of them was {worse}{sampled}."
    split = f"{way} than in {counties(list(judged.beaten))} but not {way} than in {counties(ahead)}"
    return f"{aim} has not been reached: the level was {now}, {split}{sampled}."


def beside_composite(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say whether the figure is at least as good as that of riket without some counties."""
    level = judgement.level
    way = WAYS[Movement.RISING if better_way(topic) is Movement.FALLING else Movement.FALLING]
    name = "the area of comparison" if judged.target.composite is None else judged.target.composite.name.en
    aim = f"The target that {topic.subject(EN)} should not be {way} {topic.place(EN)} than in {name}{_by(judged)}"
    if judged.verdict is PaceVerdict.UNDETERMINED or not judged.beside:
        return f"{aim} cannot be judged: {_no_composite(topic, judged, level)}."
    weighed = ""
    if judged.weighed is not None and judged.weighed != level.period:
        weighed = f" (weighted by figures from {judged.weighed.label})"
    figures = _against(topic, level, judged.beside[0][1], f"in {name}{weighed}")
    return f"{aim} {_is_reached(judged, level)}: {figures}."


def rank(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say whether the county holds the place it aims at."""
    wanted = int(judged.target.value or 0)
    better = "" if wanted <= 1 else " or better"
    aim = f"The target of place {wanted}{better} among the counties{_by(judged)}"
    level = judgement.level
    if judged.rank is None:
        few = "a place is given to counties only, and only when at least 15 have a figure"
        return f"{aim} cannot be judged {topic.place(EN)} for {topic.measure(EN)}: {few}."
    start = "highest" if topic.indicator.direction is Direction.NEUTRAL else "best"
    compared = judgement.comparison
    shared = "shared place" if compared is not None and compared.tied > 1 else "place"
    place = dated(f"{shared} {judged.rank} of {judged.of} counties", level.period, EN)
    held = f"{place_name(topic.territory, EN)} had {place}"
    return (
        f"{aim} {_is_reached(judged, level)} for {topic.measure(EN)}: {held}, counted from the {start}, with "
        f"{amount(topic, level.value, EN)}{prices(topic, EN)}{sample(topic, EN, next_to(judged, compared), PLACE)}."
    )


def nearer(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say whether the distance to riket shrinks; a county already ahead of riket has nothing to come nearer to."""
    subject, place, course = topic.subject(EN), topic.place(EN), judged.course
    aim = f"The target that {subject} should come nearer to Sweden as a whole"
    if judged.distance is None or course is None:
        return f"{aim} cannot be judged {place}: {_lacking(judged)}."
    last = course.window.used[-1]
    if judged.verdict is PaceVerdict.REACHED and judged.level_now is not None:
        now = dated(amount(topic, judged.level_now, EN), last, EN)
        ahead = f"already better than {again(topic, judged.beside[0][1], EN)} in Sweden as a whole"
        stands = "level with Sweden as a whole" if vanishes(topic, judged.distance) else ahead
        level = f"the level was {now}{prices(topic, EN)}"
        return f"{aim} has been reached {place}: {level}, {stands}{sample(topic, EN, judged.beside[0][1])}."
    between = f"the distance to Sweden as a whole in {subject}"
    now = dated(size(topic, judged.distance, EN), last, EN)
    rate = Rate(course.slope, relative=False, unit=topic.unit)
    pace = "very slowly" if rate.vanishes else f"by about {rate.size(EN)}{prices(topic, EN)}"
    moves = f"{pace} {span(topic, course, EN)}, to {now}"
    if judged.verdict is PaceVerdict.RIGHT_WAY:
        way = f"is shrinking {place}, in line with the target"
        return f"{capital(between)} {way}: {moves}{_both_worse(topic, judged, judgement)}."
    if judged.verdict is PaceVerdict.WRONG_WAY:
        return f"{capital(between)} is growing {place}, contrary to the target: {moves}."
    if judged.verdict is PaceVerdict.NOT_REACHED:
        still = f"has not changed appreciably {place} {span(topic, course, EN)}"
        return f"{capital(between)} {still}, although the target is that it should shrink: it was {now}."
    doubt = f"It cannot be determined whether {between} is shrinking {place}, in line with the target"
    return f"{doubt}: {_no_course(judged)}."


def as_fast(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say whether the figure improves at least as fast as riket's, or the peers'."""
    subject, place, course = topic.subject(EN), topic.place(EN), judged.course
    others = _others(judged)
    rates = TwoRates.of(topic, judged, judgement.trend.scale if course is None else course.scale)
    well = f"developing at least as well {place} as in {others}"
    unsure = f"It cannot be determined whether {subject} {are(topic)} {well}"
    if rates is None or course is None:
        return f"{unsure}: {_lacking(judged) if course is None else why_not(course)}."
    nearest = "Sweden as a whole" if judged.beside[0][0] == NATION else place_name(judged.beside[0][0], EN)
    own = f"the change is about {rates.own_words(EN)}{prices(topic, EN)} {span(topic, course, EN)}"
    theirs = f"would have been {rates.other_words(EN)} at the pace of {nearest}"
    if judged.verdict is PaceVerdict.ON_PACE:
        return f"{capital(subject)} {are(topic)} {well}, in line with the target: {own} and {theirs}."
    if judged.verdict is PaceVerdict.TOO_SLOW:
        behind = f"{are(topic)} not developing as well {place} as in {nearest}"
        aim = "the target" if len(judged.target.peers) < _SEVERAL else f"the target of keeping pace with {others}"
        return f"{capital(subject)} {behind}, contrary to {aim}: {own} but {theirs}."
    if judged.verdict is PaceVerdict.WRONG_WAY:
        moves = f"{are(topic)} {VERBS.get(course.movement, 'getting worse')} {place}"
        aim = f"contrary to the target of developing at least as well as in {others}"
        return f"{capital(subject)} {moves}, {aim}: {own} and {theirs}."
    if judged.lacking:
        return f"{unsure}: {_lacking(judged)}."
    return f"{unsure}: {own} and {theirs}, but the swings are too large to tell the two apart."


def keep(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say whether a floor or a ceiling is kept, when it was not, and whether it is about to be passed."""
    level = judgement.level
    if judged.target_value is None:
        return f"It cannot be determined whether the target is kept {topic.place(EN)}: the target names no level."
    aim = f"The target of {line(topic, judged)}"
    was = "were" if topic.indicator.plural else "was"
    here, _ = apart(topic, level.value, judged.target_value, EN)
    now = f"{topic.subject(EN)} {was} {dated(here, level.period, EN)}{prices(topic, EN)}"
    side = "below" if judged.target.kind is TargetKind.FLOOR else "above"
    sampled = sample(topic, EN, judged.target_value, TO_LIMIT)
    if judged.verdict is PaceVerdict.NOT_REACHED:
        return f"{aim} is not kept {topic.place(EN)}: {now}{_row(topic, judged, judgement, side)}{sampled}."
    if judged.verdict is PaceVerdict.WRONG_WAY:
        risk = f"if things go on as before the limit is passed in {judged.crosses}"
        return f"{aim} is kept {topic.place(EN)} but is at risk: {now}, and {risk}{held(judgement.trend)}{sampled}."
    return f"{aim} is kept {topic.place(EN)}: {now}{_earlier(judged, side)}{sampled}."


def line(topic: Topic, judged: Pace) -> str:
    """Return a line to keep as it follows "the target of": "at least 80 per cent"."""
    least = "at least" if judged.target.kind is TargetKind.FLOOR else "at most"
    return f"{least} {round_amount(topic, judged.target.value or 0.0, EN)}"


def counties(codes: list[str]) -> str:
    """List counties by their short names: "Kronoberg, Värmland and Jönköping"."""
    return listing([place_name(code, EN).removesuffix(" County") for code in codes], EN)


def _by(judged: Pace) -> str:
    return "" if judged.target.year is None else f" by {judged.target.year}"


def _is_reached(judged: Pace, level: Level) -> str:
    if judged.verdict is PaceVerdict.REACHED:
        return "has been reached"
    return "has not been reached yet" if is_ahead(judged, level) else "has not been reached"


def _against(topic: Topic, level: Level, other: float, where: str) -> str:
    here, there = apart(topic, level.value, other, EN)
    against = f"the same as {where}" if level.value == other else f"against {there} {where}"
    return f"the level was {dated(here, level.period, EN)}{prices(topic, EN)}, {against}{sample(topic, EN, other)}"


def _lacking(judged: Pace, level: Level | None = None) -> str:
    """Name whose figures are missing, in the period compared or (without one) throughout."""
    if not judged.lacking:
        return "it is not said which way is better"
    at = "" if level is None else f" {when(level.period, EN)}"
    return f"there are no comparable figures for {counties(list(judged.lacking))}{at}"


def _no_composite(topic: Topic, judged: Pace, level: Level) -> str:
    if judged.beside or judged.lacking:
        return _lacking(judged, level)
    if not is_mean(topic.indicator):
        return "such a mean can be computed only for shares and for measures per inhabitant"
    if judged.weighed is None:
        return "there are no figures to weigh the counties by"
    return "the weights do not fit the figures"


def _no_course(judged: Pace) -> str:
    course = judged.course
    if course is not None and course.verdict is not Verdict.UNDETERMINED:
        return "the county has stood now above and now below Sweden as a whole"
    return "the figures are not enough" if course is None else why_not(course)


def _both_worse(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say when a distance shrinks because riket gets worse, not because the county gets better."""
    if not judged.levelling_down:
        return ""
    if judgement.trend.verdict is Verdict.WORSENING:
        return f", but things are getting worse both {topic.place(EN)} and in Sweden as a whole"
    return ", but at the same time things are getting worse in Sweden as a whole"


def _row(topic: Topic, judged: Pace, judgement: Judgement, side: str) -> str:
    """Say since when a line has been passed without a break."""
    run, used = unbroken(judged, judgement.trend), judgement.trend.window.used
    if run > 1 and run == len(used):
        return f" and {has(topic)} been {side} the limit in every measurement since {used[0].label}"
    return f" and {has(topic)} been {side} the limit since {judged.broken[-run].label}" if run > 1 else ""


def _earlier(judged: Pace, side: str) -> str:
    """Name the years a line that is kept now was not."""
    years = [period.label for period in judged.broken]
    if not years:
        return ""
    if len(years) <= _NAMED:
        return f", but {side} the limit in {listing(years, EN)}"
    return f", but {side} the limit in {counted(len(years), EN)} measurements, most recently in {years[-1]}"


def _others(judged: Pace) -> str:
    named = judged.target.peers
    if not named or named == (NATION,):
        return "Sweden as a whole"
    return place_name(named[0], EN) if len(named) == 1 else f"the {counted(len(named), EN)} comparison counties"
