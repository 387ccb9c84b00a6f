"""What becomes of accounts: invited, activated, reset, changed by their owners."""

from tests.journeys.machine.answers import Answer
from tests.journeys.machine.entering import check_new
from tests.journeys.machine.model import DAY, HOUR, MAY, MINUTE, RANKS, No, NotCurrent, World
from tests.journeys.machine.things import Link, Membership, Person, Session

ACTIVATED: Answer = (201, "activated", None)
NO_CONTENT: Answer = (204, None, None)


def judge_invitation(world: World, session: Session, address: str, role: str, *, joins: str | None) -> str:
    """Whether inviting makes an account (`new`) or adds the holder to the company (`joined`, in the role `joins`)."""
    membership = world.permit(session, "invite")
    if RANKS[role] > RANKS[membership.role]:
        raise No("missing_permission")
    holder = world.holder(address)
    if holder is None:
        return "new"
    is_main = next(kind for one, kind in holder.addresses.items() if one.lower() == address.lower()) == "main"
    welcome = is_main and holder.status in {"active", "invited"} and holder.membership(membership.company) is None
    if role != joins or not welcome:
        raise No("email_taken")
    return "joined"


def send_invitation(world: World, token: str, person: Person, membership: Membership, inviter: Person) -> None:
    """An activation link goes out; the older ones are dead."""
    world.kill((one for one in world.links if one.person is person and one.purpose == "activation"), "superseded")
    expires = world.now + 7 * DAY
    world.links.append(Link(token, "activation", person, expires, inviter, membership.company, membership.role))


def judge_resend(world: World, session: Session, person: Person, *, by: str, renews: str | None) -> Membership:
    """Whether an invitation may go out again, by email or as a temporary password; the person's membership."""
    found = world.reach(world.permit(session, "invite"), person)
    waits = person.status == "invited" and found.role != "contact"
    if not waits and not (person.status == "active" and found.role == renews):
        raise No("invalid_transition")
    if by == "temporary_password" and len(person.memberships) > 1:
        raise No("more_than_one_company")
    return found


def revoke_invitations(world: World, session: Session, person: Person) -> None:
    """All links and temporary passwords of the person's invitations die."""
    world.reach(world.permit(session, "invite"), person)
    world.kill(one for one in world.links if one.person is person and one.purpose == "activation")
    world.kill(one for one in world.temporaries if one.person is person)


def look_at_link(world: World, link: Link) -> None:
    """Raise No unless a link can be used now."""
    if link.dead:
        raise No(f"link_{link.dead}")
    if world.now >= link.expires:
        raise No("link_expired")
    if link.purpose == "password_reset" and link.person.status != "active":
        raise No("link_void")
    if link.purpose == "activation" and not _stands(world, link):
        raise No("link_void")


def _stands(world: World, link: Link) -> bool:
    """Whether whoever invited could invite today."""
    if link.person.status not in {"active", "invited"}:
        return False
    inviter = link.inviter
    if inviter is None:
        return True
    granted = [membership for membership in inviter.memberships if membership.access == "granted"]
    found = [membership for membership in granted if membership.role == world.platform]
    found += [membership for membership in granted if membership.company == link.company]
    if inviter.status != "active" or not found or link.role is None:
        return False
    return "invite" in MAY.get(found[0].role, ()) and RANKS[found[0].role] >= RANKS[link.role]


def use_link(world: World, link: Link, password: str, confirmation: str, *, second_password: str | None) -> Answer:
    """Activate, or reset; with a second factor to begin with, where one is chosen at activation."""
    look_at_link(world, link)
    check_new(password, confirmation)
    person = link.person
    link.dead = "used"
    person.password = password
    world.end_account(person, "password_reset")
    if link.purpose == "password_reset":
        world.end_resets(person)
        world.end_codes(person, "second_factor")
        world.kill(one for one in world.temporaries if one.person is person)
        return NO_CONTENT
    world.end_handed_out(person)
    person.status = "active"
    if second_password:
        person.factor, person.second_password = "second_password", second_password
    return ACTIVATED


def judge_reset_request(world: World, typed: str) -> tuple[Person | None, str | None]:
    """Whose reset link goes out, or why none does."""
    person = world.holder(typed)
    if person is None:
        return None, "deleted" if typed.lower() in world.buried else "not_registered"
    if any(membership.role == "contact" for membership in person.memberships):
        return person, "not_registered"
    kind = next((kind for one, kind in person.addresses.items() if one.lower() == typed.lower()), "username")
    if kind == "secondary":
        return person, "secondary_address"
    unfit = {"invited": "not_activated", "deactivated": "deactivated", "merged": "merged"}
    if person.status in unfit:
        return person, unfit[person.status]
    return person, None if person.addresses else "no_address_on_account"


def send_reset(world: World, token: str, person: Person) -> None:
    """A reset link goes out; the older ones are dead."""
    world.end_resets(person, "superseded")
    world.links.append(Link(token, "password_reset", person, world.now + HOUR))


def sign_out(world: World, session: Session) -> None:
    """The session ends, and no other."""
    world.enter(session)
    session.ended = "signed_out"


def change_password(world: World, session: Session, current: str, new: str) -> None:
    """Change one's password; other sessions and all devices end."""
    world.enter(session)
    person = session.person
    if current != person.password:
        raise NotCurrent("wrong_password")
    check_new(new, new, unlike=person.password)
    person.password = new
    world.end_account(person, "password_changed", but=session)
    world.end_resets(person)
    world.end_codes(person, "second_factor")


def change_factor(world: World, session: Session, current: str, method: str | None, second: str | None = None) -> None:
    """Set one's factor up, or remove it; other sessions and all devices end."""
    world.enter(session)
    person = session.person
    is_fresh = session.proven is not None and world.now < session.proven + 5 * MINUTE
    if person.factor and not is_fresh:
        raise No("reauthentication_required")
    if current != person.password:
        raise NotCurrent("wrong_password")
    if method == person.factor and method in {None, "whatsapp_otp"}:
        return
    person.factor, person.second_password = method, second
    world.end_account(person, "factor_changed", but=session)
    world.end_codes(person, "second_factor")
