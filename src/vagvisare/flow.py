"""The product on one page: read → record → assess → phrase → publish. The only place where stages meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from vagvisare import strategy_folder
from vagvisare.assessment.cases import Case, CaseJudgement, judge_cases
from vagvisare.assessment.definition import Indicator
from vagvisare.assessment.judge import judge_all
from vagvisare.assessment.measure import measure
from vagvisare.editions.registers import Strategy
from vagvisare.findings import choose
from vagvisare.findings.explain import Explanation, explain
from vagvisare.findings.finding import Finding, VintageRef
from vagvisare.followups.document import FollowUp
from vagvisare.followups.outcome import Outcome, PastVerdict, Replayed
from vagvisare.followups.replay import View, replay
from vagvisare.observations.store import Store
from vagvisare.observations.vintage import KnownFrom, Snapshot
from vagvisare.publications.material import Material
from vagvisare.sources.spreadsheet import CaseRow, read_cases
from vagvisare.strategy_folder.folder import Folder
from vagvisare.terms.errors import FigureError, UnknownError
from vagvisare.terms.language import Text
from vagvisare.terms.series import SeriesKey
from vagvisare.terms.territory import TERRITORIES

_LIST_THEM = Text("Lista dem med vagvisare follow-up.", "List them with vagvisare follow-up.")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A folder whose figures have been recorded in a store: ready to be followed up as of any day."""

    folder: Folder
    store: Store

    @property
    def latest(self) -> date:
        """The day of the newest vintage: what "today" means for this folder.

        Raises:
            FigureError: when the folder has no figures at all.
        """
        days = [table.receipt.recorded for table in self.folder.figures]
        if not days:
            raise FigureError(
                Text("Mappen har inga siffror.", "The folder has no figures."),
                meaning=Text("Det finns inget att följa upp.", "There is nothing to follow up."),
                remedy=Text("Lägg datamängder med kvitton i figures/.", "Put data sets with receipts in figures/."),
            )
        return max(days)


def read_folder(path: str | Path) -> Folder:
    """Read and check a strategy folder.

    Raises:
        FolderError: with every mistake found; nothing is half-loaded.
    """
    return strategy_folder.read(Path(path))


def record(folder: Folder, store: Store | None = None) -> Recorded:
    """Record the folder's figures as vintages; in memory unless a store is given."""
    store = store or Store()
    for table in folder.figures:
        store.record(table)
    return Recorded(folder, store)


def assess(recorded: Recorded, as_of: date, *, only: frozenset[str] = frozenset()) -> View:
    """Judge every series of every indicator as known on ``as_of``; ``only`` limits the work to some territories."""
    folder = recorded.folder
    snapshot = recorded.store.as_of(as_of, _release_rules(folder.indicators))
    indicators = {indicator.key: indicator for indicator in folder.indicators}
    raw = {key: series for key, series in snapshot.panel.items() if not only or key.territory in only}
    panel = measure(raw, folder.indicators)
    judgements = judge_all(panel, indicators, folder.events)
    return View(as_of, indicators, panel, judgements, _vintages(snapshot), folder.events)


def follow_up(
    folder: Folder | Recorded, *, as_of: date | None = None, territory: str = "", history: bool = True
) -> Outcome:
    """Follow up a strategy: judge all figures known on ``as_of`` and say what deserves saying about ``territory``.

    Args:
        folder: a folder, or one whose figures are already recorded.
        as_of: the day asked about; the day of the newest vintage when left out.
        territory: code of the territory to speak of; the strategy's own when left out.
        history: also judge what would have been said on earlier days (for pages; costs about a third more time).
    """
    recorded = folder if isinstance(folder, Recorded) else record(folder)
    strategy = recorded.folder.strategy
    territory = territory or strategy.territory
    now = _with_findings(assess(recorded, as_of or recorded.latest), strategy, territory)
    said = tuple(each for each in recorded.folder.follow_ups if each.dated <= now.as_of)
    return Outcome(
        strategy=strategy,
        territory=territory,
        indicators=now.indicators,
        events=recorded.folder.events,
        follow_ups=said,
        as_of=now.as_of,
        panel=now.panel,
        judgements=now.judgements,
        findings=now.findings,
        vintages=now.vintages,
        replay=tuple(chain.from_iterable(_replayed(recorded, each, now, territory) for each in said)),
        history=_history(recorded, now, territory) if history else None,
    )


def explain_finding(folder: Folder | Recorded, finding_id: str) -> tuple[Finding, Explanation]:
    """Recompute the finding that ``finding_id`` names and return it with the steps of its computation.

    Raises:
        UnknownError: when no such finding is made; when the figures or rules have changed, the error says so and
            names the finding that took its place.
    """
    recorded = folder if isinstance(folder, Recorded) else record(folder)
    territory, day = _territory_and_day(finding_id)
    if territory not in TERRITORIES:
        raise _unknown_finding(finding_id, ())
    outcome = follow_up(recorded, as_of=day, territory=territory, history=False)
    by_id = {finding.id: finding for finding in outcome.findings}
    if finding_id not in by_id:
        raise _unknown_finding(finding_id, by_id)
    finding = by_id[finding_id]
    key = finding.key
    return finding, explain(finding, outcome.judgements[key], outcome.indicators[key.indicator], outcome.panel[key])


