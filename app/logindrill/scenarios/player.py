"""Takes steps: fills in known values, sends the request, compares the answer, and keeps values of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from logindrill.client import FORM, ReceivedAnswer, Request, Transport
from logindrill.presets import PRESETS
from logindrill.rules.disclosure import PROBLEMS, with_wording
from logindrill.rules.policy import Policy, compose
from logindrill.rules.reasons import Who
from logindrill.rules.values import replace
from logindrill.scenarios import actors
from logindrill.scenarios.known import Known, Unknown, resolve_pointer
from logindrill.scenarios.received import cookies_of, difference, readable
from logindrill.scenarios.step import Prefix, Seen, Step
from logindrill.scenarios.verbs.entering import signs_in

_NO_WORDS = frozenset({"validation_failed", "forbidden", "invalid_transition"})
"""Problems whose detail differs from case to case."""


class Phase(StrEnum):
    """The purpose of a request in a scenario run."""

    SET_UP = "set up"
    REPRODUCE = "reproduce"
    EXPLAIN = "explain"
    CURE = "cure"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One call: in words, as sent, as answered, and what was wrong with the answer."""

    part: Phase
    do: str
    request: Request
    answer: ReceivedAnswer
    wrong: str | None = None


@dataclass(slots=True)
class DeviceTokens:
    """The session and device token that one client device holds, and the cookies of its sign-ins for applications."""

    token: str | None = None
    device: str | None = None
    cookies: dict[str, str] = field(default_factory=dict)


