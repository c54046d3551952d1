"""What differs, as rows that a page shows: filtered by what stands in the address, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from vagvisare.editions.changes import areas
from vagvisare.editions.comparison import Comparison, Fate, LinkChange, NodeChange, Piece
from vagvisare.editions.document import LevelName, Node
from vagvisare.editions.wording import words
from vagvisare.publications.pages.phrases_editions import EDITIONS
from vagvisare.terms.language import Text
from vagvisare.web.access.rules import may
from vagvisare.web.accounts.models import Person
from vagvisare.web.revision.changes.because import Cause, named
from vagvisare.web.revision.changes.comparing import Beside
from vagvisare.web.revision.linking.desk import title_of
from vagvisare.web.revision.models import Reason

PAGE = 60
"""So many changed nodes on a page; all of them at once where that is asked for."""
FATES: Mapping[Fate, Text] = {fate: EDITIONS[f"fate_{fate.value}"] for fate in Fate}
"""What became of a node, in words."""
SIDES = ("bredvid", "i-texten")
"""How the two wordings are shown: beside each other, or in one text."""
ALL = "alla"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the list, as it stands in the address."""

    area: str = ""
    fate: str = ""
    unreasoned: bool = False
    uncertain: bool = False
    side: str = SIDES[0]
    page: str = "1"

    @property
    def narrowed(self) -> bool:
        """Whether not everything is asked for."""
        return bool(self.area or self.fate or self.unreasoned or self.uncertain)

    def query(self, **other: str) -> str:
        """Return the address's question for the same list, another page or side of it."""
        told = {
            "omrade": self.area,
            "blev": self.fate,
            "utan": "1" if self.unreasoned else "",
            "osakra": "1" if self.uncertain else "",
            "visa": "" if self.side == SIDES[0] else self.side,
            "sida": "" if self.page == "1" else self.page,
        } | other
        return urlencode({name: value for name, value in told.items() if value})


def asked(given: Mapping[str, str]) -> Asked:
    """Read what an address asks; what cannot be read is not asked."""
    fate, side, page = given.get("blev", ""), given.get("visa", ""), given.get("sida", "")
    return Asked(
        area=given.get("omrade", ""),
        fate=fate if fate in {each.value for each in Fate} else "",
        unreasoned=given.get("utan") == "1",
        uncertain=given.get("osakra") == "1",
        side=side if side in SIDES else SIDES[0],
        page=page if page == ALL or (page.isascii() and page.isdecimal() and 0 < len(page) < 6) else "1",
    )


@dataclass(frozen=True)
class Row:
    """One node: what became of it, its reason in words and by what, and whether the reader may give one.

    ``sure`` is False for what only a partial edition makes look new or gone: nobody can tell.
    """

    change: NodeChange
    level: Text
    area: str
    sure: bool
    path: str
    reason: Reason | None = None
    whys: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    may_reason: bool = False

    @property
    def node(self) -> Node:
        """The node as it is now, or as it was."""
        node = self.change.after or self.change.before
        assert node is not None  # noqa: S101  (a change has at least one side)
        return node

    @property
    def title(self) -> Text:
        """What stands for the node."""
        return title_of(self.node)

    @property
    def fates(self) -> tuple[Text, ...]:
        """What became of it, in words."""
        return tuple(FATES[fate] for fate in Fate if fate in self.change.fates)

    @property
    def reasoned(self) -> bool:
        """Whether a reason is given, in words or by something named."""
        return bool(self.whys or self.causes)

    @property
    def wants_reason(self) -> bool:
        """Whether a reason is still asked for."""
        return self.change.changed and self.sure and not self.reasoned

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The words that stayed, came and went."""
        before, after = self.change.before, self.change.after
        return words(before.text if before else "", after.text if after else "")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows, with how many there are in all, of each fate and in each area."""

    rows: tuple[Row, ...]
    total: int
    number: int
    pages: int
    fates: Mapping[str, int]
    areas: tuple[tuple[str, Text, int], ...]
    unreasoned: int
    uncertain: int


