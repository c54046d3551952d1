"""Where everything stands in a picture of a graph: columns by kind, few crossings, no box on another.

The steps are the usual ones of layered drawing: things get a column by their kind; a tie that passes a column gets a
place of its own there, so that it never runs through a box; columns are swept back and forth, each in the order of the
mean of its neighbours, and the order with fewest crossings is kept; then everything moves as near its neighbours as
the room between boxes allows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vagvisare.editions.graph import Graph, Thing, Tie
from vagvisare.publications.deck_fit import width
from vagvisare.terms.language import Language, Text

COLUMNS = {
    "mandate": 0, "policy": 0, "evidence": 0, "trend": 0, "change": 1, "desired_state": 2, "direction": 2,
    "perspective": 2, "area": 3, "effect_goal": 4, "overarching_goal": 5, "vision": 5, "indicator": 6, "statement": 7,
    "effort": 8, "result": 9, "shift": 9,
}  # fmt: skip
"""Column by kind, from what is behind the strategy to what has come of it."""

OTHER_LEVELS = 3
"""Column of levels we do not know by name: a region may call its levels what it likes."""

TEXT, LINE, PAD = 12.5, 16.0, 7.0
ROOM, BETWEEN, PASSING = 10.0, 54.0, 9.0
MOST_LINES = 4
WIDER_FACES = 1.16
"""Room for faces wider than Arial, in which the widths are reckoned."""


@dataclass(frozen=True, slots=True)
class Box:
    """A thing in its place, its title broken into lines; ``column`` counts from the left."""

    thing: Thing
    column: int
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A tie as the points it passes, from the origin's box to the target's; ``side`` when both are in one column."""

    tie: Tie
    points: tuple[tuple[float, float], ...]
    side: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole picture: boxes in the order of columns and rows, ties, and how large it is."""

    boxes: tuple[Box, ...]
    ties: tuple[Drawn, ...]
    width: float
    height: float
    crossings: int


Place = tuple[int, str]
"""A place in a column: a thing's name, or that of a tie on its way through."""


def lay_out(
    graph: Graph,
    language: Language,
    notes: Mapping[str, Text] | None = None,
    whole: float = 1096.0,
    column_width: float = 0.0,
) -> Layout:
    """Lay out a graph.

    Args:
        graph: what is to be drawn; at most a few hundred things.
        language: whose titles are broken into lines.
        notes: a line or two under the title of some things, by name.
        whole: the width to fill when the columns allow; more columns make the picture wider.
        column_width: a column's width; made to fill the width when 0, between 132 and 250.
    """
    columns = _columns(graph)
    count = max(columns.values(), default=0) + 1
    wide = column_width or min(250.0, max(132.0, (whole - BETWEEN * (count - 1)) / count))
    lines = {thing.name: wrapped(heading(thing, language), wide - 2 * PAD) for thing in graph.things}
    under = {name: wrapped(words.to(language), wide - 2 * PAD, 3) for name, words in (notes or {}).items()}
    heights = {name: (len(found) + len(under.get(name, ()))) * LINE + 2 * PAD for name, found in lines.items()}
    layers, links, chains = _layers(graph, columns, count)
    crossings = _untangle(layers, links)
    tops = _stand(layers, links, heights)
    lefts = [number * (wide + BETWEEN) for number in range(count)]
    boxes = tuple(
        Box(graph.named[name], at, lefts[at], tops[name], wide, heights[name], lines[name], under.get(name, ()))
        for at, layer in enumerate(layers)
        for name in layer
        if name in graph.named
    )
    placed = {box.thing.name: box for box in boxes}
    ties = tuple(
        _drawn(tie, placed, chains.get(number, ()), tops, lefts, wide) for number, tie in enumerate(graph.ties)
    )
    tall = max((box.y + box.height for box in boxes), default=0.0)
    loop = 0.0 if not any(tie.side for tie in ties) else BETWEEN / 2
    return Layout(boxes, ties, count * wide + (count - 1) * BETWEEN + loop, tall, crossings)


