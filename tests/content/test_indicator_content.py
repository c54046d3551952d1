"""The bundled strategy's indicators and figures: what they promise, held against the receipts and the source files."""

import calendar
import csv
import hashlib
import re
from pathlib import Path

import pytest

from vagvisare.assessment.definition import Collection, Direction, Indicator, ReleaseRule, TargetKind
from vagvisare.sources.contract import Table
from vagvisare.strategy_folder import Folder, figure_bytes, read, write
from vagvisare.terms.language import Text
from vagvisare.terms.series import NATION
from vagvisare.terms.territory import COUNTIES, TERRITORIES, municipalities
from vagvisare.terms.unit import UNITS, UnitClass

REPOSITORY = Path(__file__).parents[2]
STRATEGY = REPOSITORY / "strategies" / "orebro"
SHARED = REPOSITORY.parent / "shared" / "data" / "figures"
GOALS = "000_bce6add0e5d7e8be.txt:135"

UNIT_WORDS = {
    "percent": "percent",
    "per 100": "per_100",
    "million SEK": "million_sek",
    "kt CO2e": "kilotonnes_co2e",
    "tonnes CO2e": "tonnes_co2e",
    "kSEK": "thousand_sek",
    "persons": "persons",
    "companies": "companies",
    "years": "years",
    "days": "days",
    "hectares": "hectares",
}
DIRECTIONS = {"higher": Direction.HIGHER, "lower": Direction.LOWER, "none": Direction.NEUTRAL}
MONTHS = list(calendar.month_name)


@pytest.fixture(scope="module")
def folder() -> Folder:
    return read(STRATEGY)


@pytest.fixture(scope="module")
def indicators(folder) -> dict[str, Indicator]:
    return {indicator.key: indicator for indicator in folder.indicators}


@pytest.fixture(scope="module")
def tables(folder) -> dict[str, Table]:
    return {table.receipt.dataset: table for table in folder.figures}


@pytest.fixture(scope="module")
def recorded(indicators, tables) -> dict[str, Indicator]:
    """The indicators whose figures come with the folder; the others are defined and wait to be fetched."""
    return {key: indicator for key, indicator in indicators.items() if indicator.dataset in tables}


@pytest.fixture(scope="module")
def index() -> dict[str, dict[str, str]]:
    if not SHARED.is_dir():
        pytest.skip(f"the files the figures were copied from are not beside the repository ({SHARED.name}/ missing)")
    with (SHARED / "index.csv").open(encoding="utf-8", newline="") as file:
        return {row["dataset"]: row for row in csv.DictReader(file)}


def said_rule(words: str) -> ReleaseRule | None:
    """The release rule, read from the producer's rhythm in words."""
    if words == "irregular":
        return None
    years = 0 if words.startswith("same year") else 2 if words.startswith("second next year") else 1
    named = [MONTHS.index(word) for word in re.findall(r"[A-Z][a-z]+", words) if word in MONTHS]
    return ReleaseRule(years, max(named, default=12))


def texts(indicator: Indicator) -> list[Text]:
    """Every text a reader may meet."""
    found = [indicator.title, indicator.subject, indicator.definition, *indicator.notes]
    found += [b.note for b in indicator.breaks] + [s.note for s in indicator.siblings]
    found += [t.reading for t in indicator.targets if t.reading]
    found += [g.name for g in indicator.groups]
    return found + [g.name for c in indicator.contrasts for g in (c.a, c.b)]


def test_there_are_at_least_34_indicators_on_34_data_sets(recorded, tables):
    assert len(recorded) >= 34
    assert len(tables) == 34
    assert sum(len(table.cells) for table in tables.values()) == 14_245


def test_at_least_25_indicators_watch_effect_goals_of_the_edition(folder, indicators):
    edition = next(e for e in folder.strategy.editions if e.key == folder.strategy.current)
    goals = {node.address for node in edition.nodes if node.level == "effect_goal"}
    watching = [i for i in indicators.values() if i.watches]
    assert len(watching) >= 25
    assert {address for i in watching for address in i.watches} <= goals


@pytest.mark.parametrize(
    "goal",
    ["giftfri-miljo", "god-vattenforsorjning", "okad-andel-fornybar-energi", "mer-bioekonomi-och-cirkulara-varden"],
)
def test_goals_without_figures_stay_without_indicators(indicators, goal):
    assert not [i.key for i in indicators.values() if f"effektmal/{goal}" in i.watches]


