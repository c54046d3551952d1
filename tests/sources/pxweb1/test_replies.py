"""Replies that are not what they should be: arbitrary JSON, and good replies spoilt; never anything but a sentence."""

import copy
import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replies.pxweb1 import HEALTH, POPULATION, PxWeb1Server
from replies.server import Request
from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.pxweb.v1_reply import joined, piece_of
from vagvisare.sources.pxweb.v1_selection import select
from vagvisare.sources.pxweb.v1_table import address_of, limits_of, listing_of, metadata_of
from vagvisare.sources.query import Dimension, Query
from vagvisare.sources.wire import Reply
from vagvisare.terms.errors import SourceError

ASKED = {
    "Region": ("18", "00"),
    "Alder": ("0", "1"),
    "ContentsCode": ("BE0101N1", "BE0101N2"),
    "Tid": ("2024", "2025"),
}
FORMS = ["json-stat2", "json-stat", "json"]


def reply_of(body):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Reply("http://x.se/t", 200, "application/json", raw, hashlib.sha256(raw).hexdigest(), {})


def answered(form, asked=None, path=POPULATION):
    """Return what the server of ours says, as JSON."""
    query = [{"code": code, "selection": {"filter": "item", "values": [*v]}} for code, v in (asked or ASKED).items()]
    body = json.dumps({"query": query, "response": {"format": form}}).encode()
    response = PxWeb1Server()(Request("POST", "", f"/api/v1/sv/{path}", {}, {}, body, 0.0))
    assert response.status == 200
    return json.loads(response.body)


class OneReply:
    """A wire that always says the same."""

    base = "http://x.se"

    def __init__(self, body):
        self.body = body

    def get(self, *_arguments, **_options):
        return reply_of(self.body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def places(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


def spoilt(value, path, other):
    if not path:
        return other
    value = copy.deepcopy(value)
    inner = value
    for key in path[:-1]:
        inner = inner[key]
    if other is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = other
    return value


GOOD = {form: answered(form) for form in FORMS}


@pytest.mark.parametrize("form", FORMS)
def test_a_good_reply_is_read_in_any_order_of_variables(form):
    backwards = {name: ASKED[name] for name in reversed(ASKED)}
    numbers = []
    for asked in (ASKED, backwards):
        long = piece_of(reply_of(answered(form, asked)), asked).long
        columns = [long.codes[name].to_pylist() for name in ASKED]
        numbers.append(dict(zip(zip(*columns, strict=True), long.values.to_pylist(), strict=True)))
    assert numbers[0] == numbers[1]
    assert len(numbers[0]) == 16


@pytest.mark.parametrize("form", FORMS)
def test_a_byte_order_mark_before_the_reply_does_no_harm(form):
    plain = json.dumps(GOOD[form]).encode()
    long, marked = (piece_of(reply_of(raw), ASKED).long for raw in (plain, b"\xef\xbb\xbf" + plain))
    assert long.values == marked.values


@settings(deadline=None, max_examples=300)
@given(st.data(), st.sampled_from(FORMS), JSON | st.just(...))
def test_a_spoilt_reply_is_a_sentence_or_still_exactly_what_was_asked(data, form, other):
    path = data.draw(st.sampled_from(list(places(GOOD[form]))[1:]))
    body = spoilt(GOOD[form], path, other)
    try:
        long = piece_of(reply_of(body), ASKED).long
    except SourceError:
        return
    cells = set(zip(*(long.codes[name].to_pylist() for name in ASKED), strict=True))
    assert len(cells) == len(long.values)
    if not isinstance(body.get("value", []), dict) and not isinstance(body.get("dataset", {}).get("value", []), dict):
        assert len(cells) == 16


@settings(deadline=None)
@given(JSON | st.binary(max_size=60))
def test_arbitrary_replies_are_sentences(body):
    for read in (lambda reply: piece_of(reply, ASKED), lambda reply: metadata_of("t", reply)):
        with pytest.raises(SourceError):
            read(reply_of(body))


@settings(deadline=None)
@given(JSON | st.binary(max_size=60))
def test_arbitrary_limits_and_folders_never_break_anything(body):
    limits = limits_of(OneReply(body))
    assert min(limits.cells, limits.calls, limits.seconds) >= 1
    listing = listing_of("a", OneReply(body))
    assert listing is None or all(isinstance(stamp, str) for stamp in listing.values())


DESCRIBED = PxWeb1Server()._described(HEALTH)


@settings(deadline=None, max_examples=200)
@given(st.data(), JSON | st.just(...))
def test_a_spoilt_description_is_a_sentence_or_has_codes_to_choose_from(data, other):
    path = data.draw(st.sampled_from(list(places(DESCRIBED))[1:]))
    try:
        metadata = metadata_of("t", reply_of(spoilt(DESCRIBED, path, other)))
    except SourceError:
        return
    for variable in metadata.variables:
        assert variable.codes
        assert len(set(variable.codes)) == len(variable.codes)
    assert metadata.shape("t", "").axes[0].categories == metadata.variables[0].categories
    named = tuple(Dimension(variable.code) for variable in metadata.variables)
    assert set(select(Query("t", named), metadata.variables)) == {dimension.code for dimension in named}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (["1 234", "2"], "”1 234” är inget tal"),
        (["1,5", "2"], "”1,5” är inget tal"),
        (["1e999", "2"], "inget tal"),
        (["1_000", "2"], "inget tal"),
        ([True, "2"], "inget tal"),
        ([{"a": 1}, "2"], "inget tal"),
        (["1"], "fel antal fält"),
        ("12", "fel antal fält"),
    ],
)
def test_numbers_in_rows_are_numbers_and_nothing_else(values, sentence):
    body = copy.deepcopy(GOOD["json"])
    body["data"][0]["values"] = values
    with pytest.raises(UnreadableError, match=sentence):
        piece_of(reply_of(body), ASKED)


