"""People with a second factor, and the browsers that they sign in from."""

from logindrill.rules.clients import Caller
from logindrill.work.runtime import Runtime
from tests.support.factors import with_second_password
from tests.support.scenes import Scene, a_sandbox


def people_in(runtime: Runtime, **sandbox: object) -> Scene:
    return a_sandbox(runtime, with_second_password("Ben Birch"), with_second_password("Dora Dale"), **sandbox)  # type: ignore[arg-type]


def browser(*tokens: str | None) -> Caller:
    shown = tuple(token for token in tokens if token is not None)
    return Caller(user_agent="Mozilla/5.0 (X11; Linux) Chrome/130.0", device_tokens=shown)
