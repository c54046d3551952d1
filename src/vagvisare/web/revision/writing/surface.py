"""What the page one writes on asks beside saving: how a text reads, whose words a save met, and who is writing."""

from __future__ import annotations

from typing import Any

from vagvisare.proofreading import words
from vagvisare.proofreading.dictionary import NoDictionaryError
from vagvisare.proofreading.proof import proofread
from vagvisare.proofreading.readability import readability
from vagvisare.proofreading.remark import Kind
from vagvisare.publications.markdown import markdown
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Language, Text, listing
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.trail import name_of
from vagvisare.web.revision.models import DraftNode
from vagvisare.web.revision.writing.term_list import strategy_terms

LONGEST_PROOFREAD = 20_000
"""Characters; a longer text is proofread when the draft is checked, not while somebody types."""
MOST_REMARKS = 30


class OtherWriterError(UserError):
    """The page was opened by one person, and another has signed in since in the same browser."""

    def __init__(self) -> None:
        super().__init__(
            Text("Någon annan har loggat in i den här webbläsaren.", "Somebody else has signed in in this browser."),
            meaning=Text("Dina ord är inte sparade, men finns kvar här.", "Your words are not saved, but kept here."),
            remedy=Text("Logga in som dig själv och ladda om sidan.", "Sign in as yourself and load the page again."),
        )


def same_writer(person: Person, told: str) -> None:
    """Refuse words from a page that was opened by somebody else: nobody's words are kept in another's name.

    Raises:
        OtherWriterError: when ``told``, the number the page was opened for, is another's; empty is a plain form.
    """
    if told not in ("", str(person.pk)):
        raise OtherWriterError


def met(node: DraftNode, base: int, now: int, but: Person, language: Language) -> str:
    """Return whose words a save was merged with: those who wrote between version ``base`` and ``now``."""
    between = node.wordings.filter(version__gt=base, version__lt=now).exclude(by=but.key)
    keys = dict.fromkeys(between.order_by("version").values_list("by", flat=True))
    return listing([name_of(key) for key in keys], language)


def look(text: str, language: Language) -> dict[str, Any]:
    """Return how a text will read, how hard it is, and what proofreading has to say of it, in one language."""
    measured = readability(text)
    said = ""
    if measured is not None and measured.enough:
        said = f"LIX {measured.lix}: {measured.scale.to(language)}"
    return {
        "html": str(markdown(text)),
        "words": words.count(text),
        "lix": said,
        "remarks": _remarks(text, language),
    }


def _remarks(text: str, language: Language) -> list[dict[str, Any]]:
    try:
        found = () if len(text) > LONGEST_PROOFREAD else proofread(text, strategy_terms())
    except NoDictionaryError:  # the rest of the page works without it; the check before sealing says what is missing
        found = ()
    return [
        {
            "start": remark.start,
            "end": remark.end,
            "quote": text[remark.start : remark.end],
            "what": remark.what.to(language),
            "suggestion": remark.suggestion,
            "unknown": remark.kind is Kind.SPELLING,
        }
        for remark in found[:MOST_REMARKS]
    ]
