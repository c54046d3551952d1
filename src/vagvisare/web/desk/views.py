"""Where a person comes in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from vagvisare.web.access.needs import ANYONE, needs
from vagvisare.web.desk import queries, when
from vagvisare.web.frame.doorway import LANGUAGE_COOKIE
from vagvisare.web.frame.drawing import page


@needs("workspace.read")
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person."""
    told = {
        "waiting": queries.waiting(request.user),
        "begun": queries.begun(),
        "step": queries.next_step(),
        "when": when.written,
    }
    return page(request, "desk/start.html", told)


@needs(ANYONE)
@require_POST
def language(request: HttpRequest, language: str) -> HttpResponse:
    """Choose a language and go back to where one was."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(back if safe else "/arbete/")
    response.set_cookie(
        LANGUAGE_COOKIE, "en" if language == "en" else "sv", max_age=365 * 24 * 3600, path="/arbete/", samesite="Lax",
        httponly=True,
    )  # fmt: skip
    return response
