"""Citations: where a wording stands, by the document's own title and day instead of the name of a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from vagvisare.editions.document import Source
from vagvisare.editions.registers import Document
from vagvisare.terms.language import Language, Text

MONTHS = Text(
    "januari februari mars april maj juni juli augusti september oktober november december",
    "January February March April May June July August September October November December",
)
_LINE = Text("rad", "line")
_LINES = Text("rad", "lines")


def cite(source: Source | str, documents: Sequence[Document], language: Language) -> str:
    """Write where a wording stands: ``”Uppdatering RUS”, 9 juni 2021, rad 135``.

    A text (the source of a target, the step of a computation) may hold references among other words; each of them
    is written out and the rest is left as it is. A document that is not in the register keeps its name.
    """
    if isinstance(source, str):
        return _written_out(source, tuple(documents), language)
    known = next((document for document in documents if document.key == source.document), None)
    name = document_words(known, language) if known else source.document
    return f"{name}, {lines_words(source, language)}" if source.first is not None else name


def document_words(document: Document, language: Language) -> str:
    """Write a document's title and day: ``”Uppdatering RUS”, 9 juni 2021``; in English our translated title."""
    if language is Language.EN and document.english:
        title = f"“{document.english}”"
    else:
        title = f"”{document.title}”" if language is Language.SV else f"“{document.title}”"
    return f"{title}, {day(document.dated.isoformat(), language)}" if document.dated else title


def lines_words(source: Source, language: Language) -> str:
    """Write the lines alone: ``rad 135`` or ``rad 114–115``; empty where the source gives none."""
    if source.first is None:
        return ""
    if source.last in (None, source.first):
        return f"{_LINE.to(language)} {source.first}"
    return f"{_LINES.to(language)} {source.first}–{source.last}"


def day(when: str | date, language: Language) -> str:
    """Write a date of any precision as people do: ``17 juni 2022``, ``juni 2022``, ``2022``.

    Text that is no ISO date is returned as it stands ("slutet 2021").
    """
    iso = when if isinstance(when, str) else when.isoformat()
    parts = iso.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3 or len(parts) == 1:
        return iso
    month = MONTHS.to(language).split()[int(parts[1]) - 1]
    year_month = f"{month} {parts[0]}"
    return f"{int(parts[2])} {year_month}" if len(parts) == 3 else year_month


def _written_out(text: str, documents: tuple[Document, ...], language: Language) -> str:
    pattern = _references(documents)
    if pattern is None:
        return text

    def words(found: re.Match[str]) -> str:
        first, last = found["first"], found["last"]
        source = Source(found["key"], int(first) if first else None, int(last) if last else None)
        return cite(source, documents, language)

    return pattern.sub(words, text)


@lru_cache(maxsize=64)
def _references(documents: tuple[Document, ...]) -> re.Pattern[str] | None:
    """Return what a reference to one of the documents looks like in running text; the longest name is tried first."""
    keys = sorted((re.escape(d.key) for d in documents if d.key.strip()), key=len, reverse=True)
    if not keys:
        return None
    return re.compile(rf"(?<![\w.-])(?P<key>{'|'.join(keys)})(?::(?P<first>\d{{1,9}})(?:-(?P<last>\d{{1,9}}))?)?(?!\w)")
