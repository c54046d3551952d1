"""Everything that can be done to a register. Each change leaves one event with what stood before and after."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from vagvisare.editions.coverage import NO, YES
from vagvisare.terms.errors import UnknownError, UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import ChangedSinceError, OvertakenError, verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.models import Event
from vagvisare.web.audit.trail import record
from vagvisare.web.registers import contents, new_keys, places, snapshot, uses
from vagvisare.web.registers.definition import Definition
from vagvisare.web.registers.described import DEFINITIONS
from vagvisare.web.registers.models import Entry

Pair = tuple[Entry, dict[str, Any]]
"""An entry, and the content it is to have."""


class SealedRegisterError(UserError):
    """The register is written where editions are, and what is in it never changes."""

    def __init__(self, definition: Definition) -> None:
        super().__init__(
            Text(f"{definition.name.sv} utfärdas vid utgåvan och ändras eller tas aldrig bort.",
                 f"{definition.name.en} are issued where the edition is, and never changed or removed."),
            meaning=Text("Ingenting har ändrats.", "Nothing was changed."),
            remedy=Text("Utfärda en ny vid utgåvan i stället.", "Issue a new one where the edition is instead."),
        )  # fmt: skip


class InUseError(UserError):
    """An entry that others name cannot be taken away."""

    def __init__(self, users: Sequence[str]) -> None:
        shown = ", ".join(f"”{name}”" for name in users[:3])
        more = f" och {len(users) - 3} till" if len(users) > 3 else ""
        more_en = f" and {len(users) - 3} more" if len(users) > 3 else ""
        super().__init__(
            Text(f"Posten används av {shown}{more}.", f"The entry is used by {shown}{more_en}."),
            meaning=Text("Den är kvar.", "It is still there."),
            remedy=Text("Ta bort hänvisningen dit först.", "Remove the reference to it first."),
        )


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb did: the entry as it is now (None when it is gone), and the event that can be undone.

    There is no event where nothing changed.
    """

    entry: Entry | None
    event: Event | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row to keep from a file: a key (empty for a new entry), and the whole content or None to remove it."""

    key: str
    content: Mapping[str, Any] | None
    version: int = 0


@verb("registers.{register}.change")
def add(by: Person, *, register: str, content: Mapping[str, Any], reason: str = "") -> Done:
    """Add an entry last in its register; its key is made from its words.

    Raises:
        ContentError: when it cannot stand.
    """
    return _keep(by, _changeable(register), [("", content)], [], reason)[0]


@verb("registers.{register}.change")
def change(by: Person, *, register: str, key: str, fields: Mapping[str, Any], version: int, reason: str = "") -> Done:
    """Set fields of an entry, by the names of the plain form; None empties a field.

    Raises:
        OvertakenError: when the entry is no longer ``version``.
        ContentError: when it cannot stand.
    """
    definition = _changeable(register)
    entry = _locked(register, key, version)
    return _set(by, definition, [(entry, _merged(entry, fields))], reason)[0]


@verb("registers.{register}.change")
def change_many(
    by: Person, *, register: str, versions: Mapping[str, int], name: str, plain: Any, reason: str = ""
) -> list[Done]:
    """Set one field of many entries (key → version); those that have changed since are left, and not in the answer.

    Raises:
        ContentError: when one of them cannot stand; none is changed then.
    """
    definition = _changeable(register)
    found = Entry.objects.select_for_update().filter(register=register, key__in=versions).order_by("key")
    entries = [entry for entry in found if entry.version == versions[entry.key]]
    return _set(by, definition, [(entry, _merged(entry, {name: plain})) for entry in entries], reason)


@verb("registers.{register}.change")
def remove(by: Person, *, register: str, key: str, version: int, reason: str = "") -> Done:
    """Take an entry away; undoing brings it back to its place.

    Raises:
        OvertakenError: when it has changed.
        InUseError: when other entries name it.
    """
    _changeable(register)
    return _remove(by, _locked(register, key, version), reason)


@verb("registers.{register}.change")
def move(by: Person, *, register: str, key: str, to: int) -> Done:
    """Move an entry to a place (from 0) in its register's order."""
    _changeable(register)
    entry = _locked(register, key)
    was = _place(entry)
    _put([(entry, to)])
    event = _tell(by, entry, {"position": was}, {"position": _place(entry)}, "")
    return Done(entry, event)


@verb("registers.{register}.change")
def answer(by: Person, *, register: str, key: str, area: str, said: str, version: int) -> Done:
    """Say of one item of evidence whether it affects one area: "yes", "no", or "unknown".

    Raises:
        OvertakenError: when the entry has changed.
        ContentError: when more areas would be affected than the source counts.
    """
    entry = _locked(register, key, version)
    yes = [known for known in entry.content.get("areas", []) if known != area]
    no = [known for known in entry.content.get("other_areas", []) if known != area]
    if said == YES:
        yes = _in_order([*yes, area])
        if len(yes) > entry.content.get("areas_affected", 0):
            raise contents.ContentError({"": _too_many(entry)}, DEFINITIONS[register])
    elif said == NO:
        no = _in_order([*no, area])
    definition = DEFINITIONS[register]
    return _set(by, definition, [(entry, _merged(entry, {"areas": yes, "other_areas": no}))], "")[0]


