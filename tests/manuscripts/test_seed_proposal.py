"""The region's presentation rebuilds the edition that was made from it by hand, and asks for what it cannot know."""

from collections import Counter

import pytest

from vagvisare.editions.document import LevelName
from vagvisare.manuscripts.manuscript import PieceKind
from vagvisare.manuscripts.plain import from_plain, to_plain
from vagvisare.manuscripts.plain_text import read_plain_text
from vagvisare.manuscripts.planning import plan
from vagvisare.manuscripts.proposal import Asked, Becomes, Decision
from vagvisare.manuscripts.proposing import propose
from vagvisare.terms.language import Text


@pytest.fixture(scope="module")
def proposal(update, strategy, earlier):
    return propose(update, strategy.levels, (earlier,))


@pytest.fixture(scope="module")
def planned(proposal, update, strategy, earlier):
    return plan(proposal, update.name, strategy.levels, (earlier,))


def asked(proposal, kind):
    return [question for question in proposal.questions if question.kind is kind]


def test_everything_in_it_is_found_and_counted(proposal, planned):
    levels = Counter(item.level for item in proposal.items if item.becomes is Becomes.NODE)
    assert levels == {
        "area": 10, "desired_state": 34, "direction": 30, "effect_goal": 20, "overarching_goal": 3, "perspective": 5,
        "chapter": 6, "passage": 4, "vision": 1,
    }  # fmt: skip
    assert len(planned.changes) == 31
    assert len(planned.trends) == 8
    assert len(planned.evidence) == 23
    assert sum(found.areas_affected for found in planned.evidence) == 124


@pytest.mark.parametrize(
    "level",
    ["desired_state", "direction", "effect_goal", "overarching_goal", "perspective", "chapter", "passage", "vision"],
)
def test_every_node_of_the_bundled_edition_is_found_with_its_lines(planned, bundled, level):
    found = [(node.text, str(node.source), node.number) for node in planned.nodes if node.level == level]
    assert found == [(node.text, str(node.source), node.number) for node in bundled.at(level)]


def test_areas_have_their_numbers_and_lines_and_the_lost_ones_are_asked_for(proposal, bundled):
    areas = [item for item in proposal.items if item.level == "area" and item.becomes is Becomes.NODE]
    by_number = {item.number: item for item in areas}
    assert set(by_number) == {node.number for node in bundled.at("area")}
    lost = [node for node in bundled.at("area") if node.working_name]
    assert [question.at for question in asked(proposal, Asked.LOST_HEADING)] == [
        by_number[node.number].key for node in lost
    ]
    for node in bundled.at("area"):
        item = by_number[node.number]
        if node in lost:
            assert (item.text, item.piece) == ("", None)
            if node.source.first:
                assert str(item.where.source("000_bce6add0e5d7e8be.txt")) == str(node.source)
        else:
            assert item.text == node.text
            assert str(item.where.source("000_bce6add0e5d7e8be.txt")) == str(node.source)


def test_each_point_lies_under_the_area_it_does_in_the_bundled_edition(proposal, update, strategy, bundled, earlier):
    names = {node.number: node.text for node in bundled.at("area")}
    named = {item.key: Decision(text=names[item.number]) for item in proposal.items if item.piece is None}
    decided = propose(update, strategy.levels, (earlier,), named)
    assert decided.open == ()
    made = plan(decided, update.name, strategy.levels, (earlier,))
    text = {node.address: node.text for node in made.nodes}
    found = [(node.text, text.get(node.parent, "")) for node in made.nodes]
    assert found == [(node.text, bundled.by_address[node.parent].text if node.parent else "") for node in bundled.nodes]
    stated = [found.stated for found in made.changes]
    changes = [(change.text, text[change.area], str(change.source)) for change in stated]
    assert changes == [
        (change.text, bundled.by_address[change.area].text, str(change.source)) for change in bundled.changes
    ]


def test_read_again_beside_its_own_edition_every_node_keeps_its_address(update, strategy, bundled, earlier):
    known = (bundled, earlier)
    proposal = propose(update, strategy.levels, known)
    offered = {question.at: question.likely for question in proposal.open}
    named = {at: Decision(text=likely) for at, likely in offered.items()}
    made = plan(propose(update, strategy.levels, known, named), update.name, strategy.levels, known)
    assert {node.address: node.text for node in made.nodes} == {node.address: node.text for node in bundled.nodes}
    assert {node.address: node.parent for node in made.nodes} == {node.address: node.parent for node in bundled.nodes}


def test_what_the_document_says_replaces_what_keeps_its_address(planned, bundled):
    for address in (
        "omrade/kunskapslyft-och-utbildning/lage/kunskapsregion-genom-samverkan",
        "omrade/kunskapslyft-och-utbildning/inriktning/samverkan-for-barn-och-unga",
    ):
        node = next(node for node in planned.nodes if node.address == address)
        assert node.text == bundled.by_address[address].text
        assert address in planned.known


def test_a_name_of_the_earlier_edition_is_offered_but_not_pressed_upon_anybody(proposal):
    lost = asked(proposal, Asked.LOST_HEADING)
    assert all(question.options == ("Social sammanhållning och demokrati",) for question in lost)
    assert {question.likely for question in lost} == {""}


def test_the_split_point_is_joined_and_shown(proposal, planned):
    question, *others = asked(proposal, Asked.SPLIT_POINT)
    assert others == []
    assert "rad 271–272" in question.what.sv
    node = next(node for node in planned.nodes if node.text.endswith("samhällsutmaningar"))
    assert (node.source.first, node.source.last) == (271, 272)
    assert "hopfogad" in node.note


