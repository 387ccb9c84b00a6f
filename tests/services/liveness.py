"""A company whose people are signed in, and whether a session of theirs is live."""

import pytest

from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.services import sessions
from logindrill.work.perform import read
from logindrill.work.runtime import Runtime
from tests.support.people import OTHER_COMPANY, person
from tests.support.scenes import Scene, a_sandbox


def is_live(scene: Scene, token: str) -> bool:
    try:
        read(scene.work("session", Call.SESSION, token=token), sessions.show)
    except Refused:
        return False
    return True


def why_dead(scene: Scene, token: str | None) -> str:
    """The true end of a session; the public words are the same for all."""
    with pytest.raises(Refused) as refusal:
        read(scene.work("session", Call.SESSION, token=token), sessions.show)
    attempt = scene.attempts()[-1]
    assert (attempt.status, attempt.code, attempt.detail) == (401, "unauthenticated", "Sign in to continue.")
    assert attempt.reason == refusal.value.reason.code
    return refusal.value.reason.code


def a_company(runtime: Runtime) -> Scene:
    return a_sandbox(
        runtime,
        person("Ada Ash", "owner"),
        person("Ben Birch", "admin"),
        person("Cleo Cedar"),
        person("Olga Oak", "owner", company=OTHER_COMPANY),
    )
