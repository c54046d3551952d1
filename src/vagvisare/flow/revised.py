"""What a revision does to what has been said: the same figures judged with it and without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from vagvisare.findings.finding import Finding
from vagvisare.flow.known import Recorded, assess, with_findings
from vagvisare.observations.revisions import Revision
from vagvisare.observations.store import Store
from vagvisare.observations.vintage import Vintage
from vagvisare.sources.contract import FIGURES
from vagvisare.strategy_folder.folder import Folder

_KEYS = ["territory", "sex", "background", "start", "end"]


@dataclass(frozen=True, slots=True)
class Changed:
    """A finding that a revision changes: as it would have been without it, and as it is; None where there is none."""

    before: Finding | None
    after: Finding | None


def changed_findings(folder: Folder, store: Store, revisions: Mapping[str, Revision]) -> tuple[Changed, ...]:
    """Return the findings about the folder's own territory that differ because older figures were revised.

    Both sides have the newest periods, so that nothing else tells them apart.

    Args:
        folder: the strategy, its indicators and targets.
        store: where the newest vintages lie.
        revisions: what the newest vintage of each revised data set changed, by its name.
    """
    recorded = Recorded(folder, store)
    day = recorded.latest
    without = Store()
    for dataset in recorded.datasets:
        latest = store.latest(dataset)
        if latest is None:
            continue
        figures = store.figures(latest)
        if dataset in revisions:
            latest, figures = replace(latest, sha256=""), unrevised(figures, revisions[dataset])
        without.publish(Vintage(latest, figures))
    old, new = _said(Recorded(folder, without), day), _said(recorded, day)
    pairs = ((old.get(key), new.get(key)) for key in dict.fromkeys([*old, *new]))
    return tuple(Changed(before, after) for before, after in pairs if _sentence(before) != _sentence(after))


def unrevised(figures: pa.Table, revision: Revision) -> pa.Table:
    """Return figures as they would be had the older ones stayed as they were; new ones are kept."""
    old = revision.revised.select([*_KEYS, "old"])
    joined = figures.join(old, _KEYS, join_type="left outer")
    value = pc.coalesce(joined.column("old"), joined.column("value"))
    kept = joined.set_column(joined.schema.get_field_index("value"), "value", value).select(FIGURES.names)
    gone = revision.vanished
    if not len(gone):
        return kept.cast(FIGURES)
    nothing = {name: pa.nulls(len(gone), FIGURES.field(name).type) for name in FIGURES.names}
    said = {name: gone.column(name) for name in _KEYS} | {
        "value": gone.column("old"),
        "status": pa.repeat("", len(gone)),
    }
    back = pa.table(nothing | said).select(FIGURES.names).cast(FIGURES)
    lost = kept.join(back.select(_KEYS), _KEYS, join_type="left anti").select(FIGURES.names).cast(FIGURES)
    return pa.concat_tables([lost, back])


def _said(recorded: Recorded, day: date) -> dict[tuple[object, object], Finding]:
    strategy = recorded.folder.strategy
    view = with_findings(assess(recorded, day), strategy, strategy.territory)
    return {(each.key, each.type): each for each in view.findings}


def _sentence(finding: Finding | None) -> str:
    return "" if finding is None else finding.sentence.sv
