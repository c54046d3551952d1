"""The map of how everything hangs together, as a picture: every thing a link, every tie a line with its words.

Drawn with classes and presentation attributes only, so that a strict content policy lets it through and the page's own
colours, light or dark, hold. What it shows is shown in words beside it (``said``): the two say exactly the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from vagvisare.editions.graph import TIES, Graph, Step, Thing
from vagvisare.publications.charts.svg import element, short
from vagvisare.publications.graph_layout import BETWEEN, LINE, PAD, TEXT, Box, Drawn, lay_out, wrapped
from vagvisare.terms.language import Language, Text

Address = Callable[[Thing], str]

TITLE = Text("Så hänger det ihop", "How it hangs together")
HEAD = 26.0
"""Room above the boxes for the names of the columns."""


def picture(
    graph: Graph,
    centre: str,
    language: Language,
    to: Address | None = None,
    kinds: Mapping[str, Text] | None = None,
    name: str = "karta",
    notes: Mapping[str, Text] | None = None,
) -> str:
    """Draw a graph.

    Args:
        graph: what is drawn: usually ``whole.around(centre, steps)``.
        centre: name of the thing in the middle, marked as such; empty for an overview.
        language: of titles and words.
        to: the address of a thing; no links when not given.
        kinds: what kinds of things are called, for the headings of the columns.
        name: unique on the page; ties the picture to its title and description.
        notes: a line or two under the title of some things, by name.
    """
    layout = lay_out(graph, language, notes)
    shown = graph.named.get(centre)
    title = TITLE.to(language) + (f": {shown.title.to(language)}" if shown else "")
    return element(
        "svg",
        element("title", title, id=f"{name}-t"),
        element("desc", _description(graph, shown, language), id=f"{name}-d"),
        *_headings(layout.boxes, kinds or {}, language),
        element("g", *(_tie(drawn, graph, centre, language) for drawn in layout.ties), class_="ties"),
        *(_box(box, centre, language, to, kinds or {}) for box in in_order(layout.boxes, graph, centre)),
        viewBox=f"-2 {short(-HEAD)} {short(layout.width + 4)} {short(layout.height + HEAD + 2)}",
        width=layout.width + 4,
        height=layout.height + HEAD + 2,
        role="group",
        aria_labelledby=f"{name}-t",
        aria_describedby=f"{name}-d",
        class_="hanging",
    )


def in_order(boxes: tuple[Box, ...], graph: Graph, centre: str) -> tuple[Box, ...]:
    """Return the boxes in the order the keyboard visits them: the centre, then what is near, each step by columns."""
    if centre not in graph.named:
        return boxes
    far = graph.distances(centre, len(graph.things))
    return tuple(sorted(boxes, key=lambda box: far.get(box.thing.name, len(graph.things))))


@dataclass(frozen=True, slots=True)
class SaidThing:
    """A thing and its ties, as steps from it: the words that stand beside the picture."""

    thing: Thing
    distance: int
    steps: tuple[Step, ...]


def said(graph: Graph, centre: str) -> tuple[SaidThing, ...]:
    """Return everything in the picture in words: each thing once, each tie once, from the end nearer the centre."""
    far = graph.distances(centre, len(graph.things)) if centre in graph.named else {}
    order = sorted(graph.things, key=lambda thing: far.get(thing.name, len(graph.things)))
    number = {thing.name: at for at, thing in enumerate(order)}
    told: dict[str, list[Step]] = {thing.name: [] for thing in order}
    for tie in graph.ties:
        near = min(tie.origin, tie.target, key=number.__getitem__) if far else tie.origin
        told[near].append(Step(tie, near))
    return tuple(SaidThing(thing, far.get(thing.name, 0), tuple(told[thing.name])) for thing in order)


def _description(graph: Graph, centre: Thing | None, language: Language) -> str:
    things, ties = len(graph.things), len(graph.ties)
    if centre is None:
        words = Text(
            f"{things} saker och {ties} samband mellan dem. Samma sak står i listan.",
            f"{things} things and {ties} ties between them. The list says the same.",
        )
    else:
        words = Text(
            f"{things - 1} saker runt ”{centre.title.sv}” och {ties} samband. Samma sak står i listan.",
            f"{things - 1} things around “{centre.title.en}” and {ties} ties. The list says the same.",
        )
    return words.to(language)


def _headings(boxes: tuple[Box, ...], kinds: Mapping[str, Text], language: Language) -> list[Markup]:
    found: dict[float, list[str]] = {}
    room = boxes[0].width + BETWEEN / 2 if boxes else 0.0
    for box in boxes:
        words = kinds[box.thing.kind].to(language) if box.thing.kind in kinds else ""
        if words and words not in found.setdefault(box.x, []):
            found[box.x].append(words)
    return [
        element("text", *wrapped(", ".join(words), room, 1), x=left, y=-HEAD + 12, font_size=11, class_="column-name")
        for left, words in found.items()
    ]


def _tie(drawn: Drawn, graph: Graph, centre: str, language: Language) -> Markup:
    tie = drawn.tie
    ends = (graph.named[tie.origin], graph.named[tie.target])
    near = centre in (tie.origin, tie.target)
    words = f"{ends[0].title.to(language)} {TIES[tie.kind].forward.to(language)} {ends[1].title.to(language)}"
    return element(
        "path",
        element("title", words),
        d=_curve(drawn),
        fill="none",
        class_=f"tie tie-{tie.kind.replace('_', '-')}{' near' if near else ''}",
    )


def _curve(drawn: Drawn) -> str:
    """Return a tie's line: gently curved between columns, straight past them, a bow beside a single column."""
    points = drawn.points
    x, y = points[0]
    data = [f"M{short(x)} {short(y)}"]
    for (ax, ay), (bx, by) in pairwise(points):
        if drawn.side:
            out = min(BETWEEN / 2, 12 + abs(by - ay) / 10)
            data.append(f"C{short(ax + out)} {short(ay)} {short(bx + out)} {short(by)} {short(bx)} {short(by)}")
        elif ay == by:
            data.append(f"L{short(bx)} {short(by)}")
        else:
            half = (ax + bx) / 2
            data.append(f"C{short(half)} {short(ay)} {short(half)} {short(by)} {short(bx)} {short(by)}")
    return "".join(data)


def _box(box: Box, centre: str, language: Language, to: Address | None, kinds: Mapping[str, Text]) -> Markup:
    thing = box.thing
    spoken = "sv" if language is Language.EN and thing.title.sv == thing.title.en else None
    parts = [
        element("title", thing.title.to(language), lang=spoken),
        element("rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=2),
        element(
            "text",
            *(
                element(
                    "tspan",
                    line,
                    x=box.x + PAD,
                    y=box.y + PAD + LINE * (number + 0.76),
                    class_="note" if number >= len(box.lines) else None,
                    lang=spoken if number < len(box.lines) else None,
                )
                for number, line in enumerate((*box.lines, *box.notes))
            ),
            font_size=TEXT,
        ),
    ]
    here = thing.name == centre
    class_ = f"thing thing-{thing.kind.replace('_', '-')}{' centre' if here else ''}"
    if to is None:
        return element("g", *parts, class_=class_)
    kind = kinds[thing.kind].to(language) if thing.kind in kinds else thing.kind
    label = f"{thing.title.to(language)} ({kind})"
    return element("a", *parts, href=to(thing), class_=class_, aria_label=label, aria_current="true" if here else None)
