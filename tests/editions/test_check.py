"""Checks of a strategy as a value, made up throughout."""

from dataclasses import replace

import pytest

from vagvisare.editions.check import check_edition, check_strategy
from vagvisare.editions.document import Edition, LevelName, Node, Source
from vagvisare.editions.registers import DateClaim, Document, Evidence, Link, Occasion, Register, Strategy, TrendItem
from vagvisare.terms.language import Text

S = Source("påhittat")
T = Text("På", "Made")


def edition(*nodes, key="e", follows=""):
    return Edition(key, "E", "x", None, S, False, nodes, follows=follows)


def node(address, parent="", level="goal", text="Ord"):
    return Node(address, level, text, S, parent)


def strategy(**changes):
    sound = Strategy(
        "s",
        T,
        T,
        "18",
        ("sv",),
        ("19",),
        (LevelName("goal", T, T),),
        "e",
        (edition(node("a"), node("b", "a")),),
        Register(),
    )
    return replace(sound, **changes)


def said(value):
    return [problem.what.sv for problem in check_strategy(value)]


def test_a_sound_strategy_has_no_problem():
    assert said(strategy()) == []


def test_circles_of_any_length_and_only_those():
    ring = edition(node("a", "c"), node("b", "a"), node("c", "b"), node("d", "c"))
    found = list(check_edition(ring, {"goal"}))
    assert [p.subject.address for p in found] == ["a", "b", "c"]
    (own,) = check_edition(edition(node("a", "a")), {"goal"})
    assert own.steps == ("parent",)


def test_edition_without_parent_level_or_words():
    found = list(check_edition(edition(node("a", "x", "y", " ")), {"goal"}))
    assert {p.steps for p in found} == {("level",), ("parent",), ("text",)}
    assert ("nivå", "y") in {p.missing for p in found}


def test_an_address_twice():
    (found,) = check_edition(edition(node("a"), node("a", text="Annat")), {"goal"})
    assert found.subject.text == "Annat"


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"territory": "x"}, "områdeskod"),
        ({"comparison": ("19", "x")}, "områdeskod"),
        ({"languages": ("sv", "de")}, "språkkod"),
        ({"levels": (LevelName("goal", T, T), LevelName("goal", T, T))}, "Nivån ”goal” finns redan"),
        ({"editions": ()}, "ingen utgåva"),
        ({"current": "x"}, "utgåva ”x”"),
        ({"editions": (edition(node("a"), follows="e"),)}, "utgåva ”e”"),
        ({"register": Register(links=(Link("contributes_to", "a", "z", "", S),))}, "adress ”z”"),
        ({"register": Register(links=(Link("likes", "a", "b", "", S),))}, "samband ”likes”"),
        ({"register": Register(trends=(TrendItem("t", "T", 2021, S, continues="t"),))}, "trend ”t”"),
        ({"register": Register(evidence=(Evidence("e", "T", "k", 1, S, areas=("a", "b")),))}, "2 områden räknas upp"),
        ({"register": Register(timeline=(Occasion("o", "O", ()),))}, "saknar datum"),
    ],
)
def test_problems(changes, what):
    found = said(strategy(**changes))
    assert len(found) == 1
    assert what in found[0]


@pytest.mark.parametrize(
    ("start", "end", "problems"),
    [
        ("2021", "", 0),
        ("2021-06", "2021-06-30", 0),
        ("2021-06-17", "2021-06", 0),
        ("2021-06-17", "2021-06-17", 0),
        ("2021-02-30", "", 1),
        ("2021-13", "", 1),
        ("21", "", 1),
        ("", "", 1),
        ("2021", "2020-12-31", 1),
        ("2021-6-1", "", 1),
    ],
)
def test_dates_of_any_precision(start, end, problems):
    occasion = Occasion("o", "O", (DateClaim("planned", start, S, end),))
    assert len(said(strategy(register=Register(timeline=(occasion,))))) == problems


def test_documents_have_a_name_of_their_own_and_a_title():
    sound = Document("a.txt", "A")
    assert said(strategy(documents=(sound, Document("b.txt", "A")))) == []
    assert said(strategy(documents=(sound, Document("a.txt", "B")))) == ["Dokumentet ”a.txt” finns redan."]
    assert said(strategy(documents=(Document(" ", ""),))) == [
        "Dokumentet saknar namn i källhänvisningarna.",
        "Dokumentet saknar titel.",
    ]
