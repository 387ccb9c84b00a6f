"""The ribbon on every page: it marks the mock, names the sandbox and its time, and links to the console."""

import re
from dataclasses import dataclass
from datetime import datetime

from flask import Response, request

from logindrill.pages import browser, preferences
from logindrill.work.unit_of_work import UnitOfWork

_WINDOW = re.compile(r"dev-(\d{1,3})\.", re.ASCII)
_ATTEMPT = "attempt"
_ATTEMPT_ID = re.compile(r"att_[0-9a-z]{16}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Ribbon:
    """What the ribbon says; without a sandbox only that this is a mock."""

    sandbox: str | None = None
    now: datetime | None = None
    days_moved: int = 0
    """Whole days that the sandbox's clock is ahead of the real one, or behind where negative."""
    attempt: str | None = None
    explanation: str | None = None
    """Where the attempt is explained."""
    is_hidden: bool = False
    window: int | None = None
    """Which of the windows that the console opens as a device of its own: `http://dev-2.localhost` is the second."""


NOTHING = Ribbon()


def ribbon_of(uow: UnitOfWork) -> Ribbon:
    """The ribbon of a page; the attempt is that of the call itself, else the last one of this browser."""
    own = uow.attempt.id if uow.attempt.outcome is not None else None
    attempt = own or last_attempt()
    mount = request.script_root.removesuffix(f"/s/{uow.sandbox_id}")
    return Ribbon(
        sandbox=uow.sandbox_id,
        now=uow.now,
        days_moved=round((uow.now - uow.real_now).total_seconds() / 86_400),
        attempt=attempt,
        explanation=None if attempt is None else f"{mount}/console/s/{uow.sandbox_id}/timeline/{attempt}",
        window=_window(),
        is_hidden=preferences.kept(preferences.RIBBON) == preferences.HIDDEN,
    )


def remember_attempt(response: Response, attempt_id: str) -> None:
    """Let the pages that follow show the attempt, until the browser is closed."""
    browser.keep(response, _ATTEMPT, attempt_id)


def last_attempt() -> str | None:
    """The attempt that an earlier page left in this browser; text of any other form is nothing."""
    held = browser.held(_ATTEMPT)
    return held if _ATTEMPT_ID.fullmatch(held) else None


def _window() -> int | None:
    found = _WINDOW.match(request.host)
    return None if found is None else int(found[1])
