"""All settings, from the environment alone. `.env.example` lists every variable with its meaning.

Nothing has to be set on a fresh machine. With `DEBUG=False` it refuses to start on a development value.
"""

from datetime import timedelta
from pathlib import Path

import environ

from sewabazaar.database import command_patience, database_settings, server_patience
from sewabazaar.encryption_keys import encryption_keys
from sewabazaar.logging import logging_settings
from sewabazaar.production import refuse_development_values

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
# Where `make run` answers while it runs: commands beside it name the same addresses.
if (BASE_DIR / ".run.env").exists():
    environ.Env.read_env(BASE_DIR / ".run.env")
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=True)
DEVELOPMENT_SECRET_KEY = "development-only-secret-key-that-must-never-be-used-on-a-real-server"  # noqa: S105
SECRET_KEY = env.str("SECRET_KEY", default="") or DEVELOPMENT_SECRET_KEY
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CORS_ALLOWED_ORIGINS = env.list(
    "CORS_ALLOWED_ORIGINS", default=["http://127.0.0.1:3000", "http://localhost:3000"]
)
CORS_ALLOW_HEADERS = [
    "accept",
    "authorization",
    "content-type",
    "idempotency-key",
    "if-none-match",
    "x-request-id",
]
CORS_EXPOSE_HEADERS = ["Content-Disposition", "Date", "ETag", "Retry-After", "X-Request-ID"]

PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")
FRONTEND_URL = env.str("FRONTEND_URL", default="http://127.0.0.1:3000").rstrip("/")

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.import_export",
    "apps.desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "corsheaders",
    "csp",
    "django_filters",
    "import_export",
    "rest_framework",
    "drf_standardized_errors",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "apps.common",
    "apps.accounts",
    "apps.services",
    "apps.slots",
    "apps.bookings",
    "apps.payments",
    "apps.bookings.wizard",
    "apps.notifications",
    "apps.analytics",
    "apps.operations",
    "apps.desk",
    "apps.demo",
]
if DEBUG:
    INSTALLED_APPS.append("apps.sandbox")