@verb("registers.{register}.change")
def undo(by: Person, *, register: str, numbers: Sequence[int]) -> list[Event]:
    """Undo events of a register, the last first: what stood before each stands again.

    Raises:
        ChangedSinceError: when an entry has changed since, or the event is of another register.
    """
    _changeable(register)
    found = Event.objects.filter(number__in=numbers, kind="entry", key__startswith=f"{register}:")
    events = sorted(found, key=lambda event: -event.number)
    if len(events) != len(set(numbers)):
        raise ChangedSinceError
    return [made for run in _runs(events) for made in _undo(by, register, run) if made]


@verb("registers.import")
def keep_rows(by: Person, *, register: str, rows: Sequence[Row], reason: str) -> list[Event]:
    """Keep what a file says of a register: added, changed and removed entries, all of them or none.

    Raises:
        OvertakenError: when an entry has changed since the file was looked at.
        ContentError: when an entry cannot stand.
        InUseError: when an entry to remove is named by one that stays.
    """
    definition = _changeable(register)
    here = set(Entry.objects.filter(register=register).values_list("key", flat=True))
    gone = [_locked(register, row.key, row.version) for row in rows if row.content is None]
    kept = [(row, row.content) for row in rows if row.content is not None]
    pairs = [(_locked(register, row.key, row.version), dict(content)) for row, content in kept if row.key in here]
    fresh = [(row.key, content) for row, content in kept if row.key not in here]
    leaving = [entry.key for entry in gone]
    done = _keep(by, definition, fresh, pairs, reason, leaving)
    done += [_remove(by, entry, reason, leaving) for entry in gone]
    return [each.event for each in done if each.event]


def known(register: str) -> Definition:
    """Return the definition of a register.

    Raises:
        UnknownError: when there is none.
    """
    if register not in DEFINITIONS:
        raise UnknownError(Text("Registret finns inte.", "There is no such register."))
    return DEFINITIONS[register]


def _changeable(register: str) -> Definition:
    definition = known(register)
    if definition.sealed:
        raise SealedRegisterError(definition)
    return definition


def _locked(register: str, key: str, version: int | None = None) -> Entry:
    entry = Entry.objects.select_for_update().filter(register=register, key=key).first()
    if entry is None or (version is not None and entry.version != version):
        raise OvertakenError(entry)
    return entry


def _merged(entry: Entry, fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in (entry.content | dict(fields)).items() if item is not None}


def _set(by: Person, definition: Definition, pairs: Sequence[Pair], reason: str) -> list[Done]:
    return _keep(by, definition, [], pairs, reason)


def _keep(
    by: Person,
    definition: Definition,
    fresh: Sequence[tuple[str, Mapping[str, Any]]],
    pairs: Sequence[Pair],
    reason: str,
    leaving: Collection[str] = (),
) -> list[Done]:
    """Keep new entries (key or nothing, content) and changed ones, weighed together as they will all stand."""
    new, changed = _weighed(definition, new_keys.keyed(definition, fresh), pairs, leaving)
    last = Entry.objects.filter(register=definition.key).aggregate(last=Max("position"))["last"] if new else 0
    first = 0 if last is None else last + 1
    done = [_create(by, definition, value, position, reason) for position, value in enumerate(new, first)]
    for (entry, _), value in zip(pairs, changed, strict=True):
        done.append(_reword(by, entry, value, reason))
    return done


def _weighed(
    definition: Definition, fresh: Sequence[dict[str, Any]], pairs: Sequence[Pair], leaving: Collection[str] = ()
) -> tuple[list[Any], list[Any]]:
    """Return new and changed contents as values that can stand together, and with all that is there already."""
    new = [contents.value_of(definition, content) for content in fresh]
    changed = [contents.value_of(definition, {**content, "key": entry.key}) for entry, content in pairs]
    if new or changed:
        register = contents.with_values(snapshot.register(), definition.key, [*new, *changed], leaving)
        contents.weigh(definition, [*new, *changed], register, places.known())
    return new, changed


def _reword(by: Person, entry: Entry, value: Any, reason: str) -> Done:
    before, entry.content = entry.content, contents.plain(value)
    if before == entry.content:
        return Done(entry, None)
    entry.version, entry.changed_by = entry.version + 1, by.key
    entry.save(update_fields=["content", "version", "changed_at", "changed_by"])
    return Done(entry, _tell(by, entry, before, entry.content, reason))


def _create(by: Person, definition: Definition, value: Any, position: int, reason: str) -> Done:
    content = contents.plain(value)
    entry = Entry.objects.create(
        register=definition.key, key=value.key, position=position, content=content, changed_by=by.key
    )
    return Done(entry, _tell(by, entry, None, content, reason))


