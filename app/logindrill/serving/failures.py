"""The error of a server that cannot start, and how the command line prints it."""

import sys
from contextlib import suppress

from logindrill.rules.texts import visible

CANNOT_START = 4
"""The exit code of a server that could not start; gunicorn uses the same one for an application that did not load."""


class CannotStart(Exception):
    """A cause outside the program prevents the start; the message is one line of plain text."""


def print_error(message: str) -> None:
    """Print one line on standard error; what a message repeats of an argument cannot move the cursor of a terminal."""
    say(f"logindrill: {visible(message)}")


def say(line: str) -> None:
    """Write a line on standard error, or leave it out where that is closed or its disk is full: calls must go on."""
    with suppress(OSError, ValueError):
        sys.stderr.write(line + "\n")
        sys.stderr.flush()
