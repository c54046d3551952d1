"""How everything hangs together: the strategy, its registers, its indicators and its follow-ups as one graph.

Only what is stated becomes a tie. What somebody has denied becomes none; what nobody has said becomes none either, and
``followups.missing_ties`` tells the two apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from vagvisare.assessment.definition import Indicator
from vagvisare.editions.document import Edition, Node, StatedChange
from vagvisare.editions.graph import Graph, Thing, Tie
from vagvisare.editions.registers import Register, Strategy
from vagvisare.followups.document import Focus, FollowUp, Said
from vagvisare.terms.errors import NOTHING
from vagvisare.terms.language import Text

FRAMEWORK = frozenset({"chapter", "passage"})
"""Levels that hold the text together but mean nothing of their own: what lies in them hangs on what they lie in."""

KINDS = {
    "mandate": Text("medskick", "steering input"),
    "policy": Text("styrdokument", "policy"),
    "evidence": Text("underlag", "evidence"),
    "trend": Text("trend", "trend"),
    "change": Text("viktig ändring", "key change"),
    "indicator": Text("indikator", "indicator"),
    "effort": Text("kraftsamling", "concerted effort"),
    "statement": Text("påstående", "statement"),
    "result": Text("resultat", "result"),
    "shift": Text("förflyttning", "shift"),
}
"""What the kinds of things beside the strategy's own levels are called."""

PLURALS = {
    "mandate": Text("medskick", "steering inputs"),
    "policy": Text("styrdokument", "policies"),
    "evidence": Text("underlag", "items of evidence"),
    "trend": Text("trender", "trends"),
    "change": Text("viktiga ändringar", "key changes"),
    "indicator": Text("indikatorer", "indicators"),
    "effort": Text("kraftsamlingar", "concerted efforts"),
    "statement": Text("påståenden", "statements"),
    "result": Text("resultat", "results"),
    "shift": Text("förflyttningar", "shifts"),
}
"""The same, of several."""

REGISTER_KINDS = {"mandate": "mandate", "evidence": "evidence", "trends": "trend", "alignments": "policy"}
"""What a reason (``register:key``) may name, and its kind of thing."""

LINKS = {"contributes_to": "contributes_to", "conflicts_with": "conflicts_with", "aligned_with": "aligned_with"}
"""Kind of link → kind of tie."""


def kind_names(strategy: Strategy) -> dict[str, Text]:
    """Return what every kind of thing is called, the strategy's own levels by its own names."""
    return {**KINDS, **{level.key: level.name for level in strategy.levels}}


def kind_plurals(strategy: Strategy) -> dict[str, Text]:
    """Return what several of every kind of thing are called."""
    return {**PLURALS, **{level.key: level.plural for level in strategy.levels}}


def hanging_together(
    strategy: Strategy, indicators: Iterable[Indicator] = (), follow_ups: Iterable[FollowUp] = (),
    edition: Edition | None = None,
) -> Graph:  # fmt: skip
    """Build the graph of a strategy.

    Args:
        strategy: with its registers.
        indicators: that watch its goals.
        follow_ups: what has been said of it since.
        edition: the edition to take nodes, links and changes from; the one in force when not given.
    """
    shown = strategy.edition if edition is None else edition
    builder = _Builder(shown)
    builder.nodes()
    builder.register(strategy.register)
    builder.links(strategy)
    builder.indicators(indicators)
    for follow_up in follow_ups:
        builder.follow_up(follow_up)
    builder.changes(shown)
    return builder.graph()


