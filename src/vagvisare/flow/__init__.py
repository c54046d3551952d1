"""The product on one page: read → record → assess → phrase → publish. The only place where stages meet.

What goes before, asking the official sources, is ``flow.live``; it loads what speaks on the network, and stands alone.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from vagvisare import strategy_folder
from vagvisare.assessment.closer.discovery import discovery
from vagvisare.assessment.closer.look import look_closer
from vagvisare.assessment.closer.values import Closer
from vagvisare.assessment.earlier import Earlier
from vagvisare.assessment.judgement import Verdict
from vagvisare.findings.explain import Explanation, explain
from vagvisare.findings.finding import Finding
from vagvisare.flow.calibrating import calibrate
from vagvisare.flow.cases import cases_of, judge_rows, judge_table
from vagvisare.flow.finding_id import territory_and_day, unknown_finding
from vagvisare.flow.kept import kept_store, open_store, recorded_at, store_address, store_of
from vagvisare.flow.known import Recorded, assess, receipts_behind, record, with_findings
from vagvisare.flow.notices import notices
from vagvisare.flow.triangles import triangles
from vagvisare.followups.document import FollowUp
from vagvisare.followups.outcome import Outcome, PastVerdict, Replayed
from vagvisare.followups.replay import View, replay
from vagvisare.publications.material import Material
from vagvisare.sources.spreadsheet import read_verdicts
from vagvisare.strategy_folder.folder import Folder
from vagvisare.strategy_folder.plain import edition_bytes
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.series import SeriesKey
from vagvisare.terms.territory import TERRITORIES

__all__ = [
    "Recorded",
    "assess",
    "calibrate",
    "cases_of",
    "earlier_verdicts",
    "explain_finding",
    "follow_up",
    "judge_rows",
    "judge_table",
    "kept_store",
    "material",
    "open_store",
    "publish",
    "read_folder",
    "record",
    "recorded_at",
    "store_address",
    "store_of",
]


def read_folder(path: str | Path) -> Folder:
    """Read and check a strategy folder.

    Raises:
        FolderError: with every mistake found; nothing is half-loaded.
    """
    return strategy_folder.read(Path(path))


def follow_up(
    folder: Folder | Recorded,
    *,
    as_of: date | None = None,
    territory: str = "",
    history: bool = True,
    earlier: Earlier | None = None,
) -> Outcome:
    """Follow up a strategy: judge all figures known on ``as_of`` and say what deserves saying about ``territory``.

    Args:
        folder: a folder, or one whose figures are already recorded.
        as_of: the day asked about; the day of the newest vintage when left out.
        territory: code of the territory to speak of; the strategy's own when left out.
        history: also judge what would have been said on earlier days (for pages; costs about a third more time).
        earlier: the verdicts of the edition before, to weigh in (see :func:`earlier_verdicts`).

    Raises:
        UserError: when ``earlier`` is of a later day than the one asked about.
    """
    recorded = folder if isinstance(folder, Recorded) else record(folder)
    strategy = recorded.folder.strategy
    territory = territory or strategy.territory
    now = _judged(recorded, as_of or recorded.latest, territory, earlier)
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
        earlier=earlier,
        closer=_closer(now, territory),
        discovery=discovery(each for each in now.judgements.values() if each.key.territory == territory),
        protected=now.protected.public,
        # In order, so that the same follow-up is told the same way every time.
        preliminary=tuple(sorted(now.preliminary, key=_place)),
    )


def earlier_verdicts(path: Path) -> Earlier:
    """Read the verdicts of an earlier edition from the ``verdicts.csv`` of its open data.

    Raises:
        TableError: with every mistake, each with its line.
        FigureError: when the file cannot be read.
    """
    rows = read_verdicts(path)
    verdicts = {SeriesKey(r.indicator, r.territory, r.sex, r.background): Verdict(r.verdict) for r in rows}
    return Earlier(rows[0].as_of, verdicts, hashlib.sha256(path.read_bytes()).hexdigest())


def _judged(recorded: Recorded, day: date, territory: str, earlier: Earlier | None) -> View:
    """Judge what was known on ``day``, and choose what deserves saying about ``territory``."""
    if earlier is not None:
        _not_later(earlier.as_of, day)
    return with_findings(assess(recorded, day, earlier=earlier), recorded.folder.strategy, territory)


def _not_later(earlier: date, asked: date) -> None:
    """Refuse to let verdicts weigh in that had not been reached on the day asked about.

    Raises:
        UserError: when ``earlier`` is after ``asked``.
    """
    if earlier > asked:
        raise UserError(
            Text(
                f"Omdömena i --earlier är från {earlier}, men uppföljningen gäller {asked}.",
                f"The verdicts of --earlier are as of {earlier}, but the follow-up is as of {asked}.",
            ),
            meaning=Text(
                "De var inte kända då och kan inte vägas in.", "They were not known then and cannot weigh in."
            ),
            remedy=Text(
                "Ange omdömena från en tidigare uppföljning, eller en senare dag med --as-of.",
                "Give the verdicts of an earlier follow-up, or a later day with --as-of.",
            ),
        )


def explain_finding(
    folder: Folder | Recorded, finding_id: str, *, earlier: Earlier | None = None
) -> tuple[Finding, Explanation]:
    """Recompute the finding that ``finding_id`` names and return it with the steps of its computation.

    A finding made with the verdicts of an earlier edition is recomputed with the same.

    Raises:
        UnknownError: when no such finding is made; when the figures or rules have changed, the error says so and
            names the finding that took its place.
    """
    recorded = folder if isinstance(folder, Recorded) else record(folder)
    territory, day = territory_and_day(finding_id)
    if territory not in TERRITORIES:
        raise unknown_finding(finding_id, ())
    now = _judged(recorded, day, territory, earlier)
    by_id = {finding.id: finding for finding in now.findings}
    if finding_id not in by_id:
        raise unknown_finding(finding_id, by_id)
    finding = by_id[finding_id]
    key = finding.key
    return finding, explain(finding, now.judgements[key], now.indicators[key.indicator], now.panel[key])


def material(
    folder: Folder | Recorded,
    *,
    as_of: date | None = None,
    territory: str = "",
    history: bool = True,
    earlier: Earlier | None = None,
) -> Material:
    """Return what the publications are drawn from."""
    recorded = folder if isinstance(folder, Recorded) else record(folder)
    outcome = follow_up(recorded, as_of=as_of, territory=territory, history=history, earlier=earlier)
    receipts = receipts_behind(recorded, outcome.as_of)
    told, changed = notices(recorded, receipts, outcome), triangles(recorded, receipts, outcome)
    hiding = [name for name, each in outcome.protected.datasets.items() if each.hides and name in receipts]
    # By the checksum of a raw reply a guess at what is hidden could be confirmed.
    bare = {name: replace(receipts[name], replies=(), shape="", calls="") for name in hiding}
    shown = {name: replace(each, sha256=outcome.vintages[name].sha256) for name, each in bare.items()}
    editions = {each.key: edition_bytes(each) for each in outcome.strategy.editions}
    return Material(outcome, receipts | shown, told, changed, editions)


def publish(drawn: Material, out: Path) -> bool:
    """Write site, deck and data to ``out``; return False when what is there was made from the very same material.

    Everything is written beside and renamed when whole, so a reader never meets half an edition.
    """
    from vagvisare.publications import edition  # noqa: PLC0415 pages and slides load when they are wanted

    return edition.write(drawn, out)


def _place(figure: tuple[SeriesKey, Period]) -> tuple[str | int, ...]:
    key, period = figure
    return key.indicator, key.territory, key.sex, key.background, period.start, period.end


def _closer(view: View, territory: str) -> dict[SeriesKey, Closer]:
    """Look closer at the totals of the territory spoken of."""
    keys = [key for key in view.judgements if key.territory == territory and key.is_total]
    return look_closer(view.panel, view.judgements, view.indicators, keys, events=view.events, samples=view.samples)


def _replayed(recorded: Recorded, said: FollowUp, now: View, territory: str) -> tuple[Replayed, ...]:
    """Hold a follow-up's statements against what was known the day they were made, and now."""
    then = with_findings(assess(recorded, said.dated, beside=now), recorded.folder.strategy, territory)
    return replay(said, territory, then, now)


def _history(recorded: Recorded, now: View, territory: str) -> dict[str, tuple[PastVerdict, ...]]:
    """Return per indicator what would have been said at each turn of the year of the last eight years."""
    days = [date(year, 12, 31) for year in range(max(now.as_of.year - 8, date.min.year), now.as_of.year)]
    views = [assess(recorded, day, only=frozenset({territory}), beside=now) for day in days]
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
