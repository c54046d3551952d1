"""Two people on one wording: nothing is lost, nothing is guessed. The texts are made up."""

from collections import Counter

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from merge3 import Merge3

from vagvisare.editions import alignment
from vagvisare.editions.alignment import hunks, is_word, tokens
from vagvisare.editions.merge import Clash, Merged, merge
from vagvisare.editions.merge import _changes as changes
from vagvisare.editions.merge import _groups as groups

WORDS = st.sampled_from(["hållbar", "fler", "och", "i", "länet", "t.ex.", "vägar", ",", ".", "\n\n", "nya"])
PROSE = st.lists(WORDS, max_size=25).map(" ".join)
ANY = st.one_of(PROSE, st.text(max_size=40))


def numbered(count):
    return [f"ord{number}" for number in range(count)]


@st.composite
def two_edits(draw):
    """A text of words that occur once, and two people's changes with words of their own."""
    ground = numbered(draw(st.integers(1, 30)))

    def edit(sign):
        made = []
        for at, word in enumerate(ground):
            what = draw(st.sampled_from(["keep"] * 8 + ["drop", "change", "insert"]))
            made += [f"{sign}{at}"] if what in ("change", "insert") else []
            made += [word] if what in ("keep", "insert") else []
        return " ".join(made)

    return " ".join(ground), edit("deras"), edit("min")


@given(ANY, ANY)
@example("", "a")
@example("a", "")
@settings(deadline=None)
def test_where_only_one_has_changed_anything_that_is_the_outcome(base, other):
    assert merge(base, base, other) == Merged(other, clean=True)
    assert merge(base, other, base) == Merged(other, clean=True)
    assert merge(base, other, other) == Merged(other, clean=True)


@given(ANY, ANY, ANY)
@settings(deadline=None)
def test_it_does_not_matter_who_was_first(base, one, two):
    here, there = merge(base, one, two), merge(base, two, one)
    assert here.clean == there.clean
    if here.clean:
        assert here.text == there.text
    assert [(c.base, c.theirs, c.mine) for c in here.clashes] == [(c.base, c.mine, c.theirs) for c in there.clashes]


@given(ANY, ANY, ANY)
@settings(deadline=None)
def test_a_clash_leaves_theirs_untouched_and_says_where(base, theirs, mine):
    merged = merge(base, theirs, mine)
    assert merged.clean == (not merged.clashes)
    if not merged.clean:
        assert merged.text == theirs
    for clash in merged.clashes:
        assert clash.base in base
        assert clash.theirs in theirs
        assert clash.mine in mine
        assert len({clash.base, clash.theirs, clash.mine}) == 3


@given(two_edits())
@settings(deadline=None)
def test_every_word_either_added_is_there_and_every_word_neither_removed_stays(edits):
    base, theirs, mine = (text.split() for text in edits)
    merged = merge(*edits)
    assume(merged.clean)
    wanted = (Counter(base) & Counter(theirs) & Counter(mine)) + (Counter(theirs) - Counter(base))
    assert Counter(merged.text.split()) == wanted + (Counter(mine) - Counter(base))


@given(two_edits())
@settings(deadline=None)
def test_changes_with_a_kept_word_between_them_always_merge(edits):
    base, theirs, mine = (text.split() for text in edits)
    places = [
        {at for at, word in enumerate(base) if word not in made} | {at + nudge for at in added for nudge in (-1, 0)}
        for made, sign in ((theirs, "deras"), (mine, "min"))
        for added in [[int(word.removeprefix(sign)) for word in made if word.startswith(sign)]]
    ]
    assume(all(abs(one - two) > 2 for one in places[0] for two in places[1]))
    assert merge(*edits).clean


class Ours:
    """Our own matching in the shape the peer asks for."""

    def __init__(self, _junk, a, b):
        self.a, self.b = a, b

    def get_matching_blocks(self):
        blocks, here, there = [], 0, 0
        for hunk in hunks(self.a, self.b):
            blocks.append((here, there, hunk.first - here))
            here, there = hunk.last, hunk.last_after
        blocks.append((here, there, len(self.a) - here))
        return [*(block for block in blocks if block[2]), (len(self.a), len(self.b), 0)]


def peer(base, theirs, mine, matcher=None):
    regions = list(Merge3(*map(tokens, (base, theirs, mine)), sequence_matcher=matcher).merge_groups())
    clean = all(region[0] != "conflict" for region in regions)
    return clean, "".join("".join(region[1]) for region in regions) if clean else None


