"""Eurostat's table of contents: every data set, and when its figures and its form last changed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.wire import Reply
from vagvisare.terms.language import Text

ADDRESS = "catalogue/toc/txt"

_HEADINGS = ("title", "code", "type", "last update of data", "data start", "data end")
_MOST_LINES = 200_000
_MOST_LINE = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One data set in the contents; ``updated`` is the day its figures last changed, None where it does not say."""

    code: str
    title: str
    updated: date | None
    first: str
    last: str


def entries(reply: Reply) -> dict[str, Entry]:
    """Return the data sets by code in lower case; one that stands under several themes is one.

    Raises:
        UnreadableError: when it is no table of contents.
    """
    wrong = UnreadableError.of(
        reply.url, Text("Det är inte Eurostats innehållsförteckning.", "It is not Eurostat's table of contents.")
    )
    try:
        rows = csv.reader(_lines(reply.body.decode("utf-8-sig"), wrong), delimiter="\t", strict=True)
        headings = [heading.strip().lower() for heading in next(rows, [])]
        if any(heading not in headings for heading in _HEADINGS):
            raise wrong
        columns = [headings.index(heading) for heading in _HEADINGS]
        found: dict[str, Entry] = {}
        for row in rows:
            if len(row) <= max(columns):
                continue
            title, code, kind, updated, first, last = (row[column].strip() for column in columns)
            if code and kind in {"dataset", "table"}:
                found.setdefault(code.lower(), Entry(code, title, _day(updated), first, last))
    except (UnicodeDecodeError, csv.Error):
        raise wrong from None
    if not found:
        raise wrong
    return found


def _lines(text: str, wrong: UnreadableError) -> Iterator[str]:
    lines = text.splitlines()
    if len(lines) > _MOST_LINES or any(len(line) > _MOST_LINE for line in lines):
        raise wrong
    return iter(lines)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 a day, not a moment
    except ValueError:
        return None