def heading(thing: Thing, language: Language) -> str:
    """Return what stands in a thing's box: its title, after its number or year where it has one."""
    title = thing.title.to(language)
    return f"{thing.place} {title}" if thing.place.replace(".", "").isdigit() else title


def wrapped(text: str, room: float, most: int = MOST_LINES) -> tuple[str, ...]:
    """Break a text into lines that fit in ``room`` pixels; what does not fit in ``most`` lines ends in an ellipsis."""
    lines = [""]
    for word in _pieces(text, room):
        joined = f"{lines[-1]} {word}".strip()
        if not lines[-1] or _wide(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) > most:
        last = lines[most - 1]
        while last and _wide(f"{last} …") > room:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last.rstrip(' ,.–-')} …"]
    return tuple(lines)


def _pieces(text: str, room: float) -> list[str]:
    """Return the words of a text; a word longer than a line is broken with a hyphen."""
    pieces = []
    for word in text.split():
        rest = word
        while _wide(rest) > room:
            cut = next((at for at in range(len(rest) - 1, 1, -1) if _wide(f"{rest[:at]}-") <= room), 1)
            pieces.append(f"{rest[:cut]}-")
            rest = rest[cut:]
        pieces.append(rest)
    return pieces


def _wide(text: str) -> float:
    return width(text, TEXT) * 72 * WIDER_FACES


def _columns(graph: Graph) -> dict[str, int]:
    """Return every thing's column, counted from the left without empty ones."""
    ranks = {thing.name: COLUMNS.get(thing.kind, OTHER_LEVELS) for thing in graph.things}
    number = {rank: at for at, rank in enumerate(sorted({*ranks.values()}))}
    return {name: number[rank] for name, rank in ranks.items()}


def _layers(
    graph: Graph, columns: Mapping[str, int], count: int
) -> tuple[list[list[str]], list[list[tuple[str, str]]], dict[int, tuple[str, ...]]]:
    """Return the columns with the ties' own places in them, the links between neighbours, and each tie's places."""
    layers: list[list[str]] = [[] for _ in range(count)]
    for thing in graph.things:
        layers[columns[thing.name]].append(thing.name)
    links: list[list[tuple[str, str]]] = [[] for _ in range(max(0, count - 1))]
    chains: dict[int, tuple[str, ...]] = {}
    for number, tie in enumerate(graph.ties):
        left, right = sorted((tie.origin, tie.target), key=columns.__getitem__)
        first, last = columns[left], columns[right]
        passed = [f"\0{number}/{at}" for at in range(first + 1, last)]
        for at, name in enumerate(passed, first + 1):
            layers[at].append(name)
        stops = [left, *passed, right]
        for at, pair in enumerate(pairwise(stops), first):
            if first != last:
                links[at].append(pair)
        chains[number] = tuple(passed)
    return layers, links, chains


def _untangle(layers: list[list[str]], links: Sequence[Sequence[tuple[str, str]]], sweeps: int = 12) -> int:
    """Order every column by the mean of its neighbours, back and forth; keep the best order and count its crossings."""
    best, fewest = [list(layer) for layer in layers], _crossings(layers, links)
    for sweep in range(sweeps):
        if not fewest:
            break
        forward = sweep % 2 == 0
        for at in range(1, len(layers)) if forward else range(len(layers) - 2, -1, -1):
            fixed = layers[at - 1] if forward else layers[at + 1]
            pairs = links[at - 1] if forward else [(b, a) for a, b in links[at]]
            _sort_by_mean(layers[at], fixed, pairs)
        now = _crossings(layers, links)
        if now < fewest:
            best, fewest = [list(layer) for layer in layers], now
    for at, layer in enumerate(best):
        layers[at] = layer
    return fewest


def _sort_by_mean(layer: list[str], fixed: Sequence[str], pairs: Sequence[tuple[str, str]]) -> None:
    at = {name: number for number, name in enumerate(fixed)}
    found: dict[str, list[int]] = {}
    for there, here in pairs:
        found.setdefault(here, []).append(at[there])
    # What has no neighbour on this side keeps its share of the column's height.
    share = len(fixed) / max(1, len(layer))
    means = {
        name: sum(found[name]) / len(found[name]) if name in found else number * share
        for number, name in enumerate(layer)
    }
    layer.sort(key=means.__getitem__)


