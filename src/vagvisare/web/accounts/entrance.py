"""The sign-in library's views as ours: each states its need, and its pages are drawn in our frame."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.views.decorators.http import require_http_methods
from requests import RequestException

from vagvisare.terms.language import Text
from vagvisare.web.access.needs import needs
from vagvisare.web.accounts.provider import NAME, SILENT, refusal
from vagvisare.web.frame.drawing import context, page

View = Callable[..., HttpResponseBase]


def ours(need: str, view: View) -> View:
    """Return a view of the library that states ``need`` and gives its template what every page of ours may use."""

    @functools.wraps(view)
    def drawn(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        if isinstance(answer, SimpleTemplateResponse) and not answer.is_rendered:
            told = dict(answer.context_data or {})
            # A view of the library hands over itself and the request; templates need neither.
            told.pop("view", None)
            answer.context_data = context(request, {"demonstration": demonstration(), "provider": provider()} | told)
        return answer

    return needs(need)(require_http_methods(["GET", "HEAD", "POST"])(drawn))


def to_provider(view: View) -> View:
    """Return the view that leads to the identity provider: asked for by a form, answered by a page that goes there.

    A form that ended in a redirect would need every address on the provider's way in ``form-action``; a link followed
    by GET would let any page start a sign-in. This needs neither.
    """

    @functools.wraps(view)
    def leading(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return page(request, "accounts/to_provider.html", {"provider": provider(), "onward": ""})
        try:
            answer = view(request, *args, **kwargs)
        except RequestException:
            return refusal(request, SILENT)
        if answer.status_code not in {302, 303}:
            return answer
        onward = answer.headers["Location"]
        shown = page(request, "accounts/to_provider.html", {"provider": provider(), "onward": onward})
        shown.headers["Refresh"] = f"0; url={onward}"
        return shown

    return leading


def provider() -> str:
    """Return what the region calls its identity provider; empty where there is none."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return next((str(app["name"]) for app in apps if app["provider_id"] == NAME), "")


def demonstration() -> bool:
    """Tell whether this is a demonstration, where nothing is decided by anybody."""
    return bool(getattr(settings, "DEMONSTRATION", False))


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer somebody who asks too often."""
    del exception
    what = Text("Det har kommit för många försök härifrån.", "There have been too many attempts from here.")
    meaning = Text("Det här försöket är inte prövat.", "This attempt was not tried.")
    remedy = Text("Vänta en minut och försök igen.", "Wait a minute and try again.")
    return page(request, "accounts/refused.html", {"what": what, "meaning": meaning, "remedy": remedy}, status=429)
