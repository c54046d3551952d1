"""The bundled strategy says what its sources say: counts, wording at the line named, addresses, translations."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from vagvisare.editions.document import Edition, Source
from vagvisare.editions.registers import Occasion, Register, Strategy
from vagvisare.findings.finding import FindingType
from vagvisare.followups.document import FollowUp, Said, Statement
from vagvisare.strategy_folder import read
from vagvisare.strategy_folder.folder import Folder
from vagvisare.terms.territory import COUNTIES, municipalities

REPOSITORY = Path(__file__).parents[2]
FOLDER = REPOSITORY / "strategies" / "orebro"
SEEDS = REPOSITORY.parent / "shared" / "seeds"
UPDATE, FOLLOW_UP = "000_bce6add0e5d7e8be.txt", "002_a95b7bbb696b51ef.txt"
ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")
AREA_COUNTS = {
    "5.1": (4, 3, 3),
    "5.2": (4, 3, 2),
    "5.3": (3, 3, 4),
    "5.4": (4, 3, 3),
    "5.5": (4, 3, 3),
    "5.6": (3, 3, 3),
    "5.7": (3, 3, 3),
    "5.8": (4, 3, 3),
    "5.9": (3, 3, 3),
    "5.10": (2, 3, 4),
}
"""Desired states, strategic directions and stated changes of each area, counted in the source by hand."""


@pytest.fixture(scope="module")
def folder() -> Folder:
    return read(FOLDER)


@pytest.fixture(scope="module")
def strategy(folder: Folder) -> Strategy:
    return folder.strategy


@pytest.fixture(scope="module")
def edition(strategy: Strategy) -> Edition:
    return strategy.edition


@pytest.fixture(scope="module")
def register(strategy: Strategy) -> Register:
    return strategy.register


@pytest.fixture(scope="module")
def follow_up(folder: Folder) -> FollowUp:
    (found,) = folder.follow_ups
    return found


@pytest.fixture(scope="module")
def seeds() -> dict[str, list[str]]:
    missing = [name for name in (UPDATE, FOLLOW_UP) if not (SEEDS / name).is_file()]
    if missing:
        pytest.skip(
            f"the sources {', '.join(missing)} do not stand beside this repository, so no quote can be compared"
        )
    return {name: (SEEDS / name).read_text(encoding="utf-8").split("\n") for name in (UPDATE, FOLLOW_UP)}


def _plain(text: str) -> str:
    """Take away what the conversion to text added: tags, bullets, heading marks, bold, and where lines break."""
    lines = [re.sub(r"^\s*(#+|-|\d\.)\s+", "", line) for line in text.split("\n")]
    bare = html.unescape(re.sub(r"<[^>]+>", " ", " ".join(lines)))
    return re.sub(r"\s+", " ", re.sub(r"\*|•", " ", bare)).strip()


def _quotes(folder: Folder) -> Iterator[tuple[str, str, Source]]:
    """Every wording that claims to be the source's own: what it is, the wording, where it stands."""
    for edition in folder.strategy.editions:
        yield from ((n.address, n.text, n.source) for n in edition.nodes if not n.working_name)
        yield from ((f"change in {c.area}", c.text, c.source) for c in edition.changes)
    register = folder.strategy.register
    yield from ((e.key, e.title, e.source) for e in register.evidence)
    yield from ((t.key, t.text, t.source) for t in register.trends)
    yield from ((f"{link.origin} → {link.target}", link.rationale, link.source) for link in register.links)
    for follow_up in folder.follow_ups:
        yield from ((s.key, s.text, s.source) for s in _statements(follow_up))
        yield from ((s.key, s.text, s.source) for s in _said(follow_up))
        yield from ((f.key, f.name, f.source) for f in follow_up.focuses)


def _statements(follow_up: FollowUp) -> tuple[Statement, ...]:
    return tuple(s for focus in follow_up.focuses for s in focus.statements)


