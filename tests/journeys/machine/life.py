"""One sandbox and the model of it: how a step is taken in both, and how their answers are held against one another."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, TypeVar

from flask import Flask
from hypothesis.stateful import RuleBasedStateMachine

from tests.journeys.machine import accounts, entering
from tests.journeys.machine.answers import Answer, dead_session, not_current, refused
from tests.journeys.machine.door import Door, Said
from tests.journeys.machine.model import Dead, No, NotCurrent, World
from tests.journeys.machine.things import Code, Device, Link, Membership, Person, Session, SignIn, Temporary

T = TypeVar("T")

PASSWORDS = ("first fine password", "Second fine password", "third Fine password")
OK: Answer = (204, None, None)


class Life(RuleBasedStateMachine):
    """Both are kept in step; every answer is the one that is due."""

    app: ClassVar[Flask]
    preset: ClassVar[str]
    case_sensitive: ClassVar[bool] = False
    trust: ClassVar[timedelta] = timedelta(days=30)
    platform: ClassVar[str | None] = None

    def __init__(self) -> None:
        super().__init__()
        cast = self.cast()
        self.world = World(
            datetime(2026, 3, 2, 9, tzinfo=UTC), self.case_sensitive, self.trust, self.platform, people=cast
        )
        self.door = Door(self.app, self.preset, [described(person) for person in cast], **self.more_of_the_world())
        for person in cast[:2]:
            self.come_in(person, None)

    def cast(self) -> list[Person]:
        """Who is there at first; those who manage first of all."""
        raise LookupError("every machine has people of its own")

    def more_of_the_world(self) -> dict[str, Any]:
        """What else is there."""
        return {}

    def teardown(self) -> None:
        """The sandbox goes."""
        self.door.close()

    def let_time_pass(self, by: timedelta) -> None:
        """Move both clocks."""
        self.door.advance(by)
        self.world.now += by

    def try_out(self, thing: Any) -> None:
        """Whatever it is, use it as its owner would."""
        if isinstance(thing, Session):
            self.use(thing)
        elif isinstance(thing, Link):
            self.look_at(thing)
        elif isinstance(thing, Device):
            self.sign_in_rightly(thing.person, thing)
        elif isinstance(thing, Temporary):
            self.try_to_sign_in(next(iter(thing.person.identifiers), "gone@example.test"), thing.plain)
        else:
            self.type_in(thing)

    def type_in(self, thing: Code | SignIn) -> None:
        """Use a code, or answer to a sign-in that waits."""

    def use(self, session: Session, *, leaves: bool = False) -> None:
        """Look at a session, or leave."""
        said = self.door.call("DELETE" if leaves else "GET", "/session", session=session)
        step = accounts.sign_out if leaves else World.enter
        agree(said, self.due(lambda: step(self.world, session), OK if leaves else (200, None, None)))

    def look_at(self, link: Link) -> None:
        """Open a link without using it."""
        said = self.door.call("GET", path_of(link))
        agree(said, self.due(lambda: accounts.look_at_link(self.world, link), (200, "usable", None)))

    def order(
        self, step: Callable[[World, Session, Person], None], which: int, who: int, method: str, path: str
    ) -> None:
        """Somebody with a session does something to somebody."""
        session, person = self.an_actor(which), pick(self.world.people, who)
        said = self.door.call(method, path.format(person.id), session=session)
        agree(said, self.due(lambda: step(self.world, session, person), OK))

    def due(self, step: Callable[[], Any], done: Answer | None = None) -> Any:
        """The answer to a step of the model: `done`, else what it returns, or that to its refusal."""
        try:
            found = step()
            return found if done is None else done
        except Dead as no:
            return dead_session(no.reason)
        except NotCurrent as no:
            return not_current(no.reason)
        except No as no:
            return refused(no.reason)

    def come_in(self, person: Person, device: Device | None) -> None:
        """Sign in with what is right, and do rightly whatever is asked next."""
        self.sign_in_rightly(person, device)
        waiting = [sign_in for sign_in in self.world.sign_ins[-1:] if sign_in.person is person and not sign_in.dead]
        for sign_in in waiting:
            self.take_next_step(sign_in, device)

    def take_next_step(self, sign_in: SignIn, device: Device | None) -> None:
        """What a sign-in waits for, done rightly."""

    def sign_in_rightly(self, person: Person, device: Device | None = None) -> None:
        """With what is right, where there is anything."""
        names = [one for one, kind in person.addresses.items() if kind == "main"]
        names += [person.username] if person.username else []
        temporary = next(
            (one for one in reversed(self.world.temporaries) if one.person is person and not one.dead), None
        )
        password = temporary.plain if temporary else person.password
        self.try_to_sign_in(next(iter(names), "gone@example.test"), password or PASSWORDS[0], device)

    def try_to_sign_in(
        self,
        identifier: str,
        password: str,
        device: Device | None = None,
        *,
        ask: bool = False,
        company: str | None = None,
    ) -> None:
        """One try; whoever is in has a session, whoever must do more waits for it."""
        body: dict[str, Any] = {"identifier": identifier, "password": password, "ask_second_factor": ask}
        if company is not None:
            body["company"] = company
        said = self.door.post("/sign-ins", body, device=device)
        try:
            due, person, membership, temporary = entering.judge_sign_in(
                self.world, identifier, password, company=company, device=device, ask=ask
            )
        except No as no:
            agree(said, refused(no.reason))
            return
        agree(said, due)
        if due == entering.SIGNED_IN:
            self.begin_session(said, person, membership)
            return
        needs = str(due[1]).removesuffix("_required")
        entering.begin_waiting(
            self.world, said.body["sign_in_id"], person, membership, needs=needs, temporary=temporary
        )

    def begin_session(self, said: Said, person: Person, membership: Membership, *, proven: bool = False) -> None:
        """Somebody is in, where the product says so too."""
        session = said.body["session"]
        assert (said.body["user"]["id"], session["company"]) == (person.id, membership.company)
        entering.begin_session(self.world, session["access_token"], person, membership.company, proven=proven)

    def a_session(self, which: int) -> Session:
        """One of the sessions, those that live first; the last numbers are for the dead."""
        live = [session for session in self.world.sessions if self.world.is_live(session)]
        return newest(self.world.sessions if which > 5 or not live else live, which)

    def an_actor(self, which: int) -> Session:
        """Mostly the session of somebody with permissions, who comes in for it if need be; else any session."""
        if which > 4:
            return self.a_session(which)
        manager = pick(self.world.people[:2], which)
        live = [one for one in self.world.sessions if one.person is manager and self.world.is_live(one)]
        if not live:
            self.come_in(manager, self.a_device(0, manager))
        return next((one for one in reversed(self.world.sessions) if one.person is manager), self.world.sessions[-1])

    def a_link(self, which: int) -> Link | None:
        """One of the links, those that live first."""
        live = [link for link in self.world.links if not link.dead and self.world.now < link.expires]
        links = live if live and which < 6 else self.world.links
        return newest(links, which) if links else None

    def a_sign_in(self, which: int) -> SignIn | None:
        """One of the sign-ins that waited, those that still wait first."""
        live = [sign_in for sign_in in self.world.sign_ins if not sign_in.dead and self.world.now < sign_in.expires]
        sign_ins = live if live and which < 6 else self.world.sign_ins
        return newest(sign_ins, which) if sign_ins else None

    def a_thing(self, kind: int, which: int, *, lives: bool) -> Any:
        """One of all things that were handed out and still count, or no longer do; each kind as likely as another."""
        world = self.world
        kinds = (world.links, world.sign_ins, world.codes, world.temporaries, world.sessions, world.devices)
        found = [[thing for thing in things if (world.end_of(thing) > world.now) == lives] for things in kinds]
        found = [things for things in found if things]
        return newest(pick(found, kind), which) if found else None

    def a_device(self, which: int, person: Person | None = None) -> Device | None:
        """None, or one of the devices, the newest first; mostly one of the person's own."""
        own = [device for device in self.world.devices if device.person is person]
        return newest(own, which) if own and which < 5 else pick([None, *reversed(self.world.devices)], which)


