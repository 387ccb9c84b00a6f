"""Proves one situation: following its remedies one by one lets the person sign in."""

from typing import Any

from flask import Flask

from logindrill.rules.reasons import REASONS, About
from logindrill.rules.reasons.remedies import ASKS_FACTOR_AGAIN, ENDS_PASSWORD, FORGETS_DEVICE
from tests.support.proof.cause import OTP, CauseEntry
from tests.support.proof.evidence import World, lies_of_attempt, lies_of_person
from tests.support.proof.following import follow
from tests.support.proof.situation import Situation, stage
from tests.support.proof.traveller import CONTROL, Stop
from tests.support.proof.ways import Staging


def flaws(app: Flask, situation: Situation) -> list[str]:
    """Play it; what contradicts the proof, in sentences."""
    staging = stage(app, situation)
    try:
        return _Trial(staging, situation).run()
    finally:
        staging.traveller.http.delete(f"{CONTROL}/{staging.traveller.sandbox}")


_OPENS_THE_WAY = frozenset({"allow_sender", "end_delivery_rule", "exclude_from_scanning", "keep_links_unused"})
_SENDS_AGAIN = frozenset({"ask_new_code", "ask_new_reset", "resend_invitation", "resend_by_email"})
"""Remedies that let messages through, and those that then send one: two steps of one cure."""

_FOR_ONE_MESSAGE = frozenset({"wait_for_message", "deliver_now"})
"""Remedies that bring one message; the code of the second step comes after a link, and is late like it."""
_SETS_BY_LINK = frozenset({"reset_password", "resend_by_email"})
"""Remedies whose cure comes with the link: an account without a password has none until it is followed."""
_INVITES = frozenset({"invite", "restore_merged", "release_email"})
"""Remedies after which the person has an account to activate."""

_LASTING = frozenset(
    {"mail_in_spam", "mail_blocked", "mail_delayed", "mail_not_sent", "not_activated"}
    | {f"temporary_password_{state}" for state in ("superseded", "expired", "void")}
)
"""What stays true for a while when its remedy was followed: a message stays where it is until another is asked for, and
whoever is invited anew has neither account nor password before they follow the link."""

_OF_DEVICES = frozenset(code for code, reason in REASONS.items() if reason.about is About.DEVICE)
"""Why a device is not recognised: also a consequence of other causes, of which the world itself is asked."""