def _said(follow_up: FollowUp) -> tuple[Said, ...]:
    results = tuple(r for focus in follow_up.focuses for r in focus.results)
    purposes = tuple(focus.purpose for focus in follow_up.focuses if focus.purpose)
    rest = (*follow_up.shifts, *follow_up.insights, *follow_up.principles, *follow_up.questions)
    return (*results, *purposes, *rest)


def test_every_quote_stands_at_its_line_in_the_source(folder: Folder, seeds: dict[str, list[str]]):
    compared, wrong = 0, []
    for what, text, source in _quotes(folder):
        if source.document not in seeds:
            continue
        assert source.first is not None, what
        lines = seeds[source.document][source.first - 1 : source.last or source.first]
        compared += 1
        if _plain(text) not in _plain("\n".join(lines)):
            wrong.append(f"{what} ({source}): {text}")
    assert not wrong
    assert compared >= 230


def test_a_quote_covers_its_whole_bullet(folder: Folder, seeds: dict[str, list[str]]):
    """A wording that stops short would still be found in its line; bullets must be quoted whole."""
    current = folder.strategy.edition
    whole = [(n.text, n.source) for n in current.nodes if n.level in {"desired_state", "direction"}]
    whole += [(c.text, c.source) for c in current.changes]
    whole += [(t.text, t.source) for t in folder.strategy.register.trends]
    whole += [(s.text, s.source) for f in folder.follow_ups for s in (*_statements(f), *_said(f))]
    assert len(whole) == 34 + 30 + 31 + 15 + 20 + 14 + 1 + 8 + 4 + 7 + 2
    for text, source in whole:
        assert source.first is not None
        lines = seeds[source.document][source.first - 1 : source.last or source.first]
        assert _plain(text) == _plain("\n".join(lines))


def test_the_evidence_counts_are_the_source_s(register: Register, seeds: dict[str, list[str]]):
    for item in register.evidence:
        assert item.source.first is not None
        title, count = seeds[UPDATE][item.source.first - 1].split("\t")
        assert (item.title, item.areas_affected) == (title.strip(), int(count))


def test_the_strategy_names_owner_place_and_peers(strategy: Strategy):
    assert strategy.owner.sv == "Region Örebro län"
    assert strategy.territory == "18"
    assert strategy.comparison == ("19", "07", "17", "06")
    assert set(strategy.comparison) <= set(COUNTIES)
    assert not strategy.synthetic
    assert [e.key for e in strategy.editions] == ["2018", "2021-remiss"]
    assert (strategy.current, strategy.edition.follows) == ("2021-remiss", "2018")


def test_every_level_is_named_in_both_languages_and_used(strategy: Strategy):
    used = {node.level for edition in strategy.editions for node in edition.nodes}
    assert used == {level.key for level in strategy.levels}
    for level in strategy.levels:
        assert all((level.name.sv, level.name.en, level.plural.sv, level.plural.en))


def test_the_consultation_version_has_every_node_of_the_source(edition: Edition):
    counts = Counter(node.level for node in edition.nodes)
    assert counts == {
        "vision": 1,
        "overarching_goal": 3,
        "effect_goal": 20,
        "perspective": 5,
        "chapter": 6,
        "passage": 4,
        "area": 10,
        "desired_state": 34,
        "direction": 30,
    }
    assert len(edition.changes) == 31
    assert not edition.partial


def test_effect_goals_stand_under_their_goal(edition: Edition):
    goals = {goal.text: len(edition.under(goal.address)) for goal in edition.at("overarching_goal")}
    assert goals == {"Stark konkurrenskraft": 8, "Hög och jämlik livskvalitet": 6, "God resurseffektivitet": 6}


def test_each_area_has_its_states_directions_and_changes(edition: Edition):
    counted = {}
    for area in edition.at("area"):
        levels = Counter(node.level for node in edition.under(area.address))
        changes = sum(change.area == area.address for change in edition.changes)
        counted[area.number] = (levels["desired_state"], levels["direction"], changes)
    assert counted == AREA_COUNTS


