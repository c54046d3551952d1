"""What became of a fetch: one outcome a data set, one summary a person can read at the end, one exit code for cron."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from vagvisare.intake.alarms import Alarm
from vagvisare.intake.objection import Objection, as_pair
from vagvisare.intake.words import change, counted, figures, periods, step, unit_of, who
from vagvisare.observations.revisions import Change, Revision
from vagvisare.terms.errors import VagvisareError
from vagvisare.terms.language import Language, Text, listing

WIDTH = 100
"""Columns of the summary."""

ALL_WELL, SOME_FAILED, SOME_WAIT = 0, 7, 8


class State(StrEnum):
    """What became of a data set."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    HELD = "held"
    """Fetched, but waits in quarantine for a person."""
    FAILED = "failed"
    GONE = "gone"
    """A dry run only: the source says that the table is gone or closed."""
    WAITING = "waiting"
    """A dry run only: there is something to fetch, or it must be fetched to know."""
    SKIPPED = "skipped"
    """Not asked about: the fetch was interrupted before."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one data set in one fetch.

    ``revision`` is what differs from the last good figures, in ``unit``; ``objections`` what a check had to say;
    ``alarms`` what had changed at the source; ``error`` why it failed.
    """

    dataset: str
    title: str
    state: State
    error: VagvisareError | None = None
    revision: Revision | None = None
    unit: str = ""
    objections: tuple[Objection, ...] = ()
    alarms: tuple[Alarm, ...] = ()


_HEADINGS = {
    State.NEW: Text("Nya siffror", "New figures"),
    State.REVISED: Text("Reviderade siffror", "Revised figures"),
    State.HELD: Text(
        "I karantän: de senast godkända siffrorna används tills någon beslutar (vagvisare quarantine)",
        "In quarantine: the last good figures are used until somebody decides (vagvisare quarantine)",
    ),
    State.FAILED: Text("Misslyckades: de senast godkända siffrorna används", "Failed: the last good figures are used"),
    State.GONE: Text("Borta hos källan", "Gone at the source"),
    State.WAITING: Text("Skulle hämtas", "Would be fetched"),
    State.SKIPPED: Text("Hann inte tillfrågas", "Not asked about in time"),
}
"""The groups of the summary, in order; what is unchanged is only counted."""

_COUNTS = {
    State.NEW: (Text("ny", "new"), Text("nya", "new")),
    State.REVISED: (Text("reviderad", "revised"), Text("reviderade", "revised")),
    State.UNCHANGED: (Text("oförändrad", "unchanged"), Text("oförändrade", "unchanged")),
    State.HELD: (Text("i karantän", "in quarantine"),) * 2,
    State.FAILED: (Text("misslyckades", "failed"),) * 2,
    State.GONE: (Text("borta hos källan", "gone at the source"),) * 2,
    State.WAITING: (Text("skulle hämtas", "would be fetched"),) * 2,
    State.SKIPPED: (Text("hann inte tillfrågas", "not asked about"),) * 2,
}

_DATASETS = Text("datamängd", "data set"), Text("datamängder", "data sets")


def exit_code(outcomes: Iterable[Outcome]) -> int:
    """Return 0 when all is well, 7 when any data set failed or is gone, else 8 when any waits in quarantine.

    Failing comes first: a fetch that failed may hide more to decide, and is tried again by itself; what waits in
    quarantine still waits then.
    """
    states = {outcome.state for outcome in outcomes}
    if states & {State.FAILED, State.GONE}:
        return SOME_FAILED
    return SOME_WAIT if State.HELD in states else ALL_WELL


def summary(outcomes: Sequence[Outcome], language: Language) -> str:
    """Return what became of a fetch, grouped by state, at most 100 columns wide."""
    if not outcomes:
        return _wrapped(_NOTHING.to(language), "").rstrip()
    blocks = [_wrapped(_counts(outcomes, language), "")]
    for state, heading in _HEADINGS.items():
        own = [outcome for outcome in outcomes if outcome.state is state]
        if own:
            blocks.append(_wrapped(heading.to(language), "") + "".join(_told(outcome, language) for outcome in own))
    quiet = [
        outcome for outcome in outcomes if outcome.state is State.UNCHANGED and (outcome.alarms or outcome.objections)
    ]
    if quiet:
        blocks.append(_wrapped(_READ_THIS.to(language), "") + "".join(_told(outcome, language) for outcome in quiet))
    return "\n".join(blocks).rstrip()


_READ_THIS = Text("Oförändrade, men läs detta", "Unchanged, but read this")

_NOTHING = Text(
    "Ingenting att hämta: ingen indikator säger varifrån dess siffror kommer. "
    "Lägg till med vagvisare indicator add, eller skriv [[dataset]] i indicators.toml.",
    "Nothing to fetch: no indicator says where its figures come from. "
    "Add with vagvisare indicator add, or write [[dataset]] in indicators.toml.",
)


