"""Follow-up pages: what was said beside what the figures say, and a page for each concerted effort."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from vagvisare.editions.document import Source
from vagvisare.findings.finding import Finding
from vagvisare.followups.document import Focus, FollowUp, Said
from vagvisare.followups.outcome import Answer, Replayed, ReplayVerdict, Tested
from vagvisare.publications.pages.view import ReplayShown, View
from vagvisare.terms.language import Text, listing

BEST_OF_EFFORT = 8
"""How many findings a concerted effort's page shows."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many statements fell out each way, in the order of the verdicts; caveats are not counted."""

    count: int
    parts: tuple[tuple[ReplayVerdict, int], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One statement of the replay: the answers of then and now, and whether their verdicts are the same."""

    item: Replayed
    then: ReplayShown
    now: ReplayShown
    same: bool

    @property
    def same_why(self) -> bool:
        """Tell whether the figures say the very same today as then."""
        return self.same and self.item.then.why == self.item.now.why

    @property
    def deciding(self) -> tuple[Tested, ...]:
        """The claims that decide today's answer."""
        return tuple(test for test in self.item.now.tested if not test.claim.context)

    @property
    def beside(self) -> tuple[Tested, ...]:
        """The claims shown for context only (adults' answers where young people are meant)."""
        return tuple(test for test in self.item.now.tested if test.claim.context)

    @property
    def missing(self) -> Text:
        """What figures would be needed, unless the answer says so already."""
        said, need = self.item.now.why, Text(self.item.statement.missing, self.item.statement.missing_en)
        return Text("" if need.sv in said.sv else need.sv, "" if need.en in said.en else need.en)


def rows_of(view: View, follow_up: FollowUp, focus: Focus | None = None) -> list[Row]:
    """Return the replayed statements of a follow-up, or of one of its efforts, in order."""
    keys = {(f.key, s.key) for f in follow_up.focuses for s in f.statements if focus is None or f.key == focus.key}
    rows = []
    for item in view.outcome.replay:
        if (item.focus.key, item.statement.key) in keys and item.focus in follow_up.focuses:
            same = item.then.verdict is item.now.verdict
            rows.append(Row(item, view.replay_verdict(item.then.verdict), view.replay_verdict(item.now.verdict), same))
    return rows


def tally(view: View, follow_up: FollowUp, focus: Focus | None = None) -> Tally:
    """Count the verdicts of today."""
    return count(row.item.now for row in rows_of(view, follow_up, focus) if not row.item.statement.caveat)


def tally_then(view: View, follow_up: FollowUp, focus: Focus | None = None) -> Tally:
    """Count the verdicts by what was known the day the follow-up was made."""
    return count(row.item.then for row in rows_of(view, follow_up, focus) if not row.item.statement.caveat)


def count(answers: Iterable[Answer]) -> Tally:
    """Count verdicts in the order they are defined."""
    found = Counter(answer.verdict for answer in answers)
    return Tally(found.total(), tuple((v, found[v]) for v in ReplayVerdict if found[v]))


def sentences(view: View, follow_up: FollowUp, focus: Focus | None = None) -> tuple[str, str]:
    """Write how many statements held then, and how many would hold today; both empty when there are none."""
    then, now = tally_then(view, follow_up, focus), tally(view, follow_up, focus)
    if not now.count:
        return "", ""
    day = next(row.item.then.as_of for row in rows_of(view, follow_up, focus))
    before = view.say("tally_then").format(count=then.count, day=view.day(day), parts=_counted(view, then))
    return before, view.say("tally_now").format(parts=_counted(view, now))


def _counted(view: View, counted: Tally) -> str:
    return listing([view.counted(verdict, n) for verdict, n in counted.parts], view.language)


def side_by_side(view: View, then: Tally, now: Tally) -> list[tuple[ReplayShown, int, int]]:
    """Return each verdict that occurs with its number then and now, in the order of the verdicts."""
    before, after = dict(then.parts), dict(now.parts)
    found = [(verdict, before.get(verdict, 0), after.get(verdict, 0)) for verdict in ReplayVerdict]
    return [(view.replay_verdict(verdict), b, a) for verdict, b, a in found if b or a]


def replay(view: View, follow_up: FollowUp) -> dict[str, Any]:
    """Return what the replay page shows."""
    items = [row.item for row in rows_of(view, follow_up)]
    then = items[0].then.as_of if items else follow_up.dated
    title = view.say("replay_title").format(year=follow_up.dated.year)
    heading, _ = sentences(view, follow_up)
    return {
        "follow_up": follow_up,
        "title": title,
        "heading": heading or title,
        **_home(view, follow_up),
        "parts": [(focus, rows_of(view, follow_up, focus)) for focus in follow_up.focuses],
        "counted": side_by_side(view, tally_then(view, follow_up), tally(view, follow_up)),
        "then": view.day(then),
        "now": view.day(view.outcome.as_of),
        "extras": extras(view, follow_up),
        "reconstructed": any(item.then.reconstructed for item in items),
    }


def _home(view: View, follow_up: FollowUp) -> dict[str, str]:
    """Return the document that all statements stand in, and its words; empty where they stand in several."""
    home = view.home(s.source for focus in follow_up.focuses for s in focus.statements)
    return {"home": home, "home_words": view.source(Source(home)) if home else ""}


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
    heading, lead = sentences(view, follow_up, focus)
    known = view.digest.edition.by_address
    return {
        "follow_up": follow_up,
        "focus": focus,
        "title": focus.english if view.language.value == "en" and focus.english else focus.name,
        "heading": heading,
        "lead": lead,
        **_home(view, follow_up),
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
    return {"follow_ups": [(f, *sentences(view, f), f.focuses) for f in newest]}
