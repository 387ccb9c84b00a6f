"""The announcement of a server that is ready, for people and for programs."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from logindrill import __version__
from logindrill.settings import Settings

_INVITED_AS = {"business-chat": "member", "contact-portal": "contact", "customer-app": "customer"}


@dataclass(frozen=True, slots=True)
class FirstPerson:
    """A person who can sign in to a sandbox that was just made; the password is known only now."""

    identifier: str
    password: str


@dataclass(frozen=True, slots=True)
class PreparationResult:
    """The result of the preparation: the default sandbox's preset, and its first person if it is new."""

    preset: str
    first_person: FirstPerson | None

    def to_json(self) -> str:
        """One line that `from_json` reads."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "PreparationResult":
        """The inverse of `to_json`."""
        found = json.loads(text)
        person = found["first_person"]
        return cls(preset=found["preset"], first_person=FirstPerson(**person) if person else None)


def announce(settings: Settings, prepared: PreparationResult, *, pid: int) -> list[OSError]:
    """Print on standard output, and write to the ready file if one is given, that the server accepts calls.

    Where one of them fails, the other is still done; the errors are returned.
    """
    facts = json.dumps(_facts(settings, prepared, pid))
    errors = []
    try:
        print(facts if settings.json_output else _words(settings, prepared), flush=True)
    except OSError as error:
        errors.append(error)
    try:
        if settings.ready_file:
            write_whole(settings.ready_file, facts + "\n")
    except OSError as error:
        errors.append(error)
    return errors


def write_whole(path: Path, text: str) -> None:
    """Write a file that others see either whole or not at all, readable by its owner only.

    What is there and no file, such as a pipe or a device, is written to as it is. Raises OSError.
    """
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8")
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def remove(path: Path) -> None:
    """Remove a file; what is no file, such as a pipe or a device, stays."""
    if path.is_file():
        path.unlink(missing_ok=True)


def _facts(settings: Settings, prepared: PreparationResult, pid: int) -> dict[str, object]:
    url = settings.base_url
    return {
        "url": url,
        "base_url": f"{url}/s/default/v1",
        "control_url": f"{url}/control/v1",
        "console_url": f"{url}/console/",
        "docs_url": f"{url}/docs",
        "issuer": f"{url}/s/default/oidc",
        "sandbox": "default",
        "preset": prepared.preset,
        "first_person": asdict(prepared.first_person) if prepared.first_person else None,
        "pid": pid,
        "version": __version__,
    }


def _words(settings: Settings, prepared: PreparationResult) -> str:
    url, person = settings.base_url, prepared.first_person
    lines = [
        f"logindrill ready on {url}",
        f"  console          {url}/console/",
        f"  API docs         {url}/docs",
        f"  default sandbox  {url}/s/default/v1  ({prepared.preset})",
        f"  OpenID Connect   {url}/s/default/oidc  (issuer)",
    ]
    if person:
        lines.append(f"  first person     {person.identifier}  password {person.password}  (shown only once)")
    else:
        lines.append("  first person     `logindrill reset default` makes and shows a new password")
    return "\n".join([*lines, "  invite somebody  " + _invitation(url, prepared)])


def _invitation(url: str, prepared: PreparationResult) -> str:
    """A command line that signs the first person in and then invites a second one with the cookie."""
    person = prepared.first_person or FirstPerson("IDENTIFIER", "PASSWORD")
    role = _INVITED_AS.get(prepared.preset, "member")
    kind = "-H 'Content-Type: application/json'"
    sign_in = json.dumps({"identifier": person.identifier, "password": person.password})
    invited = json.dumps({"name": "Ada", "role": role, "emails": [{"address": "ada@example.test", "kind": "main"}]})
    return (
        f"curl -s -o /dev/null -c jar {kind} -d '{sign_in}' {url}/v1/sign-ins && "
        f"curl -s -b jar {kind} -d '{invited}' {url}/v1/users"
    )
