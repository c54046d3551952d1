"""Perspective screening: what is asked, what is answered, and what is neither. The edition is made up."""

from datetime import date

from vagvisare.editions.document import Edition, Node, Source
from vagvisare.editions.registers import Screening
from vagvisare.editions.screening import Coverage, Taken, area_above, screened

SOURCE = Source("påhittad.txt", 1)


def node(address, level, parent=""):
    return Node(address, level, address, SOURCE, parent=parent)


EDITION = Edition(
    "a", "a", "sealed", date(2020, 1, 1), SOURCE, partial=False,
    nodes=(
        node("p1", "perspective"), node("p2", "perspective"), node("o1", "area"), node("r1", "direction", "o1"),
        node("kapitel", "chapter", "o1"), node("r2", "direction", "kapitel"), node("r3", "direction"),
    ),
)  # fmt: skip


def laid(*answers):
    values = [Screening(str(number), p, n, answer) for number, (n, p, answer) in enumerate(answers)]
    return screened(EDITION, values, "direction", "perspective", "area")


def test_a_question_nobody_has_answered_is_unknown_not_no():
    table = laid(("r1", "p1", "yes"), ("r2", "p1", "no"))
    assert table.taken("r1", "p1") is Taken.YES
    assert table.taken("r2", "p1") is Taken.NO
    assert table.taken("r3", "p1") is Taken.UNKNOWN
    assert len(table.unanswered()) == 4


def test_coverage_is_counted_for_each_perspective_and_area():
    table = laid(("r1", "p1", "yes"), ("r2", "p1", "partly"), ("r3", "p2", "no"))
    assert table.coverage("p1") == Coverage(1, 1, 0, 1)
    assert table.coverage("p1", "o1") == Coverage(1, 1, 0, 0)
    assert table.of_area("o1") == Coverage(1, 1, 0, 2)
    assert table.whole() == Coverage(1, 1, 1, 3)
    assert (table.whole().asked, table.whole().all) == (3, 6)


def test_coverage_is_said_with_what_is_missing():
    assert Coverage(1, 0, 2, 1).words().sv == "1 ja, 2 nej, 1 ej besvarad"
    assert Coverage(0, 1, 0, 3).words().en == "1 partly, 3 not answered"
    assert Coverage(0, 0, 0, 0).words().sv == "inget att svara på"


def test_answers_about_what_is_not_in_the_edition_are_left_out():
    assert laid(("borta", "p1", "yes"), ("r1", "borta", "yes")).whole() == Coverage(0, 0, 0, 6)


def test_a_node_lies_in_the_nearest_area_above_it():
    assert area_above(EDITION, EDITION.by_address["r2"], "area") == "o1"
    assert area_above(EDITION, EDITION.by_address["o1"], "area") == "o1"
    assert area_above(EDITION, EDITION.by_address["r3"], "area") == ""


def test_a_circle_of_parents_has_no_area():
    circle = Edition("c", "c", "draft", None, SOURCE, partial=False, nodes=(node("a", "x", "b"), node("b", "x", "a")))
    assert area_above(circle, circle.by_address["a"], "area") == ""
