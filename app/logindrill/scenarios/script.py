"""A scenario as a script in no particular language: calls with their variables, and what to assert.

Values that only the set-up knows (a trusted device, a link that has expired since) are read from its answer,
`steps[N].request`; everything else is written in the script.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from logindrill.client import FORM
from logindrill.rules.values import replace
from logindrill.scenarios.actors import PERSON
from logindrill.scenarios.cards import StepCard, ahead, step_cards
from logindrill.scenarios.on_pages import OnPage, on_page
from logindrill.scenarios.player import Player
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.step import SIGNED_IN, Step

_VARIABLE = re.compile(r"\{([a-z_]+(?:\|half)?)\}")
_DOTTED = re.compile(r"\{([a-z_]+)\.([a-z_]+)\}")
"""A value of an actor: `{person.id}`, in a script the variable `person_id`."""
_WITHOUT_JSON = frozenset({"authorize", "cancel_authorization", "resume_authorization"})
"""Operations that are answered by a redirect or a page, of which a script compares the status."""
_GIVES_DEVICE = frozenset({"pass_second_factor", "use_confirmation_code"})


@dataclass(frozen=True, slots=True)
class ScriptCall:
    """One call of a script. Names in braces are variables; `path` or `body` None: as in the set-up's answer.

    `from_set_up` are headers that are taken from there too; `keep` are variables to read from the answer, by pointer.
    """

    number: int
    do: str
    operation: str
    method: str
    path: str | None
    headers: Mapping[str, str]
    body: Mapping[str, Any] | None
    has_body: bool
    from_set_up: tuple[str, ...]
    keep: Mapping[str, str]
    status: int | None
    code: str | None
    detail: str | None
    page: OnPage | None = None
    """The step on the hosted pages, where they have it."""

    @property
    def is_form(self) -> bool:
        """Whether the body is sent as a form."""
        return self.headers.get("Content-Type") == FORM


def script(scenario: Scenario) -> tuple[ScriptCall, ...]:
    """The steps that a client application takes after the set-up, the failure last.

    A variable is kept only where a later call uses it.
    """
    calls = tuple(_calls(scenario))
    return tuple(replace(call, keep=_named_in(call.keep, calls[number + 1 :])) for number, call in enumerate(calls))


def _named_in(keep: Mapping[str, str], calls: tuple[ScriptCall, ...]) -> Mapping[str, str]:
    named = {
        name for call in calls for name in _VARIABLE.findall(f"{call.path} {call.body} {call.headers} {call.page}")
    }
    return {name: pointer for name, pointer in keep.items() if name in named}


def names_variable(text: str) -> bool:
    """Whether a text contains a variable in braces."""
    return _VARIABLE.search(text) is not None


def with_variables(text: str, written: Callable[[str], str]) -> str:
    """The text with every variable in the syntax of the language."""
    return _VARIABLE.sub(lambda found: written(found[1]), text)


def _calls(scenario: Scenario) -> Iterator[ScriptCall]:
    variables = {"sandbox"}
    tokens: dict[tuple[str | None, str], str] = {}
    player = ahead(scenario)
    steps = player.with_sign_ins(scenario.tries)
    for number, (step, card) in enumerate(zip(steps, step_cards(player, steps), strict=True)):
        device = (step.by, step.device.name)
        headers = dict(card.request.headers)
        from_set_up = []
        if step.signed_in and device in tokens:
            headers["Authorization"] = f"Bearer {{{tokens[device]}}}"
        elif step.signed_in:
            from_set_up.append("Authorization")
        if _has_device(scenario, step):
            from_set_up.append("X-Device-Token")
        if step.to_provider and step.path.startswith("/interactions/"):
            from_set_up.append("Cookie")
        from_set_up += [name for name, value in headers.items() if not _is_known(value, variables)]
        headers = {name: value for name, value in headers.items() if name not in from_set_up}
        keep = {name.replace(".", "_"): pointer for name, pointer in card.keep.items()}
        if _gives_session(step) and _is_signed_in_later(steps[number + 1 :], device):
            tokens[device] = "token" if step.by == PERSON else f"{step.by}_token"
            keep[tokens[device]] = "/session/access_token"
        call = _call(number, card, variables)
        page = _page(player, step, variables)
        yield replace(call, headers=headers, from_set_up=tuple(from_set_up), keep=keep, page=page)
        variables |= set(keep)


def _call(number: int, card: StepCard, variables: set[str]) -> ScriptCall:
    is_read_by_eye = card.operation in _WITHOUT_JSON
    request = replace(card.request, path=_plain(card.request.path), body=_plain(card.request.body))
    return ScriptCall(
        number=number,
        do=card.do,
        operation=card.operation,
        method=request.method,
        path=request.path if _is_known(request.path, variables) else None,
        headers=request.headers,
        body=request.body if _is_known(str(request.body), variables) else None,
        has_body=request.body is not None,
        from_set_up=(),
        keep=card.keep,
        status=card.expect.status,
        code=None if is_read_by_eye else card.expect.code,
        detail=None if is_read_by_eye else card.expect.detail,
    )


def _page(player: Player, step: Step, variables: set[str]) -> OnPage | None:
    """The step on the pages, if everything that is typed there is known."""
    shown = on_page(step)
    if shown is None:
        return None
    path = _plain(player.known.fill_known(shown.path))
    types = {name: _plain(player.known.fill_known(text)) for name, text in shown.types.items()}
    is_known = _is_known(path, variables) and all(_is_known(text, variables) for text in types.values())
    return replace(shown, path=path, types=types) if is_known else None


def _plain(value: Any) -> Any:
    """A JSON value in which every variable is one word."""
    if isinstance(value, str):
        return _DOTTED.sub(r"{\1_\2}", value)
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


def _is_known(text: str, variables: set[str]) -> bool:
    return set(_VARIABLE.findall(text)) <= variables


def _has_device(scenario: Scenario, step: Step) -> bool:
    """Whether the set-up left a trusted device on the client device of the step."""
    return any(
        before.by == step.by and before.device == step.device and before.operation in _GIVES_DEVICE
        for before in scenario.scene
    )


def _gives_session(step: Step) -> bool:
    return step.seen is not None and (step.seen.status, step.seen.code) == (SIGNED_IN.status, SIGNED_IN.code)


def _is_signed_in_later(steps: tuple[Step, ...], device: tuple[str | None, str]) -> bool:
    return any(step.signed_in and (step.by, step.device.name) == device for step in steps)
