"""Numbers on contact cards: each belongs to one contact (B1)."""

from logindrill.rules.reasons import PHONE_TAKEN
from logindrill.scenarios.actors import STAFF
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.step import Seen, Step
from logindrill.scenarios.verbs.codes import asks_for_code, confirms, reads_code
from logindrill.scenarios.verbs.staff import invites

_ADDRESS = "cora.at.work@example.test"


def _added(number: str, *, seen: Seen | None = None) -> Step:
    phones = [{"number": number, "kind": "sms"}]
    return invites(STAFF, body={"emails": [{"address": _ADDRESS}], "phones": phones}, seen=seen)


SCENARIOS = (
    Scenario(
        name="number-of-another-contact",
        preset="contact-portal",
        rules=("B1",),
        symptom=Symptom.ACTION_UNAVAILABLE,
        story="Stella makes a second card for Cora, for her work, with the number that stands on the first.",
        tries=(_added("{person.phone}", seen=Seen(409, "phone_taken")),),
        cause=PHONE_TAKEN,
        remedy="use_other_address",
        cure=(_added("+14155550177"),),
        after=(asks_for_code(email=_ADDRESS), reads_code(to=_ADDRESS), confirms(email=_ADDRESS)),
    ),
)
