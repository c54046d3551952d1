"""What the site answers, asked through Django's own client. All figures are synthetic."""

import gzip
import hashlib
import threading
import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vagvisare.publications import opendata
from vagvisare.publications.html import Site
from vagvisare.terms.errors import FigureError
from vagvisare.web.guard import HEADERS
from vagvisare.web.public import shelf
from vagvisare.web.public.shelf import BusyError, Shelf


def test_every_page_of_the_site_is_served_as_the_site_renders_it(client, material):
    site = Site(material)
    for path in site.paths():
        response = client.get(path)
        assert response.status_code == 200, path
        assert response.content == site.render(path).body, path


def test_swedish_at_the_root_and_english_under_en(client):
    assert b'lang="sv"' in client.get("/").content
    assert b'lang="en"' in client.get("/en/").content


def test_an_address_without_its_last_slash_moves_there_with_its_question(client):
    response = client.get("/indikator/share?as-of=2022-06-17")
    assert response.status_code == 301
    assert response["Location"] == "/indikator/share/?as-of=2022-06-17"


@pytest.mark.parametrize(
    "name", ["share.csv", "emissions.parquet", "share.json", "findings.csv", "catalogue.json", "dcat.jsonld"]
)
def test_data_files_are_served_as_written(client, material, name):
    response = client.get(f"/data/{name}")
    assert response.status_code == 200
    assert response.content == opendata.file(material, name)
    assert response["Access-Control-Allow-Origin"] == "*"


def test_every_link_to_data_on_an_indicator_page_leads_somewhere(client):
    page = client.get("/indikator/share/").content.decode()
    for kind in opendata.TABLE_KINDS:
        assert f"data/share.{kind}" in page
        assert client.get(f"/data/share.{kind}").status_code == 200


