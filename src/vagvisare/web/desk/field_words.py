"""What the fields that an event changed are called: a register's columns by their own labels, the rest by a table."""

from __future__ import annotations

from vagvisare.terms.language import Text
from vagvisare.web.registers.described import DEFINITIONS

FIELDS = {
    "act": Text("vad som gjordes", "what was done"),
    "active": Text("konto öppet", "account open"),
    "address": Text("adress", "address"),
    "after": Text("efter", "after"),
    "answer": Text("svar", "answer"),
    "answers": Text("antal svar", "number of answers"),
    "because": Text("stöds av", "supported by"),
    "by": Text("av", "by"),
    "bytes": Text("storlek i byte", "size in bytes"),
    "clash": Text("krock", "clash"),
    "comments": Text("kommentarer", "comments"),
    "current": Text("utgåva som följs upp", "edition followed up"),
    "done": Text("klar", "done"),
    "draft": Text("utkast", "draft"),
    "due": Text("klart till", "done by"),
    "editions": Text("utgåvor", "editions"),
    "en": Text("på engelska", "in English"),
    "english": Text("på engelska", "in English"),
    "entries": Text("poster i registren", "entries of the registers"),
    "errata": Text("rättelser", "errata"),
    "first": Text("första händelse", "first event"),
    "from": Text("öppnat från", "opened from"),
    "how": Text("hur", "how"),
    "identity provider": Text("organisationens inloggning", "the organisation's sign-in"),
    "key": Text("nyckel", "key"),
    "kind": Text("slag", "kind"),
    "language": Text("språk", "language"),
    "last": Text("sista händelse", "last event"),
    "left_out": Text("berättas inte", "not told"),
    "link": Text("länk", "link"),
    "links": Text("samband", "links"),
    "name": Text("namn", "name"),
    "node": Text("del", "part"),
    "nodes": Text("delar", "parts"),
    "note": Text("anmärkning", "note"),
    "open": Text("öppen", "open"),
    "organisation": Text("organisation", "organisation"),
    "origin": Text("från", "from"),
    "password": Text("lösenord", "password"),
    "person": Text("person", "person"),
    "perspective": Text("perspektiv", "perspective"),
    "pieces": Text("stycken", "pieces"),
    "places": Text("platser", "places"),
    "position": Text("plats", "place"),
    "order": Text("ordning", "order"),
    "agreed": Text("ordning som båda hade", "order that both had"),
    "rationale": Text("skäl", "reason"),
    "reason": Text("skäl", "reason"),
    "recovery_codes": Text("reservkoder", "recovery codes"),
    "refused": Text("nekad", "turned away"),
    "roles": Text("roller", "roles"),
    "sealed_as": Text("förseglat som", "sealed as"),
    "second factor": Text("andra faktor", "second factor"),
    "sessions ended": Text("avslutade inloggningar", "sessions ended"),
    "sha256": Text("kontrollsumma (SHA-256)", "checksum (SHA-256)"),
    "source": Text("källa", "source"),
    "stated": Text("angivna ändringar", "stated changes"),
    "sv": Text("på svenska", "in Swedish"),
    "target": Text("till", "to"),
    "text": Text("text", "text"),
    "theme": Text("tema", "theme"),
    "title": Text("titel", "title"),
    "undone": Text("ångrad händelse", "event undone"),
    "version": Text("version", "version"),
    "with": Text("med", "with"),
}
"""The fields of what is no entry of a register; one that is not here is shown as it is kept."""

_PLACE = Text("Plats", "Place")


def field_name(kind: str, key: str, name: str) -> Text:
    """Return what a field of a thing is called: ``kind`` and ``key`` are those of the thing's event."""
    register = {"entry": key.partition(":")[0], "edition": "errata"}.get(kind, "")
    column = DEFINITIONS[register].by_name.get(name) if register in DEFINITIONS else None
    if column is not None:
        return column.label
    return _PLACE if kind == "entry" and name == "position" else FIELDS.get(name, Text(name, name))
