"""What came in becomes a vintage, or waits in quarantine: joined, described, checked, compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

import pyarrow as pa

from vagvisare.intake.accept import check
from vagvisare.intake.alarms import Alarm, alarms
from vagvisare.intake.case import Previous
from vagvisare.intake.changeover import changeover
from vagvisare.intake.clocks import moment_of
from vagvisare.intake.decided import discarded_before, overtaken
from vagvisare.intake.form import without_repeats
from vagvisare.intake.objection import Kind, Objection
from vagvisare.intake.plan import STAMPS, Job, query_sum
from vagvisare.intake.report import Outcome, State
from vagvisare.observations.revisions import compare
from vagvisare.observations.store import Store
from vagvisare.observations.vintage import Vintage, checksum
from vagvisare.sources.contract import FIGURES, Axis, Delivery, Receipt, Shape, Source
from vagvisare.sources.query import Dataset
from vagvisare.terms.errors import FigureError


class Memory(Protocol):
    """What remembers answers while a fetch is under way."""

    def forget(self) -> None:
        """The fetch is done."""


@dataclass(frozen=True, slots=True)
class Received:
    """Every part of a data set as its source delivered it, and the memory to clear once it is safe.

    ``replies`` are the checksums of every reply of the fetch, ``calls`` that of the list of calls they answered.
    """

    parts: tuple[Delivery, ...]
    memory: Memory | None = None
    replies: tuple[str, ...] = ()
    calls: str = ""

    @property
    def figures(self) -> pa.Table:
        """All figures together."""
        return pa.concat_tables(part.figures for part in self.parts) if self.parts else FIGURES.empty_table()

    @property
    def shape(self) -> Shape:
        """The table as described; of several, the first with the axes and texts of all."""
        first = self.parts[0].shape
        if len(self.parts) == 1:
            return first
        shapes = [part.shape for part in self.parts]
        return replace(
            first,
            table=" + ".join(shape.table for shape in shapes),
            title=" + ".join(dict.fromkeys(shape.title for shape in shapes)),
            definition="\n\n".join(dict.fromkeys(shape.definition for shape in shapes if shape.definition)),
            discontinued=any(shape.discontinued for shape in shapes),
            next_release=min((s.next_release for s in shapes if s.next_release), default=None),
            axes=tuple(axis for shape in shapes for axis in shape.axes),
        )

    @property
    def stamps(self) -> str:
        """The sources' own stamps of the parts."""
        return STAMPS.join(part.shape.updated for part in self.parts).strip(STAMPS)


def receive(
    job: Job, source: Source, received: Received, store: Store, now: datetime, *, confirmed_by: str = ""
) -> Outcome:
    """Check what came in, publish or hold it, raise alarms, and return what became of it.

    ``confirmed_by`` is who looked a delivered file through.

    Raises:
        SourceError, FigureError, OutputError: when it cannot be described, checked or kept; nothing is half-published.
    """
    dataset, figures, shape = job.dataset, received.figures, received.shape
    now = moment_of(store, dataset.key, now)
    previous = _previous(store, job)
    before = None if previous is None else previous.shape
    told = alarms(before, shape, dataset)
    objections = (*check(dataset, figures, shape, previous, today=now.date()), *_grave(told))
    if any(each.kind is Kind.DUPLICATE for each in objections):
        figures = without_repeats(figures)
    receipt = replace(_receipt(job, source, received, figures, store, now), confirmed_by=confirmed_by)
    vintage = Vintage(receipt, figures)
    holding = [each for each in objections if each.holds]
    if previous is None and job.latest is not None:
        told = (*told, changeover(dataset, job.latest, vintage, store))
    outcome = _outcome(job, vintage, objections, told, previous)
    if holding:
        outcome = _held(outcome, vintage, store, now)
    else:
        if not store.publish(vintage) or (job.latest is not None and job.latest.sha256 == receipt.sha256):
            outcome = replace(outcome, state=State.UNCHANGED)
        overtaken(store, dataset.key, now)
    if received.memory is not None:
        received.memory.forget()
    return outcome


