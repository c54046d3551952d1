"""Every address of the workspace, sent what nobody should send: a page or a sentence comes back, never a breakdown."""

import inspect
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
HOSTILE = {
    "nothing": "",
    "no number": "²",
    "another script's number": "١",
    "a number without end": "9" * 60,
    "below zero": "-1",
    "a null": "ord\x00ord",
    "markup": '"><script>alert(1)</script>',
    "a folder above": "../../hemligt",
    "the end of a heading": "+++\n# Nodes\r\nSet-Cookie: x=1",
    "not finite": "NaN",
    "another direction": "\u202e\u200b",
}
FIELDS = re.findall(
    r"\S+",
    """
    text base ticket version key title english from person uid parent with at after before keep level step
    nod angra due note remove reply_to done address origin target answer rationale how perspective theme tag
    conflict handling reason because seen numbers page pastaende omrade fran till sv en left_out rad fraga
    klar visa sida sok roll tillstand role scope do name email organisation language next handelse falt
    varde value vald plats ruta rader plan namn hela status body reference dated valid_from valid_to
    follow_up was now gate kind who verb verbs sedan node writing parts register password again nyckel code
    login ordning filter q ar vy level_0 parts[] slag andra kolumner utkast tema bort cell choose computed
    levels steg dokument listad ta word varfor stod_pa
    becomes blev credential fil file note_en number osakra passwordless remember reset untracked username utan
    working working_name
    """,
)
"""Names of fields in forms and questions; a test sees to it that none that a view asks for is missing."""


def send(client, method, path, told):
    if method == "get":
        return client.get(f"{path}?{urlencode(told)[:1900]}")
    return client.post(path, urlencode(told), content_type=FORM)


@pytest.mark.parametrize("what", HOSTILE)
def test_nothing_sent_breaks_an_address(world, routes, signed_in, what):
    clients = {"people": signed_in(world.admin), "work": signed_in(world.strategist)}
    for client in clients.values():
        client.raise_request_exception = False
    broken = []
    for route, pattern in routes:
        if pattern.name == "account_logout":
            continue
        client = clients["people" if "personer/" in route else "work"]
        told = dict.fromkeys(FIELDS, HOSTILE[what])
        answers = [
            send(client, "post", world.fill(route), told),
            send(client, "post", world.fill(route), {**told, **world.sound()}),
        ]
        parts = (FIELDS[0::3], FIELDS[1::3], FIELDS[2::3])
        answers += [send(client, "get", world.fill(route), dict.fromkeys(part, HOSTILE[what])) for part in parts]
        broken += [(route, answer.status_code) for answer in answers if answer.status_code >= 500]
    assert broken == []


def test_every_field_a_view_asks_for_is_sent(routes):
    asked = set()
    for _, pattern in routes:
        module = inspect.getmodule(inspect.unwrap(pattern.callback))
        if module.__name__.startswith("vagvisare.web."):
            source = inspect.getsource(module)
            asked |= set(re.findall(r"(?:GET|POST|told|given|asked)\.(?:get|getlist)\(\"(\w+)\"", source))
            asked |= set(re.findall(r"(?:GET|POST|told)\[\"(\w+)\"\]", source))
    assert len(asked) > 40
    assert asked <= set(FIELDS), asked - set(FIELDS)


def test_every_field_of_a_form_is_sent():
    from vagvisare.web.frame import drawing

    pages = Path(drawing.__file__).parents[1] / "templates"
    fields = {name for page in pages.rglob("*.html") for name in re.findall(r"\bname=\"(\w+)\"", page.read_text())}
    assert len(fields) > 80
    assert fields <= set(FIELDS) | {"csrfmiddlewaretoken"}, fields - set(FIELDS)


PARTS = {
    "int": ("0", "99999999999999999999", "9" * 400),
    "uuid": ("00000000-0000-0000-0000-000000000000",),
    "slug": ("finns-inte", "_" * 300),
    "str": ("finns-inte", "%00", "..", "%2e%2e", "%0d%0aX: y", "%ff%fe", "x" * 900 + ".css", "%F0%9F%8C%B3"),
    "path": ("finns-inte", "%00", "../../x", "%0d%0aX: y", "%ff", "x" * 900),
}


def test_no_part_of_an_address_breaks_it(world, routes, signed_in):
    client = signed_in(world.admin)
    client.raise_request_exception = False
    work, broken, asked = signed_in(world.strategist), [], 0
    work.raise_request_exception = False
    for route, pattern in routes:
        for kind, name in re.findall(r"<(\w+):(\w+)>", route):
            for value in PARTS[kind]:
                path = world.fill(route, **{name: value})
                for who in (work, client) if "konto/" in route else (work,):
                    for answer in (who.get(path), who.post(path, urlencode(world.sound()), content_type=FORM)):
                        asked += 1
                        if answer.status_code >= 500:
                            broken.append((pattern.name, name, value[:20], answer.status_code))
    assert asked > 300
    assert broken == []


