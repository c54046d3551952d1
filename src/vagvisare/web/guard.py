"""What holds for every request and every answer: methods, hosts, lengths, and the headers that protect a reader."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from vagvisare.web.frame.doorway import WORKSPACE
from vagvisare.web.public.refusals import Refusal, refuse

LONGEST_ADDRESS = 2000
"""Characters in a path with its question; no address of ours is a tenth of that."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
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
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.status_code != 304:  # nothing is sent, so nothing has a length
            response.headers.setdefault("Content-Length", str(len(response.content)))
        if request.method == "HEAD":
            response.content = b""
        return response

    return guarded


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
    return None
