"""A strategy's own list of terms: what is right though no dictionary has it, and what is to be written otherwise."""

from dataclasses import replace

import pytest

from vagvisare.editions.document import Source
from vagvisare.editions.registers import Actor, Register, Term
from vagvisare.proofreading.proof import proofread, proofread_edition
from vagvisare.proofreading.remark import Kind
from vagvisare.proofreading.terms import public_sector, terms_of


def listed(*terms):
    made = [Term(f"term-{number}", **told) for number, told in enumerate(terms)]
    return terms_of((), Register(terms=tuple(made)))


def told(text, terms):
    """Return (kind, the words remarked upon, suggestion)."""
    return [(one.kind, text[one.start : one.end], one.suggestion) for one in proofread(text, terms)]


def test_a_term_is_right_in_its_inflections_and_an_unknown_word_is_not():
    text = "Vi bygger zätanätet och zätanätets stationer runt zätanät."
    words = [words for _, words, _ in told(text, listed())]
    assert words == ["zätanätet", "zätanätets", "zätanät"]
    assert told(text, listed({"text": "Zätanät"})) == []


def test_every_word_of_a_term_of_several_words_is_right():
    assert told("En gemensam zätisk färdplan.", listed({"text": "zätisk färdplan"})) == []


@pytest.mark.parametrize(
    ("form", "text", "words", "suggestion"),
    [
        ("omställningsfond", "Sök ur omställningsfonden.", "omställningsfonden", "utvecklingsfonden"),
        ("omställningsfond", "Omställningsfond söks.", "Omställningsfond", "Utvecklingsfond"),
        ("Omställningsfond", "Vår omställningsfond.", "omställningsfond", "utvecklingsfond"),
        ("fond för omställning", "En fond  för omställning finns.", "fond  för omställning", "utvecklingsfond"),
        ("2020-fonden", "Ur 2020-fonden.", "2020-fonden", "utvecklingsfond"),
        ("OMF", "Sök ur OMF nu.", "OMF", "utvecklingsfond"),
    ],
)
def test_a_form_to_avoid_is_remarked_upon_with_the_term_in_its_place(form, text, words, suggestion):
    terms = listed({"text": "utvecklingsfond", "avoid": (form,)})
    (remark,) = (one for one in proofread(text, terms) if one.kind is not Kind.SPACE)
    assert (remark.kind, text[remark.start : remark.end], remark.suggestion) == (Kind.TERM, words, suggestion)
    assert remark.what.sv == f"Termen skrivs ”{suggestion}”."


@pytest.mark.parametrize(
    "text",
    [
        "Omställningsfondsmedel eller omställningsfond-medel.",  # another word that begins with it
        "Se www.omställningsfond.se och a@omställningsfond.se.",
        "Utvecklingsfonden växer.",
    ],
)
def test_what_only_looks_like_a_form_to_avoid_is_left_alone(text):
    terms = listed({"text": "utvecklingsfond", "avoid": ("omställningsfond", "Utvecklingsfond", "")})
    assert [one for one in told(text, terms) if one[0] is Kind.TERM] == []


def test_a_term_may_differ_from_what_is_avoided_by_its_letters_only():
    terms = listed({"text": "E-tjänst", "avoid": ("e-tjänst",)}, {"text": "regionråd", "avoid": ("Regionråd",)})
    assert told("En e-tjänst.", terms) == [(Kind.TERM, "e-tjänst", "E-tjänst")]
    assert told("Ett Regionråd. Regionråd finns.", terms) == [(Kind.TERM, "Regionråd", "regionråd")]


def test_an_inflection_that_would_be_made_up_is_not_suggested():
    terms = listed({"text": "stad", "avoid": ("tätort",)})
    (remark,) = proofread("Länets tätorter.", terms)
    assert (remark.suggestion, remark.what.sv) == ("", "Termen skrivs ”stad”.")


def test_the_strategys_word_goes_before_the_packages():
    avoided, _ = public_sector().preferred[0]
    assert told(f"Ett {avoided}.", listed())[0][0] is Kind.TERM
    assert told(f"Ett {avoided}.", listed({"text": avoided})) == []
    own = listed({"text": "zätasätt", "avoid": (avoided,)})
    assert [one[2] for one in told(f"Ett {avoided}.", own)] == ["zätasätt"]


def test_a_term_in_english_is_left_alone_where_it_stands_in_full():
    terms = listed({"text": "projekt", "english": "project"}, {"text": "platsnära", "english": "wetland stewardship"})
    assert told("Det kallas Wetland stewardship i EU.", terms) == []
    assert told("Ett project.", terms) == [(Kind.SPELLING, "project", "projekt")]
    assert told("Ett stewardship.", terms)[0][:2] == (Kind.SPELLING, "stewardship")


def test_an_edition_is_read_with_the_strategys_terms(strategy, bundled):
    nodes = tuple(replace(node, text="Ett zätanät behövs.") for node in bundled.nodes[:1])
    edition = replace(bundled, nodes=nodes, changes=())
    assert len(proofread_edition(edition, terms_of(strategy.levels, strategy.register))) == 1
    own = replace(strategy.register, terms=(Term("zatanat", "zätanät"),))
    assert proofread_edition(edition, terms_of(strategy.levels, own)) == ()


def test_a_term_without_words_and_an_empty_list_add_nothing():
    assert terms_of() == public_sector()
    assert listed({"text": "", "english": " "}) == public_sector() | terms_of()
    actor = Actor("x", "Zätabolaget", "business", "r", Source("påhittad.txt", 1))
    assert terms_of((), Register(actors=(actor,))).has("zätabolagets")
