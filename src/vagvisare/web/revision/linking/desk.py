"""What every page about a draft's links begins from: the draft as an edition, the one before, the names of levels."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import Http404, HttpRequest

from vagvisare.editions.document import Edition, Link, Node
from vagvisare.editions.registers import Strategy
from vagvisare.terms.language import Text
from vagvisare.web.access.rules import may
from vagvisare.web.revision.models import Draft
from vagvisare.web.revision.snapshot import edition_of
from vagvisare.web.strategy import snapshot

LONGEST_TITLE = 110
"""Characters of a node's text that stand for it in a heading or a name."""
FRAMEWORK = ("chapter", "passage")


@dataclass(frozen=True, slots=True)
class Desk:
    """A draft laid open: as the edition it would become, beside the one it was opened from."""

    draft: Draft
    edition: Edition
    strategy: Strategy
    before: Edition | None
    names: dict[str, Text] = field(repr=False)

    @property
    def links_before(self) -> tuple[Link, ...]:
        """Every link stated for the edition before."""
        return () if self.before is None else self.strategy.links_of(self.before)

    def level(self, key: str) -> Text:
        """Return what the strategy calls the nodes of a level."""
        return self.names.get(key, Text(key, key))

    def level_of(self, node: Node) -> Text:
        """Return what the strategy calls one node of its level."""
        names = (level.name for level in self.strategy.levels if level.key == node.level)
        return next(names, Text(node.level, node.level))

    def levels(self, most: int = 400) -> list[tuple[str, Text]]:
        """Return the levels a matrix can be made of: those with nodes in the draft, the framework left out."""
        counted: dict[str, int] = {}
        for node in self.edition.nodes:
            if node.level not in FRAMEWORK:
                counted[node.level] = counted.get(node.level, 0) + 1
        return [(key, self.level(key)) for key, count in counted.items() if count <= most]

    def path(self, address: str) -> str:
        """Return the addresses from a node to its root, joined by blanks."""
        steps: list[str] = []
        at = self.edition.by_address.get(address)
        while at is not None and at.address not in steps:
            steps.append(at.address)
            at = self.edition.by_address.get(at.parent)
        return " ".join(steps)

    def may_link(self, request: HttpRequest, address: str) -> bool:
        """Tell whether the person may change what is linked from a node; nobody may in a sealed draft."""
        return not self.draft.sealed_as and may(request.user, "draft.link", self.path(address))


def lay_open(key: str, *registers: str) -> Desk:
    """Read a draft and what its links are held against.

    Args:
        key: of the draft.
        registers: further registers to read beside the links.

    Raises:
        Http404: when there is no such draft.
    """
    draft = Draft.objects.filter(key=key).first()
    if draft is None:
        raise Http404(key)
    strategy = snapshot.strategy("links", *registers)
    before = next((each for each in strategy.editions if each.key == draft.opened_from), None)
    return Desk(draft, edition_of(draft), strategy, before, {level.key: level.plural for level in strategy.levels})


def title_of(node: Node) -> Text:
    """Return what stands for a node: its number and the beginning of its text."""
    return Text(_short(node.number, node.text), _short(node.number, node.english or node.text))


def _short(number: str, text: str) -> str:
    line = " ".join(text.split())
    if len(line) > LONGEST_TITLE:
        line = line[: LONGEST_TITLE - 2].rsplit(" ", 1)[0].rstrip(" ,;.") + " …"
    return f"{number} {line.rstrip('.')}".strip()
