"""What is said when a call did not go well: what happened, what it means, what to do; in Swedish and English."""

from __future__ import annotations

from math import ceil

from vagvisare.sources.errors import (
    ForbiddenAddressError,
    GoneError,
    LimitedError,
    RefusedError,
    UnreachableError,
    UnreadableError,
)
from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Text

_KEPT = Text(
    "Inget av det som redan har hämtats går förlorat; de senast godkända siffrorna gäller.",
    "Nothing already fetched is lost; the last good figures stand.",
)
_AGAIN = Text(
    "Kör samma kommando igen senare; det fortsätter där det slutade.",
    "Run the same command again later; it goes on where it stopped.",
)


class StoppedError(UnreachableError):
    """The user interrupted."""

    @classmethod
    def now(cls) -> StoppedError:
        """Say that it was interrupted."""
        return cls(
            Text("Hämtningen avbröts.", "The fetch was interrupted."),
            meaning=Text("Det som redan har hämtats är sparat.", "What has already been fetched is kept."),
            remedy=Text(
                "Kör samma kommando igen, så fortsätter det där det slutade.",
                "Run the same command again, and it goes on where it stopped.",
            ),
        )


def no_name(url: str, host: str) -> UnreachableError:
    """Say that the host has no address."""
    return UnreachableError(
        Text(f"Namnet {host} hittas inte på nätet ({url}).", f"The name {host} is not found on the network ({url})."),
        meaning=_KEPT,
        remedy=Text(
            "Kontrollera nätförbindelsen. Har källan bytt adress, ange den nya som url under [sources] i "
            "strategy.toml.",
            "Check the network. If the source has moved, give its new address as url under [sources] in strategy.toml.",
        ),
    )


def no_connection(url: str) -> UnreachableError:
    """Say that nobody answered."""
    return UnreachableError(
        Text(f"Det gick inte att få förbindelse med {url}.", f"No connection could be made to {url}."),
        meaning=_KEPT,
        remedy=Text(
            "Kontrollera nätförbindelsen, och att brandväggen släpper fram adressen. Kör sedan samma kommando igen; "
            "det fortsätter där det slutade.",
            "Check the network, and that the firewall lets the address through. Then run the same command again; "
            "it goes on where it stopped.",
        ),
    )


def too_slow(url: str, seconds: float) -> UnreachableError:
    """Say that it took too long."""
    return UnreachableError(
        Text(
            f"{url} svarade inte färdigt inom {ceil(seconds)} sekunder.",
            f"{url} did not finish its answer within {ceil(seconds)} seconds.",
        ),
        meaning=_KEPT,
        remedy=_AGAIN,
    )


def cut_off(url: str) -> UnreachableError:
    """Say that the answer ended too soon."""
    return UnreachableError(
        Text(f"Svaret från {url} bröts innan det var helt.", f"The answer from {url} broke off before it was whole."),
        meaning=_KEPT,
        remedy=_AGAIN,
    )


def bad_certificate(url: str) -> UnreachableError:
    """Say that the host could not prove who it is."""
    return UnreachableError(
        Text(
            f"{url} kan inte styrka att det är rätt server: certifikatet godtas inte.",
            f"{url} cannot prove that it is the right server: its certificate is not accepted.",
        ),
        meaning=_KEPT,
        remedy=Text(
            "Går trafiken genom en egen proxy, ange dess certifikat i SSL_CERT_FILE. "
            "Annars: vänta tills källan har rättat felet.",
            "If traffic goes through a proxy of your own, give its certificate in SSL_CERT_FILE. Otherwise wait until "
            "the source has put it right.",
        ),
    )


def trouble(url: str, status: int) -> UnreachableError:
    """Say that the source has a fault of its own."""
    return UnreachableError(
        Text(f"{url} svarar med ett eget fel ({status}).", f"{url} answers with a fault of its own ({status})."),
        meaning=_KEPT,
        remedy=_AGAIN,
    )


def limited(url: str, wait: float | None = None) -> LimitedError:
    """Say that the source wants fewer calls; ``wait`` is what it asked for last, in seconds."""
    asked = Text("", "")
    if wait:
        minutes = ceil(wait / 60)
        asked = Text(
            f" Källan ber oss vänta {minutes} {'minut' if minutes == 1 else 'minuter'}.",
            f" The source asks us to wait {minutes} {'minute' if minutes == 1 else 'minutes'}.",
        )
    return LimitedError(
        Text(
            f"{url} tar inte emot fler frågor just nu, och gav inte med sig.{asked.sv}",
            f"{url} takes no more questions just now, and did not let up.{asked.en}",
        ),
        meaning=_KEPT,
        remedy=Text(
            "Kör samma kommando igen senare; det fortsätter där det slutade. Händer det ofta, sänk calls för källan "
            "under [sources] i strategy.toml.",
            "Run the same command again later; it goes on where it stopped. If it happens often, lower calls for the "
            "source under [sources] in strategy.toml.",
        ),
    )


