"""The sentences of the replay: what the figures show, beside what was said."""

from __future__ import annotations

from collections.abc import Mapping

from vagvisare.assessment.definition import Event, Indicator
from vagvisare.assessment.judgement import Comparison, Gap, Level, Movement, Pace, Reason, Run, Shock, Trend
from vagvisare.terms.language import Language, Text, listing, number
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series
from vagvisare.terms.territory import TERRITORIES

SV, EN = Language.SV, Language.EN

_VERBS = {
    Movement.RISING: (Text("ökar", "is rising"), Text("ökar", "are rising")),
    Movement.FALLING: (Text("minskar", "is falling"), Text("minskar", "are falling")),
}


def both(*texts: Text) -> Text:
    """Return the texts one after the other."""
    return Text(" ".join(t.sv for t in texts if t.sv), " ".join(t.en for t in texts if t.en))


def opened(indicator: Indicator, subject: Text | None = None) -> Text:
    """Return the indicator's subject (or another) with a capital: the start of a sentence."""
    words = subject or indicator.subject
    return Text(*(text[:1].upper() + text[1:] for text in (words.sv, words.en)))


def _each(indicator: Indicator, value: float) -> Text:
    unit = indicator.unit_words
    return Text(unit.write(value, SV), unit.write(value, EN))


def _difference(indicator: Indicator, value: float) -> Text:
    unit = indicator.unit_words
    return Text(unit.write_difference(value, SV), unit.write_difference(value, EN))


def nothing_words(indicator: Indicator, territory: str) -> Text:
    """Say that no figure was known."""
    place = TERRITORIES[territory].name
    return Text(
        f"Inga siffror var kända för {place.sv}: {indicator.title.sv}.",
        f"No figures were known for {place.en}: {indicator.title.en}.",
    )


def trend_words(indicator: Indicator, series: Series, trend: Trend) -> Text:
    """Say what the trend is, from which figure to which, and how sure."""
    first = next(p for p in series.periods if p == trend.window.used[0])
    last = series.periods[-1]
    at_first, at_last = series.at(first) or 0.0, series.values[-1]
    subject, unit = opened(indicator), indicator.unit_words
    was, were = ("was", "were")
    ends = Text(
        f"{first.label} var siffran {unit.figure(at_first, SV)} och {last.label} {unit.write(at_last, SV)}",
        f"it {was} {unit.figure(at_first, EN)} in {first.label} and {unit.write(at_last, EN)} in {last.label}",
    )
    if indicator.plural:
        ends = Text(ends.sv, ends.en.replace(f"it {was}", f"they {were}"))
    if trend.movement in _VERBS:
        verb = _VERBS[trend.movement][int(indicator.plural)]
        return Text(f"{subject.sv} {verb.sv}: {ends.sv}.", f"{subject.en} {verb.en}: {ends.en}.")
    be = "are" if indicator.plural else "is"
    if trend.movement is Movement.STILL:
        return Text(
            f"{subject.sv} ligger i stort sett still: {ends.sv}.",
            f"{subject.en} {be} practically unchanged: {ends.en}.",
        )
    return Text(f"{subject.sv}: {ends.sv}; {_why(trend).sv}.", f"{subject.en}: {ends.en}; {_why(trend).en}.")


def _why(trend: Trend) -> Text:
    if trend.reason is Reason.TOO_FEW:
        count = trend.window.n
        return Text(
            f"{count} oberoende mätpunkter räcker inte för att avgöra en riktning",
            f"{count} independent points are too few to tell a direction",
        )
    return Text("förändringen går inte att skilja från bruset", "the change cannot be told from noise")


def window_words(indicator: Indicator, readings: list[tuple[str, float]]) -> Text:
    """Say how the answer turns with the year one starts from."""
    unit = indicator.unit_words
    sv = [f"från {start} {unit.write_difference(change, SV, signed=True)}" for start, change in readings]
    en = [f"{unit.write_difference(change, EN, signed=True)} from {start}" for start, change in readings]
    return Text(
        f"Svaret beror på startår: {listing(sv, SV)}.",
        f"The answer depends on the starting year: {listing(en, EN)}.",
    )


