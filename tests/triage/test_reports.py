"""Report files, as they were sent and as staff read them."""

from typing import Any

import pytest

from logindrill.rules.decisions import Invalid
from logindrill.scenarios.scenario import Symptom
from logindrill.triage.facts import Fact
from logindrill.triage.reports import read
from logindrill.triage.ticket import Certainty, KnownFact, Ticket

SENT = {
    "email": "ada@example.test",
    "error_message": "Account disabled",
    "last_signed_in": "2026-03-01",
    "steps_tried": ["reset the password"],
    "attempt_id": None,
}


def test_a_report_is_read_as_it_was_sent() -> None:
    assert read(SENT) == Ticket(
        error_message="Account disabled", last_signed_in="2026-03-01", steps_tried=("reset the password",)
    )


def test_a_request_that_staff_read_brings_its_true_reason() -> None:
    shown = {"id": "sup_1", "email": "ada@example.test", "reported": SENT, "recorded": {"reason": "merged"}}
    assert read(shown).reasons == ("merged",)
    assert read(shown).error_message == "Account disabled"


def test_what_triage_takes_over_http_is_read_too() -> None:
    report = {"symptom": "thrown_out", "client": "mobile", "facts": [{"name": "private_window", "value": False}]}
    facts = (KnownFact(Fact.PRIVATE_WINDOW, "no", Certainty.SEEN),)
    assert read(report) == Ticket(symptom=Symptom.THROWN_OUT, client="mobile", facts=facts)


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ([], "body"),
        ({"error_message": 5}, "error_message"),
        ({"steps_tried": "all"}, "steps_tried"),
        ({"symptom": "sad"}, "symptom"),
        ({"facts": ["network"]}, "facts.0"),
        ({"facts": [{"name": "network", "value": ["vpn"]}]}, "facts.0.value"),
        ({"facts": [{"name": "netwrk", "value": "vpn"}]}, "facts.0.name"),
        ({"facts": [{"name": "network", "value": "vpn", "certainty": []}]}, "facts.0.certainty"),
    ],
)
def test_what_cannot_be_read_is_named(document: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(document)
    assert [error.field for error in refused.value.fields] == [field]
