"""Decides whether to advise sending a link again, opening the newest one, or waiting for a late message."""

from datetime import timedelta

from logindrill.explain import whereabouts
from logindrill.explain.cards import Found
from logindrill.explain.people import Person
from logindrill.explain.situations import Situation
from logindrill.models import LinkPurpose
from logindrill.rules import password_resets
from logindrill.rules.delivery import PROMISED_WITHIN, Channel, MessageKind, is_overdue
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.password_resets import ResetRequestFacts
from logindrill.rules.passwords import NONE_IS_SET
from logindrill.rules.reasons import EMAIL_TAKEN, MORE_THAN_ONE_COMPANY, About
from logindrill.rules.sign_in_facts import KnownAs


def has_live_link(situation: Situation, _found: Found) -> bool:
    """A link that was sent and counts; of an unknown link nobody knows for whom it was, so any that counts will do."""
    purpose = situation.purpose or LinkPurpose.ACTIVATION
    people = [situation.person] if situation.person else Person.holders_of_links(situation.uow)
    return any(_reaches(person, purpose) for person in people)


def has_live_invitation(situation: Situation, _found: Found) -> bool:
    """An invitation that was sent and counts."""
    return situation.person is not None and _reaches(situation.person, LinkPurpose.ACTIVATION)


def asks_reset(situation: Situation, found: Found) -> bool:
    """Another reset is asked for: of a reset, or by whoever has a password that a used link set."""
    if not is_sent_again(situation, found):
        return False
    is_reset = situation.purpose is LinkPurpose.PASSWORD_RESET
    if is_reset and _is_worse_than_newest(situation, found):
        return False
    return is_reset or (found.reason.code == "link_used" and may_reset(situation, found))


def resends(situation: Situation, found: Found) -> bool:
    """An invited person gets a new link; of the active ones, customers do, whose link sets a new password (C10)."""
    person = situation.person
    if not is_sent_again(situation, found):
        return False
    if situation.purpose is LinkPurpose.ACTIVATION and _is_worse_than_newest(situation, found):
        return False
    if person is None:
        return situation.purpose is LinkPurpose.ACTIVATION
    if person.status is not UserStatus.ACTIVE or not person.addresses:
        return bool(person.addresses)
    if found.reason is EMAIL_TAKEN:
        return False
    is_other_mail = situation.message is not None and situation.purpose is not LinkPurpose.ACTIVATION
    is_of_reset = situation.purpose is LinkPurpose.PASSWORD_RESET or _was_set_by_link(situation, found)
    is_of_other_order = found.reason is MORE_THAN_ONE_COMPANY and bool(found.check)
    return not (is_other_mail or is_of_reset or is_of_other_order or _has_another_password(found))


def is_worth_waiting(situation: Situation, _found: Found) -> bool:
    """The message arrives while what it carries counts, and is not late beyond what is promised for its kind (A23)."""
    message = situation.message
    if message is None:
        return True
    is_late = message.kind in PROMISED_WITHIN and is_overdue(message.kind, message.issued_at, situation.uow.now)
    return not is_late and whereabouts.arrives_in_time(situation.person, message)


def is_sent_again(situation: Situation, found: Found) -> bool:
    """Of a message that is late: whether waiting for it is of no use."""
    return found.reason.code != "mail_delayed" or not is_worth_waiting(situation, found)


def are_codes_late(situation: Situation, found: Found) -> bool:
    """The sandbox lets every code take longer than is promised, so that another one would be late too (A23)."""
    message, delay = situation.message, situation.uow.policy.otp.delay
    if message is None or message.kind not in PROMISED_WITHIN or not is_sent_again(situation, found):
        return False
    return isinstance(delay, timedelta) and delay > PROMISED_WITHIN[message.kind]


def is_eaten(situation: Situation, found: Found) -> bool:
    """Opening alone uses links up still, so that another link would end like this one."""
    return found.reason.code == "link_used" and situation.uow.policy.links.used_by_get and bool(_opener(situation))


def is_eaten_by_scanner(situation: Situation, found: Found) -> bool:
    """It was a mail scanner that opened the link."""
    return is_eaten(situation, found) and _opener(situation) == "link.open_by_scanner"


def may_reset(situation: Situation, _found: Found) -> bool:
    """Whether a reset would be sent."""
    person = situation.person
    if person is None:
        return False
    addresses = [row.address for row in person.addresses]
    asked = ResetRequestFacts(KnownAs.MAIN_ADDRESS, person.status, addresses, is_contact=person.is_contact)
    return not password_resets.judge(asked)


def _is_worse_than_newest(situation: Situation, found: Found) -> bool:
    """Another link would be held back by a delivery rule, while the newest one is within reach."""
    person, purpose = situation.person, situation.purpose
    if person is None or purpose is None or person.main_address is None or found.reason.about is About.MESSAGE:
        return False
    kind = MessageKind(purpose.value)
    rule = situation.rule_that_holds(person.main_address, Channel.EMAIL, kind)
    return rule is not None and _reaches(person, purpose)


def _reaches(person: Person, purpose: LinkPurpose) -> bool:
    return person.has_live_link(purpose) and whereabouts.is_within_reach(person, MessageKind(purpose.value))


def _was_set_by_link(situation: Situation, found: Found) -> bool:
    """Whoever used the link as it is meant has a password since."""
    return found.reason.code == "link_used" and _opener(situation) is None


def _has_another_password(found: Found) -> bool:
    """The one that was typed is wrong, and there is a right one: nobody needs to hand over any."""
    return found.reason.code == "wrong_password" and found.evidence != NONE_IS_SET


def _opener(situation: Situation) -> str | None:
    purpose, person = situation.purpose, situation.person
    return None if purpose is None or person is None else person.opener_of_link(purpose)