def test_every_data_set_is_used(indicators, tables):
    used = {i.dataset for i in indicators.values()} | {i.per for i in indicators.values()}
    used |= {b.sibling for i in indicators.values() for b in i.breaks}
    assert set(tables) <= used


def test_units_agree_with_the_receipts(recorded, tables):
    for i in recorded.values():
        assert i.unit in UNITS
        if not i.per:
            assert i.unit == tables[i.dataset].receipt.unit, i.key


def test_units_and_directions_agree_with_the_index(recorded, tables, index):
    for name, row in index.items():
        assert tables[name].receipt.unit == UNIT_WORDS[row["unit"]], name
    for i in recorded.values():
        assert i.direction is DIRECTIONS[index[i.dataset]["direction"]], i.key


def test_neutral_indicators_watch_nothing_and_have_no_targets(indicators):
    neutral = [i for i in indicators.values() if i.direction is Direction.NEUTRAL]
    assert {i.key for i in neutral} == {"population", "dependency_ratio", "house_prices", "electricity_use_per_person"}
    assert not [i.key for i in neutral if i.watches or i.targets]


def test_money_says_its_price_basis_and_nothing_else_does(indicators):
    for i in indicators.values():
        money = UNITS[i.unit].unit_class is UnitClass.MONEY
        assert i.price_basis == ("current" if money else ""), i.key
        if money:
            assert any("öpande priser" in n.sv or "prisökningar" in n.sv for n in (*i.notes, i.definition)), i.key


def test_the_release_rule_is_what_the_receipt_says_in_words(recorded, tables):
    for i in recorded.values():
        assert i.release == said_rule(tables[i.dataset].receipt.typical_release), i.key


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("second next year, October", ReleaseRule(2, 10)),
        ("next year, February–March", ReleaseRule(1, 3)),
        ("year after last year of window, November", ReleaseRule(1, 11)),
        ("same year, end of September", ReleaseRule(0, 9)),
        ("next year, December (preliminary)", ReleaseRule(1, 12)),
        ("next year", ReleaseRule(1, 12)),
        ("irregular", None),
    ],
)
def test_words_for_releases_are_read_as_meant(words, rule):
    assert said_rule(words) == rule


def test_only_verified_targets_have_numbers_or_peers(indicators):
    levels = [(i.key, t) for i in indicators.values() for t in i.targets if t.kind is not TargetKind.DIRECTION]
    assert [(key, t.kind) for key, t in levels] == [
        ("new_companies_per_1000", TargetKind.ABOVE_PEERS),
        ("ghg_emissions", TargetKind.RELATIVE_TO_BASE),
        ("grp_per_employed", TargetKind.AS_FAST),
    ]
    startups, emissions, product = (target for _, target in levels)
    assert set(startups.peers) == set(product.peers) == {"19", "07", "17", "06"}
    assert (emissions.value, emissions.base_year, emissions.year) == (-60.0, 2005, 2030)
    assert all("Verksamhetsplan 2023".lower() in t.source.lower() and t.reading for _, t in levels)


def test_direction_targets_quote_a_goal_that_the_indicator_watches(folder, indicators):
    edition = next(e for e in folder.strategy.editions if e.key == folder.strategy.current)
    names = {node.address: node.text for node in edition.nodes}
    for i in indicators.values():
        for target in i.targets:
            if target.kind is TargetKind.DIRECTION and i.key != "good_self_rated_health":
                assert target.source == GOALS, i.key
                assert target.wording in {names[address] for address in i.watches}, i.key
                assert target.wording.startswith(("Ökad", "Minskad", "Förbättrad")), i.key


def test_the_health_target_comes_from_the_plan(indicators):
    (target,) = indicators["good_self_rated_health"].targets
    assert target.kind is TargetKind.DIRECTION
    assert "verksamhetsplan 2023" in target.source
    assert any("kön och utbildning saknas" in note.sv for note in indicators["good_self_rated_health"].notes)


def test_comparison_is_the_plans_own_four_counties(indicators):
    assert {i.comparison for i in indicators.values()} == {("19", "07", "17", "06")}


def test_surveys_say_that_they_are_surveys(indicators, recorded, tables):
    for i in indicators.values():
        said = any("urvalsundersökning" in note.sv.lower() for note in i.notes)
        assert said == (i.collection is Collection.SURVEY), i.key
    for i in recorded.values():
        if "Urvalsundersökning" in tables[i.dataset].receipt.note:
            assert i.collection is Collection.SURVEY, i.key


