"""Signing in with identifier and password (A3-A8, A24, C1, C7, C12)."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, exists, update

from logindrill import directory
from logindrill.credentials import passwords, pending_sign_ins, sessions, throttles
from logindrill.credentials.sessions import IssuedSession
from logindrill.directory import UserCard
from logindrill.models import Membership, User
from logindrill.rules.decisions import Granted, NewPasswordRequired, Refused, SecondFactorRequired
from logindrill.rules.factors import FactorMethod
from logindrill.rules.identifiers import Spelling, compare, spaceless
from logindrill.rules.memberships import MembershipFacts, RevocationCause, Standing, choose, standing
from logindrill.rules.sign_in import decide
from logindrill.rules.sign_in_facts import KnownAs, SignInFacts
from logindrill.statements import Prepared
from logindrill.unit_of_work import UnitOfWork

_USERS = User.__table__
_PLACES = Membership.__table__
_SIGNED_IN = Prepared(
    update(_USERS)
    .where(
        _USERS.c.key == bindparam("user_key"),
        _USERS.c.epoch == bindparam("user_epoch"),
        exists().where(
            _PLACES.c.sandbox_key == _USERS.c.sandbox_key,
            _PLACES.c.user_id == _USERS.c.id,
            _PLACES.c.company_id == bindparam("company"),
            _PLACES.c.epoch == bindparam("place_epoch"),
        ),
    )
    .values(last_sign_in_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person is in."""

    session: IssuedSession
    user: UserCard


@dataclass(frozen=True, slots=True)
class Continued:
    """A further step is needed: `second_factor_required`, with the one method set up, or `new_password_required`."""

    status: str
    sign_in_id: str
    methods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Person:
    """Whom the identifier leads to, with the places they have, and the one this sign-in is for."""

    user: Any | None
    places: Sequence[Any] = ()
    place: Any | None = None


class _Overtaken(Exception):
    """Account or membership changed between reading and writing; what was judged no longer holds."""


def sign_in(
    uow: UnitOfWork, identifier: str, password: str, *, company: str | None = None, ask_second_factor: bool = False
) -> SignedIn | Continued | Refused:
    """Sign in, or the one reason why not.

    Reads, hashes, then writes: session, attempt and event in one transaction, on condition that neither
    account nor membership changed meanwhile; else it is judged again, by what is true then.
    """
    uow.attempt.identifier = identifier
    while True:
        with suppress(_Overtaken):
            return _sign_in(uow, identifier, password, company, ask_second_factor)


def _sign_in(
    uow: UnitOfWork, identifier: str, password: str, company: str | None, ask_second_factor: bool
) -> SignedIn | Continued | Refused:
    person, facts = _gather(uow, identifier, password, company, ask_second_factor)
    decision = decide(facts, uow.policy, uow.now)
    with uow.writing():
        if isinstance(decision, Refused):
            return _refuse(uow, decision)
        if person.user is None or person.place is None:
            raise LookupError("nobody was let in")
        if not isinstance(decision, Granted):
            return _go_on(uow, person.user, person.place, decision)
        return _enter(uow, person.user, person.place, person.places, decision)


def _gather(
    uow: UnitOfWork, identifier: str, password: str, company: str | None, ask_second_factor: bool
) -> tuple[_Person, SignInFacts]:
    person, known_as = _find(uow, identifier)
    user = person.user
    if user is not None:
        uow.attempt.user_id = user.id
        person = _with_places(uow, user, company)
        if any(place.role in uow.preset.roles_without_password for place in person.places):
            known_as = KnownAs.UNKNOWN
    subject = spaceless(identifier) if user is None else user.id
    throttled_until = throttles.count_first(uow, "password", [subject])
    matched = passwords.match(uow, password, user)
    return person, SignInFacts(
        known_as=known_as,
        spelling=Spelling.EXACT if user is None else compare(identifier, user.found_as, uow.policy.identifiers),
        status=None if user is None else user.status,
        password=matched,
        throttled_until=throttled_until,
        standing=_standing(person.place),
        second_factor=None if user is None else _method(user),
        ask_second_factor=ask_second_factor,
        circumstances=uow.around,
    )


def _find(uow: UnitOfWork, identifier: str) -> tuple[_Person, KnownAs]:
    """Whom the typed text leads to, also when it is right but for spaces, and in which sense."""
    user = directory.find(uow, identifier) or directory.find(uow, spaceless(identifier))
    if user is None:
        buried = directory.find_buried(uow, identifier)
        uow.attempt.user_id = buried
        return _Person(None), KnownAs.UNKNOWN if buried is None else KnownAs.DELETED
    if user.found_in == "secondary":
        return _Person(user), KnownAs.SECONDARY_ADDRESS
    return _Person(user), KnownAs.MAIN_ADDRESS if user.found_in == "main" else KnownAs.USERNAME


def _with_places(uow: UnitOfWork, user: Any, company: str | None) -> _Person:
    places = directory.memberships(uow, user.id)
    facts = [_place_facts(place) for place in places]
    chosen = choose(facts, company)
    return _Person(user, places, None if chosen is None else places[facts.index(chosen)])


def _place_facts(place: Any) -> MembershipFacts:
    cause = RevocationCause.DEACTIVATED if place.cause == RevocationCause.DEACTIVATED else RevocationCause.REVOKED
    return MembershipFacts(place.company_id, place.role, place.access, cause)


def _standing(place: Any | None) -> Standing:
    return standing(None if place is None else _place_facts(place))


def _method(user: Any) -> FactorMethod | None:
    if user.second_factor is None or (user.second_factor == FactorMethod.TOTP and not user.totp_confirmed):
        return None
    return FactorMethod(user.second_factor)


def _refuse(uow: UnitOfWork, decision: Refused) -> Refused:
    uow.attempt.refuse(decision, uow.policy, uow.preset)
    uow.note("sign_in", subject=uow.attempt.user_id, outcome="refused", reason=decision.reason.code)
    return decision


def _go_on(uow: UnitOfWork, user: Any, place: Any, decision: SecondFactorRequired | NewPasswordRequired) -> Continued:
    asks_factor = isinstance(decision, SecondFactorRequired)
    status = "second_factor_required" if asks_factor else "new_password_required"
    reason = decision.reason.code if isinstance(decision, SecondFactorRequired) else None
    token = pending_sign_ins.issue(uow, user, place, needs="second_factor" if asks_factor else "new_password")
    uow.attempt.go_on(200, status, reason=reason, checks=decision.checks)
    uow.note("sign_in", subject=user.id, actor=user.id, outcome="continued", next=status)
    return Continued(status, token, (user.second_factor,) if asks_factor else ())


def _enter(uow: UnitOfWork, user: Any, place: Any, places: Sequence[Any], decision: Granted) -> SignedIn:
    unchanged = _SIGNED_IN.run(
        uow.connection,
        {
            "user_key": user.key,
            "user_epoch": user.epoch,
            "company": place.company_id,
            "place_epoch": place.epoch,
            "now": uow.now,
        },
    )
    if unchanged != 1:
        raise _Overtaken
    throttles.forgive(uow, "password", user.id)
    session = sessions.issue(uow, user, place, places)
    uow.attempt.succeed(201, "signed_in", checks=decision.checks)
    uow.note("sign_in", subject=user.id, actor=user.id, outcome="succeeded", session=session.id)
    return SignedIn(session, directory.card(uow, user, places, last_sign_in_at=uow.now))