MIDDLEWARE = [
    "apps.common.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "apps.common.middleware.ContentSecurityPolicyMiddleware",
    "apps.common.middleware.PrivateAnswersMiddleware",
    "apps.common.middleware.OutageMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "sewabazaar.urls"
WSGI_APPLICATION = "sewabazaar.wsgi.application"
ASGI_APPLICATION = "sewabazaar.asgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "sewabazaar" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASE_URL = env.str("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
DATABASE_POOL_MAX = env.int("DATABASE_POOL_MAX", default=10)
DATABASE_KEEPALIVE_SECONDS = env.int("DATABASE_KEEPALIVE_SECONDS", default=5)
DATABASES = {
    "default": database_settings(
        DATABASE_URL,
        pool_max=DATABASE_POOL_MAX,
        patience=command_patience(env),
        keepalive=DATABASE_KEEPALIVE_SECONDS,
    ),
}
# The entry points of servers put it in the place of the above.
SERVER_DATABASE = database_settings(
    DATABASE_URL,
    pool_max=DATABASE_POOL_MAX,
    patience=server_patience(env),
    keepalive=DATABASE_KEEPALIVE_SECONDS,
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {"BACKEND": "apps.common.shared_cache.SharedCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["apps.accounts.backends.EmailBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "full_name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Only the admin logs in by session.
LOGIN_REDIRECT_URL = "admin:index"
PASSWORD_RESET_TIMEOUT = 60 * 60
UNFOLD = {
    "SITE_TITLE": "SewaBazaar",
    "SITE_HEADER": "SewaBazaar",
    "SITE_SUBHEADER": "Administration",
    "LOGIN": {"form": "apps.accounts.admin_forms.LoginForm"},
    "STYLES": ["/static/desk/desk.css"],
    "DASHBOARD_CALLBACK": "apps.desk.start_page.start_page",
    "SIDEBAR": {"show_search": True, "navigation": "apps.desk.navigation.sidebar"},
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ne", "Nepali")]
USE_I18N = True
FORMAT_MODULE_PATH = ["sewabazaar.formats"]
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Kathmandu")

STATIC_URL = "/static/"
# WhiteNoise finds the files where they lie when the process starts: there is nothing to collect.
WHITENOISE_USE_FINDERS = True
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "apps.common.whole_files.WholeFileStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# No web server hands these out: slips of bank transfers.
PRIVATE_MEDIA_ROOT = env.str("PRIVATE_MEDIA_ROOT", default=str(BASE_DIR / "private"))
# One of 25 megapixels takes up to 400 MB while it is decoded; the others wait.
PICTURES_AT_ONCE = env.int("PICTURES_AT_ONCE", default=1)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["apps.accounts.authentication.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["apps.common.rendering.JsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["apps.common.api.parsers.JsonParser"],
    "DEFAULT_SCHEMA_CLASS": "apps.common.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "apps.common.pagination.Pages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_THROTTLE_CLASSES": [
        "apps.common.throttling.AnonymousThrottle",
        "apps.common.throttling.UserThrottle",
    ],
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "URL_FORMAT_OVERRIDE": None,
    "COERCE_DECIMAL_TO_STRING": True,
}
DRF_STANDARDIZED_ERRORS = {
    "EXCEPTION_HANDLER_CLASS": "apps.common.exception_handler.ExceptionHandler",
    "EXCEPTION_FORMATTER_CLASS": "apps.common.exception_handler.ExceptionFormatter",
    "ENABLE_IN_DEBUG_FOR_UNHANDLED_EXCEPTIONS": True,
}
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=15),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=14),
    # Clocks of machines differ.
    "LEEWAY": timedelta(seconds=30),
    "USER_AUTHENTICATION_RULE": "apps.accounts.backends.may_log_in",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "SewaBazaar API",
    "DESCRIPTION": "Book a service in Nepal: catalogue, slots, the five-step wizard, bookings and payments.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/",
    "PREPROCESSING_HOOKS": ["apps.common.openapi.leave_out_switched_off_and_aliases"],
    "ENUM_NAME_OVERRIDES": {
        "BookingStatusEnum": "apps.bookings.models.BookingStatus",
        "BookingStepEnum": "apps.bookings.models.BookingStep",
        "ErrorTypeEnum": "apps.common.openapi.ERROR_TYPES",
        "PaymentMethodEnum": "apps.payments.models.MethodCode",
        "PaymentStatusEnum": "apps.bookings.models.PaymentStatus",
        "RefundStatusEnum": "apps.payments.models.RefundStatus",
        "ServiceStatusEnum": "apps.services.models.ServiceStatus",
        "WizardStepEnum": "apps.bookings.steps.STEPS",
    },
}

ENABLE_NEW_BOOKING_WIZARD = env.bool("ENABLE_NEW_BOOKING_WIZARD", default=True)
ENABLE_PAYMENT_INTEGRATION = env.bool("ENABLE_PAYMENT_INTEGRATION", default=True)
ENABLE_BOOKING_SLOTS = env.bool("ENABLE_BOOKING_SLOTS", default=True)

