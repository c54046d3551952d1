"""Pages that list: all indicators, all findings, the registers, and what the figures are."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from vagvisare.assessment.definition import Indicator
from vagvisare.editions.document import LevelName
from vagvisare.editions.registers import Occasion, TrendItem
from vagvisare.findings import discovery
from vagvisare.findings.finding import Finding, VintageRef
from vagvisare.publications import layout
from vagvisare.publications.pages.answers import Answer, four_answers
from vagvisare.publications.pages.indicator import release_words
from vagvisare.publications.pages.siblings import per_person
from vagvisare.publications.pages.view import Mark, View
from vagvisare.publications.pages.words import EVIDENCE_KINDS, FINDING_TYPES
from vagvisare.sources.contract import Receipt
from vagvisare.terms.language import Language, Text

_PUBLIC_FILES = Text("publika datafiler", "public data files")
_MOST_STAMPS, _LONGEST_STAMP = 3, 40
"""A source's mark of its edition is not ours and may be anything: so many of them, and so much of each, are shown."""
_COLLECTION = Text("samlingen ”{name}”", "the collection “{name}”")


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator in the list: its mark, its four answers, and the name of its figures."""

    mark: Mark
    answers: tuple[Answer, ...]
    indicator: Indicator


def indicators(view: View) -> dict[str, Any]:
    """Return every indicator with its four answers, in order of title."""
    rows = []
    for indicator in view.outcome.indicators.values():
        judgement = view.digest.judgement(indicator.key)
        beside = per_person(view, indicator)
        answers = four_answers(judgement, indicator, view.language, beside) if judgement else []
        rows.append(IndicatorRow(view.mark(indicator), tuple(answers), indicator))
    lacking = sum(not row.answers for row in rows)
    lead = [view.say("indicators_lead").format(count=len(rows))]
    if lacking:
        lead.append(view.say("indicators_lacking").format(count=lacking))
    return {"rows": rows, "lead": " ".join(lead)}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding in the list: where its computation stands, its kind and its sentence."""

    finding: Finding
    place: str
    anchor: str
    kind: str
    sentence: str
    indicator: str


def findings(view: View) -> dict[str, Any]:
    """Return every finding, the weightiest first, with the kinds that occur."""
    rows = []
    for finding in sorted(view.outcome.findings, key=lambda f: -f.weight):
        indicator = view.outcome.indicators.get(finding.key.indicator)
        place, anchor = view.place_of_finding(finding)
        if indicator is None:
            node = view.digest.edition.by_address.get(finding.key.indicator)
            place, anchor = (layout.node_place(node), "") if node else (layout.FINDINGS, "")
        name = indicator.title.to(view.language) if indicator else ""
        kind = FINDING_TYPES[finding.type].to(view.language)
        rows.append(FindingRow(finding, place, anchor, kind, view.sentence(finding), name))
    lead = view.say("findings_lead").format(count=len(rows), place=view.territory)
    kinds = sorted({row.kind for row in rows})
    return {"rows": rows, "kinds": kinds, "lead": lead, "discovery": _chance_note(view)}


def _chance_note(view: View) -> str:
    """Say how the clear trends stand when chance is counted with, and which do not; nothing without any tested."""
    found = view.outcome.discovery
    if found is None or not found.tested:
        return ""
    said = (discovery.note(found), discovery.fallen(found, view.outcome.indicators))
    return " ".join(words for text in said if (words := text.to(view.language)))


def registers(view: View) -> dict[str, Any]:
    """Return evidence, trends by year, actors and the timeline."""
    register = view.outcome.strategy.register
    years = sorted({item.year for item in register.trends}, reverse=True)
    by_key = {item.key: item for item in register.trends}
    homes = {
        "evidence_home": view.home(item.source for item in register.evidence),
        "trend_homes": {y: view.home(t.source for t in register.trends if t.year == y) for y in years},
    }
    return {
        **homes,
        "evidence": [(item, _kind(view, item.kind)) for item in register.evidence],
        "evidence_links": sum(item.areas_affected for item in register.evidence),
        "trends": [(year, [(t, _before(by_key, t)) for t in register.trends if t.year == year]) for year in years],
        "actors": register.actors,
        "timeline": [(o, _body(o)) for o in sorted(register.timeline, key=_first_date)],
    }


