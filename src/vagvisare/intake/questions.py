"""The issue log of each data set: what somebody must look into, and what was answered.

Alarms open questions by themselves; people may, too. A question is never removed: it is answered and closed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from vagvisare.intake.alarms import Alarm, Change
from vagvisare.intake.objection import as_pair, text_of
from vagvisare.observations.papers import Papers
from vagvisare.observations.store import Store
from vagvisare.terms.errors import FigureError, UnknownError
from vagvisare.terms.language import Text

KIND = "questions"
"""The kind of papers that questions are kept as."""

OURSELVES = "vagvisare"
"""Who opens a question when nobody does, and closes one that has answered itself."""

_PASSING = (Change.OVERDUE, Change.BROKEN)
"""Alarms that answer themselves once figures come."""

_GONE = (Change.GONE, Change.MOVED)
"""With the table gone, nothing can be said of lateness."""

_CAME = Text("Siffrorna har kommit.", "The figures have come.")


@dataclass(frozen=True, slots=True)
class Question:
    """One entry in the issue log of a data set.

    ``kind`` is an alarm's (``label``, ``overdue`` …) or ``asked`` by a person; ``by`` who opened it. It is open until
    ``closed``, then with ``answer`` and ``closed_by``. ``present`` is True while an alarm was still raised at the last
    check.
    """

    id: str
    dataset: str
    kind: str
    text: Text
    opened: datetime
    by: str
    to_do: Text = Text("", "")  # noqa: RUF009 a frozen value
    answer: str = ""
    closed: datetime | None = None
    closed_by: str = ""
    present: bool = False

    @property
    def open(self) -> bool:
        """Tell whether it waits for an answer."""
        return self.closed is None

    def document(self) -> dict[str, Any]:
        """Return the question as plain values."""
        return {
            "id": self.id,
            "dataset": self.dataset,
            "kind": self.kind,
            "text": as_pair(self.text),
            "to_do": as_pair(self.to_do),
            "opened": self.opened.isoformat(),
            "by": self.by,
            "state": "open" if self.open else "closed",
            "answer": self.answer,
            "closed": None if self.closed is None else self.closed.isoformat(),
            "closed_by": self.closed_by,
            "present": self.present,
        }


def questions(store: Store, dataset: str = "", *, only_open: bool = False) -> tuple[Question, ...]:
    """Return the questions of one data set, or of all, the oldest first.

    Raises:
        FigureError: when one of them is damaged.
    """
    found = [_read(paper.document) for paper in store.papers.list(KIND, dataset)]
    wanted = [question for question in found if question.open or not only_open]
    return tuple(sorted(wanted, key=lambda question: (question.dataset, question.opened, question.id)))


def open_all(store: Store, dataset: str, alarms: Iterable[Alarm], now: datetime) -> tuple[Question, ...]:
    """Open a question for each alarm that has none, and return those opened.

    The same alarm opens one question, however often it is raised. Once closed it stays closed as long as the alarm is
    raised without a break; should it come back after having been away, it is asked anew. Questions about lateness close
    by themselves when the alarm is no longer raised, unless that is because the table itself is gone.

    Args:
        store: where questions are kept.
        dataset: the data set that was checked.
        alarms: everything raised at this check, and nothing else: what is missing here counts as over.
        now: the moment of the check, in UTC.

    Raises:
        FigureError: when a kept question is damaged.
        OutputError: when the store refuses.
    """
    raised = {alarm.id: alarm for alarm in alarms}
    answered = not any(alarm.change in _GONE for alarm in raised.values())
    newest = {_root(one.id): one for one in sorted(questions(store, dataset), key=lambda one: _number(one.id))}
    opened = []
    for root, alarm in raised.items():
        known = newest.get(root)
        if known is None or not (known.open or known.present):
            name = root if known is None else f"{root}-{_number(known.id) + 1}"
            question = Question(name, dataset, alarm.change, alarm.what, now, OURSELVES, alarm.to_do, present=True)
            opened.append(question)
            _write(store.papers, question)
        elif not known.present:
            _write(store.papers, replace(known, present=True))
    for root, known in newest.items():
        if known.present and root not in raised and (answered or known.kind not in _PASSING):
            _write(store.papers, _over(known, now))
    return tuple(opened)


def _over(question: Question, now: datetime) -> Question:
    if question.open and question.kind in _PASSING:
        return replace(question, present=False, closed=now, closed_by=OURSELVES, answer=_CAME.sv)
    return replace(question, present=False)


def ask(store: Store, dataset: str, text: str, *, by: str, now: datetime) -> Question:
    """Open a question of a person's own.

    Raises:
        ValueError: when the text is empty, or nobody asks.
        OutputError: when the store refuses.
    """
    if not text.strip() or not by.strip():
        raise ValueError("a question has a text and somebody who asks it")
    name = hashlib.sha256(f"{dataset}\n{text}\n{by}\n{now.isoformat()}".encode()).hexdigest()[:12]
    question = Question(name, dataset, "asked", Text(text.strip(), text.strip()), now, by.strip())
    _write(store.papers, question)
    return question


def close(store: Store, dataset: str, name: str, answer: str, *, by: str, now: datetime) -> Question:
    """Answer a question and close it; closing it again replaces nothing.

    Raises:
        UnknownError: when there is no such question.
        ValueError: when the answer is empty, or nobody gives it.
        OutputError: when the store refuses.
    """
    if not answer.strip() or not by.strip():
        raise ValueError("a question is closed by an answer and somebody who gives it")
    found = next((one for one in questions(store, dataset) if one.id == name), None)
    if found is None:
        raise _unknown(dataset, name)
    if not found.open:
        return found
    closed = replace(found, answer=answer.strip(), closed=now, closed_by=by.strip())
    _write(store.papers, closed)
    return closed


def _write(papers: Papers, question: Question) -> None:
    papers.put(KIND, question.dataset, question.id, question.document())


def _read(document: Mapping[str, Any]) -> Question:
    try:
        closed = document["closed"]
        return Question(
            str(document["id"]),
            str(document["dataset"]),
            str(document["kind"]),
            text_of(document["text"]),
            datetime.fromisoformat(document["opened"]),
            str(document["by"]),
            text_of(document["to_do"]),
            str(document["answer"]),
            None if closed is None else datetime.fromisoformat(closed),
            str(document["closed_by"]),
            bool(document["present"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FigureError(
            Text("En fråga i förrådet går inte att läsa.", "A question in the store cannot be read."),
            meaning=Text("Siffrorna är orörda.", "The figures are untouched."),
            remedy=Text(
                "Kör vagvisare store verify; den säger vilken fil.", "Run vagvisare store verify; it says which file."
            ),
        ) from error


def _root(name: str) -> str:
    return name.partition("-")[0]


def _number(name: str) -> int:
    return int(name.partition("-")[2] or 1)


def _unknown(dataset: str, name: str) -> UnknownError:
    return UnknownError(
        Text(f"Det finns ingen fråga ”{name}” om {dataset}.", f"There is no question “{name}” about {dataset}."),
        remedy=Text(
            "Se vilka som finns med vagvisare questions list.", "See which there are with vagvisare questions list."
        ),
    )
