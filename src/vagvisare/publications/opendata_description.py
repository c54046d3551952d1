"""The descriptions beside the data: what a table of figures is, whose it is, and how the findings are laid out.

Table descriptions follow the W3C recommendation *Metadata Vocabulary for Tabular Data* (CSV on the Web); what it has no
word for stands under ``notes``. The catalogue is laid out as a Frictionless data package.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping

from vagvisare.assessment.definition import Indicator, Target
from vagvisare.assessment.disclosure.panel import Protection
from vagvisare.findings.closer.protection import STATUS_WORDS, note
from vagvisare.findings.finding import Finding, Plain, VintageRef
from vagvisare.followups.outcome import Answer, Outcome, Replayed
from vagvisare.publications.material import Material
from vagvisare.sources.contract import Receipt
from vagvisare.terms.language import Text

FINDINGS_SCHEMA = "vagvisare.findings/1"
"""Name and version of the layout of ``findings.json``; the number rises when a field changes meaning or goes away."""

_COLUMNS: tuple[tuple[str, str, Text, Text], ...] = (
    (
        "territory",
        "string",
        Text("Område", "Territory"),
        Text(
            "Kod: 00 riket, två siffror län, fyra siffror kommun",
            "Code: 00 Sweden, two digits county, four municipality",
        ),
    ),
    (
        "territory_name",
        "string",
        Text("Områdets namn", "Name of the territory"),
        Text("Namnet på svenska", "The name in Swedish"),
    ),
    (
        "period",
        "string",
        Text("Period", "Period"),
        Text("År, eller flera år i ett (2021-2024)", "Year, or a window of several years (2021-2024)"),
    ),
    (
        "sex",
        "string",
        Text("Kön", "Sex"),
        Text("T båda könen, K kvinnor, M män", "T both sexes, K women, M men"),
    ),
    (
        "background",
        "string",
        Text("Bakgrund", "Background"),
        Text("Grupp eller sektor; tomt för alla", "Group or sector; empty for everybody"),
    ),
    (
        "value",
        "number",
        Text("Värde", "Value"),
        Text(
            "Som producenten har publicerat det, eller uträknat ur det (se computed under notes); inte avrundat",
            "As published by the producer, or computed from that (see computed under notes); not rounded",
        ),
    ),
    ("unit", "string", Text("Enhet", "Unit"), Text("Enhetens kod", "Code of the unit")),
    ("dataset", "string", Text("Datamängd", "Data set"), Text("Datamängdens namn", "Name of the data set")),
    (
        "as_of",
        "date",
        Text("Känt den", "As known on"),
        Text("Dagen som uppgifterna gäller för", "The day on which the figures were known"),
    ),
    (
        "reconstructed",
        "boolean",
        Text("Rekonstruerat", "Reconstructed"),
        Text(
            "Sant när det som var känt har slutits ur hur producenten brukar publicera",
            "True when what was known is inferred from the producer's release rhythm",
        ),
    ),
)


_STATUS = ("status", "string", Text("Status", "Status"), STATUS_WORDS)
"""The column beside the value where small counts are protected here."""


def hiding(outcome: Outcome, indicator: Indicator) -> Protection | None:
    """Return what is hidden of an indicator, None where none of its figures are protected here."""
    found = outcome.protected.of(indicator, outcome.panel)
    return found if found is not None and found.hides else None


def table_description(material: Material, key: str, content: bytes) -> dict[str, Plain]:
    """Return the CSV on the Web metadata of one indicator's table; ``content`` is the CSV it describes."""
    indicator = material.outcome.indicators[key]
    receipts = receipts_of(material, indicator)
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "sv"}],
        "url": f"{key}.csv",
        "dc:title": values(indicator.title),
        "dc:description": values(indicator.definition),
        "dc:license": "; ".join(dict.fromkeys(receipt.licence for receipt in receipts)),
        "dc:creator": "; ".join(dict.fromkeys(receipt.producer for receipt in receipts)),
        "dc:source": [receipt.source_id for receipt in receipts],
        "dc:modified": {"@value": material.outcome.as_of.isoformat(), "@type": "xsd:date"},
        "dialect": {"encoding": "utf-8", "delimiter": ",", "lineTerminators": ["\r\n"], "header": True},
        "tableSchema": {
            "columns": _columns(material, indicator),
            "primaryKey": ["territory", "period", "sex", "background"],
        },
        "notes": [_contract(material, indicator, receipts, content)],
    }


def findings_document(material: Material) -> dict[str, Plain]:
    """Return every finding and every replayed statement as plain values, ready for JSON."""
    outcome = material.outcome
    return {
        "schema": FINDINGS_SCHEMA,
        "strategy": outcome.strategy.key,
        "territory": outcome.territory,
        "as_of": outcome.as_of.isoformat(),
        "known": known_word(reconstructed=outcome.reconstructed),
        "reconstructed": outcome.reconstructed,
        "findings": [_finding(finding) for finding in outcome.findings],
        "replay": [_replayed(item) for item in outcome.replay],
    }


