"""Small manners of the server: every answer has a length, crowds do not fill the log, the clock is left alone."""

from __future__ import annotations

import os
import time

import pytest

from vagvisare.web.public import shelf
from vagvisare.web.public.shelf import BusyError


@pytest.mark.parametrize("path", ["/", "/finns-inte", "/en/no-such", "/?as-of=x", "/indikator/share", "/robots.txt"])
def test_every_answer_says_how_long_it_is(client, path):
    answered, asked = client.get(path), client.head(path)
    assert answered["Content-Length"] == str(len(answered.content))
    assert asked["Content-Length"] == answered["Content-Length"]
    assert asked.content == b""


def test_what_is_not_sent_has_no_length(client):
    again = client.get("/", headers={"if-none-match": client.get("/")["ETag"]})
    assert again.status_code == 304
    assert again.headers.get("Content-Length", "0") == "0"


def test_a_crowd_does_not_fill_the_log_but_our_failures_stand_in_it(client, monkeypatch, capsys):
    def busy(_day):
        raise BusyError

    monkeypatch.setattr(shelf.current(), "at", busy)
    assert client.get("/?as-of=2022-06-17").status_code == 503
    assert "Service Unavailable" not in capsys.readouterr().err

    def broken(_day):
        raise RuntimeError("synthetic")

    monkeypatch.setattr(shelf.current(), "at", broken)
    assert client.get("/?as-of=2022-06-17").status_code == 500


def test_the_process_keeps_its_own_time_zone(client):
    assert client.get("/").status_code == 200
    from django.conf import settings

    assert settings.TIME_ZONE is None
    assert os.environ.get("TZ") != "America/Chicago"
    assert "CST" not in time.tzname


@pytest.mark.parametrize(
    ("header", "status"),
    [('W/"{}"', 304), ("*", 304), ('"other", "{}"', 304), ("{}", 200), ('"other"', 200), ('broken"', 200)],
)
def test_conditional_questions_are_read_as_the_standard_says(client, header, status):
    etag = client.get("/")["ETag"].strip('"')
    assert client.get("/", headers={"if-none-match": header.format(etag)}).status_code == status


def test_part_of_a_file_may_be_asked_for_and_the_whole_is_sent(client):
    whole = client.get("/data/share.csv")
    part = client.get("/data/share.csv", headers={"range": "bytes=0-10"})
    assert part.status_code == 200
    assert part.content == whole.content


@pytest.mark.parametrize("path", ["//evil.example/indikator/share", "/\\evil.example/indikator/share"])
def test_no_redirect_leads_away(client, path):
    response = client.get("/", PATH_INFO=path)  # given as it stands: the client would read a host into it
    assert response.status_code == 404
    assert "Location" not in response
