"""A sign-in without a company leads to the earliest usable one."""

from logindrill.rules.lifecycle import MembershipAccess
from logindrill.rules.memberships import (
    REASON_OF,
    MembershipFacts,
    MembershipStanding,
    RevocationCause,
    choose,
    standing,
)

NORTH = MembershipFacts("north", "customer")
SOUTH = MembershipFacts("south", "customer")
CLOSED = MembershipFacts("closed", "customer", MembershipAccess.REVOKED, RevocationCause.REVOKED)
LEFT = MembershipFacts("left", "member", MembershipAccess.REVOKED, RevocationCause.DEACTIVATED)


def test_without_a_company_the_earliest_usable_one_is_meant() -> None:
    assert choose([CLOSED, NORTH, SOUTH], None) == NORTH


def test_where_none_is_usable_the_earliest_answers() -> None:
    assert choose([CLOSED, LEFT], None) == CLOSED


def test_a_named_company_is_meant_even_if_it_is_closed() -> None:
    assert choose([NORTH, CLOSED], "closed") == CLOSED


def test_somebody_elses_company_and_no_company_are_alike() -> None:
    assert choose([NORTH], "elsewhere") is None
    assert choose([], None) is None


def test_how_a_person_stands_in_a_company() -> None:
    assert standing(NORTH) is MembershipStanding.USABLE
    assert standing(CLOSED) is MembershipStanding.REVOKED
    assert standing(LEFT) is MembershipStanding.DEACTIVATED
    assert standing(None) is MembershipStanding.NOT_IN_COMPANY
    assert set(REASON_OF) == set(MembershipStanding) - {MembershipStanding.USABLE}
