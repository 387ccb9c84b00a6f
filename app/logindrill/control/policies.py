"""The policy of a sandbox: show and change its knobs."""

from typing import Any

from pydantic import ConfigDict, RootModel

from logindrill.control.door import DOOR
from logindrill.services import policies as service
from logindrill.services.policies import KnobCard
from logindrill.web.tester import look, run_order
from logindrill.work.runtime import Runtime


class PolicyChange(RootModel[dict[str, Any]]):
    """Policy knobs by name, with their new values. Null restores the value of the preset."""

    model_config = ConfigDict(defer_build=True)


@DOOR.operation(
    "GET", "/sandboxes/{sandbox_id}/policy", "Show the policy", tag="Policy", answers={200: dict[str, KnobCard]}
)
def show_policy(runtime: Runtime, sandbox_id: str) -> dict[str, KnobCard]:
    """Returns every policy knob by name: its value, the value of the preset, its meaning and the rules it belongs
    to."""
    return look(runtime, sandbox_id, service.show)


@DOOR.operation(
    "PATCH",
    "/sandboxes/{sandbox_id}/policy",
    "Change the policy",
    tag="Policy",
    body=PolicyChange,
    answers={200: dict[str, KnobCard]},
    example={"passwords.min_length": 12, "wording.account_disabled": "Please call us."},
)
def change_policy(runtime: Runtime, body: PolicyChange, sandbox_id: str) -> dict[str, KnobCard]:
    """All changes are made, or none. Codes, links and sessions issued before keep the lifetime they were issued
    with."""
    return run_order(runtime, sandbox_id, service.change, body.root)
