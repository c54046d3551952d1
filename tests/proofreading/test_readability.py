"""LIX, reckoned by hand."""

import pytest

from vagvisare.proofreading.readability import SCALE, readability


@pytest.mark.parametrize(
    ("text", "words", "sentences", "long_words", "lix"),
    [
        # 3 words / 1 sentence + 100 · 0 / 3 = 3
        ("Vi har sol.", 3, 1, 0, 3),
        # 6 / 2 + 100 · 2 / 6 = 3 + 33.3 = 36.3
        ("Kommunerna växer nu. Fler behöver bo.", 6, 2, 2, 36),
        # a long word has more than six letters: "behöver" has seven, "kommun" six
        ("kommun behöver", 2, 1, 1, 52),
        # a hyphenated word is one; figures are words, never long
        ("RUS-dokumentet kom 2021.", 3, 1, 1, 36),
        # points of a list are sentences of their own
        ("- Fler tallar\n- Mer vatten", 4, 2, 0, 2),
    ],
)
def test_lix_by_hand(text, words, sentences, long_words, lix):
    found = readability(text)
    assert (found.words, found.sentences, found.long_words, found.lix) == (words, sentences, long_words, lix)


def test_no_words_have_no_readability():
    assert readability(" – … ") is None


@pytest.mark.parametrize(("lix", "words"), [(29, "mycket lättläst"), (30, "lättläst"), (45, "medelsvår"), (59, "svår"),
                                            (60, "mycket svår"), (200, "mycket svår")])  # fmt: skip
def test_the_scale_has_no_gaps(lix, words):
    from vagvisare.proofreading.readability import Readability

    assert Readability(lix, 100, 10, 1).scale.sv.startswith(words)
    assert [end for end, _ in SCALE] == sorted(end for end, _ in SCALE)


def test_a_few_words_are_said_to_be_too_few():
    assert not readability("Vi har sol.").enough
    assert readability("Vi har sol och regn. " * 5).enough


def test_the_directions_are_hard_and_it_is_said(bundled):
    found = readability("\n\n".join(node.text for node in bundled.at("direction")))
    # 400 / 30 + 100 · 181 / 400 = 13.3 + 45.3
    assert (found.words, found.sentences, found.long_words, found.lix) == (400, 30, 181, 59)
    assert found.scale.sv == "svår, som officiella texter"
