"""The bundled strategy's live definitions: every id exists, fits what is asked of it, and what is uncertain is said."""

import importlib.util
import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from vagvisare.assessment.definition import Direction, Indicator, ReleaseRule
from vagvisare.sources.arrange import MEASURES, Long, arrange
from vagvisare.sources.kolada import catalogue
from vagvisare.sources.kolada.question import question
from vagvisare.sources.query import Dataset, Query, Role, Scheme, Standing
from vagvisare.sources.registry import names as source_names
from vagvisare.sources.territories import expand
from vagvisare.strategy_folder import Folder, read
from vagvisare.terms.series import NATION
from vagvisare.terms.territory import COUNTIES, municipalities
from vagvisare.terms.unit import UNITS, UnitClass

REPOSITORY = Path(__file__).parents[2]
KEYS = [each.key for each in read(REPOSITORY / "strategies" / "orebro").datasets]
DIRECTIONS = {"higher_is_better": Direction.HIGHER, "lower_is_better": Direction.LOWER, "context": Direction.NEUTRAL}
ALL = {NATION, *COUNTIES, *municipalities("18")}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November")


def loaded(path: Path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def tool():
    return loaded(REPOSITORY / "tools" / "live_definitions.py")


@pytest.fixture(scope="module")
def folder() -> Folder:
    return read(REPOSITORY / "strategies" / "orebro")


@pytest.fixture(scope="module")
def datasets(folder) -> dict[str, Dataset]:
    return {each.key: each for each in folder.datasets}


@pytest.fixture(scope="module")
def bundled(folder) -> dict:
    return {table.receipt.dataset: table for table in folder.figures}


@pytest.fixture(scope="module")
def drawn(folder) -> dict[str, list[Indicator]]:
    """The indicators that use a data set, by its key."""
    found: dict[str, list[Indicator]] = {}
    for each in folder.indicators:
        for name in (each.dataset, each.per):
            found.setdefault(name, []).append(each)
    return found


@pytest.fixture(scope="module")
def listed() -> dict[str, catalogue.Entry]:
    return {entry.id: entry for entry in catalogue.entries()}


def of_kolada(datasets: dict[str, Dataset]) -> list[tuple[Dataset, Query, str]]:
    return [
        (each, query, kpi)
        for each in datasets.values()
        if each.source == "kolada"
        for query in each.queries
        for kpi in query.table.split(",")
    ]


def asked(query: Query) -> set[str]:
    (places,) = query.by_role(Role.TERRITORY)
    return set(expand(places.values, Scheme.OFFICIAL))


def given(query: Query, role: Role) -> list[str]:
    return [code for each in query.by_role(role) for code in (each.ours or each.values)]


def test_most_of_the_folder_can_be_fetched_and_more_besides(datasets, bundled):
    assert len(set(datasets) & set(bundled)) >= 26
    assert len(set(datasets) - set(bundled)) >= 20


def test_everything_has_a_definition_or_a_reason_for_having_none(folder, tool):
    assert tool.problems(folder) == []
    for indicator in folder.indicators:
        for name in filter(None, (indicator.dataset, indicator.per)):
            assert name in tool.LEFT_OUT or name in {each.key for each in folder.datasets}, indicator.key


def test_a_definition_without_a_reason_is_missed_when_it_goes(folder, tool):
    without = replace(folder, datasets=tuple(each for each in folder.datasets if each.key != "population"))
    assert any("population has no live definition" in said for said in tool.problems(without))


def test_the_page_is_fresh(folder, tool):
    written = tool.PAGE.read_text(encoding="utf-8")
    assert tool.page(folder) == written
    assert all(f"`{key}`" in written for key in (*KEYS, *tool.LEFT_OUT))


def test_every_key_figure_is_in_koladas_catalogue_and_still_published(datasets, listed):
    for dataset, _, kpi in of_kolada(datasets):
        assert kpi in listed, dataset.key
        assert not re.search(r"\(-\d{4}\)", listed[kpi].title), (dataset.key, listed[kpi].title)
        assert listed[kpi].releases, f"{dataset.key}: {kpi} has no day of publication"


def test_territories_fit_the_kind_of_key_figure(datasets, listed):
    for dataset, query, kpi in of_kolada(datasets):
        places, kind = asked(query), listed[kpi].kind
        if kind == "A":
            assert places == ALL, (dataset.key, kpi)
        elif kind == "L":
            assert places == {NATION, *COUNTIES}, (dataset.key, kpi)
        else:
            assert places == set(municipalities("18")), (dataset.key, kpi)


def test_sexes_are_asked_for_where_the_catalogue_has_them(datasets, listed):
    for dataset, query, kpi in of_kolada(datasets):
        assert (given(query, Role.SEX) == ["T", "K", "M"]) == listed[kpi].by_sex, (dataset.key, kpi)


def test_directions_agree_with_those_others_have_stated(datasets, drawn):
    compared = 0
    for dataset, query, kpi in of_kolada(datasets):
        said = catalogue.direction_of(kpi)
        margin = query.by_role(Role.MEASURE) and kpi == query.table.split(",")[1]
        if not said or margin or dataset.key == "dependency_ratio":
            # The folder follows the dependency ratio as a background measure, without a wished direction.
            continue
        for indicator in drawn[dataset.key]:
            if indicator.dataset == dataset.key and not indicator.per:
                assert indicator.direction is DIRECTIONS[said], (indicator.key, kpi)
                compared += 1
    assert compared >= 20


def test_kolada_can_be_asked_every_question(datasets):
    for dataset in datasets.values():
        if dataset.source == "kolada":
            for query in dataset.queries:
                assert question(query).segments()


@pytest.mark.parametrize("key", KEYS)
def test_a_definition_says_all_that_its_receipt_needs(datasets, key):
    dataset = datasets[key]
    assert dataset.source in source_names()
    for text in (dataset.title, dataset.producer, dataset.licence, dataset.licence_en, dataset.reference):
        assert text.strip() == text != ""
    assert dataset.unit in UNITS
    assert dataset.typical_release
    assert dataset.producer.startswith("SCB") or not dataset.licence.startswith("CC0")


@pytest.mark.parametrize("key", KEYS)
def test_notes_are_bilingual_and_stand_where_something_is_uncertain(datasets, key):
    dataset = datasets[key]
    assert dataset.standing is not Standing.LIVE, "nobody has asked the source yet"
    assert dataset.notes or dataset.standing is Standing.DOCUMENTATION
    for note in dataset.notes:
        assert note.sv.endswith(".")
        assert note.en.endswith(".")
        assert note.sv != note.en
        assert '"' not in note.sv + note.en
    if dataset.source != "kolada":
        assert dataset.standing is Standing.TO_VERIFY, "only Kolada's catalogue has been read at the source"


@pytest.mark.parametrize("key", KEYS)
def test_what_is_expected_can_be_met(datasets, key):
    dataset, expects = datasets[key], datasets[key].expects
    places = set().union(*(asked(query) for query in dataset.queries))
    assert set(expand(expects.territories, Scheme.OFFICIAL)) <= places
    assert set(expects.sexes) <= {code for query in dataset.queries for code in given(query, Role.SEX) or ["T"]}
    groups = {code for query in dataset.queries for code in given(query, Role.BACKGROUND)}
    assert set(expects.backgrounds) <= (groups or {""})
    assert expects.low is not None
    assert expects.high is not None
    assert not expects.additive, "no source here promises that parts make their total"
    if UNITS[dataset.unit].unit_class is UnitClass.SHARE:
        assert 0 <= expects.low < expects.high <= 100


@pytest.mark.parametrize("key", KEYS)
def test_roles_codes_and_measures_are_ones_that_can_be_arranged(datasets, key):
    for query in datasets[key].queries:
        assert set(given(query, Role.MEASURE)) <= set(MEASURES)
        assert set(given(query, Role.SEX)) <= {"T", "K", "M"}
        for dimension in query.dimensions:
            if dimension.role is Role.FIXED:
                assert len(dimension.values) == 1


def test_the_figures_that_come_with_the_folder_pass_what_is_expected_of_new_ones(datasets, bundled):
    for key in set(datasets) & set(bundled):
        expects, cells = datasets[key].expects, bundled[key].cells
        assert all(expects.low <= cell.value <= expects.high for cell in cells), key
        latest = max(cell.period for cell in cells)
        there = {cell.territory for cell in cells if cell.period == latest}
        missing = set(expand(expects.territories, Scheme.OFFICIAL)) - there - {NATION, *municipalities("18")}
        assert not missing, (key, missing)


def test_a_live_definition_keeps_the_groups_and_the_unit_of_the_figures_it_follows(datasets, bundled):
    for key in set(datasets) & set(bundled):
        dataset, cells = datasets[key], bundled[key].cells
        assert dataset.unit == bundled[key].receipt.unit, key
        assert dataset.typical_release == bundled[key].receipt.typical_release, key
        sexes = {code for query in dataset.queries for code in given(query, Role.SEX) or ["T"]}
        groups = {code for query in dataset.queries for code in given(query, Role.BACKGROUND) or [""]}
        assert {cell.sex for cell in cells} <= sexes, key
        assert {cell.background for cell in cells} == groups, key


def test_new_indicators_are_declared_as_their_data_set_is(datasets, bundled, drawn):
    for key in set(datasets) - set(bundled):
        (indicator,), dataset = drawn[key], datasets[key]
        assert indicator.unit == dataset.unit, key
        pairs = {
            (sex, group)
            for query in dataset.queries
            for sex in given(query, Role.SEX) or ["T"]
            for group in given(query, Role.BACKGROUND) or [""]
        }
        assert (indicator.sex or "T", indicator.background) in pairs, key
        assert bool(indicator.sex or indicator.background) == (("T", "") not in pairs), key
        assert {(each.sex, each.background) for each in indicator.groups} in (pairs, pairs - {("T", "")}), key
        assert (indicator.group_subject is not None) == bool(indicator.groups), key
        for contrast in indicator.contrasts:
            assert {contrast.a, contrast.b} <= set(indicator.groups), key


def test_the_release_rule_of_new_indicators_is_what_their_data_set_says(datasets, bundled, drawn):
    for key in set(datasets) - set(bundled):
        words = datasets[key].typical_release
        years = 0 if words.startswith("same year") else 2 if words.startswith("second") else 1
        months = [MONTHS.index(word) + 1 for word in re.findall(r"[A-Z][a-z]+", words)]
        assert drawn[key][0].release == ReleaseRule(years, max(months)), key


def column(codes: list[str]) -> pa.DictionaryArray:
    return pa.array(codes, pa.string()).dictionary_encode()


def answered(query: Query, **more: list[str]) -> Long:
    """Make up an answer of Örebro County in 2024: 1, 2, 3 … (synthetic)."""
    rows = max(map(len, more.values()))
    codes = {"municipality": ["0018"] * rows, "year": ["2024"] * rows} | more
    return Long({name: column(said) for name, said in codes.items()}, pa.array(np.arange(1.0, rows + 1)))


def test_women_and_men_are_not_mixed_up_where_a_key_figure_is_one_sex(datasets):
    found = {}
    for query in datasets["life_expectancy_by_sex"].queries:
        (row,) = arrange(query, answered(query, gender=["T"]), scheme=Scheme.KOLADA).to_pylist()
        found[query.table] = row["sex"]
    assert found == {"N00925": "K", "N00923": "M"}


def test_a_margin_becomes_an_interval_around_the_figure(datasets):
    (query,) = datasets["crime_exposure"].queries
    (row,) = arrange(query, answered(query, kpi=["N07681", "N07633"]), scheme=Scheme.KOLADA).to_pylist()
    assert (row["value"], row["low"], row["high"]) == (2.0, 1.0, 3.0)


def test_a_ratio_becomes_a_number_per_hundred(datasets):
    (query,) = datasets["dependency_ratio"].queries
    (row,) = arrange(query, answered(query, gender=["T"]), scheme=Scheme.KOLADA).to_pylist()
    assert math.isclose(row["value"], 100.0)


def test_key_figures_side_by_side_get_the_names_of_their_groups(datasets, listed):
    words = {"born abroad": "utrikes", "born in Sweden": "inrikes", "ages 0-19": "0-19", "ages 20-64": "20-64"}
    words |= {"ages 65-": "65+", "business": "Företag", "public": "Offentlig", "university": "högskole"}
    words |= {"own heating": "uppvärmning", "transport": "transporter", "machinery": "arbetsmaskiner"}
    words |= {"electricity and district heating": "fjärrvärme", "industry": "industri", "agriculture": "jordbruk"}
    words |= {"product use": "produktanvändning", "waste": "avfall"}
    compared = 0
    for dataset in datasets.values():
        for query in dataset.queries if dataset.source == "kolada" else ():
            for kpis in query.by_role(Role.BACKGROUND):
                for kpi, group in zip(kpis.values, kpis.ours, strict=True):
                    assert words.get(group, "") in listed[kpi].title, (kpi, group)
                    compared += 1
    assert compared == 18