def test_the_joining_can_be_undone(proposal, update, strategy, earlier):
    at = asked(proposal, Asked.SPLIT_POINT)[0].at
    decided = propose(update, strategy.levels, (earlier,), {at: Decision(Becomes.NODE, "desired_state")})
    states = [item.text for item in decided.items if item.level == "desired_state" and item.becomes is Becomes.NODE]
    assert len(states) == 35
    assert "Socialt företagande och innovation möter" in states
    assert asked(decided, Asked.SPLIT_POINT) == []


def test_what_was_settled_on_the_way_is_listed(proposal):
    told = {question.kind: question.what.sv for question in proposal.questions}
    assert "5.9 Transporter och infrastruktur" in told[Asked.LATE_HEADING]
    assert len(asked(proposal, Asked.DUPLICATE_HEADING)) == 2
    assert [question.what.sv for question in asked(proposal, Asked.DUPLICATE_NUMBER)] == [
        "Samma nummer, 2, står vid ”Syfte” och ”Uppdraget”.",
        "Samma nummer, 3, står vid ”Vår vision och övergripande mål” och ”Viktiga perspektiv”.",
    ]
    assert "REMISSVERSION står i 11 rubriker" in told[Asked.STAMP]
    assert "Tidsplan – Översikt" in asked(proposal, Asked.EMPTY_HEADING)[0].what.sv


def test_the_two_dates_that_disagree_are_found(proposal):
    question, *others = asked(proposal, Asked.DATES)
    assert others == []
    assert "17/6 – 30/9” (rad 26)" in question.what.sv
    assert "20 juni – 30 september” (rad 429)" in question.what.sv


def test_what_is_no_strategy_is_not_read_in(proposal, update):
    kept = {item.text for item in proposal.items if item.becomes is Becomes.NODE}
    for text in ("Uppdatering RUS", "Behåll strukturen i nuvarande RUS", "20 juni – 30 september", "Tack", "Frågor?"):
        assert text not in kept


def test_lists_inside_table_cells_keep_their_column(planned, bundled):
    found = {node.text: node.parent for node in planned.nodes if node.level == "effect_goal"}
    goals = {node.address: node.text for node in planned.nodes}
    wanted = {node.text: bundled.by_address[node.parent].text for node in bundled.at("effect_goal")}
    assert {text: goals[parent] for text, parent in found.items()} == wanted


def test_the_follow_up_reads_with_its_headings_and_nested_points(follow_up):
    headings = [piece.text for piece in follow_up.pieces if piece.kind is PieceKind.HEADING]
    for heading in ("Kraftsamlingar", "Ökad inkludering", "Omvärldstrender", "Behov av förflyttningar",
                    "EU-nivå och nationell nivå", "Från ord till handling", "Diskussionsfrågor"):  # fmt: skip
        assert heading in headings
    assert sum(piece.kind is PieceKind.BULLET for piece in follow_up.pieces) == 64
    nested = [piece.text for piece in follow_up.pieces if piece.kind is PieceKind.BULLET and piece.depth > 1]
    assert nested == [
        "Ökad elektrifiering", "Säkrad energiförsörjning", "Fossiloberoende", "Säkrad livsmedelsförsörjning",
        "Likvärdiga förutsättningar", "Bra uppväxtvillkor för barn och unga",
    ]  # fmt: skip


def test_the_follow_up_can_be_proposed_and_every_line_is_accounted_for(follow_up, strategy, bundled):
    proposal = propose(follow_up, strategy.levels, (bundled,))
    assert [item.piece for item in proposal.items if item.piece is not None] == list(range(len(follow_up.pieces)))
    trends = [item.text for item in proposal.items if item.becomes is Becomes.TREND]
    assert len(trends) == 7
    assert trends[-1].startswith("Oförutsedda händelser")


@pytest.mark.parametrize("which", ["update", "follow_up"])
def test_a_manuscript_survives_the_records(which, request):
    read = request.getfixturevalue(which)
    assert from_plain(to_plain(read)) == read


def test_a_list_that_goes_on_under_the_same_heading_loses_no_area(strategy):
    text = (
        "# 5.1 Skog\n## Önskvärt läge\n- Fler tallar\n## Önskvärt läge (forts.)\n- Fler björkar\n"
        "## Strategiska inriktningar\n- Plantera.\n## Önskvärt läge\n- Klart vatten\n"
    )
    proposal = propose(read_plain_text("x.md", text.encode()), strategy.levels)
    under = {item.text: item.parent for item in proposal.items if item.level == "desired_state"}
    assert under["Fler tallar"] == under["Fler björkar"] == "p0"
    assert [question.at for question in proposal.open] == [under["Klart vatten"]] == ["h7"]


def test_another_regions_words_for_its_levels_are_recognised():
    levels = [
        LevelName("insatsomrade", Text("insatsområde", "action area"), Text("insatsområden", "action areas")),
        LevelName("malbild", Text("målbild", "target picture"), Text("målbilder", "target pictures")),
        LevelName("atgard", Text("åtgärd", "measure"), Text("åtgärder", "measures")),
    ]
    text = "# Skog\n## Målbild\n- Fler tallar\n## Åtgärder\n- Plantera tallar.\n"
    read = read_plain_text("x.md", text.encode())
    made = plan(propose(read, levels), "x.md", levels)
    assert [(node.level, node.address) for node in made.nodes] == [
        ("insatsomrade", "insatsomrade/skog"),
        ("malbild", "insatsomrade/skog/malbild/fler-tallar"),
        ("atgard", "insatsomrade/skog/atgard/plantera-tallar"),
    ]
