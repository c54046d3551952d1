"""The steps behind distances: between two groups, over groups in an order, among municipalities."""

from __future__ import annotations

from collections.abc import Callable

from vagvisare.assessment.judgement import (
    Gap,
    GapVerdict,
    Judgement,
    Moved,
    Movement,
    OrderedGap,
    Reason,
    Slope,
    Spread,
    Trend,
)
from vagvisare.findings import english, swedish
from vagvisare.findings.candidates import gap_part, order_part
from vagvisare.findings.explain_trend import EN, SV, Step, both, chance
from vagvisare.findings.finding import Finding
from vagvisare.findings.grammar import Topic, amount, place_name, since, size
from vagvisare.findings.labels import verdict_word
from vagvisare.terms.language import Language, Text, listing, number
from vagvisare.terms.unit import Scale

_Write = Callable[[Language], str]


def gap_steps(finding: Finding, judgement: Judgement, topic: Topic) -> tuple[Step, ...]:
    """Show the two groups, the steps of an order, or the municipalities, that a finding about a gap speaks of."""
    if judgement.spread is not None and finding.parts == ("kommuner",):
        return _spread(topic, judgement.spread)
    for ordered in judgement.ordered_gaps:
        if finding.parts == (order_part(ordered),):
            return _ordered(topic, ordered)
    return tuple(
        step
        for gap in judgement.gaps
        if finding.parts == (gap_part(gap),)
        for step in (_gap(topic, gap), *_ratio(gap, topic))
    )


def _tested(trend: Trend, word: GapVerdict, language: Language) -> str:
    """Say how a distance was put to the test, or why it was not."""
    if language is SV:
        if trend.reason is Reason.TOO_FEW:
            return f"inte: {swedish.why_not(trend)}"
        return f"med samma trendtest ({trend.window.n} mätningar, {chance(trend.p, SV)}): {verdict_word(word, SV)}"
    if trend.reason is Reason.TOO_FEW:
        return f"is not tested: {english.why_not(trend)}"
    tested = f"is put to the same trend test ({trend.window.n} measurements, {chance(trend.p, EN)})"
    return f"{tested}: {verdict_word(word, EN)}"


def _gap(topic: Topic, gap: Gap) -> Step:
    def write(language: Language) -> str:
        a, b = amount(topic, gap.a, language), amount(topic, gap.b, language)
        now, first = size(topic, gap.difference, language), size(topic, gap.first_difference, language)
        names = (gap.contrast.a.name.to(language), gap.contrast.b.name.to(language))
        how = _tested(gap.trend, gap.verdict, language)
        if language is SV:
            return (
                f"{gap.period.label}: {a} bland {names[0]}, {b} bland {names[1]}; skillnad {now}. "
                f"{gap.first_period.label} var skillnaden {first}. Avståndets riktning prövas {how}."
            )
        return (
            f"{gap.period.label}: {a} among {names[0]}, {b} among {names[1]}; a gap of {now}. In "
            f"{gap.first_period.label} the gap was {first}. Which way the distance goes {how}."
        )

    return Step(Text("Skillnaden", "The gap"), both(write))


def _ratio(gap: Gap, topic: Topic) -> tuple[Step, ...]:
    """Show the relative gap where the scale has one: as a ratio, and for shares tested as an odds ratio."""
    if gap.ratio is None or gap.first_ratio is None or gap.relative is None or gap.relative_verdict is None:
        return ()
    shares = topic.indicator.scale is Scale.LOGIT
    now, first, relative, word = gap.ratio, gap.first_ratio, gap.relative, gap.relative_verdict

    def write(language: Language) -> str:
        ratio, before = number(now, language, 2), number(first, language, 2)
        how = _tested(relative, word, language)
        a, b = (group.name.to(language) for group in (gap.contrast.a, gap.contrast.b))
        if language is SV:
            odds = (
                " Eftersom en andel och dess motsats ska ge samma svar prövas oddskvoten, inte kvoten mellan andelarna."
            )
            said = f"Nivån bland {a} är {ratio} gånger den bland {b}; {gap.first_period.label} var den {before} gånger."
            return f"{said} Det relativa avståndets riktning prövas {how}.{odds if shares else ''}"
        odds = (
            " As a share and its opposite should give one answer, the odds ratio is tested and not that of the shares."
        )
        said = (
            f"The level among {a} is {ratio} times that among {b}; in {gap.first_period.label} it was {before} times."
        )
        return f"{said} Which way the relative distance goes {how}.{odds if shares else ''}"

    return (Step(Text("Skillnaden som kvot", "The gap as a ratio"), both(write)),)


def _ordered(topic: Topic, judged: OrderedGap) -> tuple[Step, ...]:
    return (
        Step(Text("Grupperna", "The groups"), both(lambda language: _groups(topic, judged, language))),
        Step(Text("Linjen genom grupperna", "The line through the groups"), both(_line(topic, judged))),
    )


def _groups(topic: Topic, judged: OrderedGap, language: Language) -> str:
    """List the groups, lowest step first, with their figures and sizes."""
    whole = sum(judged.order.shares)
    of = Text("procent av befolkningen", "per cent of the population").to(language)
    listed = "; ".join(
        f"{group.name.to(language)} {amount(topic, value, language)} ({number(100 * share / whole, language, 0)} {of})"
        for group, value, share in zip(judged.order.groups, judged.figures, judged.order.shares, strict=True)
    )
    kept = Text("Gruppernas storlek hålls fast över tid.", "The groups' sizes are held fixed over time.").to(language)
    return f"{judged.period.label}: {listed}. {kept}"


