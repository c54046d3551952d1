"""The words for what published methods say of a series, and one sentence where they say otherwise than we do."""

from __future__ import annotations

from collections.abc import Mapping

from vagvisare.assessment.closer.values import Translated
from vagvisare.assessment.judgement import Pace, PaceVerdict, Reason, Trend, Verdict
from vagvisare.assessment.translations import (
    NOT_AVAILABLE,
    destatis,
    eurostat,
    kolada,
    scotland,
    sdsn,
    statcan,
    un,
    xmr,
)
from vagvisare.terms.language import Text

NAMES: Mapping[str, Text] = {
    statcan.NAME: Text("Kanadas framstegsmått (Open SDG)", "Canada's progress measure (Open SDG)"),
    eurostat.NAME: Text("Eurostats regel, som Eustat räknar den", "Eurostat's rule, as Eustat computes it"),
    un.NAME: Text("FN:s framstegskarta", "The UN progress chart"),
    destatis.NAME: Text("Tysklands vädersymboler", "Germany's weather symbols"),
    sdsn.NAME: Text("Pilarna i SDG Index", "The arrows of the SDG Index"),
    xmr.NAME: Text("Engelska sjukvårdens styrdiagram (XmR)", "NHS England's XmR chart"),
    kolada.NAME: Text("Koladas färger", "Kolada's colours"),
    scotland.NAME: Text("Skottlands gräns för förändring", "Scotland's criteria for change"),
}
"""Each method as a name that stands alone."""

BODIES: Mapping[str, Text] = {
    statcan.NAME: Text("Statistics Canada", "Statistics Canada"),
    eurostat.NAME: Text("Eurostat och Eustat (Baskien)", "Eurostat and Eustat (the Basque Country)"),
    un.NAME: Text("FN:s statistikavdelning", "United Nations Statistics Division"),
    destatis.NAME: Text("Statistisches Bundesamt (Tyskland)", "Statistisches Bundesamt (Germany)"),
    sdsn.NAME: Text("SDSN", "Sustainable Development Solutions Network (SDSN)"),
    xmr.NAME: Text("NHS England", "NHS England"),
    kolada.NAME: Text("Rådet för främjande av kommunala analyser", "Sweden's council for municipal analysis (RKA)"),
    scotland.NAME: Text("Skottlands regering", "The Scottish Government"),
}
"""Who publishes each method."""

_UNAVAILABLE = Text("går inte att bedöma", "cannot be assessed")

LABELS: Mapping[str, Mapping[str, Text]] = {
    statcan.NAME: {
        statcan.ACHIEVED: Text("målet är nått", "target achieved"),
        statcan.SUBSTANTIAL: Text("betydande framsteg", "substantial progress"),
        statcan.MODERATE: Text("måttliga framsteg", "moderate progress"),
        statcan.LIMITED: Text("begränsade framsteg", "limited progress"),
        statcan.DETERIORATION: Text("försämring", "deterioration"),
        NOT_AVAILABLE: _UNAVAILABLE,
    },
    eurostat.NAME: {
        eurostat.SIGNIFICANT: Text("betydande framsteg", "significant progress"),
        eurostat.MODERATE: Text("måttliga framsteg", "moderate progress"),
        eurostat.NONE: Text("inga framsteg", "no progress"),
        eurostat.WORSE: Text("måttlig försämring", "moderate deterioration"),
        eurostat.MUCH_WORSE: Text("betydande försämring", "significant deterioration"),
        eurostat.ACHIEVED: Text("målet är nått", "target achieved"),
        NOT_AVAILABLE: _UNAVAILABLE,
    },
    un.NAME: {
        un.ON_TRACK: Text("på rätt väg, eller målet är nått", "on track or target met"),
        un.FAIR: Text("framsteg, men högre takt behövs", "fair progress, but acceleration needed"),
        un.STAGNATION: Text("stillestånd eller tillbakagång", "stagnation or regression"),
        NOT_AVAILABLE: _UNAVAILABLE,
    },
    destatis.NAME: {
        destatis.SUN: Text("sol", "sun"),
        destatis.SUN_CLOUD: Text("sol och moln", "sun and cloud"),
        destatis.CLOUD: Text("moln", "cloud"),
        destatis.STORM: Text("åska", "thunderstorm"),
        NOT_AVAILABLE: _UNAVAILABLE,
    },
    sdsn.NAME: {
        sdsn.ON_TRACK: Text("i takt med målet, eller redan där", "on track or maintaining achievement"),
        sdsn.IMPROVING: Text("förbättras måttligt", "moderately improving"),
        sdsn.STAGNATING: Text("stagnerar", "stagnating"),
        sdsn.DECREASING: Text("försämras", "decreasing"),
        NOT_AVAILABLE: _UNAVAILABLE,
    },
    xmr.NAME: {
        xmr.IMPROVEMENT: Text("särskild orsak, till det bättre", "special cause, improvement"),
        xmr.CONCERN: Text("särskild orsak, till det sämre", "special cause, concern"),
        xmr.COMMON: Text("vanlig variation", "common cause"),
        NOT_AVAILABLE: _UNAVAILABLE,
    },
    kolada.NAME: {
        kolada.GREEN: Text("grön: bland den bästa fjärdedelen", "green: among the best quarter"),
        kolada.YELLOW: Text("gul: i mitten", "yellow: in the middle"),
        kolada.RED: Text("röd: bland den sämsta fjärdedelen", "red: among the worst quarter"),
        NOT_AVAILABLE: _UNAVAILABLE,
    },
    scotland.NAME: {
        scotland.IMPROVING: Text("förbättras", "performance improving"),
        scotland.MAINTAINING: Text("oförändrat", "performance maintaining"),
        scotland.WORSENING: Text("försämras", "performance worsening"),
        NOT_AVAILABLE: _UNAVAILABLE,
    },
}
"""Every status word of every method, as people read it."""


