"""Prepared answers: every page, data file and deck of a follow-up, made once and kept in memory.

An earlier day's follow-up is computed when somebody asks for it; the latest few are kept. One day is computed at a
time and few readers wait for it, so that questions about the past cannot crowd out the reading of today.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock, Semaphore

from vagvisare.publications import opendata, pptx
from vagvisare.publications.html import DECK_FILE, Site
from vagvisare.publications.material import Material

EARLIEST = date(1990, 1, 1)
"""No data set reaches further back than a follow-up could use."""

_log = logging.getLogger(__name__)
_KEPT_DAYS = 4
_WAITING_READERS = 3
_SMALLEST_PACKED = 1024
_DECK_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_ROBOTS = b"User-agent: *\nDisallow: /*?as-of=\n"


class BusyError(Exception):
    """Too many readers already wait for earlier days to be computed."""


class OutOfRangeError(Exception):
    """The day lies where there is nothing to tell."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent: bytes as they are and packed (empty when packing does not pay), their type and their digest."""

    body: bytes
    packed: bytes
    content_type: str
    digest: str
    download: str = ""

    @classmethod
    def of(cls, body: bytes, content_type: str, download: str = "") -> Answer:
        """Prepare an answer; text is packed, at a fixed clock so that equal pages stay equal."""
        texty = content_type.startswith(("text/", "application/json"))
        packed = gzip.compress(body, 6, mtime=0) if texty and len(body) >= _SMALLEST_PACKED else b""
        return cls(body, packed, content_type, hashlib.sha256(body).hexdigest()[:24], download)


class Edition:
    """The whole site as of one day."""

    def __init__(self, material: Material, *, query: str = "") -> None:
        self.as_of = material.outcome.as_of
        self.site = Site(material, query=query)
        self._material = material
        self._pages = frozenset(self.site.paths())
        self._files = {f"/data/{name}": name for name in opendata.names(material)}
        self._decks = {f"/{name}": language for language, name in DECK_FILE.items()}
        self._made: dict[str, Answer] = {}
        self._page_lock, self._file_lock = Lock(), Lock()

    def __contains__(self, path: str) -> bool:
        """Tell whether there is something at ``path``."""
        return path in self._pages or path in self._files or path in self._decks

    def answer(self, path: str) -> Answer | None:
        """Return what lies at ``path``, made when first asked for; None when nothing does."""
        ready = self._made.get(path)
        if ready is not None or path not in self:
            return ready
        with self._page_lock if path in self._pages else self._file_lock:
            if path not in self._made:
                self._made[path] = self._make(path)
            return self._made[path]

    def warm(self) -> None:
        """Make every page before it is asked for; one that fails is logged, and fails again for who asks for it."""
        for path in self.site.paths():
            try:
                self.answer(path)
            except Exception:  # noqa: BLE001  one page must not stop the others; the log tells
                _log.exception("The page %s could not be made", path)

    def _make(self, path: str) -> Answer:
        if path in self._pages:
            page = self.site.render(path)
            return Answer.of(page.body, page.content_type)
        if path in self._decks:
            return Answer.of(pptx.deck(self._material, language=self._decks[path]), _DECK_TYPE, path[1:])
        name = self._files[path]
        kind = opendata.CONTENT_TYPES[name.rpartition(".")[2]]
        return Answer.of(opendata.file(self._material, name), kind, "" if name.endswith(".json") else name)


class Shelf:
    """Today's edition, and the earlier days lately asked for."""

    def __init__(self, material: Material, material_for: Callable[[date], Material]) -> None:
        self.today = Edition(material)
        self._material_for = material_for
        self._past: OrderedDict[date, Edition] = OrderedDict()
        self._lock, self._one_at_a_time = Lock(), Lock()
        self._turns = Semaphore(_WAITING_READERS)
        self._robots = Answer.of(_ROBOTS, "text/plain; charset=utf-8")

    def robots(self) -> Answer:
        """Return what search engines are asked: to read today, not every day there has been."""
        return self._robots

    def at(self, day: date | None) -> Edition:
        """Return the site as of ``day``; today's when none is given.

        Raises:
            OutOfRangeError: when the day lies before 1990 or after the figures were read.
            BusyError: when too many readers already wait.
        """
        if day is None or day == self.today.as_of:
            return self.today
        if not EARLIEST <= day < self.today.as_of:
            raise OutOfRangeError
        found = self._kept(day)
        if found is not None:
            return found
        if not self._turns.acquire(blocking=False):
            raise BusyError
        try:
            with self._one_at_a_time:
                return self._kept(day) or self._computed(day)
        finally:
            self._turns.release()

    def _kept(self, day: date) -> Edition | None:
        with self._lock:
            if day in self._past:
                self._past.move_to_end(day)
            return self._past.get(day)

    def _computed(self, day: date) -> Edition:
        made = Edition(self._material_for(day), query=f"?as-of={day.isoformat()}")
        with self._lock:
            self._past[day] = made
            while len(self._past) > _KEPT_DAYS:
                self._past.popitem(last=False)
        return made


_open: list[Shelf] = []


def put(shelf: Shelf) -> None:
    """Make ``shelf`` the one that is read from."""
    _open[:] = [shelf]


def current() -> Shelf:
    """Return the shelf that is read from."""
    return _open[0]
