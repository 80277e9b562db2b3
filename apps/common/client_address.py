"""Who is calling."""

from ipaddress import IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

# What one customer of an IPv6 provider gets: whoever counts single addresses counts nobody.
IPV6_PREFIX = 64


def client_address(request: HttpRequest) -> str:
    """Return the caller's address: the visitor's, where the site's own server calls for one.

    `X-Forwarded-For` counts for `TRUSTED_PROXIES` hops from the right.
    """
    visitor = _visitor_of_site(request)
    if visitor:
        return visitor
    remote = str(request.META.get("REMOTE_ADDR", ""))
    hops = settings.TRUSTED_PROXIES
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    if hops and len(forwarded) >= hops:
        return str(forwarded[-hops])
    return remote


def client_network(request: HttpRequest) -> str:
    """Return whom throttles count: the caller's IPv4 address, or the network of the IPv6 one."""
    text = client_address(request)
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, IPV6_PREFIX), strict=False))


def _visitor_of_site(request: HttpRequest) -> str:
    """Return the address in `X-Site-Client`; nothing without the site's key, or where it isn't an address."""
    key = request.headers.get("X-Site-Key", "")
    if not settings.SITE_KEY or not constant_time_compare(key, settings.SITE_KEY):
        return ""
    try:
        return str(ip_address(request.headers.get("X-Site-Client", "").strip()))
    except ValueError:
        return ""
