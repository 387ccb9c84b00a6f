"""Judges orders about a person's details, invitations, second factor and sessions (A22, C8-C10, overall rule 3)."""

from collections.abc import Collection

from logindrill.rules.decisions import Refused
from logindrill.rules.flows import Flow
from logindrill.rules.invitations import InvitationMethod, InvitedFacts, judge_resend
from logindrill.rules.orders.facts import OrderFacts
from logindrill.rules.roles import Permission

CONSENT = "opted_out"
"""The one field of a person that is noted for the company and not the person's own (B2)."""


def judge_change(facts: OrderFacts, fields: Collection[str]) -> None:
    """Change these fields of a person; their name, username, addresses and phones are their own (overall rule 3)."""
    facts.require_reach(Permission.USERS_EDIT)
    own = sorted(set(fields) - {CONSENT}, key=lambda field: field == "name")
    if own:
        facts.leave_to_person(own[0])


def refusal_of_change(facts: OrderFacts, fields: Collection[str]) -> Refused | None:
    """Why these fields may not be changed; None where they may."""
    try:
        judge_change(facts, fields)
    except Refused as refused:
        return refused
    return None


def judge_least_change(facts: OrderFacts) -> None:
    """Change at least one field of a person: the consent to messages, where the service keeps it."""
    has_consent = Flow.CONFIRMATION_CODES in facts.offer.flows
    judge_change(facts, {CONSENT} if has_consent else {"name"})


def judge_resending(facts: OrderFacts) -> None:
    """Send the invitation again by e-mail, to the person's own address; many companies do not matter (C10)."""
    _judge_invitation(facts, InvitationMethod.EMAIL)


def judge_temporary_password(facts: OrderFacts) -> None:
    """Generate a temporary password, which whoever generates it knows: never for somebody of two companies (C10)."""
    _judge_invitation(facts, InvitationMethod.TEMPORARY_PASSWORD)


def judge_revoking_invitations(facts: OrderFacts) -> None:
    """Have the person's links and temporary passwords die (S5)."""
    facts.require_reach(Permission.USERS_INVITE)


def judge_unlocking(facts: OrderFacts) -> None:
    """Lift the lock, which is what keeps others from guessing the password (D14, overall rule 3)."""
    facts.require_reach(Permission.USERS_EDIT)
    facts.leave_to_person("lock")


def judge_removing_factor(facts: OrderFacts) -> None:
    """Remove the second factor of somebody else; one's own needs fresh proof (overall rule 3)."""
    facts.require_reach(Permission.USERS_EDIT)
    facts.forbid_own_account()
    facts.leave_to_person("second_factor")


def judge_ending_sessions(facts: OrderFacts) -> None:
    """End the sessions of the person that are within reach: those of the actor's company, all of them for support."""
    facts.require_reach(Permission.USERS_SESSIONS)


def judge_publishing(facts: OrderFacts) -> None:
    """Publish a message to the person, or take it back (B9)."""
    facts.require_reach(Permission.PUBLICATIONS_PUBLISH)


def _judge_invitation(facts: OrderFacts, method: InvitationMethod) -> None:
    facts.require_reach(Permission.USERS_INVITE)
    invited = InvitedFacts(facts.subject.status, facts.subject.role, facts.subject.memberships)
    judge_resend(invited, method, facts.offer.role_of_second_company)
