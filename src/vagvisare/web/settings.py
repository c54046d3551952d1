"""Settings of the served site, from the environment where a place differs from another.

``VAGVISARE_SECRET_KEY``  signs nothing yet; a random one is drawn at each start when it is not set.
``VAGVISARE_HOSTS``       names the site may be asked for by, separated by commas; this machine only when not set.
"""

import logging
import os
import secrets

SECRET_KEY = os.environ.get("VAGVISARE_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = [
    name.strip() for name in os.environ.get("VAGVISARE_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if name.strip()
]
DEBUG = False
ROOT_URLCONF = "vagvisare.web.urls"
MIDDLEWARE = ["vagvisare.web.guard.guard"]
INSTALLED_APPS: list[str] = []
DATABASES: dict[str, dict[str, str]] = {}
TEMPLATES: list[dict[str, object]] = []
USE_I18N = False
USE_TZ = True
TIME_ZONE = None  # the machine's own; Django would otherwise move the whole process to Chicago
DEFAULT_CHARSET = "utf-8"
APPEND_SLASH = False
FORCE_SCRIPT_NAME = None
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
