"""The picture of how everything hangs together: nothing on anything else, every tie drawn, the list the same."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.editions.graph import TIES, Graph, Thing, Tie
from vagvisare.followups.hanging import hanging_together, kind_names
from vagvisare.followups.overview import overview
from vagvisare.publications.graph_layout import COLUMNS, TEXT, lay_out, wrapped
from vagvisare.publications.graph_picture import in_order, picture, said
from vagvisare.strategy_folder.reading import read
from vagvisare.terms.language import Language, Text

OREBRO = Path(__file__).parents[2] / "strategies" / "orebro"
CENTRES = [
    ("area:omrade/kompetensforsorjning-och-matchning", 1),
    ("area:omrade/kompetensforsorjning-och-matchning", 2),
    ("effect_goal:effektmal/minskad-klimatpaverkan", 2),
    ("evidence:grona-given", 1),
    ("effort:2022/okad-inkludering", 2),
    ("indicator:ghg_emissions", 2),
]


@pytest.fixture(scope="module")
def folder():
    return read(OREBRO)


@pytest.fixture(scope="module")
def whole(folder):
    return hanging_together(folder.strategy, folder.indicators, folder.follow_ups)


def apart(layout):
    """Measure every pair of boxes, and every tie against every box it does not belong to."""
    for number, one in enumerate(layout.boxes):
        for other in layout.boxes[number + 1 :]:
            beside = one.x + one.width <= other.x or other.x + other.width <= one.x
            above = one.y + one.height <= other.y or other.y + other.height <= one.y
            assert beside or above, (one.thing.name, other.thing.name)
        assert one.x >= 0
        assert one.y >= 0
        assert one.x + one.width <= layout.width
        assert one.y + one.height <= layout.height
    for drawn in layout.ties:
        for x, y in drawn.points[1:-1]:
            for box in layout.boxes:
                inside = box.x < x < box.x + box.width and box.y < y < box.y + box.height
                assert not inside, (drawn.tie, box.thing.name)
        flat = [(a, b) for a, b in zip(drawn.points, drawn.points[1:], strict=False) if a[1] == b[1] and not drawn.side]
        for (ax, y), (bx, _) in flat:
            for box in layout.boxes:
                runs_through = (
                    box.x < max(ax, bx) and min(ax, bx) < box.x + box.width and box.y < y < box.y + box.height
                )
                assert not runs_through, (drawn.tie, box.thing.name)


@pytest.mark.parametrize(("centre", "steps"), CENTRES)
@pytest.mark.parametrize("language", list(Language))
def test_no_box_stands_on_another_and_no_tie_runs_through_one(whole, centre, steps, language):
    apart(lay_out(whole.around(centre, steps), language))


def test_the_whole_strategy_has_room_for_everything_and_fits_a_wide_screen(whole):
    layout = lay_out(overview(whole).graph, Language.SV)
    apart(layout)
    assert layout.width <= 1152


def test_the_sweeps_take_crossings_away():
    twisted = Graph(
        tuple(Thing(kind, key, Text(key, key)) for kind, key in
              [("area", "a"), ("area", "b"), ("effect_goal", "c"), ("effect_goal", "d")]),
        (Tie("contributes_to", "area:a", "effect_goal:d"), Tie("contributes_to", "area:b", "effect_goal:c")),
    )  # fmt: skip
    assert lay_out(twisted, Language.SV).crossings == 0


KINDS = [*sorted(COLUMNS), "a_level_of_their_own"]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_graph_can_be_laid_out(data):
    count = data.draw(st.integers(0, 14))
    words = st.text("abcdefghij åäö-", max_size=90)
    things = tuple(
        Thing(data.draw(st.sampled_from(KINDS)), str(number), Text(data.draw(words), "x")) for number in range(count)
    )
    ends = st.sampled_from([thing.name for thing in things]) if things else st.nothing()
    ties = data.draw(st.lists(st.builds(Tie, st.sampled_from(sorted(TIES)), ends, ends), max_size=20)) if things else []
    drawn = Graph(things, tuple(tie for tie in ties if tie.origin != tie.target))
    layout = lay_out(drawn, Language.SV)
    apart(layout)
    assert len(layout.ties) == len(drawn.ties)
    assert {box.thing.name for box in layout.boxes} == {thing.name for thing in things}


def test_titles_are_broken_into_lines_that_fit_and_say_when_they_are_cut():
    assert wrapped("Kort", 120) == ("Kort",)
    lines = wrapped("Gemensamt informationssystem för arbetsmarknadsutbildningar och annat som är långt " * 3, 120)
    assert len(lines) == 4
    assert lines[-1].endswith(" …")
    assert "".join(wrapped("Arbetsmarknadsutbildningsanordnare", 100)).replace("-", "") == (
        "Arbetsmarknadsutbildningsanordnare"
    )
    assert wrapped("", 100) == ("",)


def parsed(whole, centre, steps, folder, language=Language.SV):
    near = whole.around(centre, steps)
    text = picture(near, centre, language, lambda thing: f"/karta/?fran={thing.name}", kind_names(folder.strategy))
    return near, text, ET.fromstring(text)  # noqa: S314  drawn by ourselves


@pytest.mark.parametrize(("centre", "steps"), CENTRES)
def test_the_picture_holds_every_thing_as_a_link_and_every_tie(whole, folder, centre, steps):
    near, text, svg = parsed(whole, centre, steps, folder)
    links = [each.get("href") for each in svg.iter("a")]
    assert sorted(links) == sorted(f"/karta/?fran={thing.name}" for thing in near.things)
    assert links[0] == f"/karta/?fran={centre}", "the keyboard begins in the middle"
    assert len(list(svg.iter("path"))) == len(near.ties)
    assert svg.find("title").text
    assert svg.find("desc").text
    assert "style=" not in text
    assert "<script" not in text


def test_the_keyboard_visits_what_is_near_before_what_is_far(whole):
    centre = "area:omrade/kompetensforsorjning-och-matchning"
    near = whole.around(centre, 2)
    far = near.distances(centre, 2)
    order = [far[box.thing.name] for box in in_order(lay_out(near, Language.SV).boxes, near, centre)]
    assert order == sorted(order)


@pytest.mark.parametrize(("centre", "steps"), [*CENTRES, ("", 0)])
def test_the_list_says_exactly_what_the_picture_says(whole, centre, steps):
    near = whole.around(centre, steps) if centre else overview(whole).graph
    told = said(near, centre)
    assert {each.thing for each in told} == set(near.things)
    ties = [step.tie for each in told for step in each.steps]
    assert len(ties) == len(near.ties)
    assert set(ties) == set(near.ties)
    assert all(step.start == each.thing.name for each in told for step in each.steps)


def test_words_of_people_are_text_and_never_markup():
    mean = Thing("area", "a", Text("<script>alert(1)</script>", "<b>&"))
    text = picture(Graph((mean,), ()), "area:a", Language.SV, lambda _: '"><script>')
    assert "<script" not in text
    assert ET.fromstring(text).find("a").get("href") == '"><script>'  # noqa: S314


def test_the_language_of_titles_and_description_is_the_readers(whole, folder):
    _, english, _ = parsed(whole, "effect_goal:effektmal/minskad-klimatpaverkan", 1, folder, Language.EN)
    assert "Less impact on the climate" in english
    assert "The list says the same." in english
    assert "Minskad klimatpåverkan" not in english


def test_the_sizes_are_readable():
    assert TEXT >= 12
    assert not re.search(r"font-size=\"(?:[0-9]|10)\"", picture(Graph((), ()), "", Language.SV))
