"""The table of contents, and whatever may come in its place."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replies.server import Response
from vagvisare.sources.errors import UnreadableError
from vagvisare.sources.eurostat import Eurostat
from vagvisare.sources.eurostat.contents import entries
from vagvisare.sources.wire import Reply

HEADING = (
    '"title"\t"code"\t"type"\t"last update of data"\t"last table structure change"\t'
    '"data start"\t"data end"\t"values"\n'
)


def _reply(body):
    return Reply("https://source.example/catalogue/toc/txt", 200, "text/plain", body, "", {})


def test_data_sets_are_found_with_their_day_and_folders_are_not():
    body = (
        HEADING
        + '"  Data"\t"data"\t"folder"\t" "\t" "\t" "\t" "\t\n'
        + '"    A"\t"DEMO_A"\t"table"\t"31.01.2026"\t" "\t"2000"\t"2024-Q4"\t7\n'
    )
    body += '"    B, said ""b"""\t"demo_b"\t"dataset"\t"soon"\t" "\t" "\t" "\t\n'
    found = entries(_reply(body.encode()))
    assert [(e.code, e.title, e.updated, e.first, e.last) for e in found.values()] == [
        ("DEMO_A", "A", date(2026, 1, 31), "2000", "2024-Q4"),
        ("demo_b", 'B, said "b"', None, "", ""),
    ]
    assert list(found) == ["demo_a", "demo_b"]


def test_the_data_set_whose_code_was_written_comes_first(wire_to):
    row = '"{}"\t"{}"\t"dataset"\t"01.02.2026"\t" "\t" "\t" "\t1\n'
    body = HEADING + row.format("Short", "abc_d") + row.format("A title that is longer", "abc")
    found = Eurostat().find("ABC", wire_to(lambda _request: Response(200, body.encode(), "text/plain")))
    assert [each.table for each in found] == ["abc", "abc_d"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!doctype html><title>Maintenance</title>",
        HEADING.encode(),
        HEADING.replace("code", "id").encode() + b'"A"\t"a"\t"dataset"\t""\t""\t""\t""\t""\n',
        HEADING.encode("utf-16"),
        HEADING.encode() + b'"A"\t"a"\t"data',
        HEADING.encode() + b'"' + b"A" * 30_000 + b'"\t"a"\t"dataset"\t""\t""\t""\t""\t""\n',
    ],
)
def test_what_is_no_table_of_contents_is_unreadable(body):
    with pytest.raises(UnreadableError):
        entries(_reply(body))


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200) | st.text('"\t\nabc dataset01.2026\x00', max_size=200).map(str.encode))
def test_whatever_comes_nothing_else_is_raised(body):
    for content in (body, HEADING.encode() + body):
        with contextlib.suppress(UnreadableError):
            entries(_reply(content))
