"""The Swedish sentences, as a communications officer would publish them.

Rules of the house: the verb comes from the sign; adjectives are avoided where they would need to agree in gender
(comparatives and superlatives do not); what is wanted stands beside what is ("minskar för långsamt" has its needed
pace); nothing is claimed that the test did not decide. One function a statement type, each mirrored in ``english``;
targets have their own modules.
"""

from __future__ import annotations

from vagvisare.assessment.judgement import (
    Comparison,
    Level,
    Movement,
    Reason,
    Reversal,
    Run,
    Shock,
    Size,
    Trend,
)
from vagvisare.assessment.verdict import FEWEST
from vagvisare.findings.facts import Extreme, Nation, Tally, every_year, inner, nation_during
from vagvisare.findings.grammar import (
    Topic,
    again,
    amount,
    capital,
    counted,
    dated,
    ordinal,
    place_name,
    since,
    size,
    when,
)
from vagvisare.findings.provisos import (
    PLACE,
    beside,
    beside_turn,
    changed_since,
    priced,
    prices,
    sample,
    slightly,
    span,
)
from vagvisare.findings.rates import Rate, yearly
from vagvisare.terms.language import Language, listing, number

SV = Language.SV
VERBS = {Movement.RISING: "ökar", Movement.FALLING: "minskar"}
PAST = {Movement.RISING: "ökade", Movement.FALLING: "minskade"}
NOUNS = {Movement.RISING: "ökningen", Movement.FALLING: "minskningen"}
_PLACES = ("", "näst ", "tredje ")
_NATION = {
    Nation.SAME: ", och så var det i hela riket",
    Nation.LIKEWISE: ", och även riket avvek åt samma håll",
    Nation.ALONE: ", medan riket inte avvek på samma sätt",
    Nation.OPPOSITE: ", medan riket avvek åt motsatt håll",
    Nation.UNKNOWN: "",
}


def trend(topic: Topic, judged: Trend, level: Level, nation: Movement | None = None) -> str:
    """Say which way the figure moves, how fast and since when; or that it cannot be told, and why."""
    if judged.reason is Reason.NO_VARIATION:
        same = amount(topic, level.value, SV)
        return f"{_subject(topic)} har legat på {same} vid varje mätning {topic.place(SV)} {span(topic, judged, SV)}."
    if judged.movement is Movement.STILL:
        now = dated(amount(topic, level.value, SV), level.period, SV) + prices(topic, SV)
        start = span(topic, judged, SV)
        return f"{_subject(topic)} har inte förändrats nämnvärt {topic.place(SV)} {start} och var {now}."
    if judged.movement is Movement.UNKNOWN:
        return (
            f"Det går inte att avgöra om {topic.subject(SV)} ökar eller minskar {topic.place(SV)}: {why_not(judged)}."
        )
    moves = f"{VERBS[judged.movement]}{slightly(topic, judged, SV)}"
    riket = beside(judged, nation, SV)
    return f"{_subject(topic)} {moves} {topic.place(SV)}{riket}: {course(topic, judged, level)}."


def course(topic: Topic, judged: Trend, level: Level) -> str:
    """Say how fast, since when and to what level: "med ungefär 0,4 procentenheter om året sedan 2015, till …"."""
    now = dated(amount(topic, level.value, SV), level.period, SV)
    rate = yearly(topic, judged)
    start = span(topic, judged, SV)
    if rate.vanishes:
        return f"mycket långsamt {start}, till {now}{held(judged)}"
    return f"med ungefär {rate.size(SV)}{prices(topic, SV)} {start}, till {now}{held(judged)}"


def held(judged: Trend) -> str:
    """Return the clause that says that an earlier edition's verdict still stands, where that is why; else nothing."""
    if judged.reason is not Reason.HELD:
        return ""
    return ", och bedömningen från förra uppföljningen står kvar fast den nu är mindre säker"


def why_not(judged: Trend) -> str:
    """Say why a trend cannot be told: too few points, or too much noise."""
    window = judged.window
    if judged.reason is Reason.TOO_FEW:
        if window.n == 1:
            return "det finns bara en jämförbar mätning, och det behövs minst fem"
        first = _since(judged) if window.cut_by is None else f"sedan mätmetoden ändrades {window.cut_by.at.label}"
        if window.overlapping and window.n >= FEWEST:
            return (
                f"de {counted(window.n, SV)} mätningarna {first} delar år med varandra och är tillsammans värda "
                f"ungefär {number(window.effective, SV, 1)} fristående mätningar, och det behövs minst fyra"
            )
        return f"det finns bara {counted(window.n, SV)} jämförbara mätningar {first}, och det behövs minst fem"
    if window.overlapping:
        return (
            f"{counted(window.n, SV)} mätningar {_since(judged)} som delar år med varandra räcker inte för att skilja "
            f"en förändring från tillfälliga svängningar"
        )
    if window.n <= 7:
        return (
            f"{counted(window.n, SV)} mätningar {_since(judged)} räcker inte för att skilja en förändring från "
            f"tillfälliga svängningar"
        )
    return f"svängningarna mellan mätningarna {_since(judged)} är för stora i förhållande till förändringen"


