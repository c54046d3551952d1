"""The journal of checks, a page a data set: when it was last checked, how that went, how often in a row it failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from vagvisare.intake.objection import as_pair, text_of
from vagvisare.intake.report import Outcome, State
from vagvisare.observations.store import Store
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Language, Text

KIND = "journal"
"""The kind of papers that the journal is kept as."""

_PAGE = "checks"
_ANSWERED = (State.NEW, State.REVISED, State.UNCHANGED)
_FAILED = (State.FAILED, State.GONE)


@dataclass(frozen=True, slots=True)
class Page:
    """What the journal says of one data set.

    ``checked`` is the last time it was asked about (UTC) and ``state`` what came of it; ``answered`` the last time the
    source said what is new and that is in use. ``error`` is the last failure in words, ``failures`` how many in a row.
    """

    dataset: str
    checked: datetime
    state: State
    answered: datetime | None = None
    error: Text | None = None
    failures: int = 0


def page(store: Store, dataset: str) -> Page | None:
    """Return what the journal says of a data set; None when it was never asked about.

    A page that cannot be read is as none: it is only a note, written anew at the next check.
    """
    try:
        document = store.papers.get(KIND, dataset, _PAGE)
        return None if document is None else _read(document)
    except (FigureError, KeyError, TypeError, ValueError):
        return None


def pages(store: Store) -> dict[str, Page]:
    """Return what the journal says of every data set that was ever asked about."""
    try:
        papers = store.papers.list(KIND)
    except FigureError:
        return {}
    found = (page(store, paper.dataset) for paper in papers)
    return {one.dataset: one for one in found if one is not None}


def last_checked(store: Store, dataset: str) -> datetime | None:
    """Return when the source last answered so that its answer is in use; None when it never has.

    A delivery that waits in quarantine does not count: what was new then is still new to us.
    """
    known = page(store, dataset)
    return None if known is None else known.answered


def note(store: Store, dataset: str, outcome: Outcome, now: datetime) -> Page:
    """Write how a check went, and return the page.

    Raises:
        OutputError: when the store refuses.
    """
    before = page(store, dataset)
    new = Page(dataset, now, outcome.state, None if before is None else before.answered)
    if outcome.state in _ANSWERED:
        new = replace(new, answered=now)
    if outcome.state in _FAILED:
        error = outcome.error
        words = None if error is None else Text(error.message(Language.SV), error.message(Language.EN))
        new = replace(new, error=words, failures=1 + (0 if before is None else before.failures))
    store.papers.put(KIND, dataset, _PAGE, _document(new))
    return new


def _document(of: Page) -> dict[str, Any]:
    return {
        "dataset": of.dataset,
        "checked": of.checked.isoformat(),
        "state": str(of.state),
        "answered": None if of.answered is None else of.answered.isoformat(),
        "error": None if of.error is None else as_pair(of.error),
        "failures": of.failures,
    }


def _read(document: Mapping[str, Any]) -> Page:
    answered, error = document["answered"], document["error"]
    return Page(
        str(document["dataset"]),
        datetime.fromisoformat(document["checked"]),
        State(document["state"]),
        None if answered is None else datetime.fromisoformat(answered),
        None if error is None else text_of(error),
        int(document["failures"]),
    )
