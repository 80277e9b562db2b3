"""WSGI entry point: `sewabazaar.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from sewabazaar.database import wait_as_a_server
from sewabazaar.granian_headers import keep_header_names

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sewabazaar.settings")

keep_header_names()
wait_as_a_server()
application = get_wsgi_application()
