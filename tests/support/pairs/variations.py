"""Finds how a step differs from the same step without a mistake: a field, a header or the client device."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from logindrill.rules.values import replace
from logindrill.scenarios.step import ClientDevice, Seen, Step
from logindrill.scenarios.verbs.codes import confirms
from logindrill.scenarios.verbs.entering import enters_code, opens, signs_in
from logindrill.scenarios.verbs.links import activates, opens_invitation, opens_reset_link, sets_password

_PLAIN: Mapping[str, Step] = {
    step.operation: step
    for step in (
        signs_in(),
        enters_code(),
        confirms(),
        opens(),
        activates(),
        opens_invitation(),
        opens_reset_link(),
        sets_password(),
    )
}
"""Each operation as a person calls it who makes no mistake."""


@dataclass(frozen=True, slots=True)
class Variation:
    """How a step differs from the plain one: fields of the body, the path, headers, the client device, and in words."""

    fields: Mapping[str, Any]
    path: str | None
    headers: Mapping[str, str]
    device: ClientDevice | None
    how: str

    @property
    def parts(self) -> frozenset[str]:
        """The differing parts, by name."""
        names = {*self.fields, *self.headers}
        if self.path is not None:
            names.add("path")
        if self.device is not None:
            names.add("seat")
        return frozenset(names)


def plain(operation: str) -> Step | None:
    """The step of somebody who makes no mistake; None for what nobody does to get in."""
    return _PLAIN.get(operation)


def variation(step: Step) -> Variation:
    """How a step differs from the plain one of its operation. Raises KeyError where there is none such."""
    usual = _PLAIN[step.operation]
    body, plainly = step.body or {}, usual.body or {}
    return Variation(
        fields={name: value for name, value in body.items() if plainly.get(name) != value},
        path=None if step.path == usual.path else step.path,
        headers={name: value for name, value in step.headers.items() if usual.headers.get(name) != value},
        device=None if step.device == usual.device else step.device,
        how=step.do.removeprefix(usual.do).strip() if step.do.startswith(usual.do) else "",
    )


def varied(operation: str, variations: tuple[Variation, ...], *, seen: Seen | None, keep: Mapping[str, str]) -> Step:
    """The plain step with variations upon it; of two that vary the same, the later one counts."""
    step = _PLAIN[operation]
    body = dict(step.body or {})
    for one in variations:
        body.update(one.fields)
        step = replace(
            step,
            path=one.path or step.path,
            headers={**step.headers, **one.headers},
            device=one.device or step.device,
        )
    how = " and ".join(dict.fromkeys(one.how for one in variations if one.how))
    return replace(step, do=f"{step.do} {how}".rstrip(), body=body or step.body, seen=seen, keep=keep)
