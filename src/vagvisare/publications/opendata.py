"""Open data: every indicator's figures as CSV and Parquet, each with a machine-readable description beside it.

Per indicator ``<key>.csv`` (UTF-8, tidy), ``<key>.parquet`` (same columns) and ``<key>.json`` (CSV on the Web
metadata); for the whole follow-up ``findings.json``, ``findings.csv``, ``verdicts.csv`` (a row a series, for the next
edition to weigh in), ``closer.json`` (the closer look at each indicator), ``dcat.jsonld`` (for data portals) and
``catalogue.json`` (every file with its checksum). Figures stand as published, unrounded.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
import pyarrow.parquet as pq

from vagvisare.assessment.definition import Indicator
from vagvisare.assessment.disclosure.panel import Protection
from vagvisare.findings.closer.protection import status
from vagvisare.findings.finding import Plain
from vagvisare.publications.material import Material
from vagvisare.publications.opendata_catalogue import dcat
from vagvisare.publications.opendata_closer import closer_document
from vagvisare.publications.opendata_description import catalogue, findings_document, hiding, table_description
from vagvisare.terms.errors import OutputError, UnknownError
from vagvisare.terms.language import Language, Text
from vagvisare.terms.series import TOTAL, Series, SeriesKey
from vagvisare.terms.territory import TERRITORIES

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json; charset=utf-8",
    "jsonld": "application/ld+json; charset=utf-8",
}
"""How each kind of file is announced when served."""

TABLE_KINDS = ("csv", "parquet", "json")
"""The files of an indicator: its figures twice, and their description."""

_OURS = re.compile(r"[A-Za-z0-9_]+\.(csv|parquet|json|jsonld)")
"""Names we ever give a file; nothing else is removed on the word of a catalogue."""

_FIGURES = pa.schema(
    [
        ("territory", pa.string()),
        ("territory_name", pa.string()),
        ("period", pa.string()),
        ("sex", pa.string()),
        ("background", pa.string()),
        ("value", pa.float64()),
        ("unit", pa.string()),
        ("dataset", pa.string()),
        ("as_of", pa.date32()),
        ("reconstructed", pa.bool_()),
    ]
)


def names(material: Material) -> list[str]:
    """Return every file name :func:`write` writes; the catalogue comes last."""
    tables = [f"{key}.{kind}" for key in sorted(_with_figures(material)) for kind in TABLE_KINDS]
    return [*tables, "findings.json", "findings.csv", "verdicts.csv", "closer.json", "dcat.jsonld", "catalogue.json"]


def file(material: Material, name: str, made: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """Return the content of one file of :func:`names`; the same material gives the same bytes.

    ``made`` are files of the same material made already: those that describe them need not make them again.

    Raises:
        UnknownError: when there is no such file.
    """
    whole: Mapping[str, Callable[[], bytes]] = {
        "findings.json": lambda: _json(findings_document(material)),
        "findings.csv": lambda: _findings_csv(material),
        "verdicts.csv": lambda: _verdicts_csv(material),
        "closer.json": lambda: _json(closer_document(material)),
        "dcat.jsonld": lambda: _json(_dcat(material, made)),
        "catalogue.json": lambda: _json(_catalogue(material, made)),
    }
    if name in whole:
        return whole[name]()
    key, _, kind = name.rpartition(".")
    if key not in _with_figures(material) or kind not in TABLE_KINDS:
        raise UnknownError(
            Text(f"Det finns ingen datafil som heter ”{name[:80]}”.", f"There is no data file called “{name[:80]}”."),
            remedy=Text("Välj en som står i catalogue.json.", "Choose one that catalogue.json lists."),
        )
    if kind == "csv":
        columns = _schema(material, key).names
        return _csv(columns, ([_cell(row[c]) for c in columns] for row in rows(material, key)))
    if kind == "parquet":
        return _parquet(table(material, key))
    return _json(table_description(material, key, _made(material, f"{key}.csv", made)))


def _with_figures(material: Material) -> frozenset[str]:
    """Return the keys of the indicators that there are figures of: an empty table has no producer and no licence."""
    indicators = material.outcome.indicators.values()
    return frozenset(indicator.key for indicator in indicators if indicator.dataset in material.receipts)


def write(material: Material, out: Path) -> int:
    """Write every file into the folder ``out`` and return how many; each appears whole or not at all.

    Files of an earlier catalogue in ``out`` that are no longer part of it are removed; other files are left alone.

    Raises:
        OutputError: when the folder cannot be written.
    """
    wanted = names(material)
    try:
        out.mkdir(parents=True, exist_ok=True)
        stale = _listed(out / "catalogue.json") - set(wanted)
        made: dict[str, bytes] = {}
        for name in wanted:
            made[name] = file(material, name, made)
            replace_whole(out / name, made[name])
        for name in stale:
            (out / name).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            Text(
                f"Datafilerna kunde inte skrivas till {out}: {error.strerror or error}.",
                f"The data files could not be written to {out}: {error.strerror or error}.",
            ),
            meaning=Text("De filer som redan ligger där är hela.", "Files already written there are whole."),
            remedy=Text("Välj en mapp som du får skriva i.", "Choose a folder you may write to."),
        ) from error
    return len(wanted)


def rows(material: Material, key: str) -> list[dict[str, object]]:
    """Return the figures of one indicator as records in order of territory, sex, background and period.

    Where the indicator is protected, figures that are not shown are records without a value, and each has a status.
    """
    outcome = material.outcome
    indicator = outcome.indicators[key]
    reconstructed = any(
        outcome.vintages[name].reconstructed for name in (indicator.dataset, indicator.per) if name in outcome.vintages
    )
    shared = {
        "unit": indicator.unit,
        "dataset": f"{indicator.dataset} / {indicator.per}" if indicator.per else indicator.dataset,
        "as_of": outcome.as_of,
        "reconstructed": reconstructed,
    }
    hidden = hiding(outcome, indicator)
    keys = outcome.panel.keys() | (hidden.reasons.keys() if hidden else set())
    chosen = sorted(key for key in keys if _published(key, indicator, keys))
    return [record for key in chosen for record in _records(key, outcome.panel.get(key), hidden, shared)]


def _schema(material: Material, key: str) -> pa.Schema:
    """Return the columns of one indicator's table: with a status where small counts are protected here."""
    if hiding(material.outcome, material.outcome.indicators[key]) is None:
        return _FIGURES
    return _FIGURES.insert(_FIGURES.get_field_index("value") + 1, pa.field("status", pa.string()))


