"""Taking in what only the folder has changed, choosing where both have, and undoing either."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from vagvisare.editions.check import check_strategy
from vagvisare.editions.registers import Strategy
from vagvisare.strategy_folder import three_way
from vagvisare.strategy_folder.three_way import ORDER, Content, Difference, Place, Side
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import ChangedSinceError, OvertakenError, verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.models import Event
from vagvisare.web.audit.trail import record
from vagvisare.web.registers.actions import SealedRegisterError
from vagvisare.web.registers.described import DEFINITIONS
from vagvisare.web.registers.models import Entry
from vagvisare.web.strategy import snapshot
from vagvisare.web.strategy.models import Agreed, Head
from vagvisare.web.strategy.standing import FIXED, HEAD, Standing, agree, agreed_row, is_order, keep_rows, standing

TAKEN = "inläst från strategimappen"
KEPT = "arbetsytans behölls före mappens"
CHOSEN = "mappens valdes före arbetsytans"
_SHOWN = 3


class NotTogetherError(UserError):
    """What the folder and the workspace say makes no whole: one of them names what the other has taken away."""

    def __init__(self, problems: Sequence[Text], *, writing: bool = False) -> None:
        sv, en = (" ".join(said) for said in zip(*((each.sv, each.en) for each in problems[:_SHOWN]), strict=True))
        super().__init__(
            Text(f"Det som mappen har ändrat går inte ihop med det som står i arbetsytan: {sv}",
                 f"What the folder has changed does not go with what stands in the workspace: {en}"),
            meaning=Text("Ingenting är skrivet.", "Nothing is written.") if writing
            else Text("Ingenting är inläst.", "Nothing is taken in."),
            remedy=Text("Rätta det i registret eller i mappens fil, och försök igen.",
                        "Put it right in the register or in the folder's file, and try again."),
        )  # fmt: skip


def take_in_entries(by: Person, found: Standing) -> list[Event]:
    """Take in what only the folder has changed, within the transaction of the verb that calls it.

    Raises:
        NotTogetherError: when the workspace would not hang together with it.
    """
    new = [each for each in found.differences if Side.FOLDER in each.sides]
    before = snapshot.strategy() if new and found.head is not None else None
    events = {each.place: _take(by, found, each) for each in new if not is_order(each)}
    _make_room(found, (each.place for each in new))
    told = [*events.values(), *(_arrange(by, found, each, TAKEN) for each in new if is_order(each))]
    agree(found, found.there, found.together, events={place: event.number for place, event in events.items()})
    if before is not None:
        refuse_worse(before, found.folder, snapshot.strategy())
    return told


@verb("registers.folder")
def choose(by: Person, folder: Strategy, *, place: Place, field: str, side: Side, digest: str) -> Event:
    """Settle one clash: the folder's words are to stand, or the workspace's.

    Args:
        by: who chooses.
        folder: the strategy as the folder has it by now.
        place: register and key of the entry.
        field: which field, or ``three_way.WHOLE``.
        side: whose words are to stand.
        digest: of the comparison that the person has seen.

    Raises:
        OvertakenError: when the folder or the workspace has changed since, or there is no such clash.
        SealedRegisterError: when what never changes would be changed.
        NotTogetherError: when the workspace would not hang together with it.
    """
    found = standing(folder)
    each = next((each for each in found.clashes if each.place == place), None)
    if each is None or found.digest != digest:
        raise OvertakenError
    try:
        base, here = three_way.chosen(each, field, side)
    except KeyError:
        raise OvertakenError from None
    if side is Side.FOLDER and place[0] in FIXED:
        raise SealedRegisterError(DEFINITIONS[place[0]])
    if is_order(each):
        return _arrange(by, found, each, CHOSEN if side is Side.FOLDER else KEPT, side)
    before = snapshot.strategy()
    if side is Side.FOLDER:
        event = _set(by, place, found.record(place), each.workspace, here, CHOSEN, _position(found, place))
        _make_room(found, [place])
        refuse_worse(before, folder, snapshot.strategy())
    else:
        event = _told(by, place, each.workspace, each.workspace, KEPT)
    keep_rows([agreed_row(found, place, base, event.number)])
    return event


@verb("registers.folder")
def undo(by: Person, numbers: Sequence[int]) -> list[Event]:
    """Undo what was taken in or chosen, the last first: it differs from the folder again, as it did before.

    Raises:
        ChangedSinceError: when something of it has changed since, or was not taken in.
        NotTogetherError: when others have come to name what would be taken away.
    """
    found = Event.objects.filter(number__in=numbers, verb="registers.folder", kind__in=["entry", "strategy", "folder"])
    events = sorted(found, key=lambda event: -event.number)
    if not events or len(events) != len(set(numbers)):
        raise ChangedSinceError
    before = snapshot.strategy()
    agreed = {row.event: row for row in Agreed.objects.filter(event__in=numbers)}
    done = [_undone(by, event) for event in events]
    rows = [agreed[event.number] for event in events if event.number in agreed]
    for row in rows:
        row.content, row.was, row.event = row.was, None, None
    keep_rows(rows)
    refuse_worse(before, before, snapshot.strategy())
    return done


def refuse_worse(here: Strategy, folder: Strategy, after: Strategy, *, writing: bool = False) -> None:
    """Refuse what has mistakes that stand neither in the workspace nor in the folder.

    Raises:
        NotTogetherError: with the new mistakes.
    """
    wrong = dict(_mistakes(after))
    if wrong:
        known = {**dict(_mistakes(here)), **dict(_mistakes(folder))}
        if new := [said for name, said in wrong.items() if name not in known]:
            raise NotTogetherError(new, writing=writing)


def _mistakes(strategy: Strategy) -> Iterator[tuple[tuple[str, str, str], Text]]:
    for each in check_strategy(strategy):
        yield (type(each.subject).__name__, str(getattr(each.subject, "key", "")), each.what.sv), each.what


def _take(by: Person, found: Standing, of: Difference) -> Event:
    content, position = three_way.merged(of), _position(found, of.place)
    return _set(by, of.place, found.record(of.place), of.workspace, content, TAKEN, position)


def _position(found: Standing, place: Place) -> int:
    return 0 if place == HEAD else found.orders[place[0]].index(place[1])


def _make_room(found: Standing, places: Iterable[Place]) -> None:
    """Number the entries anew where one has come among those that were there."""
    there = {register for register, _ in found.entries}
    for register in {place[0] for place in places if place not in found.here and place[0] in there}:
        _put(register, found.orders[register])


def _set(
    by: Person,
    place: Place,
    row: Entry | Head | None,
    before: Content | None,
    after: Content | None,
    reason: str,
    position: int = 0,
) -> Event:
    """Let the workspace say ``after`` of an entry or the head; None takes it away."""
    if place == HEAD:
        _set_head(row, after)
    elif row is None:
        Entry.objects.create(register=place[0], key=place[1], position=position, content=after, changed_by=by.key)
    elif after is None:
        before = {**row.content, "position": position}
        row.delete()
    else:
        row.content, row.version, row.changed_by = after, row.version + 1, by.key
        row.save(update_fields=["content", "version", "changed_at", "changed_by"])
    return _told(by, place, before, after, reason)


def _set_head(head: Head | None, content: Content | None) -> None:
    if head is None:
        Head.objects.create(content=content)
        return
    head.content, head.version = content, head.version + 1
    head.save()


def _told(by: Person, place: Place, before: Content | None, after: Content | None, reason: str) -> Event:
    title = title_of(after or before or {})
    if place == HEAD:
        key = str((after or before or {}).get("key", ""))
        return record(
            by.key, "registers.folder", "strategy", key, title=title, before=before, after=after, reason=reason
        )
    about = ":".join(place)
    return record(by.key, "registers.folder", "entry", about, title=title, before=before, after=after, reason=reason)


def title_of(content: Mapping[str, Any]) -> str:
    """Return what people call an entry."""
    said = next((content[name] for name in ("title", "name", "text", "what") if content.get(name)), "")
    return str(said.get("sv", "")) if isinstance(said, Mapping) else str(said)


def _arrange(by: Person, found: Standing, of: Difference, reason: str, side: Side = Side.FOLDER) -> Event:
    """Put a register in the folder's order, or say that the workspace's stands."""
    name = of.place[0]
    field = of.fields[0]
    agreed = [key for register, key in found.base if register == name]
    after = field.workspace if side is Side.WORKSPACE else field.folder
    _put(name, after)
    _agree_order(name, field.folder)
    told = {"before": {ORDER: field.workspace, "agreed": agreed}, "after": {ORDER: after}}
    title = DEFINITIONS[name].name.sv if name in DEFINITIONS else name
    return record(by.key, "registers.folder", "folder", name, title=title, reason=reason, **told)


def _put(register: str, keys: Sequence[str]) -> None:
    """Put the entries of a register in an order; those it does not name keep to the one before them."""
    entries = {entry.key: entry for entry in Entry.objects.filter(register=register)}
    order = three_way.arranged(list(entries), keys, list(entries))
    wanted = [entries[key] for key in order if key in entries]
    for position, entry in enumerate(wanted):
        entry.position = position
    Entry.objects.bulk_update(wanted, ["position"])


def _agree_order(register: str, keys: Sequence[str]) -> None:
    rows = {row.key: row for row in Agreed.objects.filter(register=register)}
    wanted = [rows[key] for key in three_way.arranged(list(rows), keys, list(rows)) if key in rows]
    for position, row in enumerate(wanted):
        row.position = position
    Agreed.objects.bulk_update(wanted, ["position"])


def _undone(by: Person, event: Event) -> Event:
    before, after = (json.loads(text) if text else None for text in (event.before, event.after))
    why = f"ångrar händelse {event.number}"
    if event.kind == "folder":
        return _undone_order(by, event.key, before, after, why)
    if event.kind == "strategy":
        head = Head.objects.select_for_update().first()
        if head is None or head.content != after or before is None:
            raise ChangedSinceError
        return _set(by, HEAD, head, after, before, why)
    place: Place = tuple(event.key.split(":", 1))  # type: ignore[assignment]
    entry = Entry.objects.select_for_update().filter(register=place[0], key=place[1]).first()
    if (None if entry is None else entry.content) != after:
        raise ChangedSinceError(entry)
    position = (before or {}).pop("position", 0) if after is None else 0
    if before == after:
        return _told(by, place, after, before, why)
    return _set(by, place, entry, after, before, why, position)


def _undone_order(by: Person, register: str, before: Any, after: Any, why: str) -> Event:
    if before is None or "agreed" not in before:
        raise ChangedSinceError
    keys = list(Entry.objects.filter(register=register).values_list("key", flat=True))
    if [key for key in keys if key in set(after[ORDER])] != after[ORDER]:
        raise ChangedSinceError
    _put(register, before[ORDER])
    _agree_order(register, before["agreed"])
    told = {"before": after, "after": {ORDER: before[ORDER]}}
    return record(by.key, "registers.folder", "folder", register, reason=why, **told)
