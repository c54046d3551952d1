"""The bundled strategy as one graph, its gaps, and its overview; and small made-up ones where a gap must be certain."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from vagvisare.editions.document import Edition, LevelName, Link, Node, Source, StatedChange
from vagvisare.editions.graph import TIES, reasons, sentence
from vagvisare.editions.registers import (
    Alignment,
    Evidence,
    Register,
    Screening,
    SteeringInput,
    Strategy,
    TrendItem,
)
from vagvisare.followups.document import Focus, FollowUp, Said
from vagvisare.followups.hanging import KINDS, PLURALS, hanging_together, kind_names
from vagvisare.followups.missing_ties import gaps
from vagvisare.followups.overview import overview
from vagvisare.strategy_folder.reading import read
from vagvisare.terms.language import Language, Text

OREBRO = Path(__file__).parents[2] / "strategies" / "orebro"
SOURCE = Source("påhittad.txt", 3)


@pytest.fixture(scope="module")
def folder():
    return read(OREBRO)


@pytest.fixture(scope="module")
def orebro(folder):
    return hanging_together(folder.strategy, folder.indicators, folder.follow_ups)


def node(address, level, parent=""):
    return Node(address, level, f"Text {address}", SOURCE, parent=parent)


NODES = (
    node("mal", "overarching_goal"), node("m1", "effect_goal", "mal"), node("m2", "effect_goal", "mal"),
    node("p", "perspective"), node("o1", "area"), node("kapitel", "chapter", "o1"),
    node("r1", "direction", "kapitel"), node("o2", "area"), node("r2", "direction", "o2"),
)  # fmt: skip


def strategy(links=(), changes=(), nodes=NODES, *, partial=False, **registers):
    edition = Edition("nu", "Nu", "sealed", date(2020, 1, 1), SOURCE, partial=partial, nodes=nodes, changes=changes,
                      links=links)  # fmt: skip
    levels = (LevelName("area", Text("område", "area"), Text("områden", "areas")),)
    return Strategy("s", Text("s", "s"), Text("s", "s"), "18", ("sv",), (), levels, "nu", (edition,),
                    Register(**registers))  # fmt: skip


def gap(key, made, **more):
    return next(each for each in gaps(hanging_together(made, **more), made) if each.key == key)


def keys(things):
    return [thing.key for thing in things]


def test_everything_that_is_more_than_framework_is_in_the_graph(folder, orebro):
    edition = folder.strategy.edition
    wanted = {node.address for node in edition.nodes if node.level not in {"chapter", "passage"}}
    assert wanted <= {thing.key for thing in orebro.things}
    counted = {
        kind: len(orebro.of_kind(kind)) for kind in ("area", "direction", "desired_state", "effect_goal", "change")
    }
    assert counted == {"area": 10, "direction": 30, "desired_state": 34, "effect_goal": 20, "change": 31}
    assert len(orebro.of_kind("indicator")) == len(folder.indicators)
    assert not orebro.of_kind("chapter", "passage")


def test_every_kind_of_thing_and_tie_has_words(folder, orebro):
    assert {thing.kind for thing in orebro.things} <= kind_names(folder.strategy).keys()
    assert {tie.kind for tie in orebro.ties} <= TIES.keys()
    assert KINDS.keys() == PLURALS.keys()


def test_a_direction_of_the_bundled_strategy_says_why_it_is_here(orebro):
    name = "direction:omrade/kompetensforsorjning-och-matchning/inriktning/riv-hinder-pa-arbetsmarknaden"
    said = {sentence(orebro, way, Language.SV) for way in reasons(orebro, name)}
    assert (
        "”Riv hinder för utsatta grupper på arbetsmarknaden” hör till ”Kompetensförsörjning och matchning”, "
        "som påverkas av ”Trend: Digitalisering”." in said
    )


def test_what_is_denied_is_no_tie():
    links = (
        Link("contributes_to", "o1", "m1", "Ja.", SOURCE),
        Link("contributes_to", "o1", "m2", "Nej.", SOURCE, denied=True),
    )
    ties = [tie for tie in hanging_together(strategy(links)).ties if tie.kind == "contributes_to"]
    assert [(tie.origin, tie.target, tie.why.sv, tie.source) for tie in ties] == [
        ("area:o1", "effect_goal:m1", "Ja.", "påhittad.txt:3")
    ]


def test_what_lies_in_a_chapter_hangs_on_what_the_chapter_lies_in():
    ties = {(tie.origin, tie.target) for tie in hanging_together(strategy()).ties if tie.kind == "part_of"}
    assert ("direction:r1", "area:o1") in ties


def test_changes_reasons_screenings_policies_trends_and_steering_are_tied():
    change = StatedChange(
        "o1", "Ändrat", SOURCE, nodes=("r1",), reasons=("evidence:u", "mandate:b", "annat:x"), why="Så."
    )
    made = strategy(
        changes=(change,),
        evidence=(Evidence("u", "Underlag", "report", 1, SOURCE, areas=("o1", "borta")),),
        mandate=(SteeringInput("b", "Behåll", "givare", "constraint", SOURCE),),
        trends=(
            TrendItem("mega", "Mega", 2021, SOURCE, megatrend=True),
            TrendItem("t", "Trend", 2022, SOURCE, driven_by=("mega",), continues="mega"),
        ),
        alignments=(Alignment("a", "Agenda", "global", SOURCE, nodes=("o2",)),),
        screenings=(Screening("1", "p", "r1", "partly", how="Lite."), Screening("2", "p", "r2", "no")),
    )
    drawn = hanging_together(made)
    ties = {(tie.kind, tie.origin, tie.target) for tie in drawn.ties}
    assert ties >= {
        ("concerns", "change:nu/1", "area:o1"), ("changes", "change:nu/1", "direction:r1"),
        ("reasoned_by", "change:nu/1", "evidence:u"), ("reasoned_by", "change:nu/1", "mandate:b"),
        ("affects", "evidence:u", "area:o1"), ("drives", "trend:mega", "trend:t"),
        ("continues", "trend:t", "trend:mega"), ("follows_policy", "area:o2", "policy:a"),
        ("takes_up", "direction:r1", "perspective:p"),
    }  # fmt: skip
    assert not [tie for tie in ties if "r2" in tie[1] and tie[0] == "takes_up"]
    assert ("affects", "evidence:u", "node:borta") not in ties
    why = {sentence(drawn, way, Language.SV) for way in reasons(drawn, "direction:r1")}
    assert "”Text r1” har ändrats genom ”Ändrat”, som har som skäl ”Underlag”." in why


def test_a_follow_up_is_tied_to_what_it_tests_and_works_towards():
    focus = Focus("k", "Kraftsamling", SOURCE, "Effort", (), (Said("res", "Resultat", SOURCE),), goals=("m1",))
    shifts = (Said("f", "Förflyttning", SOURCE), Said("f1", "Del", SOURCE, parent="f"))
    follow_up = FollowUp("2022", "U", "F", date(2022, 6, 17), "Rådet", SOURCE, (focus,), shifts)
    ties = {(t.kind, t.origin, t.target) for t in hanging_together(strategy(), follow_ups=[follow_up]).ties}
    assert ties >= {
        ("works_towards", "effort:2022/k", "effect_goal:m1"),
        ("result_of", "result:2022/k/res", "effort:2022/k"),
        ("part_of", "shift:2022/f1", "shift:2022/f"),
    }


def test_a_goal_no_area_is_known_to_carry_is_unstated_until_every_cell_is_denied():
    one = Link("contributes_to", "o1", "m1", "", SOURCE, denied=True)
    assert keys(gap("goals_without_area", strategy((one,))).unstated) == ["m1", "m2"]
    both = (one, replace(one, origin="o2"))
    certain = gap("goals_without_area", strategy(both))
    assert (keys(certain.missing), keys(certain.unstated)) == (["m1"], ["m2"])


def test_evidence_is_without_effect_only_when_no_area_is_left_to_enter():
    evidence = (Evidence("tomt", "Tomt", "report", 0, SOURCE), Evidence("oifyllt", "Oifyllt", "report", 2, SOURCE))
    found = gap("evidence_without_effect", strategy(evidence=evidence))
    assert (keys(found.missing), keys(found.unstated), found.of) == (["tomt"], ["oifyllt"], 2)


def test_a_direction_without_evidence_is_certain_only_when_no_evidence_may_still_turn_out_to_affect_its_area():
    full = Evidence("u", "Underlag", "report", 1, SOURCE, areas=("o1",))
    found = gap("directions_without_evidence", strategy(evidence=(full,)))
    assert (keys(found.missing), keys(found.unstated)) == (["r2"], [])
    half = replace(full, areas_affected=2)
    found = gap("directions_without_evidence", strategy(evidence=(half,)))
    assert (keys(found.missing), keys(found.unstated)) == ([], ["r2"])
    said_no = replace(half, other_areas=("o2",))
    assert keys(gap("directions_without_evidence", strategy(evidence=(said_no,))).missing) == ["r2"]


def test_a_change_with_a_reason_is_evidence_enough():
    change = StatedChange("o2", "Ändrat", SOURCE, nodes=("r2",), reasons=("evidence:u",))
    full = Evidence("u", "Underlag", "report", 1, SOURCE, areas=("o1",))
    found = gap("directions_without_evidence", strategy(changes=(change,), evidence=(full,)))
    assert not found.missing
    assert not found.unstated


def test_an_area_without_directions_is_certain_unless_the_edition_is_partial():
    nodes = (*NODES, node("o3", "area"))
    assert keys(gap("areas_without_directions", strategy(nodes=nodes)).missing) == ["o3"]
    assert keys(gap("areas_without_directions", strategy(nodes=nodes, partial=True)).unstated) == ["o3"]


def test_a_trend_nothing_answers_is_certain_once_any_change_has_a_reason():
    trends = (TrendItem("t1", "T1", 2021, SOURCE), TrendItem("t2", "T2", 2021, SOURCE))
    silent = (StatedChange("o1", "Ändrat", SOURCE),)
    assert keys(gap("trends_nothing_answers", strategy(changes=silent, trends=trends)).unstated) == ["t1", "t2"]
    told = (StatedChange("o1", "Ändrat", SOURCE, reasons=("trends:t1",)),)
    assert keys(gap("trends_nothing_answers", strategy(changes=told, trends=trends)).missing) == ["t2"]


def test_goals_and_indicators_without_each_other(folder):
    indicator = replace(folder.indicators[0], key="i", watches=("m1",))
    loose = replace(indicator, key="lös", watches=())
    made = strategy()
    assert keys(gap("goals_without_indicator", made, indicators=[indicator, loose]).missing) == ["m2"]
    assert keys(gap("indicators_that_watch_nothing", made, indicators=[indicator, loose]).missing) == ["lös"]
    assert keys(gap("goals_without_indicator", made).unstated) == ["m1", "m2"]


def test_the_gaps_of_the_bundled_strategy_keep_unknown_apart_from_missing(folder, orebro):
    told = {each.key: each for each in gaps(orebro, folder.strategy)}
    carried = told["goals_without_area"]
    assert (len(carried.missing), len(carried.unstated), carried.of) == (0, 19, 20)
    assert not told["evidence_without_effect"].missing
    for each in told.values():
        assert not set(each.missing) & set(each.unstated)
        assert len(each.missing) + len(each.unstated) <= each.of


def test_the_overview_counts_what_it_does_not_show_and_loses_nothing(folder, orebro):
    seen = overview(orebro)
    shown = {thing.name for thing in seen.graph.things}
    counted = sum(sum(kinds.values()) for name, kinds in seen.counted.items() if name in shown)
    assert len(seen.graph.things) + counted + len(seen.alone) == len(orebro.things)
    assert seen.counted["area:omrade/kunskapslyft-och-utbildning"]["direction"] == 3
    assert all(tie.origin != tie.target for tie in seen.graph.ties)
    assert len(seen.graph.things) < len(orebro.things) / 3