def _remove(by: Person, entry: Entry, reason: str, beside: Collection[str] = ()) -> Done:
    users = [use for use in uses.of(entry) if use.register != entry.register or use.key not in beside]
    if users:
        raise InUseError([used.title.sv for used in users])
    event = _tell(by, entry, {**entry.content, "position": _place(entry)}, None, reason)
    entry.delete()
    return Done(None, event)


def _runs(events: Sequence[Event]) -> Iterator[list[Event]]:
    """Gather different entries' new words, and removed entries: what is weighed together. All else stands alone."""
    run: list[Event] = []
    for event in events:
        alike = run and _kind(run[0]) == _kind(event) != "" and event.key not in {each.key for each in run}
        if run and not alike:
            yield run
            run = []
        run.append(event)
    if run:
        yield run


def _kind(event: Event) -> str:
    if not event.after:
        return "removed"
    return "words" if event.before and json.loads(event.after).keys() != {"position"} else ""


def _undo(by: Person, register: str, run: Sequence[Event]) -> list[Event | None]:
    keys = [event.key.removeprefix(f"{register}:") for event in run]
    known = {entry.key: entry for entry in Entry.objects.select_for_update().filter(register=register, key__in=keys)}
    befores, afters = [_said(event.before) for event in run], [_said(event.after) for event in run]
    found, kind = [known.get(key) for key in keys], _kind(run[0])
    for entry, after in zip(found, afters, strict=True):
        now = entry and (entry.content if kind or befores[0] is None else {"position": _place(entry)})
        if now != after:
            raise ChangedSinceError(entry)
    if kind == "removed":
        return _bring_back(by, DEFINITIONS[register], run, list(zip(keys, befores, strict=True)))
    pairs = [(entry, before) for entry, before in zip(found, befores, strict=True) if entry is not None]
    if kind == "words":
        _, values = _weighed(DEFINITIONS[register], [], pairs)
        told = zip(run, pairs, values, strict=True)
        return [_reword(by, entry, value, _undoing(event)).event for event, (entry, _), value in told]
    ((entry, before),) = pairs
    if before is None:
        return [_remove(by, entry, _undoing(run[0])).event]
    _put([(entry, before["position"])])
    return [_tell(by, entry, afters[0], before, _undoing(run[0]))]


def _bring_back(
    by: Person, definition: Definition, run: Sequence[Event], gone: Sequence[tuple[str, dict[str, Any]]]
) -> list[Event | None]:
    stood = [content.pop("position", None) for _, content in gone]
    values, _ = _weighed(definition, new_keys.keyed(definition, gone), [])
    last = Entry.objects.filter(register=definition.key).count()
    told = zip(run, values, strict=True)
    done = [_create(by, definition, value, last, _undoing(event)) for event, value in told]
    back = zip(done, stood, strict=True)
    _put([(each.entry, last if to is None else to) for each, to in back if each.entry is not None])
    return [each.event for each in done]


def _said(text: str) -> Any:
    return json.loads(text) if text else None


def _undoing(event: Event) -> str:
    return f"ångrar händelse {event.number}"


def _place(entry: Entry) -> int:
    """Return an entry's place (from 0) in its register's order."""
    return list(Entry.objects.filter(register=entry.register).values_list("key", flat=True)).index(entry.key)


def _put(moved: Sequence[tuple[Entry, int]]) -> None:
    """Give entries their places (from 0) in their register's order, one after the other."""
    gone = {entry.pk for entry, _ in moved}
    order = list(Entry.objects.select_for_update().filter(register=moved[0][0].register).exclude(pk__in=gone))
    for entry, to in moved:
        order.insert(max(0, min(to, len(order))), entry)
    for position, entry in enumerate(order):
        entry.position = position
    Entry.objects.bulk_update(order, ["position"])


def _tell(by: Person, entry: Entry, before: Any, after: Any, reason: str) -> Event:
    definition = DEFINITIONS[entry.register]
    title = uses.title_of(definition, entry.content, entry.key)
    about = f"{entry.register}:{entry.key}"
    return record(by.key, definition.need, "entry", about, title=title, before=before, after=after, reason=reason)


def _in_order(areas: list[str]) -> list[str]:
    """Return areas in the strategy's order, so that the same answers are the same entry."""
    order = {address: number for number, address in enumerate(places.known())}
    return sorted(areas, key=lambda area: (order.get(area, len(order)), area))


def _too_many(entry: Entry) -> Text:
    count = entry.content.get("areas_affected", 0)
    if count == 1:
        return Text(
            "Källan anger ett område, och ett är redan ja. Ta bort det, eller rätta källans antal.",
            "The source states one area, and one is yes already. Take it away, or correct the source's count.",
        )
    return Text(
        f"Källan anger {count} områden, och så många är redan ja. Ta bort ett ja, eller rätta källans antal.",
        f"The source states {count} areas, and as many are yes already. Take one away, or correct the source's count.",
    )
