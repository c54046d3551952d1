"""Splitting a node in parts and merging two into one: no word goes, and where each came from is recorded."""

from __future__ import annotations

import itertools
import re

from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import OvertakenError, verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.models import Event
from vagvisare.web.revision.models import DraftNode
from vagvisare.web.revision.snapshot import opened_edition
from vagvisare.web.revision.writing.keeping import cleaned, states, tell, write
from vagvisare.web.revision.writing.lineage import descend, follow, join_reasons, origins
from vagvisare.web.revision.writing.shaping import NEED, ShapeError, living, made, opened_tree, take_out
from vagvisare.web.revision.writing.tree import Tree, must, named, path_of

_WORD = re.compile(r"\w+")


def _scope(node: DraftNode, *_: object, **__: object) -> str:
    return path_of(node)


@verb(NEED, scope=_scope)
def split(by: Person, node: DraftNode, parts: list[str], base: int | None = None) -> tuple[list[DraftNode], Event]:
    """Split a node: the first part keeps its address and all that lies under it, the others become nodes after it.

    Raises:
        OvertakenError: when the parts together are not the words the node has now.
        ShapeError: when there are fewer than two parts with words in them, or one ends inside a word.
    """
    tree = opened_tree(node.draft, node)
    first = living(tree, node)
    texts = [text for part in parts if (text := cleaned(part).strip())]
    if (base is not None and base != first.version) or not _same("", texts, first.text):
        raise OvertakenError(first.text)
    if len(texts) < 2 or not _same(" ", texts, first.text) or not all(map(_WORD.search, texts)):
        raise ShapeError(
            Text("En delning behöver hela ord på båda sidor.", "A split needs whole words on both sides."),
            Text("Välj ett ställe mellan två ord.", "Choose a place between two words."),
        )
    before = states([first])
    at = tree.living(first.parent).index(first)
    fresh = []
    for offset, text in enumerate(texts[1:], start=1):
        other = made(by, tree, first.parent, first.level, text, source=first.source)
        tree.place(other, first.parent, at + offset)
        before[str(other.uid)] = {"removed": True}
        fresh.append(other)
    tree.renumber(first.parent)
    write(by, first, texts[0])
    every = [first, *fresh]
    event = tell(by, NEED, "split", first, before, states(every), descents=_split_descents(tree, every))
    return every, event


def parts_at(text: str, offsets: list[int]) -> list[str]:
    """Return a text cut at the offsets (counted in characters)."""
    cuts = [0, *sorted(offset for offset in set(offsets) if 0 < offset < len(text)), len(text)]
    return [text[start:end] for start, end in itertools.pairwise(cuts)]


def _same(between: str, texts: list[str], whole: str) -> bool:
    """Tell whether the parts are the whole's words; with nothing between, whether they are its letters."""
    found, wanted = _WORD.findall(between.join(texts)), _WORD.findall(whole)
    return found == wanted if between else "".join(found) == "".join(wanted)


def _split_descents(tree: Tree, nodes: list[DraftNode]) -> list[list[str]]:
    come_from = origins(tree.draft, nodes[0].address, opened_edition(tree.draft))
    return [row for node in nodes for row in descend(tree.draft, "split", come_from, node.address)]


@verb(NEED, scope=_scope)
def merge_nodes(
    by: Person, node: DraftNode, other: DraftNode, keep: DraftNode | None = None
) -> tuple[DraftNode, Event]:
    """Merge two nodes of a level. The one that stands first in the draft stays, unless ``keep`` names the other.

    Its text is both, in their order. What lies under the other, and what has been said of it, follows.

    Raises:
        ShapeError: when they are the same, of different levels, or one lies under the other.
        RefusedError: when the person may not change the other.
    """
    must(by, NEED, other)
    tree = opened_tree(node.draft, node, other)
    pair = [living(tree, node), living(tree, other)]
    _may_be_one(tree, *pair)
    order = {each.pk: number for number, (each, _) in enumerate(tree.walk())}
    first, second = sorted(pair, key=lambda each: order[each.pk])
    kept, away = (second, first) if keep is not None and keep.pk == second.pk else (first, second)
    children = list(tree.living(away))
    before = states([kept, away, *children])
    write(by, kept, _together(first.text, second.text))
    for child in children:
        tree.place(child, kept, len(tree.living(kept)))
        child.save(update_fields=["parent"])
    tree.renumber(kept)
    take_out(tree, away)
    opened = opened_edition(tree.draft)
    come_from = origins(tree.draft, kept.address, opened) | origins(tree.draft, away.address, opened)
    event = tell(
        by, NEED, "merged-nodes", kept, before, states([kept, away, *children]),
        kept=str(kept.uid), away=str(away.uid), away_title=named(away),
        descents=descend(tree.draft, "merged", come_from, kept.address), moved=follow(away, kept),
        reason=join_reasons(away, kept, by.key),
    )  # fmt: skip
    return kept, event


def _may_be_one(tree: Tree, one: DraftNode, other: DraftNode) -> None:
    if one.pk == other.pk or tree.is_under(one, other) or tree.is_under(other, one):
        raise ShapeError(
            Text("En del kan inte slås ihop med sig själv eller med något under den.",
                 "A part cannot be merged with itself or with anything under it."),
            Text("Välj en annan del.", "Choose another part."),
        )  # fmt: skip
    if one.level != other.level:
        raise ShapeError(
            Text("Bara delar på samma nivå kan slås ihop.", "Only parts of the same level can be merged."),
            Text("Flytta texten för hand i stället.", "Move the text by hand instead."),
        )


def _together(first: str, second: str) -> str:
    between = "\n\n" if "\n" in first.strip() or "\n" in second.strip() else " "
    return between.join(part for part in (first.rstrip(), second.lstrip()) if part)
