"""Words for how a verdict stands other reasonable choices: "håller i 4 av 5 rimliga val", and which do not hold."""

from __future__ import annotations

from collections.abc import Mapping

from vagvisare.assessment.closer.values import Alternative, Choice, Robustness
from vagvisare.assessment.definition import Event, Indicator
from vagvisare.assessment.judgement import Movement, PaceVerdict, Verdict
from vagvisare.findings.grammar import capital
from vagvisare.findings.labels import verdict_word
from vagvisare.terms.language import Language, Text, listing

SV = Language.SV
_QUOTES = {Language.SV: ("”", "”"), Language.EN: ("“", "”")}


def short(found: Robustness) -> Text:
    """Return "håller i 4 av 5 rimliga val" for a badge; nothing where no other choice could be tried."""
    if not found.of:
        return Text("", "")
    return Text(
        f"håller i {found.holds} av {found.of} rimliga val",
        f"holds under {found.holds} of {found.of} reasonable choices",
    )


def sentence(found: Robustness, indicators: Mapping[str, Indicator], events: Mapping[str, Event]) -> Text:
    """Say how many choices the verdict holds under, and name each that gives another.

    Args:
        found: the choices tried.
        indicators: contracts by key, for the titles of siblings; a key unknown here is written as it is.
        events: declared events by key, likewise.
    """
    return Text(*(_sentence(found, _Names(indicators, events), language) for language in (Language.SV, Language.EN)))


def exceptions(found: Robustness, indicators: Mapping[str, Indicator], events: Mapping[str, Event]) -> Text:
    """Name the choices that give another verdict, and which; nothing where the verdict holds under all."""
    names = _Names(indicators, events)
    return Text(*(" ".join(_exceptions(found, names, language)) for language in (Language.SV, Language.EN)))


def choice(each: Alternative, indicators: Mapping[str, Indicator], events: Mapping[str, Event]) -> Text:
    """Return what one choice changes, as the words of a row: "Med bara mätningarna 2016–2025"."""
    names = _Names(indicators, events)
    return Text(*(capital(_words(each, names, language)) for language in (Language.SV, Language.EN)))


def answer(each: Alternative) -> Text:
    """Return the word one choice gives."""
    of_target = each.choice is Choice.BASE_YEAR
    return Text(*(_verdict(each.verdict, of_target=of_target, language=language) for language in Language))


class _Names:
    """The words for what an alternative changes."""

    def __init__(self, indicators: Mapping[str, Indicator], events: Mapping[str, Event]) -> None:
        self._indicators, self._events = indicators, events

    def event(self, key: str, language: Language) -> str:
        """Return a declared event's name."""
        return self._events[key].name.to(language) if key in self._events else key

    def sibling(self, key: str, language: Language) -> str:
        """Return a sibling's title within quotation marks."""
        return _quoted(self._indicators[key].title.to(language) if key in self._indicators else key, language)


def _quoted(words: str, language: Language) -> str:
    before, after = _QUOTES[language]
    return f"{before}{words}{after}"


def _sentence(found: Robustness, names: _Names, language: Language) -> str:
    if not found.of:
        return Text(
            "Det finns inget annat rimligt val att pröva bedömningen mot.",
            "There is no other reasonable choice to try the verdict against.",
        ).to(language)
    return " ".join([_count(found, language), *_exceptions(found, names, language)])


def _exceptions(found: Robustness, names: _Names, language: Language) -> list[str]:
    by_verdict: dict[tuple[bool, str], list[str]] = {}
    for each in found.alternatives:
        if each.holds:
            continue
        of_target = each.choice is Choice.BASE_YEAR
        by_verdict.setdefault((of_target, each.verdict), []).append(_words(each, names, language))
    return [
        _failing(verdict, choices, of_target=of_target, language=language)
        for (of_target, verdict), choices in by_verdict.items()
    ]


def _count(found: Robustness, language: Language) -> str:
    holds, of = found.holds, found.of
    if of == 1:
        yes = Text(
            "Bedömningen håller också i det enda andra rimliga val som går att pröva.",
            "The verdict also holds under the only other reasonable choice that can be tried.",
        )
        no = Text(
            "Bedömningen håller inte i det enda andra rimliga val som går att pröva.",
            "The verdict does not hold under the only other reasonable choice that can be tried.",
        )
        return (yes if holds else no).to(language)
    if holds == of:
        return Text(
            f"Bedömningen håller i alla {of} rimliga val.", f"The verdict holds under all {of} reasonable choices."
        ).to(language)
    if not holds:
        return Text(
            f"Bedömningen håller inte i något av {of} rimliga val.",
            f"The verdict holds under none of {of} reasonable choices.",
        ).to(language)
    return Text(
        f"Bedömningen håller i {holds} av {of} rimliga val.",
        f"The verdict holds under {holds} of {of} reasonable choices.",
    ).to(language)


def _failing(verdict: str, choices: list[str], *, of_target: bool, language: Language) -> str:
    word = _quoted(_verdict(verdict, of_target=of_target, language=language), language)
    named = capital(listing(choices, language))
    if language is SV:
        return f"{named} blir {'bedömningen av målet' if of_target else 'den'} i stället {word}."
    return f"{named}, {'the verdict on the target' if of_target else 'it'} is instead {word}."


def _verdict(word: str, *, of_target: bool, language: Language) -> str:
    """Return a stored word in ``language``: a pace's, a trend's, or a movement's where neither way is better."""
    kinds = (PaceVerdict,) if of_target else (Verdict, Movement)
    return next((verdict_word(kind(word), language) for kind in kinds if word in set(kind)), word)


def _words(each: Alternative, names: _Names, language: Language) -> str:
    detail = each.detail.replace("-", "–")
    sv, en = {
        Choice.WINDOW: (f"med bara mätningarna {detail}", f"with only the measurements of {detail}"),
        Choice.WITHOUT_LATEST: (f"utan mätningen {detail}", f"without the measurement of {detail}"),
        Choice.WITHOUT_EVENT: (
            f"utan åren för {names.event(each.detail, language)}",
            f"without the years of {names.event(each.detail, language)}",
        ),
        Choice.DEFINITION: (
            f"med måttet {names.sibling(each.detail, language)}",
            f"by the measure {names.sibling(each.detail, language)}",
        ),
        Choice.SPLICED: (
            f"med den äldre serien skarvad på {detail}",
            f"with the older series joined on at {detail}",
        ),
        Choice.BASE_YEAR: _base(detail),
    }[each.choice]
    return sv if language is SV else en


def _base(detail: str) -> tuple[str, str]:
    years, _, target = detail.partition(":")
    if "–" in years:
        return (
            f"med medelvärdet för {years} som bas för målet till {target}",
            f"with the mean of {years} as the base of the target for {target}",
        )
    return (
        f"med {years} som basår för målet till {target}",
        f"with {years} as the base year of the target for {target}",
    )
