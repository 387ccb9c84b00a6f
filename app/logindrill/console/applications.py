"""The pane of applications, which sign people in by OpenID Connect, and of the keys that sign their tokens."""

from typing import Any

from flask import url_for

from logindrill.access.applications import are_open
from logindrill.adapters.jose import ALGORITHMS
from logindrill.console.door import act, pane
from logindrill.console.entries import chosen, text
from logindrill.console.page import ConsolePage, Done
from logindrill.services import applications, signing_keys
from logindrill.services.applications import ApplicationCard, ApplicationOrder
from logindrill.web.bodies import validated
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world.applications import GRANTS

_MOST = 100
_ATTEMPTS = 10
_EXAMPLE = "http://localhost:3000"
"""Where an application under development often runs."""


@pane("/applications", "applications")
def show_applications(uow: UnitOfWork) -> ConsolePage:
    """Those that are registered, a form for another one, and the signing keys."""
    issuer = applications.issuer(uow)
    values = {
        "issuer": issuer,
        "found": applications.page(uow, after=None, limit=_MOST),
        "is_open": are_open(uow),
        "keys": signing_keys.list_all(uow),
        "algorithms": ALGORITHMS,
        "example": _EXAMPLE,
    }
    return ConsolePage("applications", "Applications", values)


@pane("/applications/<application_id>", "applications")
def show_application(uow: UnitOfWork, application_id: str) -> ConsolePage:
    """One application: what to set in it, what is registered, and its last attempts."""
    card = applications.show(uow, application_id)
    attempts = applications.attempts_of(uow, application_id, _ATTEMPTS)
    values = {"card": card, "attempts": attempts, "example": _EXAMPLE}
    return ConsolePage("application", card.name, values)


@act("/applications/register", back=show_applications)
def register_application(uow: UnitOfWork) -> ConsolePage | Done:
    """Register an application; a generated secret is shown once, in this answer."""
    wanted = {**_entered(), **chosen("id"), "secret": bool(text("secret"))}
    return _done(uow, applications.register(uow, validated(ApplicationOrder, wanted)), "registered")


@act("/applications/<application_id>/change", back=show_application, keeping=("application_id",))
def change_application(uow: UnitOfWork, application_id: str) -> ConsolePage | Done:
    """Give an application what was entered; its secret stays."""
    return _done(uow, applications.replace(uow, application_id, validated(ApplicationOrder, _entered())), "changed")


@act("/applications/<application_id>/secret", back=show_application, keeping=("application_id",))
def renew_secret(uow: UnitOfWork, application_id: str) -> ConsolePage:
    """A new secret in place of the present one, shown once."""
    return _shown_once(uow, applications.renew_secret(uow, application_id))


@act("/applications/<application_id>/remove", back=show_applications)
def remove_application(uow: UnitOfWork, application_id: str) -> Done:
    """With everything that was issued to it."""
    applications.remove(uow, application_id)
    return Done(_pane(uow), f"Application {application_id} removed.")


@act("/keys/rotate", back=show_applications, whole=False)
def rotate_keys(uow: UnitOfWork) -> Done:
    """A new key signs from now on."""
    made = signing_keys.rotate(uow, "ES256" if text("algorithm") == "ES256" else "RS256")
    return Done(_pane(uow), f"A new {made.algorithm} key signs from now on.")


@act("/keys/<kid>/remove", back=show_applications, whole=False)
def remove_key(uow: UnitOfWork, kid: str) -> Done:
    """Tokens that it signed are refused from now on."""
    signing_keys.remove(uow, kid)
    return Done(_pane(uow), "Key removed.")


def _entered() -> dict[str, Any]:
    """What the form says of an application, without its id and its secret."""
    wanted: dict[str, Any] = chosen("name", "audience", "consent", "id_token_signed_response_alg")
    wanted |= {name: _lines(name) for name in ("redirect_uris", "post_logout_redirect_uris")}
    wanted["grant_types"] = [grant for grant in GRANTS if text(grant)]
    if text("scopes"):
        wanted["scopes"] = text("scopes").split()
    if text("require_pkce"):
        wanted["require_pkce"] = text("require_pkce") == "yes"
    wanted["first_party"] = bool(text("first_party"))
    return wanted


def _lines(name: str) -> list[str]:
    return [line.strip() for line in text(name).splitlines() if line.strip()]


def _done(uow: UnitOfWork, card: ApplicationCard, said: str) -> ConsolePage | Done:
    if card.secret is not None:
        return _shown_once(uow, card)
    here = url_for("console.show_application", sandbox_id=uow.sandbox_id, application_id=card.id)
    return Done(here, f"Application {card.id} {said}.")


def _shown_once(uow: UnitOfWork, card: ApplicationCard) -> ConsolePage:
    back = url_for("console.show_application", sandbox_id=uow.sandbox_id, application_id=card.id)
    return ConsolePage("application_secret", "Secret of an application", {"card": card, "back": back})


def _pane(uow: UnitOfWork) -> str:
    return url_for("console.show_applications", sandbox_id=uow.sandbox_id)
