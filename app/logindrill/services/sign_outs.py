"""Signing out at an application: the session of the pages ends too (OpenID Connect RP-Initiated Logout 1.0; O20)."""

from msgspec import Struct

from logindrill.access import applications, authentication
from logindrill.access.applications import KnownApplication
from logindrill.credentials import authorizations, devices, sessions, token_hints
from logindrill.credentials.token_hints import TokenHint
from logindrill.rules.applications import redirects
from logindrill.rules.decisions import Check
from logindrill.rules.reasons import SIGNED_OUT
from logindrill.work.unit_of_work import UnitOfWork


class SignOutRequest(Struct, frozen=True):
    """What an application sends, each as it was sent."""

    id_token_hint: str | None = None
    client_id: str | None = None
    post_logout_redirect_uri: str | None = None
    state: str | None = None


class SignOut(Struct, frozen=True):
    """What signing out comes to."""

    is_done: bool
    """Otherwise the person is to be asked first: anybody can lead a browser here."""
    return_to: str | None = None
    """The application's address, where it may be returned to."""
    application: str | None = None
    """The name of the application that `return_to` belongs to."""
    is_proven: bool = False
    """Whether a valid ID token of the application came along: then the browser returns by itself, and nobody is asked
    unless the token is about somebody else."""


def sign_out(uow: UnitOfWork, request: SignOutRequest, issuer: str, *, confirmed: bool) -> SignOut:
    """End the session that the hint names, and that of the browser; `confirmed`: the person said so on our page.

    Who is signed in is asked where the hint is about somebody else, so that nobody ends the sessions of others by a
    link with an ID token of their own (RP-Initiated Logout 1.0, 2).
    """
    hint = None if request.id_token_hint is None else token_hints.read(uow, request.id_token_hint, issuer)
    application = _application(uow, request, hint)
    is_proven = hint is not None and application is not None
    uow.attempt.application_id = None if application is None else application.id
    return_to = _address(request, application)
    actor = authentication.peek(uow)
    is_foreign = hint is not None and is_proven and actor is not None and actor.user_id != hint.subject
    checks = _checks(request, is_proven=is_proven, is_foreign=is_foreign, may_return=return_to is not None)
    is_done = (is_proven and not is_foreign) or confirmed or actor is None
    with uow.writing():
        if hint is not None and is_proven:
            _end_of_hint(uow, hint)
        if is_done:
            if actor is not None:
                _end(uow, actor.user_id, actor.session_id)
                devices.end_with_visit(uow, actor.user_id, actor.device_id)
            uow.attempt.succeed(303 if is_proven and return_to else 200, "signed_out", checks=checks)
        else:
            uow.attempt.go_on(200, "confirmation_required", reason=None, checks=checks)
        user_id = None if actor is None else actor.user_id
        uow.attempt.user_id = user_id
        uow.note(uow.action.operation, subject=user_id, outcome=str(uow.attempt.outcome))
    name = None if application is None or return_to is None else application.name
    return SignOut(is_done, return_to, name, is_proven)


def _application(uow: UnitOfWork, request: SignOutRequest, hint: TokenHint | None) -> KnownApplication | None:
    """The application of the hint, or without one that of the client_id; None where the two differ."""
    if hint is None:
        return applications.find(uow, request.client_id)
    client_id = request.client_id or hint.audience[0] if hint.audience else None
    return applications.find(uow, client_id) if client_id in hint.audience else None


def _address(request: SignOutRequest, application: KnownApplication | None) -> str | None:
    """Where the application may be returned to: an address of its own, or for an open one, this machine."""
    if application is None or request.post_logout_redirect_uri is None:
        return None
    return redirects.receiver(request.post_logout_redirect_uri, application.post_logout_redirect_uris)


def _end_of_hint(uow: UnitOfWork, hint: TokenHint) -> None:
    if hint.session_id is not None:
        _end(uow, hint.subject, hint.session_id)


def _end(uow: UnitOfWork, user_id: str, session_id: str) -> None:
    if sessions.end(uow, user_id, session_id, SIGNED_OUT):
        uow.note("session.end", subject=user_id, actor=user_id, session=session_id, reason=SIGNED_OUT.code)
    authorizations.end_with_session(uow, session_id, SIGNED_OUT)


def _checks(request: SignOutRequest, *, is_proven: bool, is_foreign: bool, may_return: bool) -> tuple[Check, ...]:
    sent = "not sent" if request.id_token_hint is None else "not an ID token that was issued here to this application"
    valid = "about somebody else than who is signed in" if is_foreign else "valid"
    hint = Check("id_token_hint", is_proven and not is_foreign, valid if is_proven else sent)
    if request.post_logout_redirect_uri is None:
        return (hint,)
    seen = "registered" if may_return else "not an address that this application registered"
    return (hint, Check("post_logout_redirect_uri", may_return, seen))