def agreed_by_other_steps(base, theirs, mine):
    """Tell whether both made the same of a stretch by different steps, which the peer takes for a dispute."""
    ground = tokens(base)
    both = sorted([*changes(ground, theirs, mine=False), *changes(ground, mine, mine=True)])
    for group in groups(ground, both):
        sides = [[(c.first, c.last, c.put) for c in group if c.mine is side] for side in (True, False)]
        if all(sides) and sides[0] != sides[1]:
            return True
    return False


@given(PROSE, PROSE, PROSE)
@example("och länet t.ex. t.ex. , och", "och länet i t.ex. , och", "och nya länet i t.ex. ,")
@settings(max_examples=300, deadline=None)
def test_what_merges_here_merges_alike_in_the_peer_given_the_same_matching(base, theirs, mine):
    merged = merge(base, theirs, mine)
    if merged.clean:
        clean, text = peer(base, theirs, mine, Ours)
        assert text == merged.text or (not clean and agreed_by_other_steps(base, theirs, mine))


@given(two_edits())
@settings(max_examples=300, deadline=None)
def test_what_merges_here_merges_alike_in_the_peer_with_its_own_matching(edits):
    """Where words occur once there is one way to match them, but for the spaces: the peer matches those as words."""
    merged = merge(*edits)
    if merged.clean:
        clean, text = peer(*edits)
        assert not clean or text.split() == merged.text.split()


def test_a_change_both_made_is_made_once():
    assert merge("Nå målet 2040 i länet.", "Nå målet 2035 i länet.", "Nå målet 2035 i hela länet.") == Merged(
        "Nå målet 2035 i hela länet.", clean=True
    )


def test_two_opinions_of_one_word_are_both_kept():
    assert merge("Nå målet 2040.", "Nå målet 2035.", "Nå målet 2045.") == Merged(
        "Nå målet 2035.", clean=False, clashes=(Clash("2040", "2035", "2045"),)
    )


@pytest.mark.parametrize(
    ("base", "theirs", "mine"),
    [
        ("en god skola", "en bättre skola", "en god förskola"),  # side by side: who sees to the grammar?
        ("a b c d", "a c d", "a b x c d"),  # one removes what the other adds to
        ("Ett. Två. Tre.", "Tre. Ett. Två.", "Ett. Två. Tre fyra."),  # moved by one, changed by the other
        ("ja", "", "ja nej"),  # all removed by one
        ("", "deras", "min"),
        ("a b", "a x b", "a y b"),  # two insertions in one place: in which order?
        ("och och och", "och", "och och och och"),
    ],
)
def test_what_cannot_be_known_is_left_to_people(base, theirs, mine):
    merged = merge(base, theirs, mine)
    assert (merged.clean, merged.text) == (False, theirs)


def test_paragraphs_stand_as_they_were():
    base = "# Rubrik\n\nEtt stycke om vägar.\n\n- en punkt\n- en till\n\nSlut."
    theirs = base.replace("om vägar", "om goda vägar")
    mine = base.replace("- en till", "- en till, lång\n- en ny") + "\n\nTillägg."
    merged = merge(base, theirs, mine)
    assert merged == Merged(mine.replace("om vägar", "om goda vägar"), clean=True)


def test_the_ends_of_two_paragraphs_do_not_touch():
    assert merge("Ett två\n\ntre fyra", "Ett 2\n\ntre fyra", "Ett två\n\n3 fyra").text == "Ett 2\n\n3 fyra"


@pytest.mark.parametrize("words", [8000, 1])
def test_long_texts_are_compared_in_bounded_steps(words, monkeypatch):
    """Fifty kilobytes with nothing in common, of many words or of a few: the steps taken are counted, not the time."""
    taken = 0

    class Counted(str):
        __slots__ = ()

        def __eq__(self, other):
            nonlocal taken
            taken += 1
            return str.__eq__(self, other)

        __hash__ = str.__hash__

    cut = alignment._TOKEN.findall
    base = " ".join(f"a{n % words} och" for n in range(8000))
    theirs = " ".join(f"b{n % words} och" for n in range(8000))
    before, after = ([Counted(token) for token in cut(text)] for text in (base, theirs))
    found = hunks(before, after)
    assert found
    assert taken < 40 * len(before)
    assert is_word(before[0])
