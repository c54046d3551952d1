"""Checks of a strategy as a value: what hangs together, what names something that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vagvisare.editions.address import did_you_mean, is_address
from vagvisare.editions.document import Edition, Node
from vagvisare.editions.registers import DateClaim, Occasion, Register, Strategy
from vagvisare.terms.language import Language
from vagvisare.terms.territory import TERRITORIES

LINK_KINDS = ("contributes_to", "conflicts_with", "aligned_with")
CLAIM_KINDS = ("planned", "actual")

_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one value: which value, which of its fields, what, and what to write instead.

    ``missing`` is set where a name was not found: what kind of name ("adress"), and the name.
    """

    subject: object
    steps: tuple[str | int, ...]
    what: str
    suggestion: str = ""
    missing: tuple[str, str] | None = None


def check_strategy(strategy: Strategy) -> Iterator[Problem]:
    """Yield every problem of the strategy, its editions and its registers."""
    yield from _head(strategy)
    known = {node.address for edition in strategy.editions for node in edition.nodes}
    levels = {level.key for level in strategy.levels}
    for edition in strategy.editions:
        yield from check_edition(edition, levels)
        for change in edition.changes:
            if change.area:
                yield from unknown(change, ("area",), change.area, known, "adress")
    yield from _register(strategy.register, known)


def check_edition(edition: Edition, levels: set[str]) -> Iterator[Problem]:
    """Yield every problem of one edition's tree: addresses, levels, parents and circles."""
    yield from repeated(edition.nodes, "address", "Adressen")
    known = set(edition.by_address)
    for node in edition.nodes:
        if not is_address(node.address):
            yield Problem(
                node,
                ("address",),
                f"”{node.address}” kan inte vara en adress.",
                "Använd a–z, siffror, bindestreck och /, till exempel effektmal/god-folkhalsa.",
            )
        yield from unknown(node, ("level",), node.level, levels, "nivå")
        if node.parent:
            yield from unknown(node, ("parent",), node.parent, known, "överordnad adress")
        if not node.text.strip():
            yield Problem(node, ("text",), "Texten saknas.", "Skriv strategins ord i rubriken eller efter >.")
        if _in_circle(node, edition.by_address):
            yield Problem(node, ("parent",), f"”{node.address}” ligger under sig själv.", "Ändra parent.")


def repeated(values: Sequence[Any], field: str, word: str) -> Iterator[Problem]:
    """Yield a problem for every value whose ``field`` an earlier one already has."""
    seen: set[str] = set()
    for value in values:
        key = getattr(value, field)
        if key in seen:
            yield Problem(value, (field,), f"{word} ”{key}” finns redan.", "Välj en annan.")
        seen.add(key)


def unknown(
    subject: object, steps: tuple[str | int, ...], said: str, known: Iterable[str], word: str
) -> Iterator[Problem]:
    """Yield a problem when ``said`` is not among the ``known``; the last word of ``word`` is the kind of name."""
    names = list(known)
    if said not in names:
        few = f"Välj bland: {', '.join(sorted(names))}." if 0 < len(names) <= 12 else ""
        hint = did_you_mean(said, names) or few
        yield Problem(subject, steps, f"Okänd {word} ”{said}”.", hint, (word.rsplit(maxsplit=1)[-1], said))


def _head(strategy: Strategy) -> Iterator[Problem]:
    yield from unknown(strategy, ("territory",), strategy.territory, TERRITORIES, "områdeskod")
    for number, code in enumerate(strategy.comparison):
        yield from unknown(strategy, ("comparison", number), code, TERRITORIES, "områdeskod")
    for number, language in enumerate(strategy.languages):
        yield from unknown(strategy, ("languages", number), language, [str(x) for x in Language], "språkkod")
    yield from repeated(strategy.levels, "key", "Nivån")
    yield from repeated(strategy.documents, "key", "Dokumentet")
    for document in strategy.documents:
        for field, word in (("key", "namn i källhänvisningarna"), ("title", "titel")):
            if not getattr(document, field).strip():
                yield Problem(document, (field,), f"Dokumentet saknar {word}.", f"Fyll i {field}.")
    keys = [edition.key for edition in strategy.editions]
    if not keys:
        yield Problem(strategy, ("current",), "Mappen har ingen utgåva.", "Lägg en .md-fil i editions.")
        return
    yield from unknown(strategy, ("current",), strategy.current, keys, "utgåva")
    for edition in strategy.editions:
        if edition.follows:
            others = [key for key in keys if key != edition.key]
            yield from unknown(edition, ("follows",), edition.follows, others, "utgåva")


def _in_circle(node: Node, by_address: Mapping[str, Node]) -> bool:
    at, steps = node, 0
    while at.parent in by_address and steps <= len(by_address):
        at, steps = by_address[at.parent], steps + 1
        if at.address == node.address:
            return True
    return False


def _register(register: Register, known: set[str]) -> Iterator[Problem]:
    for items, word in (
        (register.evidence, "Underlaget"),
        (register.trends, "Trenden"),
        (register.actors, "Aktören"),
        (register.timeline, "Händelsen"),
    ):
        yield from repeated(items, "key", word)
    for evidence in register.evidence:
        for number, area in enumerate(evidence.areas):
            yield from unknown(evidence, ("areas", number), area, known, "adress")
        if evidence.areas and len(evidence.areas) != evidence.areas_affected:
            what = f"areas_affected är {evidence.areas_affected}, men {len(evidence.areas)} områden räknas upp."
            yield Problem(evidence, ("areas_affected",), what, "Rätta talet eller listan.")
    trends = {trend.key for trend in register.trends}
    for trend in register.trends:
        if trend.continues:
            yield from unknown(trend, ("continues",), trend.continues, trends - {trend.key}, "trend")
    for actor in register.actors:
        if actor.territory:
            yield from unknown(actor, ("territory",), actor.territory, TERRITORIES, "områdeskod")
    for link in register.links:
        yield from unknown(link, ("kind",), link.kind, LINK_KINDS, "sorts samband")
        yield from unknown(link, ("origin",), link.origin, known, "adress")
        yield from unknown(link, ("target",), link.target, known, "adress")
    for occasion in register.timeline:
        yield from _occasion(occasion)


def _occasion(occasion: Occasion) -> Iterator[Problem]:
    if not occasion.claims:
        yield Problem(occasion, ("claim",), "Händelsen saknar datum.", "Lägg till [[occasion.claim]].")
    for claim in occasion.claims:
        yield from unknown(claim, ("kind",), claim.kind, CLAIM_KINDS, "sorts datum")
        yield from _dates(claim)


def _dates(claim: DateClaim) -> Iterator[Problem]:
    for field, text in (("start", claim.start), ("end", claim.end)):
        if (text or field == "start") and not _is_day(text):
            what = f"”{text}” är inget datum."
            yield Problem(claim, (field,), what, "Skriv 2021, 2021-06 eller 2021-06-17.")
    shared = min(len(claim.start), len(claim.end))
    if claim.end and claim.end[:shared] < claim.start[:shared]:
        yield Problem(claim, ("end",), "Slutet kommer före början.", "Byt plats på start och end.")


def _is_day(text: str) -> bool:
    if _DAY.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text + "-01-01"[: 10 - len(text)] if len(text) == 4 else (text + "-01")[:10])
    except ValueError:
        return False
    return True
