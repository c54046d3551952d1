"""Checks of a target: that it has what its kind needs, nothing its kind ignores, and that its words and years fit."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from vagvisare.assessment.comparison import is_county
from vagvisare.assessment.definition import Composite, Direction, Indicator, Target, TargetKind
from vagvisare.assessment.targets.composite import is_mean
from vagvisare.editions.check import Problem, unknown
from vagvisare.terms.language import Language, Text, number
from vagvisare.terms.territory import COUNTIES, TERRITORIES
from vagvisare.terms.unit import UNITS

_NEEDS: dict[TargetKind, tuple[str, ...]] = {
    TargetKind.ABSOLUTE: ("value", "year"),
    TargetKind.RELATIVE_TO_BASE: ("value", "base_year", "year"),
    TargetKind.INCREMENT: ("value", "base_year", "year"),
    TargetKind.DIRECTION: (),
    TargetKind.FLOOR: ("value",),
    TargetKind.CEILING: ("value",),
    TargetKind.ABOVE_NATION: (),
    TargetKind.CONVERGES: (),
    TargetKind.AS_FAST: (),
    TargetKind.ABOVE_PEERS: ("peers",),
    TargetKind.ABOVE_COMPOSITE: ("composite",),
    TargetKind.RANK: ("value",),
    TargetKind.GAP_SHRINKS: ("groups",),
}
_FROM_NOW_ON = (TargetKind.ABSOLUTE, TargetKind.RELATIVE_TO_BASE, TargetKind.INCREMENT)
_MAY: dict[TargetKind, tuple[str, ...]] = {
    **dict.fromkeys(_FROM_NOW_ON, ("milestones",)),
    TargetKind.AS_FAST: ("peers",),
}
_SPECIAL = ("value", "peers", "groups", "composite", "milestones")
"""Fields that say something to some kinds only; years may stand beside any wording."""

_NEUTRAL = (*_FROM_NOW_ON, TargetKind.FLOOR, TargetKind.CEILING, TargetKind.RANK, TargetKind.CONVERGES)
"""Kinds that say themselves which way to go, so that neither direction need be the better."""

_SWAP = Text("Byt plats på dem.", "Swap them.")


@dataclass(frozen=True, slots=True)
class Known:
    """What a target may name: indicators, which of them count people or things, and the groups in the figures.

    ``groups`` is None where the figures could not be read.
    """

    indicators: frozenset[str]
    counts: frozenset[str]
    groups: Collection[str] | None


def check_target(target: Target, indicator: Indicator, known: Known) -> Iterator[Problem]:
    """Yield every problem of one target."""
    yield from _fields(target)
    yield from _years(target)
    yield from _value(target, indicator)
    yield from _milestones(target, indicator)
    for at, code in enumerate(target.peers):
        yield from unknown(target, ("peers", at), code, TERRITORIES, "områdeskod")
    if target.composite is not None and target.kind is TargetKind.ABOVE_COMPOSITE:
        yield from _composite(target.composite, indicator, known)
    if indicator.direction is Direction.NEUTRAL and target.kind not in _NEUTRAL:
        what = Text(
            "Ett mål behöver veta vilket håll som är bättre, men indikatorn är neutral.",
            "A target needs to know which way is better, but the indicator is neutral.",
        )
        hint = Text(
            'Skriv direction = "higher" eller "lower" för indikatorn.',
            'Write direction = "higher" or "lower" for the indicator.',
        )
        yield Problem(target, ("kind",), what, hint)
    if known.groups:
        for at, group in enumerate(target.groups or ()):
            yield from unknown(target, ("groups", at), group, known.groups, "grupp")


def _fields(target: Target) -> Iterator[Problem]:
    kind = target.kind.value
    for field in _NEEDS[target.kind]:
        if _empty(target, field):
            what = Text(f"Ett mål av slaget {kind} behöver {field}.", f"A target of the kind {kind} needs {field}.")
            yield Problem(target, (field,), what, Text(f"Lägg till {field}.", f"Add {field}."))
    for field in _SPECIAL:
        if field not in (*_NEEDS[target.kind], *_MAY.get(target.kind, ())) and not _empty(target, field):
            name = "milestone" if field == "milestones" else field
            what = Text(
                f"Ett mål av slaget {kind} använder inte {name}.",
                f"A target of the kind {kind} makes no use of {name}.",
            )
            hint = Text(f"Ta bort {name}, eller välj ett annat kind.", f"Remove {name}, or choose another kind.")
            yield Problem(target, (name,), what, hint)


def _empty(target: Target, field: str) -> bool:
    content = getattr(target, field)
    return not content and content != 0.0


def _years(target: Target) -> Iterator[Problem]:
    for field in ("base_year", "year"):
        year = getattr(target, field)
        if year is not None and not 1700 <= year <= 2200:
            what = Text(f"{year} är inget år.", f"{year} is no year.")
            hint = Text("Skriv fyra siffror, till exempel 2030.", "Write four digits, such as 2030.")
            yield Problem(target, (field,), what, hint)
    if target.base_year and target.year and target.base_year >= target.year:
        what = Text("Basåret kommer inte före målåret.", "The base year does not come before the target year.")
        yield Problem(target, ("base_year",), what, _SWAP)


def _value(target: Target, indicator: Indicator) -> Iterator[Problem]:
    """Check that a place is a place, and that a level is one the figure can have."""
    if target.value is None:
        return
    if target.kind is TargetKind.RANK:
        if not (target.value == int(target.value) and 1 <= target.value <= len(COUNTIES)):
            said = _text(target.value)
            what = Text(f"{said.sv} är ingen plats bland länen.", f"{said.en} is no place among the counties.")
            hint = Text(f"Skriv ett heltal, 1–{len(COUNTIES)}.", f"Write a whole number, 1–{len(COUNTIES)}.")
            yield Problem(target, ("value",), what, hint)
        return
    stated = (TargetKind.ABSOLUTE, TargetKind.FLOOR, TargetKind.CEILING)
    bounds = indicator.bounds if indicator.unit in UNITS and target.kind in stated else None
    if bounds is not None and not bounds[0] <= target.value <= bounds[1]:
        said, low, high = (_text(value) for value in (target.value, *bounds))
        what = Text(
            f"Nivån {said.sv} ligger utanför gränserna {low.sv}–{high.sv}.",
            f"The level {said.en} lies outside the limits {low.en}–{high.en}.",
        )
        hint = Text(
            "Kontrollera måttenheten: en andel skrivs i procent, 80 och inte 0.8.",
            "Check the unit: a share is written in per cent, 80 and not 0.8.",
        )
        yield Problem(target, ("value",), what, hint)


def _milestones(target: Target, indicator: Indicator) -> Iterator[Problem]:
    if target.kind not in _FROM_NOW_ON:
        return
    before = target.base_year
    for milestone in target.milestones:
        if not 1700 <= milestone.year <= 2200:
            what = Text(f"{milestone.year} är inget år.", f"{milestone.year} is no year.")
            hint = Text("Skriv fyra siffror, till exempel 2025.", "Write four digits, such as 2025.")
            yield Problem(milestone, ("year",), what, hint)
        elif before is not None and milestone.year <= before:
            what = Text(
                f"Delmålet {milestone.year} kommer inte efter {before}.",
                f"The milestone {milestone.year} does not come after {before}.",
            )
            hint = Text(
                "Skriv delmålen i tidsordning, efter basåret.", "Write milestones by year, after the base year."
            )
            yield Problem(milestone, ("year",), what, hint)
        elif target.year is not None and milestone.year >= target.year:
            what = Text(
                f"Delmålet {milestone.year} kommer inte före målåret {target.year}.",
                f"The milestone {milestone.year} does not come before the target year {target.year}.",
            )
            yield Problem(milestone, ("year",), what, Text("Skriv ett tidigare år.", "Write an earlier year."))
        if target.value is not None and _further(milestone.value, target.value, target.kind, indicator):
            what = Text(
                "Delmålet kräver mer än målet det leder till.",
                "The milestone asks for more than the target it leads to.",
            )
            hint = Text(
                "Delmålets value räknas på samma sätt som målets.", "A milestone's value is counted as the target's is."
            )
            yield Problem(milestone, ("value",), what, hint)
        before = milestone.year


def _further(value: float, aim: float, kind: TargetKind, indicator: Indicator) -> bool:
    """Tell whether a milestone lies beyond its target, seen the way the target goes."""
    sense = int(indicator.direction) if kind is TargetKind.ABSOLUTE else (aim > 0) - (aim < 0)
    return sense * (value - aim) > 0


def _composite(composite: Composite, indicator: Indicator, known: Known) -> Iterator[Problem]:
    if not composite.without:
        what = Text("Inget län är undantaget.", "No county is left out.")
        hint = Text(
            'Skriv länens koder, till exempel without = ["01", "12", "14"].',
            'Write the codes of the counties, such as without = ["01", "12", "14"].',
        )
        yield Problem(composite, ("without",), what, hint)
    for at, code in enumerate(composite.without):
        if code in TERRITORIES and not is_county(code):
            what = Text(f"”{code}” är inget län.", f"“{code}” is no county.")
            hint = Text("Undanta län, till exempel 01.", "Leave out counties, such as 01.")
            yield Problem(composite, ("without", at), what, hint)
        else:
            yield from unknown(composite, ("without", at), code, TERRITORIES, "områdeskod")
    yield from unknown(composite, ("weight",), composite.weight, known.indicators, "indikator")
    if composite.weight in known.indicators and composite.weight not in known.counts:
        what = Text(
            f"”{composite.weight}” räknar inte antal, och kan inte väga länen.",
            f"“{composite.weight}” does not count people or things, and cannot weigh the counties.",
        )
        hint = Text("Välj till exempel folkmängden.", "Choose the population, for instance.")
        yield Problem(composite, ("weight",), what, hint)
    if indicator.unit in UNITS and not is_mean(indicator):
        what = Text(
            "Riket utan vissa län kan bara räknas ut för andelar och för mått per invånare.",
            "Sweden without some counties can be computed only for shares and for measures per inhabitant.",
        )
        hint = Text("Välj en indikator per invånare.", "Choose an indicator per inhabitant.")
        yield Problem(composite, ("without",), what, hint)


def _text(value: float) -> Text:
    places = 0 if value == int(value) else 2
    return Text(number(value, Language.SV, places), number(value, Language.EN, places))
