"""Suggestions of which nodes are the same where addresses do not tell. The texts are made up."""

from dataclasses import replace

import pytest

from vagvisare.editions.diff import compare
from vagvisare.editions.document import Edition, Lineage, Node, Source
from vagvisare.editions.likeness import LEAST, suggest_lineage

S = Source("påhittat")
LONG = "Skapa goda förutsättningar för bostadsbyggande i hela länet och planera resor mellan länets tätorter"
TEXTS = {
    "omrade": "Boende och resor",
    "omrade/ett": LONG,
    "omrade/tva": "Stärk kollektivtrafiken längs de stora stråken",
    "omrade/tre": "Värna kulturmiljöerna",
}


def edition(texts, parent="omrade", **more):
    nodes = tuple(
        Node(a, "area" if a == parent else "direction", t, S, "" if a == parent else parent) for a, t in texts.items()
    )
    return Edition("e", "E", "x", None, S, False, nodes, **more)


def rows(before, after):
    return {(s.lineage.kind, s.lineage.before, s.lineage.after) for s in suggest_lineage(before, after)}


BEFORE = edition(TEXTS)


def renamed(**changed):
    texts = {key.replace("omrade", "m"): text for key, text in TEXTS.items()}
    return edition(texts | changed, parent="m")


def test_the_same_words_are_surest():
    found = suggest_lineage(BEFORE, renamed())
    assert [(s.lineage.before, s.lineage.after, s.score) for s in found] == [
        (address, address.replace("omrade", "m"), 1.0) for address in TEXTS
    ]


def test_shared_addresses_and_told_lineage_are_left_alone():
    assert suggest_lineage(BEFORE, BEFORE) == ()
    told = replace(renamed(), lineage=tuple(Lineage("kept", a, a.replace("omrade", "m")) for a in TEXTS))
    assert suggest_lineage(BEFORE, told) == ()


def test_compounds_are_alike_by_their_parts():
    after = renamed(**{"m/tva": "Stärk kollektivtrafik längs de stora stråken och vid stationerna"})
    (found,) = [s for s in suggest_lineage(BEFORE, after) if s.lineage.after == "m/tva"]
    assert found.lineage.before == "omrade/tva"
    assert LEAST <= found.score < 0.95
    assert "procent" in found.why.sv
    assert "per cent" in found.why.en


def test_nothing_alike_is_not_suggested():
    after = renamed(**{"m/tre": "Öka export"})
    assert "m/tre" not in {s.lineage.after for s in suggest_lineage(BEFORE, after)}


def test_the_better_pair_is_taken():
    after = renamed(**{"m/fyra": TEXTS["omrade/tva"] + " nu"})
    assert ("kept", "omrade/tva", "m/tva") in rows(BEFORE, after) or ("split", "omrade/tva", "m/tva") in rows(
        BEFORE, after
    )


def test_parts_of_a_longer_text_are_a_split_and_the_other_way_a_merger():
    one, two = LONG.split(" och ")
    parts = {k: v for k, v in renamed().by_address.items() if k != "m/ett"}
    after = edition({k: n.text for k, n in parts.items()} | {"m/ett-a": one, "m/ett-b": two}, parent="m")
    assert {("split", "omrade/ett", "m/ett-a"), ("split", "omrade/ett", "m/ett-b")} <= rows(BEFORE, after)
    back = {(kind, b, a) for kind, b, a in rows(after, BEFORE) if kind == "merged"}
    assert back == {("merged", "m/ett-a", "omrade/ett"), ("merged", "m/ett-b", "omrade/ett")}


@pytest.mark.parametrize("text", ["", "…", "i och för"])
def test_texts_without_words_of_weight_are_no_trouble(text):
    suggest_lineage(edition({"omrade": "A", "omrade/x": text}), edition({"m": "B", "m/y": text}, parent="m"))


def test_what_is_suggested_can_be_confirmed_as_it_stands():
    after = renamed()
    confirmed = replace(after, lineage=tuple(s.lineage for s in suggest_lineage(BEFORE, after)))
    assert compare(BEFORE, confirmed).changed == ()


def test_between_two_alike_the_headings_above_decide():
    def two(first, second, prefix):
        rows = (
            ("skog", "area", "Skog", ""),
            ("sjo", "area", "Sjö", ""),
            ("skog/x", "direction", first, "skog"),
            ("sjo/x", "direction", second, "sjo"),
        )
        return replace(
            BEFORE,
            nodes=tuple(Node(prefix + a, level, t, S, prefix + up if up else "") for a, level, t, up in rows if t),
        )

    before = two("Märk upp alla stigarna tydligt", "Märk upp alla stigarna tydligt", "g-")
    after = two("Märk upp alla stigarna varsamt", "", "n-")
    told = {s.lineage.before: s.score for s in suggest_lineage(before, after) if s.lineage.after == "n-skog/x"}
    assert max(told, key=told.get) == "g-skog/x"
