"""Signing in, people and oneself.

Of the sign-in library's addresses only those we use are here: nobody signs up, changes address, or is sent mail.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.usersessions import views as sessions
from django.urls import path

from vagvisare.web.access.needs import ANYONE
from vagvisare.web.accounts import views
from vagvisare.web.accounts.entrance import ours, to_provider
from vagvisare.web.accounts.provider import NAME

OWN = "self.change"
REGION = {"provider_id": NAME}

urlpatterns = [
    path("login/", ours(ANYONE, account.login), name="account_login"),
    path("logout/", ours(ANYONE, account.logout), name="account_logout"),
    path("inactive/", ours(ANYONE, account.account_inactive), name="account_inactive"),
    path("inbjudan/", views.invitation, name="invitation"),
    path("andra-faktorn/prova/", ours(ANYONE, mfa.authenticate), name="mfa_authenticate"),
    path("nyckel/login/", ours(ANYONE, keys.login_webauthn), name="mfa_login_webauthn"),
    path("oidc/login/", ours(ANYONE, to_provider(oidc.login)), REGION, name="openid_connect_login"),
    path("oidc/callback/", ours(ANYONE, oidc.callback), REGION, name="openid_connect_callback"),
    path("oidc/avbruten/", ours(ANYONE, social.login_cancelled), name="socialaccount_login_cancelled"),
    path("jag/", views.profile, name="profile"),
    path("jag/bekrafta/", ours(OWN, account.reauthenticate), name="account_reauthenticate"),
    path("jag/bekrafta/kod/", ours(OWN, mfa.reauthenticate), name="mfa_reauthenticate"),
    path("jag/bekrafta/nyckel/", ours(OWN, keys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("jag/losenord/", ours(OWN, account.password_change), name="account_change_password"),
    path("jag/losenord/valj/", ours(OWN, account.password_set), name="account_set_password"),
    path("jag/inloggningar/", ours(OWN, sessions.list_usersessions), name="usersessions_list"),
    path("jag/andra-faktorn/", ours(OWN, mfa.index), name="mfa_index"),
    path("jag/andra-faktorn/app/", ours(OWN, totp.activate_totp), name="mfa_activate_totp"),
    path("jag/andra-faktorn/app/bort/", ours(OWN, totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("jag/andra-faktorn/koder/", ours(OWN, recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("jag/andra-faktorn/koder/nya/", ours(OWN, recovery.generate_recovery_codes),
         name="mfa_generate_recovery_codes"),
    path("jag/andra-faktorn/nycklar/", ours(OWN, keys.list_webauthn), name="mfa_list_webauthn"),
    path("jag/andra-faktorn/nycklar/ny/", ours(OWN, keys.add_webauthn), name="mfa_add_webauthn"),
    path("jag/andra-faktorn/nycklar/<int:pk>/", ours(OWN, keys.edit_webauthn), name="mfa_edit_webauthn"),
    path("jag/andra-faktorn/nycklar/<int:pk>/bort/", ours(OWN, keys.remove_webauthn), name="mfa_remove_webauthn"),
    path("personer/", views.people, name="people"),
    path("personer/bjud-in/", views.invite, name="invite"),
    path("personer/inbjudan/<int:number>/aterta/", views.withdraw, name="withdraw_invitation"),
    path("personer/<int:number>/", views.person, name="person"),
    path("personer/<int:number>/roll/", views.change_role, name="change_role"),
    path("personer/<int:number>/tillstand/", views.change_state, name="change_state"),
    path("personer/<int:number>/lank/", views.link, name="person_link"),
    path("personer/<int:number>/andra-faktorn/", views.unlock, name="person_unlock"),
]  # fmt: skip
