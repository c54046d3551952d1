"""What is hidden of the figures of a whole follow-up, before anything is judged.

An indicator that declares ``protect`` has every period of its data set protected as one table of territory × sex ×
background. Hidden counts are taken out of the panel itself, so nothing computed later can tell them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

from vagvisare.assessment.definition import Indicator
from vagvisare.assessment.disclosure.audit import audit, breaches
from vagvisare.assessment.disclosure.cell_key import differences
from vagvisare.assessment.disclosure.hierarchy import TERRITORY, table_of
from vagvisare.assessment.disclosure.protect import Protected, protect
from vagvisare.assessment.disclosure.table import Cell, CellKey, Reason, Rules, Table
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.sampling import Samples
from vagvisare.terms.series import TOTAL, Panel, Series, SeriesKey

NAMES = (TERRITORY, "sex", "background")
TOTALS = {"sex": TOTAL, "background": ""}

Reasons = Mapping[SeriesKey, Mapping[Period, Reason]]
"""Why figures are not shown, by series and period."""


class Breach(NamedTuple):
    """A hidden count that a reader could still work out."""

    key: SeriesKey
    period: Period


@dataclass(frozen=True, slots=True)
class Protection:
    """What is hidden of one data set, or of one indicator made of it.

    ``threshold`` is 0 where the producer's noise protects the figures instead; ``cell_key`` is then that noise, None
    where no sum tells how large it is. ``breached`` are counts that no hiding protects.
    """

    threshold: int
    reasons: Reasons = field(default_factory=dict)
    breached: tuple[Breach, ...] = ()
    cell_key: CellKey | None = None

    def why(self, key: SeriesKey, period: Period) -> Reason | None:
        """Return why a figure is not shown, None where nothing is hidden."""
        return self.reasons.get(key, {}).get(period)

    @property
    def hides(self) -> bool:
        """Tell whether the figures are protected here, not by their producer."""
        return self.threshold > 0


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Every protection of a follow-up: by data set, and by indicator for quotients that would tell of a few people.

    ``vintages`` are the checksums of the whole figures that were protected, by data set. They are never published.
    """

    datasets: Mapping[str, Protection] = field(default_factory=dict)
    quotients: Mapping[str, Protection] = field(default_factory=dict)
    vintages: Mapping[str, str] = field(default_factory=dict)

    def changed(self, vintages: Mapping[str, str]) -> frozenset[str]:
        """Return the protected data sets of which ``vintages`` (name → checksum) are other figures than these.

        Two versions hide different cells, and set beside each other they tell more than each alone.
        """
        hiding = (name for name, each in self.datasets.items() if each.hides)
        return frozenset(name for name in hiding if vintages.get(name) != self.vintages.get(name))

    @property
    def public(self) -> Disclosure:
        """The same without checksums of the whole figures: by them a guess at what is hidden could be confirmed."""
        return replace(self, vintages={})

    @property
    def breached(self) -> tuple[Breach, ...]:
        """Every hidden count that a reader could still work out."""
        each = (*self.datasets.values(), *self.quotients.values())
        return tuple(breach for protection in each for breach in protection.breached)

    def shown(self, raw: Panel, changed: Iterable[str] = ()) -> Panel:
        """Return the figures of data sets without what is hidden, and without the data sets in ``changed``."""
        dropped = frozenset(changed)
        if not dropped and not any(each.hides for each in self.datasets.values()):
            return raw
        left = [(key, self._left(series)) for key, series in raw.items() if key.indicator not in dropped]
        return {key: series for key, series in left if len(series)}

    def samples(self, raw: Samples, changed: Iterable[str] = ()) -> Samples:
        """Return what is said of figures' certainty without what is hidden."""
        dropped = frozenset(changed)
        return {
            key: {period: said for period, said in own.items() if period not in self._hidden(key)}
            for key, own in raw.items()
            if key.indicator not in dropped
        }

    def measured(self, panel: Panel) -> dict[SeriesKey, Series]:
        """Return the figures of indicators without the quotients that would tell of a few people."""
        found = {}
        for key, series in panel.items():
            protection = self.quotients.get(key.indicator)
            places = protection.reasons.get(SeriesKey(key.indicator, key.territory), {}) if protection else {}
            left = series.only(frozenset(series.periods) - places.keys()) if places else series
            if len(left):
                found[key] = left
        return found

    def of(self, indicator: Indicator, panel: Panel) -> Protection | None:
        """Return what is hidden of an indicator, by its own series; None where nothing of it is protected.

        Args:
            indicator: the contract.
            panel: the figures of indicators, hidden ones taken out: the series a hidden denominator would have had.
        """
        own = self.datasets.get(indicator.dataset)
        below = self.datasets.get(indicator.per) if indicator.per else None
        if below is not None and not below.hides:
            below = None
        if own is None and below is None:
            return None
        reasons: dict[SeriesKey, dict[Period, Reason]] = defaultdict(dict)
        for key, periods in (own.reasons if own else {}).items():
            named = SeriesKey(indicator.key, key.territory, key.sex, key.background)
            reasons[named] |= _derived(periods) if indicator.per else periods
        here = _by_territory(key for key in (*panel, *reasons) if key.indicator == indicator.key)
        for hidden in (below, self.quotients.get(indicator.key)):
            for key, periods in (hidden.reasons if hidden else {}).items():
                for named in here.get(key.territory, {SeriesKey(indicator.key, key.territory)}) if key.is_total else ():
                    reasons[named] |= {p: Reason.DERIVED for p in periods if p not in reasons[named]}
        _as_headline(indicator, reasons)
        threshold = max(each.threshold for each in (own, below) if each is not None)
        return Protection(threshold, dict(sorted(reasons.items())), cell_key=own.cell_key if own else None)

    def _hidden(self, key: SeriesKey) -> Mapping[Period, Reason]:
        protection = self.datasets.get(key.indicator)
        return protection.reasons.get(key, {}) if protection else {}

    def _left(self, series: Series) -> Series:
        hidden = self._hidden(series.key)
        return series.only(frozenset(series.periods) - hidden.keys()) if hidden else series


