"""What every machine does: time passes, people sign in and out, forget passwords, and open links, in any order."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.journeys.machine import accounts
from tests.journeys.machine.life import OK, PASSWORDS, Life, agree, path_of, pick, spell

SHORT = "seven77"
NTH = st.integers(0, 7)
WHOM = st.sampled_from([2, 3, 4, 2, 3, 4, 5, 6, 7, 8, 0, 1])
"""Mostly not those who manage, or soon there is nobody who could."""
RARELY = st.sampled_from([False, False, False, True])
MOSTLY = RARELY.map(lambda rare: not rare)
SPELLED = st.sampled_from(["right", "right", "right", "right", "in capitals", "with a space", "otherwise"])
STEPS = st.sampled_from([timedelta(**by) for by in (
    {"seconds": 1}, {"seconds": 30}, {"minutes": 3}, {"minutes": 9}, {"minutes": 10}, {"hours": 1}, {"hours": 23},
    {"days": 1}, {"days": 6}, {"days": 23},
)])  # fmt: skip


class RandomLife(Life):
    """The steps that are the same for all three services."""

    @rule(by=STEPS)
    def some_time_passes(self, by: timedelta) -> None:
        self.let_time_pass(by)

    @rule(kind=NTH, which=NTH, late=st.sampled_from([-1, 0, 0, 1]))
    def wait_for_an_end(self, kind: int, which: int, late: int) -> None:
        """A second before something ends, at that moment, or a second later, it is tried."""
        thing = self.a_thing(kind, which, lives=True)
        if thing is not None:
            by = self.world.end_of(thing) + timedelta(seconds=late) - self.world.now
            self.let_time_pass(max(by, timedelta(seconds=1)))
            self.try_out(thing)

    @rule(kind=NTH, which=NTH)
    def try_what_is_dead(self, kind: int, which: int) -> None:
        thing = self.a_thing(kind, which, lives=False)
        if thing is not None:
            self.try_out(thing)

    @rule(who=NTH, name=NTH, spelled=SPELLED, password=NTH, typed=SPELLED, device=NTH, ask=st.booleans())
    def sign_in(self, *, who: int, name: int, spelled: str, password: int, typed: str, device: int, ask: bool) -> None:
        person = pick(self.world.people, who)
        identifier = spell(pick(person.identifiers, name) if person.identifiers else "gone@example.test", spelled)
        known = [person.password or PASSWORDS[0], *PASSWORDS]
        known += [one.plain for one in reversed(self.world.temporaries) if one.person is person]
        self.try_to_sign_in(identifier, spell(pick(known, password), typed), self.a_device(device, person), ask=ask)

    @rule(who=NTH, device=NTH)
    def sign_in_with_what_is_right(self, who: int, device: int) -> None:
        person = pick(self.world.people, who)
        self.sign_in_rightly(person, self.a_device(device, person))

    @rule(who=NTH, device=NTH)
    def come_in_step_by_step(self, who: int, device: int) -> None:
        person = pick(self.world.people, who)
        self.come_in(person, self.a_device(device, person))

    @rule(which=NTH, leaves=RARELY)
    def use_a_session(self, which: int, leaves: bool) -> None:
        self.use(self.a_session(which), leaves=leaves)

    @rule(who=NTH, name=NTH, spelled=SPELLED)
    def ask_for_a_reset(self, who: int, name: int, spelled: str) -> None:
        person = pick(self.world.people, who)
        identifier = spell(pick(person.identifiers, name) if person.identifiers else "gone@example.test", spelled)
        found, reason = accounts.judge_reset_request(self.world, identifier)
        agree(self.door.post("/password-resets", {"identifier": identifier}), (202, "accepted", reason))
        if found is not None and found.mailbox is not None and reason is None:
            token = self.door.newest(found.mailbox, "password_reset")["token"]
            accounts.send_reset(self.world, token, found)

    @rule(which=NTH)
    def look_at_a_link(self, which: int) -> None:
        link = self.a_link(which)
        if link is not None:
            self.look_at(link)

    @rule(which=NTH, password=NTH, entries=st.sampled_from(["right", "right", "right", "short", "differing"]))
    def use_a_link(self, which: int, password: int, entries: str) -> None:
        link = self.a_link(which)
        if link is None:
            return
        chosen = SHORT if entries == "short" else pick(PASSWORDS, password)
        body = {"password": chosen, "password_confirmation": chosen + "!" * (entries == "differing")}
        is_reset = link.purpose == "password_reset"
        said = self.door.call("PUT" if is_reset else "POST", path_of(link) + ("" if is_reset else "/acceptance"), body)
        agree(said, self.due(lambda: accounts.use_link(self.world, link, *body.values(), second_password=None)))

    @rule(which=NTH, password=NTH, right=MOSTLY)
    def change_a_password(self, which: int, password: int, right: bool) -> None:
        session = self.a_session(which)
        if session.person.password is None:
            return
        current, new = session.person.password if right else "something else", pick(PASSWORDS, password)
        body = {"current_password": current, "password": new, "password_confirmation": new}
        said = self.door.call("PUT", "/me/password", body, session=session)
        agree(said, self.due(lambda: accounts.change_password(self.world, session, current, new), OK))

    @rule(which=NTH, who=WHOM)
    def revoke_invitations(self, which: int, who: int) -> None:
        self.order(accounts.revoke_invitations, which, who, "DELETE", "/users/{}/invitations")
