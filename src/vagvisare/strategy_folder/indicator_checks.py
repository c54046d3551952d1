"""Checks of an indicator's contract against the figures it names and the edition it watches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from vagvisare.assessment.definition import Direction, Indicator, Target, TargetKind
from vagvisare.editions.check import Problem, unknown
from vagvisare.sources.contract import Table
from vagvisare.terms.series import TOTAL
from vagvisare.terms.territory import TERRITORIES
from vagvisare.terms.unit import UNITS, UnitClass

PRICE_BASES = ("current", "fixed")


@dataclass(frozen=True)
class Contents:
    """What the checks need to know of one data set: its groups, and its first and last year."""

    table: Table

    @cached_property
    def groups(self) -> dict[str, tuple[str, str]]:
        """The groups in the figures, by ``sex/background``."""
        return {f"{c.sex}/{c.background}": (c.sex, c.background) for c in self.table.cells}

    @cached_property
    def span(self) -> tuple[int, int] | None:
        """First and last year with a figure."""
        cells = self.table.cells
        if not cells:
            return None
        return min(c.period.start for c in cells), max(c.period.end for c in cells)


@dataclass(frozen=True, slots=True)
class Around:
    """Everything an indicator may name: data sets (None where unreadable), addresses, and other indicators."""

    datasets: Mapping[str, Contents | None]
    addresses: frozenset[str]
    indicators: frozenset[str]


def check_indicator(indicator: Indicator, around: Around) -> Iterator[Problem]:
    """Yield every problem of one indicator's contract."""
    yield from _numbers(indicator)
    yield from unknown(indicator, ("unit",), indicator.unit, UNITS, "enhet")
    for field, name in (("dataset", indicator.dataset), ("per", indicator.per)):
        if name or field == "dataset":
            yield from unknown(indicator, (field,), name, around.datasets, "datamängd")
    for number, address in enumerate(indicator.watches):
        yield from unknown(indicator, ("watches", number), address, around.addresses, "adress")
    for number, code in enumerate(indicator.comparison):
        yield from unknown(indicator, ("comparison", number), code, TERRITORIES, "områdeskod")
    for sibling in indicator.siblings:
        if sibling.key:
            yield from unknown(sibling, ("key",), sibling.key, around.indicators, "indikator")
        elif not sibling.reference:
            yield Problem(sibling, ("key",), "Syskonet saknar namn.", "Skriv key eller reference.")
    for target in indicator.targets:
        yield from _target(target, indicator, around.datasets.get(indicator.dataset))
    contents = around.datasets.get(indicator.dataset)
    yield from _breaks(indicator, contents, around)
    if contents is not None:
        yield from _groups(indicator, contents)


def _numbers(indicator: Indicator) -> Iterator[Problem]:
    if indicator.limits is not None and not indicator.limits[0] < indicator.limits[1]:
        yield Problem(indicator, ("limits",), "Den undre gränsen är inte lägre än den övre.", "Byt plats på dem.")
    if indicator.per_scale <= 0:
        yield Problem(indicator, ("per_scale",), "per_scale ska vara större än noll.")
    if indicator.smallest_change is not None and indicator.smallest_change <= 0:
        what = "Den minsta förändring som betyder något ska vara större än noll."
        yield Problem(indicator, ("smallest_change",), what)
    if indicator.price_basis and indicator.price_basis not in PRICE_BASES:
        yield from unknown(indicator, ("price_basis",), indicator.price_basis, PRICE_BASES, "prisnivå")
    unit = UNITS.get(indicator.unit)
    if unit and unit.unit_class is UnitClass.MONEY and not indicator.price_basis:
        what = "Ett belopp måste säga om priserna är löpande eller fasta."
        yield Problem(indicator, ("price_basis",), what, 'Skriv price_basis = "current" eller "fixed".')
    release = indicator.release
    if release and not 1 <= release.month <= 12:
        yield Problem(indicator, ("release", "month"), f"{release.month} är ingen månad.", "Skriv 1–12.")
    if release and not 0 <= release.years_after <= 20:
        yield Problem(indicator, ("release", "years_after"), "Antalet år ska vara 0–20.")


