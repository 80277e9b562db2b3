"""ASGI entry point. The views are synchronous, so WSGI is the faster choice."""

import os

from django.core.asgi import get_asgi_application

from sewabazaar.database import wait_as_a_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sewabazaar.settings")

wait_as_a_server()
application = get_asgi_application()
