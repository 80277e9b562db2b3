"""Fail, with the reason, unless DATABASE_URL names a PostgreSQL on which tests can make databases."""

import os
import sys
from urllib.parse import urlsplit

import psycopg

OLDEST_VERSION = 140000
MAY_CREATE_DATABASES = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
CONNECT_TIMEOUT_SECONDS = 5


def main() -> None:
    url = os.environ["DATABASE_URL"]
    address = urlsplit(url)
    if address.scheme not in ("postgres", "postgresql"):
        sys.exit(f"DATABASE_URL must name a PostgreSQL (postgres://...), this is {address.scheme}://")
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT_SECONDS) as connection:
            refuse_unfit_server(connection)
    except psycopg.OperationalError as error:
        sys.exit(f"PostgreSQL at {address.hostname}:{address.port or 5432} cannot be reached: {error}")


def refuse_unfit_server(connection: psycopg.Connection) -> None:
    if connection.info.server_version < OLDEST_VERSION:
        sys.exit("PostgreSQL 14 or later is needed")
    row = connection.execute(MAY_CREATE_DATABASES).fetchone()
    if row is None or not row[0]:
        sys.exit(f"The PostgreSQL role {connection.info.user} needs CREATEDB to run the tests")


if __name__ == "__main__":
    main()
