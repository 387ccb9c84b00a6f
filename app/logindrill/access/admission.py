"""Ends a successful sign-in: issues the session, or names the next step that the sign-in still needs."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import bindparam, exists, update

from logindrill.access import throttles
from logindrill.credentials import sessions
from logindrill.credentials.devices import IssuedDevice
from logindrill.credentials.sessions import IssuedSession
from logindrill.models import Membership, User
from logindrill.people import directory
from logindrill.people.directory import UserCard
from logindrill.people.rows import MembershipRow, StoredMembership, StoredUser
from logindrill.rules.applications.authentication import PASSWORD
from logindrill.work.statements import PreparedWrite
from logindrill.work.unit_of_work import UnitOfWork

_SIGNED_IN = PreparedWrite(
    update(User)
    .where(
        User.key == bindparam("user_key"),
        User.epoch == bindparam("user_epoch"),
        exists().where(
            Membership.user_id == User.id,
            Membership.company_id == bindparam("company"),
            Membership.epoch == bindparam("current_membership_epoch"),
        ),
    )
    .values(last_sign_in_at=bindparam("now"))
)


class Admission(Struct, frozen=True):
    """The person is signed in; `device` is there where it was newly trusted in this very call."""

    session: IssuedSession
    user: UserCard
    device: IssuedDevice | None = None

    @property
    def device_token(self) -> str | None:
        """The token of the newly trusted device."""
        return None if self.device is None else self.device.token

    @property
    def browser_tokens(self) -> tuple[str, ...]:
        """The device tokens that a browser keeps from now on; none where nothing changes."""
        return () if self.device is None else self.device.browser_tokens


class Continued(Struct, frozen=True):
    """A further step is needed: `second_factor_required`, with the one method that is set up, or
    `new_password_required`.
    """

    status: str
    sign_in_id: str
    methods: tuple[str, ...] = ()


class Proof(Struct, frozen=True):
    """What the session stores of how it was reached: the trusted device, and when the second factor was passed."""

    device_id: str | None = None
    factor_passed_at: datetime | None = None
    methods: str = PASSWORD
    """How the person signed in, as `rules/applications/authentication` says."""
    new_device: IssuedDevice | None = None


class StaleRead(Exception):
    """The account or membership changed between reading and writing, so the decision is no longer valid."""


NO_PROOF = Proof()


def admit(
    uow: UnitOfWork,
    user: StoredUser,
    membership: StoredMembership,
    memberships: Sequence[MembershipRow],
    proof: Proof = NO_PROOF,
) -> Admission:
    """A session for a person who passed every step; `membership` is the one they sign in with.

    Raises StaleRead where the account or membership changed after it was read.
    """
    unchanged = _SIGNED_IN.run(
        uow,
        {
            "user_key": user.key,
            "user_epoch": user.epoch,
            "company": membership.company_id,
            "current_membership_epoch": membership.epoch,
            "now": uow.now,
        },
    )
    if unchanged != 1:
        raise StaleRead
    throttles.reset(uow, "password", user.id)
    session = sessions.issue(
        uow,
        user,
        membership,
        memberships,
        device_id=proof.device_id,
        proven_at=proof.factor_passed_at,
        methods=proof.methods,
    )
    card = directory.card(uow, user, memberships, last_sign_in_at=uow.now)
    return Admission(session, card, proof.new_device)
