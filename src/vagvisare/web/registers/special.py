"""What some registers show above their table: what follows from the entries taken together, computed each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from vagvisare.editions import timeline, trends
from vagvisare.editions.citation import day
from vagvisare.editions.registers import DateClaim, SteeringInput
from vagvisare.terms.language import Language, Text, listing
from vagvisare.web.registers import snapshot
from vagvisare.web.registers.definition import Column
from vagvisare.web.registers.described import DEFINITIONS
from vagvisare.web.registers.lookups import Lookups
from vagvisare.web.registers.timeline_picture import picture

STATUSES = ("open", "met", "not_met")
UNSUPPORTED_LEVELS = ("effect_goal", "area", "direction")
FEWEST_IN_A_YEAR = 3
"""A year with so many steps or more is part of what the timeline first shows."""


def above(register: str, lookups: Lookups, given: Mapping[str, str], language: Language) -> dict[str, Any]:
    """Return what a register's page shows above the table; empty for those that show nothing."""
    make = _SPECIAL.get(register)
    if make is None or not lookups.entries:
        return {}
    values = [snapshot.value(entry) for entry in lookups.entries]
    return make(values, lookups, given, language)


def _timeline(values: list[Any], lookups: Lookups, given: Mapping[str, str], language: Language) -> dict[str, Any]:
    every = timeline.span(values)
    years = range(every.first.year, every.last.year + 1) if every else range(0)
    busy = Counter(w.first.year for v in values for c in v.claims if (w := timeline.window(c.start)))
    shown = [year for year in years if busy[year] >= FEWEST_IN_A_YEAR] or list(years)
    first, last = _years(given, (shown[0], shown[-1]) if shown else (2000, 2000))
    return {
        "contradictions": [_contradiction(each, lookups, language) for each in timeline.contradictions(values)],
        "slips": [_slip(each, language) for each in timeline.slips(values) if each.late or each.early],
        "broken": [_broken(each, language) for each in timeline.broken_order(values)],
        "picture": picture(values, first, last, language),
        "years": list(years),
        "first": first,
        "last": last,
    }


def _years(given: Mapping[str, str], usual: tuple[int, int]) -> tuple[int, int]:
    told = [given.get(name, "") for name in ("fran", "till")]
    first, last = (
        int(text) if text.isdecimal() and 1900 <= int(text) <= 2200 else usual[at] for at, text in enumerate(told)
    )
    return (first, last) if first <= last else (last, first)


def _contradiction(found: timeline.Contradiction, lookups: Lookups, language: Language) -> dict[str, str]:
    told = {(c.start, c.end): c for c in reversed(found.claims)}
    parts = [
        f"{_dates(claim, language)} ({lookups.cited(str(claim.source), language)})" for claim in reversed(told.values())
    ]
    what = _what(found.occasion, language)
    apart = ""
    if found.days is not None:
        days = _days(found.days, language)
        apart = _in(language, f" De skiljer {days}.", f" They are {days} apart.")
    kind = _in(language, *(("plan", "plan") if found.kind == timeline.PLANNED else ("utfall", "outcome")))
    said = _in(
        language,
        f"{what}: källorna ger olika {kind}: {listing(parts, language)}.",
        f"{what}: the sources give different {kind}s: {listing(parts, language)}.",
    )
    return {"key": found.occasion.key, "text": said + apart}


def _slip(found: timeline.Slip, language: Language) -> dict[str, str]:
    what = _what(found.occasion, language)
    days = found.least if found.late else -found.most
    least = _in(language, "minst ", "at least ") if found.least != found.most else ""
    months = ""
    if found.months:
        months = _in(language, f" ({found.months} hela månader)", f" ({found.months} whole months)")
        if found.months == 1:
            months = _in(language, " (en hel månad)", " (one whole month)")
    way = _in(language, "senare", "later") if found.late else _in(language, "tidigare", "earlier")
    plan, outcome = (_dates(claim, language) for claim in (found.planned, found.actual))
    said = _in(
        language,
        f"{what}: planerat {plan}, utfall {outcome}: {least}{_days(days, language)}{months} {way}.",
        f"{what}: planned {plan}, outcome {outcome}: {least}{_days(days, language)}{months} {way}.",
    )
    return {"key": found.occasion.key, "text": said}


