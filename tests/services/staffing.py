"""A company with people of every rank, and the calls of its staff."""

from typing import Any

import pytest

from logindrill.models import EmailAddress, Membership, Message, User, UserPhone
from logindrill.rules.decisions import Refused
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from tests.support.people import OTHER_COMPANY, person
from tests.support.scenes import Scene, a_sandbox


def call(scene: Scene, by: str, service: Any, *arguments: Any) -> Any:
    return order(scene.work("call", token=scene.signed_in(by)), service, *arguments)


def why_refused(scene: Scene, by: str, service: Any, *arguments: Any) -> tuple[str, str | None]:
    """The reason of a refused order, and the permission it named; whatever it did was undone."""
    token = scene.signed_in(by)
    before = [scene.rows(noun) for noun in (User, EmailAddress, UserPhone, Membership, Message)]
    with pytest.raises(Refused) as refusal:
        order(scene.work("call", token=token), service, *arguments)
    assert [scene.rows(noun) for noun in (User, EmailAddress, UserPhone, Membership, Message)] == before
    return refusal.value.reason.code, refusal.value.permission


def a_company(runtime: Runtime) -> Scene:
    return a_sandbox(
        runtime,
        person("Ada Ash", "owner"),
        person("Ben Birch", "admin"),
        person("Cleo Cedar"),
        person("Dora Dale", status="invited"),
        person("Ed Elder", status="deactivated"),
        person("Olga Oak", "owner", company=OTHER_COMPANY),
    )
