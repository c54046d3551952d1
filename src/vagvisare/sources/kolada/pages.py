"""Pages of Kolada's answers, turned one after the other.

A reply is untrusted: its size, the number of pages and the way they follow on each other are bounded. (Arrow's own JSON
reader is not used: some malformed replies bring the process down.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl, urlsplit

import orjson

from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.kolada.rest import READING
from vagvisare.sources.wire import Reply, Wire
from vagvisare.terms.language import Text

PER_PAGE = 5000
"""Rows a page; the interface gives no more."""

BYTES_MOST = 24_000_000
"""A page of 5 000 rows of three figures is about 2 MB; what is many times larger is no page, and is not parsed."""

PAGES_MOST = 4_000
"""Pages of one address; the largest segment there can be (25 KPIs × 25 units × 100 years) has 13."""

Taken = TypeVar("Taken")


@dataclass(frozen=True, slots=True)
class Opened(Generic[Taken]):
    """What was taken from a page, how many rows it has (or figures, where more were promised), and what it says."""

    taken: Taken
    rows: int
    promised: int
    following: Any


def turned(
    wire: Wire,
    address: str,
    params: Mapping[str, str | int],
    open_page: Callable[[Reply], Opened[Taken]],
    *,
    kept: bool,
) -> Iterator[tuple[Reply, Taken]]:
    """Ask for an address, page after page, and yield each with what was taken from it.

    Only the parameters of ``next_url`` are used, on the address that was asked: a mirror or a proxy then never sends us
    elsewhere, whatever the reply says.

    Raises:
        UnreadableError: when a page is none, pages go in circles or never end, or fewer rows come than were promised.
        SourceError: from the wire.
    """
    asked: set[tuple[tuple[str, str], ...]] = set()
    step: dict[str, str | int] = dict(params)
    most = had = 0
    while True:
        reply = wire.get(address, step, kept=kept)
        page = open_page(reply)
        most, had = max(most, page.promised), had + page.rows
        yield reply, page.taken
        if not page.following:
            break
        asked.add(_same(step))
        step = _next(reply, page.following)
        if _same(step) in asked or not page.rows:
            why = Text("Sidorna i svaret går runt i en cirkel.", "The pages of the answer go round in a circle.")
            raise UnreadableError.of(reply.url, why)
        if len(asked) >= PAGES_MOST:
            raise UnreadableError.of(reply.url, Text("Svaret tar aldrig slut.", "The answer never ends."))
    if had < most:
        why = Text(f"Källan lovade {most} rader och gav {had}.", f"The source promised {most} rows and gave {had}.")
        raise UnreadableError.of(reply.url, why)


def by_json(reply: Reply, take: Callable[[Reply, Mapping[str, Any]], Taken]) -> Opened[Taken]:
    """Open a page as JSON; ``take`` says what is wanted of it. Nothing else of it is left afterwards.

    Raises:
        UnreadableError: when it is no page, and from ``take``.
    """
    with READING:
        page = document(reply)
        opened = Opened(take(reply, page), _weight(page), promised(page), page.get("next_url"))
        del page
    return opened


def document(reply: Reply) -> dict[str, Any]:
    """Return a reply's document: an object with a list of ``values``.

    Raises:
        UnreadableError: when it is none.
    """
    if not fits(reply):
        raise UnreadableError.of(reply.url, Text("Sidan är orimligt stor.", "The page is unreasonably large."))
    try:
        page = orjson.loads(reply.body)
    except orjson.JSONDecodeError:
        reply.json()  # says why in a sentence, when it is a web page or was cut off
        page = None  # Python's own reader is more lenient (NaN); the interface promises JSON
    if not isinstance(page, dict) or not isinstance(page.get("values"), list):
        raise another_form(reply.url)
    return page


def fits(reply: Reply) -> bool:
    """Tell whether a reply is small enough to be a page."""
    return len(reply.body) <= BYTES_MOST


def another_form(url: str) -> UnreadableError:
    """Say that an answer has another form than the interface promises."""
    why = Text(
        "Det har inte den form som Koladas gränssnitt lovar.", "It has not the form that Kolada's interface promises."
    )
    return UnreadableError.of(url, why)


def promised(page: Mapping[str, Any]) -> int:
    """Return how many rows, or figures, a page says that there are; 0 when it does not say."""
    count = page.get("count")
    return count if type(count) is int else 0


def _weight(page: Mapping[str, Any]) -> int:
    """Return how many of what was promised a page holds: rows, or the figures in them where more were promised."""
    rows = page["values"]
    if promised(page) <= len(rows):
        return len(rows)
    try:
        return max(len(rows), sum(map(len, map(itemgetter("values"), rows))))
    except (LookupError, TypeError):
        return len(rows)


def _same(params: Mapping[str, str | int]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, str(value)) for name, value in params.items()))


def _next(reply: Reply, following: Any) -> dict[str, str | int]:
    if not isinstance(following, str) or len(following) > 8_000:
        raise another_form(reply.url)
    try:
        return dict(parse_qsl(urlsplit(following).query, keep_blank_values=True, max_num_fields=20))
    except ValueError as error:
        raise another_form(reply.url) from error
