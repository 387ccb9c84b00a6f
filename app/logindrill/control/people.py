"""The operations on everybody in a sandbox: list, show, explain, and act as a person."""

from typing import Literal

from logindrill.control.door import DOOR
from logindrill.explain import person
from logindrill.explain.person import PersonExplanation
from logindrill.people.directory import UserCard
from logindrill.rules.clients import Client
from logindrill.services import impersonations
from logindrill.services import people as service
from logindrill.services.impersonations import ImpersonatedSession
from logindrill.web.bodies import Body, Query
from logindrill.web.fields import Line
from logindrill.web.lists import PartOfList
from logindrill.web.operations import Answer
from logindrill.web.tester import look, run_order
from logindrill.work.paging import Page
from logindrill.work.runtime import Runtime


class Impersonation(Body):
    """The client app that will use the session, and the company it is for. Without `company`, the earliest usable
    membership is used."""

    client: Literal["web", "mobile"] = "web"
    company: Line | None = None


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/users",
    "List people",
    tag="Attempts",
    query=PartOfList,
    answers={200: Page[UserCard]},
)
def list_people(runtime: Runtime, query: PartOfList, sandbox_id: str) -> Page[UserCard]:
    """People of all companies, in the order in which they were added."""
    return look(runtime, sandbox_id, service.page, after=query.after, limit=query.limit)


@DOOR.operation(
    "GET", "/sandboxes/{sandbox_id}/users/{user_id}", "Show a person", tag="Attempts", answers={200: UserCard}
)
def show_person(runtime: Runtime, sandbox_id: str, user_id: str) -> UserCard:
    """Returns the same fields that staff see."""
    return look(runtime, sandbox_id, service.show, user_id)


class ExplanationQuery(Query):
    """The client and the device to explain. Without them, all are explained."""

    client: Literal["web", "mobile"] | None = None
    device: Line | None = None


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/users/{user_id}/explanation",
    "Explain why a person cannot sign in",
    tag="Attempts",
    query=ExplanationQuery,
    answers={200: PersonExplanation},
)
def explain_person(runtime: Runtime, query: ExplanationQuery, sandbox_id: str, user_id: str) -> PersonExplanation:
    """Checks the person's present state with the rules that decide a real sign-in, as if everything were typed
    correctly."""
    client = None if query.client is None else Client(query.client)
    return look(runtime, sandbox_id, person.explain, user_id, client=client, device=query.device)


@DOOR.operation(
    "POST",
    "/sandboxes/{sandbox_id}/users/{user_id}/sessions",
    "Act as a person",
    tag="Attempts",
    body=Impersonation,
    answers={201: ImpersonatedSession},
    problems=(409,),
    example={"client": "web"},
)
def act_as(runtime: Runtime, body: Impersonation, sandbox_id: str, user_id: str) -> Answer:
    """Creates a session of the person without their password. It is no sign-in and records no attempt. 409 if the
    person could not have a session."""
    begun = run_order(
        runtime, sandbox_id, impersonations.begin, user_id, client=Client(body.client), company=body.company
    )
    return Answer(begun, 201)
