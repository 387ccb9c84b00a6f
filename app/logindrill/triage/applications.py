"""What is known of failures of applications that sign people in by OpenID Connect."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from logindrill.rules import reasons as r
from logindrill.rules.reasons import Reason
from logindrill.scenarios.scenario import Scenario
from logindrill.triage.facts import Fact
from logindrill.triage.sent_by_applications import SENT

STEPS: Mapping[str, str] = MappingProxyType(
    {
        "authorize": "app_request",
        "cancel_authorization": "app_request",
        "resume_authorization": "app_request",
        "redeem_code": "app_redemption",
        "refresh_tokens": "app_refresh",
        "show_claims": "app_claims",
        "list_keys": "app_keys",
    }
)
"""By the operation: the step at which it fails."""

SAYS: Mapping[Reason, Mapping[Fact, str]] = MappingProxyType(
    {
        **{reason: {Fact.APP_SENDS: sent} for reason, sent in SENT.items()},
        r.PERSON_CANCELLED: {Fact.PERSON_PRESSED: "cancel"},
        r.CONSENT_REFUSED: {Fact.PERSON_PRESSED: "refuse"},
    }
)
"""By the reason."""


def facts_of(scenario: Scenario) -> Iterator[tuple[Fact, str]]:
    """What is wrong with what the application got, where a fault falsifies it."""
    armed = [step.body or {} for step in scenario.scene if step.operation == "arm_fault"]
    tokens = [body["effect"]["token"] for body in armed if "token" in body["effect"]]
    if tokens:
        yield Fact.APP_RECEIVES, tokens[-1]
