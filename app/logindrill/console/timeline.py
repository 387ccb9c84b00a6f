"""The timeline pane: who tried what, the public answer, and the true reason."""

from flask import request

from logindrill.console import charts, curls
from logindrill.console.door import pane
from logindrill.console.filters import nobody_found, unknown_words
from logindrill.console.interactions import together
from logindrill.console.page import ConsolePage
from logindrill.console.phrases import tells_more
from logindrill.console.remedy_progress import since
from logindrill.explain import attempts
from logindrill.people.directory import UserCard
from logindrill.rules.circumstances import describe_user_agent
from logindrill.rules.decisions import Refused
from logindrill.services import people, timelines
from logindrill.services.timelines import TimelineFilter
from logindrill.work.unit_of_work import UnitOfWork

_LINES = 40
_CHARTED = 1_000
_LONGEST = 254
_FILTERS = ("refused", "continued", "succeeded", "change")


@pane("/timeline", "timeline")
def show_timeline(uow: UnitOfWork) -> ConsolePage:
    """Attempts and everything done besides, newest first; of one person, or with one outcome, where asked for."""
    outcome = request.args.get("outcome")
    asked = request.args.get("user", "").strip()[:_LONGEST]
    person, unknown = _person(uow, asked), unknown_words({"outcome": _FILTERS, "user": None})
    wanted = TimelineFilter(None if person is None else person.id, outcome if outcome in _FILTERS else None)
    before = request.args.get("before") or None
    part = timelines.page(uow, wanted, before=before, limit=_LINES)
    values = {
        "part": part,
        "lines": together(part.lines),
        "wanted": wanted,
        "person": person,
        "chart": charts.chart(timelines.outcomes(uow, _CHARTED)),
        "is_newest": before is None,
        "unknown": unknown if person is not None or not asked else (*unknown, nobody_found(asked)),
    }
    return ConsolePage("timeline", "Timeline", values)


@pane("/timeline/<attempt_id>", "timeline")
def show_attempt(uow: UnitOfWork, attempt_id: str) -> ConsolePage:
    """One attempt, explained."""
    attempt = attempts.show(uow, attempt_id)
    values = {
        "attempt": attempt,
        "since": since(uow, attempt),
        "name": None if attempt.user_id is None else _name(uow, attempt.user_id),
        "actors": {
            change.actor: _name(uow, change.actor) or change.actor for change in attempt.changed_since if change.actor
        },
        "brought_about": [
            event for event in timelines.of_attempt(uow, attempt_id, attempt.user_id) if tells_more(event)
        ],
        "browser": describe_user_agent(attempt.request.user_agent) if attempt.request.user_agent else "",
        "curls": curls.of_attempt(attempt, uow.runtime.shown_url, uow.sandbox_id),
    }
    return ConsolePage("attempt", "Attempt", values)


def _person(uow: UnitOfWork, asked: str) -> UserCard | None:
    """Whose timeline is asked for: by id, or by a part of a name or address, the newest of several; None for nobody."""
    if not asked:
        return None
    try:
        return people.show(uow, asked)
    except Refused:
        found = people.search(uow, asked, role=None, before=None, limit=1).data
        return found[0] if found else None


def _name(uow: UnitOfWork, user_id: str) -> str | None:
    """What the person is called, as long as they are there."""
    try:
        return people.show(uow, user_id).name
    except Refused:
        return None
