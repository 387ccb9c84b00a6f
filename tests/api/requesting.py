"""A company whose people ask for help."""

from logindrill.work.runtime import Runtime
from tests.support.people import OTHER_COMPANY, person
from tests.support.scenes import Scene, a_sandbox


def a_company(runtime: Runtime) -> Scene:
    return a_sandbox(
        runtime,
        person("Olga Oak", "owner"),
        person("Ben Birch"),
        person("Cleo Cedar", status="deactivated"),
        person("Otto Orme", "owner", company=OTHER_COMPANY),
    )