_TWO_YEARS = Text("ser bara på basåret och det senaste året", "looks only at the base year and the latest year")

_LOOKS: Mapping[str, Text] = {
    statcan.NAME: _TWO_YEARS,
    eurostat.NAME: _TWO_YEARS,
    un.NAME: _TWO_YEARS,
    sdsn.NAME: _TWO_YEARS,
    destatis.NAME: Text(
        "ser bara på de fem senaste årens förändring", "looks only at the change over the last five years"
    ),
    xmr.NAME: Text(
        "frågar om den senaste siffran avviker från det vanliga, inte hur hela serien rör sig",
        "asks whether the latest figure departs from the ordinary, not how the whole series moves",
    ),
    scotland.NAME: Text("ser bara på de två senaste siffrorna", "looks only at the two latest figures"),
}
"""What each method looks at, as a clause after its subject."""

_OURS = {Verdict.IMPROVING: 1, Verdict.WORSENING: -1, Verdict.UNCHANGED: 0}

_REACHED = {(statcan.NAME, statcan.ACHIEVED), (eurostat.NAME, eurostat.ACHIEVED)}
"""Statuses about the level: they say nothing about direction."""

_ENOUGH = _REACHED | {
    (statcan.NAME, statcan.SUBSTANTIAL),
    (eurostat.NAME, eurostat.SIGNIFICANT),
    (un.NAME, un.ON_TRACK),
    (destatis.NAME, destatis.SUN),
    (sdsn.NAME, sdsn.ON_TRACK),
}
"""Statuses that say that the pace towards a target is enough."""

_TOWARDS_TARGET = frozenset({statcan.NAME, eurostat.NAME, un.NAME, destatis.NAME, sdsn.NAME})

_BARS: Mapping[tuple[str, str], Text] = {
    (eurostat.NAME, eurostat.WORSE): Text(
        "kallar det försämring när takten är under 60 procent av den som målet kräver, också när siffran går åt rätt "
        "håll",
        "calls it deterioration when the pace is below 60 % of what the target needs, even when the figure moves the "
        "right way",
    ),
    (eurostat.NAME, eurostat.NONE): Text(
        "räknar en förändring under 0,1 procent om året som ingen, hur säker den än är",
        "counts a change below 0.1 % a year as none, however certain it is",
    ),
    (un.NAME, un.STAGNATION): Text(
        "kallar det stillestånd när tillväxten är under 0,5 procent om året eller ger mindre än en tiondel av vägen "
        "till målet",
        "calls it stagnation when growth is below 0.5 % a year or covers less than a tenth of the way to the target",
    ),
    (sdsn.NAME, sdsn.STAGNATING): Text(
        "kallar det stagnation när takten är under hälften av den som målet kräver, också när siffran går åt rätt håll",
        "calls it stagnation when the pace is below half of what the target needs, even when the figure moves the "
        "right way",
    ),
}
"""Statuses that an improvement gets when it is below a method's bar, and what the bar is."""

_OUR_PACE = {
    PaceVerdict.REACHED: True,
    PaceVerdict.ON_PACE: True,
    PaceVerdict.TOO_SLOW: False,
    PaceVerdict.WRONG_WAY: False,
    PaceVerdict.NOT_REACHED: False,
}


def label(translated: Translated) -> Text:
    """Return the status as people read it."""
    return LABELS[translated.method][translated.status]


