"""Writing SVG: elements as escaped text, numbers short, styling left to classes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from markupsafe import Markup, escape

Attribute = str | float | None


def short(value: float) -> str:
    """Write a coordinate with at most one decimal."""
    text = f"{value:.1f}"
    return text.removesuffix(".0") if text != "-0.0" else "0"


def element(name: str, *children: str, **attributes: Attribute) -> Markup:
    """Return one element; ``class_`` becomes ``class``, underscores in names become hyphens, None is left out.

    Children that are ``Markup`` are kept as they are, all other text is escaped.
    """
    parts = []
    for key, value in attributes.items():
        if value is None:
            continue
        written = short(value) if isinstance(value, (int, float)) else escape(value)
        parts.append(f' {_attribute(key)}="{written}"')
    inside = "".join([child if isinstance(child, Markup) else escape(child) for child in children])
    # Every part is escaped above.
    return Markup(f"<{name}{''.join(parts)}>{inside}</{name}>" if inside else f"<{name}{''.join(parts)}/>")  # noqa: S704 - escaped


@cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def polyline(points: Iterable[tuple[float, float]], class_: str) -> Markup:
    """Return an unfilled line through ``points``."""
    return element("path", d=path(points), class_=class_)


def path(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """Return path data through ``points``."""
    data = "M" + "L".join(f"{short(x)} {short(y)}" for x, y in points)
    return data + "Z" if closed else data


def figure(
    name: str, title: str, description: str, width: float, height: float, parts: list[Markup], class_: str
) -> Markup:
    """Return a whole picture with its title and description for those who do not see it.

    ``name`` must be unique on the page: it ties the picture to its title and description.
    """
    return element(
        "svg",
        element("title", title, id=f"{name}-t"),
        element("desc", description, id=f"{name}-d"),
        *parts,
        viewBox=f"0 0 {short(width)} {short(height)}",
        role="img",
        aria_labelledby=f"{name}-t {name}-d",
        class_=class_,
        focusable="false",
    )
