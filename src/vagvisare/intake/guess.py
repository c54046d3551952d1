"""A first definition of an indicator, guessed from what its source says; every guess is written down, to be confirmed.

Nothing is translated here and no direction is made up: where the source or somebody known has not said it, the
definition says so, and a person decides.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from io import StringIO

from vagvisare.assessment.definition import Collection, Direction, Indicator, ReleaseRule
from vagvisare.intake.guess_described import KOLADA, Described
from vagvisare.intake.guess_query import Asked
from vagvisare.intake.guess_wording import plain
from vagvisare.sources import kolada
from vagvisare.sources.kolada import catalogue
from vagvisare.sources.kolada.units import Guess, guess
from vagvisare.sources.query import Dataset, Standing
from vagvisare.terms.language import Text
from vagvisare.terms.unit import UNITS, UnitClass

ANY_UNIT = "number"
"""The unit of figures whose unit is not among ours, until somebody has chosen one."""

_DIRECTIONS = {"higher_is_better": Direction.HIGHER, "lower_is_better": Direction.LOWER, "context": Direction.NEUTRAL}
_WHICH_WAY = {
    Direction.HIGHER: Text("högre är bättre", "higher is better"),
    Direction.LOWER: Text("lägre är bättre", "lower is better"),
    Direction.NEUTRAL: Text("ingendera är bättre", "neither is better"),
}
_SURVEY = re.compile(r"enkät|undersökning|självskatt|uppger|tillfrågad|osäkerhetstal|survey", re.IGNORECASE)
_STATED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), unit)
    for pattern, unit in (
        (r"procent(?!enhet)|^%$|per ?cent(?!age point)|percentage(?! point)|^andel", "percent"),
        (r"^(?:tkr|tusen kronor|1000 kr|kkr)$", "thousand_sek"),
        (r"^(?:mnkr|mkr|miljoner kronor|mn kr)$", "million_sek"),
        (r"^(?:personer|antal personer|invånare|persons|number of persons)$", "persons"),
        (r"^(?:företag|antal företag)$", "companies"),
        (r"^(?:år|years)$", "years"),
        (r"^(?:dagar|days)$", "days"),
        (r"^(?:hektar|ha|hectares)$", "hectares"),
    )
)
_PEOPLE = re.compile(r"^(?:folkmängd|befolkning|invånare|antal personer|population)", re.IGNORECASE)
_LONGEST = 2_000
"""Characters of a source's own text that a definition quotes."""

_LATEST = 5
"""How many years after the year they are of figures can be taken to come."""


@dataclass(frozen=True, slots=True)
class Guessed:
    """A proposed definition, and each guess in it in words, without the heading ”Att bekräfta”."""

    indicator: Indicator
    dataset: Dataset
    guesses: tuple[Text, ...]


def guessed(
    described: Described, asked: Asked, key: str, *, watches: Sequence[str] = (), today: date, by: str = ""
) -> Guessed:
    """Return a definition of what a table has, with every guess told.

    Args:
        described: what the source says of the table.
        asked: the queries, and what stands on a guess in them.
        key: what indicator and data set are to be called.
        watches: addresses in the strategy that the indicator watches.
        today: the day the source was read.
        by: who adds it; "" leaves it unsaid.
    """
    title = plain(described.shape.title, 300) or described.shape.table
    unit, unit_told = _unit(described, asked, title)
    direction, direction_told = _direction(described)
    release, release_told = _release(described, asked.latest, today)
    money = UNITS[unit].unit_class is UnitClass.MONEY
    guesses = (
        unit_told,
        direction_told,
        Text(
            "meningarnas första ord (subject) är titeln inom citattecken; skriv dem så att de kan läsas högt",
            "the first words of sentences (subject) are the title in quotation marks; write them to be read aloud",
        ),
        *_language(described),
        *((_prices(),) if money else ()),
        _collection(described)[1],
        release_told,
        *asked.guesses,
    )
    indicator = Indicator(
        key=key,
        dataset=key,
        title=_title(described, title),
        subject=_subject(described, title),
        unit=unit,
        direction=direction,
        collection=_collection(described)[0],
        definition=_definition(described, title),
        background=asked.background,
        price_basis="current" if money else "",
        release=release,
        watches=tuple(watches),
        sex=asked.sex,
        notes=(*(_to_confirm(each) for each in guesses), *_added(by, today)),
    )
    dataset = Dataset(
        key=key,
        source=described.source.name,
        title=title,
        producer=described.source.title,
        unit=unit,
        queries=asked.queries,
        reference=_reference(described, today),
    )
    return Guessed(indicator, dataset, guesses)


