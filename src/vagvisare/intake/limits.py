"""Can the figures be what they claim: within their unit, within what is plausible, inside their own interval?"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vagvisare.intake.case import Case
from vagvisare.intake.objection import EXAMPLES, Gravity, Kind, Objection
from vagvisare.intake.pairing import KEYS, Array, number_of
from vagvisare.intake.words import figure, figures, quoted, who
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.sampling import COLUMNS
from vagvisare.terms.unit import UnitClass

_ABSENT = -1e300
"""Stands for no number where absent ones must be found equal."""

_THOUSANDS = re.compile(r"\btusen|\bthousand|\b1[  ]?000\b|\btkr\b|\btsek\b")
_MILLIONS = re.compile(r"\bmiljon|\bmillion|\bmkr\b|\bmnkr\b|\bmsek\b")

_SCALE = Text(
    "Är källans enhet en annan, säg det med scale i frågan; är siffrorna rätt, bekräfta dem.",
    "If the source's unit is another, say so with scale in the query; if the figures are right, confirm them.",
)


def natural(case: Case) -> Iterator[Objection]:
    """Object to new figures beyond what the unit can be: shares outside 0–100, negative counts."""
    low, high = case.limits
    yield from _outside(case, low, high, Kind.LIMIT)


def plausible(case: Case) -> Iterator[Objection]:
    """Object to new figures outside the range the data set is said to keep within."""
    low, high = case.dataset.expects.low, case.dataset.expects.high
    least, most = case.limits
    # What passes a natural limit has been told already.
    within: Array = np.ones(len(case.paired.new), dtype=bool)
    if least is not None:
        within &= case.paired.new >= least
    if most is not None:
        within &= case.paired.new <= most
    yield from _outside(case, low, high, Kind.RANGE, within)


def _outside(
    case: Case, low: float | None, high: float | None, kind: Kind, within: Array | None = None
) -> Iterator[Objection]:
    paired, unit = case.paired, case.unit
    bad: Array = np.zeros(len(paired.new), dtype=bool)
    if low is not None:
        bad |= paired.new < low
    if high is not None:
        bad |= paired.new > high
    bad &= paired.fresh
    if within is not None:
        bad &= within
    if not bool(bad.any()):
        return
    cells = np.flatnonzero(bad)
    bounds = _bounds(case, low, high)
    reason = (
        Text("kan inte vara riktiga: enheten tillåter", "cannot be right: the unit allows")
        if kind is Kind.LIMIT
        else Text("ligger utanför det rimliga:", "lie outside what is plausible:")
    )
    many = figures(len(cells))
    what = Text(f"{many.sv} {reason.sv} {bounds.sv}.", f"{many.en} {reason.en} {bounds.en}.")
    examples = []
    for cell in cells[:EXAMPLES]:
        name, value = paired.at(cell), figure(unit, float(paired.new[cell]))
        examples.append(Text(f"{name.sv}: {value.sv}", f"{name.en}: {value.en}"))
    yield Objection.of(kind, Gravity.HOLD, what, _SCALE, examples, len(cells))


def _bounds(case: Case, low: float | None, high: float | None) -> Text:
    if low is None or high is None:
        bound = figure(case.unit, (high if low is None else low) or 0.0)
        if low is None:
            return Text(f"högst {bound.sv}", f"at most {bound.en}")
        return Text(f"minst {bound.sv}", f"at least {bound.en}")
    least, most = figure(case.unit, low), figure(case.unit, high)
    return Text(f"{least.sv} till {most.sv}", f"{least.en} to {most.en}")


def fraction_for_percent(case: Case) -> Iterator[Objection]:
    """Object to a first delivery of shares that are all between 0 and 1: parts of one, taken for per cent.

    Later deliveries are compared with the figures before them instead. A share that is really so small says so with
    ``expects.high``.
    """
    if case.unit_class is not UnitClass.SHARE or not case.first:
        return
    value = case.paired.new[case.paired.has]
    high = case.dataset.expects.high
    if not len(value) or (high is not None and high <= 1) or not _parts_of_one(value):
        return
    cell = int(np.flatnonzero(case.paired.has & (case.paired.new == value.max()))[0])
    name, most = case.paired.at(cell), figure(case.unit, float(value.max()), 2)
    what = Text(
        f"Alla andelar ligger mellan 0 och 1 procent. Det högsta är {name.sv}: {most.sv}. "
        "Troligen räknar källan i delar av ett, inte i procent.",
        f"All shares lie between 0 and 1 per cent. The highest is {name.en}: {most.en}. "
        "Probably the source counts in parts of one, not in per cent.",
    )
    to_do = Text(
        "Skriv scale = 100 i frågan, eller expects.high = 1 om andelarna verkligen är så små.",
        "Write scale = 100 in the query, or expects.high = 1 if the shares really are so small.",
    )
    yield Objection.of(Kind.UNIT, Gravity.HOLD, what, to_do)


def _parts_of_one(value: Array) -> bool:
    return bool((value >= 0).all() and (value <= 1).all() and (value > 0).any())


def counted_in_thousands(case: Case) -> Iterator[Objection]:
    """Ask about a first delivery whose source says that it counts thousands or millions, and the definition does not.

    Only words that say so plainly count; a ``scale`` in every query shows that somebody has thought of it.
    """
    stated = "" if case.shape is None else case.shape.unit.casefold()
    ours = f"{case.unit.name.sv} {case.unit.name.en}".casefold()
    thought_of = all(query.scale != 1.0 for query in case.dataset.queries)
    for size in (_THOUSANDS, _MILLIONS):
        if case.first and not thought_of and size.search(stated) and not size.search(ours) and case.unit.divide == 1.0:
            theirs, own = quoted(case.shape.unit if case.shape else ""), figure(case.unit, 1.0)
            what = Text(
                f"Källan anger enheten {theirs.sv}, men definitionen räknar i {case.unit.name.sv or own.sv}.",
                f"The source gives the unit as {theirs.en}, but the definition counts {case.unit.name.en or own.en}.",
            )
            yield Objection.of(Kind.UNIT, Gravity.NOTE, what, _SCALE)


def intervals(case: Case) -> Iterator[Objection]:
    """Object to what is said of certainty and cannot be: a figure outside its own interval, nobody asked."""
    rows = _new_rows(case)
    if not any(rows.column(name).null_count < rows.num_rows for name in COLUMNS):
        return
    value = number_of(rows, "value")
    low, high, se, n, count = (number_of(rows, name) for name in ("low", "high", "se", "n", "count"))
    slack = resolution(value)
    with np.errstate(invalid="ignore"):
        outside = (low > value + slack) | (value > high + slack) | (low > high)
        impossible = (se < 0) | (count < 0) | ((n <= 0) & ~np.isnan(value)) | (n < 0)
    yield from _told(
        case,
        rows.filter(outside),
        Text("ligger utanför sitt eget osäkerhetsintervall", "lie outside their own uncertainty interval"),
    )
    yield from _told(
        case,
        rows.filter(impossible & ~outside),
        Text(
            "har ett omöjligt antal svarande, antal fall eller medelfel",
            "have an impossible number of respondents, number of cases or standard error",
        ),
    )


def _new_rows(case: Case) -> pa.Table:
    """Return the rows with something said of their certainty that were not accepted, just so, before."""
    rows, before = case.rows, case.before
    if before is None or not any(before.column(name).null_count < before.num_rows for name in COLUMNS):
        return rows
    whole = [*KEYS, "value", *COLUMNS]
    fresh = _comparable(rows, whole).append_column("row", pa.array(np.arange(rows.num_rows)))
    left = fresh.join(_comparable(before, whole), keys=whole, join_type="left anti").column("row")
    return rows.take(left)


def _comparable(table: pa.Table, names: list[str]) -> pa.Table:
    """Return the columns as plain text and numbers.

    A join never matches what is absent, so a number stands for it.
    """
    numbers = ("value", *COLUMNS)
    columns = [
        pc.fill_null(table.column(name), _ABSENT) if name in numbers else _text(table.column(name)) for name in names
    ]
    return pa.table(columns, names=names)


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def _told(case: Case, bad: pa.Table, why: Text) -> Iterator[Objection]:
    if not bad.num_rows:
        return
    to_do = Text(
        "Se efter att måtten (värde, undre och övre gräns, antal) inte har bytt plats hos källan.",
        "See that the measures (value, lower and upper limit, number) have not changed places at the source.",
    )
    plain = pa.table([_text(bad.column(name)) for name in (*KEYS, "value")], names=[*KEYS, "value"])
    order = [(name, "ascending") for name in ("territory", "sex", "background", "start", "end", "value")]
    examples = []
    for row in plain.sort_by(order).slice(0, EXAMPLES).to_pylist():
        name = who(row["territory"], row["sex"] or "", row["background"] or "")
        label = Period(row["start"], row["end"]).label
        told = figure(case.unit, math.nan if row["value"] is None else row["value"])
        examples.append(Text(f"{name.sv} {label}: {told.sv}", f"{name.en} {label}: {told.en}"))
    many = figures(bad.num_rows)
    what = Text(f"{many.sv} {why.sv}.", f"{many.en} {why.en}.")
    yield Objection.of(Kind.INTERVAL, Gravity.HOLD, what, to_do, examples, bad.num_rows)


def resolution(value: Array) -> float:
    """Return the coarseness of rounding, a power of ten from 1 down to 0.001; it may carry a figure past a limit."""
    known = value[np.isfinite(value)]
    for places in range(3):
        if len(known) and bool((np.abs(known - np.round(known, places)) <= 1e-9).all()):
            return float(10.0**-places)
    return 0.001