def catalogue(material: Material, files: Mapping[str, bytes], content_types: Mapping[str, str]) -> dict[str, Plain]:
    """Return the list of all data files with size and checksum, as a Frictionless data package.

    ``title`` is in Swedish, as the format asks for one text; ``titles`` holds both languages.
    """
    outcome = material.outcome
    return {
        "profile": "data-package",
        "name": f"vagvisare-{outcome.strategy.key}",
        "title": outcome.strategy.title.sv,
        "titles": _both(outcome.strategy.title),
        "created": f"{outcome.as_of.isoformat()}T00:00:00Z",
        "resources": [
            {
                "name": name.replace(".", "-").replace("_", "-"),
                "path": name,
                "title": file_title(material, name).sv,
                "titles": _both(file_title(material, name)),
                **_sources(material, name),
                "mediatype": content_types[name.rpartition(".")[2]].partition(";")[0],
                "bytes": len(content),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
            }
            for name, content in files.items()
        ],
    }


def _sources(material: Material, name: str) -> dict[str, Plain]:
    """Return whose figures a table holds, and of which day; nothing of files that are drawn from all of them."""
    indicator = material.outcome.indicators.get(name.rpartition(".")[0])
    receipts = receipts_of(material, indicator) if indicator else ()
    told: list[Plain] = [
        {
            "title": f"{receipt.producer}, {receipt.source_id}",
            "recorded": receipt.recorded.isoformat(),
            **({"fetched": receipt.fetched} if receipt.fetched else {}),
        }
        for receipt in receipts
    ]
    return {"sources": told} if told else {}


def file_title(material: Material, name: str) -> Text:
    """Return what a file holds: the indicator's title, or what is told of all of them."""
    stem = name.rpartition(".")[0]
    indicator = material.outcome.indicators.get(stem)
    return indicator.title if indicator else _WHOLE.get(stem, Text("Slutsatser", "Findings"))


_WHOLE = {
    "verdicts": Text("Bedömningen av varje serie", "The verdict on every series"),
    "closer": Text("Framåt, hållbarhet och andra metoder", "Ahead, robustness and other methods"),
}


def _contract(
    material: Material, indicator: Indicator, receipts: tuple[Receipt, ...], content: bytes
) -> dict[str, Plain]:
    release = indicator.release
    return {
        "indicator": indicator.key,
        "subject": _both(indicator.subject),
        "unit": {"code": indicator.unit, **_both(indicator.unit_words.name)},
        "direction": indicator.direction.name.lower(),
        "collection": indicator.collection.value,
        "price_basis": indicator.price_basis,
        "watches": list(indicator.watches),
        "release_rule": {"years_after": release.years_after, "month": release.month} if release else None,
        "breaks": [
            {"at": str(b.at), "cuts": b.cuts, "note": _both(b.note), "older_data": b.sibling} for b in indicator.breaks
        ],
        "targets": [_target(target) for target in indicator.targets],
        "other_definitions": [
            {"note": _both(s.note), "indicator": s.key, "reference": s.reference} for s in indicator.siblings
        ],
        "remarks": [_both(remark) for remark in (*indicator.notes, *_protection(material.outcome, indicator))],
        "computed": (
            f"{indicator.dataset} / {indicator.per} × {indicator.per_scale:g}" if indicator.per else "as published"
        ),
        "sources": [_receipt(receipt, material.outcome.vintages.get(receipt.dataset)) for receipt in receipts],
        "preliminary": _preliminary(material.outcome, indicator),
        "csv_sha256": hashlib.sha256(content).hexdigest(),
    }


def _preliminary(outcome: Outcome, indicator: Indicator) -> list[Plain]:
    """Return the periods of which a source calls any figure provisional."""
    behind = {indicator.dataset, indicator.per}
    return [
        str(period) for period in sorted({period for key, period in outcome.preliminary if key.indicator in behind})
    ]


def _protection(outcome: Outcome, indicator: Indicator) -> tuple[Text, ...]:
    """Return the sentences about what is hidden, or about the producer's noise."""
    found = outcome.protected.of(indicator, outcome.panel)
    if found is None:
        return ()
    said = note(found, [reason for periods in found.reasons.values() for reason in periods.values()])
    return (said,) if said.sv else ()


def _target(target: Target) -> dict[str, Plain]:
    return {
        "kind": target.kind.value,
        "wording": target.wording,
        "source": target.source,
        "value": target.value,
        "base_year": target.base_year,
        "year": target.year,
        "peers": list(target.peers),
    }


def receipts_of(material: Material, indicator: Indicator) -> tuple[Receipt, ...]:
    """Return the receipts of the figures an indicator is made of."""
    wanted = (indicator.dataset, indicator.per)
    return tuple(material.receipts[name] for name in wanted if name in material.receipts)


