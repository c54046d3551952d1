"""The sentences of the replay: what the figures show, beside what was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby

from vagvisare.assessment.definition import Collection, Event, Indicator
from vagvisare.assessment.judgement import Comparison, Gap, Level, Movement, Pace, Reason, Run, Shock, Size, Trend
from vagvisare.findings.grammar import Topic, again, amount, capital, counted, dated, size, when
from vagvisare.findings.provisos import changed, changed_since, priced, prices, span
from vagvisare.findings.rates import paces
from vagvisare.terms.language import Language, Text, listing
from vagvisare.terms.period import Period
from vagvisare.terms.series import Series
from vagvisare.terms.territory import TERRITORIES

SV, EN = Language.SV, Language.EN
Point = tuple[Period, float]

_MOVES = {
    Movement.RISING: (Text("ökar", "is rising"), Text("ökar", "are rising")),
    Movement.FALLING: (Text("minskar", "is falling"), Text("minskar", "are falling")),
}
_SWINGS = Text("det går inte att skilja från tillfälliga svängningar", "that cannot be told from passing swings")


def both(*texts: Text) -> Text:
    """Return the texts one after the other."""
    return Text(" ".join(t.sv for t in texts if t.sv), " ".join(t.en for t in texts if t.en))


def _written(write: Callable[[Language], str]) -> Text:
    return Text(write(SV), write(EN))


def _opening(topic: Topic, language: Language) -> str:
    return capital(topic.subject(language))


def _was(topic: Topic) -> str:
    return "were" if topic.indicator.plural else "was"


def _from_to(topic: Topic, first: Point, last: Point, language: Language) -> str:
    """Return "från 35,7 procent 2015 till 41,7 procent 2025"."""
    before = dated(priced(topic, first[1], language), first[0], language)
    after = dated(again(topic, last[1], language), last[0], language)
    seams = changed(topic, first[0], last[0], language)
    if seams and after.endswith(")"):
        after, seams = after[:-1], f"; {seams[2:]}"
    return f"från {before} till {after}{seams}" if language is SV else f"from {before} to {after}{seams}"


def unknown_words(indicator: Indicator, territory: str, *, reconstructed: bool) -> Text:
    """Say that no figure was known, or that nobody knows when the figures became known."""
    place, subject = TERRITORIES[territory].name, indicator.subject
    if indicator.release is None and reconstructed:
        return Text(
            f"När siffrorna om {subject.sv} publicerades är inte känt, så ingen av dem räknas som känd den dagen.",
            f"When the figures on {subject.en} were published is not known, so none counts as known that day.",
        )
    return Text(
        f"Inga siffror om {subject.sv} var kända för {place.sv} den dagen.",
        f"No figures on {subject.en} were known for {place.en} that day.",
    )


def lacking_words(topic: Topic, sv: str, en: str) -> Text:
    """Say which comparison the figures do not allow."""
    return Text(f"{_opening(topic, SV)} går inte att pröva: {sv}.", f"{_opening(topic, EN)} cannot be tested: {en}.")


def trend_words(topic: Topic, series: Series, trend: Trend) -> Text:
    """Say what the trend is, from which figure to which; or that it cannot be told, and why."""
    start = trend.window.used[0]
    first, last = (start, series.at(start) or 0.0), (series.periods[-1], series.values[-1])
    ends = _written(lambda language: _from_to(topic, first, last, language))
    be = "are" if topic.indicator.plural else "is"
    sv, en = _opening(topic, SV), _opening(topic, EN)
    if trend.movement in _MOVES:
        verb = _MOVES[trend.movement][int(topic.indicator.plural)]
        if (last[1] - first[1]) * trend.change > 0:
            return Text(f"{sv} {verb.sv}: {ends.sv}.", f"{en} {verb.en}: {ends.en}.")
        return Text(
            f"{sv} {verb.sv} sett till alla år, även om siffran gick {ends.sv}.",
            f"{en} {verb.en} over all the years, although the figure went {ends.en}.",
        )
    if trend.movement is Movement.STILL:
        return Text(f"{sv} ligger i stort sett still: {ends.sv}.", f"{en} {be} practically unchanged: {ends.en}.")
    if trend.reason is Reason.TOO_FEW:
        return _too_few(topic, trend.window.n, last, ends)
    return Text(f"{sv} gick {ends.sv}; {_SWINGS.sv}.", f"{en} went {ends.en}; {_SWINGS.en}.")


def _too_few(topic: Topic, count: int, last: Point, ends: Text) -> Text:
    sv, en = _opening(topic, SV), _opening(topic, EN)
    if count == 1:
        return Text(
            f"{sv} var {dated(priced(topic, last[1], SV), last[0], SV)}; en enda mätning visar ingen riktning.",
            f"{en} {_was(topic)} {dated(priced(topic, last[1], EN), last[0], EN)}; one measurement shows no direction.",
        )
    return Text(
        f"{sv} gick {ends.sv}, men {counted(count, SV)} jämförbara mätningar räcker inte för att avgöra en riktning.",
        f"{en} went {ends.en}, but {counted(count, EN)} comparable measurements are too few to tell a direction.",
    )


def window_words(topic: Topic, readings: list[tuple[str, float]]) -> Text:
    """Say how the answer turns with the year one starts from."""
    unit = topic.unit
    sv = [f"{unit.write_difference(change, SV, signed=True)} från {start}" for start, change in readings]
    en = [f"{unit.write_difference(change, EN, signed=True)} from {start}" for start, change in readings]
    return Text(
        f"Svaret beror på startår: {listing(sv, SV)}{prices(topic, SV)}.",
        f"The answer depends on the starting year: {listing(en, EN)}{prices(topic, EN)}.",
    )


def last_words(topic: Topic, first: Point, last: Point, margin: float) -> Text:
    """Say the latest change, and whether it is large enough to count."""
    difference = last[1] - first[1]
    verb = Text("gick", "went")
    if abs(difference) > margin:
        verb = Text("steg", "rose") if difference > 0 else Text("sjönk", "fell")
    tail = Text("", "") if abs(difference) > margin else _too_small(topic)
    return Text(
        f"{_opening(topic, SV)} {verb.sv} {_from_to(topic, first, last, SV)}{tail.sv}.",
        f"{_opening(topic, EN)} {verb.en} {_from_to(topic, first, last, EN)}{tail.en}.",
    )


def _too_small(topic: Topic) -> Text:
    if topic.indicator.collection is Collection.SURVEY:
        return Text(
            ", en skillnad som kan vara slump i en urvalsundersökning",
            ", a difference that may be chance in a sample survey",
        )
    return Text(", en för liten skillnad för att räknas", ", too small a difference to count")


def run_words(topic: Topic, series: Series, run: Run) -> Text:
    """Say how many changes in a row went the same way."""
    verb = Text("ökat", "risen") if run.movement is Movement.RISING else Text("minskat", "fallen")
    have = "have" if topic.indicator.plural else "has"
    times = Text(f"{counted(run.length, SV)} gånger i rad", f"{counted(run.length, EN)} times in a row")
    if run.length == 1:
        times = Text("en gång", "once")
    now = _written(lambda language: dated(priced(topic, series.values[-1], language), series.periods[-1], language))
    tail = Text("", "")
    if run.length < 3:
        tail = Text(" Det krävs minst tre för att säga ”fortsätter”.", " At least three are needed to say “continues”.")
    return Text(
        f"{_opening(topic, SV)} har {verb.sv} {times.sv} sedan {run.since.label}, till {now.sv}.{tail.sv}",
        f"{_opening(topic, EN)} {have} {verb.en} {times.en} since {run.since.label}, to {now.en}.{tail.en}",
    )


def rank_words(topic: Topic, compared: Comparison, expected: str, places: Mapping[str, tuple[int, int, int]]) -> Text:
    """Say the place among the counties in the latest year, and in the years before (``places``, latest first)."""

    def write(language: Language) -> str:
        now = dated(priced(topic, compared.value, language), compared.period, language)
        said = [(_place(place, expected, language), label) for label, place in places.items()]
        latest, *before = [(words, [label for _, label in own]) for words, own in groupby(said, lambda each: each[0])]
        rest = [f"{listing(labels, language)}: {words}" for words, labels in before]
        also = listing(latest[1][1:], language)
        if language is SV:
            rest = [f"så var det även {also}", *rest] if also else rest
            return f"{'; '.join([f'{_opening(topic, SV)} var {now}, {latest[0]}', *rest])}."
        rest = [f"so it was in {also} too", *rest] if also else rest
        return f"{'; '.join([f'{_opening(topic, EN)} {_was(topic)} {now}, {latest[0]}', *rest])}."

    return _written(write)


def _place(place: tuple[int, int, int], expected: str, language: Language) -> str:
    """Return "lägst av 21 län", "delat näst lägst av 21 län", "plats 7 av 21 län räknat från lägst"."""
    beyond, tied, of = place
    end = {"lowest": Text("lägst", "lowest")}.get(expected, Text("högst", "highest")).to(language)
    near = (Text("", ""), Text("näst ", "second-"), Text("tredje ", "third-"))
    if language is SV:
        if beyond < len(near):
            return f"{'delat ' if tied else ''}{near[beyond].sv}{end} av {of} län"
        return f"{'delad ' if tied else ''}plats {beyond + 1} av {of} län räknat från {end}"
    shared = "joint " if tied else ""
    if beyond < len(near):
        return f"{shared}{near[beyond].en}{end} of {of} counties"
    return f"{shared}number {beyond + 1} of {of} counties counted from the {end}"


def level_words(topic: Topic, level: Level, reference: float, before: Period | None, margin: float) -> Text:
    """Say the level beside riket's, or that of a period before, and whether the difference is enough to count."""

    def against(language: Language) -> str:
        said = again(topic, reference, language)
        if before is not None:
            return dated(said, before, language)
        return f"{said} i riket" if language is SV else f"{said} in Sweden as a whole"

    now = _written(lambda language: dated(priced(topic, level.value, language), level.period, language))
    other = _written(against)
    tail = Text("", "") if abs(level.value - reference) > margin else _too_small(topic)
    return Text(
        f"{_opening(topic, SV)} var {now.sv}, mot {other.sv}{tail.sv}.",
        f"{_opening(topic, EN)} {_was(topic)} {now.en}, against {other.en}{tail.en}.",
    )


