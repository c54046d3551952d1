"""Defining an indicator without programming: described → guessed → written → fetched once, as proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

from vagvisare import strategy_folder
from vagvisare.editions.address import nearest
from vagvisare.flow import defining_words as words
from vagvisare.flow import live
from vagvisare.flow.kept import open_store
from vagvisare.flow.searching import SHORT
from vagvisare.intake import run
from vagvisare.intake.guess import Guessed, guessed, verified
from vagvisare.intake.guess_described import Described, described, listed
from vagvisare.intake.guess_query import Choices, asked
from vagvisare.intake.received import shape_of
from vagvisare.intake.report import Outcome, State
from vagvisare.sources.contract import Source
from vagvisare.sources.errors import GoneError, LimitedError, UnreachableError
from vagvisare.sources.http import open_wire
from vagvisare.sources.query import Settings, Yearly
from vagvisare.sources.registry import source_of
from vagvisare.strategy_folder import appending
from vagvisare.strategy_folder.folder import Folder
from vagvisare.strategy_folder.names import is_key
from vagvisare.terms.errors import VagvisareError
from vagvisare.terms.period import Period
from vagvisare.terms.series import NATION, TOTAL
from vagvisare.terms.territory import slug

_LONGEST_KEY = 60


@dataclass(frozen=True, slots=True)
class Proposal:
    """A definition about to be written: what it says, as it would stand, and why the source could not be asked.

    ``beside`` are the data sets of the folder that already ask the same table.
    """

    guessed: Guessed
    described: Described
    text: str
    unheard: VagvisareError | None = None
    beside: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What indicator and data set are called."""
        return self.guessed.indicator.key