def _kind(view: View, kind: str) -> str:
    known = EVIDENCE_KINDS.get(kind)
    return known.to(view.language) if known else kind.replace("_", " ")


def _before(by_key: dict[str, TrendItem], item: TrendItem) -> TrendItem | None:
    earlier = by_key.get(item.continues)
    return earlier if earlier and earlier.text != item.text else None


def _body(occasion: Occasion) -> str:
    """Return who it concerns, unless the words say so already."""
    return "" if occasion.body in occasion.what else occasion.body


def _first_date(occasion: Occasion) -> str:
    return min((claim.start for claim in occasion.claims), default="9999")


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """One data set: its receipt, its vintage, and the indicators drawn from it.

    ``fetched`` is when it was fetched, empty where it was not; ``stamp`` the source's own mark of the edition, if any.
    """

    receipt: Receipt
    vintage: VintageRef | None
    indicators: tuple[Indicator, ...]
    rhythm: str
    read_from: str
    fetched: str = ""
    stamp: str = ""


def about(view: View) -> dict[str, Any]:
    """Return the sources with their receipts, and the facts the prose about methods speaks of."""
    rows = []
    for name, receipt in view.digest.material.receipts.items():
        drawn = tuple(i for i in view.outcome.indicators.values() if name in (i.dataset, i.per))
        rhythm = release_words(view, drawn[0]) if drawn else view.say("released_irregular")
        vintage, read_from = view.outcome.vintages.get(name), read_from_words(receipt, view.language)
        fetched, stamp = fetched_words(view, receipt), stamp_words(view, receipt)
        rows.append(DatasetRow(receipt, vintage, drawn, rhythm, read_from, fetched, stamp))
    return {
        "rows": rows,
        "licences": sorted({(row.receipt.licence, row.receipt.licence_en) for row in rows}),
        "producers": sorted({row.receipt.producer for row in rows}),
        "editions": view.outcome.strategy.editions,
        "documents": view.outcome.strategy.documents,
        "levels": _levels(view),
        "unwatched": [node for node in view.digest.edition.at(view.digest.goal_level) if not view.marks(node)],
    }


def fetched_words(view: View, receipt: Receipt) -> str:
    """Write the moment at which figures were fetched: ``1 december 2026 kl. 06.00 UTC``; nothing where they were not.

    The time is that of the receipt, in UTC, and said to be: Swedish time would need the rules for summer time.
    """
    if not receipt.fetched:
        return ""
    moment = datetime.fromisoformat(receipt.fetched).astimezone(UTC)
    mark = "." if view.language is Language.SV else ":"
    return view.say("fetched_at").format(day=view.day(moment.date()), time=f"{moment:%H}{mark}{moment:%M}")


def stamp_words(view: View, receipt: Receipt) -> str:
    """Write the source's own marks of the edition: days in words, anything else as it stands, cut where it is long."""
    marks = [mark for mark in receipt.updated.split(";") if mark]
    return ", ".join(dict.fromkeys(_stamp(view, mark) for mark in marks[:_MOST_STAMPS]))


def _stamp(view: View, mark: str) -> str:
    with suppress(ValueError):
        return view.day(datetime.fromisoformat(mark).date())
    return mark if len(mark) <= _LONGEST_STAMP else f"{mark[: _LONGEST_STAMP - 1]}…"


def read_from_words(receipt: Receipt, language: Language) -> str:
    """Write what the figures were read from: ``publika datafiler 2026`` for the receipt's ``public data files 2026``.

    A bare name of a collection, with no words of its own, is written as such.
    """
    said = receipt.read_from
    if said and all(c.isalnum() or c == "_" for c in said):
        return _COLLECTION.to(language).format(name=said)
    return said.replace(_PUBLIC_FILES.en, _PUBLIC_FILES.to(language))


def _levels(view: View) -> list[LevelName]:
    return list(view.outcome.strategy.levels)