def gone(url: str) -> GoneError:
    """Say that what was asked for is not there."""
    return GoneError(
        Text(f"{url} finns inte längre.", f"{url} is no longer there."),
        meaning=Text(
            "Tabellen, nyckeltalet eller filen har flyttats eller lagts ned, eller så är adressen fel. "
            "De senast godkända siffrorna gäller.",
            "The table, KPI or file has moved or been closed, or the address is wrong. The last good figures stand.",
        ),
        remedy=Text(
            "Sök efter en efterträdare med vagvisare indicator find, och ändra definitionen i indicators.toml.",
            "Look for its successor with vagvisare indicator find, and change the definition in indicators.toml.",
        ),
    )


def refused(url: str, status: int, said: str) -> RefusedError:
    """Say that the source said no, in its own words where it gave any."""
    words = Text(f" Källan säger: ”{said}”", f" The source says: “{said}”") if said else Text("", "")
    return RefusedError(
        Text(f"{url} avvisade frågan ({status}).{words.sv}", f"{url} turned the question down ({status}).{words.en}"),
        meaning=Text(
            "Frågan kan inte ställas så; de senast godkända siffrorna gäller.",
            "The question cannot be put that way; the last good figures stand.",
        ),
        remedy=Text(
            "Jämför tabell och koder i indicators.toml med hur källan nu beskriver dem.",
            "Compare table and codes in indicators.toml with how the source describes them now.",
        ),
    )


def too_large(url: str, limit: int) -> UnreadableError:
    """Say that the answer is larger than we take."""
    most = limit // 1_000_000 or 1
    why = Text(f"Det är större än {most} MB, mer än vi tar emot.", f"It is larger than {most} MB, more than we take.")
    return UnreadableError.of(url, why)


def badly_packed(url: str) -> UnreadableError:
    """Say that the answer cannot be unpacked."""
    return UnreadableError.of(url, Text("Det går inte att packa upp.", "It cannot be unpacked."))


def web_page(url: str) -> UnreadableError:
    """Say that a web page came where data was asked for."""
    return UnreadableError.of(url, Text("Det är en webbsida, inte data.", "It is a web page, not data."))


def circling(url: str) -> UnreadableError:
    """Say that the source sends us round and round, or nowhere."""
    why = Text("Källan hänvisar vidare utan att komma fram.", "The source refers us onwards without arriving.")
    return UnreadableError.of(url, why)


def forbidden(url: str, why: Text) -> ForbiddenAddressError:
    """Say why we do not go to an address (``why`` is a whole sentence)."""
    return ForbiddenAddressError(
        Text(f"Vi går inte till {url}. {why.sv}", f"We do not go to {url}. {why.en}"),
        meaning=Text(
            "Ingenting har skickats dit; de senast godkända siffrorna gäller.",
            "Nothing was sent there; the last good figures stand.",
        ),
        remedy=Text(
            "Är adressen rätt, ange den som url för källan under [sources] i strategy.toml, eller i miljövariabeln "
            "VAGVISARE_SOURCE_<NAMN>_URL.",
            "If the address is right, give it as url for the source under [sources] in strategy.toml, or in the "
            "environment variable VAGVISARE_SOURCE_<NAME>_URL.",
        ),
    )


NOT_HTTP = Text("Den är ingen fullständig http- eller https-adress.", "It is not a whole http or https address.")
PRIVATE = Text("Den leder in i ett privat nät.", "It leads into a private network.")
ELSEWHERE = Text("Den hör inte till källan.", "It does not belong to the source.")
DOWNWARDS = Text("Den är inte krypterad, men källans egen är det.", "It is not encrypted, but the source's own is.")
NOWHERE = Text("Källan har ingen adress.", "The source has no address.")


def bad_setting(setting: Text, value: str) -> UserError:
    """Say that the address given in a setting is none; ``setting`` names it as the user wrote it."""
    return UserError(
        Text(
            f"{setting.sv} är ”{value}”, och det går inte att använda som adress.",
            f"{setting.en} is “{value}”, which cannot be used as an address.",
        ),
        meaning=Text("Ingenting har hämtats.", "Nothing was fetched."),
        remedy=Text(
            "Skriv hela adressen, med http:// eller https://, utan användarnamn och utan något efter ? eller #.",
            "Write the whole address, with http:// or https://, no user name and nothing after ? or #.",
        ),
    )
