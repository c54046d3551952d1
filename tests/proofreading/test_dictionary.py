"""The dictionary: loaded late and once, missed plainly, quick, and deaf to words made to stall it."""

import subprocess
import sys
from dataclasses import replace
from functools import cache

import pytest

from vagvisare.proofreading import dictionary as module
from vagvisare.proofreading.dictionary import Hunspell, NoDictionaryError
from vagvisare.proofreading.proof import proofread, proofread_texts
from vagvisare.proofreading.remark import TextAt
from vagvisare.proofreading.spelling import distance


def test_it_is_found_where_the_package_put_it():
    assert module.where().with_suffix(".aff").is_file()


def test_a_missing_dictionary_is_said_plainly(monkeypatch, tmp_path):
    monkeypatch.setattr(module.sys, "prefix", str(tmp_path))
    monkeypatch.setattr(module, "_read", module._read.__wrapped__)
    assert module.where() is None
    with pytest.raises(NoDictionaryError) as found:
        proofread("Text")
    assert "hunspell-sv" in str(found.value)
    assert "Stavning kan inte granskas." in str(found.value)


def test_nothing_is_loaded_until_somebody_asks():
    done = subprocess.run(
        [sys.executable, "-c", "import sys, vagvisare.proofreading.proof; print('spylls' in str(sorted(sys.modules)))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "False"


def test_it_is_loaded_once_even_when_many_ask_at_once(monkeypatch):
    from concurrent.futures import ThreadPoolExecutor

    made = []

    class Counted:
        def __init__(self, path):
            made.append(path)

    monkeypatch.setattr(module, "Hunspell", Counted)
    monkeypatch.setattr(module, "_read", cache(module._read.__wrapped__))
    with ThreadPoolExecutor(8) as pool:
        assert len({id(one) for one in pool.map(lambda _: module.swedish(), range(32))}) == 1
    assert len(made) == 1


def test_each_word_is_looked_up_once(monkeypatch, terms):
    looked = []
    fresh = Hunspell(module.where())
    real = fresh._look

    class Counting:
        def __call__(self, word):
            looked.append(word)
            return real(word)

        def good_forms(self, word, **more):
            looked.append(word)
            return real.good_forms(word, **more)

    fresh._look = Counting()
    texts = [TextAt(str(number), f"Omställning för minskad klimatpåverkan {number}") for number in range(400)]
    proofread_texts(texts, terms, fresh)
    assert len(looked) < 40


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("samhällsutmaningar", True), ("kompetensförsörjningsarbete", True), ("åendan", False), ("a-" * 40, False),
        ("ö" * 5000, False), ("livs" * 15, False), ("a:b:c:d:e:f:g:h:i:j:k", False),
    ],
)  # fmt: skip
def test_words_known_and_words_made_to_stall(dictionary, word, known):
    assert dictionary.known(word) is known


@pytest.mark.parametrize(("word", "verb"), [("stärker", True), ("ökar", True), ("bilar", False), ("skola", False)])
def test_a_verb_in_the_present_is_told_from_a_plural(dictionary, word, verb):
    assert dictionary.present(word) is verb


@pytest.mark.parametrize(
    ("one", "other", "apart"), [("", "", 0), ("vård", "värld", 2), ("tal", "tall", 1), ("ab", "ba", 1), ("abc", "", 3)]
)
def test_distance_counts_slips(one, other, apart):
    assert distance(one, other) == distance(other, one) == apart


def test_a_thousand_slips_cost_no_thousand_searches(bundled, terms, dictionary):
    """The same misspelt word everywhere is searched for once, whatever the number of nodes."""
    before = dictionary.near.cache_info().misses
    node = bundled.nodes[0]
    nodes = tuple(replace(node, address=f"kapitel/x-{number}", text="Utveklingen") for number in range(1000))
    from vagvisare.proofreading.proof import proofread_edition

    found = proofread_edition(replace(bundled, nodes=nodes, changes=()), terms, dictionary)
    assert len(found) == 1000
    assert dictionary.near.cache_info().misses - before < 10
