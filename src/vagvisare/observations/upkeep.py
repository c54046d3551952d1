"""Keeping a store in order: is everything what its checksum says (``verify``), and what may be swept (``prune``).

Nothing that ``as_of`` could need is ever removed here: no vintage, no held figures, no decision, and no raw reply that
any of them points to.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from vagvisare.observations.papers import FOLDER as PAPERS
from vagvisare.observations.papers import UNDER_WAY
from vagvisare.observations.place import LEFTOVER, Entry
from vagvisare.observations.quarantine import DECISION_ENDING, HELD, REPORT_ENDING, SETTLED
from vagvisare.observations.replies import FOLDER as REPLIES
from vagvisare.observations.shelf import FIGURE_ENDING, RECEIPT_ENDING, InPlace, Label
from vagvisare.observations.store import Store
from vagvisare.observations.troubles import Trouble, figures_amiss, missing_reply, orphaned, unreadable
from vagvisare.terms.errors import FigureError, UserError
from vagvisare.terms.language import Text

DAY = 24 * 60 * 60
"""Seconds."""

Told = Callable[[int, int], None]
"""Is told how many things of how many have been looked at."""

_CHECKSUM = re.compile(rb"[0-9a-f]{64}")


def verify(store: Store, told: Told | None = None) -> tuple[Trouble, ...]:
    """Look at everything in a store, and return what is not as it should be; nothing is changed.

    Figures are held against the checksum and the number of rows of their receipt, raw replies against the checksum they
    are named after; receipts without figures, figures without receipt, missing replies and unreadable papers are named.
    """
    replies = list(store.replies.entries())
    kept = {sha for sha, _ in replies}
    vintages = [(shelf, *each) for shelf in _shelves(store) for each in _labels(store, shelf)]
    looks: list[Callable[[], list[Trouble]]] = [partial(_vintage, store, *each, kept) for each in vintages]
    looks += [partial(_reply, store, *each) for each in replies]
    looks += [partial(_paper, store, each) for each in (*store.papers.entries(), *_documents(store))]
    troubles: list[Trouble] = []
    for done, look in enumerate(looks, 1):
        troubles += look()
        if told is not None:
            told(done, len(looks))
    return tuple(sorted(troubles, key=lambda trouble: (trouble.where, trouble.kind)))


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed, or with ``dry`` would be.

    ``leftovers`` of interrupted writing, notes of fetches ``under_way`` that nobody took up again, ``unseen`` figures
    and reports that never got their receipt, and raw ``replies`` that nothing points to.
    """

    leftovers: tuple[Entry, ...]
    under_way: tuple[Entry, ...]
    unseen: tuple[Entry, ...]
    replies: tuple[Entry, ...]
    dry: bool

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything together."""
        return (*self.leftovers, *self.under_way, *self.unseen, *self.replies)

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return sum(entry.size for entry in self.entries)


def prune(store: Store, *, keep_days: int = 30, dry: bool = True, now: float | None = None) -> Pruned:
    """Sweep what nothing points to; with ``dry`` only say what it would be.

    Leftovers and notes of half-done fetches go when they are more than a day old, figures without a receipt and raw
    replies that nothing points to when they are older than ``keep_days``.

    Args:
        store: what to sweep.
        keep_days: at least 1.
        dry: whether to leave everything where it is.
        now: the present moment, in seconds since 1970.

    Raises:
        FigureError: when a receipt is damaged, so that it cannot be known what it points to; nothing is removed then.
        UserError: when ``keep_days`` is less than 1.
    """
    if keep_days < 1:
        raise UserError(
            Text(f"{keep_days} dagar är för kort.", f"{keep_days} days is too short."),
            meaning=Text("En hämtning som pågår kunde förlora sina svar.", "A fetch under way could lose its replies."),
            remedy=Text("Skriv 1 eller mer.", "Write 1 or more."),
        )
    now = time.time() if now is None else now
    yesterday, long_ago = now - DAY, now - keep_days * DAY
    under_way = tuple(e for e in store.papers.entries(UNDER_WAY) if e.written < yesterday)
    pointed = _pointed_to(store, leaving={entry.name for entry in under_way})
    found = Pruned(
        leftovers=tuple(e for e in _everywhere(store) if _last(e).startswith(LEFTOVER) and e.written < yesterday),
        under_way=under_way,
        unseen=tuple(e for shelf in _shelves(store) for e in _unseen(store, shelf) if e.written < long_ago),
        replies=tuple(e for sha, e in store.replies.entries() if sha not in pointed and e.written < long_ago),
        dry=dry,
    )
    if not dry:
        _sweep(store, found.entries)
    return found


def is_store(store: Store) -> bool:
    """Tell whether there is a store at all, so that no other folder is swept by mistake."""
    own = {HELD, SETTLED, REPLIES, PAPERS}
    return not own.isdisjoint(store.place.folders()) or any(map(store.shelf.labels, store.shelf.datasets()))


def _sweep(store: Store, entries: Iterable[Entry]) -> None:
    """Remove entries, except those that somebody has taken up again since we looked."""
    for folder, own in groupby(sorted(entries), key=lambda entry: entry.name.rpartition("/")[0]):
        still = set(store.place.entries(folder))
        for entry in own:
            if entry in still:
                store.place.remove(entry.name)


def _shelves(store: Store) -> tuple[InPlace, ...]:
    """Return the shelves that lie in the store's place."""
    return (InPlace(store.place), InPlace(store.place, HELD), InPlace(store.place, SETTLED))


