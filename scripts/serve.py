"""Bring the database up to date, add the demo marketplace, serve it all: `python -m scripts.serve [port]`.

`SITE=0` leaves the site out, `SITE_PORT` puts it elsewhere. `--alone` serves the API for another script.
"""

import os
import secrets
import socket
import sys
from argparse import ArgumentParser
from urllib.parse import urlsplit

import django
import environ
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from scripts.frontend import FRONTEND
from scripts.install import ROOT
from scripts.node import node_environment
from scripts.processes import ProcessEnded, Processes
from scripts.run_note import noted
from scripts.steps import listen_for_signals

HOST = "127.0.0.1"
DEFAULT_PORT = 8000
DEFAULT_SITE_PORT = 3000
APPLICATION = "sewabazaar.wsgi:application"
# A payment occupies two: the customer's request, and the sandbox's answer to the question that it asks.
THREADS = 32
SECONDS_BETWEEN_JOBS = 10
BUILD = "build of the site"
API_LOG = ROOT / "logs" / "api.log"
JOBS_LOG = ROOT / "logs" / "jobs.log"

WELCOME = """
SewaBazaar runs  (Ctrl-C stops it)
{site}
  API, to read and try   {address}/api/docs/
  administration         {address}/admin/
  mails that were sent   {address}/sandbox/mail/
  what the API did       logs/api.log
  what the jobs did      logs/jobs.log
"""

WELCOME_SITE = """
  site                   {site_address}/"""

DEMO_ACCOUNTS = """
  demo accounts          admin@sewabazaar.test
                         support@sewabazaar.test, finance@sewabazaar.test
                         provider@sewabazaar.test
                         customer@sewabazaar.test
  password of each       sewabazaar-demo
"""


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("port", nargs="?", default=str(DEFAULT_PORT))
    parser.add_argument("--alone", action="store_true")
    arguments = parser.parse_args()
    port = port_number("PORT", arguments.port)
    listen_for_signals()
    try:
        if arguments.alone:
            serve_alone(port)
        serve_all(port, site_port())
    except KeyboardInterrupt:
        print("Stopped", flush=True)
    except ProcessEnded as ended:
        sys.exit(f"{ended}; the rest has been stopped")


def site_port() -> int | None:
    """Return where the site is to listen, or None where the API alone is asked for."""
    if os.environ.get("SITE") == "0":
        return None
    return port_number("SITE_PORT", os.environ.get("SITE_PORT") or str(DEFAULT_SITE_PORT))


