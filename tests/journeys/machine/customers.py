"""Customers of professionals: usernames, several companies, temporary passwords, mergers, revoked access, releases."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.journeys.machine import accounts, customer_care, entering, orders
from tests.journeys.machine.answers import Answer, refused
from tests.journeys.machine.life import OK, PASSWORDS, agree, newest, pick
from tests.journeys.machine.model import World
from tests.journeys.machine.random_life import MOSTLY, NTH, SHORT, WHOM, RandomLife
from tests.journeys.machine.things import Code, Device, Membership, Person, Session, SignIn

HARBOUR, MEADOW, PLATFORM = "co_harbour", "co_meadow", "co_platform"
COMPANY = st.sampled_from([HARBOUR, MEADOW])


def customer(name: str, *companies: str, kind: str = "main", username: str | None = None) -> Person:
    """A customer with the first password."""
    memberships = [Membership(company, "customer") for company in companies]
    addresses = {f"{name}@example.test": kind}
    return Person(f"usr_{name}", name, "active", memberships, addresses, username, password=PASSWORDS[0])


def manager(name: str, company: str, role: str) -> Person:
    """A professional, or somebody of support."""
    membership = Membership(company, role)
    return Person(f"usr_{name}", name, "active", [membership], {f"{name}@example.test": "main"}, password=PASSWORDS[0])


class CustomerLife(RandomLife):
    """`customer-app`."""

    preset = "customer-app"
    platform = "support"

    def cast(self) -> list[Person]:
        return [
            manager("pia", HARBOUR, "professional"),
            manager("sue", PLATFORM, "support"),
            customer("carl", HARBOUR),
            customer("cora", HARBOUR, MEADOW, kind="secondary", username="cora.crane"),
            customer("chad", HARBOUR),
            manager("mel", MEADOW, "professional"),
        ]

    @rule(who=WHOM, company=st.sampled_from([HARBOUR, MEADOW, PLATFORM, "co_nowhere"]))
    def sign_in_to_a_company(self, who: int, company: str) -> None:
        person = pick(self.world.people, who)
        name = next(iter(person.identifiers), "gone@example.test")
        self.try_to_sign_in(name, person.password or PASSWORDS[0], company=company)

    @rule(which=NTH, name=st.sampled_from(["ben", "cyd", "carl", "cora", "chad"]), main=st.booleans())
    def invite(self, which: int, name: str, main: bool) -> None:
        session, address = self.an_actor(which), f"{name}@example.test"
        kind = "main" if main else "secondary"
        body = {"name": name, "role": "customer", "emails": [{"address": address, "kind": kind}]}
        username = None if main else f"{name}.again"
        body |= {"username": username} if username else {}
        said = self.door.post("/users", body, session=session)
        due = self.due(lambda: customer_care.judge_invitation(self.world, session, username, address, main=main))
        if due == "joined":
            holder = self.world.holder(address)
            assert holder is not None
            agree(said, (201, holder.status, None))
            customer_care.join(self.world, holder, session.company)
            return
        agree(said, (201, "invited", None) if due == "new" else due)
        if due == "new":
            membership = Membership(session.company, "customer")
            person = Person(said.body["id"], name, "invited", [membership], {address: kind}, username)
            self.world.people.append(person)
            self._note_invitation(person, membership, session)

    @rule(which=NTH, who=WHOM)
    def resend(self, which: int, who: int) -> None:
        session, person = self.an_actor(which), newest(self.world.people, who)
        said = self.door.post(f"/users/{person.id}/invitations", {"method": "email"}, session=session)
        due = self.due(lambda: accounts.judge_resend(self.world, session, person, by="email", renews="customer"))
        agree(said, (201, None, None) if isinstance(due, Membership) else due)
        if isinstance(due, Membership):
            self._note_invitation(person, due, session)

    @rule(which=NTH, who=WHOM, comes=MOSTLY)
    def hand_over_a_temporary_password(self, which: int, who: int, comes: bool) -> None:
        session, person = self.an_actor(which), pick(self.world.people, who)
        way = "temporary_password"
        said = self.door.post(f"/users/{person.id}/invitations", {"method": way}, session=session)
        due = self.due(lambda: accounts.judge_resend(self.world, session, person, by=way, renews="customer"))
        if due == refused("more_than_one_company"):
            due = (409, "temporary_password_unavailable", "more_than_one_company")
        agree(said, (201, None, None) if isinstance(due, Membership) else due)
        if isinstance(due, Membership):
            customer_care.hand_over(self.world, said.body["temporary_password"], person)
            if comes:
                self.come_in(person, None)

    @rule(which=NTH, password=NTH, entries=st.sampled_from(["right", "right", "short", "the temporary one"]))
    def set_a_new_password(self, which: int, password: int, entries: str) -> None:
        waiting = [one for one in self.world.sign_ins if one.temporary]
        if not waiting:
            return
        sign_in = newest(waiting, which)
        assert sign_in.temporary is not None
        others = {"short": SHORT, "the temporary one": sign_in.temporary.plain}
        self._choose(sign_in, others.get(entries, pick(PASSWORDS, password)))

    @rule(which=NTH, who=WHOM)
    def deactivate(self, which: int, who: int) -> None:
        self.order(orders.deactivate, which, who, "PUT", "/users/{}/deactivation")

    @rule(which=NTH, who=WHOM)
    def reactivate(self, which: int, who: int) -> None:
        self.order(orders.reactivate, which, who, "DELETE", "/users/{}/deactivation")

    @rule(which=NTH, who=WHOM)
    def delete(self, which: int, who: int) -> None:
        self.order(orders.delete, which, who, "DELETE", "/users/{}")

    @rule(which=NTH, who=WHOM)
    def end_all_sessions(self, which: int, who: int) -> None:
        self.order(orders.end_sessions, which, who, "DELETE", "/users/{}/sessions")

    @rule(which=NTH, who=WHOM, company=COMPANY, gives=st.booleans())
    def change_access(self, which: int, who: int, company: str, gives: bool) -> None:
        def step(world: World, session: Session, person: Person) -> None:
            customer_care.change_access(world, session, person, company, gives=gives)

        path = f"/users/{{}}/access-revocation?company={company}"
        self.order(step, which, who, "DELETE" if gives else "PUT", path)

    @rule(which=NTH, who=WHOM, company=COMPANY)
    def add_to_a_company(self, which: int, who: int, company: str) -> None:
        session, person = self.an_actor(which), pick(self.world.people, who)
        path = f"/users/{person.id}/memberships/{company}"
        said = self.door.call("PUT", path, {"role": "customer"}, session=session)
        agree(said, self.due(lambda: customer_care.add(self.world, session, person, company), OK))

    @rule(which=NTH, who=WHOM, company=COMPANY)
    def remove_from_a_company(self, which: int, who: int, company: str) -> None:
        def step(world: World, session: Session, person: Person) -> None:
            customer_care.remove(world, session, person, company)

        self.order(step, which, who, "DELETE", f"/users/{{}}/memberships/{company}")

    @rule(which=NTH, who=WHOM, into=NTH, undone=st.booleans())
    def merge(self, which: int, who: int, into: int, undone: bool) -> None:
        session, person = self.an_actor(which), pick(self.world.people, who)
        active = [one for one in self.world.people if one.status == "active" and one is not person]
        survivor = pick([*active, person], into)
        said = self.door.call("PUT", f"/users/{person.id}/merge", {"into": survivor.id}, session=session)
        agree(said, self.due(lambda: orders.merge(self.world, session, person, survivor), OK))
        if undone:
            self.restore_by(self.an_actor(1), person)

    @rule(which=NTH, who=WHOM)
    def restore(self, which: int, who: int) -> None:
        self.restore_by(self.an_actor(which), pick(self.ended("merged") or self.world.people, who))

    @rule(which=NTH, who=WHOM, name=NTH)
    def release(self, which: int, who: int, name: int) -> None:
        session, person = self.an_actor(which), pick(self.ended("merged", "deactivated") or self.world.people, who)
        address = pick([*person.addresses, "carl@example.test"], name)
        said = self.door.post(f"/users/{person.id}/email-releases", {"address": address}, session=session)
        agree(said, self.due(lambda: orders.release(self.world, session, person, address), OK))

    def restore_by(self, session: Session, person: Person) -> None:
        """And then the person tries the password of before."""
        names, password = [*person.identifiers, "gone@example.test"], person.password or PASSWORDS[0]
        said = self.door.call("DELETE", f"/users/{person.id}/merge", session=session)
        agree(said, self.due(lambda: orders.restore(self.world, session, person), OK))
        self.try_to_sign_in(names[0], password)

    def ended(self, *how: str) -> list[Person]:
        """Whose accounts ended so."""
        return [person for person in self.world.people if person.status in how]

    def take_next_step(self, sign_in: SignIn, device: Device | None) -> None:
        self._choose(sign_in, PASSWORDS[2])

    def type_in(self, thing: Code | SignIn) -> None:
        if isinstance(thing, SignIn) and thing.temporary:
            self._choose(thing, PASSWORDS[1])

    def _choose(self, sign_in: SignIn, chosen: str) -> None:
        body = {"password": chosen, "password_confirmation": chosen}
        said = self.door.post(f"/sign-ins/{sign_in.id}/new-password", body)
        due: Answer = self.due(lambda: entering.judge_new_password(self.world, sign_in, chosen, chosen))
        agree(said, due)
        if due == entering.SIGNED_IN:
            membership = sign_in.person.membership(sign_in.company)
            assert membership is not None
            self.begin_session(said, sign_in.person, membership)

    def _note_invitation(self, person: Person, membership: Membership, session: Session) -> None:
        token = self.door.newest(str(person.mailbox), "activation")["token"]
        accounts.send_invitation(self.world, token, person, membership, session.person)