def _labels(store: Store, shelf: InPlace) -> Iterator[tuple[Label, bool]]:
    """Walk every vintage of which there are figures or a receipt, and tell whether there is a receipt."""
    for dataset in shelf.datasets():
        names = store.place.names(shelf.folder_of(dataset))
        figures = {label for name in names if (label := Label.parse(dataset, name, FIGURE_ENDING)) is not None}
        # Listed last: what is being published right now has its receipt by then.
        seen = set(shelf.labels(dataset))
        yield from ((label, label in seen) for label in sorted(figures | seen))


def _standing(store: Store, shelf: InPlace) -> Iterator[Entry]:
    for dataset in shelf.datasets():
        yield from store.place.entries(shelf.folder_of(dataset))


def _everywhere(store: Store) -> Iterator[Entry]:
    """Walk everything of the store's own; other folders that lie in the same place are left alone."""
    yield from _standing(store, InPlace(store.place))
    for folder in (HELD, SETTLED, REPLIES, PAPERS):
        yield from store.place.entries(folder, deep=True)


def _documents(store: Store) -> Iterator[Entry]:
    """Walk the reports and decisions of the quarantine."""
    for folder in (HELD, SETTLED):
        for entry in store.place.entries(folder, deep=True):
            if entry.name.endswith((REPORT_ENDING, DECISION_ENDING)):
                yield entry


def _last(entry: Entry) -> str:
    return entry.name.rpartition("/")[2]


def _unseen(store: Store, shelf: InPlace) -> Iterator[Entry]:
    """Walk figures and reports whose receipt never came."""
    for dataset in shelf.datasets():
        # Listed before the receipts are: what is being published right now has its receipt by then, or is young.
        entries = list(store.place.entries(shelf.folder_of(dataset)))
        seen = set(shelf.labels(dataset))
        for entry in entries:
            read = (Label.parse(dataset, _last(entry), ending) for ending in (FIGURE_ENDING, REPORT_ENDING))
            if any(label is not None and label not in seen for label in read):
                yield entry


def _pointed_to(store: Store, leaving: set[str]) -> set[str]:
    """Return every checksum that a receipt, a decision or a paper points to, except the papers that are ``leaving``."""
    hidden = (InPlace(store.place, folder) for folder in (HELD, SETTLED))
    receipts = [shelf.receipt(n) for shelf in hidden for dataset in shelf.datasets() for n in shelf.labels(dataset)]
    receipts += store.receipts()
    found = {sha for receipt in receipts for sha in (*receipt.replies, receipt.shape, receipt.calls)}
    for entry in (*store.papers.entries(), *_documents(store)):
        if entry.name not in leaving:
            try:
                text = store.place.read(entry.name)
            except FileNotFoundError:
                continue
            found.update(sha.decode() for sha in _CHECKSUM.findall(text))
    return found


def _vintage(store: Store, shelf: InPlace, label: Label, seen: bool, kept: set[str]) -> list[Trouble]:
    figures, note = (store.place.label(shelf.path(label, ending)) for ending in (FIGURE_ENDING, RECEIPT_ENDING))
    if not seen:
        return [orphaned(figures)]
    try:
        receipt = shelf.receipt(label)
    except FigureError as error:
        return [unreadable(note, error)]
    return [
        *figures_amiss(shelf, label, receipt, figures),
        *(missing_reply(note, r) for r in receipt.replies if r not in kept and r not in store.replies),
    ]


def _reply(store: Store, sha: str, entry: Entry) -> list[Trouble]:
    try:
        store.replies.get(sha)
    except FigureError as error:
        return [unreadable(store.place.label(entry.name), error)]
    return []


def _paper(store: Store, entry: Entry) -> list[Trouble]:
    try:
        store.papers.read(entry)
    except FileNotFoundError:
        return []  # removed by another process while we looked
    except FigureError as error:
        return [unreadable(store.place.label(entry.name), error)]
    return []
