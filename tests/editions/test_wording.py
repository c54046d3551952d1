"""What became of a wording: exact for any text, phrases for a reader. The examples are made up or from the source."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vagvisare.editions.alignment import hunks, is_word, longest_rising, tokens
from vagvisare.editions.comparison import PieceKind
from vagvisare.editions.wording import words

WORDS = st.sampled_from(
    ["hållbar", "hållbara", "fler", "och", "i", "länet", "t.ex.", "miljö-", "3,5", ",", ".", "\n\n", " ", "–", "Å"]
)
PROSE = st.lists(WORDS, max_size=40).map(" ".join)
ANY = st.one_of(PROSE, st.text(max_size=80))


def told(before, after):
    return [(piece.kind.value, piece.text) for piece in words(before, after)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("fler hållbara etableringar", ["fler", "hållbara", "etableringar"]),
        ("miljö- och klimatarbete", ["miljö-", "och", "klimatarbete"]),
        ("system-förändrande-effekterna", ["system-förändrande-effekterna"]),
        ("t.ex. bl.a. så.", ["t.ex.", "bl.a.", "så"]),
        ("EU:s 3,5 procent 1\u202f000", ["EU:s", "3,5", "procent", "1\u202f000"]),
        ("Åa\u030ar _kursiv_", ["Åa\u030ar", "kursiv"]),
        ("Slut. Ny", ["Slut", "Ny"]),
    ],
)
def test_a_word_is_what_a_reader_takes_for_one(text, cut):
    assert [token for token in tokens(text) if is_word(token)] == cut


@given(ANY)
@settings(deadline=None)
def test_no_letter_is_lost_in_the_cutting(text):
    assert "".join(tokens(text)) == text


@given(ANY, ANY)
@example("", "")
@example(" a", "a ")
@example("x\r\ny", "x\ny")
@settings(deadline=None)
def test_joined_the_pieces_are_both_texts(before, after):
    pieces = words(before, after)
    assert "".join(p.text for p in pieces if p.kind is not PieceKind.ADDED) == before
    assert "".join(p.text for p in pieces if p.kind is not PieceKind.REMOVED) == after
    assert all(p.text for p in pieces)
    assert all(one.kind is not two.kind for one, two in pairwise(pieces))


@given(ANY, ANY)
@settings(deadline=None)
def test_a_change_begins_and_ends_where_a_word_does(before, after):
    for text, left_out in ((before, PieceKind.ADDED), (after, PieceKind.REMOVED)):
        edges, at = {0}, 0
        for token in tokens(text):
            at += len(token)
            edges.add(at)
        at = 0
        for piece in words(before, after):
            if piece.kind is not left_out:
                at += len(piece.text)
                assert at in edges


@given(ANY)
@settings(deadline=None)
def test_nothing_happened_to_a_text_that_stays(text):
    assert all(piece.kind is PieceKind.SAME for piece in words(text, text))


def test_one_inserted_word_is_all_that_is_shown():
    assert told("fler etableringar", "fler hållbara etableringar") == [
        ("same", "fler "),
        ("added", "hållbara "),
        ("same", "etableringar"),
    ]


def test_a_small_word_between_replacements_is_joined_so_that_phrases_are_seen():
    assert told("Stärk miljö- och klimatarbetet i Ån, som förr", "Stärk natur- och kulturarbetet i Ån, som förr") == [
        ("same", "Stärk "),
        ("removed", "miljö- och klimatarbetet"),
        ("added", "natur- och kulturarbetet"),
        ("same", " i Ån, som förr"),
    ]


def test_a_small_word_between_insertions_is_not_shown_as_gone():
    assert told("vi och ni", "vi alla och även ni") == [
        ("same", "vi "),
        ("added", "alla "),
        ("same", "och "),
        ("added", "även "),
        ("same", "ni"),
    ]


def test_phrases_are_not_joined_over_a_paragraph():
    kinds = [kind for kind, _ in told("Ett nej\n\noch ja nu", "Ett två\n\noch tre nu")]
    assert kinds.count("removed") == 2


def test_a_text_with_next_to_nothing_left_is_shown_as_new():
    before, after = "bättre skolresultat och fler medvetna val", "En kunskapsregion och stark samverkan"
    assert told(before, after) == [("removed", before), ("added", after)]
    before, after = "Bygg nya vägar snabbt mellan byarna söderut", "Vårda gamla hus varsamt och låt vägar vila"
    assert told(before, after) == [("removed", before), ("added", after)]


def test_what_went_stands_before_what_came():
    assert told("nå målet 2040.", "nå målet 2035.")[1:3] == [("removed", "2040"), ("added", "2035")]


@given(st.lists(st.integers(0, 30), max_size=30))
@settings(deadline=None)
def test_longest_rising_run_is_rising_and_none_is_longer(values):
    run = longest_rising(values)
    assert run == sorted(set(run))
    picked = [values[place] for place in run]
    assert all(one < two for one, two in pairwise(picked))
    best = [1] * len(values)
    for i in range(len(values)):
        best[i] = 1 + max((best[j] for j in range(i) if values[j] < values[i]), default=0)
    assert len(run) == max(best, default=0)


@given(st.lists(st.sampled_from("abcå"), max_size=12), st.lists(st.sampled_from("abcå"), max_size=12))
@settings(deadline=None)
def test_few_words_are_matched_as_well_as_can_be_without_landmarks(before, after):
    """Where no word stands alone the shortest edit is found: as much stays as in the longest common run."""
    before, after = [letter for letter in before for _ in (0, 1)], [letter for letter in after for _ in (0, 1)]
    common = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i, one in enumerate(before):
        for j, two in enumerate(after):
            common[i + 1][j + 1] = common[i][j] + 1 if one == two else max(common[i][j + 1], common[i + 1][j])
    kept = len(before) - sum(hunk.last - hunk.first for hunk in hunks(before, after))
    assert kept == common[-1][-1]