def pick(things: Sequence[T], which: int) -> T:
    """One of them, by a number that may be too high."""
    return things[which % len(things)]


def newest(things: Sequence[T], which: int) -> T:
    """One of them, the newest first."""
    return pick(things[::-1], which)


def spell(text: str, how: str) -> str:
    """As it is, or not quite."""
    if how == "in capitals":
        return text.upper()
    if how == "with a space":
        return f"{text} "
    return text if how == "right" else f"x{text}"


def path_of(link: Link) -> str:
    """Where a link is looked at."""
    return f"/{'invitations' if link.purpose == 'activation' else 'password-resets'}/{link.token}"


def agree(said: Said, due: Answer) -> None:
    """The answer is the one that is due."""
    assert said.answer == due, f"the product says {said.answer}, the rules say {due}"


def described(person: Person) -> dict[str, Any]:
    """A person as a world has them."""
    factor = {"method": person.factor, "second_password": person.second_password}
    return {
        "id": person.id,
        "name": person.name,
        "status": person.status,
        "username": person.username,
        "password": person.password,
        "emails": [{"address": address, "kind": kind} for address, kind in person.addresses.items()],
        "phones": [{"number": number, "kind": kind} for kind, number in person.numbers.items()],
        "memberships": [{"company": membership.company, "role": membership.role} for membership in person.memberships],
        "opted_out": person.opted_out,
        "second_factor": {key: value for key, value in factor.items() if value} if person.factor else None,
        "invitation": "none",
    }
