"""The English sentences, written and not translated: the same facts as in ``swedish``, said as English says them."""

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
from vagvisare.findings.rates import yearly
from vagvisare.terms.language import Language, listing, number

EN = Language.EN
VERBS = {Movement.RISING: "rising", Movement.FALLING: "falling"}
PAST = {Movement.RISING: "rose", Movement.FALLING: "fell"}
NOUNS = {Movement.RISING: "rise", Movement.FALLING: "fall"}
_PLACES = ("", "second-", "third-")
_NATION = {
    Nation.SAME: "; the whole country saw the same",
    Nation.LIKEWISE: "; Sweden as a whole also left its path in that direction",
    Nation.ALONE: "; Sweden as a whole kept its path",
    Nation.OPPOSITE: "; Sweden as a whole left its path in the opposite direction",
    Nation.UNKNOWN: "",
}


def trend(topic: Topic, judged: Trend, level: Level, nation: Movement | None = None) -> str:
    """Say which way the figure moves, how fast and since when; or that it cannot be told, and why."""
    start = span(topic, judged, EN) if judged.window.used else ""
    if judged.reason is Reason.NO_VARIATION:
        same = amount(topic, level.value, EN)
        return f"{_subject(topic)} {has(topic)} been {same} at every measurement {topic.place(EN)} {start}."
    if judged.movement is Movement.STILL:
        now = dated(amount(topic, level.value, EN), level.period, EN)
        return (
            f"{_subject(topic)} {has(topic)} not changed appreciably {topic.place(EN)} {start} and stood at "
            f"{now}{prices(topic, EN)}."
        )
    if judged.movement is Movement.UNKNOWN:
        return (
            f"It cannot be determined whether {topic.subject(EN)} {are(topic)} rising or falling {topic.place(EN)}: "
            f"{why_not(judged)}."
        )
    moves = f"{are(topic)} {VERBS[judged.movement]}{slightly(topic, judged, EN)}"
    sweden = beside(judged, nation, EN)
    return f"{_subject(topic)} {moves} {topic.place(EN)}{sweden}: {course(topic, judged, level)}."


def course(topic: Topic, judged: Trend, level: Level) -> str:
    """Say how fast, since when and to what level: "by about 0.4 percentage points a year since 2015, to …"."""
    now = dated(amount(topic, level.value, EN), level.period, EN)
    rate = yearly(topic, judged)
    start = span(topic, judged, EN)
    if rate.vanishes:
        return f"very slowly {start}, to {now}{held(judged)}"
    return f"by about {rate.size(EN)}{prices(topic, EN)} {start}, to {now}{held(judged)}"


def held(judged: Trend) -> str:
    """Return the clause that says that an earlier edition's verdict still stands, where that is why; else nothing."""
    if judged.reason is not Reason.HELD:
        return ""
    return ", and the verdict of the previous follow-up stands, though it is now less certain"


def why_not(judged: Trend) -> str:
    """Say why a trend cannot be told: too few points, or too much noise."""
    window = judged.window
    if judged.reason is Reason.TOO_FEW:
        if window.n == 1:
            return "there is only one comparable measurement, and at least five are needed"
        first = _since(judged) if window.cut_by is None else f"since the method changed in {window.cut_by.at.label}"
        if window.overlapping and window.n >= FEWEST:
            return (
                f"the {counted(window.n, EN)} measurements {first} share years and are together worth about "
                f"{number(window.effective, EN, 1)} separate ones, and at least four are needed"
            )
        return f"there are only {counted(window.n, EN)} comparable measurements {first}, and at least five are needed"
    if window.overlapping:
        return (
            f"{counted(window.n, EN)} measurements {_since(judged)} that share years are not enough to tell a change "
            f"from passing swings"
        )
    if window.n <= 7:
        return (
            f"{counted(window.n, EN)} measurements {_since(judged)} are not enough to tell a change from passing swings"
        )
    return f"the swings between measurements {_since(judged)} are too large relative to the change"


def persist(topic: Topic, judged: Trend, run: Run, level: Level) -> str:
    """Say that the figure keeps moving the same way: how many times in a row, and how fast in the long run."""
    count = ordinal(run.length, EN)
    if every_year(run, level.period):
        row = f"{level.period.label} was the {count} year in a row"
    else:
        row = (
            f"{counted(run.length, EN)} measurements in a row, most recently for {level.period.label}, have shown a "
            f"{NOUNS[judged.movement]}"
        )
    keep = "keep" if topic.indicator.plural else "keeps"
    rate = yearly(topic, judged)
    pace = "very small" if rate.vanishes else f"about {rate.size(EN)}"
    start = span(topic, judged, EN)
    return (
        f"{_subject(topic)} {keep} {VERBS[judged.movement]} {topic.place(EN)}: {row}, and {start} the "
        f"{NOUNS[judged.movement]} has been {pace}{prices(topic, EN)}{held(judged)}."
    )