def test_only_the_areas_the_source_names_are_not_working_names(edition: Edition):
    named = {area.number for area in edition.at("area") if not area.working_name}
    assert named == {"5.3", "5.9", "5.10"}
    assert all(area.note for area in edition.at("area") if area.working_name)
    assert not any(node.working_name for node in edition.nodes if node.level != "area")


def test_slips_are_kept_and_noted(edition: Edition):
    innovation = edition.by_address["omrade/innovationskraft-och-specialisering/lage/starkt-innovationssystem"]
    assert "ökar stärker konkurrens kraften" in innovation.text
    assert innovation.note
    assert any("högspecialiserade världens" in change.text for change in edition.changes)
    split = edition.by_address[
        "omrade/social-sammanhallning-och-demokrati/lage/socialt-foretagande-moter-samhallsutmaningar"
    ]
    assert (split.source.first, split.source.last) == (271, 272)
    assert split.note


def test_the_edition_of_2018_is_partial_and_invents_no_goal(strategy: Strategy):
    (older,) = (e for e in strategy.editions if e.key == "2018")
    assert older.partial
    assert older.note
    assert {node.level for node in older.nodes} == {"area", "desired_state", "direction"}
    assert not older.changes


def test_a_reworded_node_keeps_its_address(strategy: Strategy):
    older, current = strategy.editions
    shared = set(older.by_address) & set(current.by_address)
    reworded = {a for a in shared if older.by_address[a].text != current.by_address[a].text}
    assert reworded == {
        "omrade/kunskapslyft-och-utbildning/lage/kunskapsregion-genom-samverkan",
        "omrade/kunskapslyft-och-utbildning/inriktning/samverkan-for-barn-och-unga",
    }


def test_addresses_are_readable_ascii_and_nested_under_their_parents(strategy: Strategy):
    for edition in strategy.editions:
        assert len(edition.by_address) == len(edition.nodes)
        for node in edition.nodes:
            assert ADDRESS.fullmatch(node.address), node.address
            if node.level in {"desired_state", "direction", "passage"}:
                assert node.address.startswith(f"{node.parent}/")
                assert node.address.rsplit("/", 1)[1].count("-") < 6, node.address
            assert node.parent == "" or node.parent in edition.by_address


def test_everything_said_has_english(folder: Folder):
    silent = [node.address for e in folder.strategy.editions for node in e.nodes if not node.english]
    silent += [change.text for e in folder.strategy.editions for change in e.changes if not change.english]
    register = folder.strategy.register
    for items in (register.evidence, register.trends, register.actors, register.timeline):
        silent += [item.key for item in items if not item.english]
    for follow_up in folder.follow_ups:
        silent += [s.key for s in (*_statements(follow_up), *_said(follow_up), *follow_up.focuses) if not s.english]
    assert not silent


def test_english_is_not_the_swedish_again(folder: Folder):
    same_in_both = {"Region Örebro län"}
    for edition in folder.strategy.editions:
        for node in edition.nodes:
            assert node.english not in {node.text, *same_in_both}


def test_stated_changes_are_of_known_kinds(edition: Edition):
    kinds = Counter(change.kind for change in edition.changes)
    assert kinds == {
        "emphasis": 11,
        "clarification": 2,
        "heading": 2,
        "reformulation": 2,
        "new_direction": 3,
        "added_goal_link": 4,
        "current_situation": 4,
        "topic": 3,
    }
    assert {change.area for change in edition.changes} == {area.address for area in edition.at("area")}


def test_links_are_only_those_the_source_states(register: Register, edition: Edition):
    stated = {(link.origin.removeprefix("omrade/"), link.target, link.source.first) for link in register.links}
    assert stated == {
        ("kompetensforsorjning-och-matchning", "mal/stark-konkurrenskraft", 263),
        ("kompetensforsorjning-och-matchning", "mal/hog-och-jamlik-livskvalitet", 263),
        ("kompetensforsorjning-och-matchning", "mal/god-resurseffektivitet", 263),
        ("social-sammanhallning-och-demokrati", "effektmal/minskad-klimatpaverkan", 289),
        ("transporter-och-infrastruktur", "mal/hog-och-jamlik-livskvalitet", 392),
        ("transporter-och-infrastruktur", "mal/god-resurseffektivitet", 392),
    }
    for link in register.links:
        assert link.kind == "contributes_to"
        assert {link.origin, link.target} <= set(edition.by_address)


