"""Memberships at a sign-in: which company it leads to, and whether access there is granted (overall rule 3, C12)."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from logindrill.rules.lifecycle import MEMBERSHIP_TRANSITIONS, MembershipAccess, MembershipStep
from logindrill.rules.reasons import ACCESS_REVOKED, DEACTIVATED, NOT_IN_COMPANY, Reason


class RevocationCause(StrEnum):
    """Why a membership is revoked."""

    REVOKED = "revoked"
    DEACTIVATED = "deactivated"
    MERGED = "merged"
    """Suspended: the account was merged, and the survivor has a membership of its own in this company (C13)."""


class MembershipStanding(StrEnum):
    """The person's relation to the company of the sign-in."""

    USABLE = "usable"
    REVOKED = "revoked"
    DEACTIVATED = "deactivated"
    NOT_IN_COMPANY = "not_in_company"


class MembershipFacts(Struct, frozen=True):
    """One membership of the person who signs in."""

    company: str
    role: str
    access: MembershipAccess = MembershipAccess.GRANTED
    revoked_because: RevocationCause | None = None


def standing(membership: MembershipFacts | None) -> MembershipStanding:
    """How the person stands in the company of this membership; None where there is no membership."""
    if membership is None:
        return MembershipStanding.NOT_IN_COMPANY
    if MEMBERSHIP_TRANSITIONS[membership.access, MembershipStep.ENTER] is MembershipAccess.GRANTED:
        return MembershipStanding.USABLE
    is_deactivated = membership.revoked_because == RevocationCause.DEACTIVATED
    return MembershipStanding.DEACTIVATED if is_deactivated else MembershipStanding.REVOKED


def choose(memberships: Sequence[MembershipFacts], company: str | None) -> MembershipFacts | None:
    """The membership to sign in with, of those given earliest first: that of the company, if one is named,
    else the earliest usable one, else the earliest; None where there is none such."""
    if company is not None:
        return next((m for m in memberships if m.company == company), None)
    usable = (m for m in memberships if m.access == MembershipAccess.GRANTED)
    return next(usable, memberships[0] if memberships else None)


REASON_OF: dict[MembershipStanding, Reason] = {
    MembershipStanding.REVOKED: ACCESS_REVOKED,
    MembershipStanding.DEACTIVATED: DEACTIVATED,
    MembershipStanding.NOT_IN_COMPANY: NOT_IN_COMPANY,
}
EVIDENCE: dict[MembershipStanding, str] = {
    MembershipStanding.REVOKED: "access to the company is revoked",
    MembershipStanding.DEACTIVATED: "the person is deactivated in the company",
    MembershipStanding.NOT_IN_COMPANY: "the person does not belong to the company",
}
