"""Tells an application who its access token is about (OpenID Connect Core 1.0, 5.3; O8)."""

from collections.abc import Mapping
from typing import Any

from logindrill.access.token_faults import trigger
from logindrill.credentials import access_tokens, authorizations, signing_keys
from logindrill.people import profiles
from logindrill.rules.applications import bearers, claims
from logindrill.rules.findings import follow
from logindrill.rules.token_faults import CLAIMS, falsified_userinfo
from logindrill.rules.values import replace
from logindrill.work.unit_of_work import UnitOfWork


def show(uow: UnitOfWork, token: str) -> Mapping[str, Any]:
    """The claims of the person as they are now, as far as the token's scope goes. Raises Refused."""
    keys = signing_keys.of_issuer(uow)
    found = access_tokens.read(uow, token, keys)
    authorization = None if found.authorization_id is None else authorizations.find(uow, found.authorization_id)
    if authorization is not None:
        uow.attempt.application_id = authorization.application_id
    facts = replace(found.facts, is_known=authorization is not None)
    checked = list(bearers.findings(facts, uow.now))
    if authorization is not None:
        checked += (authorizations.check(uow, authorization), bearers.opens_claims(facts))
    _, refusal = follow(checked)
    if refusal is not None:
        raise refusal
    if authorization is None or authorization.user_id is None:
        raise LookupError("nothing was judged")
    fault = trigger(uow, CLAIMS, authorization.user_id)
    names = claims.allowed(facts.scope)
    return falsified_userinfo(fault, claims.of_person(profiles.of(uow, authorization.user_id, names), names))
