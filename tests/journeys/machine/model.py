"""The rules once more, as simply as possible; nothing of the product is used here.

Every step returns the answer that is due, or raises No with the true reason; what it changes is changed at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.journeys.machine.things import Code, Device, Link, Membership, Person, Session, SignIn, Temporary

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
RANKS = {"owner": 3, "admin": 2, "member": 1, "staff": 2, "contact": 1, "support": 3, "professional": 2, "customer": 1}
MANAGES = {"read", "invite", "edit", "deactivate", "delete", "sessions", "assign"}
MAY = {
    "owner": MANAGES,
    "admin": MANAGES,
    "staff": MANAGES - {"assign"} | {"publish"},
    "professional": {"read", "invite", "edit", "merge", "revoke"},
    "support": MANAGES | {"publish", "merge", "revoke", "restore", "release"},
}


class No(Exception):
    """Refused, for this reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotCurrent(No):
    """The password that was typed as the current one is not."""


class Dead(No):
    """The session in hand does not count, for this reason."""


@dataclass(slots=True)
class World:
    """Everything that is so in a sandbox."""

    now: datetime
    case_sensitive: bool = False
    trust: timedelta = 30 * DAY
    platform: str | None = None
    people: list[Person] = field(default_factory=list)
    buried: set[str] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)
    sign_ins: list[SignIn] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    temporaries: list[Temporary] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    devices: list[Device] = field(default_factory=list)
    wrong: list[tuple[str, str, datetime]] = field(default_factory=list)
    """Wrong entries: purpose, against whom, when."""

    # who is who

    def holder(self, typed: str) -> Person | None:
        """Whose identifier it is, case aside."""
        return next((p for p in self.people if typed.lower() in map(str.lower, p.identifiers)), None)

    def living(self) -> list[Person]:
        """Everybody who was not deleted."""
        return [person for person in self.people if person.status != "deleted"]

    def end_of(self, thing: Any) -> datetime:
        """When something that was handed out stops to count, if nothing happens to it before; now, if it has."""
        if isinstance(thing, Session):
            return min(thing.started + 30 * DAY, thing.seen + DAY) if self.is_live(thing) else self.now
        if isinstance(thing, Device):
            return self.now if thing.revoked or thing.forgotten else thing.trusted + self.trust
        ends: datetime = self.now if thing.dead else thing.expires
        return ends

    # sessions and orders

    def enter(self, session: Session) -> Membership:
        """Use a session; where it acts."""
        person = session.person
        membership = person.membership(session.company)
        if session.ended:
            raise Dead(session.ended)
        if person.status in {"deactivated", "merged", "deleted"}:
            raise Dead(person.status)
        if session.with_account:
            raise Dead(session.with_account)
        if session.with_membership or membership is None:
            raise Dead(session.with_membership or "membership_ended")
        if self.now >= session.started + 30 * DAY:
            raise Dead("session_expired")
        if self.now >= session.seen + DAY:
            raise Dead("session_idle")
        if self.now - session.seen >= MINUTE:
            session.seen = self.now
        return membership

    def is_live(self, session: Session) -> bool:
        """Whether a session counts; asking does not use it."""
        seen = session.seen
        try:
            self.enter(session)
        except Dead:
            return False
        session.seen = seen
        return True

    def permit(self, session: Session, permission: str) -> Membership:
        """Use a session for something that needs a permission."""
        membership = self.enter(session)
        if permission not in MAY.get(membership.role, ()):
            raise No("missing_permission")
        return membership

    def see(self, membership: Membership, subject: Person) -> Membership:
        """The subject's membership, as seen from one's own membership."""
        everywhere = membership.role == self.platform
        found = next(iter(subject.memberships), None) if everywhere else subject.membership(membership.company)
        if everywhere and found is None and subject.status == "merged":
            found = Membership(subject.merged_in or "", "customer", "revoked")
        if subject.status == "deleted" or found is None:
            raise No("not_found")
        return found

    def reach(self, membership: Membership, subject: Person) -> Membership:
        """The subject's membership, unless its role is above one's own."""
        found = self.see(membership, subject)
        if RANKS[found.role] > RANKS[membership.role]:
            raise No("missing_permission")
        return found

    def other_owners(self, subject: Person, company: str) -> int:
        """Active owners of a company besides the subject."""
        return sum(
            person is not subject
            and person.status == "active"
            and any(p.company == company and p.role == "owner" and p.access == "granted" for p in person.memberships)
            for person in self.people
        )

    # endings

    def end_account(self, person: Person, why: str, *, but: Session | None = None) -> None:
        """Sessions, devices and waiting sign-ins of an account die."""
        for session in self.sessions:
            if session.person is person and session is not but:
                session.with_account = why
        for device in self.devices:
            device.revoked = device.revoked or device.person is person
        self.kill(sign_in for sign_in in self.sign_ins if sign_in.person is person)

    def end_membership(self, person: Person, company: str, why: str) -> None:
        """Sessions and waiting sign-ins of one company die."""
        for session in self.sessions:
            if session.person is person and session.company == company:
                session.with_membership = why
        self.kill(one for one in self.sign_ins if one.person is person and one.company == company)

    def end_everything(self, person: Person, why: str) -> None:
        """All that an account holds dies."""
        self.end_account(person, why)
        self.end_handed_out(person)
        self.end_codes(person, "confirmation")

    def end_handed_out(self, person: Person) -> None:
        """Links, second-factor codes and temporary passwords die."""
        self.kill(link for link in self.links if link.person is person)
        self.end_codes(person, "second_factor")
        self.kill(temporary for temporary in self.temporaries if temporary.person is person)

    def end_codes(self, person: Person, purpose: str, how: str = "void") -> None:
        """The newest code of a person and purpose dies, if it lives."""
        self.kill(self.codes_of(person, purpose)[-1:], how)

    def end_resets(self, person: Person, how: str = "void") -> None:
        """The reset links of a person die."""
        self.kill((one for one in self.links if one.person is person and one.purpose == "password_reset"), how)

    def kill(self, things: Iterable[Any], how: str = "void") -> None:
        """What lives of these things is dead; what had expired before it became void stays expired."""
        for thing in things:
            came_too_late = how == "void" and not isinstance(thing, SignIn) and self.now >= thing.expires
            thing.dead = thing.dead or ("expired" if came_too_late else how)

    # codes

    def codes_of(self, person: Person, purpose: str) -> list[Code]:
        """All codes of a person and purpose, the oldest first."""
        return [code for code in self.codes if code.person is person and code.purpose == purpose]

    def wrong_entries(self, purpose: str, subject: str) -> int:
        """How many wrong entries lie within the last hour."""
        return sum((p, s) == (purpose, subject) and at > self.now - HOUR for p, s, at in self.wrong)

    def judge_code(self, person: Person, purpose: str, typed: str, sign_in: SignIn | None = None) -> Code:
        """The code that was typed, or why it does not count; a wrong one is counted."""
        issued = self.codes_of(person, purpose)
        match = next((code for code in reversed(issued) if code.digits == typed), None)
        if match is None:
            newest = issued[-1] if issued else None
            self.count_wrong(person, purpose, newest if newest and newest.sign_in is sign_in else None)
            raise No("no_code" if newest is None or newest.sign_in is not sign_in else "wrong_code")
        if match.dead in {"used", "superseded"}:
            raise No(f"{match.dead}_code")
        if match.wrong >= 5:
            raise No("too_many_code_attempts")
        if match.dead:
            raise No(f"{match.dead}_code")
        if self.now >= match.expires:
            raise No("expired_code")
        if match.sign_in is not sign_in:
            raise No("other_sign_in")
        return match

    def count_wrong(self, person: Person, purpose: str, newest: Code | None) -> None:
        """One wrong entry more; the fifth ends the code, the fifteenth within an hour every one."""
        self.wrong.append((purpose, person.id, self.now))
        if newest and not newest.dead and self.now < newest.expires and newest.wrong < 5:
            newest.wrong += 1
        if self.wrong_entries(purpose, person.id) >= 15:
            self.end_codes(person, purpose)

    # devices

    def judge_device(self, device: Device | None, person: Person) -> str | None:
        """Why a device is not trusted, None if it is."""
        if device is None:
            return "device_not_sent"
        if device.forgotten:
            return "device_unknown"
        if device.person is not person:
            return "device_of_another_user"
        if device.revoked:
            return "device_revoked"
        return "device_trust_expired" if self.now >= device.trusted + self.trust else None
