"""How the workspace draws a page: the same templates and stylesheet as the public site, with both languages in place.

In a template ``t("svenska", "English")`` says the reader's language; ``say(text)`` does it for a ``Text``;
``may("draft.write")`` asks the matrix; ``url("register", "evidence")`` is an address by name; ``markdown(text)`` is
text as safe HTML; ``day(date)`` and ``moment(time)`` are written as people read them. ``own(words)`` says the
strategy's own words, marked where a page in English has them only in Swedish; ``foreign(words)`` is that mark for an
element (always, without words), and ``swedish(words)`` are words that are Swedish whatever the page.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse
from jinja2 import Environment, StrictUndefined

from vagvisare.publications.markdown import markdown
from vagvisare.terms.language import Language, Text
from vagvisare.web.access.rules import may
from vagvisare.web.audit.trail import name_of
from vagvisare.web.frame import assets, dates
from vagvisare.web.frame.swedish import Swedish, foreign, own

_ALWAYS = Swedish("sv")


def environment(**options: Any) -> Environment:
    """Return the Jinja2 environment Django draws with: what is not defined is a mistake, never a blank."""
    options["undefined"] = StrictUndefined
    options["trim_blocks"] = options["lstrip_blocks"] = True
    made = Environment(**options)  # noqa: S701  Django's backend turns autoescaping on
    made.globals.update(
        url=_url, known=_known, asset=assets.address, markdown=markdown, swedish=Swedish, name_of=name_of
    )
    return made


def page(request: HttpRequest, template: str, told: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """Draw a page of the workspace."""
    body = get_template(template, using="jinja2").render(context(request, told or {}), request)
    return HttpResponse(body, status=status)


def context(request: HttpRequest, told: dict[str, Any]) -> dict[str, Any]:
    """Return what every page of the workspace may use, and what this one is told."""
    language: Language = getattr(request, "language", Language.SV)
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    return {
        "lang": language.value,
        "language": language,
        "person": person,
        "request": request,
        "here": request.path_info,
        "t": lambda sv, en: sv if language is Language.SV else en,
        "say": lambda text: text.to(language) if isinstance(text, Text) else text,
        "own": lambda words: own(words, language),
        "foreign": lambda words=_ALWAYS: foreign(words, language),
        "may": lambda need, scope=None: may(person, need, scope),
        "day": lambda value: dates.day(value, language),
        "moment": lambda value: dates.moment(value, language),
        "token": lambda: get_token(request),
        "news": lambda: messages.get_messages(request),
    } | told


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)


def _known(name: str, *args: Any) -> bool:
    try:
        reverse(name, args=args)
    except NoReverseMatch:
        return False
    return True
