import math
from datetime import date

import pytest

from vagvisare.intake.words import change, counted, day, figure, listed, periods, quoted, step, unit_of, who
from vagvisare.terms.language import Text
from vagvisare.terms.period import Period
from vagvisare.terms.unit import UnitClass


def test_places_and_groups_in_both_languages():
    assert who("18") == Text("Örebro län", "Örebro County")
    assert who("1880", "K", "utrikes födda") == Text(
        "Örebro, kvinnor, ”utrikes födda”", "Örebro, women, “utrikes födda”"
    )
    assert who("9999") == Text("”9999”", "“9999”")


def test_words_of_others_are_cut_and_on_one_line():
    assert quoted("a\n\tb\x07").sv == "”a b”"
    assert len(quoted("x" * 5000).sv) == 62


@pytest.mark.parametrize(
    ("years", "sv"),
    [
        ([(2024, 2024)], "2024"),
        ([(2015, 2015), (2016, 2016)], "2015 och 2016"),
        ([(2011, 2011), (2012, 2012), (2013, 2013), (2019, 2019)], "2011–2013 och 2019"),
        ([(2018, 2021), (2019, 2022)], "2018–2021 och 2019–2022"),
    ],
)
def test_periods_are_drawn_together(years, sv):
    assert periods(Period(*span) for span in reversed(years)).sv == sv


def test_figures_have_decimal_commas_and_units():
    assert figure(unit_of("percent"), 81.94).sv == "81,9\u00a0procent"
    assert figure(unit_of("tonnes_co2e"), 2_187_400.0).sv == "2\u202f187\u00a0tusen ton koldioxidekvivalenter"
    assert figure(unit_of("number"), -0.25) == Text("−0,25", "−0.25")
    assert figure(unit_of("percent"), math.nan).sv == "inget tal"


def test_a_change_is_told_with_enough_decimals_to_see_it():
    percent = unit_of("percent")
    assert change(percent, 81.9, 82.4) == Text("från 81,9 till 82,4\u00a0procent", "from 81.9 to 82.4\u00a0per cent")
    assert change(percent, 81.90, 81.94).sv == "från 81,90 till 81,94\u00a0procent"
    assert change(percent, 5.0, 5.0).sv == "från 5,0 till 5,0\u00a0procent"


def test_the_size_of_a_change_is_in_points_or_per_cent():
    assert step(unit_of("percent"), 81.9, 82.4).sv == "+0,5\u00a0procentenheter"
    assert step(unit_of("persons"), 900.0, 1000.0).sv == "+11\u00a0procent"
    assert step(unit_of("persons"), 0.0, 4.0).sv == "+4\u00a0invånare"
    assert step(unit_of("number"), 1.0, 0.5).sv == "−0,50"


def test_counts_agree_with_their_noun():
    words = Text("län", "county"), Text("län", "counties")
    assert counted(1, *words).en == "1\u00a0county"
    assert counted(1200, *words).en == "1,200\u00a0counties"


def test_lists_end_in_how_many_more():
    parts = [Text(letter, letter) for letter in "abcdefg"]
    assert listed(parts).sv == "a, b, c och 4 till"
    assert listed(parts[:2]).en == "a and b"


def test_days_are_written_out():
    assert day(date(2026, 11, 2)) == Text("2 november 2026", "2 November 2026")


def test_an_unknown_unit_is_written_as_it_stands():
    assert unit_of("furlongs").unit_class is UnitClass.SIGNED
    assert figure(unit_of("furlongs"), 3.0).sv == "3,00\u00a0furlongs"
