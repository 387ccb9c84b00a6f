"""`logindrill scenario`: lists login failures, plays them, sets them up, and prints them as tests."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from logindrill.commands.reaching import reaching, refuse, server_options

if TYPE_CHECKING:
    from logindrill.client import Transport
    from logindrill.scenarios.scenario import Scenario

_PRESETS = click.Choice(["business-chat", "contact-portal", "customer-app"])
_SYMPTOMS = click.Choice(
    [
        "error_text",
        "nothing_arrived",
        "never_loads",
        "asked_for_code_again",
        "thrown_out",
        "page_refused",
        "action_unavailable",
        "none",
    ]
)
_LANGUAGES = click.Choice(["curl", "pytest", "playwright", "cypress"])


@click.group()
def scenario() -> None:
    """Login failures by name: set one up, see it, find the real cause, fix it."""


@scenario.command("list")
@click.option("--symptom", type=_SYMPTOMS, help="Only scenarios that people report like this.")
@click.option("--preset", type=_PRESETS, help="Only scenarios of this preset.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_them(symptom: str | None, preset: str | None, *, as_json: bool) -> None:
    """List all scenarios, with the answer that the client gets."""
    from logindrill.commands import printing
    from logindrill.scenarios.catalogue import entries

    found = entries(symptom=symptom, preset=preset)
    if as_json:
        click.echo(printing.as_json(found))
        return
    for line in printing.table(found):
        click.echo(line)


@scenario.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(name: str, *, as_json: bool) -> None:
    """Show NAME: story, steps, answers, true cause, remedies."""
    from logindrill.commands import printing
    from logindrill.scenarios.cards import card

    shown = card(_named(name))
    if as_json:
        click.echo(printing.as_json(shown))
        return
    for line in printing.description(shown):
        click.echo(line)


@scenario.command()
@click.argument("names", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All scenarios.")
@click.option("--preset", type=_PRESETS, help="With --all: only scenarios of this preset.")
@click.option("--keep", is_flag=True, help="Keep the sandboxes (with --url).")
@click.option("--database-url", help="Database of the server that is started [a temporary one].")
@click.option("-q", "--quiet", is_flag=True, help="Show results only, no calls.")
@click.option("--json", "as_json", is_flag=True, help="Print results and calls as JSON, one line per scenario.")
@server_options
def run(names: tuple[str, ...], **given: Any) -> None:
    """Run NAMES: set up, reproduce, explain and fix each failure, and show every call.

    Starts a server, unless --url names one. The exit code is 1 if a scenario fails.
    """
    from logindrill.commands import printing
    from logindrill.scenarios.play import play

    wanted = _selected(names, every=given["every"], preset=given["preset"])
    failed = 0
    with _server(given["url"], given["control_key"], given["database_url"]) as transport:
        for one in wanted:
            verdict = play(one, transport, keep=given["keep"])
            failed += not verdict.passed
            for line in printing.verdict(verdict, as_json=given["as_json"], quiet=given["quiet"] or given["every"]):
                click.echo(line)
    if not given["as_json"] and len(wanted) > 1:
        click.echo(f"{len(wanted)} run, {failed} failed" if failed else f"{len(wanted)} run, all passed")
    sys.exit(1 if failed else 0)


@scenario.command()
@click.argument("name")
@click.option("--sandbox", help="Set it up in this sandbox instead of a new one.")
@click.option("--user", help="With --sandbox: the ID of the person to set it up for.")
@click.option(
    "--ttl", default="P1D", show_default=True, help="Delete the new sandbox after this time without use (ISO 8601)."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@server_options
def setup(name: str, **given: Any) -> None:
    """Set up NAME in a running server, and show whom to sign in as, what to do and what to expect."""
    from logindrill.commands import printing

    _named(name)
    _require_clear_target(given["url"], given["sandbox"])
    with reaching(given["url"], given["control_key"]) as server:
        if given["sandbox"]:
            body = {"name": name} | ({"user": given["user"]} if given["user"] else {})
            answer = server.call("POST", f"/control/v1/sandboxes/{given['sandbox']}/scenarios", body)
        else:
            answer = server.call("POST", f"/control/v1/scenarios/{name}/sandboxes", {"ttl": given["ttl"]})
    if answer.status != 201:
        refuse(_why(answer.body))
    if given["as_json"]:
        click.echo(json.dumps(answer.body, ensure_ascii=False, indent=2))
        return
    for line in printing.standing(answer.body):
        click.echo(line)


@scenario.command()
@click.argument("name")
@click.option("--as", "language", type=_LANGUAGES, default="curl", show_default=True, help="Language of the test.")
def code(name: str, language: str) -> None:
    """Print NAME as a test for your client app, ready to run against the server at LOGINDRILL_URL."""
    from logindrill.scenarios.code import write

    click.echo(write(_named(name), language), nl=False)


def _require_clear_target(url: str | None, sandbox: str | None) -> None:
    """Refuse a sandbox's address without `--sandbox`: it does not say whether to make a sandbox or to stage in that
    one.
    """
    from logindrill.commands.addresses import read_address, sandbox_meant

    address = read_address(url) if url else None
    if address is not None and address.sandbox and not sandbox:
        raise click.UsageError(
            f"--url is an address of the sandbox {address.sandbox}. Give --url {address.server} for a sandbox of its "
            f"own, or --sandbox {address.sandbox} besides to stage it there."
        )
    sandbox_meant(url, sandbox)


def _named(name: str) -> "Scenario":
    from logindrill.scenarios.catalogue import NoSuchScenario, find

    try:
        return find(name)
    except NoSuchScenario as error:
        raise click.BadParameter(str(error), param_hint="NAME") from error


def _selected(names: Iterable[str], *, every: bool, preset: str | None) -> "list[Scenario]":
    from logindrill.scenarios.catalogue import with_symptom

    if every:
        return [one for one in with_symptom() if preset in (None, one.preset)]
    chosen = [_named(name) for name in names]
    if not chosen:
        raise click.UsageError("Name scenarios, or give --all; `logindrill scenario list` tells their names.")
    return chosen


@contextmanager
def _server(url: str | None, control_key: str | None, database_url: str | None) -> "Iterator[Transport]":
    """The named server, else one that is started for this command."""
    if url is not None:
        with reaching(url, control_key) as server:
            yield server
        return
    from logindrill.client import Server
    from logindrill.serving.beside import server_beside

    with server_beside([f"--database-url={database_url}"] if database_url else []) as facts:
        yield Server(facts["url"])


def _why(body: Any) -> str:
    return str(body.get("detail") or body) if isinstance(body, dict) else str(body)
