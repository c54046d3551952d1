"""A request in, a prepared answer out."""

from __future__ import annotations

import logging
import re
import sys
from datetime import date

from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.utils.cache import get_conditional_response
from django.utils.encoding import escape_uri_path

from vagvisare.terms.errors import UserError
from vagvisare.web.public import shelf
from vagvisare.web.public.refusals import Refusal, refuse
from vagvisare.web.public.shelf import Answer, BusyError, OutOfRangeError

_log = logging.getLogger(__name__)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
AS_OF = "as-of"


def answer(request: HttpRequest) -> HttpResponse:
    """Answer any address: a page, a data file, a deck, a redirect to the full address, or a refusal."""
    path = request.path_info
    if path == "/robots.txt":
        return _sent(request, shelf.current().robots())
    try:
        day = _day(request.GET)
    except ValueError:
        return refuse(Refusal.DAY, path)
    try:
        edition = shelf.current().at(day)
    except (OutOfRangeError, UserError):
        return refuse(Refusal.OUT_OF_RANGE, path)
    except BusyError:
        return refuse(Refusal.BUSY, path)
    found = edition.answer(path)
    if found is not None:
        return _sent(request, found)
    if not path.endswith("/") and f"{path}/" in edition:
        return _moved(request, f"{path}/")
    return refuse(Refusal.UNKNOWN, path)


def misunderstood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  Django calls it so
    """Answer a request that Django itself could not take."""
    return refuse(Refusal.UNDERSTOOD, request.path_info)


def unknown(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  Django calls it so
    """Answer an address that no pattern takes."""
    return refuse(Refusal.UNKNOWN, request.path_info)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when we failed; what failed is in the log, not on the page.

    A database that is away, locked for too long or out of room is no failure of ours: the reader is asked to wait, and
    the log gets a line instead of a traceback.
    """
    error = sys.exc_info()[1]
    if isinstance(error, DataError):  # a cookie may hold what no records can
        return refuse(Refusal.UNDERSTOOD, request.path_info)
    if isinstance(error, OperationalError | InterfaceError):
        _log.warning("the database does not answer: %s", str(error).partition("\n")[0])
        return refuse(Refusal.NO_ANSWER, request.path_info)
    return refuse(Refusal.BROKEN, request.path_info)


def _day(asked: QueryDict) -> date | None:
    """Return the day asked about, or None.

    Raises:
        ValueError: when it is no day, or more than one.
    """
    given = asked.getlist(AS_OF)
    if not given:
        return None
    if len(given) > 1 or not _DAY.fullmatch(given[0]):
        raise ValueError(AS_OF)
    return date.fromisoformat(given[0])


def _sent(request: HttpRequest, found: Answer) -> HttpResponse:
    packed = bool(found.packed) and _takes_gzip(request.headers.get("Accept-Encoding", ""))
    etag = f'"{found.digest}{"-gz" if packed else ""}"'
    response = HttpResponse(found.packed if packed else found.body, content_type=found.content_type)
    response.headers["Content-Length"] = str(len(response.content))
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = etag
    if found.packed:
        response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = "public, max-age=60"
    if request.path_info.startswith("/data/"):
        # Open data is for other sites' scripts too.
        response.headers["Access-Control-Allow-Origin"] = "*"
    if found.download:
        response.headers["Content-Disposition"] = f'attachment; filename="{found.download}"'
    return get_conditional_response(request, etag=etag, response=response)


def _takes_gzip(accepted: str) -> bool:
    for part in accepted.split(","):
        name, _, weight = part.strip().partition(";")
        if name.strip().lower() == "gzip":
            return not re.fullmatch(r"\s*q=0(\.0*)?\s*", weight)
    return False


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    tail = f"?{query}" if query else ""
    return HttpResponsePermanentRedirect(escape_uri_path(path) + tail)
