"""Gaps: the distance between groups, and between places

A gap is the difference between two groups' figures, period by period. The same test that judges a figure judges
the distance: does it shrink, grow or stand still, or can it not be told? The same is asked of groups that stand in an
order, such as levels of education, and of the municipalities of a county.
"""

from __future__ import annotations

from vagvisare.assessment.definition import Direction, Group, OrderedGroups
from vagvisare.assessment.judgement import GapVerdict, Verdict
from vagvisare.terms.language import Text

WOMEN = {2015 + k: v for k, v in enumerate((60.0, 60.4, 61.1, 61.2, 62.0, 62.3, 63.1, 63.2))}


def gap(page, women, men):
    judged = page.judge({"18 K": women, "18 M": men, "18": women})
    (found,) = judged["18"].gaps
    page.number(
        "Difference, first and latest", f"{found.first_difference:.1f} and {found.difference:.1f}".replace("-", "−")
    )
    page.number("Gap", f"*{found.verdict}*")
    page.number("Shrinks because those ahead get worse", "yes" if found.levelling_down else "no")
    return found


def test_a_gap_that_shrinks(page):
    """A gap that shrinks because those behind catch up"""
    found = gap(page, WOMEN, dict(zip(WOMEN, (67.5, 67.2, 67.6, 67.3, 67.9, 67.6, 68.1, 67.9), strict=True)))
    assert found.verdict is GapVerdict.SHRINKING
    assert not found.levelling_down


def test_a_gap_that_grows(page):
    """A gap that grows"""
    found = gap(page, WOMEN, {year: value + 2 + 0.9 * (year - 2015) for year, value in WOMEN.items()})
    assert found.verdict is GapVerdict.WIDENING


def test_a_gap_that_stands_still(page):
    """A gap that stands still

    Both rise alike, and the distance wavers by tenths. It is measured in percentage points, where one is the smallest
    that matters, and not in per cent of itself.
    """
    apart = dict(zip(WOMEN, (10.0, 10.2, 9.9, 10.1, 10.0, 10.2, 9.9, 10.1), strict=True))
    found = gap(page, WOMEN, {year: value + apart[year] for year, value in WOMEN.items()})
    assert found.verdict is GapVerdict.UNCHANGED


def test_levelling_down(page):
    """A gap can also shrink because those ahead get worse

    The distance shrinks in the same way, and nobody is better off. This is always said.
    """
    flat = {year: 60.0 + (0.1 if year % 2 else -0.1) for year in WOMEN}
    found = gap(page, flat, {year: 70.0 - 0.8 * (year - 2015) for year in WOMEN})
    assert found.verdict is GapVerdict.SHRINKING
    assert found.levelling_down
    assert not found.both_worsen


def test_both_get_worse(page):
    """A gap that shrinks while both get worse

    Those ahead lose faster than those behind. The gap shrinks all the same, and the sentence says that it goes the
    wrong way for both. Who is ahead is decided by the whole window and by which way is better, not by the latest
    figure.
    """
    found = gap(
        page,
        {year: 60.0 - 0.4 * (year - 2015) for year in WOMEN},
        {year: 70.0 - 1.2 * (year - 2015) for year in WOMEN},
    )
    page.number("Both get worse", "yes" if found.both_worsen else "no")
    assert found.verdict is GapVerdict.SHRINKING
    assert (found.levelling_down, found.both_worsen) == (True, True)


def test_a_ratio_that_grows(page):
    """A distance can shrink while the ratio grows

    Offences per 1 000 inhabitants, made up. Both fall, and 20 apart becomes 8 apart: that is progress for those who
    are struck. But twice as many has become three times as many. For quantities the trend of the ratio is judged too,
    on the log scale, and when it goes the other way the sentence says so.
    """
    women = dict(zip(WOMEN, (40.0, 36.0, 32.0, 28.0, 24.0, 20.0, 16.0, 12.0), strict=True))
    men = dict(zip(WOMEN, (20.0, 17.5, 15.2, 12.8, 10.6, 8.4, 6.2, 4.0), strict=True))
    panel = {"18 K": women, "18 M": men, "18": women}
    judged = page.judge(panel, unit="companies_per_1000", direction=Direction.LOWER)
    (found,) = judged["18"].gaps
    page.number("Difference, first and latest", f"{found.first_difference:.1f} and {found.difference:.1f}")
    page.number("Ratio, first and latest", f"{found.first_ratio:.1f} and {found.ratio:.1f}")
    page.number("Gap", f"*{found.verdict}*")
    page.number("Gap as a ratio", f"*{found.relative_verdict}*")
    assert (found.verdict, found.relative_verdict) == (GapVerdict.SHRINKING, GapVerdict.WIDENING)


def test_the_ratio_of_shares(page):
    """Of shares it is the odds that are compared

    Employed are 90 and 80 per cent, without work 10 and 20. The ratio of the first two is 1.1 and of the other two 2,
    although the facts are the same; the odds ratio is 2.25 in both. The relative gap of shares is therefore judged on
    the odds, so that a share and its opposite give one answer. It stands in the explanation and not in the sentence.
    """
    women = {year: 80.0 - 0.5 * (year - 2015) for year in WOMEN}
    men = {year: 90.0 - 0.1 * (year - 2015) for year in WOMEN}
    employed = page.judge({"18 K": women, "18 M": men, "18": women})
    turned = ({year: 100 - value for year, value in points.items()} for points in (women, men))
    without = dict(zip(("18 K", "18 M"), turned, strict=True))
    jobless = page.judge({**without, "18": without["18 K"]}, direction=Direction.LOWER, show=False)
    (one,), (other,) = employed["18"].gaps, jobless["18"].gaps
    page.number("p of the relative gap, employed", f"{one.relative.p:.4f}")
    page.number("p of the relative gap, without work", f"{other.relative.p:.4f}")
    page.number("Relative gap, both ways", f"*{one.relative_verdict}*")
    assert one.relative_verdict is other.relative_verdict is GapVerdict.WIDENING
    assert abs(one.relative.p - other.relative.p) < 1e-12


