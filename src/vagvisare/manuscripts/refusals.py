"""What may not be read in, and the sentence each refusal owes."""

from __future__ import annotations

import io
import zipfile

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text

LARGEST = 25 * 1024 * 1024
"""Bytes of a file as it comes."""
LARGEST_UNPACKED = 200 * 1024 * 1024
"""Bytes of everything in a packed file (a .docx and a .pptx are ZIP files)."""
LARGEST_TEXT_PART = 40 * 1024 * 1024
"""Bytes of one part of it that is text."""
MOST_TIMES = 150
"""How many times its packed size a part may grow to, once it is larger than a megabyte."""
MOST_PARTS = 5_000
MOST_PIECES = 10_000
MOST_REMARKS = 2_000
MOST_SLIDES = 500
MOST_PAGES = 400


class UnreadableManuscriptError(UserError):
    """A document that cannot be read, or that we will not read."""

    def __init__(self, what: Text, remedy: Text) -> None:
        super().__init__(what, meaning=Text("Inget av den har lästs in.", "Nothing of it was read."), remedy=remedy)


def too_large(what: Text) -> UnreadableManuscriptError:
    """Return the refusal of something that is larger than we read."""
    return UnreadableManuscriptError(
        what, Text("Dela dokumentet och läs in en del i taget.", "Divide the document and read in one part at a time.")
    )


def broken(kind: Text) -> UnreadableManuscriptError:
    """Return the refusal of a file that is not what its name says, or is damaged."""
    return UnreadableManuscriptError(
        Text(f"Filen går inte att läsa som {kind.sv}.", f"The file cannot be read as {kind.en}."),
        Text(
            "Öppna den i programmet den kommer från, spara den på nytt och försök igen.",
            "Open it in the program it comes from, save it anew and try again.",
        ),
    )


def strange() -> UnreadableManuscriptError:
    """Return the refusal of a kind of file that we do not read."""
    return UnreadableManuscriptError(
        Text("Den sortens fil går inte att läsa in.", "That kind of file cannot be read in."),
        Text(
            "Välj en fil som slutar på .pptx, .docx, .pdf, .md eller .txt.",
            "Choose a file that ends in .pptx, .docx, .pdf, .md or .txt.",
        ),
    )


def empty() -> UnreadableManuscriptError:
    """Return the refusal of a document without text."""
    return UnreadableManuscriptError(
        Text("Det finns ingen text i filen.", "There is no text in the file."),
        Text(
            "Är sidorna bilder av text? Läs då in originalet som de gjordes av.",
            "Are the pages pictures of text? Then read in the original that they were made from.",
        ),
    )


def too_slow() -> UnreadableManuscriptError:
    """Return the refusal of a document that took more time or memory than any sound one does."""
    return UnreadableManuscriptError(
        Text("Filen tog för lång tid att läsa.", "The file took too long to read."),
        Text(
            "Dela dokumentet, eller spara det som .docx eller .txt och läs in det.",
            "Divide the document, or save it as .docx or .txt and read that in.",
        ),
    )


def refuse_size(data: bytes) -> None:
    """Refuse a file that is too large or empty.

    Raises:
        UnreadableManuscriptError: when it is.
    """
    if len(data) > LARGEST:
        megabytes = LARGEST // 1024 // 1024
        raise too_large(Text(f"Filen är större än {megabytes} MB.", f"The file is larger than {megabytes} MB."))
    if not data:
        raise empty()


def refuse_package(data: bytes, kind: Text) -> None:
    """Look through a packed file before anything of it is unpacked: sizes, macros, and what does not belong.

    Raises:
        UnreadableManuscriptError: when it is damaged, too large once unpacked, or holds macros or entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            _refuse_parts(parts)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with package.open(part) as opened:
                        if b"<!DOCTYPE" in opened.read(2048).upper():
                            raise broken(kind)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        raise broken(kind) from error


def _refuse_parts(parts: list[zipfile.ZipInfo]) -> None:
    grown = any(p.file_size > 1_000_000 and p.file_size > MOST_TIMES * max(p.compress_size, 1) for p in parts)
    long_text = any(p.filename.endswith(".xml") and p.file_size > LARGEST_TEXT_PART for p in parts)
    if grown or long_text or len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > LARGEST_UNPACKED:
        raise too_large(Text("Filen blir för stor när den packas upp.", "The file grows too large when unpacked."))
    if any(p.filename.lower().endswith("vbaproject.bin") for p in parts):
        raise UnreadableManuscriptError(
            Text("Filen innehåller makron.", "The file holds macros."),
            Text("Spara den utan makron och läs in den på nytt.", "Save it without macros and read it in again."),
        )
