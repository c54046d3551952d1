import pytest
from hypothesis import given
from hypothesis import strategies as st

from vagvisare.editions.address import address, is_address, nearest


@pytest.mark.parametrize("text", ["vision", "mal/stark-konkurrenskraft", "a/b/c", "5-3"])
def test_addresses(text):
    assert is_address(text)


@pytest.mark.parametrize(
    "text", ["", "/", "a/", "/a", "a//b", "A", "å", "a b", "a--b", "-a", "a-", "../a", "a.b", "a_b", "a\n", "a?b"]
)
def test_no_addresses(text):
    assert not is_address(text)


def test_built_from_words():
    assert address("Effektmål", "God och jämlik folkhälsa") == "effektmal/god-och-jamlik-folkhalsa"


@pytest.mark.parametrize("parts", [(), ("",), ("a", "!"), ("…",)])
def test_nothing_to_build_from(parts):
    with pytest.raises(ValueError):
        address(*parts)


@given(st.lists(st.text(alphabet=st.characters(max_codepoint=0x24F), min_size=1), min_size=1))
def test_what_is_built_is_an_address(parts):
    try:
        built = address(*parts)
    except ValueError:
        return
    assert is_address(built)


def test_nearest():
    known = ["mal/klimat", "mal/folkhalsa"]
    assert nearest("mal/kilmat", known) == "mal/klimat"
    assert nearest("zzz", known) == ""
