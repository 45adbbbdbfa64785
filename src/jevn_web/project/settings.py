"""Settings. Everything an installation may change is an environment variable, listed in
docs/reference/settings.md; defaults suit one municipality on one machine.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import dj_database_url

from jevn_web.design.assets import ASSETS


def _flag(name: str, default: str = "") -> bool:
    return os.environ.get(name, default).lower() in ("1", "true", "yes")


def _list(name: str, default: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


DATA = Path(os.environ.get("JEVN_DATA", ".jevn")).resolve()

WARM = _flag("JEVN_WARM", "1")  # make every page ahead of its first reader

DEBUG = _flag("JEVN_DEBUG")
# Without a key of its own an installation gets a new one at each start: nothing is signed
# in yet, so nothing is lost; set JEVN_SECRET_KEY where several processes serve together.
SECRET_KEY = os.environ.get("JEVN_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = _list("JEVN_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _list("JEVN_ORIGINS", "")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "jevn_web.people",
    "jevn_web.work",
    "jevn_web.design",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "jevn_web.design.static.StaticFiles",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
]

ROOT_URLCONF = "jevn_web.project.urls"
ASGI_APPLICATION = "jevn_web.project.asgi.application"
TEMPLATES: list[dict[str, object]] = []  # pages are rendered by jevn.publishing

DATABASES = {
    "default": dj_database_url.config(
        env="DATABASE_URL",
        default=f"sqlite:///{DATA / 'jevn.sqlite3'}",
        conn_max_age=0,  # every request has a thread of its own under ASGI
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "nb"
TIME_ZONE = "Europe/Oslo"
USE_I18N = False  # texts and numbers are said by jevn.terms.Say
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [("jevn", str(ASSETS))]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if _flag("JEVN_BEHIND_PROXY") else None
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("JEVN_LOG_LEVEL", "WARNING")},
    # addresses that do not exist are the askers' business, not the log's
    "loggers": {"django.request": {"level": "ERROR"}},
}