class _Trial:
    def __init__(self, staging: Staging, situation: Situation) -> None:
        self.staging, self.situation = staging, situation
        self.open = list(situation.causes)
        self.wrong: list[str] = []
        self.log: list[str] = []
        self.predicted: set[str] = set()
        self.waited = 0

    def run(self) -> list[str]:
        """Rounds of trying and curing, as many as there are causes."""
        number = 0
        while number < len(self.situation.causes) + self.waited:
            stop = self.staging.traveller.try_it()
            if stop is None:
                if number == 0:
                    self.wrong.append("nothing stopped the person")
                return self._all()
            self._round(number, stop)
            if self.wrong:
                return self._all()
            number += 1
        stop = self.staging.traveller.try_it()
        if stop is not None:
            card = self._card(stop)
            self.wrong.append(f"still stopped, by {[one['reason'] for one in card['causes']]}")
        return self._all()

    def _all(self) -> list[str]:
        return [*self.wrong, *self.log] if self.wrong else []

    def _card(self, stop: Stop) -> Any:
        who = self.staging.traveller
        if stop.attempt is not None:
            return who.control("GET", f"/attempts/{stop.attempt}")
        return self._of_person()

    def _of_person(self) -> Any:
        who = self.staging.traveller
        client = who.headers["X-Client"].partition("/")[0]
        return who.control("GET", f"/users/{who.id}/explanation?client={client}")

    def _round(self, number: int, stop: Stop) -> None:
        card = self._card(stop)
        reasons = [one["reason"] for one in card["causes"]]
        self.log.append(f"round {number + 1}: {reasons}, {[(r['code'], r['cures']) for r in card['remedies']]}")
        self._judge(card, reasons)
        view = None if self._is_gone() else card if stop.attempt is None else self._of_person()
        world = World.read(self.staging, view)
        if stop.attempt is not None:
            self.wrong += lies_of_attempt(world, card, stop)
        if view is not None:
            self.wrong += lies_of_person(world, view)
            self._views_agree(reasons, view)
        if self.wrong:
            return
        still_open = {code for one in self.open for code in one.reported_as}
        if set(reasons) & _OF_DEVICES - still_open:
            self.staging.traveller.expects_recognition = False
        first = next((code for code in reasons if code in still_open), reasons[0])
        self._cure(number, [one for one in card["remedies"] if first in one["cures"]], first)

    def _cure(self, number: int, fitting: list[Any], reason: str) -> None:
        """Follow one of the remedies; where it says that a message is sent again, the remedy that sends it too."""
        opening = [one for one in fitting if one["code"] in _OPENS_THE_WAY]
        later = [one for one in fitting if opening and one["code"] in _SENDS_AGAIN]
        choices = [one for one in fitting if one not in later]
        if not choices:
            self.wrong.append(f"no remedy cures {reason}")
            return
        chosen = choices[self.situation.choices[number % 4] % len(choices)]
        for remedy in (chosen, *(later[:1] if chosen in opening else ())):
            self.log.append(f"follows {remedy['code']}")
            self._expect(remedy, reason)
            refused = follow(self.staging, remedy, is_kept_out=any("client" in one.things for one in self.open))
            if refused is not None:
                self.wrong.append(refused)
        self.open = [one for one in self.open if not set(one.reported_as) & {reason, *chosen["cures"]}]

    def _expect(self, remedy: Any, reason: str) -> None:
        """What a remedy says itself that comes next, and what lasts until its message is read."""
        if remedy["code"] in _FOR_ONE_MESSAGE and self.situation.way.name in OTP:
            self.waited = 1
        if remedy["code"] in _SETS_BY_LINK:
            self.predicted.add(reason)
        if remedy["code"] in _INVITES:
            self.predicted.add("not_activated")
        if ENDS_PASSWORD in remedy["side_effects"]:
            self.predicted.add("wrong_password")
        if set(remedy["side_effects"]) & {FORGETS_DEVICE, ASKS_FACTOR_AGAIN}:
            self.staging.traveller.expects_recognition = False

    def _true(self) -> set[str]:
        """What may be reported now: what is open, what belongs to the way, and what lasts beyond its cure."""
        planned = {code for one in self.situation.causes for code in one.reported_as}
        still_open = {code for one in self.open for code in one.reported_as}
        lost = _OF_DEVICES if self.situation.way.device else frozenset()
        return still_open | self.predicted | self.situation.way.also_true | (planned & _LASTING) | lost

    def _judge(self, card: Any, reasons: list[str]) -> None:
        true = self._true()
        if not reasons:
            self.wrong.append("no cause is reported")
        if untrue := [code for code in reasons if code not in true]:
            self.wrong.append(f"{untrue} is reported, which is not so")
        if len(set(reasons)) < len(reasons):
            self.wrong.append(f"a cause is reported twice: {reasons}")
        for one in card["remedies"]:
            if not set(one["cures"]) & set(reasons):
                self.wrong.append(f"{one['code']} cures {one['cures']}, none of the causes")
        calls = [(one["code"], str(one["apply"])) for one in card["remedies"]]
        if len(set(calls)) < len(calls):
            self.wrong.append(f"a remedy is offered twice: {calls}")

    def _is_gone(self) -> bool:
        """Whether the person was deleted: nothing but attempts is left of them."""
        return any("deleted" in one.reported_as for one in self.open)

    def _views_agree(self, reasons: list[str], view: Any) -> None:
        """What does not depend on what was typed is reported of the person as well, and nothing untrue beside it."""
        reported = {one["reason"] for one in view["causes"]}
        hidden: list[CauseEntry] = [one for one in self.open if one.is_seen_of_person]
        if missing := [
            one.name for one in hidden if not reported & set(one.reported_as) and set(one.reported_as) & set(reasons)
        ]:
            self.wrong.append(f"the attempt tells {missing}, the person's view only {sorted(reported)}")
        true = self._true()
        if untrue := reported - true:
            self.wrong.append(f"the person's view tells {sorted(untrue)}, which is not so")
