"""What a gateway says, checked before it is stored, logged or handed out. Pure."""

import re
from urllib.parse import urlsplit

LONGEST_WORD = 60
LONGEST_ADDRESS = 2000
# Begins with a letter or digit, so that no id is a step in the path of an address.
_IDENTIFIER = re.compile(r"[A-Za-z0-9][\x21-\x7e]{0,99}")
# What RFC 3986 lets stand in an address.
_ADDRESS = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")


def text(value: object) -> str:
    """Return a text as it came, or nothing for anything else. To be compared, not kept."""
    return value if isinstance(value, str) else ""


def word(value: object) -> str:
    """Return a status that people can read, or nothing for what can't be one."""
    found = text(value)
    return found if len(found) <= LONGEST_WORD and found.isprintable() else ""


def identifier(value: object) -> str:
    """Return an id that a gateway made, or nothing for what can't be one."""
    found = text(value)
    return found if _IDENTIFIER.fullmatch(found) else ""


def payment_address(value: object, *, asked_at: str, hosts: tuple[str, ...]) -> str:
    """Return an address to send the payer's browser to, or nothing for one that must not be handed out.

    It is https on one of `hosts`, or below one. Where we ask the gateway itself at a plain http address
    (`asked_at`), as a sandbox on this machine, http and any host will do.
    """
    found = text(value)
    if len(found) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(found):
        return ""
    try:
        parts = urlsplit(found)
        host = parts.hostname or ""
        parts.port  # noqa: B018  # raises where it is none
    except ValueError:
        return ""
    if not host or parts.username is not None or parts.password is not None:
        return ""
    if urlsplit(asked_at).scheme == "http":
        return found if parts.scheme in ("http", "https") else ""
    is_theirs = any(host == known or host.endswith(f".{known}") for known in hosts)
    return found if parts.scheme == "https" and is_theirs else ""
