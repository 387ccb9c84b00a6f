"""Reads what applications send: a form, with each parameter once (RFC 6749, 3.2; O17)."""

from collections.abc import Mapping

from flask import Request, g
from werkzeug.exceptions import BadRequest

from logindrill.rules.decisions import Check, Refused
from logindrill.rules.reasons import BODY_NOT_FORM, PARAMETER_DAMAGED, PARAMETER_MISSING, PARAMETER_TWICE, Reason
from logindrill.rules.texts import is_storable
from logindrill.web.bodies import parse
from logindrill.web.providers import provider_of

_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"
_LONGEST = 8_192
"""The longest value of a parameter, in characters."""
_LONGEST_NAME = 64
_MAY_REPEAT = frozenset({"resource", "audience"})


def operation_of_grant(request: Request) -> str:
    """The operationId of a call of the token endpoint, which depends on the grant; a damaged form has none."""
    return "refresh_tokens" if _sent(request).get("grant_type") == ["refresh_token"] else "redeem_code"


def fields(request: Request) -> Mapping[str, str]:
    """The parameters of a call; empty ones count as not sent. Raises Refused."""
    if not _is_readable(request):
        raise _refused(BODY_NOT_FORM, f"it is {request.mimetype or 'of no type'}")
    found: dict[str, str] = {}
    for name, values in _sent(request).items():
        given = [value for value in values if value]
        if len(given) > 1 and name not in _MAY_REPEAT:
            raise _refused(PARAMETER_TWICE, _shown(name))
        if any(len(value) > _LONGEST or not is_storable(value) for value in given):
            raise _refused(PARAMETER_DAMAGED, _shown(name))
        if given:
            found[name] = given[0]
    return found


def require(sent: Mapping[str, str], name: str) -> str:
    """A parameter that a call needs. Raises Refused."""
    if name not in sent:
        raise _refused(PARAMETER_MISSING, name)
    return sent[name]


def _sent(request: Request) -> Mapping[str, list[str]]:
    """Every parameter as it came; read once for each call."""
    if "parameters" not in g:
        is_json = request.mimetype == _JSON and _is_readable(request)
        g.parameters = _of_json(request) if is_json else request.form.to_dict(flat=False)
    found: Mapping[str, list[str]] = g.parameters
    return found


def _of_json(request: Request) -> Mapping[str, list[str]]:
    """The parameters of a JSON object, as client libraries of Auth0 send them; nothing where it is none."""
    try:
        value = parse(request.get_data(cache=False))
    except BadRequest:
        return {}
    texts = value.items() if isinstance(value, dict) else ()
    return {name: [text] for name, text in texts if isinstance(text, str)}


def _is_readable(request: Request) -> bool:
    return request.mimetype == _FORM or (request.mimetype == _JSON and provider_of(request).dialect == "auth0")


def _shown(name: str) -> str:
    """The name of a parameter where it can be one."""
    return name if name.isidentifier() and len(name) <= _LONGEST_NAME else ""


def _refused(reason: Reason, evidence: str) -> Refused:
    return Refused(reason, (Check("request", False, evidence or reason.cause),))
