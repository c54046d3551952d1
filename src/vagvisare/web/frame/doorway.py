"""The way into the workspace: language, permission, and refusals said as pages. Public pages pass by untouched."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Language
from vagvisare.web.access.needs import ANYONE
from vagvisare.web.access.rules import may
from vagvisare.web.frame import refusals
from vagvisare.web.frame.given_back import given_back

WORKSPACE = "/arbete/"
"""Where people who sign in work; everything else is only ever read."""
LANGUAGE_COOKIE = "sprak"

Handler = Callable[[HttpRequest], HttpResponse]


class Doorway:
    """The innermost middleware."""

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the person's language, and let nobody keep a copy of what is not public."""
        if not _inside(request):
            return self._get_response(request)
        request.language = language_of(request)  # type: ignore[attr-defined]
        with translation.override(request.language.value):
            response = self._get_response(request)
            if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
                response = refusals.form_only(request, response)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Content-Language"] = request.language.value
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[object, ...], told: dict[str, object]
    ) -> HttpResponse | None:
        """Refuse what the view's need does not allow; a view of ours that states no need is refused to everybody."""
        del args
        need = need_of(view) if _inside(request) else ANYONE
        if need == ANYONE:
            return None
        if not request.user.is_authenticated:
            if request.method == "POST" or refusals.asks_json(request):
                return refusals.signed_out(request)
            return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={quote(request.get_full_path())}")
        asked = need.format(**told) if "{" in need else need
        try:
            allowed = may(request.user, asked)
        except KeyError:
            allowed = False
        return None if allowed else refusals.forbidden(request, asked)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say a mistake of the user's as a page; ours are left to the log."""
        if not _inside(request):
            return None
        if isinstance(error, refusals.UNKEEPABLE):
            error = refusals.UnkeepableError()
        if isinstance(error, Http404) and request.user.is_authenticated:
            error = refusals.NothingThereError()
        if not isinstance(error, UserError):
            return None
        return given_back(request, error, self.process_view) or refusals.said(request, error)


def _inside(request: HttpRequest) -> bool:
    return (request.path_info + "/").startswith(WORKSPACE)


def language_of(request: HttpRequest) -> Language:
    """Return the language a person has chosen; Swedish until somebody has."""
    chosen = request.COOKIES.get(LANGUAGE_COOKIE) or getattr(request.user, "language", "")
    return Language.EN if chosen == Language.EN.value else Language.SV


def need_of(view: Callable[..., HttpResponse]) -> str:
    """Return what a view states that it needs; "nobody" when it states nothing."""
    stated = getattr(view, "need", "") or getattr(getattr(view, "view_class", None), "need", "")
    return str(stated or "nobody")
