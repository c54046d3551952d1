"""Is anything gone that was there: a territory, a group, a period, single figures?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from vagvisare.intake.case import Case, expected_territories
from vagvisare.intake.objection import EXAMPLES, Gravity, Kind, Objection
from vagvisare.intake.pairing import Array
from vagvisare.intake.words import counted, figures, joined, listed, periods, place, quoted, series, sex
from vagvisare.terms.language import Text

FEW = 0.05
"""Up to this share of the old figures may vanish, here and there, before a person must look."""

EXCUSED = 0.1
"""Up to this share of the territories (and always one) may lack a figure that the source itself marks as absent."""

_WAIT = Text(
    "Vänta tills källan är komplett och hämta igen. Är platsen borta för gott, bekräfta och ändra definitionen.",
    "Wait until the source is complete and fetch again. "
    "If the place is gone for good, confirm and change the definition.",
)
_KEEP = Text(
    "Se efter om källan har bytt tabell eller kortat serien. De tidigare siffrorna finns kvar i förrådet.",
    "See whether the source has changed tables or shortened the series. The earlier figures remain in the store.",
)


def territories(case: Case) -> Iterator[Objection]:
    """Object to territories without figures in the latest period that had them in the latest one before.

    Also to those that the data set says must be there. Where the source itself says that there is no figure (it is
    protected, too uncertain), a few are only noted. What was missing in the accepted figures already is not told again.
    """
    paired, latest = case.paired, case.paired.latest(case.paired.has)
    if latest is None:
        return
    now = paired.among("territories", paired.has & (paired.period == latest))
    was: Array = np.zeros(len(paired.territories), dtype=bool)
    before = paired.latest(paired.had)
    if before is not None:
        was = paired.among("territories", paired.had & (paired.period == before))
    lost = {paired.territories[code] for code in np.flatnonzero(was & ~now)}
    at_latest = {paired.territories[c] for c in np.flatnonzero(now)}
    known_missing = set() if before is None else set(expected_territories(case.dataset)) - set(_codes(case, was))
    lost |= set(expected_territories(case.dataset)) - at_latest - known_missing
    absent = paired.there & ~paired.has & paired.said & (paired.period == latest)
    excused = lost & set(_codes(case, paired.among("territories", absent)))
    if len(excused) > max(1, EXCUSED * (len(lost) + len(at_latest))):
        excused = set()
    label = periods([paired.periods[latest]])
    yield from _lost_places(sorted(lost - excused), label, Gravity.HOLD)
    yield from _lost_places(sorted(excused), label, Gravity.NOTE)


def _codes(case: Case, which: Array) -> Iterable[str]:
    return (case.paired.territories[code] for code in np.flatnonzero(which))


def _lost_places(codes: list[str], label: Text, gravity: Gravity) -> Iterator[Objection]:
    if not codes:
        return
    names = [place(code) for code in codes]
    some = counted(len(codes), Text("plats", "place"), Text("platser", "places"))
    said = gravity is Gravity.NOTE
    why = Text(" enligt källan själv", " according to the source itself") if said else Text("", "")
    what = Text(f"{some.sv} saknar{why.sv} siffra för {label.sv}.", f"{some.en} lack a figure{why.en} for {label.en}.")
    if len(codes) == 1:
        what = Text(
            f"{names[0].sv} saknar{why.sv} siffra för {label.sv}.",
            f"{names[0].en} lacks a figure{why.en} for {label.en}.",
        )
        names = []
    to_do = Text("Inget behöver göras.", "Nothing needs to be done.") if said else _WAIT
    yield Objection.of(Kind.LOST_TERRITORY, gravity, what, to_do, names, len(codes))


def groups(case: Case) -> Iterator[Objection]:
    """Object to a sex or background without figures in the latest period that had them before, or must be there."""
    latest = case.paired.latest(case.paired.has)
    before = case.paired.latest(case.paired.had)
    if latest is None:
        return
    expects = case.dataset.expects
    gone = [sex(code) for code in _lost_groups(case, "sexes", expects.sexes, latest, before)]
    gone += [
        quoted(code) if code else Text("alla tillsammans", "everybody together")
        for code in _lost_groups(case, "backgrounds", expects.backgrounds, latest, before)
    ]
    if not gone:
        return
    names, label = listed(gone, most=6), periods([case.paired.periods[latest]])
    what = Text(
        f"Siffror för {names.sv} saknas helt för {label.sv}.",
        f"Figures for {names.en} are wholly absent for {label.en}.",
    )
    to_do = Text(
        "Se efter om källan har slutat redovisa gruppen eller bytt dess kod.",
        "See whether the source no longer gives the group, or has changed its code.",
    )
    yield Objection.of(Kind.LOST_GROUP, Gravity.HOLD, what, to_do)


def _lost_groups(case: Case, what: str, expected: tuple[str, ...], latest: int, before: int | None) -> list[str]:
    paired = case.paired
    codes: tuple[str, ...] = getattr(paired, what)
    now = {codes[c] for c in np.flatnonzero(paired.among(what, paired.has & (paired.period == latest)))}
    if before is None:
        return sorted(set(expected) - now)
    was = {codes[c] for c in np.flatnonzero(paired.among(what, paired.had & (paired.period == before)))}
    return sorted(was - now)


def history(case: Case) -> Iterator[Objection]:
    """Object to whole periods and whole series that are gone, and to single figures when they are many."""
    paired = case.paired
    gone = paired.had & ~paired.has
    if not bool(gone.any()):
        return
    lost = np.setdiff1d(paired.during(paired.had), paired.during(paired.has))
    if len(lost):
        label, many = periods(paired.periods[p] for p in lost), int(np.isin(paired.period[gone], lost).sum())
        what = Text(
            f"Perioder som fanns är borta: {label.sv} ({figures(many).sv}).",
            f"Periods that were there are gone: {label.en} ({figures(many).en}).",
        )
        yield Objection.of(Kind.LOST_HISTORY, Gravity.HOLD, what, _KEEP)
    rest = gone & ~np.isin(paired.period, lost)
    ended = np.setdiff1d(paired.series[paired.had], paired.series[paired.has])
    if len(ended):
        yield _ended(case, ended)
    rest &= ~np.isin(paired.series, ended)
    if bool(rest.any()):
        yield _here_and_there(case, np.flatnonzero(rest))


def _ended(case: Case, ended: Array) -> Objection:
    paired = case.paired
    first = np.searchsorted(paired.series, ended[:EXAMPLES])
    names = [joined([paired.at(int(cell))]) for cell in first]
    label = Text("och framåt", "onwards")
    cases = [Text(f"{name.sv} {label.sv}", f"{name.en} {label.en}") for name in names]
    what = Text(
        f"{series(len(ended)).sv} är helt borta.",
        f"{series(len(ended)).en} {'is' if len(ended) == 1 else 'are'} wholly gone.",
    )
    return Objection.of(Kind.LOST_HISTORY, Gravity.HOLD, what, _KEEP, cases, len(ended))


def _here_and_there(case: Case, cells: Array) -> Objection:
    share = len(cells) / int(case.paired.had.sum())
    gravity = Gravity.HOLD if share > FEW else Gravity.NOTE
    many = figures(len(cells))
    what = Text(
        f"{many.sv} som fanns finns inte längre hos källan.", f"{many.en} that were there no longer are at the source."
    )
    cases = [case.paired.at(int(cell)) for cell in cells[:EXAMPLES]]
    return Objection.of(Kind.LOST_VALUES, gravity, what, _KEEP, cases, len(cells))
