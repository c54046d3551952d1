"""What a client of a source may do on the network, and what it gets back; ``sources/http`` does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from vagvisare.terms.language import Text


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole reply with a status below 400, or one that the caller said it can read (``accept_status``).

    ``body`` is as sent, decompressed; ``sha256`` is over it. ``url`` is where it came from in the end. ``headers`` have
    lower-case names.
    """

    url: str
    status: int
    content_type: str
    body: bytes
    sha256: str
    headers: Mapping[str, str]

    def json(self) -> Any:
        """Read the body as JSON.

        Raises:
            UnreadableError: when it is none: cut off, a page of HTML, or another encoding.
        """
        from vagvisare.sources.errors import UnreadableError  # noqa: PLC0415 errors know nothing of replies

        return UnreadableError.json_of(self)


class Wire(Protocol):
    """The way to one source: polite (paced, retried with jitter, Retry-After obeyed), bounded, and remembered.

    Addresses are relative to the source's base, or absolute on the same host (``next_url``). A call with ``kept`` is a
    data call: its reply is stored under its checksum, and an interrupted fetch that is taken up again gets it from
    there instead of asking once more.
    """

    @property
    def base(self) -> str:
        """The source's address, or the folder where files lie."""

    def tighten(self, calls: int, seconds: float) -> None:
        """Slow down to what the source itself says it allows; never speed up."""

    def get(
        self,
        address: str,
        params: Mapping[str, str | int] | None = None,
        *,
        kept: bool = False,
        accept: str = "application/json",
        accept_status: frozenset[int] = frozenset(),
    ) -> Reply:
        """Ask with GET.

        Raises:
            SourceError: one of its kinds: unreachable, refused, gone, limited, unreadable.
        """

    def post(
        self,
        address: str,
        body: Mapping[str, Any],
        params: Mapping[str, str | int] | None = None,
        *,
        kept: bool = False,
        accept: str = "application/json",
        accept_status: frozenset[int] = frozenset(),
    ) -> Reply:
        """Ask with POST, the body as JSON; only for questions, so that asking twice does no harm.

        Raises:
            SourceError: as ``get``.
        """


@dataclass(frozen=True, slots=True)
class FilesOnly:
    """The way to files that lie in a strategy folder, ``base``: there is nobody to ask."""

    base: str

    def tighten(self, calls: int, seconds: float) -> None:
        """Do nothing: files need no pace."""

    def get(self, address: str, *_: object, **__: object) -> Reply:
        """Refuse.

        Raises:
            ForbiddenAddressError: always.
        """
        raise _nobody(address)

    def post(self, address: str, *_: object, **__: object) -> Reply:
        """Refuse.

        Raises:
            ForbiddenAddressError: always.
        """
        raise _nobody(address)


def _nobody(address: str) -> Exception:
    from vagvisare.sources.errors import ForbiddenAddressError  # noqa: PLC0415 errors know nothing of wires

    return ForbiddenAddressError(
        Text(
            f"{address} kan inte hämtas: källan läser bara filer.",
            f"{address} cannot be fetched: the source reads files.",
        ),
        remedy=Text("Lägg filen i strategimappen.", "Put the file in the strategy folder."),
    )
