"""What keys and addresses are called: the registers a page refers to, and the strategy's nodes, asked for once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vagvisare.editions.citation import cite, day
from vagvisare.editions.registers import Document
from vagvisare.strategy_folder.source_text import parse_source
from vagvisare.terms.language import Language, Text
from vagvisare.web.frame import swedish
from vagvisare.web.registers import cells, places, uses
from vagvisare.web.registers.definition import ADDRESSES, Column, Definition, Kind
from vagvisare.web.registers.described import DEFINITIONS
from vagvisare.web.registers.models import Entry
from vagvisare.web.registers.places import Place


@dataclass(frozen=True, slots=True)
class Lookups:
    """Names by register and key, and nodes by address. ``entries`` are those of the register asked for."""

    entries: tuple[Entry, ...]
    others: tuple[Entry, ...]
    names: Mapping[str, Mapping[str, Text]]
    places: Mapping[str, Place]
    documents: tuple[Document, ...] = ()

    def name(self, register: str, key: str, language: Language) -> str:
        """Return what an entry is called; what is not in the register is words, and stands as it is."""
        found = self.names.get(register, {}).get(key)
        return swedish.to(found, language) if found else key

    def place(self, address: str, language: Language) -> str:
        """Return what a node is called."""
        found = self.places.get(address)
        return found.label(language) if found else address

    def lines(self, column: Column, plain: Any, language: Language) -> list[str]:
        """Return a cell as people read it, one line for each thing in it."""
        if plain is None or plain in ([], ""):
            return []
        if column.kind is Kind.ROWS:
            return [self._row(column, row, language) for row in plain]
        items = plain if column.several else [plain]
        return [self._item(column, item, language) for item in items]

    def cited(self, source: str, language: Language) -> str:
        """Return a source by its document's own title and day, where the document is known."""
        try:
            return cite(parse_source(source), self.documents, language)
        except ValueError:
            return source

    def options(self, column: Column, language: Language) -> list[tuple[str, str]]:
        """Return what may be chosen in a column: pairs of what is kept and what it is called."""
        if column.kind in ADDRESSES:
            return [(address, place.label(language)) for address, place in self.places.items()]
        if column.register:
            return [(key, swedish.to(name, language)) for key, name in self.names.get(column.register, {}).items()]
        return [(value, name.to(language)) for value, name in column.choices]

    def _item(self, column: Column, item: Any, language: Language) -> str:
        if column.kind in ADDRESSES:
            return self.place(item, language)
        if column.register:
            return self.name(column.register, item, language)
        if column.kind in (Kind.DAY, Kind.DATE):
            return day(str(item), language)
        if column.kind is Kind.SOURCE:
            return self.cited(str(item), language)
        words = cells.write(column, [item] if column.several else item, language)
        return swedish.Swedish(words) if column.swedish else words

    def _row(self, column: Column, row: Mapping[str, Any], language: Language) -> str:
        parts = [(part, self.lines(part, row.get(part.name), language)) for part in column.parts]
        said = {part.name: " ".join(words) for part, words in parts if words}
        if "start" in said:
            until = f"–{said['end']}" if "end" in said else ""
            return f"{said.get('kind', '')}: {said['start']}{until}"
        by = f" ({said['presenter']})" if "presenter" in said else ""
        if language is Language.EN and "english" in said:
            return said["english"] + by
        return swedish.Swedish(said.get("what", "") + by)


def look_up(definition: Definition, *more: str) -> Lookups:
    """Read everything a page about a register needs to say names: one question, and those of the places.

    Args:
        definition: the register.
        more: other registers the page needs.
    """
    referred = {column.register for column in definition.columns if column.register}
    wanted = {definition.key, *referred, *more}
    found = tuple(Entry.objects.filter(register__in=wanted))
    names: dict[str, dict[str, Text]] = {register: {} for register in wanted}
    for entry in found:
        known = DEFINITIONS.get(entry.register)
        if known is not None:
            names[entry.register][entry.key] = uses.label_of(known, entry.content, entry.key)
    own = tuple(entry for entry in found if entry.register == definition.key)
    has_nodes = any(column.kind in ADDRESSES for column in definition.columns)
    return Lookups(own, found, names, places.known() if has_nodes else {}, places.documents())