def shock_words(topic: Topic, shock: Shock) -> Text:
    """Say how far the figure strayed from its own path, and whether the nation did too."""
    degree = {Size.SLIGHT: Text("något ", "slightly "), Size.SHARP: Text("mycket ", "much ")}
    much = degree.get(shock.size, Text("", ""))
    way = Text("lägre", "lower") if shock.movement is Movement.FALLING else Text("högre", "higher")
    nation = Text("", "")
    if shock.nation_deviation is not None:
        same = shock.nation_deviation * shock.deviation > 0 and abs(shock.nation_deviation) >= 2
        nation = (
            Text(" Detsamma gäller riket som helhet.", " The same holds for Sweden as a whole.")
            if same
            else Text(" Riket avvek inte på samma sätt.", " Sweden as a whole did not stray the same way.")
        )
    seen = _written(lambda language: dated(priced(topic, shock.observed, language), shock.period, language))
    path = _written(lambda language: again(topic, shock.expected, language))
    seams = _written(lambda language: changed_since(topic, shock, language))
    return Text(
        f"{_opening(topic, SV)} var {seen.sv}, {much.sv}{way.sv} än de {path.sv} som utvecklingen före "
        f"{shock.event.name.sv} pekade mot{seams.sv}.{nation.sv}",
        f"{_opening(topic, EN)} {_was(topic)} {seen.en}, {much.en}{way.en} than the {path.en} that the path before "
        f"{shock.event.name.en} pointed to{seams.en}.{nation.en}",
    )


