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
from vagvisare.terms.territory import slug
from vagvisare.web.access.verbs import ChangedSinceError, OvertakenError, verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.models import Event
from vagvisare.web.audit.trail import record
from vagvisare.web.registers import contents, places, snapshot, uses
from vagvisare.web.registers.definition import Definition
from vagvisare.web.registers.described import DEFINITIONS
from vagvisare.web.registers.models import Entry

LONGEST_KEY = 60
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
    return _add(by, _changeable(register), content, reason)


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
    """Set one field of many entries (key → version): all of them or none.

    Raises:
        OvertakenError: when one of them has changed.
        ContentError: when one of them cannot stand.
    """
    definition = _changeable(register)
    entries = [_locked(register, key, version) for key, version in sorted(versions.items())]
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
    _put(entry, to)
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
    return [made for event in events if (made := _undo(by, register, event))]


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


def _add(by: Person, definition: Definition, content: Mapping[str, Any], reason: str, key: str = "") -> Done:
    return _keep(by, definition, [(key, content)], [], reason)[0]


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
    keyed = _with_keys(definition, fresh)
    new = [contents.value_of(definition, content) for content in keyed]
    changed = [contents.value_of(definition, {**content, "key": entry.key}) for entry, content in pairs]
    if new or changed:
        register = contents.with_values(snapshot.register(), definition.key, [*new, *changed], leaving)
        contents.weigh(definition, [*new, *changed], register, places.known())
    last = Entry.objects.filter(register=definition.key).aggregate(last=Max("position"))["last"] if new else 0
    first = 0 if last is None else last + 1
    done = [_create(by, definition, value, position, reason) for position, value in enumerate(new, first)]
    for (entry, _), value in zip(pairs, changed, strict=True):
        before, entry.content = entry.content, contents.plain(value)
        if before == entry.content:
            done.append(Done(entry, None))
            continue
        entry.version, entry.changed_by = entry.version + 1, by.key
        entry.save(update_fields=["content", "version", "changed_at", "changed_by"])
        done.append(Done(entry, _tell(by, entry, before, entry.content, reason)))
    return done


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


def _undo(by: Person, register: str, event: Event) -> Event | None:
    key = event.key.removeprefix(f"{register}:")
    before, after = (json.loads(text) if text else None for text in (event.before, event.after))
    why = f"ångrar händelse {event.number}"
    entry = Entry.objects.select_for_update().filter(register=register, key=key).first()
    if before is None:
        if entry is None or entry.content != after:
            raise ChangedSinceError(entry)
        return _remove(by, entry, why).event
    if after is None:
        return _bring_back(by, register, key, entry, before, why)
    if entry is None:
        raise ChangedSinceError
    if after.keys() == {"position"}:
        if _place(entry) != after["position"]:
            raise ChangedSinceError(entry)
        _put(entry, before["position"])
        return _tell(by, entry, after, before, why)
    if entry.content != after:
        raise ChangedSinceError(entry)
    return _set(by, DEFINITIONS[register], [(entry, before)], why)[0].event


def _bring_back(
    by: Person, register: str, key: str, entry: Entry | None, before: dict[str, Any], why: str
) -> Event | None:
    if entry is not None:
        raise ChangedSinceError(entry)
    position = before.pop("position", None)
    done = _add(by, DEFINITIONS[register], before, why, key)
    if position is not None and done.entry is not None:
        _put(done.entry, position)
    return done.event


def _place(entry: Entry) -> int:
    """Return an entry's place (from 0) in its register's order."""
    return list(Entry.objects.filter(register=entry.register).values_list("key", flat=True)).index(entry.key)


def _put(entry: Entry, to: int) -> None:
    others = list(Entry.objects.select_for_update().filter(register=entry.register).exclude(pk=entry.pk))
    others.insert(max(0, min(to, len(others))), entry)
    for position, other in enumerate(others):
        other.position = position
    Entry.objects.bulk_update(others, ["position"])


def _tell(by: Person, entry: Entry, before: Any, after: Any, reason: str) -> Event:
    definition = DEFINITIONS[entry.register]
    title = uses.title_of(definition, entry.content, entry.key)
    about = f"{entry.register}:{entry.key}"
    return record(by.key, definition.need, "entry", about, title=title, before=before, after=after, reason=reason)


def _with_keys(definition: Definition, fresh: Sequence[tuple[str, Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """Return new contents, each with a key that nobody has; those without one get it from their words."""
    if not fresh:
        return []
    # One at a time: two who add the same words at once get a key each.
    list(Entry.objects.select_for_update().filter(register=definition.key)[:1])
    taken = set(Entry.objects.filter(register=definition.key).values_list("key", flat=True))
    made = []
    for given, content in fresh:
        words = definition.key_from(dict(content)) if definition.key_from else uses.title_of(definition, content, "")
        stem = slug(words)[:LONGEST_KEY].strip("-") or definition.key
        key = given or next(key for key in _numbered(stem) if key not in taken)
        if key in taken:
            raise OvertakenError
        taken.add(key)
        made.append({**content, "key": key})
    return made


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 1
    while True:
        number += 1
        yield f"{stem}-{number}"


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
