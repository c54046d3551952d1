"""Raw replies of sources, kept as they came: compressed, named after their own checksum, never changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import pyarrow as pa

from vagvisare.observations.place import Entry, Place
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Text

FOLDER = "_replies"
LARGEST = 1 << 30
"""No reply is larger than this when unpacked; a file that claims to be is damaged, or was not put there by us."""

_SHA = re.compile(r"[0-9a-f]{64}")
_ENDING = ".zst"


class Replies:
    """The replies of a store, under ``_replies/ab/cd/<sha256>.zst``."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def keep(self, body: bytes) -> str:
        """Keep a reply and return its sha256; one that is kept already is left, unless it is damaged.

        Raises:
            OutputError: when the store refuses.
        """
        sha = hashlib.sha256(body).hexdigest()
        name = reply_name(sha)
        if self._intact(name, sha) and self._place.touch(name):
            return sha
        self._place.write(name, pa.Codec("zstd", 3).compress(body, asbytes=True))
        return sha

    def get(self, sha: str) -> bytes:
        """Return a reply, as it came.

        Raises:
            FigureError: when it is not there, or is no longer what its checksum says.
        """
        name = reply_name(sha)
        try:
            body = _unpacked(self._place.read(name))
        except FileNotFoundError:
            raise _missing(sha, self._place) from None
        except (OSError, pa.ArrowException) as error:
            raise _damaged(sha, self._place) from error
        if hashlib.sha256(body).hexdigest() != sha:
            raise _damaged(sha, self._place)
        return body

    def __contains__(self, sha: str) -> bool:
        """Tell whether a reply is kept whole."""
        return self._intact(reply_name(sha), sha)

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Walk every reply there is: its checksum, and where it lies."""
        for entry in self._place.entries(FOLDER, deep=True):
            sha = entry.name.rsplit("/", 1)[-1].removesuffix(_ENDING)
            if _SHA.fullmatch(sha) and entry.name == reply_name(sha):
                yield sha, entry

    def _intact(self, name: str, sha: str) -> bool:
        try:
            return hashlib.sha256(_unpacked(self._place.read(name))).hexdigest() == sha
        except (OSError, pa.ArrowException):
            return False


def reply_name(sha: str) -> str:
    """Return where a reply lies.

    Raises:
        ValueError: when ``sha`` is no checksum; it never becomes part of a path then.
    """
    if not _SHA.fullmatch(sha):
        raise ValueError("not a sha256")
    return f"{FOLDER}/{sha[:2]}/{sha[2:4]}/{sha}{_ENDING}"


def _unpacked(packed: bytes) -> bytes:
    with pa.CompressedInputStream(pa.BufferReader(packed), "zstd") as stream:
        parts, size = [], 0
        while part := stream.read(1 << 20):
            size += len(part)
            if size > LARGEST:
                raise OSError("larger than any reply")
            parts.append(part)
    return b"".join(parts)


_REMEDY = Text(
    "Siffrorna som lästes ur det finns kvar. Hämta datamängden på nytt om originalet behövs.",
    "The figures read from it remain. Fetch the data set anew if the original is needed.",
)


def _missing(sha: str, place: Place) -> FigureError:
    where = place.label(reply_name(sha))
    return FigureError(
        Text(f"Originalsvaret {where} finns inte.", f"The original reply {where} is not there."),
        meaning=Text(
            "Det går inte att läsa om från källans eget svar.", "It cannot be read anew from the source's own reply."
        ),
        remedy=_REMEDY,
    )


def _damaged(sha: str, place: Place) -> FigureError:
    where = place.label(reply_name(sha))
    return FigureError(
        Text(f"Originalsvaret {where} är skadat.", f"The original reply {where} is damaged."),
        meaning=Text("Det stämmer inte med sin kontrollsumma.", "It does not agree with its checksum."),
        remedy=_REMEDY,
    )
