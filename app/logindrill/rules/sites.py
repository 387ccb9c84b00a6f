"""Decides whether a browser may send its cookies, by SameSite=Lax and the page that calls (RFC 6265bis)."""

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_cross_site(origin: str | None, host: str, fetch_site: str | None) -> bool:
    """Whether a call comes from a page of another site than the host name that it is sent to.

    `fetch_site` is `Sec-Fetch-Site`, where the browser says so itself; otherwise names are compared: those of one site
    end in the same two words, and an address is a site of its own. Ports do not matter.
    """
    if origin is None:
        return False
    if fetch_site is not None:
        return fetch_site == "cross-site"
    there, here = (_host(origin), _host(f"//{host}"))
    return bool(there) and bool(here) and _site(there) != _site(here)


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _site(host: str) -> str:
    try:
        return str(ip_address(host))
    except ValueError:
        return ".".join(host.split(".")[-2:])
