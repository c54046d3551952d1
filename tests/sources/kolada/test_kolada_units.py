"""What a title seems to say of its unit. The titles are Kolada's own, from the bundled list."""

from __future__ import annotations

import pytest

from vagvisare.sources.kolada.catalogue import entries
from vagvisare.sources.kolada.units import NOTHING, Guess, guess, known
from vagvisare.terms.unit import UNITS, UnitClass


@pytest.mark.parametrize(
    ("title", "unit", "unit_class"),
    [
        ("Invånare 25-64 år med eftergymnasial utbildning, andel (%)", "percent", UnitClass.SHARE),
        ("Nyttjande, andel (%) (-2023)", "percent", UnitClass.SHARE),
        ('Elever i åk 5: Hur nöjd är du? Andel som svarat "Helt och hållet", (%)', "percent", UnitClass.SHARE),
        ("Brukarbedömning - svarsfrekvens (%)", "percent", UnitClass.SHARE),
        ("Utsläpp till luft av växthusgaser totalt, ton CO2-ekv/inv", "tonnes_co2e_per_person", UnitClass.RATE),
        ("Utsläpp till luft av växthusgaser totalt, ton CO2-ekv", "tonnes_co2e", UnitClass.COUNT),
        ("Utsläpp till luft av växthusgaser, jordbruk, ton CO2e", "tonnes_co2e", UnitClass.COUNT),
        ("Personalkostnader, kr/inv", "sek_per_person", UnitClass.MONEY),
        ("Kostnad äldreomsorg, kr/inv 80+", "", UnitClass.MONEY),
        ("Kostnad per elev, kr/elev", "", UnitClass.MONEY),
        ("Köp av verksamhet, revision, tkr", "thousand_sek", UnitClass.MONEY),
        ("Företagens ekonomiska omsättning, mnkr", "million_sek", UnitClass.MONEY),
        ("Nystartade företag, antal/1000 inv, 16-64 år", "companies_per_1000", UnitClass.RATE),
        ("Företagsförekomster, antal/1000 inv", "", UnitClass.RATE),
        ("Förekomst av prostatacancer, antal/100 000 invånare", "", UnitClass.RATE),
        ("Fotbollsplaner, 7-spelplaner, antal/10 000 inv", "", UnitClass.RATE),
        ("Deltagartillfällen i idrottsföreningar, antal/inv 7-25 år", "", UnitClass.RATE),
        ("Invånare totalt, antal", "persons", UnitClass.COUNT),
        ("Inflyttade till regionen, antal", "", UnitClass.COUNT),
        ("Ekologiskt brukad åkermark, hektar", "hectares", UnitClass.COUNT),
        ("Medellivslängd kvinnor, år", "years", UnitClass.DURATION),
        ("Servicemätning - Enkelt att få hjälp med sin fråga via e-post, index", "number", UnitClass.SIGNED),
        ("Kommunen har rutiner för att göra riskanalyser (Ja=1, Nej=0)", "number", UnitClass.SIGNED),
        ("Befolkningsförändring sedan föregående år (%)", "number", UnitClass.SIGNED),
        ("Avvikelse från modellberäknat värde, procentenheter (-2024)", "number", UnitClass.SIGNED),
        ("Elever i åk. 9. betygspoäng i bild, fristående skolor, genomsnitt", "", None),
        ("", "", None),
    ],
)
def test_titles_say_their_unit(title, unit, unit_class):
    assert guess(title) == Guess(unit, unit_class)


def test_every_unit_a_guess_can_name_is_ours_and_of_its_kind():
    assert known() == {guess(entry.title).unit for entry in entries()} - {""} | {"kilotonnes_co2e"}
    for entry in entries():
        found = guess(entry.title)
        if found.unit:
            assert UNITS[found.unit].unit_class is found.unit_class


def test_most_of_the_list_says_what_kind_of_quantity_it_is():
    kinds = [guess(entry.title).unit_class for entry in entries()]
    assert sum(kind is not None for kind in kinds) / len(kinds) > 0.9


def test_no_title_that_ends_in_a_share_is_taken_for_anything_but_a_share_or_a_change():
    for entry in entries():
        if entry.title.endswith("andel (%)"):
            assert guess(entry.title).unit_class in {UnitClass.SHARE, UnitClass.SIGNED}, entry.title
    assert guess("Helt okänt") is NOTHING