def last_words(indicator: Indicator, series: Series, margin: float) -> Text:
    """Say the latest change, and whether it is large enough to count."""
    before, now = series.periods[-2], series.periods[-1]
    difference = series.values[-1] - series.values[-2]
    subject, unit = opened(indicator), indicator.unit_words
    values_sv = f"{unit.figure(series.values[-2], SV)} ({before.label}) till {unit.write(series.values[-1], SV)}"
    values_en = f"{unit.figure(series.values[-2], EN)} ({before.label}) to {unit.write(series.values[-1], EN)}"
    if abs(difference) <= margin:
        return Text(
            f"{subject.sv} gick från {values_sv} ({now.label}), en skillnad som ligger inom felmarginalen eller är för "
            "liten för att räknas.",
            f"{subject.en} went from {values_en} ({now.label}), a difference inside the margin of error or too small "
            "to count.",
        )
    verb = Text("steg", "rose") if difference > 0 else Text("sjönk", "fell")
    return Text(
        f"{subject.sv} {verb.sv} från {values_sv} ({now.label}).",
        f"{subject.en} {verb.en} from {values_en} ({now.label}).",
    )


def run_words(indicator: Indicator, series: Series, run: Run) -> Text:
    """Say how many changes in a row went the same way."""
    verb = Text("ökat", "risen") if run.movement is Movement.RISING else Text("minskat", "fallen")
    have = "have" if indicator.plural else "has"
    subject = opened(indicator)
    times = (
        Text("en gång", "once")
        if run.length == 1
        else Text(f"{run.length} gånger i följd", f"{run.length} times in a row")
    )
    tail = Text("", "")
    if run.length < 3:
        tail = Text(" Det är för få mätningar för att säga ”fortsätter”.", " That is too few to say “continues”.")
    return Text(
        f"{subject.sv} har {verb.sv} {times.sv} sedan {run.since.label}, till "
        f"{_each(indicator, series.values[-1]).sv}.{tail.sv}",
        f"{subject.en} {have} {verb.en} {times.en} since {run.since.label}, to "
        f"{_each(indicator, series.values[-1]).en}.{tail.en}",
    )


def rank_words(
    indicator: Indicator, comparison: Comparison, expected: str, places: Mapping[str, tuple[int, int, int]]
) -> Text:
    """Say the place among the counties in the latest year and the years before."""
    end = Text("lägst", "lowest") if expected == "lowest" else Text("högst", "highest")
    sv, en = [], []
    for label, (beyond, tied, of) in places.items():
        if beyond == 0 and tied == 0:
            sv.append(f"{label}: {end.sv} av {of} län")
            en.append(f"{label}: {end.en} of {of} counties")
        elif beyond == 0:
            sv.append(f"{label}: delat {end.sv} av {of} län")
            en.append(f"{label}: joint {end.en} of {of} counties")
        else:
            sv.append(f"{label}: plats {beyond + 1} från {end.sv}")
            en.append(f"{label}: number {beyond + 1} from the {end.en}")
    value = _each(indicator, comparison.value)
    return Text(
        f"{opened(indicator).sv} var {value.sv} {comparison.period.label}. {'; '.join(sv)}.",
        f"{opened(indicator).en} {'were' if indicator.plural else 'was'} {value.en} in {comparison.period.label}. "
        f"{'; '.join(en)}.",
    )


def level_words(indicator: Indicator, level: Level, reference: float, against: Text, margin: float) -> Text:
    """Say the level beside a reference, and whether the difference is large enough to count."""
    value, other = _each(indicator, level.value), _each(indicator, reference)
    tail = Text("", "")
    if abs(level.value - reference) <= margin:
        allowance = _difference(indicator, margin)
        tail = Text(
            f" Skillnaden ryms inom felmarginalen, omkring {allowance.sv}.",
            f" The difference is inside the margin of error, about {allowance.en}.",
        )
    be = "were" if indicator.plural else "was"
    return Text(
        f"{opened(indicator).sv} var {value.sv} {level.period.label}, mot {other.sv} {against.sv}.{tail.sv}",
        f"{opened(indicator).en} {be} {value.en} in {level.period.label}, against {other.en} {against.en}.{tail.en}",
    )


