"""How the folder and the workspace differ, in the words of the pages: register, entry, field, and who says what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vagvisare.strategy_folder.three_way import ORDER, Difference, Field, Place, Side
from vagvisare.terms.language import Language, Text
from vagvisare.web.registers import places, uses
from vagvisare.web.registers.definition import Column, Kind
from vagvisare.web.registers.described import DEFINITIONS
from vagvisare.web.registers.described_words import ENGLISH, SOURCE
from vagvisare.web.registers.lookups import Lookups
from vagvisare.web.strategy.actions import OTHERS
from vagvisare.web.strategy.settling import title_of
from vagvisare.web.strategy.standing import FIXED, Standing

MOST_SHOWN = 200
"""Entries that are shown of each kind; of the rest there is a number."""
_COLUMNS: Mapping[str, Sequence[Column]] = {
    "links": (
        Column("kind", Kind.WORDS, Text("Slag", "Kind")),
        Column("origin", Kind.NODE, Text("Från", "From")),
        Column("target", Kind.NODE, Text("Till", "To")),
        Column("rationale", Kind.LONG, Text("Skäl", "Reason")),
        Column("edition", Kind.WORDS, Text("Utgåva", "Edition")),
        SOURCE,
        ENGLISH,
        Column("denied", Kind.YES_NO, Text("Anges inte finnas", "Stated not to exist")),
    ),
    "screenings": (
        Column("perspective", Kind.NODE, Text("Perspektiv", "Perspective")),
        Column("node", Kind.NODE, Text("Del", "Part")),
        Column("answer", Kind.CHOICE, Text("Svar", "Answer"), free=True, choices=(
            ("yes", Text("ja", "yes")), ("no", Text("nej", "no")), ("partly", Text("delvis", "partly")))),
        Column("how", Kind.LONG, Text("Hur", "How")),
        Column("edition", Kind.WORDS, Text("Utgåva", "Edition")),
    ),
}  # fmt: skip
_HEAD = {
    "key": Text("Nyckel", "Key"),
    "owner": Text("Ägare", "Owner"),
    "title": Text("Titel", "Title"),
    "territory": Text("Områdeskod", "Territory code"),
    "languages": Text("Språk", "Languages"),
    "comparison": Text("Jämförs med", "Compared with"),
    "level": Text("Nivåer", "Levels"),
    "current": Text("Utgåva som följs upp", "Edition followed up"),
    "synthetic": Text("Påhittad", "Made up"),
    "updated": Text("Uppdaterad", "Updated"),
    "notes": Text("Anmärkningar", "Notes"),
    "note": Text("Anmärkningar", "Notes"),
    "document": Text("Dokument", "Documents"),
}
_ORDER = Text("Ordning", "Order")
_COLUMNS_OF = {
    Side.CLASH: ("base", "folder", "workspace"),
    Side.FOLDER: ("base", "folder"),
    Side.WORKSPACE: ("base", "workspace"),
}
"""What there is to see of a field: what the other side says is what stood before."""
_WHAT = {
    (True, False, True): Text("borttagen i arbetsytan", "removed in the workspace"),
    (True, False, False): Text("ny i mappen", "new in the folder"),
    (False, True, True): Text("borttagen i mappen", "removed from the folder"),
    (False, True, False): Text("ny i arbetsytan", "new in the workspace"),
    (True, True, False): Text("finns i båda, men inte med samma innehåll", "in both, but not with the same contents"),
}
"""What has become of an entry, by whether it is in the folder, in the workspace, and was in both."""


@dataclass(frozen=True, slots=True)
class Line:
    """One field: its name, what stood there, and what stands in the folder and in the workspace, as people read it."""

    name: str
    label: Text
    base: str
    folder: str
    workspace: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry and what is different of it: ``what`` where all of it has been added or taken away.

    ``columns`` are what of each line there is to see. Nothing can be chosen from the folder where it is ``fixed``.
    """

    place: Place
    register: Text
    title: Text
    what: Text | None
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    fixed: bool

    @property
    def whole(self) -> bool:
        """Whether a choice is between all of the one and all of the other."""
        return self.what is not None


@dataclass(frozen=True, slots=True)
class Part:
    """What one side has changed, as far as it is shown, and how much there is."""

    entries: tuple[Shown, ...]
    count: int