def test_changing_places(page):
    """Groups that change places are not described by one word

    Women begin just behind and end ahead. The distance grows from year to year, but *ökar* would hide that it is no
    longer the same group that is ahead.
    """
    found = gap(page, WOMEN, dict.fromkeys(WOMEN, 60.1))
    assert found.first_difference < 0 < found.difference
    assert found.trend.verdict is Verdict.WORSENING
    assert found.verdict is GapVerdict.UNDETERMINED


EDUCATION = OrderedGroups(
    "education",
    Text("utbildningsnivåer", "levels of education"),
    tuple(Group("T", name, Text(name, name)) for name in ("short", "middle", "long")),
    (0.2, 0.5, 0.3),
)


def ordered(page, short, middle, long):
    panel = {"18 T short": short, "18 T middle": middle, "18 T long": long, "18": middle}
    (found,) = page.judge(panel, ordered=(EDUCATION,))["18"].ordered_gaps
    page.number("Slope index, first and latest", f"{found.first.sii:.1f} and {found.slope.sii:.1f}".replace("-", "−"))
    page.number(
        "Its 95 % interval, latest", f"{found.slope.sii_low:.1f} to {found.slope.sii_high:.1f}".replace("-", "−")
    )
    page.number("Relative index, latest", f"{found.slope.rii:.2f}")
    page.number("Gap", f"*{found.verdict}*")
    page.number("The groups follow the scale all the way", "yes" if found.in_order else "no")
    return found


def test_groups_in_an_order(page):
    """Groups in an order: the slope index

    Three levels of education hold 20, 50 and 30 per cent of the population. Each stands at the middle of its part of
    the scale from 0 to 1: at 0.10, 0.45 and 0.85. A line through the three, weighed by their sizes (for shares on the
    logit scale), is read at both ends. The slope index is the highest end minus the lowest; the relative index the one
    over the other. All groups count, and a group that has become very small no longer decides alone. The interval tells
    how well a line describes the groups; it is wide with three of them, and says nothing of sampling. The sizes are
    held fixed, so that a better educated population is not taken for a changed inequality.
    """
    found = ordered(
        page,
        dict(zip(WOMEN, (58.0, 58.3, 59.1, 59.2, 60.0, 60.2, 61.1, 61.3), strict=True)),
        dict(zip(WOMEN, (68.0, 67.8, 68.3, 68.1, 68.4, 68.2, 68.5, 68.3), strict=True)),
        dict(zip(WOMEN, (79.0, 79.2, 78.9, 79.1, 79.0, 79.2, 78.8, 79.1), strict=True)),
    )
    assert found.verdict is GapVerdict.SHRINKING
    assert [round(each, 1) for each in (found.first.sii, found.slope.sii, found.slope.rii)] == [27.9, 24.5, 1.4]
    assert found.in_order
    assert not found.levelling_down


def test_groups_that_do_not_follow_the_scale(page):
    """Groups that do not follow the scale are said not to

    The middle group is highest. A line can still be drawn, but it hides that, so a second sentence says it.
    """
    found = ordered(page, {2025: 60.0}, {2025: 74.0}, {2025: 72.0})
    assert not found.in_order


CODES = ("1814", "1860", "1861", "1862", "1863", "1864", "1880", "1881", "1882", "1883", "1884", "1885")


def test_municipalities(page):
    """Municipalities: do they draw nearer, and how many have moved the good way?

    Twelve municipalities, made up. The spread is their standard deviation, each counted alike (and where their
    populations are known, once more with every inhabitant alike), and its trend is judged as a gap is. Only those with
    figures all through are followed, or one that comes or goes would change the spread. For quantities it is counted in
    per cent of the mean, as incomes that rise alike everywhere lie no further apart. The last rows are a plain count of
    who has moved the good way between the window's first and last period, with the exceptions named.
    """
    years = range(2016, 2026)
    panel = {
        code: {
            year: round(65.0 + 0.9 * (year - 2016) + (place - 5.5) * (2.0 - 0.12 * (year - 2016)), 1) for year in years
        }
        for place, code in enumerate(CODES)
    }
    panel["1885"] |= {year: 76.0 - 0.1 * (year - 2016) for year in years}
    panel["18"] = dict.fromkeys(years, 72.0)
    spread = page.judge(panel)["18"].spread
    page.number("Standard deviation, first and latest", f"{spread.first_sd:.2f} and {spread.last_sd:.2f}")
    page.number("Spread", f"*{spread.verdict}*")
    page.number("Highest and lowest", f"{spread.best[0]} {spread.best[1]:.1f}, {spread.worst[0]} {spread.worst[1]:.1f}")
    page.number(
        "Moved the good way", f"{spread.moved.count} of {spread.moved.of}; not {', '.join(spread.moved.exceptions)}"
    )
    assert spread.verdict is GapVerdict.SHRINKING
    assert (spread.moved.count, spread.moved.of) == (11, 12)
    assert spread.moved.exceptions == ("1885",)
