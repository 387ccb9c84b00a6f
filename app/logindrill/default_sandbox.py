"""The sandbox named `default`: it is made at the first start and never deleted."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from logindrill.presets import PRESETS
from logindrill.rules.decisions import Invalid, Refused
from logindrill.services import sandboxes
from logindrill.settings import Settings
from logindrill.work.database import Database
from logindrill.work.perform import read
from logindrill.work.runtime import Action, Runtime
from logindrill.work.unit_of_work import UnknownSandbox, open_work

if TYPE_CHECKING:
    from logindrill.world.files import WorldFile

FIRST_PRESET = "business-chat"


class SettingsDiffer(Exception):
    """The requested preset or world is invalid, or differs from the one that `default` was made from.

    The message is one line.
    """


class DefaultSandbox(Struct, frozen=True):
    """A description of the default sandbox.

    `first_person` holds identifier and password, given only when it was just made.
    """

    preset: str
    first_person: tuple[str, str] | None


def ensure_default(database: Database, settings: Settings) -> DefaultSandbox:
    """Make `default` unless it exists; raises SettingsDiffer where it was made from other settings."""
    runtime = Runtime.start(settings, database)
    requested = _requested_origin(settings)
    for _ in range(2):
        try:
            return _find_existing(runtime, settings, requested)
        except UnknownSandbox:
            try:
                return _make(runtime, settings, requested)
            except Refused:
                continue
    return _find_existing(runtime, settings, requested)


def reset_default(database: Database, settings: Settings) -> tuple[str, str] | None:
    """Reset `default`; returns a new password of its first person, None where a world file defines the people."""
    runtime = Runtime.start(settings, database)
    uow = open_work(runtime, sandboxes.DEFAULT, Action("reset_sandbox"))
    made_from = read(uow, sandboxes.made_from)
    if "world" in made_from:
        read(open_work(runtime, sandboxes.DEFAULT, Action("reset_sandbox")), sandboxes.reset)
        return None
    first = sandboxes.start_over(runtime, open_work(runtime, sandboxes.DEFAULT, Action("reset_sandbox")))
    return first.identifier, first.password


def export_world(database: Database, sandbox_id: str) -> str:
    """The world of a sandbox as the text of a file."""
    from logindrill.world.export import export, render

    runtime = Runtime.start(Settings(), database)
    return render(read(open_work(runtime, sandbox_id, Action("show_world")), export))


def _find_existing(runtime: Runtime, settings: Settings, requested: dict[str, str]) -> DefaultSandbox:
    uow = open_work(runtime, sandboxes.DEFAULT, Action("show_sandbox"))
    made_from = read(uow, sandboxes.made_from)
    preset = uow.preset.name
    if settings.preset is not None and settings.preset != preset:
        raise SettingsDiffer(
            f"the sandbox default has the preset {preset}, not {settings.preset}: start without --preset, "
            "or with another --database-url"
        )
    if "world" in requested and requested["world"] != made_from.get("world"):
        raise SettingsDiffer(
            f"the sandbox default was not made from this {settings.world}: start without --world, "
            "or with another --database-url"
        )
    return DefaultSandbox(preset, first_person=None)


def _make(runtime: Runtime, settings: Settings, requested: dict[str, str]) -> DefaultSandbox:
    preset = settings.preset or FIRST_PRESET
    if preset not in PRESETS:
        raise SettingsDiffer(f"there is no preset {preset}: use one of {', '.join(PRESETS)}")
    file = _file(settings.world)
    world = None if file is None else file.world
    try:
        card = sandboxes.create(
            runtime,
            sandboxes.SandboxProperties(preset, id=sandboxes.DEFAULT, world=world, ttl=None, made_from=requested),
        )
    except Invalid as error:
        raise SettingsDiffer(str(error) if file is None else file.complaint(error)) from error
    first_person = card.first_person
    sign_in = None if first_person is None else (first_person.identifier, first_person.password)
    return DefaultSandbox(preset, first_person=sign_in)


def _requested_origin(settings: Settings) -> dict[str, str]:
    requested = {} if settings.preset is None else {"preset": settings.preset}
    if settings.world is not None:
        try:
            requested["world"] = hashlib.sha256(settings.world.read_bytes()).hexdigest()
        except OSError as error:
            raise SettingsDiffer(f"{settings.world} cannot be read: {error.strerror}") from error
    return requested


def _file(path: Path | None) -> "WorldFile | None":
    if path is None:
        return None
    from logindrill.world.files import WorldUnreadable, read_world  # reading YAML is no part of every start

    try:
        return read_world(path)
    except WorldUnreadable as error:
        raise SettingsDiffer(str(error)) from error
