"""Where the pages lead once somebody has signed in for an application; and Cancel, and consent (O2, O14)."""

from typing import Literal

from flask import Response

from logindrill.pages.authorization.outcomes import browser, show
from logindrill.pages.door import page
from logindrill.pages.entries import enter
from logindrill.pages.page import HostedPage
from logindrill.rules.disclosure import Call
from logindrill.services import authorizations as service
from logindrill.web.bodies import Body
from logindrill.web.visits import Visit


class ConsentForm(Body):
    """What the person decides."""

    decision: Literal["agree", "refuse"]


@page("GET", "/oidc/interactions/<interaction_id>", "resume_authorization", Call.AUTHORIZE)
def resume_authorization(visit: Visit, interaction_id: str) -> HostedPage | Response:
    """The answer to the application, or what is still missing for it."""
    target = visit.read(service.find_waiting, interaction_id, browser())
    return show(visit, target, lambda: visit.attempt(service.resume, interaction_id, browser()))


@page("POST", "/oidc/interactions/<interaction_id>/cancellation", "cancel_authorization", Call.AUTHORIZE)
def cancel_authorization(visit: Visit, interaction_id: str) -> HostedPage | Response:
    """The application is told that the person does not want to."""
    target = visit.read(service.find_waiting, interaction_id, browser())
    return show(visit, target, lambda: visit.attempt(service.cancel, interaction_id, browser()))


@page("POST", "/oidc/interactions/<interaction_id>/consent", "resume_authorization", Call.AUTHORIZE)
def decide_consent(visit: Visit, interaction_id: str) -> HostedPage | Response:
    """The person lets the application have what it asks for, or not."""
    decide = service.agree if enter(visit, ConsentForm).decision == "agree" else service.disagree
    target = visit.read(service.find_waiting, interaction_id, browser())
    return show(visit, target, lambda: visit.attempt(decide, interaction_id, browser()))
