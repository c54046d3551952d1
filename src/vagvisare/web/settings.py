"""Settings, from the environment where a place differs from another.

``DATABASE_URL``          where the records are; a SQLite file when not set (``VAGVISARE_RECORDS``).
``VAGVISARE_RECORDS``     path of that file; ``records.sqlite3`` in the working folder when not set.
``VAGVISARE_SECRET_KEY``  signs sessions and links; kept in a file beside the records when not set.
``VAGVISARE_HOSTS``       names the site may be asked for by, separated by commas; this machine only when not set.
``VAGVISARE_PROXY``       address of a machine that passes readers on to us; believed about theirs.
``VAGVISARE_HTTPS``       ``1`` where readers come over https: cookies are then only sent so.
``VAGVISARE_SECOND_FACTOR``  ``1`` where administrators and strategists must have a second factor to go on.
``VAGVISARE_OIDC_ISSUER``, ``_CLIENT_ID``, ``_CLIENT_SECRET``, ``_NAME``  the region's own identity provider, if any.
The public pages ask no database; a place without records serves them all the same.
"""

import logging
import os
import secrets
from pathlib import Path

import dj_database_url

from vagvisare.web.records import records_path, secret_key

RECORDS = records_path()
DATABASE_URL = os.environ.get("DATABASE_URL", "").strip()
SECRET_KEY = os.environ.get("VAGVISARE_SECRET_KEY") or secret_key(RECORDS) or secrets.token_urlsafe(50)
HTTPS = os.environ.get("VAGVISARE_HTTPS", "") == "1"
PROXY = os.environ.get("VAGVISARE_PROXY", "").strip()
HOSTS_TOLD = [name.strip() for name in os.environ.get("VAGVISARE_HOSTS", "").split(",") if name.strip()]
ALLOWED_HOSTS = HOSTS_TOLD or ["localhost", "127.0.0.1", "[::1]"]
DEBUG = False
DEMONSTRATION = os.environ.get("VAGVISARE_DEMONSTRATION", "") == "1"
ROOT_URLCONF = "vagvisare.web.urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "vagvisare.web.audit",
    "vagvisare.web.accounts",
    "vagvisare.web.registers",
    "vagvisare.web.strategy",
    "vagvisare.web.revision",
]
MIDDLEWARE = [
    "vagvisare.web.guard.guard",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "vagvisare.web.frame.doorway.Doorway",
    "vagvisare.web.accounts.second_factor.SecondFactorFirst",
]
"""Cookies are sent for the workspace's addresses only, so public pages ask no database on the way."""

if DATABASE_URL:
    DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=300, conn_health_checks=True)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": RECORDS,
            "OPTIONS": {
                # A writer takes its turn at once and waits for it, instead of failing half-way.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
            "CONN_MAX_AGE": 300,
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # Attempts to sign in are counted here; with little room a flood of names would push out its own counts.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

HERE = Path(__file__).parent
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [HERE / "templates", HERE.parent / "publications" / "templates"],
        "OPTIONS": {"environment": "vagvisare.web.frame.drawing.environment"},
    },
    {
        # Only for what the sign-in library draws itself and we have not drawn: the texts of its mails.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "django",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
USE_I18N = True
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "svenska"), ("en", "English")]
USE_TZ = True
TIME_ZONE = None  # the machine's own; Django would otherwise move the whole process to Chicago
DEFAULT_CHARSET = "utf-8"
APPEND_SLASH = False
FORCE_SCRIPT_NAME = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
LARGEST_UPLOAD = 25 * 1024 * 1024

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "vagvisare"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_PATH = "/arbete/"
CSRF_COOKIE_NAME = "vagvisare-form"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_PATH = "/arbete/"
CSRF_FAILURE_VIEW = "vagvisare.web.frame.refusals.stale_form"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGIN_URL = "/arbete/konto/login/"
LOGIN_REDIRECT_URL = "/arbete/"
LOGOUT_REDIRECT_URL = LOGIN_URL

# Signing in: what the sign-in library does. The addresses of it that we use stand in accounts/urls.py.
SECOND_FACTOR_REQUIRED = os.environ.get("VAGVISARE_SECOND_FACTOR", "") == "1"
ACCOUNT_ADAPTER = "vagvisare.web.accounts.adapters.Account"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation is handed over by somebody who knows whom they invite
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # here; the password change itself ends the person's other sessions
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",  # a region often comes from one address
    "login_failed": "30/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
MFA_ADAPTER = "vagvisare.web.accounts.adapters.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Vägvisare"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers themselves only allow it on this machine then
USERSESSIONS_ADAPTER = "vagvisare.web.accounts.adapters.Sessions"
SOCIALACCOUNT_ADAPTER = "vagvisare.web.accounts.provider.Provider"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "region",
                "name": os.environ.get("VAGVISARE_OIDC_NAME", "").strip() or "regionens inloggning",
                "client_id": os.environ.get("VAGVISARE_OIDC_CLIENT_ID", "").strip(),
                "secret": os.environ.get("VAGVISARE_OIDC_CLIENT_SECRET", "").strip(),
                "settings": {"server_url": os.environ["VAGVISARE_OIDC_ISSUER"].strip()},
            }
        ]
        if os.environ.get("VAGVISARE_OIDC_ISSUER", "").strip()
        else [],
    }
}
LOGGING_CONFIG = "logging.config.dictConfig"


def _our_fault(record: logging.LogRecord) -> bool:
    return getattr(record, "status_code", 500) != 503


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # A crowd that asks for many days at once is told to wait; it must not fill the log as well.
    "filters": {"our_fault": {"()": "django.utils.log.CallbackFilter", "callback": _our_fault}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["our_fault"]}},
    "loggers": {
        # Only what we did wrong; a reader's mistyped address is no news. Paths are logged, questions (?…) are not.
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "vagvisare": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Readers waiting a moment for a free thread are no news either; only requests that broke are.
        "waitress": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
