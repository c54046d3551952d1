"""Sealing a draft: the checks, the edition as a value, and the next draft, in one step or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count

from vagvisare.editions.document import Edition, Link
from vagvisare.editions.gates import Gate
from vagvisare.editions.registers import Screening
from vagvisare.strategy_folder.checks import problems
from vagvisare.strategy_folder.plain import plain_of, value_of
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text
from vagvisare.web.access.verbs import verb
from vagvisare.web.accounts.models import Person
from vagvisare.web.audit.trail import record
from vagvisare.web.registers.models import Entry
from vagvisare.web.revision.models import Draft, GateOverride
from vagvisare.web.revision.opening import may_be_named, open_draft
from vagvisare.web.revision.sealing.checking import Checked, checked
from vagvisare.web.revision.sealing.decided import Decided
from vagvisare.web.revision.writing.tree import SealedDraftError, hold_everything
from vagvisare.web.strategy import actions as strategy
from vagvisare.web.strategy import opened
from vagvisare.web.strategy.models import Head, SealedEdition


class StoppedError(UserError):
    """Checks that do not hold stop the sealing."""

    def __init__(self, stopped: tuple[Gate, ...]) -> None:
        self.stopped = stopped
        super().__init__(
            Text(" ".join(gate.what.sv for gate in stopped), " ".join(gate.what.en for gate in stopped)),
            meaning=Text("Ingenting är förseglat.", "Nothing is sealed."),
            remedy=Text("Åtgärda det, eller släpp igenom kontrollen med ditt namn och ett skäl där det går.",
                        "Put it right, or let the check pass with your name and a reason where that is possible."),
        )  # fmt: skip


class NamingError(UserError):
    """The edition cannot be sealed under that key or without a title."""

    def __init__(self, what: Text, field: str = "key") -> None:
        self.field = field
        super().__init__(
            what,
            meaning=Text("Ingenting är förseglat.", "Nothing is sealed."),
            remedy=Text("Ange en nyckel som 2026-remiss och en titel.", "Give a key such as 2026-remiss, and a title."),
        )


class DecisionError(UserError):
    """What is said of the decision does not hang together; sealed, half of it would be lost or stand wrong for ever."""

    def __init__(self, what: Text, remedy: Text, field: str) -> None:
        self.field = field
        super().__init__(what, meaning=Text("Ingenting är förseglat.", "Nothing is sealed."), remedy=remedy)


class FollowedError(UserError):
    """Indicators or follow-ups are about parts that the edition lacks, so that they cannot follow it up."""

    field = "follow_up"

    def __init__(self, addresses: Sequence[str]) -> None:
        shown = ", ".join(addresses[:5]) + (" …" if len(addresses) > 5 else "")
        super().__init__(
            Text(f"Indikatorer och uppföljningar gäller delar som inte finns i utgåvan: {shown}.",
                 f"Indicators and follow-ups are about parts that the edition lacks: {shown}."),
            meaning=Text("Ingenting är förseglat.", "Nothing is sealed."),
            remedy=Text("Försegla utan kryss för indikatorer och uppföljning, eller rätta dem i strategimappen och läs "
                        "in den först.",
                        "Seal without the tick for indicators and follow-up, or correct them in the strategy folder "
                        "and take it in first."),
        )  # fmt: skip


class OverrideError(UserError):
    """A check cannot be let pass."""

    field = "reason"

    def __init__(self, what: Text) -> None:
        super().__init__(
            what,
            meaning=Text("Kontrollen gäller fortfarande.", "The check still holds."),
            remedy=Text("Åtgärda det som kontrollen gäller.", "Put right what the check is about."),
        )


@dataclass(frozen=True, slots=True)
class Sealed:
    """What sealing gave: the row, the edition as a value, the next draft, and why the folder was not written, if so."""

    row: SealedEdition
    edition: Edition
    following: Draft
    unwritten: UserError | None = None


@verb("edition.override")
def override(by: Person, draft: Draft, gate: str, reason: str) -> GateOverride:
    """Let a check pass for this draft, by name and with a reason.

    Raises:
        OverrideError: when the check cannot be let pass, or no reason is given.
    """
    if draft.sealed_as:
        raise SealedDraftError(draft)
    found = next((each for each in checked(draft).gates if each.key == gate), None)
    if found is None or not found.blocking or not found.overridable:
        raise OverrideError(Text("Den kontrollen går inte att släppa igenom.", "That check cannot be let pass."))
    if not reason.strip():
        raise OverrideError(Text("Skälet saknas.", "The reason is missing."))
    told = {"by": by.name, "reason": reason.strip()}
    row, _ = GateOverride.objects.update_or_create(draft=draft, gate=gate, defaults=told)
    record(by.key, "edition.override", "draft", draft.key, title=gate, after=told, reason=reason.strip())
    return row


@verb("edition.override")
def withdraw_override(by: Person, draft: Draft, gate: str) -> None:
    """Let a check hold again."""
    if draft.sealed_as:
        raise SealedDraftError(draft)
    found = draft.overrides.filter(gate=gate).first()
    if found is not None:
        before = {"by": found.by, "reason": found.reason}
        found.delete()
        record(by.key, "edition.override", "draft", draft.key, title=gate, before=before)


@verb("edition.seal")
def seal_records(by: Person, draft: Draft, decided: Decided) -> tuple[SealedEdition, Edition, Draft]:
    """Seal a draft in the records and open the next one from it, all or nothing.

    Two who seal at once take turns: the second finds the draft sealed.

    Raises:
        SealedDraftError: when it is sealed already.
        NamingError: when the key is taken, reserved or cannot be one, or the title is missing.
        DecisionError: when only a part of the decision is told, or it ceases to be in force before it begins.
        StoppedError: when checks that do not hold have not been let pass.
    """
    draft = hold_everything(draft)
    _check_names(draft, decided)
    _check_decision(decided)
    found = checked(draft, decided)
    if found.stopped:
        raise StoppedError(found.stopped)
    overrides = _overrides(found)
    row = strategy.keep(by, found.edition, why=_why(decided), overrides=overrides)
    draft.sealed_as, draft.sealed_at = decided.key, datetime.now(UTC)
    draft.save(update_fields=["sealed_as", "sealed_at"])
    record(by.key, "edition.seal", "draft", draft.key, title=draft.title, after={"sealed_as": decided.key})
    _belongs_to_its_edition(by)
    _keep_screenings(by, draft, decided.key)
    _keep_tags(by, draft, found.edition)
    if decided.follow_up:
        _follow_up_from(by, decided.key)
    following = open_draft(by, _next_key(decided.key), found.edition.title, decided.key)
    return row, found.edition, following


def seal(by: Person, draft: Draft, decided: Decided) -> Sealed:
    """Seal a draft, write the strategy folder, and show the public site anew.

    The seal stands also where the folder cannot be written: that is told, and the folder can be written later.

    Raises:
        UserError: see ``seal_records``; nothing is then sealed.
    """
    # Asked once before anybody has to wait: what is read the first time (a dictionary) is not read while others do.
    if not draft.sealed_as:
        found = checked(draft, decided)
        if found.stopped:
            raise StoppedError(found.stopped)
        if decided.follow_up:
            _check_followed(found.edition)
    row, edition, following = seal_records(by, draft, decided)
    return Sealed(row, edition, following, publish(by))


def publish(by: Person) -> UserError | None:
    """Write the records to the served folder and show the public site anew; return why it could not be done."""
    served = opened.opened()
    if served is None:
        return None
    try:
        strategy.write_sealed(by, served.folder, served.path)
        opened.renew()
    except UserError as error:  # the disk, or something in the folder that cannot be shown
        return error
    return None


def _check_names(draft: Draft, decided: Decided) -> None:
    if not may_be_named(decided.key):
        raise NamingError(
            Text(f"”{decided.key}” kan inte vara en utgåvas nyckel.", f"“{decided.key}” cannot be an edition's key.")
        )
    taken = SealedEdition.objects.filter(key=decided.key).exists()
    if taken or Draft.objects.filter(key=decided.key).exclude(pk=draft.pk).exists():
        raise NamingError(Text(f"Nyckeln {decided.key} är redan tagen.", f"The key {decided.key} is taken already."))
    if not decided.title.strip():
        raise NamingError(Text("Utgåvan saknar titel.", "The edition has no title."), "title")


def _check_decision(decided: Decided) -> None:
    if (decided.body or decided.reference) and not (decided.body and decided.dated and decided.reference):
        raise DecisionError(
            Text("Beslutet är inte fullständigt.", "The decision is not complete."),
            Text("Fyll i instans, dag och paragraf, eller lämna instans och paragraf tomma.",
                 "Fill in body, day and paragraph, or leave body and paragraph empty."),
            "body" if not decided.body else "reference" if decided.dated else "dated",
        )  # fmt: skip
    if decided.valid_from and decided.valid_to and decided.valid_to < decided.valid_from:
        raise DecisionError(
            Text("Utgåvan slutar gälla innan den börjar.", "The edition ceases to be in force before it begins."),
            Text("Byt plats på dagarna, eller rätta den som är fel.", "Swap the days, or correct the wrong one."),
            "valid_to",
        )


def _check_followed(edition: Edition) -> None:
    """Refuse what would leave the served folder with indicators that watch nothing: it could not be read again."""
    served = opened.opened()
    if served is None:
        return
    known = served.folder.strategy
    after = replace(known, current=edition.key, editions=(*known.editions, edition))
    found = problems(replace(served.folder, strategy=after))
    lost = dict.fromkeys(each.missing[1] for each in found if each.missing and each.missing[0] == "adress")
    if lost:
        raise FollowedError(tuple(lost))


def _overrides(found: Checked) -> list[dict[str, str]]:
    let = [found.overrides[gate.key] for gate in found.gates if gate.blocking and gate.key in found.overrides]
    return [{"gate": each.gate, "by": each.by, "reason": each.reason} for each in let]


def _why(decided: Decided) -> str:
    return " ".join(part for part in (decided.body, str(decided.dated or ""), decided.reference) if part)


def _belongs_to_its_edition(by: Person) -> None:
    """Links kept beside without an edition are those of the one in force: say so before another takes its place."""
    head = Head.objects.first()
    current = "" if head is None else str(head.content.get("current", ""))
    for entry in Entry.objects.filter(register="links"):
        if not entry.content.get("edition"):
            before, entry.content = entry.content, entry.content | {"edition": current}
            entry.key = strategy.key_of("links", value_of(Link, entry.content))
            entry.save()
            record(by.key, "edition.seal", "entry", str(entry), before=before, after=entry.content)


def _keep_screenings(by: Person, draft: Draft, key: str) -> None:
    """Keep the draft's answers about perspectives as the edition's, so that the next draft can be held against them."""
    rows = draft.screenings.order_by("id")
    made = [Screening(f"{key}-{n}", r.perspective, r.address, r.answer, r.how, key) for n, r in enumerate(rows, 1)]
    first = Entry.objects.filter(register="screenings").count()
    for position, screening in enumerate(made, first):
        content = plain_of(screening)
        Entry.objects.create(
            register="screenings", key=screening.key, position=position, content=content, changed_by=by.key
        )
        record(by.key, "edition.seal", "entry", f"screenings:{screening.key}", after=content)


def _keep_tags(by: Person, draft: Draft, edition: Edition) -> None:
    """Keep what was tagged by hand in the register of themes, as far as it is in the edition."""
    tagged: dict[str, list[str]] = defaultdict(list)
    for tag in draft.theme_tags.order_by("id"):
        if tag.address in edition.by_address:
            tagged[tag.theme].append(tag.address)
    for entry in Entry.objects.filter(register="themes", key__in=tagged):
        known = entry.content.get("nodes", [])
        nodes = [*known, *(address for address in dict.fromkeys(tagged[entry.key]) if address not in known)]
        if nodes != known:
            before, entry.content = entry.content, entry.content | {"nodes": nodes}
            entry.version += 1
            entry.save()
            record(by.key, "edition.seal", "entry", str(entry), before=before, after=entry.content)


def _follow_up_from(by: Person, key: str) -> None:
    head = Head.objects.select_for_update().get()
    before = head.content.get("current", "")
    head.content = head.content | {"current": key}
    head.version += 1
    head.save()
    record(by.key, "edition.seal", "strategy", str(head), before={"current": before}, after={"current": key})


def _next_key(key: str) -> str:
    """Return a key for the draft that opens: the edition's with a number that is free."""
    taken = {*Draft.objects.values_list("key", flat=True), *SealedEdition.objects.values_list("key", flat=True)}
    return next(made for number in count(2) if (made := f"{key}-{number}") not in taken)
