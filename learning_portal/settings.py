"""All settings, from environment variables with working defaults. docs/operations.md lists them for operators."""

import re
import sys
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from learning_portal.environment import boolean, database, env, whole_number
from learning_portal.organisation_logins import apps_of, organisation_logins

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Mode -----------------------------------------------------------------------------------------------------------

DEBUG = boolean("DEBUG", default=True)
"""On for a developer's machine. Off is production: then the three settings below have no default."""

LONG_ENOUGH = 50
_DEVELOPMENT = {"SECRET_KEY": "development-only", "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]", "OPERATOR_NAME": "Demo"}


def _required_in_production(name: str) -> str:
    value = env.str(name, default=_DEVELOPMENT[name] if DEBUG else "")
    if not value.strip(" ,"):
        raise ImproperlyConfigured(
            f"{name} is not set. With DEBUG off the portal needs SECRET_KEY, ALLOWED_HOSTS (host names separated by "
            "commas) and OPERATOR_NAME (who runs the service, as its readers will see it). See docs/operations.md."
        )
    if not DEBUG and value == _DEVELOPMENT[name]:
        raise ImproperlyConfigured(f"{name} has the value for development, which everybody knows: set one of your own.")
    return value


SECRET_KEY = _required_in_production("SECRET_KEY")
if not DEBUG and len(SECRET_KEY) < LONG_ENOUGH:
    raise ImproperlyConfigured(f"SECRET_KEY is too short to be secret: it needs {LONG_ENOUGH} characters or more.")
ALLOWED_HOSTS = [host.strip() for host in _required_in_production("ALLOWED_HOSTS").split(",") if host.strip()]
OPERATOR_NAME = _required_in_production("OPERATOR_NAME")
OPERATOR_EMAIL = env.str("OPERATOR_EMAIL", default="portal@operator.example")
"""Where readers reach the people who run the service: shown on the help and accessibility pages."""
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])


def _portal_url() -> str:
    url = env.str("PORTAL_URL", default="http://127.0.0.1:8000" if DEBUG else f"https://{ALLOWED_HOSTS[0]}").rstrip("/")
    if not re.fullmatch(r"https?://\w[\w.:-]*", url):
        raise ImproperlyConfigured(f"PORTAL_URL must be like https://portal.example, with no path; not {url!r}.")
    return url


PORTAL_URL = _portal_url()
"""Where links in mails lead: a mail is written without a request that would say so."""

# --- What it is made of ---------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "learning_portal.site",
    "stories",
    "networks",
    "learning_portal.common",
    "learning_portal.common.admin_site.ReferenceAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "taggit",
]

MIDDLEWARE = [
    "learning_portal.common.room.roomy_pages",
    "learning_portal.common.middleware.guarded_answers",
    "learning_portal.common.middleware.calm_input",
    "learning_portal.common.middleware.calm_answers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "learning_portal.common.middleware.private_pages",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "learning_portal.common.staff_sessions.guard_roles",
]

ROOT_URLCONF = "learning_portal.urls"
WSGI_APPLICATION = "learning_portal.wsgi.application"
FORM_RENDERER = "learning_portal.common.form_renderer.PortalFormRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "learning_portal.common.context.operator",
                "stories.page_context.moderating",
            ],
        },
    },
]

# --- Data -----------------------------------------------------------------------------------------------------------

DATABASES = {"default": database("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'portal.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # With SQLite's defaults 42 % of concurrent writes fail; with these, none.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
SESSION_COOKIE_AGE = 12 * 60 * 60
STAFF_IDLE_SECONDS = 30 * 60
"""Whoever holds a role is signed out after so long without a request."""
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

MEANING_MODEL = env.str("MEANING_MODEL", default="")
"""A folder with model.onnx and tokenizer.json. Empty: the packaged model, if it is installed; else search by words
only."""
if MEANING_MODEL and not all((Path(MEANING_MODEL) / name).is_file() for name in ("model.onnx", "tokenizer.json")):
    raise ImproperlyConfigured(f"MEANING_MODEL is {MEANING_MODEL!r}: there is no model.onnx and tokenizer.json there.")

# --- People ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "common.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}]
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False
"""Or somebody who mistyped their address would be led back to the code again and again."""
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "networks:welcome"
LOGOUT_REDIRECT_URL = "site:home"
ACCOUNT_ADAPTER = "learning_portal.common.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_TIMEOUT = 60 * 60
"""A sign-in with several codes may take longer than one of them is good."""
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 1000
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
"""`common/limits.py` counts tries exactly over all workers, in the database: five a code."""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_ADAPTER = "learning_portal.common.second_factor.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "learning_portal.common.views.second_factor.CodeForm",
    "activate_totp": "learning_portal.common.views.second_factor.NewAppForm",
    "add_webauthn": "learning_portal.common.views.second_factor.NewPasskeyForm",
    "authenticate_webauthn": "learning_portal.common.views.second_factor.PasskeyForm",
    "reauthenticate_webauthn": "learning_portal.common.views.second_factor.PasskeyAgainForm",
    "reauthenticate": "learning_portal.common.views.second_factor.CodeAgainForm",
}
MFA_TOTP_TOLERANCE = 1
"""Steps of 30 seconds by which a telephone's clock may be wrong."""
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
ORGANISATION_LOGINS = organisation_logins("ORGANISATION_LOGINS")
"""Organisations whose people may sign in with their organisation's own login."""
SOCIALACCOUNT_ADAPTER = "learning_portal.common.organisation_login.OrganisationLoginAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps_of(ORGANISATION_LOGINS)}}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_LOGIN_ON_GET = True
"""By a link: browsers stop a form that leads on to another site, as the policy below tells them."""
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""

# --- Mail -----------------------------------------------------------------------------------------------------------

MAIL_FOLDER = BASE_DIR / ".cache" / "mail"
"""Where mail goes on a developer's machine; the development page /dev/mail/ shows it."""
if DEBUG and not env.str("EMAIL_URL", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_FOLDER
else:
    vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 20
"""Seconds. Far less than the quarter of an hour after which another process tries the same mail."""
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Learning Portal <no-reply@portal.example>")

# --- Language and time ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("cy", _("Welsh"))]
LOCALE_PATHS = [BASE_DIR / "learning_portal" / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = not DEBUG
TIME_ZONE = "Europe/London"
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = "learning_portal.formats"

# --- Static files ---------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static" / "dist"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Safety ---------------------------------------------------------------------------------------------------------

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
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Nothing is told to other sites. Stricter still, "no-referrer", makes browsers send "Origin: null" with every form,
# which Django refuses as forged. Pages without a form say "no-referrer": docs/decisions/0004.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "learning_portal.common.views.errors.csrf_failure"
if not DEBUG:
    SECURE_SSL_REDIRECT = boolean("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = ["^health/$"]  # monitors ask on the machine itself, without TLS
    SECURE_HSTS_SECONDS = whole_number("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = boolean("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = boolean("SECURE_HSTS_PRELOAD", default=True)
    BEHIND_PROXY = boolean("BEHIND_PROXY", default=False)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
    # Else everybody would come from the proxy's address, and be slowed down together.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

# --- Logging --------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler", "stream": sys.stderr}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}

# --- The portal's own numbers ---------------------------------------------------------------------------------------

SHARED_PLAN_DAYS = 30
BACKUP_DAYS = whole_number("BACKUP_DAYS", default=30)
"""How long the operator keeps backups: the privacy page says so."""
PLANS_KEPT = 5
"""How many plans one session keeps."""
