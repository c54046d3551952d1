"""The catalogue: complete in both languages, nothing missing, nothing unused."""

import re
import string
from pathlib import Path

import pytest

from vagvisare import publications
from vagvisare.assessment.judgement import GapVerdict, Movement, PaceVerdict, Verdict
from vagvisare.editions.citation import day
from vagvisare.findings import labels
from vagvisare.findings.finding import FindingType
from vagvisare.followups.outcome import ReplayVerdict
from vagvisare.publications.pages import words
from vagvisare.publications.pages.phrases import PHRASES
from vagvisare.terms.language import Language

HOME = Path(publications.__file__).parent
TEMPLATES = {p.name: p.read_text(encoding="utf-8") for p in (HOME / "templates").glob("*.html")}
MODULES = {p.name: p.read_text(encoding="utf-8") for p in (HOME / "pages").glob("*.py")}


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", PHRASES)
def test_both_languages_say_it_with_the_same_blanks(key):
    text = PHRASES[key]
    assert text.sv
    assert text.en
    assert fields(text.sv) == fields(text.en)
    assert "  " not in text.sv + text.en


def test_templates_ask_only_for_words_that_exist():
    for name, source in TEMPLATES.items():
        asked = set(re.findall(r"\bw\.([a-z_]+)", source))
        assert asked <= set(PHRASES), name


def test_no_word_is_left_unused():
    everything = "\n".join([*TEMPLATES.values(), *(m for n, m in MODULES.items() if not n.startswith("phrases"))])
    html = (HOME / "html.py").read_text(encoding="utf-8")
    built = ("released_", "part_", "current_prices", "fixed_prices", "planned", "actual", "fate_", "holds_")
    unused = [
        key
        for key in PHRASES
        if not key.startswith(built)
        and not re.search(rf"\bw\.{key}\b", everything)
        and not re.search(rf"""["']{key}["']""", everything + html)
    ]
    assert unused == []


def test_every_verdict_has_words():
    assert set(labels.VERDICTS) == set(Verdict)
    assert set(labels.MOVEMENTS) == set(Movement)
    assert set(labels.PACES) == set(PaceVerdict)
    assert set(words.GAPS) == set(GapVerdict)
    assert set(words.REPLAYS) == set(words.REPLAY_SHAPES) == set(words.TALLIES) == set(ReplayVerdict)
    assert set(words.FINDING_TYPES) == set(FindingType)


def test_swedish_verdicts_are_the_terms_own():
    assert all(labels.VERDICTS[v].sv == v.value for v in Verdict)
    assert all(labels.PACES[v].sv == v.value for v in PaceVerdict)
    assert all(words.REPLAYS[v].sv == v.value for v in ReplayVerdict)


@pytest.mark.parametrize(
    ("iso", "sv", "en"),
    [
        ("2022-06-17", "17 juni 2022", "17 June 2022"),
        ("2021-06", "juni 2021", "June 2021"),
        ("2030", "2030", "2030"),
        ("slutet 2021", "slutet 2021", "slutet 2021"),
    ],
)
def test_days_as_people_write_them(iso, sv, en):
    assert day(iso, Language.SV) == sv
    assert day(iso, Language.EN) == en


def test_an_unknown_word_is_an_error():
    with pytest.raises(KeyError):
        words.say("no_such_word", Language.SV)


def test_no_exclamation_marks_and_no_english_in_the_swedish():
    for key, text in PHRASES.items():
        assert "!" not in text.sv + text.en, key
        assert not re.search(r"\b(the|and|of|with)\b", re.sub(r"{.*?}", "", text.sv)), key
