"""Runs services for a tester: without session or permission, and without recording attempts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from flask import Response, g
from msgspec import Struct

from logindrill.rules.decisions import Refused
from logindrill.services import impersonations, sessions
from logindrill.web.operations import sandbox_time
from logindrill.work.runtime import Action, Runtime
from logindrill.work.unit_of_work import UnitOfWork, open_work

P = ParamSpec("P")
T = TypeVar("T")


class ImpersonatedPerson(Struct, frozen=True):
    """The person as whom the tester acts, and the company; the action is one transaction, unless it opens its own."""

    user_id: str
    company: str
    whole: bool = True


def look(
    runtime: Runtime,
    sandbox_id: str,
    service: Callable[Concatenate[UnitOfWork, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a service that writes nothing, or that opens its one transaction itself; raises UnknownSandbox."""
    uow = open_work(runtime, sandbox_id, Action("control"))
    carry_time(uow.now)
    try:
        return service(uow, *args, **kwargs)
    finally:
        uow.release()


def run_order(
    runtime: Runtime,
    sandbox_id: str,
    service: Callable[Concatenate[UnitOfWork, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a service in one transaction: done as a whole, or refused and rolled back; raises UnknownSandbox."""
    uow = open_work(runtime, sandbox_id, Action("control"))
    carry_time(uow.now)
    with uow.writing():
        return service(uow, *args, **kwargs)


def act_for(
    runtime: Runtime,
    sandbox_id: str,
    impersonation: ImpersonatedPerson,
    service: Callable[Concatenate[UnitOfWork, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a service as another person, with that person's rights.

    Raises UnknownSandbox, and Refused where they may not do it or cannot have a session.
    """
    with impersonating(runtime, sandbox_id, impersonation) as token:
        uow = open_work(runtime, sandbox_id, Action("control", access_token=token))
        try:
            with uow.writing() if impersonation.whole else nullcontext():
                return service(uow, *args, **kwargs)
        finally:
            uow.release()


@contextmanager
def impersonating(runtime: Runtime, sandbox_id: str, impersonation: ImpersonatedPerson) -> Iterator[str]:
    """The access token of an impersonated session; it is ended afterwards, unless the action has ended it already.

    Raises UnknownSandbox, and Refused where the person cannot have a session.
    """
    begun = run_order(runtime, sandbox_id, impersonations.begin, impersonation.user_id, company=impersonation.company)
    token = begun.session.access_token
    try:
        yield token
    finally:
        uow = open_work(runtime, sandbox_id, Action("control", access_token=token))
        with suppress(Refused), uow.writing():
            sessions.sign_out(uow)


def carry_time(now: datetime) -> None:
    """Have the answer carry the sandbox's time."""
    g.sandbox_now = now


def carry_time_of(runtime: Runtime, sandbox_id: str) -> None:
    """The same for a call that opened no unit of work; raises UnknownSandbox."""
    uow = open_work(runtime, sandbox_id, Action("control"))
    uow.release()
    carry_time(uow.now)


def add_time(response: Response) -> Response:
    """Add `X-Sandbox-Time` where the call was about one sandbox."""
    if "sandbox_now" in g:
        response.headers["X-Sandbox-Time"] = sandbox_time(g.sandbox_now)
    return response
