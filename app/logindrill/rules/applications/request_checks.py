"""Whether an authorization request can be answered: checks, in the order in which they answer (O11, O12, O13)."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from logindrill.rules.applications.requests import (
    CODE,
    FORM_POST,
    FRAGMENT,
    MODES,
    NONE,
    OPENID,
    PARAMETERS,
    PROMPTS,
    QUERY,
    AuthorizationRequest,
    is_damaged,
    read_claims,
)
from logindrill.rules.decisions import Check, Refused
from logindrill.rules.findings import Finding, failed, follow, passed
from logindrill.rules.reasons import (
    CHALLENGE_DAMAGED,
    CHALLENGE_MISSING,
    CHALLENGE_PLAIN,
    GRANT_TYPE_UNREGISTERED,
    INVALID_SCOPE,
    MAX_AGE_DAMAGED,
    PARAMETER_DAMAGED,
    PARAMETER_TWICE,
    PROMPT_CONTRADICTS,
    REGISTRATION_NOT_SUPPORTED,
    REQUEST_NOT_SUPPORTED,
    REQUEST_URI_NOT_SUPPORTED,
    RESPONSE_MODE_UNKNOWN,
    RESPONSE_TYPE_MISSING,
    UNSUPPORTED_RESPONSE_TYPE,
)
from logindrill.rules.texts import visible

_MOST_RESOURCES = 20
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
"""SHA-256 in base64url without padding (RFC 7636, 4.2)."""
_NOT_SUPPORTED = {
    "request": REQUEST_NOT_SUPPORTED,
    "request_uri": REQUEST_URI_NOT_SUPPORTED,
    "registration": REGISTRATION_NOT_SUPPORTED,
}
_IN_FRAGMENT = frozenset({"token", "id_token"})
"""Response types whose answers are read from the fragment, errors included (Multiple Response Types 1.0, 2.1)."""
_BEFORE_TRUST = ("client_id", "redirect_uri")


class Registered(Struct, frozen=True):
    """What of an application its requests are judged by; as it stands, one that is not registered."""

    must_use_pkce: bool = False
    may_use_codes: bool = True


def judge_target(request: AuthorizationRequest) -> Finding:
    """Whether the request names one application and one address; before that, nobody is trusted (O11)."""
    twice = [name for name in _BEFORE_TRUST if name in request.twice]
    if twice:
        return failed("parameters", PARAMETER_TWICE, f"sent twice: {', '.join(twice)}")
    return passed("parameters", "client_id and redirect_uri at most once")


def judge(
    request: AuthorizationRequest, application: Registered, *, modes: Sequence[str] = MODES
) -> tuple[tuple[Check, ...], Refused | None]:
    """The checks of a request whose application and redirect_uri are trusted, and its refusal, if it is refused.

    The first failure answers; what else is wrong is named as further causes. `modes`: the response modes there are.
    """
    return follow(_findings(request, application, modes))


def response_mode_of(request: AuthorizationRequest, modes: Sequence[str] = MODES) -> str:
    """How the answer goes back. An error in a request for another response type goes to where that type is read."""
    if request.response_mode in modes:
        return str(request.response_mode)
    return FRAGMENT if _IN_FRAGMENT & set((request.response_type or "").split()) else QUERY


def _findings(request: AuthorizationRequest, application: Registered, modes: Sequence[str]) -> Iterator[Finding]:
    yield _sent_once(request)
    yield _readable(request)
    yield _supported(request)
    yield _response_type(request)
    if not application.may_use_codes:
        yield failed("grant_type", GRANT_TYPE_UNREGISTERED)
    yield _response_mode(request, modes)
    yield _scope(request)
    yield _challenge(request, application)
    yield _prompt(request)
    yield _max_age(request)


def _sent_once(request: AuthorizationRequest) -> Finding:
    if request.twice:
        return failed("parameters", PARAMETER_TWICE, f"sent twice: {_seen(', '.join(request.twice))}")
    return passed("parameters", "each sent once")


def _readable(request: AuthorizationRequest) -> Finding:
    damaged = [name for name in PARAMETERS if is_damaged(getattr(request, name))]
    if any(map(is_damaged, request.resources)) or len(request.resources) > _MOST_RESOURCES:
        damaged.append("resource")
    if request.claims is not None and read_claims(request.claims) is None:
        damaged.append("claims")
    if request.response_mode == FORM_POST and {"\r", "\n"} & set(request.state or ""):  # a form would change them
        damaged.append("state")
    if damaged:
        return failed("texts", PARAMETER_DAMAGED, f"too long, or not readable: {', '.join(dict.fromkeys(damaged))}")
    return passed("texts", "readable")


def _supported(request: AuthorizationRequest) -> Finding:
    for name in request.unsupported:
        return failed("request_object", _NOT_SUPPORTED[name])
    return passed("request_object", "none")


def _response_type(request: AuthorizationRequest) -> Finding:
    if request.response_type is None:
        return failed("response_type", RESPONSE_TYPE_MISSING)
    if request.response_type != CODE:
        return failed("response_type", UNSUPPORTED_RESPONSE_TYPE, f"it is {_seen(request.response_type)}")
    return passed("response_type", CODE)


def _response_mode(request: AuthorizationRequest, modes: Sequence[str]) -> Finding:
    if request.response_mode is None or request.response_mode in modes:
        return passed("response_mode", request.response_mode or "the usual one")
    return failed("response_mode", RESPONSE_MODE_UNKNOWN, f"it is {_seen(request.response_mode)}")


def _scope(request: AuthorizationRequest) -> Finding:
    """None at all is a request of plain OAuth for nothing in particular; an empty one is a mistake."""
    if request.scope is not None and not request.scope.split():
        return failed("scope", INVALID_SCOPE, "it is empty")
    return passed("scope", "OpenID Connect" if OPENID in (request.scope or "").split() else "plain OAuth 2.0")


def _challenge(request: AuthorizationRequest, application: Registered) -> Finding:
    challenge, method = request.code_challenge, request.code_challenge_method
    if challenge is None and (application.must_use_pkce or method is not None):
        return failed("code_challenge", CHALLENGE_MISSING)
    if challenge is None:
        return passed("code_challenge", "none, and none is needed here")
    if method != "S256":
        return failed("code_challenge", CHALLENGE_PLAIN, f"the method is {_seen(method or 'missing')}")
    if _CHALLENGE.fullmatch(challenge) is None:
        return failed("code_challenge", CHALLENGE_DAMAGED, f"it has {len(challenge)} characters: {_seen(challenge)}")
    return passed("code_challenge", "S256")


def _prompt(request: AuthorizationRequest) -> Finding:
    unknown = sorted(request.prompts - PROMPTS)
    if unknown:
        return failed("prompt", PROMPT_CONTRADICTS, f"unknown: {_seen(' '.join(unknown))}")
    if NONE in request.prompts and len(request.prompts) > 1:
        return failed("prompt", PROMPT_CONTRADICTS, "none stands beside another value")
    return passed("prompt", request.prompt or "not sent")


def _max_age(request: AuthorizationRequest) -> Finding:
    if request.max_age is not None and request.longest_age is None:
        return failed("max_age", MAX_AGE_DAMAGED, f"it is {_seen(request.max_age)}")
    return passed("max_age", "not sent" if request.longest_age is None else f"{request.longest_age} seconds")


def _seen(text: str) -> str:
    """What was sent, short enough to be read and printable."""
    shown = visible(text)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
