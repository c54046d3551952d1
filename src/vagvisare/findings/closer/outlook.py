"""The words for where a figure goes: the projection, its band, and how such bands have held."""

from __future__ import annotations

import math

from vagvisare.assessment.judgement import Measured, Outlook, Pace, Projection, Trend, Window
from vagvisare.assessment.outlook.conformal import ALL
from vagvisare.assessment.outlook.projection import FEWEST_FOR_CHANCE, value_at
from vagvisare.assessment.verdict import FEWEST, FEWEST_WORTH
from vagvisare.findings.explain_trend import both
from vagvisare.findings.grammar import Topic, again, amount, capital, counted, dated
from vagvisare.findings.labels import aim_label
from vagvisare.findings.provisos import prices
from vagvisare.findings.target_words import chance_word, keeps
from vagvisare.terms.language import Language, Text, number
from vagvisare.terms.unit import Unit, UnitClass

SV = Language.SV

GOOD = (0.75, 0.85)
"""Within these an 80 % band holds what it says; outside, the words say that it does not."""

CLASSES = {
    ALL: Text("alla slags mått", "all kinds of measures"),
    UnitClass.SHARE.value: Text("andelar", "shares"),
    UnitClass.RATE.value: Text("kvoter och mått per invånare", "rates and ratios"),
    UnitClass.COUNT.value: Text("antal och mängder", "counts and quantities"),
    UnitClass.MONEY.value: Text("belopp", "amounts of money"),
    UnitClass.DURATION.value: Text("tider", "durations"),
    UnitClass.SIGNED.value: Text("mått som kan vara negativa", "measures that can be negative"),
}
"""What each class of units is called in a sentence."""


def outlook(topic: Topic, projection: Projection | None, trend: Trend, year: int | None = None) -> tuple[Text, ...]:
    """Say where a figure goes, how wide the band is, and how such bands have held; or why nothing can be said.

    Args:
        topic: what is projected.
        projection: its projection; None where there is none.
        trend: its trend, for the sentence that says that measurements are too few.
        year: the year asked about; the first coming one when left out.

    Returns:
        One or two texts of whole sentences; empty for a year that is not ahead.
    """
    if projection is None:
        return (too_few(trend.window),)
    asked = projection.origin.end + 1 if year is None else year
    coming = value_at(projection, asked)
    if coming is None or coming.period == projection.origin:
        return ()
    course = both(lambda language: _course(topic, projection, coming, language))
    if projection.measured is None:
        return course, _UNMEASURED
    if coming.low_80 is None:
        return course, too_far(asked)
    return course, measured(projection, asked)


def rough(unit: Unit, coming: Outlook) -> Outlook:
    """Return what may come as it is said: whole numbers with no more figures than the 80 % band can bear.

    A band of 308 055 to 323 961 inhabitants is 308 100 to 324 000: two figures of its half-width.
    """
    if coming.low_80 is None or coming.high_80 is None or unit.decimals:
        return coming
    half = (coming.high_80 - coming.low_80) / 2 / unit.divide
    step = unit.divide * 10.0 ** max(0, math.floor(math.log10(half)) - 1) if half > 0 else unit.divide

    def to_step(value: float | None) -> float | None:
        return None if value is None else step * round(value / step)

    return Outlook(
        coming.period,
        step * round(coming.value / step),
        to_step(coming.low_80),
        to_step(coming.high_80),
        to_step(coming.low_95),
        to_step(coming.high_95),
    )


def too_few(window: Window) -> Text:
    """Say that there are too few measurements for a projection."""
    return both(lambda language: _too_few(window, language))


def _too_few(window: Window, language: Language) -> str:
    many, least = counted(window.n, language), counted(FEWEST, language)
    if window.n >= FEWEST:
        worth, apart = number(window.effective, language, 1), counted(round(FEWEST_WORTH), language)
        if language is SV:
            return (
                f"För få mätningar för en prognos: de {many} som finns delar år med varandra och är tillsammans värda "
                f"ungefär {worth} fristående mätningar, och minst {apart} behövs."
            )
        return (
            f"Too few measurements for a projection: the {many} that exist share years with one another and are "
            f"together worth about {worth} separate measurements, and at least {apart} are needed."
        )
    if language is SV:
        noun = "jämförbar finns" if window.n == 1 else "jämförbara finns"
        return f"För få mätningar för en prognos: {many} {noun}, och minst {least} behövs."
    noun = "comparable one exists" if window.n == 1 else "comparable ones exist"
    return f"Too few measurements for a projection: {many} {noun}, and at least {least} are needed."


def chance_hidden() -> Text:
    """Say why no chance of reaching a level is given."""
    return both(
        lambda language: (
            f"Chansen att nå målet anges inte: det behövs minst {counted(FEWEST_FOR_CHANCE, language)} mätningar, och "
            f"att prognoser så långt fram har kunnat prövas."
            if language is SV
            else f"The chance of reaching the target is not given: at least {counted(FEWEST_FOR_CHANCE, language)} "
            f"measurements are needed, and projections that far ahead must have been put to the test."
        )
    )


def reaching(topic: Topic, pace: Pace) -> Text:
    """Say what a target with a year ahead asks for, and in words how likely it is; or why that is not said."""
    return both(lambda language: f"{_aim(topic, pace, language)} {_chance(pace, language)}")


def _aim(topic: Topic, pace: Pace, language: Language) -> str:
    if pace.target_value is None:
        return capital(aim_label(pace, language) or pace.target.wording) + "."
    value = amount(topic, pace.target_value, language) + prices(topic, language)
    return f"{capital(aim_label(pace, language))} {value}.".strip() if keeps(pace.target.kind) else f"{value}."


