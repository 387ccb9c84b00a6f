"""Runs services for a tester: no session, no permission, and nothing that is done or refused becomes an attempt."""

from collections.abc import Callable
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from flask import Response, g

from logindrill.runtime import Action, Runtime
from logindrill.unit_of_work import UnitOfWork, open_work
from logindrill.web.operations import sandbox_time

P = ParamSpec("P")
T = TypeVar("T")


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
    tell_time(uow.now)
    try:
        return service(uow, *args, **kwargs)
    finally:
        uow.release()


def obey(
    runtime: Runtime,
    sandbox_id: str,
    service: Callable[Concatenate[UnitOfWork, P], T],
    /,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run a service in one transaction: done whole, or refused and rolled back; raises UnknownSandbox."""
    uow = open_work(runtime, sandbox_id, Action("control"))
    tell_time(uow.now)
    with uow.writing():
        return service(uow, *args, **kwargs)


def tell_time(now: datetime) -> None:
    """Have the answer carry the sandbox's time."""
    g.sandbox_now = now


def tell_time_of(runtime: Runtime, sandbox_id: str) -> None:
    """The same for a call that opened no work of its own; raises UnknownSandbox."""
    uow = open_work(runtime, sandbox_id, Action("control"))
    uow.release()
    tell_time(uow.now)


def add_time(response: Response) -> Response:
    """Add `X-Sandbox-Time` where the call was about one sandbox."""
    if "sandbox_now" in g:
        response.headers["X-Sandbox-Time"] = sandbox_time(g.sandbox_now)
    return response
