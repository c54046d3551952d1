"""A JSON-stat data set: its dimensions, what it says of itself, and its figures in long form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from vagvisare.sources.arrange import Long
from vagvisare.sources.contract import Axis
from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.jsonstat import cells
from vagvisare.sources.jsonstat.status import PXWEB
from vagvisare.sources.wire import Reply
from vagvisare.terms.language import Text

MOST_DIMENSIONS = 40
MOST_CATEGORIES = 200_000


@dataclass(frozen=True, slots=True)
class Cube:
    """A data set as its source describes it.

    ``axes`` are in the source's order, categories in the order of their index. ``roles`` says which dimensions are
    ``time``, ``geo`` and ``metric``. ``said`` is the whole reply, for what only one source has (``extension``): any
    JSON, not to be trusted. ``figures`` is None where only a description was read.
    """

    axes: tuple[Axis, ...]
    label: str
    updated: str
    roles: Mapping[str, tuple[str, ...]]
    said: Mapping[str, Any]
    figures: Long | None = None

    def axis(self, code: str) -> Axis | None:
        """Return a dimension by its code."""
        return next((axis for axis in self.axes if axis.code == code), None)


def read(reply: Reply, statuses: Mapping[str, str] = PXWEB) -> Cube:
    """Read a data set with its figures, one row a cell; of a sparse one only the cells that are named.

    Args:
        reply: the reply; JSON-stat 2.0 of the class dataset.
        statuses: what the source's symbols mean (``PXWEB``, ``EUROSTAT``, or these with more added).

    Raises:
        UnreadableError: when it is anything else, contradicts itself, or is unreasonably large.
    """
    cube = described(reply)
    sizes = [len(axis.categories) for axis in cube.axes]
    codes = {axis.code: [code for code, _ in axis.categories] for axis in cube.axes}
    rows = cells.figures(cube.said, sizes, codes, reply.url, statuses)
    return Cube(cube.axes, cube.label, cube.updated, cube.roles, cube.said, rows)


def described(reply: Reply) -> Cube:
    """Read what a data set says of itself, with or without figures.

    Raises:
        UnreadableError: as ``read``.
    """
    said = _document(reply)
    return Cube(_axes(said, reply.url), _text(said.get("label")), _text(said.get("updated")), _roles(said), said)


def _document(reply: Reply) -> dict[str, Any]:
    try:
        said = orjson.loads(reply.body)
    except orjson.JSONDecodeError:
        # The plain reader knows how to say what is wrong; what it lets pass (NaN, a number without end) is no JSON.
        UnreadableError.json_of(reply)
        raise UnreadableError.of(
            reply.url, Text("Det är inte JSON enligt standarden.", "It is not JSON by the standard.")
        ) from None
    if not isinstance(said, dict) or said.get("class", "dataset") != "dataset" or "dimension" not in said:
        raise UnreadableError.of(
            reply.url, Text("Det är ingen tabell i formatet JSON-stat.", "It is no table in the format JSON-stat.")
        )
    return said


def _axes(said: Mapping[str, Any], url: str) -> tuple[Axis, ...]:
    ids, sizes, dimensions = said.get("id"), said.get("size"), said.get("dimension")
    if not isinstance(ids, list) or not isinstance(sizes, list) or not isinstance(dimensions, dict):
        raise _contradiction(url, "id")
    if not 0 < len(ids) == len(sizes) <= MOST_DIMENSIONS or not all(isinstance(code, str) for code in ids):
        raise _contradiction(url, "id")
    if len(set(ids)) != len(ids):
        raise _contradiction(url, "id")
    return tuple(_axis(code, size, dimensions.get(code), url) for code, size in zip(ids, sizes, strict=True))


def _axis(code: str, size: Any, dimension: Any, url: str) -> Axis:
    category = dimension.get("category") if isinstance(dimension, dict) else None
    if not isinstance(category, dict) or type(size) is not int or not 0 <= size <= MOST_CATEGORIES:
        raise _contradiction(url, code)
    labels = category.get("label")
    labels = labels if isinstance(labels, dict) else {}
    codes = _ordered(category.get("index", labels), url, code)
    if len(codes) != size:
        raise _contradiction(url, code)
    categories = tuple((each, _text(labels.get(each)) or each) for each in codes)
    return Axis(code, _text(dimension.get("label")) or code, categories)


def _ordered(index: Any, url: str, code: str) -> list[str]:
    """Return the codes of a dimension in order; the standard lets a single category go without an index."""
    if isinstance(index, list):
        if not all(isinstance(each, str) for each in index) or len(set(index)) != len(index):
            raise _contradiction(url, code)
        return index
    if not isinstance(index, dict):
        raise _contradiction(url, code)
    if all(isinstance(place, str) for place in index.values()) and len(index) == 1:
        return list(index)
    places = list(index.values())
    if not all(type(place) is int for place in places) or sorted(places) != list(range(len(places))):
        raise _contradiction(url, code)
    return sorted(index, key=index.__getitem__)


def _roles(said: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    roles = said.get("role")
    if not isinstance(roles, dict):
        return {}
    return {
        name: tuple(code for code in codes if isinstance(code, str))
        for name, codes in roles.items()
        if isinstance(codes, list)
    }


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _contradiction(url: str, code: str) -> UnreadableError:
    name = code[:60]
    return UnreadableError.of(
        url,
        Text(
            f"Dess dimensioner går inte ihop (”{name}”): koder, antal och ordning säger emot varandra.",
            f"Its dimensions do not add up (“{name}”): codes, sizes and order contradict each other.",
        ),
    )
