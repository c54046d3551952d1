"""A source's own words, found where interfaces put them and made harmless."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replies.server import Response
from vagvisare.sources.errors import RefusedError
from vagvisare.sources.http.quoting import said_in


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"title": "Too many cells selected", "status": 400, "type": "x"}, "Too many cells selected"),
        ({"detail": "TAB1 has no X", "title": "Bad code"}, "Bad code TAB1 has no X"),
        ({"title": "Same", "detail": "Same"}, "Same"),
        ({"error": "Forbidden"}, "Forbidden"),
        ({"error": [{"status": 416, "id": 1, "label": "EXTRACTION_TOO_BIG"}]}, "EXTRACTION_TOO_BIG"),
        ({"error": {"status": "400", "label": "Invalid"}}, "Invalid"),
        ({"message": {"deep": "x"}, "errors": ["a", "b"]}, "a b"),
        ("plain", "plain"),
        ({"status": 400}, '{"status": 400}'),
    ],
)
def test_words_are_found(body, words):
    said = said_in(json.dumps(body).encode())
    assert said == words or (body == {"status": 400} and said == "")


def test_plain_words_and_pages():
    assert said_in("\ufeff  För många\r\n celler".encode()) == "För många celler"
    assert said_in(b"<html><head><title> 403 - Forbidden </title></head><body>x") == "403 - Forbidden"
    assert said_in(b"<html><script>alert(1)</script>") == ""
    assert said_in(b"") == ""
    assert said_in("för".encode("latin-1")) == "f\ufffdr"
    assert said_in(b'{"title": "cut o') == '{"title": "cut o'


def test_words_are_made_harmless():
    nasty = "\x1b[31mred\x00 \u202eback\u2028line <script>alert(1)</script>"
    said = said_in(json.dumps({"title": nasty}).encode())
    assert said == "[31mred back line ‹script›alert(1)‹/script›"


@settings(deadline=None)
@given(st.binary(max_size=600) | st.text(max_size=600).map(str.encode))
def test_anything_becomes_one_short_printable_line(body):
    said = said_in(body)
    assert len(said) <= 300
    assert "<" not in said
    assert said.isprintable()


def test_deep_json_is_not_followed_down():
    deep = b'{"error":' * 50_000
    assert len(said_in(deep)) == 300
    nested = {"error": "found"}
    for _ in range(9):
        nested = {"error": nested}
    assert said_in(json.dumps(nested).encode()) == ""


def test_a_source_that_repeats_our_token_does_not_give_it_away(local_server, wire_to):
    server = local_server(lambda request: Response(400, f"Bad token {request.first('pToken')}".encode(), "text/plain"))
    with pytest.raises(RefusedError) as caught:
        wire_to(server.url).get("export", {"pToken": "hemligt-1", "pAr": 2024})
    for words in (caught.value.what.sv, caught.value.what.en, repr(caught.value)):
        assert "hemligt" not in words
        assert "pAr=2024" in words
    assert "Bad token ***" in caught.value.what.en


def test_a_reply_does_not_carry_our_token_either(local_server, wire_to):
    server = local_server(lambda _: Response.of(1))
    reply = wire_to(server.url).get("export", {"token": "hemligt", "x": 1})
    assert reply.url.endswith("/export?token=***&x=1")
    assert server.log[0].first("token") == "hemligt"
