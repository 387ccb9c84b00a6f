"""The page that sends a support request, signed in or not.

The sender learns nothing of what is recorded (A36-A40, C16).
"""

from typing import Annotated

from flask import Response, request
from pydantic import StringConstraints

from logindrill.pages.door import page
from logindrill.pages.entries import EMPTY, Form, enter, submit
from logindrill.pages.page import HostedPage, go_to
from logindrill.pages.ribbon import last_attempt
from logindrill.rules.support_requests import Reported
from logindrill.services import support
from logindrill.web.bodies import Body
from logindrill.web.fields import Line, Prose
from logindrill.web.visits import Visit

ReportedText = Annotated[Prose, StringConstraints(max_length=2000)]
_MOST_STEPS = 50


class ReportForm(Body):
    """What the sender says; the steps tried, one a line."""

    email: Line
    error_message: ReportedText | None = None
    last_signed_in: Line | None = None
    steps_tried: ReportedText | None = None
    attempt_id: Line | None = None


@page("GET", "/help", "show_configuration")
def open_help(_visit: Visit) -> HostedPage:
    """The empty form, with the attempt that this browser saw last."""
    return _form(EMPTY)


@page("POST", "/help", "send_support_request")
def send_support_request(visit: Visit) -> HostedPage | Response:
    """The same answer for every address."""

    def act() -> Response:
        typed = enter(visit, ReportForm)
        steps = [line.strip() for line in (typed.steps_tried or "").splitlines() if line.strip()]
        reported = Reported(typed.error_message, typed.last_signed_in, tuple(steps[:_MOST_STEPS]), typed.attempt_id)
        visit.attempt(support.send, typed.email, reported)
        return go_to("pages.show_help_sent")

    return submit(visit, act, _form, *ReportForm.model_fields, focus="email")


@page("GET", "/help/sent", "show_configuration")
def show_help_sent(_visit: Visit) -> HostedPage:
    """What everybody reads who asked for help."""
    return HostedPage("help_sent")


def _form(form: Form, status: int = 200) -> HostedPage:
    attempt = request.form.get("attempt_id") or last_attempt()
    return HostedPage("help", status, {"form": form, "attempt": attempt})
