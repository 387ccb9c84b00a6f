"""Runs a service as one action; `read`, `order` and `attempt` differ in how they treat a refusal.

A reading service sees committed data and writes nothing. An order is done as a whole, or raises Refused and is rolled
back; the refusal is then recorded in a transaction of its own. An attempt is expected to fail: it returns its outcome,
and what it wrote is committed.
"""

from collections.abc import Callable
from itertools import starmap
from typing import Concatenate, ParamSpec, TypeVar

from logindrill.rules.decisions import Check, Finding, Invalid, Refused
from logindrill.rules.reasons import FAULT, FIELD_INVALID, FIELD_REASONS
from logindrill.work.unit_of_work import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")


def read(uow: UnitOfWork, service: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a service that writes nothing; a refusal is still recorded."""
    try:
        return service(uow, *args, **kwargs)
    except (Refused, Invalid) as refusal:
        record(uow, refusal)
        raise
    finally:
        uow.release()


def order(uow: UnitOfWork, service: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a service in one write transaction: it is done as a whole, or refused, rolled back and recorded."""
    try:
        with uow.writing():
            return service(uow, *args, **kwargs)
    except (Refused, Invalid) as refusal:
        record(uow, refusal)
        raise


def attempt(
    uow: UnitOfWork, service: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run a service that reads, hashes, and then opens its own write transaction.

    What it returns is committed, also when it is a refusal; what it raises was rolled back and is recorded here.
    """
    try:
        outcome = service(uow, *args, **kwargs)
    except (Refused, Invalid) as refusal:
        record(uow, refusal)
        raise
    finally:
        uow.release()
    if uow.event_log.pending:
        with uow.writing():
            pass
    return outcome


def record(uow: UnitOfWork, refusal: Refused | Invalid) -> None:
    """Write the attempt and the event of a refusal whose own transaction was rolled back.

    Only the first refusal of an action is recorded: reads that follow in order to show it write nothing.
    """
    if uow.event_log.tells_refusal:
        return
    if isinstance(refusal, Invalid):
        refusal = _refusal_of_fields(refusal)
    uow.event_log.forget()
    uow.attempt.refuse(refusal, uow.policy, uow.preset)
    uow.note(uow.action.operation, subject=uow.attempt.user_id, outcome="refused", reason=refusal.reason.code)
    with uow.writing():
        uow.write_what_survives_refusal()
    uow.event_log.tells_refusal = True


def _refusal_of_fields(invalid: Invalid) -> Refused:
    """The refusal of the first invalid field; it lists the other fields too."""
    found = [FIELD_REASONS.get(error.code, FIELD_INVALID) for error in invalid.fields]
    checks = [Check(error.field, False, error.detail) for error in invalid.fields]
    further = zip(checks[1:], found[1:], strict=True)
    return Refused(found[0], tuple(checks[:1]), fields=invalid.fields, further=tuple(starmap(Finding, further)))


def record_fault(uow: UnitOfWork, user_id: str | None, status: int) -> None:
    """Write the attempt of a call that a fault answered, with the HTTP status (0 = the connection was closed without
    an answer).
    """
    uow.attempt.user_id = user_id
    uow.attempt.refuse(Refused(FAULT), uow.policy, uow.preset)
    uow.attempt.status = status
    uow.note("fault", subject=user_id, outcome="refused", operation=uow.action.operation)
    with uow.writing():
        pass


def note_alone(uow: UnitOfWork, what: str, *, subject: str | None, reason: str) -> None:
    """Write an event without an attempt, for a call that never reached a service."""
    uow.note(what, subject=subject, outcome="refused", reason=reason, client=uow.attempt.client)
    with uow.writing():
        pass
