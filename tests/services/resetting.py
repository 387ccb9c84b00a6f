"""A company whose people forget their passwords, and the call that asks for a link."""

from logindrill.rules.disclosure import Call
from logindrill.services import password_resets
from logindrill.work.perform import attempt
from logindrill.work.runtime import Runtime
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox


def ask(scene: Scene, identifier: str, *, source: str = "127.0.0.1") -> None:
    attempt(scene.work("request_password_reset", Call.ASK, source=source), password_resets.request, identifier)


def a_company(runtime: Runtime) -> Scene:
    return a_sandbox(
        runtime,
        person("Ada Ash", "owner"),
        person("Ben Birch", status="invited", invitation="none"),
        person("Cleo Cedar", status="deactivated"),
    )
