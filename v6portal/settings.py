"""The one settings module. Everything that differs between installations comes from the environment.

Reading it has no side effects: no file is written, no server started. README lists every variable.
"""

import datetime as dt
import secrets
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from v6portal.logging import logging_config

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# --- The kind of installation -----------------------------------------------------------------
DEBUG: bool = env.bool("DEBUG", default=False)
DEMO: bool = env.bool("DEMO", default=False)
"""Demo mode: demo accounts may exist and are listed on the sign-in page. Never in production."""
LOCAL = DEBUG or DEMO
HTTPS: bool = env.bool("HTTPS", default=not LOCAL)
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

SECRET_KEY: str = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not LOCAL:
        raise ImproperlyConfigured("SECRET_KEY saknas: sätt den i miljön (minst 50 slumpade tecken).")
    SECRET_KEY = secrets.token_urlsafe(50)  # dev.py passes a lasting one, so that sign-ins survive a restart

ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=LOCAL_HOSTS if LOCAL else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- What it is made of -----------------------------------------------------------------------
ROOT_URLCONF = "v6portal.urls"
WSGI_APPLICATION = "v6portal.wsgi.application"

INSTALLED_APPS = [
    "v6portal.organizations.apps.OrganizationsConfig",
    "procrastinate.contrib.django",
    "initiatives",
    "governance",
    "followup",
    "crispy_forms",
    "django_filters",
    "django_htmx",
    "csp",
    "v6portal.organizations.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "v6portal.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "v6portal.middleware.UploadLimitMiddleware",  # before CSRF, which reads what was sent
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "v6portal.organizations.access.SignedInMiddleware",
    "v6portal.organizations.access.ActingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "v6portal.context.frame",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # so that templates/django/forms is looked in
CRISPY_TEMPLATE_PACK = "v6"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("v6",)

# --- Database ---------------------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default="postgresql:///portal", engine="django.db.backends.postgresql"),
}
if env.bool("DATABASE_POOL", default=False):
    # A pool keeps the connections itself, so Django must not (CONN_MAX_AGE stays 0).
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": env.int("DATABASE_POOL_SIZE", default=8),
        "timeout": 10,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "organizations.User"
AUTHENTICATION_BACKENDS = ["v6portal.organizations.backends.PortalBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- Language and time ------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

# --- Files ------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media")))

STATIC_MANIFEST: bool = env.bool("STATIC_MANIFEST", default=not LOCAL)
"""On: files come from `collectstatic`, under names that hold their hash. Off: straight from `static/`."""
STORAGES = {
    "default": {
        "BACKEND": env.str("STORAGE_BACKEND", default="django.core.files.storage.FileSystemStorage"),
        "OPTIONS": env.json("STORAGE_OPTIONS", default={}),
    },
    "staticfiles": {
        "BACKEND": "v6portal.storage.HashedGzipStorage"
        if STATIC_MANIFEST
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
ATTACHMENT_MEGABYTES: int = env.int("ATTACHMENT_MEGABYTES", default=20)
"""The largest file that may be attached to an initiative."""
ATTACHMENT_COUNT: int = env.int("ATTACHMENT_COUNT", default=10)
"""As many as one initiative may have."""
VIRUS_SCANNER: str = env.str("VIRUS_SCANNER", default="")
"""A command that gets each file on standard input: 0 is clean, 1 infected, anything else could not be checked."""

WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not STATIC_MANIFEST

# --- Protection -------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "v6portal.organizations.access.forged"
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]
SECURE_HSTS_SECONDS: int = env.int("HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Mail and the worker ----------------------------------------------------------------------
MAIL = env.email_url("EMAIL_URL", default="smtp://localhost:25")
MAIL_BACKENDS = {"django.core.mail.backends.smtp.EmailBackend": "governance.mail.post.EmailBackend"}
EMAIL_BACKEND: str = (
    "django.core.mail.backends.dummy.EmailBackend"  # in demo mode nothing leaves the machine, whatever is set
    if DEMO
    else MAIL_BACKENDS.get(MAIL["EMAIL_BACKEND"], MAIL["EMAIL_BACKEND"])
)
EMAIL_HOST: str = MAIL["EMAIL_HOST"] or "localhost"
EMAIL_USE_TLS: bool = MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL: bool = MAIL.get("EMAIL_USE_SSL", False)
EMAIL_PORT: int = MAIL["EMAIL_PORT"] or (465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25)
EMAIL_HOST_USER: str = MAIL["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD: str = MAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_FILE_PATH: str = MAIL["EMAIL_FILE_PATH"]
EMAIL_TIMEOUT: int = env.int("EMAIL_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="V6-portalen <portal@localhost>")
PORTAL_URL: str = env.str(
    "PORTAL_URL",
    default=f"https://{ALLOWED_HOSTS[0]}" if ALLOWED_HOSTS and not LOCAL else "http://127.0.0.1:8000",
).rstrip("/")
"""Where the links in a mail lead; a worker has no request to read it from."""
MAIL_DIGEST_AT = dt.time.fromisoformat(env.str("MAIL_DIGEST_AT", default="07:00").replace(".", ":"))
MAIL_KEPT_DAYS: int = env.int("MAIL_KEPT_DAYS", default=90)

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["governance.mail.jobs", "followup.mail.jobs", "followup.jobs"]

# --- Logs -------------------------------------------------------------------------------------
LOGGING = logging_config(json=env.bool("LOG_JSON", default=not LOCAL), level=env.str("LOG_LEVEL", default="INFO"))
