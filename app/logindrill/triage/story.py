"""Derives facts from a scenario's own data: its people, the earlier events, the failing action and its step."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from logindrill.presets import PRESETS
from logindrill.rules.delivery import Channel
from logindrill.rules.identifiers import canonical
from logindrill.rules.reasons import DELETED, LINK_USED, UNKNOWN_IDENTIFIER, About
from logindrill.scenarios.actors import PERSON, SERVICES, known_of, merged
from logindrill.scenarios.known import Known
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.step import Step
from logindrill.triage import applications, authenticators
from logindrill.triage.facts import NO, YES, Fact

Facts = Iterator[tuple[Fact, str | frozenset[str]]]

_SEVERAL = 3
"""How many refusals of one kind count as several tries."""


@dataclass(frozen=True)
class Story:
    """A scenario as a sequence of events that ends with its failure."""

    scenario: Scenario

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All events in order."""
        return (*self.scenario.scene, *self.scenario.tries)

    @cached_property
    def person(self) -> Mapping[str, Any]:
        """The person it is about, as in the world document, with later changes applied."""
        person = dict(self._person_before)
        for step in self.steps:
            if step.operation == "change_user":
                person.update(self._known.fill_all(step.body or {}, strictly=False))
        return person

    @cached_property
    def _person_before(self) -> Mapping[str, Any]:
        return merged(SERVICES[self.scenario.preset].actors[PERSON], self.scenario.cast.person)

    @cached_property
    def _known(self) -> Known:
        return Known(known_of(PERSON, self._person_before))

    @cached_property
    def circumstances(self) -> Mapping[str, Any]:
        """The circumstances of the client at the failure, from the conditions that were set."""
        found: dict[str, Any] = {}
        begun = [step.body or {} for step in self.steps if step.operation == "begin_condition"]
        for condition in (*self.scenario.cast.world.get("conditions", ()), *begun):
            found.update(condition)
        return found

    @property
    def at_step(self) -> str:
        """The step at which the failure occurs."""
        failure = self.scenario.failure
        step = _MAILS.get(_kind_of(failure)) or _STEPS.get(failure.operation)
        return step or ("signed_in" if failure.by in (None, PERSON) else "managing_people")

    def has(self, *operations: str) -> bool:
        """Whether one of these events occurs."""
        return any(step.operation in operations for step in self.steps)

    def facts(self) -> Facts:
        """Every fact that the data determines."""
        yield Fact.SERVICE, self.scenario.preset
        yield Fact.WHO_REPORTS, self.scenario.failure.by or PERSON
        yield from self._step()
        yield from self._past()
        yield from self._link()
        yield from self._account()
        yield from self._typed()
        yield from self._factor()
        yield from (*authenticators.facts_of(self.scenario), *applications.facts_of(self.scenario))
        yield from self._circumstances()

    def _step(self) -> Facts:
        yield Fact.AT_STEP, self.at_step
        channel = self._channel()
        if channel is not None and self.at_step in _WITH_MESSAGES:
            yield Fact.CHANNEL, channel
        refused = [s for s in self.steps if s.by == PERSON and s.seen is not None and s.seen.is_refusal]
        if len(refused) >= _SEVERAL:
            yield Fact.TIMES_TRIED, "several"

    def _past(self) -> Facts:
        """An earlier success counts only if something else happened since: everybody may mistype the first time."""
        came_in = [s.by == PERSON and s.operation in _WAYS_IN and _went_well(s) for s in self.scenario.scene]
        signed_in_before = self.scenario.cast.person.get("last_sign_in_at") or self.scenario.cast.person.get("devices")
        if signed_in_before or (any(came_in) and not came_in[-1]) or self.at_step == "signed_in":
            yield Fact.WORKED_BEFORE, YES
        elif self._is_invited and not any(came_in):
            yield Fact.WORKED_BEFORE, NO
        if self.at_step in _WITH_PASSWORD and self._has_account:
            yield Fact.ACTIVATED, NO if self._is_invited else YES
        if self.has("use_password_reset", "change_password"):
            yield Fact.PASSWORD_RESET_LATELY, YES
        changed = [step.body or {} for step in self.steps if step.operation == "change_user"]
        if any("emails" in body or "username" in body for body in changed):
            yield Fact.ADDRESS_CHANGED, YES
        if any("phones" in body for body in changed):
            yield Fact.NUMBER_CHANGED, YES

    def _link(self) -> Facts:
        if any((step.body or {}).get("opened_by_scanner") for step in self.steps):
            yield from ((Fact.LINK_SCANNED, YES), (Fact.LINK_OPENED_BEFORE, NO))
        elif self.scenario.cause is LINK_USED:
            yield from ((Fact.LINK_SCANNED, NO), (Fact.LINK_OPENED_BEFORE, YES))

    @property
    def _is_invited(self) -> bool:
        return self.scenario.cast.person.get("status") == "invited" and not self.has("accept_invitation")

    @property
    def _has_account(self) -> bool:
        return self.scenario.preset != "contact-portal" and self.scenario.cause not in (UNKNOWN_IDENTIFIER, DELETED)

    def _account(self) -> Facts:
        memberships = self.person.get("memberships", ())
        status = self.person.get("status")
        for fact, holds in (
            (Fact.ADMIN_SAYS_DEACTIVATED, status == "deactivated" or self.has("deactivate_user")),
            (Fact.DELETED, self.has("delete_user")),
            (Fact.WAS_MERGED, status == "merged" or self.has("merge_user")),
            (Fact.ACCESS_REVOKED, any(p.get("access") == "revoked" for p in memberships) or self.has("revoke_access")),
            (Fact.HAS_TWO_COMPANIES, len(memberships) > 1),
            (Fact.OPTED_OUT, bool(self.person.get("opted_out"))),
        ):
            if holds:
                yield fact, YES

    def _typed(self) -> Facts:
        """Where it is one of the identifiers that can be used to sign in: any other of them would have failed too."""
        bodies = [step.body for step in self.scenario.tries if step.operation in _NAMING and step.body]
        for body in reversed(bodies):
            typed = next(str(body[name]) for name in ("identifier", "email", "phone") if name in body)
            kind = self._kind_of_identifier(self._known.fill_known(typed))
            usual = self._usual_identifiers
            yield Fact.TYPED_IDENTIFIER, usual if kind in usual else kind
            break
        if any("{temporary_password" in str(body.get("password")) for body in bodies):
            yield Fact.TEMPORARY_PASSWORD_IN_USE, YES

    @property
    def _usual_identifiers(self) -> frozenset[str]:
        preset = PRESETS[self.scenario.preset]
        named = {"main_address" if each == "email" else each for each in preset.identifiers}
        return frozenset(named | ({"phone"} if Channel.SMS in preset.code_channels else set()))

    def _kind_of_identifier(self, typed: str) -> str:
        kinds = {canonical(email["address"]): email.get("kind", "main") for email in self.person.get("emails", ())}
        plain = canonical(typed.strip())
        if plain == canonical(self.person.get("username") or ""):
            return "username"
        if plain in kinds:
            return f"{kinds[plain]}_address"
        return "phone" if plain.lstrip("+").isdigit() else "something_else"

    def _factor(self) -> Facts:
        failure = self.scenario.failure
        if failure.operation in _AT_FACTOR or any(map(_asks_for_factor, self.scenario.tries)):
            yield from ((Fact.SECOND_FACTOR_ASKED, YES), (Fact.PASSWORD_IS_RIGHT, YES))
            method = (self.scenario.cast.person.get("second_factor") or {}).get("method")
            if method is not None and self.at_step == "second_factor":
                yield Fact.FACTOR_METHOD, method
        elif failure.operation == "sign_in" and not _went_well(failure):
            yield Fact.SECOND_FACTOR_ASKED, NO

    def _circumstances(self) -> Facts:
        for name, fact in (("network", Fact.NETWORK), ("browser", Fact.BROWSER)):
            if name in self.circumstances:
                yield fact, self.circumstances[name]
        kept = self.circumstances.get("cookies")
        if kept in _COOKIES:
            yield _COOKIES[kept], YES
        if "app_version" in self.circumstances or any(name.startswith("apps.") for name in self.scenario.cast.policy):
            yield Fact.APP_VERSION, "older"

    def _channel(self) -> str | None:
        """The channel of the message that the failure is about."""
        for step in reversed(self.steps):
            body = step.body or {}
            if step.operation == "request_confirmation_code":
                return self._code_channel(body)
            if step.operation in _CHANNELS:
                return _CHANNELS[step.operation]
        return None

    def _code_channel(self, body: Mapping[str, Any]) -> str | None:
        """The channel matters only for the delivery of messages; a code is the same on each."""
        if self.scenario.cause is None or self.scenario.cause.about is not About.MESSAGE:
            return None
        return str(body.get("channel") or ("sms" if "phone" in body else "email"))


