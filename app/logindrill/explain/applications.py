"""Builds the API calls that make room for an application, as remedies: registration, and the knobs of its tokens."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from logindrill.explain.cards import Apply, Found
from logindrill.explain.situations import Situation
from logindrill.models import Application
from logindrill.rules.durations import render_duration
from logindrill.rules.reasons import developer_remedies as d


def register(situation: Situation, _found: Found) -> Apply | None:
    """Register the application as it asked, without a secret."""
    application_id, redirect_uri = _sent(situation)
    if application_id is None or redirect_uri is None or _registered(situation) is not None:
        return None
    body = {"id": application_id, "redirect_uris": [redirect_uri]}
    return Apply("POST", f"{situation.sandbox_path}/applications", body)


def register_redirect_uri(situation: Situation, _found: Found) -> Apply | None:
    """Add the redirect_uri that was sent to those that are registered."""
    row, (_, redirect_uri) = _registered(situation), _sent(situation)
    if row is None or redirect_uri is None:
        return None
    kept = {name: value for name in _KEPT if (value := getattr(row, name)) is not None}
    body = {**kept, "redirect_uris": [*row.redirect_uris, redirect_uri]}
    return Apply("PUT", f"{situation.sandbox_path}/applications/{row.id}", body)


def open_to_all(situation: Situation, _found: Found) -> Apply | None:
    """Let any client_id in, on this machine."""
    return Apply("PATCH", f"{situation.sandbox_path}/policy", {"applications.open": True})


def allow_overlap(situation: Situation, _found: Found) -> Apply | None:
    """Let a refresh token that was just used give the same successor again."""
    return Apply("PATCH", f"{situation.sandbox_path}/policy", {"tokens.refresh_overlap": render_duration(_OVERLAP)})


def is_closed(situation: Situation, _found: Found) -> bool:
    """Whether only registered applications are let in."""
    return situation.uow.policy.applications.open is not True


def is_without_overlap(situation: Situation, _found: Found) -> bool:
    """Whether a refresh token that was just used gives nothing more."""
    return situation.uow.policy.tokens.refresh_overlap < _OVERLAP


def allow_longer(situation: Situation, found: Found) -> Apply | None:
    """Let what has expired live longer."""
    longer = _LONGER.get(found.reason.code)
    return None if longer is None else Apply("PATCH", f"{situation.sandbox_path}/policy", dict(longer))


def _sent(situation: Situation) -> tuple[str | None, str | None]:
    """The client_id and the redirect_uri of the request."""
    sent = situation.request
    return sent.get("client_id") or sent.get("application"), sent.get("redirect_uri")


def _registered(situation: Situation) -> Application | None:
    application_id, _ = _sent(situation)
    return None if application_id is None else situation.uow.find(Application, application_id)


_OVERLAP = timedelta(seconds=30)
_KEPT = (
    "name",
    "post_logout_redirect_uris",
    "grant_types",
    "scopes",
    "id_token_signed_response_alg",
    "require_pkce",
    "audience",
    "consent",
    "first_party",
)
"""What an application registered besides; without a secret in the call it keeps the one that it has."""
_LONGER: Mapping[str, Mapping[str, str]] = {
    "code_expired": {"tokens.code_life": "PT1H"},
    "token_expired": {"tokens.access_life": "P400D"},
    "refresh_idle": {"tokens.refresh_idle": "P400D"},
    "refresh_expired": {"tokens.refresh_absolute": "P400D"},
}
"""By the reason: the knob at its longest."""

CALLS: Mapping[str, Callable[[Situation, Found], Apply | None]] = {
    d.REGISTER_APPLICATION.code: register,
    d.REGISTER_REDIRECT_URI.code: register_redirect_uri,
    d.OPEN_APPLICATIONS.code: open_to_all,
    d.ALLOW_OVERLAP.code: allow_overlap,
    d.ALLOW_LONGER.code: allow_longer,
}
"""By the remedy's code."""
