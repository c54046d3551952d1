"""Open the site and serve it with Waitress: one process, eight threads, nothing to install beside it."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from waitress import create_server

from vagvisare.publications.material import Material
from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Text
from vagvisare.web.public import refusals, shelf

THREADS = 8
_LONGEST_HEADER = 16 * 1024
_LARGEST_BODY = 64 * 1024


def application(material: Material, material_for: Callable[[date], Material], *, host: str = "") -> Any:
    """Return the WSGI application that answers from ``material``; ``host`` is one more name it answers to."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vagvisare.web.settings")
    if host in {"0.0.0.0", "::"}:  # noqa: S104  every address of the machine was asked for: so is every name
        settings.ALLOWED_HOSTS = ["*"]
    elif host and host not in settings.ALLOWED_HOSTS:
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, host]
    opened = shelf.Shelf(material, material_for)
    refusals.prepare(opened.today.site)
    shelf.put(opened)
    return get_wsgi_application()


def serve(
    material: Material,
    material_for: Callable[[date], Material],
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    announce: Callable[[str], None] | None = None,
) -> None:
    """Serve the site until interrupted (Ctrl-C or SIGTERM), then return.

    Args:
        material: what is shown.
        material_for: computes what was known on an earlier day, for ``?as-of=``.
        host: address to listen on.
        port: port to listen on; 0 takes any free one.
        announce: told the site's address when it is ready; printed when left out.

    Raises:
        OutputError: when the port is taken or may not be used.
    """
    server = _bound(application(material, material_for, host=host), host, port)
    with _stoppable():
        (announce or _print)(f"http://{_named(host)}:{server.effective_port}/")
        _warm_up()
        server.run()
    server.close()


def _bound(app: Any, host: str, port: int) -> Any:
    try:
        return create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            connection_limit=400,
            channel_timeout=30,
            max_request_header_size=_LONGEST_HEADER,
            max_request_body_size=_LARGEST_BODY,
            clear_untrusted_proxy_headers=True,
        )
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        what = (
            Text(f"Port {port} är upptagen.", f"Port {port} is taken.")
            if taken
            else Text(
                f"Det går inte att lyssna på {host}:{port} ({error.strerror or error}).",
                f"Cannot listen on {host}:{port} ({error.strerror or error}).",
            )
        )
        raise OutputError(
            what,
            meaning=Text("Webbplatsen har inte startats.", "The site was not started."),
            remedy=Text(
                f"Välj en annan port, till exempel --port {port + 1} (make demo PORT={port + 1}).",
                f"Choose another port, for example --port {port + 1} (make demo PORT={port + 1}).",
            ),
        ) from error


def _named(host: str) -> str:
    if host in {"0.0.0.0", "::", ""}:  # noqa: S104  only shown
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _print(address: str) -> None:
    sys.stdout.write(f"Vägvisare: {address}  (Ctrl-C avslutar · Ctrl-C stops)\n")
    sys.stdout.flush()


def _warm_up() -> None:
    """Make the pages while nobody waits for them."""
    threading.Thread(target=shelf.current().today.warm, name="warm", daemon=True).start()


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let SIGTERM end the server as Ctrl-C does; only the main thread may listen for signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        pass  # the reader is done; ending is no failure
    finally:
        signal.signal(signal.SIGTERM, before)
