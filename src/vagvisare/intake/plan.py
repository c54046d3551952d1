"""What is to be asked: each data set's queries, what is had of it already, and whether the question has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vagvisare.intake.calls import question
from vagvisare.intake.journal import last_checked
from vagvisare.observations.store import Store
from vagvisare.sources.contract import Ask, Receipt
from vagvisare.sources.query import Dataset

STAMPS = ";"
"""What stands between the sources' own stamps of the parts of one vintage, in its receipt's ``updated``."""


@dataclass(frozen=True, slots=True)
class Job:
    """One data set to be asked about: its asks, its latest good vintage, and whether it must be fetched anyhow.

    ``must`` is True when there is no vintage by this very question yet: none at all, a typed one, or one that answered
    another question.
    """

    dataset: Dataset
    asks: tuple[Ask, ...]
    latest: Receipt | None
    must: bool


def query_sum(dataset: Dataset) -> str:
    """Return a checksum of everything in the definition that the figures depend on."""
    asked = {name: told for name, told in question(dataset).items() if name != "key"}
    return hashlib.sha256(json.dumps(asked, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def jobs(datasets: Sequence[Dataset], store: Store, since: date | None = None) -> tuple[Job, ...]:
    """Return one job a data set; ``since`` looks for changes from that day on instead of from the last check."""
    return tuple(_job(dataset, store, since) for dataset in datasets)


def _job(dataset: Dataset, store: Store, since: date | None) -> Job:
    latest = store.latest(dataset.key)
    if latest is None or latest.query != query_sum(dataset):
        return Job(dataset, tuple(Ask(dataset.key, query) for query in dataset.queries), latest, must=True)
    moment = last_checked(store, dataset.key)
    checked = since or (None if moment is None else moment.date())
    stamps = latest.updated.split(STAMPS)
    stamps += [""] * (len(dataset.queries) - len(stamps))
    asks = (Ask(dataset.key, query, stamp, checked) for query, stamp in zip(dataset.queries, stamps, strict=False))
    return Job(dataset, tuple(asks), latest, must=False)
