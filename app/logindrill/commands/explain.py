"""`logindrill explain` and `logindrill tail`: why a login failed, and what happens, read from a running server."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import click

from logindrill.commands.reaching import reaching, refuse, server_options
from logindrill.commands.terminal import inert

_SANDBOX = click.option("--sandbox", help="The sandbox it is in [that of --url, else default].")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_PAGE = 200
_LONGEST_TIMELINE = 50
_MOST_CHANGES = 5
"""How many changes since the last success fit beside causes and remedies on one page of a terminal."""
_COLOURS = {"refused": "red", "succeeded": "green", "continued": "yellow"}


@click.command()
@click.argument("what", metavar="ATTEMPT|USER")
@_SANDBOX
@server_options
@_JSON
def explain(what: str, sandbox: str | None, url: str | None, control_key: str | None, *, as_json: bool) -> None:
    """Say why an attempt failed, or why a person cannot sign in.

    ATTEMPT is the X-Attempt-Id of an answer. USER is an id, a username or an address.
    """
    with reaching(url, control_key) as server:
        base = _base(url, sandbox)
        if what.startswith("att_"):
            card = _fetch(server, f"{base}/attempts/{_quoted(what)}")
            lines = _of_attempt(inert(card))
        else:
            user_id = _user_id(server, base, what)
            card = _fetch(server, f"{base}/users/{_quoted(user_id)}/explanation")
            card["timeline"] = _newest(server, base, user_id)
            lines = _of_person(inert(card))
        for line in [json.dumps(card, ensure_ascii=False, indent=2)] if as_json else lines:
            click.echo(line)


@click.command()
@_SANDBOX
@click.option("--user", help="Only entries about this person (ID, username or address).")
@click.option("--all", "from_the_start", is_flag=True, help="Begin with everything that has happened so far.")
@click.option("--once", is_flag=True, help="Show the existing entries, then stop.")
@server_options
@_JSON
def tail(
    sandbox: str | None, url: str | None, control_key: str | None, user: str | None, *, as_json: bool, **how: bool
) -> None:
    """Follow the timeline of a sandbox, one line per entry, until Ctrl-C."""
    from logindrill.adapters.clock import RealClock

    with reaching(url, control_key) as server:
        base = _base(url, sandbox)
        about = "" if user is None else f"&user={_quoted(_user_id(server, base, user))}"
        entries = _follow(server, base, about, RealClock(), **how)
        try:
            for entry in entries:
                click.echo(json.dumps(entry, ensure_ascii=False) if as_json else _line(inert(entry)))
        except KeyboardInterrupt:
            click.echo("", err=True)


def _base(url: str | None, sandbox: str | None) -> str:
    from logindrill.commands.addresses import sandbox_meant

    return f"/control/v1/sandboxes/{_quoted(sandbox_meant(url, sandbox))}"


def _follow(
    server: Any, base: str, about: str, clock: Any, *, from_the_start: bool, once: bool
) -> Iterator[Mapping[str, Any]]:
    """The existing lines, from the start or only the newest, and then every new one."""
    from datetime import timedelta

    after = ""
    shown: list[Mapping[str, Any]] = []
    while True:
        page = _fetch(server, f"{base}/timeline?limit={_PAGE}{about}{after}")
        shown = [*shown, *page["data"]][-_LONGEST_TIMELINE:]
        if from_the_start:
            yield from page["data"]
        if page["data"]:
            after = f"&after={page['data'][-1]['id']}"
        if page["has_more"]:
            continue
        if not from_the_start:
            yield from shown
            from_the_start = True
        if once:
            return
        clock.sleep(timedelta(seconds=0.5))


def _newest(server: Any, base: str, user_id: str) -> list[Mapping[str, Any]]:
    about = f"&user={_quoted(user_id)}"
    return list(_follow(server, base, about, None, from_the_start=False, once=True))


def _user_id(server: Any, base: str, text: str) -> str:
    """The id of a person, found by id, username or address; ends the command where there is none."""
    after = ""
    while True:
        page = _fetch(server, f"{base}/users?limit={_PAGE}{after}")
        for card in page["data"]:
            known = {card["id"], card["username"], *(entry["address"] for entry in card["emails"])}
            if text.casefold() in {name.casefold() for name in known if name}:
                return str(card["id"])
        if not page["has_more"]:
            refuse(f"nobody in the sandbox is known as {text}")
        after = f"&after={page['data'][-1]['id']}"


def _fetch(server: Any, path: str) -> Any:
    answer = server.call("GET", path)
    if answer.status != 200:
        detail = answer.body.get("detail", "") if isinstance(answer.body, Mapping) else ""
        refuse(f"the server answered {answer.status} {detail}".rstrip())
    return answer.body


def _of_attempt(card: Mapping[str, Any]) -> Iterator[str]:
    public = card["public"]
    words = f' "{public["detail"]}"' if public["detail"] else ""
    yield f"{_time(card['at'])}  {card['operation']} by {card['identifier'] or card['user_id'] or 'somebody'}"
    yield from _interaction(card)
    yield f"Answer:  {public['status']} {public['code'] or ''}{words}".rstrip()
    yield from _causes(card, "Cause:")
    for miss in card["near_misses"]:
        yield f"Almost:  {miss['check']}: {miss['evidence']}"
    yield from _survivor(card)
    yield from _cures(card)
    yield from _history(card)


def _of_person(card: Mapping[str, Any]) -> Iterator[str]:
    yield card["summary"]
    yield from _causes(card, "Causes:")
    yield from _survivor(card)
    yield from _cures(card)
    yield f"Before:  {card['worked_before']}"
    for mail in card["messages"]:
        yield f"Mail:    {mail['kind'].replace('_', ' ')} to {mail['to']}: {mail['cause']['reason']}"
    if card["timeline"]:
        yield ""
        yield from map(_line, card["timeline"])


def _causes(card: Mapping[str, Any], title: str) -> Iterator[str]:
    if not card["causes"]:
        yield f"{title:<9}nothing prevents the sign-in"
    for number, cause in enumerate(card["causes"], 1):
        yield f"{title if number == 1 else '':<9}{number}. {cause['reason']}: {cause['cause']}"
        if cause.get("evidence", "").strip(".").lower() not in cause["cause"].lower():
            yield f"{'':<12}{cause['evidence']}"


def _interaction(card: Mapping[str, Any]) -> Iterator[str]:
    """The application that asked for the sign-in, and the attempts that led to this one."""
    application = card["request"]["application"]
    if application is not None:
        yield f"For:     the application {application}"
    for number, before in enumerate(card["follows"]):
        yield f"{'' if number else 'After:':<9}{before}"


def _survivor(card: Mapping[str, Any]) -> Iterator[str]:
    """The account that a merged one became part of (C11)."""
    survivor = card["survivor"]
    if survivor is not None:
        signs_in = " or ".join(survivor["signs_in_as"]) or "nothing: it has neither username nor main address"
        yield f"Merged:  into {survivor['name']} ({survivor['id']}), which signs in as {signs_in}"


def _cures(card: Mapping[str, Any]) -> Iterator[str]:
    for number, remedy in enumerate(card["remedies"]):
        effects = f" ({'; '.join(remedy['side_effects'])})" if remedy["side_effects"] else ""
        yield f"{'' if number else 'Remedy:':<9}{remedy['who']}: {remedy['action']}{effects}"
        if remedy["apply"] is not None:
            body = "" if remedy["apply"]["body"] is None else f" {json.dumps(remedy['apply']['body'])}"
            yield f"{'':<11}{remedy['apply']['method']} {remedy['apply']['path']}{body}"


def _history(card: Mapping[str, Any]) -> Iterator[str]:
    success = card["last_success"]
    if success is not None:
        where = f" on {success['client']}" if success["client"] else ""
        yield f"Before:  last signed in at {_time(success['at'])}{where}"
    earlier = len(card["changed_since"]) - _MOST_CHANGES
    if earlier > 0:
        yield f"Since:   {earlier} earlier changes, which --json shows"
    for change in card["changed_since"][-_MOST_CHANGES:]:
        said = ", ".join(change["kinds"]) or change["event"].replace(".", " ").replace("_", " ")
        by = f" by {change['actor']}" if change["actor"] else ""
        yield f"Since:   {_time(change['at'])}  {said}{by}"


def _line(entry: Mapping[str, Any]) -> str:
    """One attempt or event as a line; click colours it on a terminal only."""
    return f"{_time(entry['at'])}  " + click.style(entry["line"], fg=_COLOURS.get(entry["outcome"]))


def _time(text: str) -> str:
    return text[:19].replace("T", " ")


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")
