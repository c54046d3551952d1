"""The catalogue that data portals read: one DCAT dataset an indicator, one distribution a file, as JSON-LD.

The terms are those of DCAT-AP, the application profile of European data portals (Dataportal.se follows it). Addresses
are relative to the catalogue itself, so that they hold wherever the folder is put.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from vagvisare.assessment.definition import Indicator
from vagvisare.findings.finding import Plain
from vagvisare.publications.material import Material
from vagvisare.publications.opendata_description import file_title, receipts_of, values
from vagvisare.sources.contract import Receipt
from vagvisare.terms.language import Text

PUBLISHER = "Vägvisare"
"""Who put the catalogue together. The producers of the figures stand as creators of each dataset."""

_CONTEXT: dict[str, Plain] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?)?")
"""A day or a moment as XML Schema writes them; a source's mark of another form is no date."""
_CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
_LANGUAGES = "http://publications.europa.eu/resource/authority/language/"
_SWEDEN = "http://publications.europa.eu/resource/authority/country/SWE"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_CSVW = "https://www.w3.org/TR/tabular-metadata/"


def dcat(material: Material, files: Mapping[str, bytes], content_types: Mapping[str, str]) -> dict[str, Plain]:
    """Return the catalogue of ``files`` (name to content): the findings and every indicator's figures.

    A licence is an address only where the receipt names one plainly; what the receipt else says of terms stands as a
    statement of rights.
    """
    outcome = material.outcome
    whole = [name for name in files if name.rpartition(".")[0] not in outcome.indicators]
    datasets: list[Plain] = [_findings(material, whole, files, content_types)]
    for key, indicator in sorted(outcome.indicators.items()):
        if indicator.dataset not in material.receipts:
            continue
        datasets.append(_figures(material, indicator, [n for n in files if _is_of(n, key)], files, content_types))
    return {
        "@context": _CONTEXT,
        "@id": "",
        "@type": "dcat:Catalog",
        "dct:title": values(outcome.strategy.title),
        "dct:description": values(
            Text(
                "Uppföljning av strategin på officiella siffror: slutsatser och de siffror de bygger på.",
                "The strategy followed up on official figures: findings, and the figures they rest on.",
            )
        ),
        "dct:publisher": _agent(PUBLISHER),
        "dct:language": [{"@id": f"{_LANGUAGES}SWE"}, {"@id": f"{_LANGUAGES}ENG"}],
        "dct:modified": _day(outcome.as_of.isoformat()),
        "dct:spatial": {"@id": _SWEDEN},
        "dcat:dataset": datasets,
    }


def _is_of(name: str, key: str) -> bool:
    return name.rpartition(".")[0] == key


def _findings(
    material: Material, names: Iterable[str], files: Mapping[str, bytes], content_types: Mapping[str, str]
) -> dict[str, Plain]:
    told = Text(
        "Slutsatser om länet, med parametrar, siffror och dagen de gäller för, och prövningen av tidigare påståenden.",
        "Findings about the county with parameters, figures and the day they hold for, and earlier statements tested.",
    )
    return {
        "@id": "#findings",
        "@type": "dcat:Dataset",
        "dct:identifier": "findings",
        "dct:title": values(file_title(material, "findings")),
        "dct:description": values(told),
        "dct:publisher": _agent(PUBLISHER),
        "dct:modified": _day(material.outcome.as_of.isoformat()),
        "dcat:distribution": [_distribution(name, files[name], content_types, ()) for name in names],
    }


def _figures(
    material: Material,
    indicator: Indicator,
    names: Iterable[str],
    files: Mapping[str, bytes],
    content_types: Mapping[str, str],
) -> dict[str, Plain]:
    receipts = receipts_of(material, indicator)
    tables = [name for name in names if not name.endswith(".json")]
    return {
        "@id": f"#{indicator.key}",
        "@type": "dcat:Dataset",
        "dct:identifier": indicator.key,
        "dct:title": values(indicator.title),
        "dct:description": values(indicator.definition),
        "dct:publisher": _agent(PUBLISHER),
        "dct:creator": [_agent(name) for name in dict.fromkeys(receipt.producer for receipt in receipts)],
        "dct:source": [_source(receipt) for receipt in {receipt.source_id: receipt for receipt in receipts}.values()],
        **_provenance(receipts),
        "dct:spatial": {"@id": _SWEDEN},
        **_years(material, indicator.key),
        "dct:modified": _modified(material, receipts),
        "foaf:page": {"@id": f"{indicator.key}.json"},
        "dcat:distribution": [_distribution(name, files[name], content_types, receipts) for name in tables],
    }


