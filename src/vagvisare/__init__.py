"""Vägvisare: from official figures to judged, honest, reproducible findings about a development strategy.

The API for analysts::

    import vagvisare

    folder = vagvisare.read_folder("strategies/orebro")
    outcome = vagvisare.follow_up(folder, as_of="2022-06-17")
    vagvisare.findings(outcome)  # an Arrow table: one row a finding
    vagvisare.figures(outcome)  # an Arrow table: one row a figure
    vagvisare.judge(table)  # judge any table of series
    print(vagvisare.explain(folder, outcome.findings[0].id))

docs/do/analyse-in-python.md walks through it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

    from vagvisare.followups.outcome import Outcome
    from vagvisare.strategy_folder.folder import Folder
    from vagvisare.tables import ArrowTable
    from vagvisare.terms.language import Language

__all__ = ["explain", "figures", "findings", "follow_up", "judge", "read_folder"]


def read_folder(path: str | Path) -> Folder:
    """Read and check a strategy folder; every mistake in it is reported at once (``FolderError``)."""
    from vagvisare import flow  # noqa: PLC0415 importing the package stays instant

    return flow.read_folder(path)


def follow_up(folder: Folder, *, as_of: str | date | None = None, territory: str = "") -> Outcome:
    """Follow up a strategy as known on a day (the newest vintage's when left out)."""
    from vagvisare import flow  # noqa: PLC0415 the same

    day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    return flow.follow_up(folder, as_of=day, territory=territory, history=False)


def findings(outcome: Outcome) -> pa.Table:
    """Return the findings as an Arrow table."""
    from vagvisare import tables  # noqa: PLC0415 the same

    return tables.findings(outcome)


def figures(outcome: Outcome) -> pa.Table:
    """Return the figures as an Arrow table."""
    from vagvisare import tables  # noqa: PLC0415 the same

    return tables.figures(outcome)


def judge(table: ArrowTable) -> pa.Table:
    """Judge a table of series: columns series, period, value; optional direction, unit, target, target_year, …."""
    from vagvisare import tables  # noqa: PLC0415 the same

    return tables.judge(table)


def explain(folder: Folder, finding_id: str, *, language: Language | str = "sv") -> str:
    """Recompute a finding and return its sentence with every step of the computation."""
    from vagvisare import flow  # noqa: PLC0415 the same
    from vagvisare.terms.language import Language  # noqa: PLC0415 the same

    finding, explanation = flow.explain_finding(folder, finding_id)
    spoken = Language(language)
    steps = [f"{n}. {s.title.to(spoken)}\n   {s.text.to(spoken)}" for n, s in enumerate(explanation.steps, start=1)]
    return "\n".join([finding.sentence.to(spoken), "", *steps])
