"""Pages that say no: the site's own page for unknown addresses, with other words in it.

They are prepared when the site is opened, so that they can be shown whatever goes wrong later.
"""

from __future__ import annotations

import re
from enum import Enum
from html import escape

from django.http import HttpResponse

from vagvisare.publications.html import Site
from vagvisare.publications.layout import NOT_FOUND, path_of
from vagvisare.terms.language import Language, Text

HTML = "text/html; charset=utf-8"

_MAIN = re.compile(r"(<main\b[^>]*>).*?(</main>)", re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_BARE = '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title></title></head><body><main></main>'


class Refusal(Enum):
    """Why a request was not met: status, heading, and what to do."""

    DAY = (
        400,
        Text("Dagen går inte att läsa", "That day cannot be read"),
        Text(
            "Skriv dagen som år-månad-dag, till exempel ?as-of=2022-06-17.",
            "Write the day as year-month-day, for example ?as-of=2022-06-17.",
        ),
    )
    OUT_OF_RANGE = (
        400,
        Text("Den dagen kan inte besvaras", "That day cannot be answered"),
        Text(
            "Välj en dag från och med 1990 till och med den dag då uppgifterna hämtades.",
            "Choose a day from 1990 up to the day the figures were read.",
        ),
    )
    UNDERSTOOD = (
        400,
        Text("Frågan går inte att förstå", "The request cannot be understood"),
        Text("Gå till startsidan och börja därifrån.", "Go to the start page and begin there."),
    )
    HOST = (
        400,
        Text("Webbplatsen finns inte under det namnet", "The site does not go by that name"),
        Text(
            "Den som driver webbplatsen anger tillåtna namn i VAGVISARE_HOSTS.",
            "Whoever runs the site lists the names allowed in VAGVISARE_HOSTS.",
        ),
    )
    UNKNOWN = (
        404,
        Text("Sidan finns inte", "There is no such page"),
        Text("Gå till startsidan och leta därifrån.", "Go to the start page and look from there."),
    )
    METHOD = (
        405,
        Text("Här går det bara att läsa", "This site can only be read"),
        Text("Hämta sidan på vanligt sätt (GET).", "Ask for the page in the ordinary way (GET)."),
    )
    WEIGHT = (
        413,
        Text("Filen är för stor", "The file is too large"),
        Text(
            "Största filen är 25 MB. Dela upp den eller spara den i ett mindre format och skicka igen.",
            "The largest file is 25 MB. Split it, or save it in a smaller form, and send it again.",
        ),
    )
    LENGTH = (
        414,
        Text("Adressen är för lång", "The address is too long"),
        Text("Gå till startsidan och börja därifrån.", "Go to the start page and begin there."),
    )
    BROKEN = (
        500,
        Text("Något gick fel hos oss", "Something went wrong here"),
        Text(
            "Försök igen om en stund. Hjälper det inte, meddela den som driver webbplatsen.",
            "Try again in a while. If that does not help, tell whoever runs the site.",
        ),
    )
    NO_RECORDS = (
        503,
        Text("Arbetsytan är inte öppnad än", "The workspace has not been opened yet"),
        Text(
            "Den som driver webbplatsen gör den första personen med vagvisare user add ADRESS --role administrator. "
            "Ladda sedan om sidan.",
            "Whoever runs the site makes the first person with vagvisare user add ADDRESS --role administrator. "
            "Then load the page again.",
        ),
    )
    OLD_RECORDS = (
        503,
        Text("Arbetsytan väntar på en uppgradering", "The workspace waits for an upgrade"),
        Text(
            "Databasen är äldre än programmet. Den som driver webbplatsen kör vagvisare records upgrade. "
            "Ladda sedan om sidan.",
            "The database is older than the program. Whoever runs the site runs vagvisare records upgrade. "
            "Then load the page again.",
        ),
    )
    NEW_RECORDS = (
        503,
        Text("Arbetsytan är stängd", "The workspace is closed"),
        Text(
            "Databasen är nyare än programmet. Den som driver webbplatsen uppdaterar Vägvisare.",
            "The database is newer than the program. Whoever runs the site updates Vägvisare.",
        ),
    )
    NO_ANSWER = (
        503,
        Text("Arbetsytan är stängd för tillfället", "The workspace is closed for the moment"),
        Text(
            "Databasen svarar inte. Försök igen om en stund, eller meddela den som driver webbplatsen.",
            "The database does not answer. Try again in a while, or tell whoever runs the site.",
        ),
    )
    BUSY = (
        503,
        Text("Just nu räknas andra dagar om", "Other days are being computed just now"),
        Text("Försök igen om några sekunder.", "Try again in a few seconds."),
    )

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.value[0]


_prepared: dict[tuple[Refusal, Language], bytes] = {}


def prepare(site: Site) -> None:
    """Make every refusal ready in the design of ``site``."""
    _prepared.clear()
    for language in Language:
        model = site.render(path_of(NOT_FOUND, language)).body.decode()
        for refusal in Refusal:
            # The site has its own words for an unknown address; the others borrow the page and bring their own.
            page = model if refusal is Refusal.UNKNOWN else _worded(model, refusal, language)
            _prepared[refusal, language] = page.encode()


def refuse(refusal: Refusal, path: str) -> HttpResponse:
    """Return the refusal, in the language of the address asked for."""
    language = Language.EN if path == "/en" or path.startswith("/en/") else Language.SV
    body = _prepared.get((refusal, language))
    if body is None:
        body = _worded(_BARE.format(lang=language.value), refusal, language).encode()
    response = HttpResponse(body, status=refusal.status, content_type=HTML)
    response.headers["Cache-Control"] = "no-store"
    if refusal is Refusal.BUSY:
        response.headers["Retry-After"] = "5"
    return response


def _worded(model: str, refusal: Refusal, language: Language) -> str:
    _, heading, remedy = refusal.value
    title = escape(heading.to(language))
    start = escape(path_of("", language))
    link = Text("Till startsidan", "To the start page").to(language)
    inside = f'<h1>{title}</h1><p class="lead">{escape(remedy.to(language))}</p><p><a href="{start}">{link}</a></p>'
    page = _MAIN.sub(lambda found: f"{found[1]}{inside}{found[2]}", model, count=1)
    return _TITLE.sub(f"<title>{title}</title>", page, count=1)
