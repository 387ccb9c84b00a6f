"""Runs services on a test's sandbox as the control API does, without recording attempts."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from logindrill.work.unit_of_work import UnitOfWork
from tests.support.scenes import Scene

P = ParamSpec("P")
T = TypeVar("T")


def look(scene: Scene, service: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a service that writes nothing, or that opens its own transaction."""
    uow = scene.work("control")
    try:
        return service(uow, *args, **kwargs)
    finally:
        uow.release()


def run_order(
    scene: Scene, service: Callable[Concatenate[UnitOfWork, P], T], /, *args: P.args, **kwargs: P.kwargs
) -> T:
    """Run a service in one transaction."""
    uow = scene.work("control")
    with uow.writing():
        return service(uow, *args, **kwargs)
