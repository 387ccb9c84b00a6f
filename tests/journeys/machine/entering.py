"""Signing in: the password, the second factor, the new password after a temporary one."""

from tests.journeys.machine.answers import Answer
from tests.journeys.machine.model import MINUTE, No, World
from tests.journeys.machine.things import Code, Device, Membership, Person, Session, SignIn, Temporary

SIGNED_IN: Answer = (201, "signed_in", None)
NEW_PASSWORD: Answer = (200, "new_password_required", None)


def judge_sign_in(
    world: World,
    identifier: str,
    password: str,
    *,
    company: str | None = None,
    device: Device | None = None,
    ask: bool = False,
) -> tuple[Answer, Person, Membership, Temporary | None]:
    """What signing in comes to, for whom and where; whoever comes in with a temporary password, with which."""
    person = _identify(world, identifier)
    temporary = _check_password(world, person, password)
    if person.status == "invited" and temporary is None:
        raise No("not_activated")
    if person.status in {"deactivated", "merged"}:
        raise No(person.status)
    membership = _choose(person, company)
    if person.factor:
        reason = "second_factor_requested" if ask else world.judge_device(device, person)
        if reason:
            return (200, "second_factor_required", reason), person, membership, temporary
    return (NEW_PASSWORD if temporary else SIGNED_IN), person, membership, temporary


def _identify(world: World, typed: str) -> Person:
    person = world.holder(typed) or world.holder(typed.replace(" ", ""))
    if person is None:
        raise No("deleted" if typed.lower() in world.buried else "unknown_identifier")
    if any(membership.role == "contact" for membership in person.memberships):
        raise No("unknown_identifier")
    stored = next(one for one in person.identifiers if one.lower() == typed.lower().replace(" ", ""))
    if person.addresses.get(stored) == "secondary":
        raise No("secondary_address")
    if typed.lower() != stored.lower():
        raise No("extra_space")
    if typed != stored and world.case_sensitive:
        raise No("wrong_case")
    return person


def _check_password(world: World, person: Person, typed: str) -> Temporary | None:
    """The temporary password that was typed, None for the person's own; raises No for any other."""
    own = [one for one in world.temporaries if one.person is person]
    outstanding = next((one for one in reversed(own) if not one.dead), None)
    state = state_of(world, outstanding) if outstanding else None
    if outstanding and typed == outstanding.plain:
        if state != "live":
            raise No(f"temporary_password_{state}")
        return outstanding
    if outstanding is None and person.password is not None and typed == person.password:
        return None
    dead = next((one for one in reversed(own) if one.plain == typed), None)
    if dead is not None:
        raise No(f"temporary_password_{dead.dead}")
    present = person.password if outstanding is None else outstanding.plain if state == "live" else None
    if present is None and person.status == "invited":
        raise No("not_activated")
    raise No("wrong_password" if present is None else _near(typed, present))


def _near(typed: str, right: str) -> str:
    if typed.casefold() == right.casefold():
        return "wrong_case"
    return "extra_space" if typed.replace(" ", "") == right.replace(" ", "") else "wrong_password"


def state_of(world: World, temporary: Temporary) -> str:
    """Where a temporary password stands; it opens nothing for somebody of several companies."""
    if temporary.dead:
        return temporary.dead
    if world.now >= temporary.expires:
        return "expired"
    return "void" if len(temporary.person.memberships) > 1 else "live"


def _choose(person: Person, company: str | None) -> Membership:
    usable = [membership for membership in person.memberships if membership.access == "granted"]
    chosen = person.membership(company) if company else next(iter([*usable, *person.memberships]), None)
    if chosen is None:
        raise No("not_in_company")
    if chosen.access == "revoked":
        raise No("deactivated" if chosen.cause == "deactivated" else "access_revoked")
    return chosen


def begin_session(world: World, token: str, person: Person, company: str, *, proven: bool = False) -> Session:
    """Somebody is in."""
    session = Session(token, person, company, world.now, world.now, world.now if proven else None)
    world.sessions.append(session)
    return session


def begin_waiting(
    world: World, sign_in_id: str, person: Person, membership: Membership, *, needs: str, temporary: Temporary | None
) -> SignIn:
    """A sign-in that waits for its next step."""
    found = SignIn(sign_in_id, person, membership.company, needs, world.now + 10 * MINUTE, temporary)
    world.sign_ins.append(found)
    return found


def look_at(world: World, sign_in: SignIn) -> None:
    """Raise No unless the sign-in still waits."""
    if sign_in.dead:
        raise No(f"sign_in_{sign_in.dead}")
    if world.now >= sign_in.expires:
        raise No("sign_in_expired")


def judge_otp_request(world: World, sign_in: SignIn, number: str) -> str | None:
    """Why no code goes out for a number that was typed, None if one does; the sign-in waits anew."""
    look_at(world, sign_in)
    sign_in.expires = world.now + 10 * MINUTE
    person = sign_in.person
    if person.factor != "whatsapp_otp":
        return "factor_needs_no_code"
    if person.numbers.get("whatsapp") is None:
        return "no_number_on_account"
    if person.numbers["whatsapp"] != number:
        return "phone_mismatch"
    return "too_many_code_attempts" if world.wrong_entries("second_factor", person.id) >= 15 else None


def issue_code(world: World, digits: str, person: Person, purpose: str, sign_in: SignIn | None = None) -> None:
    """A code goes out; the one before is dead."""
    world.end_codes(person, purpose, "superseded")
    world.codes.append(Code(digits, purpose, person, world.now + 10 * MINUTE, sign_in))


def judge_factor(world: World, sign_in: SignIn, typed: str) -> Answer:
    """What an entry at the second step comes to."""
    look_at(world, sign_in)
    person = sign_in.person
    if world.wrong_entries("second_factor", person.id) >= 15:
        raise No("too_many_code_attempts")
    if person.factor == "whatsapp_otp":
        world.judge_code(person, "second_factor", typed, sign_in).dead = "used"
    elif typed != person.second_password:
        world.count_wrong(person, "second_factor", None)
        sign_in.wrong += 1
        sign_in.dead = "void" if sign_in.wrong >= 5 else None
        raise No("wrong_second_password")
    sign_in.dead = "used"
    return NEW_PASSWORD if sign_in.temporary else SIGNED_IN


def trust(world: World, token: str, person: Person, shown: Device | None) -> None:
    """The device of the call is trusted from now on, and its former record no longer."""
    if shown is not None and shown.person is person:
        shown.revoked = True
    world.devices.append(Device(token, person, world.now))


def judge_new_password(world: World, sign_in: SignIn, password: str, confirmation: str) -> Answer:
    """The last step after a temporary password."""
    look_at(world, sign_in)
    temporary = sign_in.temporary
    if temporary is None or state_of(world, temporary) != "live":
        raise No("sign_in_void")
    check_new(password, confirmation, unlike=temporary.plain)
    person = sign_in.person
    sign_in.dead = temporary.dead = "used"
    person.status = "active"
    person.password = password
    world.end_account(person, "password_reset")
    world.end_handed_out(person)
    return SIGNED_IN


def check_new(password: str, confirmation: str, *, unlike: str | None = None) -> None:
    """Raise No for a new password that cannot be."""
    if len(password) < 8:
        raise No("password_too_short")
    if password == unlike:
        raise No("password_unchanged")
    if password != confirmation:
        raise No("password_mismatch")
