"""Steps of the tester: change time, circumstances, faults, knobs and delivery; take snapshots."""

from logindrill.scenarios.step import Step


def waits(duration: str, words: str) -> Step:
    """Sandbox time passes, by an ISO 8601 duration; `words` gives the amount, or a whole sentence."""
    passing = "passes" if words.startswith("1 ") else "pass"
    return Step(
        do=f"{words} {passing}" if words[0].isdigit() else words,
        operation="advance_clock",
        method="POST",
        path="/clock/advance",
        body={"by": duration},
    )


def meets(words: str, *, match: dict[str, str] | None = None, **circumstances: str) -> Step:
    """The person's client gets circumstances: `network`, `browser`, `cache`, `cookies`, `installation`."""
    return Step(
        do=words,
        operation="begin_condition",
        method="POST",
        path="/conditions",
        body={"match": {"user": "{person.id}"} if match is None else match, **circumstances},
        keep={"condition": "/id"},
    )


def ends_condition(words: str) -> Step:
    """The circumstances end."""
    return Step(do=words, operation="end_condition", method="DELETE", path="/conditions/{condition}")


def mail(words: str, disposition: str, *, to: str | None = "{person.email}", **more: object) -> Step:
    """How messages to a person are delivered from now on: `spam`, `blocked`, `not_sent`, `delayed` and so on."""
    match = {} if to is None else {"to": to}
    extra = dict(more)
    match.update({name: str(extra.pop(name)) for name in ("kind", "channel") if name in extra})
    return Step(
        do=words,
        operation="add_delivery_rule",
        method="POST",
        path="/delivery-rules",
        body={"match": match, "disposition": disposition, **extra},
        keep={"rule": "/id"},
    )


def ends_rule(words: str) -> Step:
    """Messages are delivered normally again."""
    return Step(do=words, operation="end_delivery_rule", method="DELETE", path="/delivery-rules/{rule}")


def turns(words: str, **knobs: object) -> Step:
    """A knob of the sandbox is changed; a double underscore stands for the dot in its name."""
    body = {name.replace("__", "."): value for name, value in knobs.items()}
    return Step(do=words, operation="change_policy", method="PATCH", path="/policy", body=body)


def arms(words: str, operation: str, *, times: int = 1_000, **effect: object) -> Step:
    """A fault: it answers the next calls of an operation instead of the service, or falsifies their answers."""
    return Step(
        do=words,
        operation="arm_fault",
        method="POST",
        path="/faults",
        body={"match": {"operation": operation}, "effect": effect, "times": times},
        keep={"fault": "/id"},
    )


def disarms(words: str) -> Step:
    """The fault ends."""
    return Step(do=words, operation="disarm_fault", method="DELETE", path="/faults/{fault}")


def takes_snapshot(words: str) -> Step:
    """A snapshot of the sandbox is taken."""
    return Step(
        do=words,
        operation="take_snapshot",
        method="POST",
        path="/snapshots",
        body={},
        keep={"snapshot": "/id"},
    )


def restores_snapshot(words: str) -> Step:
    """The snapshot is restored; later changes are gone."""
    return Step(
        do=words,
        operation="restore_snapshot",
        method="POST",
        path="/snapshots/{snapshot}/restore",
        body={},
    )