def test_every_form_without_proof_of_origin_is_refused(world, routes, signed_in):
    from django.test import Client

    from vagvisare.web.audit.models import Event

    for who in (world.strategist, world.admin):
        client = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
        client.force_login(who)
        before = Event.objects.count()
        for route, pattern in routes:
            answer = client.post(world.fill(route), urlencode(world.sound()), content_type=FORM)
            # Whatever may be sent to is refused; what is only read refuses the method.
            assert answer.status_code in {403, 405}, (pattern.name, answer.status_code)
        assert Event.objects.count() == before


def test_whatever_writes_leaves_an_event(world, routes, signed_in):
    """Watches the database itself: a request that changes a record of ours also adds to the trail."""
    from django.core.cache import cache
    from django.db import connection, transaction

    ours = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "((?:registers|strategy|revision|accounts)_\w+)"')
    written = []

    def watch(execute, sql, params, many, context):
        written.extend(ours.findall(sql))
        if sql.startswith('INSERT INTO "audit_event"'):
            written.append("event")
        return execute(sql, params, many, context)

    clients = {"people": signed_in(world.admin), "work": signed_in(world.strategist)}
    silent, changed = [], set()
    for route, pattern in routes:
        if pattern.name == "account_logout":
            continue
        client = clients["people" if "personer/" in route else "work"]
        for told in world.soundly(pattern.name):
            written.clear()
            cache.clear()
            saved = transaction.savepoint()
            with connection.execute_wrapper(watch):
                client.post(world.fill(route), urlencode(told, doseq=True), content_type=FORM)
            transaction.savepoint_rollback(saved)
            records = {table for table in written if table not in {"event", "revision_presence"}}
            records -= {"accounts_person"} if pattern.name.startswith("account_") else set()  # when they were last in
            if records:
                changed.add(pattern.name)
                if "event" not in written:
                    silent.append((pattern.name, records))
    assert silent == []
    assert len(changed) > 15, changed


def test_every_answer_is_guarded(world, routes, signed_in):
    for who in (world.strategist, world.admin):
        client = signed_in(who)
        for route, pattern in routes:
            answer = client.get(world.fill(route))
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["X-Frame-Options"] == "DENY"
            if pattern.name != "asset":
                assert "no-store" in answer.headers["Cache-Control"], pattern.name
            for cookie in answer.cookies.values():
                assert cookie["path"] == "/arbete/", pattern.name
                assert cookie["samesite"] == "Lax", pattern.name
                assert cookie["httponly"] or cookie.key == "vagvisare-form", pattern.name


def test_cookies_are_sent_over_https_only_where_readers_come_so(settings):
    from vagvisare.web import settings as ours

    assert ours.SESSION_COOKIE_SECURE == ours.CSRF_COOKIE_SECURE == ours.HTTPS
    assert ours.SESSION_COOKIE_HTTPONLY


AWAY = (
    "//ond.example/",
    "https://ond.example/",
    "\\\\ond.example",
    "javascript:alert(1)",
    "/arbete/utkast/\\ond.example",
    "//localhost@ond.example",
    "///ond.example",
)


@pytest.mark.parametrize("away", AWAY)
def test_no_form_leads_away(world, routes, signed_in, away):
    from urllib.parse import urlsplit

    from vagvisare.web.frame.doorway import LANGUAGE_COOKIE

    client = signed_in(world.strategist)
    for route, pattern in routes:
        if pattern.name == "account_logout":
            continue
        sound = {**world.sound(), "next": away, "page": away, "fraga": away}
        answer = client.post(world.fill(route), urlencode(sound), content_type=FORM)
        onward = urlsplit(answer.headers.get("Location", "/"))
        assert onward.netloc in {"", "localhost"}, (pattern.name, answer.headers["Location"])
        assert not answer.headers.get("Location", "/").startswith(("//", "/\\", "\\")), pattern.name
        assert LANGUAGE_COOKIE not in answer.cookies or pattern.name in {"language", "profile"}


def test_a_name_the_site_does_not_go_by_is_refused(client, db):
    for name in ("ond.example", "localhost.ond.example", "localhost:80@ond.example"):
        answer = client.get("/arbete/konto/login/", headers={"host": name})
        assert answer.status_code == 400
        assert name.encode() not in answer.content
