"""Open the site and serve it with Waitress: one process, some threads, nothing to install beside it."""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from waitress import create_server

from vagvisare.proofreading import dictionary
from vagvisare.proofreading.dictionary import NoDictionaryError
from vagvisare.publications.material import Material
from vagvisare.strategy_folder.folder import Folder
from vagvisare.terms.errors import OutputError
from vagvisare.terms.language import Text
from vagvisare.web.public import refusals, shelf

MaterialFor = Callable[[date], Material]
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104  what a person may ask for
THREADS = 8
WORKING_THREADS = 16
"""As many when people work here: a save waits for the disk, and nobody else should wait with it."""
NO_NAMES = Text(
    "Webbplatsen svarar på vilket namn som helst. Säg vad den heter med VAGVISARE_HOSTS, så lånar ingen dess adress.",
    "The site answers to any name. Tell its own with VAGVISARE_HOSTS, and nobody can borrow its address.",
)
_BEHIND = {"trusted_proxy_count": 1, "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"}}
"""What a proxy is believed about: attempts are counted by address, and would all be the proxy's own otherwise."""
_LONGEST_HEADER = 16 * 1024
_LARGEST_BODY = 64 * 1024
_LARGEST_UPLOAD = 64 * 1024 * 1024
"""Beyond this a request is cut off unread; from the workspace's own limit up to it, it is refused with a sentence."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The strategy folder people work on, beside the public site; ``anew`` reads it and its figures again."""

    path: Path
    folder: Folder
    anew: Callable[[], tuple[Folder, Material, MaterialFor]] | None = None


def application(
    material: Material, material_for: MaterialFor, *, host: str = "", workspace: Workspace | None = None
) -> Any:
    """Return the WSGI application that answers from ``material``; ``host`` is one more name it answers to.

    With a ``workspace`` its doors are open when the records are there and up to date; they are looked for again each
    time somebody knocks. Without one there are no doors to knock at.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vagvisare.web.settings")
    if host in EVERYWHERE:
        settings.ALLOWED_HOSTS = settings.HOSTS_TOLD or ["*"]  # every address was asked for, and no name told
    elif host and host not in settings.ALLOWED_HOSTS:
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, host]
    _show(material, material_for)
    made = get_wsgi_application()
    from vagvisare.web import doors  # noqa: PLC0415  it asks the records, so Django is to be open first
    from vagvisare.web.strategy import opened  # noqa: PLC0415  the same

    if workspace is None:
        doors.open_always()
    else:
        opened.put(workspace.path, workspace.folder, _renewing(workspace))
        doors.look()
    return made


def _show(material: Material, material_for: MaterialFor) -> None:
    on_show = shelf.Shelf(material, material_for)
    refusals.prepare(on_show.today.site)
    shelf.put(on_show)


def _renewing(workspace: Workspace) -> Callable[[], None] | None:
    """Return what reads the folder again and shows it, one at a time."""
    anew, turn = workspace.anew, threading.Lock()
    if anew is None:
        return None

    def renew() -> None:
        from vagvisare.web.strategy import opened  # noqa: PLC0415  Django is to be open first

        with turn:
            folder, material, material_for = anew()
            opened.put(workspace.path, folder, renew)
            _show(material, material_for)
        _warm_up()

    return renew


def serve(
    material: Material,
    material_for: MaterialFor,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    workspace: Workspace | None = None,
    announce: Callable[[str], None] | None = None,
) -> None:
    """Serve the site until interrupted (Ctrl-C or SIGTERM), then return.

    Args:
        material: what is shown.
        material_for: computes what was known on an earlier day, for ``?as-of=``.
        host: address to listen on.
        port: port to listen on; 0 takes any free one.
        workspace: the folder people work on here; None serves the public site only.
        announce: told the site's address when it is ready; printed when left out.

    Raises:
        OutputError: when the port is taken or may not be used, or the address is none of this machine's.
    """
    made = application(material, material_for, host=host, workspace=workspace)
    server = _bound(made, host, port, working=workspace is not None)
    with _stoppable():
        (announce or _print)(f"http://{_named(host)}:{server.effective_port}/")
        _say_how_it_stands(workspace, host)
        _warm_up(working=workspace is not None)
        server.run()
    server.close()
    gc.unfreeze()  # what is about to end is tidied up as usual


def _bound(app: Any, host: str, port: int, *, working: bool) -> Any:
    try:
        return create_server(
            app,
            host=host,
            port=port,
            threads=WORKING_THREADS if working else THREADS,
            ident=None,
            connection_limit=400,
            channel_timeout=30,
            max_request_header_size=_LONGEST_HEADER,
            max_request_body_size=_LARGEST_UPLOAD if working else _LARGEST_BODY,
            clear_untrusted_proxy_headers=True,
            **(_BEHIND | {"trusted_proxy": settings.PROXY} if settings.PROXY else {}),
            # What stands before us ends https and is not asked about it: the setting says how readers come. Without it
            # no form would be taken to come from us, and invitations would be written with http.
            url_scheme="https" if settings.HTTPS else "http",
        )
    except (OSError, ValueError) as error:  # the latter for an address that is none
        raise _not_bound(host, port, error) from error


def _not_bound(host: str, port: int, error: OSError | ValueError) -> OutputError:
    number = getattr(error, "errno", None)
    why = getattr(error, "strerror", None) or error
    what = Text(f"Det går inte att lyssna på {host}:{port} ({why}).", f"Cannot listen on {host}:{port} ({why}).")
    remedy = Text(
        f"Välj en annan port, till exempel --port {port + 1} (make demo PORT={port + 1}).",
        f"Choose another port, for example --port {port + 1} (make demo PORT={port + 1}).",
    )
    if number == errno.EADDRINUSE:
        what = Text(f"Port {port} är upptagen.", f"Port {port} is taken.")
    elif number != errno.EACCES:
        remedy = Text(
            "Välj en av den här datorns adresser med --host, eller 0.0.0.0 för alla.",
            "Choose one of this machine's addresses with --host, or 0.0.0.0 for all of them.",
        )
    return OutputError(what, meaning=Text("Webbplatsen har inte startats.", "The site was not started."), remedy=remedy)


def _named(host: str) -> str:
    if host in {*EVERYWHERE, ""}:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _print(address: str) -> None:
    sys.stdout.write(f"Vägvisare: {address}  (Ctrl-C avslutar · Ctrl-C stops)\n")
    sys.stdout.flush()


def _say_how_it_stands(workspace: Workspace | None, host: str) -> None:
    """Tell the terminal what the workspace waits for, when it waits for something."""
    if workspace is None:
        return
    from vagvisare.web import doors  # noqa: PLC0415  Django is open by now

    sys.stdout.write(doors.told(workspace.path))
    if host in EVERYWHERE and not settings.HOSTS_TOLD:
        sys.stdout.write(f"{NO_NAMES.sv}\n{NO_NAMES.en}\n")
    sys.stdout.flush()


def _warm_up(*, working: bool = False) -> None:
    """Make the pages while nobody waits for them; where people write, read the dictionary before that."""
    threading.Thread(target=_make_ready, args=(working,), name="warm", daemon=True).start()


def _make_ready(working: bool) -> None:
    if working:
        _open_dictionary()
    shelf.current().today.warm()
    # All that stays. Python would look through every bit of it again a few times a minute, most of a second each time,
    # and nobody is answered meanwhile. What an earlier reading of the folder left behind is let go of first.
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _open_dictionary() -> None:
    """Read the dictionary before the first writer asks for it; without one the remarks say so themselves."""
    with suppress(NoDictionaryError):
        dictionary.swedish()


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