def _receipt(receipt: Receipt, vintage: VintageRef | None) -> dict[str, Plain]:
    return {
        "dataset": receipt.dataset,
        "title": receipt.title,
        "producer": receipt.producer,
        "source_id": receipt.source_id,
        "licence": _both(Text(receipt.licence, receipt.licence_en or receipt.licence)),
        "recorded": receipt.recorded.isoformat(),
        "read_from": receipt.read_from,
        "typical_release": receipt.typical_release,
        "rows": receipt.rows,
        "sha256": receipt.sha256,
        "note": _both(Text(receipt.note, receipt.note_en or receipt.note)),
        "reconstructed": vintage.reconstructed if vintage else None,
        "fetched": _fetched(receipt) if receipt.fetched else None,
    }


def _fetched(receipt: Receipt) -> dict[str, Plain]:
    """Return how figures came from their source: from which, when (UTC), which edition, and who confirmed them."""
    confirmed: Plain = None
    if receipt.confirmed_by:
        confirmed = {"by": receipt.confirmed_by, "why": receipt.confirmed_why or None}
    return {
        "source": receipt.source,
        "at": receipt.fetched,
        "edition": receipt.updated or None,
        "query": receipt.query,
        "replies": list(receipt.replies),
        "confirmed": confirmed,
    }


def known_word(*, reconstructed: bool) -> str:
    """Return how we know what was known: "rekonstruerat" from release months, or "inläst" (recorded) by that day."""
    return "rekonstruerat" if reconstructed else "inläst"


def _finding(finding: Finding) -> dict[str, Plain]:
    return {
        "id": finding.id,
        "indicator": finding.key.indicator,
        "territory": finding.key.territory,
        "sex": finding.key.sex,
        "background": finding.key.background,
        "type": finding.type.value,
        "verdict": finding.verdict,
        "sentence": _both(finding.sentence),
        "parameters": _plain(dict(finding.parameters)),
        "figures": _plain(dict(finding.figures)),
        "vintage": {
            "dataset": finding.vintage.dataset,
            "sha256": finding.vintage.sha256,
            "recorded": finding.vintage.recorded.isoformat(),
            "as_of": finding.vintage.as_of.isoformat(),
            "known": known_word(reconstructed=finding.vintage.reconstructed),
            "reconstructed": finding.vintage.reconstructed,
        },
        "weight": finding.weight,
        "why": finding.why,
    }


def _replayed(item: Replayed) -> dict[str, Plain]:
    return {
        "statement": item.statement.key,
        "type": item.statement.type.value,
        "caveat": item.statement.caveat,
        "focus": item.focus.key,
        "text": item.statement.text,
        "english": item.statement.english,
        "source": str(item.statement.source),
        "then": _answer(item.then),
        "now": _answer(item.now),
    }


def _answer(answer: Answer) -> dict[str, Plain]:
    return {
        "as_of": answer.as_of.isoformat(),
        "known": known_word(reconstructed=answer.reconstructed),
        "reconstructed": answer.reconstructed,
        "verdict": answer.verdict.value,
        "why": _both(answer.why),
        "claims": [
            {
                "indicator": tested.claim.indicator,
                "aspect": tested.claim.aspect,
                "expected": tested.claim.expected,
                "context": tested.claim.context,
                "verdict": tested.verdict.value,
                "sentence": _both(tested.sentence),
                "note": _both(Text(tested.claim.note, tested.claim.note_en)),
                "finding": tested.finding,
            }
            for tested in answer.tested
        ],
    }


def _columns(material: Material, indicator: Indicator) -> list[Plain]:
    if hiding(material.outcome, indicator) is None:
        return [_column(*column) for column in _COLUMNS]
    at = next(n for n, column in enumerate(_COLUMNS) if column[0] == "value") + 1
    columns = (*_COLUMNS[:at], _STATUS, *_COLUMNS[at:])
    return [_column(*column, empty=("background", "value")) for column in columns]


def _column(
    name: str, datatype: str, title: Text, description: Text, *, empty: tuple[str, ...] = ("background",)
) -> dict[str, Plain]:
    required = name not in empty
    return {
        "name": name,
        "titles": {"sv": [name, title.sv], "en": [name, title.en]},
        "datatype": datatype,
        "required": required,
        "dc:description": values(description),
    }


def _both(text: Text) -> dict[str, Plain]:
    return {"sv": text.sv, "en": text.en}


def values(text: Text) -> list[Plain]:
    """Return a text in both languages as JSON-LD values."""
    return [{"@value": text.sv, "@language": "sv"}, {"@value": text.en, "@language": "en"}]


def _plain(value: Plain) -> Plain:
    """Return ``value`` with what JSON cannot hold (not a number, infinity) as null."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
