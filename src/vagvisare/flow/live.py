"""Figures that arrive: asking a folder's sources for what is new, and recording what is delivered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

from vagvisare import strategy_folder
from vagvisare.editions.address import nearest
from vagvisare.flow.kept import open_store
from vagvisare.flow.known import record, release_rules
from vagvisare.flow.revised import Changed, changed_findings
from vagvisare.intake import run
from vagvisare.intake.plan import jobs
from vagvisare.intake.received import Received, receive
from vagvisare.intake.report import Outcome, State
from vagvisare.observations.store import Store
from vagvisare.sources.contract import Receipt
from vagvisare.sources.query import Dataset
from vagvisare.sources.registry import source_of
from vagvisare.sources.spreadsheet.delivery import deliver as read_delivery
from vagvisare.strategy_folder.folder import Folder
from vagvisare.terms.errors import FigureError, UnknownError, UserError, did_you_mean
from vagvisare.terms.language import Language, Text


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of a fetch: an outcome a data set, and the findings that changed because older figures did."""

    outcomes: tuple[Outcome, ...]
    changed: tuple[Changed, ...] = ()


def fetch(
    path: Path,
    folder: Folder,
    *,
    only: Sequence[str] = (),
    since: date | None = None,
    dry: bool = False,
    url: str = "",
    watcher: run.Watcher | None = None,
    stop: Event | None = None,
    now: Callable[[], datetime] | None = None,
) -> Fetched:
    """Ask every source of a folder for what is new, and keep it.

    The folder's own figures are recorded first, so that what arrives has something to be compared with.

    Args:
        path: the strategy folder on disk.
        folder: the same, read.
        only: keys of indicators or data sets; all of them when left out.
        since: look for changes from this day on, instead of from the last check.
        dry: ask what is new, fetch and write nothing.
        url: where vintages are kept, when not where the folder says.
        watcher: is told what goes on.
        stop: set it, from any thread, to end the fetch soon; what is done stands.
        now: the clock, in UTC.

    Raises:
        UnknownError: when ``only`` names something that nobody fetches.
        UserError: when the folder says of no data set where it can be fetched.
        OutputError: when the store refuses.
    """
    wanted = chosen(folder, only)
    store = open_store(path, folder, url)
    clock = now or (lambda: datetime.now(tz=UTC))
    if not dry:
        record(folder, store)
    room = run.Room(
        store=store,
        settings=folder.sources,
        base=str(path),
        watcher=watcher or run.Nobody(),
        stop=stop or Event(),
        now=clock,
        dry=dry,
        known_from=release_rules(folder.indicators),
    )
    outcomes = run.fetch(jobs(wanted, store, since), room)
    return Fetched(outcomes, () if dry else _changed(folder, store, outcomes))


def chosen(folder: Folder, only: Iterable[str]) -> tuple[Dataset, ...]:
    """Return the data sets that ``only`` names, by their own keys or by those of indicators; all when it names none.

    Raises:
        UnknownError: when it names something that nobody fetches.
        UserError: when the folder says of no data set where it can be fetched.
    """
    if not folder.datasets:
        raise UserError(
            Text(
                "Mappen säger inte varifrån några siffror kan hämtas.",
                "The folder says of no figures where to fetch them.",
            ),
            meaning=Text("Det finns inget att hämta.", "There is nothing to fetch."),
            remedy=Text(
                "Lägg till en indikator: vagvisare indicator find ORD, sedan vagvisare indicator add.",
                "Add an indicator: vagvisare indicator find WORDS, then vagvisare indicator add.",
            ),
        )
    known = {dataset.key: dataset for dataset in folder.datasets}
    behind = {each.key: [name for name in (each.dataset, each.per) if name in known] for each in folder.indicators}
    found: dict[str, Dataset] = {}
    for name in only:
        keys = [name] if name in known else behind.get(name, [])
        if not keys:
            raise _unfetched(name, [*known, *behind])
        found |= {key: known[key] for key in keys}
    return tuple(found.values()) or folder.datasets


def _unfetched(name: str, names: Iterable[str]) -> UnknownError:
    near = did_you_mean(nearest(name, names))
    return UnknownError(
        Text(f"Det finns inget att hämta för ”{name}”.", f"There is nothing to fetch for “{name}”."),
        remedy=near
        if near.sv
        else Text("Se vagvisare status för vad som hämtas.", "See vagvisare status for what is."),
    )


def _changed(folder: Folder, store: Store, outcomes: Iterable[Outcome]) -> tuple[Changed, ...]:
    """Return the findings that the revision of older figures changed."""
    revised = {each.dataset: each.revision for each in outcomes if each.state is State.REVISED and each.revision}
    return changed_findings(folder, store, revised) if revised else ()


def deliver(
    path: Path, dataset_key: str, raw: bytes, name: str, *, by: str, url: str = "", now: datetime | None = None
) -> Receipt:
    """Record a delivered file that somebody has looked through, and return the receipt of the vintage.

    The file itself is kept beside it. The same checks apply as to what is fetched.

    Args:
        path: the strategy folder on disk.
        dataset_key: whose figures the file brings.
        raw: the file.
        name: what it is called.
        by: who looked it through.
        url: where vintages are kept, when not where the folder says.
        now: the moment, in UTC.

    Raises:
        UnknownError: when the folder has no such data set.
        FigureError: when the file cannot be understood, or a check stops it: it then waits in quarantine.
        OutputError: when the store refuses.
    """
    folder = strategy_folder.read(path)
    (dataset,) = chosen(folder, [dataset_key])
    store, moment = open_store(path, folder, url), now or datetime.now(tz=UTC)
    record(folder, store)
    delivery = read_delivery(raw, name, dataset)
    kept = replace(delivery, replies=(store.replies.keep(raw),))
    (job,) = jobs([dataset], store)
    outcome = receive(job, source_of(dataset.source), Received((kept,)), store, moment, confirmed_by=by)
    if outcome.state is State.HELD:
        raise _stopped(dataset, outcome)
    latest = store.latest(dataset.key)
    if latest is None:
        raise _unfetched(dataset_key, [])
    return latest


def _stopped(dataset: Dataset, outcome: Outcome) -> FigureError:
    reasons = [each for each in outcome.objections if each.holds]
    sv, en = (" ".join(each.sentence(language) for each in reasons) for language in Language)
    return FigureError(
        Text(
            f"Siffrorna för {dataset.key} stoppades av en kontroll.", f"A check stopped the figures of {dataset.key}."
        ),
        meaning=Text(f"De väntar i karantän. {sv}", f"They wait in quarantine. {en}"),
        remedy=Text(
            "Är de riktiga: vagvisare quarantine accept MAPP NYCKEL --by NAMN --why SKÄL.",
            "If they are right: vagvisare quarantine accept FOLDER KEY --by NAME --why REASON.",
        ),
    )
