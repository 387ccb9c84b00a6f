"""A person's own second factor: set up, replaced, removed, with fresh proof; earlier sessions and devices end (A18)."""

from msgspec import Struct

from logindrill.access import authentication, guesses, orders, proof, throttles
from logindrill.access.authentication import Actor
from logindrill.credentials import authenticators, code_entries, codes, invitations, notices
from logindrill.credentials.authenticators import SharedSecret
from logindrill.models import CodePurpose, Session, User
from logindrill.people import directory
from logindrill.people.factors import Chooser, ChosenFactor, prepare
from logindrill.rules.code_entries import read_code
from logindrill.rules.codes import is_counted
from logindrill.rules.decisions import Finding, Refused
from logindrill.rules.delivery import Channel
from logindrill.rules.factors import FactorMethod, read_totp, totp_step
from logindrill.rules.orders import Order
from logindrill.rules.reasons import FACTOR_CHANGED, INVALID_TRANSITION, NO_SESSION
from logindrill.rules.second_factor import find_enrolment
from logindrill.work.unit_of_work import UnitOfWork

_PURPOSE = CodePurpose.SECOND_FACTOR


class FactorCard(Struct, frozen=True):
    """A factor as its owner sees it: `active`, or `unconfirmed` with the secret to share, in this answer only."""

    method: FactorMethod
    status: str
    shared: SharedSecret | None = None


def set_up(uow: UnitOfWork, current: str, method: FactorMethod, *, second_password: str | None = None) -> FactorCard:
    """Set up a factor, instead of none or of another one; an authenticator app is not used until it is confirmed.

    Raises Refused for a wrong password or a factor that was not passed recently, Invalid for the fields.
    """
    user = _prove(uow, current)
    epoch = user.epoch
    has_whatsapp = any(entry.kind == Channel.WHATSAPP for entry in directory.numbers(uow, user.id))
    chooser = Chooser(current, (user.name, user.username or ""), has_whatsapp)
    hashed = prepare(uow, ChosenFactor(method, second_password), chooser)
    with uow.writing():
        actor, user = _owner(uow, epoch)
        if method is FactorMethod.TOTP:
            return _begin(uow, user)
        if method is not FactorMethod.WHATSAPP_OTP or user.second_factor != method:
            user.set_factor(
                method,
                second_password_hash=None if hashed is None else hashed.hash,
                second_password_marks=None if hashed is None else hashed.marks,
            )
            _change(uow, actor, user, "second_factor.set", "was set up")
        return FactorCard(method, "active")


def confirm(uow: UnitOfWork, code: str) -> FactorCard | Refused:
    """Confirm an authenticator app with a code it shows; the entry is counted first, like every guess at a code.

    Raises Refused `invalid_transition` where none is being set up, or for an earlier factor that was not passed
    recently.
    """
    actor = authentication.authenticate(uow)
    user = _user(uow, actor)
    proof.require_fresh_factor(uow, actor, user)
    _require_enrolment(user)
    guess = guesses.count_first(uow, _PURPOSE, user.id, lambda: None)
    with uow.writing():
        actor = authentication.authenticate(uow)
        user = _user(uow, actor)
        secret = _require_enrolment(user)
        finding = _of_code(uow, secret, code, guess.wrong_before)
        if finding.reason is None or not is_counted(finding.reason):
            guesses.take_back(uow, guess)
        if finding.reason is not None:
            return _refuse(uow, Refused(finding.reason, (finding.check,)))
        step = totp_step(secret, read_code(code), uow.now)
        user.set_factor(FactorMethod.TOTP, totp_secret=secret, totp_step=step)
        _change(uow, actor, user, "second_factor.set", "was set up")
        uow.get_one(Session, actor.session_key).proven_at = uow.now
        uow.attempt.succeed(200, "second_factor_confirmed", checks=(finding.check,))
        return FactorCard(FactorMethod.TOTP, "active")