def test_windows_of_several_years_are_explained(recorded, tables):
    for i in recorded.values():
        if any(cell.period.years > 1 for cell in tables[i.dataset].cells):
            assert any("överlappar" in note.sv for note in i.notes), i.key


def test_declared_breaks(indicators):
    said = {(i.key, str(b.at), b.cuts, b.sibling) for i in indicators.values() for b in i.breaks}
    assert said == {
        ("ghg_emissions", "2016", False, ""),
        ("ghg_emissions", "2020", False, ""),
        ("ghg_per_person", "2016", False, ""),
        ("ghg_per_person", "2020", False, ""),
        ("employment_by_residence_time", "2019", True, ""),
        ("employment_rate_20_64", "2021", False, ""),
        ("unemployment_15_74", "2021", False, ""),
        ("new_companies", "2010", True, "new_companies_to_2010"),
    }


def test_no_computed_number_is_typed_into_a_note(indicators):
    typed = [
        (indicator.key, note.sv)
        for indicator in indicators.values()
        for note in [*indicator.notes, *(each.note for each in indicator.breaks)]
        if re.search(r"\d,\d procent(?!enheter, eftersom|, ungefär)", note.sv)
    ]
    assert typed == []


def test_figures_that_notes_quote_are_in_the_figures(tables):
    def change(dataset: str, first: str, last: str) -> dict[str, float]:
        values = {(c.territory, str(c.period)): c.value for c in tables[dataset].cells}
        both = [t for t in (NATION, *COUNTIES) if (t, first) in values and (t, last) in values]
        return {t: values[t, last] - values[t, first] for t in both}

    emissions = change("ghg_emissions", "2023", "2024")
    assert sum(emissions[t] > 0 for t in COUNTIES) == 20
    trust = {y: change("trust_in_health_care", str(y - 1), str(y)) for y in (2020, 2022, 2024, 2025)}
    risen = {y: sum(found[t] > 0 for t in COUNTIES) for y, found in trust.items()}
    assert risen == {2020: 21, 2022: 0, 2024: 20, 2025: 1}
    health = change("good_self_rated_health", "2019-2022", "2021-2024")
    assert sum(health[t] < 0 for t in COUNTIES if t in health) == 18
    assert sum(t in health for t in COUNTIES) == 20


def test_headline_groups_exist_where_there_is_no_total(recorded, tables):
    for i in recorded.values():
        pairs = {(c.sex, c.background) for c in tables[i.dataset].cells}
        assert (i.sex or "T", i.background) in pairs, i.key
        assert bool(i.sex or i.background) == (("T", "") not in pairs), i.key
        if i.groups:
            assert {(g.sex, g.background) for g in i.groups} == pairs, i.key
            assert i.group_subject is not None, i.key


def test_contrasts_name_declared_groups_with_the_better_off_first(recorded, tables):
    for i in recorded.values():
        values = {(c.territory, str(c.period), c.sex, c.background): c.value for c in tables[i.dataset].cells}
        for contrast in i.contrasts:
            assert {contrast.a, contrast.b} <= set(i.groups), i.key
            pairs = [
                (value, values[t, p, contrast.b.sex, contrast.b.background])
                for (t, p, s, b), value in values.items()
                if (s, b) == (contrast.a.sex, contrast.a.background)
                and (t, p, contrast.b.sex, contrast.b.background) in values
            ]
            ahead = sum((a - b) * i.direction > 0 for a, b in pairs) / len(pairs)
            assert ahead > 0.7, (i.key, contrast.a.name.sv, ahead)


def test_siblings_name_indicators_or_references_and_never_themselves(indicators):
    for i in indicators.values():
        for sibling in i.siblings:
            assert (sibling.key in indicators) != bool(sibling.reference), i.key
            assert sibling.key != i.key


def test_the_two_definitions_of_child_poverty_point_at_each_other(indicators):
    a, b = "children_low_economic_standard", "children_economic_vulnerability"
    assert b in {s.key for s in indicators[a].siblings}
    assert a in {s.key for s in indicators[b].siblings}


def test_a_smallest_change_of_its_own_has_a_reason(indicators):
    for i in indicators.values():
        reason = any("Minsta förändring av betydelse är satt till" in note.sv for note in i.notes)
        assert reason == (i.smallest_change is not None), i.key


def test_subjects_open_a_sentence_in_lower_case(indicators):
    for i in indicators.values():
        for subject in (i.subject, *([i.group_subject] if i.group_subject else [])):
            assert subject.sv[0].islower(), i.key
            assert subject.en[0].islower(), i.key
            assert not subject.sv.endswith((".", " ")), i.key
            assert not subject.en.endswith((".", " ")), i.key


