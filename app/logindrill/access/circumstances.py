"""Applies the circumstances of a call before a service runs: faults, the client's conditions, and its connection.

Where a sandbox has neither conditions nor faults, nothing is read from the database.
"""

from collections.abc import Iterable, Sequence

from logindrill.adapters.hashing import digest
from logindrill.credentials import devices, pending_sign_ins
from logindrill.models import Condition, Fault, PendingSignIn, Session
from logindrill.people import contacts, directory
from logindrill.rules import conditions, connection, faults
from logindrill.rules.delivery import Channel
from logindrill.rules.durations import parse_duration
from logindrill.rules.findings import follow
from logindrill.rules.reasons import BROWSER_UNSUPPORTED, HOTSPOT, OFFLINE, STALE_CACHE
from logindrill.rules.values import replace
from logindrill.work.unit_of_work import UnitOfWork

NEVER_THERE = frozenset({OFFLINE, HOTSPOT, BROWSER_UNSUPPORTED, STALE_CACHE})
"""With these reasons the call never reaches the service: it is recorded as an event, not as an attempt (A30-A32)."""

_JUDGED_BY_SERVICE = frozenset({"sign_in", "pass_second_factor", "use_confirmation_code"})
"""Operations whose own rule judges the connection too, so that a refusal also lists the other causes."""


def trigger_fault(uow: UnitOfWork, user_id: str | None) -> faults.Effect | None:
    """The effect of the first armed fault that matches this call; every matching fault counts the call exactly once."""
    if not uow.has_faults:
        return None
    with uow.counting():
        striking = strike(uow, armed_faults(uow), uow.action.operation, user_id)
    if striking is None:
        return None
    uow.attempt.request["fault"] = striking.id
    return striking.effect


def strike(
    uow: UnitOfWork, armed: Iterable[faults.FaultFacts], operation: str, user_id: str | None
) -> faults.FaultFacts | None:
    """The first of these faults that is due at this call, in the open transaction; each that matches counts it."""
    call = faults.CallFacts(
        operation,
        str(uow.action.request.get("method", "")),
        str(uow.action.request.get("path", "")),
        uow.action.caller.client.value,
        user_id,
    )
    met = faults.matching(armed, call)
    striking = met[-1] if met and met[-1].is_due else None
    for fault in met:
        counted = uow.update(Fault).where(Fault.id == fault.id)
        uow.connection.execute(counted.values(met=Fault.met + 1, hits=Fault.hits + int(fault is striking)))
    return striking


def resolve_circumstances(uow: UnitOfWork, user_id: str | None) -> None:
    """Determine the circumstances of the call and store them in the unit of work; conditions override headers."""
    caller = uow.action.caller
    if not uow.has_conditions:
        uow.circumstances = conditions.ordinary(caller)
        return
    device = devices.shown_to(uow, user_id)
    device_id = None if device is None else device.id
    subject = conditions.ConditionSubject(user_id, caller.client, device_id, caller.installation_id)
    sets = conditions.prevailing(known_conditions(uow), subject)
    if sets:
        uow.attempt.request["conditions"] = sets
    caller, uow.circumstances = conditions.override(caller, sets)
    uow.action = replace(uow.action, caller=caller)


def require_connection(uow: UnitOfWork, *, vpn_counts: bool) -> None:
    """Raise Refused where the client's connection does not reach the service.

    A call that never reached it leaves only an event.
    """
    _, refused = follow(connection.findings(uow.circumstances, uow.policy, vpn_counts=vpn_counts))
    if refused is None or (refused.reason not in NEVER_THERE and uow.action.operation in _JUDGED_BY_SERVICE):
        return
    raise refused


def is_stopped(uow: UnitOfWork) -> bool:
    """Whether the connection blocks a sign-in, one of its steps or a confirmation: then nothing is counted or used
    up.
    """
    return connection.judge(uow.circumstances, uow.policy, vpn_counts=True) is not None


def person_behind(uow: UnitOfWork, typed: Sequence[str], sign_in_id: str | None) -> str | None:
    """The person whom the call is about: the holder of its session or pending sign-in, or the owner of the typed
    identifier.
    """
    token = uow.action.access_token
    if token is not None:
        held = uow.select(Session.user_id).where(Session.digest == digest(token))
        found = uow.connection.scalar(held)
        if found is not None:
            return found
    if sign_in_id is not None:
        return _of_pending(uow, sign_in_id)
    return next((found for text in typed if (found := _of_typed(uow, text)) is not None), None)


def armed_faults(uow: UnitOfWork, *, of_tokens: bool = False) -> list[faults.FaultFacts]:
    """What the rules judge the sandbox's faults by, the first armed one first: those that answer or delay a call, or
    those that falsify tokens.
    """
    rows = uow.session.scalars(uow.select(Fault).order_by(Fault.key)).all()
    found = [faults.FaultFacts(row.id, _effect(row.effect), row.match, row.skip, row.times, row.met) for row in rows]
    return [fault for fault in found if (fault.effect.token is not None) is of_tokens]


def known_conditions(uow: UnitOfWork) -> list[conditions.ConditionFacts]:
    """What the rules judge the sandbox's conditions by, whoever they are for; newest first."""
    statement = uow.select(Condition.match, Condition.circumstances).order_by(Condition.key.desc())
    rows = uow.connection.execute(statement).all()
    return [conditions.ConditionFacts(conditions.Match(**row.match), row.circumstances) for row in rows]


def _effect(written: dict[str, object]) -> faults.Effect:
    """The effect as it is stored with a fault."""
    values = dict(written)
    for name in ("latency", "retry_after"):
        if values.get(name) is not None:
            values[name] = parse_duration(values[name], name)
    return faults.Effect(**values)  # type: ignore[arg-type]


def _of_pending(uow: UnitOfWork, sign_in_id: str) -> str | None:
    value = uow.runtime.signer.read(pending_sign_ins.PURPOSE, sign_in_id)
    if value is None:
        return None
    return uow.connection.scalar(uow.select(PendingSignIn.user_id).where(PendingSignIn.digest == digest(value)))


def _of_typed(uow: UnitOfWork, text: str) -> str | None:
    user = directory.find_but_for_spaces(uow, text)
    if user is not None:
        return user.id
    return contacts.find(uow, contacts.TypedIdentifier(text, Channel.SMS)).user_id or None
