"""The error of a server that cannot start, and how lines get to standard error whatever becomes of it."""

import os
import sys
from collections import deque
from contextlib import suppress
from threading import RLock

from logindrill.rules.texts import visible

CANNOT_START = 4
"""The exit code of a server that could not start; gunicorn uses the same one for an application that did not load."""

_UNSAID: deque[str] = deque(maxlen=20)
"""Lines that could not be written, such as the one about a full disk, which holds the log too."""

_ONE_AT_A_TIME = RLock()
"""Two threads would write one line twice, and take away another one that is not written yet."""


class CannotStart(Exception):
    """A cause outside the program prevents the start; the message is one line of plain text."""


def print_error(message: str) -> None:
    """Print one line on standard error; what a message repeats of an argument cannot move the cursor of a terminal."""
    say(f"logindrill: {visible(message)}")


def say(line: str, *, later: bool = True) -> None:
    """Write a line on standard error; where that is closed or its disk is full, calls go on, and `say_the_rest` may
    write it `later`.
    """
    if later:
        _UNSAID.append(line)
        say_the_rest()
    else:
        with suppress(OSError, ValueError):
            _write(line)


def say_the_rest() -> None:
    """Write the lines that could not be written before."""
    with _ONE_AT_A_TIME, suppress(OSError, ValueError):
        while _UNSAID:
            _write(_UNSAID[0])
            _UNSAID.popleft()


def _write(line: str) -> None:
    """Past the buffer of the stream, which would write a line again that failed. Raises OSError or ValueError."""
    try:
        descriptor = sys.stderr.fileno()
    except (OSError, ValueError):
        sys.stderr.write(line + "\n")
        sys.stderr.flush()
    else:
        os.write(descriptor, f"{line}\n".encode(errors="backslashreplace"))
