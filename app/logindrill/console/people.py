"""The people pane: search, one person's page, and invitations."""

from flask import Response, request, url_for

from logindrill.console.door import CONSOLE, act, judged, pane, runtime, show
from logindrill.console.entries import chosen, text
from logindrill.console.filters import unknown_words
from logindrill.console.lanes import lanes
from logindrill.console.lifecycle_chart import life
from logindrill.console.page import ConsolePage, Done
from logindrill.explain import person
from logindrill.people.directory import EmailEntry, PhoneEntry, UserCard
from logindrill.rules.circumstances import Cookies
from logindrill.rules.decisions import invalid
from logindrill.rules.flows import Flow
from logindrill.rules.values import replace
from logindrill.services import authenticators, conditions, inbox, person_details, publications, users
from logindrill.services import people as service
from logindrill.services.inbox import MessageFilter
from logindrill.services.person_details import PersonDetails
from logindrill.services.users import NewUser
from logindrill.web import tester
from logindrill.web.tester import ImpersonatedPerson
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world.conditions import ConditionMatch, ConditionPart

_PEOPLE = 25
_MESSAGES = 8
_CODES = 8
_PAGES = 50
_LONGEST = 254


@pane("/people", "people")
def show_people(uow: UnitOfWork) -> ConsolePage:
    """Everybody, or those in whose name, address or number a text is found."""
    wanted = request.args.get("q", "").strip()[:_LONGEST]
    roles = [name.value for name in uow.preset.roles]
    role = request.args.get("role") if request.args.get("role") in roles else None
    before = request.args.get("before") or None
    values = {
        "found": service.search(uow, wanted, role=role, before=before, limit=_PEOPLE),
        "q": wanted,
        "role": role,
        "before": before,
        "roles": roles,
        "unknown": unknown_words({"q": None, "role": roles}),
        "usernames": Flow.USERNAMES in uow.preset.offers,
        "channels": [channel.value for channel in uow.preset.channels],
        "actors": sorted(
            person_details.possible_actors(uow), key=lambda one: one.company_id == uow.preset.platform_company
        ),
        "companies": person_details.companies(uow),
    }
    return ConsolePage("people", "People", values)


@pane("/people/<user_id>", "people")
def show_person(uow: UnitOfWork, user_id: str) -> ConsolePage:
    """One person: what they hold, what was sent to them, and everything that can be done."""
    details = person_details.show(uow, user_id)
    actors = person_details.possible_actors(uow, user_id)
    values = {
        "details": details,
        "pages": publications.offered(uow, user_id, _PAGES) if _may_read_pages(uow, details) else (),
        "joinable": _joinable(uow, details),
        "joining": [one for one in actors if one.company_id == uow.preset.platform_company],
        "joining_roles": [role.value for role in uow.preset.roles if role is not uow.preset.platform_role],
        "card": details.card,
        "why": person.explain(uow, user_id),
        "life": life(details.card.status, with_mergers=Flow.MERGERS in uow.preset.offers),
        "messages": inbox.page_back(uow, MessageFilter(), user=user_id, before=None, limit=_MESSAGES),
        "apps": authenticators.find(uow, user_id),
        "lanes": lanes(inbox.codes_of(uow, user_id, _CODES)),
        "actors": actors,
        "offers": {flow.value for flow in uow.preset.offers},
        "roles": [name.value for name in uow.preset.roles],
        "others": _others(uow, user_id),
    }
    return ConsolePage("person", details.card.name, values)


@CONSOLE.post("/s/<sandbox_id>/people/invite")
def invite(sandbox_id: str) -> Response:
    """Invite a person, acting as somebody who may."""
    return judged(lambda: _invite(sandbox_id), lambda entered: show(show_people, sandbox_id, {}, entered))


@act("/people/<user_id>/incognito", back=show_person, keeping=("user_id",))
def go_incognito(uow: UnitOfWork, user_id: str) -> Done:
    """Make the person's browser forget everything when a visit ends (B6); a fresh window is offered too."""
    condition = ConditionPart(match=ConditionMatch(user=user_id), cookies=Cookies.INCOGNITO)
    conditions.begin(uow, condition)
    here = url_for("console.show_person", sandbox_id=uow.sandbox_id, user_id=user_id)
    return Done(here, "Incognito is on. Open a device below. To end it, end the condition under Faults.")


def impersonation(*, whole: bool = True) -> ImpersonatedPerson:
    """The person as whom the form acts. Raises Invalid."""
    user_id, _, company = text("as").partition(" ")
    if not user_id or not company:
        raise invalid("as", "Choose whom to act as.", "required")
    return ImpersonatedPerson(user_id, company, whole)


def _invite(sandbox_id: str) -> Done:
    named = chosen("name", "role", "email", "number", "username")
    for name, missing in (("name", "Enter a name."), ("role", "Choose a role.")):
        if name not in named:
            raise invalid(name, missing, "required")
    kind = "whatsapp" if text("number_kind") != "sms" else "sms"
    new = NewUser(
        name=named["name"][:_LONGEST],
        role=named["role"],
        emails=[EmailEntry(named["email"], "main")] if "email" in named else [],
        phones=[PhoneEntry(named["number"], kind)] if "number" in named else [],
        username=named.get("username"),
    )
    card = tester.act_for(runtime(), sandbox_id, impersonation(), _add, new)
    return Done(
        url_for("console.show_person", sandbox_id=sandbox_id, user_id=card.id),
        f"{card.name} added. Status: {card.status}.",
    )


def _add(uow: UnitOfWork, new: NewUser) -> UserCard:
    """Invite to the inviter's company; support, who is above all companies, chooses one."""
    if impersonation().company == uow.preset.platform_company:
        new = replace(new, company=text("company") or None)
    return users.invite(uow, new)


def _may_read_pages(uow: UnitOfWork, details: PersonDetails) -> bool:
    """Whether pages are published to somebody: to contacts, where there are such."""
    reads = {role.value for role in uow.preset.roles_without_password}
    return Flow.PUBLICATIONS in uow.preset.offers and any(
        membership.role in reads for membership in details.memberships
    )


def _joinable(uow: UnitOfWork, details: PersonDetails) -> tuple[tuple[str, str], ...]:
    """The companies that somebody could still join."""
    if Flow.MEMBERSHIPS not in uow.preset.offers:
        return ()
    own = {membership.company_id for membership in details.memberships}
    return tuple((company, name) for company, name in person_details.companies(uow) if company not in own)


def _others(uow: UnitOfWork, user_id: str) -> tuple[tuple[str, str], ...]:
    """Accounts that this one could be merged into: the newest customers."""
    if Flow.MERGERS not in uow.preset.offers:
        return ()
    found = service.search(uow, "", role="customer", before=None, limit=50)
    return tuple((card.id, f"{card.name} ({card.username or card.id})") for card in found.data if card.id != user_id)
