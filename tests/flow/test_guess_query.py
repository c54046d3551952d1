"""Whatever a table looks like, it becomes queries that can be put, or a sentence that says what is missing."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.intake import guess_codes
from vagvisare.intake.guess_described import Column, Described
from vagvisare.intake.guess_query import asked
from vagvisare.sources.contract import Axis, Shape, Source
from vagvisare.sources.jsonstat import Cube
from vagvisare.sources.known import SCB
from vagvisare.sources.pxweb import v2_selection
from vagvisare.sources.pxweb.v2_table import Table
from vagvisare.sources.query import Dataset, Role, Scheme, Yearly
from vagvisare.strategy_folder.dataset_checks import check_datasets
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Language
from vagvisare.terms.territory import COUNTIES, TERRITORIES

PLACES = tuple((code, TERRITORIES[code].name.sv) for code in ("00", *COUNTIES))
AGES = (("tot", "totalt ålder"), *((str(age), f"{age} år") for age in range(15, 30)))


def column(code, pairs, **said):
    return Column(Axis(code, code.lower(), tuple(pairs)), **said)


def table(*columns):
    return Described(SCB, Shape("TAB1", "Påhittat", axes=tuple(each.axis for each in columns)), columns)


REGION = column("Region", PLACES, role="geo")
TIME = column("Tid", [("2020", "2020"), ("2021", "2021")], role="time")

labels = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
codes = st.lists(
    st.tuples(st.text("ABC0123.+- åä", min_size=1, max_size=6), labels),
    min_size=1,
    max_size=5,
    unique_by=lambda p: p[0],
)
sexes = st.lists(
    st.sampled_from([("1", "män"), ("2", "kvinnor"), ("1+2", "totalt"), ("9", "okänt")]), min_size=1, unique=True
)
others = st.lists(
    st.builds(lambda pairs, optional: (pairs, optional), st.one_of(codes, sexes, st.just(list(AGES))), st.booleans()),
    max_size=4,
)


@settings(deadline=None, max_examples=200)
@given(others=others, data=st.data())
def test_queries_can_be_put_and_never_claim_the_same_figure_twice(others, data):
    own = [column(f"D{number}", pairs, optional=optional) for number, (pairs, optional) in enumerate(others)]
    columns = data.draw(st.permutations([REGION, TIME, *own]))
    choices = {
        each.code: tuple(data.draw(st.lists(st.sampled_from([code for code, _ in each.axis.categories]), unique=True)))
        for each in own
        if data.draw(st.booleans())
    }
    choices = {code: values for code, values in choices.items() if values}
    try:
        found = asked(table(*columns), "18", choices)
    except UserError as error:
        found, said = None, {error.message(language) for language in Language}
    if found is None:
        assert len(said) == len(Language)
        return
    dataset = Dataset("prov", "scb", "Påhittat", "Ingen", "percent", found.queries)
    assert list(check_datasets([dataset], {})) == []
    cube = Cube(tuple(each.axis for each in columns), "", "", {"time": ("Tid",)}, {})
    shown = Table(cube, Shape("TAB1", "x"), frozenset(each.code for each in columns if each.optional), {})
    claims = []
    for query in found.queries:
        v2_selection.resolve(query, shown, lambda name: Axis(name, name))
        sexes_of = {name for each in query.by_role(Role.SEX) for name in each.ours} or {"T"}
        groups = tuple(each.ours for each in query.by_role(Role.BACKGROUND))
        claims.append((frozenset(sexes_of), groups))
    for one, other in combinations(claims, 2):
        assert one[1] != other[1] or not one[0] & other[0]


@pytest.mark.parametrize(
    ("pairs", "wanted"),
    [
        ([("1", "män"), ("2", "kvinnor")], {"1": "M", "2": "K"}),
        ([("00", "Totalt"), ("01", "Män"), ("02", "Kvinnor")], {"00": "T", "01": "M", "02": "K"}),
        ([("1+2", "män och kvinnor"), ("1", "män"), ("2", "kvinnor")], {"1+2": "T", "1": "M", "2": "K"}),
        ([("a", "flickor"), ("b", "pojkar")], {"a": "K", "b": "M"}),
        ([("1", "manufacturing"), ("2", "woman-owned")], {}),
        ([("1", "män"), ("2", "män")], {}),
    ],
)
def test_sexes_are_known_by_their_labels(pairs, wanted):
    assert guess_codes.sexes(column("Kon", pairs)) == wanted


def test_ages_are_no_counties_however_many_look_so():
    ages = column("Alder", [(f"{age:02}", f"{age} år") for age in range(1, 26)])
    assert guess_codes.scheme_of(ages) is None
    assert guess_codes.scheme_of(column("Var", PLACES)) is Scheme.OFFICIAL
    assert guess_codes.scheme_of(column("geo", [("SE", "Sweden"), ("SE124", "Örebro län")])) is Scheme.NUTS
    assert guess_codes.scheme_of(column("REF_AREA", [("SWE", "Sweden"), ("NOR", "Norway")])) is not None


def test_the_own_place_missing_is_told():
    described = table(column("Region", [("00", "Riket"), ("01", "Stockholms län")], role="geo"), TIME)
    found = asked(described, "18", {})
    assert found.queries[0].by_role(Role.TERRITORY)[0].values == ("@nation", "01")
    assert [each.sv for each in found.guesses] == ["tabellen saknar siffror för Örebro län"]


def test_a_municipality_and_the_nation_have_strategies_too():
    towns = [*PLACES, ("1880", "Örebro")]
    described = table(column("Region", towns, role="geo"), TIME)
    assert asked(described, "1880", {}).guesses == ()
    assert asked(described, "1880", {}).queries[0].by_role(Role.TERRITORY)[0].values[-1] == "1880"
    assert asked(described, "00", {}).queries[0].by_role(Role.TERRITORY)[0].values == ("@nation", "@counties")


def test_a_total_by_label_is_held_and_told_and_two_are_none():
    found = asked(table(REGION, TIME, column("Alder", AGES)), "18", {})
    assert found.queries[0].by_role(Role.FIXED)[0].values == ("tot",)
    assert "”tot”" in found.guesses[0].sv
    two = column("Alder", [("a", "totalt"), ("b", "totalt 20–64 år"), ("c", "20 år")])
    with pytest.raises(UserError, match="--choose Alder="):
        asked(table(REGION, TIME, two), "18", {})


def test_groups_called_the_same_in_two_dimensions_are_told_apart():
    both = [column(f"D{number}", [("1", "ja"), ("2", "nej")], optional=True) for number in range(2)]
    found = asked(table(REGION, TIME, *both), "18", {each.code: ("1", "2") for each in both})
    names = [each.ours for query in found.queries for each in query.by_role(Role.BACKGROUND)]
    assert set(names) == {("ja", "nej"), ("D1: ja (1)", "D1: nej (2)")}


def test_too_many_groups_at_once_are_refused():
    many = [column(f"D{number}", [("a", "en"), ("b", "två")], optional=True) for number in range(4)]
    with pytest.raises(UserError, match="Så många grupper"):
        asked(table(REGION, TIME, *many), "18", {each.code: ("a", "b") for each in many})


def test_a_hundred_codes_are_listed_within_bounds():
    long = column("Yrke", [(f"y{number}", "x" * 500) for number in range(1000)])
    with pytest.raises(UserError) as raised:
        asked(table(REGION, TIME, long), "18", {})
    assert len(str(raised.value)) < 6000
    assert "(1000)" in str(raised.value)


def test_parts_of_years_need_a_word():
    months = column("Tid", [("2020M01", "2020M01"), ("2020M02", "2020M02")], role="time")
    with pytest.raises(UserError, match="--yearly"):
        asked(table(REGION, months), "18", {})
    assert asked(table(REGION, months), "18", {}, Yearly.SUM).queries[0].yearly is Yearly.SUM


def test_a_source_of_a_regions_own_is_described_by_the_contract_alone(monkeypatch):
    from vagvisare.intake.guess_described import described

    class Own:
        kind = "own"

        def shape(self, table, _wire):
            return Shape(table, "Eget", axes=(REGION.axis, TIME.axis))

    found = described(Source("own", "Egen", Own(), "https://example.org", 1, 1.0), "x", None)
    assert [each.code for each in found.columns] == ["Region", "Tid"]
    assert asked(found, "18", {}).latest == 2021
