"""A delivery under examination: everything a check may look at, prepared once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from vagvisare.intake.pairing import Paired
from vagvisare.intake.words import unit_of
from vagvisare.sources.contract import Shape
from vagvisare.sources.query import Dataset, Role, Scheme
from vagvisare.sources.territories import expand, official
from vagvisare.terms.unit import Unit, UnitClass


@dataclass(frozen=True, slots=True)
class Previous:
    """The last good vintage of a data set: its figures in schema ``FIGURES``, and how the table was described then."""

    figures: pa.Table
    shape: Shape | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One delivery under examination.

    ``rows`` are the delivered rows whose key can be read; ``before`` the last good ones, None when nothing has been
    accepted yet; ``paired`` the two laid beside each other.
    """

    dataset: Dataset
    unit_class: UnitClass
    rows: pa.Table
    before: pa.Table | None
    paired: Paired
    today: date
    shape: Shape | None = None

    @property
    def first(self) -> bool:
        """Tell whether nothing has been accepted before."""
        return self.before is None

    @property
    def unit(self) -> Unit:
        """The data set's unit with its words."""
        return unit_of(self.dataset.unit)

    @property
    def limits(self) -> tuple[float | None, float | None]:
        """The natural limits of the unit's class, widened where the data set says that figures go beyond them."""
        return natural_limits(self.unit_class, self.dataset.expects.low, self.dataset.expects.high)


def natural_limits(
    unit_class: UnitClass, low: float | None = None, high: float | None = None
) -> tuple[float | None, float | None]:
    """Return the limits no figure of a class can pass: 0–100 for shares, from 0 for what is counted or measured.

    Money can be negative (a result, a transfer), and so can signed quantities. Where ``low`` or ``high`` say that
    figures are expected beyond a natural limit (growth in per cent), they stand instead.
    """
    if unit_class in (UnitClass.MONEY, UnitClass.SIGNED):
        return None, None
    least = 0.0 if low is None else min(0.0, low)
    if unit_class is not UnitClass.SHARE:
        return least, None
    return least, 100.0 if high is None else max(100.0, high)


def expected_territories(dataset: Dataset) -> tuple[str, ...]:
    """Return our codes of the territories that must be there in the latest period.

    Raises:
        UnknownError: when the data set names a group of territories that does not exist.
    """
    return _ours(dataset.expects.territories, Scheme.OFFICIAL)


def asked_territories(dataset: Dataset) -> tuple[str, ...]:
    """Return our codes of the territories that are asked for one by one; none where everything is asked for.

    Raises:
        UnknownError: when the data set names a group of territories that does not exist.
    """
    found: list[str] = []
    for query in dataset.queries:
        for dimension in query.by_role(Role.TERRITORY):
            if dimension.ours:
                found.extend(dimension.ours)
            else:
                found.extend(_ours(dimension.values, dimension.scheme or scheme_of(dataset.source)))
    return tuple(dict.fromkeys(found))


def scheme_of(source: str) -> Scheme:
    """Return whose codes a source uses when a dimension does not say."""
    return {"kolada": Scheme.KOLADA, "eurostat": Scheme.NUTS}.get(source, Scheme.OFFICIAL)


def _ours(values: Iterable[str], scheme: Scheme) -> tuple[str, ...]:
    plain = [value for value in values if not is_expression(value)]
    return tuple(code for value in expand(plain, scheme) if (code := official(value, scheme)) is not None)


def is_expression(value: str) -> bool:
    """Tell whether a value asked for stands for several codes (``*``, ``TOP(5)``) rather than for one."""
    return not value or "*" in value or "?" in value or ("(" in value and value.endswith(")"))