def test_every_text_is_complete_clean_and_typeset(indicators):
    for i in indicators.values():
        for text in texts(i):
            assert text.sv.strip() == text.sv != "", i.key
            assert text.en.strip() == text.en != "", i.key
            assert not re.search(r"  |--|\d-\d{2}| %(?! till)", text.sv + text.en), (i.key, text)
            assert not re.search(r"\d\.\d", text.sv), (i.key, text.sv)
            assert '"' not in text.sv + text.en, (i.key, text)
        for text in (i.definition, *i.notes, *(s.note for s in i.siblings), *(b.note for b in i.breaks)):
            assert text.sv.endswith("."), (i.key, text.sv)
            assert text.en.endswith("."), (i.key, text.en)


def test_contracts_speak_of_no_single_county_s_result(indicators):
    for i in indicators.values():
        for text in (i.title, i.subject, i.definition):
            assert "Örebro" not in text.sv + text.en, f"{i.key}: the contract is reused for other counties"


def test_receipts_are_whole(tables):
    for name, table in tables.items():
        receipt = table.receipt
        assert receipt.rows == len(table.cells), name
        assert receipt.sha256 == hashlib.sha256(figure_bytes(table.cells)).hexdigest(), name
        for word in (receipt.title, receipt.producer, receipt.source_id, receipt.licence, receipt.read_from):
            assert word, name
        assert str(receipt.recorded) == "2026-11-21", name


def test_only_statistics_sweden_s_figures_are_called_cc0(tables):
    for name, table in tables.items():
        pure = table.receipt.producer.startswith("SCB") and "/" not in table.receipt.producer
        assert table.receipt.licence.startswith("CC0") == pure, name


def test_series_read_by_eye_say_so(indicators, tables):
    for name in ("post_secondary_25_64", "higher_education_16_74", "crime_exposure"):
        assert "inskriven" in tables[name].receipt.note
        assert any("read by eye" in note.en for note in indicators[name].notes)


def test_figures_speak_of_known_places(tables):
    known = {NATION, *COUNTIES, *municipalities("18")}
    for name, table in tables.items():
        assert {cell.territory for cell in table.cells} <= known <= set(TERRITORIES), name


def test_a_county_s_emissions_are_the_sum_of_its_municipalities(tables):
    values = {(c.territory, c.period): c.value for c in tables["ghg_emissions"].cells}
    for territory, period in values:
        if territory == "18":
            parts = sum(values[m, period] for m in municipalities("18"))
            assert values["18", period] == pytest.approx(parts, abs=1.0)
        if territory == NATION:
            assert values[NATION, period] == pytest.approx(sum(values[c, period] for c in COUNTIES), abs=5.0)


def test_every_figure_equals_the_file_it_was_copied_from(tables, index):
    assert set(tables) == set(index)
    for name, table in tables.items():
        with (SHARED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            theirs = sorted(
                (r["territory"], r["period"], r["sex"], r["background"], float(r["value"]))
                for r in csv.DictReader(file)
            )
        ours = sorted((c.territory, str(c.period), c.sex, c.background, c.value) for c in table.cells)
        assert ours == theirs, name
        row, receipt = index[name], table.receipt
        said = (receipt.producer, receipt.source_id, receipt.read_from, receipt.typical_release)
        theirs_said = tuple(row[k] for k in ("producer", "source_id", "read_from", "typical_release"))
        assert said == tuple(text.removesuffix(" (as million SEK)") for text in theirs_said)
        assert receipt.rows == int(row["rows"])


def test_titles_of_figures_are_plain_swedish(tables, index):
    """Titles are shown on slides and pages, so what the index says in English is said in Swedish or left out."""
    foreign = re.compile(r"\b(background|method|from|until|sector|region of|years of|åk)\b|[=%]", re.IGNORECASE)
    for name, table in tables.items():
        title = table.receipt.title
        assert not foreign.search(title), name
        first = index[name]["title"].split()[0]
        assert title.split()[0].startswith(first.rstrip(":,")), name
    assert len({table.receipt.title for table in tables.values()}) == len(tables)


def test_written_again_the_folder_has_the_same_bytes(folder, tmp_path):
    write(folder, tmp_path)
    for name in ("indicators.toml", *(f"figures/{p.name}" for p in (STRATEGY / "figures").iterdir())):
        assert (tmp_path / name).read_bytes() == (STRATEGY / name).read_bytes(), name