def _crossings(layers: Sequence[Sequence[str]], links: Sequence[Sequence[tuple[str, str]]]) -> int:
    """Count the pairs of links that cross: inversions among the right ends, the links sorted by their left."""
    total = 0
    for at, pairs in enumerate(links):
        left = {name: number for number, name in enumerate(layers[at])}
        right = {name: number for number, name in enumerate(layers[at + 1])}
        ends = [b for _, b in sorted((left[a], right[b]) for a, b in pairs)]
        tree = [0] * (len(layers[at + 1]) + 1)
        for seen, end in enumerate(ends):
            total += seen - _sum(tree, end + 1)
            _add(tree, end + 1)
    return total


def _sum(tree: list[int], at: int) -> int:
    total = 0
    while at:
        total += tree[at]
        at -= at & -at
    return total


def _add(tree: list[int], at: int) -> None:
    while at < len(tree):
        tree[at] += 1
        at += at & -at


def _stand(
    layers: Sequence[Sequence[str]], links: Sequence[Sequence[tuple[str, str]]], heights: Mapping[str, float]
) -> dict[str, float]:
    """Return the top of everything: as near its neighbours as it can stand, nothing on anything else."""
    tall = {name: heights.get(name, PASSING) for layer in layers for name in layer}
    near: dict[str, list[str]] = {name: [] for name in tall}
    for pairs in links:
        for a, b in pairs:
            near[a].append(b)
            near[b].append(a)
    middle: dict[str, float] = {}
    for layer in layers:
        middle |= _apart(layer, tall, dict.fromkeys(layer, 0.0))
    for sweep in range(10):
        for layer in layers if sweep % 2 else reversed(layers):
            wished = {
                name: sum(middle[other] for other in near[name]) / len(near[name]) if near[name] else middle[name]
                for name in layer
            }
            middle |= _apart(layer, tall, wished)
    tops = {name: middle[name] - tall[name] / 2 for name in tall}
    highest = min(tops.values(), default=0.0)
    return {name: top - highest for name, top in tops.items()}


def _apart(layer: Sequence[str], tall: Mapping[str, float], wished: Mapping[str, float]) -> dict[str, float]:
    """Return middles in the given order, far enough apart, with the least sum of squared distances to the wished.

    With every distance taken off, it is the question of the nearest rising row of numbers, which pooling answers.
    """
    offsets, at = [], 0.0
    for number, name in enumerate(layer):
        if number:
            at += (tall[layer[number - 1]] + tall[name]) / 2 + ROOM
        offsets.append(at)
    pools: list[tuple[float, int]] = []
    for name, offset in zip(layer, offsets, strict=True):
        mean, count = wished[name] - offset, 1
        while pools and pools[-1][0] > mean:
            earlier, many = pools.pop()
            mean, count = (mean * count + earlier * many) / (count + many), count + many
        pools.append((mean, count))
    levels = [mean for mean, count in pools for _ in range(count)]
    return {name: level + offset for name, level, offset in zip(layer, levels, offsets, strict=True)}


def _drawn(
    tie: Tie,
    placed: Mapping[str, Box],
    passed: Sequence[str],
    tops: Mapping[str, float],
    lefts: Sequence[float],
    wide: float,
) -> Drawn:
    start, end = placed[tie.origin], placed[tie.target]
    if start.column == end.column:
        right = start.x + wide
        return Drawn(tie, ((right, start.y + start.height / 2), (right, end.y + end.height / 2)), side=True)
    forward = start.column < end.column
    left, last = (start, end) if forward else (end, start)
    points = [(left.x + wide, left.y + left.height / 2)]
    for column, name in enumerate(passed, left.column + 1):
        y = tops[name] + PASSING / 2
        points += [(lefts[column], y), (lefts[column] + wide, y)]
    points.append((last.x, last.y + last.height / 2))
    return Drawn(tie, tuple(points if forward else reversed(points)), side=False)
