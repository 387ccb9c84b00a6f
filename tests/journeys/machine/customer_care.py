"""What professionals and support do for customers besides: companies, access, temporary passwords."""

from tests.journeys.machine import accounts, orders
from tests.journeys.machine.model import DAY, RANKS, No, World
from tests.journeys.machine.things import Membership, Person, Session, Temporary


def judge_invitation(world: World, session: Session, username: str | None, address: str, *, main: bool) -> str:
    """Whether inviting a customer makes an account (`new`) or adds one to the company (`joined`)."""
    membership = world.permit(session, "invite")
    if main:
        return accounts.judge_invitation(world, session, address, "customer", joins="customer")
    if RANKS["customer"] > RANKS[membership.role]:
        raise No("missing_permission")
    if username is not None and world.holder(username) is not None:
        raise No("username_taken")
    if world.holder(address) is not None:
        raise No("email_taken")
    return "new"


def join(world: World, person: Person, company: str) -> None:
    """A further company; an outstanding temporary password is void from then on."""
    person.memberships.append(Membership(company, "customer"))
    world.kill(one for one in world.temporaries if one.person is person)


def hand_over(world: World, plain: str, person: Person) -> None:
    """A temporary password in place of the person's own, and of the one before."""
    own = [one for one in world.temporaries if one.person is person]
    world.kill(own, "superseded")
    world.temporaries.append(Temporary(plain, person, world.now + 7 * DAY))
    person.password = None
    world.end_account(person, "password_reset")
    world.kill((one for one in world.links if one.person is person and one.purpose == "activation"), "superseded")
    world.end_resets(person)
    world.end_codes(person, "second_factor")


def change_access(world: World, session: Session, person: Person, company: str, *, gives: bool) -> None:
    """Revoke somebody's access to a company, or give it back."""
    found = _reach_in(world, session, person, company, "revoke")
    if gives and found.access == "revoked" and found.cause == "revoked":
        found.access, found.cause = "granted", None
        world.end_membership(person, company, "access_revoked")
    if not gives and found.access == "granted":
        found.access, found.cause = "revoked", "revoked"
        world.end_membership(person, company, "access_revoked")


def add(world: World, session: Session, person: Person, company: str) -> None:
    """Support puts somebody into a company as a customer."""
    membership = world.permit(session, "invite")
    if membership.role != world.platform:
        raise No("missing_permission")
    if person.status == "deleted":
        raise No("not_found")
    if person.status == "merged":
        raise No("invalid_transition")
    found = person.membership(company)
    if found is None:
        join(world, person, company)
    else:
        found.role = "customer"


def remove(world: World, session: Session, person: Person, company: str) -> None:
    """Somebody leaves a company, if it is not their last."""
    found = _reach_in(world, session, person, company, "invite")
    if len(person.memberships) == 1:
        raise No("invalid_transition")
    orders.leave(world, person, found)


def _reach_in(world: World, session: Session, person: Person, company: str, permission: str) -> Membership:
    """The membership of somebody in a company that one acts in, or in any for support."""
    membership = world.permit(session, permission)
    if company != membership.company and membership.role != world.platform:
        raise No("not_found")
    world.see(membership, person)
    found = person.membership(company)
    if found is None:
        raise No("not_found")
    if RANKS[found.role] > RANKS[membership.role]:
        raise No("missing_permission")
    return found