def _line(topic: Topic, judged: OrderedGap) -> _Write:
    slope = judged.slope

    def write(language: Language) -> str:
        low, high = (
            number(v / topic.unit.divide, language, topic.unit.decimals, signed=True)
            for v in (slope.sii_low, slope.sii_high)
        )
        index = topic.unit.write_difference(slope.sii, language, signed=True)
        first = topic.unit.write_difference(judged.first.sii, language, signed=True)
        ends = (amount(topic, slope.bottom, language), amount(topic, slope.top, language))
        how, since_when = _tested(judged.trend, judged.verdict, language), judged.first_period.label
        if language is SV:
            return (
                f"En linje genom grupperna, vägd efter deras storlek, går från {ends[0]} längst ned på skalan till "
                f"{ends[1]} längst upp: lutningsindex (SII) {index}, 95-procentigt intervall {low} till {high}. "
                f"Intervallet säger hur väl en linje beskriver grupperna, inte hur säkra siffrorna är."
                f"{_relative_index(slope, SV)} {since_when} var lutningsindex {first}. Avståndets riktning prövas "
                f"{how}."
            )
        return (
            f"A line through the groups, weighed by their size, goes from {ends[0]} at the bottom of the scale to "
            f"{ends[1]} at the top: slope index (SII) {index}, 95 per cent interval {low} to {high}. The interval "
            f"tells how well a line describes the groups, not how sure the figures are.{_relative_index(slope, EN)} In "
            f"{since_when} the slope index was {first}. Which way the distance goes {how}."
        )

    return write


def _relative_index(slope: Slope, language: Language) -> str:
    """Write the relative index with its interval; nothing where it has no meaning."""
    if slope.rii is None:
        return ""
    name = Text("Relativt index (RII)", "Relative index (RII)").to(language)
    if slope.rii_low is None or slope.rii_high is None:
        return f" {name}: {number(slope.rii, language, 2)}."
    low, high = number(slope.rii_low, language, 2), number(slope.rii_high, language, 2)
    to = Text("till", "to").to(language)
    return f" {name}: {number(slope.rii, language, 2)} ({low} {to} {high})."


def _spread(topic: Topic, judged: Spread) -> tuple[Step, ...]:
    """Show how far the municipalities lie apart, and who has moved; totals that grow with size only the latter."""
    moved = () if judged.moved is None else (_moved(judged.moved),)
    return moved if topic.is_total_of_territory and moved else (*_apart(topic, judged), *moved)


def _moved(moved: Moved) -> Step:
    rising = moved.movement is Movement.RISING

    def write(language: Language) -> str:
        others = listing([place_name(code, language) for code in moved.exceptions], language)
        since, until = moved.since.label, moved.until.label
        if language is SV:
            rest = f"De övriga: {others}." if others else "Ingen har stått still eller gått åt andra hållet."
            return (
                f"{moved.of} kommuner har uppgift både {since} och {until}; i {moved.count} av dem är den senare "
                f"{'högre' if rising else 'lägre'}. {rest}"
            )
        rest = f"The others: {others}." if others else "None has stood still or gone the other way."
        return (
            f"{moved.of} municipalities have figures for both {since} and {until}; in {moved.count} of them the later "
            f"one is {'higher' if rising else 'lower'}. {rest}"
        )

    return Step(Text("Hur många kommuner", "How many municipalities"), both(write))


def _apart(topic: Topic, judged: Spread) -> tuple[Step, ...]:
    now = Step(Text("Kommunerna", "The municipalities"), both(lambda language: _now(topic, judged, language)))
    if judged.trend is None or judged.first_period is None:
        return (now,)
    return now, Step(Text("Spridningen över tid", "The spread over time"), both(_over_time(topic, judged)))


def _now(topic: Topic, judged: Spread, language: Language) -> str:
    middle, sd = amount(topic, judged.median, language), size(topic, judged.sd, language)
    sv = language is SV
    if sv:
        said = f"{judged.of} kommuner har uppgift; mittersta värdet är {middle} och standardavvikelsen {sd}."
    else:
        said = f"{judged.of} municipalities have figures; the median is {middle} and the standard deviation {sd}."
    if judged.best is not None and judged.worst is not None:
        best, worst = (place_name(code, language) for code, _ in (judged.best, judged.worst))
        said += f" Bäst ligger {best}, sämst {worst}." if sv else f" Best is {best}, worst {worst}."
    if judged.weighted_mean is not None and judged.weighted_sd is not None:
        mean, apart = amount(topic, judged.weighted_mean, language), size(topic, judged.weighted_sd, language)
        if sv:
            return f"{said} Räknas varje invånare lika är medelvärdet {mean} och standardavvikelsen {apart}."
        return f"{said} With every inhabitant counted alike the mean is {mean} and the standard deviation {apart}."
    return said


def _over_time(topic: Topic, judged: Spread) -> _Write:
    trend, first = judged.trend, judged.first_period

    def write(language: Language) -> str:
        if trend is None or first is None:
            return ""
        before, now = (_deviation(topic, value, language) for value in (judged.first_sd, judged.last_sd))
        how = _tested(trend, judged.verdict, language)
        if language is SV:
            return (
                f"{judged.followed} kommuner har uppgift hela tiden {since(first, SV)}. Standardavvikelsen mellan dem "
                f"var {before} då och är {now} nu. Dess riktning prövas {how}."
            )
        return (
            f"{judged.followed} municipalities have had figures throughout {since(first, EN)}. The standard deviation "
            f"between them was {before} then and is {now} now. Which way it goes {how}."
        )

    return write


def _deviation(topic: Topic, value: float, language: Language) -> str:
    """Write a standard deviation as it is followed: in per cent of the mean for quantities on a log scale."""
    if topic.indicator.scale is not Scale.LOG:
        return size(topic, value, language)
    of = Text("procent av medelvärdet", "per cent of the mean").to(language)
    return f"{number(value, language, 1)} {of}"