def port_number(variable: str, value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 65536:
        sys.exit(f"{variable}={value} is not a port: a number from 1 to 65535 is")
    return int(value)


def serve_alone(port: int) -> None:
    """Become the server of the API, so that a signal sent to this process reaches it."""
    refuse_taken_port(port, "PORT")
    name_addresses(port, None)
    prepare_database()
    os.execv(sys.executable, server_command(port))


def serve_all(port: int, site_port: int | None) -> None:
    """Serve until stopped. Raises ProcessEnded where a part of it ends by itself."""
    refuse_taken_port(port, "PORT")
    if site_port == port:
        sys.exit(f"API and site need a port each, and both have {port}: name another SITE_PORT")
    if site_port:
        refuse_taken_port(site_port, "SITE_PORT")
    name_addresses(port, site_port)
    node = node_environment() if site_port else {}
    processes = Processes()
    try:
        if site_port:
            processes.start(BUILD, [sys.executable, "-m", "scripts.frontend", "build"], node)
        print("Preparing the database", flush=True)
        prepare_database()
        connections.close_all()
        if site_port:
            processes.wait_for_end(BUILD)
        with noted({"PUBLIC_URL": settings.PUBLIC_URL, "FRONTEND_URL": settings.FRONTEND_URL}):
            start_api(processes, port)
            if site_port:
                start_site(processes, node, api=f"http://{HOST}:{port}", port=site_port)
            print(welcome(port, site_port), flush=True)
            processes.wait()
    finally:
        processes.stop()


def refuse_taken_port(port: int, variable: str) -> None:
    with socket.socket() as probe:
        # A server that has just stopped leaves its port in TIME_WAIT, which does not hinder the next one.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            other = f"make run {variable}={port + 1}"
            sys.exit(f"Port {port} cannot be used ({error.strerror}). Another one: {other}")


def name_addresses(port: int, site_port: int | None) -> None:
    """Set where this start answers, and the secret by which the API knows the site's server."""
    if port != DEFAULT_PORT:
        os.environ.setdefault("PUBLIC_URL", f"http://{HOST}:{port}")
    if site_port and site_port != DEFAULT_SITE_PORT:
        os.environ.setdefault("FRONTEND_URL", f"http://{HOST}:{site_port}")
    if site_port:
        os.environ.setdefault("SITE_KEY", secrets.token_urlsafe(32))
    environ.Env.read_env(ROOT / ".env")
    # Named even where they are the default: else the settings would read them from another start's note.
    os.environ.setdefault("PUBLIC_URL", f"http://{HOST}:{DEFAULT_PORT}")
    os.environ.setdefault("FRONTEND_URL", f"http://{HOST}:{DEFAULT_SITE_PORT}")


def prepare_database() -> None:
    """Run the set-up commands in this one process: starting Django for each would cost more than they do."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sewabazaar.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("create_default_payment_methods")
    call_command("create_staff_roles")
    if settings.DEBUG:
        call_command("seed_demo")


def start_api(processes: Processes, port: int) -> None:
    print("Starting the API and its periodic jobs", flush=True)
    environment = dict(os.environ)
    API_LOG.parent.mkdir(exist_ok=True)
    processes.start("API", server_command(port), environment, log=API_LOG)
    processes.wait_until_answering("API", f"http://{HOST}:{port}/readyz/")
    jobs = f"manage.py run_jobs --every {SECONDS_BETWEEN_JOBS}"
    processes.start("periodic jobs", [sys.executable, *jobs.split()], environment, log=JOBS_LOG)


def start_site(processes: Processes, node: dict[str, str], *, api: str, port: int) -> None:
    print("Starting the site", flush=True)
    environment = {
        **node,
        "API_URL": api,
        "GATEWAY_ORIGINS": os.environ.get("GATEWAY_ORIGINS") or gateway_origins(),
        "HOSTNAME": HOST,
        "NODE_ENV": "production",
        "PORT": str(port),
        "SITE_KEY": os.environ["SITE_KEY"],
        "SITE_URL": settings.FRONTEND_URL,
        "TIME_ZONE": settings.TIME_ZONE,
    }
    processes.start("site", ["node", "scripts/start.mjs"], environment, folder=FRONTEND, only_errors=True)
    processes.wait_until_answering("site", f"http://{HOST}:{port}/healthz")


def gateway_origins() -> str:
    """Return where forms and widgets of the gateways live, parted by spaces."""
    addresses = [
        settings.PUBLIC_URL,
        settings.ESEWA_FORM_URL,
        settings.KHALTI_BASE_URL,
        settings.CONNECTIPS_URL,
    ]
    origins = [f"{url.scheme}://{url.netloc}" for url in map(urlsplit, addresses)]
    payment_pages = [
        f"https://{start}{host}" for host in settings.KHALTI_PAYMENT_HOSTS for start in ("", "*.")
    ]
    return " ".join(dict.fromkeys(origins + payment_pages))


def welcome(port: int, site_port: int | None) -> str:
    site = WELCOME_SITE.format(site_address=f"http://{HOST}:{site_port}") if site_port else ""
    text = WELCOME.format(address=f"http://{HOST}:{port}", site=site)
    return text + (DEMO_ACCOUNTS if settings.DEBUG else "")


def server_command(port: int, *, workers: int = 1, application: str = APPLICATION) -> list[str]:
    options = f"--interface wsgi --host {HOST} --port {port} --blocking-threads {THREADS} --no-ws"
    processes = f"--workers {workers} --workers-kill-timeout 3 --log-level error"
    command = [sys.executable, "-m", "granian", *options.split(), *processes.split()]
    return [*command, application]


if __name__ == "__main__":
    main()
