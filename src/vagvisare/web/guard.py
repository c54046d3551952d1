"""What holds for every request and every answer: methods, hosts, lengths, and the headers that protect a reader."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from vagvisare.web import doors
from vagvisare.web.frame.doorway import WORKSPACE
from vagvisare.web.public.refusals import Refusal, refuse

LONGEST_ADDRESS = 2000
"""Characters in a path with its question; no address of ours is a tenth of that."""

LARGEST_BODY = 64 * 1024
"""Bytes in a request to the public site, which nobody sends anything to."""
_CARRY_OVER = 1024 * 1024
"""What a form may weigh beside the file it carries."""

_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_WORK_POLICY = f"{_POLICY}; img-src 'self' data:"
"""The workspace draws the picture that a sign-in app reads by itself."""
_YEAR = 365 * 24 * 3600

HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), interest-cohort=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def guard(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Wrap the site: refuse what it never answers, and put the headers on every answer."""

    def guarded(request: HttpRequest) -> HttpResponse:
        response = _refusal(request) or get_response(request)
        if request.path_info.startswith(WORKSPACE):
            response.headers.setdefault("Content-Security-Policy", _WORK_POLICY)
        if settings.HTTPS:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR}")
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.status_code != 304 and not response.streaming:  # what is not sent, or not known, has no length
            response.headers.setdefault("Content-Length", str(len(response.content)))
        if request.method == "HEAD":
            _empty(response)
        return response

    return guarded


def _empty(response: HttpResponse) -> None:
    if response.streaming:
        response.streaming_content = ()
    else:
        response.content = b""


WORK_METHODS = {"GET", "HEAD", "POST"}


def _refusal(request: HttpRequest) -> HttpResponse | None:
    working = request.path_info.startswith(WORKSPACE)
    if request.method not in (WORK_METHODS if working else {"GET", "HEAD"}):
        response = refuse(Refusal.METHOD, request.path_info)
        response.headers["Allow"] = "GET, HEAD"
        return response
    if len(request.get_full_path()) > LONGEST_ADDRESS:
        return refuse(Refusal.LENGTH, "/")
    try:
        request.get_host()
    except DisallowedHost:
        return refuse(Refusal.HOST, request.path_info)
    if _weight(request) > (settings.LARGEST_UPLOAD + _CARRY_OVER if working else LARGEST_BODY):
        return refuse(Refusal.WEIGHT, request.path_info)
    shut = doors.shut() if (request.path_info + "/").startswith(WORKSPACE) else None
    return None if shut is None else refuse(shut, request.path_info)


def _weight(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isascii() and told.isdigit() else 0
