"""The slips that stand in the region's own presentations are found, and next to nothing else is remarked upon."""

import pytest

from vagvisare.editions.document import Node, Source
from vagvisare.proofreading.proof import proofread, proofread_edition, proofread_texts
from vagvisare.proofreading.remark import Kind, TextAt


def told(found, texts):
    """Return (address, kind, the words remarked upon, suggestion)."""
    text = {at.address: at.text for at in texts}
    return [
        (
            one.address,
            one.remark.kind.value,
            text[one.address][one.remark.start : one.remark.end],
            one.remark.suggestion,
        )
        for one in found
    ]


def test_the_slips_of_2021_are_found_with_what_was_meant(update, terms):
    assert told(proofread_texts(update, terms), update) == [
        ("S 72", "term", "EUS", "EU:s"),
        ("S 77", "split_word", "Landsbygds målet", "Landsbygdsmålet"),
        ("S 80", "term", "IPBEs", "IPBES"),
        ("S 81", "term", "Omvärldrapport", "Omvärldsrapport"),
        ("S 90", "spelling", "AI-åendan", "AI-agendan"),
        ("S 94", "term", "Arbetsätt", "Arbetssätt"),
        ("S 127", "dash", "–", "– "),
        ("S 190", "two_verbs", "ökar stärker", ""),
        ("S 190", "split_word", "konkurrens kraften", "konkurrenskraften"),
        ("S 206", "dash", " - ", ""),
        ("S 207", "odd_neighbour", "världens", "vårdens"),
        ("S 233", "quotes", '"', ""),
        ("S 234", "space", '" ', '"'),
        ("S 235", "space", ' "', '"'),
    ]


def test_the_slip_of_2022_is_found(follow_up, terms):
    assert told(proofread_texts(follow_up, terms), follow_up) == [
        ("T 85", "loose_genitive", "energidelnings", "energidelning"),
    ]


JUDGED = {
    ("vision", "dash"): "the space after the dash is missing",
    ("lage/starkt-innovationssystem", "two_verbs"): "ökar stärker",
    ("lage/starkt-innovationssystem", "split_word"): "konkurrens kraften",
    ("changes/4", "dash"): "a comma and a dash after each other",
    ("changes/5", "odd_neighbour"): "världens for vårdens",
    ("changes/6", "quotes"): "a quotation mark without its other",
    ("changes/7", "space"): "a space within the quotation mark",
    ("changes/8", "space"): "a space within the quotation mark",
}
"""Every remark on the bundled edition, each judged by reading: all eight point at a slip."""


def test_on_the_whole_bundled_edition_every_remark_is_right(bundled, terms):
    found = [(one.address, one.remark.kind.value) for one in proofread_edition(bundled, terms)]
    assert len(found) == len(JUDGED)
    for address, kind in found:
        assert any(address.endswith(tail) and kind == known for tail, known in JUDGED), (address, kind)


def test_swedish_that_nobody_tuned_for_is_left_alone(terms):
    """Sentences of other kinds, made up here: compounds, names, inflections, and clauses that end before a verb."""
    sound = (
        "De som bor på landsbygden är ofta beroende av bil.",
        "Det som växer är värt att vattna, och den som söker finner.",
        "Företag som exporterar behöver kunna fler språk.",
        "Regionfullmäktige beslutade den 28 april 2022, efter remiss t.o.m. den 30 september.",
        "Barn- och ungdomsverksamheten samt hälso- och sjukvården samordnas med bl.a. elevhälsan.",
        "Länsstyrelsen i Örebro län, Karlskoga kommun och RF-SISU deltar; se www.exempel.se eller skriv till a@b.se.",
        "Andelen eleverna-per-lärare minskar inte; skolans huvudmän söker bidrag.",
        "Den nya folkhälsoöverenskommelsen gäller i tre år.",
        "EU:s strukturfonder, EU-stödet och FN:s mål hänger ihop.",
        "De som arbetar kommer ofta hit, och den som jobbar saknar tid.",
        "Vi tror på det vi arbetar med, och vi vet att det går.",
        "Kollektivtrafiken (buss, tåg och anropsstyrd trafik) byggs ut.",
        "”Så ska det låta”, sade hon – och så blev det.",
        "Kostnaden var 1 500 000 kr 2021–2023, dvs. 12 % mer.",
    )
    assert [(text, proofread(text, terms)) for text in sound if proofread(text, terms)] == []


