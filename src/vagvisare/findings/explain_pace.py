"""The steps that show how a sentence about a target was reached: words, arithmetic, outlook, milestones."""

from __future__ import annotations

from vagvisare.assessment.definition import TargetKind
from vagvisare.assessment.judgement import Comparison, Judgement, Outlook, Pace, Yearly
from vagvisare.findings import english_pace, english_targets, swedish_pace, swedish_targets
from vagvisare.findings.closer.outlook import rough
from vagvisare.findings.explain_trend import SV, Step, both
from vagvisare.findings.grammar import Topic, amount, capital, place_name, size
from vagvisare.findings.labels import pace_word
from vagvisare.findings.rates import Rate, paces
from vagvisare.findings.target_words import chance_word, is_level, keeps
from vagvisare.terms.language import Language, Text, number
from vagvisare.terms.period import Period
from vagvisare.terms.unit import Scale


def pace_steps(topic: Topic, pace: Pace, judgement: Judgement) -> tuple[Step, ...]:
    """Show the target's words, how it was judged, both ways of counting a year, the outlook and the milestones."""
    steps = [_stated(pace)]
    if pace.target.kind is TargetKind.ABOVE_PEERS and judgement.comparison is not None:
        steps.append(_peers(topic, judgement.comparison))
    elif is_level(pace.target.kind):
        steps.append(_arithmetic(topic, pace, judgement))
    elif pace.target.kind not in (TargetKind.DIRECTION, TargetKind.GAP_SHRINKS, TargetKind.ABOVE_PEERS):
        steps.append(_held_against(topic, pace, judgement))
    if is_level(pace.target.kind) and pace.linear is not None and pace.linear.needed is not None:
        steps.append(_two_ways(topic, pace.linear, pace.geometric))
    if pace.projected is not None and pace.target.year is not None:
        steps.append(_outlook(topic, pace, pace.projected, pace.target.year))
    if pace.milestones:
        steps.append(_milestones(topic, pace))
    return tuple(steps)


def _stated(pace: Pace) -> Step:
    target = pace.target
    reading = target.reading or Text("", "")
    return Step(
        Text("Målet", "The target"),
        Text(
            f"Målet enligt källan: ”{target.wording}” ({target.source}). {reading.sv}".strip(),
            f"The target, in the source's Swedish: “{target.wording}” ({target.source}). {reading.en}".strip(),
        ),
    )


def _peers(topic: Topic, compared: Comparison) -> Step:
    def write(language: Language) -> str:
        listed = "; ".join(f"{place_name(c, language)} {amount(topic, v, language)}" for c, v in compared.peers)
        own = f"{place_name(topic.territory, language)} {amount(topic, compared.value, language)}"
        return f"{compared.period.label}: {own}; {listed}."

    return Step(Text("Jämförelselänen", "The comparison counties"), both(write))


def _arithmetic(topic: Topic, pace: Pace, judgement: Judgement) -> Step:
    rates = paces(topic, pace, judgement.trend.scale)

    def write(language: Language) -> str:
        sv = language is SV
        parts = [f"{'Mål' if sv else 'Target'}: {_goal(topic, pace, language)}"]
        numbers = (
            (pace.target_value, Text("målnivå", "target level")),
            (pace.level_now, Text("nivå på trendlinjen nu", "level on the trend line now")),
        )
        parts += [f"{name.to(language)}: {amount(topic, v, language)}" for v, name in numbers if v is not None]
        names = {
            "needed": Text("behövs", "needed"),
            "achieved": Text("takten hittills", "pace so far"),
            "low": Text("lägst i intervallet (95 procent)", "lowest in the interval (95 per cent)"),
            "high": Text("högst i intervallet", "highest in the interval"),
        }
        parts += [f"{names[key].to(language)}: {rate.signed(language)}" for key, rate in rates.items()]
        if pace.share_of_way is not None and pace.share_of_way < 0:
            parts.append("ingen del av vägen är avklarad" if sv else "none of the way is done")
        elif pace.share_of_way is not None:
            share = number(pace.share_of_way * 100, language, 0)
            parts.append(f"{share} procent av vägen är avklarad" if sv else f"{share} per cent of the way is done")
        return f"{'; '.join(parts)}. {_verdict(pace, language)}"

    return Step(Text("Takten mot målet", "The pace towards the target"), both(write))


