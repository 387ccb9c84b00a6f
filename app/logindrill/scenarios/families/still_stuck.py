"""Customers who need help: they ask for it, and so does the professional (C16)."""

from logindrill.rules.reasons import SECONDARY_ADDRESS
from logindrill.scenarios.actors import PROFESSIONAL, SUPPORT
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.verbs.entering import signs_in
from logindrill.scenarios.verbs.staff import edits
from logindrill.scenarios.verbs.support import asks_for_help, reads_request
from logindrill.scenarios.verbs.tester import waits

_BY_EMAIL = signs_in(how="with the e-mail address", identifier="{person.email}")

SCENARIOS = (
    Scenario(
        name="still-stuck",
        preset="customer-app",
        rules=("C16", "C1", "C6", "A36", "A40"),
        symptom=Symptom.ERROR_TEXT,
        story="Nothing that Cleo tries helps. She writes to support, and Paul writes for her too. The real "
        "cause is recorded.",
        scene=(
            _BY_EMAIL,
            edits(
                PROFESSIONAL,
                "makes {person.first}'s address a secondary one",
                emails=[{"address": "{person.email}", "kind": "secondary"}],
            ),
            waits("P1D", "1 day"),
        ),
        tries=(_BY_EMAIL.answered(401, "invalid_credentials"),),
        cause=SECONDARY_ADDRESS,
        remedy="correct_address",
        cure=(
            asks_for_help(
                error_message="Invalid User / password",
                last_signed_in="yesterday",
                steps_tried=["typed the password again", "restarted the phone"],
                attempt_id="{attempt}",
            ),
            asks_for_help(PROFESSIONAL, keep="second_request", steps_tried=["looked at the displayed address"]),
            reads_request(SUPPORT, reason="secondary_address", error_message="Invalid User / password"),
            reads_request(SUPPORT, request="second_request", reason="secondary_address"),
            edits(
                SUPPORT,
                "makes {person.first}'s address the main one again",
                emails=[{"address": "{person.email}", "kind": "main"}],
            ),
        ),
        after=(_BY_EMAIL,),
    ),
)
