"""Is something late: a release that has passed without figures, a series that has stopped?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import pyarrow as pa

from vagvisare.intake.alarms import Alarm, Change
from vagvisare.intake.pairing import pair
from vagvisare.intake.releases import GRACE, KnownFrom, missed, next_due, rhythm
from vagvisare.intake.words import day, days, listed, periods, who
from vagvisare.sources.contract import Shape
from vagvisare.sources.query import Dataset
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period

BROKEN = 2
"""So many expected periods missing in a row make a series broken, not just late."""

_LOOK = Text(
    "Se på källans egen sida när siffrorna väntas, och om de har flyttat.",
    "Look at the source's own page for when figures are expected, and whether they have moved.",
)


def waiting(
    dataset: Dataset,
    known: Sequence[Period],
    today: date,
    *,
    shape: Shape | None = None,
    known_from: KnownFrom | None = None,
) -> tuple[Alarm, ...]:
    """Return the alarm that figures are late, or have stopped coming; nothing when they are on time.

    To be asked after every check, whether anything was new or not.

    Args:
        dataset: what is waited for.
        known: the periods of the last good vintage.
        today: the day of the check.
        shape: the table as last described, with the source's own calendar.
        known_from: the producer's usual release, where the source has no calendar.
    """
    if not known:
        return ()
    table = "+".join(dict.fromkeys(query.table for query in dataset.queries))
    latest, step = max(known, key=lambda period: (period.end, period.start)), rhythm(known)
    lacking = () if known_from is None else missed(latest, step, known_from, today)
    if len(lacking) >= BROKEN:
        label, last = periods(lacking), latest.label
        what = Text(
            f"Serien har stannat: den senaste perioden är {last}, men {label.sv} borde ha kommit.",
            f"The series has stopped: the latest period is {last}, but {label.en} should have come.",
        )
        return (Alarm.of(Change.BROKEN, dataset.key, table, what, _LOOK, mark=str(latest)),)
    announced, updated = (None, "") if shape is None else (shape.next_release, shape.updated)
    due = next_due(latest, step, announced=announced, updated=updated, known_from=known_from)
    if due is None or today - due.day <= GRACE:
        return ()
    late, when = days(due.late(today)), day(due.day)
    who_says = Text("enligt källans kalender", "by the source's own calendar")
    if not due.by_source:
        who_says = Text("enligt producentens vanliga rytm", "by the producer's usual rhythm")
    what = Text(
        f"Nya siffror skulle ha kommit {when.sv} {who_says.sv} och är försenade {late.sv}.",
        f"New figures should have come on {when.en} {who_says.en} and are {late.en} late.",
    )
    return (Alarm.of(Change.OVERDUE, dataset.key, table, what, _LOOK, mark=due.day.isoformat()),)


def stopped(dataset: Dataset, figures: pa.Table, lacking: int = 3) -> tuple[Alarm, ...]:
    """Return the alarm that some series have no figure for the last ``lacking`` periods that others have.

    Series that are alone in a period, and those that never had more than one figure, say nothing.
    """
    paired = pair(figures, None)
    cells = np.flatnonzero(paired.has)
    if not len(cells):
        return ()
    order = sorted(
        range(len(paired.periods)), key=lambda place: (paired.periods[place].end, paired.periods[place].start)
    )
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    many = paired.names.shape[1]
    last, count = np.full(many, -1), np.zeros(many, dtype=np.int64)
    np.maximum.at(last, paired.series[cells], rank[paired.period[cells]])
    np.add.at(count, paired.series[cells], 1)
    ended = np.flatnonzero((count > 1) & (last < last.max() - lacking + 1))
    # Where most have stopped, the rest is another rhythm, not a break.
    if not len(ended) or len(ended) > many / 2:
        return ()
    table = "+".join(dict.fromkeys(query.table for query in dataset.queries))
    names = listed(list(_named(paired.names[:, ended], paired.territories, paired.sexes, paired.backgrounds)))
    since = periods([paired.periods[order[int(last[ended].max())]]])
    what = Text(
        f"Siffror har slutat komma för {names.sv}; den senaste är från {since.sv}.",
        f"Figures have stopped coming for {names.en}; the latest is of {since.en}.",
    )
    mark = " ".join(str(place) for place in ended) + since.en
    return (Alarm.of(Change.BROKEN, dataset.key, table, what, _LOOK, mark=mark),)


def _named(names: np.ndarray, *codes: Sequence[str]) -> Iterator[Text]:
    for territory, sex, background in names.T:
        yield who(codes[0][territory], codes[1][sex], codes[2][background])
