"""The building blocks of a sentence that do not depend on what is said: amounts, rates, years, places, groups.

Every number in a sentence passes through here, so that it is written one way only: a decimal comma in Swedish, thin
spaces in thousands, the unit's own decimals. A magnitude is written without its sign only by functions whose name
says so (``size``); the word beside it must then come from the sign.
"""

from __future__ import annotations

from dataclasses import dataclass

from vagvisare.assessment.definition import Collection, Group, Indicator
from vagvisare.terms.language import NO_BREAK_SPACE, Language, Text, number
from vagvisare.terms.period import Period
from vagvisare.terms.series import NATION, TOTAL, SeriesKey
from vagvisare.terms.territory import TERRITORIES, Kind
from vagvisare.terms.unit import Unit, UnitClass

SURVEY_MARGIN = 3.0
"""Percentage points: about the margin of error of a thousand interviews; smaller differences are not news."""

_SEXES = {"K": Text("kvinnor", "women"), "M": Text("män", "men")}
_SINGULAR = {"companies": "company", "inhabitants": "inhabitant", "hectares": "hectare"}
_COUNTED = {
    Language.SV: ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"),
    Language.EN: (
        *("no", "one", "two", "three", "four", "five", "six"),
        *("seven", "eight", "nine", "ten", "eleven", "twelve"),
    ),
}
_ORDINALS = {
    Language.SV: (
        *("nollte", "första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde"),
        *("åttonde", "nionde", "tionde", "elfte", "tolfte", "trettonde", "fjortonde", "femtonde"),
    ),
    Language.EN: (
        *("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh"),
        *("eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth"),
    ),
}


@dataclass(frozen=True, slots=True)
class Topic:
    """What a sentence speaks of: an indicator, a territory, and a group where it is not everybody.

    ``margin`` is the 95 % interval of the latest figure in its own unit, where a sample was asked and it is known.
    """

    indicator: Indicator
    territory: str
    group: Group | None = None
    margin: tuple[float, float] | None = None

    @classmethod
    def of(cls, key: SeriesKey, indicator: Indicator) -> Topic:
        """Build the topic of a series; a group the indicator does not declare is named by its codes."""
        if key.is_total:
            return cls(indicator, key.territory)
        return cls(indicator, key.territory, _group(key, indicator))

    @property
    def unit(self) -> Unit:
        """The unit with its words."""
        return self.indicator.unit_words

    @property
    def is_survey(self) -> bool:
        """Tell whether a sample was asked, so that small differences may be chance."""
        return self.indicator.collection is Collection.SURVEY

    @property
    def is_total_of_territory(self) -> bool:
        """Tell whether the figure grows with the territory's size, so that territories cannot be compared by it."""
        return self.unit.unit_class is UnitClass.COUNT or self.indicator.unit == "million_sek"

    def subject(self, language: Language) -> str:
        """The noun phrase, lower case; for a group the wording that leaves room for the group's name."""
        return self.indicator.subject.to(language) if self.group is None else self.measure(language)

    def measure(self, language: Language) -> str:
        """The noun phrase without any group, for sentences that name the groups themselves."""
        return (self.indicator.group_subject or self.indicator.subject).to(language)

    def among(self, language: Language) -> str:
        """Return " bland kvinnor" / " among women", or nothing for everybody."""
        if self.group is None:
            return ""
        return f" {'bland' if language is Language.SV else 'among'} {self.group.name.to(language)}"

    def place(self, language: Language) -> str:
        """Return "i Örebro län", "bland kvinnor i Örebro län" / "in Örebro County"."""
        where = f"{'i' if language is Language.SV else 'in'} {place_name(self.territory, language)}"
        return f"{self.among(language)} {where}".strip()


def _group(key: SeriesKey, indicator: Indicator) -> Group:
    for group in indicator.groups:
        if (group.sex, group.background) == (key.sex, key.background):
            return group
    people = _SEXES.get(key.sex, Text("invånare", "inhabitants"))
    if not key.background:
        return Group(key.sex, "", people)
    name = Text(f"{people.sv} ({key.background})", f"{people.en} ({key.background})")
    return Group(key.sex or TOTAL, key.background, name)