@pytest.mark.parametrize("path", ["/bildspel.pptx", "/bildspel-en.pptx"])
def test_the_decks_can_be_fetched(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response.content[:2] == b"PK"
    assert "attachment" in response["Content-Disposition"]


def test_pages_carry_the_protecting_headers_whatever_the_answer(client):
    for path in ("/", "/data/share.csv", "/finns-inte", "/?as-of=x"):
        response = client.get(path)
        for name, value in HEADERS.items():
            assert response[name] == value, path
    assert client.post("/")["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in HEADERS["Content-Security-Policy"]
    assert HEADERS["Content-Security-Policy"].startswith("default-src 'self'")


def test_no_page_needs_an_inline_style_or_script(client, material):
    for path in Site(material).paths():
        if not path.startswith("/static/"):
            page = client.get(path).content.decode()
            assert "<style" not in page, path
            assert " style=" not in page, path
            assert " onclick=" not in page, path


def test_an_unchanged_page_is_not_sent_again(client):
    first = client.get("/")
    again = client.get("/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    assert client.get("/", headers={"if-none-match": '"other"'}).status_code == 200


def test_packed_and_plain_pages_hold_the_same_and_have_their_own_etags(client):
    plain = client.get("/")
    packed = client.get("/", headers={"accept-encoding": "br, gzip;q=0.8"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in client.get("/", headers={"accept-encoding": "gzip;q=0"})


def test_head_gives_the_headers_and_no_body(client):
    get, head = client.get("/"), client.head("/")
    assert head.status_code == 200
    assert head.content == b""
    assert head["Content-Length"] == str(len(get.content))
    assert head["ETag"] == get["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_the_site_can_only_be_read(client, method):
    response = getattr(client, method)("/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_an_unknown_address_says_so_in_its_language_and_the_sites_design(client):
    swedish, english = client.get("/finns/inte/"), client.get("/en/no/such/")
    assert swedish.status_code == english.status_code == 404
    assert b'lang="sv"' in swedish.content
    assert b'lang="en"' in english.content
    assert b"static/site.css" in swedish.content
    assert b"<main" in english.content


@pytest.mark.parametrize(
    "asked",
    [
        "nonsense",
        "2022-13-01",
        "2022-02-30",
        "20220617",
        "2022-W24-5",
        "",
        "2022-06-17T00:00",
        "２０２２-06-17",
        "\x00",
    ],
)
def test_a_bad_day_is_a_clear_sentence(client, asked):
    response = client.get("/", {"as-of": asked})
    assert response.status_code == 400
    assert "Skriv dagen som år-månad-dag" in response.content.decode()
    english = client.get("/en/", {"as-of": asked})
    assert "year-month-day" in english.content.decode()


@pytest.mark.parametrize("asked", ["1989-12-31", "0001-01-01", "2026-11-22", "9999-12-31"])
def test_a_day_outside_the_figures_is_refused_without_computing(client, material_for, asked):
    assert client.get("/", {"as-of": asked}).status_code == 400
    assert material_for.asked == []


def test_two_days_at_once_are_refused(client):
    assert client.get("/?as-of=2022-06-17&as-of=2021-06-17").status_code == 400


def test_an_earlier_day_is_computed_once_and_shown_on_its_pages(client, material_for):
    today, then = client.get("/indikator/share/"), client.get("/indikator/share/?as-of=2022-06-17")
    assert then.status_code == 200
    assert then.content != today.content
    assert "?as-of=2022-06-17" in then.content.decode()
    client.get("/en/?as-of=2022-06-17")
    client.get("/data/share.csv?as-of=2022-06-17")
    assert material_for.asked == [date(2022, 6, 17)]


def test_the_data_of_an_earlier_day_holds_what_was_known_then(client):
    assert b",2024,T," in client.get("/data/share.csv").content
    assert b",2024,T," not in client.get("/data/share.csv?as-of=2022-06-17").content


def test_today_asked_for_by_date_is_today(client, material, material_for):
    day = material.outcome.as_of.isoformat()
    assert client.get(f"/?as-of={day}").content == client.get("/").content
    assert material_for.asked == []


def test_only_the_latest_few_days_are_kept(client, material_for):
    for day in range(1, 8):
        client.get(f"/?as-of=2022-06-0{day}")
    assert len(shelf.current()._past) == 4
    client.get("/?as-of=2022-06-07")
    assert len(material_for.asked) == 7
    client.get("/?as-of=2022-06-01")
    assert len(material_for.asked) == 8


def test_readers_of_today_do_not_wait_for_the_past(material):
    begun, released = threading.Event(), threading.Event()

    def slow(_day):
        begun.set()
        released.wait(20)
        return material

    opened = Shelf(material, slow)
    askers = [threading.Thread(target=_ask, args=(opened, date(2020, 1, day))) for day in (1, 2, 3)]
    for asker in askers:
        asker.start()
    begun.wait(20)
    while opened._turns._value:
        time.sleep(0.01)
    assert opened.at(None).answer("/") is not None
    with pytest.raises(BusyError):
        opened.at(date(2020, 1, 4))
    released.set()
    for asker in askers:
        asker.join(20)
    assert opened.at(date(2020, 1, 3)) is not None


def _ask(opened, day):
    opened.at(day)


def test_when_the_past_is_crowded_the_reader_is_asked_to_come_back(client, monkeypatch):
    def busy(_day):
        raise BusyError

    monkeypatch.setattr(shelf.current(), "at", busy)
    response = client.get("/?as-of=2022-06-17")
    assert response.status_code == 503
    assert response["Retry-After"] == "5"


def test_a_day_the_figures_refuse_is_refused_and_our_own_failure_is_not_hidden(client, monkeypatch, capsys):
    def refused(_day):
        raise FigureError("no figures")

    monkeypatch.setattr(shelf.current(), "_material_for", refused)
    assert client.get("/?as-of=2022-06-17").status_code == 400

    def broken(_day):
        raise RuntimeError("a secret inside")

    monkeypatch.setattr(shelf.current(), "_material_for", broken)
    response = client.get("/?as-of=2022-06-18&token=hemligt")
    assert response.status_code == 500
    assert "Något gick fel hos oss" in response.content.decode()
    assert b"secret" not in response.content
    assert b"static/site.css" in response.content
    assert "hemligt" not in capsys.readouterr().err


def test_a_host_we_do_not_know_is_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_name_given_at_the_start_is_answered_to(material, material_for, monkeypatch):
    from django.conf import settings as django_settings
    from django.test import Client

    from vagvisare.web.server import application

    before = django_settings.ALLOWED_HOSTS
    try:
        application(material, material_for, host="rus.example")
        assert Client(headers={"host": "rus.example"}).get("/").status_code == 200
        application(material, material_for, host="0.0.0.0")  # noqa: S104  only a name here
        assert Client(headers={"host": "any.example"}).get("/").status_code == 200
        monkeypatch.setattr(django_settings, "HOSTS_TOLD", ["rus.example"])
        application(material, material_for, host="0.0.0.0")  # noqa: S104  the same
        assert Client(headers={"host": "rus.example"}).get("/").status_code == 200
        assert Client(headers={"host": "any.example"}).get("/").status_code == 400
    finally:
        django_settings.ALLOWED_HOSTS = before


def test_search_engines_are_asked_to_leave_the_past_alone(client):
    assert b"Disallow: /*?as-of=" in client.get("/robots.txt").content


@pytest.mark.parametrize(
    "path",
    [
        "/" + "a" * 3000,
        "/?" + "b" * 3000,
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/data/../findings.json",
        "/data/..%2f..%2fpyproject.toml",
        "/static/../web/settings.py",
        "/%0A",
        "/%00",
        "/data/",
        "/<script>alert(1)</script>",
    ],
)
def test_odd_addresses_get_a_page_and_nothing_else(client, path):
    response = client.get(path)
    assert response.status_code in {404, 414}
    assert b"<script>alert" not in response.content
    assert b"SECRET" not in response.content


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(max_size=60), query=st.text(max_size=60))
def test_no_address_breaks_the_site(client, path, query):
    response = client.get("/" + path, {"as-of": query})
    assert response.status_code in {200, 301, 400, 404, 414}


def test_the_same_page_has_the_same_etag_after_a_restart(client, material, material_for):
    first = client.get("/")
    again = Shelf(material, material_for).today.answer("/")
    assert first["ETag"] == f'"{again.digest}"'
    assert again.digest == hashlib.sha256(first.content).hexdigest()[:24]


def test_warming_goes_on_past_a_page_that_fails(material, monkeypatch):
    edition = shelf.Edition(material)
    render = edition.site.render

    def one_fails(path):
        if path == "/en/":
            raise RuntimeError("synthetic")
        return render(path)

    monkeypatch.setattr(edition.site, "render", one_fails)
    edition.warm()
    assert edition._made.keys() == set(edition.site.paths()) - {"/en/"}
