"""A merger moves memberships, and raises no role."""

from logindrill.rules.memberships import MembershipFacts
from logindrill.rules.merging import MergePlan, plan


def test_memberships_move_unless_the_survivor_has_one_there() -> None:
    carl = [MembershipFacts("north", "customer"), MembershipFacts("south", "customer")]
    assert plan(carl, [MembershipFacts("north", "customer")]) == MergePlan(moving=("south",), sleeping=("north",))


def test_a_merger_hands_on_no_role_above_customer() -> None:
    carl = [MembershipFacts("north", "customer"), MembershipFacts("south", "professional")]
    assert plan(carl, [MembershipFacts("north", "customer")]).moving == ()
