"""What a folder and a workspace have each made of the same thing since they last agreed, and the two brought together.

Everything is in the folder's plain form (``plain.plain_of``), where a field that is left out has nothing in it.
``base`` is what both said when they last agreed; None, here as in the other two, is a thing that is not there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Content = Mapping[str, Any]
Place = tuple[str, str]
"""A register's name and the key of an entry in it."""

WHOLE = ""
"""Names all of an entry, where a field could be named."""


ORDER = "order"
"""Names the order of a register's entries, which is a difference of the register and of none of them."""


class Side(StrEnum):
    """Who has changed something since both agreed; a clash is where both have, and not to the same."""

    FOLDER = "folder"
    WORKSPACE = "workspace"
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class Field:
    """One field that is not the same in both: what stood there, what stands there now, and who has changed it."""

    name: str
    side: Side
    base: Any
    folder: Any
    workspace: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not the same in both.

    ``whole`` tells who has added or taken away all of it; or that both have something of that key, and nothing tells
    what they had before. It is None where fields were changed: those are ``fields``, each with its own side.
    """

    place: Place
    base: Content | None
    folder: Content | None
    workspace: Content | None
    whole: Side | None = None
    fields: tuple[Field, ...] = ()

    @property
    def sides(self) -> frozenset[Side]:
        """Who has changed any of it."""
        return frozenset((self.whole,) if self.whole else (field.side for field in self.fields))

    @property
    def clashes(self) -> bool:
        """Whether a person must choose."""
        return Side.CLASH in self.sides


def compare(
    base: Mapping[Place, Content],
    folder: Mapping[Place, Content],
    workspace: Mapping[Place, Content],
    fixed: Collection[str] = (),
) -> tuple[Difference, ...]:
    """Return everything that is not the same in a folder and a workspace, in the folder's order, then the workspace's.

    What the folder has changed in a ``fixed`` register, where nothing ever changes once it is there, clashes.
    """
    found = []
    for place in dict.fromkeys([*folder, *workspace]):
        made = _difference(place, base.get(place), folder.get(place), workspace.get(place), fixed=place[0] in fixed)
        if made is not None:
            found.append(made)
    return tuple(found)


def merged(of: Difference) -> Content | None:
    """Return what the two make together: what either has changed; where they clash, what the workspace says."""
    if of.whole is not None:
        return of.folder if of.whole is Side.FOLDER else of.workspace
    taken = {field.name: field.folder for field in of.fields if field.side is Side.FOLDER}
    return _filled({**(of.workspace or {}), **taken})


def agreed(base: Content | None, folder: Content | None, workspace: Content | None) -> Content | None:
    """Return what both now agree on: field by field what they both say, and elsewhere what they agreed on before."""
    if folder == workspace:
        return folder
    if base is None or folder is None or workspace is None:
        return base
    names = dict.fromkeys([*base, *folder, *workspace])
    same = {name: folder.get(name) for name in names if folder.get(name) == workspace.get(name)}
    return _filled({**base, **same})


def chosen(of: Difference, field: str, side: Side) -> tuple[Content | None, Content | None]:
    """Return what is agreed on, and what the workspace says, when a person has chosen a side in a clash.

    Args:
        of: what differs.
        field: which field, or ``WHOLE``.
        side: whose words are to stand. The workspace's stand as a change made after the folder's.

    Raises:
        KeyError: when there is no such clash.
    """
    if field == WHOLE and of.whole is Side.CLASH:
        return of.folder, of.folder if side is Side.FOLDER else of.workspace
    found = next((each for each in of.fields if each.name == field and each.side is Side.CLASH), None)
    if found is None or of.whole is not None:
        raise KeyError(field)
    here = of.workspace or {}
    base = _filled({**(of.base or {}), field: found.folder})
    return base, _filled({**here, field: found.folder}) if side is Side.FOLDER else here


def arranged(base: Sequence[str], folder: Sequence[str], workspace: Sequence[str]) -> list[str]:
    """Return every key in one order: the folder's where only the folder has put its own in another order than before.

    What only one of them has comes after what it comes after there.
    """
    of = order_difference("", base, folder, workspace)
    theirs = of is None or Side.FOLDER in of.sides
    first, second = (folder, workspace) if theirs else (workspace, folder)
    keys, known = list(first), set(first)
    for number, key in enumerate(second):
        if key not in known:
            known.add(key)
            keys.insert(keys.index(second[number - 1]) + 1 if number else 0, key)
    return keys


def order_difference(
    register: str, base: Sequence[str], folder: Sequence[str], workspace: Sequence[str]
) -> Difference | None:
    """Return how the order of what both have differs, as a difference of the register itself; None for the same."""
    both = set(folder) & set(workspace)
    there, here = (_among(keys, both) for keys in (folder, workspace))
    if there == here:
        return None
    known = both & set(base)
    before, there_of, here_of = (_among(keys, known) for keys in (base, there, here))
    side = _side(before, there_of, here_of, fixed=False)
    three = ({ORDER: before}, {ORDER: there}, {ORDER: here})
    return Difference((register, ""), *three, fields=(Field(ORDER, side, before, there, here),))


def _among(keys: Iterable[str], known: Collection[str]) -> list[str]:
    return [key for key in keys if key in known]


def _difference(
    place: Place, base: Content | None, folder: Content | None, workspace: Content | None, *, fixed: bool
) -> Difference | None:
    if folder == workspace:
        return None
    if base is None or folder is None or workspace is None:
        whole = _side(base, folder, workspace, fixed=fixed and base is not None)
        return Difference(place, base, folder, workspace, whole)
    names = dict.fromkeys([*folder, *workspace])
    fields = tuple(
        Field(name, _side(*three, fixed=fixed), *three)
        for name in names
        for three in [(base.get(name), folder.get(name), workspace.get(name))]
        if three[1] != three[2]
    )
    return Difference(place, base, folder, workspace, fields=fields)


def _side(base: Any, folder: Any, workspace: Any, *, fixed: bool) -> Side:
    if folder == base:
        return Side.WORKSPACE
    return Side.FOLDER if workspace == base and not fixed else Side.CLASH


def _filled(content: Mapping[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in content.items() if item is not None}
