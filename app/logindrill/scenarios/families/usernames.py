"""Usernames that professionals give (C7)."""

from logindrill.rules.reasons import USERNAME_TAKEN
from logindrill.scenarios.actors import NEW_PASSWORD, PROFESSIONAL
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.step import Seen, Step
from logindrill.scenarios.verbs.entering import signs_in
from logindrill.scenarios.verbs.inbox import ACTIVATION, reads
from logindrill.scenarios.verbs.links import activates, opens_invitation
from logindrill.scenarios.verbs.staff import invites

_ADDRESS = "cleo.at.work@example.test"


def _invited_as(username: str, *, seen: Seen | None = None) -> Step:
    return invites(PROFESSIONAL, body={"username": username, "emails": [{"address": _ADDRESS}]}, seen=seen)


SCENARIOS = (
    Scenario(
        name="username-already-taken",
        preset="customer-app",
        rules=("C7",),
        symptom=Symptom.ACTION_UNAVAILABLE,
        story="Paul makes a second account for Cleo, for her work, and gives it the username of the first.",
        tries=(_invited_as("Cleo.Cedar", seen=Seen(409, "username_taken")),),
        cause=USERNAME_TAKEN,
        remedy="use_other_address",
        cure=(_invited_as("cleo.at.work"), reads(ACTIVATION, _ADDRESS), opens_invitation(), activates()),
        after=(signs_in(how="with the new username", identifier="cleo.at.work", password=NEW_PASSWORD),),
    ),
)