@dataclass(frozen=True, slots=True)
class Proof:
    """What a first fetch brought: periods, number of places, and the latest figure of the own place and of riket."""

    periods: tuple[Period, ...]
    places: int
    figures: int
    latest: Mapping[str, tuple[Period, float]]
    own: str = NATION


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of the first fetch; ``live`` tells that the definition now stands as verified."""

    outcome: Outcome
    proof: Proof | None = None
    live: bool = False


def propose(
    folder: Folder,
    name: str,
    *,
    key: str = "",
    watches: Sequence[str] = (),
    choices: Choices | None = None,
    yearly: Yearly = Yearly.NONE,
    by: str = "",
    today: date | None = None,
) -> Proposal:
    """Ask the source what ``name`` is, and return a definition of it; nothing is written.

    Args:
        folder: the folder it is for.
        name: source and id, ``kolada:N15428`` or ``scb:TAB5956``.
        key: what to call it; made of source and id when left out.
        watches: addresses in the strategy.
        choices: the source's codes by dimension, where something must be chosen.
        yearly: how months and quarters become years.
        by: who adds it.
        today: the day.

    Raises:
        UnknownError: when source, id, address or a chosen code is none.
        UserError: when the key is taken, or something must be chosen.
        SourceError: when the source does not answer as it should and nothing else is known of the table.
    """
    source, table = _parted(name)
    own = key or _key(source.name, table)
    _check_key(folder, own)
    _check_watches(folder, watches)
    found, unheard = _described(source, table, folder.sources)
    question = asked(found, folder.strategy.territory, choices or {}, yearly)
    day = today or _now().date()
    proposal = guessed(found, question, own, watches=watches, today=day, by=by)
    text = appending.text_of(proposal.indicator, proposal.dataset)
    return Proposal(proposal, found, text, unheard, _beside(folder, source, found.shape.table))


def _beside(folder: Folder, source: Source, table: str) -> tuple[str, ...]:
    same = (each for each in folder.datasets if each.source == source.name)
    return tuple(each.key for each in same if any(query.table == table for query in each.queries))


def add(path: Path, proposal: Proposal) -> int:
    """Write a proposed definition at the end of the folder's indicators.toml, and return the line it begins on.

    Raises:
        UserError: when the key has been taken meanwhile.
        FolderError: when the folder has mistakes; nothing is written.
        OutputError: when the disk refuses; the file is as it was.
    """
    with appending.alone(path):
        _check_key(strategy_folder.read(path), proposal.key)
        return appending.append(path, proposal.text)


def fetch_first(
    path: Path,
    proposal: Proposal,
    *,
    url: str = "",
    watcher: run.Watcher | None = None,
    stop: Event | None = None,
    now: Callable[[], datetime] | None = None,
) -> Fetched:
    """Fetch what a written definition asks for, once, and mark the definition as verified live where that succeeds.

    Raises:
        FolderError: when the folder has been spoiled meanwhile.
        OutputError: when store or folder refuses.
    """
    folder = strategy_folder.read(path)
    fetched = live.fetch(path, folder, only=[proposal.key], url=url, watcher=watcher, stop=stop, now=now)
    outcome = next(each for each in fetched.outcomes if each.dataset == proposal.key)
    if outcome.state not in (State.NEW, State.REVISED, State.UNCHANGED):
        return Fetched(outcome)
    store = open_store(path, folder, url)
    receipt = store.latest(proposal.key)
    if receipt is None:
        return Fetched(outcome)
    proof = _proof(store.figures(receipt).to_pylist(), proposal, folder.strategy.territory)
    shape = shape_of(store, receipt)
    latest = max((period.end for period in proof.periods), default=None)
    day = (now or _now)().date()
    now_known = verified(proposal.guessed, latest, None if shape is None else shape.next_release, day)
    with appending.alone(path):
        text = appending.text_of(now_known.indicator, now_known.dataset)
        return Fetched(outcome, proof, appending.exchange(path, proposal.text, text))


def _now() -> datetime:
    return datetime.now(tz=UTC)


def _proof(rows: Iterable[Mapping[str, object]], proposal: Proposal, territory: str) -> Proof:
    """Return what came: figures that are only named, without a number, count for nothing."""
    there = [row for row in rows if row["value"] is not None]
    indicator = proposal.guessed.indicator
    group = (indicator.sex or TOTAL, indicator.background)
    latest: dict[str, tuple[Period, float]] = {}
    periods: set[Period] = set()
    for row in there:
        period = Period(int(str(row["start"])), int(str(row["end"])))
        periods.add(period)
        place = str(row["territory"])
        if place in (territory, NATION) and (row["sex"], row["background"]) == group:
            known = latest.get(place)
            if known is None or (known[0].end, known[0].start) < (period.end, period.start):
                latest[place] = (period, float(str(row["value"])))
    ordered = tuple(sorted(periods, key=lambda period: (period.end, period.start)))
    return Proof(ordered, len({row["territory"] for row in there}), len(there), latest, territory)


def _parted(name: str) -> tuple[Source, str]:
    """Return source and id.

    Raises:
        UnknownError: when the source is none, or none is named.
        UserError: when it is a delivered file.
    """
    before, colon, table = name.strip().partition(":")
    table = table.strip()
    if not colon or not table:
        raise words.no_source(name.strip())
    if before.strip().lower() == words.FILES:
        raise words.of_files()
    source = source_of(before.strip().lower())
    if source.name == "kolada" and "," in table:
        raise words.one_at_a_time(table)
    return source, table.upper() if source.name in ("kolada", "scb") else table


def _key(source: str, table: str) -> str:
    """Return a key made of source and id: ``kolada_n15428``; of a path its last part."""
    last = table.rstrip("/").rpartition("/")[2].removesuffix(".px")
    return f"{source}_{slug(last)}"[:_LONGEST_KEY].strip("-_").replace("-", "_")


def _check_key(folder: Folder, key: str) -> None:
    if not is_key(key):
        raise words.bad_key(key)
    taken = {each.key for each in folder.indicators} | {each.key for each in folder.datasets}
    taken |= {table.receipt.dataset for table in folder.figures}
    if key in taken:
        raise words.key_taken(key, taken)


def _check_watches(folder: Folder, watches: Sequence[str]) -> None:
    known = folder.strategy.edition.by_address
    for address in watches:
        if address not in known:
            raise words.no_address(address, nearest(address, known))


def _described(source: Source, table: str, settings: Mapping[str, Settings]) -> tuple[Described, VagvisareError | None]:
    """Ask the source; where it is out of reach and the bundled list has the KPI, say what the list says."""
    try:
        with open_wire(source, settings.get(source.name, Settings()), limits=SHORT) as wire:
            return described(source, table, wire), None
    except (UnreachableError, LimitedError) as error:
        known = listed(source, table)
        if known is not None:
            return known, error
        if source.name == "kolada":
            raise words.not_there(source, table, error.what) from error
        raise
    except GoneError:
        raise words.not_there(source, table) from None
