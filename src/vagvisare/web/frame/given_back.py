"""A form that could not be kept, given back: the page it stood on, with all that was written still in it, and why.

Views raise their errors and are done. The page is drawn as anybody would see it who goes there now, and the form on it
filled with what was sent. The ``field`` of the error tells which one is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import resolve
from markupsafe import Markup

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Language
from vagvisare.web.access.verbs import OvertakenError, RefusedError
from vagvisare.web.frame.form_on_page import filled
from vagvisare.web.frame.refusals import UNKEEPABLE, asks_json, page_of, status_of

PAGE = "stod_pa"
"""The field a page that is given back carries in every form: the answer to a form has an address of its own."""
_ALERT = "formularets-fel"
_SAID = Markup('<p class="form-said" role="alert" id="{}" tabindex="-1" autofocus>{}</p>')
_CARRIED = Markup('<input type="hidden" name="{}" value="{}">')

Gate = Callable[[HttpRequest, Callable[..., HttpResponse], tuple[Any, ...], dict[str, Any]], HttpResponse | None]


def given_back(request: HttpRequest, error: UserError, gate: Gate) -> HttpResponse | None:
    """Return the page a form stood on, with its words and what is wrong; None where there is no such page or form.

    Whoever may not do it at all gets no form to try again with, and whoever was overtaken is first to see what stands
    now: both are answered otherwise. ``gate`` refuses who may not see the page.
    """
    if request.method != "POST" or asks_json(request) or isinstance(error, (RefusedError, OvertakenError)):
        return None
    address = page_of(request, request.POST.get(PAGE, "")) or request.get_full_path()
    drawn = _drawn(request, address, gate)
    return None if drawn is None else filled_in(request, drawn, error, address=address)


def filled_in(
    request: HttpRequest, drawn: HttpResponse, error: UserError, *, address: str = "", status: int = 0
) -> HttpResponse | None:
    """Return a page as ``drawn`` with the form that was sent, what was written in it, and what is wrong.

    None where the page has no such form, or one with nothing to write in.

    Args:
        request: what was sent.
        drawn: the page the form stands on.
        error: what is wrong.
        address: of the page, where it is another than what was sent to.
        status: how the answer is numbered, where that does not follow from the error.
    """
    language: Language = request.language  # type: ignore[attr-defined]
    here = address or request.get_full_path()
    body = filled(
        drawn.content.decode(),
        here,
        request.path_info,
        dict(request.POST.lists()),
        alert=_SAID.format(_ALERT, error.message(language)),
        about=(error.field, _ALERT),
        carried=_CARRIED.format(PAGE, here),
    )
    if body is None:
        return None
    drawn.content = body.encode()
    drawn.status_code = status or status_of(error)
    return drawn


def _drawn(request: HttpRequest, address: str, gate: Gate) -> HttpResponse | None:
    """Draw a page of ours for whoever sent the form; None where it is not there, or not theirs to see."""
    path, _, query = address.partition("?")
    path = unquote(path)
    asked = copy(request)
    asked.method, asked.path, asked.path_info = "GET", path, path
    asked.META = request.META | {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
    asked.GET, asked.POST = QueryDict(query), QueryDict()  # type: ignore[assignment]
    try:
        view, args, told = resolve(path)
        drawn = gate(asked, view, args, told) or view(asked, *args, **told)
    except (UserError, Http404, *UNKEEPABLE):
        return None
    html = drawn.headers.get("Content-Type", "").startswith("text/html")
    return drawn if drawn.status_code == 200 and not drawn.streaming and html else None
