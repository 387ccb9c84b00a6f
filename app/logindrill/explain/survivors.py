"""Names the account that a merged one became part of, and how it signs in (C11)."""

from collections.abc import Iterable

from logindrill.explain.cards import Found
from logindrill.explain.people import Person
from logindrill.explain.situations import Situation
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.merging import SurvivingAccount
from logindrill.rules.reasons import MERGED
from logindrill.rules.values import replace


def last_of(person: Person | None) -> Person | None:
    """The person at the end of a chain of mergers, the same where there is none; None for an account that is gone."""
    seen: set[str] = set()
    while person is not None and person.status is UserStatus.MERGED and person.id not in seen:
        seen.add(person.id)
        person = Person.find(person.uow, person.row.merged_into)
    return person


def survivor_of(person: Person | None) -> SurvivingAccount | None:
    """The surviving account of a merged person; None for everybody else."""
    if person is None or person.status is not UserStatus.MERGED:
        return None
    survivor = last_of(person)
    if survivor is None or survivor.id == person.id:
        return None
    typed = (survivor.main_address, survivor.username)
    return SurvivingAccount(survivor.id, survivor.name, survivor.status, tuple(one for one in typed if one is not None))


def with_survivor(
    causes: Iterable[tuple[Situation, Found]], survivor: SurvivingAccount | None
) -> list[tuple[Situation, Found]]:
    """The causes, of which a merger says into which account and how that one signs in."""
    if survivor is None:
        return list(causes)
    signs_in = f", which signs in as {' or '.join(survivor.signs_in_as)}" if survivor.signs_in_as else ""
    said = f"the account was merged into {survivor.name} ({survivor.id}){signs_in}"
    return [(where, replace(found, evidence=said) if found.reason is MERGED else found) for where, found in causes]
