"""The six verbs for analysts, with Arrow tables in and out: pandas, Polars, DuckDB and R read them.

Anything with the Arrow C stream interface (pyarrow, Polars, pandas ≥ 2.2, DuckDB) can be handed in as it is.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import pyarrow as pa

from vagvisare import flow
from vagvisare.assessment.earlier import Earlier
from vagvisare.editions.citation import cite
from vagvisare.followups.outcome import Outcome
from vagvisare.sources.spreadsheet import rows_as_cases
from vagvisare.strategy_folder.folder import Folder
from vagvisare.terms.language import Language


@runtime_checkable
class ArrowTable(Protocol):
    """Anything that can hand over an Arrow stream."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the PyCapsule of an Arrow C stream."""


def read_folder(path: str | Path) -> Folder:
    """Read and check a strategy folder; every mistake in it is reported at once (``FolderError``)."""
    return flow.read_folder(path)


def recorded(path: str | Path, *, store: str = "") -> flow.Recorded:
    """Read a strategy folder together with the vintages that have been fetched for it.

    ``store`` is where they are kept, when not where the folder says. Takes the folder's place in the other verbs.
    """
    return flow.recorded_at(Path(path), flow.read_folder(path), store)


def follow_up(
    folder: Folder | flow.Recorded,
    *,
    as_of: str | date | None = None,
    territory: str = "",
    earlier: Path | str | None = None,
) -> Outcome:
    """Follow up a strategy as known on a day (the newest vintage's when left out).

    ``earlier`` is the ``verdicts.csv`` of the edition before, when its verdicts are to weigh in.
    """
    day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    return flow.follow_up(folder, as_of=day, territory=territory, history=False, earlier=_earlier(earlier))


def explain(
    folder: Folder | flow.Recorded,
    finding_id: str,
    *,
    language: Language | str = "sv",
    earlier: Path | str | None = None,
) -> str:
    """Recompute a finding and return its sentence with every step of the computation."""
    finding, explanation = flow.explain_finding(folder, finding_id, earlier=_earlier(earlier))
    read = folder.folder if isinstance(folder, flow.Recorded) else folder
    spoken = Language(language)
    steps = [f"{n}. {s.title.to(spoken)}\n   {s.text.to(spoken)}" for n, s in enumerate(explanation.steps, start=1)]
    return cite("\n".join([finding.sentence.to(spoken), "", *steps]), read.strategy.documents, spoken)


def _earlier(path: Path | str | None) -> Earlier | None:
    return None if path is None else flow.earlier_verdicts(Path(path))


def findings_table(outcome: Outcome) -> pa.Table:
    """Return one row a finding: id, indicator, territory, group, type, verdict, both sentences, and the day known."""
    rows = [
        {
            "id": each.id,
            "indicator": each.key.indicator,
            "territory": each.key.territory,
            "sex": each.key.sex,
            "background": each.key.background,
            "type": each.type.value,
            "verdict": each.verdict,
            "sentence_sv": each.sentence.sv,
            "sentence_en": each.sentence.en,
            "figures": json.dumps(dict(each.figures), ensure_ascii=False, default=str),
            "as_of": each.vintage.as_of,
            "reconstructed": each.vintage.reconstructed,
        }
        for each in outcome.findings
    ]
    return pa.Table.from_pylist(rows, schema=_FINDINGS)


def figures_table(outcome: Outcome) -> pa.Table:
    """Return one row a figure: indicator, territory, group, period (first and last year) and value."""
    rows = [
        (key.indicator, key.territory, key.sex, key.background, period.start, period.end, value)
        for key, series in outcome.panel.items()
        for period, value in series
    ]
    columns = [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in _FIGURES]
    return pa.table(columns, schema=_FIGURES)


def judge(table: ArrowTable, method: str = "default") -> pa.Table:
    """Judge a table of series (columns as for ``vagvisare judge``) and return one row a series.

    ``method`` is ours ("default") or one of the published ones that ``vagvisare judge --help`` lists.

    Raises:
        FigureError: when columns are missing or rows cannot be understood, with every mistake.
        UnknownError: when nobody here knows the method.
    """
    rows: list[dict[str, Any]] = pa.table(table).to_pylist()
    return pa.Table.from_pylist([each.as_dict() for each in flow.judge_rows(rows_as_cases(rows), method)])


_FINDINGS = pa.schema(
    [
        *((name, pa.string()) for name in ("id", "indicator", "territory", "sex", "background", "type", "verdict")),
        *((name, pa.string()) for name in ("sentence_sv", "sentence_en", "figures")),
        ("as_of", pa.date32()),
        ("reconstructed", pa.bool_()),
    ]
)
_FIGURES = pa.schema(
    [
        *((name, pa.string()) for name in ("indicator", "territory", "sex", "background")),
        ("start", pa.int16()),
        ("end", pa.int16()),
        ("value", pa.float64()),
    ]
)
