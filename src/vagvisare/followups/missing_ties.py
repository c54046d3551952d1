"""What does not hang together: things without the tie one would look for, apart from those nobody has said anything of.

*Missing* means that what is known is complete and the tie is not there. *Not stated* means that the register or matrix
that would tell has not been filled in for the thing. The two are never added together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vagvisare.editions.contributions import AREA, DIRECTION, EFFECT_GOAL, matrix
from vagvisare.editions.document import Edition
from vagvisare.editions.graph import Graph, Thing
from vagvisare.editions.registers import Evidence, Strategy
from vagvisare.terms.language import Text


@dataclass(frozen=True, slots=True)
class Gap:
    """One kind of gap: its heading, what it means, and the things it holds for.

    ``missing`` are known to lack the tie, ``unstated`` are things of which nothing is said; ``of`` is how many things
    were looked at.
    """

    key: str
    title: Text
    meaning: Text
    missing: tuple[Thing, ...]
    unstated: tuple[Thing, ...]
    of: int


def gaps(graph: Graph, strategy: Strategy, edition: Edition | None = None) -> tuple[Gap, ...]:
    """Return every kind of gap, also those that hold for nothing: that, too, is worth knowing."""
    shown = strategy.edition if edition is None else edition
    look = _Look(graph, strategy, shown)
    return (
        look.goals_without_indicator(),
        look.directions_without_evidence(),
        look.evidence_without_effect(),
        look.indicators_that_watch_nothing(),
        look.goals_without_area(),
        look.areas_without_directions(),
        look.trends_nothing_answers(),
    )


class _Look:
    def __init__(self, graph: Graph, strategy: Strategy, edition: Edition) -> None:
        self.graph, self.strategy, self.edition = graph, strategy, edition
        self.evidence = {each.key: each for each in strategy.register.evidence}
        self.areas = {node.address for node in edition.at(AREA)}
        self.any_reasons = any(tie.kind == "reasoned_by" for tie in graph.ties)

    def goals_without_indicator(self) -> Gap:
        """Goals that no indicator watches; where there are no indicators at all, nothing is said."""
        lacking = [thing for thing in self.graph.of_kind(EFFECT_GOAL) if not self._tied(thing, "watches")]
        return self._gap(
            "goals_without_indicator",
            Text("Effektmål utan indikator", "Effect goals without an indicator"),
            Text("Ingen indikator i mappen följer målet.", "No indicator in the folder follows the goal."),
            lacking,
            lambda _: not self.graph.of_kind("indicator"),
            EFFECT_GOAL,
        )

    def directions_without_evidence(self) -> Gap:
        """Directions in areas that no evidence is known to affect, and that no change with a reason has touched."""
        open_areas = self._areas_that_may_be_affected()
        lacking = [
            thing
            for thing in self.graph.of_kind(DIRECTION)
            if not self._reasoned(thing)
            and not any(self._tied(self.graph.named[up], "affects") for up in self._above(thing))
        ]
        return self._gap(
            "directions_without_evidence",
            Text("Inriktningar utan underlag", "Directions without evidence"),
            Text(
                "Inget underlag är kopplat till inriktningens område, och ingen ändring av den har ett skäl.",
                "No evidence is tied to the direction’s area, and no change to it has a reason.",
            ),
            lacking,
            lambda thing: any(self.graph.named[up].key in open_areas for up in self._above(thing)),
            DIRECTION,
        )

    def evidence_without_effect(self) -> Gap:
        """Evidence that affects no known area and is the reason for no change."""
        kinds = ("affects", "reasoned_by")
        lacking = [thing for thing in self.graph.of_kind("evidence") if not self._tied(thing, *kinds)]
        return self._gap(
            "evidence_without_effect",
            Text("Underlag utan verkan", "Evidence without effect"),
            Text(
                "Underlaget påverkar inget känt område och är inte skäl till någon ändring.",
                "The evidence affects no known area and is no reason for any change.",
            ),
            lacking,
            lambda thing: self._cells_left(self.evidence[thing.key]) > 0,
            "evidence",
        )

    def indicators_that_watch_nothing(self) -> Gap:
        """Indicators without a goal."""
        lacking = [thing for thing in self.graph.of_kind("indicator") if not self._tied(thing, "watches")]
        return self._gap(
            "indicators_that_watch_nothing",
            Text("Indikatorer som inte följer något", "Indicators that watch nothing"),
            Text("Indikatorn anger inget mål som den följer.", "The indicator names no goal that it follows."),
            lacking,
            lambda _: False,
            "indicator",
        )

    def goals_without_area(self) -> Gap:
        """Goals that no area is known to carry; unknown as long as one cell is."""
        links = self.edition.links
        if any(each.key == self.edition.key for each in self.strategy.editions):
            links = self.strategy.links_of(self.edition)
        laid_out = matrix(self.edition, "contributes_to", AREA, EFFECT_GOAL, links)
        carried = laid_out.by_column
        lacking = [thing for thing in self.graph.of_kind(EFFECT_GOAL) if not carried[thing.key].yes]
        return self._gap(
            "goals_without_area",
            Text("Effektmål som inget område bär, så vitt känt", "Effect goals that no area is known to carry"),
            Text(
                "Inget område är känt för att bidra till målet.",
                "No area is known to contribute to the goal.",
            ),
            lacking,
            lambda thing: bool(carried[thing.key].unknown) or not laid_out.rows,
            EFFECT_GOAL,
        )

    def areas_without_directions(self) -> Gap:
        """Areas that hold no direction; in a partial edition nothing can be said."""
        lacking = [
            thing
            for thing in self.graph.of_kind(AREA)
            if not any(
                step.tie.kind == "part_of" and self.graph.named[step.end].kind == DIRECTION
                for step in self.graph.steps[thing.name]
            )
        ]
        return self._gap(
            "areas_without_directions",
            Text("Områden utan inriktningar", "Areas without directions"),
            Text("Området har ingen strategisk inriktning.", "The area has no strategic direction."),
            lacking,
            lambda _: self.edition.partial,
            AREA,
        )

    def trends_nothing_answers(self) -> Gap:
        """Trends that are the reason for no change; where no change has a reason, nothing is said."""
        lacking = [thing for thing in self.graph.of_kind("trend") if not self._tied(thing, "reasoned_by")]
        return self._gap(
            "trends_nothing_answers",
            Text("Trender som inget svarar på", "Trends that nothing answers"),
            Text("Ingen ändring har trenden som skäl.", "No change has the trend as its reason."),
            lacking,
            lambda _: not self.any_reasons,
            "trend",
        )

    def _gap(
        self,
        key: str,
        title: Text,
        meaning: Text,
        lacking: Iterable[Thing],
        unstated: Callable[[Thing], bool],
        kind: str,
    ) -> Gap:
        every = tuple(lacking)
        return Gap(
            key,
            title,
            meaning,
            tuple(thing for thing in every if not unstated(thing)),
            tuple(thing for thing in every if unstated(thing)),
            len(self.graph.of_kind(kind)),
        )

    def _tied(self, thing: Thing, *kinds: str) -> bool:
        return any(step.tie.kind in kinds for step in self.graph.steps[thing.name])

    def _above(self, thing: Thing) -> list[str]:
        """Return the thing and what it lies in, upwards."""
        found, waiting = [], [thing.name]
        while waiting:
            here = waiting.pop()
            if here not in found:
                found.append(here)
                waiting += [
                    step.end
                    for step in self.graph.steps[here]
                    if step.tie.kind == "part_of" and step.tie.origin == here
                ]
        return found

    def _reasoned(self, thing: Thing) -> bool:
        changes = (step.end for step in self.graph.steps[thing.name] if step.tie.kind == "changes")
        return any(self._tied(self.graph.named[change], "reasoned_by") for change in changes)

    def _cells_left(self, evidence: Evidence) -> int:
        """Return how many affected areas the source counts that nobody has entered yet."""
        return max(0, evidence.areas_affected - len(evidence.areas))

    def _areas_that_may_be_affected(self) -> set[str]:
        """Return the areas of which some evidence has not yet said whether it affects them."""
        return {
            area
            for evidence in self.evidence.values()
            if self._cells_left(evidence)
            for area in self.areas - {*evidence.areas} - {*evidence.other_areas}
        }
