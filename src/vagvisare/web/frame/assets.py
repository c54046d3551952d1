"""The workspace's stylesheet and scripts, each under an address that changes when it does."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vagvisare.web.access.needs import ANYONE, needs

_OWN = Path(__file__).parents[1] / "static"
_SHARED = Path(__file__).parents[2] / "publications" / "static"
_LONGEST_NAME = 100
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@cache
def _read(name: str) -> tuple[bytes, str, str]:
    """Return an asset's bytes, type and digest; our own folder is looked in first, then the public site's."""
    for folder in (_OWN, _SHARED):
        path = folder / name
        if len(name) > _LONGEST_NAME or path.suffix not in _TYPES:
            continue
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            body = path.read_bytes()
            return body, _TYPES[path.suffix], hashlib.sha256(body).hexdigest()[:12]
    raise FileNotFoundError(name)


def address(name: str) -> str:
    """Return the address of an asset, such as ``site.css``."""
    return f"/arbete/static/{_read(name)[2]}/{name}"


@needs(ANYONE)
@require_safe
def asset(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """Send an asset, for keeps; an older address gives the newest."""
    del request
    try:
        body, kind, now = _read(name)
    except FileNotFoundError:
        raise Http404(name) from None
    response = HttpResponse(body, content_type=kind)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if digest == now else "no-cache"
    return response