def test_evidence_adds_up(register: Register, edition: Edition):
    assert len(register.evidence) == 23
    assert sum(item.areas_affected for item in register.evidence) == 124
    kinds = {"convention", "eu_policy", "national_strategy", "bill", "report", "trend", "event", "action_plan"}
    assert {item.kind for item in register.evidence} == kinds
    areas = {area.address for area in edition.at("area")}
    for item in register.evidence:
        assert set(item.areas) == (areas if item.areas_affected == len(areas) else set())


def test_trends_of_2022_continue_those_of_2021(register: Register):
    by_year = {year: {t.key for t in register.trends if t.year == year} for year in (2021, 2022)}
    assert {year: len(keys) for year, keys in by_year.items()} == {2021: 8, 2022: 7}
    continued = {t.continues for t in register.trends if t.year == 2022}
    assert by_year[2021] - continued == {"2021-megatrender"}
    assert {t.key for t in register.trends if t.megatrend} == {"2021-megatrender"}


def test_the_twelve_municipalities_are_actors(register: Register):
    codes = {actor.territory for actor in register.actors if actor.kind == "municipality"}
    assert codes == set(municipalities("18"))
    assert len(register.actors) == 32


def _occasion(register: Register, key: str) -> Occasion:
    return next(occasion for occasion in register.timeline if occasion.key == key)


def test_the_consultation_s_start_is_the_only_conflict_and_both_dates_stand(register: Register):
    assert [o.key for o in register.timeline if o.in_conflict] == ["remiss-2021"]
    claims = {(c.start, c.end, c.source.first) for c in _occasion(register, "remiss-2021").claims}
    assert claims == {("2021-06-17", "2021-09-30", 26), ("2021-06-20", "2021-09-30", 429)}


def test_adoption_came_later_than_planned(register: Register):
    claims = {claim.kind: claim.start for claim in _occasion(register, "antagande-2022").claims}
    assert claims == {"planned": "2021", "actual": "2022-04-28"}


def test_dates_are_iso_text_in_order(register: Register):
    form = re.compile(r"\d{4}(-\d{2}){0,2}")
    for occasion in register.timeline:
        for claim in occasion.claims:
            assert form.fullmatch(claim.start)
            assert claim.kind in {"planned", "actual"}
            assert not claim.end or (form.fullmatch(claim.end) and claim.start < claim.end)
    starts = [occasion.claims[0].start for occasion in register.timeline if occasion.key != "antagande-2022"]
    assert starts == sorted(starts)


def test_the_pandemic_is_declared(folder: Folder):
    (event,) = folder.events
    assert (event.key, event.first, event.last) == ("pandemi", 2020, 2021)
    assert (event.name.sv, event.name.en) == ("pandemin", "the pandemic")


def test_the_follow_up_has_everything_the_presentation_said(follow_up: FollowUp):
    assert (follow_up.key, follow_up.dated.isoformat(), follow_up.body) == (
        "2022",
        "2022-06-17",
        "Regionala samverkansrådet",
    )
    counts = [
        (sum(not s.caveat for s in f.statements), sum(s.caveat for s in f.statements), len(f.results))
        for f in follow_up.focuses
    ]
    assert counts == [(5, 1, 4), (5, 0, 2), (9, 0, 8)]
    lengths = [len(x) for x in (follow_up.shifts, follow_up.insights, follow_up.principles, follow_up.questions)]
    assert lengths == [8, 4, 7, 2]
    assert [f.purpose is not None for f in follow_up.focuses] == [False, True, False]
    keys = [s.key for s in (*_statements(follow_up), *_said(follow_up), *follow_up.focuses)]
    assert all(ADDRESS.fullmatch(key) for key in keys)


