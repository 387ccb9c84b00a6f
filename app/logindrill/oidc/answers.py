"""Answers to applications: JSON with the error codes of OAuth 2.0 (RFC 6749, 5.2; RFC 6750, 3)."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request

from logindrill.rules import disclosure
from logindrill.rules.decisions import Refused
from logindrill.web.application_errors import error_of
from logindrill.work.unit_of_work import UnitOfWork


def answer(value: Mapping[str, Any], status: int = 200) -> Response:
    """A value as JSON, which nobody may keep (RFC 6749, 5.1)."""
    response = Response(json.dumps(dict(value), ensure_ascii=False), status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Pragma"] = "no-cache"
    return response


def refusal(uow: UnitOfWork, refused: Refused) -> Response:
    """The error of a refusal, in public words; on loopback `error_uri` leads to its explanation."""
    public = disclosure.problem(refused.reason, uow.policy, uow.preset.wording, uow.action.kind)
    response = answer(error_of(uow, public.code, public.detail), public.status)
    if public.code == "invalid_client" and "Authorization" in request.headers:
        response.headers["WWW-Authenticate"] = 'Basic realm="logindrill"'
    if public.code in {"invalid_token", "insufficient_scope"}:
        response.headers["WWW-Authenticate"] = f'Bearer error="{public.code}", error_description="{public.detail}"'
    return response