def _territory_and_day(finding_id: str) -> tuple[str, date]:
    """Read the territory and the day out of a finding's id.

    Raises:
        UnknownError: when the text is no finding id.
    """
    parts = finding_id.split(".")
    try:
        return parts[1], date.fromisoformat(parts[-2])
    except (IndexError, ValueError):
        raise UnknownError(
            Text(f"”{finding_id}” är inget id för ett fynd.", f"“{finding_id}” is no finding id."),
            meaning=Text(
                "Ett id skrivs indikator.område.TYP.dag.kontroll.", "An id reads indicator.territory.TYPE.day.check."
            ),
            remedy=_LIST_THEM,
        ) from None


def _unknown_finding(finding_id: str, made: Iterable[str]) -> UnknownError:
    stem = finding_id.rpartition(".")[0]
    heir = next((each for each in made if each.rpartition(".")[0] == stem), None)
    what = Text(f"Fyndet {finding_id} finns inte.", f"There is no finding {finding_id}.")
    if heir is None:
        meaning = Text("Det går inte att räkna fram ur den här mappen.", "It cannot be computed from this folder.")
        return UnknownError(what, meaning=meaning, remedy=_LIST_THEM)
    return UnknownError(
        what,
        meaning=Text(
            "Siffror eller regler har ändrats sedan det gjordes.", "Figures or rules have changed since it was made."
        ),
        remedy=Text(f"Samma fråga ger nu {heir}.", f"The same question now gives {heir}."),
    )


def material(
    folder: Folder | Recorded, *, as_of: date | None = None, territory: str = "", history: bool = True
) -> Material:
    """Return what the publications are drawn from."""
    recorded = folder if isinstance(folder, Recorded) else record(folder)
    receipts = {table.receipt.dataset: table.receipt for table in recorded.folder.figures}
    return Material(follow_up(recorded, as_of=as_of, territory=territory, history=history), receipts)


def publish(drawn: Material, out: Path) -> bool:
    """Write site, deck and data to ``out``; return False when what is there was made from the very same material.

    Everything is written beside and renamed when whole, so a reader never meets half an edition.
    """
    from vagvisare.publications import edition  # noqa: PLC0415 pages and slides load when they are wanted

    return edition.write(drawn, out)


def judge_table(path: Path) -> list[CaseJudgement]:
    """Judge every series of a CSV or XLSX table of cases by the default method."""
    return judge_cases(cases_of(read_cases(path)))


def cases_of(rows: Iterable[CaseRow]) -> list[Case]:
    """Gather rows into series, in the order they first appear; what one row leaves out another may say."""
    gathered: dict[str, list[CaseRow]] = {}
    for row in rows:
        gathered.setdefault(row.series, []).append(row)
    return [
        Case(
            name=name,
            points=tuple((row.period, row.value) for row in own),
            direction=next((row.direction for row in own if row.direction), ""),
            unit=next((row.unit for row in own if row.unit), ""),
            target=next((row.target for row in own if row.target is not None), None),
            target_year=next((row.target_year for row in own if row.target_year is not None), None),
            base_year=next((row.base_year for row in own if row.base_year is not None), None),
            limit=next((row.limit for row in own if row.limit is not None), None),
        )
        for name, own in gathered.items()
    ]


def _release_rules(indicators: Iterable[Indicator]) -> dict[str, KnownFrom]:
    """Return each data set's release rule; a series by an older method was released as its heir is."""
    rules: dict[str, KnownFrom] = {}
    for each in indicators:
        if each.release is not None:
            older = [at.sibling for at in each.breaks if at.sibling]
            rules |= dict.fromkeys([each.dataset, *older], each.release.known_from)
    return rules


def _vintages(snapshot: Snapshot) -> dict[str, VintageRef]:
    return {
        dataset: VintageRef(dataset, c.receipt.sha256, c.receipt.recorded, snapshot.as_of, c.reconstructed)
        for dataset, c in snapshot.chosen.items()
    }


def _with_findings(view: View, strategy: Strategy, territory: str) -> View:
    """Choose what deserves saying about ``territory``; targets are the owner's and judge nobody else."""
    goals = {node.address: Text(node.text, node.english) for each in strategy.editions for node in each.nodes}
    found = choose.findings(
        view.judgements, view.indicators, territory, view.vintages, goals=goals, owner=strategy.territory
    )
    return replace(view, findings=found)


def _replayed(recorded: Recorded, said: FollowUp, now: View, territory: str) -> tuple[Replayed, ...]:
    """Hold a follow-up's statements against what was known the day they were made, and now."""
    then = _with_findings(assess(recorded, said.dated), recorded.folder.strategy, territory)
    return replay(said, territory, then, now)


def _history(recorded: Recorded, now: View, territory: str) -> dict[str, tuple[PastVerdict, ...]]:
    """Return per indicator what would have been said at each turn of the year of the last eight years."""
    days = [date(year, 12, 31) for year in range(max(now.as_of.year - 8, date.min.year), now.as_of.year)]
    views = [assess(recorded, day, only=frozenset({territory})) for day in days]
    past: dict[str, tuple[PastVerdict, ...]] = {}
    for key, indicator in now.indicators.items():
        past[key] = tuple(
            PastVerdict(
                view.as_of,
                view.judgements.get(SeriesKey(key, territory)),
                indicator.dataset in view.vintages and view.vintages[indicator.dataset].reconstructed,
            )
            for view in views
        )
    return past
