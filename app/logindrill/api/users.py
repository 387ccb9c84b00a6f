"""The operations on the people of a company: list, show, invite, change, assign a role."""

from typing import Literal

from pydantic import Field

from logindrill.api.door import DOOR
from logindrill.people.directory import EmailEntry, PhoneEntry, UserCard
from logindrill.people.edits import UserEdit
from logindrill.services import users as service
from logindrill.services.users import NewUser
from logindrill.web.bodies import Body
from logindrill.web.fields import Line
from logindrill.web.lists import PartOfList
from logindrill.web.operations import Answer
from logindrill.web.visits import Visit
from logindrill.work.paging import Page


class Email(Body):
    """An address: `main` signs in, `secondary` only receives mail."""

    address: Line
    kind: Literal["main", "secondary"] = "main"


class Phone(Body):
    """A number, in any usual spelling with its country code."""

    number: Line
    kind: Literal["whatsapp", "sms"] = "whatsapp"


class Invitation(Body):
    """The person to add, and their role."""

    name: Line
    role: Line
    company: Line | None = None
    username: Line | None = None
    emails: list[Email] = Field(default_factory=list)
    phones: list[Phone] = Field(default_factory=list)
    opted_out: bool = False


class UserChange(Body):
    """The fields to change. A list replaces the old list; a field that is left out stays as it is."""

    name: Line | None = None
    username: str | None = None
    emails: list[Email] | None = None
    phones: list[Phone] | None = None
    opted_out: bool | None = None


class RoleChange(Body):
    """The role to give."""

    role: Line


@DOOR.operation(
    "GET",
    "/users",
    "List the company's people",
    tag="People",
    query=PartOfList,
    answers={200: Page[UserCard]},
    problems=(401, 403, 422),
    signed_in=True,
)
def list_users(visit: Visit, query: PartOfList) -> Page[UserCard]:
    """In the order in which they were added. Needs the permission `users.read`."""
    return visit.read(service.page, after=query.after, limit=query.limit)


@DOOR.operation(
    "POST",
    "/users",
    "Invite a person",
    tag="People",
    body=Invitation,
    answers={201: UserCard},
    problems=(401, 403, 404, 409, 422),
    signed_in=True,
    example={"name": "Ada Ash", "role": "member", "emails": [{"address": "ada@example.test"}]},
)
def invite_user(visit: Visit, body: Invitation) -> Answer:
    """Creates the account and sends an invitation. An address that another account uses is refused with 409
    `email_taken`, whatever the status of that account. Needs the permission `users.invite`."""
    new = NewUser(
        name=body.name,
        role=body.role,
        emails=_emails(body.emails),
        phones=_phones(body.phones),
        username=body.username,
        company=body.company,
        opted_out=body.opted_out,
    )
    return Answer(visit.order(service.invite, new), 201)


@DOOR.operation(
    "GET",
    "/users/{user_id}",
    "Show a person",
    tag="People",
    answers={200: UserCard},
    problems=(401, 403, 404),
    signed_in=True,
)
def show_user(visit: Visit, user_id: str) -> UserCard:
    """The id of a person of another company is answered like an unknown id: 404. Needs the permission `users.read`."""
    return visit.read(service.show, user_id)


@DOOR.operation(
    "PATCH",
    "/users/{user_id}",
    "Change a person",
    tag="People",
    body=UserChange,
    answers={200: UserCard},
    problems=(401, 403, 404, 409, 422),
    signed_in=True,
    example={"phones": [{"number": "+14155550100", "kind": "whatsapp"}]},
)
def change_user(visit: Visit, body: UserChange, user_id: str) -> UserCard:
    """Fields that are left out stay as they are. If addresses or numbers change, links and codes issued before stop
    working. Needs the permission `users.edit`."""
    wanted = UserEdit(
        name=body.name,
        username=body.username,
        emails=None if body.emails is None else _emails(body.emails),
        phones=None if body.phones is None else _phones(body.phones),
        opted_out=body.opted_out,
    )
    return visit.order(service.change, user_id, wanted)


@DOOR.operation(
    "PUT",
    "/users/{user_id}/role",
    "Change a person's role",
    tag="People",
    body=RoleChange,
    answers={200: UserCard},
    problems=(401, 403, 404, 409, 422),
    signed_in=True,
    example={"role": "admin"},
)
def assign_role(visit: Visit, body: RoleChange, user_id: str) -> UserCard:
    """Takes effect at once. The last active owner of a company cannot lose that role. Needs the permission
    `roles.assign`."""
    return visit.order(service.assign_role, user_id, body.role)


def _emails(entries: list[Email]) -> tuple[EmailEntry, ...]:
    return tuple(EmailEntry(entry.address, entry.kind) for entry in entries)


def _phones(entries: list[Phone]) -> tuple[PhoneEntry, ...]:
    return tuple(PhoneEntry(entry.number, entry.kind) for entry in entries)