class Words:
    """What registers, entries and fields are called, with what is asked of the records asked once."""

    def __init__(self, found: Standing, language: Language) -> None:
        self._language = language
        names: dict[str, dict[str, Text]] = {}
        for (register, key), content in {**found.there, **found.here}.items():
            if register in DEFINITIONS:
                names.setdefault(register, {})[key] = uses.label_of(DEFINITIONS[register], content, key)
        self._lookups = Lookups((), (), names, places.known(), places.documents())

    def shown(self, each: Difference, side: Side) -> Shown:
        """Return one difference as the page shows it: what of it a side has changed."""
        register = each.place[0]
        if each.whole is None:
            lines = tuple(self._line(register, field) for field in each.fields if field.side is side)
            what, columns = None, _COLUMNS_OF[side]
        else:
            three = (each.base or {}, each.folder or {}, each.workspace or {})
            names = (name for name in dict.fromkeys(name for content in three for name in content) if name != "key")
            made = (Field(name, side, *(content.get(name) for content in three)) for name in names)
            lines = tuple(self._line(register, field) for field in made)
            what = _what(each)
            columns = tuple(name for name in _COLUMNS_OF[Side.CLASH][1:] if getattr(each, name) is not None)
        name, fixed = register_name(register), register in FIXED
        return Shown(each.place, name, self._title(each), what, columns, lines, fixed)

    def _line(self, register: str, field: Field) -> Line:
        if field.name == ORDER:
            three = [self._named(register, keys) for keys in _moved(field)]
            return Line(ORDER, _ORDER, *three)
        definition = DEFINITIONS.get(register)
        columns = _COLUMNS.get(register, ()) if definition is None else definition.columns
        column = next((each for each in columns if each.name == field.name), None)
        label = _HEAD.get(field.name, Text(field.name, field.name)) if column is None else column.label
        told = [field.base, field.folder, field.workspace]
        if definition is not None:
            told = [definition.usual.get(field.name) if said is None else said for said in told]
        return Line(field.name, label, *(self._said(column, said) for said in told))

    def _said(self, column: Column | None, plain: Any) -> str:
        if column is None:
            return _plain_words(plain)
        return "; ".join(self._lookups.lines(column, plain, self._language))

    def _named(self, register: str, keys: Iterable[str]) -> str:
        return "; ".join(self._lookups.name(register, key, self._language) for key in keys)

    def _title(self, each: Difference) -> Text:
        register, key = each.place
        content = each.folder or each.workspace or {}
        if not key:
            said = title_of(content)
            return Text(said, said)
        if register in DEFINITIONS:
            return uses.label_of(DEFINITIONS[register], content, key)
        ends = ("origin", "target") if register == "links" else ("perspective", "node")
        said = " – ".join(self._lookups.place(content.get(end, ""), self._language) for end in ends)
        return Text(said, said)


def part(found: Standing, words: Words, side: Side) -> Part:
    """Return what one side has changed, or what clashes."""
    of = [each for each in found.differences if side in each.sides]
    return Part(tuple(words.shown(each, side) for each in of[:MOST_SHOWN]), len(of))


def register_name(register: str) -> Text:
    """Return what a register is called, or what else an entry may be of."""
    return DEFINITIONS[register].name if register in DEFINITIONS else OTHERS[register]


def _what(each: Difference) -> Text:
    there, here, was = each.folder is not None, each.workspace is not None, each.base is not None
    if was and each.whole is Side.CLASH and there != here:
        if there:
            return Text("ändrad i mappen, borttagen i arbetsytan", "changed in the folder, removed in the workspace")
        return Text("borttagen i mappen, ändrad i arbetsytan", "removed from the folder, changed in the workspace")
    return _WHAT[(there, here, was)]


def _moved(field: Field) -> Iterator[list[str]]:
    """Yield the three orders from the first to the last entry that does not stand where it stood."""
    there, here = field.folder, field.workspace
    differs = [at for at, (one, other) in enumerate(zip(there, here, strict=True)) if one != other]
    moved = set(there[differs[0] : differs[-1] + 1])
    for keys in (field.base, there, here):
        yield [key for key in keys if key in moved]


def _plain_words(plain: Any) -> str:
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "ja" if plain else "nej"
    if isinstance(plain, Mapping):
        return ", ".join(_plain_words(item) for item in plain.values())
    return "; ".join(map(_plain_words, plain)) if isinstance(plain, list) else str(plain)
