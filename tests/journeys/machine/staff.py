"""A company's staff: roles, second factors, trusted devices, deactivation and deletion."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.journeys.machine import accounts, entering, orders
from tests.journeys.machine.answers import refused
from tests.journeys.machine.life import OK, PASSWORDS, agree, newest, pick
from tests.journeys.machine.model import No
from tests.journeys.machine.random_life import MOSTLY, NTH, WHOM, RandomLife
from tests.journeys.machine.things import Code, Device, Membership, Person, SignIn

HARBOUR = "co_harbour"
NUMBER, OTHER_NUMBER = "+14155550100", "+14155550199"
SECOND = "the second one"
ROLES = st.sampled_from(["member", "member", "admin", "owner"])


def somebody(name: str, role: str, **more: Any) -> Person:
    """One of the staff, with the first password."""
    membership = Membership(HARBOUR, role)
    return Person(
        f"usr_{name}", name, "active", [membership], {f"{name}@example.test": "main"}, password=PASSWORDS[0], **more
    )


class StaffLife(RandomLife):
    """`business-chat`."""

    preset = "business-chat"
    case_sensitive = True

    def cast(self) -> list[Person]:
        return [
            somebody("ola", "owner"),
            somebody("adam", "admin", factor="second_password", second_password=SECOND),
            somebody("wes", "member", factor="whatsapp_otp", numbers={"whatsapp": NUMBER}),
            somebody("may", "member"),
            somebody("olga", "owner"),
        ]

    @rule(which=NTH, name=st.sampled_from(["ben", "cyd", "may", "Ola", "dora"]), role=ROLES)
    def invite(self, which: int, name: str, role: str) -> None:
        session, address = self.an_actor(which), f"{name}@example.test"
        body = {"name": name, "role": role, "emails": [{"address": address}]}
        said = self.door.post("/users", body, session=session)
        due = self.due(lambda: accounts.judge_invitation(self.world, session, address, role, joins=None))
        agree(said, (201, "invited", None) if due == "new" else due)
        if due == "new":
            person = Person(said.body["id"], name, "invited", [Membership(session.company, role)], {address: "main"})
            self.world.people.append(person)
            token = self.door.newest(address, "activation")["token"]
            accounts.send_invitation(self.world, token, person, person.memberships[0], session.person)

    @rule(which=NTH, who=WHOM)
    def resend(self, which: int, who: int) -> None:
        session, person = self.an_actor(which), newest(self.world.people, who)
        said = self.door.post(f"/users/{person.id}/invitations", {"method": "email"}, session=session)
        due = self.due(lambda: accounts.judge_resend(self.world, session, person, by="email", renews=None))
        agree(said, (201, None, None) if isinstance(due, Membership) else due)
        if isinstance(due, Membership):
            token = self.door.newest(str(person.mailbox), "activation")["token"]
            accounts.send_invitation(self.world, token, person, due, session.person)

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

    @rule(which=NTH, who=WHOM)
    def remove_the_factor_of_somebody(self, which: int, who: int) -> None:
        self.order(orders.remove_factor_of, which, who, "DELETE", "/users/{}/second-factor")

    @rule(which=NTH, who=WHOM, role=ROLES)
    def assign_a_role(self, which: int, who: int, role: str) -> None:
        session, person = self.an_actor(which), pick(self.world.people, who)
        said = self.door.call("PUT", f"/users/{person.id}/role", {"role": role}, session=session)
        agree(said, self.due(lambda: orders.assign_role(self.world, session, person, role), (200, person.status, None)))

    @rule(who=NTH, number=st.sampled_from([NUMBER, NUMBER, OTHER_NUMBER]), times=st.integers(0, 2), typed=NTH)
    def ask_for_codes(self, who: int, number: str, times: int, typed: int) -> None:
        """And then type any of them."""
        person = pick([person for person in self.world.people if person.factor] or self.world.people, who)
        self.sign_in_rightly(person)
        sign_in = self.a_sign_in(0)
        if sign_in is not None:
            for _ in range(times):
                self._ask(sign_in, number)
            self._enter(sign_in, typed, None, trust=True)

    @rule(which=NTH, typed=NTH, device=NTH, trust=MOSTLY, right=MOSTLY)
    def pass_the_factor(self, which: int, typed: int, device: int, trust: bool, right: bool) -> None:
        sign_in = self.a_sign_in(which)
        if sign_in is not None:
            self._enter(sign_in, 0 if right else typed, self.a_device(device, sign_in.person), trust=trust)

    @rule(which=NTH, times=st.integers(4, 8))
    def guess_again_and_again(self, which: int, times: int) -> None:
        sign_in = self.a_sign_in(which)
        if sign_in is not None:
            for _ in range(times):
                self._enter(sign_in, -1, None, trust=False)

    @rule(
        which=NTH, method=st.sampled_from(["second_password", "whatsapp_otp", None]), right=st.sampled_from([1, 1, 0])
    )
    def change_ones_factor(self, which: int, method: str | None, right: int) -> None:
        session = self.a_session(which)
        person = session.person
        if method == "whatsapp_otp" and "whatsapp" not in person.numbers:
            return
        current = (person.password or PASSWORDS[0]) if right else "something else"
        second = SECOND if method == "second_password" else None
        body = {"current_password": current} | ({"method": method} if method else {})
        body |= {"second_password": second} if second else {}
        said = self.door.call("PUT" if method else "DELETE", "/me/second-factor", body, session=session)
        done = (200, "active", None) if method else OK
        agree(said, self.due(lambda: accounts.change_factor(self.world, session, current, method, second), done))

    def _ask(self, sign_in: SignIn, number: str) -> None:
        said = self.door.post(f"/sign-ins/{sign_in.id}/otp", {"phone": number})
        try:
            reason = entering.judge_otp_request(self.world, sign_in, number)
        except No as no:
            agree(said, refused(no.reason))
            return
        agree(said, (202, "code_sent", reason))
        if reason is None:
            digits = self.door.newest(number, "second_factor_code")["code"]
            entering.issue_code(self.world, digits, sign_in.person, "second_factor", sign_in)

    def take_next_step(self, sign_in: SignIn, device: Device | None) -> None:
        self._ask(sign_in, NUMBER)
        self._enter(sign_in, 0, device, trust=True)

    def type_in(self, thing: Code | SignIn) -> None:
        if isinstance(thing, SignIn):
            self._enter(thing, 0, None, trust=True)
        elif thing.sign_in is not None:
            self._enter(
                thing.sign_in, self.world.codes_of(thing.person, thing.purpose)[::-1].index(thing), None, trust=True
            )

    def _enter(self, sign_in: SignIn, typed: int, shown: Device | None, *, trust: bool) -> None:
        entry = self._entry(sign_in, typed)
        kind = "second_password" if sign_in.person.factor == "second_password" else "code"
        body = {kind: entry, "trust_device": trust}
        said = self.door.post(f"/sign-ins/{sign_in.id}/second-factor", body, device=shown)
        due = self.due(lambda: entering.judge_factor(self.world, sign_in, entry))
        agree(said, due)
        if due == entering.SIGNED_IN:
            membership = sign_in.person.membership(sign_in.company)
            assert membership is not None
            self.begin_session(said, sign_in.person, membership, proven=True)
            assert ("device_token" in said.body) == trust
            if trust:
                entering.trust(self.world, said.body["device_token"], sign_in.person, shown)

    def _entry(self, sign_in: SignIn, typed: int) -> str:
        """The right entry for 0, a wrong one below, any of the codes that ever were above."""
        if sign_in.person.factor == "second_password":
            return SECOND if typed == 0 else "not the second one"
        issued = [code.digits for code in reversed(self.world.codes) if code.person is sign_in.person] or ["000000"]
        return f"{(int(issued[0]) + 1) % 10**6:06d}" if typed < 0 else pick(issued, typed)
