"""Small counts: what is hidden, and why

A table of people can tell of one person. Counts under the owner's threshold (five, unless the owner says otherwise)
are therefore hidden, and so are as many others as it takes for nobody to compute them again from what is shown. Two
dots stand for a hidden figure; its reason is told, but never which figure protects which.
"""

from __future__ import annotations

from dataclasses import replace

from vagvisare.assessment.disclosure.audit import Risk, audit, breaches
from vagvisare.assessment.disclosure.derived import safe_difference, safe_remainder, safe_share
from vagvisare.assessment.disclosure.protect import Protected, protect
from vagvisare.assessment.disclosure.table import CellKey, Dimension, Reason, Relation, Rules, Table
from vagvisare.findings.closer.disclosure import MARK, why

PLACE = Dimension("place", {"County": None, "North": "County", "South": "County", "West": "County"})
SEX = Dimension.flat("sex", ["women", "men"], "all")


def county(**women_and_men):
    """A made-up table with all its totals, from the women and men of each place."""
    counts = {}
    for place, people in women_and_men.items():
        for sex, count in zip(("women", "men"), people, strict=True):
            for cell in ((place, sex), (place, "all"), ("County", sex), ("County", "all")):
                counts[cell] = counts.get(cell, 0) + count
    return Table((PLACE, SEX), counts)


def show(page, protected, note=""):
    for place in PLACE.parents:
        row = []
        for sex in ("women", "men", "all"):
            shown = protected.shown((place, sex))
            row.append(MARK if isinstance(shown, Reason) else str(shown))
        page.number(f"{place}{note}: women, men, all", ", ".join(row))


def said(shown):
    return why(shown).en if isinstance(shown, Reason) else str(shown)


def test_the_small_count(page):
    """A small count alone is not hidden by two dots

    Three women live in North. With only that figure hidden, anybody finds it: all less men.
    """
    table = county(North=(3, 20), South=(40, 45), West=(30, 28))
    careless = Protected(table, Rules(), {("North", "women"): Reason.PRIMARY})
    show(page, careless)
    found = audit(careless)[("North", "women")]
    page.number("North, women, as a reader computes it", str(found.low))
    assert (found.low, found.high, found.risk) == (3, 3, Risk.EXACT)


def test_with_its_companions(page):
    """Some others are hidden with it

    A row and a column each need a second hidden figure, and so do the row and the column of those. The reader is left
    with an interval, at least as wide as the protection interval (two, unless the owner says otherwise).
    """
    protected = protect(county(North=(3, 20), South=(40, 45), West=(30, 28)))
    show(page, protected)
    found = audit(protected)[("North", "women")]
    page.number("North, women, as near as a reader comes", f"{found.low} to {found.high}")
    page.number("Figures hidden", str(len(protected.reasons)))
    assert len(protected.reasons) == 4
    assert found.high - found.low >= 2
    assert breaches(audit(protected)) == {}


def test_the_reasons(page):
    """Three reasons

    Every hidden figure has one of three reasons, in these words.
    """
    for reason in (Reason.PRIMARY, Reason.COMPLEMENTARY, Reason.UNPUBLISHED):
        page.number(f"*{why(reason).sv}*", why(reason).en)
    assert why(Reason.PRIMARY).sv == "skyddat: färre än fem personer"


def test_the_reason_tells_something_too(page):
    """The reason tells something too

    Four women and four men make eight. Both are said to be fewer than five, so with the total shown both can only be
    four. The total is hidden as well: what a reader knows from the reasons is counted in.
    """
    table = county(North=(4, 4), South=(40, 45), West=(30, 28))
    small = {cell: Reason.PRIMARY for cell, count in table.counts.items() if count < 5}
    found = audit(Protected(table, Rules(), small))[("North", "women")]
    page.number("With the total shown", f"{found.low} to {found.high}")
    protected = protect(table)
    kept = audit(protected)[("North", "women")]
    page.number("As published", f"{kept.low} to {kept.high}")
    assert found.risk is Risk.EXACT
    assert breaches(audit(protected)) == {}


def test_a_difference_already_public(page):
    """A difference that is already public is counted in

    Another page has told that South has 37 more women than North. The two can then not hide behind each other.
    """
    table = county(North=(3, 20), South=(40, 45), West=(30, 28))
    told = Relation.of({("South", "women"): 1, ("North", "women"): -1}, 37)
    protected = protect(replace(table, relations=(told,)))
    show(page, protected)
    assert protected.safe
    assert breaches(audit(protected)) == {}


def test_what_was_shown_once(page):
    """What was shown once cannot be hidden again

    An earlier version of the table showed the women of North. The figure is hidden, but the owner is told that it is
    no secret: hiding others for its sake would hide them in vain.
    """
    table = county(North=(3, 20), South=(40, 45), West=(30, 28))
    protected = protect(replace(table, earlier={("North", "women")}))
    page.number("Figures hidden", str(len(protected.reasons)))
    page.number("Figures that cannot be protected", str(len(protected.exposed)))
    assert protected.exposed == (("North", "women"),)
    assert len(protected.reasons) == 1


def test_what_is_computed(page):
    """What is computed from a hidden figure is hidden

    A difference, a remainder or a share tells its parts to anybody who turns it round. A share of nearly everybody
    tells of the few who are left.
    """
    rules = Rules()
    page.number("40 women, men hidden: difference", said(safe_difference(40, Reason.COMPLEMENTARY)))
    page.number("48 of 50 are men: how many are not", said(safe_remainder(50, 48, rules)))
    page.number("98 of 100: share", said(safe_share(98, 100, rules)))
    page.number("40 of 100: share", said(safe_share(40, 100, rules)))
    assert safe_difference(40, Reason.COMPLEMENTARY) is Reason.DERIVED
    assert safe_remainder(50, 48, rules) is Reason.PRIMARY
    assert safe_share(98, 100, rules) is Reason.PRIMARY
    assert safe_share(40, 100, rules) == 0.4


def test_noise_instead(page):
    """Where the producer has added noise, nothing is hidden and nothing corrected

    Statistics Sweden protects more and more tables by changing counts a little instead. The parts then need not make
    the total. That is declared for the table, and it is published as it came.
    """
    table = county(North=(3, 20), South=(40, 45), West=(30, 28))
    noisy = replace(table, counts={**table.counts, ("County", "all"): 168}, cell_key=CellKey(2.0))
    protected = protect(noisy)
    show(page, protected)
    assert protected.reasons == {}
    assert protected.shown(("County", "all")) == 168
