"""A form on a drawn page, given what somebody sent in it; all else on the page stays as it was drawn, sign for sign."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

Sent = Mapping[str, Sequence[str]]
"""What a form sent: every value of each of its fields."""

_NO_FIELD = {"hidden", "submit", "button", "image", "reset"}
_NOT_KEPT = {"file", "password"}
"""Kinds of field that nothing is put back in: a file cannot be, a password must not be."""
_TICKED = {"checkbox", "radio"}


@dataclass(slots=True)
class _Tag:
    """A start tag and where it stands on the page."""

    name: str
    told: dict[str, str]
    start: int
    end: int
    after: str = ""

    def written(self) -> str:
        """Return the tag as it is to stand, with what is put in after it."""
        told = "".join(f' {name}="{escape(said)}"' for name, said in self.told.items())
        return f"<{self.name}{told}>{self.after}"


@dataclass(slots=True)
class _Control:
    """A field: its tag, the options of a list, and where the words of a larger field end."""

    tag: _Tag
    options: list[_Tag] = field(default_factory=list)
    close: int = 0

    @property
    def name(self) -> str:
        return self.tag.told.get("name", "")

    @property
    def kind(self) -> str:
        return self.tag.told.get("type", "text") if self.tag.name == "input" else self.tag.name


@dataclass(slots=True)
class _Form:
    """A form: its tag, the folded parts around it, every address it can be sent to, and its fields."""

    tag: _Tag
    folded: tuple[_Tag, ...]
    addresses: list[str]
    controls: list[_Control] = field(default_factory=list)

    @property
    def fields(self) -> list[_Control]:
        """The controls that somebody fills in."""
        seen = (each for each in self.controls if each.name and "hidden" not in each.tag.told)
        return [each for each in seen if each.kind not in _NO_FIELD]

    def likeness(self, sent: Sent) -> tuple[int, int]:
        """Return how well it fits what was sent: what it carries unseen first, then the fields it has."""
        unseen = [each for each in self.controls if each.kind == "hidden" and each.name != "csrfmiddlewaretoken"]
        same = sum(1 if each.tag.told.get("value", "") in sent.get(each.name, ()) else -1 for each in unseen)
        return same, len({each.name for each in self.fields} & set(sent))


class _Page(HTMLParser):
    """The forms of a page, and the addresses on it that begin where the page is."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.forms: list[_Form] = []
        self.near: list[_Tag] = []
        self._lines = [0, *(found.end() for found in re.finditer("\n", page))]
        self._folded: list[_Tag] = []
        self._form: _Form | None = None
        self._control: _Control | None = None
        self._far: list[tuple[str, _Control]] = []
        self._inert = 0
        self.feed(page)
        by_id = {form.tag.told.get("id", ""): form for form in self.forms}
        for name, control in self._far:
            if name in by_id:
                _join(by_id[name], control)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inert += tag == "template"
        if self._inert:
            return
        start = self._at()
        made = _Tag(tag, {name: said or "" for name, said in attrs}, start, start + len(self.get_starttag_text() or ""))
        if tag == "details":
            self._folded.append(made)
        elif tag == "form":
            self._form = _Form(made, tuple(self._folded), [made.told.get("action", "")])
            self.forms.append(self._form)
            self.near.append(made)
        elif tag == "a" and made.told.get("href", "").startswith("?"):
            self.near.append(made)
        elif tag == "option" and self._control is not None:
            self._control.options.append(made)
        elif tag in {"input", "textarea", "select", "button"}:
            self._field(_Control(made))

    def handle_endtag(self, tag: str) -> None:
        self._inert -= tag == "template"
        if self._inert:
            return
        if tag == "details" and self._folded:
            self._folded.pop()
        elif tag == "form":
            self._form = None
        elif tag in {"textarea", "select"} and self._control is not None:
            self._control.close, self._control = self._at(), None

    def _field(self, control: _Control) -> None:
        if control.tag.name in {"textarea", "select"}:
            self._control = control
        if "form" in control.tag.told:  # it may stand before the form it belongs to
            self._far.append((control.tag.told["form"], control))
        elif self._form is not None:
            _join(self._form, control)

    def _at(self) -> int:
        line, sign = self.getpos()
        return self._lines[line - 1] + sign


def _join(form: _Form, control: _Control) -> None:
    form.controls.append(control)
    if control.tag.told.get("formaction"):
        form.addresses.append(control.tag.told["formaction"])


def filled(
    page: str, here: str, to: str, sent: Sent, *, alert: str, about: tuple[str, str] = ("", ""), carried: str = ""
) -> str | None:
    """Return a page with the form that was sent filled in and an alert at its head; None where it has no such form.

    Args:
        page: as drawn.
        here: its address. The answer to a form has another, so what begins with a question mark is led back to it.
        to: the path the form was sent to.
        sent: what it sent.
        alert: what is said at the head of the form.
        about: the name of the field that is wrong, where it is known, and the id of what is said of it.
        carried: a hidden field for every form of the page.
    """
    drawn = _Page(page)
    own = urlsplit(here).path
    posted = [form for form in drawn.forms if form.tag.told.get("method", "").lower() == "post"]
    fitting = [form for form in posted if form.fields and to in {_path(each, own) for each in form.addresses}]
    if not fitting:
        return None
    form = max(fitting, key=lambda each: each.likeness(sent))
    for fold in form.folded:
        fold.told["open"] = ""
    for each in posted:
        each.tag.after = carried
    form.tag.after += alert
    for tag in drawn.near:
        name = "action" if tag.name == "form" else "href"
        asked = tag.told.get(name, "")
        tag.told[name] = asked if asked[:1] not in {"", "?"} else own + asked if asked else here
    words = _fill(form, sent, *about)
    tags = [*form.folded, *drawn.near, *(tag for each in form.fields for tag in (each.tag, *each.options))]
    return _edited(page, {(tag.start, tag.end): tag.written() for tag in tags} | words)


def _fill(form: _Form, sent: Sent, wrong: str, alert: str) -> dict[tuple[int, int], str]:
    """Put what was sent in the fields of a form; what is to stand in the larger ones is returned by where it stands."""
    words, met = {}, Counter[str]()
    for each in form.fields:
        told, said = each.tag.told, sent.get(each.name, ())
        if wrong and each.name == wrong:
            told |= {"aria-invalid": "true", "aria-describedby": f"{told.get('aria-describedby', '')} {alert}".strip()}
        if each.kind in _NOT_KEPT:
            continue
        if each.kind in _TICKED:
            told.pop("checked", None)
            if told.get("value", "on") in said:
                told["checked"] = ""
            continue
        met[each.name] += 1
        if len(said) < met[each.name]:
            continue
        text = said[met[each.name] - 1]
        if each.kind == "textarea":
            words[each.tag.end, each.close] = f"\n{escape(text)}"
        elif each.kind == "select":
            _choose(each.options, text)
        else:
            told["value"] = text
    return words


def _choose(options: list[_Tag], said: str) -> None:
    chosen = [each for each in options if each.told.get("value", "") == said]
    for each in options if chosen else ():
        each.told.pop("selected", None)
    for each in chosen:
        each.told["selected"] = ""


def _path(action: str, own: str) -> str:
    return unquote(urlsplit(action).path or own)


def _edited(page: str, edits: Mapping[tuple[int, int], str]) -> str:
    pieces, reached = [], 0
    for (start, end), words in sorted(edits.items()):
        pieces += [page[reached:start], words]
        reached = end
    return "".join([*pieces, page[reached:]])
