"""The one settings file, read from the environment.

KELISIM_MODE          production (default) | demo | test | offline
KELISIM_SECRET_KEY    required in production
KELISIM_ALLOWED_HOSTS required in production, comma separated
KELISIM_VAR           folder of what the installation writes (default: ./var)
KELISIM_API_RATE      requests from one address (default: 120/min)
KELISIM_PROXIES       how many reverse proxies of yours stand before it (default: 0)
KELISIM_ORIGIN        where people reach the site, for links in mails (default: the first host)
KELISIM_SIGNUP        1 lets anybody make an account; by default an administrator invites
KELISIM_ERASURE_DAYS  days between asking for erasure and its doing without a confirmation (30)
KELISIM_HTTPS         0 serves production over plain HTTP behind nothing (an intranet without TLS)
KELISIM_COUNTRY       the country whose law the charters are, ISO 3166 (default: kz)
KELISIM_WORKER_SILENCE seconds until a silent worker is taken for dead (default: 30)
DATABASE_URL          sqlite:///… or postgres://… (default: SQLite in KELISIM_VAR)
EMAIL_URL             smtp://user:password@host:port (default outside production: the console)
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

MODE = os.environ.get("KELISIM_MODE", "production")
if MODE not in {"production", "demo", "test", "offline"}:
    raise ImproperlyConfigured(f"KELISIM_MODE is {MODE!r}: use production, demo, test or offline.")
PRODUCTION = MODE == "production"
DEMONSTRATION = MODE == "demo"
DEBUG = False

PACKAGE = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("KELISIM_VAR", "var")).resolve()


def secret_key() -> str:
    """The key from the environment; outside production one that the installation keeps."""
    given = os.environ.get("KELISIM_SECRET_KEY", "")
    if given or PRODUCTION:
        return given
    if MODE in {"test", "offline"}:
        return "not-a-secret-" + "0" * 50
    kept = VAR / "secret_key"
    if not kept.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


SECRET_KEY = secret_key()
ALLOWED_HOSTS = [host for host in os.environ.get("KELISIM_ALLOWED_HOSTS", "").split(",") if host]
if PRODUCTION:
    missing = [
        name
        for name, given in [
            ("KELISIM_SECRET_KEY", SECRET_KEY),
            ("KELISIM_ALLOWED_HOSTS", ALLOWED_HOSTS),
        ]
        if not given
    ]
    if missing:
        raise ImproperlyConfigured(
            f"Kelisim does not start in production without {' and '.join(missing)}. "
            "Set them in the environment, or try `kelisim demo`."
        )
    if len(SECRET_KEY) < 32:  # noqa: PLR2004
        raise ImproperlyConfigured("KELISIM_SECRET_KEY is shorter than 32 characters.")
else:
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]", "testserver"]

# Rooms stand before the libraries, so that our templates and translations win over theirs.
INSTALLED_APPS = [
    "kelisim.portal",
    "kelisim.desk",
    "kelisim.evaluation",
    "kelisim.commitments",
    "kelisim.meetings",
    "kelisim.consensus",
    "kelisim.charter",
    "kelisim.papers",
    "kelisim.calendar",
    "kelisim.bodies",
    "kelisim.search",
    "kelisim.territory",
    "kelisim.people",
    "kelisim.jobs",
    "kelisim.ledger",
    "kelisim.pages",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kelisim.people.middleware.KeepLanguage",
    "kelisim.people.middleware.KnowTheDevice",
    "kelisim.bodies.middleware.KnowThePowers",
]

ROOT_URLCONF = "kelisim.config.urls"
WSGI_APPLICATION = "kelisim.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kelisim.pages.frame.frame",
            ],
            "builtins": ["django.templatetags.i18n", "kelisim.pages.templatetags.kelisim"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS += ["django.forms"]
if MODE == "offline":
    # A command without a database needs the rooms' words only, and begins at once.
    INSTALLED_APPS = []

# SQLite: without WAL, IMMEDIATE and a busy timeout concurrent writers fail (house rule 12).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
# PostgreSQL: compiling a page's short queries takes many times longer than answering them.
POSTGRES_OPTIONS = {"options": "-c jit=off"}


def database() -> dict[str, Any]:
    """The database of this mode; an offline command has none."""
    if MODE == "offline":
        return {"ENGINE": "django.db.backends.dummy"}
    found: dict[str, Any] = dict(
        dj_database_url.parse(
            os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'kelisim.sqlite3'}",
            conn_max_age=60,
        )
    )
    if found["ENGINE"].endswith("sqlite3"):
        found["OPTIONS"] = {**found.get("OPTIONS", {}), **SQLITE_OPTIONS}
    elif found["ENGINE"].endswith("postgresql"):
        found["OPTIONS"] = {**POSTGRES_OPTIONS, **found.get("OPTIONS", {})}
    return found


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counters (rate limits) must be shared by all processes; rendered pages need not be.
LOCAL_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": LOCAL_MEMORY}
        if MODE in {"test", "offline"}
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "pages_cache"}
    ),
    "rendered": {"BACKEND": LOCAL_MEMORY, "LOCATION": "rendered", "OPTIONS": {"MAX_ENTRIES": 2000}},
}

# A worker that is silent for so many seconds is taken for dead, and its job given to another.
WORKER_SILENCE = float(os.environ.get("KELISIM_WORKER_SILENCE", "30"))
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Kazakh is the state language and stands first; a page's address begins with its language.
LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
USE_I18N = True
LOCALE_PATHS = [PACKAGE / "cli" / "locale"]
if MODE == "offline":
    LOCALE_PATHS = sorted(PACKAGE.glob("*/locale"))
USE_TZ = True
TIME_ZONE = "Asia/Almaty"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

# Whose law a charter is, in the addresses of Akoma Ntoso.
COUNTRY = os.environ.get("KELISIM_COUNTRY", "kz").lower()

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if MODE in {"test", "offline"}
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"
MEDIA_ROOT = VAR / "media"

# Who signs in, and how.
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {"user_attributes": ("name", "email", "phone")}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]
LOGIN_URL = "account_login"

# Security from the first day. HTTPS is off only where there is no public network.
HTTPS = PRODUCTION and os.environ.get("KELISIM_HTTPS", "1") != "0"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
MAX_UPLOAD_BYTES = 50 * 1024 * 1024

# The public API: so many requests from one address; how many proxies of ours stand before it.
API_RATE = os.environ.get("KELISIM_API_RATE", "120/min")
NINJA_NUM_PROXIES = int(os.environ.get("KELISIM_PROXIES", "0"))

EMAIL = urlsplit(os.environ.get("EMAIL_URL", ""))
MAILERS: dict[str, dict[str, Any]] = {
    "default": (
        {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": EMAIL.hostname,
                "port": EMAIL.port or 25,
                "username": unquote(EMAIL.username or ""),
                "password": unquote(EMAIL.password or ""),
                "use_tls": EMAIL.scheme == "smtps",
            },
        }
        if EMAIL.hostname
        else {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    )
}
DEFAULT_FROM_EMAIL = os.environ.get("KELISIM_FROM", "kelisim@localhost")

# People: signing in, the second factor, sessions (ADR 0003).
HOST = ALLOWED_HOSTS[0].lstrip(".") if PRODUCTION else f"{ALLOWED_HOSTS[0]}:8000"
ORIGIN = os.environ.get("KELISIM_ORIGIN") or f"{'https' if HTTPS else 'http'}://{HOST}"
SIGNUP_OPEN = os.environ.get("KELISIM_SIGNUP", "0") == "1"
ERASURE_DAYS = int(os.environ.get("KELISIM_ERASURE_DAYS", "30"))
LOGIN_REDIRECT_URL = "desk:waiting"
LOGOUT_REDIRECT_URL = "portal:home"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
# A session row names its person and nothing of the network, so that it can be listed and ended.
SESSION_ENGINE = "kelisim.people.sessions"
ACCOUNT_ADAPTER = "kelisim.people.adapters.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "kelisim.people.forms.Registration"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody is written to who has no account
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = NINJA_NUM_PROXIES
MFA_ADAPTER = "kelisim.people.adapters.SecondFactors"
MFA_FORMS = {
    "add_webauthn": "kelisim.people.forms.keys.AddKey",
    "edit_webauthn": "kelisim.people.forms.keys.RenameKey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
