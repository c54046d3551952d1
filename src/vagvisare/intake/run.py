"""Asking the sources: what is new is fetched, checked, and published or held; one data set's failure is its own.

Sources are asked at once, each politely; the data sets of one source share its pace. Nothing is in view until it is
whole, and what was answered before an interruption is not asked for again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from threading import Event
from typing import Protocol

from vagvisare.intake import journal
from vagvisare.intake.alarms import alarms, gone
from vagvisare.intake.calls import Recording
from vagvisare.intake.half_done import HalfDone
from vagvisare.intake.plan import Job
from vagvisare.intake.questions import open_all
from vagvisare.intake.received import Received, receive, shape_of
from vagvisare.intake.report import Outcome, State
from vagvisare.intake.status import periods_in
from vagvisare.intake.waiting import stopped, waiting
from vagvisare.observations.store import Store
from vagvisare.observations.vintage import KnownFrom
from vagvisare.sources.contract import Ask, Found, News, NewsState, Shape, Source
from vagvisare.sources.errors import GoneError, UnreadableError
from vagvisare.sources.http import Keeper, Limits, StoppedError, open_wire
from vagvisare.sources.query import Settings
from vagvisare.sources.registry import source_of
from vagvisare.sources.spreadsheet.delivery import FileDelivery
from vagvisare.sources.wire import FilesOnly, Wire
from vagvisare.terms.errors import SourceError, VagvisareError
from vagvisare.terms.language import Text

AT_ONCE = 3
"""Data sets of one source fetched at the same time; its pace is shared by all of them."""


LOOKED_THROUGH = 1_000_000
"""Rows up to which every series is looked at, at every check, for whether it has ended."""


class Watcher(Protocol):
    """Somebody who watches a fetch: is told what is going on, from several threads."""

    def begin(self, datasets: int) -> None:
        """So many data sets are asked about."""

    def asking(self, source: str) -> None:
        """A source is asked whether anything is new."""

    def fetching(self, dataset: str) -> None:
        """A data set is being fetched."""

    def heard(self, dataset: str, octets: int, calls: int) -> None:
        """So much has come in for a data set, in so many calls."""

    def done(self, outcome: Outcome) -> None:
        """A data set is done."""


class Nobody:
    """A watcher that does not look."""

    def begin(self, datasets: int) -> None:
        """Look away."""

    def asking(self, source: str) -> None:
        """Look away."""

    def fetching(self, dataset: str) -> None:
        """Look away."""

    def heard(self, dataset: str, octets: int, calls: int) -> None:
        """Look away."""

    def done(self, outcome: Outcome) -> None:
        """Look away."""


_STAND = Text("De senast godkända siffrorna gäller.", "The last good figures stand.")


def _now() -> datetime:
    return datetime.now(tz=UTC)


@dataclass(frozen=True, slots=True)
class Room:
    """Where a fetch takes place: the store, what is changed about sources, the clock, and who may stop it.

    ``base`` is the strategy folder, where delivered files are looked for; ``known_from`` tells when each data set's
    periods are usually published, where that is known; ``limits`` how patient we are, when not as usual.
    """

    store: Store
    settings: Mapping[str, Settings] = field(default_factory=dict)
    base: str = ""
    watcher: Watcher = field(default_factory=Nobody)
    stop: Event = field(default_factory=Event)
    now: Callable[[], datetime] = _now
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    dry: bool = False
    known_from: Mapping[str, KnownFrom] = field(default_factory=dict)
    limits: Limits | None = None

    @contextmanager
    def wire(self, source: Source, keeper: Keeper | None = None, dataset: str = "") -> Iterator[Wire]:
        """Open the way to a source; what is ``kept`` goes to the keeper. A source without an address reads files."""
        if not source.url and source.name not in self.settings:
            yield FilesOnly(self.base)
            return
        with open_wire(
            source,
            self.settings.get(source.name, Settings()),
            keeper=keeper,
            stop=self.stop,
            environ=self.environ,
            limits=self.limits,
            progress=lambda octets, calls: self.watcher.heard(dataset, octets, calls),
        ) as opened:
            yield opened


def fetch(jobs: Sequence[Job], room: Room) -> tuple[Outcome, ...]:
    """Ask about every data set, fetch what is new, and return what became of each, in the order of ``jobs``.

    Never raises for a source's sake: what went wrong with a data set is its outcome. An interruption (Ctrl-C) stops
    asking, lets what is being written become whole, and is raised again.
    """
    room.watcher.begin(len(jobs))
    outcomes: dict[str, Outcome] = {}
    by_source: dict[str, list[Job]] = {}
    for job in jobs:
        by_source.setdefault(job.dataset.source, []).append(job)
    with ThreadPoolExecutor(max_workers=max(1, len(by_source)), thread_name_prefix="source") as pool:
        waiting: set[Future[list[Outcome]]] = {pool.submit(_source, name, own, room) for name, own in by_source.items()}
        try:
            while waiting:
                finished, waiting = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)
                for each in finished:
                    outcomes |= {outcome.dataset: outcome for outcome in each.result()}
        except KeyboardInterrupt:
            room.stop.set()
            raise
    return tuple(outcomes[job.dataset.key] for job in jobs)


def _source(name: str, jobs: Sequence[Job], room: Room) -> list[Outcome]:
    """Ask one source about its data sets, and fetch what is new."""
    room.watcher.asking(name)
    try:
        source = source_of(name)
        news = _news(source, jobs, room)
    except VagvisareError as error:
        return [_finished(job, _failed(job, error), room) for job in jobs]
    with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix=name) as pool:
        return list(pool.map(lambda job: _one(job, source, news.get(job.dataset.key), room), jobs))


def _news(source: Source, jobs: Sequence[Job], room: Room) -> Mapping[str, News]:
    """Ask what is new, of the data sets where the answer decides anything."""
    today = room.now().date()
    asks = [_as_checked(ask, today) for job in jobs if not job.must for ask in job.asks]
    if not asks:
        return {}
    with room.wire(source) as wire:
        return source.client.news(asks, wire)


def _as_checked(ask: Ask, today: date) -> Ask:
    """Take a check in the future for none: a clock was wrong, and what came in between must not be missed."""
    return ask if ask.checked is None or ask.checked <= today else replace(ask, checked=None)


def _one(job: Job, source: Source, news: News | None, room: Room) -> Outcome:
    """Fetch one data set where there is a reason to; whatever happens, there is an outcome."""
    if room.stop.is_set():
        return Outcome(job.dataset.key, job.dataset.title, State.SKIPPED)
    try:
        outcome = _decided(job, source, news, room)
    except StoppedError:
        outcome = Outcome(job.dataset.key, job.dataset.title, State.SKIPPED)
    except VagvisareError as error:
        outcome = _failed(job, error)
    except Exception as error:  # noqa: BLE001 one data set's bug must not take the others with it
        outcome = _failed(job, _our_fault(error))
    return _finished(job, outcome, room)


def _decided(job: Job, source: Source, news: News | None, room: Room) -> Outcome:
    state = NewsState.NEW if news is None else news.state
    key, title = job.dataset.key, job.dataset.title
    if state is NewsState.GONE and room.dry:
        return Outcome(key, title, State.GONE)
    if state is NewsState.GONE and (news is None or news.shape is None):
        return _gone(job, source, room)
    if state is NewsState.SAME or (state is NewsState.GONE and _had(job, news)):
        told = () if news is None or news.shape is None else alarms(_before(job, room), news.shape, job.dataset)
        return Outcome(key, title, State.UNCHANGED, alarms=told)
    if room.dry:
        return Outcome(key, title, State.WAITING)
    room.watcher.fetching(key)
    received = _received(job, source, news, room)
    return receive(job, source, received, room.store, room.now())


def _had(job: Job, news: News | None) -> bool:
    """Tell whether the last edition of a closed table is what we have."""
    return news is not None and news.shape is not None and all(ask.updated == news.shape.updated for ask in job.asks)


def _before(job: Job, room: Room) -> Shape | None:
    return None if job.latest is None else shape_of(room.store, job.latest)


def _gone(job: Job, source: Source, room: Room) -> Outcome:
    """Say that a table is no longer there, and where its heir may be."""
    before, table = _before(job, room), job.dataset.queries[0].table
    title = before.title if before is not None and before.title else job.dataset.title
    found: tuple[Found, ...] = ()
    with suppress(SourceError), room.wire(source) as wire:
        found = tuple(source.client.find(title, wire, 5))
    alarm = gone(job.dataset, table, before, found)
    error = GoneError(alarm.what, meaning=_STAND, remedy=alarm.to_do)
    return Outcome(job.dataset.key, job.dataset.title, State.FAILED, error=error, alarms=(alarm,))


def _received(job: Job, source: Source, news: News | None, room: Room) -> Received:
    """Fetch every part of a data set; should answers kept from before not fit together, once more from the start."""
    stamp = "" if news is None or news.shape is None else news.shape.updated
    keeper = HalfDone(room.store, job.dataset.key, stamp, room.now)
    try:
        received = _parts(job, source, keeper, room)
    except UnreadableError:
        if not keeper.resumed:
            keeper.forget()
            raise
        keeper.forget()
        received = _parts(job, source, keeper, room)
    return received


def _parts(job: Job, source: Source, keeper: HalfDone, room: Room) -> Received:
    with room.wire(source, keeper, job.dataset.key) as wire:
        recording = Recording(wire, room.store)
        parts = tuple(source.client.fetch(ask, recording) for ask in job.asks)
        if recording.replies:
            return Received(parts, keeper, recording.replies, recording.kept(job.dataset))
        files = tuple(room.store.replies.keep(part.raw) for part in parts if isinstance(part, FileDelivery))
        return Received(parts, keeper, files)


def _failed(job: Job, error: VagvisareError) -> Outcome:
    return Outcome(job.dataset.key, job.dataset.title, State.FAILED, error=error)


def _finished(job: Job, outcome: Outcome, room: Room) -> Outcome:
    """Write down how it went, and open a question for everything that raised a hand."""
    if not room.dry and outcome.state is not State.SKIPPED:
        try:
            outcome = _questioned(job, outcome, room)
            journal.note(room.store, job.dataset.key, outcome, room.now())
        except VagvisareError as error:
            outcome = replace(_failed(job, error), alarms=outcome.alarms)
        except Exception as error:  # noqa: BLE001 one data set's bug must not take the others with it
            outcome = replace(_failed(job, _our_fault(error)), alarms=outcome.alarms)
    room.watcher.done(outcome)
    return outcome


def _questioned(job: Job, outcome: Outcome, room: Room) -> Outcome:
    dataset, now = job.dataset, room.now()
    if outcome.state is State.FAILED and not outcome.alarms:
        return outcome  # nothing was heard: what was asked before is still asked
    latest = room.store.latest(dataset.key)
    if latest is not None and latest.fetched and outcome.state is not State.FAILED:
        small = latest.rows <= LOOKED_THROUGH
        figures = room.store.figures(latest) if small else room.store.times(latest)
        shape, rule = shape_of(room.store, latest), room.known_from.get(dataset.key)
        late = waiting(dataset, periods_in(figures), now.date(), shape=shape, known_from=rule)
        ended = stopped(dataset, figures) if small else ()
        outcome = replace(outcome, alarms=(*outcome.alarms, *late, *ended))
    open_all(room.store, dataset.key, outcome.alarms, now)
    return outcome


def _our_fault(error: Exception) -> VagvisareError:
    told = f"{type(error).__name__}: {error}"
    return VagvisareError(
        Text(f"Något gick fel hos oss ({told}).", f"Something went wrong on our side ({told})."),
        meaning=_STAND,
        remedy=Text("Rapportera det med kommandot du körde.", "Report it with the command you ran."),
    )
