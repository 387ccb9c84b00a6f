"""Runs a command next to a server of its own: starts the server, passes its address on, waits, stops the server."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from logindrill.serving.beside import server_beside
from logindrill.serving.failures import print_error

_NOT_FOUND, _NOT_RUNNABLE = 127, 126
_BY_SIGNAL = 128
_OF_BUILDS = ("VITE_", "NEXT_PUBLIC_", "NUXT_PUBLIC_", "REACT_APP_", "EXPO_PUBLIC_")
"""How variables begin that builds of client apps pass on to the browser: addresses only, never a password."""
_OF_CYPRESS = "CYPRESS_"
_ADDRESSES = ("LOGINDRILL_URL", "LOGINDRILL_ISSUER")
_PASSED_ON = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def execute(command: Sequence[str], serve_options: Sequence[str]) -> int:
    """Run the command with the server's address, issuer and first person in its environment; returns its exit code.

    A command that signal N ended gives 128 + N, as in a shell. Raises CannotStart when the server does.
    """
    with server_beside(serve_options) as facts:
        return _run(command, facts)


def _run(command: Sequence[str], facts: dict[str, Any]) -> int:
    try:
        running = _start(command, os.environ | _environment(facts))
    except FileNotFoundError:
        print_error(f"{command[0]}: there is no such command")
        return _NOT_FOUND
    except OSError as error:
        print_error(f"{command[0]}: {error.strerror}")
        return _NOT_RUNNABLE
    code = running.wait()
    return code if code >= 0 else _BY_SIGNAL - code


def _start(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start the command; from its first moment on it gets the signals that this process gets."""
    early: list[int] = []
    for number in _PASSED_ON:
        signal.signal(number, lambda number, _frame: early.append(number))
    running = subprocess.Popen(command, env=environment)
    _pass_signals_to(running)
    for signal_number in early:
        running.send_signal(signal_number)
    return running


def _environment(facts: dict[str, Any]) -> dict[str, str]:
    person = facts["first_person"] or {}
    options = {
        "LOGINDRILL_URL": facts["url"],
        "LOGINDRILL_ISSUER": facts["issuer"],
        "LOGINDRILL_IDENTIFIER": person.get("identifier"),
        "LOGINDRILL_PASSWORD": person.get("password"),
    }
    given = {name: value for name, value in options.items() if value}
    of_builds = {prefix + name: given[name] for prefix in _OF_BUILDS for name in _ADDRESSES if name in given}
    return given | of_builds | {f"{_OF_CYPRESS}{name}": value for name, value in given.items()}


def _pass_signals_to(running: subprocess.Popen[bytes]) -> None:
    def pass_on(number: int, _frame: object) -> None:
        if number != signal.SIGINT or not _typed_at_a_terminal():
            running.send_signal(number)

    for number in _PASSED_ON:
        signal.signal(number, pass_on)


def _typed_at_a_terminal() -> bool:
    """Whether Ctrl-C reached the command too, because both processes are in the terminal's foreground group."""
    try:
        with Path("/dev/tty").open("rb") as terminal:
            return os.tcgetpgrp(terminal.fileno()) == os.getpgrp()
    except OSError:
        return False