def _held(outcome: Outcome, vintage: Vintage, store: Store, now: datetime) -> Outcome:
    """Hold what a check has stopped, unless somebody has discarded these very figures before."""
    first = next(each for each in outcome.objections if each.holds)
    known = discarded_before(store, vintage.receipt, first)
    if known is not None:
        return replace(outcome, state=State.UNCHANGED, objections=(known,), revision=None)
    told = [each.document() for each in outcome.objections]
    store.hold(vintage, {"objections": told, "at": now.isoformat()})
    return replace(outcome, state=State.HELD)


def _previous(store: Store, job: Job) -> Previous | None:
    """Return the last good vintage; one that answered another question is no measure of this one."""
    latest = job.latest
    if latest is None or not latest.fetched or latest.source_id != source_id(job.dataset):
        return None
    return Previous(store.figures(latest), shape_of(store, latest))


def shape_of(store: Store, receipt: Receipt) -> Shape | None:
    """Return the table as its source described it when a vintage was fetched; None where that is not known."""
    if not receipt.shape:
        return None
    try:
        return shape_from(json.loads(store.replies.get(receipt.shape)))
    except (FigureError, ValueError, KeyError, TypeError):
        return None


def shape_document(shape: Shape) -> bytes:
    """Return a shape as JSON."""
    return json.dumps(asdict(shape), ensure_ascii=False, sort_keys=True, default=str).encode()


def shape_from(document: dict[str, Any]) -> Shape:
    """Read a shape written by ``shape_document``.

    Raises:
        KeyError, TypeError, ValueError: when it is none.
    """
    told = dict(document)
    released = told.get("next_release")
    told["next_release"] = date.fromisoformat(released) if released else None
    told["axes"] = tuple(
        Axis(axis["code"], axis["label"], tuple((code, label) for code, label in axis["categories"]))
        for axis in told.get("axes", ())
    )
    return Shape(**told)


def source_id(dataset: Dataset) -> str:
    """Return the producer's own id of what is asked for: ``kolada:N15428``."""
    return f"{dataset.source}:{'+'.join(dict.fromkeys(query.table for query in dataset.queries))}"


def _receipt(job: Job, source: Source, received: Received, figures: pa.Table, store: Store, now: datetime) -> Receipt:
    dataset = job.dataset
    return Receipt(
        dataset=dataset.key,
        title=dataset.title,
        producer=dataset.producer,
        source_id=source_id(dataset),
        licence=dataset.licence or source.licence or "Ej angiven i källan; se producenten",
        unit=dataset.unit,
        recorded=now.date(),
        read_from="",
        typical_release=dataset.typical_release,
        rows=figures.num_rows,
        sha256=checksum(figures),
        licence_en=dataset.licence_en
        or ("" if dataset.licence or source.licence else "Not stated in the source; see the producer"),
        source=dataset.source,
        fetched=now.isoformat(),
        updated=received.stamps,
        query=query_sum(dataset),
        replies=received.replies or tuple(dict.fromkeys(sha for part in received.parts for sha in part.replies)),
        calls=received.calls,
        shape=store.replies.keep(shape_document(received.shape)),
    )


def _grave(told: Iterable[Alarm]) -> tuple[Objection, ...]:
    """Return the alarms that keep a delivery from being believed."""
    return tuple(each.objection for each in told if each.objection is not None)


def _outcome(
    job: Job,
    vintage: Vintage,
    objections: Sequence[Objection],
    told: Sequence[Alarm],
    previous: Previous | None,
) -> Outcome:
    revision = compare(None if previous is None else previous.figures, vintage.figures)
    return Outcome(
        job.dataset.key,
        job.dataset.title,
        State.REVISED if revision.revised.num_rows or revision.vanished.num_rows else State.NEW,
        revision=revision,
        unit=job.dataset.unit,
        objections=tuple(objections),
        alarms=tuple(told),
    )
