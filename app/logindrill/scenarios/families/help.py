"""Contact your admin: what people report, next to what really happened (A36-A40)."""

from logindrill.rules.reasons import DEACTIVATED
from logindrill.scenarios.actors import ADMIN
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.verbs.entering import signs_in
from logindrill.scenarios.verbs.staff import deactivates, reactivates
from logindrill.scenarios.verbs.support import asks_for_help, reads_request
from logindrill.scenarios.verbs.tester import waits

SCENARIOS = (
    Scenario(
        name="contact-your-admin",
        preset="business-chat",
        rules=("A36", "A37", "A38", "A39", "A40"),
        symptom=Symptom.ERROR_TEXT,
        story="Ben cannot sign in and writes to his admin: his address, the error, when it last worked and what he"
        " tried. Adam sees the cause beside it.",
        scene=(signs_in(), waits("P1D", "1 day"), deactivates()),
        tries=(signs_in().answered(403, "account_deactivated"),),
        cause=DEACTIVATED,
        remedy="reactivate",
        cure=(
            asks_for_help(
                error_message="It says that the account is deactivated",
                last_signed_in="yesterday",
                steps_tried=["typed the password again", "cleared cache and cookies", "used another browser"],
                attempt_id="{attempt}",
            ),
            reads_request(ADMIN, reason="deactivated", code="account_deactivated"),
            reactivates(ADMIN),
        ),
        after=(signs_in(),),
    ),
)
