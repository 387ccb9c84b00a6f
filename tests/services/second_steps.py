"""Somebody whose sign-in waits for the second factor, and the count of wrong entries."""

from logindrill.models import WrongEntry
from logindrill.work.runtime import Runtime
from tests.support.factors import with_authenticator, with_second_password, with_whatsapp
from tests.support.scenes import Scene, a_sandbox


def ada_in(runtime: Runtime, **sandbox: object) -> Scene:
    return a_sandbox(runtime, with_whatsapp("Ada Ash"), **sandbox)  # type: ignore[arg-type]


def ben_in(runtime: Runtime, **sandbox: object) -> Scene:
    return a_sandbox(runtime, with_second_password("Ben Birch"), **sandbox)  # type: ignore[arg-type]


def cleo_in(runtime: Runtime, **sandbox: object) -> Scene:
    return a_sandbox(runtime, with_authenticator("Cleo Cedar"), **sandbox)  # type: ignore[arg-type]


def counted(scene: Scene) -> int:
    """How many wrong entries count against accounts."""
    return len(scene.rows(WrongEntry))
