"""The facts by which an order is judged: who gives it, whom it is about, and what the service offers."""

from collections.abc import Collection

from msgspec import Struct, field

from logindrill.rules.decisions import Check, Refused
from logindrill.rules.flows import Flow
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.reasons import MORE_THAN_ONE_COMPANY, OWN_ACCOUNT
from logindrill.rules.roles import Permission, RoleName, keep_an_owner, require, require_reach


class ActorFacts(Struct, frozen=True):
    """Whoever gives the order, in the company of their session; `is_support`: they act in every company."""

    id: str
    role: RoleName
    permissions: Collection[str]
    is_support: bool = False


class SubjectFacts(Struct, frozen=True):
    """Whoever the order is about, with their membership in the company where it is given.

    `is_deactivated_here`: the person is deactivated in this company alone, for support in any of theirs.
    `memberships` counts all of theirs, revoked ones too, and `roles` names the roles in them; `other_active_owners`
    counts those who would remain in the company. `has_identifier`: a username or a main address is left to sign in
    with. `has_open_invitation`: an activation link or a temporary password still opens something. `merged_here`: the
    account was merged in the company of the actor.
    """

    id: str
    role: RoleName
    status: UserStatus = UserStatus.ACTIVE
    access: MembershipAccess = MembershipAccess.GRANTED
    cause: str | None = None
    is_deactivated_here: bool = False
    memberships: int = 1
    roles: tuple[RoleName, ...] = ()
    other_active_owners: int = 0
    has_factor: bool = False
    has_identifier: bool = True
    has_open_invitation: bool = False
    merged_into: str | None = None
    merged_here: bool = False

    @property
    def is_deactivated(self) -> bool:
        """Whether the account is deactivated, or the person in this company."""
        return self.status is UserStatus.DEACTIVATED or self.is_deactivated_here


class Offer(Struct, frozen=True):
    """What the service offers: its flows, the one role in which an account of another company may be added, and
    whether it locks an account after too many wrong passwords."""

    flows: Collection[Flow] = ()
    role_of_second_company: RoleName | None = None
    locks_accounts: bool = False


class OrderFacts(Struct, frozen=True):
    """All of it; the methods raise `Refused` where what they name does not hold."""

    actor: ActorFacts
    subject: SubjectFacts
    offer: Offer = field(default_factory=Offer)

    def require_reach(self, permission: Permission) -> None:
        """The actor has the permission, and the ladder lets them act on the subject (A25)."""
        require(permission, self.actor.permissions)
        require_reach(permission, self.actor.role, self.subject.role)

    def forbid_own_account(self) -> None:
        """The order is about somebody else (A25)."""
        if self.actor.id == self.subject.id:
            raise Refused(OWN_ACCOUNT)

    def keep_an_owner(self) -> None:
        """The company keeps an active owner (A25, S47)."""
        keep_an_owner(self.subject.role, self.subject.other_active_owners)

    def leave_to_person(self, own: str) -> None:
        """What is the person's own is changed by that person or by support alone, once they belong to another company
        too, granted or revoked (overall rule 3); `own` says what it is, such as `emails`."""
        is_free = self.actor.is_support or self.actor.id == self.subject.id or self.subject.memberships <= 1
        if not is_free:
            others = self.subject.memberships - 1
            evidence = f"memberships in other companies: {others}"
            raise Refused(MORE_THAN_ONE_COMPANY, (Check(own, False, evidence),))
