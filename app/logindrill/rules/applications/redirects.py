"""Where answers may go: redirect_uris at registration and at authorization (RFC 6749, 3.1.2; RFC 8252, 7; O11)."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from logindrill.rules.findings import Finding, failed, passed
from logindrill.rules.reasons.authorization_requests import (
    REDIRECT_URI_FOREIGN,
    REDIRECT_URI_MISSING,
    REDIRECT_URI_UNREGISTERED,
)

LONGEST = 2_000
"""In characters; longer addresses do not work in every browser and proxy."""

_PLAIN = re.compile(r"[!-\[\]-~]+", re.ASCII)
"""What an address is written in: no space, no control character, no backslash (RFC 3986, 2)."""
_PARTS = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?P<authority>//[^/?#]*)?(?P<rest>.*)", re.ASCII)
_LOOPBACK = re.compile(
    r"(?P<host>(?:(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*localhost|127\.0\.0\.1|\[::1]))(?::(?P<port>\d{1,5}))?",
    re.ASCII | re.IGNORECASE,
)
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+])(?::(?P<port>\d{1,5}))?", re.ASCII)
_WEB = frozenset({"http", "https"})
_NO_ANSWER = frozenset(
    "about blob data file filesystem ftp intent javascript mailto tel vbscript view-source ws wss".split()
)
"""Schemes that run something, show something, or reach nobody, so that no application can get an answer there."""
_HIGHEST_PORT = 65_535


def mistake_in(uri: str, *, public: bool) -> str | None:
    """What is wrong with an address that an application registers, or None; `public`: it has no secret.

    Holds for redirect_uris and for post_logout_redirect_uris.
    """
    if not 0 < len(uri) <= LONGEST:
        return f"must have 1 to {LONGEST} characters"
    if _PLAIN.fullmatch(uri) is None:
        return "must not contain spaces, control characters, backslashes or letters beyond ASCII"
    parts = _PARTS.fullmatch(uri)
    if parts is None:
        return "must be absolute: begin with a scheme such as https:"
    return _mistake_in_parts(parts, public=public)


def receiver(sent: str | None, registered: Sequence[str] | None) -> str | None:
    """The address that gets the answer, or None where none may; `registered` None: an open application (O1).

    Byte for byte one that is registered; only the port of a loopback address may differ, since a native application
    cannot choose it (RFC 8252, 7.3). One registered and none sent = that one.
    """
    if sent is None:
        return registered[0] if registered is not None and len(registered) == 1 else None
    if registered is None:
        return sent if is_loopback(sent) else None
    without_port = _without_port(sent)
    matches = sent in registered or (without_port is not None and without_port in map(_without_port, registered))
    return sent if matches else None


def judge(sent: str | None, registered: Sequence[str] | None) -> Finding:
    """The check of a redirect_uri, for the explanation; it passes exactly where there is a `receiver`."""
    if receiver(sent, registered) is not None:
        return passed("redirect_uri", "one that answers may go to" if sent else "the only registered one")
    if sent is None:
        return failed("redirect_uri", REDIRECT_URI_MISSING)
    if registered is None:
        return failed("redirect_uri", REDIRECT_URI_FOREIGN)
    return failed("redirect_uri", REDIRECT_URI_UNREGISTERED)


def is_loopback(uri: str) -> bool:
    """Whether an address is a usable redirect_uri that leads to this machine, by a name no resolver is asked for."""
    if mistake_in(uri, public=False) is not None:
        return False
    parts = _PARTS.fullmatch(uri)
    return parts is not None and _LOOPBACK.fullmatch((parts["authority"] or "").removeprefix("//")) is not None


def with_query(uri: str, fields: Mapping[str, str]) -> str:
    """An address with further parameters behind its own query (RFC 6749, 3.1.2); the same without any."""
    if not fields:
        return uri
    return f"{uri}{'&' if '?' in uri else '?'}{written(fields)}"


def written(fields: Mapping[str, str]) -> str:
    """Parameters as an address holds them; octets that are no UTF-8 stay what they were."""
    return urlencode(fields, quote_via=quote, errors="surrogateescape")


def sources_of(uri: str) -> str:
    """Where an accepted address may lead, as a content security policy says it (CSP 3, 2.3.1).

    Its origin, or only its scheme where the policy knows no name for the rest (native applications, IPv6). An
    application on this machine may be at several ports: its back end takes the answer, and leads on to its front end.
    """
    scheme, _, rest = uri.partition(":")
    authority = rest.removeprefix("//").partition("/")[0].partition("?")[0]
    named = scheme.lower() in _WEB and not authority.startswith("[")
    if not named:
        return f"{scheme.lower()}:"
    return _THIS_MACHINE if is_loopback(uri) else f"{scheme.lower()}://{authority}"


_THIS_MACHINE = " ".join(
    f"{scheme}://{host}:*" for scheme in ("http", "https") for host in ("localhost", "*.localhost", "127.0.0.1")
)


def _mistake_in_parts(parts: re.Match[str], *, public: bool) -> str | None:
    authority = (parts["authority"] or "").removeprefix("//")
    if "#" in parts[0]:
        return "must not contain a fragment (#)"
    if "@" in authority:
        return "must not contain a user name or a password"
    scheme = parts["scheme"].lower()
    if scheme in _WEB:
        return _mistake_on_the_web(scheme, authority)
    if parts["authority"] is None and not parts["rest"].startswith("/"):
        return f"must have a slash after {scheme}:"
    return _mistake_in_an_app(scheme, public=public)


def _mistake_on_the_web(scheme: str, authority: str) -> str | None:
    is_here = _LOOPBACK.fullmatch(authority)
    found = is_here or _HOST.fullmatch(authority)
    if found is None or int(found["port"] or 0) > _HIGHEST_PORT:
        return "must name a host after the scheme, such as https://app.example.test/callback"
    if scheme == "http" and is_here is None:
        return "must begin with https: unless it leads to localhost, 127.0.0.1 or [::1]"
    return None


def _mistake_in_an_app(scheme: str, *, public: bool) -> str | None:
    if scheme in _NO_ANSWER:
        return f"must not begin with {scheme}:"
    return None if public else "must begin with https: or http:, since the application has a secret"


def _without_port(uri: str) -> str | None:
    """A loopback address by http, its port left out; None for any other."""
    parts = _PARTS.fullmatch(uri)
    if parts is None or parts["scheme"] != "http" or not is_loopback(uri):
        return None
    host = _LOOPBACK.fullmatch((parts["authority"] or "").removeprefix("//"))
    return None if host is None else f"http://{host['host']}{parts['rest']}"
