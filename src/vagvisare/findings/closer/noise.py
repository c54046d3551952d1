"""The words for noise: how certain the latest figure is, and whether the latest change is news."""

from __future__ import annotations

from vagvisare.assessment.closer.values import Interval, Noise
from vagvisare.findings.closer.differences import Differences
from vagvisare.findings.explain_trend import both
from vagvisare.findings.grammar import Topic, amount, when
from vagvisare.findings.provisos import prices
from vagvisare.terms.language import Language, Text, listing

SV = Language.SV

_SOURCES = {
    Interval.GIVEN: Text("producenten har publicerat den", "the producer has published it"),
    Interval.STANDARD_ERROR: Text(
        "den är räknad ur producentens medelfel", "it is computed from the producer's standard error"
    ),
    Interval.BYAR: Text(
        "den är räknad ur hur många händelser siffran bygger på",
        "it is computed from how many events the figure rests on",
    ),
}
_ASKED = Text("den är räknad ur hur många som har svarat", "it is computed from how many answered")
_COUNTED = Text(
    "den är räknad ur hur många som andelen bygger på", "it is computed from how many people the share rests on"
)
MISSING = Text("Felmarginal saknas i uppgifterna.", "The source gives no margin of error.")
_MISSING_SURVEY = Text(
    "Felmarginal saknas i uppgifterna, trots att de kommer från en urvalsundersökning.",
    "The source gives no margin of error, although the figures come from a sample survey.",
)
_ALONE = Text("Det finns ingen tidigare mätning att jämföra med.", "There is no earlier measurement to compare with.")


def noise(topic: Topic, found: Noise) -> tuple[Text, ...]:
    """Say how certain the latest figure is, what noise usually allows, and whether the latest change is more.

    Returns:
        One to three texts of whole sentences.
    """
    said = [both(lambda language: _margin(topic, found, language))]
    if found.limits is not None:
        said.append(both(lambda language: _limits(topic, found, language)))
    return (*said, both(lambda language: _change(topic, found, language)))


def _margin(topic: Topic, found: Noise, language: Language) -> str:
    if found.low is None or found.high is None:
        return (_MISSING_SURVEY if topic.is_survey else MISSING).to(language)
    span = _span(topic, (found.low, found.high), language)
    how = _how(topic, found.source).to(language)
    if language is SV:
        years = f"åren {found.period.label}" if found.period.years > 1 else found.period.label
        return f"Felmarginalen för {years} går från {span}; {how}."
    return f"The margin of error for {found.period.label} is from {span}; {how}."


def _how(topic: Topic, source: Interval) -> Text:
    if source is Interval.WILSON:
        return _ASKED if topic.is_survey else _COUNTED
    return _SOURCES[source]


def _span(topic: Topic, ends: tuple[float, float], language: Language) -> str:
    low, high = topic.unit.figure(ends[0], language), amount(topic, ends[1], language)
    return f"{low} {'till' if language is SV else 'to'} {high}{prices(topic, language)}"


def _limits(topic: Topic, found: Noise, language: Language) -> str:
    if found.limits is None:
        return ""
    low, high = topic.unit.figure(found.limits[0], language), amount(topic, found.limits[1], language)
    at, basis = when(found.period, language), prices(topic, language)
    if language is SV:
        return f"Räknat från trendens linje {at} håller slumpen nästan alltid värdet mellan {low} och {high}{basis}."
    return f"Around the trend line {at} chance nearly always keeps the figure between {low} and {high}{basis}."


def _change(topic: Topic, found: Noise, language: Language) -> str:
    if found.previous is None or found.change is None:
        return _ALONE.to(language)
    before, now = found.previous.label, found.period.label
    margins = [
        (margin, words)
        for margin, words in (
            (found.sampling_margin, Text("från felmarginalen", "from the margin of error")),
            (found.process_margin, Text("från seriens vanliga svängningar", "from the usual swings of the series")),
        )
        if margin is not None
    ]
    sizes = Differences(topic, (found.change, *(margin for margin, _ in margins)))
    change, *limits = sizes.written(language, last=1 + len(margins))
    limits = [limit.removeprefix("+") for limit in limits]
    if language is SV:
        opening = f"Förändringen från {before} till {now} är {change}."
    else:
        opening = f"The change from {before} to {now} is {change}."
    if found.broken is not None:
        return f"{opening} {_broken(found, language)}"
    if not margins:
        return f"{opening} {_unknown(language)}"
    parts = [f"{limit} {words.to(language)}" for limit, (_, words) in zip(limits, margins, strict=True)]
    return f"{opening} {_verdict(parts, language, news=bool(found.news))}"


def _verdict(parts: list[str], language: Language, *, news: bool) -> str:
    allowed = listing(parts, language)
    if language is SV:
        if news:
            return f"Det är mer än slumpen brukar ge (upp till {allowed}), så förändringen är en nyhet."
        return f"Så mycket kan slumpen ge (upp till {allowed}), så förändringen är i sig ingen nyhet."
    if news:
        return f"That is more than chance usually gives (up to {allowed}), so the change is news."
    return f"Chance can give as much (up to {allowed}), so the change in itself is no news."


def _broken(found: Noise, language: Language) -> str:
    year = found.broken.at.label if found.broken is not None else ""
    if language is SV:
        return f"Underlaget ändrades {year}, så förändringen säger inget säkert."
    return f"The source changed in {year}, so the change says nothing certain."


def _unknown(language: Language) -> str:
    return Text(
        "Om den är större än slumpen brukar ge går inte att säga, eftersom mätningarna är för få.",
        "Whether it is larger than chance usually gives cannot be told, as the measurements are too few.",
    ).to(language)