def _kind_of(step: Step) -> str:
    """The kind of message that the person looks for; empty where they look for none."""
    return step.path.partition("kind=")[2].partition("&")[0] if step.operation == "wait_for_message" else ""


def _went_well(step: Step) -> bool:
    return step.seen is None or 200 <= step.seen.status < 300


def _asks_for_factor(step: Step) -> bool:
    return step.seen is not None and step.seen.code == "second_factor_required"


_WAYS_IN = frozenset({"sign_in", "pass_second_factor", "use_confirmation_code", "choose_new_password"})
_WITH_PASSWORD = frozenset({"sign_in", "second_factor", "new_password", "signed_in"})
_WITH_MESSAGES = frozenset({"second_factor", "code", "reset_request", "reset_link", "invitation"})
_NAMING = frozenset({"sign_in", "request_password_reset", "request_confirmation_code", "use_confirmation_code"})
_AT_FACTOR = frozenset({"request_sign_in_code", "pass_second_factor"})
_COOKIES = {"incognito": Fact.PRIVATE_WINDOW, "auto_delete": Fact.COOKIES_DELETED}
_MAILS = {
    "activation": "invitation",
    "password_reset": "reset_request",
    "second_factor_code": "second_factor",
    "confirmation_code": "code",
}
_STEPS = {
    **applications.STEPS,
    "sign_in": "sign_in",
    "request_sign_in_code": "second_factor",
    "pass_second_factor": "second_factor",
    "choose_new_password": "new_password",
    "request_confirmation_code": "code",
    "use_confirmation_code": "code",
    "request_password_reset": "reset_request",
    "show_password_reset": "reset_link",
    "use_password_reset": "reset_link",
    "show_invitation": "invitation",
    "accept_invitation": "invitation",
    "send_support_request": "support_request",
}
_CHANNELS = {
    "request_sign_in_code": "whatsapp",
    "request_password_reset": "email",
    "invite_user": "email",
    "resend_invitation": "email",
}
