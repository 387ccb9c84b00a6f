"""Authorization requests, and how their parameters are read (OpenID Connect Core 1.0, 3.1.2.1; RFC 6749, 3.1)."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from logindrill.rules.applications.authentication import DEVICE_ALONE, ONE_FACTOR, TWO_FACTORS
from logindrill.rules.texts import is_storable

OPENID, OFFLINE_ACCESS, COMPANIES = "openid", "offline_access", "companies"
SCOPES = (OPENID, "profile", "email", "phone", "address", COMPANIES, OFFLINE_ACCESS)
"""The scopes that every application may ask for, unless it was registered with its own."""
NONE, LOGIN, CONSENT, SELECT_ACCOUNT = "none", "login", "consent", "select_account"
QUERY, FRAGMENT, FORM_POST, WEB_MESSAGE = "query", "fragment", "form_post", "web_message"
MODES = (QUERY, FRAGMENT, FORM_POST)
CODE = "code"
ACR = (DEVICE_ALONE, ONE_FACTOR, TWO_FACTORS)

_LONGEST = 4_096
"""In characters, for a parameter that is kept or sent back; nobody needs more than a state of that length."""
_LONGEST_LOGIN_HINT, _LONGEST_TOKEN_HINT, _LONGEST_LOCALES = 254, 16_384, 200
_LONGEST_AGE = 10**9
_SECONDS = re.compile(r"\d{1,4000}", re.ASCII)
PARAMETERS = (
    "client_id redirect_uri response_type response_mode scope state nonce code_challenge code_challenge_method prompt "
    "max_age acr_values claims audience organization"
).split()
"""Parameters whose value is kept or sent back."""
PROMPTS = frozenset({NONE, LOGIN, CONSENT, SELECT_ACCOUNT})
UNSUPPORTED = ("request", "request_uri", "registration")
"""Parameters that no request may have."""


class AuthorizationRequest(Struct, frozen=True, omit_defaults=True):
    """What an application asks for: texts as they were sent; an empty parameter counts as none (RFC 6749, 3.1).

    `twice` and `unsupported` are the names of parameters that were sent twice, or that nobody may send.
    """

    client_id: str | None = None
    redirect_uri: str | None = None
    response_type: str | None = None
    response_mode: str | None = None
    scope: str | None = None
    state: str | None = None
    nonce: str | None = None
    code_challenge: str | None = None
    code_challenge_method: str | None = None
    prompt: str | None = None
    max_age: str | None = None
    acr_values: str | None = None
    claims: str | None = None
    audience: str | None = None
    organization: str | None = None
    login_hint: str | None = None
    id_token_hint: str | None = None
    ui_locales: str | None = None
    resources: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    unsupported: tuple[str, ...] = ()

    @property
    def prompts(self) -> frozenset[str]:
        """The values of `prompt`."""
        return frozenset((self.prompt or "").split())

    @property
    def longest_age(self) -> int | None:
        """`max_age` in seconds; None where none was sent, or no number."""
        if self.max_age is None or _SECONDS.fullmatch(self.max_age) is None:
            return None
        return int(self.max_age) if len(self.max_age) < 10 else _LONGEST_AGE

    @property
    def wants_second_factor(self) -> bool:
        """Whether two factors are what `acr_values` prefers, or what may satisfy an essential claim `acr`."""
        preferred = next((value for value in (self.acr_values or "").split() if value in ACR), None)
        return preferred == TWO_FACTORS or TWO_FACTORS in self.essential_acr

    @property
    def essential_acr(self) -> tuple[str, ...]:
        """The values that the claim `acr` must have one of; empty where any will do (Core 1.0, 5.5.1.1)."""
        wanted = _claims_of(self, "id_token").get("acr")
        if not isinstance(wanted, dict) or wanted.get("essential") is not True:
            return ()
        values = wanted.get("values", [wanted["value"]] if "value" in wanted else [])
        return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()

    @property
    def id_token_claims(self) -> list[str]:
        """The names of the claims that the ID token is to have besides its own."""
        return [name for name in _claims_of(self, "id_token") if is_storable(name)]

    @property
    def audiences(self) -> str | None:
        """What the access tokens are for: `resource` (RFC 8707) or `audience`, with a space between two."""
        return " ".join(self.resources) or self.audience


def read(
    sent: Mapping[str, Sequence[str]], *, organization: bool = False, usual_scopes: Sequence[str] = ()
) -> AuthorizationRequest:
    """The request of these parameters, each with all its values; `organization`: the parameter of that name counts.

    `usual_scopes` are added to those asked for. A hint that can be none is left out.
    """
    first: dict[str, str] = {name: sent[name][0] for name in PARAMETERS if sent.get(name) and sent[name][0]}
    if sent.get("scope") == [""]:
        first["scope"] = ""
    if usual_scopes and first.get("scope"):
        first["scope"] = " ".join((first["scope"], *usual_scopes))
    if not organization:
        first.pop("organization", None)
    return AuthorizationRequest(
        **first,
        login_hint=_hint(sent, "login_hint", _LONGEST_LOGIN_HINT),
        id_token_hint=_hint(sent, "id_token_hint", _LONGEST_TOKEN_HINT),
        ui_locales=_hint(sent, "ui_locales", _LONGEST_LOCALES),
        resources=tuple(value for value in sent.get("resource", ()) if value),
        twice=tuple(name for name, values in sent.items() if len(values) > 1 and name != "resource"),
        unsupported=tuple(name for name in UNSUPPORTED if sent.get(name)),
    )


def granted_scope(request: AuthorizationRequest, allowed: Sequence[str] | None) -> str:
    """The scopes that are granted, each once, with a space between two; unknown ones are left out (RFC 6749, 3.3).

    `allowed`: those that the application may ask for; None = `SCOPES`.
    """
    known = SCOPES if allowed is None else allowed
    return " ".join(dict.fromkeys(word for word in (request.scope or "").split() if word in known))


def is_damaged(text: str | None) -> bool:
    """Whether the text of a parameter cannot be kept, or is too long."""
    return text is not None and (len(text) > _LONGEST or not is_storable(text))


def _claims_of(request: AuthorizationRequest, place: str) -> Mapping[str, Any]:
    """The part of the parameter `claims` for one place, by the names of the claims."""
    part = (read_claims(request.claims or "{}") or {}).get(place)
    return part if isinstance(part, dict) else {}


def read_claims(text: str) -> dict[str, Any] | None:
    """The parameter `claims` (Core 1.0, 5.5); None where it is no JSON object."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _hint(sent: Mapping[str, Sequence[str]], name: str, longest: int) -> str | None:
    text = (sent.get(name) or [""])[0]
    return text if 0 < len(text) <= longest and is_storable(text) else None
