"""Signs a person in with identifier and password (A3-A8, A24, C1, C7, C12)."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from msgspec import Struct

from logindrill.access import circumstances, throttles
from logindrill.access.admission import Admission, Continued, Proof, StaleRead, admit
from logindrill.credentials import devices, pending_sign_ins, temporary_passwords
from logindrill.credentials.devices import NOT_SHOWN, ShownDevice
from logindrill.credentials.temporary_passwords import PasswordEntry
from logindrill.people import directory, passwords
from logindrill.people.rows import MembershipRow, UserRow, membership_facts
from logindrill.rules.decisions import Granted, NewPasswordDecision, Refused, SecondFactorDecision
from logindrill.rules.factors import FactorMethod
from logindrill.rules.flows import Flow
from logindrill.rules.identifiers import Spelling, compare
from logindrill.rules.memberships import MembershipStanding, choose, standing
from logindrill.rules.sign_in import decide
from logindrill.rules.sign_in_facts import KnownAs, SignInFacts
from logindrill.rules.values import replace
from logindrill.work.unit_of_work import UnitOfWork

__all__ = ["Admission", "Continued", "sign_in"]


class _Person(Struct, frozen=True):
    """The person of the identifier: their memberships, the one of this sign-in, and the identifier as typed."""

    user: UserRow | None
    memberships: Sequence[MembershipRow] = ()
    membership: MembershipRow | None = None
    device: ShownDevice = NOT_SHOWN
    temporary_password_id: str | None = None

    def known(self) -> tuple[UserRow, MembershipRow]:
        """The user and the membership they sign in with; raises LookupError where one of them is missing."""
        if self.user is None or self.membership is None:
            raise LookupError("nobody was let in")
        return self.user, self.membership


def sign_in(
    uow: UnitOfWork, identifier: str, password: str, *, company: str | None = None, ask_second_factor: bool = False
) -> Admission | Continued | Refused:
    """Sign in, or return the one reason why not.

    It reads, hashes, then writes session, attempt and event in one transaction, on condition that neither account nor
    membership changed in the meantime; else it judges again by the present data.
    """
    uow.attempt.identifier = identifier
    if company is not None:
        uow.attempt.request["company"] = company
    while True:
        with suppress(StaleRead):
            return _sign_in(uow, identifier, password, company, ask_second_factor)


def _sign_in(
    uow: UnitOfWork, identifier: str, password: str, company: str | None, ask_second_factor: bool
) -> Admission | Continued | Refused:
    person, facts = _gather(uow, identifier, password, company, ask_second_factor)
    decision = decide(facts, uow.policy, uow.now)
    with uow.writing():
        if isinstance(decision, Refused):
            return _refuse(uow, decision)
        devices.forget(uow, person.known()[0].id, person.device)
        if not isinstance(decision, Granted):
            return _go_on(uow, person, decision)
        return _enter(uow, person, decision)


def _gather(
    uow: UnitOfWork, identifier: str, password: str, company: str | None, ask_second_factor: bool
) -> tuple[_Person, SignInFacts]:
    person, known_as = _find(uow, identifier)
    user = person.user
    if user is not None:
        uow.attempt.user_id = user.id
        person = _with_company(uow, user, company)
        if any(membership.role in uow.preset.roles_without_password for membership in person.memberships):
            known_as = KnownAs.UNKNOWN
    throttled_until = _throttle(uow, throttles.subject_of(user, identifier))
    typed = _match(uow, password, person)
    return replace(person, temporary_password_id=typed.id), SignInFacts(
        known_as=known_as,
        spelling=Spelling.EXACT if user is None else compare(identifier, user.found_as, uow.policy.identifiers),
        status=None if user is None else user.status,
        password=typed.password,
        temporary_password=typed.state,
        throttled_until=throttled_until,
        standing=_standing(person.membership),
        second_factor=None if user is None else _method(user),
        ask_second_factor=ask_second_factor,
        device=person.device.facts,
        circumstances=uow.circumstances,
    )


def _throttle(uow: UnitOfWork, subject: str) -> datetime | None:
    """Until when the subject is locked; the try is counted, unless the client's connection is blocked."""
    if not uow.policy.throttling.enabled:
        return None
    if circumstances.is_stopped(uow):
        return throttles.locked_until(uow, "password", [subject])
    return throttles.count_first(uow, "password", [subject])


