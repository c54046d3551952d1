"""From words to a source's codes, and back to ours: what is certain, and None for the rest."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.sources.query import Scheme
from vagvisare.sources.territories import expand, name, official
from vagvisare.terms.errors import UnknownError
from vagvisare.terms.language import Language, Text
from vagvisare.terms.territory import COUNTIES, TERRITORIES, municipalities

OREBRO = ("1814", "1860", "1861", "1862", "1863", "1864", "1880", "1881", "1882", "1883", "1884", "1885")


@pytest.mark.parametrize(
    ("values", "scheme", "codes"),
    [
        (("@nation", "18"), Scheme.OFFICIAL, ("00", "18")),
        (("@municipalities:18",), Scheme.OFFICIAL, OREBRO),
        (("1880", "@municipalities:18", "1880"), Scheme.KOLADA, ("1880", *(c for c in OREBRO if c != "1880"))),
        (("@nation",), Scheme.KOLADA, ("0000",)),
        (("@counties",), Scheme.KOLADA, tuple(f"00{code}" for code in COUNTIES)),
        (("@nation", "SE12", "NO"), Scheme.NUTS, ("SE", "SE12", "NO")),
        (("@nation", "SWE"), Scheme.ISO, ("SE", "SWE")),
        (("*",), Scheme.OFFICIAL, ("*",)),
        ((), Scheme.OFFICIAL, ()),
    ],
)
def test_words_are_written_out_in_order_and_once(values, scheme, codes):
    assert expand(values, scheme) == codes


def test_every_county_and_municipality_is_there():
    assert len(expand(["@counties"], Scheme.NUTS)) == 21
    assert len(expand(["@municipalities"], Scheme.OFFICIAL)) == 290
    assert expand(["@municipalities"], Scheme.OFFICIAL) == tuple(
        c for county in COUNTIES for c in municipalities(county)
    )


@pytest.mark.parametrize("word", ["@riket", "@", "@municipalities:99", "@municipalities:", "@counties:18", "@Nation"])
@pytest.mark.parametrize("scheme", Scheme)
def test_an_unknown_word_is_a_sentence(word, scheme):
    with pytest.raises(UnknownError) as caught:
        expand(["18", word], scheme)
    assert word in caught.value.message(Language.SV)
    assert "Write @nation" in caught.value.message(Language.EN)


@pytest.mark.parametrize(
    ("word", "scheme"),
    [("@municipalities:18", Scheme.NUTS), ("@municipalities", Scheme.ISO), ("@counties", Scheme.ISO)],
)
def test_a_word_the_scheme_has_no_codes_for_is_a_sentence(word, scheme):
    with pytest.raises(UnknownError, match="finns inte i kodlistan"):
        expand([word], scheme)


@pytest.mark.parametrize("scheme", Scheme)
def test_what_is_written_out_is_read_back(scheme):
    words = {
        Scheme.OFFICIAL: ["@nation", "@counties", "@municipalities"],
        Scheme.KOLADA: ["@nation", "@counties", "@municipalities"],
        Scheme.NUTS: ["@nation", "@counties"],
        Scheme.ISO: ["@nation"],
    }[scheme]
    ours = expand(words, Scheme.OFFICIAL)
    assert tuple(official(code, scheme, 2024) for code in expand(words, scheme)) == ours


@pytest.mark.parametrize(
    ("code", "ours"),
    [
        ("00", "00"),
        ("18", "18"),
        ("1880", "1880"),
        (" 18 ", "18"),
        ("18 Örebro län", "18"),
        ("20\tDalarnas län", "20"),
        ("00 Riket", "00"),
        ("1880 Örebro", "1880"),
        ("0018", None),
        ("0000", None),
        ("18Örebro", None),
        ("18 80", None),
        ("180", None),
        ("11", None),
        ("99", None),
        ("18-24 år", None),
        ("00I", None),
        ("RIKS1", None),
        ("１８", None),
        ("", None),
    ],
)
def test_official_codes(code, ours):
    assert official(code, Scheme.OFFICIAL) == ours


@pytest.mark.parametrize(
    ("code", "ours"),
    [
        ("0000", "00"),
        ("0018", "18"),
        ("0009", "09"),
        ("0980", "0980"),
        ("1880", "1880"),
        ("0011", None),
        ("0180", "0180"),
        ("18", None),
        ("G123456", None),
        ("G35825", None),
        ("V15E1880", None),
        ("1880 Örebro", None),
    ],
)
def test_kolada_units(code, ours):
    assert official(code, Scheme.KOLADA) == ours


@pytest.mark.parametrize(
    ("code", "year", "ours"),
    [
        ("SE", None, "00"),
        ("SE", 1995, "00"),
        ("SE124", 2024, "18"),
        ("SE124", 2000, "18"),
        ("SE024", 2007, "18"),
        ("SE024", 2008, None),
        ("SE024", None, "18"),
        ("SE0A2", 2005, "14"),
        ("se124", 2024, "18"),
        ("SE12", 2024, None),
        ("SE1", 2024, None),
        ("SE11", 2024, None),
        ("SE999", 2024, None),
        ("NO", 2024, None),
        ("EU27_2020", 2024, None),
        ("SWE", 2024, "00"),
        ("18", 2024, None),
    ],
)
def test_nuts_codes_hold_for_the_years_of_their_version(code, year, ours):
    assert official(code, Scheme.NUTS, year) == ours


def test_every_version_of_nuts_has_every_county_once():
    for year in (2005, 2010, 2024):
        every = [f"SE{a}{b}{c}" for a in "0123" for b in "0123456789A" for c in "0123456789"]
        found = [official(code, Scheme.NUTS, year) for code in every if code.startswith("SE0") is (year < 2008)]
        assert sorted(code for code in found if code) == list(COUNTIES)


@pytest.mark.parametrize(("code", "ours"), [("SE", "00"), ("SWE", "00"), ("NOR", None), ("18", None), ("SE124", None)])
def test_countries(code, ours):
    assert official(code, Scheme.ISO) == ours


@pytest.mark.parametrize(
    ("code", "scheme", "called"),
    [
        ("SE124", Scheme.NUTS, Text("Örebro län", "Örebro County")),
        ("SE12", Scheme.NUTS, Text("Östra Mellansverige", "East Middle Sweden")),
        ("EL", Scheme.NUTS, Text("Grekland", "Greece")),
        ("NOR", Scheme.ISO, Text("Norge", "Norway")),
        ("0018", Scheme.KOLADA, Text("Örebro län", "Örebro County")),
        ("18 Örebro", Scheme.OFFICIAL, Text("Örebro län", "Örebro County")),
        ("XX", Scheme.NUTS, None),
        ("NO", Scheme.OFFICIAL, None),
    ],
)
def test_places_have_names_in_both_languages(code, scheme, called):
    assert name(code, scheme) == called


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=12), st.sampled_from(Scheme), st.none() | st.integers(1700, 2200))
def test_any_text_is_one_of_ours_or_none(code, scheme, year):
    ours = official(code, scheme, year)
    assert ours is None or ours in TERRITORIES
    if scheme is Scheme.OFFICIAL and ours is not None and ours != "0331":
        assert code.strip().startswith(ours)