@pytest.mark.parametrize("symbol", ["..", ".", "-", "...", ":", "", "x", "–", None])
def test_symbols_in_rows_are_cells_without_figures(symbol):
    body = copy.deepcopy(GOOD["json"])
    body["data"][0]["values"][1] = symbol
    long = piece_of(reply_of(body), ASKED).long
    assert long.values.to_pylist().count(None) == 1
    assert long.status.to_pylist()[1] == "M"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.pop(),
        lambda data: data.append(data[0]),
        lambda data: data.__setitem__(0, data[1]),
        lambda data: data[0].update(key=["18", "0", "1999"]),
        lambda data: data[0].update(key=["18", "0"]),
        lambda data: data[0].update(key=["18", "0", 2024]),
        lambda data: data.clear(),
    ],
    ids=["one short", "one twice more", "one for another", "not asked for", "short key", "number", "none"],
)
def test_rows_are_those_asked_for_each_once(spoil):
    body = copy.deepcopy(GOOD["json"])
    spoil(body["data"])
    with pytest.raises(UnreadableError):
        piece_of(reply_of(body), ASKED)


@pytest.mark.parametrize("form", FORMS)
def test_an_answer_about_another_place_is_no_answer(form):
    asked = ASKED | {"Region": ("18",)}
    with pytest.raises(UnreadableError, match="koder ingen frågat efter"):
        piece_of(reply_of(answered(form, ASKED | {"Region": ("1880",)})), asked)


def test_parts_join_even_when_only_some_have_symbols():
    asked = {"Region": ("09",), "Andel och konfidensintervall": ("01",), "Kön": ("00",), "År": ("2004-2007",)}
    pieces = []
    for region in ("18", "09"):
        own = asked | {"Region": (region,)}
        pieces.append(piece_of(reply_of(answered("json-stat2", own, HEALTH)), own))
    long = joined(pieces)
    assert long.codes["Region"].to_pylist() == ["18", "09"]
    assert long.values.to_pylist()[1] is None
    assert [text or "" for text in long.status.to_pylist()] == ["", "M"]


def test_a_per_cent_sign_that_escapes_nothing_is_itself():
    assert address_of("Skördar 50 %/x.px") == "Sk%C3%B6rdar%2050%20%25/x.px"
    assert address_of("Sk%C3%B6rdar 50 %25/x.px") == "Sk%C3%B6rdar%2050%20%25/x.px"


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="/%", exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_an_address_leads_to_the_path_it_was_made_of(parts):
    from urllib.parse import unquote

    if {".", ".."} & set(parts):
        return
    address = address_of("/".join(parts))
    assert address.isascii()
    assert unquote(address) == "/".join(parts)
    assert address_of(address) == address