def _source(receipt: Receipt) -> Plain:
    """Return the table that figures come from: its id alone, or what its source says of it where it was fetched."""
    if not receipt.fetched:
        return receipt.source_id
    issued = next((mark for mark in receipt.updated.split(";") if _ISO.fullmatch(mark)), "")
    dated: dict[str, Plain] = {"dct:issued": _moment(issued)} if issued else {}
    return {
        "@type": "dcat:Dataset",
        "dct:identifier": receipt.source_id,
        "dct:title": {"@value": receipt.title, "@language": "sv"},
        "dct:description": {"@value": f"{receipt.title} ({receipt.producer})", "@language": "sv"},
        "dct:publisher": _agent(receipt.producer),
        **dated,
    }


def _provenance(receipts: tuple[Receipt, ...]) -> dict[str, Plain]:
    """Return how fetched figures came here, a statement a data set: when, and on whose word where a check had stopped.

    Nothing is said of figures that came with the folder.
    """
    told: list[Plain] = [
        {"@type": "dct:ProvenanceStatement", "rdfs:label": values(_came(receipt))}
        for receipt in receipts
        if receipt.fetched
    ]
    return {"dct:provenance": told} if told else {}


def _came(receipt: Receipt) -> Text:
    sv = f"Hämtat {receipt.fetched} från {receipt.source} ({receipt.source_id})."
    en = f"Fetched {receipt.fetched} from {receipt.source} ({receipt.source_id})."
    by, why = receipt.confirmed_by, receipt.confirmed_why
    if why:
        return Text(
            f"{sv} Stoppades av en kontroll och godkändes av {by}: ”{why}”",
            f"{en} Stopped by a check, and accepted by {by}: “{why}”",
        )
    return Text(f"{sv} Granskat av {by}.", f"{en} Looked through by {by}.") if by else Text(sv, en)


def _modified(material: Material, receipts: tuple[Receipt, ...]) -> dict[str, Plain]:
    """Return when the figures last changed here: the moment the newest of them were fetched, else the day asked about.

    Figures that were accepted after a check had stopped them changed on the day of the decision.
    """
    known = [receipt for receipt in receipts if receipt.recorded <= material.outcome.as_of]
    if not receipts or len(known) < len(receipts) or not all(receipt.fetched for receipt in receipts):
        return _day(material.outcome.as_of.isoformat())
    newest = max(receipts, key=lambda receipt: (receipt.recorded, receipt.fetched))
    same_day = newest.fetched.startswith(newest.recorded.isoformat())
    return _moment(newest.fetched if same_day else newest.recorded.isoformat())


def _distribution(
    name: str, content: bytes, content_types: Mapping[str, str], receipts: tuple[Receipt, ...]
) -> dict[str, Plain]:
    kind = name.rpartition(".")[2]
    described: dict[str, Plain] = {"dct:conformsTo": {"@id": _CSVW}} if receipts and kind == "csv" else {}
    return {
        "@id": f"#{name}",
        "@type": "dcat:Distribution",
        "dct:title": name,
        "dcat:accessURL": {"@id": name},
        "dcat:downloadURL": {"@id": name},
        "dcat:mediaType": {"@id": _MEDIA_TYPES + content_types[kind].partition(";")[0]},
        "dcat:byteSize": {"@value": str(len(content)), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": hashlib.sha256(content).hexdigest(), "@type": "xsd:hexBinary"},
        },
        **described,
        **_terms(receipts),
    }


def _terms(receipts: tuple[Receipt, ...]) -> dict[str, Plain]:
    """Return the licence where every receipt plainly names the same, else what the receipts say of rights."""
    licences = list(dict.fromkeys(receipt.licence for receipt in receipts))
    if not licences:
        return {}
    if all(licence == "CC0" or licence.startswith("CC0 (") for licence in licences):
        return {"dct:license": {"@id": _CC0}}
    said = "; ".join(licences)
    return {"dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": {"@value": said, "@language": "sv"}}}


def _years(material: Material, key: str) -> dict[str, Plain]:
    periods = [
        period
        for series_key, series in material.outcome.panel.items()
        if series_key.indicator == key
        for period in series.periods
    ]
    if not periods:
        return {}
    return {
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(f"{min(period.start for period in periods):04d}-01-01"),
            "dcat:endDate": _day(f"{max(period.end for period in periods):04d}-12-31"),
        }
    }


def _agent(name: str) -> dict[str, Plain]:
    return {"@type": "foaf:Agent", "foaf:name": name}


def _moment(iso: str) -> dict[str, Plain]:
    return {"@value": iso, "@type": "xsd:dateTime"} if "T" in iso else _day(iso)


def _day(iso: str) -> dict[str, Plain]:
    return {"@value": iso, "@type": "xsd:date"}
