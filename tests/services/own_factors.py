"""People who change their second factor, and the calls that do it."""

from typing import Any

import pytest

from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.rules.factors import FactorMethod
from logindrill.services import factors, sessions
from logindrill.services.factors import FactorCard
from logindrill.work.perform import attempt, read
from logindrill.work.runtime import Runtime
from logindrill.world.document import PhonePart
from tests.support.factors import (
    NUMBER,
    SECOND_PASSWORD,
    passes,
    waiting,
    with_authenticator,
    with_second_password,
    with_whatsapp,
)
from tests.support.people import address_of, password_of, person
from tests.support.scenes import Scene, a_sandbox

WHATSAPP, TOTP, SECOND_PASSWORD_ = FactorMethod.WHATSAPP_OTP, FactorMethod.TOTP, FactorMethod.SECOND_PASSWORD


def people_in(runtime: Runtime, **sandbox: Any) -> Scene:
    return a_sandbox(
        runtime,
        person("Ada Ash", "owner", phones=[PhonePart(number=NUMBER)]),
        with_second_password("Ben Birch"),
        with_authenticator("Cleo Cedar", "admin"),
        with_whatsapp("Dora Dale"),
        person("Eve Elm"),
        **sandbox,
    )


def proven(scene: Scene, name: str = "Ben Birch") -> str:
    """The access token of somebody who just passed their second password."""
    return passes(scene, waiting(scene, name), second_password=SECOND_PASSWORD, trust_device=False).session.access_token


def set_up(scene: Scene, token: str, method: FactorMethod, *, name: str = "Ben Birch", **more: Any) -> FactorCard:
    work = scene.work("set_second_factor", Call.PROOF, token=token)
    return attempt(work, factors.set_up, password_of(name), method, **more)


def confirm(scene: Scene, token: str, code: str) -> FactorCard | Refused:
    return attempt(scene.work("confirm_second_factor", Call.FACTOR, token=token), factors.confirm, code)


def remove(scene: Scene, token: str, name: str = "Ben Birch") -> None:
    attempt(scene.work("remove_second_factor", Call.PROOF, token=token), factors.remove, password_of(name))


def refusal(scene: Scene, token: str, service: Any, *args: Any) -> tuple[str, int, str | None]:
    """The true reason of a refusal, and the public answer."""
    with pytest.raises(Refused) as refused:
        attempt(scene.work("test", Call.PROOF, token=token), service, *args)
    left = scene.attempts()[-1]
    return refused.value.reason.code, left.status, left.code


def is_alive(scene: Scene, token: str) -> bool:
    try:
        read(scene.work(kind=Call.SESSION, token=token), sessions.show)
    except Refused:
        return False
    return True


def notices(scene: Scene, name: str) -> list[str]:
    return [row.subject for row in scene.messages(address_of(name)) if row.kind == "notice"]