def _broken(found: timeline.BrokenOrder, language: Language) -> dict[str, str]:
    what, first = _what(found.occasion, language), _what(found.waits_for, language)
    sure = "" if found.certain else _in(language, ", enligt minst en av källorna", ", by at least one of the sources")
    said = _in(
        language,
        f"{what} börjar innan det som ska vara klart först är klart: {first}{sure}.",
        f"{what} begins before what must be done first is done: {first}{sure}.",
    )
    return {"key": found.occasion.key, "text": said}


def _trends(values: list[Any], lookups: Lookups, given: Mapping[str, str], language: Language) -> dict[str, Any]:
    del lookups, language
    years = trends.years(values)
    if len(years) < 2:
        return {"years": years, "changes": (), "drives": trends.drives(values), "first": None, "last": None}
    first, last = _years(given, (years[-2], years[-1]))
    changes = trends.compare(values, first, last)
    return {
        "years": years,
        "first": first,
        "last": last,
        "changes": changes,
        "counts": Counter(str(change.fate) for change in changes),
        "drives": trends.drives(values),
    }


def _mandate(values: list[Any], lookups: Lookups, given: Mapping[str, str], language: Language) -> dict[str, Any]:
    del given
    asked: list[SteeringInput] = [value for value in values if value.kind != "question"]
    by_status = [(status, [value for value in asked if value.status == status]) for status in STATUSES]
    givers = {value.giver: lookups.name("actors", value.giver, language) for value in values}
    return {"by_status": by_status, "asked": len(asked), "givers": givers}


def _alignments(values: list[Any], lookups: Lookups, given: Mapping[str, str], language: Language) -> dict[str, Any]:
    del given
    taken_up = {node for value in values for node in value.nodes}
    columns = DEFINITIONS["alignments"].by_name
    levels, frames = (_in_use(columns[name], values) for name in ("level", "frame"))
    counts = Counter((value.level, value.frame) for value in values)
    unsupported = [
        (
            level,
            [p for p in lookups.places.values() if p.current and p.level == level and not _within(p.address, taken_up)],
        )
        for level in UNSUPPORTED_LEVELS
    ]
    return {
        "levels": levels,
        "frames": frames,
        "counts": counts,
        "unsupported": [(level, [p.label(language) for p in found]) for level, found in unsupported if found],
        "nowhere": [value for value in values if not value.nodes],
    }


def _in_use(column: Column, values: list[Any]) -> list[str]:
    """Return the choices that some value has, in the order they are described."""
    said = {getattr(value, column.field) for value in values}
    known = [choice for choice, _ in column.choices]
    return [choice for choice in known if choice in said] + sorted(said - set(known))


def _within(address: str, taken_up: set[str]) -> bool:
    return any(address == node or address.startswith(f"{node}/") or node.startswith(f"{address}/") for node in taken_up)


def _meetings(values: list[Any], lookups: Lookups, given: Mapping[str, str], language: Language) -> dict[str, Any]:
    del given
    names = {key: lookups.name("actors", key, language) for value in values for key in (value.body, *value.invited)}
    days = {value.dated: day(value.dated, language) for value in values}
    return {"meetings": sorted(values, key=lambda value: value.dated), "names": names, "days": days}


_SPECIAL: dict[str, Callable[[list[Any], Lookups, Mapping[str, str], Language], dict[str, Any]]] = {
    "timeline": _timeline,
    "trends": _trends,
    "mandate": _mandate,
    "alignments": _alignments,
    "meetings": _meetings,
}


def _what(occasion: Any, language: Language) -> str:
    return occasion.english if language is Language.EN and occasion.english else occasion.what


def _dates(claim: DateClaim, language: Language) -> str:
    start = day(claim.start, language)
    return f"{start}–{day(claim.end, language)}" if claim.end else start


def _days(count: int, language: Language) -> str:
    if count == 1:
        return _in(language, "en dag", "one day")
    return _in(language, f"{count} dagar", f"{count} days")


def _in(language: Language, sv: str, en: str) -> str:
    return Text(sv, en).to(language)