def tone(translated: Translated) -> int:
    """Return −1, 0 or 1 for the shape beside a status: its direction, and 1 also where a target met says none."""
    return 1 if (translated.method, translated.status) in _ENOUGH else translated.direction


def disagreement(translated: Translated, trend: Trend, pace: Pace | None) -> Text | None:
    """Say in one sentence why a published method says otherwise than we do; None where it does not.

    Args:
        translated: what the method says.
        trend: our trend of the same series.
        pace: our pace towards the target the method was given; None without a target.
    """
    if translated.method not in _LOOKS or translated.status == NOT_AVAILABLE:
        return None
    return _about_direction(translated, trend) or _about_pace(translated, pace)


def _about_direction(translated: Translated, trend: Trend) -> Text | None:
    ours = _OURS.get(trend.verdict)
    if ours == translated.direction or _speaks_of_level(translated):
        return None
    if trend.verdict is Verdict.UNDETERMINED:
        return None if translated.direction == 0 else _without_a_test(translated, trend)
    if ours == 0:
        return _sentence(
            Text(
                "räknar varje liten förändring; vi säger oförändrat när den säkert är för liten för att betyda något",
                "counts every small change; we say unchanged when it is surely too small to matter",
            )
        )
    if _falls_short(translated, ours):
        return _sentence(_BARS[translated.method, translated.status])
    return _other_years(translated, trend)


def _falls_short(translated: Translated, ours: int | None) -> bool:
    """Tell whether the method sees an improvement too, but one below its bar."""
    if (translated.method, translated.status) not in _BARS or translated.value is None:
        return False
    return ours == 1 and translated.value >= 0


def _speaks_of_level(translated: Translated) -> bool:
    """Tell whether the status is about the level or the place alone, and not about which way the figure moves."""
    key = translated.method, translated.status
    return key in _REACHED or (key in _ENOUGH and translated.direction == 0)


def _without_a_test(translated: Translated, trend: Trend) -> Text:
    looks = _LOOKS[translated.method]
    if trend.reason is Reason.TOO_FEW:
        return _sentence(
            Text(
                f"{looks.sv}; vi bedömer ingen riktning på så få fristående mätningar",
                f"{looks.en}; we judge no direction from so few separate measurements",
            )
        )
    return _sentence(
        Text(
            f"{looks.sv}; vi prövar om förändringen kan vara en tillfällighet, och det kan den",
            f"{looks.en}; we test whether the change could be chance, and it could",
        )
    )


def _other_years(translated: Translated, trend: Trend) -> Text:
    looks = _LOOKS[translated.method]
    if trend.window.cut_by is not None:
        year = trend.window.cut_by.at.label
        return _sentence(
            Text(
                f"{looks.sv}; vi räknar bara år efter metodbytet {year}",
                f"{looks.en}; we count only years since the change of method in {year}",
            )
        )
    span = trend.window.used[0].label, trend.window.used[-1].label
    return _sentence(
        Text(
            f"{looks.sv}; vi väger samman alla {len(trend.window.used)} mätpunkter från {span[0]} till {span[1]}",
            f"{looks.en}; we weigh all {len(trend.window.used)} points from {span[0]} to {span[1]} together",
        )
    )


def _about_pace(translated: Translated, pace: Pace | None) -> Text | None:
    ours = None if pace is None else _OUR_PACE.get(pace.verdict)
    if ours is None or translated.method not in _TOWARDS_TARGET:
        return None
    theirs = (translated.method, translated.status) in _ENOUGH
    if theirs == ours:
        return None
    if _speaks_of_level(translated):
        return _sentence(
            Text(
                "nöjer sig med att den senaste siffran når målet; vi kräver att seriens nivå också gör det",
                "is content that the latest figure meets the target; we ask that the level of the series does too",
            )
        )
    if translated.method in {destatis.NAME, sdsn.NAME}:
        looks = _LOOKS[translated.method]
        return _sentence(
            Text(
                f"{looks.sv} och drar en rak linje till målet; vi jämför hela trenden med den takt som återstår",
                f"{looks.en} and draws a straight line to the target; we compare the whole trend with the pace needed",
            )
        )
    return _sentence(
        Text(
            "räknar tillväxt i procent från basåret, så svaret beror på vilket år det är; vi jämför hela trenden med "
            "den takt som återstår",
            "counts growth in per cent from the base year, so the answer depends on that year; we compare the whole "
            "trend with the pace still needed",
        )
    )


def _sentence(clause: Text) -> Text:
    return Text(f"Metoden {clause.sv}.", f"The method {clause.en}.")
