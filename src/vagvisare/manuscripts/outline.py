"""The outline as it grows while pieces are read: which chapter, area and section one stands in, and what was lost."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from vagvisare.manuscripts.levels import TRENDS, Heading, Levels, is_about_trends
from vagvisare.manuscripts.manuscript import Where
from vagvisare.manuscripts.proposal import Becomes, Decisions, Proposed


@dataclass(slots=True)
class Area:
    """An area under way: the key of its heading, and the sections it has had."""

    key: str
    number: str
    title: str
    lost: bool
    seen: set[str] = field(default_factory=set)


class Outline:
    """Where one is in the document, and everything placed so far."""

    def __init__(self, levels: Levels) -> None:
        self.levels = levels
        self.items: list[Proposed] = []
        self.areas: list[Area] = []
        self.section = ""
        self.inside = False
        self.last: Proposed | None = None
        self.repeated: list[str] = []
        self.late: list[str] = []
        self._area: Area | None = None
        self._chapter = ""
        self._depth = 0
        self._latest: dict[str, str] = {}
        self._awaited: tuple[str, ...] = ()

    @property
    def area(self) -> str:
        """The key of the area one stands in; empty outside."""
        return self._area.key if self._area else ""

    @property
    def awaits_vision(self) -> bool:
        """Whether the chapter announced a vision that has not come yet."""
        return self.levels.vision in self._awaited and self.inside

    @property
    def at_vision(self) -> bool:
        """Whether the vision is what was placed last."""
        return self.last is not None and bool(self.levels.vision) and self.last.level == self.levels.vision

    @property
    def section_level(self) -> str:
        """The level of what stands here: the section's, or running text."""
        return self.section if self.section and self.section != TRENDS else self.levels.passage

    def put(self, item: Proposed) -> None:
        """Place an item as it is."""
        self.items.append(item)
        self.last = item

    def add(self, item: Proposed, level: str, above: str = "") -> None:
        """Place an item as a node of a level, under what that level usually lies under."""
        self._awaited = tuple(key for key in self._awaited if key != level)
        parent = above or self._parent_of(level)
        self._latest[level] = item.key
        self.put(replace(item, becomes=Becomes.NODE, level=level, parent=parent))

    def _parent_of(self, level: str) -> str:
        if level == self.levels.passage:
            return self.area or self._chapter
        wanted = self.levels.parents.get(level, "")
        if wanted == self.levels.area:
            return self.area
        if wanted == self.levels.chapter:
            return self._chapter
        return self._latest.get(wanted, "") if wanted else ""

    def join(self, item: Proposed, between: str) -> None:
        """Join an item to what was placed last, or leave it out where nothing was."""
        before = self.last
        if before is None or before.becomes not in {Becomes.NODE, Becomes.CHANGE, Becomes.JOIN}:
            self.put(item)
            return
        joined = replace(item, becomes=Becomes.JOIN, joins=before.joins or before.key, between=between)
        self.items.append(joined)
        self.last = replace(before, piece=item.piece, text=item.text)

    def open_chapter(self, item: Proposed, heading: Heading, depth: int) -> None:
        """Begin a chapter: its heading is a node, and says what stands in it."""
        self._area, self._chapter, self._depth, self.inside = None, item.key, depth, True
        node = replace(item, text=heading.title, number=heading.number)
        told = self.levels.section(heading.title)
        self.add(node, self.levels.chapter)
        self.section = told if told and not self.levels.is_detail(told) else ""
        if not self.section and is_about_trends(heading.title):
            self.section = TRENDS
        self._awaited = () if told else self.levels.told_in(heading.title)

    def open_area(self, item: Proposed, heading: Heading) -> None:
        """Begin an area, go on with one whose heading is repeated, or give a lost one its heading that came late."""
        self.inside, self.section = True, ""
        for area in self.areas:
            if not area.lost and (area.number, area.title) == (heading.number, heading.title):
                self._area = area
                self.repeated.append(item.key)
                self.put(replace(item, becomes=Becomes.SECTION, parent=area.key))
                return
        node = replace(item, text=heading.title, number=heading.number)
        if self._area is not None and self._area.lost and heading.number == self._expected() and self._unfinished():
            self._found_late(node, self._area, heading)
            return
        self.areas.append(Area(item.key, heading.number, heading.title, lost=False))
        self._area = self.areas[-1]
        self.add(node, self.levels.area)

    def _unfinished(self) -> bool:
        """Whether the area one stands in has had but its first section: its heading may still come."""
        return self._area is not None and len(self._area.seen) == 1

    def _expected(self) -> str:
        """Return the number the area one stands in must have, counted on from the last that was given."""
        for since, area in enumerate(reversed(self.areas)):
            if area.number:
                before, _, last = area.number.rpartition(".")
                return f"{before}.{int(last) + since}"
        return ""

    def _found_late(self, node: Proposed, area: Area, heading: Heading) -> None:
        lost = area.key
        area.key, area.number, area.title, area.lost = node.key, heading.number, heading.title, False
        self.late.append(node.key)
        self.items = [
            replace(item, parent=node.key) if item.parent == lost else item for item in self.items if item.key != lost
        ]
        self.add(node, self.levels.area)

    def begin_section(self, item: Proposed, section: str) -> None:
        """Begin a section. One that every area has, where none is open or has it already, betrays a lost heading."""
        if self.levels.is_detail(section):
            again = self._area is not None and section in self._area.seen and self.section != section
            if self._area is None or again:
                self._lose(item)
            if self._area is not None:
                self._area.seen.add(section)
        self.section, self.inside = section, True
        self.put(replace(item, becomes=Becomes.SECTION, parent=self.area))

    def _lose(self, item: Proposed) -> None:
        key = f"h{item.piece}"
        self.areas.append(Area(key, "", "", lost=True))
        self._area = self.areas[-1]
        self._latest[self.levels.area] = key
        self.items.append(Proposed(key, None, Becomes.NODE, item.where, level=self.levels.area, working_name=False))

    def leave(self, item: Proposed, depth: int) -> None:
        """Meet a heading without a number in a document that numbers its own: what is no deeper ends the strategy."""
        if self.inside and depth > self._depth and self._chapter and self._area is None:
            self.add(item, self.levels.passage)
            return
        self.inside, self.section, self._area = False, "", None
        self.put(item)

    def finished(self, decisions: Decisions) -> list[Proposed]:
        """Return every item, the lost headings with their number and the stretch of what lies under them."""
        numbers = self._numbers()
        reach: dict[str, Where] = {}
        for item in self.items:
            if item.parent.startswith("h"):
                reach[item.parent] = reach.get(item.parent, item.where).to(item.where)
        made = []
        for item in self.items:
            now = item
            if item.piece is None:
                named = decisions.get(item.key)
                where = reach.get(item.key, item.where)
                text = named.text if named and named.text else ""
                now = replace(item, number=numbers.get(item.key, ""), where=where, text=text)
            made.append(now)
        return made

    def _numbers(self) -> dict[str, str]:
        """Return the numbers of the lost headings, counted on from the one before and back from the one after."""
        found: dict[str, str] = {}
        for row, step in ((self.areas, 1), (list(reversed(self.areas)), -1)):
            last = ""
            for area in row:
                if area.number:
                    last = area.number
                elif last:
                    before, _, end = last.rpartition(".")
                    last = f"{before}.{int(end) + step}" if int(end) + step > 0 else ""
                    if last:
                        found.setdefault(area.key, last)
        return found
