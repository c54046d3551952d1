"""What Kolada says of its KPIs: title, description, when figures come; and that as the shape of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from vagvisare.sources.contract import Axis, Shape
from vagvisare.sources.errors import GoneError
from vagvisare.sources.kolada.pages import PER_PAGE, Opened, another_form, by_json, turned
from vagvisare.sources.kolada.question import GENDER, KPI, chunks
from vagvisare.sources.kolada.units import guess
from vagvisare.sources.wire import Reply, Wire
from vagvisare.terms.language import Text

KINDS = {"K": "Kommuner", "L": "Regioner", "A": "Kommuner och regioner"}
"""Which kind of unit a KPI is about (``municipality_type``)."""

_CLOSED = re.compile(r"\(\s*-\s*\d{4}\s*\)\s*$")
"""Kolada ends the title of a KPI that is no longer kept up with its last year: ``andel (%) (-2023)``."""

_TEXT_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Described:
    """One KPI as Kolada describes it.

    ``kind`` is K, L or A. ``releases`` are the days of publication it announces, preliminary and final, in order; there
    may be none. Which way is good, and the unit, Kolada does not say; whether women and men are told apart it says, but
    not reliably, and so it is not kept.
    """

    id: str
    title: str
    description: str = ""
    kind: str = ""
    area: str = ""
    releases: tuple[date, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether the title says that the KPI has had its last year."""
        return bool(_CLOSED.search(self.title))


def described(kpis: Sequence[str], wire: Wire) -> dict[str, Described]:
    """Ask Kolada about KPIs, 25 a call; those that are not there are left out.

    Raises:
        SourceError: when Kolada does not answer as it should.
    """
    found: dict[str, Described] = {}
    for ids in chunks(kpis):
        found.update(_some(ids, wire))
    return found


def _some(ids: tuple[str, ...], wire: Wire) -> dict[str, Described]:
    """Ask about at most 25 KPIs. Should one that is gone make the whole call fail, the others are found by halving."""
    found: dict[str, Described] = {}
    try:
        for _, rows in turned(wire, f"{KPI}/{','.join(ids)}", {"per_page": PER_PAGE}, all_described, kept=False):
            found.update({row.id: row for row in rows})
    except GoneError:
        if len(ids) == 1:
            return {}
        half = len(ids) // 2
        return {**_some(ids[:half], wire), **_some(ids[half:], wire)}
    return {name: kpi for name, kpi in found.items() if name in ids}


def all_described(reply: Reply) -> Opened[list[Described]]:
    """Read every KPI of a page.

    Raises:
        UnreadableError: when one has no id or no title.
    """
    return by_json(reply, lambda _, page: [_described(reply, row) for row in page["values"]])


def _described(reply: Reply, row: Any) -> Described:
    """Read one KPI of a reply.

    Raises:
        UnreadableError: when it has no id or no title.
    """
    if not isinstance(row, Mapping) or not row.get("id") or not isinstance(row["id"], str):
        raise another_form(reply.url)
    title = row.get("title")
    if not isinstance(title, str):
        raise another_form(reply.url)
    days = sorted(filter(None, (_day(row.get("prel_publication_date")), _day(row.get("publication_date")))))
    return Described(
        id=row["id"],
        title=_plain(title),
        description=_plain(row.get("description")),
        kind=_plain(row.get("municipality_type")),
        area=_plain(row.get("operating_area")),
        releases=tuple(days),
    )


def shape_of(table: str, kpis: Sequence[str], known: Mapping[str, Described]) -> Shape:
    """Return the shape of a table of one or several KPIs.

    ``updated`` is empty: Kolada stamps neither figures nor KPIs, and whether anything changed is asked by ``from_date``
    and seen by comparing content. ``unit`` is a guess from the title. The day of the next release is the first still to
    come, or the last that has passed where the source announces no later one. A table counts as discontinued when every
    KPI of it is.

    Raises:
        GoneError: when any of the KPIs is not there.
    """
    missing = [name for name in kpis if name not in known]
    if missing:
        raise gone(missing)
    rows = [known[name] for name in kpis]
    alone = len(rows) == 1
    units = {guess(row.title).unit for row in rows}
    kinds = sorted({row.kind for row in rows if row.kind})
    return Shape(
        table=table,
        title=" / ".join(row.title for row in rows)[:_TEXT_MOST],
        definition="\n\n".join(row.description if alone else f"{row.id}: {row.description}" for row in rows)[
            :_TEXT_MOST
        ],
        unit=units.pop() if len(units) == 1 else "",
        next_release=next_release([day for row in rows for day in row.releases]),
        discontinued=all(row.closed for row in rows),
        axes=(
            Axis(KPI, "Nyckeltal", tuple((row.id, row.title) for row in rows)),
            Axis(GENDER, "Kön", (("T", "Totalt"), ("K", "Kvinnor"), ("M", "Män"))),
            Axis("municipality_type", "Gäller", tuple((kind, KINDS.get(kind, kind)) for kind in kinds)),
        ),
    )


def gone(missing: Sequence[str]) -> GoneError:
    """Say that KPIs are no longer in Kolada."""
    names = ", ".join(missing)
    many = len(missing) > 1
    return GoneError(
        Text(
            f"{'Nyckeltalen' if many else 'Nyckeltalet'} {names} finns inte i Kolada.",
            f"{'The KPIs' if many else 'The KPI'} {names} {'are' if many else 'is'} not in Kolada.",
        ),
        meaning=Text(
            "Nyckeltal tas bort och ersätts utan förvarning; de siffror som redan hämtats gäller tills vidare.",
            "KPIs are retired and replaced without notice; the figures already fetched stand for now.",
        ),
        remedy=Text(
            "Sök efter ersättaren med vagvisare indicator find och ändra table i indicators.toml.",
            "Look for its heir with vagvisare indicator find, and change table in indicators.toml.",
        ),
    )


def next_release(days: Sequence[date]) -> date | None:
    """Return the first day still to come, today included; otherwise the last that has passed; None without days."""
    coming = [day for day in days if day >= today()]
    return min(coming) if coming else max(days, default=None)


def today() -> date:
    """Return the day it is, in UTC."""
    return datetime.now(UTC).date()


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if isinstance(text, str) and text else None
    except ValueError:
        return None


def _plain(text: Any) -> str:
    """Return a text of a reply as one paragraph of bounded length, without control characters."""
    if not isinstance(text, str):
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in text[:_TEXT_MOST]).split())