def place_name(territory: str, language: Language) -> str:
    """Return a territory's name in running text: "Örebro län", "riket", "Hallsbergs kommun" never inflected."""
    found = TERRITORIES.get(territory)
    if found is None:
        return territory
    if territory == NATION:
        return "riket" if language is Language.SV else "Sweden"
    if found.kind is Kind.MUNICIPALITY:
        return found.name.sv
    return found.name_in(language)


def capital(text: str) -> str:
    """Return ``text`` with its first letter in upper case, the rest untouched."""
    return text[:1].upper() + text[1:]


def counted(count: int, language: Language) -> str:
    """Write a small count as a word, as running text does up to twelve."""
    words = _COUNTED[language]
    return words[count] if 0 <= count < len(words) else number(count, language)


def ordinal(count: int, language: Language) -> str:
    """Write an ordinal as a word: "femte", "fifth"; digits from sixteen on."""
    words = _ORDINALS[language]
    if 0 <= count < len(words):
        return words[count]
    teens = count % 100 in (11, 12, 13)
    if language is Language.SV:
        return f"{count}:{'a' if count % 10 in (1, 2) and not teens else 'e'}"
    return f"{count}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"


def amount(topic: Topic, value: float, language: Language) -> str:
    """Write a figure with its unit; the unit is left out where the subject has already named what is counted."""
    figure = topic.unit.figure(value, language)
    name = topic.unit.name.to(language)
    if not name or _already_said(topic, language):
        return figure
    return figure + NO_BREAK_SPACE + _agreeing(figure, name, language)


def again(topic: Topic, value: float, language: Language) -> str:
    """Write a figure a second time in a sentence: a unit of several words is not repeated."""
    if " " in topic.unit.name.sv:
        return topic.unit.figure(value, language)
    return amount(topic, value, language)


def _already_said(topic: Topic, language: Language) -> bool:
    """Tell whether "antalet företag" would become "antalet företag … 1 450 företag"."""
    if topic.unit.code not in {"companies", "persons"}:
        return False
    return topic.unit.name.to(language) in topic.indicator.subject.to(language)


def _agreeing(figure: str, name: str, language: Language) -> str:
    if language is Language.EN and figure == "1":
        return _SINGULAR.get(name, name)
    return name


def size(topic: Topic, value: float, language: Language) -> str:
    """Write how large a difference is, without its sign: the word beside it ("högre", "ökade") carries the sign."""
    figure = number(abs(value) / topic.unit.divide, language, topic.unit.decimals)
    name = topic.unit.difference.to(language)
    return figure + NO_BREAK_SPACE + _agreeing(figure, name, language) if name else figure


def vanishes(topic: Topic, value: float) -> bool:
    """Tell whether a difference is gone once rounded as its unit is."""
    return round(value / topic.unit.divide, topic.unit.decimals) == 0


def dated(text: str, period: Period, language: Language) -> str:
    """Put the period after an amount: "41,2 procent 2025", "1 450 (2021)", "12 procent åren 2021–2024"."""
    if language is Language.EN:
        return f"{text} in {period.label}"
    if text[-1:].isdigit() or text.endswith("år"):  # two numbers in a row, or "83,4 år 2025", would be misread
        return f"{text} ({period.label})"
    return f"{text} åren {period.label}" if period.years > 1 else f"{text} {period.label}"


def round_amount(topic: Topic, value: float, language: Language) -> str:
    """Write a target's level: without decimals where it has none ("85 procent")."""
    unit = topic.unit
    if value / unit.divide != round(value / unit.divide):
        return amount(topic, value, language)
    return amount(topic, value, language).replace(
        unit.figure(value, language), number(value / unit.divide, language), 1
    )


def when(period: Period, language: Language) -> str:
    """Return a period as an adverbial: "2024", "åren 2021–2024", "in 2024"."""
    if language is Language.EN:
        return f"in {period.label}"
    return f"åren {period.label}" if period.years > 1 else period.label


def since(period: Period, language: Language) -> str:
    """Return "sedan 2010", "sedan åren 2005–2008", "since 2010"."""
    if language is Language.EN:
        return f"since {period.label}"
    return f"sedan åren {period.label}" if period.years > 1 else f"sedan {period.label}"
