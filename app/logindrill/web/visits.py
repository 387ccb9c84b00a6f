"""One call of a client to a sandbox: opens the unit of work, and runs services in it."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import Request

from logindrill.access import circumstances
from logindrill.credentials import devices
from logindrill.rules.clients import Caller, recognise
from logindrill.rules.decisions import Refused
from logindrill.rules.devices import PEOPLE_PER_BROWSER
from logindrill.rules.disclosure import Call
from logindrill.rules.faults import Effect
from logindrill.rules.sites import is_cross_site
from logindrill.rules.texts import is_storable
from logindrill.web import cookies
from logindrill.web.sandbox_path import ENVIRON
from logindrill.work import perform, unit_of_work
from logindrill.work.runtime import Action, Runtime
from logindrill.work.unit_of_work import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")

_LONGEST_TOKEN = 512
_LONGEST_BEARER = 4_096
"""Longer than any token of a session, so that a signed token in its place is recognised."""
_LONGEST_AGENT = 400


class OutdatedForm(Exception):
    """The browser has signed in or out since the form that it sends was made: nothing is done."""


class Visit:
    """A client's call: `read`, `order` and `attempt` run a service, each at most once per call.

    Where `form_is_outdated`, orders and attempts raise OutdatedForm and do nothing.
    """

    form_is_outdated = False

    def __init__(self, runtime: Runtime, sandbox_id: str, action: Action) -> None:
        self.runtime = runtime
        self.uow: UnitOfWork = unit_of_work.open_work(runtime, sandbox_id, action)
        self.uow.attempt.complete = partial(devices.add_to_attempt, self.uow)

    def read(self, service: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a service that writes nothing."""
        return perform.read(self.uow, service, *args, **kwargs)

    def order(self, service: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a service that is done as a whole or not at all."""
        self.require_current_form()
        return perform.order(self.uow, service, *args, **kwargs)

    def attempt(self, service: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a service that is expected to fail; what it returns is recorded, also a refusal."""
        self.require_current_form()
        return perform.attempt(self.uow, service, *args, **kwargs)

    def require_current_form(self) -> None:
        """Raise OutdatedForm where the call sends a form that was made before the browser signed in or out."""
        if self.form_is_outdated:
            raise OutdatedForm

    def apply_circumstances(
        self, typed: Sequence[str], sign_in_id: str | None = None, *, vpn_counts: bool = False
    ) -> Effect | None:
        """Apply faults and circumstances before a service runs.

        Returns the effect of the fault that was triggered, or None. Raises Refused where the client's connection does
        not reach the service: recorded as an attempt, unless the call never reached it (A30-A32).
        """
        uow = self.uow
        is_surrounded = uow.has_conditions or uow.has_faults
        person = circumstances.person_behind(uow, typed, sign_in_id) if is_surrounded else None
        circumstances.resolve_circumstances(uow, person)
        effect = circumstances.trigger_fault(uow, person)
        if effect is not None and not effect.only_delays:
            perform.record_fault(uow, person, effect.status or 0)
            return effect
        try:
            circumstances.require_connection(uow, vpn_counts=vpn_counts)
        except Refused as refused:
            uow.attempt.user_id = person
            if refused.reason in circumstances.NEVER_THERE:
                perform.note_alone(uow, "connection", subject=person, reason=refused.reason.code)
            else:
                perform.record(uow, refused)
            raise
        return effect


def sandbox_of(request: Request) -> str:
    """The sandbox of a call: from its path, else from `X-Sandbox`, else `default`."""
    found: str | None = request.environ.get(ENVIRON)
    return found or request.headers.get("X-Sandbox") or "default"


def action_of(request: Request, operation: str, kind: Call, *, secure: bool) -> Action:
    """The caller, described by the request headers; a value that cannot be stored is ignored."""
    header = request.environ.get
    agent = _text(header("HTTP_USER_AGENT"), _LONGEST_AGENT) or ""
    client, version = recognise(header("HTTP_X_CLIENT"), agent)
    bearer = _bearer(header("HTTP_AUTHORIZATION"))
    names = cookies.names(request, secure=secure)
    sent = {} if bearer is not None else request.cookies
    caller = Caller(
        client=client,
        version=version,
        user_agent=agent,
        installation_id=_text(header("HTTP_X_INSTALLATION_ID"), _LONGEST_TOKEN),
        notifications={"on": True, "off": False}.get(header("HTTP_X_NOTIFICATIONS", "")),
        device_tokens=_device_tokens(header("HTTP_X_DEVICE_TOKEN"), sent.get(names.device)),
        opened_link=_text(sent.get(names.opened), _LONGEST_TOKEN),
    )
    return Action(
        operation=operation,
        kind=kind,
        caller=caller,
        access_token=bearer or _text(sent.get(names.session), _LONGEST_TOKEN),
        cross_site=is_cross_site(header("HTTP_ORIGIN"), request.host, header("HTTP_SEC_FETCH_SITE")),
        source=request.remote_addr or "",
        request=_seen(request, agent, cookies_seen=bool(request.cookies)) | {"version": version},
    )


def _bearer(header: str | None) -> str | None:
    """The bearer token; a header of another scheme, or an empty one, yields a token that matches nobody."""
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    known = scheme.lower() == "bearer" and len(token) <= _LONGEST_BEARER and is_storable(token)
    return token if known and token else "-"


def _device_tokens(header: str | None, cookie: str | None) -> tuple[str, ...]:
    """One token for each person who is recognised on the client, the newest first; of eight people at most (A20)."""
    written = header.split(",") if header else (cookie or "").split(cookies.BETWEEN_TOKENS)
    tokens = dict.fromkeys(text for part in written if (text := _text(part.strip(), _LONGEST_TOKEN)) is not None)
    return tuple(tokens)[:PEOPLE_PER_BROWSER]


def _text(value: str | None, longest: int) -> str | None:
    if not value or len(value) > longest or not is_storable(value):
        return None
    return value


def _seen(request: Request, agent: str, *, cookies_seen: bool) -> dict[str, Any]:
    """The parts of the request that a tester sees later: the path's rule, never a token in it."""
    rule = request.url_rule
    origin = _text(request.environ.get("HTTP_ORIGIN"), _LONGEST_AGENT)
    return {
        "method": request.method,
        "path": "" if rule is None else rule.rule,
        "user_agent": agent,
        "origin": origin,
        "cookies_seen": cookies_seen,
        **({} if (window := _WINDOW.fullmatch(request.host)) is None else {"window": window[1]}),
        **{word: found for word, name in _NAMED.items() if (found := (request.view_args or {}).get(name))},
    }


_WINDOW = re.compile(r"(dev-\d{1,3})\.localhost(?::\d{1,5})?", re.ASCII)
"""One of the names by which one browser on this machine acts as several devices."""
_NAMED = {"subject": "user_id", "publication": "publication_id"}
"""Path parameters that are ids, not secrets; the remedy of a refused order is found by them."""
