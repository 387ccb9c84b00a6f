"""Two audiences: staff see cards and deliveries, contacts only their own page (B12)."""

from logindrill.rules.reasons import MISSING_PERMISSION
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.step import Seen
from logindrill.scenarios.verbs.codes import asks_for_code, confirms
from logindrill.scenarios.verbs.entering import opens
from logindrill.scenarios.verbs.inbox import CODE, reads
from logindrill.scenarios.verbs.staff import looks_at_card, looks_at_deliveries

SCENARIOS = (
    Scenario(
        name="contact-looks-for-others",
        preset="contact-portal",
        rules=("B12",),
        symptom=Symptom.PAGE_REFUSED,
        story="Cora wants to see who else is a contact of the clinic. Only its staff may.",
        scene=(asks_for_code(), reads(CODE), confirms()),
        tries=(opens("/users", operation="list_users", seen=Seen(403, "forbidden")),),
        cause=MISSING_PERMISSION,
        remedy="ask_permitted",
        cure=(looks_at_card(), looks_at_deliveries()),
        after=(opens(seen=Seen(200, body={"/id": "usr_cora"})),),
    ),
)
