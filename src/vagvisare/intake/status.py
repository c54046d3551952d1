"""How every indicator stands: its latest period, when it was fetched, what is due, what waits for somebody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from vagvisare.assessment.definition import Indicator
from vagvisare.intake import journal
from vagvisare.intake.objection import Objection, as_pair
from vagvisare.intake.pairing import number_of
from vagvisare.intake.questions import Question, questions
from vagvisare.intake.received import shape_of
from vagvisare.intake.releases import GRACE, Due, KnownFrom, next_due, rhythm
from vagvisare.observations.store import Store
from vagvisare.sources.contract import Receipt
from vagvisare.sources.query import Dataset, Standing
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period


@dataclass(frozen=True, slots=True)
class Row:
    """How one indicator stands, or a data set that no indicator uses (then ``indicator`` is "").

    ``latest`` is the last period of the figures in use and ``recorded`` the day they were had. ``checked`` is when the
    source was last asked (UTC), ``failures`` how many times in a row it failed and ``error`` why. ``due`` is the next
    release and ``late`` how many days it is overdue, 0 within the grace of a week. ``held`` says what stopped each
    delivery that waits in quarantine. ``source`` is "" where nothing is fetched.
    """

    indicator: str
    title: Text
    dataset: str
    source: str = ""
    table: str = ""
    standing: Standing | None = None
    latest: Period | None = None
    recorded: date | None = None
    fetched: bool = False
    checked: datetime | None = None
    failures: int = 0
    error: Text | None = None
    due: Due | None = None
    late: int = 0
    held: tuple[tuple[Objection, ...], ...] = ()
    questions: tuple[Question, ...] = ()


def status(datasets: Sequence[Dataset], indicators: Sequence[Indicator], store: Store, today: date) -> tuple[Row, ...]:
    """Return how every indicator stands, in their order; then every data set that no indicator uses.

    Args:
        datasets: what can be fetched.
        indicators: what is followed up; one whose data set is not fetched stands there all the same.
        store: the vintages, quarantine, journal and questions.
        today: the day to which lateness is counted.

    Raises:
        FigureError: when figures or questions in the store are damaged.
    """
    known = {dataset.key: dataset for dataset in datasets}
    look = _Look(store, known, today)
    rules: dict[str, KnownFrom] = {}
    for indicator in indicators:
        if indicator.release is not None:
            rules.setdefault(indicator.dataset, indicator.release.known_from)
    rows = [look.row(one.dataset, one.key, one.title, rules.get(one.dataset)) for one in indicators]
    for dataset in datasets:
        if dataset.key not in {row.dataset for row in rows}:
            title = Text(dataset.title, dataset.title)
            rows.append(look.row(dataset.key, "", title, rules.get(dataset.key)))
    return tuple(rows)


class _Look:
    """What the store says of each data set, looked up once."""

    def __init__(self, store: Store, known: dict[str, Dataset], today: date) -> None:
        self._store, self._known, self._today = store, known, today
        self._pages = journal.pages(store)
        self._held: dict[str, list[tuple[Objection, ...]]] = {}
        for held in store.held():
            self._held.setdefault(held.receipt.dataset, []).append(tuple(_objections(held.report)))
        self._questions: dict[str, list[Question]] = {}
        for question in questions(store, only_open=True):
            self._questions.setdefault(question.dataset, []).append(question)
        self._receipts: dict[str, Receipt] = {}
        for receipt in store.receipts():
            self._receipts[receipt.dataset] = receipt
        self._periods: dict[str, tuple[Period, ...]] = {}

    def row(self, key: str, indicator: str, title: Text, known_from: KnownFrom | None) -> Row:
        dataset, page, receipt = self._known.get(key), self._pages.get(key), self._receipts.get(key)
        periods = self._known_periods(key)
        latest = max(periods, key=lambda period: (period.end, period.start), default=None)
        shape = None if receipt is None else shape_of(self._store, receipt)
        due = next_due(
            latest,
            rhythm(periods),
            announced=None if shape is None else shape.next_release,
            updated="" if shape is None else shape.updated,
            known_from=known_from,
        )
        return Row(
            indicator,
            title,
            key,
            "" if dataset is None else dataset.source,
            _tables(dataset),
            None if dataset is None else dataset.standing,
            latest,
            None if receipt is None else receipt.recorded,
            receipt is not None and bool(receipt.fetched),
            None if page is None else page.checked,
            0 if page is None else page.failures,
            None if page is None else page.error,
            due,
            due.late(self._today) if due is not None and self._today - due.day > GRACE else 0,
            tuple(self._held.get(key, ())),
            tuple(self._questions.get(key, ())),
        )

    def _known_periods(self, key: str) -> tuple[Period, ...]:
        if key not in self._periods:
            receipt = self._receipts.get(key)
            self._periods[key] = () if receipt is None else periods_of(self._store, receipt)
        return self._periods[key]


def periods_of(store: Store, receipt: Receipt) -> tuple[Period, ...]:
    """Return every period for which a vintage has a figure, in order.

    Raises:
        FigureError: when the vintage is damaged.
    """
    return periods_in(store.figures(receipt))


def periods_in(figures: pa.Table) -> tuple[Period, ...]:
    """Return every period for which there is a figure, in order."""
    figures = figures.filter(figures.column("value").is_valid()).select(["start", "end"])
    spans = figures.group_by(["start", "end"]).aggregate([])
    pairs = zip(number_of(spans, "start").tolist(), number_of(spans, "end").tolist(), strict=True)
    return tuple(sorted(Period(start, end) for start, end in pairs))


def _tables(dataset: Dataset | None) -> str:
    return "" if dataset is None else ", ".join(dict.fromkeys(query.table for query in dataset.queries))


def _objections(report: Any) -> Iterator[Objection]:
    """Return what stopped a delivery; a report in a form we no longer know says nothing."""
    told = report.get("objections", ()) if hasattr(report, "get") else ()
    for document in told if isinstance(told, list) else ():
        try:
            yield Objection.from_document(document)
        except (KeyError, TypeError, ValueError):
            continue


def as_json(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return the rows as plain values, texts in both languages."""
    return [_document(row) for row in rows]


def _document(row: Row) -> dict[str, Any]:
    due = row.due
    return {
        "indicator": row.indicator,
        "title": as_pair(row.title),
        "dataset": row.dataset,
        "source": row.source,
        "table": row.table,
        "standing": None if row.standing is None else str(row.standing),
        "latest_period": None if row.latest is None else str(row.latest),
        "recorded": None if row.recorded is None else row.recorded.isoformat(),
        "fetched": row.fetched,
        "checked": None if row.checked is None else row.checked.isoformat(),
        "failures": row.failures,
        "error": None if row.error is None else as_pair(row.error),
        "next_release": None if due is None else due.day.isoformat(),
        "next_release_by_source": due is not None and due.by_source,
        "days_late": row.late,
        "held": [[objection.document() for objection in objections] for objections in row.held],
        "questions": [question.document() for question in row.questions],
    }


def in_order_of_need(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that somebody must look at, the most pressing first: held, failing, late, asked about."""
    wanted = [row for row in rows if row.held or row.failures or row.questions or row.late]
    return sorted(wanted, key=lambda row: (not row.held, not row.failures, -row.late, -len(row.questions)))
