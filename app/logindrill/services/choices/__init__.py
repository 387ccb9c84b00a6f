"""What staff can do about a person now, and why not where they cannot; the services decide again on each order."""

from logindrill.services.choices.choice import Choice, Verdicts
from logindrill.services.choices.of_memberships import MembershipChoices
from logindrill.services.choices.reading import Choices, grantable, require, show

__all__ = ["Choice", "Choices", "MembershipChoices", "Verdicts", "grantable", "require", "show"]
