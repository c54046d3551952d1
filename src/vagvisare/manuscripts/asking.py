"""What a person must decide or should see before a manuscript is read in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from vagvisare.editions.document import Edition
from vagvisare.manuscripts.dates import disagreements
from vagvisare.manuscripts.levels import Levels, take_apart
from vagvisare.manuscripts.manuscript import Manuscript, PieceKind
from vagvisare.manuscripts.matching import lost_names
from vagvisare.manuscripts.outline import Outline
from vagvisare.manuscripts.proposal import Asked, Becomes, Proposed, Question
from vagvisare.terms.language import Language, Text, listing

_SHOWN = 70


def questions(
    manuscript: Manuscript, items: Sequence[Proposed], outline: Outline, known: Sequence[Edition], levels: Levels
) -> Iterator[Question]:
    """Yield the questions: first what must be answered, then what was decided on the way."""
    by_key = {item.key: item for item in items}
    yield from _lost(items, known, levels)
    yield from (_late(by_key[key]) for key in outline.late if key in by_key)
    yield from _joined(items, by_key)
    yield from _similar(items)
    yield from _tracked(manuscript, items)
    yield from (_repeated(by_key[key]) for key in outline.repeated if key in by_key)
    yield from _same_numbers(items, levels)
    yield from _dates(manuscript)
    yield from _empty(manuscript)
    yield from _stamps(manuscript)


def _lost(items: Sequence[Proposed], known: Sequence[Edition], levels: Levels) -> Iterator[Question]:
    for item in items:
        if item.piece is None and not item.text.strip():
            number = f" {item.number}" if item.number else ""
            what = Text(
                f"Rubriken för område{number} har gått förlorad ({item.where.words.sv}). Vad heter området?",
                f"The heading of area{number} has been lost ({item.where.words.en}). What is the area called?",
            )
            names, likely = lost_names(items, item, known, levels)
            yield Question(Asked.LOST_HEADING, item.key, what, names, likely)


def _late(item: Proposed) -> Question:
    what = Text(
        f"Rubriken ”{item.number} {item.text}” står efter områdets början och är flyttad dit.",
        f"The heading “{item.number} {item.text}” stands after the area has begun and was moved there.",
    )
    return Question(Asked.LATE_HEADING, item.key, what)


def _joined(items: Sequence[Proposed], by_key: dict[str, Proposed]) -> Iterator[Question]:
    for item in items:
        if item.becomes is Becomes.JOIN and item.between == " " and not item.decided and item.joins in by_key:
            before = by_key[item.joins]
            span = before.where.to(item.where).words
            what = Text(
                f"Punkten var delad ({span.sv}) och är hopfogad: ”{before.text} {item.text}”.",
                f"The point was split ({span.en}) and has been joined: “{before.text} {item.text}”.",
            )
            yield Question(Asked.SPLIT_POINT, item.key, what)


def _similar(items: Sequence[Proposed]) -> Iterator[Question]:
    for item in items:
        if item.match and not item.match.exact and not item.decided:
            shown = _short(item.match.text)
            what = Text(
                f"Liknar till {round(100 * item.match.score)} % ”{shown}” i en tidigare utgåva, och får dess adress.",
                f"Is {round(100 * item.match.score)}% like “{shown}” in an earlier edition, and gets its address.",
            )
            if item.match.stated:
                what = Text(
                    f"Ersätter enligt dokumentet ”{shown}” i en tidigare utgåva, och får dess adress.",
                    f"Replaces “{shown}” in an earlier edition, as the document says, and gets its address.",
                )
            yield Question(Asked.SIMILAR, item.key, what)


def _tracked(manuscript: Manuscript, items: Sequence[Proposed]) -> Iterator[Question]:
    for item in items:
        piece = manuscript.pieces[item.piece] if item.piece is not None else None
        if piece is not None and piece.tracked and not item.decided:
            what = Text("Stycket har spårade ändringar. De är inräknade i texten.",
                        "The paragraph has tracked changes. They are counted in.")  # fmt: skip
            yield Question(Asked.TRACKED, item.key, what)


def _repeated(item: Proposed) -> Question:
    what = Text(
        f"Rubriken ”{item.text}” står två gånger; det som följer är lagt under samma område.",
        f"The heading “{item.text}” stands twice; what follows was put under the same area.",
    )
    return Question(Asked.DUPLICATE_HEADING, item.key, what)


def _same_numbers(items: Sequence[Proposed], levels: Levels) -> Iterator[Question]:
    having: dict[str, list[Proposed]] = defaultdict(list)
    for item in items:
        if item.number and item.level in {levels.chapter, levels.area} and item.becomes is Becomes.NODE:
            having[item.number].append(item)
    for number, same in having.items():
        titles = [f"”{item.text}”" for item in same]
        if len(set(titles)) > 1:
            what = Text(
                f"Samma nummer, {number}, står vid {listing(titles, Language.SV)}.",
                f"The same number, {number}, stands at {listing(titles, Language.EN)}.",
            )
            yield Question(Asked.DUPLICATE_NUMBER, same[-1].key, what)


def _dates(manuscript: Manuscript) -> Iterator[Question]:
    for one, other in disagreements(manuscript.pieces):
        first, second = manuscript.pieces[one], manuscript.pieces[other]
        what = Text(
            f"Två datum går isär: ”{first.text}” ({first.where.words.sv}) och ”{second.text}” "
            f"({second.where.words.sv}).",
            f"Two dates disagree: “{first.text}” ({first.where.words.en}) and “{second.text}” "
            f"({second.where.words.en}).",
        )
        yield Question(Asked.DATES, f"p{other}", what)


def _empty(manuscript: Manuscript) -> Iterator[Question]:
    pieces = manuscript.pieces
    for number, piece in enumerate(pieces):
        following = pieces[number + 1] if number + 1 < len(pieces) else None
        deeper = following is not None and following.kind is PieceKind.HEADING and following.depth <= piece.depth
        if piece.kind is PieceKind.HEADING and (following is None or deeper) and not take_apart(piece.text).number:
            what = Text(
                f"Under ”{piece.text}” finns ingen text; där kan ha varit en illustration.",
                f"There is no text under “{piece.text}”; there may have been a picture.",
            )
            yield Question(Asked.EMPTY_HEADING, f"p{number}", what)


def _stamps(manuscript: Manuscript) -> Iterator[Question]:
    marked: dict[str, list[int]] = defaultdict(list)
    for number, piece in enumerate(manuscript.pieces):
        if piece.kind is PieceKind.HEADING and (stamp := take_apart(piece.text).stamp):
            marked[stamp].append(number)
    for stamp, at in marked.items():
        what = Text(
            f"Stämpeln {stamp} står i {len(at)} rubriker och är borttagen ur dem.",
            f"The stamp {stamp} stands in {len(at)} headings and was taken out of them.",
        )
        yield Question(Asked.STAMP, f"p{at[0]}", what)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"