class _Builder:
    """Gathers things and ties; ties to things that turn out not to be there are dropped at the end."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._things: dict[str, Thing] = {}
        self._ties: dict[tuple[str, str, str], Tie] = {}

    def graph(self) -> Graph:
        """Return what has been gathered."""
        kept = (tie for tie in self._ties.values() if {tie.origin, tie.target} <= self._things.keys())
        return Graph(tuple(self._things.values()), tuple(kept))

    def nodes(self) -> None:
        """Add every node of the edition that is more than framework, and what it lies in."""
        for node in self._edition.nodes:
            if node.level not in FRAMEWORK:
                self._add(node.level, node.address, Text(node.text, node.english or node.text), node.number)
        for node in self._edition.nodes:
            above = self._above(node)
            if node.level not in FRAMEWORK and above is not None:
                self._tie("part_of", _of(node), _of(above))

    def register(self, register: Register) -> None:
        """Add steering input, policies, evidence and trends, and what they bear upon."""
        for asked in register.mandate:
            self._add("mandate", asked.key, Text(asked.text, asked.english or asked.text), asked.dated)
        for policy in register.alignments:
            self._add("policy", policy.key, Text(policy.title, policy.english or policy.title), "")
            for address in policy.nodes:
                self._tie("follows_policy", self._node(address), f"policy:{policy.key}", source=str(policy.source))
        for evidence in register.evidence:
            self._add(
                "evidence", evidence.key, Text(evidence.title, evidence.english or evidence.title), evidence.dated
            )
            for area in evidence.areas:
                self._tie("affects", f"evidence:{evidence.key}", self._node(area), source=str(evidence.source))
        for trend in register.trends:
            self._add("trend", trend.key, Text(trend.text, trend.english or trend.text), str(trend.year))
        for trend in register.trends:
            for driver in trend.driven_by:
                self._tie("drives", f"trend:{driver}", f"trend:{trend.key}", source=str(trend.source))
            if trend.continues:
                self._tie("continues", f"trend:{trend.key}", f"trend:{trend.continues}", source=str(trend.source))

    def links(self, strategy: Strategy) -> None:
        """Add the links that are stated, and the perspectives that directions take up."""
        known = any(edition.key == self._edition.key for edition in strategy.editions)
        stated = strategy.links_of(self._edition) if known else self._edition.links
        for link in stated:
            if not link.denied and link.kind in LINKS:
                why = Text(link.rationale, link.english or link.rationale)
                ends = self._node(link.origin), self._node(link.target)
                self._tie(LINKS[link.kind], *ends, why, str(link.source))
        for screening in strategy.register.screenings:
            current = screening.edition or strategy.current
            if screening.answer in {"yes", "partly"} and current == self._edition.key:
                how = Text(screening.how, screening.how)
                self._tie("takes_up", self._node(screening.node), self._node(screening.perspective), how)

    def indicators(self, indicators: Iterable[Indicator]) -> None:
        """Add indicators and the goals they watch."""
        for indicator in indicators:
            self._add("indicator", indicator.key, indicator.title)
            for address in indicator.watches:
                self._tie("watches", f"indicator:{indicator.key}", self._node(address))

    def follow_up(self, follow_up: FollowUp) -> None:
        """Add the concerted efforts of a follow-up with their statements and results, and its needs for shift."""
        year = str(follow_up.dated.year)
        for focus in follow_up.focuses:
            self._focus(focus, follow_up.key, year)
        for shift in follow_up.shifts:
            self._said("shift", follow_up.key, shift, year)
        for shift in follow_up.shifts:
            if shift.parent:
                name = f"shift:{follow_up.key}/{shift.key}"
                self._tie("part_of", name, f"shift:{follow_up.key}/{shift.parent}", source=str(shift.source))

    def changes(self, edition: Edition) -> None:
        """Add the stated changes with the nodes they are about and their reasons."""
        for number, change in enumerate(edition.changes, 1):
            key = f"{edition.key}/{number}"
            self._add("change", key, Text(change.text, change.english or change.text), edition.key)
            for tie in _change_ties(change, f"change:{key}", self._node):
                self._ties.setdefault((tie.kind, tie.origin, tie.target), tie)

    def _focus(self, focus: Focus, follow_up: str, year: str) -> None:
        effort = f"effort:{follow_up}/{focus.key}"
        self._add("effort", f"{follow_up}/{focus.key}", Text(focus.name, focus.english or focus.name), year)
        for goal in focus.goals:
            self._tie("works_towards", effort, self._node(goal), source=str(focus.source))
        for said in focus.statements:
            key = f"{follow_up}/{focus.key}/{said.key}"
            self._add("statement", key, Text(said.text, said.english or said.text), year)
            self._tie("said_of", f"statement:{key}", effort, source=str(said.source))
            for claim in said.claims:
                note = Text(claim.note, claim.note_en or claim.note)
                self._tie("tests", f"statement:{key}", f"indicator:{claim.indicator}", note)
        for result in focus.results:
            name = self._said("result", f"{follow_up}/{focus.key}", result, year)
            self._tie("result_of", name, effort, source=str(result.source))

    def _said(self, kind: str, within: str, said: Said, year: str) -> str:
        return self._add(kind, f"{within}/{said.key}", Text(said.text, said.english or said.text), year)

    def _add(self, kind: str, key: str, title: Text, place: str = "") -> str:
        thing = Thing(kind, key, Text(_one_line(title.sv), _one_line(title.en)), place)
        self._things[thing.name] = thing
        return thing.name

    def _tie(self, kind: str, origin: str, target: str, why: Text = NOTHING, source: str = "") -> None:
        self._ties.setdefault((kind, origin, target), Tie(kind, origin, target, why, source))

    def _node(self, address: str) -> str:
        node = self._edition.by_address.get(address)
        return f"node:{address}" if node is None else _of(node)

    def _above(self, node: Node) -> Node | None:
        """Return the nearest node above that is more than framework."""
        at = self._edition.by_address.get(node.parent)
        for _ in range(len(self._edition.nodes)):
            if at is None or at.level not in FRAMEWORK:
                break
            at = self._edition.by_address.get(at.parent)
        return at


def _change_ties(change: StatedChange, name: str, node: Callable[[str], str]) -> Iterator[Tie]:
    source = str(change.source)
    if change.area:
        yield Tie("concerns", name, node(change.area), source=source)
    for address in change.nodes:
        yield Tie("changes", name, node(address), source=source)
    for reason in change.reasons:
        register, _, key = reason.partition(":")
        if register in REGISTER_KINDS:
            yield Tie("reasoned_by", name, f"{REGISTER_KINDS[register]}:{key}", Text(change.why, change.why), source)


def _of(node: Node) -> str:
    return f"{node.level}:{node.address}"


def _one_line(text: str) -> str:
    return " / ".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
