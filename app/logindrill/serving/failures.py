"""How the command says that something keeps it from starting."""

import sys

CANNOT_START = 4
"""The exit code of a server that could not start; gunicorn uses the same for an application that did not load."""


class CannotStart(Exception):
    """Something outside the program keeps it from starting; the message is one line for a person."""


def tell(message: str) -> None:
    """One line on standard error."""
    sys.stderr.write(f"logindrill: {message}\n")
    sys.stderr.flush()