def test_shifts_are_nested_as_in_the_presentation(follow_up: FollowUp):
    parent, *children, last = follow_up.shifts
    assert parent.parent == last.parent == ""
    assert {child.parent for child in children} == {parent.key}
    assert len(children) == 6


def test_statement_types(follow_up: FollowUp):
    types = Counter(s.type for s in _statements(follow_up))
    assert types == {
        FindingType.TREND: 9,
        FindingType.COMPOSITE: 2,
        FindingType.SHOCK: 2,
        FindingType.REVERSAL: 2,
        FindingType.LEVEL: 1,
        FindingType.RANK: 1,
        FindingType.PERSIST: 1,
        FindingType.PACE: 1,
        FindingType.GAP: 1,
    }


ASPECTS = {
    "trend": {"rising", "falling"},
    "last_change": {"rising", "falling"},
    "run": {"rising", "falling"},
    "shock": {"rising", "falling"},
    "reversal": {"rising", "falling"},
    "rank": {"lowest", "highest"},
    "level": {"better_than_nation", "better_than_before"},
    "pace": {"too_slow"},
    "gap": {"wide"},
}


def test_claims_speak_of_indicators_events_and_answers_that_exist(folder: Folder, follow_up: FollowUp):
    indicators = {indicator.key: indicator for indicator in folder.indicators}
    events = {event.key for event in folder.events}
    for statement in _statements(follow_up):
        for claim in statement.claims:
            assert claim.indicator in indicators, (statement.key, claim.indicator)
            assert claim.expected in ASPECTS[claim.aspect], (statement.key, claim)
            assert (claim.event in events) == (claim.aspect == "shock")
            assert claim.note, statement.key
            assert claim.note_en, statement.key
            if claim.aspect == "pace":
                assert indicators[claim.indicator].targets
            if claim.aspect == "gap":
                assert indicators[claim.indicator].contrasts


def test_a_statement_has_claims_or_says_what_is_missing(follow_up: FollowUp):
    for statement in _statements(follow_up):
        assert statement.claims or statement.missing, statement.key
        assert bool(statement.missing) == bool(statement.missing_en)
    without = {s.source.first for s in _statements(follow_up) if not s.claims}
    assert without == {28, 54, 70, 72, 73, 75, 76}


def test_the_expected_answer_is_about_the_figure_not_the_word(follow_up: FollowUp):
    # Safety falls when fear rises.
    expected = {s.source.first: {(c.indicator, c.aspect, c.expected) for c in s.claims} for s in _statements(follow_up)}
    assert ("low_trust", "trend", "rising") in expected[51]
    assert ("fear_of_going_out", "trend", "rising") in expected[51]
    assert ("employment_rate_20_64", "shock", "falling") in expected[30]
    assert ("upper_secondary_eligibility", "rank", "lowest") in expected[53]
    assert ("ghg_emissions", "pace", "too_slow") in expected[77]
    assert ("children_economic_vulnerability", "trend", "rising") in expected[52]
    assert ("children_low_economic_standard", "trend", "rising") in expected[52]


def test_what_the_figures_do_not_measure_decides_nothing(follow_up: FollowUp):
    """Adults' answers where young people are meant, and pasture beside arable land, are shown as context."""
    context = {s.source.first: {c.indicator for c in s.claims if c.context} for s in _statements(follow_up) if s.claims}
    assert {line: keys for line, keys in context.items() if keys} == {
        50: {"good_self_rated_health"},
        51: {"fear_of_going_out", "low_trust"},
        69: {"rd_public", "rd_university"},
        74: {"pasture"},
    }
    deciding = {s.source.first for s in _statements(follow_up) if any(not c.context for c in s.claims)}
    assert deciding == {27, 29, 30, 31, 33, 52, 53, 69, 71, 74, 77}
