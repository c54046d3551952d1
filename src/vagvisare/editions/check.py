"""Checks of a strategy as a value: what hangs together, what names something that does not exist."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vagvisare.editions.address import is_address, nearest
from vagvisare.editions.document import Edition, Node
from vagvisare.editions.registers import DateClaim, Evidence, Occasion, Register, Strategy
from vagvisare.terms.errors import NOTHING, did_you_mean
from vagvisare.terms.language import Language, Text
from vagvisare.terms.territory import TERRITORIES

LINK_KINDS = ("contributes_to", "conflicts_with", "aligned_with")
CLAIM_KINDS = ("planned", "actual")
INPUT_KINDS = ("why", "constraint", "deadline", "method", "question")
INPUT_STATES = ("open", "met", "not_met")
POLICY_LEVELS = ("global", "eu", "national", "regional", "local")
ANSWERS = ("yes", "no", "partly")
LINEAGE_KINDS = ("split", "merged", "kept")

KINDS = {
    "adress": "address",
    "aktör": "actor",
    "datamängd": "data set",
    "enhet": "unit",
    "förväntning": "expectation",
    "grupp": "group",
    "händelse": "event",
    "indikator": "indicator",
    "källa": "source",
    "måttkolumn": "measure column",
    "nivå": "level",
    "områdeskod": "territory code",
    "prisnivå": "price basis",
    "sida av siffrorna": "aspect of the figures",
    "sorts datum": "kind of date",
    "sorts härkomst": "kind of lineage",
    "sorts medskick": "kind of steering input",
    "sorts samband": "kind of link",
    "språkkod": "language code",
    "status": "status",
    "styrnivå": "policy level",
    "svar": "answer",
    "trend": "trend",
    "utgåva": "edition",
    "överordnad adress": "parent address",
    "överordnad nyckel": "parent key",
}
"""Every kind of name that something may refer to, and its English."""

THINGS = {
    "Adressen": "The address",
    "Aktören": "The actor",
    "Datamängden": "The data set",
    "Dokumentet": "The document",
    "Händelsen": "The event",
    "Indikatorn": "The indicator",
    "Kraftsamlingen": "The concerted effort",
    "Medskicket": "The steering input",
    "Medverkan": "The contribution",
    "Mötet": "The meeting",
    "Nivån": "The level",
    "Nyckeln": "The key",
    "Prövningen": "The screening",
    "Påståendet": "The statement",
    "Rättelsen": "The erratum",
    "Styrdokumentet": "The policy",
    "Temat": "The theme",
    "Termen": "The term",
    "Trenden": "The trend",
    "Underlaget": "The evidence",
}
"""Everything that must have a name of its own, and its English."""

_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one value: which value, which of its fields, what, and what to write instead.

    ``missing`` is set where a name was not found: what kind of name (in Swedish, "adress"), and the name.
    """

    subject: object
    steps: tuple[str | int, ...]
    what: Text
    suggestion: Text = NOTHING
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
    yield from _work(strategy.register, known, {edition.key for edition in strategy.editions})


def check_edition(edition: Edition, levels: set[str]) -> Iterator[Problem]:
    """Yield every problem of one edition's tree: addresses, levels, parents and circles."""
    yield from repeated(edition.nodes, "address", "Adressen")
    known = set(edition.by_address)
    for row in edition.lineage:
        yield from unknown(row, ("kind",), row.kind, LINEAGE_KINDS, "sorts härkomst")
        yield from unknown(row, ("after",), row.after, known, "adress")
    for link in edition.links:
        yield from unknown(link, ("kind",), link.kind, LINK_KINDS, "sorts samband")
    for node in edition.nodes:
        if not is_address(node.address):
            yield Problem(
                node,
                ("address",),
                Text(f"”{node.address}” kan inte vara en adress.", f"“{node.address}” cannot be an address."),
                Text(
                    "Använd a–z, siffror, bindestreck och /, till exempel effektmal/god-folkhalsa.",
                    "Use a–z, digits, hyphens and /, such as effektmal/god-folkhalsa.",
                ),
            )
        yield from unknown(node, ("level",), node.level, levels, "nivå")
        if node.parent:
            yield from unknown(node, ("parent",), node.parent, known, "överordnad adress")
        if not node.text.strip():
            hint = Text(
                "Skriv strategins ord i rubriken eller efter >.",
                "Write the strategy's words in the heading or after >.",
            )
            yield Problem(node, ("text",), Text("Texten saknas.", "The text is missing."), hint)
        if _in_circle(node, edition.by_address):
            what = Text(f"”{node.address}” ligger under sig själv.", f"“{node.address}” lies under itself.")
            yield Problem(node, ("parent",), what, Text("Ändra parent.", "Change parent."))


