"""Follow-up pages: what was said beside what the figures say, and a page for each concerted effort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from vagvisare.findings.finding import Finding
from vagvisare.followups.document import Focus, FollowUp, Said
from vagvisare.followups.outcome import Answer, Replayed, ReplayVerdict
from vagvisare.publications.pages.view import View
from vagvisare.publications.pages.words import REPLAY_SHAPES, REPLAYS, TALLIES
from vagvisare.terms.language import Text, listing

BEST_OF_EFFORT = 8
"""How many findings a concerted effort's page shows."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many statements fell out each way, in the order of the verdicts; caveats are not counted."""

    count: int
    parts: tuple[tuple[ReplayVerdict, int], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict as shown: shape, words, and the name of its style."""

    shape: str
    word: str
    style: str


@dataclass(frozen=True, slots=True)
class Row:
    """One statement of the replay: the answers of then and now, and whether their verdicts are the same."""

    item: Replayed
    then: Verdict
    now: Verdict
    same: bool

    @property
    def missing(self) -> Text:
        """What figures would be needed, unless the answer says so already."""
        said, need = self.item.now.why, Text(self.item.statement.missing, self.item.statement.missing_en)
        return Text("" if need.sv in said.sv else need.sv, "" if need.en in said.en else need.en)


def shown(view: View, verdict: ReplayVerdict) -> Verdict:
    """Return how a replay verdict is shown."""
    return Verdict(REPLAY_SHAPES[verdict], REPLAYS[verdict].to(view.language), verdict.name.lower().replace("_", "-"))


def rows_of(view: View, follow_up: FollowUp, focus: Focus | None = None) -> list[Row]:
    """Return the replayed statements of a follow-up, or of one of its efforts, in order."""
    keys = {(f.key, s.key) for f in follow_up.focuses for s in f.statements if focus is None or f.key == focus.key}
    rows = []
    for item in view.outcome.replay:
        if (item.focus.key, item.statement.key) in keys and item.focus in follow_up.focuses:
            same = item.then.verdict is item.now.verdict
            rows.append(Row(item, shown(view, item.then.verdict), shown(view, item.now.verdict), same))
    return rows


def tally(view: View, follow_up: FollowUp, focus: Focus | None = None) -> Tally:
    """Count the verdicts of today."""
    return count(row.item.now for row in rows_of(view, follow_up, focus) if not row.item.statement.caveat)


def count(answers: Iterable[Answer]) -> Tally:
    """Count verdicts in the order they are defined."""
    found = Counter(answer.verdict for answer in answers)
    return Tally(found.total(), tuple((v, found[v]) for v in ReplayVerdict if found[v]))


def tally_sentence(view: View, counted: Tally) -> str:
    """Write a tally as one sentence."""
    parts = [f"{n} {TALLIES[verdict].to(view.language)}" for verdict, n in counted.parts]
    return view.say("tally").format(count=counted.count, parts=listing(parts, view.language))


def replay(view: View, follow_up: FollowUp) -> dict[str, Any]:
    """Return what the replay page shows."""
    counted = tally(view, follow_up)
    items = [row.item for row in rows_of(view, follow_up)]
    then = items[0].then.as_of if items else follow_up.dated
    return {
        "follow_up": follow_up,
        "title": view.say("replay_title").format(year=follow_up.dated.year),
        "heading": tally_sentence(view, counted) if counted.count else view.say("replay_title").format(year=then.year),
        "lead": view.say("replay_lead").format(then=view.day(then), now=view.day(view.outcome.as_of)),
        "parts": [(focus, rows_of(view, follow_up, focus)) for focus in follow_up.focuses],
        "counted": [(shown(view, verdict), n) for verdict, n in counted.parts],
        "then": view.day(then),
        "now": view.day(view.outcome.as_of),
        "extras": extras(view, follow_up),
        "reconstructed": any(item.then.reconstructed for item in items),
    }


def extras(view: View, follow_up: FollowUp) -> list[tuple[str, str, list[tuple[Said, list[Said]]]]]:
    """Return the rest of what a follow-up says, by heading; what stands under another stands under it here."""
    parts = [
        ("shifts", follow_up.shifts),
        ("insights", follow_up.insights),
        ("principles", follow_up.principles),
        ("questions", follow_up.questions),
    ]
    return [(key, view.say(key), _nested(said)) for key, said in parts if said]


def _nested(said: tuple[Said, ...]) -> list[tuple[Said, list[Said]]]:
    tops = [item for item in said if not item.parent]
    return [(top, [item for item in said if item.parent == top.key]) for top in tops]


def effort(view: View, follow_up: FollowUp, focus: Focus) -> dict[str, Any]:
    """Return what the page of one concerted effort shows."""
    counted = tally(view, follow_up, focus)
    known = view.digest.edition.by_address
    return {
        "follow_up": follow_up,
        "focus": focus,
        "title": focus.english if view.language.value == "en" and focus.english else focus.name,
        "heading": tally_sentence(view, counted) if counted.count else "",
        "rows": rows_of(view, follow_up, focus),
        "findings": findings_of(view, focus),
        "goals": [known[address] for address in focus.goals if address in known],
        "now": view.day(view.outcome.as_of),
        "reconstructed": view.outcome.reconstructed,
    }


def findings_of(view: View, focus: Focus) -> list[Finding]:
    """Return the weightiest findings about the indicators that the effort's statements speak of, one each first."""
    keys = {claim.indicator for statement in focus.statements for claim in statement.claims}
    ordered = [f for f in sorted(view.outcome.findings, key=lambda f: -f.weight) if f.key.indicator in keys]
    first: dict[str, Finding] = {}
    for finding in ordered:
        first.setdefault(finding.key.indicator, finding)
    rest = [f for f in ordered if f not in first.values()]
    return [*first.values(), *rest][:BEST_OF_EFFORT]


def index(view: View) -> dict[str, Any]:
    """Return what the list of follow-ups shows."""
    newest = sorted(view.outcome.follow_ups, key=lambda f: f.dated, reverse=True)
    return {
        "follow_ups": [
            (f, tally_sentence(view, counted) if (counted := tally(view, f)).count else "", f.focuses) for f in newest
        ]
    }