def _derived(periods: Mapping[Period, Reason]) -> dict[Period, Reason]:
    return {p: r if r is Reason.UNPUBLISHED else Reason.DERIVED for p, r in periods.items()}


def _by_territory(keys: Iterable[SeriesKey]) -> dict[str, set[SeriesKey]]:
    found: dict[str, set[SeriesKey]] = defaultdict(set)
    for key in keys:
        found[key.territory].add(key)
    return dict(found)


def _as_headline(indicator: Indicator, reasons: dict[SeriesKey, dict[Period, Reason]]) -> None:
    """Hide the headline group also where it stands in for a total."""
    group = (indicator.sex or TOTAL, indicator.background)
    if group != (TOTAL, ""):
        for key in [key for key in reasons if (key.sex, key.background) == group]:
            reasons[SeriesKey(key.indicator, key.territory)] = reasons[key]


def checksum(panel: Panel, dataset: str) -> str:
    """Return a checksum of the figures of one data set that are shown: what a receipt of protected figures may say."""
    shown = sorted((key, series) for key, series in panel.items() if key.indicator == dataset)
    rows = "".join(f"{key}{period}={value!r}\n" for key, series in shown for period, value in series)
    return sha256(rows.encode()).hexdigest()


def disclosure(raw: Panel, indicators: Sequence[Indicator], vintages: Mapping[str, str]) -> Disclosure:
    """Decide what is hidden of the figures of data sets, by the indicators that declare protection.

    A data set is protected whoever reads it, by the highest threshold declared; so are the older data sets that breaks
    name. Each period is a table of its own. Quotients of protected counts are hidden besides where those who are
    *not* counted are a few people.

    Args:
        raw: series whose keys carry the name of the data set.
        indicators: the contracts.
        vintages: the checksum of each data set's whole figures.

    Raises:
        FigureError: when a protected data set holds something else than counts, or its periods overlap.
    """
    thresholds: dict[str, int] = {}
    for each in indicators:
        for name in (each.dataset, *(b.sibling for b in each.breaks if b.sibling)) if each.protect else ():
            thresholds[name] = max(thresholds.get(name, 0), each.protect or 0)
    noisy = dict.fromkeys(each.dataset for each in indicators if each.cell_key and each.dataset not in thresholds)
    series = {name: [s for s in raw.values() if s.key.indicator == name] for name in (*thresholds, *noisy)}
    datasets = {name: _protection(name, series[name], Rules(limit)) for name, limit in thresholds.items()}
    datasets |= {name: _noise(series[name]) for name in noisy}
    quotients = {
        each.key: _protection(each.key, left, Rules(thresholds[each.dataset]))
        for each in indicators
        if each.per and each.dataset in thresholds
        for left in [_not_counted(each, raw)]
        if left
    }
    return Disclosure(datasets, quotients, {name: vintages[name] for name in thresholds if name in vintages})


