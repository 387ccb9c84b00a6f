"""curl commands to copy: the same attempt again, and its explanation."""

import json
from dataclasses import dataclass
from typing import Any

from logindrill.console.operation_names import operation

_BODIES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "sign_in": ("POST", "/sign-ins", ("identifier", "password")),
    "request_sign_in_code": ("POST", "/sign-ins/{sign_in_id}/otp", ("phone",)),
    "pass_second_factor": ("POST", "/sign-ins/{sign_in_id}/second-factor", ("code",)),
    "choose_new_password": ("POST", "/sign-ins/{sign_in_id}/new-password", ("password", "password_confirmation")),
    "request_confirmation_code": ("POST", "/confirmation-codes", ("email",)),
    "use_confirmation_code": ("POST", "/confirmations", ("email", "code")),
    "request_password_reset": ("POST", "/password-resets", ("identifier",)),
    "use_password_reset": ("PUT", "/password-resets/{token}", ("password", "password_confirmation")),
    "accept_invitation": ("POST", "/invitations/{token}/acceptance", ("password", "password_confirmation")),
}
"""How the calls look that an attempt is most often made by; what nobody kept is left to be filled in."""


@dataclass(frozen=True, slots=True)
class Curl:
    """A command line, and what it does."""

    does: str
    command: str


def of_attempt(attempt: Any, shown_url: str, sandbox_id: str) -> tuple[Curl, ...]:
    """The commands that go with an attempt; secrets are never known, so that they stand as placeholders."""
    import shlex

    control = f"{shown_url}/control/v1/sandboxes/{sandbox_id}/attempts/{attempt.id}"
    look = Curl("Get this explanation", f"curl {shlex.quote(control)}")
    if attempt.operation not in _BODIES:
        return (look,)
    method, path, fields = _BODIES[attempt.operation]
    body = {field: _value(field, attempt.identifier) for field in fields}
    again = " ".join(
        (
            f"curl -i -X {method} {shlex.quote(f'{shown_url}/s/{sandbox_id}/v1{path}')}",
            f"-H 'Content-Type: application/json' -H 'X-Client: {attempt.client}'",
            f"-d {shlex.quote(json.dumps(body, ensure_ascii=False))}",
        )
    )
    return (Curl(f"Try again: {operation(attempt.operation).lower()}", again), look)


def _value(field: str, identifier: str | None) -> str:
    return identifier if field in {"identifier", "email", "phone"} and identifier else f"<{field}>"