def _of_code(uow: UnitOfWork, secret: str, typed: str, wrong_before: int) -> Finding:
    """Whether the typed code is one that the app shows now."""
    step, off = read_totp(secret, read_code(typed), uow.now)
    entry = code_entries.entry_of(uow, typed, lambda meant: totp_step(secret, meant, uow.now) is not None)
    return find_enrolment(step, off, wrong_before, uow.policy, entry)


def remove(uow: UnitOfWork, current: str) -> None:
    """Remove one's own factor, and one that is being set up; without any, nothing happens.

    Raises Refused for a wrong password or a factor that was not passed recently.
    """
    epoch = _prove(uow, current).epoch
    with uow.writing():
        actor, user = _owner(uow, epoch)
        user.totp_enrolment = None
        if user.second_factor is not None:
            user.set_factor(None)
            _change(uow, actor, user, "second_factor.remove", "was removed")


def remove_of(uow: UnitOfWork, user_id: str) -> None:
    """Remove the lost factor of one of the company's people; never one's own, which needs fresh proof.

    Ends their sessions and device trust. Raises Refused (404, 403, 409; `more_than_one_company`, overall rule 3).
    """
    permitted = orders.require(uow, Order.REMOVE_FACTOR, user_id)
    user = permitted.user
    user.totp_enrolment = None
    if user.second_factor is not None:
        user.set_factor(None)
        _end(uow, user, "was removed")
        uow.note("second_factor.remove", subject=user_id, actor=permitted.actor.user_id)


def _prove(uow: UnitOfWork, current: str) -> User:
    actor = authentication.authenticate(uow)
    user = _user(uow, actor)
    proof.require_fresh_factor(uow, actor, user)
    proof.require_password(uow, user, current)
    return user


def _begin(uow: UnitOfWork, user: User) -> FactorCard:
    """Draw the app's secret; until a code of it is confirmed, the earlier factor stays active."""
    name = user.username or invitations.main_address(uow, user.id) or user.id
    shared = authenticators.share(uow, name)
    user.totp_enrolment = shared.secret
    uow.note("second_factor.begin", subject=user.id, actor=user.id, method=FactorMethod.TOTP.value)
    return FactorCard(FactorMethod.TOTP, "unconfirmed", shared)


def _require_enrolment(user: User) -> str:
    if user.totp_enrolment is None:
        raise Refused(INVALID_TRANSITION, detail="There is no authenticator app to confirm.")
    return user.totp_enrolment


def _owner(uow: UnitOfWork, epoch: int) -> tuple[Actor, User]:
    """The signed-in person, within the write; raises Refused where the account changed since the proof was judged."""
    actor = authentication.authenticate(uow)
    user = _user(uow, actor)
    if user.epoch != epoch:
        raise Refused(NO_SESSION)
    throttles.reset(uow, "password", user.id)
    return actor, user


def _change(uow: UnitOfWork, actor: Actor, user: User, event: str, done: str) -> None:
    """End every other session and everything issued earlier; the session that makes the change stays."""
    _end(uow, user, done)
    uow.get_one(Session, actor.session_key).epoch = user.epoch
    uow.note(event, subject=user.id, actor=user.id, method=user.second_factor)


def _end(uow: UnitOfWork, user: User, done: str) -> None:
    """End sessions, pending sign-ins, codes and all device trust, and notify the person (S34, S39)."""
    user.end_everything(FACTOR_CHANGED.code)
    codes.void(uow, user.id, _PURPOSE)
    notices.send(uow, user, title=f"Your second factor {done}", sentence=f"The second factor of your account {done}.")


def _refuse(uow: UnitOfWork, refusal: Refused) -> Refused:
    uow.attempt.refuse(refusal, uow.policy, uow.preset)
    uow.note("second_factor.confirm", subject=uow.attempt.user_id, outcome="refused", reason=refusal.reason.code)
    return refusal


def _user(uow: UnitOfWork, actor: Actor) -> User:
    user = directory.user(uow, actor.user_id)
    if user is None:
        raise Refused(NO_SESSION)
    return user