BOOKING_HOLD_SECONDS = env.int("BOOKING_HOLD_SECONDS", default=900)
DRAFT_LIFETIME_HOURS = env.int("DRAFT_LIFETIME_HOURS", default=72)
MAX_DRAFTS_PER_DAY = env.int("MAX_DRAFTS_PER_DAY", default=100)
DRAFTS_KEPT_DAYS = env.int("DRAFTS_KEPT_DAYS", default=30)
MAX_IDEMPOTENCY_KEYS_PER_DAY = env.int("MAX_IDEMPOTENCY_KEYS_PER_DAY", default=500)
MAX_HOLDS_PER_CUSTOMER = env.int("MAX_HOLDS_PER_CUSTOMER", default=10)
MAX_PAYMENT_ATTEMPTS_PER_DAY = env.int("MAX_PAYMENT_ATTEMPTS_PER_DAY", default=30)
MAX_SLIPS_PER_DAY = env.int("MAX_SLIPS_PER_DAY", default=20)
MAX_SLIP_MEGABYTES_PER_DAY = env.int("MAX_SLIP_MEGABYTES_PER_DAY", default=30)
SLIPS_KEPT_DAYS = env.int("SLIPS_KEPT_DAYS", default=90)
MAX_UNPAID_BOOKINGS_PER_CUSTOMER = env.int("MAX_UNPAID_BOOKINGS_PER_CUSTOMER", default=30)
MAX_UNPAID_BOOKINGS_PER_PROVIDER = env.int("MAX_UNPAID_BOOKINGS_PER_PROVIDER", default=10)
MAX_MEMBERS_PER_PROVIDER = env.int("MAX_MEMBERS_PER_PROVIDER", default=100)
MAX_TIME_OFF_PER_PROVIDER = env.int("MAX_TIME_OFF_PER_PROVIDER", default=1000)
MAX_DEPARTURES_PER_PROVIDER = env.int("MAX_DEPARTURES_PER_PROVIDER", default=2000)
CANCELLATION_FREE_HOURS = env.int("CANCELLATION_FREE_HOURS", default=24)
RESCHEDULE_LIMIT = env.int("RESCHEDULE_LIMIT", default=3)
PROVIDER_RESPONSE_HOURS = env.int("PROVIDER_RESPONSE_HOURS", default=24)
BANK_TRANSFER_DEADLINE_HOURS = env.int("BANK_TRANSFER_DEADLINE_HOURS", default=48)
SERIES_PAYMENT_DUE_DAYS = env.int("SERIES_PAYMENT_DUE_DAYS", default=2)

THROTTLE_LOGIN = env.str("THROTTLE_LOGIN", default="10/min")
THROTTLE_REGISTER = env.str("THROTTLE_REGISTER", default="10/hour")
THROTTLE_MAIL = env.str("THROTTLE_MAIL", default="8/hour")
THROTTLE_ANON = env.str("THROTTLE_ANON", default="120/min")
THROTTLE_USER = env.str("THROTTLE_USER", default="600/min")
THROTTLE_PAYMENT = env.str("THROTTLE_PAYMENT", default="30/min")
THROTTLE_UPLOAD = env.str("THROTTLE_UPLOAD", default="30/hour")
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
# By it the site's own server is known, which calls for its visitors. Empty: no such caller.
SITE_KEY = env.str("SITE_KEY", default="")

SANDBOX_URL = f"{PUBLIC_URL}/sandbox"
GATEWAY_TIMEOUT_SECONDS = env.float("GATEWAY_TIMEOUT_SECONDS", default=10.0)
KHALTI_BASE_URL = env.str("KHALTI_BASE_URL", default=f"{SANDBOX_URL}/khalti/api/v2").rstrip("/") + "/"
KHALTI_PUBLIC_KEY = env.str("KHALTI_PUBLIC_KEY", default="live_public_key_sandbox" if DEBUG else "")
KHALTI_SECRET_KEY = env.str("KHALTI_SECRET_KEY", default="live_secret_key_sandbox" if DEBUG else "")
# Where its answers may send a payer's browser, hosts below these included.
KHALTI_PAYMENT_HOSTS = env.list("KHALTI_PAYMENT_HOSTS", default=["khalti.com"])
ESEWA_FORM_URL = env.str("ESEWA_FORM_URL", default=f"{SANDBOX_URL}/esewa/api/epay/main/v2/form")
ESEWA_STATUS_URL = env.str("ESEWA_STATUS_URL", default=f"{SANDBOX_URL}/esewa/api/epay/transaction/status/")
ESEWA_PRODUCT_CODE = env.str("ESEWA_PRODUCT_CODE", default="EPAYTEST" if DEBUG else "")
ESEWA_SECRET_KEY = env.str("ESEWA_SECRET_KEY", default="8gBm/:&EnhH.1/q" if DEBUG else "")
CONNECTIPS_URL = env.str("CONNECTIPS_URL", default=f"{SANDBOX_URL}/connectips").rstrip("/")
CONNECTIPS_MERCHANT_ID = int(env.str("CONNECTIPS_MERCHANT_ID", default="") or 0)
CONNECTIPS_APP_ID = env.str("CONNECTIPS_APP_ID", default="")
CONNECTIPS_APP_NAME = env.str("CONNECTIPS_APP_NAME", default="")
CONNECTIPS_PASSWORD = env.str("CONNECTIPS_PASSWORD", default="")
CONNECTIPS_PRIVATE_KEY = env.str("CONNECTIPS_PRIVATE_KEY", default="")

