"""The figures of a data set begin to come from another source: what differs is told, and is no revision."""

from __future__ import annotations

from vagvisare.intake.alarms import Alarm, Change
from vagvisare.intake.words import change, figures, quoted, unit_of, who
from vagvisare.observations.revisions import compare
from vagvisare.observations.store import Store
from vagvisare.observations.vintage import Vintage
from vagvisare.sources.contract import Receipt
from vagvisare.sources.query import Dataset
from vagvisare.terms.language import Text

_TO_DO = Text(
    "Se om båda mäter samma sak. Gör de inte det: ge den nya en egen nyckel, eller ange ett seriebrott.",
    "See whether both measure the same thing. If not: give the new one a key of its own, or state a break in series.",
)


def changeover(dataset: Dataset, before: Receipt, new: Vintage, store: Store) -> Alarm:
    """Return the question that a first vintage from another source raises, with how much it differs from the last.

    Raises:
        FigureError: when the last vintage is damaged.
    """
    revision = compare(store.figures(before), new.figures)
    old, now = quoted(before.source_id), quoted(new.receipt.source_id)
    same, differing = figures(revision.unchanged), figures(revision.revised.num_rows)
    told = Text(
        f"Siffrorna kommer nu från {now.sv}, förut från {old.sv}",
        f"The figures now come from {now.en}, before from {old.en}",
    )
    if revision.unchanged or revision.revised.num_rows:
        told = Text(
            f"{told.sv}. {same.sv} är lika, {differing.sv} skiljer sig",
            f"{told.en}. {same.en} agree, {differing.en} differ",
        )
    for most in revision.largest(1):
        where = who(most.territory, most.sex, most.background)
        moved = change(unit_of(dataset.unit), most.old or 0.0, most.new or 0.0)
        told = Text(
            f"{told.sv}; mest {where.sv} {most.period.label}, {moved.sv}",
            f"{told.en}; most {where.en} {most.period.label}, {moved.en}",
        )
    table = "+".join(dict.fromkeys(query.table for query in dataset.queries))
    mark = f"{before.source_id} {new.receipt.source_id}"
    return Alarm.of(Change.SOURCE, dataset.key, table, Text(f"{told.sv}.", f"{told.en}."), _TO_DO, mark=mark)
