"""Checks of an indicator's contract against the figures it names and the edition it watches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from vagvisare.assessment.definition import Indicator, OrderedGroups
from vagvisare.assessment.gaps.ordered import FEWEST_GROUPS
from vagvisare.editions.check import Problem, unknown
from vagvisare.sources.contract import Table
from vagvisare.strategy_folder.target_checks import Known, check_target
from vagvisare.terms.language import Text
from vagvisare.terms.series import TOTAL
from vagvisare.terms.territory import TERRITORIES
from vagvisare.terms.unit import UNITS, UnitClass

PRICE_BASES = ("current", "fixed")
_ROUNDED = 0.01
"""How far from 1 rounded shares may add up to."""

LEAST_THRESHOLD = 3
"""The lowest threshold that hides more than one count: were there only one, the reason would tell it."""

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
    """Everything an indicator may name: data sets (None where unreadable), addresses, and other indicators.

    ``counts`` are the indicators that count people or things.
    """

    datasets: Mapping[str, Contents | None]
    addresses: frozenset[str]
    indicators: frozenset[str]
    counts: frozenset[str] = frozenset()


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
    contents = around.datasets.get(indicator.dataset)
    known = Known(around.indicators, around.counts, None if contents is None else contents.groups)
    for target in indicator.targets:
        yield from check_target(target, indicator, known)
    yield from _breaks(indicator, contents, around)
    for order in indicator.ordered_groups:
        yield from _order(order, contents)
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
    yield from _protection(indicator)


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


def _protection(indicator: Indicator) -> Iterator[Problem]:
    """Yield what keeps small counts from being protected: no counts, no meaning, or a producer who does it already."""
    unit = UNITS.get(indicator.unit)
    field = "cell_key" if indicator.protect is None else "protect"
    if indicator.protect is None and not indicator.cell_key:
        return
    if unit and (unit.unit_class is not UnitClass.COUNT or indicator.per):
        what = Text(
            "Bara antal personer kan skyddas, och indikatorn är inget antal.",
            "Only counts of people can be protected, and the indicator is no count.",
        )
        hint = Text(
            f'Skriv {field} för en indikator som visar antalen (unit = "persons", utan per). Andelar som bygger på '
            "samma datamängd skyddas då med den.",
            f'Write {field} for an indicator that shows the counts (unit = "persons", without per). Shares built on '
            "the same data set are then protected with it.",
        )
        yield Problem(indicator, (field,), what, hint)
    if indicator.protect is not None and indicator.protect < LEAST_THRESHOLD:
        what = Text(
            f"Gränsen {indicator.protect} skyddar ingenting.", f"The threshold {indicator.protect} protects nothing."
        )
        hint = Text(
            "Skriv minst 3 (5 är vanligt), eller ta bort protect.", "Write at least 3 (5 is usual), or remove protect."
        )
        yield Problem(indicator, ("protect",), what, hint)
    if indicator.protect is not None and indicator.cell_key:
        what = Text(
            "cell_key säger att producenten redan skyddar antalen, protect att de ska skyddas här.",
            "cell_key says that the producer already protects the counts, protect that they are to be protected here.",
        )
        yield Problem(indicator, ("cell_key",), what, Text("Behåll ett av dem.", "Keep one of them."))


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


def _order(order: OrderedGroups, contents: Contents | None) -> Iterator[Problem]:
    """Yield what keeps an order of groups from being computed: too few, or sizes that do not fit them."""
    groups, shares = len(order.groups), len(order.shares)
    if groups < FEWEST_GROUPS:
        what = Text(
            f"En ordning behöver minst tre grupper, men har {groups}.",
            f"An order needs at least three groups, but has {groups}.",
        )
        hint = Text("Beskriv två grupper som contrast i stället.", "Describe two groups as a contrast instead.")
        yield Problem(order, ("group",), what, hint)
    if shares != groups:
        what = Text(
            f"Ordningen har {groups} grupper men {shares} andelar.",
            f"The order has {groups} groups but {shares} shares.",
        )
        hint = Text("Skriv en andel för varje grupp, i samma ordning.", "Write one share a group, in the same order.")
        yield Problem(order, ("shares",), what, hint)
    elif min(order.shares, default=1.0) <= 0 or abs(sum(order.shares) - 1) > _ROUNDED:
        what = Text(
            "Andelarna ska vara större än noll och tillsammans bli 1.",
            "The shares should be greater than zero and add up to 1.",
        )
        hint = Text("Skriv 0.2 för tjugo procent av befolkningen.", "Write 0.2 for twenty per cent of the population.")
        yield Problem(order, ("shares",), what, hint)
    if contents is not None and contents.groups:
        for group in order.groups:
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
