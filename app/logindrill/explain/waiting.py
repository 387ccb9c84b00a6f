"""Builds API calls that avoid a wait: deliver a message now, or move the clock to the end of a limit."""

from datetime import datetime, timedelta

from logindrill.explain.cards import Apply, Found
from logindrill.explain.situations import Situation
from logindrill.models import WrongEntry
from logindrill.rules.delivery import Disposition, MessageKind
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
    """Move the clock to when the person may try again what was tried too often, from the same place too."""
    policy, person = situation.uow.policy.throttling, situation.person
    if person is None:
        return None
    counted = [person.entries(counted_as(situation)), *_of_places(situation).values()]
    ends = (blocked_until(tries, policy.failures, policy.window, situation.uow.now) for tries in counted)
    until = max((end for end in ends if end is not None), default=None)
    return None if until is None else _advance(situation, until)


def may_unlock(situation: Situation, _found: Found) -> bool:
    """Whether the tries are counted against an account alone: nobody lifts the limit of an address that is nobody's, or
    of a network address."""
    if situation.person is None:
        return False
    policy, now = situation.uow.policy.throttling, situation.uow.now
    tries = _of_places(situation).values()
    return not any(blocked_until(each, policy.failures, policy.window, now) for each in tries)


def counted_as(situation: Situation) -> str:
    """As what the tries of the explained call are counted (D14)."""
    person = situation.person
    usual = "confirmation_code" if person is not None and person.is_contact else "password"
    asked_by = situation.operation if situation.message is None else _ASKED_BY.get(situation.message.kind, "")
    return _COUNTED_AS.get(asked_by, usual)


def _of_places(situation: Situation) -> dict[str, list[datetime]]:
    """When such tries were made from each network address."""
    uow = situation.uow
    own = (WrongEntry.purpose == counted_as(situation), WrongEntry.subject.startswith("source:"))
    found: dict[str, list[datetime]] = {}
    for subject, at in uow.session.execute(uow.select(WrongEntry.subject, WrongEntry.at).where(*own)):
        found.setdefault(subject, []).append(at)
    return {subject: sorted(times) for subject, times in found.items()}


def wait_for_codes(situation: Situation, _found: Found) -> Apply | None:
    """Move the clock to when codes may be entered again."""
    policy = situation.uow.policy.codes
    is_contact = situation.person is not None and situation.person.is_contact
    purpose = "confirmation" if is_contact else "second_factor"
    return _wait(situation, purpose, policy.account_attempts, policy.account_window)


def wait_for_next_code(situation: Situation, _found: Found) -> Apply | None:
    """Move the clock to when the authenticator app shows its next code."""
    return _advance(situation, begin_of(step_at(situation.uow.now) + 1))


_COUNTED_AS = {
    "request_password_reset": "password_reset",
    "request_sign_in_code": "second_factor_code",
    "request_confirmation_code": "confirmation_code",
}
"""As what the tries of an operation are counted; those of the others are passwords."""
_ASKED_BY = {
    MessageKind.PASSWORD_RESET: "request_password_reset",
    MessageKind.SECOND_FACTOR_CODE: "request_sign_in_code",
    MessageKind.CONFIRMATION_CODE: "request_confirmation_code",
}


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
