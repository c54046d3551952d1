"""The body of a reply, read piece by piece within a limit; packed bodies are unpacked no further than the limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable

_PIECE = 1 << 20
_GZIP = 16 + zlib.MAX_WBITS


class TooLargeError(Exception):
    """More came than we take."""


class BrokenPackingError(Exception):
    """The body is not packed as the reply says, or in a way we did not ask for."""


class CutOffError(Exception):
    """The packed body ended before its own end."""


def read_body(
    pieces: Iterable[bytes], packing: str, limit: int, progress: Callable[[int], None] = lambda _: None
) -> bytes:
    """Return the whole body, unpacked; ``packing`` is the reply's Content-Encoding.

    ``progress`` is told of every piece, in unpacked bytes.

    Raises:
        TooLargeError: when it is more than ``limit`` bytes, before they have been read.
        BrokenPackingError: when it cannot be unpacked.
        CutOffError: when the packing ends too soon.
    """
    kind = packing.strip().lower()
    if kind in ("", "identity"):
        unpacked = pieces
    elif kind in ("gzip", "x-gzip"):
        unpacked = _unzipped(_bounded(pieces, limit))
    else:
        raise BrokenPackingError
    kept: list[bytes] = []
    size = 0
    for piece in unpacked:
        size += len(piece)
        if size > limit:
            raise TooLargeError
        kept.append(piece)
        progress(len(piece))
    return b"".join(kept)


def _unzipped(pieces: Iterable[bytes]) -> Iterable[bytes]:
    """Yield what is in one or more gzip members, at most a megabyte at a time however well they are packed."""
    member, begun = zlib.decompressobj(_GZIP), False
    for piece in pieces:
        rest, more = piece, bool(piece)
        while more:
            try:
                out = member.decompress(rest, _PIECE)
            except zlib.error:
                raise BrokenPackingError from None
            begun = True
            if out:
                yield out
            # A full piece may leave more inside, although everything has been taken in.
            rest, more = member.unconsumed_tail, bool(member.unconsumed_tail) or len(out) == _PIECE
            if member.eof:
                rest = member.unused_data
                member, begun, more = zlib.decompressobj(_GZIP), False, bool(rest)
    if begun:
        raise CutOffError


def _bounded(pieces: Iterable[bytes], limit: int) -> Iterable[bytes]:
    """Yield pieces until they are more than ``limit`` bytes: packing can also make nothing out of much."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise TooLargeError
        yield piece


def start_of(pieces: Iterable[bytes], packing: str, most: int = 65_536) -> bytes:
    """Return the start of a body, unpacked as far as it goes: for a message, of which the end does not matter."""
    raw = b""
    for piece in pieces:
        raw += piece
        if len(raw) >= most:
            break
    if packing.strip().lower() not in ("gzip", "x-gzip"):
        return raw[:most]
    try:
        return zlib.decompressobj(_GZIP).decompress(raw, most)
    except zlib.error:
        return b""
