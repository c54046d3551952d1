"""Pages about people: who takes part, one's own details, and the door for those who have been invited."""

from __future__ import annotations

from allauth.account.internal import flows
from allauth.account.models import Login
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vagvisare.terms.errors import UserError
from vagvisare.terms.language import Language, Text
from vagvisare.web.access.needs import ANYONE, needs
from vagvisare.web.access.rules import ROLE_NAMES, SCOPED, Role
from vagvisare.web.accounts import actions, entering, links, queries, scopes
from vagvisare.web.accounts.forms import Accept, Invite
from vagvisare.web.accounts.models import Person
from vagvisare.web.frame.doorway import LANGUAGE_COOKIE
from vagvisare.web.frame.drawing import page

ROLES = {
    "role_names": {role.value: name for role, name in ROLE_NAMES.items()},
    "scoped": {str(role) for role in SCOPED},
}


@needs("people.read")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List people, narrowed by the address, and the invitations that wait."""
    asked = request.GET
    role = asked.get("roll", "")
    sought = queries.Sought(asked.get("sok", "").strip(), role if role in set(Role) else "", asked.get("tillstand", ""))
    told = {"people": list(queries.people(sought)), "sought": sought, "invitations": list(queries.open_invitations())}
    return page(request, "accounts/people.html", told | ROLES)


@needs("people.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; the link is on the page that answers, and nowhere else."""
    form = Invite(roles=[request.GET.get("roll", "")])
    if request.method == "POST":
        form = Invite.read(request.POST)
        if not form.wrong:
            try:
                made = actions.invite(request.user, form.email, form.name, form.grants(), form.organisation)
            except UserError as error:
                field = "role" if isinstance(error, scopes.NothingSuchError) else "email"
                form.wrong[field] = Text(error.message(Language.SV), error.message(Language.EN))
            else:
                return _handed_over(request, made)
    told = {"form": form, "choices": {role.value: known for role, known in scopes.choices().items()}}
    status = 400 if form.wrong else 200
    return page(request, "accounts/invite.html", told | ROLES | {"scope_words": scopes.WORDS}, status=status)


def _handed_over(request: HttpRequest, made: links.Link) -> HttpResponse:
    told = {"link": request.build_absolute_uri(made.path), "invitation": made.invitation, "days": links.LASTS.days}
    return page(request, "accounts/link.html", told)


@needs("people.manage")
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take an invitation back."""
    invitation_ = queries.invitation(number)
    actions.withdraw(request.user, invitation_)
    return _done(request, Text(f"Inbjudan till {invitation_.name} är återtagen.",
                               f"The invitation to {invitation_.name} is withdrawn."), reverse("people"))  # fmt: skip


@needs("people.read")
@require_safe
def person(request: HttpRequest, number: int) -> HttpResponse:
    """Show one person: roles, and for an administrator what can be done."""
    told = {"shown": queries.person(number), "choices": scopes.choices(), "scope_words": scopes.WORDS}
    return page(request, "accounts/person.html", told | ROLES)


@needs("people.manage")
@require_POST
def change_role(request: HttpRequest, number: int) -> HttpResponse:
    """Give or take one role."""
    shown, role, scope = queries.person(number), request.POST.get("role", ""), request.POST.get("scope", "")
    if request.POST.get("do") == "take":
        actions.take_role(request.user, shown, role, scope)
        words = Text(f"{shown.name} har inte längre rollen.", f"{shown.name} no longer has the role.")
    else:
        actions.give_role(request.user, shown, role, scope if role in SCOPED else "")
        words = Text(f"{shown.name} har fått rollen.", f"{shown.name} has been given the role.")
    return _done(request, words, reverse("person", args=[number]))


@needs("people.manage")
@require_POST
def change_state(request: HttpRequest, number: int) -> HttpResponse:
    """Suspend a person, or let them in again."""
    shown = queries.person(number)
    if request.POST.get("do") == "reinstate":
        actions.reinstate(request.user, shown)
        words = Text(f"{shown.name} kan logga in igen.", f"{shown.name} can sign in again.")
    else:
        actions.suspend(request.user, shown, request.POST.get("reason", "").strip())
        words = Text(f"{shown.name} är avstängd.", f"{shown.name} is suspended.")
    return _done(request, words, reverse("person", args=[number]))


@needs("people.manage")
@require_POST
def link(request: HttpRequest, number: int) -> HttpResponse:
    """Make a one-time link for a new password and show it once."""
    return _handed_over(request, actions.link_for_password(request.user, queries.person(number)))


@needs("people.manage")
@require_POST
def unlock(request: HttpRequest, number: int) -> HttpResponse:
    """Take away a lost second factor."""
    shown = queries.person(number)
    actions.remove_second_factor(request.user, shown, request.POST.get("reason", "").strip())
    words = Text(f"{shown.name} har ingen andra faktor längre.", f"{shown.name} has no second factor any longer.")
    return _done(request, words, reverse("person", args=[number]))


@needs("self.change")
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change one's own details."""
    who: Person = request.user
    if request.method == "POST":
        actions.change_own(who, request.POST.get("name", ""), request.POST.get("language", ""))
        request.language = Language(who.language)  # type: ignore[attr-defined]  what is said now is read in it
        answer = _done(request, Text("Dina uppgifter är sparade.", "Your details are saved."), reverse("profile"))
        answer.set_cookie(
            LANGUAGE_COOKIE, who.language, max_age=365 * 24 * 3600, path="/arbete/", samesite="Lax", httponly=True
        )
        return answer
    told = {
        "second_factor": is_mfa_enabled(who, ["totp", "webauthn"]),
        "sessions": queries.session_count(who),
        "sign_ins": queries.sign_ins(who),
    }
    return page(request, "accounts/profile.html", told | ROLES)


@needs(ANYONE)
@sensitive_post_parameters("password", "again", links.FIELD)
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponseBase:
    """Open a one-time link: choose a name and a password, and come in."""
    secret = (request.POST if request.method == "POST" else request.GET).get(links.FIELD, "")
    known = links.found(secret)
    form = Accept(name=known.name)
    if request.method == "POST":
        form = Accept.read(request, request.language, new=known.person is None)  # type: ignore[attr-defined]
        if not form.wrong:
            try:
                entered = entering.accept(secret, form.name, form.password, request.language.value)  # type: ignore[attr-defined]
            except ValidationError as weak:
                form.wrong["password"] = weak.messages
            else:
                return _come_in(request, entered)
    told = {"invitation": known, "form": form, "secret": secret, "field": links.FIELD} | ROLES
    answer = page(request, "accounts/invitation.html", told, status=400 if form.wrong else 200)
    # The address is the key. To tell nobody at all would also hide from ourselves where the form came from.
    answer.headers["Referrer-Policy"] = "same-origin"
    return answer


def _come_in(request: HttpRequest, entered: Person) -> HttpResponseBase:
    """Sign in somebody who has just chosen a password; a second factor is asked for as always."""
    logout(request)
    # The address is not told to the session: it is kept in the records alone.
    answer = flows.login.perform_password_login(request, {}, Login(user=entered, redirect_url=reverse("start")))
    if request.user.is_authenticated:
        flows.reauthentication.reauthenticate_by_password(request)
    return answer


def _done(request: HttpRequest, words: Text, onward: str) -> HttpResponse:
    messages.success(request, words.to(request.language))  # type: ignore[attr-defined]
    return HttpResponseRedirect(onward)
