"""What the authors say they changed, held against what was changed: holds, does not hold, or cannot be checked.

A statement is read for what a comparison can settle: new or removed parts and how many, from one wording to another,
contributions to more than before, a word lifted into a heading, more said of a subject. The rest of it is left to
people. What a partial edition lacks is no evidence: then the verdict is that it cannot be checked, and why.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence

from vagvisare.editions.alignment import is_word, tokens
from vagvisare.editions.change_sentences import quote
from vagvisare.editions.changes import Bearing, areas
from vagvisare.editions.comparison import Comparison, Fate, Holds, NodeChange, Weighed
from vagvisare.editions.document import Edition, LevelName, Node, StatedChange
from vagvisare.editions.stated_bearing import bears
from vagvisare.editions.stated_claims import (
    Bears,
    Claim,
    FromTo,
    InHeading,
    MoreOf,
    Parts,
    Verdict,
    claims,
    is_called_by_name,
    levels_named,
)
from vagvisare.editions.themes import hits
from vagvisare.terms.language import Language, Text

ALIKE = 0.8
"""How alike a quoted wording and the one in the edition must be: quotations carry slips of the pen."""

_PARTIAL = Text(
    "Den tidigare utgåvan är ofullständig här: att något saknas i den betyder inte att det saknades då.",
    "The earlier edition is partial here: that something is missing in it does not mean that it was missing then.",
)
_PARTIAL_AFTER = Text("Den senare utgåvan är ofullständig här.", "The later edition is partial here.")
_FATES = {
    Fate.NEW: Text("Nya", "New"),
    Fate.REMOVED: Text("Borttagna", "Removed"),
    Fate.REWORDED: Text("Omformulerade", "Reworded"),
}


def weigh(stated: StatedChange, comparison: Comparison, levels: Sequence[LevelName]) -> Weighed:
    """Hold a stated change against the computed ones, with one or a few sentences of what is known.

    It holds when everything in it that can be checked does; it does not when anything does not.
    """
    return weigh_all((stated,), comparison, levels)[0]


def weigh_all(
    statements: Sequence[StatedChange], comparison: Comparison, levels: Sequence[LevelName]
) -> tuple[Weighed, ...]:
    """Weigh many statements about the same two editions, in their order."""
    places = areas(comparison)
    bearing = Bearing(comparison, places)
    weighed = []
    for stated in statements:
        ground = _Ground(stated, comparison, levels, places, bearing)
        verdicts = [ground.verdict(claim) for claim in claims(stated.text, levels)]
        nothing = Weighed(Holds.CANNOT_BE_CHECKED, _nothing_to_check(stated))
        weighed.append(_together(verdicts) if verdicts else nothing)
    return tuple(weighed)


def _together(verdicts: Sequence[Verdict]) -> Weighed:
    said = {verdict.holds for verdict in verdicts}
    worst = next(holds for holds in (Holds.DOES_NOT_HOLD, Holds.CANNOT_BE_CHECKED, Holds.HOLDS) if holds in said)
    why = list(dict.fromkeys(sentence for verdict in verdicts for sentence in verdict.why))
    why.sort(key=lambda sentence: sentence in (_PARTIAL, _PARTIAL_AFTER))
    nodes = tuple(dict.fromkeys(address for verdict in verdicts for address in verdict.nodes))
    return Weighed(worst, Text(" ".join(each.sv for each in why), " ".join(each.en for each in why)), nodes)


def _nothing_to_check(stated: StatedChange) -> Text:
    if stated.kind == "current_situation":
        return Text(
            "Påståendet gäller beskrivningen av nuläget, som inte är uppdelad i delar som kan jämföras.",
            "The statement is about the current situation, which is not divided into parts that can be compared.",
        )
    return Text(
        "Påståendet nämner ett ämne, men inte en ändring som jämförelsen kan avgöra.",
        "The statement names a subject, but no change that the comparison can settle.",
    )


class _Ground:
    """The part of the comparison that a statement is about: its area, or everything."""

    def __init__(
        self,
        stated: StatedChange,
        comparison: Comparison,
        levels: Sequence[LevelName],
        places: Mapping[str, str],
        bearing: Bearing,
    ) -> None:
        self.stated, self.comparison, self.bearing = stated, comparison, bearing
        self.levels = {level.key: level for level in levels}
        self.named = levels_named(stated.text, levels)
        self.changes = [
            change for change in comparison.nodes if not stated.area or places.get(change.address) == stated.area
        ]

    def verdict(self, claim: Claim) -> Verdict:
        match claim:
            case Parts():
                return self._parts(claim)
            case FromTo():
                return self._from_to(claim)
            case Bears():
                return bears(claim, self.comparison, self.bearing, self.stated.area, self.levels)
            case InHeading():
                return self._in_heading()
            case MoreOf():
                return self._more_of(claim)

    def _parts(self, claim: Parts) -> Verdict:
        there = [change for change in self.changes if _at(change).level == claim.level]
        found = [change for change in there if claim.fate in change.fates]
        level = self.levels[claim.level]
        lacking = self.comparison.before.partial if claim.fate is Fate.NEW else self.comparison.after.partial
        lacking = lacking or (claim.fate is Fate.REWORDED and self.comparison.before.partial)
        now = [change for change in there if change.after]
        if claim.fate is Fate.NEW and claim.count is None and (named := self._named_in_full(now)):
            found = [change for change in named if Fate.NEW in change.fates]
            claim = Parts(claim.fate, claim.level, len(named))
        right = len(found) == claim.count if claim.count is not None else bool(found)
        nodes = tuple(change.address for change in found)
        fate = _FATES[claim.fate]
        why = Text(
            f"{fate.sv} enligt jämförelsen: {_counted(found, level).sv}.",
            f"{fate.en} in the comparison: {_counted(found, level).en}.",
        )
        if claim.fate is Fate.NEW and len(now) < (claim.count or 1):
            why = Text(
                f"Den senare utgåvan har bara {_counted(now, level).sv} här.",
                f"The later edition has only {_counted(now, level).en} here.",
            )
            return Verdict(Holds.DOES_NOT_HOLD, (why,), tuple(change.address for change in now))
        if lacking and (claim.fate is not Fate.REWORDED or not right):
            stand = Text(
                f"Den senare utgåvan har {_counted(now, level).sv} här.",
                f"The later edition has {_counted(now, level).en} here.",
            )
            return Verdict(Holds.CANNOT_BE_CHECKED, (stand, self._lacking()), tuple(each.address for each in now))
        return Verdict(Holds.HOLDS if right else Holds.DOES_NOT_HOLD, (why,), nodes)

    def _named_in_full(self, now: Sequence[NodeChange]) -> list[NodeChange]:
        """Find the parts that a statement calls by name ("Nytt perspektiv: Tillit")."""
        said = self.stated.text
        return [change for change in now if change.after and is_called_by_name(change.after.text, said)]

    def _from_to(self, claim: FromTo) -> Verdict:
        pool = [change for change in self.changes if not self.named or _at(change).level in self.named] or self.changes
        was = max(pool, key=lambda change: _alike(claim.was, change.before), default=None)
        if was is None or _alike(claim.was, was.before) < ALIKE:
            if self.comparison.before.partial:
                return Verdict(Holds.CANNOT_BE_CHECKED, (_PARTIAL,))
            said = quote(claim.was, Language.SV), quote(claim.was, Language.EN)
            why = Text(f"Den tidigare utgåvan har inte lydelsen {said[0]}.", f"The earlier edition has no {said[1]}.")
            return Verdict(Holds.DOES_NOT_HOLD, (why,))
        if _alike(claim.now, was.after) >= ALIKE:
            why = Text("Båda lydelserna återfinns i samma del.", "Both wordings are found in the same part.")
            return Verdict(Holds.HOLDS, (why,), (was.address,))
        now = max(pool, key=lambda change: _alike(claim.now, change.after))
        if was.after is None and Fate.NEW in now.fates and _alike(claim.now, now.after) >= ALIKE:
            why = Text(
                "Båda lydelserna återfinns, men som en del som utgått och en som tillkommit.",
                "Both wordings are found, but as a part that was removed and one that is new.",
            )
            return Verdict(Holds.HOLDS, (why,), (was.address, now.address))
        if was.after is None:
            why = Text("Delen med den tidigare lydelsen har utgått.", "The part with the earlier wording was removed.")
            return Verdict(Holds.DOES_NOT_HOLD, (why,), (was.address,))
        text = was.after.text
        why = Text(
            f"Den senare utgåvan säger {quote(text, Language.SV)}.",
            f"The later edition says {quote(text, Language.EN)}.",
        )
        return Verdict(Holds.DOES_NOT_HOLD, (why,), (was.address,))

    def _in_heading(self) -> Verdict:
        node, was = (
            edition.by_address.get(self.stated.area) for edition in (self.comparison.after, self.comparison.before)
        )
        if node is None or was is None or node.working_name or was.working_name:
            why = Text(
                "Rubriken är inte känd i båda utgåvorna: det som står är ett arbetsnamn, eller ingenting.",
                "The heading is not known in both editions: what stands is a working name, or nothing.",
            )
            return Verdict(Holds.CANNOT_BE_CHECKED, (why,))
        now, then = _shared_words(self.stated.text, node.text), _shared_words(self.stated.text, was.text)
        came = [word for word in now if not _shared_words(word, was.text)]
        if came:
            said = quote(came[0], Language.SV), quote(came[0], Language.EN)
            why = Text(f"{said[0]} har kommit in i rubriken.", f"{said[1]} has come into the heading.")
            return Verdict(Holds.HOLDS, (why,), (node.address,))
        if now and then:
            why = Text("Det stod i rubriken redan tidigare.", "It stood in the heading before, too.")
        else:
            why = Text("Rubriken nämner det inte.", "The heading does not mention it.")
        return Verdict(Holds.DOES_NOT_HOLD, (why,), (node.address,))

    def _more_of(self, claim: MoreOf) -> Verdict:
        before, after = (self._saying(claim, edition) for edition in (self.comparison.before, self.comparison.after))
        said = quote(claim.said, Language.SV), quote(claim.said, Language.EN)
        if not after and not before:
            why = Text(
                f"{said[0]} nämns inte i de delar som finns här; det kan stå i text som inte finns med.",
                f"{said[1]} is not mentioned in the parts that are here; it may stand in text that is not.",
            )
            return Verdict(Holds.CANNOT_BE_CHECKED, (why,))
        if self.comparison.before.partial or self.comparison.after.partial:
            stand = Text(
                f"{said[0]} nämns i {_in_parts(len(after)).sv} av den senare utgåvan.",
                f"{said[1]} is mentioned in {_in_parts(len(after)).en} of the later edition.",
            )
            return Verdict(Holds.CANNOT_BE_CHECKED, (stand, self._lacking()), after)
        why = Text(
            f"{said[0]} nämns i {_in_parts(len(after)).sv}, tidigare i {_in_parts(len(before)).sv}.",
            f"{said[1]} is mentioned in {_in_parts(len(after)).en}, before in {_in_parts(len(before)).en}.",
        )
        more = len(after) > len(before) and len(set(after) - set(before)) >= claim.places
        return Verdict(Holds.HOLDS if more else Holds.DOES_NOT_HOLD, (why,), after)

    def _lacking(self) -> Text:
        return _PARTIAL if self.comparison.before.partial else _PARTIAL_AFTER

    def _saying(self, claim: MoreOf, edition: Edition) -> tuple[str, ...]:
        """Return the parts that mention the subject, at the levels the statement names; lent names say nothing."""
        nodes = [change.before if edition is self.comparison.before else change.after for change in self.changes]
        return tuple(
            dict.fromkeys(
                node.address
                for node in nodes
                if node and not node.working_name and (not self.named or node.level in self.named)
                if all(hits(node.text, [stem]) for stem in claim.stems)
            )
        )


def _at(change: NodeChange) -> Node:
    node = change.after or change.before
    assert node is not None  # noqa: S101  (a change has at least one side)
    return node


def _counted(found: Sequence[NodeChange], level: LevelName) -> Text:
    name = level.name if len(found) == 1 else level.plural
    return Text(f"{len(found)} {name.sv}", f"{len(found)} {name.en}")


def _in_parts(count: int) -> Text:
    few = (Text("ingen del", "no part"), Text("en del", "one part"))
    return few[count] if count < 2 else Text(f"{count} delar", f"{count} parts")


def _plain(text: str) -> str:
    return " ".join(text.split()).removesuffix(".").casefold()


def _alike(said: str, node: Node | None) -> float:
    if node is None:
        return 0.0
    one, two = _plain(said)[:400], _plain(node.text)[:400]
    return difflib.SequenceMatcher(None, one, two, autojunk=False).ratio()


def _shared_words(text: str, heading: str) -> list[str]:
    """Return the words of a heading that a text has in some form: five letters or more in common at the beginning."""
    said = [token.casefold() for token in tokens(text) if is_word(token)]
    return [
        token for token in tokens(heading) if len(token) >= 5 and any(word[:5] == token.casefold()[:5] for word in said)
    ]
