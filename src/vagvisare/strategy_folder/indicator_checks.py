"""Checks of an indicator's contract against the figures it names and the edition it watches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from vagvisare.assessment.definition import Direction, Indicator, Target, TargetKind
from vagvisare.editions.check import Problem, unknown
from vagvisare.sources.contract import Table
from vagvisare.terms.language import Text
from vagvisare.terms.series import TOTAL
from vagvisare.terms.territory import TERRITORIES
from vagvisare.terms.unit import UNITS, UnitClass

PRICE_BASES = ("current", "fixed")
_SWAP = Text("Byt plats på dem.", "Swap them.")


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
            what = Text("Syskonet saknar namn.", "The sibling has no name.")
            yield Problem(sibling, ("key",), what, Text("Skriv key eller reference.", "Write key or reference."))
    for target in indicator.targets:
        yield from _target(target, indicator, around.datasets.get(indicator.dataset))
    contents = around.datasets.get(indicator.dataset)
    yield from _breaks(indicator, contents, around)
    if contents is not None:
        yield from _groups(indicator, contents)


def _numbers(indicator: Indicator) -> Iterator[Problem]:
    if indicator.limits is not None and not indicator.limits[0] < indicator.limits[1]:
        what = Text("Den undre gränsen är inte lägre än den övre.", "The lower limit is not below the upper.")
        yield Problem(indicator, ("limits",), what, _SWAP)
    if indicator.per_scale <= 0:
        what = Text("per_scale ska vara större än noll.", "per_scale should be greater than zero.")
        yield Problem(indicator, ("per_scale",), what)
    if indicator.smallest_change is not None and indicator.smallest_change <= 0:
        what = Text(
            "Den minsta förändring som betyder något ska vara större än noll.",
            "The smallest change that matters should be greater than zero.",
        )
        yield Problem(indicator, ("smallest_change",), what)
    if indicator.price_basis and indicator.price_basis not in PRICE_BASES:
        yield from unknown(indicator, ("price_basis",), indicator.price_basis, PRICE_BASES, "prisnivå")
    yield from _prices(indicator)
    yield from _release(indicator)


def _prices(indicator: Indicator) -> Iterator[Problem]:
    unit = UNITS.get(indicator.unit)
    if unit and unit.unit_class is UnitClass.MONEY and not indicator.price_basis:
        what = Text(
            "Ett belopp måste säga om priserna är löpande eller fasta.",
            "An amount of money must say whether prices are current or fixed.",
        )
        hint = Text('Skriv price_basis = "current" eller "fixed".', 'Write price_basis = "current" or "fixed".')
        yield Problem(indicator, ("price_basis",), what, hint)


def _release(indicator: Indicator) -> Iterator[Problem]:
    release = indicator.release
    if release and not 1 <= release.month <= 12:
        what = Text(f"{release.month} är ingen månad.", f"{release.month} is no month.")
        yield Problem(indicator, ("release", "month"), what, Text("Skriv 1–12.", "Write 1–12."))
    if release and not 0 <= release.years_after <= 20:
        what = Text("Antalet år ska vara 0–20.", "The number of years should be 0–20.")
        yield Problem(indicator, ("release", "years_after"), what)


def _breaks(indicator: Indicator, contents: Contents | None, around: Around) -> Iterator[Problem]:
    for found in indicator.breaks:
        if found.sibling:
            yield from unknown(found, ("sibling",), found.sibling, around.datasets, "datamängd")
        span = contents.span if contents else None
        if span and not (span[0] <= found.at.start and found.at.end <= span[1]):
            what = Text(
                f"Brottet {found.at} ligger utanför siffrornas år, {span[0]}–{span[1]}.",
                f"The break {found.at} lies outside the years of the figures, {span[0]}–{span[1]}.",
            )
            hint = Text("Skriv den första perioden med den nya metoden.", "Write the first period of the new method.")
            yield Problem(found, ("at",), what, hint)


def _groups(indicator: Indicator, contents: Contents) -> Iterator[Problem]:
    pairs = set(contents.groups.values())
    if not pairs:
        return
    if indicator.sex or indicator.background:
        yield from _group(indicator, (), indicator.sex or TOTAL, indicator.background, contents)
    elif (TOTAL, "") not in pairs:
        what = Text(
            "Siffrorna saknar total (T, utan bakgrund).", "The figures have no total (T, without a background)."
        )
        hint = Text("Välj huvudgrupp med sex eller background.", "Choose the headline group with sex or background.")
        yield Problem(indicator, ("dataset",), what, hint)
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
        what = Text(
            f"Siffrorna har inte kön ”{sex}” för den gruppen.", f"The figures do not have sex “{sex}” for that group."
        )
        hint = Text(f"Där finns: {', '.join(there)}.", f"There are: {', '.join(there)}.")
        yield Problem(subject, (*steps, "sex"), what, hint)


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
            what = Text(
                f"Ett mål av slaget {target.kind.value} behöver {field}.",
                f"A target of the kind {target.kind.value} needs {field}.",
            )
            yield Problem(target, (field,), what, Text(f"Lägg till {field}.", f"Add {field}."))
    yield from _target_years(target)
    for number, code in enumerate(target.peers):
        yield from unknown(target, ("peers", number), code, TERRITORIES, "områdeskod")
    if indicator.direction is Direction.NEUTRAL and target.kind is not TargetKind.ABSOLUTE:
        what = Text(
            "Ett mål behöver veta vilket håll som är bättre, men indikatorn är neutral.",
            "A target needs to know which way is better, but the indicator is neutral.",
        )
        hint = Text(
            'Skriv direction = "higher" eller "lower" för indikatorn.',
            'Write direction = "higher" or "lower" for the indicator.',
        )
        yield Problem(target, ("kind",), what, hint)
    if contents is not None and contents.groups:
        for number, group in enumerate(target.groups or ()):
            yield from unknown(target, ("groups", number), group, contents.groups, "grupp")


def _target_years(target: Target) -> Iterator[Problem]:
    for field in ("base_year", "year"):
        year = getattr(target, field)
        if year is not None and not 1700 <= year <= 2200:
            what = Text(f"{year} är inget år.", f"{year} is no year.")
            hint = Text("Skriv fyra siffror, till exempel 2030.", "Write four digits, such as 2030.")
            yield Problem(target, (field,), what, hint)
    if target.base_year and target.year and target.base_year >= target.year:
        what = Text("Basåret kommer inte före målåret.", "The base year does not come before the target year.")
        yield Problem(target, ("base_year",), what, _SWAP)