class Player:
    """A course of steps in one sandbox; `exchanges` grows with every call."""

    def __init__(
        self, transport: Transport, preset: str, policy: Mapping[str, Any], exchanges: list[Exchange] | None = None
    ) -> None:
        self._transport = transport
        self._preset = PRESETS[preset]
        self._policy: Policy = compose(self._preset.policy, dict(policy))
        self._held: dict[tuple[str, str], DeviceTokens] = {}
        self.known = Known(new_password=actors.NEW_PASSWORD)
        self.exchanges = [] if exchanges is None else exchanges

    @property
    def last(self) -> Exchange:
        """The call made last."""
        return self.exchanges[-1]

    def take(self, step: Step, part: Phase = Phase.REPRODUCE) -> Exchange:
        """Send one step and compare its answer; staff sign in first, in a call that is no step."""
        if self._must_enter(step):
            self._enter(step, part)
        try:
            exchange = self._send(step, part)
        except Unknown as unknown:
            return Exchange(
                part,
                step.do,
                Request(step.method, step.path),
                ReceivedAnswer(0),
                f"no earlier answer contained {unknown}",
            )
        self.exchanges.append(exchange)
        self._remember(step, exchange)
        return exchange

    def send(
        self, do: str, method: str, path: str, body: Mapping[str, Any] | None = None, *, part: Phase
    ) -> ReceivedAnswer:
        """Make one call as the tester, outside any step, by its whole path."""
        request = Request(method, path, {}, body)
        self.exchanges.append(Exchange(part, do, request, self._transport(request)))
        return self.last.answer

    def look(self, do: str, path: str) -> ReceivedAnswer:
        """Look something up in the sandbox, as the tester, for the explanation."""
        return self.send(do, "GET", f"/control/v1/sandboxes/{self.known['sandbox']}{path}", part=Phase.EXPLAIN)

    def delete_sandbox(self) -> None:
        """Delete the sandbox; this is no part of the play."""
        self._transport(Request("DELETE", f"/control/v1/sandboxes/{self.known['sandbox']}"))

    def as_step(self, remedy: Mapping[str, Any]) -> Step:
        """The call that applies a remedy, made by a person who may make it.

        An action of the person needs no session.
        """
        call = remedy["apply"]
        by = None
        if not call["path"].startswith(self.known.fill(Prefix.TESTER)):
            by = next((name for name in _ACTORS.get(remedy["who"], ()) if f"{name}.id" in self.known), None)
        step = Step(
            do=f"{remedy['who']}: {remedy['action']}",
            operation="apply",
            method=call["method"],
            path=call["path"],
            body=call.get("body"),
            by=by,
            signed_in=by not in (None, actors.PERSON),
        )
        return replace(step, path=call["path"].removeprefix(self.known.fill(step.prefix)))

    def export_memory(self) -> dict[str, Any]:
        """What the steps have kept so far, as JSON, for a player that continues elsewhere."""
        held = {
            " ".join(owner): [one.token, one.device, one.cookies]
            for owner, one in self._held.items()
            if one.token or one.device or one.cookies
        }
        return {"known": dict(self.known), "held": held}

    def restore_memory(self, memory: Mapping[str, Any]) -> None:
        """Continue with what another player has kept."""
        self.known.update({str(name): str(value) for name, value in memory.get("known", {}).items()})
        for owner, held in memory.get("held", {}).items():
            actor, _, device = owner.partition(" ")
            self._held[actor, device] = DeviceTokens(*held)

    def request_of(self, step: Step, *, strictly: bool = True) -> Request:
        """The request as it would be sent now. Raises Unknown, unless unknown names may stay in braces."""
        fill = self.known.fill if strictly else self.known.fill_known
        headers = {}
        if step.by is not None:
            tokens = self._tokens_of(step)
            headers = self.known.fill_all({**step.device.headers, **step.headers}, strictly=strictly)
            if step.signed_in and tokens.token is not None:
                headers["Authorization"] = f"Bearer {tokens.token}"
            if tokens.device is not None:
                headers["X-Device-Token"] = tokens.device
            if step.to_provider and tokens.cookies:
                headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in tokens.cookies.items())
        if step.to_provider and step.body is not None:
            headers["Content-Type"] = FORM
        path = fill(step.prefix) + self.known.fill_path(step.path, strictly=strictly)
        return Request(step.method, path, headers, self.known.fill_all(step.body, strictly=strictly))

    def with_sign_ins(self, steps: Iterable[Step]) -> tuple[Step, ...]:
        """The steps, with a sign-in of staff before the first step that needs it, as `take` would do it."""
        found: list[Step] = []
        for step in steps:
            is_in = any(one.by == step.by and one.operation == "sign_in" for one in found)
            if self._must_enter(step) and not is_in:
                found.append(replace(signs_in(str(step.by)), device=step.device))
            found.append(step)
        return tuple(found)

    def expected(self, seen: Seen | None) -> dict[str, Any]:
        """The expected answer: status, code and detail."""
        if seen is None:
            return {"status": None, "code": None, "detail": None}
        return {"status": seen.status, "code": seen.code, "detail": self._detail(seen)}

    def _tokens_of(self, step: Step) -> DeviceTokens:
        return self._held.setdefault((step.by or "", step.device.name), DeviceTokens())

    def _must_enter(self, step: Step) -> bool:
        return step.signed_in and step.by not in (None, actors.PERSON) and self._tokens_of(step).token is None

    def _enter(self, step: Step, part: Phase) -> None:
        """Sign in as a member of staff; where the password is not known, the tester impersonates them."""
        who = str(step.by)
        if f"{who}.password" in self.known:
            self.take(replace(signs_in(who), device=step.device), part)
            return
        path = f"/control/v1/sandboxes/{self.known['sandbox']}/users/{self.known[f'{who}.id']}/sessions"
        answer = self.send(f"the tester acts as {self.known[f'{who}.name']}", "POST", path, {}, part=part)
        self._tokens_of(step).token = resolve_pointer(answer.body, "/session/access_token")

    def _send(self, step: Step, part: Phase) -> Exchange:
        request = self.request_of(step)
        answer = self._transport(request)
        return Exchange(part, self.known.fill_known(step.do), request, answer, self._difference(step.seen, answer))

    def _remember(self, step: Step, exchange: Exchange) -> None:
        body = readable(exchange.answer)
        token = resolve_pointer(body, "/session/access_token")
        device = resolve_pointer(body, "/device_token")
        if step.by is not None and isinstance(token, str):
            self._tokens_of(step).token = token
        if step.by is not None and isinstance(device, str):
            self._tokens_of(step).device = device
        if step.to_provider:
            self._tokens_of(step).cookies |= cookies_of(exchange.answer)
        if step.operation == "advance_clock":
            self._forget_staff_sessions()
        for name, pointer in step.keep.items():
            value = resolve_pointer(body, pointer)
            if isinstance(value, str):
                self.known[name] = value
        attempt = exchange.answer.headers.get("x-attempt-id")
        if step.by == actors.PERSON and attempt is not None:
            self.known["attempt"] = attempt

    def _forget_staff_sessions(self) -> None:
        """Forget the sessions of staff, which may have expired; they sign in again when needed."""
        for (who, _), held in self._held.items():
            if who != actors.PERSON:
                held.token = None

    def _difference(self, seen: Seen | None, answer: ReceivedAnswer) -> str | None:
        return difference(seen, answer, detail=None if seen is None else self._detail(seen), known=self.known)

    def _detail(self, seen: Seen) -> str | None:
        if seen.why is not None:
            return "nothing arrived"
        if seen.status < 300 or seen.code is None or seen.code not in PROBLEMS or seen.code in _NO_WORDS:
            return None
        return with_wording(seen.code, self._policy, self._preset.wording).detail


_ACTORS = {
    Who.PERSON: (actors.PERSON,),
    Who.OWNER_OR_ADMIN: (actors.OWNER,),
    Who.STAFF: (actors.STAFF,),
    Who.PROFESSIONAL: (actors.PROFESSIONAL,),
    Who.SUPPORT: (actors.SUPPORT,),
}
