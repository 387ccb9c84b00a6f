"""The operations that set up, confirm and remove a second factor, and lift a lock."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from logindrill.api.door import DOOR
from logindrill.api.second_factor import TypedCode
from logindrill.api.sign_ins import Left
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.factors import FactorMethod
from logindrill.services import factors, locks
from logindrill.services.factors import FactorCard
from logindrill.web.bodies import Body
from logindrill.web.fields import TypedPassword
from logindrill.web.visits import Visit


class NewFactor(Body):
    """The second factor to set up. `second_password` is needed for the method of that name only."""

    current_password: TypedPassword
    method: Annotated[FactorMethod, Field(strict=False)]
    second_password: TypedPassword | None = None


class AuthenticatorConfirmation(Body):
    """A code from the authenticator app."""

    code: TypedCode


class Removal(Body):
    """The current password, as proof."""

    current_password: TypedPassword


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """The second factor. An authenticator app is `unconfirmed` until one of its codes was entered."""

    method: FactorMethod
    status: Literal["active", "unconfirmed"]
    secret: Annotated[str | None, Left] = None
    otpauth_uri: Annotated[str | None, Left] = None
    qr_svg: Annotated[str | None, Left] = None


@DOOR.operation(
    "PUT",
    "/me/second-factor",
    "Set up your second factor",
    tag="Account",
    kind=Call.PROOF,
    body=NewFactor,
    answers={200: SecondFactor},
    problems=(401, 403, 422, 429),
    signed_in=True,
    example={"current_password": "long enough", "method": "totp"},
)
def set_second_factor(visit: Visit, body: NewFactor) -> SecondFactor:
    """A person has at most one second factor. To replace one, it must have been passed within `proof.max_age`. Other
    sessions and all trusted devices end as soon as the new factor is active. The secret of an authenticator app is
    shown only in this answer."""
    made = visit.attempt(factors.set_up, body.current_password, body.method, second_password=body.second_password)
    return _factor(made)


@DOOR.operation(
    "POST",
    "/me/second-factor/confirmation",
    "Confirm an authenticator app",
    tag="Account",
    kind=Call.FACTOR,
    body=AuthenticatorConfirmation,
    answers={200: SecondFactor},
    problems=(401, 403, 409, 422),
    signed_in=True,
    example={"code": "123456"},
)
def confirm_second_factor(visit: Visit, body: AuthenticatorConfirmation) -> SecondFactor:
    """From now on the authenticator app is the second factor; it replaces the previous one."""
    outcome = visit.attempt(factors.confirm, body.code)
    if isinstance(outcome, Refused):
        raise outcome
    return _factor(outcome)


@DOOR.operation(
    "DELETE",
    "/me/second-factor",
    "Remove your second factor",
    tag="Account",
    kind=Call.PROOF,
    body=Removal,
    answers={204: None},
    problems=(401, 403, 422, 429),
    signed_in=True,
    example={"current_password": "long enough"},
)
def remove_second_factor(visit: Visit, body: Removal) -> None:
    """The factor must have been passed within `proof.max_age`. If it was not, sign in with `ask_second_factor`
    first."""
    visit.attempt(factors.remove, body.current_password)


@DOOR.operation(
    "DELETE",
    "/users/{user_id}/second-factor",
    "Remove a person's second factor",
    tag="People",
    answers={204: None},
    problems=(401, 403, 404, 409),
    signed_in=True,
)
def remove_second_factor_of_user(visit: Visit, user_id: str) -> None:
    """For a person who lost their second factor. Ends their sessions and trusted devices. Staff cannot remove their own
    factor this way. Needs the permission `users.edit`."""
    visit.order(factors.remove_of, user_id)


@DOOR.operation(
    "DELETE",
    "/users/{user_id}/lock",
    "Unlock a person",
    tag="People",
    answers={204: None},
    problems=(401, 403, 404, 409),
    signed_in=True,
)
def lift_lock(visit: Visit, user_id: str) -> None:
    """Too many wrong passwords lock an account; this unlocks it. If the person belongs to several companies, only
    support staff may unlock the account; others get 409 `more_than_one_company`. Needs the permission `users.edit`."""
    visit.order(locks.lift, user_id)


def _factor(card: FactorCard) -> SecondFactor:
    status: Literal["active", "unconfirmed"] = "active" if card.shared is None else "unconfirmed"
    if card.shared is None:
        return SecondFactor(card.method, status)
    return SecondFactor(card.method, status, card.shared.secret, card.shared.otpauth_uri, card.shared.qr_svg)