def dip_words(topic: Topic, event: Event, before: Point, furthest: Point) -> Text:
    """Say what happened during an event that left no more than noise."""
    return Text(
        f"{_opening(topic, SV)} gick {_from_to(topic, before, furthest, SV)}, under {event.name.sv}; {_SWINGS.sv}.",
        f"{_opening(topic, EN)} went {_from_to(topic, before, furthest, EN)}, during {event.name.en}; {_SWINGS.en}.",
    )


def pace_words(topic: Topic, trend: Trend, pace: Pace) -> Text:
    """Say the pace achieved beside the pace needed."""
    if pace.achieved is None or pace.needed is None or pace.target_value is None:
        return lacking_words(topic, "takten mot målet går inte att räkna", "the pace towards the target has no number")
    rates, plural = paces(topic, pace, trend.scale), topic.indicator.plural
    same_way = (pace.needed < 0) == (pace.achieved < 0)
    verb = Text("minskar", "have fallen" if plural else "has fallen")
    if pace.achieved >= 0:
        verb = Text("ökar", "have risen" if plural else "has risen")

    def write(language: Language) -> str:
        have = rates["achieved"].size(language, 1)
        need = (rates["needed"].size if same_way else rates["needed"].signed)(language, 1)
        start, year = span(topic, trend, language), pace.target.year
        goal = amount(topic, pace.target_value or 0.0, language)
        if language is SV:
            return f"{_opening(topic, SV)} {verb.sv} med ungefär {have} {start}; målet, {goal} {year}, kräver {need}."
        return f"{_opening(topic, EN)} {verb.en} by about {have} {start}; the target, {goal} in {year}, takes {need}."

    return _written(write)


def gap_words(topic: Topic, gap: Gap, *, wide: bool) -> Text:
    """Say how far apart two groups are, and whether that is enough to count."""

    def write(language: Language) -> str:
        a, b = gap.contrast.a.name.to(language), gap.contrast.b.name.to(language)
        one, other = priced(topic, gap.a, language), again(topic, gap.b, language)
        apart, subject = size(topic, gap.difference, language), capital(topic.measure(language))
        if language is SV:
            tail = "" if wide else ", vilket är för lite för att räknas"
            pair = f"{one} bland {a} och {other} bland {b} {when(gap.period, SV)}"
            return f"{subject} var {pair}, en skillnad på {apart}{tail}."
        tail = "" if wide else ", too little to count"
        pair = f"{one} among {a} and {other} among {b} {when(gap.period, EN)}"
        return f"{subject} {_was(topic)} {pair}, a difference of {apart}{tail}."

    return _written(write)
