"""What a delivery would change: its figures held against those that now stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vagvisare.terms.period import Period

KEY = ("territory", "start", "end", "sex", "background")
_NOISE = 1e-9
"""Relative difference that two ways of computing one number can have."""

_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that differs; ``old`` or ``new`` is None where there was, or is, no figure."""

    territory: str
    period: Period
    sex: str
    background: str
    old: float | None
    new: float | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What would change, counted, with the largest revisions and the first of the vanished figures as examples."""

    new_periods: tuple[Period, ...]
    added: int
    revised: int
    vanished: int
    unchanged: int
    revisions: tuple[Change, ...] = ()
    losses: tuple[Change, ...] = ()


def changes(before: pa.Table, after: pa.Table) -> Changes:
    """Compare two tables in ``FIGURES``; rows without a value count as no figure."""
    old, new = (_values(table, name) for table, name in ((before, "old"), (after, "new")))
    both = old.join(new, keys=list(KEY), join_type="full outer").sort_by([(name, "ascending") for name in KEY])
    was, now = (both[name].to_numpy().astype(np.float64, copy=False) for name in ("old", "new"))
    added, vanished = np.isnan(was) & ~np.isnan(now), np.isnan(now) & ~np.isnan(was)
    with np.errstate(invalid="ignore"):
        size = np.abs(now - was)
        revised = size > _NOISE * np.maximum(np.abs(was), np.abs(now))
    largest = np.flatnonzero(revised)[np.argsort(-size[revised], kind="stable")][:_EXAMPLES]
    known = set(zip(before["start"].to_pylist(), before["end"].to_pylist(), strict=True))
    fresh = set(zip(new["start"].to_pylist(), new["end"].to_pylist(), strict=True)) - known
    return Changes(
        new_periods=tuple(sorted(Period(start, end) for start, end in fresh)),
        added=int(added.sum()),
        revised=int(revised.sum()),
        vanished=int(vanished.sum()),
        unchanged=int((~added & ~vanished & ~revised).sum()),
        revisions=_told(both, largest),
        losses=_told(both, np.flatnonzero(vanished)[:_EXAMPLES]),
    )


def _values(table: pa.Table, name: str) -> pa.Table:
    """Return key and value, each key once."""
    kept = table.filter(pc.is_valid(table["value"])).select([*KEY, "value"])
    return kept.group_by(list(KEY)).aggregate([("value", "max")]).rename_columns([*KEY, name])


def _told(both: pa.Table, rows: np.ndarray) -> tuple[Change, ...]:
    return tuple(
        Change(
            row["territory"], Period(row["start"], row["end"]), row["sex"], row["background"], row["old"], row["new"]
        )
        for row in both.take(pa.array(rows, pa.int64())).to_pylist()
    )