def _protection(name: str, series: Sequence[Series], rules: Rules) -> Protection:
    reasons: dict[SeriesKey, dict[Period, Reason]] = {s.key: {} for s in series}
    breached: list[Breach] = []
    for period, table in _tables(series):
        protected = protect(table, rules)
        for cell, reason in protected.reasons.items():
            reasons[SeriesKey(name, *cell)][period] = reason
        breached += [Breach(SeriesKey(name, *cell), period) for cell in unsafe(protected)]
    _say_missing(series, reasons)
    return Protection(rules.threshold, {key: periods for key, periods in reasons.items() if periods}, tuple(breached))


def unsafe(protected: Protected) -> list[Cell]:
    """Return the hidden counts of a table that a reader could still work out, by the attack on it."""
    return sorted({*protected.exposed, *breaches(audit(protected))})


def _say_missing(series: Sequence[Series], reasons: Mapping[SeriesKey, dict[Period, Reason]]) -> None:
    """Give what a series lacks, of the periods that others have, its reason: the producer has not published it."""
    periods = sorted({period for each in series for period in each.periods})
    for each in series:
        for period in periods:
            if period not in each.periods:
                reasons[each.key].setdefault(period, Reason.UNPUBLISHED)


def _noise(series: Sequence[Series]) -> Protection:
    """Return the producer's noise, measured where parts and totals differ; sums are left as they are."""
    gaps = [each for _, table in _tables(series) for each in differences(table)]
    variance = sum(gap * gap / cells for gap, cells in gaps) / len(gaps) if gaps else 0.0
    return Protection(0, cell_key=CellKey(variance) if variance else None)


def _tables(series: Sequence[Series]) -> Iterator[tuple[Period, Table]]:
    """Yield one table a period."""
    counts: dict[Period, dict[Cell, int]] = defaultdict(dict)
    for each in series:
        for period, value in each:
            counts[period][each.key.territory, each.key.sex, each.key.background] = _whole(each.key, period, value)
    periods = sorted(counts)
    for before, after in pairwise(periods):
        if before.overlaps(after):
            raise _overlapping(series[0].key.indicator, before, after)
    for period in periods:
        yield period, table_of(NAMES, counts[period], TOTALS)


def _not_counted(indicator: Indicator, raw: Panel) -> list[Series]:
    """Return how many are not counted, by territory: what a reader gets out of a count and its share.

    Empty where somewhere more are counted than there are: the quotient is then no share of the same people.
    """
    left = []
    for key, series in raw.items():
        below = raw.get(SeriesKey(indicator.per, key.territory))
        if key.indicator != indicator.dataset or not key.is_total or below is None:
            continue
        at = dict(below)
        rest = {period: at[period] - value for period, value in series if period in at}
        if any(value < 0 for value in rest.values()):
            return []
        whole = {period: value for period, value in rest.items() if value == int(value)}
        if whole:
            left.append(Series.of(SeriesKey(indicator.key, key.territory), whole))
    return left


def _whole(key: SeriesKey, period: Period, value: float) -> int:
    if value >= 0 and value == int(value):
        return int(value)
    raise FigureError(
        Text(
            f"Datamängden {key.indicator} har värdet {value:g} för {key.territory} {period.label}.",
            f"The data set {key.indicator} has the value {value:g} for {key.territory} {period.label}.",
        ),
        meaning=Text(
            "Den ska skyddas (protect), men bara antal personer går att skydda: hela tal från 0.",
            "It is to be protected (protect), but only counts of people can be: whole numbers from 0.",
        ),
        remedy=Text(
            "Rätta värdet, eller ta bort protect för indikatorn.",
            "Correct the value, or remove the indicator's protect.",
        ),
    )


def _overlapping(dataset: str, before: Period, after: Period) -> FigureError:
    return FigureError(
        Text(
            f"I datamängden {dataset} delar {before.label} och {after.label} något år.",
            f"In the data set {dataset}, {before.label} and {after.label} have a year in common.",
        ),
        meaning=Text(
            "Antal för perioder som överlappar kan dras från varandra, och då går små antal inte att skydda.",
            "Counts for overlapping periods can be subtracted from each other, so small counts cannot be protected.",
        ),
        remedy=Text("Behåll perioder som inte överlappar.", "Keep periods that do not overlap."),
    )
