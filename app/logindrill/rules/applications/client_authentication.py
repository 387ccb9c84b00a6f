"""How an application says which one it is, and proves it (RFC 6749, 2.3; OpenID Connect Core 1.0, 9; O18)."""

import base64
import binascii
from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import unquote_plus

from msgspec import Struct

from logindrill.rules.decisions import Check, Refused
from logindrill.rules.findings import Finding, failed, passed
from logindrill.rules.reasons import (
    APPLICATION_UNKNOWN,
    PARAMETER_MISSING,
    SECRET_MISSING,
    SECRET_UNASKED,
    SECRET_WRONG,
    TWO_AUTHENTICATIONS,
    Reason,
)

_CHECK = "application"


class Registration(StrEnum):
    """What the sandbox knows of an application."""

    UNKNOWN = "unknown"
    OPEN = "open"
    """Not registered, and the sandbox accepts it all the same (O1)."""
    PUBLIC = "public"
    """Registered without a secret."""
    CONFIDENTIAL = "confidential"
    """Registered with a secret."""


class Credentials(Struct, frozen=True):
    """What a call shows: the application's id, and every spelling in which its secret may have been meant."""

    client_id: str
    secrets: tuple[str, ...] = ()
    in_header: bool = False


def read(header: str | None, form: Mapping[str, str]) -> Credentials:
    """The credentials in the `Authorization` header of a call, or in its form.

    Raises Refused for none, for two, and for a header that holds none.
    """
    in_form = form.get("client_id", "")
    if header is None:
        if not in_form:
            raise _refused(PARAMETER_MISSING, "client_id")
        secret = form.get("client_secret", "")
        return Credentials(in_form, (secret,) if secret else ())
    credentials = _basic(header)
    if form.get("client_secret") or (in_form and in_form != credentials.client_id):
        raise _refused(TWO_AUTHENTICATIONS)
    return credentials


def judge(credentials: Credentials, known: Registration, *, secret_is_right: bool) -> Finding:
    """The check of an application's identity; any secret is right where the application is open."""
    if known is Registration.UNKNOWN:
        return failed(_CHECK, APPLICATION_UNKNOWN)
    if known is Registration.OPEN:
        return passed(_CHECK, "not registered, which this sandbox allows")
    if known is Registration.PUBLIC:
        return failed(_CHECK, SECRET_UNASKED) if credentials.secrets else passed(_CHECK, "registered, without a secret")
    if not credentials.secrets:
        return failed(_CHECK, SECRET_MISSING)
    return passed(_CHECK, "registered, with the right secret") if secret_is_right else failed(_CHECK, SECRET_WRONG)


def has_secret(known: Registration) -> Finding:
    """Whether an application is registered with a secret, as whoever asks about tokens must be (RFC 7662, 2.1)."""
    if known is Registration.CONFIDENTIAL:
        return passed("secret", "registered with one")
    return failed("secret", SECRET_MISSING, "Only an application that is registered with a secret may ask.")


def _basic(header: str) -> Credentials:
    """Id and secret are form-encoded (RFC 6749, 2.3.1); many applications forget it, so the secret counts as it
    stands too. The first colon separates them.
    """
    scheme, _, value = header.strip().partition(" ")
    if scheme.lower() != "basic":
        raise _refused(SECRET_WRONG, "The scheme of the Authorization header is not Basic.")
    try:
        text = base64.b64decode(value.strip(), validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise _refused(SECRET_WRONG, "The Authorization header is no base64.") from error
    client_id, colon, secret = text.partition(":")
    if not client_id or not colon:
        raise _refused(SECRET_WRONG, "The Authorization header does not hold an id, a colon and a secret.")
    spellings = dict.fromkeys((unquote_plus(secret), secret))
    return Credentials(unquote_plus(client_id), tuple(each for each in spellings if each), in_header=True)


def _refused(reason: Reason, evidence: str | None = None) -> Refused:
    return Refused(reason, (Check(_CHECK, False, evidence or reason.cause),))
