"""Explains why one company is closed to a person while others are open, and what opens it (C12)."""

from collections.abc import Iterator
from dataclasses import dataclass

from logindrill.explain.cards import Cause, Found, RemedyCard, cause
from logindrill.explain.people import Person
from logindrill.explain.remedies import remedies
from logindrill.explain.situations import Situation
from logindrill.people.rows import membership_facts
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.memberships import EVIDENCE, REASON_OF, RevocationCause, standing


@dataclass(frozen=True, slots=True)
class ClosedCompany:
    """A company that refuses the person, with the cause and the remedies."""

    company: str
    name: str
    cause: Cause
    remedies: tuple[RemedyCard, ...]


def closed(person: Person) -> tuple[ClosedCompany, ...]:
    """Those of somebody who can sign in elsewhere, the earliest membership first.

    A membership that sleeps because of a merger is none of them (C13).
    """
    if person.status is not UserStatus.ACTIVE or not person.usable_memberships:
        return ()
    return tuple(_closed(person))


def _closed(person: Person) -> Iterator[ClosedCompany]:
    for membership in person.memberships:
        how = standing(membership_facts(membership))
        if how not in REASON_OF or membership.cause == RevocationCause.MERGED:
            continue
        found = Found(REASON_OF[how], "company", EVIDENCE[how])
        situation = Situation(
            person.uow,
            person,
            operation="sign_in",
            typed=person.signs_in_as,
            at=person.uow.now,
            request={"company": membership.company_id},
        )
        cures = remedies(situation, [found])
        yield ClosedCompany(membership.company_id, membership.company_name, cause(found), cures)
