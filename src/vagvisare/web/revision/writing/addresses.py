"""The address of a new node: made once from its first words, kept for ever."""

from __future__ import annotations

from collections import Counter

from vagvisare.editions.address import address
from vagvisare.web.revision.models import DraftNode
from vagvisare.web.revision.writing.tree import Tree
from vagvisare.web.strategy import snapshot

WORDS = 6
"""So many of the first words make the last part of an address."""
NAMELESS = "del"
"""The last part of an address where the first words give none."""
LONGEST_PART = 60
LONGEST = 280


def address_for(tree: Tree, level: str, parent: DraftNode | None, text: str) -> str:
    """Return an address that no node of the draft or of any sealed edition has ever had.

    It stands where the draft's other nodes of the level stand: ``omrade/klimat/inriktning/…`` under its area,
    ``effektmal/…`` by itself.
    """
    start = _start(tree, level, parent)
    part = _named(text)[:LONGEST_PART].strip("-/")
    room = LONGEST - len(start)
    wanted = f"{start}/{part}" if start and room > len(part) else part
    taken = {node.address for node in tree.by_pk.values()}
    taken.update(address for edition in snapshot.editions() for address in edition.by_address)
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


def _named(text: str) -> str:
    try:
        return address(" ".join(text.split()[:WORDS]))
    except ValueError:  # words without a letter or digit that an address may hold, such as Arabic ones
        return NAMELESS


def _start(tree: Tree, level: str, parent: DraftNode | None) -> str:
    above = "" if parent is None else parent.address
    mates = [node for node in tree.by_pk.values() if node.level == level and node.parent_id is not None]
    if parent is None or not mates:
        roots = [node.address for node in tree.living(None) if node.level == level and "/" in node.address]
        return Counter(each.rpartition("/")[0] for each in roots).most_common(1)[0][0] if roots else above
    habits = Counter(_habit(node) for node in mates)
    inside, middle = habits.most_common(1)[0][0]
    return "/".join(part for part in ((above if inside else ""), middle) if part)


def _habit(node: DraftNode) -> tuple[bool, str]:
    """Return whether a node's address begins with its parent's, and what stands before its last part."""
    above = f"{node.parent.address}/" if node.parent else ""
    inside = bool(above) and node.address.startswith(above)
    rest = node.address[len(above) :] if inside else node.address
    return inside, rest.rpartition("/")[0]
