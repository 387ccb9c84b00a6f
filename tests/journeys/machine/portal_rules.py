"""The rules of contacts: whom a code is sent to, whom a device spares it, what a code opens."""

from dataclasses import dataclass

from tests.journeys.machine.answers import Answer, refused
from tests.journeys.machine.entering import SIGNED_IN
from tests.journeys.machine.model import No, World
from tests.journeys.machine.things import Device, Person, Session


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request for a code comes to; `address`: where one goes."""

    answer: Answer
    person: Person | None = None
    address: str | None = None


def judge_request(world: World, typed: str, channel: str, device: Device | None) -> Asked:
    """202 for everybody, with the reason; 201 on a recognised device of this very contact."""
    person = _contact(world, typed)
    try:
        _judge_person(world, typed, person)
    except No as no:
        return Asked((202, "code_sent", no.reason))
    assert person is not None
    asked_because = world.judge_device(device, person)
    if asked_because is None:
        return Asked(SIGNED_IN, person)
    address = next(iter(person.addresses), None) if channel == "email" else person.numbers.get("sms")
    if address is None:
        return Asked((202, "code_sent", "not_registered"))
    if world.wrong_entries("confirmation", person.id) >= 15:
        return Asked((202, "code_sent", "too_many_code_attempts"))
    return Asked((202, "code_sent", asked_because), person, address)


def judge_entry(
    world: World, typed: str, code: str, page: str | None, audience: set[str]
) -> tuple[Answer, Person | None]:
    """What an entry comes to, and who is in."""
    person = _contact(world, typed)
    subject = person.id if person else f"typed:{typed.lower()}"
    if world.wrong_entries("confirmation", subject) >= 15:
        return refused("too_many_code_attempts", confirming=True), None
    try:
        _judge_person(world, typed, person)
    except No as no:
        _count(world, person, subject, code)
        return refused(no.reason, confirming=True), None
    assert person is not None
    try:
        world.judge_code(person, "confirmation", code).dead = "used"
    except No as no:
        return refused(no.reason, confirming=True), None
    if page is not None and person.id not in audience:
        return refused("not_published"), person
    return SIGNED_IN, person


def open_page(world: World, session: Session, audience: set[str]) -> None:
    """A page opens for its audience, and for whoever publishes."""
    membership = world.enter(session)
    if membership.role != "staff" and session.person.id not in audience:
        raise No("not_published")


def publish(world: World, session: Session, person: Person, audience: set[str], *, gives: bool) -> None:
    """A page is for somebody from now on, or no longer."""
    world.reach(world.permit(session, "publish"), person)
    (audience.add if gives else audience.discard)(person.id)


def record_consent(world: World, session: Session, person: Person, opted_out: bool) -> None:
    """What a contact said about messages."""
    world.reach(world.permit(session, "edit"), person)
    person.opted_out = opted_out


def _contact(world: World, typed: str) -> Person | None:
    if typed.startswith("+"):
        found = next((one for one in world.living() if typed in one.numbers.values()), None)
    else:
        found = world.holder(typed)
    is_contact = found is not None and any(membership.role == "contact" for membership in found.memberships)
    return found if is_contact else None


def _judge_person(world: World, typed: str, person: Person | None) -> None:
    if person is None:
        raise No("deleted" if typed.lower() in world.buried else "not_registered")
    if person.status != "active":
        raise No(person.status)
    if person.opted_out:
        raise No("opted_out")


def _count(world: World, person: Person | None, subject: str, code: str) -> None:
    """A wrong entry, whoever it is for; one that matches a code that ever was is none."""
    if person is None:
        world.wrong.append(("confirmation", subject, world.now))
        return
    issued = world.codes_of(person, "confirmation")
    if not any(one.digits == code for one in issued):
        world.count_wrong(person, "confirmation", issued[-1] if issued else None)
