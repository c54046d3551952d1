"""From a query to Kolada's own terms: which KPIs, units, years and sexes, and the addresses that ask for them.

The interface takes at most 25 ids in each part of an address, so a question becomes segments: KPIs × units (× years).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from vagvisare.sources.errors import RefusedError
from vagvisare.sources.query import Dimension, Query, Role, Scheme
from vagvisare.sources.territories import expand
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text

KPI, UNIT, YEAR, GENDER = "kpi", "municipality", "year", "gender"
"""The codes of Kolada's four dimensions, as definitions name them."""

IDS_MOST = 25
"""How many ids the interface takes in one part of an address."""

GENDERS = ("T", "K", "M")
EVERYWHERE = ("@nation", "@counties", "@municipalities")
_FIRST, _LAST = 1900, 2199
_ID = re.compile(r"[A-Za-z0-9]{1,20}")
_YEAR = re.compile(r"[0-9]{4}")
_SPAN = re.compile(r"(?P<word>FROM|TO|RANGE)\(\s*(?P<a>[0-9]{4})\s*(?:,\s*(?P<b>[0-9]{4})\s*)?\)")


@dataclass(frozen=True, slots=True)
class Segment:
    """What one address asks for; ``years`` is empty where the address leaves years open."""

    kpis: tuple[str, ...]
    units: tuple[str, ...]
    years: tuple[int, ...] = ()

    @property
    def address(self) -> str:
        """The address, relative to the interface's base."""
        parts = [f"data/{KPI}", ",".join(self.kpis), UNIT, ",".join(self.units)]
        if self.years:
            parts += [YEAR, ",".join(map(str, self.years))]
        return "/".join(parts)


@dataclass(frozen=True, slots=True)
class Question:
    """A query in Kolada's terms.

    ``query`` is the one asked with its KPIs and units written out, so that codes and our names stand side by side.
    ``spans`` are closed spans of years, empty for every year there is; ``genders`` are those wanted.
    """

    query: Query
    kpis: tuple[str, ...]
    units: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    genders: frozenset[str]

    def wants(self, year: int) -> bool:
        """Tell whether figures of a year were asked for."""
        return not self.spans or any(first <= year <= last for first, last in self.spans)

    def segments(self) -> tuple[Segment, ...]:
        """Return the segments, in an order that is the same each time.

        Years stand in the address only when they fit in one part of it; otherwise everything is read and the years not
        asked for are left out, which is fewer calls.
        """
        years: tuple[int, ...] = ()
        if self.spans and sum(last - first + 1 for first, last in self.spans) <= IDS_MOST:
            years = tuple(sorted({year for first, last in self.spans for year in range(first, last + 1)}))
        pairs = product(chunks(self.kpis), chunks(self.units))
        return tuple(Segment(kpis, units, years) for kpis, units in pairs)


