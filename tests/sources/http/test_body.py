"""Bodies in pieces, packed and not: whole, bounded, or an error; never something in between."""

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vagvisare.sources.http.body import BrokenPackingError, CutOffError, TooLargeError, read_body, start_of

LIMIT = 10_000_000


def pieces(body, size):
    return [body[at : at + size] for at in range(0, len(body), size)]


@settings(deadline=None)
@given(st.lists(st.binary(max_size=300) | st.integers(0, 3_000_000).map(bytes), max_size=3), st.integers(1, 5000))
def test_packed_bodies_come_out_as_they_went_in(members, size):
    packed = b"".join(gzip.compress(member, 1) for member in members)
    told = []
    assert read_body(pieces(packed, size), "gzip", LIMIT, told.append) == b"".join(members)
    assert sum(told) == sum(map(len, members))
    assert not told or max(told) <= 1 << 20


@settings(deadline=None)
@given(st.binary(max_size=2000), st.integers(1, 300))
def test_a_packed_body_that_is_cut_never_passes_for_whole(body, size):
    packed = gzip.compress(body)
    for cut in range(1, len(packed)):
        with pytest.raises(CutOffError):
            read_body(pieces(packed[:cut], size), "gzip", LIMIT)
    assert read_body(pieces(packed, size), "x-gzip", LIMIT) == body


@settings(deadline=None)
@given(st.binary(max_size=500), st.sampled_from(["gzip", "", "identity", "br", "deflate, gzip"]))
def test_any_bytes_are_read_or_refused(body, packing):
    try:
        whole = read_body([body], packing, 100)
    except (TooLargeError, BrokenPackingError, CutOffError):
        return
    assert len(whole) <= 100
    assert packing != "br"


def test_the_limit_is_exact():
    for packing, pack in (("", bytes), ("gzip", gzip.compress)):
        assert len(read_body([pack(b"x" * 100)], packing, 100)) == 100
        with pytest.raises(TooLargeError):
            read_body([pack(b"x" * 101)], packing, 100)


def test_much_packing_of_nothing_is_bounded_too():
    nothing = gzip.compress(b"")
    with pytest.raises(TooLargeError):
        read_body((nothing for _ in range(10**9)), "gzip", 1000)


def test_an_empty_body_is_empty():
    assert read_body([], "gzip", 10) == read_body([b""], "gzip", 10) == read_body([], "", 10) == b""


def test_the_start_of_a_message():
    words = b"Too many cells. " * 10_000
    assert start_of(pieces(words, 999), "", 50) == words[:50]
    assert start_of([gzip.compress(words)[:200]], "gzip", 50) == words[:50]
    assert start_of([b"rubbish"], "gzip") == b""
    assert start_of((b"x" for _ in range(10**9)), "", 50) == b"x" * 50
