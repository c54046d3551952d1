"""How everything hangs together, as a value: things, the ties between them, and the ways from one to another."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice

from vagvisare.terms.language import Language, Text


@dataclass(frozen=True, slots=True)
class Thing:
    """Anything that can hang together with something else.

    ``kind`` is a level of the strategy ("area") or a kind of its own ("evidence", "indicator"); ``key`` is unique
    within it. ``place`` is what people find it by: a number ("5.3"), a year, a document; it may be empty.
    """

    kind: str
    key: str
    title: Text
    place: str = ""

    @property
    def name(self) -> str:
        """Return what ties and addresses call it: ``kind:key``."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True)
class Tie:
    """A stated connection from one thing to another (both by name), and why, in the words of whoever stated it."""

    kind: str
    origin: str
    target: str
    why: Text = field(default=Text("", ""))
    source: str = ""

    def other(self, name: str) -> str:
        """Return the name at the other end."""
        return self.target if name == self.origin else self.origin


@dataclass(frozen=True, slots=True)
class TieWords:
    """How a kind of tie is said from either end, and which end is there because of the other.

    ``because`` is 1 where the origin is there because of the target, -1 where it is the other way, 0 where neither.
    """

    forward: Text
    backward: Text
    because: int = 0


TIES: dict[str, TieWords] = {
    "part_of": TieWords(Text("hör till", "is part of"), Text("rymmer", "holds"), 1),
    "contributes_to": TieWords(Text("bidrar till", "contributes to"), Text("får bidrag från", "is served by"), 1),
    "conflicts_with": TieWords(
        Text("står i konflikt med", "conflicts with"), Text("står i konflikt med", "conflicts with")
    ),
    "aligned_with": TieWords(Text("går hand i hand med", "goes with"), Text("går hand i hand med", "goes with")),
    "takes_up": TieWords(Text("tar upp", "takes up"), Text("tas upp i", "is taken up in"), 1),
    "follows_policy": TieWords(Text("tar upp", "takes up"), Text("tas upp i", "is taken up in"), 1),
    "watches": TieWords(Text("följer", "follows"), Text("följs av", "is followed by"), 1),
    "affects": TieWords(Text("påverkar", "affects"), Text("påverkas av", "is affected by"), -1),
    "drives": TieWords(Text("driver på", "drives"), Text("drivs på av", "is driven by"), -1),
    "continues": TieWords(Text("för vidare", "carries on from"), Text("förs vidare i", "is carried on in")),
    "concerns": TieWords(Text("gäller", "concerns"), Text("berörs av ändringen", "is touched by the change")),
    "changes": TieWords(Text("ändrar", "changes"), Text("har ändrats genom", "was changed by"), -1),
    "reasoned_by": TieWords(Text("har som skäl", "has as its reason"), Text("är skäl till", "is the reason for"), 1),
    "works_towards": TieWords(Text("arbetar mot", "works towards"), Text("är i fokus för", "is in focus of"), 1),
    "said_of": TieWords(Text("sägs om", "is said of"), Text("beskrivs av", "is described by"), 1),
    "tests": TieWords(Text("prövas mot", "is held against"), Text("prövar", "tests")),
    "result_of": TieWords(
        Text("redovisas som resultat av", "is reported as a result of"),
        Text("redovisar resultatet", "reports the result"),
        1,
    ),
}  # fmt: skip
"""Every kind of tie there is, and how it is said."""


@dataclass(frozen=True, slots=True)
class Step:
    """One tie walked from a thing to the thing at its other end."""

    tie: Tie
    start: str

    @property
    def end(self) -> str:
        """Where the step leads."""
        return self.tie.other(self.start)

    def words(self) -> Text:
        """Return how the tie is said in this direction."""
        said = TIES[self.tie.kind]
        return said.forward if self.start == self.tie.origin else said.backward


