"""The permission walk: every address and every verb there is, as every role. What states no need fails here."""

import importlib
import inspect
import pkgutil
import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

pytestmark = pytest.mark.django_db

OPEN = {
    "start of a language": "language",
    "stylesheets and scripts": "asset",
    "signing in": "account_login",
    "signing out": "account_logout",
    "told that one is suspended": "account_inactive",
    "the door of the invited": "invitation",
    "the second factor, half-way in": "mfa_authenticate",
    "signing in with a key": "mfa_login_webauthn",
    "leaving for the identity provider": "openid_connect_login",
    "coming back from it": "openid_connect_callback",
    "having turned around there": "socialaccount_login_cancelled",
}
"""The only addresses that answer before anybody has signed in."""

ROLES = ("administrator", "strategist", "writer", "analyst", "process_leader", "partner", "registrar", "reader")
REGISTERS = ("mandate", "evidence")


def walk(patterns, before=""):
    """Return (address, pattern) of every view of the workspace."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern) and address.startswith("arbete/"):
            yield address, pattern


def addresses(urlconf=None):
    found = list(walk(get_resolver(urlconf).url_patterns))
    assert len(found) > 20
    return found


def fill(need, register="evidence"):
    return re.sub(r"\{\w+\}", register, need)


def complaints(found):
    """Say which addresses state no need, or one that is not in the matrix, or are open without being listed."""
    from vagvisare.web.access.needs import ANYONE
    from vagvisare.web.access.rules import MATRIX
    from vagvisare.web.frame.doorway import need_of

    said = []
    for address, pattern in found:
        need = need_of(pattern.callback)
        if need == ANYONE:
            if pattern.name not in OPEN.values():
                said.append(f"{address} is open to anybody and not listed")
        elif not any(fill(need, register) in MATRIX for register in REGISTERS):
            said.append(f"{address} needs “{need}”, which is not in the matrix")
    return said


def test_every_address_states_its_need():
    assert complaints(addresses()) == []


def test_every_address_listed_as_open_is_there():
    assert set(OPEN.values()) <= {pattern.name for _, pattern in addresses()}


def test_a_new_address_without_a_rule_fails_the_walk():
    from django.http import HttpResponse
    from django.urls import path

    from vagvisare.web.access.needs import ANYONE, needs

    def forgotten(request):
        return HttpResponse("hemligt")

    told = complaints([("arbete/ny/", path("ny/", forgotten))])
    assert told == ["arbete/ny/ needs “nobody”, which is not in the matrix"]
    assert complaints([("arbete/ny/", path("ny/", needs(ANYONE)(forgotten)))])
    with pytest.raises(KeyError):
        needs("something.new")(forgotten)


def test_an_address_without_a_rule_is_refused_to_everybody(signed_in, settings):
    import sys
    import types

    from django.http import HttpResponse
    from django.urls import include, path

    module = types.ModuleType("made_up_urls")
    module.urlpatterns = [
        path("arbete/ny/", lambda _request: HttpResponse("hemligt")),
        path("arbete/", include("vagvisare.web.desk.urls")),
        path("arbete/konto/", include("vagvisare.web.accounts.urls")),
    ]
    sys.modules["made_up_urls"] = module
    settings.ROOT_URLCONF = "made_up_urls"
    try:
        for role in ROLES:
            answer = signed_in(role).get("/arbete/ny/")
            assert answer.status_code == 404
            assert b"hemligt" not in answer.content
    finally:
        del sys.modules["made_up_urls"]


@pytest.mark.parametrize("role", [*ROLES, ""])
def test_the_door_lets_through_whom_the_matrix_says_at_every_address(person, rf, role):
    """Asks the doorway itself, so that addresses with parameters are walked as well, whatever they would show."""
    from vagvisare.terms.language import Language
    from vagvisare.web.access.needs import ANYONE
    from vagvisare.web.access.rules import MATRIX
    from vagvisare.web.frame.doorway import Doorway, need_of

    door, who = Doorway(lambda _request: None), person(role)
    checked = 0
    for address, pattern in addresses():
        need = need_of(pattern.callback)
        told = dict.fromkeys(re.findall(r"\{(\w+)\}", need), "evidence")
        for method in (rf.get, rf.post):
            request = method("/" + address, headers={"host": "localhost"})
            request.user, request.language, request.session = who, Language.SV, {}
            request._messages = []
            answer = door.process_view(request, pattern.callback, (), told)
            if need == ANYONE or role in MATRIX[fill(need)].roles:
                assert answer is None, address
            else:
                assert answer.status_code == 403, address
            checked += 1
    assert checked > 40


def plain_addresses():
    return [
        (address, pattern)
        for address, pattern in addresses()
        if isinstance(pattern.pattern, RoutePattern) and "<" not in address
    ]


@pytest.mark.parametrize("role", ROLES)
def test_every_plain_address_answers_each_role_as_the_matrix_says(signed_in, role):
    from vagvisare.web.access.needs import ANYONE
    from vagvisare.web.access.rules import MATRIX
    from vagvisare.web.frame.doorway import need_of

    for address, pattern in plain_addresses():
        if pattern.name == "account_logout":
            continue
        client, need = signed_in(role), need_of(pattern.callback)
        status = client.get("/" + address).status_code
        if need == ANYONE or role in MATRIX[fill(need)].roles:
            assert status != 403 or pattern.name == "openid_connect_callback", address
            assert status < 500, address
        else:
            assert status == 403, address


def test_whoever_has_not_signed_in_is_led_to_the_door(client):
    from vagvisare.web.access.needs import ANYONE
    from vagvisare.web.frame.doorway import need_of

    for address, pattern in plain_addresses():
        answer = client.get("/" + address, headers={"host": "localhost"})
        if need_of(pattern.callback) != ANYONE:
            assert answer.status_code == 302, address
            assert answer.headers["Location"].startswith("/arbete/konto/login/?next="), address


# Verbs


def every_verb():
    """Import every module of the workspace and return the verbs they hold."""
    import vagvisare.web
    from vagvisare.web.access.verbs import VERBS

    for module in pkgutil.walk_packages(vagvisare.web.__path__, "vagvisare.web."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)
    assert "accounts.actions.invite" in VERBS
    # Verbs that a test made up for itself stand in modules of their own.
    return {name: known for name, known in VERBS.items() if known.function.__module__.startswith("vagvisare.web.")}


NO_VERBS = {
    "vagvisare.web.strategy.actions.keep": "a part of the verbs that call it, within their transaction",
    "vagvisare.web.revision.sealing.actions.seal": "made of the verbs seal_records and write_sealed",
    "vagvisare.web.revision.sealing.actions.publish": "made of the verb write_sealed",
}
"""Public functions that say who does them and ask nothing themselves, each with its reason. Keep it short."""


def done_by_somebody():
    """Return the public functions of every module of actions that say who does them: their first argument is ``by``."""
    import sys

    every_verb()
    for module in [known for name, known in sys.modules.items() if re.match(r"vagvisare\.web\..*\bactions$", name)]:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                parameters = list(inspect.signature(function).parameters)
                if parameters[:1] == ["by"]:
                    yield f"{module.__name__}.{name}", function


def test_whatever_says_who_does_it_is_a_verb():
    found = dict(done_by_somebody())
    assert "vagvisare.web.accounts.actions.invite" in found
    assert {name for name, function in found.items() if not hasattr(function, "need")} <= set(NO_VERBS)


def test_every_verb_has_its_need_in_the_matrix():
    from vagvisare.web.access.rules import MATRIX

    for name, known in every_verb().items():
        assert any(fill(known.need, register) in MATRIX for register in REGISTERS), name


class Anything:
    """Stands for whatever a verb is given: it is refused before looking at it."""

    def __getattr__(self, name):
        raise AssertionError(f"looked at {name} before asking whether it may be done")


@pytest.mark.parametrize("role", [*ROLES, ""])
def test_every_verb_is_refused_before_anything_changes(person, role, django_assert_num_queries):
    from vagvisare.web.access.rules import MATRIX, grants_of
    from vagvisare.web.access.verbs import RefusedError

    who, refused = person(role), 0
    grants_of(who)
    for name, known in every_verb().items():
        if role in MATRIX[fill(known.need)].roles:
            continue
        parameters = list(inspect.signature(known.function).parameters.values())[1:]
        named = {p.name: Anything() for p in parameters if p.kind == p.KEYWORD_ONLY}
        named |= dict.fromkeys(re.findall(r"\{(\w+)\}", known.need), "evidence")
        given = [Anything() for p in parameters if p.kind == p.POSITIONAL_OR_KEYWORD and p.name not in named]
        with django_assert_num_queries(0), pytest.raises(RefusedError):
            known.function(who, *given, **named)
        refused += 1
        assert name
    assert refused or role in {"administrator", "strategist"}


def test_somebody_suspended_may_nothing(person):
    from vagvisare.web.access.rules import MATRIX, may

    gone = person("strategist")
    gone.is_active = False
    assert not any(may(gone, need) for need in MATRIX)
    assert not any(may(None, need) for need in MATRIX)


def test_a_verb_without_a_need_cannot_be_asked(person):
    from vagvisare.web.access.verbs import VERBS, verb

    made = verb("something.new")(lambda _by: None)
    try:
        with pytest.raises(KeyError):
            made(person("administrator"))
    finally:
        VERBS.popitem()


def test_the_reference_page_is_made_from_the_matrix():
    import subprocess
    import sys
    from pathlib import Path

    tool = Path(__file__).parents[3] / "tools" / "permissions.py"
    told = subprocess.run([sys.executable, str(tool), "--check"], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout
