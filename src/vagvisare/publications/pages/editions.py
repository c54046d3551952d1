"""Pages about editions: all of them, the text of each as it was sealed, and what changed between two."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from vagvisare.editions.changes import key_changes
from vagvisare.editions.comparison import Comparison, Fate, Holds, KeyChange, NodeChange, Piece, Weighed
from vagvisare.editions.diff import compare
from vagvisare.editions.document import Edition, Node, StatedChange
from vagvisare.editions.registers import Erratum, Strategy
from vagvisare.editions.stated import weigh_all
from vagvisare.editions.status import STATUSES
from vagvisare.editions.wording import words
from vagvisare.publications import layout
from vagvisare.publications.pages.view import View
from vagvisare.terms.language import Language

FATE_ORDER = tuple(Fate)
BRIEF = 60
"""Letters up to which a part is named by all its words where they stand whole further down."""
HOLDS_SHAPES = {Holds.HOLDS: "✓", Holds.DOES_NOT_HOLD: "✗", Holds.CANNOT_BE_CHECKED: "◇"}


@dataclass(frozen=True, slots=True)
class Passage:
    """One node in the text of an edition: how deep it lies, what it is called first in its row, and its errata.

    ``level`` is empty where the sibling before is of the same level; ``heading`` tells whether others lie under it.
    """

    node: Node
    depth: int
    level: str
    heading: bool
    errata: tuple[Erratum, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One changed node: what became of it in words, its words marked, and the reasons the edition gives."""

    change: NodeChange
    title: str
    level: str
    fates: tuple[str, ...]
    pieces: tuple[Piece, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A change as the edition tells it, and whether the comparison bears it out."""

    stated: StatedChange
    weighed: Weighed
    shape: str
    verdict: str


def earlier_of(strategy: Strategy, edition: Edition) -> Edition | None:
    """Return the edition that one follows, where it is here."""
    return next((each for each in strategy.editions if each.key == edition.follows), None)


def comparison_of(strategy: Strategy, edition: Edition) -> Comparison | None:
    """Return an edition held against the one it follows; None where that is not here."""
    before = earlier_of(strategy, edition)
    return None if before is None else _compared(strategy, before.key, edition.key)


@lru_cache(maxsize=16)
def _compared_once(before: Edition, after: Edition, links: tuple[Any, Any]) -> Comparison:
    return compare(before, after, *links)


def _compared(strategy: Strategy, before: str, after: str) -> Comparison:
    by_key = {each.key: each for each in strategy.editions}
    links = (strategy.links_beside(by_key[before]), strategy.links_beside(by_key[after]))
    return _compared_once(by_key[before], by_key[after], links)


def changed_at(strategy: Strategy, edition: Edition, address: str) -> bool:
    """Tell whether an edition says something else at an address than the one it follows."""
    compared = comparison_of(strategy, edition)
    return compared is not None and any(change.address == address for change in compared.known)


def index(view: View) -> dict[str, Any]:
    """Return every edition, the newest first."""
    strategy = view.outcome.strategy
    rows = [(each, earlier_of(strategy, each)) for each in reversed(in_time(strategy))]
    return {"rows": rows, "current": strategy.current}


def in_time(strategy: Strategy) -> list[Edition]:
    """Return the editions by time, the oldest first.

    Each comes after those it follows, dated or not; of the same day, or undated, they keep the strategy's own order.
    """
    by_key = {each.key: each for each in strategy.editions}

    def time(edition: Edition) -> tuple[date, int]:
        line = [edition]
        while (before := by_key.get(line[-1].follows)) is not None and before not in line:
            line.append(before)
        days = (each.dated or (each.adopted.dated if each.adopted else date.min) for each in line)
        return max(days), len(line)

    return sorted(strategy.editions, key=time)


def edition(view: View, shown: Edition) -> dict[str, Any]:
    """Return one edition's text in its own order, with its facts."""
    strategy = view.outcome.strategy
    raw = view.digest.material.editions.get(shown.key, b"")
    return {
        "edition": shown,
        "title": title_of(view, shown),
        "status": STATUSES.get(shown.status),
        "passages": list(_passages(view, shown)),
        "earlier": earlier_of(strategy, shown),
        "digest": hashlib.sha256(raw).hexdigest() if raw else "",
        "file": layout.edition_file(shown.key) if raw else "",
        "in_force": shown.key == strategy.current,
    }


def title_of(view: View, shown: Edition) -> str:
    """Return an edition's title: its own, or in English our translation."""
    return shown.english if view.language is Language.EN and shown.english else shown.title


def _passages(view: View, shown: Edition) -> Iterator[Passage]:
    errata: dict[str, list[Erratum]] = {}
    for erratum in view.outcome.strategy.register.errata:
        if erratum.edition == shown.key:
            errata.setdefault(erratum.address, []).append(erratum)
    depths: dict[str, int] = {}
    parents = {node.parent for node in shown.nodes}
    before: dict[str, str] = {}
    for node in shown.nodes:
        depth = depths.get(node.parent, -1) + 1
        depths[node.address] = depth
        level = "" if before.get(node.parent) == node.level and not node.number else view.level_name(node)
        before[node.parent] = node.level
        heading = node.address in parents
        told = tuple(errata.get(node.address, ()))
        yield Passage(node, min(depth, 4), level[:1].upper() + level[1:], heading, told)


def changes(view: View, shown: Edition) -> dict[str, Any]:
    """Return what differs between an edition and the one it follows: told, computed, and part by part."""
    strategy = view.outcome.strategy
    before = earlier_of(strategy, shown)
    compared = comparison_of(strategy, shown)
    if before is None or compared is None:
        raise ValueError(shown.key)
    computed: tuple[KeyChange, ...] = key_changes(compared, strategy.levels, strategy.register.themes)
    return {
        "edition": shown,
        "before": before,
        "titles": (title_of(view, before), title_of(view, shown)),
        "computed": computed,
        "told": _told(view, shown, compared),
        "nodes": [_changed(view, change, shown) for change in compared.known],
        "both": sum(change.before is not None and change.after is not None for change in compared.nodes),
        "links_changed": [change for change in compared.links if change.fate is not Fate.KEPT],
        "count": len(compared.nodes),
        "name": lambda address: _name(view, address, shown, before),
        "brief": lambda address: brief(_name(view, address, shown, before)),
    }


def _told(view: View, shown: Edition, compared: Comparison) -> list[Told]:
    verdicts = weigh_all(shown.changes, compared, view.outcome.strategy.levels)
    return [
        Told(stated, weighed, HOLDS_SHAPES[weighed.holds], view.say(f"holds_{weighed.holds.value}"))
        for stated, weighed in zip(shown.changes, verdicts, strict=True)
    ]


def _changed(view: View, change: NodeChange, shown: Edition) -> Changed:
    node = change.after or change.before
    if node is None:
        raise ValueError(change.address)
    fates = tuple(view.say(f"fate_{fate.value}") for fate in FATE_ORDER if fate in change.fates)
    earlier, later = (change.before.text if change.before else ""), (change.after.text if change.after else "")
    reasons = tuple(
        told for each in shown.changes if change.address in each.nodes for told in _reasons(view, each) if told
    )
    return Changed(change, view.title_of(node), view.level_name(node), fates, words(earlier, later), reasons)


def _reasons(view: View, stated: StatedChange) -> tuple[str, ...]:
    return (stated.why, *(reason_title(view.outcome.strategy, each, view.language) for each in stated.reasons))


def reason_title(strategy: Strategy, reference: str, language: Language) -> str:
    """Return what a reason is called: ``evidence:grona-given`` gives the title of that item."""
    register, _, key = reference.partition(":")
    item = next((each for each in getattr(strategy.register, register, ()) if each.key == key), None)
    if item is None:
        return reference
    own = next((str(getattr(item, name)) for name in ("title", "text", "name", "what") if hasattr(item, name)), key)
    english = str(getattr(item, "english", ""))
    return english if language is Language.EN and english else own


def _name(view: View, address: str, *editions_: Edition) -> str:
    node = next((each.by_address[address] for each in editions_ if address in each.by_address), None)
    return address if node is None else view.title_of(node)


def brief(name: str) -> str:
    """Return the first words of a name, as many as fit; a short name is whole."""
    return name if len(name) <= BRIEF else name[:BRIEF].rsplit(" ", 1)[0].rstrip(" .,;:–-") + " …"


def gone(strategy: Strategy) -> dict[str, list[Edition]]:
    """Return the addresses that the edition followed up lacks, with the editions they were in, the oldest first."""
    now = strategy.edition.by_address
    found: dict[str, list[Edition]] = {}
    for each in in_time(strategy):
        for address in each.by_address:
            if address not in now:
                found.setdefault(address, []).append(each)
    return found


def former(view: View, address: str, where: list[Edition]) -> dict[str, Any]:
    """Return what stood at an address in earlier editions, and what became of it as far as can be seen."""
    strategy = view.outcome.strategy
    last = where[-1]
    became: list[Node] = []
    known = False
    for later in strategy.editions:
        compared = comparison_of(strategy, later) if later.follows == last.key else None
        for change in compared.nodes if compared else ():
            if address in change.origins or change.address == address:
                known = True
                if change.after is not None and change.after.address in strategy.edition.by_address:
                    became.append(change.after)
    rows = [(title_of(view, each), each, each.by_address[address]) for each in where]
    return {"title": view.title_of(last.by_address[address]), "rows": rows, "became": became, "known": known}
