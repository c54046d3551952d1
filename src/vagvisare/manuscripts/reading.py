"""The one door for documents: whatever the kind, read within limits of size, time and memory.

Packed files and PDFs come from anybody's machine, and the libraries that read them were made to read, not to resist.
They are read in a process of its own, which may use so much time and memory and no more.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import PurePath

from vagvisare.manuscripts.manuscript import Manuscript
from vagvisare.manuscripts.pdf_pages import read_pdf
from vagvisare.manuscripts.plain import from_plain, to_plain
from vagvisare.manuscripts.plain_text import read_plain_text
from vagvisare.manuscripts.refusals import (
    MOST_PIECES,
    UnreadableManuscriptError,
    empty,
    refuse_size,
    strange,
    too_large,
    too_slow,
)
from vagvisare.manuscripts.slides import read_slides
from vagvisare.manuscripts.word_document import read_word_document
from vagvisare.terms.language import Text

KINDS: dict[str, Callable[[str, bytes], Manuscript]] = {
    "pptx": read_slides,
    "docx": read_word_document,
    "pdf": read_pdf,
    "md": read_plain_text,
    "txt": read_plain_text,
}
SECONDS = 60
MEMORY = 1536 * 1024 * 1024


def kind_of(name: str) -> str:
    """Return which kind of file a name says it is.

    Raises:
        UnreadableManuscriptError: when it is none that we read.
    """
    kind = PurePath(name).suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise strange()
    return kind


def read_manuscript(name: str, data: bytes) -> Manuscript:
    """Read a document in this process; use :func:`read_apart` for a file that somebody sent.

    Raises:
        UnreadableManuscriptError: when it cannot be read, or is larger than we read.
    """
    read = KINDS[kind_of(name)]
    refuse_size(data)
    manuscript = read(name, data)
    if not manuscript.pieces:
        raise empty()
    if len(manuscript.pieces) > MOST_PIECES:
        raise too_large(Text(f"Dokumentet har fler än {MOST_PIECES} stycken.",
                             f"The document has more than {MOST_PIECES} paragraphs."))  # fmt: skip
    return manuscript


def read_apart(name: str, data: bytes, seconds: int = SECONDS) -> Manuscript:
    """Read a document in a process of its own, stopped when it takes too long or too much memory.

    Raises:
        UnreadableManuscriptError: when it cannot be read, is larger than we read, or was stopped.
    """
    kind = kind_of(name)
    refuse_size(data)
    if KINDS[kind] is read_plain_text:
        return read_manuscript(name, data)
    command = [sys.executable, "-m", "vagvisare.manuscripts.reading", name, str(seconds)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds + 5, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise too_slow() from error
    if done.returncode != 0:
        raise too_slow()
    told = json.loads(done.stdout)
    if "refused" in told:
        raise UnreadableManuscriptError(Text(*told["refused"]), Text(*told["remedy"]))
    return from_plain(told)


def _limit(seconds: int) -> None:
    try:
        import resource  # noqa: PLC0415  not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _main() -> None:
    name, seconds = sys.argv[1], int(sys.argv[2])
    data = sys.stdin.buffer.read()
    _limit(seconds)
    try:
        told = to_plain(read_manuscript(name, data))
    except UnreadableManuscriptError as error:
        told = {"refused": [error.what.sv, error.what.en], "remedy": [error.remedy.sv, error.remedy.en]}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    _main()
