"""Statements that something contributes to more than before, held against the connections of both editions."""

from __future__ import annotations

from collections.abc import Mapping

from vagvisare.editions.changes import Bearing
from vagvisare.editions.comparison import Comparison, Holds
from vagvisare.editions.contributions import AREA
from vagvisare.editions.document import Edition, LevelName
from vagvisare.editions.screening import area_above
from vagvisare.editions.stated_claims import Bears, Verdict, is_called_by_name
from vagvisare.terms.language import Language, Text, listing

_UNKNOWN_BEFORE = Text(
    "Vad området bidrog till tidigare är inte känt här, så det går inte att säga om det är mer nu.",
    "What the area contributed to before is not known here, so whether it is more now cannot be said.",
)


def bears(
    claim: Bears, comparison: Comparison, bearing: Bearing, area: str, levels: Mapping[str, LevelName]
) -> Verdict:
    """Weigh a claim that an area contributes to more, to something named, or to all of a level.

    What nobody has stated is unknown, not absent: only connections that are stated, or denied, decide.
    """
    if not area:
        return Verdict(Holds.CANNOT_BE_CHECKED, (_NO_AREA,))
    now, was = bearing.after(area), bearing.before(area)
    wanted = [*_named(claim.rest, comparison.after)]
    if claim.every:
        wanted = [node.address for node in comparison.after.at(claim.every)]
    missing = [address for address in wanted if not _reached(comparison.after, now, address)]
    if missing:
        return _missing(comparison, area, missing)
    known = was and not comparison.before.partial
    if not known:
        return Verdict(Holds.CANNOT_BE_CHECKED, _stated_now(comparison, now, wanted), (area, *sorted(now)))
    came = now - was
    for address in wanted if not claim.every else ():
        if not _reached(comparison.after, came, address):
            why = Text("Området bidrog till det redan tidigare.", "The area contributed to it before, too.")
            return Verdict(Holds.DOES_NOT_HOLD, (why,), (area, address))
    if claim.more:
        return _counted(claim.more, comparison, area, was, now, levels)
    if claim.every and all(_reached(comparison.after, was, address) for address in wanted):
        why = Text("Området bidrog till dem alla redan tidigare.", "The area contributed to all of them before, too.")
        return Verdict(Holds.DOES_NOT_HOLD, (why,), (area, *wanted))
    why = Text("Sambanden har tillkommit.", "The connections are new.")
    return (
        Verdict(Holds.HOLDS, (why,), (area, *sorted(came)))
        if came
        else Verdict(Holds.DOES_NOT_HOLD, (_NOTHING,), (area,))
    )


_NO_AREA = Text("Påståendet säger inte vilket område det gäller.", "The statement does not say which area it is about.")
_NOTHING = Text("Inget samband har tillkommit.", "No connection is new.")


def _counted(
    level: str,
    comparison: Comparison,
    area: str,
    was: frozenset[str],
    now: frozenset[str],
    levels: Mapping[str, LevelName],
) -> Verdict:
    at = {node.address for edition in (comparison.before, comparison.after) for node in edition.at(level)}
    before, after = was & at, now & at
    name = levels[level].plural
    why = Text(
        f"Så många {name.sv} anges området bidra till: {len(after)}, tidigare {len(before)}.",
        f"The area is stated to contribute to this many {name.en}: {len(after)}, before {len(before)}.",
    )
    holds = Holds.HOLDS if len(after) > len(before) else Holds.DOES_NOT_HOLD
    return Verdict(holds, (why,), (area, *sorted(after - before)))


def _named(rest: str, edition: Edition) -> list[str]:
    """Return the nodes outside the areas that are called by name in the statement."""
    return [
        node.address
        for node in edition.nodes
        if is_called_by_name(node.text, rest) and not area_above(edition, node, AREA)
    ]


def _reached(edition: Edition, targets: frozenset[str], address: str) -> bool:
    """Tell whether something, or anything under it, is among the targets."""
    return any(address in _upwards(edition, target) for target in targets)


def _upwards(edition: Edition, address: str) -> list[str]:
    path: list[str] = []
    while address in edition.by_address and address not in path:
        path.append(address)
        address = edition.by_address[address].parent
    return path


def _missing(comparison: Comparison, area: str, missing: list[str]) -> Verdict:
    denied = {
        change.after.target
        for change in comparison.links
        if change.after and change.after.denied and change.after.origin == area
    }
    names = Text(_names(comparison.after, missing, Language.SV), _names(comparison.after, missing, Language.EN))
    if denied & set(missing):
        why = Text(
            f"Det anges att området inte bidrar till {names.sv}.", f"It is stated that it does not bear on {names.en}."
        )
        return Verdict(Holds.DOES_NOT_HOLD, (why,), (area, *missing))
    why = Text(
        f"Det anges inte om området bidrar till {names.sv}.",
        f"It is not stated whether the area contributes to {names.en}.",
    )
    return Verdict(Holds.CANNOT_BE_CHECKED, (why,), (area, *missing))


def _stated_now(comparison: Comparison, now: frozenset[str], wanted: list[str]) -> tuple[Text, ...]:
    told = wanted or sorted(now)
    if not told:
        return (_UNKNOWN_BEFORE,)
    names = Text(_names(comparison.after, told, Language.SV), _names(comparison.after, told, Language.EN))
    stated = Text(
        f"Den senare utgåvan anger att området bidrar till {names.sv}.",
        f"The later edition states that the area contributes to {names.en}.",
    )
    return stated, _UNKNOWN_BEFORE


def _names(edition: Edition, addresses: list[str], language: Language) -> str:
    nodes = [edition.by_address[address] for address in addresses if address in edition.by_address]
    if language is Language.SV:
        return listing([f"”{node.text}”" for node in nodes], language)
    return listing([f"“{node.english or node.text}”" for node in nodes], language)
