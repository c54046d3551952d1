"""What was known when rests on clocks, and clocks go wrong: new figures are never dated before those they replace."""

from __future__ import annotations

from datetime import datetime, timedelta

from vagvisare.observations.store import Store
from vagvisare.sources.contract import Receipt
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text

SKEW = timedelta(days=1)
"""Two machines' clocks, or two time zones, may differ so much; more is a clock that is wrong."""


def moment_of(store: Store, dataset: str, now: datetime) -> datetime:
    """Return the moment that new figures of a data set count as fetched: now, or just after the latest vintage.

    Should this machine's clock be a little behind the one that dated the latest vintage, the order in which figures
    came is kept all the same.

    Raises:
        FigureError: when the latest vintage is dated more than a day from now: one of the clocks is wrong.
    """
    latest = store.latest(dataset)
    if latest is None:
        return now
    if latest.recorded > (now + SKEW).date():
        raise _from_the_future(store, latest, now)
    before = datetime.fromisoformat(latest.fetched) if latest.fetched else now
    if before < now:
        return now
    if before - now > SKEW:
        raise _from_the_future(store, latest, now)
    return before + timedelta(microseconds=1) if latest.fetched else now


def _from_the_future(store: Store, latest: Receipt, now: datetime) -> FigureError:
    where, today = store.place.label(latest.dataset), now.date()
    return FigureError(
        Text(
            f"De senaste siffrorna för {latest.dataset} är daterade {latest.recorded}, men datorns klocka säger "
            f"{today}.",
            f"The latest figures of {latest.dataset} are dated {latest.recorded}, but this computer's clock says "
            f"{today}.",
        ),
        meaning=Text(
            "Nya siffror skulle hamna före dem, och det gick inte längre att säga vad som var känt när. Inget har "
            "lästs in.",
            "New figures would come before them, and what was known when could no longer be said. Nothing was "
            "recorded.",
        ),
        remedy=Text(
            f"Ställ datorns klocka. Är det i stället årgången i {where} som är fel daterad, flytta undan dess filer "
            f"{latest.recorded}-… och hämta igen.",
            f"Set this computer's clock. If it is the vintage in {where} that is wrongly dated, move its files "
            f"{latest.recorded}-… away and fetch again.",
        ),
    )
