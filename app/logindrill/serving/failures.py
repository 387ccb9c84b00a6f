"""The error of a server that cannot start, and how the command line prints it."""

import sys

CANNOT_START = 4
"""The exit code of a server that could not start; gunicorn uses the same one for an application that did not load."""


class CannotStart(Exception):
    """A cause outside the program prevents the start; the message is one line of plain text."""


def print_error(message: str) -> None:
    """Print one line on standard error."""
    sys.stderr.write(f"logindrill: {message}\n")
    sys.stderr.flush()
