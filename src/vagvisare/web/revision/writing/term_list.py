"""The strategy's terms as the language help of the draft knows them, and a word added to their list from the text."""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Count, Max

from vagvisare.editions.document import LevelName
from vagvisare.proofreading.terms import Terms, terms_of
from vagvisare.strategy_folder.plain import value_of
from vagvisare.web.access.verbs import verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.registers import actions, cells, snapshot
from vagvisare.web.registers.actions import Done
from vagvisare.web.registers.contents import ContentError
from vagvisare.web.registers.described import DEFINITIONS
from vagvisare.web.registers.models import Entry
from vagvisare.web.strategy.models import Head

TELLING = ("actors", "terms", "themes")
"""The registers that tell which words are right."""


def strategy_terms() -> Terms:
    """Return the strategy's terms: one question as long as nothing in the registers they come from has changed."""
    told = Entry.objects.filter(register__in=TELLING).aggregate(count=Count("id"), latest=Max("changed_at"))
    return _made(told["count"], told["latest"])


@lru_cache(maxsize=4)
def _made(*_stamp: object) -> Terms:
    head = Head.objects.first()
    levels = [] if head is None else head.content.get("level", [])
    return terms_of((value_of(LevelName, plain, "level") for plain in levels), snapshot.register(*TELLING))


@verb("registers.terms.change")
def add_term(by: Person, word: str) -> Done:
    """Add a word to the list of terms; there is no event where it stands there already, in whatever letters.

    Raises:
        ContentError: when it is no word.
    """
    try:
        asked = " ".join(cells.tidy(word).split())
    except cells.CellError as error:
        raise ContentError({"text": error.said}, DEFINITIONS["terms"]) from error
    for entry in Entry.objects.filter(register="terms"):
        if entry.content["text"].casefold() == asked.casefold():
            return Done(entry, None)
    return actions.add(by, register="terms", content={"text": asked})
