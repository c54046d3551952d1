"""Searching for an indicator: in the bundled list at once, and live at the sources, with little patience."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from vagvisare.intake import guess_search
from vagvisare.intake.guess_search import Hit
from vagvisare.sources.contract import Found, Source
from vagvisare.sources.http import Limits, open_wire
from vagvisare.sources.query import Settings
from vagvisare.sources.registry import source_of
from vagvisare.sources.wire import Reply, Wire
from vagvisare.terms.errors import UserError, VagvisareError
from vagvisare.terms.language import Text

USUAL = ("kolada", "scb")
"""The sources that are searched when none is named."""

BUNDLED = "kolada"
"""The source whose list is bundled."""

SHORT = Limits(connect=4.0, read=12.0, reply=15.0, tries=2, budget=18.0, longest_wait=2.0, longest_asked_wait=3.0)
"""How long somebody at a keyboard is kept waiting."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What was found, best first; which sources could not be searched, and why; and other words to try."""

    hits: tuple[Hit, ...]
    unheard: Mapping[str, VagvisareError] = field(default_factory=dict)
    suggestions: tuple[tuple[str, int], ...] = ()


def find(
    words: str,
    *,
    sources: Sequence[str] = (),
    offline: bool = False,
    limit: int = 20,
    settings: Mapping[str, Settings] | None = None,
) -> Searched:
    """Search for something to follow up.

    Args:
        words: what to look for.
        sources: names of the sources to search; ``USUAL`` when there are none.
        offline: search only the bundled list.
        limit: at most so many hits.
        settings: what a folder changes about sources.

    Raises:
        UnknownError: when a source is none.
        UserError: when there are no words.
    """
    if not words.strip():
        raise _no_words()
    asked = [source_of(name) for name in dict.fromkeys(sources or USUAL)]
    bundled = any(source.name == BUNDLED for source in asked)
    pool: list[tuple[str, Sequence[Found]]] = []
    unheard: dict[str, VagvisareError] = {}
    if not offline:
        with ThreadPoolExecutor(max(1, len(asked)), thread_name_prefix="search") as threads:
            answers = list(threads.map(lambda source: _asked(source, words, limit, settings or {}), asked))
        for source, (found, error) in zip(asked, answers, strict=True):
            pool.append((source.name, found))
            if error is not None:
                unheard[source.name] = error
    if bundled:
        pool.append((BUNDLED, guess_search.tried(words, limit)))
    hits = guess_search.ranked(words, pool, limit)
    return Searched(tuple(hits), unheard, () if hits else tuple(guess_search.suggestions(words)))


def _asked(
    source: Source, words: str, limit: int, settings: Mapping[str, Settings]
) -> tuple[Sequence[Found], VagvisareError | None]:
    """Ask one source, and say why where it did not answer; that is no failure of the search."""
    try:
        with open_wire(source, settings.get(source.name, Settings()), limits=SHORT) as wire:
            heard = _Heard(wire)
            found = tuple(source.client.find(words, heard, limit)) if source.url else ()
    except VagvisareError as error:
        return (), error
    return found, heard.error


class _Heard:
    """A wire that remembers the last call that failed: some clients get by without an answer, and say nothing."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.error: VagvisareError | None = None

    @property
    def base(self) -> str:
        """The source's address."""
        return self._wire.base

    def tighten(self, calls: int, seconds: float) -> None:
        """Slow down."""
        self._wire.tighten(calls, seconds)

    def get(self, *what: Any, **how: Any) -> Reply:
        """Ask."""
        try:
            return self._wire.get(*what, **how)
        except VagvisareError as error:
            self.error = error
            raise

    def post(self, *what: Any, **how: Any) -> Reply:
        """Ask."""
        try:
            return self._wire.post(*what, **how)
        except VagvisareError as error:
            self.error = error
            raise


def _no_words() -> UserError:
    return UserError(
        Text("Det finns inga ord att söka efter.", "There are no words to search for."),
        remedy=Text(
            "Skriv till exempel: vagvisare indicator find behörighet",
            "Write for instance: vagvisare indicator find behörighet",
        ),
    )
