"""The Swedish sentences about targets set by others, by a rank, or by a line to keep."""

from __future__ import annotations

from vagvisare.assessment.definition import Direction, TargetKind
from vagvisare.assessment.judgement import Judgement, Level, Movement, Pace, PaceVerdict, Verdict
from vagvisare.assessment.targets.composite import is_mean
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
from vagvisare.findings.swedish import VERBS, held, why_not
from vagvisare.findings.target_words import TwoRates, apart, better_way, is_ahead, next_to, unbroken
from vagvisare.terms.language import Language, listing
from vagvisare.terms.series import NATION

SV = Language.SV
_NAMED = 3
"""The most years listed one by one."""

_SEVERAL = 2
"""So many peers make a group that must be named beside the one of them that counts."""


def beside_nation(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say whether the figure is better than riket's."""
    level = judgement.level
    way = WAYS[better_way(topic)]
    aim = f"Målet att {topic.subject(SV)} ska vara {way} {topic.place(SV)} än i riket{_by(judged)}"
    if judged.verdict is PaceVerdict.UNDETERMINED or not judged.beside:
        return f"{aim} går inte att bedöma: {_lacking(judged, level)}."
    return f"{aim} {_is_reached(judged, level)}: {_against(topic, level, judged.beside[0][1], 'i riket')}."


def peers(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say whether the figure is better than every peer's."""
    level = judgement.level
    way = "lägre" if topic.indicator.direction is Direction.LOWER else "högre"
    values = dict(judged.beside)
    named = [peer for peer in judged.target.peers if peer != topic.territory]
    others = "jämförelselänet" if len(named) == 1 else f"de {counted(len(named), SV)} jämförelselänen"
    aim = f"Målet att {topic.subject(SV)} ska vara {way} {topic.place(SV)} än i {others}"
    missing = [peer for peer in named if peer not in values]
    now = dated(amount(topic, level.value, SV), level.period, SV)
    if topic.indicator.direction is Direction.NEUTRAL:
        return f"{aim} går inte att bedöma: {_lacking(judged)}."
    if judged.verdict is PaceVerdict.UNDETERMINED and missing:
        return f"{aim} går inte att bedöma: uppgift saknas för {counties(missing)}."
    sampled = sample(topic, SV, judged.target_value)
    if judged.verdict is PaceVerdict.REACHED and judged.target_value is not None:
        most = "lägst" if way == "lägre" else "högst"
        return f"{aim} är nått: nivån var {now}, mot som {most} {again(topic, judged.target_value, SV)} i dem{sampled}."
    ahead = [peer for peer in named if peer not in judged.beaten]
    if not judged.beaten:
        worse = "lägre" if way == "högre" else "högre"
        return f"{aim} är inte nått: nivån var {now}, och inget av jämförelselänen låg {worse}{sampled}."
    split = f"{way} än i {counties(list(judged.beaten))} men inte {way} än i {counties(ahead)}"
    return f"{aim} är inte nått: nivån var {now}, {split}{sampled}."


def beside_composite(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say whether the figure is at least as good as that of riket without some counties."""
    level = judgement.level
    way = WAYS[Movement.RISING if better_way(topic) is Movement.FALLING else Movement.FALLING]
    name = "jämförelseområdet" if judged.target.composite is None else judged.target.composite.name.sv
    aim = f"Målet att {topic.subject(SV)} inte ska vara {way} {topic.place(SV)} än i {name}{_by(judged)}"
    if judged.verdict is PaceVerdict.UNDETERMINED or not judged.beside:
        return f"{aim} går inte att bedöma: {_no_composite(topic, judged, level)}."
    weighed = ""
    if judged.weighed is not None and judged.weighed != level.period:
        weighed = f" (vägt med uppgifter från {judged.weighed.label})"
    figures = _against(topic, level, judged.beside[0][1], f"i {name}{weighed}")
    return f"{aim} {_is_reached(judged, level)}: {figures}."


def rank(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say whether the county holds the place it aims at."""
    wanted = int(judged.target.value or 0)
    better = "" if wanted <= 1 else " eller bättre"
    aim = f"Målet om plats {wanted}{better} bland länen{_by(judged)}"
    level = judgement.level
    if judged.rank is None:
        few = "plats anges bara för län, och bara när minst 15 län har uppgift"
        return f"{aim} går inte att bedöma {topic.place(SV)} när det gäller {topic.measure(SV)}: {few}."
    start = "högst" if topic.indicator.direction is Direction.NEUTRAL else "bäst"
    compared = judgement.comparison
    shared = "delad " if compared is not None and compared.tied > 1 else ""
    place = dated(f"{shared}plats {judged.rank} av {judged.of} län", level.period, SV)
    held = f"{place_name(topic.territory, SV)} hade {place}, räknat från {start},"
    return (
        f"{aim} {_is_reached(judged, level)} när det gäller {topic.measure(SV)}: {held} med "
        f"{amount(topic, level.value, SV)}{prices(topic, SV)}{sample(topic, SV, next_to(judged, compared), PLACE)}."
    )


def nearer(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say whether the distance to riket shrinks; a county already ahead of riket has nothing to come nearer to."""
    subject, place, course = topic.subject(SV), topic.place(SV), judged.course
    if judged.distance is None or course is None:
        return f"Målet att {subject} ska närma sig riket går inte att bedöma {place}: {_lacking(judged)}."
    last = course.window.used[-1]
    if judged.verdict is PaceVerdict.REACHED and judged.level_now is not None:
        now = dated(amount(topic, judged.level_now, SV), last, SV)
        ahead = f"redan bättre än {again(topic, judged.beside[0][1], SV)} i riket"
        stands = "i nivå med riket" if vanishes(topic, judged.distance) else ahead
        return (
            f"Målet att {subject} ska närma sig riket är nått {place}: nivån var {now}{prices(topic, SV)}, "
            f"{stands}{sample(topic, SV, judged.beside[0][1])}."
        )
    between = f"avståndet till riket när det gäller {subject}"
    now = dated(size(topic, judged.distance, SV), last, SV)
    rate = Rate(course.slope, relative=False, unit=topic.unit)
    pace = "mycket långsamt" if rate.vanishes else f"med ungefär {rate.size(SV)}{prices(topic, SV)}"
    moves = f"{pace} {span(topic, course, SV)}, till {now}"
    if judged.verdict is PaceVerdict.RIGHT_WAY:
        return f"{capital(between)} minskar {place}, i linje med målet: {moves}{_both_worse(topic, judged, judgement)}."
    if judged.verdict is PaceVerdict.WRONG_WAY:
        return f"{capital(between)} ökar {place}, tvärtemot målet: {moves}."
    if judged.verdict is PaceVerdict.NOT_REACHED:
        still = f"har inte förändrats nämnvärt {place} {span(topic, course, SV)}"
        return f"{capital(between)} {still}, trots målet att det ska minska: det var {now}."
    return f"Det går inte att avgöra om {between} minskar {place}, i linje med målet: {_no_course(judged)}."


def as_fast(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say whether the figure improves at least as fast as riket's, or the peers'."""
    subject, place, course = topic.subject(SV), topic.place(SV), judged.course
    others = _others(judged)
    rates = TwoRates.of(topic, judged, judgement.trend.scale if course is None else course.scale)
    unsure = f"Det går inte att avgöra om {subject} utvecklas minst lika bra {place} som i {others}"
    if rates is None or course is None:
        return f"{unsure}: {_lacking(judged) if course is None else why_not(course)}."
    nearest = place_name(judged.beside[0][0], SV)
    own = f"förändringen är ungefär {rates.own_words(SV)}{prices(topic, SV)} {span(topic, course, SV)}"
    theirs = f"hade i {nearest}s takt varit {rates.other_words(SV)}"
    if judged.verdict is PaceVerdict.ON_PACE:
        well = f"utvecklas minst lika bra {place} som i {others}"
        return f"{capital(subject)} {well}, i linje med målet: {own} och {theirs}."
    if judged.verdict is PaceVerdict.TOO_SLOW:
        behind = f"utvecklas inte lika bra {place} som i {nearest}"
        aim = "målet" if len(judged.target.peers) < _SEVERAL else f"målet att hålla takten med {others}"
        return f"{capital(subject)} {behind}, tvärtemot {aim}: {own} men {theirs}."
    if judged.verdict is PaceVerdict.WRONG_WAY:
        moves = f"{VERBS.get(course.movement, 'försämras')} {place}"
        aim = f"målet att utvecklas minst lika bra som i {others}"
        return f"{capital(subject)} {moves}, tvärtemot {aim}: {own} och {theirs}."
    if judged.lacking:
        return f"{unsure}: {_lacking(judged)}."
    return f"{unsure}: {own} och {theirs}, men svängningarna är för stora för att skilja dem åt."


def keep(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say whether a floor or a ceiling is kept, when it was not, and whether it is about to be passed."""
    level = judgement.level
    if judged.target_value is None:
        return f"Det går inte att avgöra om målet hålls {topic.place(SV)}: målet anger ingen nivå."
    floor = judged.target.kind is TargetKind.FLOOR
    aim = f"Målet om {line(topic, judged)}"
    here, _ = apart(topic, level.value, judged.target_value, SV)
    now = f"{topic.subject(SV)} var {dated(here, level.period, SV)}{prices(topic, SV)}"
    side = "under" if floor else "över"
    sampled = sample(topic, SV, judged.target_value, TO_LIMIT)
    if judged.verdict is PaceVerdict.NOT_REACHED:
        return f"{aim} hålls inte {topic.place(SV)}: {now}{_row(judged, judgement, side)}{sampled}."
    if judged.verdict is PaceVerdict.WRONG_WAY:
        risk = f"fortsätter utvecklingen som hittills passeras gränsen {judged.crosses}"
        return f"{aim} hålls {topic.place(SV)} men är hotat: {now}, och {risk}{held(judgement.trend)}{sampled}."
    return f"{aim} hålls {topic.place(SV)}: {now}{_earlier(judged, side)}{sampled}."


def line(topic: Topic, judged: Pace) -> str:
    """Return a line to keep as it follows "målet om": "minst 80 procent", "högst 5 ton per invånare"."""
    least = "minst" if judged.target.kind is TargetKind.FLOOR else "högst"
    return f"{least} {round_amount(topic, judged.target.value or 0.0, SV)}"


def counties(codes: list[str]) -> str:
    """List counties as a person would: "Kronobergs, Värmlands och Jönköpings län"."""
    names = [place_name(code, SV) for code in codes]
    whole = [name for name in names if not name.endswith(" län")]
    short = [name for name in names if name.endswith(" län")]
    if len(short) > 1 and not whole:
        return listing([*(name.removesuffix(" län") for name in short[:-1]), short[-1]], SV)
    return listing([*whole, *short], SV)


WAYS = {Movement.RISING: "högre", Movement.FALLING: "lägre"}
"""How a figure compares that has risen or fallen past another."""


def _by(judged: Pace) -> str:
    return "" if judged.target.year is None else f" senast {judged.target.year}"


def _is_reached(judged: Pace, level: Level) -> str:
    if judged.verdict is PaceVerdict.REACHED:
        return "är nått"
    return "är ännu inte nått" if is_ahead(judged, level) else "är inte nått"


def _against(topic: Topic, level: Level, other: float, where: str) -> str:
    here, there = apart(topic, level.value, other, SV)
    against = f"lika med nivån {where}" if level.value == other else f"mot {there} {where}"
    return f"nivån var {dated(here, level.period, SV)}{prices(topic, SV)}, {against}{sample(topic, SV, other)}"


def _lacking(judged: Pace, level: Level | None = None) -> str:
    """Name whose figures are missing, in the period compared or (without one) throughout."""
    if not judged.lacking:
        return "det är inte sagt vilket håll som är bättre"
    at = "" if level is None else f" {when(level.period, SV)}"
    return f"jämförbara uppgifter saknas för {counties(list(judged.lacking))}{at}"


def _no_composite(topic: Topic, judged: Pace, level: Level) -> str:
    if judged.beside or judged.lacking:
        return _lacking(judged, level)
    if not is_mean(topic.indicator):
        return "ett sådant genomsnitt kan bara räknas ut för andelar och för mått per invånare"
    return "uppgifter att väga länen med saknas" if judged.weighed is None else "vikterna stämmer inte med siffrorna"


def _no_course(judged: Pace) -> str:
    course = judged.course
    if course is not None and course.verdict is not Verdict.UNDETERMINED:
        return "länet har omväxlande legat över och under riket"
    return "uppgifterna räcker inte" if course is None else why_not(course)


def _both_worse(topic: Topic, judged: Pace, judgement: Judgement) -> str:
    """Say when a distance shrinks because riket gets worse, not because the county gets better."""
    if not judged.levelling_down:
        return ""
    if judgement.trend.verdict is Verdict.WORSENING:
        return f", men utvecklingen går åt fel håll både {topic.place(SV)} och i riket"
    return ", men utvecklingen går samtidigt åt fel håll i riket"


def _row(judged: Pace, judgement: Judgement, side: str) -> str:
    """Say since when a line has been passed without a break."""
    run, used = unbroken(judged, judgement.trend), judgement.trend.window.used
    if run > 1 and run == len(used):
        return f" och har legat {side} gränsen vid alla mätningar sedan {used[0].label}"
    if run > 1:
        return f" och har legat {side} gränsen sedan {judged.broken[-run].label}"
    return ""


def _earlier(judged: Pace, side: str) -> str:
    """Name the years a line that is kept now was not."""
    years = [period.label for period in judged.broken]
    if not years:
        return ""
    if len(years) <= _NAMED:
        return f", men låg {side} gränsen {listing(years, SV)}"
    return f", men låg {side} gränsen vid {counted(len(years), SV)} mätningar, senast {years[-1]}"


def _others(judged: Pace) -> str:
    peers = judged.target.peers
    if not peers or peers == (NATION,):
        return "riket"
    return place_name(peers[0], SV) if len(peers) == 1 else f"de {counted(len(peers), SV)} jämförelselänen"
