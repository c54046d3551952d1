"""What a sentence must add to be true: the price basis, the sample, a changed source, a change that hardly matters.

Each returns words with a leading space or comma, ready to be put into the sentence, and nothing where nothing needs
saying.
"""

from __future__ import annotations

from collections.abc import Sequence

from vagvisare.assessment.judgement import Movement, Reversal, Shock, Trend
from vagvisare.assessment.path import matters
from vagvisare.findings.facts import with_nation
from vagvisare.findings.grammar import Topic, amount, since
from vagvisare.findings.rates import yearly
from vagvisare.terms.language import Language, Text, listing
from vagvisare.terms.period import Period

_PRICES = Text("i löpande priser", "in current prices")
_SAMPLE = Text(
    "; siffrorna kommer från en urvalsundersökning och anges utan felmarginal",
    "; the figures come from a sample survey and carry no margin of error",
)
_MARGIN = Text("; felmarginalen går från", "; the margin of error is from")
DIFFERENCE = Text("skillnaden", "the difference")
PLACE = Text("platsen", "the place")
TO_LIMIT = Text("avståndet till gränsen", "the distance to the limit")
TO_TARGET = Text("avståndet till målet", "the distance to the target")
"""What may be chance where another figure lies within the margin of error."""

_CHANGED = Text("underlaget ändrades", "the source changed in")
_SLIGHTLY = Text(" mycket lite", " very slightly")
_NATION = {
    1: Text(", liksom i riket", ", as in Sweden as a whole"),
    -1: Text(", till skillnad från riket", ", unlike in Sweden as a whole"),
    0: Text("", ""),
}


def prices(topic: Topic, language: Language) -> str:
    """Return " i löpande priser" where money is not deflated and the subject has not said so."""
    words = _PRICES.to(language)
    said = words.partition(" ")[2] in topic.indicator.subject.to(language)
    return "" if said or topic.indicator.price_basis != "current" else f" {words}"


def priced(topic: Topic, value: float, language: Language) -> str:
    """Write a figure with its unit and, for money not deflated, its price basis."""
    return amount(topic, value, language) + prices(topic, language)


def sample(topic: Topic, language: Language, other: float | None = None, what: Text = DIFFERENCE) -> str:
    """Say how certain a survey's latest figure is, or that nobody has said so.

    ``other`` is the figure or line it is held against: within the margin, ``what`` is said of the two may be chance.
    """
    if not topic.is_survey:
        return ""
    if topic.margin is None:
        return _SAMPLE.to(language)
    low, high = topic.margin
    to = Text("till", "to").to(language)
    ends = f"{_MARGIN.to(language)} {topic.unit.figure(low, language)} {to} {amount(topic, high, language)}"
    if other is None or not low <= other <= high:
        return ends
    chance = Text(f", så {what.sv} kan bero på slumpen", f", so {what.en} may be chance")
    return ends + chance.to(language)


def changed(topic: Topic, first: Period, last: Period, language: Language) -> str:
    """Name in brackets the breaks that stay within ``first`` to ``last``: those figures do not fully compare."""
    seams = [each.at.label for each in topic.indicator.breaks if not each.cuts and spans(each.at, first, last)]
    return f" ({_CHANGED.to(language)} {listing(seams, language)})" if seams else ""


def spans(at: Period, first: Period, last: Period) -> bool:
    """Tell whether the change at ``at`` lies between the two periods."""
    return first.start < at.start <= last.start


def changed_since(topic: Topic, judged: Shock, language: Language) -> str:
    """Name in brackets the breaks between the years a shock is measured from and the shock itself."""
    return "" if judged.since is None else changed(topic, judged.since, judged.period, language)


def span(topic: Topic, judged: Trend, language: Language) -> str:
    """Return "sedan 2011", with the breaks that stay within the window."""
    used: Sequence[Period] = judged.window.used
    return since(used[0], language) + changed(topic, used[0], used[-1], language)


def small(topic: Topic, judged: Trend) -> bool:
    """Tell whether a decided trend moves the figure, over its whole window, by less than what matters."""
    moving = judged.movement in (Movement.RISING, Movement.FALLING)
    return moving and not matters(judged.change, judged.level_start, topic.indicator)


def slightly(topic: Topic, judged: Trend, language: Language) -> str:
    """Return " mycket lite" where a decided trend is smaller than what matters."""
    return _SLIGHTLY.to(language) if small(topic, judged) and not yearly(topic, judged).vanishes else ""


def beside(judged: Trend, nation: Movement | None, language: Language) -> str:
    """Return ", liksom i riket" or ", till skillnad från riket" where riket's movement is known."""
    return _NATION[with_nation(judged, nation)].to(language)


def beside_turn(topic: Topic, judged: Reversal, language: Language) -> str:
    """Say whether riket's figure changed the same way between the same periods, where it changed enough to matter."""
    if judged.nation_change is None or judged.nation_before is None:
        return ""
    if not matters(judged.nation_change, judged.nation_before, topic.indicator):
        return ""
    return _NATION[1 if judged.nation_change * judged.change > 0 else -1].to(language)