@pytest.mark.parametrize(
    ("text", "kind", "words", "suggestion"),
    [
        ("Vi ska ska plantera tallar.", Kind.DOUBLED, "ska ska", "ska"),
        ("En plan för för alla kommuner.", None, "", ""),
        ("Utveklingen går framåt.", Kind.SPELLING, "Utveklingen", "Utvecklingen"),
        ("God kompetensförsörjing i länet.", Kind.SPELLING, "kompetensförsörjing", "kompetensförsörjning"),
        ("Insatser som främjar utvecklar näringslivet.", Kind.TWO_VERBS, "främjar utvecklar", ""),
        ("Stöd till utbildnings i hela länet.", Kind.LOOSE_GENITIVE, "utbildnings", "utbildning"),
        ("Fler tallar , fler sjöar.", Kind.SPACE, " ", ""),
        ("Ord  med glapp.", Kind.SPACE, "  ", " "),
        ('Han sade "ja.', Kind.QUOTES, '"', ""),
        ("Länet –vårt hem.", Kind.DASH, "–", "– "),
    ],
)
def test_each_kind_of_slip(text, kind, words, suggestion, terms):
    found = [(one.kind, text[one.start : one.end], one.suggestion) for one in proofread(text, terms)]
    assert found == ([(kind, words, suggestion)] if kind else [])


def test_a_word_in_two_spellings_is_remarked_upon_where_it_is_the_rarer(terms):
    texts = [
        TextAt("a", "Vi läser RUS-dokumentet."),
        TextAt("b", "Ta med RUS-dokumentet till mötet."),
        TextAt("c", "Här är RUS dokumentet igen."),
    ]
    assert told(proofread_texts(texts, terms), texts) == [("c", "variant", "RUS dokumentet", "RUS-dokumentet")]


def test_an_odd_neighbour_is_a_rule_and_not_a_list(terms):
    texts = [
        TextAt("a", "Den gemensamma kollektiva trafiken byggs ut."),
        TextAt("b", "Miljövänlig trafik och gemensam miljövänlig trafik."),
        TextAt("c", "Den miljövänliga trafiken ska öka."),
        TextAt("d", "Den miljövänliga grafiken ska öka."),
    ]
    assert told(proofread_texts(texts, terms), texts) == [("d", "odd_neighbour", "grafiken", "trafiken")]
    each_once = [
        TextAt(n, f"Den miljövänliga {noun} ska öka.")
        for n, noun in (("a", "trafiken"), ("b", "grafiken"), ("c", "skolan"))
    ]
    assert proofread_texts(each_once, terms) == ()
    different = [*texts[:3], TextAt("d", "Den miljövänliga skolan ska öka.")]
    assert proofread_texts(different, terms) == ()


def test_a_point_cut_in_two_is_seen_in_an_edition(bundled, terms):
    from dataclasses import replace

    source = Source("x", 1)
    cut = (
        Node("omrade/a", "area", "Skog", source),
        Node("omrade/a/lage/1", "desired_state", "Tallarna vid havet möter", source, parent="omrade/a"),
        Node("omrade/a/lage/2", "desired_state", "stormarna", source, parent="omrade/a"),
        Node("omrade/a/inriktning/1", "direction", "plantera mer.", source, parent="omrade/a"),
    )
    found = proofread_edition(replace(bundled, nodes=cut, changes=()), terms)
    assert [(one.address, one.remark.kind) for one in found] == [("omrade/a/lage/2", Kind.SPLIT_POINT)]


def test_the_strategys_own_terms_are_known(terms):
    from vagvisare.proofreading.terms import Terms, read_terms

    text = "Rättviksmodellen och Zäta-nätverket bär projektet."
    assert [text[one.start : one.end] for one in proofread(text, terms)] == ["Zäta-nätverket"]
    own = terms | read_terms("Zäta  # ett påhittat nätverk\nproject => projekt\n")
    assert proofread(text, own) == ()
    assert [one.suggestion for one in proofread("Ett projectet.", own)] == ["projektet"]
    assert Terms() | own == own
