"""Contacts of a portal: codes on two channels, opt-out, recognised devices, publications."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.journeys.machine import entering, orders, portal_rules
from tests.journeys.machine.life import OK, PASSWORDS, agree, pick
from tests.journeys.machine.model import DAY
from tests.journeys.machine.random_life import MOSTLY, NTH, RARELY, WHOM, RandomLife
from tests.journeys.machine.things import Code, Device, Membership, Person, SignIn

HARBOUR = "co_harbour"
NUMBERS = {"cora": "+14155550101", "dora": "+14155550102"}
TYPED = [
    "cora@example.test",
    "cora@example.test",
    NUMBERS["cora"],
    "dora@example.test",
    NUMBERS["dora"],
    "anna@example.test",
]
TYPED += ["Cora@example.test", "sam@example.test", "nobody@example.test", "+14155550109"]
WHO = st.sampled_from(TYPED)
PAGE = st.sampled_from(["pub_a", None])


def contact(name: str, **more: Any) -> Person:
    """Somebody on a contact card, with a number where one is known."""
    numbers = {"sms": NUMBERS[name]} if name in NUMBERS else {}
    membership = Membership(HARBOUR, "contact")
    return Person(f"usr_{name}", name, "active", [membership], {f"{name}@example.test": "main"}, None, numbers, **more)


def staff(name: str) -> Person:
    """Somebody who keeps the contact cards."""
    membership = Membership(HARBOUR, "staff")
    return Person(f"usr_{name}", name, "active", [membership], {f"{name}@example.test": "main"}, password=PASSWORDS[0])


class PortalLife(RandomLife):
    """`contact-portal`."""

    preset = "contact-portal"
    trust = 365 * DAY

    def __init__(self) -> None:
        super().__init__()
        self.audience = {"usr_cora"}

    def cast(self) -> list[Person]:
        return [staff("sam"), staff("stan"), contact("cora"), contact("dora"), contact("anna", opted_out=True)]

    def more_of_the_world(self) -> dict[str, Any]:
        return {"publications": [{"id": "pub_a", "title": "The plan", "body": "", "audience": ["usr_cora"]}]}

    @rule(typed=WHO, other=RARELY, device=NTH)
    def ask_for_a_code(self, typed: str, other: bool, device: int) -> None:
        self._ask(typed, other=other, device=device)

    @rule(typed=WHO, other=st.lists(RARELY, min_size=1, max_size=3), code=NTH, device=NTH, page=PAGE, trust=MOSTLY)
    def come_in_with_a_code(
        self, *, typed: str, other: list[bool], code: int, device: int, page: str | None, trust: bool
    ) -> None:
        """Ask once or more, by this channel or another, and type one of the codes."""
        for differs in other:
            self._ask(typed, other=differs, device=device)
        self._enter(typed, self._a_code(code % len(other)), page, device, trust=trust)

    @rule(typed=WHO, code=NTH, right=st.booleans(), page=PAGE, device=NTH, trust=st.booleans())
    def type_a_code(self, *, typed: str, code: int, right: bool, page: str | None, device: int, trust: bool) -> None:
        self._enter(typed, self._a_code(0 if right else code), page, device, trust=trust)

    @rule(typed=WHO, times=st.integers(4, 8))
    def guess_again_and_again(self, typed: str, times: int) -> None:
        for _ in range(times):
            self._enter(typed, f"{(int(self._a_code(0)) + 1) % 10**6:06d}", None, 0, trust=False)

    @rule(which=NTH)
    def open_the_page(self, which: int) -> None:
        session = self.a_session(which)
        said = self.door.call("GET", "/publications/pub_a", session=session)
        step = lambda: portal_rules.open_page(self.world, session, self.audience)  # noqa: E731 - one line is enough
        agree(said, self.due(step, (200, None, None)))

    @rule(which=NTH, who=WHOM, gives=MOSTLY)
    def publish(self, which: int, who: int, gives: bool) -> None:
        session, person = self.an_actor(which), pick(self.world.people, who)
        path = f"/publications/pub_a/audience/{person.id}"
        said = self.door.call("PUT" if gives else "DELETE", path, session=session)
        step = lambda: portal_rules.publish(self.world, session, person, self.audience, gives=gives)  # noqa: E731
        agree(said, self.due(step, OK))

    @rule(which=NTH, who=WHOM, opted_out=RARELY)
    def record_consent(self, which: int, who: int, opted_out: bool) -> None:
        session, person = self.an_actor(which), pick(self.world.people, who)
        said = self.door.call("PATCH", f"/users/{person.id}", {"opted_out": opted_out}, session=session)
        due = self.due(lambda: portal_rules.record_consent(self.world, session, person, opted_out))
        agree(said, (200, person.status, None) if due is None else due)

    @rule(which=NTH, who=WHOM)
    def deactivate(self, which: int, who: int) -> None:
        self.order(orders.deactivate, which, who, "PUT", "/users/{}/deactivation")

    @rule(which=NTH, who=WHOM)
    def reactivate(self, which: int, who: int) -> None:
        self.order(orders.reactivate, which, who, "DELETE", "/users/{}/deactivation")

    @rule(which=NTH, who=WHOM)
    def delete(self, which: int, who: int) -> None:
        self.order(orders.delete, which, who, "DELETE", "/users/{}")

    def _ask(self, typed: str, *, other: bool, device: int) -> None:
        own = "sms" if typed.startswith("+") else "email"
        channel = ({"sms": "email", "email": "sms"}[own]) if other else own
        self._request(typed, channel, self.a_device(device, self.world.holder(typed)))

    def _request(self, typed: str, channel: str, shown: Device | None) -> None:
        body = {_field(typed): typed, "channel": channel}
        said = self.door.post("/confirmation-codes", body, device=shown)
        found = portal_rules.judge_request(self.world, typed, channel, shown)
        agree(said, found.answer)
        if found.answer == entering.SIGNED_IN and found.person is not None:
            self.begin_session(said, found.person, found.person.memberships[0])
        elif found.address is not None and found.person is not None:
            digits = self.door.newest(found.address, "confirmation_code")["code"]
            entering.issue_code(self.world, digits, found.person, "confirmation")

    def type_in(self, thing: Code | SignIn) -> None:
        typed = next(iter(thing.person.addresses), "gone@example.test")
        if isinstance(thing, Code):
            self._enter(typed, thing.digits, None, 0, trust=True)

    def try_out(self, thing: Any) -> None:
        if isinstance(thing, Device):
            typed = next(iter(thing.person.addresses), "gone@example.test")
            self._request(typed, "email", thing)
        else:
            super().try_out(thing)

    def _enter(self, typed: str, code: str, page: str | None, device: int, *, trust: bool) -> None:
        shown = self.a_device(device, self.world.holder(typed))
        body = {_field(typed): typed, "code": code, "trust_device": trust} | ({"publication_id": page} if page else {})
        said = self.door.post("/confirmations", body, device=shown)
        due, person = portal_rules.judge_entry(self.world, typed, code, page, self.audience)
        agree(said, due)
        if person is not None:
            self.begin_session(said, person, person.memberships[0])
            if trust:
                entering.trust(self.world, said.body["device_token"], person, shown)

    def _a_code(self, which: int) -> str:
        return pick([code.digits for code in reversed(self.world.codes)] or ["000000"], which)


def _field(typed: str) -> str:
    return "phone" if typed.startswith("+") else "email"
