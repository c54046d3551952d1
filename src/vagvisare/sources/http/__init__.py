"""The network: one polite, patient, guarded way to each official source."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping

from vagvisare.sources.contract import Source
from vagvisare.sources.http.addresses import origin_of, shown
from vagvisare.sources.http.keeper import Keeper, request_key
from vagvisare.sources.http.limits import Limits
from vagvisare.sources.http.pace import Pace, pace_of
from vagvisare.sources.http.sentences import StoppedError, bad_setting
from vagvisare.sources.http.wire import HttpWire, Progress
from vagvisare.sources.query import Settings
from vagvisare.terms.language import Text

__all__ = ["HttpWire", "Keeper", "Limits", "Pace", "Progress", "StoppedError", "open_wire", "request_key", "variable"]


def variable(source: str) -> str:
    """Return the environment variable that moves a source: VAGVISARE_SOURCE_KOLADA_URL."""
    return f"VAGVISARE_SOURCE_{source.upper().replace('-', '_')}_URL"


def open_wire(
    source: Source,
    settings: Settings,
    *,
    keeper: Keeper | None = None,
    stop: threading.Event | None = None,
    progress: Progress | None = None,
    limits: Limits | None = None,
    environ: Mapping[str, str] = os.environ,
) -> HttpWire:
    """Open the way to a source, where and as often as the folder and the environment say; close it after use.

    The environment goes before the folder, and the folder before what is known of the source. Nothing is sent yet.

    Raises:
        UserError: when an address given is none; names the setting.
    """
    name = variable(source.name)
    given, setting = environ.get(name, "").strip(), Text(name, name)
    if not given:
        place = f"[sources.{source.name}]"
        given, setting = settings.url.strip(), Text(f"url i {place}", f"url in {place}")
    base = _base(given, setting) if given else _base(source.url, Text(source.title, source.title))
    pace = pace_of(source.name, base, settings.calls or source.calls, settings.seconds or source.seconds)
    return HttpWire(
        base,
        pace,
        configured=bool(given),
        keeper=keeper,
        stop=stop,
        progress=progress,
        limits=limits,
        environ=environ,
    )


def _base(url: str, setting: Text) -> str:
    """Return the address without a slash at its end.

    Raises:
        UserError: when it is not an http or https address.
    """
    if not url:
        return ""
    try:
        origin_of(url)
    except ValueError:
        raise bad_setting(setting, shown(url)) from None
    if "?" in url or "#" in url:
        raise bad_setting(setting, shown(url))
    return url.rstrip("/")
