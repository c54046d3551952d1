"""The nodes that entries may name: the strategy and the draft lie above the registers, and tell them here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from vagvisare.editions.registers import Document
from vagvisare.terms.language import Language
from vagvisare.web.frame.swedish import Swedish


@dataclass(frozen=True, slots=True)
class Place:
    """One node, as far as the registers care; ``current`` where it is part of the strategy as it is now."""

    address: str
    level: str
    text: str
    number: str = ""
    english: str = ""
    current: bool = True

    def label(self, language: Language) -> str:
        """Return the node's number and words in the reader's language, as far as there are any."""
        if language is Language.EN and self.english:
            return f"{self.number} {self.english}".strip()
        return Swedish(f"{self.number} {self.text}".strip() or self.address)


Teller = Callable[[], Iterable[Place]]
Librarian = Callable[[], Sequence[Document]]
_tellers: list[Teller] = []
_librarians: list[Librarian] = []


def teach(teller: Teller) -> Teller:
    """Register a source of places; those told first stand first. Each asks the database a constant number of times."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def teach_documents(librarian: Librarian) -> Librarian:
    """Register a source of the documents that references name."""
    if librarian not in _librarians:
        _librarians.append(librarian)
    return librarian


def documents() -> tuple[Document, ...]:
    """Return the documents that references name, so that a source can be written by its title."""
    return tuple(document for librarian in _librarians for document in librarian())


def known() -> dict[str, Place]:
    """Return every node that may be named, by address, in the strategy's order."""
    found: dict[str, Place] = {}
    for teller in _tellers:
        for place in teller():
            found.setdefault(place.address, place)
    return found
