"""Finds the server that a command talks to, and reports when there is none."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from logindrill.serving.failures import print_error

Command = TypeVar("Command", bound=Callable[..., Any])
_NO_SERVER = 2


def server_options(command: Command) -> Command:
    """The options for the server's address and its control key."""
    key = click.option(
        "--control-key", envvar="LOGINDRILL_CONTROL_KEY", help="Control key of the server, if it has one."
    )
    url = click.option("--url", envvar="LOGINDRILL_URL", help="Address of a running server [http://127.0.0.1:8401].")
    return url(key(command))


@contextmanager
def reaching(url: str | None, control_key: str | None) -> Iterator[Any]:
    """The server at the address, or at the default one; ends the command with a clear message where nothing answers."""
    from logindrill.client import DEFAULT_URL, NoServer, Server
    from logindrill.commands.addresses import read_address

    try:
        yield Server(read_address(url).server if url else DEFAULT_URL, control_key)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--url") from error
    except NoServer as error:
        print_error(f"{error}. Start one with `logindrill serve`, or name another by --url.")
        sys.exit(_NO_SERVER)


def refuse(detail: str) -> None:
    """End the command with a message, because the server or the input does not allow it."""
    print_error(detail)
    sys.exit(1)