def shock(topic: Topic, judged: Shock) -> str:
    """Say how far the figure strayed from its earlier path during an event, and whether riket did too."""
    degree = {Size.SLIGHT: "slightly ", Size.PLAIN: "", Size.SHARP: "much "}[judged.size]
    way = "higher" if judged.observed > judged.expected else "lower"
    was = "were" if topic.indicator.plural else "was"
    seen = dated(priced(topic, judged.observed, EN), judged.period, EN)
    return (
        f"{_subject(topic)} {was} {degree}{way} than expected {topic.place(EN)} during {judged.event.name.en}: {seen}, "
        f"against {again(topic, judged.expected, EN)} had the earlier path continued"
        f"{changed_since(topic, judged, EN)}{_NATION[nation_during(judged)]}."
    )


def reversal(topic: Topic, judged: Reversal, level: Level) -> str:
    """Say that the latest change goes against the earlier trend."""
    degree = {Size.SLIGHT: " slightly", Size.PLAIN: "", Size.SHARP: " sharply"}[judged.size]
    return (
        f"{_subject(topic)} {PAST[judged.movement]}{degree} {topic.place(EN)} {when(judged.period, EN)}"
        f"{beside_turn(topic, judged, EN)}, against the earlier trend: by {size(topic, judged.change, EN)}"
        f"{prices(topic, EN)} from {judged.previous.label}, to {again(topic, level.value, EN)}."
    )


def superlative(place: Extreme) -> str:
    """Return "lowest", "second-lowest", "third-highest"."""
    return _PLACES[place.place - 1] + ("highest" if place.highest else "lowest")


def rank(topic: Topic, judged: Comparison, place: Extreme) -> str:
    """Say that the county stands at an end of the ranking, with its figure and riket's."""
    field = f"all {judged.of} counties" if judged.of == 21 else f"the {judged.of} counties with figures"
    now = dated(priced(topic, judged.value, EN), judged.period, EN)
    sweden = "" if judged.nation is None else f", against {again(topic, judged.nation, EN)} in Sweden as a whole"
    return (
        f"{place_name(topic.territory, EN)} ranks {superlative(place)} of {field} for {topic.subject(EN)}"
        f"{topic.among(EN)}: {now}{sweden}{sample(topic, EN, inner(judged, place), PLACE)}."
    )


def level(topic: Topic, judged: Comparison, nation: float) -> str:
    """Say how the latest figure stands to riket's, and where it comes from a sample."""
    way = "higher" if judged.value > nation else "lower"
    now = dated(again(topic, nation, EN), judged.period, EN)
    return (
        f"{_subject(topic)} {are(topic)} {way} {topic.place(EN)} than in Sweden as a whole: "
        f"{priced(topic, judged.value, EN)} against {now}{sample(topic, EN, nation)}."
    )


def composite(topic: Topic, goal: str, counts: Tally) -> str:
    """Say what the indicators of one goal say together, split where they disagree."""
    total = counts.total
    of_goal = f"the goal “{goal}”" if goal else "the same goal"
    some = " that can be counted together" if counts.left_out else ""
    everyone = f"Both indicators{some}" if total == 2 else f"All {counted(total, EN)} indicators{some}"
    them = f"the {counted(total, EN)} indicators{some} for {of_goal}"
    if not counts.decided:
        return f"For none of {them} can a change be established {topic.place(EN)}."
    if counts.agree:
        verb = "are improving" if counts.improving else "are getting worse" if counts.worsening else "are steady"
        return f"{everyone} for {of_goal} {verb} {topic.place(EN)}."
    rest = f"; for {counted(counts.undetermined, EN)} it cannot be determined" if counts.undetermined else ""
    return f"Of {them}, {listing(_split(counts), EN)} {topic.place(EN)}{rest}."


def _split(counts: Tally) -> list[str]:
    parts = (
        (counts.improving, f"{counted(counts.improving, EN)} {_be(counts.improving)} improving"),
        (counts.worsening, f"{counted(counts.worsening, EN)} {_be(counts.worsening)} getting worse"),
        (counts.unchanged, f"{counted(counts.unchanged, EN)} {_be(counts.unchanged)} steady"),
    )
    return [words for count, words in parts if count]


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def are(topic: Topic) -> str:
    """Return the verb "be" as the subject governs it."""
    return "are" if topic.indicator.plural else "is"


def has(topic: Topic) -> str:
    """Return the verb "have" as the subject governs it."""
    return "have" if topic.indicator.plural else "has"


def _subject(topic: Topic) -> str:
    return capital(topic.subject(EN))


def _since(judged: Trend) -> str:
    return since(judged.window.used[0], EN)