def _chance(pace: Pace, language: Language) -> str:
    if pace.chance is not None:
        likely = chance_word(pace.chance, language)
        if keeps(pace.target.kind):
            return Text(
                f"Chansen att målet då hålls är {likely}.", f"The chance that the target is then kept is {likely}."
            ).to(language)
        return Text(
            f"Chansen att målet då är nått är {likely}.", f"The chance that the target is then met is {likely}."
        ).to(language)
    return (chance_hidden() if pace.target_value is not None else _RELATIVE).to(language)


_RELATIVE = Text(
    "Chansen anges inte: målet hålls mot andras siffror, och dem förutsäger vi inte.",
    "The chance is not given: the target is held against the figures of others, and those we do not project.",
)


def too_far(year: int) -> Text:
    """Say that projections that far ahead have not been tested, so that no band is drawn."""
    return Text(
        f"Inget osäkerhetsband visas för {year}: prognoser så långt fram har inte kunnat prövas mot utfall.",
        f"No band is shown for {year}: projections that far ahead could not be put to the test.",
    )


_SEVERAL_YEARS = Text(
    "Mått som räknas över flera år är för få för att ha prövats för sig.",
    "Measures counted over several years are too few to have been tested by themselves.",
)
_UNMEASURED = Text(
    "Inget osäkerhetsband visas: hur långt prognoser brukar missa har inte mätts på de här siffrorna.",
    "No band is shown: how far projections tend to miss has not been measured on these figures.",
)


def measured(projection: Projection, year: int) -> Text:
    """Say what share of earlier projections fell inside the band for ``year``, of how many, and what it leans on."""
    receipt, ahead = projection.measured, year - projection.origin.end
    if receipt is None or not 0 < ahead <= len(receipt.coverage_80):
        return too_far(year)
    told = both(lambda language: _measured(receipt, ahead, language))
    if projection.origin.years == 1:
        return told
    return Text(f"{told.sv} {_SEVERAL_YEARS.sv}", f"{told.en} {_SEVERAL_YEARS.en}")


def _course(topic: Topic, projection: Projection, coming: Outlook, language: Language) -> str:
    """Say the projected figure, with its band where there is one."""
    stays = topic.unit.figure(coming.value, language) == topic.unit.figure(projection.last, language)
    coming = rough(topic.unit, coming)
    about = dated(amount(topic, coming.value, language), coming.period, language) + prices(topic, language)
    subject, place = topic.subject(language), topic.place(language)
    band = _band(topic, projection, coming, language)
    if language is SV:
        verb, way = ("ligger", "kvar på") if stays else ("hamnar", "på")
        return (
            f"Fortsätter utvecklingen som hittills, med en takt som avtar, {verb} {subject} {place} {way} ungefär "
            f"{about}{band}."
        )
    verb = "stay at" if stays else "be"
    return f"If things go on as before, at a slackening pace, {subject} {place} will {verb} about {about}{band}."


def _band(topic: Topic, projection: Projection, coming: Outlook, language: Language) -> str:
    """Say how often such projections have held within how wide a band: as measured, not as intended."""
    if coming.low_80 is None or coming.high_80 is None or projection.measured is None:
        return ""
    low, high = topic.unit.figure(coming.low_80, language), topic.unit.figure(coming.high_80, language)
    if low == high:
        return ""
    held = projection.measured.coverage_80[coming.period.end - projection.origin.end - 1]
    tenths, high = counted(round(held * 10), language), again(topic, coming.high_80, language)
    if language is SV:
        return f"; {tenths} av tio sådana prognoser har träffat inom ett lika brett band, här mellan {low} och {high}"
    return f"; {tenths} in ten such projections have held within a band as wide, here between {low} and {high}"


def _measured(receipt: Measured, ahead: int, language: Language) -> str:
    place = ahead - 1
    share, kind = receipt.coverage_80[place], CLASSES[receipt.checked[place]].to(language)
    per_cent, many = number(share * 100, language), number(receipt.forecasts[place], language)
    lent, far = number(receipt.borrowed[place] * 100, language), _years(ahead, language)
    if language is SV:
        leans = "" if lent == "0" else f" Bandets bredd bygger till {lent} procent på andra slags mått."
        return (
            f"Mätt täckning: {per_cent} procent av {many} prognoser {far} framåt för {kind} hamnade inom bandet"
            f"{_off(share, language)}.{leans}"
        )
    leans = "" if lent == "0" else f" The width of the band rests to {lent} per cent on other kinds of measures."
    return (
        f"Measured coverage: {per_cent} per cent of {many} projections {far} ahead for {kind} fell inside the band"
        f"{_off(share, language)}.{leans}"
    )


def _off(share: float, language: Language) -> str:
    """Say that the band holds less or more than the 80 per cent it is meant for."""
    if share < GOOD[0]:
        short = Text(
            "; det är färre än de 80 som bandet är tänkt för", "; fewer than the 80 that the band is meant for"
        )
        return short.to(language)
    if share > GOOD[1]:
        over = Text("; det är fler än de 80 som bandet är tänkt för", "; more than the 80 that the band is meant for")
        return over.to(language)
    return ""


def _years(ahead: int, language: Language) -> str:
    if language is SV:
        return "ett år" if ahead == 1 else f"{counted(ahead, language)} år"
    return f"{counted(ahead, language)} year{'' if ahead == 1 else 's'}"
