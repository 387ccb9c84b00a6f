"""Triage: from the content of a ticket to the failures that fit it."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from logindrill.control.door import DOOR
from logindrill.rules.decisions import invalid
from logindrill.rules.values import replace
from logindrill.scenarios.scenario import Symptom
from logindrill.triage.attempts import look_up
from logindrill.triage.cards import TriageCard, card
from logindrill.triage.facts import FACTS, Fact, FactCard
from logindrill.triage.sorting import rank_failures
from logindrill.triage.ticket import Certainty, KnownFact, Ticket, known_fact
from logindrill.web.bodies import Body
from logindrill.web.fields import Line, Prose
from logindrill.web.tester import look
from logindrill.work.paging import Page
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnknownSandbox

ReportedText = Annotated[Prose, StringConstraints(max_length=2000)]
"""A few sentences of free text."""


class GivenFact(Body):
    """One known fact and its value."""

    name: Annotated[Fact, Field(strict=False)]
    value: Line | bool
    certainty: Annotated[Certainty, Field(strict=False)] = Certainty.SEEN


class TicketBody(Body):
    """What is known about the failure. A support request can be sent unchanged: its `email` is ignored. If `sandbox` is
    given, `attempt_id` and the sandbox's own wording are taken into account."""

    symptom: Annotated[Symptom, Field(strict=False)] | None = None
    error_message: ReportedText | None = None
    code: Line | None = None
    client: Literal["web", "mobile"] | None = None
    facts: Annotated[list[GivenFact], Field(max_length=len(FACTS))] = Field(default_factory=list)
    steps_tried: Annotated[list[ReportedText], Field(max_length=50)] = Field(default_factory=list)
    sandbox: Line | None = None
    email: Line | None = None
    last_signed_in: Line | None = None
    attempt_id: Line | None = None


@DOOR.operation(
    "POST",
    "/triage",
    "Find login failures that match a ticket",
    tag="Scenarios",
    body=TicketBody,
    answers={200: TriageCard},
    example={
        "error_message": "Invalid User / password",
        "client": "mobile",
        "facts": [
            {"name": "worked_before", "value": True, "certainty": "told"},
            {"name": "address_changed", "value": "yes", "certainty": "guessed"},
        ],
        "steps_tried": ["reset the password"],
    },
)
def triage(runtime: Runtime, body: TicketBody) -> TriageCard:
    """Returns the scenarios, and pairs of scenarios, that fit the ticket, best match first. For each it lists what
    agrees with the ticket, what contradicts it and what is unknown. `ask_next` lists the questions that distinguish the
    matches best.

    A fact with the certainty `seen` rules out every scenario that contradicts it. A fact that was only `told` or
    `guessed` lowers it in the list.
    """
    ticket = Ticket(
        symptom=body.symptom,
        error_message=body.error_message,
        code=body.code,
        client=body.client,
        facts=tuple(known_fact(f.name, f.value, f.certainty, at=f"facts.{i}") for i, f in enumerate(body.facts)),
        steps_tried=tuple(body.steps_tried),
        last_signed_in=body.last_signed_in,
    )
    if body.sandbox is None:
        return card(rank_failures(ticket))
    return card(rank_failures(_in_sandbox(runtime, ticket, body.sandbox, body.attempt_id)))


@DOOR.operation("GET", "/triage/facts", "List triage facts", tag="Scenarios", answers={200: Page[FactCard]})
def list_triage_facts(_runtime: Runtime) -> Page[FactCard]:
    """Returns every fact that can be given to the triage, with the question to ask for it and the possible answers."""
    return Page(tuple(FACTS.values()), has_more=False)


def _in_sandbox(runtime: Runtime, ticket: Ticket, sandbox_id: str, attempt_id: str | None) -> Ticket:
    """The ticket with what its sandbox knows. Raises Invalid."""
    try:
        known = look(runtime, sandbox_id, look_up, attempt_id)
    except UnknownSandbox as error:
        raise invalid("sandbox", "There is no such sandbox.") from error
    service = KnownFact(Fact.SERVICE, known.preset)
    others = tuple(fact for fact in ticket.facts if fact.fact is not Fact.SERVICE)
    return replace(ticket, facts=(*others, service), wording=known.wording, reasons=known.reasons)
