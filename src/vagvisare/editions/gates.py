"""The checks before an edition is sealed, as values: what stops it, why that matters, and where to look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vagvisare.editions.address import is_address
from vagvisare.editions.alignment import is_word, tokens
from vagvisare.editions.check import LINK_KINDS
from vagvisare.editions.comparison import Comparison, Fate, NodeChange, PieceKind
from vagvisare.editions.diff import same_words
from vagvisare.editions.document import Edition, Link
from vagvisare.editions.wording import is_small, words
from vagvisare.terms.language import Text

_PICTURE = re.compile(r"!\[(?P<words>[^\]\n]{0,400})\](?:\(|\[)")


@dataclass(frozen=True, slots=True)
class Gate:
    """One check that did not pass.

    ``where`` are the addresses it is about, none where it is about the edition as a whole. A ``blocking`` gate stops
    the sealing; where it is ``overridable`` somebody may let it pass, by name and with a reason. One that does not
    block is a remark.
    """

    key: str
    what: Text
    why_it_matters: Text
    where: tuple[str, ...] = ()
    blocking: bool = True
    overridable: bool = True


class _Words(NamedTuple):
    """How a gate speaks: of one and of several (``{count}``), why it matters, and whether it stops, and for good."""

    one: Text
    several: Text
    why: Text
    blocking: bool = True
    overridable: bool = True


_GATES: Mapping[str, _Words] = {
    "nothing": _Words(
        Text("Utgåvan är tom.", "The edition is empty."),
        Text("Utgåvan är tom.", "The edition is empty."),
        Text("En förseglad utgåva kan inte ändras i efterhand.", "A sealed edition cannot be changed afterwards."),
        overridable=False,
    ),
    "addresses": _Words(
        Text("En del har en adress som inte duger.", "One part has an address that will not do."),
        Text("{count} delar har adresser som inte duger.", "{count} parts have addresses that will not do."),
        Text(
            "Adressen är delens webbadress för alltid: den måste vara unik, giltig och ligga under något som finns.",
            "The address is the part’s web address for ever: it must be unique and valid, under a part that exists.",
        ),
        overridable=False,
    ),
    "reused": _Words(
        Text("En adress har tidigare tillhört något annat.", "One address once belonged to something else."),
        Text("{count} adresser har tidigare tillhört något annat.", "{count} addresses once belonged to other parts."),
        Text(
            "Den som följer en gammal länk hamnar hos något annat. Är det en ny del, ge den en ny adress.",
            "Whoever follows an old link ends up with something else. If it is a new part, give it a new address.",
        ),
    ),
    "empty": _Words(
        Text("En del saknar text.", "One part has no text."),
        Text("{count} delar saknar text.", "{count} parts have no text."),
        Text("Läsaren möter en tom rubrik.", "The reader meets an empty heading."),
        overridable=False,
    ),
    "reasons": _Words(
        Text("En ändrad del saknar skäl.", "One changed part has no reason."),
        Text("{count} ändrade delar saknar skäl.", "{count} changed parts have no reason."),
        Text(
            "Den som undrar varför en del ändrades ska få svar.",
            "Whoever wonders why a part was changed should get an answer.",
        ),
    ),
    "links": _Words(
        Text("Ett samband leder till något som inte finns.", "One connection leads to something that is not there."),
        Text("{count} delar har samband till något som inte finns.", "{count} parts have connections to nothing."),
        Text("Ett samband utan mål går inte att följa.", "A connection without an end cannot be followed."),
        overridable=False,
    ),
    "lineage": _Words(
        Text("En delning eller sammanslagning pekar fel.", "One split or merger points wrong."),
        Text("{count} delningar eller sammanslagningar pekar fel.", "{count} splits or mergers point wrong."),
        Text("Då går det inte att se vad som blev av delen.", "Then nobody can see what became of the part."),
        overridable=False,
    ),
    "clashes": _Words(
        Text("En krock mellan två skrivare är inte löst.", "One clash between two writers is not settled."),
        Text("{count} krockar mellan skrivare är inte lösta.", "{count} clashes between writers are not settled."),
        Text("Annars försvinner någons ord ur utgåvan.", "Otherwise somebody’s words are lost from the edition."),
        overridable=False,
    ),
    "comments": _Words(
        Text("En del har öppna kommentarer.", "One part has open comments."),
        Text("{count} delar har öppna kommentarer.", "{count} parts have open comments."),
        Text("Något är kanske inte färdigdiskuterat.", "Something may not have been talked through."),
    ),
    "language": _Words(
        Text("En del har språkliga anmärkningar.", "One part has remarks on its language."),
        Text("{count} delar har språkliga anmärkningar.", "{count} parts have remarks on their language."),
        Text("Skrivfel står kvar när utgåvan är förseglad.", "Slips remain when the edition is sealed."),
        blocking=False,
    ),
    "pictures": _Words(
        Text("En bild saknar beskrivning.", "One picture has no description."),
        Text("Bilder i {count} delar saknar beskrivning.", "Pictures in {count} parts have no description."),
        Text(
            "Den som inte ser bilden får inte veta vad den visar. Lagen om tillgänglighet till digital offentlig"
            " service kräver en beskrivning.",
            "Whoever cannot see the picture is not told what it shows. The law on accessible public websites asks for"
            " a description.",
        ),
    ),
    "adoption": _Words(
        Text("Beslutet saknas: instans, dag och paragraf.", "The decision is missing: body, day and paragraph."),
        Text("Beslutet saknas: instans, dag och paragraf.", "The decision is missing: body, day and paragraph."),
        Text(
            "Läsaren ska kunna se vem som har antagit utgåvan, och när.",
            "The reader should be able to see who adopted the edition, and when.",
        ),
    ),
}
"""Every gate, in the order they are shown."""

KEYS = tuple(_GATES)


def gates(
    edition: Edition,
    comparison: Comparison | None,
    reasons: Collection[str],
    *,
    links: Sequence[Link] = (),
    earlier: Sequence[Edition] = (),
    clashes: Iterable[str] = (),
    comments: Iterable[str] = (),
    remarks: Iterable[str] = (),
) -> tuple[Gate, ...]:
    """Return every check that does not pass, in the order of ``KEYS``.

    Args:
        edition: what is to be sealed.
        comparison: with the edition it follows; None for the very first.
        reasons: addresses that have a reason for their change.
        links: connections stated beside the edition; those in it count anyway.
        earlier: all sealed editions, to see what an address has named before.
        clashes: addresses with unsettled clashes, as often as there are.
        comments: addresses with open comments.
        remarks: addresses with remarks on the language.
    """
    found: Mapping[str, Iterable[str]] = {
        "nothing": () if edition.nodes else ("",),
        "addresses": _bad_addresses(edition),
        "reused": _reused(comparison, earlier),
        "empty": (node.address for node in edition.nodes if not node.text.strip()),
        "reasons": (change.address for change in unreasoned(comparison, reasons)),
        "links": _loose(edition, links),
        "lineage": _lineage(edition, comparison),
        "clashes": clashes,
        "comments": comments,
        "language": remarks,
        "pictures": (node.address for node in edition.nodes if _has_mute_picture(node.text)),
        "adoption": () if _is_adopted(edition) else ("",),
    }
    return tuple(_gate(key, where) for key in KEYS if (where := list(dict.fromkeys(found[key]))))


def unreasoned(comparison: Comparison | None, reasons: Collection[str]) -> tuple[NodeChange, ...]:
    """Return the changes that still want a reason.

    A part that a partial earlier edition lacks is not known to be new, so no reason is asked for it.
    """
    if comparison is None:
        return ()
    return tuple(change for change in comparison.known if change.address not in reasons)


def _gate(key: str, where: Sequence[str]) -> Gate:
    said = _GATES[key]
    form = said.one if len(where) == 1 else said.several
    what = Text(form.sv.format(count=len(where)), form.en.format(count=len(where)))
    addresses = tuple(address for address in where if address)
    return Gate(key, what, said.why, addresses, said.blocking, said.overridable)


def _bad_addresses(edition: Edition) -> Iterator[str]:
    times = Counter(node.address for node in edition.nodes)
    for node in edition.nodes:
        lost = bool(node.parent) and node.parent not in edition.by_address
        if times[node.address] > 1 or not is_address(node.address) or lost or _is_ring(edition, node.address):
            yield node.address


def _is_ring(edition: Edition, address: str) -> bool:
    """Tell whether a node lies under itself."""
    seen: set[str] = set()
    at = edition.by_address[address].parent
    while at in edition.by_address and at not in seen:
        if at == address:
            return True
        seen.add(at)
        at = edition.by_address[at].parent
    return False


def _reused(comparison: Comparison | None, earlier: Sequence[Edition]) -> Iterator[str]:
    """Yield addresses that named something else before: in an older edition, or at another level with no word left."""
    for change in comparison.nodes if comparison else ():
        if change.after is None:
            continue
        if change.before is None:
            former = [edition.by_address[change.address] for edition in earlier if change.address in edition.by_address]
            if former and not any(same_words(node.text, change.after.text) for node in former):
                yield change.address
        elif (
            change.fates >= {Fate.RELEVELLED, Fate.REWORDED}
            and change.before.address == change.address
            and not _has_words_in_common(change.before.text, change.after.text)
        ):
            yield change.address


def _has_words_in_common(before: str, after: str) -> bool:
    return any(
        is_word(token) and not is_small(token)
        for piece in words(before.casefold(), after.casefold())
        if piece.kind is PieceKind.SAME
        for token in tokens(piece.text)
    )


def _loose(edition: Edition, links: Sequence[Link]) -> Iterator[str]:
    """Yield the origins of connections of an unknown kind, or with an end that is not in the edition."""
    for link in (*edition.links, *links):
        ends = {link.origin, link.target}
        if link.kind not in LINK_KINDS or not ends <= edition.by_address.keys() or len(ends) < 2:
            yield link.origin


def _lineage(edition: Edition, comparison: Comparison | None) -> Iterator[str]:
    """Yield the later address of every row of lineage with an end that is in neither edition."""
    known = comparison.before.by_address if comparison else {}
    for row in edition.lineage:
        if row.before not in known or row.after not in edition.by_address:
            yield row.after


def _has_mute_picture(text: str) -> bool:
    return any(not found["words"].strip() for found in _PICTURE.finditer(text))


def _is_adopted(edition: Edition) -> bool:
    return edition.adopted is not None and bool(edition.adopted.body.strip() and edition.adopted.reference.strip())
