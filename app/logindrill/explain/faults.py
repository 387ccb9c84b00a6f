"""The armed fault that would answer the person's next try before any rule is asked."""

from logindrill.access import circumstances
from logindrill.explain.people import Person
from logindrill.rules import faults
from logindrill.rules.clients import Client

_SIGN_IN = (("sign_in", "/v1/sign-ins"),)
_CODE = (("request_confirmation_code", "/v1/confirmation-codes"), ("use_confirmation_code", "/v1/confirmations"))


def next_fault(person: Person, client: Client) -> faults.FaultFacts | None:
    """The fault that would answer instead of the service, or None; a fault that only delays does not count."""
    armed = circumstances.armed_faults(person.uow)
    for operation, path in _CODE if person.is_contact else _SIGN_IN:
        met = faults.matching(armed, faults.CallFacts(operation, "POST", path, client.value, person.id))
        if met and met[-1].is_due and not met[-1].effect.only_delays:
            return met[-1]
    return None
