"""The command `logindrill`. Each subcommand imports what it needs when it runs, so that `--help` is fast."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from logindrill import __version__
from logindrill.commands.explain import explain, tail
from logindrill.commands.options import PRESET
from logindrill.commands.scenario import scenario
from logindrill.commands.triage import triage
from logindrill.commands.world import world
from logindrill.settings import PRODUCTION_FLAG, Settings

Command = TypeVar("Command", bound=Callable[..., Any])
_FILE = click.Path(dir_okay=False, path_type=Path)
_READABLE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


def option(*names: str, **details: Any) -> Callable[[Command], Command]:
    """An option that can also be given as the environment variable `LOGINDRILL_…` of the same name."""
    variable = "LOGINDRILL_" + names[0].removeprefix("--").replace("-", "_").upper()
    return click.option(*names, envvar=variable, **details)


def database_options(command: Command) -> Command:
    """The options that name the database and describe its default sandbox."""
    for add in (
        option("--world", type=_READABLE, help="World file for the default sandbox when it is created."),
        option("--preset", type=PRESET, help="Preset of the default sandbox when it is created [business-chat]."),
        option("--database-url", help="sqlite:///FILE or postgresql://… [instance/logindrill.sqlite3]."),
    ):
        command = add(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, message="logindrill %(version)s")
def main() -> None:
    """A mock authentication backend: real rules, a captured inbox, a movable clock, a reason for every refusal.

    Every option can be given as an environment variable too: --port is LOGINDRILL_PORT.
    """


@main.command()
@option("--host", default="localhost", show_default=True, help="Name or address to listen on.")
@option(
    "--port",
    default=8401,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 chooses a free one.",
)
@option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Number of server processes.")
@database_options
@option("--ephemeral", is_flag=True, help="Use a temporary database that is deleted on exit.")
@option("--export-on-exit", type=_FILE, help="On exit, write the world of the default sandbox to this file.")
@option("--public-url", help="Address that people use, if it differs from the address listened on.")
@option("--allow-host", "allow_hosts", multiple=True, help="Another host name to accept (repeatable).")
@option("--control-key", help="Bearer key of the control API and console; required beyond loopback.")
@option("--behind-proxy", is_flag=True, help="A proxy in front terminates TLS and sets X-Forwarded-For.")
@option("--trusted-network", is_flag=True, help="This network is trusted: do not require TLS.")
@option("--signing-key", type=_FILE, help="Private key (PEM or JWK) that signs tokens of OpenID Connect.")
@option("--tls-cert", type=_FILE, help="Certificate (chain) in PEM.")
@option("--tls-key", type=_FILE, help="Private key in PEM.")
@option("--password-cost", type=click.Choice(["fast", "owasp"]), help="Cost of password hashing [fast on loopback].")
@option("--synchronous-commit", type=click.Choice(["on", "off"]), help="PostgreSQL: off is faster, less safe [server].")
@option("--json", "json_output", is_flag=True, help="When ready, print the addresses as one line of JSON.")
@option("--ready-file", type=_FILE, help="When ready, write that line to this file.")
@option("--until-pid", type=click.IntRange(1), metavar="PID", help="Stop when this process has ended.")
@option("--verbose", is_flag=True, help="Log each request on standard error.")
@click.option(
    PRODUCTION_FLAG, "mock_in_production", is_flag=True, help="Start even if the environment says production."
)
def serve(**given: Any) -> NoReturn:
    """Start the server."""
    settings = _settings(given)
    from logindrill.serving.supervision import serve as serve_with

    _exit_on_failure(lambda: serve_with(settings, os.environ))


@main.command(
    "exec", short_help="Run COMMAND with its own server.", context_settings={"allow_interspersed_args": False}
)
@option("--preset", type=PRESET, help="Preset of the default sandbox [business-chat].")
@option("--world", type=_READABLE, help="World file for the default sandbox.")
@option("--workers", type=click.IntRange(1, 64), help="Number of server processes [1].")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def execute(command: tuple[str, ...], **given: Any) -> NoReturn:
    """Run COMMAND with its own server, on a free port and with a temporary database. The server stops with COMMAND.

    Write options of the server before COMMAND. Options after COMMAND belong to COMMAND.

    COMMAND finds the server's address in LOGINDRILL_URL, its issuer of OpenID Connect in LOGINDRILL_ISSUER,
    and a person who can sign in in LOGINDRILL_IDENTIFIER and LOGINDRILL_PASSWORD. Its exit code is passed on.
    """
    from logindrill.serving.execution import execute as run

    options = [part for name, value in given.items() if value for part in (f"--{name}", str(value))]
    sys.exit(_exit_on_failure(lambda: run(command, options)))


@main.group()
def db() -> None:
    """Manage the database."""


@db.command()
@option("--database-url", help="sqlite:///FILE or postgresql://… [instance/logindrill.sqlite3].")
def upgrade(database_url: str | None) -> None:
    """Create the schema of a new database, or update an old one."""
    from logindrill.serving.upkeep import upgrade as upgrade_with

    schema = _exit_on_failure(lambda: upgrade_with(Settings(database_url=database_url)))
    click.echo(f"schema {schema}")


@main.group()
def reset() -> None:
    """Reset a sandbox."""


@reset.command("default")
@database_options
def reset_default(**given: Any) -> None:
    """Reset the sandbox `default`, and show a new password for its first person once."""
    from logindrill.serving.upkeep import reset_default as reset_with

    person = _exit_on_failure(lambda: reset_with(Settings(**given)))
    click.echo("default was reset")
    if person:
        click.echo(f"{person.identifier}  password {person.password}  (shown only once)")


@main.command()
@option("--host", default="localhost", show_default=True, help="Name or address to listen on.")
@option("--port", default=8401, show_default=True, type=click.IntRange(0, 65535), help="Port to listen on.")
@option("--database-url", help="sqlite:///FILE or postgresql://… [instance/logindrill.sqlite3].")
def doctor(**given: Any) -> NoReturn:
    """Check the installation, and say what is wrong and how to fix it."""
    from logindrill.commands.doctor import examine
    from logindrill.rules.texts import visible

    findings = examine(Settings(**given))
    for finding in findings:
        click.echo(visible(finding.line))
    sys.exit(1 if any(finding.fails for finding in findings) else 0)


main.add_command(explain)
main.add_command(scenario)
main.add_command(tail)
main.add_command(triage)
main.add_command(world)


@main.command()
def version() -> None:
    """Show the version."""
    click.echo(f"logindrill {__version__}")


def _settings(given: Mapping[str, Any]) -> Settings:
    values = dict(given)
    if values["tls_key"] and not values["tls_cert"]:
        raise click.UsageError("--tls-key needs --tls-cert.")
    if values["ephemeral"] and values["database_url"]:
        raise click.UsageError("--ephemeral makes a database of its own: leave out --database-url.")
    if values["synchronous_commit"] and not (values["database_url"] or "").startswith("postgresql"):
        raise click.UsageError("--synchronous-commit needs a --database-url of PostgreSQL.")
    values["allow_hosts"] = tuple(name for entry in values["allow_hosts"] for name in entry.split(",") if name)
    cost = values.pop("password_cost")
    settings = Settings(**values)
    return Settings(**values | {"password_cost": cost or ("fast" if settings.loopback else "owasp")})


Result = TypeVar("Result")


def _exit_on_failure(action: Callable[[], Result]) -> Result:
    from logindrill.serving.failures import CANNOT_START, CannotStart, print_error

    try:
        return action()
    except CannotStart as error:
        print_error(str(error))
        sys.exit(CANNOT_START)
