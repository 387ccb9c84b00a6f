"""Applies one remedy of an explanation: makes its call as a person who may make it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Response, current_app, url_for

from logindrill.client import ReceivedAnswer, Request
from logindrill.console import remedy_progress
from logindrill.console.door import CONSOLE, judged, runtime, show
from logindrill.console.entries import Entered, text
from logindrill.console.page import ConsolePage, Done
from logindrill.console.people import show_person
from logindrill.console.timeline import show_attempt
from logindrill.explain import attempts, person
from logindrill.explain.cards import Apply, RemedyCard
from logindrill.rules.decisions import Refused, invalid
from logindrill.rules.reasons import INVALID_TRANSITION
from logindrill.services import person_details
from logindrill.services import remedies as remedies_applied
from logindrill.services.remedies import AppliedRemedy
from logindrill.web import tester
from logindrill.web.in_process import IN_PROCESS, InProcessTransport
from logindrill.web.tester import ImpersonatedPerson
from logindrill.work.unit_of_work import UnitOfWork


@CONSOLE.post("/s/<sandbox_id>/timeline/<attempt_id>/remedies")
def cure_attempt(sandbox_id: str, attempt_id: str) -> Response:
    """Apply a remedy of an attempt's explanation."""

    def find(uow: UnitOfWork) -> tuple[Sequence[RemedyCard], str | None]:
        found = attempts.show(uow, attempt_id)
        now = remedy_progress.now(uow, found.user_id)
        return (*found.remedies, *(() if now is None else now.remedies)), found.user_id

    back = url_for("console.show_attempt", sandbox_id=sandbox_id, attempt_id=attempt_id)
    again = _again(show_attempt, sandbox_id, attempt_id=attempt_id)
    return judged(lambda: _cure(sandbox_id, find, back, attempt_id), again)


@CONSOLE.post("/s/<sandbox_id>/people/<user_id>/remedies")
def cure_person(sandbox_id: str, user_id: str) -> Response:
    """Apply a remedy of a person's explanation, of a message that never came, or of a company closed to them."""

    def find(uow: UnitOfWork) -> tuple[Sequence[RemedyCard], str | None]:
        found = person.explain(uow, user_id)
        of_messages = (remedy for message in found.messages for remedy in message.remedies)
        of_companies = (remedy for company in found.closed_companies for remedy in company.remedies)
        return (*found.remedies, *of_messages, *of_companies), user_id

    back = url_for("console.show_person", sandbox_id=sandbox_id, user_id=user_id)
    return judged(lambda: _cure(sandbox_id, find, back), _again(show_person, sandbox_id, user_id=user_id))


Find = Callable[[UnitOfWork], tuple[Sequence[RemedyCard], str | None]]


def _again(view: Any, sandbox_id: str, **path: str) -> Callable[[Entered], Response]:
    return lambda entered: show(view, sandbox_id, path, entered)


def _cure(sandbox_id: str, find: Find, back: str, attempt_id: str | None = None) -> Done | ConsolePage:
    """Apply the remedy as the explanation gives it now; the form only names the remedy."""
    remedies, user_id = tester.look(runtime(), sandbox_id, find)
    chosen = text("remedy")
    wanted = next((one for one in remedies if one.apply is not None and name_of(one) == chosen), None)
    if wanted is None or wanted.apply is None:
        raise invalid("remedy", "This remedy no longer applies.")
    answer = _call(sandbox_id, wanted.apply, user_id)
    if answer.status >= 400 or not answer.status:
        detail = answer.body.get("detail", "") if isinstance(answer.body, dict) else ""
        raise Refused(INVALID_TRANSITION, detail=f"{wanted.action}: {detail or answer.status}")
    applied = AppliedRemedy(wanted.code, wanted.who.value, wanted.action, tester.look(runtime(), sandbox_id, _now))
    tester.run_order(runtime(), sandbox_id, remedies_applied.note, applied, user_id=user_id, attempt_id=attempt_id)
    if isinstance(answer.body, dict) and "temporary_password" in answer.body:
        made = answer.body | {"expires_at": datetime.fromisoformat(answer.body["expires_at"])}
        return ConsolePage("temporary_password", "Temporary password", {"made": made, "back": back})
    return Done(back, f"Done: {wanted.action}. {remedy_progress.next_of(wanted.code)}")


def _now(uow: UnitOfWork) -> datetime:
    return uow.now


def name_of(remedy: RemedyCard) -> str:
    """The name of a remedy in a form: two of the same kind differ by their call."""
    return remedy.code if remedy.apply is None else f"{remedy.code} {remedy.apply.method} {remedy.apply.path}"


def _call(sandbox_id: str, apply: Apply, user_id: str | None) -> ReceivedAnswer:
    in_process: InProcessTransport = current_app.extensions[IN_PROCESS]
    if not apply.path.startswith("/s/"):
        return in_process(Request(apply.method, apply.path, {}, apply.body))
    actors = tester.look(runtime(), sandbox_id, person_details.possible_actors, user_id)
    if not actors:
        raise Refused(INVALID_TRANSITION, detail="Nobody in this sandbox has the permission to do that.")
    with tester.impersonating(
        runtime(), sandbox_id, ImpersonatedPerson(actors[0].user_id, actors[0].company_id)
    ) as token:
        return in_process(Request(apply.method, apply.path, {"Authorization": f"Bearer {token}"}, apply.body))


CONSOLE.add_app_template_filter(name_of, "remedy_name")