def _breaks(indicator: Indicator, contents: Contents | None, around: Around) -> Iterator[Problem]:
    for found in indicator.breaks:
        if found.sibling:
            yield from unknown(found, ("sibling",), found.sibling, around.datasets, "datamängd")
        span = contents.span if contents else None
        if span and not (span[0] <= found.at.start and found.at.end <= span[1]):
            what = f"Brottet {found.at} ligger utanför siffrornas år, {span[0]}–{span[1]}."
            yield Problem(found, ("at",), what, "Skriv den första perioden med den nya metoden.")


def _groups(indicator: Indicator, contents: Contents) -> Iterator[Problem]:
    pairs = set(contents.groups.values())
    if not pairs:
        return
    if indicator.sex or indicator.background:
        yield from _group(indicator, (), indicator.sex or TOTAL, indicator.background, contents)
    elif (TOTAL, "") not in pairs:
        what = "Siffrorna saknar total (T, utan bakgrund)."
        yield Problem(indicator, ("dataset",), what, "Välj huvudgrupp med sex eller background.")
    for group in indicator.groups:
        yield from _group(group, (), group.sex, group.background, contents)
    for contrast in indicator.contrasts:
        for group in (contrast.a, contrast.b):
            yield from _group(group, (), group.sex, group.background, contents)


def _group(subject: object, steps: tuple[str, ...], sex: str, background: str, contents: Contents) -> Iterator[Problem]:
    if (sex, background) in contents.groups.values():
        return
    backgrounds = {b for _, b in contents.groups.values()}
    if background not in backgrounds:
        for problem in unknown(subject, (*steps, "background"), background, backgrounds, "grupp"):
            yield Problem(subject, problem.steps, problem.what, problem.suggestion)
    else:
        there = sorted({s for s, b in contents.groups.values() if b == background})
        what = f"Siffrorna har inte kön ”{sex}” för den gruppen."
        yield Problem(subject, (*steps, "sex"), what, f"Där finns: {', '.join(there)}.")


def _target(target: Target, indicator: Indicator, contents: Contents | None) -> Iterator[Problem]:
    needs = {
        TargetKind.ABSOLUTE: ("value", "year"),
        TargetKind.RELATIVE_TO_BASE: ("value", "base_year", "year"),
        TargetKind.ABOVE_PEERS: ("peers",),
        TargetKind.GAP_SHRINKS: ("groups",),
        TargetKind.DIRECTION: (),
    }[target.kind]
    for field in needs:
        if not getattr(target, field) and getattr(target, field) != 0.0:
            what = f"Ett mål av slaget {target.kind.value} behöver {field}."
            yield Problem(target, (field,), what, f"Lägg till {field}.")
    for field in ("base_year", "year"):
        year = getattr(target, field)
        if year is not None and not 1700 <= year <= 2200:
            yield Problem(target, (field,), f"{year} är inget år.", "Skriv fyra siffror, till exempel 2030.")
    if target.base_year and target.year and target.base_year >= target.year:
        yield Problem(target, ("base_year",), "Basåret kommer inte före målåret.", "Byt plats på dem.")
    for number, code in enumerate(target.peers):
        yield from unknown(target, ("peers", number), code, TERRITORIES, "områdeskod")
    if indicator.direction is Direction.NEUTRAL and target.kind is not TargetKind.ABSOLUTE:
        what = "Ett mål behöver veta vilket håll som är bättre, men indikatorn är neutral."
        yield Problem(target, ("kind",), what, 'Skriv direction = "higher" eller "lower" för indikatorn.')
    if contents is not None and contents.groups:
        for number, group in enumerate(target.groups or ()):
            yield from unknown(target, ("groups", number), group, contents.groups, "grupp")
