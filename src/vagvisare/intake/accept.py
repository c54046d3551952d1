"""May a delivery become a vintage? Every check in order, and what each objects to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pyarrow as pa

from vagvisare.intake import form, jumps, limits, losses, revised, sums
from vagvisare.intake.case import Case, Previous
from vagvisare.intake.objection import Gravity, Kind, Objection, held_back
from vagvisare.intake.pairing import pair
from vagvisare.intake.words import unit_of
from vagvisare.sources.contract import Shape
from vagvisare.sources.query import Dataset
from vagvisare.terms.unit import UnitClass

_CHECKS: tuple[Callable[[Case], Iterator[Objection]], ...] = (
    form.empty,
    form.not_numbers,
    form.strange_places,
    form.strange_groups,
    form.unfit_groups,
    form.duplicates,
    form.future,
    limits.fraction_for_percent,
    limits.counted_in_thousands,
    limits.natural,
    limits.plausible,
    limits.intervals,
    losses.territories,
    losses.groups,
    losses.history,
    revised.rewritten,
    jumps.leaps,
    jumps.standstill,
    sums.sums,
    form.silent_codes,
)


def check(
    dataset: Dataset,
    delivery_figures: pa.Table,
    shape: Shape | None = None,
    previous: Previous | None = None,
    *,
    unit_class: UnitClass | None = None,
    today: date | None = None,
) -> tuple[Objection, ...]:
    """Return everything that speaks against a delivery, the gravest first; nothing when it may be published.

    What a person has accepted is not asked again: a delivery equal to the last good figures meets no objection, and
    checks of single figures look only at those that are new or changed.

    Args:
        dataset: what was asked for, and what is expected.
        delivery_figures: the whole answer, in schema ``FIGURES``, in any order.
        shape: the table as the source describes it, for the unit it states; changes in it are told by ``alarms``.
        previous: the last good vintage; None when there is none.
        unit_class: the class of the data set's unit; by default that of ``dataset.unit``.
        today: the day of the fetch, for figures from the future; by default today in UTC.

    Raises:
        UnknownError: when the data set expects a group of territories that does not exist.
    """
    formless = form.missing_columns(delivery_figures)
    if formless is not None:
        return (formless,)
    rows, objections = form.readable(delivery_figures)
    before = None if previous is None else form.readable(previous.figures)[0]
    case = Case(
        dataset,
        unit_of(dataset.unit).unit_class if unit_class is None else unit_class,
        rows,
        before,
        pair(rows, before),
        today or datetime.now(UTC).date(),
        shape,
    )
    if not objections and before is not None and _equal(case):
        return ()
    found = [*objections, *(objection for one in _CHECKS for objection in one(case))]
    return tuple(sorted(_most_telling(found), key=lambda objection: not objection.holds))


def _equal(case: Case) -> bool:
    """Tell whether the delivery says the same of every figure as the last good vintage, and no more rows of it."""
    paired, before = case.paired, case.before
    return (
        before is not None
        and before.num_rows == case.rows.num_rows
        and not bool(paired.fresh.any())
        and bool((paired.has == paired.had).all())
    )


def _most_telling(found: list[Objection]) -> list[Objection]:
    """Leave out what only follows from something already told: an empty answer has lost every territory, too."""
    kinds = {objection.kind for objection in found}
    follow: set[Kind] = set()
    if Kind.EMPTY in kinds:
        follow = set(Kind) - {Kind.EMPTY, Kind.FORM, Kind.PLACE, Kind.GROUP, Kind.DUPLICATE}
    elif Kind.UNIT in kinds:
        follow = {Kind.JUMP, Kind.MASS_REVISION}
    return [objection for objection in found if objection.kind not in follow]


__all__ = ["Gravity", "Kind", "Objection", "Previous", "check", "held_back"]
