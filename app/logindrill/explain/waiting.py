"""Builds API calls that avoid a wait: deliver a message now, or move the clock to the end of a limit."""

from datetime import datetime, timedelta

from logindrill.explain.cards import Apply, Found
from logindrill.explain.situations import Situation
from logindrill.rules.delivery import Disposition
from logindrill.rules.factors import begin_of, step_at
from logindrill.rules.throttling import blocked_until


def deliver(situation: Situation, _found: Found) -> Apply | None:
    """Deliver the message now; nothing can be done for one that was never sent."""
    message = situation.message
    if message is None or message.disposition is Disposition.NOT_SENT:
        return None
    body = {"disposition": "inbox", "deliver_at": _text(situation.uow.now)}
    return Apply("PATCH", f"{situation.sandbox_path}/messages/{message.id}", body)


def wait_for_message(situation: Situation, _found: Found) -> Apply | None:
    """Move the clock to the arrival of the message."""
    return None if situation.message is None else _advance(situation, situation.message.deliver_at)


def wait_for_unlock(situation: Situation, _found: Found) -> Apply | None:
    """Move the clock to when passwords may be tried again."""
    policy = situation.uow.policy.throttling
    return _wait(situation, "password", policy.failures, policy.window)


def wait_for_codes(situation: Situation, _found: Found) -> Apply | None:
    """Move the clock to when codes may be entered again."""
    policy = situation.uow.policy.codes
    is_contact = situation.person is not None and situation.person.is_contact
    purpose = "confirmation" if is_contact else "second_factor"
    return _wait(situation, purpose, policy.account_attempts, policy.account_window)


def wait_for_next_code(situation: Situation, _found: Found) -> Apply | None:
    """Move the clock to when the authenticator app shows its next code."""
    return _advance(situation, begin_of(step_at(situation.uow.now) + 1))


def _wait(situation: Situation, purpose: str, limit: int, window: timedelta) -> Apply | None:
    if situation.person is None:
        return None
    until = blocked_until(situation.person.entries(purpose), limit, window, situation.uow.now)
    return None if until is None else _advance(situation, until)


def _advance(situation: Situation, to: datetime) -> Apply | None:
    if to <= situation.uow.now:
        return None
    return Apply("POST", f"{situation.sandbox_path}/clock/advance", {"to": _text(to)})


def _text(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
