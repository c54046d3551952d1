"""The county map: every county is there, told apart by pattern and number as well as by colour."""

from xml.etree import ElementTree as ET

from vagvisare.publications import maps
from vagvisare.terms.territory import COUNTIES


def drawn(counties):
    made = maps.draw("karta", "Länen", "Talen är platser.", counties)
    return ET.fromstring(f'<r xmlns="http://www.w3.org/2000/svg">{made}</r>')[0]  # noqa: S314 our own drawing


def test_every_county_has_an_outline_and_a_place_for_its_number():
    width, shapes = maps.shapes()
    assert set(shapes) == set(COUNTIES)
    for shape in shapes.values():
        assert shape.outline.startswith("M")
        assert 0 < shape.x < width
        assert 0 < shape.y < maps.HEIGHT


def test_sweden_keeps_its_proportions():
    width, shapes = maps.shapes()
    assert 0.40 < width / maps.HEIGHT < 0.50
    assert shapes["25"].y < shapes["18"].y < shapes["12"].y, "Norrbotten lies north of Örebro, Skåne south"
    assert shapes["14"].x < shapes["18"].x < shapes["09"].x, "Västra Götaland lies west, Gotland east"


def test_the_outlines_are_small_enough_to_send_with_every_page():
    assert sum(len(shape.outline) for shape in maps.shapes()[1].values()) < 20_000


def test_thirds_are_told_apart_without_colour():
    counties = [
        maps.County("18", "last", "21", "Örebro län: 79,2 procent", own=True),
        maps.County("01", "first", "1", "Stockholms län: 88,6 procent"),
        maps.County("03", "middle", "9", "Uppsala län: 84,0 procent"),
    ]
    svg = drawn(counties)
    shapes = {e.get("data-read"): e for e in svg.iter() if e.get("data-read")}
    assert shapes["Örebro län: 79,2 procent"].get("fill") == "url(#karta-hatch)"
    assert "own-county" in shapes["Örebro län: 79,2 procent"].get("class")
    assert "first" in shapes["Stockholms län: 88,6 procent"].get("class")
    assert {"21", "1", "9"} <= {e.text for e in svg.iter() if e.tag.endswith("text")}


def test_the_territory_is_drawn_last_so_that_its_outline_is_whole():
    counties = [maps.County("18", "first", "1", "a", own=True), maps.County("19", "last", "2", "b")]
    reads = [e.get("data-read") for e in drawn(counties).iter() if e.get("data-read")]
    assert reads == ["b", "a"]


def test_unknown_counties_are_left_out():
    assert not [e for e in drawn([maps.County("99", "first", "1", "x")]).iter() if e.get("data-read")]