def persist(topic: Topic, judged: Trend, run: Run, level: Level) -> str:
    """Say that the figure keeps moving the same way: how many times in a row, and how fast in the long run."""
    count = ordinal(run.length, SV)
    if every_year(run, level.period):
        row = f"{when(level.period, SV)} var {count} året i rad"
    else:
        noun = "ökning" if judged.movement is Movement.RISING else "minskning"
        row = f"{counted(run.length, SV)} mätningar i rad har visat en {noun}, senast {when(level.period, SV)}"
    return (
        f"{_subject(topic)} fortsätter att {'öka' if judged.movement is Movement.RISING else 'minska'} "
        f"{topic.place(SV)}: {row}, och {span(topic, judged, SV)} är {NOUNS[judged.movement]} "
        f"{_about(yearly(topic, judged))}{prices(topic, SV)}{held(judged)}."
    )


def _about(rate: Rate) -> str:
    return "mycket liten" if rate.vanishes else f"ungefär {rate.size(SV)}"


def shock(topic: Topic, judged: Shock) -> str:
    """Say how far the figure strayed from its earlier path during an event, and whether riket did too."""
    degree = {Size.SLIGHT: "något ", Size.PLAIN: "", Size.SHARP: "mycket "}[judged.size]
    way = "högre" if judged.observed > judged.expected else "lägre"
    seen = dated(priced(topic, judged.observed, SV), judged.period, SV)
    return (
        f"{_subject(topic)} var {degree}{way} än väntat {topic.place(SV)} under {judged.event.name.sv}: {seen}, mot "
        f"{again(topic, judged.expected, SV)} om utvecklingen hade fortsatt som förut"
        f"{changed_since(topic, judged, SV)}{_NATION[nation_during(judged)]}."
    )


def reversal(topic: Topic, judged: Reversal, level: Level) -> str:
    """Say that the latest change goes against the earlier trend."""
    degree = {Size.SLIGHT: " något", Size.PLAIN: "", Size.SHARP: " kraftigt"}[judged.size]
    compared = f"jämfört med {when(judged.previous, SV)}"
    return (
        f"{_subject(topic)} {PAST[judged.movement]}{degree} {topic.place(SV)} {when(judged.period, SV)}"
        f"{beside_turn(topic, judged, SV)}, tvärtemot den tidigare utvecklingen: med {size(topic, judged.change, SV)}"
        f"{prices(topic, SV)} {compared}, till {again(topic, level.value, SV)}."
    )


def superlative(place: Extreme) -> str:
    """Return "lägst", "näst lägst", "tredje högst"."""
    return _PLACES[place.place - 1] + ("högst" if place.highest else "lägst")


def rank(topic: Topic, judged: Comparison, place: Extreme) -> str:
    """Say that the county stands at an end of the ranking, with its figure and riket's."""
    field = f"alla {judged.of} län" if judged.of == 21 else f"de {judged.of} län som har uppgifter"
    now = dated(priced(topic, judged.value, SV), judged.period, SV)
    riket = "" if judged.nation is None else f", mot {again(topic, judged.nation, SV)} i riket"
    return (
        f"{capital(place_name(topic.territory, SV))} ligger {superlative(place)} av {field} när det gäller "
        f"{topic.subject(SV)}{topic.among(SV)}: {now}{riket}{sample(topic, SV, inner(judged, place), PLACE)}."
    )


def level(topic: Topic, judged: Comparison, nation: float) -> str:
    """Say how the latest figure stands to riket's, and where it comes from a sample."""
    way = "högre" if judged.value > nation else "lägre"
    now = dated(again(topic, nation, SV), judged.period, SV)
    own = priced(topic, judged.value, SV)
    return f"{_subject(topic)} är {way} {topic.place(SV)} än i riket: {own} mot {now}{sample(topic, SV, nation)}."


def composite(topic: Topic, goal: str, counts: Tally) -> str:
    """Say what the indicators of one goal say together, split where they disagree."""
    total = counts.total
    of_goal = f"målet ”{goal}”" if goal else "samma mål"
    some = " som kan räknas samman" if counts.left_out else ""
    everyone = f"Båda indikatorerna{some}" if total == 2 else f"Alla {counted(total, SV)} indikatorer{some}"
    them = f"de {counted(total, SV)} indikatorerna{some} för {of_goal}"
    if not counts.decided:
        return f"Ingen av {them} visar någon säker förändring {topic.place(SV)}."
    if counts.agree:
        verb = "förbättras" if counts.improving else "försämras" if counts.worsening else "är i stort sett oförändrade"
        return f"{everyone} för {of_goal} {verb} {topic.place(SV)}."
    split = listing(_split(counts), SV)
    rest = f", och för {counted(counts.undetermined, SV)} går det inte att avgöra" if counts.undetermined else ""
    return f"Av {them} {split} {topic.place(SV)}{rest}."


def _split(counts: Tally) -> list[str]:
    still = "oförändrad" if counts.unchanged == 1 else "oförändrade"
    parts = (
        (counts.improving, f"förbättras {counted(counts.improving, SV)}"),
        (counts.worsening, f"försämras {counted(counts.worsening, SV)}"),
        (counts.unchanged, f"är {counted(counts.unchanged, SV)} i stort sett {still}"),
    )
    return [words for count, words in parts if count]


def _subject(topic: Topic) -> str:
    return capital(topic.subject(SV))


def _since(judged: Trend) -> str:
    return since(judged.window.used[0], SV)
