"""The product's settings, with an empty view beside its own and nothing that stops a load."""

from datetime import timedelta

from sewabazaar.settings import *  # noqa: F403  (all of them: what is measured is the product)
from sewabazaar.settings import SIMPLE_JWT

ROOT_URLCONF = "bench.urls"
THROTTLE_LOGIN = THROTTLE_REGISTER = THROTTLE_ANON = THROTTLE_USER = THROTTLE_PAYMENT = ""
SIMPLE_JWT = {**SIMPLE_JWT, "ACCESS_TOKEN_LIFETIME": timedelta(days=1)}
SECURE_SSL_REDIRECT = False
