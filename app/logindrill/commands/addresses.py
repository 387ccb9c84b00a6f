"""Reads the address that a person gives for a server: its own, or that of a sandbox, a page or the console."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import click

DEFAULT_SANDBOX = "default"
_ID = "(?P<sandbox>[a-z0-9][a-z0-9_-]{0,63})"
_OF_SANDBOX = re.compile(rf"(?P<server>.*?)/(?:(?:console/)?s|control/v1/sandboxes)/{_ID}(?:/.*)?")
_OF_DEFAULT = re.compile(r"(?P<server>.*?)/v1(?:/.*)?")
_OF_SERVER = re.compile(r"(?P<server>.*?)/(?:console|control|docs|openapi\.json|livez|readyz|health)(?:/.*)?")


@dataclass(frozen=True, slots=True)
class Address:
    """A server, and the sandbox that the address belongs to, if any."""

    server: str
    sandbox: str | None = None


def read_address(url: str) -> Address:
    """Split an address into server and sandbox; an unknown path is taken as part of the server's own address."""
    parts = urlsplit(url)
    if not parts.netloc:
        return Address(url)
    path, sandbox = _split(parts.path)
    return Address(f"{parts.scheme}://{_without_window(parts.netloc)}{path.rstrip('/')}", sandbox)


def sandbox_meant(url: str | None, sandbox: str | None) -> str:
    """The sandbox that is named, else the one of the address, else `default`.

    Ends the command where both are given and differ.
    """
    of_address = None if url is None else read_address(url).sandbox
    if sandbox and of_address not in {None, sandbox}:
        raise click.UsageError(f"--url is an address of the sandbox {of_address}, --sandbox says {sandbox}: name one.")
    return sandbox or of_address or DEFAULT_SANDBOX


def _split(path: str) -> tuple[str, str | None]:
    if found := _OF_SANDBOX.fullmatch(path):
        return found["server"], found["sandbox"]
    if found := _OF_SERVER.fullmatch(path):
        return found["server"], None
    if found := _OF_DEFAULT.fullmatch(path):
        return found["server"], DEFAULT_SANDBOX
    return path, None


def _without_window(netloc: str) -> str:
    """The server's own host; the host names of console windows are known to browsers only."""
    return re.sub(r"^dev-\d+\.localhost\b", "localhost", netloc)