def _published(key: SeriesKey, indicator: Indicator, keys: Collection[SeriesKey]) -> bool:
    """Tell whether a series is the indicator's own figures, and no group's figures standing in for a total.

    Where a data set has no total the panel repeats the headline group as one; it is published once, under its group.
    """
    if key.indicator != indicator.key:
        return False
    stands_in = bool(indicator.sex or indicator.background) and (key.sex, key.background) == (TOTAL, "")
    group = SeriesKey(key.indicator, key.territory, indicator.sex or TOTAL, indicator.background)
    return not (stands_in and group in keys)


def table(material: Material, key: str) -> pa.Table:
    """Return the figures of one indicator as an Arrow table with the description in its metadata."""
    indicator = material.outcome.indicators[key]
    told = {
        "title": indicator.title.sv,
        "title_en": indicator.title.en,
        "description": f"{key}.json",
        "unit": indicator.unit,
    }
    return pa.Table.from_pylist(rows(material, key), schema=_schema(material, key).with_metadata(told))


def _records(
    key: SeriesKey, series: Series | None, hidden: Protection | None, shared: Mapping[str, object]
) -> Iterable[dict[str, object]]:
    known = TERRITORIES.get(key.territory)
    shown = {} if series is None else dict(series)
    reasons = hidden.reasons.get(key, {}) if hidden else {}
    for period in sorted(shown.keys() | reasons.keys()):
        record = {
            "territory": key.territory,
            "territory_name": known.name_in(Language.SV) if known else key.territory,
            "period": str(period),
            "sex": key.sex,
            "background": key.background,
            "value": shown.get(period),
            **shared,
        }
        yield record | {"status": status(reasons.get(period))} if hidden else record


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        plain = format(Decimal(repr(value)), "f")
        return plain.removesuffix(".0")
    return harmless(str(value))


def harmless(text: str) -> str:
    """Keep a spreadsheet from taking text for a formula (OWASP: CSV injection)."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _csv(header: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(lines)
    return buffer.getvalue().encode()


def _findings_csv(material: Material) -> bytes:
    header = [
        "id",
        "indicator",
        "territory",
        "sex",
        "background",
        "type",
        "verdict",
        "sentence_sv",
        "sentence_en",
        "weight",
        "dataset",
        "as_of",
        "recorded",
        "reconstructed",
        "figures",
        "parameters",
    ]
    lines = [
        [
            *(finding.id, finding.key.indicator, finding.key.territory, finding.key.sex, finding.key.background),
            *(finding.type.value, finding.verdict, finding.sentence.sv, finding.sentence.en, finding.weight),
            *(finding.vintage.dataset, finding.vintage.as_of, finding.vintage.recorded),
            finding.vintage.reconstructed,
            json.dumps(dict(finding.figures), ensure_ascii=False, sort_keys=True),
            json.dumps(dict(finding.parameters), ensure_ascii=False, sort_keys=True),
        ]
        for finding in material.outcome.findings
    ]
    return _csv(header, ([_cell(value) for value in line] for line in lines))


def _verdicts_csv(material: Material) -> bytes:
    """Return the trend verdict of every judged series: what ``--earlier`` of the next edition reads."""
    header = ["indicator", "territory", "sex", "background", "verdict", "p", "points", "first_period", "last_period"]
    lines = []
    for key, judgement in sorted(material.outcome.judgements.items()):
        trend, used = judgement.trend, judgement.trend.window.used
        first, last = (str(used[0]), str(used[-1])) if used else ("", "")
        where = (key.indicator, key.territory, key.sex, key.background)
        lines.append([*where, trend.verdict.value, trend.p, trend.window.n, first, last, material.outcome.as_of])
    return _csv([*header, "as_of"], ([_cell(value) for value in line] for line in lines))


def _made(material: Material, name: str, made: Mapping[str, bytes]) -> bytes:
    return made[name] if name in made else file(material, name)


def _catalogue(material: Material, made: Mapping[str, bytes]) -> dict[str, Plain]:
    others = [name for name in names(material) if name != "catalogue.json"]
    return catalogue(material, {name: _made(material, name, made) for name in others}, CONTENT_TYPES)


def _dcat(material: Material, made: Mapping[str, bytes]) -> dict[str, Plain]:
    others = [name for name in names(material) if name not in {"catalogue.json", "dcat.jsonld"}]
    return dcat(material, {name: _made(material, name, made) for name in others}, CONTENT_TYPES)


def _json(content: Plain) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _parquet(figures: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(figures, sink, compression="zstd", store_schema=True)
    return sink.getvalue()


def _listed(path: Path) -> set[str]:
    """Return the plain file names an earlier catalogue lists; nothing when it is missing or not ours."""
    try:
        found = json.loads(path.read_bytes())
        listed = {str(item["path"]) for item in found["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {name for name in listed if _OURS.fullmatch(name)}


def replace_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and rename it: it appears whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
