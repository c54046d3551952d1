"""Floods, bombs, and trees without end: refused with a sentence, or borne."""

import io
import threading
import urllib.request
import zipfile
from contextlib import suppress

import pytest

pytestmark = pytest.mark.django_db


def deep(world, levels):
    """Put a chain of nodes, each under the one before, into the draft."""
    from vagvisare.web.revision.models import DraftNode, Wording

    above = world.at("omrade-1")
    for number in range(levels):
        text = f"Djup {number}"
        above = DraftNode.objects.create(
            draft=world.draft, address=f"djup/steg-{number}", level="direction", parent=above, text=text
        )
        Wording.objects.create(node=above, version=1, text=text, by="system", ticket=f"djup-{number}")
    return above


def test_a_tree_of_two_hundred_levels_is_borne(world, signed_in):
    from vagvisare.strategy_folder.plain import edition_bytes, edition_of
    from vagvisare.web.revision import snapshot

    lowest = deep(world, 200)
    client = signed_in(world.strategist)
    assert client.get("/arbete/utkast/2030/", {"nod": lowest.address}).status_code == 200
    told = {"text": "Djupast.", "base": 1, "ticket": "djupast"}
    assert client.post(f"/arbete/utkast/2030/nod/{lowest.uid}/spara/", told).status_code == 302
    assert client.post(f"/arbete/utkast/2030/nod/{lowest.uid}/flytta/", {"step": "out"}).status_code == 302
    for page in ("andringar/", "forsegla/", "bidrag/", "teman/", "perspektiv/"):
        assert client.get(f"/arbete/utkast/2030/{page}").status_code == 200, page
    edition = snapshot.edition_of(world.draft)
    assert len(edition.nodes) > 200
    assert edition_of(edition_bytes(edition).decode()) == edition


def test_ten_thousand_comments_cost_no_more_questions_than_one(world, signed_in, django_assert_max_num_queries):
    from vagvisare.web.revision.models import Comment

    say = [
        Comment(node=world.node, author=world.other, text=f"@Påhittad Person 1 igen {number}")
        for number in range(10_000)
    ]
    Comment.objects.bulk_create(say)
    client = signed_in(world.strategist)
    with django_assert_max_num_queries(60):
        assert client.get("/arbete/utkast/2030/", {"nod": world.node.address}).status_code == 200
    with django_assert_max_num_queries(60):
        assert client.get("/arbete/").status_code == 200


def test_a_storm_of_mentions_is_one_mention_each(world, person):
    from vagvisare.web.revision.writing import talk

    crowd = [person("reader", name=f"Påhittad Läsare {number:03}") for number in range(60)]
    storm = " ".join(f"@{each.name}" for each in crowd * 5)[:9_900]
    made = talk.comment(world.strategist, world.node, storm + " @" * 40)
    assert 0 < made.mentions.count() <= 60


SLOW = (
    "*" * 5000, "[" * 5000, "> " * 2000, "`" * 5000, "![" * 3000 + "](" * 1000, "_a" * 4000, "<" * 5000, "&#" * 3000,
    "- " * 2000, "((((" * 1500, "a**b" * 3000, "\\" * 5000,
)  # fmt: skip