Way = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """Things and ties. Every tie's ends are among the things; a tie to anything else is a mistake of the builder."""

    things: tuple[Thing, ...]
    ties: tuple[Tie, ...]
    named: dict[str, Thing] = field(init=False, repr=False, compare=False)
    steps: dict[str, tuple[Step, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index things by name, and steps by where they start."""
        steps: dict[str, list[Step]] = {thing.name: [] for thing in self.things}
        for tie in self.ties:
            steps[tie.origin].append(Step(tie, tie.origin))
            if tie.target != tie.origin:
                steps[tie.target].append(Step(tie, tie.target))
        object.__setattr__(self, "named", {thing.name: thing for thing in self.things})
        object.__setattr__(self, "steps", {name: tuple(found) for name, found in steps.items()})

    def of_kind(self, *kinds: str) -> tuple[Thing, ...]:
        """Return the things of some kinds, in the graph's order."""
        return tuple(thing for thing in self.things if thing.kind in kinds)

    def distances(self, centre: str, most: int) -> dict[str, int]:
        """Return every thing within ``most`` steps of the centre, and how many steps away it is; nearest first."""
        reached, waiting = {centre: 0}, deque([centre])
        while waiting:
            here = waiting.popleft()
            if reached[here] == most:
                continue
            for step in self.steps[here]:
                if step.end not in reached:
                    reached[step.end] = reached[here] + 1
                    waiting.append(step.end)
        return reached

    def around(self, centre: str, most: int = 1) -> Graph:
        """Return the centre, everything within ``most`` steps, and all ties among them."""
        return self.only(self.distances(centre, most))

    def only(self, names: Collection[str]) -> Graph:
        """Return the things of these names and the ties among them."""
        kept = set(names)
        return Graph(
            tuple(thing for thing in self.things if thing.name in kept),
            tuple(tie for tie in self.ties if tie.origin in kept and tie.target in kept),
        )


def shortest(graph: Graph, start: str, end: str) -> Way:
    """Return one of the shortest ways between two things; empty where there is none, or where they are the same."""
    came: dict[str, Step] = {}
    waiting = deque([start])
    while waiting and end not in came:
        for step in graph.steps[waiting.popleft()]:
            if step.end != start and step.end not in came:
                came[step.end] = step
                waiting.append(step.end)
    way: list[Step] = []
    while end != start and end in came:
        way.append(came[end])
        end = came[end].start
    return tuple(reversed(way))


def ways(graph: Graph, start: str, end: str, most: int = 4, limit: int = 200) -> tuple[Way, ...]:
    """Return the ways of at most ``most`` steps that pass nothing twice, shortest first.

    At most ``limit`` of them: in a strategy where everything is tied to everything there are thousands.
    """
    left = graph.distances(end, most)
    found: list[Way] = []
    for length in range(1, most + 1):
        found.extend(islice(_ways(graph, start, end, length, left), limit - len(found)))
    return tuple(found)


def _ways(graph: Graph, start: str, end: str, length: int, left: dict[str, int]) -> Iterator[Way]:
    """Yield the ways of exactly ``length`` steps; ``left`` is how far each thing is from the end."""

    def onward(here: str, passed: tuple[str, ...], way: Way) -> Iterator[Way]:
        if here == end:
            if len(way) == length:
                yield way
            return
        room = length - len(way) - 1
        for step in graph.steps[here]:
            if step.end not in passed and left.get(step.end, length + 1) <= room:
                yield from onward(step.end, (*passed, step.end), (*way, step))

    return onward(start, (start,), ()) if start != end else iter(())


def reasons(graph: Graph, start: str, most: int = 4, limit: int = 200) -> tuple[Way, ...]:
    """Answer "why is this here?": the ways that lead from a thing to what it is there because of, as far as is stated.

    Each way goes on until nothing more is stated or ``most`` steps are taken, and passes nothing twice.
    """

    def onward(here: str, passed: tuple[str, ...], way: Way) -> Iterator[Way]:
        further = [step for step in _because(graph, here) if step.end not in passed]
        if way and (not further or len(way) == most):
            yield way
        elif further:
            for step in further:
                yield from onward(step.end, (*passed, step.end), (*way, step))

    return tuple(sorted(islice(onward(start, (start,), ()), limit), key=len))


def _because(graph: Graph, here: str) -> list[Step]:
    return [
        step
        for step in graph.steps[here]
        if TIES[step.tie.kind].because == (1 if step.start == step.tie.origin else -1)
    ]


def told(graph: Graph, way: Way, language: Language) -> tuple[tuple[str, Thing], ...]:
    """Return a way as the pieces of one sentence: the words that lead to a thing, and the thing; no full stop."""
    start = (("", graph.named[way[0].start]),) if way else ()
    joint = Text(", som ", ", which ")
    return (
        *start,
        *(
            (f"{joint.to(language) if number else ' '}{step.words().to(language)} ", graph.named[step.end])
            for number, step in enumerate(way)
        ),
    )


def sentence(graph: Graph, way: Way, language: Language) -> str:
    """Return a way as one sentence with every thing in quotation marks."""
    opening = "”" if language is Language.SV else "“"
    said = "".join(
        f"{words}{opening}{thing.title.to(language).rstrip('.')}”" for words, thing in told(graph, way, language)
    )
    return f"{said}." if said else ""
