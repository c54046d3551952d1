"""Proofreading one text, or all the texts of an edition together."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from vagvisare.editions.document import Edition
from vagvisare.proofreading.across import across
from vagvisare.proofreading.dictionary import Dictionary, swedish
from vagvisare.proofreading.remark import Found, Remark, TextAt
from vagvisare.proofreading.slips import slips
from vagvisare.proofreading.spelling import spelling
from vagvisare.proofreading.terms import Terms, names_in, public_sector
from vagvisare.proofreading.words import words_of


def proofread(
    text: str, terms: Terms | None = None, dictionary: Dictionary | None = None, nearby: Iterable[str] = ()
) -> tuple[Remark, ...]:
    """Return the remarks on one text in the order of the text.

    Args:
        text: Swedish text; a line is a sentence of its own.
        terms: the strategy's terms; the package's own when not given.
        dictionary: the installed Swedish dictionary when not given.
        nearby: words of the same strategy in small letters, which are suggested before others.

    Raises:
        NoDictionaryError: when no dictionary is given and none is installed.
    """
    known, look = terms or public_sector(), dictionary or swedish()
    found = chain(spelling(text, known, look, nearby), slips(text, look))
    return tuple(sorted(found, key=_in_order))


def proofread_texts(
    texts: Iterable[TextAt], terms: Terms | None = None, dictionary: Dictionary | None = None
) -> tuple[Found, ...]:
    """Return the remarks on texts that belong together, each by itself and held against the others.

    Raises:
        NoDictionaryError: when no dictionary is given and none is installed.
    """
    every, known, look = tuple(texts), terms or public_sector(), dictionary or swedish()
    nearby = tuple(sorted({w.plain for at in every for w in words_of(at.text) if look.known(w.plain)}))
    alone = (Found(at.address, remark) for at in every for remark in proofread(at.text, known, look, nearby))
    order = {at.address: number for number, at in enumerate(every)}
    found = dict.fromkeys(chain(alone, across(every, known, look)))
    return tuple(sorted(found, key=lambda one: (order[one.address], *_in_order(one.remark))))


def proofread_edition(
    edition: Edition, terms: Terms | None = None, dictionary: Dictionary | None = None
) -> tuple[Found, ...]:
    """Return the remarks on every node of an edition, in its order; names it uses more than once count as known.

    The changes its authors state are read with it, under ``changes/1``, ``changes/2`` …

    Raises:
        NoDictionaryError: when no dictionary is given and none is installed.
    """
    nodes = [TextAt(node.address, node.text, f"{node.parent}|{node.level}") for node in edition.nodes]
    changes = [TextAt(f"changes/{number}", change.text) for number, change in enumerate(edition.changes, 1)]
    return proofread_texts(nodes + changes, (terms or public_sector()) | names_in(edition), dictionary)


def _in_order(remark: Remark) -> tuple[int, int, str]:
    return remark.start, remark.end, remark.kind.value
