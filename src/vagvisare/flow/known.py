"""What was known on a day, and what the method makes of it: record → assess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from vagvisare.assessment.closer.noise import noise
from vagvisare.assessment.definition import Indicator
from vagvisare.assessment.disclosure.panel import Disclosure, checksum, disclosure
from vagvisare.assessment.earlier import Earlier
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.measure import measure, measure_samples
from vagvisare.editions.registers import Strategy
from vagvisare.findings import choose
from vagvisare.findings.closer.protection import refused
from vagvisare.findings.finding import VintageRef
from vagvisare.followups.replay import View
from vagvisare.observations.store import Store
from vagvisare.observations.vintage import KnownFrom, Snapshot
from vagvisare.sources.contract import Receipt
from vagvisare.strategy_folder.folder import Folder
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text


@dataclass(frozen=True, slots=True)
class Recorded:
    """A folder whose figures have been recorded in a store: ready to be followed up as of any day."""

    folder: Folder
    store: Store

    @property
    def datasets(self) -> tuple[str, ...]:
        """The data sets of the folder: those whose figures it holds, and those it says can be fetched."""
        held = (table.receipt.dataset for table in self.folder.figures)
        return tuple(dict.fromkeys([*held, *(dataset.key for dataset in self.folder.datasets)]))

    @property
    def latest(self) -> date:
        """The day of the newest vintage: what "today" means for this folder.

        Raises:
            FigureError: when there are no figures at all.
        """
        found = (self.store.latest(dataset) for dataset in self.datasets)
        days = [receipt.recorded for receipt in found if receipt is not None]
        if not days:
            raise FigureError(
                Text("Mappen har inga siffror.", "The folder has no figures."),
                meaning=Text("Det finns inget att följa upp.", "There is nothing to follow up."),
                remedy=Text(
                    "Lägg datamängder med kvitton i figures/, eller hämta dem med vagvisare fetch.",
                    "Put data sets with receipts in figures/, or fetch them with vagvisare fetch.",
                ),
            )
        return max(days)


def record(folder: Folder, store: Store | None = None) -> Recorded:
    """Record the folder's figures as vintages; in memory unless a store is given."""
    store = store or Store()
    for table in folder.figures:
        store.record(table)
    return Recorded(folder, store)


def assess(
    recorded: Recorded,
    as_of: date,
    *,
    only: frozenset[str] = frozenset(),
    earlier: Earlier | None = None,
    beside: View | None = None,
) -> View:
    """Judge every series of every indicator as known on ``as_of``; small counts are hidden before anything is judged.

    ``only`` limits the work to some territories; ``earlier`` are the verdicts of the edition before, to weigh in;
    ``beside`` is the view that this one is published with, whose hidden counts stay hidden here.

    Raises:
        FigureError: when figures to be protected cannot be.
    """
    folder = recorded.folder
    snapshot, protected = known(recorded, as_of, beside)
    indicators = {indicator.key: indicator for indicator in folder.indicators}
    raw = {key: series for key, series in snapshot.panel.items() if not only or key.territory in only}
    panel = protected.measured(measure(raw, folder.indicators))
    weighed_in = None if earlier is None else earlier.verdicts
    judgements = judge_all(panel, indicators, folder.events, earlier=weighed_in, calibration=folder.calibration)
    samples = measure_samples(snapshot.samples, folder.indicators)
    stands_on = vintages(snapshot)
    return View(
        as_of, indicators, panel, judgements, stands_on, folder.events, (), samples, protected, snapshot.preliminary
    )


def known(recorded: Recorded, as_of: date, beside: View | None = None) -> tuple[Snapshot, Disclosure]:
    """Return what was known on a day without the counts that are hidden, and what those are."""
    indicators = recorded.folder.indicators
    snapshot = recorded.store.as_of(as_of, release_rules(indicators), recorded.datasets)
    whole = {name: chosen.receipt.sha256 for name, chosen in snapshot.chosen.items()}
    protected = disclosure(snapshot.panel, indicators, whole) if beside is None else beside.protected
    if protected.breached:
        raise refused(protected.breached)
    if not protected.datasets:
        return snapshot, protected
    changed = protected.changed(whole)
    panel = protected.shown(snapshot.panel, changed)
    chosen = dict(snapshot.chosen)
    for name in protected.vintages.keys() & chosen.keys():
        receipt = replace(chosen[name].receipt, sha256=checksum(panel, name))
        chosen[name] = replace(chosen[name], receipt=receipt)
    samples = protected.samples(snapshot.samples, changed)
    return Snapshot(as_of, panel, chosen, samples, snapshot.preliminary), protected


def receipts_behind(recorded: Recorded, as_of: date) -> dict[str, Receipt]:
    """Return the receipt of the vintage that answers for each data set on a day."""
    chosen = recorded.store.chosen(as_of, release_rules(recorded.folder.indicators), recorded.datasets)
    return {dataset: each.receipt for dataset, each in chosen.items()}


def with_findings(view: View, strategy: Strategy, territory: str) -> View:
    """Choose what deserves saying about ``territory``; targets are the owner's and judge nobody else."""
    goals = {node.address: Text(node.text, node.english) for each in strategy.editions for node in each.nodes}
    noises = {
        key: noise(view.panel[key], judged.trend, view.indicators[key.indicator], view.samples)
        for key, judged in view.judgements.items()
        if key.territory == territory and key in view.samples
    }
    found = choose.findings(
        view.judgements,
        view.indicators,
        territory,
        view.vintages,
        goals=goals,
        owner=strategy.territory,
        noises=noises,
    )
    return replace(view, findings=found)


def release_rules(indicators: Iterable[Indicator]) -> dict[str, KnownFrom]:
    """Return each data set's release rule; a series by an older method was released as its heir is."""
    rules: dict[str, KnownFrom] = {}
    for each in indicators:
        if each.release is not None:
            older = [at.sibling for at in each.breaks if at.sibling]
            rules |= dict.fromkeys([each.dataset, *older], each.release.known_from)
    return rules


def vintages(snapshot: Snapshot) -> dict[str, VintageRef]:
    """Return which vintage of each data set the judgements stand on."""
    return {
        dataset: VintageRef(dataset, c.receipt.sha256, c.receipt.recorded, snapshot.as_of, c.reconstructed)
        for dataset, c in snapshot.chosen.items()
    }