def shock_words(indicator: Indicator, shock: Shock) -> Text:
    """Say how far the figure strayed from its own path, and whether the nation did too."""
    seen, path = _each(indicator, shock.observed), _each(indicator, shock.expected)
    size = Text("kraftigt ", "sharply ") if shock.size.value else Text("", "")
    way = Text("lägre", "lower") if shock.movement is Movement.FALLING else Text("högre", "higher")
    nation = Text("", "")
    if shock.nation_deviation is not None:
        same = shock.nation_deviation * shock.deviation > 0 and abs(shock.nation_deviation) >= 2
        nation = (
            Text(" Detsamma gäller riket som helhet.", " The same holds for Sweden as a whole.")
            if same
            else Text(" Riket avvek inte på samma sätt.", " Sweden as a whole did not stray the same way.")
        )
    return Text(
        f"{opened(indicator).sv} var {seen.sv} {shock.period.label}, {size.sv}{way.sv} än de {path.sv} som den egna "
        f"trenden före {shock.event.name.sv} pekade mot.{nation.sv}",
        f"{opened(indicator).en} {'were' if indicator.plural else 'was'} {seen.en} in {shock.period.label}, "
        f"{size.en}{way.en} than the {path.en} that its own trend before {shock.event.name.en} pointed to.{nation.en}",
    )


def dip_words(indicator: Indicator, event: Event, before: tuple[Period, float], furthest: tuple[Period, float]) -> Text:
    """Say what happened during an event that left no more than noise."""
    subject, unit = opened(indicator), indicator.unit_words
    return Text(
        f"{subject.sv} gick från {unit.figure(before[1], SV)} ({before[0].label}) till "
        f"{unit.write(furthest[1], SV)} ({furthest[0].label}) under {event.name.sv}; "
        "det går inte att skilja från bruset.",
        f"{subject.en} went from {unit.figure(before[1], EN)} ({before[0].label}) to "
        f"{unit.write(furthest[1], EN)} ({furthest[0].label}) during {event.name.en}; that cannot be told from noise.",
    )


def pace_words(indicator: Indicator, series: Series, pace: Pace) -> Text:
    """Say the pace achieved beside the pace needed."""
    if pace.achieved is None or pace.needed is None or pace.target_value is None:
        return Text(
            f"Takten mot målet för {indicator.subject.sv} går inte att räkna.",
            f"The pace towards the target for {indicator.subject.en} cannot be computed.",
        )
    log = indicator.scale.value == "log"
    unit = Text("procent", "per cent") if log else indicator.unit_words.difference
    per = Text(f"{unit.sv} om året", f"{unit.en} a year")
    target = _each(indicator, pace.target_value)
    verb = Text("ökar", "rise" if indicator.plural else "rises")
    if pace.achieved < 0:
        verb = Text("minskar", "fall" if indicator.plural else "falls")
    same_way = (pace.needed < 0) == (pace.achieved < 0)
    needed = abs(pace.needed) if same_way else pace.needed
    return Text(
        f"{opened(indicator).sv} {verb.sv} med {number(abs(pace.achieved), SV, 1)} {per.sv} (till och med "
        f"{series.periods[-1].label}); målet {target.sv} {pace.target.year} kräver "
        f"{number(needed, SV, 1, signed=not same_way)} {per.sv}.",
        f"{opened(indicator).en} {verb.en} by {number(abs(pace.achieved), EN, 1)} {per.en} (to "
        f"{series.periods[-1].label}); the target {target.en} in {pace.target.year} takes "
        f"{number(needed, EN, 1, signed=not same_way)} {per.en}.",
    )


def gap_words(indicator: Indicator, gap: Gap) -> Text:
    """Say how far apart two groups are."""
    a, b = gap.contrast.a.name, gap.contrast.b.name
    unit = indicator.unit_words
    subject = opened(indicator, indicator.group_subject)
    apart = _difference(indicator, abs(gap.difference))
    return Text(
        f"{subject.sv}: {unit.figure(gap.a, SV)} bland {a.sv} och {unit.write(gap.b, SV)} bland {b.sv} "
        f"{gap.period.label}, en skillnad på {apart.sv}.",
        f"{subject.en}: {unit.figure(gap.a, EN)} among {a.en} and {unit.write(gap.b, EN)} among {b.en} in "
        f"{gap.period.label}, a difference of {apart.en}.",
    )