def _counts(outcomes: Sequence[Outcome], language: Language) -> str:
    states = [outcome.state for outcome in outcomes]
    parts = [counted(states.count(state), *words).to(language) for state, words in _COUNTS.items() if state in states]
    whole = counted(len(outcomes), *_DATASETS).to(language)
    return f"{whole}: {listing(parts, language)}."


def _told(outcome: Outcome, language: Language) -> str:
    lines = [_wrapped(f"{outcome.title} ({outcome.dataset})", "  ")]
    lines += [_wrapped(line.to(language), "    ") for line in _revision(outcome)]
    if outcome.error is not None:
        lines.append(_wrapped(outcome.error.message(language), "    "))
    for objection in outcome.objections:
        told = objection.sentence(language)
        lines.append(_wrapped(told, "    ", "! " if objection.holds else "- "))
    held = {objection.what for objection in outcome.objections}
    for alarm in outcome.alarms:
        if alarm.what not in held:
            lines.append(_wrapped(f"{alarm.what.to(language)} {alarm.to_do.to(language)}", "    ", "? "))
    return "".join(lines)


def _revision(outcome: Outcome) -> Iterator[Text]:
    """Return what the figures did, one sentence each: periods that came, values revised, values that vanished."""
    revision = outcome.revision
    if revision is None:
        return
    added, revised, vanished = (len(part) for part in (revision.added, revision.revised, revision.vanished))
    if revision.new_periods:
        label = periods(revision.new_periods)
        one = len(revision.new_periods) == 1
        sv, en = ("Ny period", "New period") if one else ("Nya perioder", "New periods")
        yield Text(f"{sv}: {label.sv} ({figures(added).sv}).", f"{en}: {label.en} ({figures(added).en}).")
    elif added:
        yield Text(f"{figures(added).sv} tillkom.", f"{figures(added).en} came in.")
    if revised:
        many, largest = figures(revised), _largest(revision.largest(1)[0], outcome.unit)
        was = "was" if revised == 1 else "were"
        yield Text(
            f"{many.sv} reviderades. Störst ändring: {largest.sv}.",
            f"{many.en} {was} revised. The largest change: {largest.en}.",
        )
    if vanished:
        many = figures(vanished)
        yield Text(f"{many.sv} finns inte längre hos källan.", f"{many.en} no longer at the source.")


def _largest(most: Change, code: str) -> Text:
    unit, old, new = unit_of(code), most.old or 0.0, most.new or 0.0
    name, moved, size = who(most.territory, most.sex, most.background), change(unit, old, new), step(unit, old, new)
    label = most.period.label
    return Text(f"{name.sv} {label}, {moved.sv} ({size.sv})", f"{name.en} {label}, {moved.en} ({size.en})")


def _wrapped(words: str, indent: str, mark: str = "") -> str:
    """Return words in lines of at most ``WIDTH`` columns; line breaks of their own are kept."""
    lines: list[str] = []
    for line in words.splitlines() or [""]:
        first, rest = (indent + mark, indent + " " * len(mark)) if not lines else (indent + " " * len(mark),) * 2
        lines += textwrap.wrap(line, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False) or [
            ""
        ]
    return "\n".join(lines) + "\n"


def state_words(outcome: Outcome) -> Text:
    """Return what became of a data set in a few words, for a line in a log."""
    words = _COUNTS[outcome.state][0]
    added = 0 if outcome.revision is None else len(outcome.revision.added)
    if outcome.state in (State.NEW, State.REVISED) and added:
        return Text(f"{words.sv}, {figures(added).sv} tillkom", f"{words.en}, {figures(added).en} came in")
    return words


def as_json(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """Return the outcomes as plain values, texts in both languages."""
    return [_document(outcome) for outcome in outcomes]


def _document(outcome: Outcome) -> dict[str, Any]:
    error = outcome.error
    return {
        "dataset": outcome.dataset,
        "title": outcome.title,
        "state": str(outcome.state),
        "unit": outcome.unit,
        **_revision_document(outcome.revision),
        "objections": [objection.document() for objection in outcome.objections],
        "alarms": [
            {
                "change": str(alarm.change),
                "gravity": str(alarm.gravity),
                "what": as_pair(alarm.what),
                "to_do": as_pair(alarm.to_do),
            }
            for alarm in outcome.alarms
        ],
        "error": None if error is None else {str(language): error.message(language) for language in Language},
    }


def _revision_document(revision: Revision | None) -> dict[str, Any]:
    if revision is None:
        return {"new_periods": [], "added": 0, "revised": 0, "vanished": 0, "largest_revision": None}
    largest = revision.largest(1)
    return {
        "new_periods": [str(period) for period in revision.new_periods],
        "added": len(revision.added),
        "revised": len(revision.revised),
        "vanished": len(revision.vanished),
        "largest_revision": _change_document(largest[0]) if largest else None,
    }


def _change_document(most: Change) -> dict[str, Any]:
    return {
        "territory": most.territory,
        "period": str(most.period),
        "sex": most.sex,
        "background": most.background,
        "old": most.old,
        "new": most.new,
    }