def _held_against(topic: Topic, pace: Pace, judgement: Judgement) -> Step:
    """Show what a target set by others, by a rank or by a line to keep was held against."""

    def write(language: Language) -> str:
        sv = language is SV
        level = judgement.level
        parts = [
            f"{level.period.label}: {place_name(topic.territory, language)} {amount(topic, level.value, language)}"
        ]
        parts += _beside(topic, pace, language)
        if pace.target.kind is TargetKind.ABOVE_NATION and pace.needed is not None:
            parts.append(_to_catch_up(topic, pace, pace.needed, language))
        if pace.rank is not None:
            parts.append(f"plats {pace.rank} av {pace.of}" if sv else f"place {pace.rank} of {pace.of}")
        if pace.weighed is not None:
            by = pace.weighed.label
            parts.append(f"länen vägda med uppgifter från {by}" if sv else f"counties weighted by figures from {by}")
        if pace.distance is not None and pace.first_distance is not None:
            first, now = (size(topic, d, language) for d in (pace.first_distance, pace.distance))
            parts.append(
                f"avståndet till riket: först {first}, nu {now}" if sv else f"distance: first {first}, now {now}"
            )
        if pace.course is not None and pace.course.window.used:
            used = pace.course.window.used
            over = f"{used[0].label} → {used[-1].label}, p = {number(pace.course.p, language, 3)}"
            parts.append(f"jämfört över {over}" if sv else f"compared over {over}")
        if keeps(pace.target.kind):
            parts.append(_broken(pace, language))
        return f"{'; '.join(parts)}. {_verdict(pace, language)}"

    return Step(Text("Vad målet jämförs med", "What the target is held against"), both(write))


def _beside(topic: Topic, pace: Pace, language: Language) -> list[str]:
    """Name each figure the target is held against; of a course, the change a year it would have given here."""
    if pace.target.kind is TargetKind.AS_FAST:
        return _courses(topic, pace, language)
    return [f"{_called(code, pace, language)} {amount(topic, value, language)}" for code, value in pace.beside]


def _to_catch_up(topic: Topic, pace: Pace, needed: float, language: Language) -> str:
    relative = pace.course is not None and pace.course.scale is Scale.LOG
    rate, year = Rate(needed, relative, topic.unit).signed(language), pace.target.year
    if language is SV:
        return f"för att vara i nivå med riket {year} behövs {rate}, om riket fortsätter som hittills"
    return f"to be level with Sweden in {year} takes {rate}, if Sweden goes on as before"


def _courses(topic: Topic, pace: Pace, language: Language) -> list[str]:
    sv, relative = language is SV, pace.course is not None and pace.course.scale is Scale.LOG

    def rate(value: float) -> Rate:
        return Rate(value, relative, topic.unit)

    own, theirs = ("takten här", "i takt med") if sv else ("the pace here", "at the pace of")
    said = [] if pace.achieved is None else [f"{own}: {rate(pace.achieved).signed(language)}"]
    said += [f"{theirs} {_called(code, pace, language)}: {rate(v).signed(language)}" for code, v in pace.beside]
    if pace.difference is not None and pace.beside:
        middle, low, high = (rate(value) for value in pace.difference)
        first = _called(pace.beside[0][0], pace, language)
        what = f"skillnaden mot {first}" if sv else f"the difference to {first}"
        how = (
            "95 procents intervall, räknat som om de två lutningarna vore oberoende"
            if sv
            else "95 per cent interval, counted as if the two slopes were independent"
        )
        said.append(f"{what}: {middle.signed(language)} ({_reach(low, high, language)}; {how})")
    return said


