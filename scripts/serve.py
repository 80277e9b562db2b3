"""Bring the database up to date, add the demo marketplace and serve it: `python -m scripts.serve [port]`."""

import os
import socket
import sys
from argparse import ArgumentParser
from typing import NoReturn

import django
from django.conf import settings
from django.core.management import call_command

HOST = "127.0.0.1"
DEFAULT_PORT = 8000
APPLICATION = "sewabazaar.wsgi:application"
# A payment occupies two: the customer's request, and the sandbox's answer to the question that it asks.
THREADS = 32

WELCOME = """
SewaBazaar runs at {address}/  (Ctrl-C stops it)

  API, to read and try   {address}/api/docs/
  administration         {address}/admin/
"""

DEMO_ACCOUNTS = """
  demo accounts          admin@sewabazaar.test
                         support@sewabazaar.test, finance@sewabazaar.test
                         provider@sewabazaar.test
                         customer@sewabazaar.test
  password of each       sewabazaar-demo
"""


def main() -> NoReturn:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int, nargs="?", default=DEFAULT_PORT)
    port = parser.parse_args().port
    refuse_taken_port(port)
    address = f"http://{HOST}:{port}"
    if port != DEFAULT_PORT:
        os.environ.setdefault("PUBLIC_URL", address)
    prepare_database()
    print(WELCOME.format(address=address) + (DEMO_ACCOUNTS if settings.DEBUG else ""), flush=True)
    serve(port)


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        # A server that has just stopped leaves its port in TIME_WAIT, which does not hinder the next one.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            sys.exit(f"Port {port} cannot be used ({error.strerror}). Another one: make run PORT=8001")


def prepare_database() -> None:
    """Run the set-up commands in this one process: starting Django for each would cost more than they do."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sewabazaar.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("create_default_payment_methods")
    call_command("create_staff_roles")
    if settings.DEBUG:
        call_command("seed_demo")


def serve(port: int) -> NoReturn:
    """Become the server, so that a signal sent to this process reaches it."""
    os.execv(sys.executable, server_command(port))


def server_command(port: int, *, workers: int = 1, application: str = APPLICATION) -> list[str]:
    options = f"--interface wsgi --host {HOST} --port {port} --blocking-threads {THREADS} --no-ws"
    processes = f"--workers {workers} --workers-kill-timeout 3 --log-level error"
    command = [sys.executable, "-m", "granian", *options.split(), *processes.split()]
    return [*command, application]


if __name__ == "__main__":
    main()