@pytest.mark.parametrize("text", SLOW)
def test_markdown_made_to_be_slow_is_drawn(text):
    import signal

    from vagvisare.publications.markdown import markdown

    def tired(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, tired)
    signal.alarm(20)  # hours, were it to grow as it can; far below a second as it is
    try:
        markdown(text)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def bomb(name, megabytes):
    """Return a packed file that is small, and large when it is unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        with packed.open(name, "w") as inside:
            for _ in range(megabytes):
                inside.write(b" " * 1024 * 1024)
    return out.getvalue()


@pytest.mark.parametrize(("ending", "inside"), [("docx", "word/document.xml"), ("pptx", "ppt/presentation.xml")])
def test_a_document_that_unpacks_without_end_is_refused(world, signed_in, ending, inside):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from vagvisare.web.revision.models import Manuscript

    sent = SimpleUploadedFile(f"bomb.{ending}", bomb(inside, 600))
    assert sent.size < 2 * 1024 * 1024
    answer = signed_in(world.strategist).post("/arbete/utkast/2030/dokument/", {"file": sent})
    assert answer.status_code == 400
    assert Manuscript.objects.count() == 1


def test_a_workbook_that_unpacks_without_end_is_refused(world, signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = SimpleUploadedFile("bomb.xlsx", bomb("xl/worksheets/sheet1.xml", 200))
    answer = signed_in(world.strategist).post("/arbete/register/evidence/las-in/", {"fil": sent})
    assert answer.status_code == 400
    assert "för stor" in answer.content.decode()


def test_entities_that_grow_are_not_unfolded(world, signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{names}<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&a11;&f;</x>'
    for ending, inside in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            packed.writestr("[Content_Types].xml", xml)
            packed.writestr("_rels/.rels", xml)
            packed.writestr(inside, xml)
        path, name = {"docx": ("utkast/2030/dokument/", "file"), "xlsx": ("register/evidence/las-in/", "fil")}[ending]
        answer = signed_in(world.strategist).post(
            f"/arbete/{path}", {name: SimpleUploadedFile(f"x.{ending}", out.getvalue())}
        )
        assert answer.status_code == 400, ending
        assert "root:" not in answer.content.decode()


def test_more_fields_than_any_form_has_are_refused(world, signed_in):
    client = signed_in(world.strategist)
    client.raise_request_exception = False
    body = "&".join(f"f{number}=x" for number in range(5000))
    path = f"/arbete/utkast/2030/nod/{world.node.uid}/spara/"
    assert client.post(path, body, content_type="application/x-www-form-urlencoded").status_code == 400
    heavy = "text=" + "x" * (3 * 1024 * 1024)
    assert client.post(path, heavy, content_type="application/x-www-form-urlencoded").status_code in {400, 413}


def test_a_form_that_is_no_form_is_refused(world, signed_in):
    client = signed_in(world.strategist)
    client.raise_request_exception = False
    path = f"/arbete/utkast/2030/nod/{world.node.uid}/spara/"
    for body, kind in (
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded; charset=utf-16"),
        (b"text=%ff%fe", "application/x-www-form-urlencoded; charset=finns-inte"),
        (b"--x\r\nContent-Disposition: form-data; name=text\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"x", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary=" + "x" * 300),
        (b"{", "application/json"),
    ):
        assert client.generic("POST", path, body, content_type=kind).status_code < 500, kind


def test_whoever_knocks_without_end_is_told_to_wait(client, world):
    path = "/arbete/konto/login/"
    told = []
    for number in range(70):
        wrong = {"login": f"p{number}@exempel.se", "password": "fel fel fel fel"}
        told.append(client.post(path, wrong, headers={"host": "localhost"}))
    assert told[-1].status_code in {200, 429}
    assert any(answer.status_code == 429 for answer in told) or "för många" in told[-1].content.decode().lower()


def asked(app, **headers):
    """Serve an application on a free port, as the site is served, and return what it answers one reader."""
    from vagvisare.web import server

    made = server._bound(app, "127.0.0.1", 0, working=True)

    def run():
        with suppress(OSError):  # closed under it, below
            made.run()

    threading.Thread(target=run, daemon=True).start()
    try:
        request = urllib.request.Request(f"http://127.0.0.1:{made.effective_port}/", headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  the same
            return answer.read().decode()
    finally:
        made.close()


def saying(*names):
    def app(environ, start):
        start("200 OK", [("Content-Type", "text/plain")])
        return [repr(tuple(environ.get(name) for name in names)).encode()]

    return app


def test_the_server_says_https_where_readers_come_so(settings):
    """Behind a server that ends https, a form's origin is https; were ours http, every form would be refused."""
    app = saying("wsgi.url_scheme", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST")
    sent = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.9", "X-Forwarded-Host": "ond.example"}
    said = {}
    for https in (True, False):
        settings.HTTPS = https
        said[https] = asked(app, **sent)
    assert said == {True: "('https', None, None)", False: "('http', None, None)"}


@pytest.mark.parametrize(
    ("proxy", "counted"), [("", "127.0.0.1"), ("10.9.8.7", "127.0.0.1"), ("127.0.0.1", "192.0.2.7")]
)
def test_only_the_proxy_that_was_told_is_believed_about_where_a_reader_comes_from(settings, proxy, counted):
    settings.PROXY = proxy
    # What a reader writes there themselves stands first; the proxy puts what it saw last.
    assert asked(saying("REMOTE_ADDR"), **{"X-Forwarded-For": "198.51.100.1, 192.0.2.7"}) == f"('{counted}',)"


def test_a_form_over_https_is_taken_to_come_from_us(person, settings):
    from django.test import Client

    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("strategist"))
    over = {"wsgi.url_scheme": "https"}
    page = client.get("/arbete/konto/jag/", headers={"host": "localhost"}, **over)
    token = client.cookies["vagvisare-form"].value
    assert page.status_code == 200
    told = {"name": "Påhittad Person", "language": "sv", "csrfmiddlewaretoken": token}
    for origin, status in (("https://localhost", 302), ("https://ond.example", 403), ("null", 403)):
        answer = client.post("/arbete/konto/jag/", told, headers={"host": "localhost", "origin": origin}, **over)
        assert answer.status_code == status, origin


def test_a_flood_of_names_does_not_push_out_what_was_counted(client, person):
    from django.core.cache import cache

    known, path = person("strategist"), "/arbete/konto/login/"
    for _ in range(5):
        client.post(path, {"login": known.email, "password": "fel fel fel fel"}, headers={"host": "localhost"})
    for number in range(2000):
        cache.set(f"annat-namn-{number}", 1, 300)
    told = {"login": known.email, "password": "ett långt lösenord"}
    assert client.post(path, told, headers={"host": "localhost"}).status_code != 302


def test_a_draft_of_five_thousand_nodes_opens_with_as_many_questions_as_a_small_one(world, signed_in):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from vagvisare.web.revision.models import DraftNode

    client, counts = signed_in(world.strategist), []
    for many in (0, 5000):
        DraftNode.objects.bulk_create(
            DraftNode(
                draft=world.draft,
                address=f"stor/nod-{n}",
                level="direction",
                parent=world.at("omrade-2"),
                text=f"Nod {n}",
            )
            for n in range(many)
        )
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/arbete/utkast/2030/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
