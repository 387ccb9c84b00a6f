"""The sandbox named `default`: made at the first start, kept ever after."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from logindrill.presets import PRESETS
from logindrill.rules.decisions import Invalid, Refused
from logindrill.services import sandboxes
from logindrill.settings import Settings
from logindrill.work.database import Database
from logindrill.work.perform import order, read
from logindrill.work.runtime import Action, Runtime
from logindrill.work.unit_of_work import UnknownSandbox, open_work
from logindrill.world.export import export, render
from logindrill.world.files import WorldFile, WorldUnreadable, read_world

FIRST_PRESET = "business-chat"


class SettingsDiffer(Exception):
    """The preset or world asked for cannot be, or is not the one that `default` was made from; one line."""


@dataclass(frozen=True, slots=True)
class DefaultSandbox:
    """What the default sandbox is; `first_person` is identifier and password, told only when it was just made."""

    preset: str
    first_person: tuple[str, str] | None


def ensure_default(database: Database, settings: Settings) -> DefaultSandbox:
    """Make `default` unless it exists; raises SettingsDiffer where it was made from other settings."""
    runtime = Runtime.start(settings, database)
    asked = _asked_for(settings)
    for _ in range(2):
        try:
            return _existing(runtime, settings, asked)
        except UnknownSandbox:
            try:
                return _made(runtime, settings, asked)
            except Refused:
                continue
    return _existing(runtime, settings, asked)


def reset_default(database: Database, settings: Settings) -> tuple[str, str] | None:
    """Take `default` back to its beginning; its first person with a new password, None where a world made it."""
    runtime = Runtime.start(settings, database)
    uow = open_work(runtime, sandboxes.DEFAULT, Action("reset_sandbox"))
    made_from = read(uow, sandboxes.made_from)
    if "world" in made_from:
        order(open_work(runtime, sandboxes.DEFAULT, Action("reset_sandbox")), sandboxes.reset)
        return None
    first = sandboxes.start_over(runtime, open_work(runtime, sandboxes.DEFAULT, Action("reset_sandbox")))
    return first.identifier, first.password


def export_world(database: Database, sandbox_id: str) -> str:
    """The world of a sandbox as a file's text."""
    runtime = Runtime.start(Settings(), database)
    return render(read(open_work(runtime, sandbox_id, Action("show_world")), export))


def _existing(runtime: Runtime, settings: Settings, asked: dict[str, str]) -> DefaultSandbox:
    uow = open_work(runtime, sandboxes.DEFAULT, Action("show_sandbox"))
    made_from = read(uow, sandboxes.made_from)
    preset = uow.preset.name
    if settings.preset is not None and settings.preset != preset:
        raise SettingsDiffer(
            f"the sandbox default has the preset {preset}, not {settings.preset}: start without --preset, "
            "or with another --database-url"
        )
    if "world" in asked and asked["world"] != made_from.get("world"):
        raise SettingsDiffer(
            f"the sandbox default was not made from this {settings.world}: start without --world, "
            "or with another --database-url"
        )
    return DefaultSandbox(preset, first_person=None)


def _made(runtime: Runtime, settings: Settings, asked: dict[str, str]) -> DefaultSandbox:
    preset = settings.preset or FIRST_PRESET
    if preset not in PRESETS:
        raise SettingsDiffer(f"there is no preset {preset}: use one of {', '.join(PRESETS)}")
    file = _file(settings.world)
    world = None if file is None else file.world
    try:
        card = sandboxes.create(
            runtime, sandboxes.NewSandbox(preset, id=sandboxes.DEFAULT, world=world, ttl=None, made_from=asked)
        )
    except Invalid as error:
        raise SettingsDiffer(str(error) if file is None else file.complaint(error)) from error
    first_person = card.first_person
    told = None if first_person is None else (first_person.identifier, first_person.password)
    return DefaultSandbox(preset, first_person=told)


def _asked_for(settings: Settings) -> dict[str, str]:
    asked = {} if settings.preset is None else {"preset": settings.preset}
    if settings.world is not None:
        try:
            asked["world"] = hashlib.sha256(settings.world.read_bytes()).hexdigest()
        except OSError as error:
            raise SettingsDiffer(f"{settings.world} cannot be read: {error.strerror}") from error
    return asked


def _file(path: Path | None) -> WorldFile | None:
    try:
        return None if path is None else read_world(path)
    except WorldUnreadable as error:
        raise SettingsDiffer(str(error)) from error