def chunks(ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Divide ids into parts that one address can carry."""
    for start in range(0, len(ids), IDS_MOST):
        yield tuple(ids[start : start + IDS_MOST])


def question(query: Query) -> Question:
    """Read a query as a question to Kolada.

    Raises:
        RefusedError: when Kolada could not be asked that; the sentence says what to change in the definition.
    """
    kpis = kpi_ids(query.table)
    dimensions = {dimension.code: dimension for dimension in query.dimensions}
    unknown = sorted(set(dimensions) - {KPI, UNIT, YEAR, GENDER})
    if unknown or len(dimensions) < len(query.dimensions):
        name = unknown[0] if unknown else "…"
        raise refused(
            query.table,
            Text(
                f"Kolada har dimensionerna kpi, municipality, year och gender, var och en en gång, inte ”{name}”.",
                f"Kolada has the dimensions kpi, municipality, year and gender, each at most once, not “{name}”.",
            ),
        )
    if UNIT not in dimensions or YEAR not in dimensions:
        raise refused(
            query.table,
            Text("Frågan måste ha med municipality och year.", "The query must name municipality and year."),
        )
    kpi = _kpi_dimension(query.table, kpis, dimensions.get(KPI))
    units = _units(query.table, dimensions[UNIT])
    written = {KPI: kpi, UNIT: _written(dimensions[UNIT], units)}
    known = replace(query, dimensions=tuple(written.get(d.code) or d for d in query.dimensions))
    spans = tuple(_spans(query.table, dimensions[YEAR].values))
    return Question(known, kpis, units, spans, _genders(query.table, dimensions.get(GENDER)))


def kpi_ids(table: str) -> tuple[str, ...]:
    """Return the KPI ids of a table: one, or several with commas between.

    Raises:
        RefusedError: when one of them can be no id.
    """
    return _checked(table, dict.fromkeys(part.strip() for part in table.split(",")))


def refused(table: str, why: Text) -> RefusedError:
    """Say that a definition cannot be put to Kolada, and why (a whole sentence)."""
    return RefusedError(
        Text(f"Frågan om ”{table}” går inte att ställa till Kolada.", f"“{table}” cannot be asked of Kolada."),
        meaning=why,
        remedy=Text("Ändra definitionen i indicators.toml.", "Change the definition in indicators.toml."),
    )


def _checked(table: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Let only letters and digits into an address."""
    found = tuple(ids)
    for each in found:
        if not _ID.fullmatch(each):
            why = Text(f"”{each}” kan inte vara en beteckning i Kolada.", f"“{each}” can be no id in Kolada.")
            raise refused(table, why)
    return found


def _kpi_dimension(table: str, kpis: tuple[str, ...], given: Dimension | None) -> Dimension | None:
    """Write out the KPIs of the table as the dimension's codes, so that ``ours`` names them in that order."""
    if given is not None and given.values and set(given.values) != set(kpis):
        why = Text("Värdena för kpi är inte desamma som i table.", "The values of kpi are not those of table.")
        raise refused(table, why)
    if len(kpis) > 1 and (given is None or given.role not in {Role.BACKGROUND, Role.MEASURE}):
        why = Text(
            "Flera nyckeltal kräver att kpi skiljer grupper (background) eller mått (measure) åt.",
            "Several KPIs need kpi to tell groups (background) or measures apart.",
        )
        raise refused(table, why)
    if given is not None and given.role is Role.MEASURE and len(kpis) > IDS_MOST:
        raise refused(table, Text("Så många mått har ingen tabell.", "No table has that many measures."))
    if given is not None and given.ours and len(given.ours) != len(kpis):
        why = Text("kpi har inte lika många namn (ours) som nyckeltal.", "kpi has not as many names (ours) as KPIs.")
        raise refused(table, why)
    return replace(given, values=given.values or kpis) if given is not None else None


def _units(table: str, given: Dimension) -> tuple[str, ...]:
    values = EVERYWHERE if not given.values or given.values == ("*",) else given.values
    try:
        units = expand(values, Scheme.KOLADA)
    except UserError as error:
        raise RefusedError(error.what, meaning=error.meaning, remedy=error.remedy) from error
    if given.ours and len(given.ours) != len(units):
        why = Text(
            "municipality har inte lika många namn (ours) som enheter.", "Names (ours) and units differ in number."
        )
        raise refused(table, why)
    return _checked(table, units)


def _written(given: Dimension, units: tuple[str, ...]) -> Dimension:
    return replace(given, values=units, scheme=Scheme.KOLADA)


def _spans(table: str, values: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Read years and expressions as closed spans; nothing for every year."""
    if "*" in values:
        return
    for value in values:
        found = _SPAN.fullmatch(value.strip())
        if _YEAR.fullmatch(value.strip()):
            first = last = int(value)
        elif found and (found["word"] == "RANGE") == (found["b"] is not None):
            a = int(found["a"])
            first, last = {"FROM": (a, _LAST), "TO": (_FIRST, a), "RANGE": (a, int(found["b"] or a))}[found["word"]]
        else:
            first, last = 1, 0
        if not _FIRST <= first <= last <= _LAST:
            why = Text(
                f"”{value}” är inga år; skriv 2015, FROM(2015), TO(2024), RANGE(2015,2024) eller *.",
                f"“{value}” is no years; write 2015, FROM(2015), TO(2024), RANGE(2015,2024) or *.",
            )
            raise refused(table, why)
        yield first, last


def _genders(table: str, given: Dimension | None) -> frozenset[str]:
    """Return the sexes asked for; without the dimension only the total, which is what a figure without sex means."""
    if given is None:
        return frozenset({"T"})
    if not given.values or given.values == ("*",):
        return frozenset(GENDERS)
    for value in given.values:
        if value not in GENDERS:
            why = Text(f"Kön är T, K eller M i Kolada, inte ”{value}”.", f"Sex is T, K or M in Kolada, not “{value}”.")
            raise refused(table, why)
    return frozenset(given.values)