def repeated(values: Sequence[Any], field: str, word: str) -> Iterator[Problem]:
    """Yield a problem for every value whose ``field`` an earlier one already has; ``word`` is one of THINGS."""
    seen: set[str] = set()
    for value in values:
        key = getattr(value, field)
        if key in seen:
            what = Text(f"{word} ”{key}” finns redan.", f"{THINGS[word]} “{key}” exists already.")
            yield Problem(value, (field,), what, Text("Välj en annan.", "Choose another."))
        seen.add(key)


def unknown(
    subject: object, steps: tuple[str | int, ...], said: str, known: Iterable[str], word: str
) -> Iterator[Problem]:
    """Yield a problem when ``said`` is not among the ``known``.

    ``word`` is one of KINDS; its last word is the kind of name.
    """
    names = list(known)
    if said not in names:
        what = Text(f"Okänd {word} ”{said}”.", f"Unknown {KINDS[word]} “{said}”.")
        yield Problem(subject, steps, what, _instead(said, names), (word.rsplit(maxsplit=1)[-1], said))


def _instead(said: str, names: list[str]) -> Text:
    """Suggest the nearest name, or all of them where they are few."""
    if near := nearest(said, names):
        return did_you_mean(near)
    every = ", ".join(sorted(names))
    return Text(f"Välj bland: {every}.", f"Choose among: {every}.") if 0 < len(names) <= 12 else NOTHING


def _head(strategy: Strategy) -> Iterator[Problem]:
    yield from unknown(strategy, ("territory",), strategy.territory, TERRITORIES, "områdeskod")
    for number, code in enumerate(strategy.comparison):
        yield from unknown(strategy, ("comparison", number), code, TERRITORIES, "områdeskod")
    for number, language in enumerate(strategy.languages):
        yield from unknown(strategy, ("languages", number), language, [str(x) for x in Language], "språkkod")
    yield from repeated(strategy.levels, "key", "Nivån")
    yield from repeated(strategy.documents, "key", "Dokumentet")
    for document in strategy.documents:
        for field, word in (
            ("key", Text("namn i källhänvisningarna", "name in the references")),
            ("title", Text("titel", "title")),
        ):
            if not getattr(document, field).strip():
                what = Text(f"Dokumentet saknar {word.sv}.", f"The document has no {word.en}.")
                yield Problem(document, (field,), what, Text(f"Fyll i {field}.", f"Fill in {field}."))
    keys = [edition.key for edition in strategy.editions]
    if not keys:
        what = Text("Mappen har ingen utgåva.", "The folder has no edition.")
        yield Problem(strategy, ("current",), what, Text("Lägg en .md-fil i editions.", "Put a .md file in editions."))
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
        for number, area in enumerate(evidence.other_areas):
            yield from unknown(evidence, ("other_areas", number), area, known, "adress")
        yield from _cells(evidence)
    trends = {trend.key for trend in register.trends}
    for trend in register.trends:
        if trend.continues:
            yield from unknown(trend, ("continues",), trend.continues, trends - {trend.key}, "trend")
        for number, driver in enumerate(trend.driven_by):
            yield from unknown(trend, ("driven_by", number), driver, trends - {trend.key}, "trend")
    for actor in register.actors:
        if actor.territory:
            yield from unknown(actor, ("territory",), actor.territory, TERRITORIES, "områdeskod")
    for link in register.links:
        yield from unknown(link, ("kind",), link.kind, LINK_KINDS, "sorts samband")
        yield from unknown(link, ("origin",), link.origin, known, "adress")
        yield from unknown(link, ("target",), link.target, known, "adress")
    steps = {occasion.key for occasion in register.timeline}
    for occasion in register.timeline:
        yield from _occasion(occasion)
        for number, step in enumerate(occasion.after):
            yield from unknown(occasion, ("after", number), step, steps - {occasion.key}, "händelse")


