"""Decides what happens to the memberships when two accounts of one customer are merged (C11, C13)."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.memberships import MembershipFacts
from logindrill.rules.roles import RoleName


class MergePlan(Struct, frozen=True):
    """The memberships of the merged person: those in `moved` go to the survivor, the others are suspended."""

    moving: tuple[str, ...]
    sleeping: tuple[str, ...]


def plan(merged: Sequence[MembershipFacts], survivor: Sequence[MembershipFacts]) -> MergePlan:
    """Which memberships move. Where both belong the survivor's role wins, and no role above customer is handed on
    (S50: a merger never raises a role)."""
    shared = {membership.company for membership in survivor}
    moving = [m.company for m in merged if m.company not in shared and m.role == RoleName.CUSTOMER]
    return MergePlan(tuple(moving), tuple(m.company for m in merged if m.company not in moving))


@dataclass(frozen=True, slots=True)
class SurvivingAccount:
    """The account at the end of the mergers: its id, name and status, and what its holder types to sign in."""

    id: str
    name: str
    status: UserStatus
    signs_in_as: tuple[str, ...]