def _match(uow: UnitOfWork, password: str, person: _Person) -> PasswordEntry:
    """One hash in every case; temporary passwords are read only where the preset has them.  (C8)"""
    if Flow.TEMPORARY_PASSWORDS not in uow.preset.offers:
        return PasswordEntry(passwords.match(uow, password, person.user))
    return temporary_passwords.match(uow, password, person.user, len(person.memberships))


def _find(uow: UnitOfWork, identifier: str) -> tuple[_Person, KnownAs]:
    """The person who has the typed identifier, also where only spaces differ, and the kind of identifier."""
    user = directory.find_but_for_spaces(uow, identifier)
    if user is None:
        buried = directory.find_deleted(uow, identifier)
        uow.attempt.user_id = buried
        return _Person(None), KnownAs.UNKNOWN if buried is None else KnownAs.DELETED
    if user.found_in == "secondary":
        return _Person(user), KnownAs.SECONDARY_ADDRESS
    return _Person(user), KnownAs.MAIN_ADDRESS if user.found_in == "main" else KnownAs.USERNAME


def _with_company(uow: UnitOfWork, user: UserRow, company: str | None) -> _Person:
    memberships = directory.memberships_of(uow, user.id)
    facts = [membership_facts(membership) for membership in memberships]
    chosen = choose(facts, company)
    membership = None if chosen is None else memberships[facts.index(chosen)]
    return _Person(user, memberships, membership, _device(uow, user))


def _device(uow: UnitOfWork, user: UserRow) -> ShownDevice:
    """The device is read only where it can matter: where a token was sent, or a factor may be asked for."""
    if not uow.action.caller.device_tokens and user.second_factor is None:
        return NOT_SHOWN
    return devices.recognise(uow, user)


def _standing(membership: MembershipRow | None) -> MembershipStanding:
    return standing(None if membership is None else membership_facts(membership))


def _method(user: UserRow) -> FactorMethod | None:
    return None if user.second_factor is None else FactorMethod(user.second_factor)


def _refuse(uow: UnitOfWork, decision: Refused) -> Refused:
    uow.attempt.refuse(decision, uow.policy, uow.preset)
    uow.note("sign_in", subject=uow.attempt.user_id, outcome="refused", reason=decision.reason.code)
    return decision


def _go_on(uow: UnitOfWork, person: _Person, decision: SecondFactorDecision | NewPasswordDecision) -> Continued:
    user, membership = person.known()
    asks_factor = isinstance(decision, SecondFactorDecision)
    status = "second_factor_required" if asks_factor else "new_password_required"
    reason = decision.reason.code if isinstance(decision, SecondFactorDecision) else None
    needs = pending_sign_ins.SECOND_FACTOR if asks_factor else pending_sign_ins.NEW_PASSWORD
    token = pending_sign_ins.issue(
        uow, user, membership, needs=needs, temporary_password_id=person.temporary_password_id
    )
    uow.attempt.go_on(200, status, reason=reason, checks=decision.checks)
    uow.note("sign_in", subject=user.id, actor=user.id, outcome="continued", next=status)
    return Continued(status, token, (user.second_factor or "",) if asks_factor else ())


def _enter(uow: UnitOfWork, person: _Person, decision: Granted) -> Admission:
    device_id = person.device.id if person.device.is_trusted else None
    outcome = admit(uow, *person.known(), person.memberships, Proof(device_id))
    uow.attempt.succeed(201, "signed_in", checks=decision.checks)
    user_id = outcome.user.id
    uow.note("sign_in", subject=user_id, actor=user_id, outcome="succeeded", session=outcome.session.id)
    return outcome
