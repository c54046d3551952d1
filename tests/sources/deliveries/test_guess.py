"""A proposed layout reads what it was proposed for. Every figure is made up."""

import pytest

from vagvisare.sources.query import Role
from vagvisare.sources.spreadsheet.delivery import read_delivery
from vagvisare.sources.spreadsheet.layout_guess import guess
from vagvisare.terms.errors import FigureError
from vagvisare.terms.territory import COUNTIES, TERRITORIES

TIDY = [["Länskod", "År", "Kön", "Värde"], ["18", 2022, "K", 70.5], ["19", 2022, "M", 71.5], ["18", 2023, "T", 72]]
SURVEY = [
    ["Enkät om hälsa 2023"],
    [],
    ["Kommun", "Kön", "Andel, procent", "Antal svar"],
    ["Örebro kommun", "Kvinnor", 70.5, 120],
    [None, "Män", 75, 130],
    ["Kumla", "Kvinnor", "..", 12],
    [None, "Män", 65, 25],
    ["Källa: påhittad"],
]
WIDE = [
    ["God hälsa"],
    ["", "", 2022, None, 2023, None],
    ["Kod", "Namn", "Kvinnor", "Män", "Kvinnor", "Män"],
    ["18", "Örebro län", 70, 71, 72, 73],
    ["1880", "Örebro", 60, 61, 62, 63],
    ["Riket", "", 1, 2, 3, 4],
]
YEARS = [["Område", 2021, 2022, 2023], ["Örebro län", 1, 2, 3], ["Kumla", 4, 5, 6]]
GROUPS = [
    ["Region", "Period", "Utbildning", "Andel"],
    ["18", "2019-2022", "Eftergymnasial", 70],
    ["18", "2021-2024", "Gymnasial", 60],
]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (TIDY, {("18", 2022, "K", ""): 70.5, ("19", 2022, "M", ""): 71.5, ("18", 2023, "T", ""): 72.0}),
        (
            SURVEY,
            {
                ("1880", 2023, "K", ""): 70.5,
                ("1880", 2023, "M", ""): 75.0,
                ("1881", 2023, "K", ""): None,
                ("1881", 2023, "M", ""): 65.0,
            },
        ),
        (
            WIDE[:5],
            {
                (code, year, sex, ""): base + 2.0 * (year - 2022) + (sex == "M")
                for code, base in (("18", 70), ("1880", 60))
                for year in (2022, 2023)
                for sex in "KM"
            },
        ),
        (
            YEARS,
            {(code, 2021 + at, "T", ""): base + at for code, base in (("18", 1.0), ("1881", 4.0)) for at in range(3)},
        ),
        (GROUPS, {("18", 2019, "T", "Eftergymnasial"): 70.0, ("18", 2021, "T", "Gymnasial"): 60.0}),
    ],
)
def test_what_is_proposed_reads_the_sheet(workbook, figures, rows, expected):
    raw = workbook(rows)
    proposed = guess(raw, "enkat.xlsx")
    delivery = read_delivery(raw, "enkat.xlsx", (proposed.query,))
    assert figures(delivery) == expected
    assert proposed.confirm
    assert all(each.sv != each.en for each in proposed.confirm)


def test_codes_go_before_names_beside_them(workbook):
    rows = [["Namn", "Kod", "Antal", 2022], *([TERRITORIES[code].name.sv, code, 14, 70] for code in COUNTIES)]
    proposed = guess(workbook(rows), "f.xlsx")
    assert proposed.query.by_role(Role.TERRITORY)[0].code == "Kod"


def test_counts_that_look_like_codes_are_not_taken_for_places(workbook):
    rows = [["Kommun", "År", "Svar", "Andel"], ["1880", 2022, 12, 70], ["1881", 2022, 14, 71]]
    proposed = guess(workbook(rows), "f.xlsx")
    assert proposed.query.by_role(Role.TERRITORY)[0].code == "Kommun"
    assert proposed.query.layout.value == "Andel"
    assert any("Svar" in each.sv for each in proposed.confirm)


def test_the_year_may_stand_in_the_files_name(workbook):
    proposed = guess(workbook([["Kod", "Andel"], ["1880", 70]]), "enkat-2024.xlsx")
    assert proposed.query.by_role(Role.PERIOD)[0].values == ("2024",)


@pytest.mark.parametrize("rows", [[], [["a", "b"]], [["Kod", "År"], ["x", "y"]], [[1, 2], [3, 4]]])
def test_no_proposal_without_territories_beside_figures(workbook, rows, said):
    with pytest.raises(FigureError) as caught:
        guess(workbook(rows), "f.xlsx")
    assert "ingen kolumn med områden" in said(caught.value)