# Of what providers earn, in percent; an attempt to pay keeps the one that it was opened with.
COMMISSION_PERCENT = env.str("COMMISSION_PERCENT", default="10")
# Who sells on receipts, unless a provider has a tax number of their own.
SELLER_NAME = env.str("SELLER_NAME", default="SewaBazaar Pvt. Ltd.")
SELLER_ADDRESS = env.str("SELLER_ADDRESS", default="Kathmandu, Nepal")
SELLER_PAN = env.str("SELLER_PAN", default="600000000" if DEBUG else "")

FIELD_ENCRYPTION_KEYS = encryption_keys(
    env.list("FIELD_ENCRYPTION_KEYS", default=[]), secret_key=SECRET_KEY, debug=DEBUG
)

EMAIL_URL = env.str("EMAIL_URL", default="")
vars().update(env.email_url_config(EMAIL_URL or "consolemail://"))
if DEBUG and not EMAIL_URL:
    EMAIL_BACKEND = "apps.sandbox.mail.backend.MailBackend"
# Shown at /sandbox/mail/, in development only.
SANDBOX_MAIL_ROOT = BASE_DIR / "mails"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="SewaBazaar <no-reply@sewabazaar.test>")
# Without a token there is no SMS.
SPARROW_SMS_TOKEN = env.str("SPARROW_SMS_TOKEN", default="")
# Codes that confirm a phone: read there in development.
SMS_TO_CONSOLE = DEBUG
SPARROW_SMS_FROM = env.str("SPARROW_SMS_FROM", default="InfoSMS")
SPARROW_SMS_URL = env.str("SPARROW_SMS_URL", default="https://api.sparrowsms.com/v2/sms/")
DEMO_EMAIL_DOMAIN = "@sewabazaar.test"

LOGGING = logging_settings(
    level=env.str("LOG_LEVEL", default="INFO"),
    levels=env.dict("LOG_LEVELS", default={}),
    file=env.str("LOG_FILE", default=str(BASE_DIR / "logs" / "sewabazaar.log")),
    format_name=env.str("LOG_FORMAT", default="text" if DEBUG else "json"),
)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}
# The admin's pages have scripts in them, and evaluate what Alpine finds in their attributes.
ADMIN_CONTENT_SECURITY_POLICY_UPDATE = {"script-src": ["'unsafe-inline'", "'unsafe-eval'"]}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Both would bind hosts that aren't ours: the operator of the whole domain decides.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=False)
    SECURE_REDIRECT_EXEMPT = [r"^healthz/$", r"^readyz/$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
    if TRUSTED_PROXIES:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    refuse_development_values(
        env=env, sandbox_url=SANDBOX_URL, secret_key=SECRET_KEY, development_secret=DEVELOPMENT_SECRET_KEY
    )

TEST_RUNNER = "apps.common.test_runner.PytestRunner"
