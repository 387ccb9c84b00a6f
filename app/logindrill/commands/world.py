"""`logindrill world`: what can be done with world files without a server."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from logindrill.commands.options import PRESET

if TYPE_CHECKING:
    from logindrill.presets import Preset
    from logindrill.world.files import WorldFile

_READABLE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@click.group()
def world() -> None:
    """Work with world files."""


@world.command()
def schema() -> None:
    """Print the JSON Schema of world files, for completion and checks in an editor."""
    from logindrill.world.schema import text

    click.echo(text(), nl=False)


@world.command()
@click.argument("files", nargs=-1, required=True, type=_READABLE)
@click.option(
    "--preset",
    type=PRESET,
    help="The preset that the sandbox will have. Without it, a file passes if one of them accepts it.",
)
def check(files: tuple[Path, ...], preset: str | None) -> NoReturn:
    """Name every mistake in world FILES, by line and field. It needs no server.

    Exits with 1 if there is one.
    """
    from logindrill.presets import PRESETS
    from logindrill.rules.texts import visible

    chosen = [found for name, found in PRESETS.items() if preset in {None, name}]
    found = [complaint for file in files for complaint in _complaints(file, chosen)]
    for complaint in found:
        click.echo(visible(complaint))
    sys.exit(1 if found else 0)


def _complaints(file: Path, presets: "list[Preset]") -> tuple[str, ...]:
    """The mistakes in a file for the preset with the fewest; none where one of the presets accepts it."""
    from logindrill.world.files import WorldUnreadable, read_world

    try:
        read = read_world(file)
    except WorldUnreadable as error:
        return error.complaints
    return min((_mistakes(read, preset) for preset in presets), key=len)


def _mistakes(read: "WorldFile", preset: "Preset") -> tuple[str, ...]:
    from logindrill.rules.decisions import FieldError, Invalid
    from logindrill.rules.policy import check_changes, compose
    from logindrill.world.check import check as check_world

    found: list[FieldError] = []
    changes: dict[str, object] = {}
    try:
        changes = check_changes(read.world.policy or {})
    except Invalid as refusal:
        found += refusal.fields
    try:
        check_world(read.world, preset, compose(preset.policy, changes))
    except Invalid as refusal:
        found += refusal.fields
    return read.complaints(Invalid(*found))