def verified(found: Guessed, latest: int | None, next_release: date | None, today: date) -> Guessed:
    """Return the definition once its source has answered: its standing, and the release rule the figures now tell."""
    rule = _rule(latest, next_release, today)
    indicator = found.indicator
    if rule is not None and latest is not None and next_release is not None and rule != indicator.release:
        told = _release_told(rule, next_release, known=True)
        old = [each for each in indicator.notes if "(release)" in each.sv]
        notes = tuple(_to_confirm(told) if each in old else each for each in indicator.notes)
        indicator = replace(indicator, release=rule, notes=notes)
    return replace(found, indicator=indicator, dataset=replace(found.dataset, standing=Standing.LIVE))


def _to_confirm(told: Text) -> Text:
    return Text(f"Att bekräfta: {told.sv}.", f"To confirm: {told.en}.")


def _added(by: str, today: date) -> tuple[Text, ...]:
    name = plain(by, 80)
    return (Text(f"Tillagd {today} av {name}.", f"Added {today} by {name}."),) if name else ()


def _unit(described: Described, asked: Asked, title: str) -> tuple[str, Text]:
    """Return a unit of ours: what the source states, else what the title seems to say."""
    stated = plain(asked.unit, 60).strip()
    for pattern, unit in _STATED if described.kind != KOLADA else ():
        if stated and pattern.search(stated):
            return unit, _unit_told(unit, Text(f"ur källans ”{stated}”", f"from the source's “{stated}”"))
    seems = guess(title)
    if not seems.unit and described.kind != KOLADA and _PEOPLE.search(title) and stated.casefold() == "antal":
        seems = Guess("persons", UnitClass.COUNT)
    if seems.unit and seems.unit != ANY_UNIT:
        return seems.unit, _unit_told(seems.unit, Text("ur titeln", "from the title"))
    said = Text(f" (källan säger ”{stated}”)", f" (the source says “{stated}”)") if stated else Text("", "")
    return ANY_UNIT, Text(
        f"enheten finns inte bland våra{said.sv}, så siffrorna visas utan enhet och bedöms på en rak skala; "
        "välj en enhet i unit",
        f"the unit is not among ours{said.en}, so figures are shown without one and judged on a straight scale; "
        "choose one in unit",
    )


def _unit_told(unit: str, whence: Text) -> Text:
    name = UNITS[unit].name
    return Text(
        f"enheten är {name.sv} ({unit}), gissad {whence.sv}", f"the unit is {name.en} ({unit}), guessed {whence.en}"
    )


def _direction(described: Described) -> tuple[Direction, Text]:
    """Return which way is better where somebody known has said so, else that nobody has."""
    known = _directions().get(described.shape.table, ("", "")) if described.kind == KOLADA else ("", "")
    direction = _DIRECTIONS.get(known[0])
    if direction is None:
        return Direction.NEUTRAL, Text(
            "ingen har sagt vilket håll som är bättre, så riktningen är neutral; skriv higher eller lower i direction",
            "nobody has said which way is better, so the direction is neutral; write higher or lower in direction",
        )
    way, where = _WHICH_WAY[direction], plain(known[1], 120)
    return direction, Text(f"{way.sv}, enligt {where}", f"{way.en}, according to {where}")