def _reach(low: Rate, high: Rate, language: Language) -> str:
    """Write an interval with its unit said once."""
    first = number(low.shown, language, low.decimals(), signed=True)
    return f"{first} {'till' if language is SV else 'to'} {high.signed(language)}"


def _called(code: str, pace: Pace, language: Language) -> str:
    composite = pace.target.composite
    if composite is not None:
        return composite.name.to(language)
    return place_name(code, language)


def _broken(pace: Pace, language: Language) -> str:
    years = ", ".join(period.label for period in pace.broken)
    if language is SV:
        return f"fel sida av gränsen: {years}" if years else "alla mätningar i fönstret på rätt sida av gränsen"
    return f"on the wrong side: {years}" if years else "every measurement in the window on the right side"


def _two_ways(topic: Topic, linear: Yearly, geometric: Yearly | None) -> Step:
    """Show the same needed and achieved change in units a year and in per cent a year."""
    ways = [(linear, False), *([] if geometric is None else [(geometric, True)])]

    def write(language: Language) -> str:
        parts = []
        for yearly, relative in ways:
            rates = [Rate(v, relative, topic.unit) for v in (yearly.achieved, yearly.low, yearly.high)]
            have, reach = rates[0].signed(language), _reach(rates[1], rates[2], language)
            need = None if yearly.needed is None else Rate(yearly.needed, relative, topic.unit).signed(language)
            if language is SV:
                wanted = "" if need is None else f"behövs {need}, "
                parts.append(f"{'i procent' if relative else 'i enheter'}: {wanted}hittills {have} ({reach})")
            else:
                wanted = "" if need is None else f"needed {need}, "
                parts.append(f"{'in per cent' if relative else 'in units'}: {wanted}so far {have} ({reach})")
        last = {
            True: "Bedömningen görs på modellskalan, så att den inte beror på hur man räknar.",
            False: "The verdict is given on the model scale, so that it does not depend on how one counts.",
        }[language is SV]
        joined = "; ".join(parts)
        return f"{joined[:1].upper()}{joined[1:]}. {last}"

    return Step(Text("Takten på två sätt", "The pace in two ways"), both(write))


def _outlook(topic: Topic, pace: Pace, projected: float, year: int) -> Step:
    """Say where the figure stands in the target's year if it goes on as before, and how likely the target is."""

    def write(language: Language) -> str:
        coming = rough(topic.unit, Outlook(Period.year(year), projected, pace.projected_low, pace.projected_high))
        value = amount(topic, coming.value, language)
        band = ""
        if coming.low_80 is not None and coming.high_80 is not None:
            ends = (topic.unit.figure(end, language) for end in (coming.low_80, coming.high_80))
            band = " ({} till {})" if language is SV else " ({} to {})"
            band = band.format(*ends)
        if language is SV:
            said = f"Fortsätter utvecklingen som hittills blir nivån ungefär {value}{band} {year}."
            likely = None if pace.chance is None else chance_word(pace.chance, language)
            return said if likely is None else f"{said} Chansen att målet nås är då {likely}."
        said = f"If things go on as before the level will be about {value}{band} in {year}."
        likely = None if pace.chance is None else chance_word(pace.chance, language)
        return said if likely is None else f"{said} The chance that the target is then met is {likely}."

    return Step(Text("Utsikten", "The outlook"), both(write))


def _milestones(topic: Topic, pace: Pace) -> Step:
    def write(language: Language) -> str:
        listed = "; ".join(f"{_goal(topic, each, language)}: {pace_word(each, language)}" for each in pace.milestones)
        return f"{capital(listed)}."

    return Step(Text("Delmålen", "The milestones"), both(write))


def _goal(topic: Topic, pace: Pace, language: Language) -> str:
    if keeps(pace.target.kind):
        return swedish_targets.line(topic, pace) if language is SV else english_targets.line(topic, pace)
    target = pace.target
    return swedish_pace.goal(topic, target) if language is SV else english_pace.goal(topic, target)


def _verdict(pace: Pace, language: Language) -> str:
    return f"{'Bedömning' if language is SV else 'Verdict'}: {pace_word(pace, language)}."