def _cells(evidence: Evidence) -> Iterator[Problem]:
    """Yield what is wrong with the areas entered for an item of evidence; fewer than the count is only unfinished."""
    both = sorted(set(evidence.areas) & set(evidence.other_areas))
    if both:
        what = Text(
            f"”{both[0]}” står både bland berörda och inte berörda områden.",
            f"“{both[0]}” is among both the areas affected and those not affected.",
        )
        yield Problem(evidence, ("other_areas",), what, Text("Behåll den ena.", "Keep one of them."))
    if len(evidence.areas) > evidence.areas_affected:
        said, listed = evidence.areas_affected, len(evidence.areas)
        what = Text(
            f"areas_affected är {said}, men {listed} områden räknas upp.",
            f"areas_affected is {said}, but {listed} {'area is' if listed == 1 else 'areas are'} listed.",
        )
        hint = Text("Rätta talet eller listan.", "Correct the number or the list.")
        yield Problem(evidence, ("areas_affected",), what, hint)


def _work(register: Register, known: set[str], editions: set[str]) -> Iterator[Problem]:
    """Yield every problem of the registers about the work: steering input, meetings, policies, terms and others."""
    for items, word in (
        (register.mandate, "Medskicket"),
        (register.meetings, "Mötet"),
        (register.contributions, "Medverkan"),
        (register.alignments, "Styrdokumentet"),
        (register.themes, "Temat"),
        (register.terms, "Termen"),
        (register.screenings, "Prövningen"),
        (register.errata, "Rättelsen"),
    ):
        yield from repeated(items, "key", word)
    for asked in register.mandate:
        yield from unknown(asked, ("kind",), asked.kind, INPUT_KINDS, "sorts medskick")
        yield from unknown(asked, ("status",), asked.status, INPUT_STATES, "status")
    actors = {actor.key for actor in register.actors}
    for meeting in register.meetings:
        yield from unknown(meeting, ("body",), meeting.body, actors, "aktör")
        for number, guest in enumerate(meeting.invited):
            yield from unknown(meeting, ("invited", number), guest, actors, "aktör")
    for policy in register.alignments:
        yield from unknown(policy, ("level",), policy.level, POLICY_LEVELS, "styrnivå")
    for items in (register.alignments, register.themes):
        for item in items:
            for number, node in enumerate(item.nodes):
                yield from unknown(item, ("nodes", number), node, known, "adress")
    for screening in register.screenings:
        yield from unknown(screening, ("answer",), screening.answer, ANSWERS, "svar")
    for erratum in register.errata:
        yield from unknown(erratum, ("edition",), erratum.edition, editions, "utgåva")
        yield from unknown(erratum, ("address",), erratum.address, known, "adress")


def _occasion(occasion: Occasion) -> Iterator[Problem]:
    if not occasion.claims:
        what = Text("Händelsen saknar datum.", "The event has no date.")
        yield Problem(occasion, ("claim",), what, Text("Lägg till [[occasion.claim]].", "Add [[occasion.claim]]."))
    for claim in occasion.claims:
        yield from unknown(claim, ("kind",), claim.kind, CLAIM_KINDS, "sorts datum")
        yield from _dates(claim)


def _dates(claim: DateClaim) -> Iterator[Problem]:
    for field, text in (("start", claim.start), ("end", claim.end)):
        if (text or field == "start") and not _is_day(text):
            what = Text(f"”{text}” är inget datum.", f"“{text}” is no date.")
            hint = Text("Skriv 2021, 2021-06 eller 2021-06-17.", "Write 2021, 2021-06 or 2021-06-17.")
            yield Problem(claim, (field,), what, hint)
    shared = min(len(claim.start), len(claim.end))
    if claim.end and claim.end[:shared] < claim.start[:shared]:
        what = Text("Slutet kommer före början.", "The end comes before the start.")
        yield Problem(claim, ("end",), what, Text("Byt plats på start och end.", "Swap start and end."))


def _is_day(text: str) -> bool:
    if _DAY.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text + "-01-01"[: 10 - len(text)] if len(text) == 4 else (text + "-01")[:10])
    except ValueError:
        return False
    return True