def rows(
    beside: Beside,
    reasons: Mapping[str, Reason] | None = None,
    known: Mapping[str, Cause] | None = None,
    reader: Person | None = None,
) -> tuple[Row, ...]:
    """Return every node about which anything differs, in the later edition's order, then the removed.

    Args:
        beside: the two editions.
        reasons: a draft's reasons by address; for a sealed edition None: then those it states itself count.
        known: the entries that reasons may name.
        reader: who looks, where reasons can be given.
    """
    compared = beside.comparison
    if compared is None:
        return ()
    levels = {level.key: level for level in beside.strategy.levels}
    places = areas(compared)
    stated = _stated(beside) if reasons is None else {}
    found = []
    for change in compared.nodes:
        if change.fates == {Fate.KEPT}:
            continue
        reason = (reasons or {}).get(change.address)
        told = [(reason.text.strip(), tuple(reason.because))] if reason else stated.get(change.address, [])
        path = _path(compared, change)
        node = change.after or change.before
        found.append(
            Row(
                change,
                _name(levels, node.level if node else ""),
                places.get(change.address, ""),
                compared.is_known(change),
                path,
                reason,
                tuple(dict.fromkeys(why for why, _ in told if why)),
                named(dict.fromkeys(each for _, because in told for each in because), known or {}),
                reader is not None and may(reader, "draft.reason", path),
            )
        )
    return tuple(found)


def page_of(every: Iterable[Row], asked: Asked, beside: Beside) -> Page:
    """Return the rows that are asked for, a page of them, and how many there are of everything."""
    all_rows = tuple(every)
    sure = [row for row in all_rows if row.sure and (row.change.changed or asked.fate)]
    pool = [row for row in all_rows if not row.sure] if asked.uncertain else sure
    shown = [row for row in pool if _is_asked(row, asked)]
    pages = max(1, -(-len(shown) // PAGE))
    number = 0 if asked.page == ALL else min(int(asked.page), pages)
    cut = shown if number == 0 else shown[(number - 1) * PAGE : number * PAGE]
    fates = {fate.value: sum(fate in row.change.fates for row in all_rows if row.sure) for fate in Fate}
    return Page(
        tuple(cut),
        len(shown),
        number,
        pages,
        {fate: count for fate, count in fates.items() if count},
        _areas(beside, all_rows),
        sum(row.wants_reason for row in all_rows),
        sum(not row.sure for row in all_rows),
    )


def links_changed(beside: Beside) -> tuple[LinkChange, ...]:
    """Return the connections that came, went or are stated in other words; what a partial edition lacks is left out."""
    compared = beside.comparison
    if compared is None:
        return ()
    lacking = {Fate.NEW: compared.before.partial, Fate.REMOVED: compared.after.partial}
    return tuple(each for each in compared.links if each.fate is not Fate.KEPT and not lacking.get(each.fate, False))


def titles(beside: Beside) -> dict[str, Text]:
    """Return what stands for every node of both editions, the later one's words first."""
    editions = [each for each in (beside.before, beside.after) if each is not None]
    return {node.address: title_of(node) for edition in editions for node in edition.nodes}


def _is_asked(row: Row, asked: Asked) -> bool:
    return (
        (not asked.area or row.area == asked.area)
        and (not asked.fate or asked.fate in {fate.value for fate in row.change.fates})
        and (not asked.unreasoned or row.wants_reason)
    )


def _path(compared: Comparison, change: NodeChange) -> str:
    edition = compared.after if change.after else compared.before
    steps: dict[str, None] = {}
    at = edition.by_address.get(change.address)
    while at is not None and at.address not in steps:
        steps[at.address] = None
        at = edition.by_address.get(at.parent)
    return " ".join(steps)


def _stated(beside: Beside) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    told: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for change in beside.after.changes:
        for address in change.nodes:
            told.setdefault(address, []).append((change.why, change.reasons))
    return told


def _areas(beside: Beside, every: Iterable[Row]) -> tuple[tuple[str, Text, int], ...]:
    counted: dict[str, int] = {}
    for row in every:
        if row.area and row.sure and row.change.changed:
            counted[row.area] = counted.get(row.area, 0) + 1
    called = titles(beside)
    return tuple((area, called.get(area, Text(area, area)), count) for area, count in counted.items())


def _name(levels: Mapping[str, LevelName], key: str) -> Text:
    return levels[key].name if key in levels else Text(key, key)
