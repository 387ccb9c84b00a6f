"""Decides which remedies fit a wrong entry: of a sent code, a second password, or an authenticator app's code."""

from logindrill.explain import whereabouts
from logindrill.explain.cards import Found
from logindrill.explain.situations import Situation
from logindrill.rules.delivery import Channel, MessageKind
from logindrill.rules.factors import FactorMethod
from logindrill.rules.passwords import NONE_IS_SET
from logindrill.rules.throttling import blocked_until


def asks_code(situation: Situation, _found: Found) -> bool:
    """A new code would be sent; not for a message of another kind, nor to whom none is sent."""
    is_other_mail = situation.message is not None and not situation.message.kind.value.endswith("_code")
    return not is_other_mail and not types_what_is_never_sent(situation) and not _has_guessed_too_often(situation)


def may_retype_code(situation: Situation, found: Found) -> bool:
    """There is something that the code can be typed into: a live code, or a sign-in that waits for the app's."""
    if has_app(situation) and found.reason.code == "used_code":
        return False
    if has_app(situation):
        return not _is_at_factor(situation) or (situation.person is not None and situation.person.has_waiting_sign_in)
    return has_live_code(situation, found)


def may_retype_password(situation: Situation, found: Found) -> bool:
    """Where there is a password; a second one is typed where a sign-in waits for it."""
    if found.check == "second_factor":
        return situation.person is not None and situation.person.has_waiting_sign_in
    return found.check not in {"identifier", "spelling"} and found.evidence != NONE_IS_SET


def starts_over(situation: Situation, found: Found) -> bool:
    """After too many entries of what is never sent, only another sign-in gives another chance; a link that only was
    opened has set no password to sign in with."""
    if found.reason.code == "link_used":
        purpose = situation.purpose
        return purpose is None or situation.person is None or not situation.person.opener_of_link(purpose)
    if found.reason.code in {"wrong_second_password", "wrong_code"}:
        return _is_at_factor(situation) and situation.person is not None and not situation.person.has_waiting_sign_in
    if found.reason.code != "too_many_code_attempts":
        return True
    return types_what_is_never_sent(situation) and not _has_guessed_too_often(situation)


def must_wait_for_codes(situation: Situation, _found: Found) -> bool:
    """So many wrong entries lie in the window that no code counts (rule 6)."""
    return _has_guessed_too_often(situation)


def has_live_code(situation: Situation, _found: Found) -> bool:
    """A code of theirs would count if it were typed now."""
    person = situation.person
    if person is None or not person.has_live_code:
        return False
    kind = MessageKind.CONFIRMATION_CODE if person.is_contact else MessageKind.SECOND_FACTOR_CODE
    return whereabouts.is_within_reach(person, kind)


def has_other_channel(situation: Situation, _found: Found) -> bool:
    """There is one to ask on instead."""
    return other_channel(situation) is not None


def other_channel(situation: Situation) -> str | None:
    """The channel that a code could be asked for on instead: one that the card has an address for, and on which no
    delivery rule would keep the code out of the inbox as well."""
    person = situation.person
    if person is None or len(situation.uow.preset.code_channels) < 2:
        return None
    if situation.message is not None and situation.message.kind is not MessageKind.CONFIRMATION_CODE:
        return None
    used = "" if situation.message is None else situation.message.channel.value
    main = person.main_address or next((row.address for row in person.addresses), None)
    reached = {Channel.EMAIL: main, Channel.SMS: next((row.number for row in person.numbers), None)}
    others = ((channel, to) for channel, to in reached.items() if to is not None and channel != used)
    return next((channel.value for channel, to in others if not _is_held(situation, to, channel)), None)


def _is_held(situation: Situation, to: str, channel: Channel) -> bool:
    return situation.rule_that_holds(to, channel, MessageKind.CONFIRMATION_CODE) is not None


def types_what_is_never_sent(situation: Situation) -> bool:
    """The second factor is a second password, or an authenticator app."""
    person = situation.person
    has_password = person is not None and person.row.second_factor == FactorMethod.SECOND_PASSWORD
    return has_password or has_app(situation)


def _is_at_factor(situation: Situation) -> bool:
    """At the second step of a sign-in, which too many entries of what is never sent have ended."""
    return situation.operation == "pass_second_factor" and types_what_is_never_sent(situation)


def has_app(situation: Situation) -> bool:
    """The authenticator app is the second factor, or is just being set up."""
    person = situation.person
    is_one = person is not None and person.row.second_factor == FactorMethod.TOTP
    return is_one or situation.operation == "confirm_second_factor"


def _has_guessed_too_often(situation: Situation) -> bool:
    person = situation.person
    if person is None:
        return False
    policy = situation.uow.policy.codes
    entries = person.entries("confirmation" if person.is_contact else "second_factor")
    return blocked_until(entries, policy.account_attempts, policy.account_window, situation.uow.now) is not None