@cache
def _directions() -> Mapping[str, tuple[str, str]]:
    text = files(kolada).joinpath("directions.csv").read_text(encoding="utf-8")
    return {row["kpi"]: (row["direction"], row["source"]) for row in csv.DictReader(StringIO(text))}


def _collection(described: Described) -> tuple[Collection, Text]:
    text = f"{described.shape.title} {described.shape.definition}"
    if _SURVEY.search(text):
        return Collection.SURVEY, Text(
            "källans ord tyder på en urvalsundersökning (survey)", "the source's words suggest a sample survey"
        )
    return Collection.REGISTER, Text(
        "siffrorna antas gälla alla, ur register (register)", "figures are taken to be of everybody, from registers"
    )


def _title(described: Described, title: str) -> Text:
    if described.is_english:
        return Text(f"{title} (på engelska)", title)
    return Text(title, plain(described.english, 300) or f"{title} (in Swedish)")


def _subject(described: Described, title: str) -> Text:
    english = plain(described.english, 300) or title
    sv, en = (text.replace("”", "’").replace("“", "‘") for text in (title, english))
    return Text(f"måttet ”{sv}”", f"the measure “{en}”")


def _language(described: Described) -> tuple[Text, ...]:
    if described.is_english:
        return (Text("titeln är källans egen på engelska; översätt", "the title is the source's own; translate it"),)
    if described.english:
        return (Text("den engelska titeln är källans egen", "the English title is the source's own"),)
    what = Text(
        "den engelska titeln är källans svenska; översätt", "the English title is the Swedish one; translate it"
    )
    return (what,)


def _definition(described: Described, title: str) -> Text:
    lines = (plain(line, _LONGEST) for line in described.shape.definition.splitlines())
    own = plain("; ".join(line for line in lines if line), _LONGEST)
    if not own:
        return Text(
            f"Källans titel: ”{title}”. Källans beskrivning är inte läst.",
            f"The source's title: “{title}”. The source's description has not been read.",
        )
    if described.is_english:
        return Text(f"Källans egen text, på engelska: ”{own}”", f"The source's own text: “{own}”")
    return Text(f"Källans egen text: ”{own}”", f"The source's own text, in Swedish: “{own}”")


def _prices() -> Text:
    return Text("beloppen antas vara i löpande priser (current)", "amounts are taken to be in current prices (current)")


def _release(described: Described, latest: int | None, today: date) -> tuple[ReleaseRule | None, Text]:
    day = described.shape.next_release
    rule = _rule(latest, day, today)
    if rule is None or day is None:
        return None, Text(
            "när siffrorna brukar komma är inte känt; skriv release",
            "when figures usually come is not known; write release",
        )
    return rule, _release_told(rule, day, known=latest is not None)


def _rule(latest: int | None, day: date | None, today: date) -> ReleaseRule | None:
    """Return when figures usually come.

    A day still to come is that of the year after the latest; one that has passed was the latest's own. A day many years
    from what it is of says nothing.
    """
    if day is None:
        return None
    after = 1 if latest is None else day.year - latest - (1 if day > today else 0)
    return ReleaseRule(after, day.month) if 0 <= after <= _LATEST else None


def _release_told(rule: ReleaseRule, day: date, *, known: bool) -> Text:
    month, after = rule.month, rule.years_after
    years = "1 year" if after == 1 else f"{after} years"
    sv, en = ("", "") if known else (" (antalet år är gissat)", " (the number of years is a guess)")
    return Text(
        f"siffror antas komma i månad {month}, {after} år efter det år de gäller{sv}, "
        f"av källans publiceringsdag {day} (release)",
        f"figures are taken to come in month {month}, {years} after the year they are of{en}, "
        f"from the source's day of publication {day} (release)",
    )


def _reference(described: Described, today: date) -> str:
    if described.listed:
        return f"Kolada, den medföljande förteckningen ({catalogue.AS_LISTED})"
    return f"{described.source.title}, {plain(described.shape.table)}, läst {today}"
