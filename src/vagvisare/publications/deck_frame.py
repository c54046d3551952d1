"""The frame every slide hangs in: format 16:9, typefaces, colours, placeholders; one master, three layouts."""

from __future__ import annotations

import re
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches

WIDTH, HEIGHT = 13.333, 7.5
MARGIN = 0.75
ROOM = WIDTH - 2 * MARGIN
EYEBROW_TOP = 0.45
TITLE_TOP = 0.82
FOOT_TOP = 6.93
BODY_BOTTOM = 6.72

TITLE_SIZES = (32, 30, 28)
"""Points a title may have; never below 28, since it is read aloud (DESIGN, Slides)."""
SPOKEN_SIZE = 28
DETAIL_SIZE = 20
"""The figures behind the sentence: to be seen, not read aloud."""
SMALL_SIZE = 18
FOOT_SIZE = 12
TABLE_GAP = 0.25
"""Between a title and the table under it, in inches."""

LAYOUT_TITLE, LAYOUT_LINES, LAYOUT_PICTURE = 0, 1, 2

_COLOURS = {
    "dk1": "1B1D1F",
    "lt1": "FBFAF7",
    "dk2": "5B6167",
    "lt2": "D9D6CF",
    "accent1": "0B5D4B",
    "accent2": "1F6F8B",
    "accent3": "A63A2B",
    "accent4": "6B5B95",
    "accent5": "5B6167",
    "accent6": "B4B0A7",
    "hlink": "0B5D4B",
    "folHlink": "5B6167",
}
_HEADLINE, _TEXT = "Georgia", "Arial"
_KEPT = {"Title Slide": "Titel", "Title and Content": "Rubrik och rader", "Title Only": "Rubrik och bild"}


def blank(language_tag: str) -> Any:
    """Return an empty presentation in our frame; ``language_tag`` is the language of its prompts (sv-SE)."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for layout in list(deck.slide_layouts):
        if layout.name not in _KEPT:
            deck.slide_layouts.remove(layout)
    _drop_thumbnail(deck)
    _theme(deck)
    _master(deck.slide_master)
    for layout in deck.slide_layouts:
        _layout(layout)
        layout.name = _KEPT[layout.name]
    for shapes in (deck.slide_master, *deck.slide_layouts):
        for properties in shapes._element.iter(qn("a:rPr"), qn("a:endParaRPr"), qn("a:defRPr")):  # noqa: SLF001  the library has no door to languages
            properties.set("lang", language_tag)
    return deck


def place(shape: Any, left: float, top: float, width: float, height: float) -> None:
    """Put a shape at a place given in inches."""
    shape.left, shape.top = Inches(left), Inches(top)
    shape.width, shape.height = Inches(width), Inches(height)


def _drop_thumbnail(deck: Any) -> None:
    """Remove the library's picture of an empty slide, which file managers would show as ours."""
    package = deck.part.package
    for key, relation in list(package._rels.items()):  # noqa: SLF001  package relations have no public removal
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package._rels.pop(key)  # noqa: SLF001  the same


def _theme(deck: Any) -> None:
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    text = part.blob.decode()
    for name, value in _COLOURS.items():
        colour = f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
        text = re.sub(f"<a:{name}>.*?</a:{name}>", colour, text, flags=re.DOTALL)
    for kind, face in (("majorFont", _HEADLINE), ("minorFont", _TEXT)):
        text = re.sub(f'(<a:{kind}><a:latin typeface=")[^"]*', rf"\g<1>{face}", text)
    text = re.sub(r'(<a:theme [^>]*name=")[^"]*', r"\g<1>Vägvisare", text)
    part._blob = text.encode()  # noqa: SLF001  the library keeps themes as bytes and offers no setter


def _master(master: Any) -> None:
    for shape in list(master.placeholders):
        kind = shape.element.find(".//" + qn("p:ph")).get("type")
        if kind in {"dt", "ftr"}:
            shape.element.getparent().remove(shape.element)
        elif kind == "title":
            place(shape, MARGIN, TITLE_TOP, ROOM, 1.4)
            _plain_box(shape, "t")
        elif kind == "body":
            place(shape, MARGIN, 2.2, ROOM, BODY_BOTTOM - 2.2)
            _plain_box(shape, "t")
        else:
            place(shape, WIDTH - MARGIN - 1.0, FOOT_TOP, 1.0, 0.3)
            _plain_box(shape, "t")
    styles = master.element.find(qn("p:txStyles"))
    title = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", str(TITLE_SIZES[0] * 100))
    for level in styles.find(qn("p:bodyStyle")):
        _quiet(level)
    _rule(master)


def _quiet(level: Any) -> None:
    """Take the bullet from a level: lines are set apart by space alone."""
    for mark in ("a:buFont", "a:buChar"):
        for found in level.findall(qn(mark)):
            level.remove(found)
    depth = int(level.tag[-4]) - 1
    level.set("marL", str(Inches(0.4 * depth)))
    level.set("indent", "0")
    properties = level.find(qn("a:defRPr"))
    if properties is not None:
        properties.set("sz", str(SPOKEN_SIZE * 100))
        properties.addprevious(level.makeelement(qn("a:buNone"), {}))


def _plain_box(shape: Any, anchor: str) -> None:
    body = shape.element.find(qn("p:txBody")).find(qn("a:bodyPr"))
    for name in ("lIns", "rIns", "tIns", "bIns"):
        body.set(name, "0")
    body.set("anchor", anchor)
    for child in list(body):
        body.remove(child)


def _rule(master: Any) -> None:
    """Draw the thin rule above the source line, once for all slides."""
    start, stop, top = Inches(MARGIN), Inches(ROOM), Inches(FOOT_TOP - 0.08)
    namespaces = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    namespaces += 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    line = (
        f"<p:cxnSp {namespaces}><p:nvCxnSpPr>"
        '<p:cNvPr id="20" name="Linje"/><p:cNvCxnSpPr/><p:nvPr userDrawn="1"/></p:nvCxnSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{start}" y="{top}"/><a:ext cx="{stop}" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        '<a:ln w="9525"><a:solidFill><a:schemeClr val="bg2"/></a:solidFill></a:ln></p:spPr></p:cxnSp>'
    )
    master.shapes._spTree.append(parse_xml(line))  # noqa: SLF001  a master has no add_connector


def _layout(layout: Any) -> None:
    for shape in list(layout.placeholders):
        kind = shape.element.find(".//" + qn("p:ph")).get("type")
        if kind in {"dt", "ftr"}:
            shape.element.getparent().remove(shape.element)
        elif kind == "ctrTitle":
            place(shape, MARGIN, 2.1, ROOM, 1.9)
            shape.element.find(qn("p:txBody")).find(qn("a:bodyPr")).set("anchor", "b")
        elif kind == "subTitle":
            place(shape, MARGIN, 4.3, ROOM, 0.6)
            for level in shape.element.find(qn("p:txBody")).find(qn("a:lstStyle")):
                level.set("algn", "l")
