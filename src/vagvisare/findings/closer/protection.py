"""Words for figures that are protected: in a cell, under a table, in open data, and when they must be refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vagvisare.assessment.disclosure.panel import Breach, Protection
from vagvisare.assessment.disclosure.protect import Protected
from vagvisare.assessment.disclosure.table import Reason, Rules, Table
from vagvisare.findings.closer import disclosure
from vagvisare.findings.grammar import capital, counted
from vagvisare.terms.errors import FigureError
from vagvisare.terms.language import Language, Text

PROTECTED = Text("skyddat", "protected")
"""What stands in a cell of a page that is hidden."""

SHOWN = "published"
"""The status of a figure that is shown."""

STATUS = {
    Reason.PRIMARY: "protected",
    Reason.COMPLEMENTARY: "protected_for_another",
    Reason.UNPUBLISHED: "not_published",
    Reason.DERIVED: "derived",
}
"""The status of a figure that is not, by its reason."""

STATUS_WORDS = Text(
    "published: publicerat · protected: skyddat, för få personer · protected_for_another: skyddat för att inte avslöja "
    "en annan uppgift · derived: uträknat ur en skyddad uppgift · not_published: ej publicerat av producenten",
    "published: published · protected: protected, too few people · protected_for_another: protected so as not to "
    "reveal another figure · derived: computed from a protected figure · not_published: not published by the producer",
)

_NOISE = Text(
    "Producenten skyddar tabellen genom att ändra antalen lite, slumpmässigt. Delarna behöver därför inte summera "
    "till totalen. Det är inget fel, och inget är rättat. Små antal är osäkrare än stora.",
    "The producer protects the table by changing the counts a little, at random. The parts therefore need not add up "
    "to the total. That is no error, and nothing has been corrected. Small counts are less certain than large ones.",
)


def status(reason: Reason | None) -> str:
    """Return the status of a figure in open data."""
    return SHOWN if reason is None else STATUS[reason]


def hidden_here(reason: Reason | None) -> bool:
    """Tell whether a figure is hidden by us, and not merely absent at the producer."""
    return reason not in (None, Reason.UNPUBLISHED)


def note(protection: Protection, reasons: Iterable[Reason]) -> Text:
    """Return the sentences under a table or part of one.

    Args:
        protection: the indicator's.
        reasons: why each figure that the table lacks is not shown.
    """
    if not protection.hides:
        return _NOISE if protection.cell_key is None else disclosure.cell_key(protection.cell_key)
    ours = [reason for reason in reasons if hidden_here(reason)]
    told = [reason for reason in ours if reason is not Reason.DERIVED]
    pooled = Protected(Table((), {}), Rules(protection.threshold), {(str(n),): r for n, r in enumerate(told)})
    derived = len(ours) - len(told)
    said = [disclosure.note(pooled), *([_derived(derived)] if derived else [])]
    return Text(*(" ".join(each.to(language) for each in said if each.to(language)) for language in Language))


def _derived(many: int) -> Text:
    sv, en = counted(many, Language.SV), counted(many, Language.EN)
    return Text(
        f"{capital(sv)} {'uppgift' if many == 1 else 'uppgifter'} visas inte, eftersom skyddade uppgifter annars "
        "skulle kunna räknas ut.",
        f"{capital(en)} {'figure is' if many == 1 else 'figures are'} not shown, because protected figures could "
        "otherwise be computed.",
    )


def refused(breached: Sequence[Breach]) -> FigureError:
    """Return the error for figures that no hiding protects. It names cells and is for their owner alone."""
    named = "; ".join(
        " ".join(filter(None, (b.key.indicator, b.key.territory, b.key.sex, b.key.background, b.period.label)))
        for b in breached[:5]
    )
    return cannot_protect(len(breached), named + (" …" if len(breached) > 5 else ""))


def cannot_protect(many: int, named: str) -> FigureError:
    """Return the error that so many hidden counts, some of them named, can still be worked out."""
    sv, en = capital(counted(many, Language.SV)), capital(counted(many, Language.EN))
    return FigureError(
        Text(
            f"{sv} {'litet' if many == 1 else 'små'} antal går inte att skydda ({named}).",
            f"{en} small {'count' if many == 1 else 'counts'} cannot be protected ({named}).",
        ),
        meaning=Text(
            "Hur mycket som än döljs går de att räkna ut eller ringa in ur summorna, eller så går det inte att visa "
            "att de är skyddade. Inget har lämnats ut.",
            "However much is hidden they can be computed or narrowed down from the sums, or it cannot be shown that "
            "they are protected. Nothing was released.",
        ),
        remedy=Text(
            "Slå samman grupper eller ta bort en nivå i siffrorna, eller lämna hela datamängden utanför.",
            "Merge groups or leave out a level in the figures, or leave the whole data set out.",
        ),
    )
