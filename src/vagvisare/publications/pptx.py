"""The council's deck as a PowerPoint file: 16:9, native charts, notes with the computation, alternative texts.

The same material gives the same bytes.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pptx.oxml.ns import qn

from vagvisare.publications.deck import FindingSlide, ListSlide, Slide, TableSlide, TitleSlide
from vagvisare.publications.deck_charts import TAGS
from vagvisare.publications.deck_draw import finding, lines, table, title
from vagvisare.publications.deck_frame import blank
from vagvisare.publications.deck_package import replace_file, settle
from vagvisare.publications.deck_story import slides
from vagvisare.publications.material import Material
from vagvisare.terms.language import Language


def write_deck(material: Material, path: Path, *, language: Language = Language.SV) -> int:
    """Write the deck to ``path`` and return how many slides it has.

    Raises:
        OutputError: when the file cannot be written.
    """
    story = slides(material, language)
    content, count = _drawn(story, material, language)
    replace_file(path, content)
    return count


def deck(material: Material, *, language: Language = Language.SV) -> bytes:
    """Return the deck as the bytes of a .pptx file."""
    return _drawn(slides(material, language), material, language)[0]


def _drawn(story: tuple[Slide, ...], material: Material, language: Language) -> tuple[bytes, int]:
    presentation = blank(TAGS[language])
    for slide in story:
        _draw(presentation, slide, language)
    _describe(presentation, material, story[0], language)
    _say_language(presentation, TAGS[language])
    buffer = io.BytesIO()
    presentation.save(buffer)
    return settle(buffer.getvalue(), material.outcome.as_of), len(presentation.slides)


def _draw(presentation: Any, slide: Slide, language: Language) -> None:
    match slide:
        case TitleSlide():
            title(presentation, slide)
        case FindingSlide():
            finding(presentation, slide, language)
        case ListSlide():
            lines(presentation, slide, language)
        case TableSlide():
            table(presentation, slide)


def _describe(presentation: Any, material: Material, first: Slide, language: Language) -> None:
    outcome = material.outcome
    moment = datetime.combine(outcome.as_of, datetime.min.time(), tzinfo=UTC).replace(tzinfo=None)
    about = presentation.core_properties
    about.title = first.title
    about.author = about.last_modified_by = "Vägvisare"
    about.subject = outcome.strategy.title.to(language)
    about.keywords = "regional utveckling, uppföljning, officiell statistik"
    about.comments = ""
    about.language = TAGS[language]
    about.created = about.modified = moment
    about.revision = 1


def _say_language(presentation: Any, tag: str) -> None:
    """Mark every run that does not already say its language, also in the notes."""
    for slide in presentation.slides:
        roots = [slide._element]  # noqa: SLF001  the library has no door to languages
        if slide.has_notes_slide:
            roots.append(slide.notes_slide._element)  # noqa: SLF001  the same
        for root in roots:
            for run in root.iter(qn("a:r")):
                properties = run.get_or_add_rPr()
                if properties.get("lang") is None:
                    properties.set("lang", tag)
