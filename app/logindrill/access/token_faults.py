"""Finds the armed fault that falsifies the tokens, the answer or the keys which a call is about to give."""

from contextlib import nullcontext

from logindrill.access import circumstances
from logindrill.credentials import token_sets
from logindrill.rules.faults import FaultFacts
from logindrill.rules.reasons import TOKEN_FALSIFIED
from logindrill.rules.token_faults import OPERATIONS, TokenFault
from logindrill.rules.values import replace
from logindrill.work.unit_of_work import UnitOfWork


def trigger(uow: UnitOfWork, operation: str, user_id: str | None) -> TokenFault | None:
    """The fault that falsifies this answer, or None; every matching fault counts the answer once.

    Called when the answer is certain: a refused call neither counts nor uses a fault up. The attempt tells of it. In a
    write transaction it is counted in there, else in a short one of its own, which also writes an attempt of a call
    that leaves none otherwise.
    """
    if not uow.has_faults:
        return None
    with nullcontext() if uow.is_writing else uow.counting():
        able = [each for each in circumstances.armed_faults(uow, of_tokens=True) if _is_for(each, operation)]
        striking = circumstances.strike(uow, able, operation, user_id)
        if striking is None:
            return None
        _record(uow, striking, user_id)
    return TokenFault(str(striking.effect.token))


def falsify(uow: UnitOfWork, operation: str, made: token_sets.Draft) -> token_sets.Draft:
    """The drafted tokens with the fault of their ID token, where one is armed and they hold one."""
    if made.person is None:
        return made
    return replace(made, fault=trigger(uow, operation, made.authorization.user_id))


def _is_for(fault: FaultFacts, operation: str) -> bool:
    return operation in OPERATIONS[TokenFault(str(fault.effect.token))]


def _record(uow: UnitOfWork, fault: FaultFacts, user_id: str | None) -> None:
    attempt = uow.attempt
    attempt.request |= {"fault": fault.id, "falsified": fault.effect.token}
    attempt.reason = TOKEN_FALSIFIED.code
    if attempt.user_id is None:
        attempt.user_id = user_id
    uow.note("fault", subject=user_id, operation=uow.action.operation, token=fault.effect.token)
    if not uow.is_writing and attempt.outcome is None:
        attempt.succeed(200)
        uow.event_log.write(uow)
